//! The page that reads letters, which src/web/build makes; and the page with a letter inside, for screens.

use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::hash::sha256;
use crate::web::still;

/// The page.
pub const READER: &str = include_str!("../../web/reader.html");
/// Where in the page a letter is inserted, and the show for viewers without scripts.
const ENVELOPE: &str = "<script type=\"text/plain\" id=\"envelope\">";
const STILL: &str = "<div id=\"still\">";

/// The page with a letter inside, which it shows when it is opened.
pub fn screen(envelope: &Envelope) -> String {
    let with = |page: String, place: &str, text: &str| page.replacen(place, &format!("{place}{text}"), 1);
    let page = with(READER.to_owned(), STILL, &still::still(envelope).unwrap_or_default());
    with(page, ENVELOPE, &armor::armor(envelope))
}

/// The SHA-256 of a file, in hexadecimal digits.
pub fn fingerprint(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

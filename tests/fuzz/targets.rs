//! What is fuzzed: each function takes bytes from outside, and must neither panic nor take more memory than its limit.
//! The same functions are run on the seeds by `tests/seeds.rs`.

use shabnameh::codec::armor;
use shabnameh::codec::assemble::{Assembler, Limits, State};
use shabnameh::codec::encryption::{Keyring, Recipient, identities_of};
use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::{Encoder, Partition};
use shabnameh::codec::frame::Frame;
use shabnameh::codec::keys::{PublicKey, SecretKey};
use shabnameh::codec::letter::{Letter, printable};
use shabnameh::codec::signature::Detached;
use shabnameh::codec::text::{self, Primer, Way, Zwnj};
use shabnameh::codec::trust::Trust;
use shabnameh::documents::open;
use shabnameh::optics::animation::Animation;
use shabnameh::optics::raster::Grey;
use shabnameh::optics::scan;
use shabnameh::press::pictures::picture;
use shabnameh::prose::text::Text;

/// What takes bytes from outside.
type Target = fn(&[u8]);

/// Every target, by its name.
pub const ALL: [(&str, Target); 12] = [
    ("envelope", envelope),
    ("encrypted", encrypted),
    ("text", coded_text),
    ("frame", frame),
    ("armor", armored),
    ("keys", keys),
    ("assembler", assembler),
    ("picture", pictures),
    ("pdf", pdf),
    ("animation", animation),
    ("letter", letter),
    ("document", document),
];

/// Readers of pictures that are not ours may panic, and are caught: only what nobody catches ends the fuzzer.
pub fn quiet() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

/// A coded text, its way in the first byte; and a text to code. Either comes back as it was.
pub fn coded_text(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let (way, coded) = text::encode(None, text).expect("short");
        assert_eq!(text::decode(way, &coded, false).expect("decodes").1, text);
    }
    let Some((first, coded)) = bytes.split_first() else { return };
    let primer = if first & 1 == 0 { Primer::Persian } else { Primer::All };
    let zwnj = [Zwnj::Absent, Zwnj::Written, Zwnj::Blank, Zwnj::Absent][usize::from(first >> 1 & 3)];
    let has_title = first & 8 != 0;
    if let Ok((title, text)) = text::decode(Way { primer, zwnj }, coded, has_title) {
        let title = has_title.then_some(title.as_str());
        let (way, again) = text::encode(title, &text).expect("short");
        assert_eq!(
            text::decode(way, &again, has_title).expect("decodes"),
            (title.unwrap_or_default().to_owned(), text)
        );
    }
}

/// An envelope: what opens is a letter whose name is safe, and that seals again.
pub fn envelope(bytes: &[u8]) {
    let Ok(envelope) = Envelope::from_bytes(bytes.to_vec()) else { return };
    if let Ok(opened) = envelope.open(&Trust::nobody()) {
        let letter = opened.letter_even_if_false();
        let name = letter.file_name(false);
        assert!(!name.is_empty() && !name.contains(['/', '\\', ':', '\0']) && name.len() <= 220, "{name:?}");
        let title = printable(letter.title());
        assert!(!title.chars().any(char::is_control));
        assert_eq!(
            opened.letter().is_ok(),
            !matches!(opened.signature_status(), shabnameh::codec::trust::SignatureStatus::False { .. })
        );
        if letter.content().len() < 4096 {
            let again = Envelope::seal(letter).and_then(|envelope| envelope.open(&Trust::nobody())).expect("seals");
            assert_eq!(again.letter_even_if_false().content(), letter.content());
        }
    }
}

/// An encrypted envelope, behind its first two bytes, and the identity that would open it.
pub fn encrypted(bytes: &[u8]) {
    let mut keys = Keyring::empty();
    keys.add_identities(include_str!("../encrypted/identity.txt")).expect("an identity");
    let whole = [&[1, 1], bytes].concat();
    let Ok(envelope) = Envelope::from_bytes(whole) else { return };
    if let Ok(inside) = envelope.decrypt(&keys) {
        assert!(!inside.is_encrypted());
        let _ = inside.open(&Trust::nobody());
    }
}

/// A frame: its bytes, its text, and frames in other text.
pub fn frame(bytes: &[u8]) {
    if let Ok(frame) = Frame::from_bytes(bytes) {
        assert_eq!(frame.to_bytes(), bytes);
        assert_eq!(Frame::from_text(frame.to_text().as_bytes()), Some(Ok(frame)));
    }
    let _ = Frame::from_text(bytes);
    for frame in Frame::find_all(bytes) {
        assert_eq!(Frame::from_bytes(&frame.to_bytes()), Ok(frame));
    }
}

/// Armors in other text.
pub fn armored(bytes: &[u8]) {
    for envelope in armor::find_all(bytes).flatten() {
        assert!(armor::find_all(armor::armor(&envelope).as_bytes()).eq([Ok(envelope.clone())]));
    }
}

/// Key files, signature files, trust files, identities, recipients. The work of a passphrase is not done: it takes what
/// it takes.
pub fn keys(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(key) = PublicKey::from_text(&text) {
        assert_eq!(PublicKey::from_text(&key.to_file()), Ok(key));
        let _ = key.fingerprint().to_string();
    }
    if SecretKey::asks_passphrase(&text) == Ok(false) {
        let _ = SecretKey::from_file(&text, None);
    }
    if let Ok(signature) = Detached::from_file(&text) {
        let _ = signature.is_of(bytes, &PublicKey::from_bytes([1; 40]));
        assert_eq!(Detached::from_file(&signature.to_file()), Ok(signature));
    }
    if let Ok(trust) = Trust::from_text(&text) {
        assert_eq!(Trust::from_text(&trust.to_text()), Ok(trust));
    }
    let _ = Recipient::from_text(&text);
    let asks = || Err(shabnameh::error::Error::WrongPassphrase);
    if let Ok(file) = identities_of(bytes, &asks) {
        let _ = Keyring::empty().add_identities(&file);
    }
}

/// Frames one after the other: true ones of one of three objects, as they are or with changed bytes, of other lengths,
/// and whatever else the bytes say. Nothing comes out that is not one of the three, and what is kept stays within its
/// limits.
pub fn assembler(bytes: &[u8]) {
    let objects = [46, 700, 20_000].map(|length| {
        let object: Vec<u8> = (0..length).map(|i: usize| (i * i / 3 + i) as u8).collect();
        Envelope::from_bytes(object).expect("an envelope")
    });
    let encoders = objects.each_ref().map(|object| Encoder::new(object.bytes()).expect("an encoder"));
    let limits = Limits { candidates: 8, bytes: 200_000, letters: 2, letter_bytes: 20_100, work: 20_000 };
    let mut assembler = Assembler::with_limits(limits);
    let mut rest = bytes;
    while let Some(([which, kind, at0, at1, count, change], tail)) = rest.split_first_chunk::<6>() {
        rest = tail;
        let which = usize::from(*which) % objects.len();
        let (object, encoder) = (&objects[which], &encoders[which]);
        let length = object.bytes().len() + if kind & 4 == 0 { 0 } else { usize::from(*change) };
        let Ok(partition) = Partition::new(length) else { continue };
        let first = usize::from(u16::from_be_bytes([*at0, *at1])) % partition.positions();
        let count = 1 + usize::from(*count) % (2_840 / partition.symbol_size());
        let mut symbols = encoder.symbols(first..first + count);
        symbols.resize(count * partition.symbol_size(), *change);
        if kind & 1 == 1 {
            let at = usize::from(*change) % symbols.len();
            symbols[at..].iter_mut().step_by(1 + usize::from(kind >> 3)).for_each(|byte| *byte ^= change | 1);
        }
        if let Ok(frame) = Frame::new(object.object_id(), partition, first, symbols) {
            let _ = assembler.add(&frame);
        }
    }
    assert!(assembler.bytes() <= limits.bytes);
    let progress = assembler.progress();
    for progress in progress {
        if let State::Complete(envelope) = progress.state {
            assert!(objects.contains(&envelope));
        }
    }
}

/// A picture of any kind: read, and scanned where it is small.
pub fn pictures(bytes: &[u8]) {
    if picture::is_picture(bytes) && !picture::is_pdf(bytes) {
        read(bytes);
    }
}

/// A PDF.
pub fn pdf(bytes: &[u8]) {
    if picture::is_pdf(bytes) {
        read(bytes);
    }
}

fn read(bytes: &[u8]) {
    let _ = picture::read(bytes, &mut |_, grey: Result<Grey, _>| {
        if let Ok(grey) = grey.as_ref()
            && grey.pixels().len() < 100_000
        {
            let _ = scan::scan(grey);
        }
    });
}

/// A GIF, as the page reads it: picture by picture, each of one size.
pub fn animation(bytes: &[u8]) {
    let Ok(mut animation) = Animation::new(bytes.to_vec()) else { return };
    let mut size = None;
    let mut left = 1 << 22;
    while left > 0
        && let Some(grey) = animation.next_picture()
    {
        let this = (grey.width(), grey.height());
        assert_eq!(*size.get_or_insert(this), this);
        left -= (grey.pixels().len() as i64).max(1 << 12);
    }
}

/// A letter, read for printing, as text and as Markdown.
pub fn letter(bytes: &[u8]) {
    for name in ["a.txt", "a.md"] {
        if let Ok(letter) = Letter::new(bytes.to_vec(), name) {
            let text = Text::of(&letter);
            let _ = (text.reading(), text.summary(280));
        }
    }
}

/// A document: its text is no larger than a letter may be, has no control characters, and is a letter that can be set.
/// Behind `WORD` come the parts of a Word document, with NUL between them: an archive's checksums would stop whoever
/// changes what is in it.
pub fn document(bytes: &[u8]) {
    let word = bytes.strip_prefix(b"WORD").map(word);
    let Ok(Some(taken)) = open::taken(word.as_deref().unwrap_or(bytes), "") else { return };
    assert!(!taken.text.trim().is_empty());
    if matches!(taken.source, shabnameh::documents::open::Source::Encoded(_)) {
        return;
    }
    let may_be = |c: char| !c.is_control() || c == '\n' || c == '\t';
    assert!(taken.text.chars().all(may_be) && taken.text.len() < 1 << 25);
    if let Ok(letter) = Letter::new(taken.text.into_bytes(), "a.md") {
        Text::of(&letter);
    }
}

/// A Word document of its text, styles, lists and footnotes.
fn word(bytes: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationship Id='{target}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}' Target='{target}'/>"
        )
    };
    let kinds = ["officeDocument", "styles", "numbering", "footnotes"];
    let all: String = kinds.iter().map(|kind| relation(kind, kind)).collect();
    let link = relation("hyperlink", "https://example.org");
    let relations = format!("<Relationships>{all}{link}</Relationships>");
    let mut file = |name: &str, bytes: &[u8]| {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, stored).expect("a new file");
        std::io::Write::write_all(&mut writer, bytes).expect("memory");
    };
    file("_rels/.rels", relations.as_bytes());
    file("/_rels/officeDocument.rels", relations.as_bytes());
    for (name, part) in kinds.into_iter().zip(bytes.split(|byte| *byte == 0)) {
        file(name, part);
        file(&format!("/{name}"), part);
    }
    writer.finish().expect("memory").into_inner()
}

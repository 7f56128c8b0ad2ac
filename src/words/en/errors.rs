//! Errors, in English: what happened, and what to do.

use super::faults;
use crate::error::Error;

/// What happened.
pub(super) fn what_happened(error: &Error) -> String {
    match error {
        Error::LetterEmpty => "the letter is empty".into(),
        Error::LetterTooLarge { bytes, max } => {
            format!("the letter has {bytes} bytes; the most that can be carried is {max}")
        }
        Error::DocumentEmpty => "there is no text in this document".into(),
        Error::DocumentTooLarge { max } => format!("the text of this document has more than {max} bytes"),
        Error::FieldTooLong { field, bytes, max } => format!("the {field} has {bytes} bytes; {max} is the most"),
        Error::FieldInvalid { field } => format!("the {field} has a value that it cannot have"),
        Error::Truncated { field } => format!("the envelope ends too early, inside its {field}"),
        Error::NewerReader { field, found } => format!("this was made by a later version ({field} {found})"),
        Error::ObjectLength { bytes } => format!("an envelope cannot have {bytes} bytes"),
        Error::CodedContent { why } => format!("the content cannot be decoded: {}", faults::content(*why)),
        Error::ContentHash => "the content is not the one that the envelope was made for".into(),
        Error::SignatureFalse => {
            "the signature is false: the letter, or what is said of it, is not what was signed".into()
        }
        Error::SignatureFile => "the signature cannot be read: it is no signature of minisign".into(),
        Error::SignatureComment { .. } => {
            "this signature does not cover the title, name, language and type that travel with the letter".into()
        }
        Error::KeyFile { why } => format!("the key cannot be used: {}", faults::key(*why)),
        Error::WrongPassphrase => "the passphrase does not open this key".into(),
        Error::NameTaken { name, taken } if name == taken => format!("another key has the name {name} already"),
        Error::NameTaken { name, taken } => {
            format!("the name {name} looks like {taken}, the name of another key")
        }
        Error::NoSuchName { name } => format!("no key of the name {name} is kept"),
        Error::TrustFile { line } => format!("line {line} of the trust file is no key with a name"),
        Error::Locked { tried: false, .. } => "this letter is encrypted".into(),
        Error::Locked { tried: true, .. } => "this letter is encrypted, and what was given does not open it".into(),
        Error::Encryption { why } => format!("the encrypted envelope cannot be opened: {}", faults::encryption(*why)),
        Error::Recipient => "this is no recipient that can be encrypted for".into(),
        Error::Identity => "this file holds no identity of age".into(),
        Error::AroundEnvelope => "there is other text around the envelope in this file, and nobody signed that".into(),
        Error::PassphraseShort { characters, least } => {
            format!("a passphrase of {characters} characters keeps nothing secret; {least} are the least")
        }
        Error::FrameText => "this begins like one of our codes, but is damaged or cut".into(),
        Error::FrameTooShort { bytes } => format!("a frame cannot have only {bytes} bytes"),
        Error::FrameChecksum => "the frame's checksum is wrong".into(),
        Error::FrameSymbols { bytes, symbol_size } => {
            format!("{bytes} bytes are not symbols of {symbol_size} bytes within their object")
        }
        Error::ArmorIncomplete { missing } => {
            format!("the pasted envelope is not complete: {missing} characters are missing in the middle")
        }
        Error::Armor { why } => format!("the pasted envelope cannot be read: {}", faults::armor(*why)),
        Error::ObjectId => {
            "the text of this envelope was damaged on its way: it is not what its object id promises".into()
        }
        Error::TooManyObjects => "there is no room for all these codes and letters at once".into(),
        Error::RepairOutOfRange { percent, max } => {
            format!("{percent} % of repair is more than the {max} % that this letter allows")
        }
        Error::QrVersion { version: 23 } => "QR version 23 is not used: a widespread reader cannot read it".into(),
        Error::QrVersion { version } => format!("there is no QR version {version}"),
        Error::QrTooSmall { version, .. } => {
            format!("a QR code of version {version} is too small for one symbol of this letter")
        }
        Error::QrEncode => "a QR code could not be made".into(),
        Error::Picture { why } => format!("it cannot be read as a picture, a PDF or a text: {}", faults::picture(*why)),
        Error::PictureAvif => "this is a picture in AVIF, which could not be read here".into(),
        Error::PictureTooLarge { width, height, max } => {
            format!("the picture has {width} x {height} pixels; {max} is the most")
        }
        Error::TooManyPages { max } => format!("it has more than {max} pictures or pages"),
        Error::TooManyPixels { read } => {
            format!(
                "it has far more pixels than a file of its size should; after {read} of its pictures or pages the rest was passed over"
            )
        }
        Error::CodeTooLarge { side_tenth_mm, room_tenth_mm, .. } => format!(
            "a code of {} mm does not fit into the {} mm that are there for it",
            tenths(*side_tenth_mm),
            tenths(*room_tenth_mm)
        ),
        Error::FormPaper { form, paper } => {
            format!("a {form} cannot be made of {paper}: its pages would be too small")
        }
        Error::SummaryTooLong { bytes, max } => {
            format!("the summary has {bytes} bytes; beside the title there is room for {max}")
        }
        Error::Dpi { dpi } => format!("archives are not made for {dpi} dots an inch"),
        Error::ModuleSize { micrometres, min, max } => format!(
            "modules of {} mm are outside the range from {} to {} mm",
            thousandths(*micrometres),
            thousandths(*min),
            thousandths(*max)
        ),
        Error::Page { why } => format!("the page could not be made: {why}"),
        Error::NothingFound => "no code of ours was found in what was given".into(),
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &Error) -> String {
    match error {
        Error::LetterEmpty => "Give a file with something in it.",
        Error::LetterTooLarge { .. } => "Shorten it, or cut it into several letters.",
        Error::FieldTooLong { .. } => "Give a shorter one.",
        Error::FieldInvalid { field: "language" } => "Give a language tag like fa, ckb, ar, az or en.",
        Error::FieldInvalid { field: "name" } => "Give a name of letters, digits and spaces.",
        Error::NewerReader { .. } => "Read it with a newer shabnameh.",
        Error::FieldInvalid { .. }
        | Error::Truncated { .. }
        | Error::ObjectLength { .. }
        | Error::CodedContent { .. }
        | Error::ContentHash => "Do not trust it: whoever made this envelope made it wrong. Get the letter from someone else.",
        Error::SignatureFalse => "Do not believe this letter, and do not pass it on. Get it from someone else; “shabnameh decode --even-if-false” shows it all the same.",
        Error::SignatureFile => "Give the .minisig file whole, as minisign wrote it.",
        Error::KeyFile { .. } => "Give a key file of minisign or of “shabnameh keygen”, or a public key’s text that begins with RW.",
        Error::WrongPassphrase => "Type it again; mind the keyboard’s language and capitals.",
        Error::NameTaken { .. } => "Choose another name; if someone told you that a friend has a new key, ask the friend.",
        Error::NoSuchName { .. } => "“shabnameh trust” lists the names that are.",
        Error::TrustFile { .. } => "Each line is a public key (RW...), a space and a name; two keys cannot have one name. Mend the line, or take it out.",
        Error::Encryption { .. } => "It was made wrong, or changed. Get the letter from someone else.",
        Error::Recipient => "Give recipients as age1... (one to a hundred), as “shabnameh keygen --recipient” or age-keygen tell them.",
        Error::Identity => "Give the file that “shabnameh keygen --recipient” or age-keygen wrote.",
        Error::DocumentEmpty => "If it is damaged, save it anew; if it holds pictures only, send it as it is, with --as-file.",
        Error::DocumentTooLarge { .. } => "Cut it into several, or send the file as it is, with --as-file.",
        Error::AroundEnvelope => {
            "Believe only what “shabnameh decode” writes of it. To verify the envelope alone, cut it out, from its BEGIN line to its END line."
        }
        Error::PassphraseShort { .. } => "Let “shabnameh passphrase” make one, and keep it well: what it closes nobody can open without it.",
        Error::SignatureComment { wanted } => {
            return format!("Sign it with --sign, or by: minisign -S -t '{wanted}' -m LETTER");
        }
        Error::Locked { tried: true, by_passphrase: true } => {
            "Check the spelling, the order of the words and the spaces between them. Letters can be passed on without it: --envelope, then “shabnameh print”."
        }
        Error::Locked { by_passphrase: true, .. } => {
            "Give the passphrase: --passphrase asks for it. Letters can be passed on without it: --envelope, then “shabnameh print”."
        }
        Error::Locked { by_passphrase: false, .. } => {
            "Give the file with your secret key: --identity FILE. Letters can be passed on without it: --envelope, then “shabnameh print”."
        }
        Error::FrameText | Error::FrameTooShort { .. } | Error::FrameChecksum | Error::FrameSymbols { .. } => {
            "Leave this code out, or photograph it again; other codes make up for it."
        }
        Error::Armor { .. } | Error::ArmorIncomplete { .. } | Error::ObjectId => "Copy it again, from the BEGIN line to the END line, with all between.",
        Error::TooManyObjects => {
            "Give fewer pictures at once, or --only and the letter’s id; someone may be flooding you with false codes."
        }
        Error::RepairOutOfRange { .. } => "Give a smaller --repair.",
        Error::QrVersion { .. } => "Give a version from 1 to 40, but not 23.",
        Error::QrTooSmall { least: Some(least), .. } => {
            return format!("Give --qr-version {least} or more, or a lower --error-correction.");
        }
        Error::QrTooSmall { least: None, .. } => "Give a lower --error-correction.",
        Error::QrEncode => "This is our mistake: please tell us, with the options you gave.",
        Error::Picture { .. } => {
            "Give a photo (PNG, JPEG, HEIC, TIFF and others), a PDF, a film, or a text with pasted codes; if it was cut in transfer, send it again."
        }
        Error::PictureAvif => "Save or send it as JPEG, or open it in the reader page (shabnameh reader).",
        Error::PictureTooLarge { .. } => "Make it smaller, or cut it into parts.",
        Error::TooManyPages { .. } => "Split it into several files.",
        Error::TooManyPixels { .. } => {
            "Files like this are made to keep readers busy. If you trust it, --no-limit looks at all of it."
        }
        Error::CodeTooLarge { version, form, paper, .. } => {
            let mut ways = Vec::new();
            ways.extend(version.map(|version| format!("--qr-version {version} or lower")));
            ways.extend(paper.map(|paper| format!("--form {form} --paper {paper} or larger")));
            ways.push("a smaller --module-mm".into());
            return format!("Give {}.", ways.join(", or "));
        }
        Error::FormPaper { .. } => "Give a larger --paper.",
        Error::SummaryTooLong { .. } => "Shorten it: two sentences are enough; a letter of Persian takes two bytes.",
        Error::Dpi { .. } => "Give --dpi 150, 200, 300, 400, 600 or 1200.",
        Error::ModuleSize { .. } => "Give another --module-mm; 0.42 is the default.",
        Error::Page { .. } => "This is our mistake: please tell us, with the letter if you can.",
        Error::NothingFound => {
            "Photos: take them again in good light, from above, nearer. Pasted codes: copy all of them, from a chat that changes no signs."
        }
    }
    .into()
}

fn tenths(value: u32) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn thousandths(value: u32) -> String {
    format!("{}.{:03}", value / 1000, value % 1000).trim_end_matches('0').trim_end_matches('.').to_owned()
}

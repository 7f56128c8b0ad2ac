//! Errors, in English: what happened, and what to do.

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
        Error::CodedContent { why } => format!("the content cannot be decoded: {why}"),
        Error::ContentHash => "the content is not the one that the envelope was made for".into(),
        Error::SignatureFalse => {
            "the signature is false: the letter, or what is said of it, is not what was signed".into()
        }
        Error::SignatureFile { why } => format!("the signature cannot be read: {why}"),
        Error::SignatureComment { .. } => {
            "this signature does not cover the title, name, language and type that travel with the letter".into()
        }
        Error::KeyFile { why } => format!("the key cannot be used: {why}"),
        Error::WrongPassphrase => "the passphrase does not open this key".into(),
        Error::NameTaken { name, taken } if name == taken => format!("another key has the name {name} already"),
        Error::NameTaken { name, taken } => {
            format!("the name {name} looks like {taken}, the name of another key")
        }
        Error::NoSuchName { name } => format!("no key of the name {name} is kept"),
        Error::TrustFile { line } => format!("line {line} of the trust file is no key with a name"),
        Error::Locked { tried: false, .. } => "this letter is encrypted".into(),
        Error::Locked { tried: true, .. } => "this letter is encrypted, and what was given does not open it".into(),
        Error::Encryption { why } => format!("the encrypted envelope cannot be opened: {why}"),
        Error::Recipient => "this is no recipient that can be encrypted for".into(),
        Error::Identity => "this file holds no identity of age".into(),
        Error::SecretShown => "a secret key is not written to standard output".into(),
        Error::KeyExists { path } => {
            format!("{path} exists already, and a key is never overwritten: there is no other")
        }
        Error::NotStripped => "only a JPEG or PNG that is whole can be stripped".into(),
        Error::AroundEnvelope => "there is other text around the envelope in this file, and nobody signed that".into(),
        Error::NothingSigned { path } => format!("there is no envelope in it, and no signature beside it ({path})"),
        Error::NotPinned => "the letter is not signed by a key given with --trust, and is not written".into(),
        Error::NotTried => {
            "this letter is encrypted, and there are too many of these to try the passphrase on all of them".into()
        }
        Error::NotOpened => {
            "the letters grow far larger than their envelopes should, and this one is not opened".into()
        }
        Error::TooMuch => "so many letters were written that this one is not".into(),
        Error::NoTerminal => "a passphrase is needed, and there is no terminal to ask for it".into(),
        Error::PassphrasesDiffer => "the two passphrases are not the same".into(),
        Error::PassphraseShort { characters, least } => {
            format!("a passphrase of {characters} characters keeps nothing secret; {least} are the least")
        }
        Error::KeyMissing => "without the key nothing can be said of this signature".into(),
        Error::FrameText => "this begins like one of our codes, but is damaged or cut".into(),
        Error::FrameTooShort { bytes } => format!("a frame cannot have only {bytes} bytes"),
        Error::FrameChecksum => "the frame's checksum is wrong".into(),
        Error::FrameSymbols { bytes, symbol_size } => {
            format!("{bytes} bytes are not symbols of {symbol_size} bytes within their object")
        }
        Error::ArmorIncomplete { missing } => {
            format!("the pasted envelope is not complete: {missing} characters are missing in the middle")
        }
        Error::Armor { why } => format!("the pasted envelope cannot be read: {why}"),
        Error::ObjectId => {
            "the text of this envelope was damaged on its way: it is not what its object id promises".into()
        }
        Error::TooManyObjects => "there is no room for all these codes and letters at once".into(),
        Error::OnlyId { given } => format!("{given} is no object id, and none begins like that"),
        Error::RepairOutOfRange { percent, max } => {
            format!("{percent} % of repair is more than the {max} % that this letter allows")
        }
        Error::QrVersion { version: 23 } => "QR version 23 is not used: a widespread reader cannot read it".into(),
        Error::QrVersion { version } => format!("there is no QR version {version}"),
        Error::QrTooSmall { version, .. } => {
            format!("a QR code of version {version} is too small for one symbol of this letter")
        }
        Error::QrEncode => "a QR code could not be made".into(),
        Error::Picture { why } => format!("it cannot be read as a picture, a PDF or a text: {why}"),
        Error::PictureAvif => "this is a picture in AVIF, which could not be read here".into(),
        Error::FilmNoProgram => "films and cameras are read by the program ffmpeg, which is not there".into(),
        Error::FilmUnread => "ffmpeg finds no picture in it".into(),
        Error::FilmTooMuch => "the film takes more time or memory than a film may".into(),
        Error::ArchiveTooLarge { read } => {
            format!("the archive holds more than is unpacked; after {read} of its files the rest was passed over")
        }
        Error::PictureTooLarge { width, height, max } => {
            format!("the picture has {width} x {height} pixels; {max} is the most")
        }
        Error::TooManyPages { max } => format!("it has more than {max} pictures or pages"),
        Error::TooManyPixels { read } => {
            format!(
                "it has far more pixels than a file of its size should; after {read} of its pictures or pages the rest was passed over"
            )
        }
        Error::TooMuchToScan => "so much was looked at already that this file was passed over".into(),
        Error::TextTooLong { max } => format!("a text of more than {max} bytes is not read"),
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
        Error::OptionForm { option, form } => format!("{option} means nothing for the form {form}"),
        Error::OntoItself { path } => format!("{path} is the letter itself"),
        Error::OnePdf => "standard output takes one PDF".into(),
        Error::NoText => "this is a file that is no text: there is nothing to put into plain codes".into(),
        Error::SealedAlready => {
            "a letter in an envelope has its title, its language, its signature and its encryption already".into()
        }
        Error::TrialName { name, .. } => format!("there is no channel, harm or setting {name}"),
        Error::TrialSweep { sweep, why } => format!("the sweep {sweep} makes no sense: {why}"),
        Error::TrialRange { name, value, least, most, unit } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{name} cannot be {value}{unit}: it goes from {least} to {most}")
        }
        Error::TrialChannels { first, second } => {
            format!("{first} and {second} do not go together: one is of screens, the other of paper")
        }
        Error::TrialRuns { runs, least } => {
            format!("{runs} runs cannot tell what comes through in 99 of 100; {least} can")
        }
        Error::TrialTooLarge { sides, max } => {
            format!(
                "the letter takes about {sides} sides or pictures with codes; {max} fit into memory while they are tried"
            )
        }
        Error::TrialTooLong { gigapixels, hours } => {
            format!("this would be {gigapixels} gigapixels to look at, about {hours} hours on two cores")
        }
        Error::ManySheets { form, sides, max } => {
            format!("the {form} would take about {sides} sides of paper; more than {max} are not made unasked")
        }
        Error::ModuleSize { micrometres, min, max } => format!(
            "modules of {} mm are outside the range from {} to {} mm",
            thousandths(*micrometres),
            thousandths(*min),
            thousandths(*max)
        ),
        Error::Page { why } => format!("the page could not be made: {why}"),
        Error::File { path, why } => format!("{path}: {why}"),
        Error::Exists { path } => format!("{path} exists already"),
        Error::NothingInFolder { path } => format!("{path}: there is no picture, PDF, film or text in it"),
        Error::SeveralLetters { letters } => {
            format!("{letters} letters are complete, but standard output takes one")
        }
        Error::OptionStandard { option } => {
            format!("{option} writes a file of its own, which standard output does not take")
        }
        Error::TwoResults => "standard output takes the letter or the JSON, not both".into(),
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
        Error::SignatureFile { .. } => "Give the .minisig file whole, as minisign wrote it.",
        Error::KeyFile { .. } => "Give a key file of minisign or of “shabnameh keygen”, or a public key’s text that begins with RW.",
        Error::WrongPassphrase => "Type it again; mind the keyboard’s language and capitals.",
        Error::NameTaken { .. } => "Choose another name; if someone told you that a friend has a new key, ask the friend.",
        Error::NoSuchName { .. } => "“shabnameh trust” lists the names that are.",
        Error::TrustFile { .. } => "Each line is a public key (RW...), a space and a name; two keys cannot have one name. Mend the line, or take it out.",
        Error::Encryption { .. } => "It was made wrong, or changed. Get the letter from someone else.",
        Error::Recipient => "Give recipients as age1... (one to a hundred), as “shabnameh keygen --recipient” or age-keygen tell them.",
        Error::Identity => "Give the file that “shabnameh keygen --recipient” or age-keygen wrote.",
        Error::SecretShown => "Give a file as --out.",
        Error::KeyExists { .. } => "Choose another --out, or move the old key to a safe place first.",
        Error::DocumentEmpty => "If it is damaged, save it anew; if it holds pictures only, send it as it is, with --as-file.",
        Error::DocumentTooLarge { .. } => "Cut it into several, or send the file as it is, with --as-file.",
        Error::NotStripped => {
            "Leave --strip out. Of documents, take the author's name out in the program that made them, or print them as pictures."
        }
        Error::AroundEnvelope => {
            "Believe only what “shabnameh decode” writes of it. To verify the envelope alone, cut it out, from its BEGIN line to its END line."
        }
        Error::NothingSigned { .. } => "Give the signature with --signature; photos, scans and PDFs go to “shabnameh decode”, which says who signed as well.",
        Error::NotPinned => "Leave --trust out to see it.",
        Error::NotTried | Error::NotOpened => {
            "Someone may be flooding you with false letters. Give --only and this letter’s id, or fewer files; --no-limit tries them all."
        }
        Error::TooMuch => "Someone may be flooding you with false letters. Give --only and this letter’s id, or fewer files.",
        Error::NoTerminal => "Give a file, or a descriptor like /dev/fd/3, with --passphrase-file or --key-passphrase-file.",
        Error::PassphrasesDiffer => "Type it again.",
        Error::PassphraseShort { .. } => "Let “shabnameh passphrase” make one, and keep it well: what it closes nobody can open without it.",
        Error::KeyMissing => "Give the public key with --trust.",
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
        Error::OnlyId { .. } => "Give the sixteen digits and letters a to f that name the letter, or the first of them.",
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
        Error::FilmNoProgram => "Install ffmpeg, or open the film in the reader page, which needs nothing (shabnameh reader).",
        Error::FilmUnread => {
            "It may be damaged, or coded in a way that ffmpeg does not know: open it in the reader page, or film again."
        }
        Error::FilmTooMuch => "Cut it, or film in 1080p.",
        Error::ArchiveTooLarge { .. } => "Unpack it, and give the folder.",
        Error::PictureTooLarge { .. } => "Make it smaller, or cut it into parts.",
        Error::TooManyPages { .. } | Error::TextTooLong { .. } => "Split it into several files.",
        Error::TooManyPixels { .. } | Error::TooMuchToScan => {
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
        Error::OptionForm { .. } => "Leave it out, or choose a form it belongs to.",
        Error::OntoItself { .. } => "Choose another --out.",
        Error::OnePdf => "Give a file, or a folder for --form all, as --out.",
        Error::NoText => "Leave out --plain=letter.",
        Error::SealedAlready => "Leave out --title, --lang, --sign and what encrypts, or give the letter itself.",
        Error::TrialName { nearest, .. } => {
            return format!("Did you mean {nearest}? “shabnameh trial --list” tells all of them.");
        }
        Error::TrialSweep { .. } => "Write NAME=FROM..TO/STEPS, as in loss=0..80/9, or NAME=A,B,C.",
        Error::TrialRange { .. } => "Give values within the range; “shabnameh trial --list” tells what each means.",
        Error::TrialChannels { .. } => "Give channels of one kind; a film has its own camera and comes once.",
        Error::TrialTooLarge { .. } => "Try a shorter letter: what is true of 30 sides is true of 300.",
        Error::TrialTooLong { .. } => "Give fewer --runs, channels or steps, or a shorter letter; --force does it all the same.",
        Error::TrialRuns { .. } => "Give more --runs, or leave them out.",
        Error::ManySheets { .. } => "If you want that many, add --force; --form archive takes the least paper.",
        Error::ModuleSize { .. } => "Give another --module-mm; 0.42 is the default.",
        Error::Page { .. } => "This is our mistake: please tell us, with the letter if you can.",
        Error::File { .. } => "Check the path, the space on the disk, and that you may read and write there.",
        Error::Exists { .. } => "Choose another --out, or allow overwriting with --force.",
        Error::NothingInFolder { .. } => "Give the folder with the photos.",
        Error::OptionStandard { .. } => "Give a file or a folder in its place.",
        Error::TwoResults => "Give a file or a folder as --out.",
        Error::SeveralLetters { .. } => "Give a folder as --out.",
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

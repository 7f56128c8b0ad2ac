//! English.

mod trial;

use super::{Demo, Label, Needed, Results, Seen, Words};
use crate::error::Error;

pub(super) struct English;

/// "1 code", "2 codes".
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

impl Words for English {
    fn tag(&self) -> &'static str {
        "en"
    }

    fn number(&self, number: usize) -> String {
        number.to_string()
    }

    fn what_happened(&self, error: &Error) -> String {
        match error {
            Error::LetterEmpty => "the letter is empty".into(),
            Error::LetterTooLarge { bytes, max } => {
                format!("the letter has {bytes} bytes; the most that can be carried is {max}")
            }
            Error::FieldTooLong { field, bytes, max } => format!("the {field} has {bytes} bytes; {max} is the most"),
            Error::FieldInvalid { field } => format!("the {field} has a value that it cannot have"),
            Error::Truncated { field } => format!("the envelope ends too early, inside its {field}"),
            Error::NewerReader { field, found } => format!("this was made by a later version ({field} {found})"),
            Error::ObjectLength { bytes } => format!("an envelope cannot have {bytes} bytes"),
            Error::CodedContent { why } => format!("the content cannot be decoded: {why}"),
            Error::ContentHash => "the content is not the one that the envelope was made for".into(),
            Error::FrameText => "this begins like one of our codes, but is damaged or cut".into(),
            Error::FrameTooShort { bytes } => format!("a frame cannot have only {bytes} bytes"),
            Error::FrameChecksum => "the frame's checksum is wrong".into(),
            Error::FrameSymbols { bytes, symbol_size } => {
                format!("{bytes} bytes are not symbols of {symbol_size} bytes within their object")
            }
            Error::Armor { why } => format!("the pasted envelope cannot be read: {why}"),
            Error::ObjectId => "the envelope is not the one that its object id promises".into(),
            Error::TooManyObjects { max } => format!("these are codes of more than {max} letters"),
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
            Error::PictureHeic => "this is a photo in HEIC or AVIF, which is not read".into(),
            Error::PictureTooLarge { width, height, max } => {
                format!("the picture has {width} x {height} pixels; {max} is the most")
            }
            Error::TooManyPages { max } => format!("it has more than {max} pictures or pages"),
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
            Error::SealedAlready => "a letter in an envelope has its title and its language already".into(),
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
            Error::NothingInFolder { path } => format!("{path}: there is no picture, PDF or text in this folder"),
            Error::SeveralLetters { letters } => {
                format!("{letters} letters are complete, but standard output takes one")
            }
            Error::TwoResults => "standard output takes the letter or the JSON, not both".into(),
            Error::NothingFound => "no code of ours was found in what was given".into(),
        }
    }

    fn what_to_do(&self, error: &Error) -> String {
        match error {
            Error::LetterEmpty => "Give a file with something in it.",
            Error::LetterTooLarge { .. } => "Shorten it, or cut it into several letters.",
            Error::FieldTooLong { .. } => "Give a shorter one.",
            Error::FieldInvalid { field: "language" } => "Give a language tag like fa, ckb, ar, az or en.",
            Error::NewerReader { .. } => "Read it with a newer shabnameh.",
            Error::FieldInvalid { .. }
            | Error::Truncated { .. }
            | Error::ObjectLength { .. }
            | Error::CodedContent { .. }
            | Error::ContentHash => "Do not trust it: whoever made this envelope made it wrong. Get the letter from someone else.",
            Error::FrameText | Error::FrameTooShort { .. } | Error::FrameChecksum | Error::FrameSymbols { .. } => {
                "Leave this code out, or photograph it again; other codes make up for it."
            }
            Error::Armor { .. } | Error::ObjectId => "Copy it again, from the BEGIN line to the END line, with all between.",
            Error::TooManyObjects { .. } => "Give fewer pictures at once; someone may be flooding you with false codes.",
            Error::RepairOutOfRange { .. } => "Give a smaller --repair.",
            Error::QrVersion { .. } => "Give a version from 1 to 40, but not 23.",
            Error::QrTooSmall { least: Some(least), .. } => {
                return format!("Give --qr-version {least} or more, or a lower --error-correction.");
            }
            Error::QrTooSmall { least: None, .. } => "Give a lower --error-correction.",
            Error::QrEncode => "This is our mistake: please tell us, with the options you gave.",
            Error::Picture { .. } => {
                "Give PNG, JPEG, WebP, TIFF, BMP, GIF, PDF, or a text with pasted codes; if it was cut in transfer, send it again."
            }
            Error::PictureHeic => "Save or send it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible).",
            Error::PictureTooLarge { .. } => "Make it smaller, or cut it into parts.",
            Error::TooManyPages { .. } => "Split it into several files.",
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
            Error::SealedAlready => "Leave out --title and --lang, or give the letter itself.",
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
            Error::TwoResults => "Give a file or a folder as --out.",
            Error::SeveralLetters { .. } => "Give a folder as --out.",
            Error::NothingFound => {
                "Photos: take them again in good light, from above, nearer. Pasted codes: copy all of them, from a chat that changes no signs."
            }
        }
        .into()
    }

    fn page(&self, number: usize, of: usize) -> String {
        format!("page {number} of {of}")
    }

    fn code_caption(&self, number: usize, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let restore = match (sufficient, certain) {
            _ if sufficient == of && of > 1 => "all are needed".into(),
            (1, _) => "any 1 restores the letter".into(),
            (_, true) => format!("any {sufficient} restore the letter"),
            (_, false) => format!("about {sufficient} restore the letter"),
        };
        format!("code {number} of {of} · {restore}")
    }

    fn short_caption(&self, number: usize, of: usize) -> String {
        format!("code {number} of {of}")
    }

    fn codes_heading(&self, file: bool) -> &'static str {
        if file { "A file, as codes" } else { "The same letter, as codes" }
    }

    fn plain_heading(&self) -> &'static str {
        "For any phone’s camera, without a program"
    }

    fn summary_caption(&self) -> String {
        "what this letter is about".into()
    }

    fn plain_caption(&self, number: usize, of: usize) -> String {
        if of == 1 { "the whole letter as plain text".into() } else { format!("page {number} of {of} as plain text") }
    }

    fn how_to_get_the_rest(&self, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let some = if certain { "any" } else { "about" };
        format!(
            "The whole letter is in the other codes: photograph {some} {sufficient} of the {of}; the free program shabnameh puts it together, without any network."
        )
    }

    fn piece_of(&self, name: &str) -> String {
        if name.is_empty() { "A piece of a letter".into() } else { format!("A piece of the letter “{name}”") }
    }

    fn card_hint(&self, needed: Needed) -> String {
        let photos = match needed.sufficient {
            1 => "Photograph it".into(),
            some => format!("Photograph {some} different cards"),
        };
        format!("{photos}, give the photos to the program shabnameh, pass the card on.")
    }

    fn how_to_cut_cards(&self) -> &'static str {
        "Print at 100 %, and cut at the marks."
    }

    fn how_to_cut_pages(&self) -> &'static str {
        "Print on one side, at 100 %. Cut at the marks, and lay the pages in the order of their numbers."
    }

    fn how_to_fold_a_booklet(&self) -> &'static str {
        "Print on both sides, turned over at the short edge, at 100 %. Fold in the middle; lay gatherings one on the other."
    }

    fn how_to_fold_a_zine(&self) -> &'static str {
        "Print on one side, at 100 %; each sheet is a zine of its own. Fold it in half and in quarters across, and open it again. Cut along the dashes, fold it lengthwise, push both ends together until the cut opens and closes, and fold the pages around the cover."
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        let (pages, sides) = (count(pages, "page"), count(sides, "side"));
        format!("{form}: {pages}, {sides} of paper; {}", self.sufficient(needed))
    }

    fn how_to_read(&self, needed: Needed) -> [String; 3] {
        let Needed { sufficient, of, certain } = needed;
        let first = match (sufficient, certain) {
            _ if sufficient == of => {
                format!("Photograph all {}, sharp and near, one or several in a picture.", count(of, "code"))
            }
            (1, _) => format!("Photograph any one of these {of} codes, sharp and near. Losing the others is fine."),
            (_, true) => format!(
                "Photograph any {sufficient} of these {of} codes, sharp and near, one or several in a picture. Losing the others is fine."
            ),
            (_, false) => format!(
                "Photograph about {sufficient} of these {of} codes, from all over the sheets, sharp and near. Losing the others is fine."
            ),
        };
        [
            first,
            "Give the photos to the program shabnameh (“shabnameh\u{a0}decode”); whoever gave you this sheet has it. No network is needed.".into(),
            "Too few? Take more, from this sheet or another copy. Then pass it on.".into(),
        ]
    }

    fn not_printed(&self, characters: &str) -> String {
        format!("the fonts lack these characters: {characters} — they are missing in print, but not in the codes")
    }

    fn not_text(&self, name: &str) -> String {
        format!(
            "{name} is not text in UTF-8: it travels as a file, and is not set for reading; save it as UTF-8 to have it printed"
        )
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Letter => "letter",
            Label::Envelope => "envelope",
            Label::ObjectId => "object id",
            Label::Codes => "codes",
            Label::Suffice => "suffice",
            Label::Written => "written",
            Label::Picture => "picture",
            Label::Frame => "frame",
            Label::Foreign => "not ours",
            Label::Refused => "refused",
            Label::NoCodes => "no codes",
        }
    }

    fn bytes(&self, bytes: usize) -> String {
        count(bytes, "byte")
    }

    fn sufficient(&self, needed: Needed) -> String {
        let any = match needed.certain {
            _ if needed.sufficient == needed.of => "all",
            true => "any",
            false => "about",
        };
        format!("{any} {} of {}", needed.sufficient, count(needed.of, "code"))
    }

    fn letter_written(&self, object_id: &str, path: &str, bytes: usize) -> String {
        format!("letter {object_id}: complete, {}, written to {path}", count(bytes, "byte"))
    }

    fn letter_incomplete(&self, object_id: &str, received: usize, needed: usize, codes: usize) -> String {
        let codes = count(codes, "more code");
        format!(
            "letter {object_id}: {received} of {needed} symbols; still needed: {}, about {codes}",
            needed.saturating_sub(received)
        )
    }

    fn letter_forged(&self, object_id: &str) -> String {
        format!(
            "letter {object_id}: enough symbols came, but some are forged; add codes from another copy, or leave out pictures you do not trust"
        )
    }

    fn no_codes_in(&self, pictures: &str) -> String {
        format!("no code found in: {pictures}")
    }

    fn and_more(&self, count: usize) -> String {
        format!("and {count} more")
    }

    fn seen(&self, seen: &Seen) -> String {
        let mut text = format!("{} looked at, {} taken", count(seen.pictures, "picture"), count(seen.frames, "frame"));
        if seen.refused > 0 {
            text.push_str(&format!(", {} refused", seen.refused));
        }
        if seen.foreign > 0 {
            text.push_str(&format!(", {} not ours", count(seen.foreign, "code")));
        }
        text
    }

    fn channel(&self, name: &str) -> &'static str {
        trial::channel(name)
    }

    fn every_channel(&self) -> &'static str {
        "each of these on its own"
    }

    fn harm(&self, name: &str) -> &'static str {
        trial::harm(name)
    }

    fn trial_headings(&self) -> [&'static str; 6] {
        trial::HEADINGS
    }

    fn results(&self, results: &Results) -> String {
        trial::results(results)
    }

    fn demo(&self, step: Demo) -> String {
        match step {
            Demo::Made(letter, envelope, codes) => format!(
                "A letter of {letter} bytes became an envelope of {envelope} bytes and a leaflet with {}.",
                count(codes, "code")
            ),
            Demo::Pictured(pages) => {
                format!("The leaflet was turned into {}, as a scanner would see it.", count(pages, "picture"))
            }
            Demo::Lost(lost, of) => {
                format!("Then {lost} of the {} were painted over, as if torn off.", count(of, "code"))
            }
            Demo::Restored(codes) => {
                format!(
                    "From the {} left the letter was restored. It is the same, byte for byte.",
                    count(codes, "code")
                )
            }
            Demo::Failed => "The letter did not come back. This is our mistake: please tell us.".into(),
            Demo::Open => "Open this to see what people will hold:".into(),
        }
    }
}

fn tenths(value: u32) -> String {
    format!("{}.{}", value / 10, value % 10)
}

fn thousandths(value: u32) -> String {
    format!("{}.{:03}", value / 1000, value % 1000).trim_end_matches('0').trim_end_matches('.').to_owned()
}

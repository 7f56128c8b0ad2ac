//! What is said on a terminal, in English.

use super::{English, count, program_errors};
use crate::codec::keys::PublicKey;
use crate::codec::trust::SignatureStatus;
use crate::documents::markup::LeftOut;
use crate::documents::open::Source;
use crate::error::program::ProgramError;
use crate::words::{Asked, Counts, DemoStep, Label, Needed, NoText, PageIs, PaperWords, TerminalWords, Trace};

impl TerminalWords for English {
    fn program_error(&self, error: &ProgramError) -> [String; 2] {
        [program_errors::what_happened(error), program_errors::what_to_do(error)]
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        let (pages, sides) = (count(pages, "page"), count(sides, "side"));
        format!("{form}: {pages}, {sides} of paper; {}", self.sufficient(needed))
    }

    fn not_printed(&self, characters: &str) -> String {
        format!(
            "the fonts lack these characters: {characters} — their numbers are printed in their places; in the codes they are there"
        )
    }

    fn no_text(&self, name: &str, why: NoText) -> String {
        let todo = match why {
            NoText::NotText => "it is not text in any encoding known here; save it as UTF-8",
            NoText::OldWord => "it is a document of an old Word; save it as .docx",
            NoText::Pdf => "it is a PDF; give the document that it was made from",
            NoText::File => return format!("{name} travels as a file: no text of it is printed"),
        };
        format!("{name} travels as a file, and no text of it is printed: {todo} to have it set")
    }

    fn taken(&self, source: Source, left_out: &LeftOut) -> String {
        let document = match source {
            Source::Word => "a Word document",
            Source::OpenDocument => "an OpenDocument text",
            Source::RichText => "an RTF document",
            Source::Html => "an HTML page",
            Source::Encoded(encoding) => {
                return format!(
                    "taken from a text in {encoding}: it travels in UTF-8; --as-file sends the file itself"
                );
            }
        };
        let LeftOut { pictures, comments, deletions, hidden } = *left_out;
        let parts =
            [(pictures, "picture"), (comments, "comment"), (deletions, "deleted passage"), (hidden, "hidden passage")];
        let parts: Vec<String> = parts.iter().filter(|(of, _)| *of > 0).map(|(of, what)| count(*of, what)).collect();
        let left_out = match parts.split_last() {
            None => "nothing left out but its look".to_owned(),
            Some((last, [])) => format!("{last} left out"),
            Some((last, others)) => format!("{} and {last} left out", others.join(", ")),
        };
        format!("taken from {document} as text: {left_out}; --as-file sends the file itself")
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Letter => "letter",
            Label::Envelope => "envelope",
            Label::ObjectId => "object id",
            Label::Codes => "codes",
            Label::Suffice => "suffice",
            Label::Signature => "signature",
            Label::Encryption => "encryption",
            Label::PublicKey => "public key",
            Label::Recipient => "recipient",
            Label::Fingerprint => "fingerprint",
            Label::Comment => "comment",
            Label::Sha256 => "SHA-256",
            Label::SignatureFile => "signature",
            Label::Forged => "forged",
            Label::Written => "written",
            Label::Picture => "picture",
            Label::Frame => "frame",
            Label::Foreign => "not ours",
            Label::Refused => "refused",
            Label::Unread => "not read",
            Label::NoCodes => "no codes",
        }
    }

    fn bytes(&self, bytes: usize) -> String {
        count(bytes, "byte")
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

    fn signature(&self, status: &SignatureStatus) -> String {
        let by = |key: &PublicKey| self.fingerprint(&key.fingerprint().to_string());
        match status {
            SignatureStatus::Trusted { name, key } if name.is_empty() => {
                format!("signed by a key you trust: {}", by(key))
            }
            SignatureStatus::Trusted { name, key } => {
                format!("signed by a key you trust: {name} ({})", by(key))
            }
            SignatureStatus::Unknown { key } => {
                format!(
                    "signed by a key you do not know: {}; compare these digits with those the writer published",
                    by(key)
                )
            }
            SignatureStatus::Unsigned => "not signed: anyone may have written it".into(),
            SignatureStatus::False { key } => {
                format!("SIGNATURE FALSE: it says it is by {}, and is not; do not believe it", by(key))
            }
        }
    }

    fn asks(&self, asked: Asked) -> &'static str {
        match asked {
            Asked::Letter => "passphrase of the letter",
            Asked::NewLetter => "new passphrase for the letter",
            Asked::Key => "passphrase of the key",
            Asked::NewKey => "new passphrase for the key",
            Asked::Again => "the same again",
        }
    }

    fn entropy(&self, words: usize, bits: usize) -> String {
        format!("{words} words of 1024, drawn by chance: {bits} bits, one of 2^{bits} passphrases")
    }

    fn how_to_trust(&self, key: &str) -> String {
        format!("if the digits are right: shabnameh trust {key} --name NAME")
    }

    fn serving(&self) -> &'static str {
        "Open this address in a browser on this computer; nobody else can reach it. Ctrl-C ends it."
    }

    fn keep_the_key(&self) -> &'static str {
        "Publish the .pub file and the digits, wherever you can. Keep a copy of the other file, show it to nobody: there is no second one."
    }

    fn names_kept(&self, count: usize, path: &str) -> String {
        format!("{} in {path}", self::count(count, "trusted key"))
    }

    fn plain_passphrase(&self) -> &'static str {
        "the passphrase is used in its plain form: Persian letters, ASCII digits, one space between words; other programs must be given that"
    }

    fn summary_in_clear(&self) -> &'static str {
        "the letter is encrypted, the summary is not: everyone who finds the paper reads it"
    }

    fn forged_codes(&self, object_id: &str, codes: usize, pictures: &str) -> String {
        format!("letter {object_id}: {} left out, in: {pictures}", count(codes, "forged code"))
    }

    fn letter_forged(&self, object_id: &str) -> String {
        format!(
            "letter {object_id}: enough symbols came, but some are forged; add codes from another copy, or leave out pictures you do not trust"
        )
    }

    fn letter_without_room(&self, object_id: &str) -> String {
        format!(
            "letter {object_id}: it is complete, and too many others came before it; ask for it alone: --only {object_id}"
        )
    }

    fn no_codes_in(&self, pictures: &str) -> String {
        format!("no code found in: {pictures}")
    }

    fn and_more(&self, count: usize) -> String {
        format!("and {count} more")
    }

    fn filming(&self, pictures: usize, codes: usize) -> String {
        format!("{}, {}", count(pictures, "picture"), count(codes, "code"))
    }

    fn films_passed(&self, films: usize) -> String {
        format!(
            "{} not looked at, as every letter that was begun is complete; --all looks at all",
            count(films, "film")
        )
    }

    fn counts(&self, seen: &Counts) -> String {
        let mut text = format!("{} looked at, {} taken", count(seen.pictures, "picture"), count(seen.frames, "frame"));
        if seen.refused > 0 {
            text.push_str(&format!(", {} refused", seen.refused));
        }
        if seen.forged > 0 {
            text.push_str(&format!(", {} forged", seen.forged));
        }
        if seen.foreign > 0 {
            text.push_str(&format!(", {} not ours", count(seen.foreign, "code")));
        }
        if seen.others > 0 {
            text.push_str(&format!(", {} of other letters", seen.others));
        }
        if seen.given_up > 0 {
            let were = if seen.given_up == 1 { "was" } else { "were" };
            text.push_str(&format!("; {} {were} given up", count(seen.given_up, "begun letter")));
        }
        text
    }

    fn traces(&self, traces: &[Trace], strips: bool) -> String {
        let told = traces.iter().map(|trace| match trace {
            Trace::Place => "where it was taken".to_owned(),
            Trace::Time => "when".to_owned(),
            Trace::Device => "with which device".to_owned(),
            Trace::Person(name) if name.is_empty() => "perhaps by whom".to_owned(),
            Trace::Person(name) => format!("a name ({name})"),
            Trace::Program => "by which program".to_owned(),
            Trace::More => "more than the picture shows".to_owned(),
        });
        let told: Vec<String> = told.collect();
        let way = if strips {
            "--strip takes it out."
        } else {
            "Take it out in the program that made the file, or send it as text or as a picture."
        };
        format!("careful: this file also tells {}. {way}", told.join(", "))
    }

    fn page_is(&self, page: &PageIs) -> String {
        match page {
            PageIs::Ours => "this is the page of this version, byte for byte".into(),
            PageIs::OursWithLetter(id) => {
                format!("this is the page of this version with the letter {id} inside, and nothing else; without it, that is")
            }
            PageIs::Another => {
                "this is not the page of this version: it may be another version, or forged; do not open it, write one with --out".into()
            }
        }
    }

    fn demo(&self, step: DemoStep) -> String {
        match step {
            DemoStep::Made(letter, envelope, codes) => format!(
                "A letter of {letter} bytes became an envelope of {envelope} bytes and a leaflet with {}.",
                count(codes, "code")
            ),
            DemoStep::Pictured(pages) => {
                format!("The leaflet was turned into {}, as a scanner would see it.", count(pages, "picture"))
            }
            DemoStep::Lost(lost, of) => {
                format!("Then {lost} of the {} were painted over, as if torn off.", count(of, "code"))
            }
            DemoStep::Restored(codes) => {
                format!(
                    "From the {} left the letter was restored. It is the same, byte for byte.",
                    count(codes, "code")
                )
            }
            DemoStep::Failed => "The letter did not come back. This is our mistake: please tell us.".into(),
            DemoStep::Open => "Open this to see what people will hold:".into(),
        }
    }
}

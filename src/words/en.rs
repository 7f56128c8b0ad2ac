//! English.

mod errors;
mod seeing;
mod trial;

use super::{
    Asked, Carried, Demo, Everywhere, Label, LeftOut, Needed, NoText, PageIs, Results, Seen, Signed, Source, Trace,
    Words,
};
use crate::error::Error;

pub(super) struct English;

/// "1 code", "2 codes".
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

impl Everywhere for English {
    fn what_happened(&self, error: &Error) -> String {
        errors::what_happened(error)
    }

    fn what_to_do(&self, error: &Error) -> String {
        errors::what_to_do(error)
    }

    fn why_unread(&self, why: &str) -> &'static str {
        seeing::why_unread(why)
    }

    fn passphrase_words(&self) -> &'static str {
        include_str!("en/passphrase.txt")
    }
}

impl Words for English {
    fn tag(&self) -> &'static str {
        "en"
    }

    fn number(&self, number: usize) -> String {
        number.to_string()
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

    fn codes_heading(&self, carried: Carried) -> &'static str {
        match carried {
            Carried::Letter => "The same letter, as codes",
            Carried::File => "A file, as codes",
            Carried::Encrypted => "An encrypted letter, as codes",
        }
    }

    fn signed_by(&self, fingerprint: &str) -> String {
        format!(
            "The letter is signed. The program must show {}; believe it only if you know these digits from elsewhere, not from this sheet.",
            self.fingerprint(fingerprint)
        )
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
            "The whole letter is in the other codes: photograph {some} {sufficient} of the {of}, and open the photos in the free program shabnameh (on a phone: the page reader.html); no network is needed."
        )
    }

    fn piece_of(&self, name: &str, carried: Carried) -> String {
        if carried == Carried::Encrypted {
            "A piece of an encrypted letter".into()
        } else if name.is_empty() {
            "A piece of a letter".into()
        } else {
            format!("A piece of the letter “{name}”")
        }
    }

    fn card_hint(&self, needed: Needed) -> String {
        let photos = match needed.sufficient {
            1 => "Photograph it".into(),
            some => format!("Photograph {some} different cards"),
        };
        format!("{photos}, open the photos in shabnameh (on a phone: the page reader.html), pass the card on.")
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
            "Open the photos in the page reader.html (computer: shabnameh\u{a0}decode). Get it from someone you trust. No network is needed.".into(),
            "Too few? Take more, from this sheet or another copy. Then pass it on.".into(),
        ]
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

    fn answer(&self, answer: &Signed<'_>) -> String {
        match answer {
            Signed::Trusted { name: "", fingerprint } => {
                format!("signed by a key you trust: {}", self.fingerprint(fingerprint))
            }
            Signed::Trusted { name, fingerprint } => {
                format!("signed by a key you trust: {name} ({})", self.fingerprint(fingerprint))
            }
            Signed::Unknown { fingerprint } => {
                format!(
                    "signed by a key you do not know: {}; compare these digits with those the writer published",
                    self.fingerprint(fingerprint)
                )
            }
            Signed::Unsigned => "not signed: anyone may have written it".into(),
            Signed::False { fingerprint } => {
                format!(
                    "SIGNATURE FALSE: it says it is by {}, and is not; do not believe it",
                    self.fingerprint(fingerprint)
                )
            }
        }
    }

    fn fingerprint(&self, fingerprint: &str) -> String {
        fingerprint.replace(' ', "\u{a0}")
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

    fn read_me(&self) -> &'static str {
        include_str!("en/READ-ME.txt")
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

    fn encrypted(&self) -> &'static str {
        "The letter is encrypted: only who has the passphrase or the key can open it. Others can pass it on."
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
        seeing::filming(pictures, codes)
    }

    fn films_passed(&self, films: usize) -> String {
        format!(
            "{} not looked at, as every letter that was begun is complete; --all looks at all",
            count(films, "film")
        )
    }

    fn seen(&self, seen: &Seen) -> String {
        seeing::seen(seen)
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

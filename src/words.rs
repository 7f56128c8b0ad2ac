//! What we say to people, on paper and on a terminal: one file a language, so that a translator touches that file alone.

mod en;
mod fa;

use crate::error::Error;

/// What a language says wherever it is said: in the program and in the page, which carries nothing else of this.
pub trait Everywhere: Sync {
    /// What happened.
    fn what_happened(&self, error: &Error) -> String;
    /// What to do about it.
    fn what_to_do(&self, error: &Error) -> String;
    /// Why a code could not be read that is to be seen, by the name of the reason, and what to do.
    fn why_unread(&self, why: &str) -> &'static str;
    /// The words that passphrases are made of, 1,024 of them, one a line.
    fn passphrase_words(&self) -> &'static str;
}

/// One language's texts.
pub trait Words: Everywhere {
    /// Its BCP 47 tag.
    fn tag(&self) -> &'static str;
    /// A number in this language's digits.
    fn number(&self, number: usize) -> String;

    /// "Page 2 of 4", at the foot of a leaflet.
    fn page(&self, number: usize, of: usize) -> String;
    /// "code 3 of 12 · any 6 restore the letter", under a code.
    fn code_caption(&self, number: usize, needed: Needed) -> String;
    /// "code 3 of 12", under a code too narrow for more.
    fn short_caption(&self, number: usize, of: usize) -> String;
    /// The heading over the codes.
    fn codes_heading(&self, carried: Carried) -> &'static str;
    /// That the letter is signed, by the key of this fingerprint, and what to do with that.
    fn signed_by(&self, fingerprint: &str) -> String;
    /// How to read the codes, in three short steps.
    fn how_to_read(&self, needed: Needed) -> [String; 3];
    /// The heading over codes in plain text, which any phone shows.
    fn plain_heading(&self) -> &'static str;
    /// What stands under the one code in plain text that holds a summary.
    fn summary_caption(&self) -> String;
    /// What stands under a code in plain text that holds a page of the letter.
    fn plain_caption(&self, number: usize, of: usize) -> String;
    /// The last sentence of a code in plain text: how to get the whole letter.
    fn how_to_get_the_rest(&self, needed: Needed) -> String;
    /// What a card is, for whoever finds it: a piece of a letter, by its short name, or of an encrypted one.
    fn piece_of(&self, name: &str, carried: Carried) -> String;
    /// What to do with a card.
    fn card_hint(&self, needed: Needed) -> String;
    /// How to print, cut and fold cards.
    fn how_to_cut_cards(&self) -> &'static str;
    /// How to print and cut pages of which several stand on a side.
    fn how_to_cut_pages(&self) -> &'static str;
    /// How to print and fold a booklet.
    fn how_to_fold_a_booklet(&self) -> &'static str;
    /// How to print, cut and fold a zine.
    fn how_to_fold_a_zine(&self) -> &'static str;
    /// What was printed: the form, its pages, sides of paper, and how many codes suffice.
    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String;
    /// Says that characters could not be printed, and that the codes carry them all the same.
    fn not_printed(&self, characters: &str) -> String;

    /// What a label of a summary is called.
    fn label(&self, label: Label) -> &'static str;
    /// "3436 bytes".
    fn bytes(&self, bytes: usize) -> String;
    /// "any 6 of 12 codes", or about so many.
    fn sufficient(&self, needed: Needed) -> String;
    /// A letter came out and was written.
    fn letter_written(&self, object_id: &str, path: &str, bytes: usize) -> String;
    /// A letter is not complete: "5 of 8 symbols; still needed: 3", which so many codes more would bring.
    fn letter_incomplete(&self, object_id: &str, received: usize, needed: usize, codes: usize) -> String;
    /// Says that nothing of a file is printed to be read.
    fn no_text(&self, name: &str, why: NoText) -> String;
    /// What a text was taken from, and what is not in it.
    fn taken(&self, source: Source, left_out: &LeftOut) -> String;
    /// Who signed a letter.
    fn answer(&self, answer: &Signed<'_>) -> String;
    /// A fingerprint, or groups of it, in this language's digits. No-break spaces keep the groups in their order from left to right, as those of a
    /// telephone number, in lines from right to left as well.
    fn fingerprint(&self, fingerprint: &str) -> String;
    /// What is asked for, where nothing that is typed shows.
    fn asks(&self, asked: Asked) -> &'static str;
    /// How hard a passphrase of so many words is to guess, in bits.
    fn entropy(&self, words: usize, bits: usize) -> String;
    /// How to trust a key that is not known, by its text.
    fn how_to_trust(&self, key: &str) -> String;
    /// That a new key is to be kept well.
    fn keep_the_key(&self) -> &'static str;
    /// How many names are kept, and in which file.
    fn names_kept(&self, count: usize, path: &str) -> String;
    /// That a passphrase is used in its plain form.
    fn plain_passphrase(&self) -> &'static str;
    /// That a summary is printed beside an encrypted letter.
    fn summary_in_clear(&self) -> &'static str;
    /// That a letter is encrypted, and what to do with it.
    fn encrypted(&self) -> &'static str;
    /// Names the pictures that forged codes of a letter came from.
    fn forged_codes(&self, object_id: &str, codes: usize, pictures: &str) -> String;
    /// A letter has enough symbols, but forged ones among them.
    fn letter_forged(&self, object_id: &str) -> String;
    /// A letter came whole, and too many others did before it.
    fn letter_without_room(&self, object_id: &str) -> String;
    /// Names the pictures in which no code was found.
    fn no_codes_in(&self, pictures: &str) -> String;
    /// "and 7 more", after a list cut short.
    fn and_more(&self, count: usize) -> String;
    /// How far a film was looked at: its pictures, and the codes in them.
    fn filming(&self, pictures: usize, codes: usize) -> String;
    /// Films that were not looked at, as nothing was missing any more.
    fn films_passed(&self, films: usize) -> String;
    /// What was seen in all: pictures, codes, frames, refused, foreign.
    fn seen(&self, seen: &Seen) -> String;
    /// What a file that is to become a letter tells besides, and whether --strip takes it out.
    fn traces(&self, traces: &[Trace], strips: bool) -> String;
    /// Whether a file is the page of this version.
    fn page_is(&self, page: &PageIs) -> String;
    /// That the page is served, to whom, and how to end it.
    fn serving(&self) -> &'static str;
    /// The text that lies beside a kit: what each file is for.
    fn read_me(&self) -> &'static str;
    /// A step of the demonstration, in plain words.
    fn demo(&self, step: Demo) -> String;

    /// What happens on a channel of trials; nothing for names that are none.
    fn channel(&self, name: &str) -> &'static str;
    /// What it means to name all channels.
    fn every_channel(&self) -> &'static str;
    /// What a harm is, or a setting that is swept.
    fn harm(&self, name: &str) -> &'static str;
    /// The headings of a table of trials: channel, letters that came through, interval, codes read, misreads, pictures.
    fn trial_headings(&self) -> [&'static str; 6];

    /// What is said of trials.
    fn results(&self, results: &Results) -> String;
}

/// How many codes are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// So many suffice.
    pub sufficient: usize,
    /// Out of so many.
    pub of: usize,
    /// Whether any of them do, or more may be needed by bad luck.
    pub certain: bool,
}

/// What the codes on paper carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// A letter that is printed before them.
    Letter,
    /// A file that is not.
    File,
    /// A letter that only some may read.
    Encrypted,
}

/// Who signed a letter; fingerprints are thirty digits in groups of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed<'a> {
    /// A key that is trusted, under a name, which may be empty.
    Trusted {
        /// The name.
        name: &'a str,
        /// The key's fingerprint.
        fingerprint: &'a str,
    },
    /// A key that is not known.
    Unknown {
        /// The key's fingerprint.
        fingerprint: &'a str,
    },
    /// Nobody.
    Unsigned,
    /// Not the key that it says.
    False {
        /// That key's fingerprint.
        fingerprint: &'a str,
    },
}

/// Passphrases that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// That of an encrypted letter.
    Letter,
    /// A new one, to encrypt a letter with.
    NewLetter,
    /// That of a secret key.
    Key,
    /// A new one, for a secret key.
    NewKey,
    /// The same once more.
    Again,
}

/// The labels of summaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// The SHA-256 of a file.
    Sha256,
    /// The letter's name.
    Letter,
    /// Bytes of the letter and of the envelope.
    Envelope,
    /// The object id.
    ObjectId,
    /// Number, version and level of the codes.
    Codes,
    /// How many of them suffice.
    Suffice,
    /// Who signed it.
    Signature,
    /// Who may open it.
    Encryption,
    /// A key that verifies signatures.
    PublicKey,
    /// A key that letters are encrypted for.
    Recipient,
    /// The fingerprint of a key.
    Fingerprint,
    /// What the signer of a file said of it.
    Comment,
    /// A file that holds a signature.
    SignatureFile,
    /// A code that is forged.
    Forged,
    /// The folder written.
    Written,
    /// A picture.
    Picture,
    /// A frame.
    Frame,
    /// A code that is not ours.
    Foreign,
    /// A code that was refused.
    Refused,
    /// A code that is to be seen and could not be read.
    Unread,
    /// No code found.
    NoCodes,
}

/// Something that a file tells of whoever made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Where it was taken.
    Place,
    /// When it was made.
    Time,
    /// By which device, perhaps with its serial number.
    Device,
    /// By whom: a name that stands in it, or nothing where it was not read.
    Person(String),
    /// By which program.
    Program,
    /// A small picture of it, which may show what was cut off, or data behind its end.
    More,
}

/// What a file is that a letter's text was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A document of Word, `.docx`.
    Word,
    /// A document of LibreOffice, `.odt` or `.fodt`.
    OpenDocument,
    /// Rich Text Format, `.rtf`.
    RichText,
    /// A page of a browser, `.html`.
    Html,
    /// A text in another encoding than UTF-8, with that encoding's name.
    Encoded(&'static str),
}

/// What of a document does not travel in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Pictures, drawings and other objects.
    pub pictures: usize,
    /// Comments.
    pub comments: usize,
    /// Stretches that were deleted, with changes tracked.
    pub deletions: usize,
    /// Stretches that are hidden.
    pub hidden: usize,
}

/// Why nothing of a file is printed to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoText {
    /// It is called a text and is none.
    NotText,
    /// A document of Word before 2007, `.doc`.
    OldWord,
    /// A PDF.
    Pdf,
    /// Another file, or one that shall travel as it is.
    File,
}

/// What a file is that may be the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageIs {
    /// The page of this version, byte for byte.
    Ours,
    /// That page with a letter inside, of this object id.
    OursWithLetter(String),
    /// Something else.
    Another,
}

/// What was seen in all that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// Pictures, pages and texts looked at.
    pub pictures: usize,
    /// Frames taken.
    pub frames: usize,
    /// Frames refused.
    pub refused: usize,
    /// Frames that turned out to be forged.
    pub forged: usize,
    /// QR codes that are not ours.
    pub foreign: usize,
    /// Frames and envelopes of other letters than the one asked for.
    pub others: usize,
    /// Begun letters that made room for others.
    pub given_up: usize,
}

/// What is said of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Results {
    /// The list of channels follows.
    Channels,
    /// The list of harms follows.
    Harms,
    /// What is tried.
    Specimen {
        /// Codes of the letter.
        codes: usize,
        /// How many of them suffice.
        sufficient: usize,
        /// Sides of paper, or pictures of the show.
        sides: usize,
        /// Side of a module in mm.
        module: String,
    },
    /// How long it took.
    Pace {
        /// Milliseconds a picture, on one core.
        picture_ms: u128,
        /// Pictures.
        pictures: usize,
    },
    /// So many letters came out that were not what was sent.
    FalseLetters(usize),
    /// It was stopped before its end.
    Stopped {
        /// Runs done.
        done: usize,
        /// Runs asked for.
        of: usize,
    },
    /// Settings that are being tried.
    Trying {
        /// The settings, as options of `encode`.
        advice: String,
    },
    /// The advice follows.
    Advice {
        /// Successes on the worst way.
        successes: usize,
        /// Runs of each way.
        runs: usize,
        /// Lower end of the 95 % interval, of a hundred.
        least: usize,
        /// Side of a module as printed, in mm.
        module: String,
    },
    /// The axis of a plot: letters that came through, in per cent.
    Shares,
    /// So many codes of so many suffice.
    Suffice {
        /// So many.
        sufficient: usize,
        /// Of so many.
        of: usize,
    },
    /// No settings were good enough.
    NoAdvice,
    /// The results were written to a folder.
    Written(String),
    /// Contact sheets were written to a folder.
    Sheets(String),
}

/// The steps of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// The kit was made: bytes of the letter, bytes of the envelope, number of codes.
    Made(usize, usize, usize),
    /// The leaflet was turned into so many pictures, as a scanner would.
    Pictured(usize),
    /// So many codes of so many were painted over.
    Lost(usize, usize),
    /// The letter was restored from so many codes, and is the same, byte for byte.
    Restored(usize),
    /// It did not come back.
    Failed,
    /// Which file to open.
    Open,
}

/// English.
pub fn english() -> &'static dyn Words {
    &en::English
}

/// Persian.
pub fn persian() -> &'static dyn Words {
    &fa::Persian
}

/// What is said everywhere, in Persian and in English.
pub fn everywhere() -> [&'static dyn Everywhere; 2] {
    [&fa::Persian, &en::English]
}

/// The texts of a language by its BCP 47 tag: Persian for Persian, else English.
pub fn words(tag: &str) -> &'static dyn Words {
    if is_persian(tag) { persian() } else { english() }
}

/// What is said everywhere in a language by its BCP 47 tag: Persian for Persian, else English.
pub fn everywhere_in(tag: &str) -> &'static dyn Everywhere {
    let [persian, english] = everywhere();
    if is_persian(tag) { persian } else { english }
}

fn is_persian(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("fa"))
}

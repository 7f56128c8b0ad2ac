//! What is said on a terminal.

use super::{Everywhere, Needed, Trace};
use crate::codec::trust::SignatureStatus;
use crate::documents::markup::LeftOut;
use crate::documents::open::Source;
use crate::error::program::ProgramError;

/// What a language says on a terminal.
pub trait TerminalWords: Everywhere {
    /// What happened in the program, and what to do about it.
    fn program_error(&self, error: &ProgramError) -> [String; 2];
    /// What was printed: the form, its pages, sides of paper, and how many codes suffice.
    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String;
    /// Says that characters could not be printed, and that the codes carry them all the same.
    fn not_printed(&self, characters: &str) -> String;
    /// What a label of a summary is called.
    fn label(&self, label: Label) -> &'static str;
    /// "3436 bytes".
    fn bytes(&self, bytes: usize) -> String;
    /// A letter came out and was written.
    fn letter_written(&self, object_id: &str, path: &str, bytes: usize) -> String;
    /// A letter is not complete: "5 of 8 symbols; still needed: 3", which so many codes more would bring.
    fn letter_incomplete(&self, object_id: &str, received: usize, needed: usize, codes: usize) -> String;
    /// Says that nothing of a file is printed to be read.
    fn no_text(&self, name: &str, why: NoText) -> String;
    /// What a text was taken from, and what is not in it.
    fn taken(&self, source: Source, left_out: &LeftOut) -> String;
    /// Who signed a letter.
    fn signature(&self, status: &SignatureStatus) -> String;
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
    fn counts(&self, counts: &Counts) -> String;
    /// What a file that is to become a letter tells besides, and whether --strip takes it out.
    fn traces(&self, traces: &[Trace], strips: bool) -> String;
    /// Whether a file is the page of this version.
    fn page_is(&self, page: &PageIs) -> String;
    /// That the page is served, to whom, and how to end it.
    fn serving(&self) -> &'static str;
    /// A step of the demonstration, in plain words.
    fn demo(&self, step: DemoStep) -> String;
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
pub struct Counts {
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

/// The steps of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoStep {
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

//! The library's error type. Each variant carries its numbers, and the name that format.md gives to the field it is
//! about; its texts, what happened and what to do, are in the words of each language.

mod code;
pub mod fault;
#[cfg(feature = "cli")]
pub mod program;
#[cfg(feature = "trial")]
pub mod trial;

use fault::{ArmorFault, ContentFault, EncryptionFault, KeyFault, PictureFault};

/// All that can go wrong, from the letter to the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The letter has no bytes.
    LetterEmpty,
    /// The letter has more than `max` bytes (16 MiB).
    LetterTooLarge {
        /// Bytes of the letter.
        bytes: u64,
        /// Most bytes that a letter may have.
        max: u64,
    },
    /// A document in which there is no text.
    DocumentEmpty,
    /// A document with more text than a letter may have.
    DocumentTooLarge {
        /// Most bytes of text.
        max: u64,
    },
    /// A text field of the envelope is longer than `max` bytes of UTF-8.
    FieldTooLong {
        /// The field's name in format.md.
        field: &'static str,
        /// Bytes of the text given.
        bytes: usize,
        /// Most bytes the field holds.
        max: usize,
    },
    /// A field's value is outside its range, or is not in the form that format.md gives.
    FieldInvalid {
        /// The field's name in format.md.
        field: &'static str,
    },
    /// The bytes end inside this field.
    Truncated {
        /// The field's name in format.md.
        field: &'static str,
    },
    /// Made for a later version of the format, or with a feature this reader does not know.
    NewerReader {
        /// The field's name in format.md.
        field: &'static str,
        /// What stands in the field.
        found: u8,
    },
    /// The envelope's length is outside 46 to 16,842,752 bytes.
    ObjectLength {
        /// The length, in bytes.
        bytes: u64,
    },
    /// The coded content cannot be decoded.
    CodedContent {
        /// What is wrong with it.
        why: ContentFault,
    },
    /// The content is not the one that the envelope was made for.
    ContentHash,
    /// The signature is not that of the key that it names, or not of this letter.
    SignatureFalse,
    /// No signature file, or one that is damaged.
    SignatureFile,
    /// A signature file whose trusted comment does not say what an envelope says of this letter.
    SignatureComment {
        /// The trusted comment that it should have.
        wanted: String,
    },
    /// No key file, or one that is damaged, or asks for too much.
    KeyFile {
        /// What is wrong with it.
        why: KeyFault,
    },
    /// A secret key's passphrase is missing, or another one.
    WrongPassphrase,
    /// Two keys cannot have one name, nor names that look alike.
    NameTaken {
        /// The name.
        name: String,
        /// The name that another key has.
        taken: String,
    },
    /// Nobody of that name is trusted.
    NoSuchName {
        /// The name.
        name: String,
    },
    /// A line of a trust file that is no key with a name.
    TrustFile {
        /// Its number, from 1.
        line: usize,
    },
    /// The envelope is encrypted, and nothing that was given opens it.
    Locked {
        /// Whether it asks for a passphrase, or for an identity.
        by_passphrase: bool,
        /// Whether something was tried.
        tried: bool,
    },
    /// The encrypted part of an envelope was not made by age, or was changed.
    Encryption {
        /// What is wrong with it.
        why: EncryptionFault,
    },
    /// Something that is no recipient of age, or none, or too many of them.
    Recipient,
    /// A file that holds no identities of age.
    Identity,
    /// Something stands around an envelope whose signer shall be told.
    AroundEnvelope,
    /// A passphrase too short to keep anything.
    PassphraseShort {
        /// Characters that it has.
        characters: usize,
        /// The fewest that are taken.
        least: usize,
    },
    /// A text begins like a frame but is none (format.md, section 4).
    FrameText,
    /// A frame has too few bytes to be one.
    FrameTooShort {
        /// Bytes found.
        bytes: usize,
    },
    /// A frame's CRC-32 is wrong.
    FrameChecksum,
    /// A frame's symbols are not a whole number of symbols, or reach past the last position.
    FrameSymbols {
        /// Bytes of symbols found.
        bytes: usize,
        /// Bytes of one symbol.
        symbol_size: usize,
    },
    /// No armor, or one that does not follow format.md, section 5.
    Armor {
        /// What is wrong with it.
        why: ArmorFault,
    },
    /// The bytes do not have the object id that was promised.
    ObjectId,
    /// No room for more codes and letters at once.
    TooManyObjects,
    /// More repair than GF(2^8) allows for this object.
    RepairOutOfRange {
        /// Repair symbols asked for, per hundred source symbols.
        percent: u32,
        /// Most that this object allows.
        max: u32,
    },
    /// QR version 23, which a widespread decoder cannot read, or none of 1 to 40.
    QrVersion {
        /// The version asked for.
        version: u8,
    },
    /// Not one symbol fits into the QR code.
    QrTooSmall {
        /// The version asked for, 1 to 40.
        version: u8,
        /// Least version that holds one symbol at this error correction level; `None` where no version does.
        least: Option<u8>,
    },
    /// A QR code could not be made.
    QrEncode,
    /// Not a picture, PDF or text that can be read.
    Picture {
        /// What is wrong with it.
        why: PictureFault,
    },
    /// A pasted envelope of which characters are missing between its first and its last line.
    ArmorIncomplete {
        /// How many, as far as it shows.
        missing: usize,
    },
    /// A picture in AVIF, which the ffmpeg that is there does not read, or there is none.
    PictureAvif,
    /// A picture with more pixels than are read.
    PictureTooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// Most pixels that are read.
        max: u64,
    },
    /// A file with more pictures or pages than are read.
    TooManyPages {
        /// Most pictures or pages that are read from one file.
        max: usize,
    },
    /// A file with more pixels than one of its size should have.
    TooManyPixels {
        /// Pictures or pages that were read.
        read: usize,
    },
    /// A code does not fit where it shall be printed.
    CodeTooLarge {
        /// Side of a code with its quiet zone, in tenths of a millimetre.
        side_tenth_mm: u32,
        /// Widest code that fits there, in tenths of a millimetre.
        room_tenth_mm: u32,
        /// The largest QR version that fits there, if any does.
        version: Option<u8>,
        /// The form that has room for it on another paper: the same, or leaflets where cards are too small on any.
        form: &'static str,
        /// The smallest paper on which that form has room for it, if any has.
        paper: Option<&'static str>,
    },
    /// A form that cannot be made of a paper.
    FormPaper {
        /// The form's name.
        form: &'static str,
        /// The paper's name.
        paper: &'static str,
    },
    /// A summary that does not fit into one plain code.
    SummaryTooLong {
        /// Its length in bytes of UTF-8.
        bytes: usize,
        /// The most that fits, with the letter's title and what else the code says.
        max: usize,
    },
    /// A resolution that archives are not made for.
    Dpi {
        /// The resolution asked for, in dots an inch.
        dpi: u32,
    },
    /// A module size outside the range that printers and cameras take.
    ModuleSize {
        /// The size asked for, in micrometres.
        micrometres: u32,
        /// Least size, in micrometres.
        min: u32,
        /// Greatest size, in micrometres.
        max: u32,
    },
    /// A page could not be set or written.
    Page {
        /// What is wrong, in English.
        why: String,
    },
    /// None of what was given held a frame or an armor.
    NothingFound,
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl std::error::Error for Error {}

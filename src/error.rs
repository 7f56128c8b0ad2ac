//! The one error type. Each variant carries its numbers and the specification's name of the field it is about; what
//! happened and what to do about it are two texts, told by the words of each language.

mod code;

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
        /// What is wrong with it, in English.
        why: &'static str,
    },
    /// The content is not the one that the envelope was made for.
    ContentHash,
    /// The signature is not that of the key that it names, or not of this letter.
    SignatureFalse,
    /// No signature file, or one that is damaged.
    SignatureFile {
        /// What is wrong with it, in English.
        why: &'static str,
    },
    /// A signature file whose trusted comment does not say what an envelope says of this letter.
    SignatureComment {
        /// The trusted comment that it should have.
        wanted: String,
    },
    /// No key file, or one that is damaged, or asks for too much.
    KeyFile {
        /// What is wrong with it, in English.
        why: &'static str,
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
        /// What is wrong with it, in English.
        why: &'static str,
    },
    /// Something that is no recipient of age, or none, or too many of them.
    Recipient,
    /// A file that holds no identities of age.
    Identity,
    /// A secret key would be shown on standard output.
    SecretShown,
    /// A key stands where another should be written.
    KeyExists {
        /// The path.
        path: String,
    },
    /// A file that nothing can be taken out of: it is no JPEG or PNG.
    NotStripped,
    /// Something stands around an envelope whose signer shall be told.
    AroundEnvelope,
    /// No envelope in what was given, and no signature file beside it.
    NothingSigned {
        /// Where the signature file was looked for.
        path: String,
    },
    /// The letter is not by one of the keys that were asked for.
    NotPinned,
    /// So many encrypted letters that this one was not tried.
    NotTried,
    /// Letters that grow so much larger than their envelopes that this one was not opened.
    NotOpened,
    /// More letters than are written at once.
    TooMuch,
    /// A passphrase is needed, and there is no terminal to ask for it.
    NoTerminal,
    /// A passphrase that was typed twice, in two ways.
    PassphrasesDiffer,
    /// A passphrase too short to keep anything.
    PassphraseShort {
        /// Characters that it has.
        characters: usize,
        /// The fewest that are taken.
        least: usize,
    },
    /// The key that a signature is to be verified by was not given.
    KeyMissing,
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
        /// What is wrong with it, in English.
        why: &'static str,
    },
    /// The bytes do not have the object id that was promised.
    ObjectId,
    /// No room for more codes and letters at once.
    TooManyObjects,
    /// What stands for `--only` begins no object id.
    OnlyId {
        /// What was given.
        given: String,
    },
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
        /// What is wrong with it, in English.
        why: String,
    },
    /// A pasted envelope of which characters are missing between its first and its last line.
    ArmorIncomplete {
        /// How many, as far as it shows.
        missing: usize,
    },
    /// A picture in AVIF, which the ffmpeg that is there does not read, or there is none.
    PictureAvif,
    /// A film, or a camera, and ffmpeg is not there.
    FilmNoProgram,
    /// A film that ffmpeg finds no picture in, or a camera that gives none.
    FilmUnread,
    /// A film that takes more time or memory than a film may.
    FilmTooMuch,
    /// An archive that holds more than is unpacked.
    ArchiveTooLarge {
        /// Files that were unpacked.
        read: usize,
    },
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
    /// So much was looked at already that a file was passed over.
    TooMuchToScan,
    /// A text longer than is read.
    TextTooLong {
        /// Most bytes of a text.
        max: u64,
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
    /// An option that means nothing for a form.
    OptionForm {
        /// The option.
        option: &'static str,
        /// The form's name.
        form: &'static str,
    },
    /// A letter would be written over by what is made of it.
    OntoItself {
        /// The path.
        path: String,
    },
    /// Several PDFs, or pictures, for standard output.
    OnePdf,
    /// Pages of plain text were asked for of a file that is none.
    NoText,
    /// A title or a language was given for a letter that is in its envelope already.
    SealedAlready,
    /// More sides of paper than anyone prints without having thought about it.
    ManySheets {
        /// The form's name.
        form: &'static str,
        /// Sides of paper it takes; estimated where the letter is very long.
        sides: usize,
        /// Most sides that are made unasked.
        max: usize,
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
    /// A channel, a harm or a setting that there is not.
    TrialName {
        /// The name given.
        name: String,
        /// The one that is nearest to it.
        nearest: &'static str,
    },
    /// A sweep that makes no sense.
    TrialSweep {
        /// The sweep as given.
        sweep: String,
        /// What is wrong with it, in English.
        why: &'static str,
    },
    /// A value outside of what a harm or a setting may be.
    TrialRange {
        /// Its name.
        name: &'static str,
        /// The value.
        value: String,
        /// The least there may be.
        least: String,
        /// The most.
        most: String,
        /// The unit of all three.
        unit: &'static str,
    },
    /// What cannot happen to the same letter, one after the other.
    TrialChannels {
        /// The one.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// A letter of more sides or pictures than are kept in memory while it is tried.
    TrialTooLarge {
        /// Its sides of paper, or pictures of its show.
        sides: usize,
        /// Most sides.
        max: usize,
    },
    /// More to look at than anyone waits for without having thought about it.
    TrialTooLong {
        /// Pixels, in thousand millions.
        gigapixels: u64,
        /// About how long two cores take for it.
        hours: u64,
    },
    /// Advice that was asked of too few runs.
    TrialRuns {
        /// Runs asked for.
        runs: usize,
        /// The fewest that can tell.
        least: usize,
    },
    /// A page could not be set or written.
    Page {
        /// What is wrong, in English.
        why: String,
    },
    /// The world said no: a file that cannot be read or written.
    File {
        /// The path, as given.
        path: String,
        /// What the system says, in English.
        why: String,
    },
    /// A file stands where one should be written.
    Exists {
        /// The path.
        path: String,
    },
    /// A folder in which nothing can be read.
    NothingInFolder {
        /// The path, as given.
        path: String,
    },
    /// An option that writes files, and standard output.
    OptionStandard {
        /// The option.
        option: &'static str,
    },
    /// Several letters, and only one can go where it was asked.
    SeveralLetters {
        /// How many.
        letters: usize,
    },
    /// A letter and what is told of it cannot both go to standard output.
    TwoResults,
    /// None of what was given held a frame or an armor.
    NothingFound,
}

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl std::error::Error for Error {}

//! What can go wrong in the program: with what is given to it, with files, with options.

use std::fmt::Display;
use std::io;

use super::Error;
use super::code::codes;
use super::fault::FileFault;
use super::trial::TrialError;

/// All that can go wrong in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgramError {
    /// Something that can go wrong in the library.
    Library(Error),
    /// Something that can go wrong in trials.
    Trial(TrialError),
    /// A secret key would be shown on standard output.
    SecretShown,
    /// A key stands where another should be written.
    KeyExists {
        /// The path.
        path: String,
    },
    /// A file that nothing can be taken out of: it is no JPEG or PNG.
    NotStripped,
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
    /// The key that a signature is to be verified by was not given.
    KeyMissing,
    /// What stands for `--only` begins no object id.
    OnlyId {
        /// What was given.
        given: String,
    },
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
    /// So much was looked at already that a file was passed over.
    TooMuchToScan,
    /// A text longer than is read.
    TextTooLong {
        /// Most bytes of a text.
        max: u64,
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
    /// More sides of paper than are printed without asking.
    ManySheets {
        /// The form's name.
        form: &'static str,
        /// Sides of paper it takes; estimated where the letter is very long.
        sides: usize,
        /// Most sides that are made unasked.
        max: usize,
    },
    /// A file that cannot be read or written.
    File {
        /// The path, as given.
        path: String,
        /// What is wrong, if it is frequent.
        why: Option<FileFault>,
        /// What the system says, in English.
        system: String,
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
}

codes![ProgramError; Library Trial;
    SecretShown,
    KeyExists,
    NotStripped,
    NothingSigned,
    NotPinned,
    NotTried,
    NotOpened,
    TooMuch,
    NoTerminal,
    PassphrasesDiffer,
    KeyMissing,
    OnlyId,
    FilmNoProgram,
    FilmUnread,
    FilmTooMuch,
    ArchiveTooLarge,
    TooMuchToScan,
    TextTooLong,
    OptionForm,
    OntoItself,
    OnePdf,
    NoText,
    SealedAlready,
    ManySheets,
    File,
    Exists,
    NothingInFolder,
    OptionStandard,
    SeveralLetters,
    TwoResults,
];

/// Shorthand for results of the program.
pub type Result<T> = std::result::Result<T, ProgramError>;

impl ProgramError {
    /// A file, a folder or an address of which we know what is wrong.
    pub fn fault(path: impl Display, fault: FileFault) -> Self {
        ProgramError::File { path: path.to_string(), why: Some(fault), system: String::new() }
    }

    /// A file, a folder or an address that cannot be used.
    pub fn file(path: impl Display, error: &io::Error) -> Self {
        ProgramError::File { path: path.to_string(), why: FileFault::of(error), system: error.to_string() }
    }
}

impl From<Error> for ProgramError {
    fn from(error: Error) -> Self {
        ProgramError::Library(error)
    }
}

impl From<TrialError> for ProgramError {
    fn from(error: TrialError) -> Self {
        match error {
            TrialError::Library(error) => ProgramError::Library(error),
            error => ProgramError::Trial(error),
        }
    }
}

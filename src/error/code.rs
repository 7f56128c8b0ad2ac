//! Names of errors, for programs.

use super::Error;
#[cfg(feature = "cli")]
use super::program::ProgramError;
#[cfg(feature = "trial")]
use super::trial::TrialError;

macro_rules! codes {
    ($of:ident; $($wraps:ident)*; $($code:ident),* $(,)?) => {
        impl $of {
            /// Every code of its own, in the order of the variants.
            pub const CODES: &'static [&'static str] = &[$(stringify!($code)),*];

            /// A stable name of its kind: `docs/errors.md` lists them. It is what JSON and test vectors hold; the texts
            /// for people may change.
            pub fn code(&self) -> &'static str {
                match self {
                    $($of::$wraps(error) => error.code(),)*
                    $($of::$code { .. } => stringify!($code)),*
                }
            }
        }
    };
}

codes![Error; ;
    LetterEmpty,
    LetterTooLarge,
    DocumentEmpty,
    DocumentTooLarge,
    FieldTooLong,
    FieldInvalid,
    Truncated,
    NewerReader,
    ObjectLength,
    CodedContent,
    ContentHash,
    SignatureFalse,
    SignatureFile,
    SignatureComment,
    KeyFile,
    WrongPassphrase,
    NameTaken,
    NoSuchName,
    TrustFile,
    Locked,
    Encryption,
    Recipient,
    Identity,
    AroundEnvelope,
    PassphraseShort,
    FrameText,
    FrameTooShort,
    FrameChecksum,
    FrameSymbols,
    Armor,
    ObjectId,
    TooManyObjects,
    RepairOutOfRange,
    QrVersion,
    QrTooSmall,
    QrEncode,
    Picture,
    ArmorIncomplete,
    PictureAvif,
    PictureTooLarge,
    TooManyPages,
    TooManyPixels,
    CodeTooLarge,
    FormPaper,
    SummaryTooLong,
    Dpi,
    ModuleSize,
    Page,
    NothingFound,
];

#[cfg(feature = "cli")]
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

#[cfg(feature = "trial")]
codes![TrialError; Library;
    TrialName,
    TrialSweep,
    TrialRange,
    TrialChannels,
    TrialTooLarge,
    TrialTooLong,
    TrialRuns,
];

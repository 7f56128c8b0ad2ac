//! Names of errors, for programs.

use super::Error;

macro_rules! codes {
    ($($code:ident),* $(,)?) => {
        impl Error {
            /// Every code, in the order of the variants.
            pub const CODES: &'static [&'static str] = &[$(stringify!($code)),*];

            /// A stable name of its kind: `docs/errors.md` lists them. It is what JSON and test vectors hold; the texts
            /// for people may change.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Error::$code { .. } => stringify!($code)),*
                }
            }
        }
    };
}

codes![
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
    SecretShown,
    KeyExists,
    NotStripped,
    AroundEnvelope,
    NothingSigned,
    NotPinned,
    NotTried,
    NotOpened,
    TooMuch,
    NoTerminal,
    PassphrasesDiffer,
    PassphraseShort,
    KeyMissing,
    FrameText,
    FrameTooShort,
    FrameChecksum,
    FrameSymbols,
    Armor,
    ObjectId,
    TooManyObjects,
    OnlyId,
    RepairOutOfRange,
    QrVersion,
    QrTooSmall,
    QrEncode,
    Picture,
    ArmorIncomplete,
    PictureAvif,
    FilmNoProgram,
    FilmUnread,
    FilmTooMuch,
    ArchiveTooLarge,
    PictureTooLarge,
    TooManyPages,
    TooManyPixels,
    TooMuchToScan,
    TextTooLong,
    CodeTooLarge,
    FormPaper,
    SummaryTooLong,
    Dpi,
    OptionForm,
    OntoItself,
    OnePdf,
    NoText,
    SealedAlready,
    ManySheets,
    ModuleSize,
    TrialName,
    TrialSweep,
    TrialRange,
    TrialChannels,
    TrialTooLarge,
    TrialTooLong,
    TrialRuns,
    Page,
    File,
    Exists,
    NothingInFolder,
    OptionStandard,
    SeveralLetters,
    TwoResults,
    NothingFound,
];

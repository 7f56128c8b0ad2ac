//! Names of errors, for programs.

use super::Error;

/// Gives an enum of errors its codes: `codes![Enum; variants that wrap another such enum; all others, in their order]`.
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

#[cfg(feature = "trial")]
pub(super) use codes;

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

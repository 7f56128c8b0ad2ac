//! What exactly is wrong with something that cannot be read: kinds, each with words of its own in every language.

use std::io::{self, ErrorKind};

macro_rules! faults {
    ($(#[$about:meta])* $of:ident { $($(#[$doc:meta])* $kind:ident,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $of {
            $($(#[$doc])* $kind,)*
        }

        impl $of {
            /// Every kind.
            pub const ALL: &'static [$of] = &[$($of::$kind),*];

            /// Its name in this source.
            pub const fn name(self) -> &'static str {
                match self {
                    $($of::$kind => stringify!($kind),)*
                }
            }
        }
    };
}

faults! {
    /// What is wrong with coded content (format.md, sections 1.1 and 1.2).
    ContentFault {
        /// It decodes to another length than was promised.
        Length,
        /// It decodes to more than was promised.
        TooLong,
        /// It is not a Zstandard frame.
        NoFrame,
        /// Its Zstandard frame ends too early.
        Cut,
        /// Bytes follow its Zstandard frame.
        Rest,
        /// Its recoded text has another form than that of section 1.2.
        Recoded,
        /// It is no coded text, or has more characters than one may.
        Text,
        /// Zstandard failed, mostly for want of memory.
        Zstandard,
    }
}

faults! {
    /// What is wrong with a key.
    KeyFault {
        /// It is no public key of minisign.
        NoPublicKey,
        /// It is no secret key of minisign.
        NoSecretKey,
        /// It asks for more memory or time than a key may.
        TooMuchWork,
        /// It is no text.
        NoText,
        /// It is a fingerprint.
        Fingerprint,
    }
}

faults! {
    /// What is wrong with an armor (format.md, section 5).
    ArmorFault {
        /// There is no BEGIN line.
        NoBegin,
        /// Its END line is missing.
        NoEnd,
        /// Its Object line is missing.
        NoObject,
        /// Its Object line is cut short.
        ObjectCut,
        /// Its Object line is not 16 hexadecimal digits.
        ObjectDigits,
        /// It is not base64.
        NoBase64,
    }
}

faults! {
    /// What is wrong with an encrypted envelope.
    EncryptionFault {
        /// It is no age file, or its header is too long.
        NoAge,
        /// Its header is not one of age's.
        Header,
        /// Its header was changed.
        HeaderChanged,
        /// Its passphrase takes more work than a reader does.
        TooMuchWork,
        /// It was changed, or its end is missing.
        Changed,
        /// There is more in it than an envelope may have.
        TooLong,
    }
}

faults! {
    /// What is wrong with a picture, a page, or a file of them.
    PictureFault {
        /// Its format is none that is known.
        UnknownFormat,
        /// It is damaged, or of a kind that its decoder does not know.
        Damaged,
        /// It is cut; what arrived of it was looked at.
        Cut,
        /// It holds no picture.
        NoPicture,
        /// It has no pixels.
        NoPixels,
        /// It has fewer pixels than it says.
        FewerPixels,
        /// Its colours or samples are of a kind that is not read.
        Colours,
        /// A PDF that is damaged or encrypted.
        Pdf,
        /// A PDF without pages.
        NoPages,
        /// A page without a size.
        NoSize,
        /// Its compressed streams hold too much.
        Streams,
        /// A ZIP archive that is damaged.
        Zip,
        /// A file of an archive that cannot be unpacked: it may be encrypted or too large.
        Packed,
        /// It takes more time or memory than a page or picture may.
        TooMuchWork,
        /// The process that reads it could not be started, or ended too early.
        Process,
    }
}

impl PictureFault {
    /// The kind of a [`name`](Self::name): a process that reads pictures gives one to the process that asked.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

faults! {
    /// Why a file, a folder or an address cannot be used.
    FileFault {
        /// There is none of this name.
        NotFound,
        /// The system does not permit it.
        Forbidden,
        /// A folder stands where a file is needed.
        IsFolder,
        /// A file stands where a folder is needed.
        NoFolder,
        /// The disk is full.
        Full,
        /// The disk can only be read.
        ReadOnly,
        /// The name is longer than the system allows, or holds what it does not allow.
        Name,
        /// Another program uses it.
        InUse,
        /// It is larger than what is read at once, 1 GiB.
        TooLarge,
        /// A folder with more files than are read at once, 100,000.
        TooManyFiles,
        /// A path that names no file, as `..`.
        NoName,
        /// It is not UTF-8.
        NoText,
        /// It holds no passphrase, or one that is too long.
        NoPassphrase,
        /// There is no folder for settings: the environment names none.
        NoSettings,
        /// A folder that is full of unfinished files of ours.
        Unfinished,
    }
}

impl FileFault {
    /// The kind of an error of the system, if it is one of the frequent ones.
    pub fn of(error: &io::Error) -> Option<Self> {
        match error.kind() {
            ErrorKind::NotFound => Some(FileFault::NotFound),
            ErrorKind::PermissionDenied => Some(FileFault::Forbidden),
            ErrorKind::IsADirectory => Some(FileFault::IsFolder),
            ErrorKind::NotADirectory => Some(FileFault::NoFolder),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(FileFault::Full),
            ErrorKind::ReadOnlyFilesystem => Some(FileFault::ReadOnly),
            ErrorKind::InvalidFilename => Some(FileFault::Name),
            ErrorKind::AddrInUse | ErrorKind::ResourceBusy => Some(FileFault::InUse),
            _ => None,
        }
    }
}

faults! {
    /// What is wrong with a sweep of trials.
    SweepFault {
        /// There is no `=` in it.
        NoEquals,
        /// There is no name before the `=`.
        NoName,
        /// After `..` there is no `/` with the number of steps.
        NoSteps,
        /// Its ends are no numbers.
        Ends,
        /// The number of steps is no number.
        Steps,
        /// It has fewer than two steps, or both ends are the same.
        FewSteps,
        /// It has more values than there may be.
        ManyValues,
        /// Its values are no numbers, nor letters of levels.
        Values,
        /// It has a value twice, perhaps after rounding.
        Twice,
        /// There is another of the same before it.
        Again,
        /// Advice is about module, version and repair.
        Advice,
        /// There are two before it, and a table has two sides.
        Third,
    }
}

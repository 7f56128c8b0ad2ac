//! What exactly is wrong, in English: the end of a sentence.

use crate::error::fault::{ArmorFault, ContentFault, EncryptionFault, KeyFault, PictureFault};

pub(super) fn content(fault: ContentFault) -> &'static str {
    match fault {
        ContentFault::Length => "its length is not the one promised",
        ContentFault::TooLong => "it decodes to more than the length promised",
        ContentFault::NoFrame => "it is not a Zstandard frame",
        ContentFault::Cut => "its Zstandard frame ends too early",
        ContentFault::Rest => "bytes follow its Zstandard frame",
        ContentFault::Recoded => "its recoded text is not in the form of format.md, section 1.2",
        ContentFault::Text => "it is no coded text",
        ContentFault::Zstandard => "Zstandard failed",
    }
}

pub(super) fn key(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::NoPublicKey => "it is no public key of minisign",
        KeyFault::NoSecretKey => "it is no secret key of minisign",
        KeyFault::TooMuchWork => "it asks for more memory or time than a key may",
        KeyFault::NoText => "it is no text",
        KeyFault::Fingerprint => "a fingerprint is no key: it only tells whether you have the right one",
    }
}

pub(super) fn armor(fault: ArmorFault) -> &'static str {
    match fault {
        ArmorFault::NoBegin => "there is no BEGIN line",
        ArmorFault::NoEnd => "its END line is missing",
        ArmorFault::NoObject => "its Object line is missing",
        ArmorFault::ObjectCut => "its Object line is cut short",
        ArmorFault::ObjectDigits => "its Object line is not 16 hexadecimal digits",
        ArmorFault::NoBase64 => "it is not base64",
    }
}

pub(super) fn encryption(fault: EncryptionFault) -> &'static str {
    match fault {
        EncryptionFault::NoAge => "it is no age file, or its header is too long",
        EncryptionFault::Header => "its header is not one of age's",
        EncryptionFault::HeaderChanged => "its header was changed",
        EncryptionFault::TooMuchWork => "its passphrase takes more work than a reader does",
        EncryptionFault::Changed => "it was changed, or its end is missing",
        EncryptionFault::TooLong => "there is more in it than an envelope may have",
    }
}

pub(super) fn picture(fault: PictureFault) -> &'static str {
    match fault {
        PictureFault::UnknownFormat => "its format is none that is known",
        PictureFault::Damaged => "it is damaged, or of a kind that is not read",
        PictureFault::Cut => "it is cut; what arrived of it was looked at",
        PictureFault::NoPicture => "it holds no picture",
        PictureFault::NoPixels => "it has no pixels",
        PictureFault::FewerPixels => "it has fewer pixels than it says",
        PictureFault::Colours => "its colours are of a kind that is not read",
        PictureFault::Pdf => "the PDF cannot be read; it may be damaged or encrypted",
        PictureFault::NoPages => "the PDF has no pages",
        PictureFault::NoSize => "the page has no size",
        PictureFault::Streams => "its compressed streams hold too much",
        PictureFault::Zip => "the ZIP archive is damaged",
        PictureFault::Packed => "it cannot be unpacked; it may be encrypted or too large",
        PictureFault::TooMuchWork => "it takes more time or memory than a page or picture may",
        PictureFault::Process => "it could not be read to its end",
    }
}

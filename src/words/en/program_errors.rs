//! Errors of the program, in English: what happened, and what to do.

use super::{errors, trial_errors};
use crate::error::fault::FileFault;
use crate::error::program::ProgramError;

/// What happened.
pub(super) fn what_happened(error: &ProgramError) -> String {
    match error {
        ProgramError::Library(error) => errors::what_happened(error),
        ProgramError::Trial(error) => trial_errors::what_happened(error),
        ProgramError::SecretShown => "a secret key is not written to standard output".into(),
        ProgramError::KeyExists { path } => {
            format!("{path} exists already, and a key is never overwritten: there is no other")
        }
        ProgramError::NotStripped => "only a JPEG or PNG that is whole can be stripped".into(),
        ProgramError::NothingSigned { path } => {
            format!("there is no envelope in it, and no signature beside it ({path})")
        }
        ProgramError::NotPinned => "the letter is not signed by a key given with --trust, and is not written".into(),
        ProgramError::NotTried => {
            "this letter is encrypted, and there are too many of these to try the passphrase on all of them".into()
        }
        ProgramError::NotOpened => {
            "the letters grow far larger than their envelopes should, and this one is not opened".into()
        }
        ProgramError::TooMuch => "so many letters were written that this one is not".into(),
        ProgramError::NoTerminal => "a passphrase is needed, and there is no terminal to ask for it".into(),
        ProgramError::PassphrasesDiffer => "the two passphrases are not the same".into(),
        ProgramError::KeyMissing => "without the key nothing can be said of this signature".into(),
        ProgramError::OnlyId { given } => format!("{given} is no object id, and none begins like that"),
        ProgramError::FilmNoProgram => "films and cameras are read by the program ffmpeg, which is not there".into(),
        ProgramError::FilmUnread => "ffmpeg finds no picture in it".into(),
        ProgramError::FilmTooMuch => "the film takes more time or memory than a film may".into(),
        ProgramError::ArchiveTooLarge { read } => {
            format!("the archive holds more than is unpacked; after {read} of its files the rest was passed over")
        }
        ProgramError::TooMuchToScan => "so much was looked at already that this file was passed over".into(),
        ProgramError::TextTooLong { max } => format!("a text of more than {max} bytes is not read"),
        ProgramError::OptionForm { option, form } => format!("{option} means nothing for the form {form}"),
        ProgramError::OntoItself { path } => format!("{path} is the letter itself"),
        ProgramError::OnePdf => "standard output takes one PDF".into(),
        ProgramError::NoText => "this is a file that is no text: there is nothing to put into plain codes".into(),
        ProgramError::SealedAlready => {
            "a letter in an envelope has its title, its language, its signature and its encryption already".into()
        }
        ProgramError::ManySheets { form, sides, max } => {
            format!("the {form} would take about {sides} sides of paper; more than {max} are not made unasked")
        }
        ProgramError::File { path, why, system } => format!("{path}: {}", why.map_or(system.as_str(), |why| file(why))),
        ProgramError::Exists { path } => format!("{path} exists already"),
        ProgramError::NothingInFolder { path } => format!("{path}: there is no picture, PDF, film or text in it"),
        ProgramError::SeveralLetters { letters } => {
            format!("{letters} letters are complete, but standard output takes one")
        }
        ProgramError::OptionStandard { option } => {
            format!("{option} writes a file of its own, which standard output does not take")
        }
        ProgramError::TwoResults => "standard output takes the letter or the JSON, not both".into(),
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &ProgramError) -> String {
    match error {
        ProgramError::Library(error) => return errors::what_to_do(error),
        ProgramError::Trial(error) => return trial_errors::what_to_do(error),
        ProgramError::SecretShown => "Give a file as --out.",
        ProgramError::KeyExists { .. } => "Choose another --out, or move the old key to a safe place first.",
        ProgramError::NotStripped => {
            "Leave --strip out. Of documents, take the author's name out in the program that made them, or print them as pictures."
        }
        ProgramError::NothingSigned { .. } => "Give the signature with --signature; photos, scans and PDFs go to “shabnameh decode”, which says who signed as well.",
        ProgramError::NotPinned => "Leave --trust out to see it.",
        ProgramError::NotTried | ProgramError::NotOpened => {
            "Someone may be flooding you with false letters. Give --only and this letter’s id, or fewer files; --no-limit tries them all."
        }
        ProgramError::TooMuch => "Someone may be flooding you with false letters. Give --only and this letter’s id, or fewer files.",
        ProgramError::NoTerminal => "Give a file, or a descriptor like /dev/fd/3, with --passphrase-file or --key-passphrase-file.",
        ProgramError::PassphrasesDiffer => "Type it again.",
        ProgramError::KeyMissing => "Give the public key with --trust.",
        ProgramError::OnlyId { .. } => "Give the sixteen digits and letters a to f that name the letter, or the first of them.",
        ProgramError::FilmNoProgram => "Install ffmpeg, or open the film in the reader page, which needs nothing (shabnameh reader).",
        ProgramError::FilmUnread => {
            "It may be damaged, or coded in a way that ffmpeg does not know: open it in the reader page, or film again."
        }
        ProgramError::FilmTooMuch => "Cut it, or film in 1080p.",
        ProgramError::ArchiveTooLarge { .. } => "Unpack it, and give the folder.",
        ProgramError::TextTooLong { .. } => "Split it into several files.",
        ProgramError::TooMuchToScan => {
            "Files like this are made to keep readers busy. If you trust it, --no-limit looks at all of it."
        }
        ProgramError::OptionForm { .. } => "Leave it out, or choose a form it belongs to.",
        ProgramError::OntoItself { .. } => "Choose another --out.",
        ProgramError::OnePdf => "Give a file, or a folder for --form all, as --out.",
        ProgramError::NoText => "Leave out --plain=letter.",
        ProgramError::SealedAlready => "Leave out --title, --lang, --sign and what encrypts, or give the letter itself.",
        ProgramError::ManySheets { .. } => "If you want that many, add --force; --form archive takes the least paper.",
        ProgramError::File { .. } => "Check the path, the space on the disk, and that you may read and write there.",
        ProgramError::Exists { .. } => "Choose another --out, or allow overwriting with --force.",
        ProgramError::NothingInFolder { .. } => "Give the folder with the photos.",
        ProgramError::OptionStandard { .. } => "Give a file or a folder in its place.",
        ProgramError::TwoResults => "Give a file or a folder as --out.",
        ProgramError::SeveralLetters { .. } => "Give a folder as --out.",
    }
    .into()
}

/// Why a file, a folder or an address cannot be used.
fn file(fault: FileFault) -> &'static str {
    match fault {
        FileFault::NotFound => "no such file or folder",
        FileFault::Forbidden => "the system does not permit it",
        FileFault::IsFolder => "this is a folder",
        FileFault::NoFolder => "a part of this path is a file",
        FileFault::Full => "the disk is full",
        FileFault::ReadOnly => "the disk can only be read",
        FileFault::Name => "no file can have this name",
        FileFault::InUse => "another program uses it",
        FileFault::TooLarge => "it has more than 1 GiB",
        FileFault::TooManyFiles => "it holds more than 100,000 files",
        FileFault::NoName => "it names no file",
        FileFault::NoText => "it is not text (UTF-8)",
        FileFault::NoPassphrase => "it is no text with a passphrase, or too long",
        FileFault::NoSettings => "there is no folder of settings",
        FileFault::Unfinished => "it is full of unfinished files",
    }
}

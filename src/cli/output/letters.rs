//! Complete objects -> letters: opened within a budget, and written.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::args::DecodeOptions;
use crate::cli::report::collection::Collection;
use crate::cli::report::data::{AboutLetter, LetterReport, LetterState, OpenedLetter};
use crate::cli::report::text;
use crate::cli::{exit, files, terminal};
use crate::codec::assemble::{Progress, State};
use crate::codec::encryption::Keyring;
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::trust::{SignatureStatus, Trust};
use crate::error::Error;
use crate::error::program::{ProgramError, Result};

/// Most scrypt work for passphrases in one run, as the sum of N: some 16 letters encrypted by age. A flood of encrypted
/// letters must not keep the reader busy.
const MAX_WORK: u64 = 1 << 22;
/// Most decoded bytes in one run, and further ones for each byte of an envelope: a few hundred bytes can decode to 16
/// MiB, a real text grows tenfold at most.
const MAX_DECODED: u64 = 64 << 20;
const DECODED_PER_BYTE: u64 = 40;
/// Most bytes of letters that are written in one run, and most letters: a few hundred bytes of code can become 16 MiB
/// each, and as many files fill a disk as well.
const MAX_WRITTEN: usize = 1 << 30;
const MAX_LETTERS: usize = 10_000;

/// An object, and what is inside if it came whole.
pub struct Letter {
    pub progress: Progress,
    inside: Option<Result<Inside>>,
}

/// What is inside an envelope. Its letter is opened again when it is written: letters are large, and there may be many.
struct Inside {
    /// Decrypted, where it was encrypted.
    envelope: Envelope,
    was_encrypted: bool,
    signature: SignatureStatus,
    /// The name of the file that the letter becomes.
    name: String,
    /// Why the letter is not written, if it is not.
    kept_back: Option<ProgramError>,
}

/// What may be spent on opening letters in one run.
struct OpeningBudget {
    /// Work for passphrases, in scrypt's N.
    work: u64,
    /// Bytes that letters are decoded to.
    bytes: u64,
}

impl OpeningBudget {
    const LIMITED: OpeningBudget = OpeningBudget { work: MAX_WORK, bytes: MAX_DECODED };
    const UNLIMITED: OpeningBudget = OpeningBudget { work: u64::MAX, bytes: u64::MAX };
}

/// Opens the objects that came whole, those of most promise first, as far as the budget of one run goes. The order of
/// the objects stays.
pub fn open(
    objects: Vec<Progress>,
    collection: &Collection,
    keys: &Keyring,
    trust: &Trust,
    options: &DecodeOptions,
) -> Vec<Letter> {
    let mut budget = if options.no_limit { OpeningBudget::UNLIMITED } else { OpeningBudget::LIMITED };
    let order = by_promise(&objects, collection);
    let mut letters: Vec<Letter> = objects.into_iter().map(|progress| Letter { progress, inside: None }).collect();
    for at in order {
        if let Some(letter) = letters.get_mut(at) {
            letter.inside = Inside::of(&letter.progress, keys, trust, options, &mut budget);
        }
    }
    letters
}

/// The order in which objects are opened, as indices. Two lists are interleaved: objects that were the only one in
/// their file, and objects by number of frames. A flood of false letters is either many in one file, or few frames
/// each. Ties are broken by cost.
fn by_promise(objects: &[Progress], collection: &Collection) -> Vec<usize> {
    let cost = |object: &Progress| match &object.state {
        State::Complete(envelope) => (envelope.work_factor(), envelope.bytes().len()),
        _ => (None, 0),
    };
    let mut order: Vec<(usize, &Progress)> = objects.iter().enumerate().collect();
    order.sort_by_key(|(_, object)| (Reverse(collection.frames_of(object.object_id)), cost(object)));
    let (alone, others): (Vec<_>, Vec<_>) =
        order.into_iter().partition(|(_, object)| collection.was_alone(object.object_id));
    let mut turns: Vec<(usize, usize)> = alone.into_iter().map(|(at, _)| at).enumerate().collect();
    turns.extend(others.into_iter().map(|(at, _)| at).enumerate());
    // The sort is stable: of each turn, what was given by itself is first.
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, at)| at).collect()
}

/// The order in which letters are written: where there are more than are written, those come first that someone signed
/// who is trusted.
pub fn in_order(letters: &[Letter]) -> Vec<&Letter> {
    let is_trusted = |letter: &&Letter| {
        matches!(&letter.inside, Some(Ok(Inside { signature: SignatureStatus::Trusted { .. }, .. })))
    };
    let (trusted, others): (Vec<_>, Vec<_>) = letters.iter().partition(is_trusted);
    trusted.into_iter().chain(others).collect()
}

impl Inside {
    /// Opens an object; `None` where it did not come whole.
    fn of(
        object: &Progress,
        keys: &Keyring,
        trust: &Trust,
        options: &DecodeOptions,
        budget: &mut OpeningBudget,
    ) -> Option<Result<Self>> {
        let State::Complete(envelope) = &object.state else { return None };
        if let Some(factor) = envelope.work_factor() {
            // Each normalization of a passphrase is tried, and is charged.
            let work = keys.attempts().saturating_mul(1 << factor.min(40));
            match budget.work.checked_sub(work) {
                Some(left) => budget.work = left,
                None => return Some(Err(ProgramError::NotTried)),
            }
        }
        Some(Self::opened(envelope, keys, trust, options, budget))
    }

    fn opened(
        envelope: &Envelope,
        keys: &Keyring,
        trust: &Trust,
        options: &DecodeOptions,
        budget: &mut OpeningBudget,
    ) -> Result<Self> {
        let was_encrypted = envelope.is_encrypted();
        let envelope = envelope.decrypt(keys)?;
        let more = DECODED_PER_BYTE * envelope.bytes().len() as u64;
        let left = budget.bytes.saturating_add(more).checked_sub(envelope.promised_length());
        budget.bytes = left.ok_or(ProgramError::NotOpened)?;
        let opened = envelope.open(trust)?;
        let signature = opened.signature_status().clone();
        let kept_back = match &signature {
            SignatureStatus::False { .. } => (!options.even_if_false).then(|| Error::SignatureFalse.into()),
            SignatureStatus::Trusted { .. } => None,
            SignatureStatus::Unknown { .. } | SignatureStatus::Unsigned => {
                options.opening.pins().then_some(ProgramError::NotPinned)
            }
        };
        let is_trusted = matches!(signature, SignatureStatus::Trusted { .. });
        let name = opened.letter_even_if_false().file_name(is_trusted);
        Ok(Inside { envelope, was_encrypted, signature, name, kept_back })
    }
}

/// Writes letters, each to its place.
pub struct LetterWriter<'a> {
    options: &'a DecodeOptions,
    trust: &'a Trust,
    places: BTreeMap<ObjectId, PathBuf>,
    /// Bytes of letters written so far, and how many letters.
    bytes: usize,
    letters: usize,
}

impl<'a> LetterWriter<'a> {
    /// Gives each letter its place.
    ///
    /// # Errors
    /// [`ProgramError::SeveralLetters`] where there are several for standard output.
    pub fn new(letters: &[Letter], trust: &'a Trust, options: &'a DecodeOptions) -> Result<Self> {
        Ok(LetterWriter { options, trust, places: places(letters, &options.out)?, bytes: 0, letters: 0 })
    }

    /// Writes a letter that came whole, if it may be shown, and fills in what became of it.
    pub fn write(&mut self, letter: &Letter, report: &mut LetterReport) {
        let (State::Complete(envelope), Some(inside)) = (&letter.progress.state, &letter.inside) else { return };
        // The letter is written even if its envelope is not.
        report.envelope_error = self.envelope(envelope).err();
        report.state = match inside {
            Err(error) => LetterState::Unopened(error.clone()),
            Ok(inside) => LetterState::Opened(self.opened(envelope.object_id(), inside)),
        };
    }

    fn opened(&mut self, id: ObjectId, inside: &Inside) -> OpenedLetter {
        let mut opened = OpenedLetter {
            signature: inside.signature.clone(),
            about: None,
            written: None,
            error: inside.kept_back.clone(),
            kept_back: inside.kept_back.is_some(),
        };
        if files::is_standard(&self.options.out) {
            // The letter's own claims are framed by two lines that it cannot have written.
            text::signature(&opened.signature);
        }
        if !opened.kept_back {
            // The other letters are written all the same.
            opened.error = self.letter(id, inside, &mut opened).err();
        }
        opened
    }

    /// Writes a letter to its place, and its signature beside it.
    fn letter(&mut self, id: ObjectId, inside: &Inside, told: &mut OpenedLetter) -> Result<()> {
        let opened = inside.envelope.open(self.trust)?;
        let letter = if self.options.even_if_false { opened.letter_even_if_false() } else { opened.letter()? };
        let bytes = letter.content().len();
        told.about = Some(AboutLetter {
            bytes,
            name: letter.name().to_owned(),
            title: letter.title().to_owned(),
            language: letter.language().to_owned(),
        });
        let Some(place) = self.places.get(&id) else { return Ok(()) };
        self.bytes += bytes;
        self.letters += 1;
        if self.bytes > MAX_WRITTEN || self.letters > MAX_LETTERS && !self.options.no_limit {
            return Err(ProgramError::TooMuch);
        }
        // A letter that was encrypted is readable only by its owner on disk as well.
        let write = if inside.was_encrypted { files::write_secret } else { files::write };
        if files::is_standard(place) {
            terminal::letter(letter.content())?;
        } else {
            write(place, letter.content(), self.options.force)?;
        }
        told.written = Some(place.clone());
        match opened.signature_file().filter(|_| self.options.minisig) {
            Some(file) => write(&files::beside(place, "minisig"), file.as_bytes(), self.options.force),
            None => Ok(()),
        }
    }

    /// Writes an envelope, if that was asked for.
    fn envelope(&self, envelope: &Envelope) -> Result<()> {
        if !self.options.envelope {
            return Ok(());
        }
        let out = &self.options.out;
        let folder = if is_folder(out) { out } else { files::parent(out) };
        let name = format!("{}.envelope", envelope.object_id());
        files::write(&folder.join(name), envelope.bytes(), self.options.force)
    }
}

/// The path of each letter: the given file, or in the given folder its own name, made safe.
fn places(letters: &[Letter], out: &Path) -> Result<BTreeMap<ObjectId, PathBuf>> {
    let mut written: Vec<(u8, ObjectId, &str)> = letters
        .iter()
        .filter_map(|letter| Some((letter.progress.object_id, letter.inside.as_ref()?.as_ref().ok()?)))
        .filter(|(_, inside)| inside.kept_back.is_none())
        .map(|(id, inside)| (exit::of_signature(&inside.signature), id, inside.name.as_str()))
        .collect();
    if files::is_standard(out) && written.len() > 1 {
        return Err(ProgramError::SeveralLetters { letters: written.len() });
    }
    if files::is_standard(out) || written.len() == 1 && !is_folder(out) {
        return Ok(written.iter().map(|(_, id, _)| (*id, out.to_owned())).collect());
    }
    // Trusted letters choose their names first: a stranger may have picked the same name, or that of a file written
    // beside it.
    written.sort();
    let envelope = |letter: &Letter| format!("{}.envelope", letter.progress.object_id);
    let mut taken: BTreeSet<String> = letters.iter().map(envelope).collect();
    let place = |(_, id, name): &(u8, ObjectId, &str)| {
        let mut name = (*name).to_owned();
        let beside = |name: &str| [name.to_lowercase(), format!("{}.minisig", name.to_lowercase())];
        while beside(&name).iter().any(|name| taken.contains(name)) {
            name = format!("{id}-{name}");
        }
        taken.extend(beside(&name));
        (*id, out.join(name))
    };
    Ok(written.iter().map(place).collect())
}

/// Whether a path means a folder, which need not be there yet.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

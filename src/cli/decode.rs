//! `decode`: pictures and texts become letters again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::Decode;
use super::collected::{Collected, Names};
use super::report::Report;
use super::sight::{ScanOptions, Scanned};
use super::{COMPLETE, ERROR, FALSE, MOST_TOLD, NOT_YET, UNKNOWN, UNSIGNED, code_of, files, gather, json, say};
use crate::codec::assemble::{Progress, State};
use crate::codec::encryption::Keyring;
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::trust::{SignatureStatus, Trust};
use crate::error::{Error, Result};

/// Most work that is done for passphrases in one run, in scrypt's N: some 16 letters of age's own making. Whoever
/// floods a reader with encrypted letters shall not keep it busy.
const MAX_WORK: u64 = 1 << 22;
/// Most bytes that letters are decoded to in one run, and more for each byte of an envelope: a few hundred bytes can
/// become 16 MiB, those of a real text ten times as many.
const MAX_DECODED: u64 = 64 << 20;
const DECODED_PER_BYTE: u64 = 40;
/// Most bytes of letters that are written in one run, and most letters: a few hundred bytes of code can become 16 MiB
/// each, and as many files fill a disk as well.
const MAX_WRITTEN: usize = 1 << 30;
const MAX_LETTERS: usize = 10_000;

pub fn run(options: &Decode) -> Result<u8> {
    check(options)?;
    let (trust, keys) = (options.opening.trust()?, options.opening.keyring()?);
    let mut collected = Collected::only(options.only.as_deref().unwrap_or_default())?;
    let mut report = options.json.then(Report::default);
    let take = &mut |sight: Scanned| {
        collected.take(&sight, &mut report);
        // Whoever holds a camera waits for one letter; nobody waits before a folder.
        let is_enough = if options.camera.is_some() { collected.has_letter() } else { collected.is_settled() };
        Ok(if is_enough && !options.all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    match &options.camera {
        Some(device) => gather::through_camera(device, take)?,
        None => {
            let effort = options.effort.into();
            let looking = ScanOptions { effort, unlimited: options.no_limit, keeps_pictures: false };
            gather::gather(&options.inputs, looking, take)?;
        }
    }
    let objects = collected.objects();
    let words = say::language();
    say::note(&words.seen(&collected.seen));

    let mut effort = if options.no_limit { OpeningBudget::UNLIMITED } else { OpeningBudget::LIMITED };
    let mut inside: Vec<(usize, Option<Result<Inside>>)> = by_promise(&objects, &collected)
        .into_iter()
        .map(|(at, object)| (at, Inside::of(object, &keys, &trust, options, &mut effort)))
        .collect();
    inside.sort_by_key(|(at, _)| *at);
    let inside: Vec<Option<Result<Inside>>> = inside.into_iter().map(|(_, inside)| inside).collect();
    let places = places(&objects, &inside, &options.out)?;
    let mut writing = Writing { options, trust: &trust, places, written: 0, letters: 0 };
    let mut telling = report.map(|report| report.finish(|frame| collected.verdict(frame))).transpose()?;
    let mut codes = Vec::new();
    // What is said of letters that are not complete, with how far they have come.
    let mut open: Vec<(usize, String)> = Vec::new();
    // Where there are more than are written, those come first that someone signed who is trusted.
    let mut in_order: Vec<(&Progress, &Option<Result<Inside>>)> = objects.iter().zip(&inside).collect();
    in_order.sort_by_key(|(_, inside)| match inside {
        Some(Ok(inside)) => !matches!(inside.answer, SignatureStatus::Trusted { .. }),
        _ => true,
    });
    for (progress, inside) in in_order {
        let id = progress.object_id.to_string();
        let mut told = json!({
            "object_id": id, "object_length": progress.length, "received": progress.received, "needed": progress.needed,
        });
        let (pictures, lies) = collected.forged_of(progress.object_id);
        if lies > 0 {
            told["forged"] = json!(pictures);
            say::note(&words.forged_codes(&id, lies, &pictures.into_iter().collect::<Names>().told()));
        }
        let (state, code) = match (&progress.state, inside) {
            (State::Complete(envelope), Some(inside)) => writing.complete(envelope, inside, &mut told),
            (State::Forged, _) => {
                open.push((usize::MAX, words.letter_forged(&id)));
                ("forged", NOT_YET)
            }
            (State::NoRoom, _) => {
                open.push((usize::MAX, words.letter_without_room(&id)));
                ("no room", ERROR)
            }
            _ => {
                let codes = (progress.needed - progress.received).div_ceil(progress.per_frame.max(1));
                open.push((progress.received, words.letter_incomplete(&id, progress.received, progress.needed, codes)));
                ("incomplete", NOT_YET)
            }
        };
        told["state"] = json!(state);
        if let Some(telling) = &mut telling {
            telling.letter(&told)?;
        }
        codes.push(code);
    }
    open.sort_by_key(|(received, _)| std::cmp::Reverse(*received));
    open.iter().take(MOST_TOLD).for_each(|(_, text)| say::note(text));
    if open.len() > MOST_TOLD {
        say::note(&words.and_more(open.len() - MOST_TOLD));
    }
    let code = worst(codes);
    // Of use only where pictures have to be taken again.
    if code == NOT_YET && !collected.blank.is_empty() {
        say::note(&words.no_codes_in(&collected.blank.told()));
    }
    if let Some(telling) = telling {
        telling.end()?;
    }
    if objects.is_empty() {
        if collected.wrong {
            return Ok(ERROR);
        }
        say::error(&Error::NothingFound);
        return Ok(NOT_YET);
    }
    Ok(code)
}

/// Refuses what does not go together.
fn check(options: &Decode) -> Result<()> {
    if !files::is_standard(&options.out) {
        return Ok(());
    }
    if options.json {
        return Err(Error::TwoResults);
    }
    let needs_files = [("--minisig", options.minisig), ("--envelope", options.envelope)];
    match needs_files.into_iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(Error::OptionStandard { option }),
        None => Ok(()),
    }
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

/// The objects with their places, in the order in which they are opened. What someone took the trouble to give by
/// itself, and what came with the most frames, come first, in turns: a flood of false letters is either many in one
/// file, or few frames each. Of those that are alike the one that takes least work.
fn by_promise<'a>(objects: &'a [Progress], collected: &Collected) -> Vec<(usize, &'a Progress)> {
    let cost = |object: &Progress| match &object.state {
        State::Complete(envelope) => (envelope.work_factor(), envelope.bytes().len()),
        _ => (None, 0),
    };
    let came = |object: &Progress| collected.how_it_came(object.object_id);
    let mut order: Vec<(usize, &Progress)> = objects.iter().enumerate().collect();
    order.sort_by_key(|(_, object)| (std::cmp::Reverse(came(object).0), cost(object)));
    let (alone, others): (Vec<_>, Vec<_>) = order.into_iter().partition(|(_, object)| came(object).1);
    let mut turns: Vec<(usize, (usize, &Progress))> = alone.into_iter().enumerate().collect();
    turns.extend(others.into_iter().enumerate());
    // The sort is stable: of each turn, what was given by itself is first.
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, object)| object).collect()
}

/// What is inside an envelope that came whole. Its letter is opened again when it is written: letters are large, and
/// there may be many.
struct Inside {
    envelope: Envelope,
    answer: SignatureStatus,
    /// The name of the file that the letter becomes.
    name: String,
    /// Whether it had to be decrypted.
    was_encrypted: bool,
    /// Why the letter is not written, if it is not.
    kept_back: Option<Error>,
}

impl Inside {
    fn of(
        object: &Progress,
        keys: &Keyring,
        trust: &Trust,
        options: &Decode,
        effort: &mut OpeningBudget,
    ) -> Option<Result<Self>> {
        let State::Complete(envelope) = &object.state else { return None };
        if let Some(factor) = envelope.work_factor() {
            // Every spelling of a passphrase is tried, and has its price.
            let work = keys.attempts().saturating_mul(1 << factor.min(40));
            match effort.work.checked_sub(work) {
                Some(left) => effort.work = left,
                None => return Some(Err(Error::NotTried)),
            }
        }
        let was_encrypted = envelope.is_encrypted();
        Some(envelope.decrypt(keys).and_then(|envelope| {
            let more = DECODED_PER_BYTE * envelope.bytes().len() as u64;
            effort.bytes =
                effort.bytes.saturating_add(more).checked_sub(envelope.promised_length()).ok_or(Error::NotOpened)?;
            let opened = envelope.open(trust)?;
            let answer = opened.answer().clone();
            let kept_back = match &answer {
                SignatureStatus::False { .. } => (!options.even_if_false).then_some(Error::SignatureFalse),
                SignatureStatus::Trusted { .. } => None,
                SignatureStatus::Unknown { .. } | SignatureStatus::Unsigned => options.opening.pins().then_some(Error::NotPinned),
            };
            let trusted = matches!(answer, SignatureStatus::Trusted { .. });
            let name = opened.letter_even_if_false().file_name(trusted);
            Ok(Inside { envelope, answer, name, was_encrypted, kept_back })
        }))
    }
}

/// The exit code that matters most.
fn worst(codes: Vec<u8>) -> u8 {
    let order = [ERROR, FALSE, NOT_YET, UNSIGNED, UNKNOWN];
    order.into_iter().find(|code| codes.contains(code)).unwrap_or(COMPLETE)
}

/// How letters are written, and where.
struct Writing<'a> {
    options: &'a Decode,
    trust: &'a Trust,
    places: BTreeMap<ObjectId, PathBuf>,
    /// Bytes of letters written so far, and how many letters.
    written: usize,
    letters: usize,
}

impl Writing<'_> {
    /// Tells of a complete letter, and writes it if it may be shown; gives its state and the exit code of that.
    fn complete(&mut self, envelope: &Envelope, inside: &Result<Inside>, told: &mut Value) -> (&'static str, u8) {
        let id = envelope.object_id();
        if let Err(error) = self.envelope(envelope) {
            // The letter is written all the same.
            say::error(&error);
        }
        let inside = match inside {
            Ok(inside) => inside,
            Err(error) => {
                say::error_about(&id.to_string(), error);
                told["error"] = json::error(error);
                let locked = matches!(error, Error::Locked { .. } | Error::NotTried);
                return (if locked { "locked" } else { "unreadable" }, ERROR);
            }
        };
        told["signature"] = json::answer(&inside.answer);
        let code = match &inside.answer {
            SignatureStatus::False { .. } => FALSE,
            answer if !self.trust.is_empty() => code_of(answer),
            _ => COMPLETE,
        };
        let state = if matches!(inside.answer, SignatureStatus::False { .. }) { "false" } else { "complete" };
        let verdict = || {
            say::note(&format!("  {}", say::answer(&inside.answer)));
            if let SignatureStatus::Unknown { key } = &inside.answer {
                say::note(&format!("  {}", say::language().how_to_trust(&key.to_base64())));
            }
        };
        if files::is_standard(&self.options.out) {
            // What the letter says of itself stands between two lines that it has not written.
            verdict();
        }
        let written = match &inside.kept_back {
            None => self.letter(id, inside, told),
            Some(error) => Err(error.clone()),
        };
        if let Err(error) = &written {
            // The other letters are written all the same.
            say::error_about(&id.to_string(), error);
            told["error"] = json::error(error);
        }
        // Whoever finds another letter in this one's place shall know whose this one is.
        verdict();
        (state, if written.is_err() && inside.kept_back.is_none() { ERROR } else { code })
    }

    /// Writes a letter to its place, and its signature beside it.
    fn letter(&mut self, id: ObjectId, inside: &Inside, told: &mut Value) -> Result<()> {
        let opened = inside.envelope.open(self.trust)?;
        let letter = if self.options.even_if_false { opened.letter_even_if_false() } else { opened.letter()? };
        let bytes = letter.content().len();
        told["bytes"] = json!(bytes);
        told["name"] = json!(letter.name());
        told["title"] = json!(letter.title());
        told["language"] = json!(letter.language());
        let Some(place) = self.places.get(&id) else { return Ok(()) };
        self.written += bytes;
        self.letters += 1;
        if self.written > MAX_WRITTEN || self.letters > MAX_LETTERS && !self.options.no_limit {
            return Err(Error::TooMuch);
        }
        // What nobody but its readers could read stays theirs on the disk as well.
        let write = if inside.was_encrypted { files::write_secret } else { files::write };
        if files::is_standard(place) {
            say::letter(letter.content())?;
        } else {
            write(place, letter.content(), self.options.force)?;
            say::note(&say::language().letter_written(&id.to_string(), &place.display().to_string(), bytes));
        }
        told["written"] = json!(place.display().to_string());
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
        let id = envelope.object_id();
        let out = &self.options.out;
        let folder = if is_folder(out) { out } else { files::parent(out) };
        files::write(&folder.join(format!("{id}.envelope")), envelope.bytes(), self.options.force)
    }
}

/// Where each letter that is written goes: to the file named, or into the folder named, under the name it brings, made
/// safe.
fn places(objects: &[Progress], inside: &[Option<Result<Inside>>], out: &Path) -> Result<BTreeMap<ObjectId, PathBuf>> {
    let mut letters: Vec<(u8, ObjectId, &str)> = objects
        .iter()
        .zip(inside)
        .filter_map(|(object, inside)| Some((object.object_id, inside.as_ref()?.as_ref().ok()?)))
        .filter(|(_, inside)| inside.kept_back.is_none())
        .map(|(id, inside)| (code_of(&inside.answer), id, inside.name.as_str()))
        .collect();
    if files::is_standard(out) && letters.len() > 1 {
        return Err(Error::SeveralLetters { letters: letters.len() });
    }
    if files::is_standard(out) || letters.len() == 1 && !is_folder(out) {
        return Ok(letters.iter().map(|(_, id, _)| (*id, out.to_owned())).collect());
    }
    // Names are given to those who are trusted first: a stranger may have taken the other name as well, and those of
    // what is written beside it.
    letters.sort();
    let mut taken: BTreeSet<String> = objects.iter().map(|object| format!("{}.envelope", object.object_id)).collect();
    let place = |(_, id, name): &(u8, ObjectId, &str)| {
        let mut name = (*name).to_owned();
        let beside = |name: &str| [name.to_lowercase(), format!("{}.minisig", name.to_lowercase())];
        while beside(&name).iter().any(|name| taken.contains(name)) {
            name = format!("{id}-{name}");
        }
        taken.extend(beside(&name));
        (*id, out.join(name))
    };
    Ok(letters.iter().map(place).collect())
}

/// Whether a path means a folder, which need not be there yet.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

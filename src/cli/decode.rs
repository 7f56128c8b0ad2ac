//! `decode`: pictures and texts become letters again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::Decode;
use super::collected::{Collected, place};
use super::{COMPLETE, ERROR, FALSE, MOST_TOLD, NOT_YET, UNKNOWN, UNSIGNED, code_of, files, gather, json, say};
use crate::codec::assemble::{Progress, State};
use crate::codec::encryption::Keyring;
use crate::codec::envelope::{Envelope, ObjectId, Opened};
use crate::codec::letter::{Letter, safe_file_name};
use crate::codec::trust::{Answer, Trust};
use crate::error::{Error, Result};

pub fn run(options: &Decode) -> Result<u8> {
    check(options)?;
    let (trust, keys) = (options.opening.trust()?, options.opening.keyring()?);
    let sights = gather::gather(&options.inputs)?;
    let mut collected = Collected::default();
    let mut told: Vec<Value> = sights.iter().map(|sight| collected.take(sight)).collect();
    let objects = collected.objects();
    let forged = collected.forged(&objects);
    collected.seen.forged = forged.count();
    let words = say::language();
    say::note(&words.seen(&collected.seen));

    let opened: Vec<Option<Result<Opened>>> = objects.iter().map(|object| open(object, &keys, &trust)).collect();
    let shown: Vec<(ObjectId, &Letter)> = objects
        .iter()
        .zip(&opened)
        .filter_map(|(object, opened)| Some((object.object_id, shown(opened.as_ref()?.as_ref().ok()?, options)?)))
        .collect();
    let writing = Writing { options, places: places(&shown, &options.out)? };
    let mut codes = Vec::new();
    let mut letters = Vec::new();
    // What is said of letters that are not complete, with how far they have come.
    let mut open: Vec<(usize, String)> = Vec::new();
    for (progress, opened) in objects.iter().zip(&opened) {
        let id = progress.object_id.to_string();
        let mut told = json!({
            "object_id": id, "object_length": progress.length, "received": progress.received, "needed": progress.needed,
        });
        let lies = forged.of(progress.object_id);
        let pictures: Vec<String> = lies.keys().filter_map(|number| sights.get(*number)).map(place).collect();
        if !lies.is_empty() {
            let some = shortened(&pictures);
            say::note(&words.forged_codes(&id, lies.values().sum(), &some));
            told["forged"] = json!(pictures);
        }
        let (state, code) = match (&progress.state, opened) {
            (State::Complete(envelope), Some(opened)) => writing.complete(envelope, opened, &mut told),
            (State::Forged, _) => {
                open.push((usize::MAX, words.letter_forged(&id)));
                ("forged", NOT_YET)
            }
            _ => {
                let codes = (progress.needed - progress.received).div_ceil(progress.per_frame.max(1));
                open.push((progress.received, words.letter_incomplete(&id, progress.received, progress.needed, codes)));
                ("incomplete", NOT_YET)
            }
        };
        told["state"] = json!(state);
        letters.push(told);
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
        say::note(&words.no_codes_in(&shortened(&collected.blank)));
    }
    if options.json {
        collected.mark(&forged, &mut told);
        let all = json!({ "pictures": told, "letters": letters });
        say::result(format!("{}\n", json::text(&all, true)).as_bytes())?;
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

fn open(object: &Progress, keys: &Keyring, trust: &Trust) -> Option<Result<Opened>> {
    let State::Complete(envelope) = &object.state else { return None };
    Some(envelope.decrypt(keys).and_then(|inside| inside.open(trust)))
}

/// The letter, if it may be shown: not if its signature is false, unless that was asked for.
fn shown<'a>(opened: &'a Opened, options: &Decode) -> Option<&'a Letter> {
    opened.letter().ok().or_else(|| options.even_if_false.then(|| opened.letter_even_if_false()))
}

/// The exit code that matters most.
fn worst(codes: Vec<u8>) -> u8 {
    let order = [ERROR, FALSE, NOT_YET, UNSIGNED, UNKNOWN];
    order.into_iter().find(|code| codes.contains(code)).unwrap_or(COMPLETE)
}

/// Names, as many as are told.
fn shortened(names: &[String]) -> String {
    let some = names.iter().take(MOST_TOLD).cloned();
    let more = names.len().saturating_sub(MOST_TOLD);
    some.chain((more > 0).then(|| say::language().and_more(more))).collect::<Vec<_>>().join(", ")
}

/// How letters are written, and where.
struct Writing<'a> {
    options: &'a Decode,
    places: BTreeMap<ObjectId, PathBuf>,
}

impl Writing<'_> {
    /// Tells of a complete letter, and writes it if it may be shown; gives its state and the exit code of that.
    fn complete(&self, envelope: &Envelope, opened: &Result<Opened>, told: &mut Value) -> (&'static str, u8) {
        let id = envelope.object_id();
        if let Err(error) = self.envelope(envelope) {
            // The letter is written all the same.
            say::error(&error);
        }
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                say::error_about(&id.to_string(), error);
                told["error"] = json::error(error);
                return (if matches!(error, Error::Locked { .. }) { "locked" } else { "unreadable" }, ERROR);
            }
        };
        told["signature"] = json::answer(opened.answer());
        let code = match opened.answer() {
            Answer::False { .. } => FALSE,
            answer if self.options.opening.pins() => code_of(answer),
            _ => COMPLETE,
        };
        let Some(letter) = shown(opened, self.options) else {
            say::error_about(&id.to_string(), &Error::SignatureFalse);
            say::note(&format!("  {}", say::answer(opened.answer())));
            return ("false", FALSE);
        };
        told["bytes"] = json!(letter.content().len());
        told["name"] = json!(letter.name());
        told["title"] = json!(letter.title());
        told["language"] = json!(letter.language());
        match self.letter(id, letter, opened) {
            Ok(path) => told["written"] = json!(path),
            Err(error) => {
                // The other letters are written all the same.
                say::error(&error);
                told["error"] = json::error(&error);
                return ("complete", ERROR);
            }
        }
        say::note(&format!("  {}", say::answer(opened.answer())));
        ("complete", code)
    }

    /// Writes a letter to its place, and its signature beside it; gives the place.
    fn letter(&self, id: ObjectId, letter: &Letter, opened: &Opened) -> Result<String> {
        let Some(place) = self.places.get(&id) else { return Ok(String::new()) };
        files::write(place, letter.content(), self.options.force)?;
        let path = place.display().to_string();
        if !files::is_standard(place) {
            say::note(&say::language().letter_written(&id.to_string(), &path, letter.content().len()));
        }
        if let Some(file) = opened.signature_file().filter(|_| self.options.minisig) {
            files::write(&files::beside(place, "minisig"), file.as_bytes(), self.options.force)?;
        }
        Ok(path)
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

/// Whether a path means a folder, which need not be there yet.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Where each complete letter goes: to the file named, or into the folder named, under the name it brings, made safe.
fn places(letters: &[(ObjectId, &Letter)], out: &Path) -> Result<BTreeMap<ObjectId, PathBuf>> {
    if files::is_standard(out) && letters.len() > 1 {
        return Err(Error::SeveralLetters { letters: letters.len() });
    }
    if files::is_standard(out) || letters.len() == 1 && !is_folder(out) {
        return Ok(letters.iter().map(|(id, _)| (*id, out.to_owned())).collect());
    }
    let mut taken = BTreeSet::new();
    Ok(letters
        .iter()
        .map(|(id, letter)| {
            let mut name = safe_file_name(letter.name());
            // A stranger may have taken the other name as well.
            while !taken.insert(name.to_lowercase()) {
                name = format!("{id}-{name}");
            }
            (*id, out.join(name))
        })
        .collect())
}

//! `decode`: pictures and texts become letters again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::Decode;
use super::gather::{self, Seen as SeenIn, Sight};
use super::{COMPLETE, ERROR, NOT_YET, files, json, say};
use crate::codec::assemble::{Assembler, Progress, State};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::frame::Frame;
use crate::codec::letter::{Letter, safe_file_name};
use crate::error::{Error, Result};
use crate::words::Seen;

/// Most letters that are not complete, and most damaged armors, of which each is told on its own: a flood shall not hide what matters.
const MOST_TOLD: usize = 20;

pub fn run(options: &Decode) -> Result<u8> {
    if options.json && files::is_standard(&options.out) {
        return Err(Error::TwoResults);
    }
    let sights = gather::gather(&options.inputs)?;
    let mut collected = Collected::default();
    let told: Vec<Value> = sights.iter().map(|sight| collected.take(sight)).collect();
    let outcome = collected.outcome();
    let words = say::language();
    say::note(&words.seen(&collected.seen));

    let places = places(&outcome, &options.out)?;
    let mut code = COMPLETE;
    let mut letters = Vec::new();
    // What is said of letters that are not complete, with how far they have come.
    let mut open: Vec<(usize, String)> = Vec::new();
    for (progress, letter) in &outcome {
        let id = progress.object_id.to_string();
        let mut told = json!({
            "object_id": id, "object_length": progress.length, "received": progress.received, "needed": progress.needed,
        });
        let (state, worst) = match (&progress.state, letter) {
            (State::Complete(_), Some(Ok(letter))) => {
                told["bytes"] = json!(letter.content().len());
                told["name"] = json!(letter.name());
                told["title"] = json!(letter.title());
                told["language"] = json!(letter.language());
                ("complete", written(progress.object_id, letter, &places, options.force, &mut told))
            }
            (State::Complete(_), Some(Err(error))) => {
                say::error_about(&id, error);
                told["error"] = json::error(error);
                ("unreadable", ERROR)
            }
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
        // An error outweighs what is not enough yet.
        code = if code == ERROR || worst == ERROR { ERROR } else { code.max(worst) };
    }
    open.sort_by_key(|(received, _)| std::cmp::Reverse(*received));
    open.iter().take(MOST_TOLD).for_each(|(_, text)| say::note(text));
    if open.len() > MOST_TOLD {
        say::note(&words.and_more(open.len() - MOST_TOLD));
    }
    // Of use only where pictures have to be taken again.
    if code == NOT_YET && !collected.blank.is_empty() {
        let some: Vec<&str> = collected.blank.iter().take(MOST_TOLD).map(String::as_str).collect();
        say::note(&words.no_codes_in(&some.join(", ")));
    }
    if options.json {
        let all = json!({ "pictures": told, "letters": letters });
        say::result(format!("{}\n", json::text(&all, true)).as_bytes())?;
    }
    if outcome.is_empty() {
        if collected.wrong {
            return Ok(ERROR);
        }
        say::error(&Error::NothingFound);
        return Ok(NOT_YET);
    }
    Ok(code)
}

/// Writes a complete letter to its place; gives the exit code of that.
fn written(id: ObjectId, letter: &Letter, places: &BTreeMap<ObjectId, PathBuf>, force: bool, told: &mut Value) -> u8 {
    let Some(place) = places.get(&id) else { return COMPLETE };
    if let Err(error) = files::write(place, letter.content(), force) {
        // The other letters are written all the same.
        say::error(&error);
        told["error"] = json::error(&error);
        return ERROR;
    }
    let path = place.display().to_string();
    if !files::is_standard(place) {
        say::note(&say::language().letter_written(&id.to_string(), &path, letter.content().len()));
    }
    told["written"] = json!(path);
    COMPLETE
}

/// Frames and envelopes, from wherever they came.
#[derive(Default)]
struct Collected {
    assembler: Assembler,
    envelopes: BTreeMap<ObjectId, Envelope>,
    seen: Seen,
    /// Pictures in which there was no code at all.
    blank: Vec<String>,
    /// Whether there were codes of more letters than are kept.
    flooded: bool,
    /// Whether an input could not be read, or an armor not be opened; each was told when it was met.
    wrong: bool,
}

impl Collected {
    /// Takes what was in one picture or text, says on stderr what was wrong with it, and tells it as JSON.
    fn take(&mut self, sight: &Sight) -> Value {
        self.seen.pictures += usize::from(sight.seen.is_ok());
        let mut told = json!({ "picture": sight.path });
        if let Some(page) = sight.page {
            told["page"] = json!(page);
        }
        match &sight.seen {
            Err(error) => {
                self.wrong = true;
                say::error_about(&place(sight), error);
                told["error"] = json::error(error);
            }
            Ok(SeenIn::Picture(codes)) => {
                if codes.is_empty() {
                    self.blank.push(place(sight));
                }
                let mut frames = Vec::new();
                let mut refused = Vec::new();
                let mut foreign = 0;
                for (_, frame) in codes {
                    match frame {
                        None => foreign += 1,
                        Some(Ok(frame)) => self.frame(frame, &mut frames, &mut refused),
                        Some(Err(error)) => self.refuse(error, &mut refused),
                    }
                }
                self.seen.foreign += foreign;
                told["frames"] = json!(frames);
                told["refused"] = json!(refused);
                told["foreign"] = json!(foreign);
            }
            Ok(SeenIn::Text(found, armors)) => {
                let mut frames = Vec::new();
                let mut refused = Vec::new();
                for frame in found {
                    self.frame(frame, &mut frames, &mut refused);
                }
                let mut envelopes = Vec::new();
                for envelope in armors {
                    match envelope {
                        Ok(envelope) => {
                            envelopes.push(envelope.object_id().to_string());
                            self.envelopes.insert(envelope.object_id(), envelope.clone());
                        }
                        Err(error) => {
                            self.wrong = true;
                            if self.seen.refused < MOST_TOLD {
                                say::error_about(&place(sight), error);
                            }
                            self.refuse(error, &mut refused);
                        }
                    }
                }
                told["frames"] = json!(frames);
                told["envelopes"] = json!(envelopes);
                told["refused"] = json!(refused);
            }
        }
        told
    }

    fn frame(&mut self, frame: &Frame, frames: &mut Vec<Value>, refused: &mut Vec<Value>) {
        match self.assembler.add(frame) {
            Ok(new) => {
                self.seen.frames += 1;
                let mut told = json::frame(frame);
                told["new"] = json!(new);
                frames.push(told);
            }
            Err(error) => {
                if !self.flooded {
                    say::error(&error);
                }
                self.flooded = true;
                self.refuse(&error, refused);
            }
        }
    }

    fn refuse(&mut self, error: &Error, refused: &mut Vec<Value>) {
        self.seen.refused += 1;
        refused.push(json!(say::language().what_happened(error)));
    }

    /// Every letter that was begun: how far it has come, and what it is where it is complete.
    fn outcome(&self) -> Vec<(Progress, Option<Result<Letter>>)> {
        let mut all: BTreeMap<(ObjectId, usize), Progress> = BTreeMap::new();
        for (object_id, envelope) in &self.envelopes {
            let length = envelope.bytes().len();
            let state = State::Complete(envelope.clone());
            all.insert(
                (*object_id, length),
                Progress { object_id: *object_id, length, received: 0, needed: 0, per_frame: 0, state },
            );
        }
        for progress in self.assembler.progress() {
            let key = (progress.object_id, progress.length);
            if !all.contains_key(&key) || matches!(progress.state, State::Complete(_)) {
                all.insert(key, progress);
            }
        }
        // Frames of the same id and another length than the true one are forged: they are no letter of their own.
        let complete: BTreeSet<ObjectId> = all
            .values()
            .filter(|progress| matches!(progress.state, State::Complete(_)))
            .map(|progress| progress.object_id)
            .collect();
        all.into_values()
            .filter(|progress| matches!(progress.state, State::Complete(_)) || !complete.contains(&progress.object_id))
            .map(|progress| {
                let letter = match &progress.state {
                    State::Complete(envelope) => Some(envelope.open()),
                    _ => None,
                };
                (progress, letter)
            })
            .collect()
    }
}

fn place(sight: &Sight) -> String {
    match sight.page {
        Some(page) => format!("{} ({page})", sight.path),
        None => sight.path.clone(),
    }
}

/// Where each complete letter goes: to the file named, or into the folder named, under the name it brings, made safe.
fn places(outcome: &[(Progress, Option<Result<Letter>>)], out: &Path) -> Result<BTreeMap<ObjectId, PathBuf>> {
    let complete: Vec<(ObjectId, &Letter)> = outcome
        .iter()
        .filter_map(|(progress, letter)| Some((progress.object_id, letter.as_ref()?.as_ref().ok()?)))
        .collect();
    let ends_like_a_folder = out.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    if files::is_standard(out) && complete.len() > 1 {
        return Err(Error::SeveralLetters { letters: complete.len() });
    }
    if files::is_standard(out) || complete.len() == 1 && !ends_like_a_folder && !out.is_dir() {
        return Ok(complete.into_iter().map(|(id, _)| (id, out.to_owned())).collect());
    }
    let mut taken = BTreeSet::new();
    Ok(complete
        .into_iter()
        .map(|(id, letter)| {
            let mut name = safe_file_name(letter.name());
            // A stranger may have taken the other name as well.
            while !taken.insert(name.to_lowercase()) {
                name = format!("{id}-{name}");
            }
            (id, out.join(name))
        })
        .collect())
}

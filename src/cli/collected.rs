//! What was seen in all pictures and texts together: which objects came whole, and which frames were forged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::forged::Forged;
use super::gather::{Seen as SeenIn, Sight};
use super::{MOST_TOLD, json, say};
use crate::codec::assemble::{Assembler, Progress, State};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::frame::Frame;
use crate::error::Error;
use crate::words::Seen;

/// Frames and envelopes, from wherever they came.
#[derive(Default)]
pub struct Collected {
    assembler: Assembler,
    envelopes: BTreeMap<ObjectId, Envelope>,
    /// Every frame that was taken, with the number of the sight it was in, from 0.
    frames: Vec<(usize, Frame)>,
    sights: usize,
    pub seen: Seen,
    /// Pictures in which there was no code at all.
    pub blank: Vec<String>,
    /// Whether there were codes of more letters than are kept.
    flooded: bool,
    /// Whether nothing is said of what is taken.
    quiet: bool,
    /// Whether an input could not be read, or an armor not be opened; each was told when it was met.
    pub wrong: bool,
}

impl Collected {
    /// Says nothing of what is taken.
    pub fn quiet() -> Self {
        Collected { quiet: true, ..Self::default() }
    }

    fn error_about(&self, sight: &Sight, error: &Error) {
        if !self.quiet {
            say::error_about(&place(sight), error);
        }
    }

    /// Takes what was in one picture or text, says on stderr what was wrong with it, and tells it as JSON.
    pub fn take(&mut self, sight: &Sight) -> Value {
        self.sights += 1;
        self.seen.pictures += usize::from(sight.seen.is_ok());
        let mut told = json!({ "picture": sight.path });
        if let Some(page) = sight.page {
            told["page"] = json!(page);
        }
        match &sight.seen {
            Err(error) => {
                self.wrong = true;
                self.error_about(sight, error);
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
                                self.error_about(sight, error);
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
                self.frames.push((self.sights - 1, frame.clone()));
                let mut told = json::frame(frame);
                told["new"] = json!(new);
                frames.push(told);
            }
            Err(error) => {
                if !self.flooded && !self.quiet {
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

    /// Every object that was begun, and how far it has come.
    pub fn objects(&self) -> Vec<Progress> {
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
        let complete: BTreeSet<ObjectId> =
            all.values().filter(|progress| is_complete(progress)).map(|progress| progress.object_id).collect();
        all.into_values().filter(|progress| is_complete(progress) || !complete.contains(&progress.object_id)).collect()
    }

    /// Marks the forged frames in what was told of each sight.
    pub fn mark(&self, forged: &Forged, told: &mut [Value]) {
        let mut taken = BTreeMap::new();
        for (sight, frame) in &self.frames {
            let number: &mut usize = taken.entry(*sight).or_default();
            if let Some(told) = told.get_mut(*sight).and_then(|told| told["frames"].get_mut(*number)) {
                told["forged"] = json!(forged.verdict(frame));
            }
            *number += 1;
        }
    }

    /// The frames that turned out to be forged.
    pub fn forged(&self, objects: &[Progress]) -> Forged {
        Forged::among(&self.frames, objects)
    }
}

fn is_complete(progress: &Progress) -> bool {
    matches!(progress.state, State::Complete(_))
}

/// The name of a sight: its path, and the number of the page.
pub fn place(sight: &Sight) -> String {
    match sight.page {
        Some(page) => format!("{} ({page})", sight.path),
        None => sight.path.clone(),
    }
}

//! What `decode --json` tells: built only when it was asked for, and no larger than memory allows. Letters are told one
//! by one.

use serde_json::{Value, json};

use super::sight::{Content, Scanned};
use super::{json, say};
use crate::codec::envelope::ObjectId;
use crate::codec::frame::Frame;
use crate::error::{Error, Result};

/// Most frames, refusals and envelopes that are told, of all pictures together; of the others it is told how many there
/// were.
const MAX_TOLD: usize = 50_000;

/// What was in each sight, in their order.
#[derive(Default)]
pub struct Report {
    sights: Vec<Value>,
    /// The frames that were told, each with the number of its sight, from 0.
    frames: Vec<(usize, Frame)>,
    told: usize,
}

impl Report {
    /// Begins with the next sight.
    pub fn begin(&mut self, sight: &Scanned) {
        let mut told = json!({ "picture": sight.path });
        if let Some(page) = sight.page {
            told["page"] = json!(page);
        }
        match &sight.seen {
            Err(error) => told["error"] = json::error(error),
            Ok(Content::Picture(_)) => {
                told["frames"] = json!([]);
                told["refused"] = json!([]);
                told["foreign"] = json!(0);
            }
            Ok(Content::Text(_) | Content::Envelope(_)) => {
                told["frames"] = json!([]);
                told["envelopes"] = json!([]);
                told["refused"] = json!([]);
            }
        }
        self.sights.push(told);
    }

    /// Tells something of the sight, or counts it where there is too much.
    fn tell(&mut self, what: &str, value: impl FnOnce() -> Value) -> bool {
        let Some(sight) = self.sights.last_mut() else { return false };
        if self.told < MAX_TOLD {
            self.told += 1;
            if let Some(list) = sight[what].as_array_mut() {
                list.push(value());
            }
            return true;
        }
        sight["left_out"] = json!(sight["left_out"].as_u64().unwrap_or_default() + 1);
        false
    }

    /// A frame that was taken, with how many of its symbols were new.
    pub fn frame(&mut self, frame: &Frame, new: usize) {
        let told = self.tell("frames", || {
            let mut told = json::frame(frame);
            told["new"] = json!(new);
            told
        });
        if told {
            self.frames.push((self.sights.len() - 1, frame.clone()));
        }
    }

    /// An envelope.
    pub fn envelope(&mut self, id: ObjectId) {
        self.tell("envelopes", || json!(id.to_string()));
    }

    /// Something that was refused.
    pub fn refused(&mut self, error: &Error) {
        self.tell("refused", || json::error(error));
    }

    /// A code that is none of ours.
    pub fn foreign(&mut self) {
        if let Some(sight) = self.sights.last_mut() {
            sight["foreign"] = json!(sight["foreign"].as_u64().unwrap_or_default() + 1);
        }
    }

    /// Tells all of it, with the forged frames marked, as far as is known; the letters are told next.
    ///
    /// # Errors
    /// [`Error::File`] where standard output takes nothing.
    pub fn finish(mut self, forged: impl Fn(&Frame) -> Option<bool>) -> Result<Telling> {
        let mut number_in = vec![0; self.sights.len()];
        for (sight, frame) in &self.frames {
            let Some(number) = number_in.get_mut(*sight) else { continue };
            if let Some(told) = self.sights.get_mut(*sight).and_then(|told| told["frames"].get_mut(*number)) {
                told["forged"] = json!(forged(frame));
            }
            *number += 1;
        }
        let sights = json::text(&Value::Array(self.sights), true);
        say::result(format!("{{\n\"pictures\": {sights},\n\"letters\": [").as_bytes())?;
        Ok(Telling { separator: "\n" })
    }
}

/// Tells the letters.
pub struct Telling {
    separator: &'static str,
}

impl Telling {
    /// Tells one more.
    pub fn letter(&mut self, told: &Value) -> Result<()> {
        let separator = std::mem::replace(&mut self.separator, ",\n");
        say::result(format!("{separator}{}", json::text(told, true)).as_bytes())
    }

    /// There are no more.
    pub fn end(self) -> Result<()> {
        say::result(b"]\n}\n")
    }
}

//! Which frames turned out to be forged, once their letter came whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::codec::assemble::{Progress, State};
use crate::codec::envelope::ObjectId;
use crate::codec::fec::Encoder;
use crate::codec::frame::Frame;

/// Forged frames, each with the number of the sight it was in, and the objects of which it is known.
#[derive(Default)]
pub struct Forged {
    known: BTreeSet<ObjectId>,
    frames: Vec<(usize, Frame)>,
}

impl Forged {
    /// Those frames, of all that were taken, that claim the id of an object that came whole, and are not of it.
    pub fn among(taken: &[(usize, Frame)], objects: &[Progress]) -> Self {
        let mut forged = Forged::default();
        for progress in objects {
            let State::Complete(envelope) = &progress.state else { continue };
            forged.known.insert(progress.object_id);
            let mut claimed = taken.iter().filter(|(_, frame)| frame.object_id() == progress.object_id).peekable();
            if claimed.peek().is_none() {
                continue;
            }
            let Ok(object) = Encoder::new(envelope.bytes()) else { continue };
            forged.frames.extend(claimed.filter(|(_, frame)| !frame.is_of(&object)).cloned());
        }
        forged
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.frames.len()
    }

    /// Whether a frame is forged; `None` where its letter did not come whole.
    pub fn verdict(&self, frame: &Frame) -> Option<bool> {
        let forged = || self.frames.iter().any(|(_, forged)| forged == frame);
        self.known.contains(&frame.object_id()).then(forged)
    }

    /// The sights with forged frames of an object, by their numbers, each with how many.
    pub fn of(&self, object_id: ObjectId) -> BTreeMap<usize, usize> {
        let mut sights = BTreeMap::new();
        let own = self.frames.iter().filter(|(_, frame)| frame.object_id() == object_id);
        own.for_each(|(sight, _)| *sights.entry(*sight).or_insert(0) += 1);
        sights
    }
}

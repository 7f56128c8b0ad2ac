//! Which frames turned out to be forged, once their letter came whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::codec::assemble::{Progress, State};
use crate::codec::envelope::ObjectId;
use crate::codec::fec::Encoder;
use crate::codec::frame::Frame;

/// The objects that came whole, and which of the frames that claim to be of them are not.
#[derive(Default)]
pub struct Forged {
    objects: BTreeMap<ObjectId, Encoder>,
    /// The sights with forged frames of an object, by their numbers, each with how many.
    sights: BTreeMap<ObjectId, BTreeMap<usize, usize>>,
}

impl Forged {
    /// Looks at all frames that came, each with the number of the sight it was in.
    pub fn among(frames: &[(usize, Frame)], objects: &[Progress]) -> Self {
        let claimed: BTreeSet<ObjectId> = frames.iter().map(|(_, frame)| frame.object_id()).collect();
        let mut forged = Forged::default();
        for progress in objects.iter().filter(|progress| claimed.contains(&progress.object_id)) {
            if let State::Complete(envelope) = &progress.state
                && let Ok(encoder) = Encoder::new(envelope.bytes())
            {
                forged.objects.insert(progress.object_id, encoder);
            }
        }
        for (sight, frame) in frames {
            if forged.verdict(frame) == Some(true) {
                *forged.sights.entry(frame.object_id()).or_default().entry(*sight).or_default() += 1;
            }
        }
        forged
    }

    /// How many frames are forged.
    pub fn count(&self) -> usize {
        self.sights.values().flat_map(BTreeMap::values).sum()
    }

    /// Whether a frame is forged; `None` where its letter did not come whole.
    pub fn verdict(&self, frame: &Frame) -> Option<bool> {
        self.objects.get(&frame.object_id()).map(|object| !frame.is_of(object))
    }

    /// The sights with forged frames of an object, by their numbers, each with how many.
    pub fn of(&self, object_id: ObjectId) -> BTreeMap<usize, usize> {
        self.sights.get(&object_id).cloned().unwrap_or_default()
    }
}

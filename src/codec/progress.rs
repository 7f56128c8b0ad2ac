//! How far an object has come.

use super::envelope::{Envelope, ObjectId};

/// An object, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its id.
    pub object_id: ObjectId,
    /// Its length in bytes, as its frames say.
    pub length: usize,
    /// Symbols received that count: of each block at most K.
    pub received: usize,
    /// Symbols that it takes, the sum of all K.
    pub needed: usize,
    /// Symbols of the fullest frame that came: so many another frame may bring.
    pub per_frame: usize,
    /// What it is now.
    pub state: State,
}

impl Progress {
    /// How many more codes it takes, as full as the fullest that came; at least one.
    pub fn codes_needed(&self) -> usize {
        (self.needed - self.received).div_ceil(self.per_frame.max(1)).max(1)
    }
}

/// How far an object has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Here it is.
    Complete(Envelope),
    /// Not yet. That is no error.
    NeedMore,
    /// Enough symbols, but some of them are forged: together they do not give the object.
    Forged,
    /// It came whole, and there is no room for it beside the other letters that did.
    NoRoom,
}

//! How much may be computed for those who are not trusted: counted in units, so that the same input gives the same
//! result on every machine.

/// Units of work that are left. A unit is the multiplication of 16 bytes in the field, or as much of anything else:
/// some 10 ns on a laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    left: usize,
}

impl Work {
    /// So many units.
    pub(super) fn new(units: usize) -> Self {
        Work { left: units }
    }

    /// The units that are left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Spends units; `None` where there are too few, and then there are none.
    pub(super) fn spend(&mut self, units: usize) -> Option<()> {
        let left = self.left.checked_sub(units);
        self.left = left.unwrap_or_default();
        left.map(drop)
    }

    /// Splits off one part of so many; what that does not spend can be given back.
    pub(super) fn share(&mut self, parts: usize) -> Self {
        let share = self.left / parts.max(1);
        self.left -= share;
        Work { left: share }
    }

    /// Takes back what a share did not spend.
    pub(super) fn take_back(&mut self, share: Self) {
        self.left += share.left;
    }
}

/// The units that it takes to multiply so many bytes.
pub(super) fn of_bytes(bytes: usize) -> usize {
    1 + bytes / 16
}

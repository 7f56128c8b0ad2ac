//! What a harm is: a name, a unit, a range; and how strong each of them is in one stage of a trial.

use std::collections::BTreeMap;

/// One thing that may happen, and how strong it may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Harm {
    /// Its name, as in sweeps.
    pub name: &'static str,
    /// The unit of its strength, as it is written after a number.
    pub unit: &'static str,
    /// Least and greatest strength.
    pub range: (f32, f32),
    /// The strength where none is given.
    pub usual: f32,
    /// Whether it comes in whole numbers only.
    pub whole: bool,
    /// Three strengths worth looking at, the gentlest first.
    pub shown: [f32; 3],
}

impl Harm {
    /// A harm that is counted, and usually not there.
    pub(super) const fn counted(name: &'static str, most: f32, shown: [f32; 3]) -> Self {
        Harm { whole: true, ..Self::of(name, "", most, shown) }
    }

    /// A harm that is there to a degree even where none is asked for.
    pub(super) const fn usually(
        name: &'static str,
        unit: &'static str,
        range: (f32, f32),
        usual: f32,
        shown: [f32; 3],
    ) -> Self {
        Harm { name, unit, range, usual, whole: false, shown }
    }

    /// A harm that is usually not there: strength 0.
    pub(super) const fn of(name: &'static str, unit: &'static str, most: f32, shown: [f32; 3]) -> Self {
        Harm { name, unit, range: (0.0, most), usual: 0.0, whole: false, shown }
    }
}

/// How strong the harms of one stage are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strengths(BTreeMap<&'static str, f32>);

impl Strengths {
    /// How strong a harm is: as set, or as usual.
    pub fn of(&self, harm: &Harm) -> f32 {
        self.0.get(harm.name).copied().unwrap_or(harm.usual)
    }

    /// Whether a harm was set.
    pub fn has(&self, harm: &Harm) -> bool {
        self.0.contains_key(harm.name)
    }

    /// Sets a harm's strength, within its range.
    pub fn set(&mut self, harm: &Harm, strength: f32) {
        self.0.insert(harm.name, strength.clamp(harm.range.0, harm.range.1));
    }
}

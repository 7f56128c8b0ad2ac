//! What can go wrong in trials.

use super::Error;
use super::code::codes;
use super::fault::SweepFault;

/// All that can go wrong in trials.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrialError {
    /// Something that can go wrong in the library.
    Library(Error),
    /// A channel, a harm or a setting that there is not.
    TrialName {
        /// The name given.
        name: String,
        /// The one that is nearest to it.
        nearest: &'static str,
    },
    /// A sweep that makes no sense.
    TrialSweep {
        /// The sweep as given.
        sweep: String,
        /// What is wrong with it.
        why: SweepFault,
    },
    /// A value outside of what a harm or a setting may be.
    TrialRange {
        /// Its name.
        name: &'static str,
        /// The value.
        value: String,
        /// The least there may be.
        least: String,
        /// The most.
        most: String,
        /// The unit of all three.
        unit: &'static str,
    },
    /// What cannot happen to the same letter, one after the other.
    TrialChannels {
        /// The one.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// A letter of more sides or pictures than are kept in memory while it is tried.
    TrialTooLarge {
        /// Its sides of paper, or pictures of its show.
        sides: usize,
        /// Most sides.
        max: usize,
    },
    /// A trial that would take longer than is begun without asking.
    TrialTooLong {
        /// Pixels, in thousand millions.
        gigapixels: u64,
        /// About how long two cores take for it.
        hours: u64,
    },
    /// Advice that was asked of too few runs.
    TrialRuns {
        /// Runs asked for.
        runs: usize,
        /// The fewest that can tell.
        least: usize,
    },
}

codes![TrialError; Library;
    TrialName,
    TrialSweep,
    TrialRange,
    TrialChannels,
    TrialTooLarge,
    TrialTooLong,
    TrialRuns,
];

/// Shorthand for results of trials.
pub type Result<T> = std::result::Result<T, TrialError>;

impl From<Error> for TrialError {
    fn from(error: Error) -> Self {
        TrialError::Library(error)
    }
}

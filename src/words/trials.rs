//! What is said of trials.

use super::Everywhere;

/// What a language says of trials.
pub trait TrialWords: Everywhere {
    /// What happens on a channel of trials; nothing for names that are none.
    fn channel(&self, name: &str) -> &'static str;
    /// What it means to name all channels.
    fn every_channel(&self) -> &'static str;
    /// What a harm is, or a setting that is swept.
    fn harm(&self, name: &str) -> &'static str;
    /// The headings of a table of trials: channel, letters that came through, interval, codes read, misreads, pictures.
    fn trial_headings(&self) -> [&'static str; 6];
    /// What is said of trials.
    fn results(&self, results: &Results) -> String;
}

/// What is said of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Results {
    /// The list of channels follows.
    Channels,
    /// The list of harms follows.
    Harms,
    /// What is tried.
    Specimen {
        /// Codes of the letter.
        codes: usize,
        /// How many of them suffice.
        sufficient: usize,
        /// Sides of paper, or pictures of the show.
        sides: usize,
        /// Side of a module in mm.
        module: String,
    },
    /// How long it took.
    Pace {
        /// Milliseconds a picture, on one core.
        picture_ms: u128,
        /// Pictures.
        pictures: usize,
    },
    /// So many letters came out that were not what was sent.
    FalseLetters(usize),
    /// It was stopped before its end.
    Stopped {
        /// Runs done.
        done: usize,
        /// Runs asked for.
        of: usize,
    },
    /// Settings that are being tried.
    Trying {
        /// The settings, as options of `encode`.
        advice: String,
    },
    /// The advice follows.
    Advice {
        /// Successes of the worst pipeline.
        successes: usize,
        /// Runs of each pipeline.
        runs: usize,
        /// Lower end of the 95 % interval, of a hundred.
        least: usize,
        /// Side of a module as printed, in mm.
        module: String,
    },
    /// The axis of a plot: letters that came through, in per cent.
    Shares,
    /// So many codes of so many suffice.
    Suffice {
        /// So many.
        sufficient: usize,
        /// Of so many.
        of: usize,
    },
    /// No settings were good enough.
    NoAdvice,
    /// The results were written to a folder.
    Written(String),
    /// Contact sheets were written to a folder.
    Sheets(String),
}

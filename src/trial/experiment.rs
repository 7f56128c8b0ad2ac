//! An experiment: one pipeline, one set of settings, many runs. A cell of a table of results.

use super::chance::Chance;
use super::harm_kinds::HarmKind;
use super::pipeline::Pipeline;
use super::run::{Glance, Outcome, attempt};
use super::sheet::Sheet;
use super::specimen::{Carrier, Settings, Specimen};
use super::statistics::wilson;
use super::sweep::{Axis, Sweep};
use crate::error::trial::{Result, TrialError};

/// What is tried many times.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// Its number, from 0, in the order of the table; chance goes by it.
    pub number: usize,
    /// The pipeline, with the sweeps' values set.
    pub pipeline: Pipeline,
    /// Our settings, with the sweeps' values set.
    pub settings: Settings,
    /// The value of each sweep.
    pub values: Vec<f32>,
}

impl Experiment {
    /// The experiments of pipelines and sweeps: for each pipeline, each value of the first sweep, each of the second.
    ///
    /// # Errors
    /// [`QrVersion`](crate::error::Error::QrVersion), [`TrialError::TrialChannels`].
    pub fn all(pipelines: &[Pipeline], sweeps: &[Sweep], settings: &Settings) -> Result<Vec<Experiment>> {
        let mut combinations: Vec<Vec<f32>> = vec![Vec::new()];
        for sweep in sweeps {
            let longer = |before: &Vec<f32>| {
                sweep.values.iter().map(|value| [before.as_slice(), &[*value]].concat()).collect::<Vec<_>>()
            };
            combinations = combinations.iter().flat_map(longer).collect();
        }
        let pairs = pipelines.iter().flat_map(|pipeline| combinations.iter().map(move |values| (pipeline, values)));
        pairs
            .enumerate()
            .map(|(number, (pipeline, values))| {
                let (mut pipeline, mut settings) = (pipeline.clone(), *settings);
                for (sweep, value) in sweeps.iter().zip(values) {
                    sweep.set(*value, &mut pipeline, &mut settings)?;
                }
                pipeline.check()?;
                settings.carrier = pipeline.carrier.unwrap_or(settings.carrier);
                // A screen shows modules as large as it can.
                if settings.carrier == Carrier::Screen && sweeps.iter().any(|sweep| sweep.axis == Axis::Module) {
                    let (first, second) = (HarmKind::Filmed.name(), Axis::Module.name());
                    return Err(TrialError::TrialChannels { first, second });
                }
                Ok(Experiment { number, pipeline, settings, values: values.clone() })
            })
            .collect()
    }

    /// One run; the same seed and number give the same.
    pub fn run(&self, specimen: &Specimen, seed: u64, run: usize) -> Outcome {
        attempt(specimen, &self.pipeline.stages, self.chance(seed, run), &mut |_| ())
    }

    /// The picture of a run in which least was read of what it shows.
    pub fn worst_picture(&self, specimen: &Specimen, seed: u64, run: usize) -> Option<Sheet> {
        let mut worst: Option<(f32, Sheet)> = None;
        let mut look = |glance: Glance<'_>| {
            let share = glance.read as f32 / glance.shown.max(1) as f32;
            let has_codes = glance.sheet.codes.iter().any(|place| place.code.is_some());
            if has_codes && worst.as_ref().is_none_or(|(least, _)| share < *least) {
                worst = Some((share, glance.sheet.clone()));
            }
        };
        attempt(specimen, &self.pipeline.stages, self.chance(seed, run), &mut look);
        worst.map(|(_, sheet)| sheet)
    }

    fn chance(&self, seed: u64, run: usize) -> Chance {
        Chance::of(&[seed, self.number as u64, run as u64])
    }
}

/// What came of the runs of an experiment. The order in which they are added does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Runs.
    pub runs: usize,
    /// Runs in which the letter came through.
    pub successes: usize,
    /// Runs in which something else came out under its id.
    pub false_letters: usize,
    /// Codes in view, over all runs.
    pub in_view: usize,
    /// Codes read.
    pub read: usize,
    /// Codes that gave something that nobody had put there.
    pub misreads: usize,
    /// Pictures looked at.
    pub pictures: usize,
    /// Of the runs that failed, that in which the fewest codes were read: codes, and the run's number.
    pub worst_failure: Option<(usize, usize)>,
    /// The same of those that succeeded.
    pub hardest_success: Option<(usize, usize)>,
}

impl Tally {
    /// Adds a run.
    pub fn add(&mut self, run: usize, outcome: &Outcome) {
        self.runs += 1;
        self.successes += usize::from(outcome.came_through);
        self.false_letters += usize::from(outcome.false_letter);
        self.in_view += outcome.in_view;
        self.read += outcome.read;
        self.misreads += outcome.misreads;
        self.pictures += outcome.pictures;
        let this = Some((outcome.read, run));
        let record = if outcome.came_through { &mut self.hardest_success } else { &mut self.worst_failure };
        *record = least(*record, this);
    }

    /// Adds the runs of another tally of the same cell.
    pub fn join(&mut self, other: &Tally) {
        self.runs += other.runs;
        self.successes += other.successes;
        self.false_letters += other.false_letters;
        self.in_view += other.in_view;
        self.read += other.read;
        self.misreads += other.misreads;
        self.pictures += other.pictures;
        self.worst_failure = least(self.worst_failure, other.worst_failure);
        self.hardest_success = least(self.hardest_success, other.hardest_success);
    }

    /// The 95 % interval of the share of successes, 0 to 1.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.successes, self.runs)
    }
}

fn least(a: Option<(usize, usize)>, b: Option<(usize, usize)>) -> Option<(usize, usize)> {
    [a, b].into_iter().flatten().min()
}

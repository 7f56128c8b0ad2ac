//! The runs of trials: on all cores, stopped when asked, timed.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use super::report::Row;
use crate::cli::terminal;
use crate::cli::unfinished::stopped;
use crate::error::program::Result;
use crate::press::pictures::picture;
use crate::trial::experiment::{Experiment, Tally};
use crate::trial::specimen::Specimen;
use crate::words::Results;

/// Runs experiments of equal settings on all cores.
pub struct Runner<'a> {
    pub specimen: &'a Specimen,
    pub seed: u64,
    pub clock: &'a Clock,
    pub bar: &'a terminal::Bar,
}

impl Runner<'_> {
    /// The tally of each experiment by the runs of these numbers, done in any order on any number of cores. Run by run,
    /// so that whoever stops early has as many of each.
    pub fn tallies(&self, experiments: &[&Experiment], runs: Range<usize>) -> Vec<Tally> {
        let pairs: Vec<(usize, &Experiment)> =
            runs.flat_map(|run| experiments.iter().map(move |experiment| (run, *experiment))).collect();
        let outcomes: Vec<_> = pairs
            .par_iter()
            .map(|(run, experiment)| {
                if stopped() {
                    return None;
                }
                let outcome = self.clock.time(|| experiment.run(self.specimen, self.seed, *run));
                self.bar.inc(1);
                Some(outcome)
            })
            .collect();
        let mut tallies = vec![Tally::default(); experiments.len()];
        let each = (0..tallies.len()).cycle();
        for (((run, _), outcome), at) in pairs.iter().zip(outcomes).zip(each) {
            if let (Some(tally), Some(outcome)) = (tallies.get_mut(at), outcome) {
                tally.add(*run, &outcome);
            }
        }
        tallies
    }
}

/// The two pictures of an experiment worth looking at, as JPEG, with their names: that of the worst failure, and that
/// of the hardest success.
pub fn pictures(row: &Row, name: &str, specimen: &Specimen, seed: u64) -> Result<Vec<(String, Vec<u8>)>> {
    let records = [("failure", row.tally.worst_failure), ("success", row.tally.hardest_success)];
    let sheets = records.into_iter().filter_map(|(what, record)| {
        let (_, run) = record?;
        Some((what, row.experiment.worst_picture(specimen, seed, run)?))
    });
    sheets
        .map(|(what, sheet)| Ok((format!("pictures/{name}-{what}.jpg"), picture::jpeg(&sheet.grey, PICTURE_QUALITY)?)))
        .collect()
}

/// Quality of the JPEG that pictures are kept in.
const PICTURE_QUALITY: u8 = 80;

/// How long runs take, all cores together. It is told, and kept out of the results: those are the same each time.
#[derive(Default)]
pub struct Clock(AtomicU64);

impl Clock {
    fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0.fetch_add(start.elapsed().as_micros() as u64, Ordering::Relaxed);
        done
    }

    pub fn tell(&self, rows: &[Row]) {
        let pictures: usize = rows.iter().map(|row| row.tally.pictures).sum();
        let picture_ms = u128::from(self.0.load(Ordering::Relaxed)) / 1000 / pictures.max(1) as u128;
        terminal::note(&terminal::language().results(&Results::Pace { picture_ms, pictures }));
    }
}

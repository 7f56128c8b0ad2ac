//! The runs of trials: on all cores, stopped when asked, timed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use super::results::Row;
use super::say;
use super::unfinished::stopped;
use crate::error::Result;
use crate::press::picture;
use crate::trial::cell::{Experiment, Tally};
use crate::trial::specimen::Specimen;
use crate::words::Results;

/// The tallies of cells, by the runs named, in any order on any number of cores.
pub fn tallied(
    cells: &[&Experiment],
    specimen: &Specimen,
    pairs: &[(usize, usize)],
    seed: u64,
    clock: &Clock,
    bar: &say::Bar,
) -> Vec<Tally> {
    let outcomes: Vec<_> = pairs
        .par_iter()
        .map(|(cell, run)| {
            if stopped() {
                return None;
            }
            let outcome = clock.time(|| cells[*cell].run(specimen, seed, *run));
            bar.inc(1);
            Some(outcome)
        })
        .collect();
    let mut tallies = vec![Tally::default(); cells.len()];
    for ((cell, run), outcome) in pairs.iter().zip(outcomes) {
        if let Some(outcome) = outcome {
            tallies[*cell].add(*run, &outcome);
        }
    }
    tallies
}

/// The two pictures of a cell worth looking at, as JPEG, with their names: that of the worst failure, and that of the
/// hardest success.
pub fn pictures(row: &Row, name: &str, specimen: &Specimen, seed: u64) -> Result<Vec<(String, Vec<u8>)>> {
    let records = [("failure", row.tally.worst_failure), ("success", row.tally.hardest_success)];
    let sheets = records.into_iter().filter_map(|(what, record)| {
        let (_, run) = record?;
        Some((what, row.cell.worst_picture(specimen, seed, run)?))
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
        say::note(&say::language().results(&Results::Pace { picture_ms, pictures }));
    }
}

//! The runs of trials: on all cores, stopped when asked, timed.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use rayon::prelude::*;

use super::results::Row;
use super::say;
use crate::error::Result;
use crate::press::picture;
use crate::trial::cell::{Cell, Tally};
use crate::trial::specimen::Specimen;
use crate::words::Results;

/// Whether somebody asked for an end: what is begun is finished, nothing else begins.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// The tallies of cells, by the runs named, in any order on any number of cores.
pub fn tallied(
    cells: &[Cell],
    specimen: &Specimen,
    pairs: &[(usize, usize)],
    seed: u64,
    clock: &Clock,
    bar: &say::Progress,
) -> Vec<Tally> {
    let outcomes: Vec<_> = pairs
        .par_iter()
        .map(|(cell, run)| {
            if STOPPED.load(Ordering::Relaxed) {
                return None;
            }
            let outcome = clock.time(|| cells[*cell].run(specimen, seed, *run));
            bar.inc(1);
            Some(outcome)
        })
        .collect();
    let mut tallies = vec![Tally::default(); cells.len()];
    for ((cell, run), outcome) in pairs.iter().zip(outcomes) {
        outcome.inspect(|outcome| tallies[*cell].add(*run, outcome));
    }
    tallies
}

/// A row of the table, with the two pictures worth looking at.
pub fn row(cell: &Cell, specimen: &Specimen, tally: Tally, seed: u64) -> Result<Row> {
    let picture = |record: Option<(usize, usize)>| -> Result<Option<Vec<u8>>> {
        let sheet = record.and_then(|(_, run)| cell.worst_picture(specimen, seed, run));
        sheet.map(|sheet| picture::jpeg(&sheet.grey, PICTURE_QUALITY)).transpose()
    };
    Ok(Row {
        failure: picture(tally.worst_failure)?,
        success: picture(tally.hardest_success)?,
        cell: cell.clone(),
        tally,
        codes: specimen.codes(),
        sufficient: specimen.sufficient,
        sides: specimen.sides,
        version: specimen.known.version.number(),
        module_mm: specimen.module_mm,
        envelope_bytes: specimen.envelope_bytes,
    })
}

/// Quality of the JPEG that pictures are kept in.
const PICTURE_QUALITY: u8 = 80;

/// Lets Ctrl-C stop: what is begun is finished, nothing else begins. Where it cannot be heard it ends the program at once, as it always did.
pub fn listen() {
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
}

/// Whether somebody asked for an end.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

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

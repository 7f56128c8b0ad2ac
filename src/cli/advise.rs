//! `trial --advise`: the smallest codes that still come through.

use super::arguments::Trial;
use super::results::Row;
use super::runs::{Clock, row, stopped, tallied};
use super::say;
use crate::codec::envelope::Envelope;
use crate::codec::fec::Partition;
use crate::codec::letter::Letter;
use crate::error::Result;
use crate::optics::qr::{Plan, QrCode, QrVersion, Versions};
use crate::press::forms;
use crate::trial::cell::{Cell, Tally};
use crate::trial::channel::Way;
use crate::trial::specimen::{Carrier, Settings, Specimen};
use crate::trial::sweep::{Axis, Sweep};
use crate::words::Results;

/// What is tried where no sweep says otherwise.
const MODULES_MM: [f32; 7] = [0.25, 0.3, 0.35, 0.42, 0.5, 0.6, 0.75];
const VERSIONS: [f32; 7] = [7.0, 10.0, 13.0, 17.0, 20.0, 25.0, 32.0];
const REPAIRS: [f32; 4] = [25.0, 50.0, 75.0, 100.0];
/// Letters that must come through, of a hundred.
const PERCENT: usize = 99;
/// Runs between two looks whether it is still worth going on. It does not depend on the cores, so that the result does not.
const BATCH: usize = 10;

/// A choice of settings: module, version, repair, and what it costs: square millimetres of codes.
#[derive(Debug, Clone, Copy)]
struct Choice {
    module_mm: f32,
    version: f32,
    repair: f32,
    cost: f64,
}

/// Tries settings, the smallest first, until one comes through every way; the last row of each setting is its last way tried.
pub fn rows(letter: &Letter, ways: &[Way], sweeps: &[Sweep], settings: &Settings, options: &Trial) -> Result<Vec<Row>> {
    let clock = Clock::default();
    let partition = Partition::new(Envelope::seal(letter)?.bytes().len())?;
    let mut failed: Vec<Choice> = Vec::new();
    let mut all = Vec::new();
    for choice in choices(ways, sweeps, settings, &partition) {
        // What asks for more than what failed already fails as well.
        let harder = |known: &Choice| {
            choice.module_mm <= known.module_mm && choice.version >= known.version && choice.repair <= known.repair
        };
        if failed.iter().any(harder) {
            continue;
        }
        let settings = choice.settings(settings)?;
        say::note(&say::language().results(&Results::Trying { advice: options_of(&settings) }));
        let mut passed = true;
        for cell in Cell::all(ways, &[], &settings)? {
            // The first number is the seed's: the same chance for every choice.
            let specimen = Specimen::new(letter, &cell.settings)?;
            let (tally, good) = tried(&cell, &specimen, options, &clock);
            passed &= good;
            all.push(row(&cell, &specimen, tally, options.seed)?);
            if !passed || stopped() {
                break;
            }
        }
        if stopped() || passed {
            break;
        }
        failed.push(choice);
    }
    clock.tell(&all);
    Ok(all)
}

/// Runs until it is sure that too many failed, or all are done.
fn tried(cell: &Cell, specimen: &Specimen, options: &Trial, clock: &Clock) -> (Tally, bool) {
    let bar = say::progress(options.runs() as u64);
    let may_fail = options.runs() * (100 - PERCENT) / 100;
    let mut sum = Tally::default();
    let runs: Vec<(usize, usize)> = (0..options.runs()).map(|run| (0, run)).collect();
    for batch in runs.chunks(BATCH) {
        for tally in tallied(std::slice::from_ref(cell), specimen, batch, options.seed, clock, &bar) {
            sum.join(&tally);
        }
        if sum.runs - sum.successes > may_fail || stopped() {
            break;
        }
    }
    bar.finish_and_clear();
    let good = sum.runs == options.runs() && sum.runs - sum.successes <= may_fail;
    (sum, good)
}

/// Every choice, the smallest first.
fn choices(ways: &[Way], sweeps: &[Sweep], settings: &Settings, partition: &Partition) -> Vec<Choice> {
    let of = |axis: Axis, usual: &[f32]| {
        let swept = sweeps.iter().find(|sweep| sweep.axis == axis);
        swept.map_or_else(|| usual.to_vec(), |sweep| sweep.values.clone())
    };
    let on_paper = ways.iter().any(|way| way.carrier != Some(Carrier::Screen));
    // A screen shows modules as large as it can.
    let modules = if on_paper { of(Axis::Module, &MODULES_MM) } else { vec![1.0] };
    let (versions, repairs) = (of(Axis::Version, &VERSIONS), of(Axis::Repair, &REPAIRS));
    let mut all: Vec<Choice> = Vec::new();
    for (module_mm, version) in
        modules.iter().flat_map(|module| versions.iter().map(move |version| (*module, *version)))
    {
        for repair in &repairs {
            let choice = Choice { module_mm, version, repair: *repair, cost: 0.0 };
            let Ok(chosen) = choice.settings(settings) else { continue };
            let Some(version) = chosen.version else { continue };
            let plan = match chosen.carrier {
                Carrier::Paper(form) => {
                    forms::plan(form, &chosen.setup, partition, chosen.repair, chosen.level, chosen.version)
                }
                Carrier::Screen => Plan::choose(partition, chosen.repair, chosen.level, Versions::Exactly(version)),
            };
            let Ok(plan) = plan else { continue };
            let side = (version.modules() + 2 * QrCode::QUIET_ZONE) as f64 * f64::from(module_mm);
            all.push(Choice { cost: plan.cut.frames as f64 * side * side, ..choice });
        }
    }
    all.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    all
}

impl Choice {
    fn settings(&self, settings: &Settings) -> Result<Settings> {
        let mut chosen =
            Settings { version: Some(QrVersion::new(self.version as u8)?), repair: self.repair as u32, ..*settings };
        if settings.carrier != Carrier::Screen {
            chosen.setup.module_mm = Some(self.module_mm);
        }
        Ok(chosen)
    }
}

/// Settings as options of `encode`.
fn options_of(settings: &Settings) -> String {
    let version = settings.version.map(|version| format!("--qr-version {} ", version.number())).unwrap_or_default();
    let module = settings.setup.module_mm.map(|module| format!("--module-mm {module} ")).unwrap_or_default();
    format!("{module}{version}--repair {}", settings.repair)
}

/// Tells what the last setting tried came to.
pub fn tell(rows: &[Row]) -> Result<()> {
    let words = say::language();
    let Some(last) = rows.last() else { return Ok(()) };
    let of_last: Vec<&Row> = rows.iter().filter(|row| row.cell.settings == last.cell.settings).collect();
    let enough = |row: &&Row| row.tally.successes * 100 >= row.tally.runs * PERCENT && row.tally.runs > 0;
    if stopped() || !of_last.iter().all(enough) {
        say::note(&words.results(&Results::NoAdvice));
        return Ok(());
    }
    let percent = of_last.iter().map(|row| row.tally.successes * 100 / row.tally.runs).min().unwrap_or_default();
    say::note(&words.results(&Results::Advice { percent, runs: last.tally.runs }));
    say::result(format!("{}\n", options_of(&last.cell.settings)).as_bytes())
}

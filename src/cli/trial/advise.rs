//! `trial --advise`: the smallest codes that still come through.

use super::report::Row;
use super::runner::{Clock, Runner};
use crate::cli::args::TrialOptions;
use crate::cli::terminal;
use crate::cli::unfinished::stopped;
use crate::codec::letter::Letter;
use crate::error::program::Result;
use crate::error::trial::TrialError;
use crate::press::forms::CodeOptions;
use crate::trial::experiment::{Experiment, Tally};
use crate::trial::pipeline::Pipeline;
use crate::trial::specimen::{Carrier, Prepared, Settings, Specimen};
use crate::trial::sweep::{Axis, Sweep, rounded};
use crate::words::Results;

/// What is tried where no sweep says otherwise: module in mm, version, repair.
const USUAL: [(Axis, &[f32]); 3] = [
    (Axis::Module, &[0.25, 0.3, 0.35, 0.42, 0.5, 0.6, 0.75]),
    (Axis::Version, &[7.0, 10.0, 13.0, 17.0, 20.0, 25.0, 32.0]),
    (Axis::Repair, &[25.0, 50.0, 75.0, 100.0]),
];
/// Letters that must come through, of a hundred.
const PERCENT: usize = 99;
/// Fewest runs that can support the claim.
const LEAST_RUNS: usize = 100;
/// Runs between two checks for an early end. Constant, so that the result does not depend on the number of cores.
const BATCH: usize = 10;

/// A choice of settings, with the experiments of its pipelines, each with what the letter becomes there.
struct Choice {
    settings: Settings,
    pipelines: Vec<(Experiment, PrintedSize)>,
}

/// What a letter becomes: what counts of a [`Prepared`].
#[derive(Debug, Clone, Copy, PartialEq)]
struct PrintedSize {
    module_mm: f32,
    version: u8,
    codes: usize,
    sufficient: usize,
    area_mm2: f64,
}

/// Tries settings, the smallest first, until one passes every pipeline twice with different seeds. Returns a row for
/// each pipeline that was tried, and the sweeps of its values.
pub fn rows(
    letter: &Letter,
    pipelines: &[Pipeline],
    sweeps: &[Sweep],
    settings: &Settings,
    options: &TrialOptions,
) -> Result<(Vec<Row>, Vec<Sweep>)> {
    if options.runs() < LEAST_RUNS {
        return Err(TrialError::TrialRuns { runs: options.runs(), least: LEAST_RUNS }.into());
    }
    let axes = USUAL.map(|(axis, usual)| {
        let swept = sweeps.iter().find(|sweep| sweep.axis == axis).cloned();
        swept.unwrap_or_else(|| Sweep { axis, values: usual.to_vec() })
    });
    let clock = Clock::default();
    let mut failed: Vec<PrintedSize> = Vec::new();
    let mut all: Vec<Row> = Vec::new();
    for choice in choices(letter, pipelines, &axes, settings)? {
        // Harder than a choice that failed: skipped.
        if choice.pipelines.iter().any(|(_, print)| failed.iter().any(|known| print.is_harder_than(known))) {
            continue;
        }
        terminal::note(
            &terminal::language().results(&Results::Trying { advice: options_of(&choice.settings, settings) }),
        );
        let mut passed = true;
        // Pipelines that go on the same paper share what is printed.
        let mut drawn: Option<(Prepared, Specimen)> = None;
        for (experiment, print) in &choice.pipelines {
            let (setting, specimen) = match drawn.take().filter(|(setting, _)| setting.settings == experiment.settings)
            {
                Some(drawn) => drawn,
                None => {
                    let setting = Prepared::new(letter, &experiment.settings)?;
                    let specimen = Specimen::draw(&setting)?;
                    (setting, specimen)
                }
            };
            let (mut tally, mut good) = tried(experiment, &specimen, options, options.seed, &clock);
            if good {
                // The first of many choices to pass may have passed by chance: it is repeated with another seed.
                let (again, confirmed) = tried(experiment, &specimen, options, !options.seed, &clock);
                tally.join(&again);
                good = confirmed;
            }
            let experiment = Experiment { number: all.len(), ..experiment.clone() };
            all.push(Row::new(experiment, tally, &setting));
            drawn = Some((setting, specimen));
            passed &= good;
            if !passed || stopped() {
                failed.push(*print);
                break;
            }
        }
        if stopped() || passed {
            break;
        }
    }
    clock.tell(&all);
    if stopped() {
        let done = all.iter().map(|row| row.tally.runs).sum();
        terminal::note(&terminal::language().results(&Results::Stopped { done, of: done }));
    }
    Ok((all, axes.into()))
}

/// Runs until it is sure that too many failed, or all are done.
fn tried(
    experiment: &Experiment,
    specimen: &Specimen,
    options: &TrialOptions,
    seed: u64,
    clock: &Clock,
) -> (Tally, bool) {
    let bar = terminal::progress(options.runs() as u64);
    let runner = Runner { specimen, seed, clock, bar: &bar };
    let may_fail = options.runs() * (100 - PERCENT) / 100;
    let mut sum = Tally::default();
    for first in (0..options.runs()).step_by(BATCH) {
        let runs = first..options.runs().min(first + BATCH);
        runner.tallies(&[experiment], runs).iter().for_each(|tally| sum.join(tally));
        if sum.runs - sum.successes > may_fail || stopped() {
            break;
        }
    }
    bar.finish_and_clear();
    let good = sum.runs == options.runs() && sum.runs - sum.successes <= may_fail;
    (sum, good)
}

/// Every choice that there is room for, the smallest first; of several that become the same print, one.
fn choices(letter: &Letter, pipelines: &[Pipeline], axes: &[Sweep; 3], settings: &Settings) -> Result<Vec<Choice>> {
    let on_paper = pipelines.iter().any(|pipeline| pipeline.carrier != Some(Carrier::Screen));
    let [modules, versions, repairs] = axes;
    // A screen shows modules as large as it can.
    let modules = if on_paper { modules.values.clone() } else { modules.values.iter().take(1).copied().collect() };
    let mut all: Vec<(f64, Choice)> = Vec::new();
    let mut known: Vec<Vec<PrintedSize>> = Vec::new();
    let triples = modules.iter().flat_map(|module| {
        let pairs =
            versions.values.iter().flat_map(|version| repairs.values.iter().map(move |repair| (*version, *repair)));
        pairs.map(move |(version, repair)| [*module, version, repair])
    });
    let bar = terminal::progress(0);
    for values in triples {
        bar.inc(1);
        let mut chosen = *settings;
        let mut nowhere = Pipeline::of(&[])?;
        for (sweep, value) in axes.iter().zip(values) {
            sweep.set(value, &mut nowhere, &mut chosen)?;
        }
        let mut experiments = Experiment::all(pipelines, &[], &chosen)?;
        experiments.iter_mut().for_each(|experiment| experiment.values = values.to_vec());
        // What does not fit, or has more repair than there can be, is no choice.
        let mut prints: Vec<(Settings, PrintedSize)> = Vec::new();
        let print_of = |experiment: &Experiment, prints: &mut Vec<(Settings, PrintedSize)>| {
            if let Some((_, print)) = prints.iter().find(|(settings, _)| *settings == experiment.settings) {
                return Some(*print);
            }
            let print = PrintedSize::of(&Prepared::new(letter, &experiment.settings).ok()?);
            prints.push((experiment.settings, print));
            Some(print)
        };
        let prints: Option<Vec<PrintedSize>> =
            experiments.iter().map(|experiment| print_of(experiment, &mut prints)).collect();
        let Some(prints) = prints.filter(|prints| !known.contains(prints)) else { continue };
        let area = prints.iter().map(|print| print.area_mm2).sum();
        known.push(prints.clone());
        all.push((area, Choice { settings: chosen, pipelines: experiments.into_iter().zip(prints).collect() }));
    }
    bar.finish_and_clear();
    all.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    Ok(all.into_iter().map(|(_, choice)| choice).collect())
}

impl PrintedSize {
    fn of(setting: &Prepared) -> Self {
        PrintedSize {
            module_mm: setting.module_mm,
            version: setting.version().number(),
            codes: setting.codes(),
            sufficient: setting.sufficient,
            area_mm2: setting.area_mm2(),
        }
    }

    /// Whether its modules are no larger, its codes no smaller, and no more of them may be lost.
    fn is_harder_than(&self, other: &PrintedSize) -> bool {
        let spare = self.codes * other.sufficient <= other.codes * self.sufficient;
        self.module_mm <= other.module_mm && self.version >= other.version && spare
    }
}

/// Settings as options, those included that are not the usual ones.
fn options_of(settings: &Settings, given: &Settings) -> String {
    let mut options: Vec<String> = Vec::new();
    if let Carrier::Paper(form) = given.carrier
        && form.name() != "leaflet"
    {
        options.push(format!("--form {}", form.name()));
    }
    if settings.setup.paper != Settings::default().setup.paper {
        options.push(format!("--paper {}", settings.setup.paper.name()));
    }
    let codes = settings.codes;
    if codes.level != CodeOptions::default().level {
        options.push(format!("--error-correction {}", codes.level.name().to_lowercase()));
    }
    options.extend(settings.setup.module_mm.map(|module| format!("--module-mm {}", rounded(module))));
    options.extend(codes.version.map(|version| format!("--qr-version {}", version.number())));
    options.push(format!("--repair {}", codes.repair));
    options.join(" ")
}

/// Tells what the last choice came to.
///
/// # Errors
/// [`ProgramError::File`] where stdout takes no more.
pub fn tell(rows: &[Row], given: &Settings) -> Result<()> {
    let words = terminal::language();
    let of_last: Vec<&Row> = rows
        .iter()
        .filter(|row| rows.last().is_some_and(|last| last.experiment.values == row.experiment.values))
        .collect();
    let enough = |row: &&Row| row.tally.successes * 100 >= row.tally.runs * PERCENT && row.tally.runs >= 2 * LEAST_RUNS;
    let worst = of_last.iter().min_by_key(|row| row.tally.successes * 10_000 / row.tally.runs.max(1));
    let Some(worst) = worst.filter(|_| !stopped() && of_last.iter().all(enough)) else {
        if !stopped() {
            terminal::note(&words.results(&Results::NoAdvice));
        }
        return Ok(());
    };
    terminal::note(&words.results(&Results::Advice {
        successes: worst.tally.successes,
        runs: worst.tally.runs,
        least: (worst.tally.interval().0 * 100.0).floor() as usize,
        module: rounded(worst.module_mm),
    }));
    let settings = Settings { carrier: given.carrier, ..worst.experiment.settings };
    terminal::result(format!("{}\n", options_of(&settings, given)).as_bytes())
}

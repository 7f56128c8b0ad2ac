//! `trial`: a letter goes through everything that happens to paper and screens, many times.

mod advise;
mod list;
mod report;
mod request;
mod runner;

use rayon::prelude::*;

use crate::cli::args::TrialOptions;
use crate::cli::exit::{COMPLETE, ERROR, NOT_YET};
use crate::cli::files;
use crate::cli::input::letter;
use crate::cli::kit::Kit;
use crate::cli::{terminal, unfinished};
use crate::codec::letter::Letter;
use crate::error::program::{ProgramError, Result};
use crate::error::trial::TrialError;
use crate::trial::experiment::Experiment;
use crate::trial::specimen::{Prepared, Settings, Specimen};
use crate::trial::sweep::Sweep;
use crate::words::Results;
use report::Row;
use runner::{Clock, Runner};

/// Gigapixels that two cores process in an hour, as measured by the benches.
const GIGAPIXELS_AN_HOUR: u64 = 80;
/// Hours that are not begun unasked.
const MOST_HOURS: u64 = 24;
/// Experiments whose pictures are in memory together.
const PICTURES_AT_ONCE: usize = 8;

pub fn run(options: &TrialOptions) -> Result<u8> {
    if options.list {
        terminal::result(list::list().as_bytes())?;
        return Ok(COMPLETE);
    }
    // The command line asks for both.
    let (Some(path), Some(out)) = (&options.letter, &options.out) else { return Ok(ERROR) };
    let sweeps = request::sweeps(options)?;
    let pipelines = request::pipelines(&options.channel, sweeps.is_empty() || options.advise)?;
    let settings = request::settings(options)?;
    // Checked before hours of work.
    for result in ["trial.json", "trial.svg"].map(|name| out.join(name)).iter().filter(|result| result.exists()) {
        if files::is_same(path, result) {
            return Err(ProgramError::OntoItself { path: result.display().to_string() });
        }
        if !options.force {
            return Err(ProgramError::Exists { path: result.display().to_string() });
        }
    }
    let letter::Given { letter, taken } = letter::read_letter(path, &options.making)?;
    taken.iter().for_each(|taken| terminal::note(taken));
    let letter = letter::labelled(letter, &options.making)?;
    if options.contact_sheets {
        let sheets = list::contact_sheets(&letter, &settings)?;
        let mut kit = Kit::begin(out, options.force)?;
        sheets.iter().try_for_each(|(kind, png)| kit.write(format!("{}.png", kind.name()), png))?;
        kit.finish()?;
        terminal::result(list::captions().as_bytes())?;
        terminal::note(&terminal::language().results(&Results::Sheets(out.display().to_string())));
        return Ok(COMPLETE);
    }
    unfinished::make_stoppable();
    let mut kit = Kit::begin(out, options.force)?;
    let (rows, sweeps) = if options.advise {
        advise::rows(&letter, &pipelines, &sweeps, &settings, options)?
    } else {
        let experiments = Experiment::all(&pipelines, &sweeps, &settings)?;
        check(&letter, &experiments, options)?;
        (rows(&letter, &experiments, &sweeps, options, &mut kit)?, sweeps)
    };
    kit.write("trial.json", report::json(&letter, &rows, &sweeps, options).as_bytes())?;
    kit.write("trial.svg", report::svg(&rows, if options.advise { &[] } else { &sweeps })?.as_bytes())?;
    kit.finish()?;
    terminal::result(report::table(&rows, &sweeps).as_bytes())?;
    let words = terminal::language();
    terminal::note(&words.results(&Results::Written(out.display().to_string())));
    let false_letters: usize = rows.iter().map(|row| row.tally.false_letters).sum();
    if false_letters > 0 {
        terminal::note(&words.results(&Results::FalseLetters(false_letters)));
    }
    if options.advise {
        advise::tell(&rows, &settings)?;
    }
    Ok(if unfinished::stopped() { NOT_YET } else { COMPLETE })
}

/// Sets the letter for every experiment, so that errors, and trials that would take days, are reported before any run.
fn check(letter: &Letter, experiments: &[Experiment], options: &TrialOptions) -> Result<()> {
    let mut pixels = 0u64;
    for group in groups(experiments) {
        let prepared = Prepared::new(letter, group.settings)?;
        let of_one_run: u64 = group.experiments.iter().map(|experiment| experiment.pipeline.pixels(&prepared)).sum();
        pixels += of_one_run * options.runs() as u64;
    }
    let gigapixels = pixels / 1_000_000_000;
    let hours = gigapixels / GIGAPIXELS_AN_HOUR;
    if hours > MOST_HOURS && !options.force {
        return Err(TrialError::TrialTooLong { gigapixels, hours }.into());
    }
    Ok(())
}

/// Experiments of equal settings: they share what is printed.
struct Group<'a> {
    settings: &'a Settings,
    experiments: Vec<&'a Experiment>,
}

/// Groups in the order of the first experiment of each.
fn groups(experiments: &[Experiment]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for experiment in experiments {
        match groups.iter_mut().find(|group| *group.settings == experiment.settings) {
            Some(group) => group.experiments.push(experiment),
            None => groups.push(Group { settings: &experiment.settings, experiments: vec![experiment] }),
        }
    }
    groups
}

/// Runs experiments on all cores, and writes their pictures.
fn rows(
    letter: &Letter,
    experiments: &[Experiment],
    sweeps: &[Sweep],
    options: &TrialOptions,
    kit: &mut Kit,
) -> Result<Vec<Row>> {
    let all_runs = experiments.len() * options.runs();
    let bar = terminal::progress(all_runs as u64);
    let clock = Clock::default();
    let mut rows = Vec::new();
    for group in groups(experiments) {
        let prepared = Prepared::new(letter, group.settings)?;
        let specimen = Specimen::draw(&prepared)?;
        let runner = Runner { specimen: &specimen, seed: options.seed, clock: &clock, bar: &bar };
        let tallies = runner.tallies(&group.experiments, 0..options.runs());
        let done = group.experiments.into_iter().zip(tallies).filter(|(_, tally)| tally.runs > 0);
        let done: Vec<Row> = done.map(|(experiment, tally)| Row::new(experiment.clone(), tally, &prepared)).collect();
        // No pictures after an interruption.
        for some in done.chunks(PICTURES_AT_ONCE).take_while(|_| !unfinished::stopped()) {
            let pictures: Vec<Vec<(String, Vec<u8>)>> = some
                .par_iter()
                .map(|row| runner::pictures(row, &row.file_name(sweeps), &specimen, options.seed))
                .collect::<Result<_>>()?;
            pictures.iter().flatten().try_for_each(|(name, picture)| kit.write(name, picture))?;
        }
        rows.extend(done);
        if unfinished::stopped() {
            break;
        }
    }
    bar.finish_and_clear();
    rows.sort_by_key(|row| row.experiment.number);
    clock.tell(&rows);
    if unfinished::stopped() {
        let done = rows.iter().map(|row| row.tally.runs).sum();
        terminal::note(&terminal::language().results(&Results::Stopped { done, of: all_runs }));
    }
    Ok(rows)
}

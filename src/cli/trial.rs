//! `trial`: a letter goes through everything that happens to paper and screens, many times.

use rayon::prelude::*;

use super::arguments::Trial;
use super::files::Kit;
use super::results::{self, Row};
use super::{COMPLETE, ERROR, NOT_YET, advise, files, print, runs, say, source, unfinished};
use crate::codec::letter::Letter;
use crate::error::{Error, Result};
use crate::optics::qr::QrVersion;
use crate::press::matter::Form;
use crate::press::picture;
use crate::trial::cell::Experiment;
use crate::trial::channel::{CHANNELS, Channel, Pipeline};
use crate::trial::contact;
use crate::trial::kind::HarmKind;
use crate::trial::specimen::{Carrier, Prepared, Settings, Specimen};
use crate::trial::sweep::{Axis, Sweep, rounded};
use crate::words::Results;

/// The name that means every channel, each on its own.
const EVERY: &str = "all";
/// Pixels that two cores harm and read in an hour, in thousand millions: by the benches.
const GIGAPIXELS_AN_HOUR: u64 = 80;
/// Hours that are not begun unasked.
const MOST_HOURS: u64 = 24;

pub fn run(options: &Trial) -> Result<u8> {
    if options.list {
        say::result(list().as_bytes())?;
        return Ok(COMPLETE);
    }
    // The command line asks for both.
    let (Some(path), Some(out)) = (&options.letter, &options.out) else { return Ok(ERROR) };
    let sweeps = sweeps(options)?;
    let ways = ways(&options.channel, sweeps.is_empty() || options.advise)?;
    let settings = settings(options)?;
    // Hours of work shall not end in a refusal.
    for result in ["trial.json", "trial.svg"].map(|name| out.join(name)).iter().filter(|result| result.exists()) {
        if files::is_same(path, result) {
            return Err(Error::OntoItself { path: result.display().to_string() });
        }
        if !options.force {
            return Err(Error::Exists { path: result.display().to_string() });
        }
    }
    let source::Given { letter, taken } = source::read_letter(path, &options.making)?;
    taken.iter().for_each(|taken| say::note(taken));
    let letter = source::labelled(letter, &options.making)?;
    if options.contact_sheets {
        let sheets = contact_sheets(&letter, &settings)?;
        let mut kit = Kit::begin(out, options.force)?;
        sheets.iter().try_for_each(|(kind, png)| kit.write(format!("{}.png", kind.name()), png))?;
        kit.finish()?;
        say::result(captions().as_bytes())?;
        say::note(&say::language().results(&Results::Sheets(out.display().to_string())));
        return Ok(COMPLETE);
    }
    unfinished::make_stoppable();
    let mut kit = Kit::begin(out, options.force)?;
    let (rows, sweeps) = if options.advise {
        advise::rows(&letter, &ways, &sweeps, &settings, options)?
    } else {
        let cells = Experiment::all(&ways, &sweeps, &settings)?;
        check(&letter, &cells, options)?;
        (rows(&letter, cells, &sweeps, options, &mut kit)?, sweeps)
    };
    kit.write("trial.json", results::json(&letter, &rows, &sweeps, options).as_bytes())?;
    kit.write("trial.svg", results::svg(&rows, if options.advise { &[] } else { &sweeps })?.as_bytes())?;
    kit.finish()?;
    say::result(results::table(&rows, &sweeps).as_bytes())?;
    let words = say::language();
    say::note(&words.results(&Results::Written(out.display().to_string())));
    let false_letters: usize = rows.iter().map(|row| row.tally.false_letters).sum();
    if false_letters > 0 {
        say::note(&words.results(&Results::FalseLetters(false_letters)));
    }
    if options.advise {
        advise::tell(&rows, &settings)?;
    }
    Ok(if unfinished::stopped() { NOT_YET } else { COMPLETE })
}

/// The sweeps asked for: two at most, of different things.
fn sweeps(options: &Trial) -> Result<Vec<Sweep>> {
    let sweeps: Vec<Sweep> = options.sweep.iter().map(|text| Sweep::parse(text)).collect::<Result<_>>()?;
    let wrong = |at: usize, why| Error::TrialSweep { sweep: options.sweep[at].chars().take(60).collect(), why };
    for (at, sweep) in sweeps.iter().enumerate() {
        if sweeps[..at].iter().any(|other| other.axis == sweep.axis) {
            return Err(wrong(at, "there is another of the same before it"));
        }
        if options.advise && !matches!(sweep.axis, Axis::Module | Axis::Version | Axis::Repair) {
            return Err(wrong(at, "advice is about module, version and repair"));
        }
        if at > 1 && !options.advise {
            return Err(wrong(at, "there are two before it, and a table has two sides"));
        }
    }
    Ok(sweeps)
}

/// The channels asked for as one way; for `all`, or where nothing is asked for, a way for each channel there is, with
/// the others asked for.
fn ways(names: &[String], or_all: bool) -> Result<Vec<Pipeline>> {
    let named = |name: &String| if name == EVERY { Ok(None) } else { Channel::named(name).map(Some) };
    let channels: Vec<Option<&Channel>> = names.iter().map(named).collect::<Result<_>>()?;
    let with =
        |each: &'static Channel| Pipeline::of(&channels.iter().map(|channel| channel.unwrap_or(each)).collect::<Vec<_>>());
    if names.is_empty() && or_all {
        return CHANNELS.iter().map(|channel| Pipeline::of(&[channel])).collect();
    }
    if channels.iter().any(Option::is_none) {
        return CHANNELS.iter().map(with).collect();
    }
    Ok(vec![Pipeline::of(&channels.into_iter().flatten().collect::<Vec<_>>())?])
}

fn settings(options: &Trial) -> Result<Settings> {
    let form = Form::ALL.into_iter().find(|form| form.name() == options.form).unwrap_or(Form::Leaflet);
    Ok(Settings {
        carrier: Carrier::Paper(form),
        setup: print::setup(&options.making),
        repair: options.making.repair,
        level: options.making.error_correction.into(),
        version: options.making.qr_version.map(QrVersion::new).transpose()?,
    })
}

/// Every channel and every harm, with what they mean.
fn list() -> String {
    let words = say::language();
    let mut text = format!("{}\n", words.results(&Results::Channels));
    for channel in CHANNELS {
        text.push_str(&format!("  {:<20} {}\n", channel.name, words.channel(channel.name)));
    }
    text.push_str(&format!("  {EVERY:<20} {}\n\n{}\n", words.every_channel(), words.results(&Results::Harms)));
    for (kind, harm) in HarmKind::every_harm() {
        let range = format!("{}..{} {}", rounded(harm.range.0), rounded(harm.range.1), harm.unit);
        text.push_str(&format!("  {:<13} {:<12} {:<18} {}\n", kind.name(), harm.name, range, words.harm(harm.name)));
    }
    for axis in Axis::SETTINGS {
        let (least, most) = axis.range();
        let range = format!("{}..{} {}", rounded(least), rounded(most), axis.unit());
        text.push_str(&format!("  {:<13} {:<12} {range:<18} {}\n", "", axis.name(), words.harm(axis.name())));
    }
    text
}

/// Sets the letter in every way that will be tried, so that what cannot be is told before anything is, and so is what
/// would take days.
fn check(letter: &Letter, cells: &[Experiment], options: &Trial) -> Result<()> {
    let mut pixels = 0u64;
    for group in groups(cells) {
        let Some(first) = group.first() else { continue };
        let setting = Prepared::new(letter, &first.settings)?;
        pixels += group.iter().map(|cell| cell.way.pixels(&setting)).sum::<u64>() * options.runs() as u64;
    }
    let gigapixels = pixels / 1_000_000_000;
    let hours = gigapixels / GIGAPIXELS_AN_HOUR;
    if hours > MOST_HOURS && !options.force {
        return Err(Error::TrialTooLong { gigapixels, hours });
    }
    Ok(())
}

/// Cells of equal settings together, in the order of the first of each.
fn groups(cells: &[Experiment]) -> Vec<Vec<&Experiment>> {
    let mut groups: Vec<Vec<&Experiment>> = Vec::new();
    for cell in cells {
        match groups.iter_mut().find(|group| group[0].settings == cell.settings) {
            Some(group) => group.push(cell),
            None => groups.push(vec![cell]),
        }
    }
    groups
}

/// Runs cells on all cores, and writes their pictures.
fn rows(letter: &Letter, cells: Vec<Experiment>, sweeps: &[Sweep], options: &Trial, kit: &mut Kit) -> Result<Vec<Row>> {
    let bar = say::progress((cells.len() * options.runs()) as u64);
    let clock = runs::Clock::default();
    let mut rows = Vec::new();
    for group in groups(&cells) {
        let setting = Prepared::new(letter, &group[0].settings)?;
        let specimen = Specimen::draw(&setting)?;
        // Run by run, so that whoever stops early has as much of each cell.
        let pairs: Vec<(usize, usize)> =
            (0..options.runs()).flat_map(|run| (0..group.len()).map(move |cell| (cell, run))).collect();
        let tallies = runs::tallied(&group, &specimen, &pairs, options.seed, &clock, &bar);
        let done = group.into_iter().zip(tallies).filter(|(_, tally)| tally.runs > 0);
        let done: Vec<Row> = done.map(|(cell, tally)| Row::new(cell.clone(), tally, &setting)).collect();
        // Whoever asked for an end does not wait for pictures.
        for some in done.chunks(PICTURES_AT_ONCE).take_while(|_| !unfinished::stopped()) {
            let pictures: Vec<Vec<(String, Vec<u8>)>> = some
                .par_iter()
                .map(|row| runs::pictures(row, &row.file_name(sweeps), &specimen, options.seed))
                .collect::<Result<_>>()?;
            pictures.iter().flatten().try_for_each(|(name, picture)| kit.write(name, picture))?;
        }
        rows.extend(done);
        if unfinished::stopped() {
            break;
        }
    }
    bar.finish_and_clear();
    rows.sort_by_key(|row| row.cell.number);
    clock.tell(&rows);
    if unfinished::stopped() {
        let done = rows.iter().map(|row| row.tally.runs).sum();
        say::note(&say::language().results(&Results::Stopped { done, of: cells.len() * options.runs() }));
    }
    Ok(rows)
}

/// Cells whose pictures are in memory together.
const PICTURES_AT_ONCE: usize = 8;

/// What contact sheets show, harm by harm, as they stand on them, with the three strengths.
fn captions() -> String {
    let mut text = String::new();
    for kind in HarmKind::ALL {
        text.push_str(&format!("{}.png\n", kind.name()));
        for harm in kind.harms() {
            let strengths = harm.shown.map(|strength| Axis::Harm(kind, harm).value(strength));
            text.push_str(&format!("  {:<12} {}\n", harm.name, strengths.join(", ")));
        }
    }
    text
}

/// The contact sheet of every kind of harm.
fn contact_sheets(letter: &Letter, settings: &Settings) -> Result<Vec<(HarmKind, Vec<u8>)>> {
    let bar = say::progress(HarmKind::ALL.len() as u64);
    let paper = Specimen::draw(&Prepared::new(letter, settings)?)?;
    let screen = Prepared::new(letter, &Settings { carrier: Carrier::Screen, ..*settings })?;
    let screen = Specimen::draw(&screen)?;
    HarmKind::ALL
        .par_iter()
        .map(|kind| {
            let specimen = if *kind == HarmKind::Filmed { &screen } else { &paper };
            let png = picture::grey_png(&contact::sheet(*kind, specimen));
            bar.inc(1);
            Ok((*kind, png?))
        })
        .collect()
}

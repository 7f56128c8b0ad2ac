//! `trial`: a letter goes through everything that happens to paper and screens, many times.

use rayon::prelude::*;

use super::arguments::Trial;
use super::files::Kit;
use super::results::{self, Row};
use super::{COMPLETE, NOT_YET, advise, print, runs, say, source};
use crate::codec::letter::Letter;
use crate::error::{Error, Result};
use crate::optics::qr::QrVersion;
use crate::press::picture;
use crate::trial::cell::Cell;
use crate::trial::channel::{CHANNELS, Channel, Way};
use crate::trial::contact;
use crate::trial::kind::Kind;
use crate::trial::specimen::{Carrier, Settings, Specimen};
use crate::trial::sweep::{Sweep, rounded};
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
    let (Some(path), Some(out)) = (&options.letter, &options.out) else { return Err(Error::TrialNothing) };
    let sweeps: Vec<Sweep> = options.sweep.iter().map(|text| Sweep::parse(text)).collect::<Result<_>>()?;
    let ways = ways(&options.channel, sweeps.is_empty())?;
    if let Some(third) = options.sweep.get(2) {
        return Err(Error::TrialSweep {
            sweep: third.clone(),
            why: "there are two before it, and a table has two sides",
        });
    }
    // Hours of work shall not end in a refusal.
    if ["trial.json", "trial.svg"].iter().any(|name| out.join(name).exists()) && !options.force {
        return Err(Error::Exists { path: out.join("trial.json").display().to_string() });
    }
    let letter = source::read_letter(path)?;
    let settings = settings(options)?;
    let mut kit = Kit::begin(out, options.force)?;
    if options.contact_sheets {
        contact_sheets(&letter, &settings, &mut kit)?;
        kit.finish()?;
        say::note(&say::language().results(&Results::Sheets(out.display().to_string())));
        return Ok(COMPLETE);
    }
    runs::listen();
    let rows = if options.advise {
        advise::rows(&letter, &ways, &sweeps, &settings, options)?
    } else {
        rows(&letter, &Cell::all(&ways, &sweeps, &settings)?, options)?
    };
    say::result(results::table(&rows, &sweeps).as_bytes())?;
    for (row, (failure, success)) in rows.iter().map(|row| (row, (&row.failure, &row.success))) {
        for (name, picture) in [("failure", failure), ("success", success)] {
            if let Some(picture) = picture {
                kit.write(format!("pictures/{}-{name}.jpg", row.file_name(&sweeps)), picture)?;
            }
        }
    }
    kit.write("trial.json", results::json(&letter, &rows, &sweeps, options).as_bytes())?;
    kit.write("trial.svg", results::svg(&rows, &sweeps)?.as_bytes())?;
    kit.finish()?;
    let words = say::language();
    say::note(&words.results(&Results::Written(out.display().to_string())));
    let false_letters: usize = rows.iter().map(|row| row.tally.false_letters).sum();
    if false_letters > 0 {
        say::note(&words.results(&Results::FalseLetters(false_letters)));
    }
    if options.advise {
        advise::tell(&rows)?;
    }
    Ok(if runs::stopped() { NOT_YET } else { COMPLETE })
}

/// The channels asked for as one way; every channel as a way of its own for `all`, or where neither a channel nor a sweep is named.
fn ways(names: &[String], nothing_else: bool) -> Result<Vec<Way>> {
    if names.iter().any(|name| name == EVERY) || names.is_empty() && nothing_else {
        return CHANNELS.iter().map(|channel| Way::of(&[channel])).collect();
    }
    let channels: Vec<&Channel> = names.iter().map(|name| Channel::named(name)).collect::<Result<_>>()?;
    Ok(vec![Way::of(&channels)?])
}

fn settings(options: &Trial) -> Result<Settings> {
    let form = match options.form.forms().as_slice() {
        [form] => *form,
        _ => return Err(Error::OptionForm { option: "--form", form: "all" }),
    };
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
    for (kind, harm) in Kind::every_harm() {
        let range = format!("{}..{} {}", rounded(harm.range.0), rounded(harm.range.1), harm.unit);
        text.push_str(&format!("  {:<13} {:<12} {:<18} {}\n", kind.name(), harm.name, range, words.harm(harm.name)));
    }
    for (name, range) in [("module", "0.2..5 mm"), ("version", "1..40"), ("level", "L,M,Q,H"), ("repair", "0..25400 %")]
    {
        text.push_str(&format!("  {:<13} {name:<12} {range:<18} {}\n", "", words.harm(name)));
    }
    text
}

/// Runs cells, those of equal settings together, on all cores.
fn rows(letter: &Letter, cells: &[Cell], options: &Trial) -> Result<Vec<Row>> {
    let bar = say::progress((cells.len() * options.runs()) as u64);
    let clock = runs::Clock::default();
    let mut rows = Vec::new();
    for group in cells.chunk_by(|a, b| a.settings == b.settings) {
        let specimen = Specimen::new(letter, &group[0].settings)?;
        if rows.is_empty() {
            check_work(cells.len() * options.runs() * specimen.sheets.len(), options.force)?;
        }
        let pairs: Vec<(usize, usize)> =
            (0..group.len()).flat_map(|cell| (0..options.runs()).map(move |run| (cell, run))).collect();
        let tallies = runs::tallied(group, &specimen, &pairs, options.seed, &clock, &bar);
        let done: Vec<Row> = group
            .par_iter()
            .zip(tallies)
            .map(|(cell, tally)| runs::row(cell, &specimen, tally, options.seed))
            .collect::<Result<_>>()?;
        rows.extend(done);
        if runs::stopped() {
            break;
        }
    }
    bar.finish_and_clear();
    let done: usize = rows.iter().map(|row| row.tally.runs).sum();
    clock.tell(&rows);
    if runs::stopped() {
        say::note(&say::language().results(&Results::Stopped { done, of: cells.len() * options.runs() }));
    }
    Ok(rows)
}

/// Refuses what would take days.
fn check_work(pictures: usize, force: bool) -> Result<()> {
    let gigapixels = pictures as u64 * 12 / 1000;
    let hours = gigapixels / GIGAPIXELS_AN_HOUR;
    if hours > MOST_HOURS && !force {
        return Err(Error::TrialTooLong { gigapixels, hours });
    }
    Ok(())
}

/// The contact sheet of every kind of harm.
fn contact_sheets(letter: &Letter, settings: &Settings, kit: &mut Kit) -> Result<()> {
    let bar = say::progress(Kind::ALL.len() as u64);
    let paper = Specimen::new(letter, settings)?;
    let screen = Specimen::new(letter, &Settings { carrier: Carrier::Screen, ..*settings })?;
    let sheets: Vec<(Kind, Vec<u8>)> = Kind::ALL
        .par_iter()
        .map(|kind| {
            let specimen = if *kind == Kind::Filmed { &screen } else { &paper };
            let png = picture::grey_png(&contact::sheet(*kind, specimen));
            bar.inc(1);
            Ok((*kind, png?))
        })
        .collect::<Result<_>>()?;
    sheets.iter().try_for_each(|(kind, png)| kit.write(format!("{}.png", kind.name()), png))
}

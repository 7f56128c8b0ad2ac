//! `decode`: pictures and texts become letters again.

use std::ops::ControlFlow;

use crate::cli::args::DecodeOptions;
use crate::cli::exit::{self, ERROR, NOT_YET};
use crate::cli::input::scan;
use crate::cli::input::scanned::{ScanOptions, Scanned};
use crate::cli::output::letters::{self, LetterWriter};
use crate::cli::report::collection::{Collection, MAX_LISTED};
use crate::cli::report::data::{DecodeReport, LetterReport, LetterState};
use crate::cli::report::{json, text};
use crate::cli::{files, terminal};
use crate::codec::assemble::State;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};

pub fn run(options: &DecodeOptions) -> Result<u8> {
    check(options)?;
    let (trust, keys) = (options.opening.trust()?, options.opening.keyring()?);
    let room = if options.json { MAX_LISTED } else { 0 };
    let mut collection = Collection::new(options.only.as_deref().unwrap_or_default(), room)?;
    let mut report = DecodeReport::default();
    collect(options, &mut collection, &mut report)?;
    let objects = collection.objects();
    text::counts(collection.counts());
    report.mark_forged(|frame| collection.is_forged(frame));

    let letters = letters::open(objects, &collection, &keys, &trust, options);
    let mut writer = LetterWriter::new(&letters, &trust, options)?;
    for letter in letters::in_order(&letters) {
        let progress = &letter.progress;
        let state = match &progress.state {
            State::Forged => LetterState::Forged,
            State::NoRoom => LetterState::NoRoom,
            _ => LetterState::Incomplete { codes: progress.codes_needed() },
        };
        let mut told = LetterReport::new(progress, collection.forged_codes(progress.object_id), state);
        text::forged(&told);
        writer.write(letter, &mut told);
        text::outcome(&told);
        if !options.json {
            // Told already; of many letters these lists are long.
            told.forged = None;
        }
        report.letters.push(told);
    }
    text::not_whole(&report.letters);
    let code = exit::worst(report.letters.iter().map(|letter| letter.exit_code(!trust.is_empty())));
    if code == NOT_YET {
        // Useful only where pictures have to be taken again.
        text::blank(collection.blank());
    }
    if options.json {
        json::decoded(&report)?;
    }
    if report.letters.is_empty() {
        if collection.has_errors() {
            return Ok(ERROR);
        }
        terminal::error(&Error::NothingFound.into());
        return Ok(NOT_YET);
    }
    Ok(code)
}

/// Looks at all inputs, or through a camera, until nothing is missing any more.
fn collect(options: &DecodeOptions, collection: &mut Collection, report: &mut DecodeReport) -> Result<()> {
    let take = &mut |scanned: Scanned| {
        let input = collection.take(&scanned);
        text::input(&input);
        if options.json {
            report.inputs.push(input);
        }
        // With a camera one letter is enough: somebody is holding it.
        let is_enough = if options.camera.is_some() { collection.has_letter() } else { collection.is_settled() };
        Ok(if is_enough && !options.all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    match &options.camera {
        Some(device) => scan::through_camera(device, take),
        None => {
            let options_of_scan =
                ScanOptions { effort: options.effort, unlimited: options.no_limit, keeps_pictures: false };
            scan::gather(&options.inputs, options_of_scan, take)
        }
    }
}

/// Refuses options that cannot be combined.
fn check(options: &DecodeOptions) -> Result<()> {
    if !files::is_standard(&options.out) {
        return Ok(());
    }
    if options.json {
        return Err(ProgramError::TwoResults);
    }
    let needs_files = [("--minisig", options.minisig), ("--envelope", options.envelope)];
    match needs_files.into_iter().find(|(_, given)| *given) {
        Some((option, _)) => Err(ProgramError::OptionStandard { option }),
        None => Ok(()),
    }
}

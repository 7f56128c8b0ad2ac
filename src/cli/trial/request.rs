//! What was asked of a trial: sweeps, channels, settings.

use crate::cli::args::TrialOptions;
use crate::cli::output::printing;
use crate::error::fault::SweepFault;
use crate::error::trial::{Result, TrialError};
use crate::trial::channel::{CHANNELS, Channel};
use crate::trial::pipeline::Pipeline;
use crate::trial::specimen::{Carrier, Settings};
use crate::trial::sweep::{Axis, Sweep};

/// The name that means every channel, each on its own.
pub const EVERY: &str = "all";

/// The sweeps asked for: two at most, of different things.
pub fn sweeps(options: &TrialOptions) -> Result<Vec<Sweep>> {
    let sweeps: Vec<Sweep> = options.sweep.iter().map(|text| Sweep::parse(text)).collect::<Result<_>>()?;
    for (at, (sweep, text)) in sweeps.iter().zip(&options.sweep).enumerate() {
        let wrong = |why| Err(TrialError::TrialSweep { sweep: text.chars().take(60).collect(), why });
        if sweeps.iter().take(at).any(|other| other.axis == sweep.axis) {
            return wrong(SweepFault::Again);
        }
        if options.advise && !matches!(sweep.axis, Axis::Module | Axis::Version | Axis::Repair) {
            return wrong(SweepFault::Advice);
        }
        if at > 1 && !options.advise {
            return wrong(SweepFault::Third);
        }
    }
    Ok(sweeps)
}

/// The channels asked for as one pipeline; for `all`, or where nothing is asked for, a pipeline for each channel there
/// is, with the others asked for.
pub fn pipelines(names: &[String], or_all: bool) -> Result<Vec<Pipeline>> {
    let named = |name: &String| if name == EVERY { Ok(None) } else { Channel::named(name).map(Some) };
    let channels: Vec<Option<&Channel>> = names.iter().map(named).collect::<Result<_>>()?;
    let with = |each: &'static Channel| {
        Pipeline::of(&channels.iter().map(|channel| channel.unwrap_or(each)).collect::<Vec<_>>())
    };
    if names.is_empty() && or_all {
        return CHANNELS.iter().map(|channel| Pipeline::of(&[channel])).collect();
    }
    if channels.iter().any(Option::is_none) {
        return CHANNELS.iter().map(with).collect();
    }
    Ok(vec![Pipeline::of(&channels.into_iter().flatten().collect::<Vec<_>>())?])
}

pub fn settings(options: &TrialOptions) -> Result<Settings> {
    Ok(Settings {
        carrier: Carrier::Paper(options.form),
        setup: printing::setup(&options.making),
        codes: printing::codes(&options.making)?,
    })
}

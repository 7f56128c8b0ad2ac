//! Errors of trials, in English: what happened, and what to do.

use super::errors;
use crate::error::fault::SweepFault;
use crate::error::trial::TrialError;

/// What happened.
pub(super) fn what_happened(error: &TrialError) -> String {
    match error {
        TrialError::Library(error) => errors::what_happened(error),
        TrialError::TrialName { name, .. } => format!("there is no channel, harm or setting {name}"),
        TrialError::TrialSweep { sweep, why } => format!("the sweep {sweep} makes no sense: {}", sweep_fault(*why)),
        TrialError::TrialRange { name, value, least, most, unit } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{name} cannot be {value}{unit}: it goes from {least} to {most}")
        }
        TrialError::TrialChannels { first, second } => {
            format!("{first} and {second} do not go together: one is of screens, the other of paper")
        }
        TrialError::TrialRuns { runs, least } => {
            format!("{runs} runs cannot tell what comes through in 99 of 100; {least} can")
        }
        TrialError::TrialTooLarge { sides, max } => {
            format!(
                "the letter takes about {sides} sides or pictures with codes; {max} fit into memory while they are tried"
            )
        }
        TrialError::TrialTooLong { gigapixels, hours } => {
            format!("this would be {gigapixels} gigapixels to look at, about {hours} hours on two cores")
        }
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &TrialError) -> String {
    match error {
        TrialError::Library(error) => return errors::what_to_do(error),
        TrialError::TrialName { nearest, .. } => {
            return format!("Did you mean {nearest}? “shabnameh trial --list” tells all of them.");
        }
        TrialError::TrialSweep { .. } => "Write NAME=FROM..TO/STEPS, as in loss=0..80/9, or NAME=A,B,C.",
        TrialError::TrialRange { .. } => {
            "Give values within the range; “shabnameh trial --list” tells what each means."
        }
        TrialError::TrialChannels { .. } => "Give channels of one kind; a film has its own camera and comes once.",
        TrialError::TrialTooLarge { .. } => "Try a shorter letter: what is true of 30 sides is true of 300.",
        TrialError::TrialTooLong { .. } => {
            "Give fewer --runs, channels or steps, or a shorter letter; --force does it all the same."
        }
        TrialError::TrialRuns { .. } => "Give more --runs, or leave them out.",
    }
    .into()
}

/// What is wrong with a sweep.
fn sweep_fault(fault: SweepFault) -> &'static str {
    match fault {
        SweepFault::NoEquals => "there is no = in it",
        SweepFault::NoName => "there is no name before the =",
        SweepFault::NoSteps => "after .. there is no / with the number of steps",
        SweepFault::Ends => "its ends are no numbers",
        SweepFault::Steps => "the number of steps is no number",
        SweepFault::FewSteps => "it has fewer than two steps, or both ends are the same",
        SweepFault::ManyValues => "it has more than 50 values",
        SweepFault::Values => "its values are no numbers, nor letters of levels",
        SweepFault::Twice => "it has a value twice, perhaps after rounding",
        SweepFault::Again => "there is another of the same before it",
        SweepFault::Advice => "advice is about module, version and repair",
        SweepFault::Third => "there are two before it, and a table has two sides",
    }
}

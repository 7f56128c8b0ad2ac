//! Channels and harms, as a list and as contact sheets.

use rayon::prelude::*;

use super::request::EVERY;
use crate::cli::terminal;
use crate::codec::letter::Letter;
use crate::error::program::Result;
use crate::press::pictures::picture;
use crate::trial::channel::CHANNELS;
use crate::trial::contact_sheet;
use crate::trial::harm_kinds::HarmKind;
use crate::trial::specimen::{Carrier, Prepared, Settings, Specimen};
use crate::trial::sweep::{Axis, rounded};
use crate::words::Results;

/// Every channel and every harm, with what they mean.
pub fn list() -> String {
    let words = terminal::language();
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

/// What contact sheets show, harm by harm, as they stand on them, with the three strengths.
pub fn captions() -> String {
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
pub fn contact_sheets(letter: &Letter, settings: &Settings) -> Result<Vec<(HarmKind, Vec<u8>)>> {
    let bar = terminal::progress(HarmKind::ALL.len() as u64);
    let paper = Specimen::draw(&Prepared::new(letter, settings)?)?;
    let screen = Prepared::new(letter, &Settings { carrier: Carrier::Screen, ..*settings })?;
    let screen = Specimen::draw(&screen)?;
    HarmKind::ALL
        .par_iter()
        .map(|kind| {
            let specimen = if *kind == HarmKind::Filmed { &screen } else { &paper };
            let png = picture::grey_png(&contact_sheet::sheet(*kind, specimen));
            bar.inc(1);
            Ok((*kind, png?))
        })
        .collect()
}

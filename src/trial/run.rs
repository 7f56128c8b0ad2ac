//! One letter, once: harmed, read, put together, compared.

use std::collections::BTreeSet;

use super::chance::Chance;
use super::forged::{self, Known};
use super::harm_kinds::HarmKind;
use super::pipeline::Stage;
use super::sheet::Sheet;
use super::specimen::Specimen;
use super::{carried, copied, filmed, lost, photographed, printed};
use crate::codec::assemble::{Assembler, State};
use crate::codec::frame::Frame;
use crate::codec::trust::Trust;
use crate::optics::scan::scan;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Whether the letter came out, byte for byte.
    pub came_through: bool,
    /// Whether something else came out under its id.
    pub false_letter: bool,
    /// Codes of the letter that were whole in at least one picture, or were read all the same.
    pub in_view: usize,
    /// Codes of the letter that were read.
    pub read: usize,
    /// Codes that gave something that nobody had put there.
    pub misreads: usize,
    /// Pictures that were looked at.
    pub pictures: usize,
}

/// What one picture showed, and what was read in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glance<'a> {
    /// The picture.
    pub sheet: &'a Sheet,
    /// Codes of the letter that are whole in it.
    pub shown: usize,
    /// Codes of the letter that were read in it.
    pub read: usize,
}

/// Harms sheets stage by stage, and gives each picture that is seen in the end, with all texts that were added on the
/// way. Photos and films are given one by one: they would not all fit into memory.
pub fn harmed(
    mut sheets: Vec<Sheet>,
    known: &Known,
    stages: &[Stage],
    chance: &mut Chance,
    each: &mut dyn FnMut(&Sheet, &BTreeSet<Vec<u8>>),
) {
    let mut added = BTreeSet::new();
    for (number, stage) in stages.iter().enumerate() {
        let mut chance = chance.branch();
        let (strengths, last) = (&stage.strengths, number + 1 == stages.len());
        match stage.kind {
            HarmKind::Forged => added.append(&mut forged::apply(&mut sheets, known, strengths, &mut chance)),
            HarmKind::Lost => lost::apply(&mut sheets, strengths, &mut chance),
            HarmKind::Printed => sheets.iter_mut().for_each(|sheet| printed::apply(sheet, strengths, &mut chance)),
            HarmKind::Copied => sheets.iter_mut().for_each(|sheet| copied::apply(sheet, strengths, &mut chance)),
            HarmKind::Carried => sheets.iter_mut().for_each(|sheet| carried::apply(sheet, strengths, &mut chance)),
            HarmKind::Photographed if last => {
                for mut sheet in sheets {
                    photographed::apply(&mut sheet, strengths, &mut chance);
                    each(&sheet, &added);
                }
                return;
            }
            HarmKind::Photographed => {
                sheets.iter_mut().for_each(|sheet| photographed::apply(sheet, strengths, &mut chance));
            }
            // Filming is the last stage.
            HarmKind::Filmed => {
                return filmed::apply(&sheets, strengths, &mut chance, &mut |picture| each(picture, &added));
            }
        }
    }
    sheets.iter().for_each(|sheet| each(sheet, &added));
}

/// Tries once; every picture is shown to `look`.
pub fn attempt(specimen: &Specimen, stages: &[Stage], mut chance: Chance, look: &mut dyn FnMut(Glance<'_>)) -> Outcome {
    let mut outcome = Outcome::default();
    let mut assembler = Assembler::default();
    let (mut in_view, mut read) = (BTreeSet::new(), BTreeSet::new());
    harmed(specimen.sheets.clone(), &specimen.known, stages, &mut chance, &mut |sheet, added| {
        outcome.pictures += 1;
        let shown: BTreeSet<usize> =
            sheet.codes.iter().filter(|place| sheet.shows(place)).filter_map(|place| place.code).collect();
        let mut here = BTreeSet::new();
        for code in scan(&sheet.grey) {
            match specimen.texts.get(&code.bytes) {
                Some(number) => drop(here.insert(*number)),
                None if added.contains(&code.bytes) => {}
                None => outcome.misreads += 1,
            }
            if let Some(Ok(frame)) = Frame::from_text(&code.bytes) {
                // Frames for which there is no room are dropped.
                let _ = assembler.add(&frame);
            }
        }
        look(Glance { sheet, shown: shown.len(), read: here.len() });
        in_view.extend(shown);
        in_view.extend(&here);
        read.extend(here);
    });
    (outcome.in_view, outcome.read) = (in_view.len(), read.len());
    for progress in assembler.progress() {
        let State::Complete(envelope) = progress.state else { continue };
        let opened = envelope.open(&Trust::nobody());
        let content = opened.and_then(|opened| Ok(opened.letter()?.content() == specimen.content));
        match content {
            Ok(true) => outcome.came_through = true,
            Ok(false) | Err(_) => outcome.false_letter |= progress.object_id == specimen.known.object_id,
        }
    }
    outcome
}

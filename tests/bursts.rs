//! What several bad photos of one sheet give together, that none of them gives alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::collections::BTreeSet;

use common::persian_text;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::fusion::Fusion;
use shabnameh::optics::raster::Grey;
use shabnameh::optics::scan::{Effort, scan_with};
use shabnameh::press::forms::CodeOptions;
use shabnameh::press::forms::form::Form;
use shabnameh::press::forms::setup::Setup;
use shabnameh::press::pages::paper::Paper;
use shabnameh::trial::chance::Chance;
use shabnameh::trial::channel::Channel;
use shabnameh::trial::harm_kinds::HarmKind;
use shabnameh::trial::photographed::{DARK, MEGAPIXELS, MOTION, NOISE, TILT};
use shabnameh::trial::pipeline::Pipeline;
use shabnameh::trial::run::harmed;
use shabnameh::trial::specimen::{Carrier, Prepared, Settings, Specimen};

/// A leaflet of some codes on one sheet.
fn specimen() -> Specimen {
    let letter = Letter::new(persian_text(6, 3).into_bytes(), "note.txt").unwrap();
    let setup = Setup { paper: Paper::A5, ..Setup::default() };
    let settings = Settings { carrier: Carrier::Paper(Form::Leaflet), setup, codes: CodeOptions::default() };
    let mut specimen = Specimen::draw(&Prepared::new(&letter, &settings).unwrap()).unwrap();
    // The last sheet is all codes.
    specimen.sheets.drain(..specimen.sheets.len() - 1);
    specimen
}

/// So many photos of it in the dark, by a hand that is as steady as it can be, with so much noise.
fn burst(specimen: &Specimen, noise: f32, photos: usize, seed: u64) -> Vec<Grey> {
    let mut way = Pipeline::of(&[Channel::named("night-phone").unwrap()]).unwrap();
    for (harm, strength) in [(&MEGAPIXELS, 3.0), (&TILT, 8.0), (&MOTION, 2.5), (&DARK, 75.0), (&NOISE, noise)] {
        way.set(HarmKind::Photographed, harm, strength);
    }
    let mut pictures = Vec::new();
    for photo in 0..photos {
        let mut chance = Chance::of(&[seed, photo as u64]);
        harmed(specimen.sheets.clone(), &specimen.known, &way.stages, &mut chance, &mut |sheet, _| {
            pictures.push(sheet.grey.clone());
        });
    }
    pictures
}

/// After each photo of bursts of so many: codes read in any photo so far, and in all of them together; and codes there
/// are in all.
fn read(specimen: &Specimen, noise: f32, photos: usize, bursts: u64) -> (Vec<[usize; 2]>, usize) {
    let mut counts = vec![[0; 2]; photos];
    for seed in 0..bursts {
        let mut fusion = Fusion::default();
        let (mut any, mut fused) = (BTreeSet::new(), BTreeSet::new());
        for (picture, counts) in burst(specimen, noise, photos, seed).iter().zip(&mut counts) {
            let scan = scan_with(picture, Effort::Normal);
            any.extend(scan.codes.into_iter().map(|code| code.bytes));
            fused.extend(scan.unread.iter().filter_map(|unread| fusion.add(unread)).map(|code| code.bytes));
            let together: BTreeSet<&Vec<u8>> = any.union(&fused).collect();
            assert!(together.iter().all(|text| specimen.texts.contains_key(*text)), "a misread");
            counts[0] += any.len();
            counts[1] += together.len();
        }
    }
    (counts, bursts as usize * specimen.sheets.iter().map(|sheet| sheet.codes.len()).sum::<usize>())
}

#[test]
fn photos_that_fail_alone_are_read_together() {
    let specimen = specimen();
    if std::env::var_os("EVERY_NOISE").is_some() {
        for noise in [3.0, 4.0, 5.0, 6.0, 7.0] {
            let (counts, all) = read(&specimen, noise, 5, 4);
            println!("noise {noise:4}: of {all} codes read in any of 1 to 5 photos, and in all together: {counts:?}");
        }
        return;
    }
    let (counts, all) = read(&specimen, 5.0, 5, 4);
    let [[one, _], .., [any, together]] = counts[..] else { panic!() };
    println!("of {all} codes one {one}, any {any}, together {together}");
    assert!(together > any && one < all / 2, "of {all} codes one {one}, any {any}, together {together}");
}

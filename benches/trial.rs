//! What harm costs, beside the reading of a page that nothing happened to. `cargo bench --bench trial`
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/common/mod.rs"]
mod common;

use divan::Bencher;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::scan::scan;
use shabnameh::press::forms::CodeOptions;
use shabnameh::press::forms::form::Form;
use shabnameh::press::forms::setup::Setup;
use shabnameh::trial::chance::Chance;
use shabnameh::trial::channel::Channel;
use shabnameh::trial::pipeline::Pipeline;
use shabnameh::trial::run::{attempt, harmed};
use shabnameh::trial::specimen::{Carrier, Prepared, Settings, Specimen};

fn main() {
    divan::main();
}

fn specimen(pipeline: &Pipeline) -> Specimen {
    let letter = Letter::new(common::persian_text(17, 2).into_bytes(), "letter.txt").unwrap();
    let carrier = pipeline.carrier.unwrap_or(Carrier::Paper(Form::Leaflet));
    let settings = Settings { carrier, setup: Setup::default(), codes: CodeOptions::default() };
    Specimen::draw(&Prepared::new(&letter, &settings).unwrap()).unwrap()
}

fn pipeline(names: &str) -> Pipeline {
    Pipeline::of(&names.split(" + ").map(|name| Channel::named(name).unwrap()).collect::<Vec<_>>()).unwrap()
}

/// The baseline: the pages as printed, read.
#[divan::bench(sample_count = 10)]
fn read_as_printed(bencher: Bencher) {
    let specimen = specimen(&Pipeline::of(&[]).unwrap());
    bencher.bench(|| specimen.sheets.iter().flat_map(|sheet| scan(&sheet.grey)).count());
}

/// The harm alone.
#[divan::bench(args = ["photocopied-twice + night-phone", "folded-in-a-pocket", "rain-and-tea", "phone-films-phone"], sample_count = 5)]
fn harm(bencher: Bencher, names: &str) {
    let pipeline = pipeline(names);
    let specimen = specimen(&pipeline);
    bencher.bench(|| {
        let mut pixels = 0;
        harmed(specimen.sheets.clone(), &specimen.known, &pipeline.stages, &mut Chance(1), &mut |sheet, _| {
            pixels += sheet.grey.pixels().len();
        });
        pixels
    });
}

/// A whole run: harmed, read, put together, compared.
#[divan::bench(args = ["photocopied-twice + night-phone", "phone-films-phone"], sample_count = 5)]
fn run(bencher: Bencher, names: &str) {
    let pipeline = pipeline(names);
    let specimen = specimen(&pipeline);
    bencher.bench(|| attempt(&specimen, &pipeline.stages, Chance(1), &mut |_| ()).came_through);
}

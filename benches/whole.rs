//! The whole way, and its parts: a letter of 15 KB in Persian to a kit and back; pictures scanned. `cargo bench --bench
//! whole`
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::process::{Command, Stdio};

use divan::Bencher;
use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::Level;
use shabnameh::optics::raster::draw;
use shabnameh::optics::scan::scan;
use shabnameh::press::pictures::picture;
use shabnameh::press::text::face::Face;
use shabnameh::press::text::line::{Align, Style};
use shabnameh::press::text::shaping::Typesetter;

fn main() {
    divan::main();
}

fn letter() -> Vec<u8> {
    common::persian_text(17, 2).into_bytes()
}

fn shabnameh(arguments: &[&str], folder: &std::path::Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_shabnameh"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// The whole process: letter to kit.
#[divan::bench(sample_count = 20)]
fn letter_to_kit(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), letter()).unwrap();
    bencher.bench_local(|| {
        let _ = std::fs::remove_dir_all(folder.path().join("kit"));
        shabnameh(&["encode", "letter.txt", "--out", "kit"], folder.path());
    });
}

/// The whole process: letter to leaflet, of so many paragraphs of 1 KB: a letter of 15 KB, and one of a hundred pages.
#[divan::bench(args = [17, 480], sample_count = 10)]
fn letter_to_leaflet(bencher: Bencher, paragraphs: usize) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), common::persian_text(paragraphs, 2)).unwrap();
    bencher.bench_local(|| shabnameh(&["print", "letter.txt", "--out", "leaflet.pdf", "--force"], folder.path()));
}

/// The whole process: letter to each of the other forms.
#[divan::bench(args = ["cards", "booklet", "zine", "poster", "archive"], sample_count = 10)]
fn letter_to(bencher: Bencher, form: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), letter()).unwrap();
    bencher.bench_local(|| {
        shabnameh(&["print", "letter.txt", "--form", form, "--out", "it.pdf", "--force"], folder.path())
    });
}

/// The whole process: pictures of single codes to letter.
#[divan::bench(sample_count = 20)]
fn frames_to_letter(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), letter()).unwrap();
    shabnameh(&["encode", "letter.txt", "--out", "kit"], folder.path());
    bencher.bench_local(|| shabnameh(&["decode", "kit/frames", "--out", "back", "--force"], folder.path()));
}

/// The whole process: the leaflet, drawn at 300 dpi, to letter.
#[divan::bench(sample_count = 10)]
fn leaflet_to_letter(bencher: Bencher) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), letter()).unwrap();
    shabnameh(&["encode", "letter.txt", "--out", "kit"], folder.path());
    bencher.bench_local(|| shabnameh(&["decode", "kit/leaflet.pdf", "--out", "back", "--force"], folder.path()));
}

/// Compression, all codings tried.
#[divan::bench]
fn seal(bencher: Bencher) {
    let letter = Letter::new(letter(), "letter.txt").unwrap();
    bencher.bench_local(|| Envelope::seal(&letter).unwrap());
}

/// Shaping, breaking and justifying the letter.
#[divan::bench]
fn typeset(bencher: Bencher) {
    let text = String::from_utf8(letter()).unwrap();
    let mut typesetter = Typesetter::default();
    let style = Style { face: Face::Regular, leading: 1.58, align: Align::Justify, right_to_left: true };
    bencher.bench_local(|| text.split("\n\n").map(|p| typesetter.set(p, &style, 10.5, 89.5).len()).sum::<usize>());
}

/// One code of version 17 alone in a picture, so many pixels a module: scanned.
#[divan::bench(args = [2, 4, 8, 16])]
fn scan_one_code(bencher: Bencher, pixels_per_module: usize) {
    let frame = &common::default_frames(&common::envelope(common::LETTER, "a"))[0];
    let picture = draw(&common::code(frame, 17, Level::L), pixels_per_module);
    bencher.bench_local(|| assert_eq!(scan(&picture).len(), 1));
}

/// A page of noise of a megapixel: nothing to read, much to look at.
#[divan::bench(sample_count = 10)]
fn scan_noise(bencher: Bencher) {
    let noise = shabnameh::optics::raster::Grey::new(1000, 1000, common::Chance(3).bytes(1_000_000)).unwrap();
    bencher.bench_local(|| scan(&noise));
}

/// One code as a PNG of one bit a pixel.
#[divan::bench]
fn png(bencher: Bencher) {
    let frame = &common::default_frames(&common::envelope(common::LETTER, "a"))[0];
    let picture = draw(&common::code(frame, 17, Level::L), 8);
    bencher.bench_local(|| picture::png(&picture).unwrap());
}

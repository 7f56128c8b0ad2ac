//! Films by the program ffmpeg, archives, and what is drawn of what was seen.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use common::LETTER;
use program::{Said, command, run, run_in};
use tempfile::{TempDir, tempdir};

/// A folder with a kit of the sample letter in it.
fn kit() -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("letter.fa.md"), LETTER).unwrap();
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "kit"]).code, 0);
    folder
}

/// The kit's codes as a film, five a second.
fn film(folder: &TempDir, name: &str, options: &[&str]) {
    let made = Command::new("ffmpeg")
        .current_dir(folder.path())
        .args(["-v", "error", "-f", "image2", "-framerate", "5", "-i", "kit/frames/%03d.png", "-r", "15"])
        .args(options)
        .arg(name)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

fn letter(said: &Said) {
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.as_bytes(), LETTER, "{}", said.err);
}

#[test]
fn films_of_every_kind_give_the_letter() {
    let folder = kit();
    let grey = "format=yuv420p,pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white";
    film(&folder, "film.mp4", &["-vf", grey]);
    film(&folder, "negative.webm", &["-vf", &format!("{grey},negate"), "-b:v", "2M"]);
    film(&folder, "film.avi", &["-vf", grey, "-q:v", "3"]);
    film(&folder, "./-film.ts", &["-vf", grey, "-f", "mpegts", "-b:v", "4M"]);
    for name in ["film.mp4", "negative.webm", "film.avi", "./-film.ts"] {
        letter(&run(&folder, &["decode", name, "--out", "-"]));
    }
    // By its contents, and through a pipe where the container allows it.
    fs::rename(folder.path().join("film.avi"), folder.path().join("film")).unwrap();
    letter(&run(&folder, &["decode", "film", "--out", "-"]));
    let mut piped = command(folder.path(), "C", &["decode", "-", "--out", "-"]);
    let output = piped.stdin(fs::File::open(folder.path().join("negative.webm")).unwrap()).output().unwrap();
    assert_eq!(output.stdout, LETTER);
    // Each code is told once, with the number of its picture; no more is looked at than is needed.
    let said = run(&folder, &["decode", "film.mp4", "--out", "letters/"]);
    assert!(said.err.contains("2 pictures looked at, 2 frames taken"), "{}", said.err);
    let said = run(&folder, &["decode", "film.mp4", "kit/frames", "--all", "--out", "all/"]);
    assert!(said.err.contains("8 pictures looked at, 8 frames taken"), "{}", said.err);
    // Where nothing is missing, it is not looked at, and that is told; its folder is no empty one.
    fs::create_dir(folder.path().join("films")).unwrap();
    fs::copy(folder.path().join("film.mp4"), folder.path().join("films/film.mp4")).unwrap();
    let said = run(&folder, &["decode", "kit/frames", "films", "--out", "letters/"]);
    assert!(said.code == 0 && said.err.contains("1 film not looked at"), "{}", said.err);
    assert!(!said.err.contains("there is no picture"), "{}", said.err);
    let said = run(&folder, &["inspect", "--json", "film.mp4"]);
    assert!(said.out.lines().count() == 4 && said.out.contains("\"page\":1,"), "{}", said.out);
}

#[test]
fn a_film_that_names_other_files_opens_none() {
    let folder = kit();
    let list = format!("#EXTM3U\n#EXTINF:1,\nfile://{}/kit/frames/001.png\n", folder.path().display());
    fs::write(folder.path().join("list.m3u8"), list).unwrap();
    fs::write(folder.path().join("list.mp4"), "ffconcat version 1.0\nfile 'kit/frames/001.png'\n").unwrap();
    let mut report = command(folder.path(), "C", &["decode", "list.m3u8", "list.mp4", "--out", "-"]);
    report.env("FFREPORT", "file=report.log");
    let output = report.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty() && !folder.path().join("report.log").exists());
}

#[test]
fn what_is_wrong_with_a_film_is_told() {
    let folder = kit();
    film(&folder, "film.mp4", &["-vf", "format=yuv420p,pad=ceil(iw/2)*2:ceil(ih/2)*2"]);
    // Without ffmpeg the photos beside it are read all the same.
    let mut alone = command(folder.path(), "C", &["decode", "film.mp4", "kit/frames", "--all", "--out", "-"]);
    let output = alone.env("PATH", folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("film.mp4: films and cameras are read by the program ffmpeg, which is not there"), "{said}");
    assert_eq!(output.stdout, LETTER);
    // Cut, and nothing but a head.
    let bytes = fs::read(folder.path().join("film.mp4")).unwrap();
    fs::write(folder.path().join("head.mp4"), &bytes[..40]).unwrap();
    let said = run_in(folder.path(), "fa_IR.UTF-8", &["decode", "head.mp4", "--out", "-"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("ffmpeg تصویری در آن پیدا نکرد"), "{}", said.err);
    // A picture that no ffmpeg of any age would take.
    fs::write(folder.path().join("a.avif"), b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf").unwrap();
    let said = run(&folder, &["decode", "a.avif", "--out", "-"]);
    assert!(said.err.contains("a.avif: this is a picture in AVIF"), "{}", said.err);
}

#[test]
fn a_camera_is_looked_through_until_the_letter_is_complete() {
    let folder = kit();
    // In the place of ffmpeg: a program that shows the codes as a camera would, without end.
    let bin = folder.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let mut pictures = Vec::new();
    for number in 1..=4 {
        let png = fs::read(folder.path().join(format!("kit/frames/00{number}.png"))).unwrap();
        let grey = image::load_from_memory(&png).unwrap().to_luma8();
        write!(pictures, "P5\n{} {}\n255\n", grey.width(), grey.height()).unwrap();
        pictures.extend(grey.as_raw());
    }
    fs::write(folder.path().join("pictures"), pictures).unwrap();
    let script = "#!/bin/sh\necho \"$@\" >asked\nwhile cat pictures; do :; done\n";
    fs::write(bin.join("ffmpeg"), script).unwrap();
    fs::set_permissions(bin.join("ffmpeg"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut camera = command(folder.path(), "C", &["decode", "--camera", "/dev/video7", "--out", "-"]);
    let output = camera.env("PATH", &path).output().unwrap();
    assert_eq!(output.stdout, LETTER, "{}", String::from_utf8_lossy(&output.stderr));
    // A code of another letter beside it changes nothing.
    fs::write(folder.path().join("note.txt"), "Another letter. ".repeat(900)).unwrap();
    assert_eq!(run(&folder, &["encode", "note.txt", "--out", "other", "--qr-version", "5"]).code, 0);
    let png = fs::read(folder.path().join("other/frames/001.png")).unwrap();
    let grey = image::load_from_memory(&png).unwrap().to_luma8();
    let mut pictures = format!("P5\n{} {}\n255\n", grey.width(), grey.height()).into_bytes();
    pictures.extend(grey.as_raw());
    pictures.extend(fs::read(folder.path().join("pictures")).unwrap());
    fs::write(folder.path().join("pictures"), pictures).unwrap();
    let mut camera = command(folder.path(), "C", &["decode", "--camera", "/dev/video7", "--out", "two/"]);
    let output = camera.env("PATH", &path).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read(folder.path().join("two/letter.fa.md")).unwrap(), LETTER);
    let asked = fs::read_to_string(folder.path().join("asked")).unwrap();
    assert!(asked.contains("-i /dev/video7"), "{asked}");
    assert_eq!(run(&folder, &["decode", "--out", "-"]).code, 2);
}

fn zip(path: &Path, files: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[test]
fn an_archive_of_photos_is_a_folder() {
    let folder = kit();
    let frame = |number: usize| fs::read(folder.path().join(format!("kit/frames/00{number}.png"))).unwrap();
    let zeros = vec![0xFF; 3_000_000];
    zip(
        &folder.path().join("photos.zip"),
        &[("a/1.png", &frame(1)), ("../../2.png", &frame(3)), ("notes.bin", &zeros), ("empty", b"")],
    );
    let said = run(&folder, &["decode", "photos.zip", "--out", "-"]);
    letter(&said);
    let said = run(&folder, &["inspect", "--json", "photos.zip"]);
    assert!(said.out.contains("\"picture\":\"photos.zip/../../2.png\""), "{}", said.out);
    assert!(!folder.path().join("../../2.png").exists());
    // What cannot be unpacked is told.
    let mut bytes = fs::read(folder.path().join("photos.zip")).unwrap();
    for at in 0..bytes.len() - 10 {
        // The flag of encryption, in each local header and in each of the contents.
        match &bytes[at..at + 4] {
            b"PK\x03\x04" => bytes[at + 6] |= 1,
            b"PK\x01\x02" => bytes[at + 8] |= 1,
            _ => {}
        }
    }
    fs::write(folder.path().join("encrypted.zip"), bytes).unwrap();
    let said = run(&folder, &["decode", "encrypted.zip", "--out", "-"]);
    assert!(said.err.contains("encrypted.zip/a/1.png: ") && said.err.contains("it may be encrypted"), "{}", said.err);
    // Nothing in it; cut; and far more in it than it has bytes.
    zip(&folder.path().join("nothing.zip"), &[("notes.bin", &zeros)]);
    let said = run(&folder, &["decode", "nothing.zip", "--out", "-"]);
    assert!(said.err.contains("nothing.zip: there is no picture, PDF, film or text in it"), "{}", said.err);
    let bytes = fs::read(folder.path().join("photos.zip")).unwrap();
    fs::write(folder.path().join("cut.zip"), &bytes[..bytes.len() / 2]).unwrap();
    let said = run(&folder, &["decode", "cut.zip", "--out", "-"]);
    assert!(said.err.contains("the ZIP archive is damaged"), "{}", said.err);
    let large = vec![b' '; 100_000_000];
    let many: Vec<(String, &[u8])> = (0..7).map(|number| (format!("{number}.txt"), &large[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    zip(&folder.path().join("bomb.zip"), &many);
    let said = run(&folder, &["decode", "bomb.zip", "--out", "-"]);
    assert!(said.err.contains("the archive holds more than is unpacked"), "{}", said.err);
}

#[test]
fn what_was_seen_is_drawn() {
    let folder = kit();
    // Two codes side by side, of which one is scratched beyond repair.
    let open =
        |number: usize| image::open(folder.path().join(format!("kit/frames/00{number}.png"))).unwrap().to_luma8();
    let (good, mut bad) = (open(1), open(2));
    let side = bad.width();
    for (x, y, pixel) in bad.enumerate_pixels_mut() {
        if x > side / 4 && x < side * 3 / 4 && y > side / 3 && y < side * 3 / 4 {
            pixel.0[0] = if (x / 8 * 7 + y / 8 * 13) % 5 < 2 { 255 } else { 0 };
        }
    }
    let mut both = image::GrayImage::from_pixel(2 * side, side, image::Luma([255]));
    image::imageops::replace(&mut both, &good, 0, 0);
    image::imageops::replace(&mut both, &bad, side.into(), 0);
    both.save(folder.path().join("both.png")).unwrap();
    let said = run(&folder, &["inspect", "both.png", "--annotate", "seen.png"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("not read   1 · it is blurred, covered or worn"), "{}", said.out);
    let seen = image::open(folder.path().join("seen.png")).unwrap().to_rgb8();
    let has = |colour: [u8; 3], right: bool| {
        seen.enumerate_pixels().any(|(x, _, pixel)| pixel.0 == colour && (x > side) == right)
    };
    assert!(has([0, 170, 60], false) && !has([0, 170, 60], true));
    assert!(has([255, 150, 0], true) && !has([255, 150, 0], false));
    // Nothing is overwritten unasked; of several pictures each has a file of its own.
    assert_eq!(run(&folder, &["inspect", "kit/frames", "--annotate", "seen.png"]).code, 1);
    assert_eq!(run(&folder, &["inspect", "kit/frames", "--annotate", "seen.png", "--force"]).code, 0);
    assert!(folder.path().join("seen-4.png").is_file() && !folder.path().join("seen-5.png").exists());
    let said = run(&folder, &["inspect", "--json", "--effort", "fast", "both.png"]);
    assert!(said.out.contains("\"unread\":[]"), "{}", said.out);
}

#[test]
fn what_asks_for_too_much_costs_the_others_nothing() {
    let folder = kit();
    // Sixty million tiles of one pixel; eight hundred pictures on top of each other.
    fs::write(folder.path().join("tiles.j2k"), include_bytes!("pictures/tiles.j2k")).unwrap();
    fs::write(folder.path().join("overlays.heic"), include_bytes!("pictures/overlays.heic")).unwrap();
    let said = run(&folder, &["decode", "tiles.j2k", "overlays.heic", "kit/frames", "--out", "-"]);
    letter(&said);
    for name in ["tiles.j2k: ", "overlays.heic: "] {
        assert!(said.err.contains(&format!("{name}it cannot be read as a picture")), "{}", said.err);
    }
    // What is read in a process of its own is the only picture of its file all the same.
    fs::write(folder.path().join("code.heic"), include_bytes!("pictures/code.heic")).unwrap();
    let said = run(&folder, &["inspect", "--json", "code.heic"]);
    assert!(!said.out.contains("\"page\""), "{}", said.out);
}

#[test]
fn notes_that_begin_like_pictures_are_notes() {
    let folder = kit();
    for (name, text) in
        [("a", "P2P is not what we need."), ("b", "P5 is my name."), ("c", "BM, come at nine."), ("d", "GIF")]
    {
        fs::write(folder.path().join(name), text).unwrap();
        let said = run(&folder, &["decode", name, "kit/frames", "--out", "-"]);
        assert!(name == "c" || !said.err.contains("cannot be read"), "{}", said.err);
        letter(&said);
    }
}

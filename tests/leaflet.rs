//! Leaflets, rasterized by an independent renderer (poppler), harmed, and read back; their text, extracted; their
//! bytes, compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/poppler.rs"]
mod poppler;
#[path = "common/program.rs"]
mod program;

use std::path::Path;
use std::process::Command;

use common::{LETTER, persian_text};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};
use program::command;
use shabnameh::optics::raster::Grey;
use shabnameh::optics::scan::scan;
use shabnameh::press::text::face::Face;
use shabnameh::press::text::line::{Align, Style};
use shabnameh::press::text::shaping::Typesetter;
use shabnameh::prose::tokens::tokens;

fn shabnameh(arguments: &[&str], folder: &Path) -> std::process::Output {
    let output = command(folder, "C", arguments).output().unwrap();
    assert!(output.status.code().is_some());
    output
}

fn encode(letter: &[u8], folder: &Path, options: &[&str]) {
    std::fs::write(folder.join("letter.md"), letter).unwrap();
    let output = shabnameh(&[&["encode", "letter.md", "--out", "kit"], options].concat(), folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The pages of the leaflet as poppler draws them.
fn poppler(folder: &Path, dpi: u32) -> Vec<GrayImage> {
    poppler::draw(&folder.join("kit/leaflet.pdf"), dpi as f32, None)
}

fn grey(image: &GrayImage) -> Grey {
    Grey::new(image.width() as usize, image.height() as usize, image.as_raw().clone()).unwrap()
}

/// Paints over every second code, counted over all pages; gives how many are left.
fn paint_over_half(pages: &mut [GrayImage]) -> usize {
    let (mut number, mut left) = (0, 0);
    for page in pages {
        for code in scan(&grey(page)) {
            number += 1;
            if number % 2 == 1 {
                left += 1;
                continue;
            }
            let [[x0, y0], _, [x1, y1], _] = code.corners;
            for y in y0 as u32..=y1 as u32 {
                for x in x0 as u32..=x1 as u32 {
                    page.put_pixel(x, y, Luma([255]));
                }
            }
        }
    }
    left
}

/// Turned by some degrees around the middle, with white around it.
fn turned(image: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (image.width() as f32 / 2.0, image.height() as f32 / 2.0);
    let (width, height) = (image.width() * 6 / 5, image.height() * 6 / 5);
    GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
        let (sx, sy) = (cx + dx * cos + dy * sin, cy - dx * sin + dy * cos);
        let at = |x: f32, y: f32| -> f32 {
            let inside = x >= 0.0 && y >= 0.0 && (x as u32) < image.width() && (y as u32) < image.height();
            if inside { image.get_pixel(x as u32, y as u32).0[0].into() } else { 255.0 }
        };
        let (fx, fy) = (sx - sx.floor(), sy - sy.floor());
        let upper = at(sx.floor(), sy.floor()) * (1.0 - fx) + at(sx.floor() + 1.0, sy.floor()) * fx;
        let lower = at(sx.floor(), sy.floor() + 1.0) * (1.0 - fx) + at(sx.floor() + 1.0, sy.floor() + 1.0) * fx;
        Luma([(upper * (1.0 - fy) + lower * fy).round() as u8])
    })
}

#[test]
fn half_of_the_codes_turned_and_compressed_give_the_letter_back() {
    for (name, letter) in [("the sample", LETTER.to_vec()), ("a long letter", persian_text(60, 3).into_bytes())] {
        let folder = tempfile::tempdir().unwrap();
        encode(&letter, folder.path(), &[]);
        for dpi in [150, 200, 300] {
            let mut pages = poppler(folder.path(), dpi);
            let left = paint_over_half(&mut pages);
            let photos = folder.path().join(format!("photos{dpi}"));
            std::fs::create_dir(&photos).unwrap();
            for (number, page) in pages.iter().enumerate() {
                let file = std::fs::File::create(photos.join(format!("{number}.jpg"))).unwrap();
                JpegEncoder::new_with_quality(file, 60).encode_image(&turned(page, 7.0)).unwrap();
            }
            let output = shabnameh(&["decode", &format!("photos{dpi}"), "--out", &format!("out{dpi}")], folder.path());
            let talk = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{name} at {dpi} dpi, {left} codes left: {talk}");
            assert!(std::fs::read(folder.path().join(format!("out{dpi}"))).unwrap() == letter, "{name} at {dpi} dpi");
        }
    }
}

#[test]
fn the_leaflet_itself_can_be_decoded() {
    let folder = tempfile::tempdir().unwrap();
    encode(LETTER, folder.path(), &["--paper", "a5", "--qr-version", "10"]);
    let output = shabnameh(&["decode", "kit/leaflet.pdf", "--out", "-"], folder.path());
    assert_eq!(output.stdout, LETTER);
}

#[test]
fn no_word_of_the_letter_is_lost_in_print() {
    let folder = tempfile::tempdir().unwrap();
    encode(LETTER, folder.path(), &[]);
    let output =
        Command::new("pdftotext").args(["-raw", "kit/leaflet.pdf", "-"]).current_dir(folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // Marks stand apart from their letters in what poppler gives; the letters must all be there, line by line.
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() || *c == '\u{200C}').collect();
        letters.sort_unstable();
        letters
    };
    let page_one = text.split('\u{C}').next().unwrap();
    let (printed, written) = (letters(page_one), letters(std::str::from_utf8(LETTER).unwrap()));
    for character in written.iter().collect::<std::collections::BTreeSet<_>>() {
        let count = |all: &[char]| all.iter().filter(|c| *c == character).count();
        assert!(count(&printed) >= count(&written), "{character:?} (U+{:04X}) is lost", u32::from(*character));
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes_anywhere() {
    let make = |time_zone: &str, home: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letter.md"), LETTER).unwrap();
        let mut command = command(folder.path(), "C", &["encode", "letter.md", "--out", "kit"]);
        let output = command.envs([("TZ", time_zone), ("HOME", home), ("USER", home)]).output().unwrap();
        assert!(output.status.success());
        let kit = folder.path().join("kit");
        (
            std::fs::read(kit.join("leaflet.pdf")).unwrap(),
            std::fs::read(kit.join("armor.txt")).unwrap(),
            std::fs::read(kit.join("frames/001.png")).unwrap(),
        )
    };
    let (one, other) = (make("UTC", "/root"), make("Asia/Tehran", "/home/other"));
    assert!(one == other);
    for trail in ["Producer", "Creat", "ModDate", "printpdf", "lopdf", "/home", "/root", "/tmp"] {
        assert!(!one.0.windows(trail.len()).any(|window| window == trail.as_bytes()), "the PDF says {trail}");
    }
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let folder = tempfile::tempdir().unwrap();
    encode(persian_text(12, 5).as_bytes(), folder.path(), &["--title", "یک عنوان"]);
    let output = Command::new("qpdf").args(["--check", "kit/leaflet.pdf"]).current_dir(folder.path()).output();
    let output = output.expect("qpdf is missing: apt-get install qpdf");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn modules_are_as_large_as_promised_and_the_quiet_zone_is_white() {
    let folder = tempfile::tempdir().unwrap();
    encode(persian_text(60, 3).as_bytes(), folder.path(), &[]);
    let mut codes = 0;
    for page in poppler(folder.path(), 300) {
        for code in scan(&grey(&page)) {
            codes += 1;
            let [[x0, y0], [x1, _], [_, y2], _] = code.corners;
            let modules = 17.0 + 4.0 * f32::from(code.version);
            let module = (x1 - x0) / modules;
            let module_mm = module / 300.0 * 25.4;
            assert!(module_mm >= 0.415, "modules of {module_mm} mm");
            let quiet = (4.0 * module) as i64;
            let dark = |x: i64, y: i64| page.get_pixel(x as u32, y as u32).0[0] < 250;
            let (left, right, top, bottom) = (x0 as i64, x1 as i64, y0 as i64, y2 as i64);
            for d in 2..quiet - 1 {
                for along in (top - quiet + 2..bottom + quiet - 2).step_by(2) {
                    assert!(!dark(left - d, along) && !dark(right + d, along), "ink {d} pixels beside a code");
                }
                for along in left - quiet + 2..right + quiet - 2 {
                    assert!(!dark(along, top - d), "ink {d} pixels above a code");
                    assert!(!dark(along, bottom + d), "ink {d} pixels below a code");
                }
            }
        }
    }
    assert!(codes > 15);
}

/// What stands in a text from left to right.
fn seen(typesetter: &mut Typesetter, text: &str, right_to_left: bool) -> String {
    let style = Style { face: Face::Regular, leading: 1.6, align: Align::Start, right_to_left };
    let lines = typesetter.set(text, &style, 11.0, 5_000.0);
    assert_eq!(lines.len(), 1, "{text}");
    let mut glyphs: Vec<_> = lines[0].glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).collect();
    glyphs.sort_by(|a, b| a.x_mm.total_cmp(&b.x_mm));
    glyphs.iter().map(|glyph| &*glyph.text).collect()
}

#[test]
fn tokens_read_as_they_do_alone_whatever_they_stand_among() {
    const WORDS: [&str; 30] = [
        "نامه",
        "می‌رود،",
        "(شاید)",
        "است.",
        "letter",
        "and",
        "the",
        "۱۴۰۴",
        "12",
        "٣٤",
        "«نه»",
        "-",
        ":",
        "https://example.org/news/2026-01-18",
        "news+iran.union@example.org",
        "@shabnameh_fa",
        "#زن_زندگی_آزادی",
        "#azadi",
        "/home/user/a.txt",
        "+98 912 345 6789",
        "۰۹۱۲ ۳۴۵ ۶۷۸۹",
        "(021) 8877-1234",
        "6037-0000-1111-2222",
        "۶۰۳۷ ۰۰۰۰ ۱۱۱۱ ۲۲۲۲",
        "۱۸–۲۰",
        "2026-01-18,",
        "CVE-2024-1234",
        "8859-6",
        "C++",
        "2+2=4",
    ];
    let mut typesetter = Typesetter::default();
    let mut chance = 7u64;
    let mut next = |most: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % most
    };
    let mut checked = 0;
    for _ in 0..600 {
        let words: Vec<&str> = (0..3 + next(7)).map(|_| WORDS[next(WORDS.len())]).collect();
        let text = words.join(" ");
        let both = [false, true].map(|right_to_left| seen(&mut typesetter, &text, right_to_left));
        for token in tokens(&text) {
            let alone = seen(&mut typesetter, &text[token.range], token.right_to_left);
            assert!(both.iter().all(|line| line.contains(&alone)), "{alone} of {text}: {both:?}");
            checked += 1;
        }
    }
    assert!(checked > 1_000);
}

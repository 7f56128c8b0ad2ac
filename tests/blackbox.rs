//! Pictures of codes, judged by numbers: least reads, no misread, at four rotations.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Chance, envelope, frames};
use shabnameh::optics::qr::{Level, QrVersion, Versions};
use shabnameh::optics::raster::{Grey, draw};
use shabnameh::optics::scan::scan;

fn turned(picture: &Grey) -> Grey {
    let (w, h) = (picture.width(), picture.height());
    let pixels =
        (0..w).flat_map(|y| (0..h).map(move |x| (x, y))).map(|(x, y)| picture.pixels()[(h - 1 - x) * w + y]).collect();
    Grey::new(h, w, pixels).unwrap()
}

/// A box blur of 3 by 3 pixels and noise of so many grey levels, on paper and ink that are not quite white and black.
fn worn(picture: &Grey, noise: usize, chance: &mut Chance) -> Grey {
    let (w, h) = (picture.width(), picture.height());
    let at = |x: usize, y: usize| usize::from(picture.pixels()[y.min(h - 1) * w + x.min(w - 1)]);
    let pixels = (0..h)
        .flat_map(|y| (0..w).map(move |x| (x, y)))
        .map(|(x, y)| {
            let sum: usize = (0..9).map(|i| at((x + i % 3).saturating_sub(1), (y + i / 3).saturating_sub(1))).sum();
            let value = 50 + sum / 9 * 170 / 255 + chance.below(2 * noise + 1);
            value.saturating_sub(noise).min(255) as u8
        })
        .collect();
    Grey::new(w, h, pixels).unwrap()
}

/// Reads of 4 rotations of 3 codes each.
fn reads(version: u8, level: Level, pixels_per_module: usize, noise: usize) -> usize {
    let envelope = envelope(&Chance(version.into()).bytes(6_000), "a.bin");
    let (_, frames) = frames(&envelope, 100, level, Versions::Exactly(QrVersion::new(version).unwrap()));
    let mut chance = Chance(77);
    let mut read = 0;
    for frame in &frames[..3] {
        let code = common::code(frame, version, level);
        let mut picture = draw(&code, pixels_per_module);
        if noise > 0 {
            picture = worn(&picture, noise, &mut chance);
        }
        for _ in 0..4 {
            for code in scan(&picture) {
                assert_eq!(code.bytes, frame.to_text().as_bytes(), "a misread");
                assert_eq!((code.version, code.level), (version, format!("{level:?}").chars().next().unwrap()));
                read += 1;
            }
            picture = turned(&picture);
        }
    }
    read
}

#[test]
fn sharp_codes_are_read_at_any_size() {
    for version in [5, 10, 17, 25] {
        for pixels in [2, 3, 8] {
            let least = if pixels == 2 { 10 } else { 12 };
            let read = reads(version, Level::L, pixels, 0);
            assert!(read >= least && read <= 12, "version {version}, {pixels} pixels a module: {read} of 12");
        }
    }
    assert_eq!(reads(40, Level::L, 3, 0), 12);
}

#[test]
fn blurred_and_noisy_codes_are_read() {
    for (version, level, pixels, noise, least) in [
        (10, Level::L, 4, 30, 12),
        (17, Level::L, 4, 30, 12),
        (17, Level::M, 3, 20, 10),
        (17, Level::H, 3, 30, 10),
        (25, Level::L, 4, 20, 12),
    ] {
        let read = reads(version, level, pixels, noise);
        assert!(read >= least, "version {version}-{level:?}, {pixels} pixels a module, noise {noise}: {read} of 12");
    }
}

#[test]
fn corners_are_those_of_the_modules() {
    let envelope = envelope(common::LETTER, "a");
    let code = common::code(&common::default_frames(&envelope)[0], 17, Level::L);
    let picture = draw(&code, 8);
    let (left, right) = (4.0 * 8.0, (4.0 + 85.0) * 8.0);
    let mut wanted = [[left, left], [right, left], [right, right], [left, right]];
    let mut picture = picture;
    for rotation in 0..4 {
        let found = scan(&picture);
        assert_eq!(found.len(), 1);
        for (corner, wanted) in found[0].corners.iter().zip(wanted) {
            let off = (corner[0] - wanted[0]).hypot(corner[1] - wanted[1]);
            assert!(off < 2.0, "rotation {rotation}: {corner:?} is not {wanted:?}");
        }
        picture = turned(&picture);
        wanted = wanted.map(|[x, y]| [picture.width() as f32 - y, x]);
    }
}

#[test]
fn light_codes_on_dark_paper_are_read() {
    let envelope = envelope(common::LETTER, "a");
    let frame = &common::default_frames(&envelope)[0];
    let found = scan(&draw(&common::code(frame, 17, Level::L), 4).inverted());
    assert_eq!(found.iter().map(|code| code.bytes.as_slice()).collect::<Vec<_>>(), [frame.to_text().as_bytes()]);
}

#[test]
fn noise_and_flat_pictures_hold_no_code() {
    let mut chance = Chance(1);
    for (width, height) in [(1, 1), (1, 900), (40, 40), (700, 500)] {
        for picture in [vec![0; width * height], vec![255; width * height], chance.bytes(width * height)] {
            assert!(scan(&Grey::new(width, height, picture).unwrap()).is_empty());
        }
    }
}

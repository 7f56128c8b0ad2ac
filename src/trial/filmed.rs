//! What a screen and the camera that films it do to a show.

use super::chance::Chance;
use super::harm::{Harm, Strengths};
use super::photographed::{Lighting, Pose, compress, expose};
use super::sheet::Sheet;
use crate::press::forms::screen;

/// How often the whole show is filmed.
pub const ROUNDS: Harm = Harm::usually("rounds", "", (0.2, 20.0), 2.0, [3.0, 2.0, 1.0]);
/// Pictures of the show in a second: slow enough that the shutter and the reading of the sensor together see two of
/// them at most.
pub const PACE: Harm = Harm::usually("pace", "/s", (0.5, 20.0), screen::PACE, [4.0, 8.0, 16.0]);
/// How long the shutter is open: two pictures mix where the show moves on meanwhile.
pub const SHUTTER: Harm = Harm::usually("shutter", "ms", (0.0, 33.0), 12.0, [5.0, 16.0, 33.0]);
/// Contrast of the screen's grid of pixels, which beats against the camera's.
pub const MOIRE: Harm = Harm::of("moire", "%", 100.0, [10.0, 30.0, 60.0]);
/// Bands that wander over the screen, so much darker, by its refresh.
pub const REFRESH: Harm = Harm::of("refresh", "%", 95.0, [15.0, 40.0, 70.0]);
/// Pictures that the camera drops.
pub const DROPPED: Harm = Harm::of("dropped", "%", 95.0, [10.0, 30.0, 60.0]);
/// Pictures that the camera gives twice, in the place of the next.
pub const REPEATED: Harm = Harm::of("repeated", "%", 95.0, [10.0, 30.0, 60.0]);
/// How far the exposure drifts up and down.
pub const DRIFT: Harm = Harm::of("drift", "%", 90.0, [15.0, 35.0, 70.0]);
/// How far the hand moves, up and down and sidewards.
pub const HAND: Harm = Harm::usually("hand", "mm", (0.0, 40.0), 1.5, [1.0, 4.0, 12.0]);
/// Compression of the film: 0 none, 50 the coarsest.
pub const VIDEO: Harm = Harm::of("video", "", 50.0, [15.0, 28.0, 42.0]);

/// All of them.
pub const ALL: &[Harm] = &[ROUNDS, PACE, SHUTTER, MOIRE, REFRESH, DROPPED, REPEATED, DRIFT, HAND, VIDEO];

/// Pictures of a film in a second, and how long a camera takes to read one from top to bottom, in seconds.
const FILM_PACE: f32 = 30.0;
const READOUT: f32 = 0.016;
/// Squares in which a film keeps what was there, where little changes, in pixels.
const BLOCK: usize = 16;

/// Films a show: its pictures come one after the other, round after round, and become those of a film, each of which is
/// given to `each`.
pub fn apply(show: &[Sheet], strengths: &Strengths, chance: &mut Chance, each: &mut dyn FnMut(&Sheet)) {
    let Some(first) = show.first() else { return };
    let pace = strengths.of(&PACE);
    let start = chance.unit() * show.len() as f32 / pace;
    let pose = Pose::of(first, strengths, chance);
    let mut light = Lighting::of(strengths, chance);
    let mut hand = Hand::default();
    let (phase, drift_phase) = (chance.unit(), chance.unit());
    let mut last: Option<Sheet> = None;
    let mut again = false;
    for number in 0..pictures(show.len(), strengths) {
        let dropped = chance.happens(strengths.of(&DROPPED));
        let repeats = std::mem::replace(&mut again, chance.happens(strengths.of(&REPEATED)));
        let (by, degrees) = hand.step(strengths.of(&HAND) * pose.per_mm(), chance);
        if dropped {
            continue;
        }
        if let Some(last) = last.as_ref().filter(|_| repeats) {
            each(last);
            continue;
        }
        let seconds = start + number as f32 / FILM_PACE;
        let Some(mut screen) = shown(show, seconds, pace, strengths.of(&SHUTTER) / 1000.0) else { continue };
        let refresh = strengths.of(&REFRESH) / 100.0;
        if refresh > 0.0 {
            band(&mut screen, refresh, phase + seconds * 7.3);
        }
        let mut picture = pose.moved(by, degrees).seen(&screen, strengths.of(&MOIRE) / 100.0);
        light.gain = 1.0 + strengths.of(&DRIFT) / 100.0 * ((seconds * 0.9 + drift_phase) * std::f32::consts::TAU).sin();
        expose(&mut picture, strengths, &light, chance);
        if strengths.of(&VIDEO) > 0.0 {
            encode(&mut picture, last.as_ref(), strengths.of(&VIDEO));
        }
        each(&picture);
        last = Some(picture);
    }
}

/// Pictures of a film of a show of so many pictures, those included that the camera drops.
pub fn pictures(show: usize, strengths: &Strengths) -> usize {
    (show as f32 * strengths.of(&ROUNDS) / strengths.of(&PACE) * FILM_PACE).ceil() as usize
}

/// The screen while the shutter is open, row by row: the picture of that moment, mixed with the next where the show
/// moves on.
fn shown(show: &[Sheet], seconds: f32, pace: f32, shutter: f32) -> Option<Sheet> {
    let number = (seconds * pace).floor();
    let now = show.get(number as usize % show.len())?;
    let next = show.get((number as usize + 1) % show.len())?;
    let turns = (number + 1.0) / pace;
    let (height, shutter) = (now.grey.height() as f32, shutter.max(1e-4));
    let share = |y: f32| ((seconds + y / height * READOUT + shutter - turns) / shutter).clamp(0.0, 1.0);
    let mut screen = now.clone();
    // A code that is half of one picture and half of the next counts for neither.
    let keeps = |sheet: &Sheet, part: &dyn Fn(f32) -> f32| {
        let codes = sheet.codes.iter().filter(|place| place.corners.iter().all(|[_, y]| part(*y) > 0.75));
        codes.copied().collect::<Vec<_>>()
    };
    screen.codes = keeps(now, &|y| 1.0 - share(y));
    screen.codes.extend(keeps(next, &share));
    if share(height) > 0.0 {
        let mut rows = next.grey.rows();
        screen.grey.change(|y, row| {
            let share = share(y as f32);
            let next = rows.next().unwrap_or_default();
            row.iter_mut().zip(next).for_each(|(pixel, next)| {
                *pixel = (f32::from(*pixel) * (1.0 - share) + f32::from(*next) * share) as u8;
            });
        });
    }
    Some(screen)
}

/// A dark band that wanders.
fn band(screen: &mut Sheet, much: f32, phase: f32) {
    let (width, height) = (screen.grey.width(), screen.grey.height() as f32);
    screen.light(|y| {
        let wave = ((y as f32 / height - phase) * std::f32::consts::TAU).sin() * 0.5 + 0.5;
        vec![1.0 - much * wave * wave; width]
    });
}

/// Like video compression: blocks that changed little are kept from the picture before, others lose fine detail.
fn encode(picture: &mut Sheet, last: Option<&Sheet>, coarse: f32) {
    compress(picture, (100.0 - 1.8 * coarse).max(5.0));
    let Some(last) = last else { return };
    let width = picture.grey.width();
    let columns = width.div_ceil(BLOCK);
    let threshold = coarse * 0.12 * (BLOCK * BLOCK) as f32;
    let mut differences = vec![0u32; columns * picture.grey.height().div_ceil(BLOCK)];
    for (y, (row, old)) in picture.grey.rows().zip(last.grey.rows()).enumerate() {
        let squares = differences.iter_mut().skip(y / BLOCK * columns);
        for ((square, now), old) in squares.zip(row.chunks(BLOCK)).zip(old.chunks(BLOCK)) {
            *square += now.iter().zip(old).map(|(now, old)| u32::from(now.abs_diff(*old))).sum::<u32>();
        }
    }
    let mut rows = last.grey.rows();
    picture.grey.change(|y, row| {
        let old = rows.next().unwrap_or_default();
        let squares = differences.iter().skip(y / BLOCK * columns);
        for ((square, now), old) in squares.zip(row.chunks_mut(BLOCK)).zip(old.chunks(BLOCK)) {
            if (*square as f32) < threshold && now.len() == old.len() {
                now.copy_from_slice(old);
            }
        }
    });
}

/// A hand: it drifts, and comes back.
#[derive(Default)]
struct Hand {
    at: [f32; 2],
    degrees: f32,
}

impl Hand {
    /// Where it is one picture later, in pixels and degrees, if it strays about so many pixels.
    fn step(&mut self, pixels: f32, chance: &mut Chance) -> ([f32; 2], f32) {
        self.at = self.at.map(|at| at * 0.95 + 0.3 * pixels * chance.bell());
        self.degrees = self.degrees * 0.95 + 0.15 * chance.bell();
        (self.at, self.degrees)
    }
}

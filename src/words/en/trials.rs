//! What is said of trials, in English.

use super::{English, count};
use crate::words::{Results, TrialWords};

impl TrialWords for English {
    fn channel(&self, name: &str) -> &'static str {
        match name {
            "home-printer" => {
                "printed at home, a little smaller than drawn, with ink that spreads; photographed by day"
            }
            "worn-out-printer" => "printed with little toner, bands, clogged nozzles; photographed by day",
            "draft-printer" => "printed in draft mode, half of the dots; photographed by day",
            "photocopied-twice" => "a copy of a copy; photographed by day",
            "photocopied-often" => "the sixth copy of a copy, too dark or too light; photographed by day",
            "folded-in-a-pocket" => "folded to an eighth, worn at the creases and edges; photographed by day",
            "crumpled" => "crumpled into a ball and smoothed; photographed by day",
            "rain-and-tea" => "damp, with stains of tea, wavy; photographed by day",
            "scribbled-on" => "strokes of pen and pencil, staples; photographed by day",
            "torn" => "a quarter of every sheet torn off, at a corner; photographed by day",
            "half-the-cards" => "cards, of which half are gone; photographed by day",
            "day-phone" => "photographed with a phone in good light, each sheet once",
            "night-phone" => "photographed with a phone at night, dark, noisy, shaky, with a shadow",
            "old-phone" => "photographed with an old phone: 5 megapixels, oversharpened, compressed",
            "from-the-side" => "photographed from 40 degrees aside, with a glare",
            "phone-films-phone" => "shown on a phone, filmed twice through with another, from the hand",
            "film-in-a-hurry" => "shown on a phone, filmed with a shaky hand, a slow shutter, coarse compression",
            "forged" => "three forged codes of the letter's own id among the true ones; photographed by day",
            "flooded" => {
                "24 codes of letters that do not exist and 12 foreign ones among the true; photographed by day"
            }
            _ => "",
        }
    }

    fn every_channel(&self) -> &'static str {
        "each of these on its own"
    }

    fn harm(&self, name: &str) -> &'static str {
        match name {
            "loss" => "codes lost, each by a chance of its own",
            "pack" => "codes lost, exactly so many of a hundred",
            "burst" => "codes or pictures lost in rows, about eight at a time",
            "sheets-lost" => "whole sheets lost",
            "torn" => "a corner torn off, of so much of the sheet",
            "strip" => "a strip lost at an edge",
            "dpi" => "printed in dots of black and white, so many an inch",
            "scale" => "printed smaller, in the middle of the sheet",
            "clip" => "margins that the printer leaves white",
            "dot-gain" => "ink that spreads over its edges",
            "toner" => "toner that is missing, in patches",
            "banding" => "lighter bands across the sheet",
            "clogged" => "white lines of clogged nozzles",
            "draft" => "dots left out in draft mode",
            "copies" => "copies of copies",
            "exposure" => "copies too dark or too light, up to this",
            "skew" => "copies laid askew, up to this",
            "speckle" => "specks on each copy",
            "dirt" => "dirt and hairs on the glass",
            "folds" => "creases: 1 in half, 2 in thirds, 4 to an eighth, 6 to a sixteenth",
            "fold-wear" => "ink worn off along creases, so wide",
            "fold-rise" => "how high creases stand",
            "crumple" => "ridges of paper that was crumpled",
            "curl" => "how high the edges of curled paper stand",
            "tea" => "stains of tea",
            "damp" => "ink that ran where it was damp",
            "worn" => "edges worn away",
            "strokes" => "strokes of pen and pencil",
            "staples" => "staples",
            "distance" => "from the lens to the sheet; 0 as near as shows all of it",
            "megapixels" => "size of the photo",
            "tilt" => "seen from aside",
            "turn" => "the phone is turned, up to this",
            "defocus" => "blur of wrong focus, as deviation",
            "motion" => "the picture moves while the shutter is open",
            "rolling" => "the lower edge is seen later than the upper",
            "dark" => "light that is missing",
            "noise" => "noise, as deviation",
            "uneven" => "light that falls off to one side",
            "shadow" => "a shadow over a part",
            "glare" => "a light that shines back",
            "jpeg" => "quality of JPEG; 100 for none",
            "vignetting" => "a lens that is darker in the corners",
            "curvature" => "a lens that bends straight lines",
            "smoothing" => "noise that the phone smooths away, and detail with it",
            "halo" => "edges sharpened by the phone",
            "rounds" => "how often the whole show is filmed",
            "pace" => "pictures of the show in a second",
            "shutter" => "how long the shutter is open: pictures mix",
            "moire" => "the grid of the screen's pixels beats against the camera's",
            "refresh" => "dark bands that wander over the screen",
            "dropped" => "pictures that the camera drops",
            "repeated" => "pictures that the camera gives twice",
            "drift" => "exposure that drifts up and down",
            "hand" => "a hand that is not still",
            "video" => "coarseness of the film's compression, 0 to 50",
            "forged" => "forged codes of the letter's own id",
            "flood" => "codes of letters that do not exist",
            "foreign" => "codes that are not ours",
            "module" => "our setting: least side of a module",
            "version" => "our setting: QR version of every code",
            "level" => "our setting: error correction level, L, M, Q, H",
            "repair" => "our setting: codes more than needed, of a hundred",
            _ => "",
        }
    }

    fn trial_headings(&self) -> [&'static str; 6] {
        ["channel", "came through", "95 % interval", "codes read", "misreads", "pictures"]
    }

    fn results(&self, results: &Results) -> String {
        match results {
            Results::Channels => "channels, to be given with --channel one after the other:".into(),
            Results::Harms => "harms and settings, to be swept with --sweep NAME=FROM..TO/STEPS or NAME=A,B,C:".into(),
            Results::Specimen { codes, sufficient, sides, module } => {
                format!("{codes} codes, {sufficient} suffice; {sides} sides or pictures; modules of {module} mm")
            }
            Results::Pace { picture_ms, pictures } => {
                format!("{}, {picture_ms} ms each on one core: harmed, drawn, read", count(*pictures, "picture"))
            }
            Results::FalseLetters(count) => format!("{count} letters came out FALSE under the right id: tell us"),
            Results::Stopped { done, of } => {
                format!("stopped: {done} of {of} runs are done; what there is was written")
            }
            Results::Trying { advice } => format!("trying {advice}"),
            Results::Advice { successes, runs, least, module } => format!(
                "the smallest that came through: {successes} of {runs} runs on the worst way, so {least} % at least; modules of {module} mm as printed:"
            ),
            Results::Shares => "letters that came through, % of runs, with 95 % intervals".into(),
            Results::Suffice { sufficient, of } => format!("{sufficient} of {of} codes suffice"),
            Results::NoAdvice => "nothing that was tried came through in 99 % of the runs".into(),
            Results::Written(path) => format!("written to {path}"),
            Results::Sheets(path) => format!("contact sheets written to {path}"),
        }
    }
}

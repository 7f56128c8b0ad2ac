//! Channels: what happens to a letter on its way, one stage after the other, under names that people know.

use super::harm::Harm;
use super::specimen::Carrier;
use super::{carried, copied, filmed, forged, lost, photographed, printed};
use crate::error::trial::{Result, TrialError};
use crate::press::forms::form::Form;

/// A pipeline with a name.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// Its name.
    pub name: &'static str,
    /// What it needs to go on; any paper where none is named.
    pub(super) carrier: Option<Carrier>,
    /// What happens, in order.
    pub(super) steps: &'static [(Harm, f32)],
}

/// A phone in good light, held in the hand.
pub(super) const DAY: &[(Harm, f32)] = &[
    (photographed::TILT, 6.0),
    (photographed::TURN, 6.0),
    (photographed::VIGNETTING, 15.0),
    (photographed::CURVATURE, 0.5),
    (photographed::DEFOCUS, 0.9),
    (photographed::MOTION, 1.0),
    (photographed::UNEVEN, 15.0),
    (photographed::NOISE, 3.0),
    (photographed::HALO, 30.0),
    (photographed::JPEG, 85.0),
];

const fn channel(name: &'static str, steps: &'static [(Harm, f32)]) -> Channel {
    Channel { name, carrier: None, steps }
}

/// Every channel that has a name.
pub const CHANNELS: &[Channel] = &[
    channel(
        "home-printer",
        &[(printed::DPI, 600.0), (printed::DOT_GAIN, 0.04), (printed::SCALE, 97.0), (printed::CLIP, 4.0)],
    ),
    channel(
        "worn-out-printer",
        &[
            (printed::DOT_GAIN, 0.05),
            (printed::TONER, 45.0),
            (printed::BANDING, 30.0),
            (printed::CLOGGED, 4.0),
            (printed::SCALE, 94.0),
        ],
    ),
    channel("draft-printer", &[(printed::DPI, 300.0), (printed::DRAFT, 50.0)]),
    channel("photocopied-twice", &[(copied::COPIES, 2.0)]),
    channel("photocopied-often", &[(copied::COPIES, 6.0), (copied::EXPOSURE, 45.0)]),
    channel(
        "folded-in-a-pocket",
        &[
            (carried::FOLDS, 4.0),
            (carried::WEAR, 0.5),
            (carried::RISE, 6.0),
            (carried::CRUMPLE, 0.3),
            (carried::WORN, 2.0),
        ],
    ),
    channel("crumpled", &[(carried::CRUMPLE, 1.5), (carried::CURL, 8.0)]),
    channel(
        "rain-and-tea",
        &[(carried::TEA, 25.0), (carried::DAMP, 0.09), (carried::CURL, 12.0), (carried::CRUMPLE, 0.4)],
    ),
    channel("scribbled-on", &[(carried::STROKES, 8.0), (carried::STAPLES, 2.0)]),
    channel("torn", &[(lost::TORN, 25.0)]),
    Channel { carrier: Some(Carrier::Paper(Form::Cards)), ..channel("half-the-cards", &[(lost::PACK, 50.0)]) },
    channel("day-phone", DAY),
    channel(
        "night-phone",
        &[
            (photographed::MEGAPIXELS, 8.0),
            (photographed::TILT, 30.0),
            (photographed::TURN, 8.0),
            (photographed::VIGNETTING, 25.0),
            (photographed::CURVATURE, 1.0),
            (photographed::DEFOCUS, 1.2),
            (photographed::MOTION, 5.0),
            (photographed::DARK, 55.0),
            (photographed::UNEVEN, 45.0),
            (photographed::SHADOW, 30.0),
            (photographed::NOISE, 7.0),
            (photographed::SMOOTHING, 60.0),
            (photographed::HALO, 40.0),
            (photographed::JPEG, 70.0),
        ],
    ),
    channel(
        "old-phone",
        &[
            (photographed::MEGAPIXELS, 5.0),
            (photographed::TILT, 8.0),
            (photographed::TURN, 8.0),
            (photographed::VIGNETTING, 30.0),
            (photographed::CURVATURE, 1.5),
            (photographed::DEFOCUS, 0.9),
            (photographed::MOTION, 1.0),
            (photographed::UNEVEN, 25.0),
            (photographed::NOISE, 5.0),
            (photographed::SMOOTHING, 70.0),
            (photographed::HALO, 80.0),
            (photographed::JPEG, 60.0),
        ],
    ),
    channel(
        "from-the-side",
        &[
            (photographed::TILT, 40.0),
            (photographed::TURN, 20.0),
            (photographed::DEFOCUS, 0.9),
            (photographed::UNEVEN, 30.0),
            (photographed::GLARE, 60.0),
            (photographed::NOISE, 3.0),
            (photographed::JPEG, 85.0),
        ],
    ),
    Channel {
        carrier: Some(Carrier::Screen),
        ..channel(
            "phone-films-phone",
            &[
                (filmed::SHUTTER, 12.0),
                (filmed::MOIRE, 20.0),
                (filmed::REFRESH, 10.0),
                (filmed::DROPPED, 10.0),
                (filmed::REPEATED, 5.0),
                (filmed::DRIFT, 12.0),
                (filmed::VIDEO, 22.0),
                (photographed::MEGAPIXELS, 1.2),
                (photographed::TILT, 8.0),
                (photographed::TURN, 5.0),
                (photographed::DEFOCUS, 0.8),
                (photographed::NOISE, 3.0),
            ],
        )
    },
    Channel {
        carrier: Some(Carrier::Screen),
        ..channel(
            "film-in-a-hurry",
            &[
                (filmed::ROUNDS, 3.0),
                (filmed::SHUTTER, 25.0),
                (filmed::MOIRE, 35.0),
                (filmed::REFRESH, 25.0),
                (filmed::DROPPED, 25.0),
                (filmed::REPEATED, 10.0),
                (filmed::DRIFT, 25.0),
                (filmed::HAND, 5.0),
                (filmed::VIDEO, 30.0),
                (photographed::MEGAPIXELS, 1.2),
                (photographed::TILT, 15.0),
                (photographed::TURN, 10.0),
                (photographed::DEFOCUS, 1.0),
                (photographed::MOTION, 1.5),
                (photographed::NOISE, 5.0),
            ],
        )
    },
    channel("forged", &[(forged::FORGED, 3.0)]),
    channel("flooded", &[(forged::FLOOD, 24.0), (forged::FOREIGN, 12.0)]),
];

impl Channel {
    /// The channel of a name.
    ///
    /// # Errors
    /// [`TrialError::TrialName`], with the nearest name.
    pub fn named(name: &str) -> Result<&'static Channel> {
        CHANNELS
            .iter()
            .find(|channel| channel.name == name)
            .ok_or_else(|| unknown(name, CHANNELS.iter().map(|channel| channel.name)))
    }

    /// What happens, in order.
    pub fn steps(&self) -> &'static [(Harm, f32)] {
        self.steps
    }
}

/// The error of a name that is none of these.
pub(super) fn unknown(name: &str, names: impl Iterator<Item = &'static str>) -> TrialError {
    let nearest = names.min_by_key(|other| distance(name, other)).unwrap_or_default();
    TrialError::TrialName { name: name.chars().take(60).collect(), nearest }
}

/// Letters to put in, take out or change, to make one name of another (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().take(60).enumerate() {
        let mut before = i;
        let mut next = vec![i + 1];
        for (other, above) in b.iter().zip(row.iter().skip(1)) {
            let change = before + usize::from(*other != letter);
            let least = change.min(above + 1).min(next.last().copied().unwrap_or_default() + 1);
            before = *above;
            next.push(least);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

//! Channels: what happens to a letter on its way, one stage after the other, under names that people know.

use super::harm::{Harm, Strengths};
use super::kind::HarmKind;
use super::specimen::{Carrier, Prepared};
use super::{carried as c, copied as k, filmed as f, forged as g, lost as l, photographed as p, printed as r};
use crate::error::{Error, Result};
use crate::press::matter::Form;

/// A part of a way: harms of one kind, at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Their kind.
    pub kind: HarmKind,
    /// How strong they are.
    pub strengths: Strengths,
}

impl Stage {
    fn of(kind: HarmKind, harm: &Harm, strength: f32) -> Self {
        let mut strengths = Strengths::default();
        strengths.set(harm, strength);
        Stage { kind, strengths }
    }

    /// Whether harms of a kind belong into it: a film takes its camera with it.
    fn takes(&self, kind: HarmKind) -> bool {
        self.kind == kind || (self.kind, kind) == (HarmKind::Filmed, HarmKind::Photographed)
    }
}

/// A way with a name.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// Its name.
    pub name: &'static str,
    /// What it needs to go on; any paper where none is named.
    carrier: Option<Carrier>,
    /// What happens, in order.
    steps: &'static [(Harm, f32)],
}

/// A phone in good light, held in the hand.
const DAY: &[(Harm, f32)] = &[
    (p::TILT, 6.0),
    (p::TURN, 6.0),
    (p::VIGNETTING, 15.0),
    (p::CURVATURE, 0.5),
    (p::DEFOCUS, 0.9),
    (p::MOTION, 1.0),
    (p::UNEVEN, 15.0),
    (p::NOISE, 3.0),
    (p::HALO, 30.0),
    (p::JPEG, 85.0),
];

const fn channel(name: &'static str, steps: &'static [(Harm, f32)]) -> Channel {
    Channel { name, carrier: None, steps }
}

/// Every channel that has a name.
pub const CHANNELS: &[Channel] = &[
    channel("home-printer", &[(r::DPI, 600.0), (r::DOT_GAIN, 0.04), (r::SCALE, 97.0), (r::CLIP, 4.0)]),
    channel(
        "worn-out-printer",
        &[(r::DOT_GAIN, 0.05), (r::TONER, 45.0), (r::BANDING, 30.0), (r::CLOGGED, 4.0), (r::SCALE, 94.0)],
    ),
    channel("draft-printer", &[(r::DPI, 300.0), (r::DRAFT, 50.0)]),
    channel("photocopied-twice", &[(k::COPIES, 2.0)]),
    channel("photocopied-often", &[(k::COPIES, 6.0), (k::EXPOSURE, 45.0)]),
    channel(
        "folded-in-a-pocket",
        &[(c::FOLDS, 4.0), (c::WEAR, 0.5), (c::RISE, 6.0), (c::CRUMPLE, 0.3), (c::WORN, 2.0)],
    ),
    channel("crumpled", &[(c::CRUMPLE, 1.5), (c::CURL, 8.0)]),
    channel("rain-and-tea", &[(c::TEA, 25.0), (c::DAMP, 0.09), (c::CURL, 12.0), (c::CRUMPLE, 0.4)]),
    channel("scribbled-on", &[(c::STROKES, 8.0), (c::STAPLES, 2.0)]),
    channel("torn", &[(l::TORN, 25.0)]),
    Channel { carrier: Some(Carrier::Paper(Form::Cards)), ..channel("half-the-cards", &[(l::PACK, 50.0)]) },
    channel("day-phone", DAY),
    channel(
        "night-phone",
        &[
            (p::MEGAPIXELS, 8.0),
            (p::TILT, 30.0),
            (p::TURN, 8.0),
            (p::VIGNETTING, 25.0),
            (p::CURVATURE, 1.0),
            (p::DEFOCUS, 1.2),
            (p::MOTION, 5.0),
            (p::DARK, 55.0),
            (p::UNEVEN, 45.0),
            (p::SHADOW, 30.0),
            (p::NOISE, 7.0),
            (p::SMOOTHING, 60.0),
            (p::HALO, 40.0),
            (p::JPEG, 70.0),
        ],
    ),
    channel(
        "old-phone",
        &[
            (p::MEGAPIXELS, 5.0),
            (p::TILT, 8.0),
            (p::TURN, 8.0),
            (p::VIGNETTING, 30.0),
            (p::CURVATURE, 1.5),
            (p::DEFOCUS, 0.9),
            (p::MOTION, 1.0),
            (p::UNEVEN, 25.0),
            (p::NOISE, 5.0),
            (p::SMOOTHING, 70.0),
            (p::HALO, 80.0),
            (p::JPEG, 60.0),
        ],
    ),
    channel(
        "from-the-side",
        &[
            (p::TILT, 40.0),
            (p::TURN, 20.0),
            (p::DEFOCUS, 0.9),
            (p::UNEVEN, 30.0),
            (p::GLARE, 60.0),
            (p::NOISE, 3.0),
            (p::JPEG, 85.0),
        ],
    ),
    Channel {
        carrier: Some(Carrier::Screen),
        ..channel(
            "phone-films-phone",
            &[
                (f::SHUTTER, 12.0),
                (f::MOIRE, 20.0),
                (f::REFRESH, 10.0),
                (f::DROPPED, 10.0),
                (f::REPEATED, 5.0),
                (f::DRIFT, 12.0),
                (f::VIDEO, 22.0),
                (p::MEGAPIXELS, 1.2),
                (p::TILT, 8.0),
                (p::TURN, 5.0),
                (p::DEFOCUS, 0.8),
                (p::NOISE, 3.0),
            ],
        )
    },
    Channel {
        carrier: Some(Carrier::Screen),
        ..channel(
            "film-in-a-hurry",
            &[
                (f::ROUNDS, 3.0),
                (f::SHUTTER, 25.0),
                (f::MOIRE, 35.0),
                (f::REFRESH, 25.0),
                (f::DROPPED, 25.0),
                (f::REPEATED, 10.0),
                (f::DRIFT, 25.0),
                (f::HAND, 5.0),
                (f::VIDEO, 30.0),
                (p::MEGAPIXELS, 1.2),
                (p::TILT, 15.0),
                (p::TURN, 10.0),
                (p::DEFOCUS, 1.0),
                (p::MOTION, 1.5),
                (p::NOISE, 5.0),
            ],
        )
    },
    channel("forged", &[(g::FORGED, 3.0)]),
    channel("flooded", &[(g::FLOOD, 24.0), (g::FOREIGN, 12.0)]),
];

impl Channel {
    /// The channel of a name.
    ///
    /// # Errors
    /// [`Error::TrialName`], with the nearest name.
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
pub(super) fn unknown(name: &str, names: impl Iterator<Item = &'static str>) -> Error {
    let nearest = names.min_by_key(|other| distance(name, other)).unwrap_or_default();
    Error::TrialName { name: name.chars().take(60).collect(), nearest }
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

/// A way: channels one after the other, and what they go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// The names of its channels.
    pub names: Vec<&'static str>,
    /// What it needs to go on; whatever paper there is where nothing is needed.
    pub carrier: Option<Carrier>,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
}

impl Pipeline {
    /// Joins channels. A film comes last; what no channel photographs or films is photographed by day; without any
    /// channel, sheets are scanned as they are.
    ///
    /// # Errors
    /// Those of [`Pipeline::check`].
    pub fn of(channels: &[&Channel]) -> Result<Self> {
        let stages = channels.iter().flat_map(|channel| together(channel.steps));
        let (films, mut stages): (Vec<Stage>, Vec<Stage>) = stages.partition(|stage| stage.kind == HarmKind::Filmed);
        stages.extend(films);
        let seen = |stage: &Stage| matches!(stage.kind, HarmKind::Photographed | HarmKind::Filmed);
        if !channels.is_empty() && !stages.iter().any(seen) {
            stages.extend(together(DAY));
        }
        let way = Pipeline {
            names: channels.iter().map(|channel| channel.name).collect(),
            carrier: channels.iter().find_map(|channel| channel.carrier),
            stages,
        };
        way.check()?;
        Ok(way)
    }

    /// Sets one harm: in the last stage of its kind, or in one of its own where that comes in the order of things.
    pub fn set(&mut self, kind: HarmKind, harm: &Harm, strength: f32) {
        if let Some(stage) = self.stages.iter_mut().rev().find(|stage| stage.takes(kind)) {
            return stage.strengths.set(harm, strength);
        }
        let at = self.stages.iter().position(|stage| stage.kind > kind).unwrap_or(self.stages.len());
        self.stages.insert(at, Stage::of(kind, harm, strength));
        if kind == HarmKind::Filmed {
            self.carrier = Some(Carrier::Screen);
        }
    }

    /// Whether it can happen: a show is filmed once, with the camera of its film, and no paper is filmed.
    ///
    /// # Errors
    /// [`Error::TrialChannels`].
    pub fn check(&self) -> Result<()> {
        let Some(film) = self.stages.iter().position(|stage| stage.kind == HarmKind::Filmed) else { return Ok(()) };
        let others = self.stages.iter().enumerate().filter(|(at, _)| *at != film).map(|(_, stage)| stage);
        let of_paper = |stage: &Stage| match stage.kind {
            HarmKind::Forged => None,
            HarmKind::Lost => {
                [l::TORN, l::STRIP, l::SHEETS].iter().find(|harm| stage.strengths.has(harm)).map(|harm| harm.name)
            }
            kind => Some(self.owner(kind)),
        };
        let paper = match self.carrier {
            Some(Carrier::Paper(form)) => Some(form.name()),
            _ => others.filter_map(of_paper).next(),
        };
        paper.map_or(Ok(()), |second| Err(Error::TrialChannels { first: self.owner(HarmKind::Filmed), second }))
    }

    /// The channel that brought a kind of harm, or the kind where a sweep did.
    fn owner(&self, kind: HarmKind) -> &'static str {
        let brings = |channel: &&Channel| together(channel.steps).iter().any(|stage| stage.kind == kind);
        let mut own = CHANNELS.iter().filter(|channel| self.names.contains(&channel.name));
        own.find(brings).map_or(kind.name(), |channel| channel.name)
    }

    /// About how many pixels are harmed and looked at in one run of a letter that was set.
    pub fn pixels(&self, setting: &Prepared) -> u64 {
        let sides = (setting.sides_with_codes * setting.side_pixels()) as u64;
        let photo = |strengths: &Strengths| (f64::from(strengths.of(&p::MEGAPIXELS)) * 1e6) as u64;
        let stages = self.stages.iter().map(|stage| match stage.kind {
            HarmKind::Filmed => f::pictures(setting.sides_with_codes, &stage.strengths) as u64 * photo(&stage.strengths),
            HarmKind::Photographed => setting.sides_with_codes as u64 * photo(&stage.strengths),
            HarmKind::Copied => sides * stage.strengths.of(&k::COPIES).max(1.0) as u64,
            _ => sides,
        });
        sides + stages.sum::<u64>()
    }
}

/// Steps as stages: those of one kind that follow each other are one.
fn together(steps: &[(Harm, f32)]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for (harm, strength) in steps {
        let Some((kind, _)) = HarmKind::of_harm(harm.name) else { continue };
        match stages.last_mut().filter(|stage| stage.takes(kind)) {
            Some(stage) => stage.strengths.set(harm, *strength),
            None => stages.push(Stage::of(kind, harm, *strength)),
        }
    }
    stages
}

//! Pipelines: channels joined, as stages of harms of one kind each.

use super::channel::{CHANNELS, Channel, DAY};
use super::harm::{Harm, Strengths};
use super::harm_kinds::HarmKind;
use super::specimen::{Carrier, Prepared};
use super::{copied, filmed, lost, photographed};
use crate::error::trial::{Result, TrialError};

/// A part of a pipeline: harms of one kind, at once.
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

    /// Whether harms of a kind belong to it: filming includes its camera.
    fn takes(&self, kind: HarmKind) -> bool {
        self.kind == kind || (self.kind, kind) == (HarmKind::Filmed, HarmKind::Photographed)
    }
}

/// Channels one after the other, and what they go on.
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
        let pipeline = Pipeline {
            names: channels.iter().map(|channel| channel.name).collect(),
            carrier: channels.iter().find_map(|channel| channel.carrier),
            stages,
        };
        pipeline.check()?;
        Ok(pipeline)
    }

    /// Sets one harm: in the last stage of its kind, or in a new stage at its place in the order of kinds.
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

    /// Checks that it is possible: a show is filmed once, with the camera of its film, and paper is not filmed.
    ///
    /// # Errors
    /// [`TrialError::TrialChannels`].
    pub fn check(&self) -> Result<()> {
        let Some(film) = self.stages.iter().position(|stage| stage.kind == HarmKind::Filmed) else { return Ok(()) };
        let others = self.stages.iter().enumerate().filter(|(at, _)| *at != film).map(|(_, stage)| stage);
        let of_paper = |stage: &Stage| match stage.kind {
            HarmKind::Forged => None,
            HarmKind::Lost => [lost::TORN, lost::STRIP, lost::SHEETS]
                .iter()
                .find(|harm| stage.strengths.has(harm))
                .map(|harm| harm.name),
            kind => Some(self.owner(kind)),
        };
        let paper = match self.carrier {
            Some(Carrier::Paper(form)) => Some(form.name()),
            _ => others.filter_map(of_paper).next(),
        };
        paper.map_or(Ok(()), |second| Err(TrialError::TrialChannels { first: self.owner(HarmKind::Filmed), second }))
    }

    /// The channel that brought a kind of harm, or the kind where a sweep did.
    fn owner(&self, kind: HarmKind) -> &'static str {
        let brings = |channel: &&Channel| together(channel.steps).iter().any(|stage| stage.kind == kind);
        let mut own = CHANNELS.iter().filter(|channel| self.names.contains(&channel.name));
        own.find(brings).map_or(kind.name(), |channel| channel.name)
    }

    /// About how many pixels are harmed and looked at in one run of a letter that was set.
    pub fn pixels(&self, prepared: &Prepared) -> u64 {
        let sides = (prepared.sides_with_codes * prepared.side_pixels()) as u64;
        let photo = |strengths: &Strengths| (f64::from(strengths.of(&photographed::MEGAPIXELS)) * 1e6) as u64;
        let stages = self.stages.iter().map(|stage| match stage.kind {
            HarmKind::Filmed => {
                filmed::pictures(prepared.sides_with_codes, &stage.strengths) as u64 * photo(&stage.strengths)
            }
            HarmKind::Photographed => prepared.sides_with_codes as u64 * photo(&stage.strengths),
            HarmKind::Copied => sides * stage.strengths.of(&copied::COPIES).max(1.0) as u64,
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

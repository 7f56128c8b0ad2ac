//! Sweeps: one thing, or two, in several strengths; a harm, or one of our own settings.

use super::channel::unknown;
use super::harm::Harm;
use super::harm_kinds::HarmKind;
use super::pipeline::Pipeline;
use super::specimen::Settings;
use crate::error::fault::SweepFault;
use crate::error::trial::{Result, TrialError};
use crate::optics::qr::{Level, QrVersion};
use crate::press::pages::code_grid::{MAX_MODULE_MM, MIN_MODULE_MM};

/// Most values of a sweep.
const MOST_VALUES: usize = 50;

/// What is swept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Axis {
    /// A harm.
    Harm(HarmKind, &'static Harm),
    /// Least side of a module on paper, in mm.
    Module,
    /// QR version.
    Version,
    /// Error correction level: 0 L, 1 M, 2 Q, 3 H.
    Level,
    /// Repair percentage.
    Repair,
}

/// Error correction levels by name.
const LEVELS: [(&str, Level); 4] = [("L", Level::L), ("M", Level::M), ("Q", Level::Q), ("H", Level::H)];

impl Axis {
    /// Our own settings.
    pub const SETTINGS: [Axis; 4] = [Axis::Module, Axis::Version, Axis::Level, Axis::Repair];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Harm(_, harm) => harm.name,
            Axis::Module => "module",
            Axis::Version => "version",
            Axis::Level => "level",
            Axis::Repair => "repair",
        }
    }

    /// The unit of its values, as it is written after a number.
    pub fn unit(self) -> &'static str {
        match self {
            Axis::Harm(_, harm) => harm.unit,
            Axis::Module => "mm",
            Axis::Repair => "%",
            Axis::Version | Axis::Level => "",
        }
    }

    /// A value with its name for people: `loss 30 %`, `level M`.
    pub fn value(self, value: f32) -> String {
        match (self, LEVELS.get(value as usize)) {
            (Axis::Level, Some((name, _))) => (*name).to_owned(),
            _ => format!(
                "{}{}{}",
                rounded(value),
                if self.unit().starts_with(['/', '°']) || self.unit().is_empty() { "" } else { " " },
                self.unit()
            ),
        }
    }

    /// Least and greatest value.
    pub fn range(self) -> (f32, f32) {
        match self {
            Axis::Harm(_, harm) => harm.range,
            Axis::Module => (MIN_MODULE_MM, MAX_MODULE_MM),
            Axis::Version => (1.0, 40.0),
            Axis::Level => (0.0, 3.0),
            Axis::Repair => (0.0, 25_400.0),
        }
    }

    fn is_whole(self) -> bool {
        match self {
            Axis::Harm(_, harm) => harm.whole,
            Axis::Module => false,
            Axis::Version | Axis::Level | Axis::Repair => true,
        }
    }
}

/// A number with three digits after the point at most.
pub fn rounded(value: f32) -> String {
    // No -0.
    let text = format!("{:.3}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// One thing in several strengths.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// What.
    pub axis: Axis,
    /// Its values, in order.
    pub values: Vec<f32>,
}

impl Sweep {
    /// Parses `NAME=FROM..TO/STEPS`, or `NAME=A,B,C`.
    ///
    /// # Errors
    /// [`TrialError::TrialName`] for a name that is none, [`TrialError::TrialSweep`] for values that make no sense.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = |why| TrialError::TrialSweep { sweep: text.chars().take(60).collect(), why };
        let (name, values) = text.split_once('=').ok_or_else(|| wrong(SweepFault::NoEquals))?;
        if name.is_empty() {
            return Err(wrong(SweepFault::NoName));
        }
        let all =
            || Axis::SETTINGS.into_iter().chain(HarmKind::every_harm().map(|(kind, harm)| Axis::Harm(kind, harm)));
        let axis = all().find(|axis| axis.name() == name).ok_or_else(|| unknown(name, all().map(Axis::name)))?;
        let number = |text: &str| {
            let level = LEVELS.iter().position(|(name, _)| axis == Axis::Level && name.eq_ignore_ascii_case(text));
            level.map(|level| level as f32).or_else(|| text.trim().parse().ok()).filter(|value: &f32| value.is_finite())
        };
        let values = match values.split_once("..") {
            Some((from, rest)) => {
                let (to, steps) = rest.split_once('/').ok_or_else(|| wrong(SweepFault::NoSteps))?;
                let (from, to) = number(from).zip(number(to)).ok_or_else(|| wrong(SweepFault::Ends))?;
                let steps: usize = steps.trim().parse().map_err(|_| wrong(SweepFault::Steps))?;
                if steps < 2 || from == to {
                    return Err(wrong(SweepFault::FewSteps));
                }
                if steps > MOST_VALUES {
                    return Err(wrong(SweepFault::ManyValues));
                }
                (0..steps).map(|step| from + (to - from) * step as f32 / (steps - 1) as f32).collect()
            }
            None => {
                values.split(',').map(number).collect::<Option<Vec<f32>>>().ok_or_else(|| wrong(SweepFault::Values))?
            }
        };
        let values: Vec<f32> = if axis.is_whole() { values.into_iter().map(f32::round).collect() } else { values };
        if values.len() > MOST_VALUES {
            return Err(wrong(SweepFault::ManyValues));
        }
        let (least, most) = axis.range();
        if let Some(value) = values.iter().find(|value| !(least..=most).contains(*value)) {
            return Err(TrialError::TrialRange {
                name: axis.name(),
                value: rounded(*value),
                least: rounded(least),
                most: rounded(most),
                unit: axis.unit(),
            });
        }
        if (1..values.len()).any(|at| values.split_at(at).0.contains(values.get(at).unwrap_or(&f32::NAN))) {
            return Err(wrong(SweepFault::Twice));
        }
        Ok(Sweep { axis, values })
    }

    /// Sets a value of the axis in the pipeline or in the settings.
    ///
    /// # Errors
    /// [`QrVersion`](crate::error::Error::QrVersion).
    pub fn set(&self, value: f32, pipeline: &mut Pipeline, settings: &mut Settings) -> Result<()> {
        match self.axis {
            Axis::Harm(kind, harm) => pipeline.set(kind, harm, value),
            Axis::Module => settings.setup.module_mm = Some(value),
            Axis::Version => settings.codes.version = Some(QrVersion::new(value as u8)?),
            Axis::Level => {
                settings.codes.level = LEVELS.get(value as usize).map(|(_, level)| *level).unwrap_or_default()
            }
            Axis::Repair => settings.codes.repair = value as u32,
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn sweeps_are_read_and_refused() {
        let values = |text: &str| Sweep::parse(text).unwrap().values;
        assert_eq!(values("loss=0..80/5"), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(values("repair=50,100,200"), [50.0, 100.0, 200.0]);
        assert_eq!(values("level=L,q"), [0.0, 2.0]);
        assert_eq!(values("version=5..17/3"), [5.0, 11.0, 17.0]);
        assert_eq!(Sweep::parse("module=0.3,0.4").unwrap().axis.value(0.3), "0.3 mm");
        for wrong in [
            "loss",
            "loss=",
            "loss=1..2",
            "loss=1..1/3",
            "loss=a..b/3",
            "loss=0..80/1",
            "loss=0..80/51",
            "repair=1.2,1.4",
            "loss=nan,1",
        ] {
            assert!(matches!(Sweep::parse(wrong), Err(TrialError::TrialSweep { .. })), "{wrong}");
        }
        assert!(matches!(Sweep::parse("loss=0,120"), Err(TrialError::TrialRange { name: "loss", .. })));
        assert!(matches!(Sweep::parse("lost=0,1"), Err(TrialError::TrialName { nearest: "loss", .. })));
    }
}

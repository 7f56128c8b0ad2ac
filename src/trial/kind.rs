//! The kinds of harm, in the order in which things befall a letter, and the list of all harms.

use super::harm::Harm;
use super::{carried, copied, filmed, forged, lost, photographed, printed};

/// A kind of harm, in the order in which things befall a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// False frames and foreign codes among the true ones.
    Forged,
    /// By a printer.
    Printed,
    /// By photocopiers.
    Copied,
    /// By hands, pockets, weather.
    Carried,
    /// Codes and sheets that did not arrive.
    Lost,
    /// By a screen and a camera that films it.
    Filmed,
    /// By a camera.
    Photographed,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 7] =
        [Kind::Forged, Kind::Printed, Kind::Copied, Kind::Carried, Kind::Lost, Kind::Filmed, Kind::Photographed];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Forged => "forged",
            Kind::Printed => "printed",
            Kind::Copied => "copied",
            Kind::Carried => "carried",
            Kind::Lost => "lost",
            Kind::Filmed => "filmed",
            Kind::Photographed => "photographed",
        }
    }

    /// The harms of this kind.
    pub fn harms(self) -> &'static [Harm] {
        match self {
            Kind::Forged => forged::ALL,
            Kind::Printed => printed::ALL,
            Kind::Copied => copied::ALL,
            Kind::Carried => carried::ALL,
            Kind::Lost => lost::ALL,
            Kind::Filmed => filmed::ALL,
            Kind::Photographed => photographed::ALL,
        }
    }

    /// The harm of a name, with its kind.
    pub fn of_harm(name: &str) -> Option<(Kind, &'static Harm)> {
        Kind::every_harm().find(|(_, harm)| harm.name == name)
    }

    /// Every harm, with its kind.
    pub fn every_harm() -> impl Iterator<Item = (Kind, &'static Harm)> {
        Kind::ALL.into_iter().flat_map(|kind| kind.harms().iter().map(move |harm| (kind, harm)))
    }
}

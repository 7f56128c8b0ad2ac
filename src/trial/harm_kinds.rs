//! The kinds of harm, in the order in which things befall a letter, and the list of all harms.

use super::harm::Harm;
use super::{carried, copied, filmed, forged, lost, photographed, printed};

/// A kind of harm, in the order in which things befall a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HarmKind {
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

impl HarmKind {
    /// Every kind, in order.
    pub const ALL: [HarmKind; 7] = [
        HarmKind::Forged,
        HarmKind::Printed,
        HarmKind::Copied,
        HarmKind::Carried,
        HarmKind::Lost,
        HarmKind::Filmed,
        HarmKind::Photographed,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            HarmKind::Forged => "forged",
            HarmKind::Printed => "printed",
            HarmKind::Copied => "copied",
            HarmKind::Carried => "carried",
            HarmKind::Lost => "lost",
            HarmKind::Filmed => "filmed",
            HarmKind::Photographed => "photographed",
        }
    }

    /// The harms of this kind.
    pub fn harms(self) -> &'static [Harm] {
        match self {
            HarmKind::Forged => forged::ALL,
            HarmKind::Printed => printed::ALL,
            HarmKind::Copied => copied::ALL,
            HarmKind::Carried => carried::ALL,
            HarmKind::Lost => lost::ALL,
            HarmKind::Filmed => filmed::ALL,
            HarmKind::Photographed => photographed::ALL,
        }
    }

    /// The harm of a name, with its kind.
    pub fn of_harm(name: &str) -> Option<(HarmKind, &'static Harm)> {
        HarmKind::every_harm().find(|(_, harm)| harm.name == name)
    }

    /// Every harm, with its kind.
    pub fn every_harm() -> impl Iterator<Item = (HarmKind, &'static Harm)> {
        HarmKind::ALL.into_iter().flat_map(|kind| kind.harms().iter().map(move |harm| (kind, harm)))
    }
}

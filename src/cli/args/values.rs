//! What options may be called on the command line, and what is meant by it.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::optics::qr::Level;
use crate::optics::scan::Effort;
use crate::press::forms::form::{Form, NUp};
use crate::press::pages::paper::Paper;
use crate::prose::lines::Lines;
use crate::words::all;

/// Papers by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PaperName {
    A3,
    A4,
    A5,
    A6,
    /// US Letter
    Letter,
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::A3 => Paper::A3,
            PaperName::A4 => Paper::A4,
            PaperName::A5 => Paper::A5,
            PaperName::A6 => Paper::A6,
            PaperName::Letter => Paper::UsLetter,
        }
    }
}

/// What is done with the lines of a text, by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LinesName {
    /// Join those that an editor broke
    Guess,
    /// Leave each as it is
    Keep,
    /// Join all that follow each other
    Join,
}

impl From<LinesName> for Lines {
    fn from(name: LinesName) -> Self {
        match name {
            LinesName::Guess => Lines::Guess,
            LinesName::Keep => Lines::Keep,
            LinesName::Join => Lines::Join,
        }
    }
}

/// How hard pictures are looked at, by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum EffortName {
    /// As far as it costs little
    Fast,
    /// Harder where a code is to be seen that could not be read
    Normal,
    /// In every way, several times as long
    Thorough,
}

impl From<EffortName> for Effort {
    fn from(name: EffortName) -> Self {
        match name {
            EffortName::Fast => Effort::Fast,
            EffortName::Normal => Effort::Normal,
            EffortName::Thorough => Effort::Thorough,
        }
    }
}

/// Levels by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelName {
    L,
    M,
    Q,
    H,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::L => Level::L,
            LevelName::M => Level::M,
            LevelName::Q => Level::Q,
            LevelName::H => Level::H,
        }
    }
}

/// Forms by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormName {
    /// The letter to read, then its codes
    Leaflet,
    /// Business cards, a code each
    Cards,
    /// A leaflet on half the paper, to be folded
    Booklet,
    /// Eight small pages on one side of a sheet, to be cut and folded
    Zine,
    /// Title, summary and large codes, to be photographed from a metre
    Poster,
    /// Codes only, as dense as a scanner takes
    Archive,
    /// All of them, in a folder
    All,
}

impl FormName {
    /// The forms meant.
    pub fn forms(self) -> Vec<Form> {
        match self {
            FormName::Leaflet => vec![Form::Leaflet],
            FormName::Cards => vec![Form::Cards],
            FormName::Booklet => vec![Form::Booklet],
            FormName::Zine => vec![Form::Zine],
            FormName::Poster => vec![Form::Poster],
            FormName::Archive => vec![Form::Archive],
            FormName::All => Form::ALL.to_vec(),
        }
    }
}

/// Pages on a side of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NUpName {
    #[value(name = "1")]
    One,
    #[value(name = "2")]
    Two,
    #[value(name = "4")]
    Four,
    #[value(name = "8")]
    Eight,
}

impl From<NUpName> for NUp {
    fn from(name: NUpName) -> Self {
        match name {
            NUpName::One => NUp::One,
            NUpName::Two => NUp::Two,
            NUpName::Four => NUp::Four,
            NUpName::Eight => NUp::Eight,
        }
    }
}

/// What plain codes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlainName {
    /// One code with the title, the summary, and how to get the rest
    Summary,
    /// The whole letter, as numbered pages
    Letter,
}

/// A parser of the languages that are spoken here: gives a tag.
pub fn language() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(all().map(|words| PossibleValue::new(words.tag()).help(words.english_name())))
}

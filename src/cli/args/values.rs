//! What the values of options are called on the command line.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::optics::qr::Level;
use crate::optics::scan::Effort;
use crate::press::forms::form::{Form, NUp};
use crate::press::pages::paper::Paper;
use crate::prose::lines::Lines;
use crate::words::all;

/// Names the values of an enum of another floor for the command line, each with its help where it needs one.
macro_rules! names {
    ($type:ident: $($value:ident = $name:literal $($help:literal)?,)+) => {
        impl ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$($type::$value),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(match self {
                    $($type::$value => PossibleValue::new($name)$(.help($help))?,)+
                })
            }
        }
    };
}

names![Paper: A3 = "a3", A4 = "a4", A5 = "a5", A6 = "a6", UsLetter = "letter" "US Letter",];
names![Level: L = "l", M = "m", Q = "q", H = "h",];
names![NUp: One = "1", Two = "2", Four = "4", Eight = "8",];
names![Lines:
    Guess = "guess" "Join those that an editor broke",
    Keep = "keep" "Leave each as it is",
    Join = "join" "Join all that follow each other",
];
names![Effort:
    Fast = "fast" "As far as it costs little",
    Normal = "normal" "Harder where a code is to be seen that could not be read",
    Thorough = "thorough" "In every way, several times as long",
];
names![Form:
    Leaflet = "leaflet" "The letter to read, then its codes",
    Cards = "cards" "Business cards, a code each",
    Booklet = "booklet" "A leaflet on half the paper, to be folded",
    Zine = "zine" "Eight small pages on one side of a sheet, to be cut and folded",
    Poster = "poster" "Title, summary and large codes, to be photographed from a metre",
    Archive = "archive" "Codes only, as dense as a scanner takes",
];

/// One form, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forms {
    One(Form),
    All,
}

impl Forms {
    /// The forms meant.
    pub fn forms(self) -> Vec<Form> {
        match self {
            Forms::One(form) => vec![form],
            Forms::All => Form::ALL.to_vec(),
        }
    }
}

/// A parser of [`Forms`].
pub fn forms() -> impl TypedValueParser<Value = Forms> {
    let each = Form::value_variants().iter().filter_map(Form::to_possible_value);
    PossibleValuesParser::new(each.chain([PossibleValue::new("all").help("All of them, in a folder")]))
        .map(|name| Form::from_str(&name, true).map_or(Forms::All, Forms::One))
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

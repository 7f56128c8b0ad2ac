//! What is printed of a letter, and on what: forms, paper and measures, and the groups of codes that all forms share.

use super::codes::{self, DEFAULT_MODULE_MM, Group, LARGEST_MODULE_MM, needed};
use super::compose::{Blank, Composer, NARROW_FOOT_MM};
use super::instructions::{Column, INSTRUCTIONS_PT};
use super::paper::{Margins, Paper, Size};
use super::plain::Plain;
use crate::codec::envelope::ObjectId;
use crate::codec::frame::Cut;
use crate::error::{Error, Result};
use crate::optics::qr::QrCode;
use crate::prose::text::Text;
use crate::words::PaperWords;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The letter to read, then its codes.
    Leaflet,
    /// Business cards, a code each.
    Cards,
    /// A leaflet on half the paper, to be folded.
    Booklet,
    /// Eight small pages on one side of a sheet, to be cut and folded.
    Zine,
    /// Title, summary and large codes, to be photographed from a metre.
    Poster,
    /// Codes only, as dense as a scanner takes.
    Archive,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 6] = [Form::Leaflet, Form::Cards, Form::Booklet, Form::Zine, Form::Poster, Form::Archive];

    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Leaflet => "leaflet",
            Form::Cards => "cards",
            Form::Booklet => "booklet",
            Form::Zine => "zine",
            Form::Poster => "poster",
            Form::Archive => "archive",
        }
    }
}

/// Pages on a side of a sheet, to be cut apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NUp {
    /// The page is the sheet.
    One,
    /// Side by side.
    Two,
    /// Two by two.
    Four,
    /// Four by two.
    Eight,
}

impl NUp {
    /// How many.
    pub fn pages(self) -> usize {
        match self {
            NUp::One => 1,
            NUp::Two => 2,
            NUp::Four => 4,
            NUp::Eight => 8,
        }
    }
}

/// Resolutions that scanners and printers have, in dots an inch.
pub const DPI: [u32; 6] = [150, 200, 300, 400, 600, 1200];

/// Paper and measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    /// The paper that goes into the printer.
    pub paper: Paper,
    /// Least side of a module in mm, [`MIN_MODULE_MM`](codes::MIN_MODULE_MM) to
    /// [`MAX_MODULE_MM`](codes::MAX_MODULE_MM); what suits the form where none is asked for.
    pub module_mm: Option<f32>,
    /// Dots an inch of the scanner that an archive is made for: one of [`DPI`].
    pub dpi: u32,
    /// Pages of a leaflet on each side of a sheet.
    pub n_up: NUp,
    /// Whether letters of Arabic script may be drawn out to fill a justified line.
    pub kashida: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup { paper: Paper::A4, module_mm: None, dpi: 300, n_up: NUp::One, kashida: false }
    }
}

/// What is printed of a letter.
#[derive(Debug, Clone, Copy)]
pub struct PrintJob<'a> {
    /// The letter, read for printing.
    pub text: &'a Text,
    /// Its object id.
    pub object_id: ObjectId,
    /// Its codes, all of one version.
    pub codes: &'a [QrCode],
    /// How it was cut into them.
    pub cut: &'a Cut,
    /// Codes in plain text.
    pub plain: &'a Plain,
    /// What a poster says under its title.
    pub summary: &'a str,
    /// The fingerprint of the key that signed it, where everyone may know.
    pub signed_by: Option<&'a str>,
}

impl PrintJob<'_> {
    pub(super) fn id(&self) -> String {
        self.object_id.to_string()
    }

    /// What stands at the foot of every page: the longest of these that there is room for.
    pub(super) fn foot(&self) -> Vec<String> {
        let id = format!("shabnameh {}", self.object_id);
        let named = format!("{} · {id}", self.text.short_name);
        let named = (!self.text.short_name.is_empty()).then_some(named);
        named.into_iter().chain([id, self.id()]).collect()
    }

    /// How to read the codes, in two languages.
    pub(super) fn how_to_read(&self, composer: &Composer<'_>) -> Vec<Column> {
        composer.how_to_read(needed(self.cut), self.text.carried, self.signed_by)
    }

    /// The letter's codes, and the plain ones.
    pub(super) fn groups(&self, composer: &Composer<'_>, module_mm: (f32, f32), on_every_page: bool) -> Vec<Group> {
        let needed = needed(self.cut);
        let modules = |code: &QrCode| codes::modules(code.version());
        let frames = Group {
            first: 0,
            count: self.codes.len(),
            modules: self.codes.first().map(modules).unwrap_or_default(),
            module_mm,
            above: self.how_to_read(composer),
            above_pt: INSTRUCTIONS_PT,
            on_every_page,
            fills: false,
            captions: (1..=self.codes.len())
                .map(|number| {
                    let said = |words: &dyn PaperWords| {
                        [words.code_caption(number, needed), words.short_caption(number, needed.of)]
                    };
                    composer.captions(said)
                })
                .collect(),
        };
        let of = self.plain.codes().len();
        let said = |number: usize| {
            composer.captions(|words| {
                [self.plain.caption(number, words), format!("{}/{}", words.number(number), words.number(of))]
            })
        };
        let column = |(words, right_to_left): &(&'static dyn PaperWords, bool)| Column {
            heading: words.plain_heading().to_owned(),
            steps: Vec::new(),
            right_to_left: *right_to_left,
            language: composer.foreign(*words),
        };
        let plain = Group {
            first: self.codes.len(),
            count: of,
            modules: self.plain.codes().iter().map(modules).max().unwrap_or_default(),
            module_mm,
            above: composer.both().iter().map(column).collect(),
            above_pt: INSTRUCTIONS_PT,
            on_every_page,
            fills: false,
            captions: (1..=of).map(said).collect(),
        };
        [frames, plain].into_iter().filter(|group| group.count > 0).collect()
    }
}

impl Setup {
    /// Checks the resolution.
    ///
    /// # Errors
    /// [`Error::Dpi`].
    pub fn check_dpi(&self) -> Result<()> {
        if DPI.contains(&self.dpi) { Ok(()) } else { Err(Error::Dpi { dpi: self.dpi }) }
    }

    pub(super) fn leaflet(&self, paper: Paper) -> Blank {
        let times = match self.n_up {
            NUp::One => return Blank::of(paper),
            NUp::Two => 1,
            NUp::Four => 2,
            NUp::Eight => 3,
        };
        let size = (0..times).fold(paper.size(), |size, _| size.halved());
        Blank { size, margins: Margins::of(10.0, 10.0), foot_mm: NARROW_FOOT_MM }
    }

    pub(super) fn booklet(paper: Paper) -> Blank {
        Blank::sized(paper.size().halved(), Margins::of(10.0, 10.0))
    }

    /// The upper edge of each page of a zine lies in the middle of the sheet, where no printer cuts anything off.
    pub(super) fn zine(paper: Paper) -> Blank {
        let Size { width_mm, height_mm } = paper.size();
        let margins = Margins { top_mm: 6.0, bottom_mm: 10.0, side_mm: 10.0 };
        Blank { size: Size::new(height_mm / 4.0, width_mm / 2.0), margins, foot_mm: NARROW_FOOT_MM }
    }

    /// Least and largest side of a module on pages to read.
    pub(super) fn modules(&self) -> (f32, f32) {
        let least = self.module_mm.unwrap_or(DEFAULT_MODULE_MM);
        (least, least.max(LARGEST_MODULE_MM))
    }
}

//! A letter, ready to be harmed: its codes on real pages, or in a real show, as pictures.

use std::collections::BTreeMap;

use super::forged::Known;
use super::sheet::{PlacedCode, Sheet};
use crate::codec::envelope::{Envelope, ObjectId};
use crate::codec::fec::{Encoder, Partition};
use crate::codec::frame::Frame;
use crate::codec::letter::Letter;
use crate::error::trial::{Result, TrialError};
use crate::optics::qr::{Plan, QrCode, QrVersion, Versions};
use crate::press::forms::form::Form;
use crate::press::forms::print_job::PrintJob;
use crate::press::forms::screen::{MAX_VERSION, Screen, Shown};
use crate::press::forms::setup::Setup;
use crate::press::forms::{self, CodeOptions};
use crate::press::pages::impose::{self, SheetSide};
use crate::press::pages::page::{Document, Item, Page};
use crate::press::pages::plain_codes::Plain;
use crate::press::pdf;
use crate::press::pictures::picture;
use crate::press::text::shaping::Typesetter;
use crate::prose::text::Text;

/// Dots an inch of the pictures of pages.
pub const DPI: f32 = 300.0;
/// Most pixels of all sides with codes: they are kept while they are tried, once for all runs and once more for each
/// run that goes on.
const MOST_PIXELS: usize = 250_000_000;

/// What carries the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Paper, in one of its forms.
    Paper(Form),
    /// The screen of a phone.
    Screen,
}

/// Our own settings: all that `encode` lets people choose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// What carries the codes.
    pub carrier: Carrier,
    /// Paper and module size.
    pub setup: Setup,
    /// The codes; without a version, whichever suits the carrier.
    pub codes: CodeOptions,
}

impl Default for Settings {
    /// Those of `encode`: a leaflet on A4.
    fn default() -> Self {
        let (setup, codes) = (Setup::default(), CodeOptions::default());
        Settings { carrier: Carrier::Paper(Form::Leaflet), setup, codes }
    }
}

/// A letter, set for its carrier, before anything is drawn.
#[derive(Debug)]
pub struct Prepared {
    /// What it was set by.
    pub settings: Settings,
    /// How many codes suffice, as is told to people.
    pub sufficient: usize,
    /// Whether any `sufficient` codes do, and each is there once: then the effect of loss can be computed.
    pub ideal: bool,
    /// Sides of paper, or pictures of the show.
    pub sides: usize,
    /// Those of them on which codes stand.
    pub sides_with_codes: usize,
    /// Side of a module as printed or shown, in mm.
    pub module_mm: f32,
    /// Bytes of the envelope.
    pub envelope_bytes: usize,
    content: Vec<u8>,
    object_id: ObjectId,
    partition: Partition,
    plan: Plan,
    texts: Vec<String>,
    codes: Vec<QrCode>,
    document: Option<Document>,
}

/// The codes of a letter on its carrier, unless their pictures do not fit into memory.
fn plan(partition: &Partition, settings: &Settings) -> Result<Plan> {
    let Settings { carrier, setup, codes } = settings;
    let (plan, sides) = match carrier {
        Carrier::Paper(form) => {
            let plan = forms::plan(*form, setup, partition, codes)?;
            let sides = forms::least_sides(*form, setup, &plan);
            (plan, sides)
        }
        Carrier::Screen => {
            let versions = match codes.version {
                Some(version) => Versions::Exactly(version),
                None => Versions::AtMost(QrVersion::new(MAX_VERSION)?),
            };
            let plan = Plan::choose(partition, codes.repair, codes.level, versions)?;
            let sides = plan.cut.frames;
            (plan, sides)
        }
    };
    check(sides, settings)?;
    Ok(plan)
}

impl Prepared {
    /// Sets a letter.
    ///
    /// # Errors
    /// Those of encoding and printing; [`TrialError::TrialTooLarge`] where its pictures do not fit into memory.
    pub fn new(letter: &Letter, settings: &Settings) -> Result<Self> {
        let envelope = Envelope::seal(letter)?;
        let encoder = Encoder::new(envelope.bytes())?;
        let partition = *encoder.partition();
        let plan = plan(&partition, settings)?;
        let texts = |plan: &Plan| -> Result<Vec<String>> {
            Ok(plan.cut.frames(envelope.object_id(), &encoder)?.iter().map(Frame::to_text).collect())
        };
        let made = |plan: &Plan| -> Result<Vec<QrCode>> {
            texts(plan)?.iter().map(|text| Ok(QrCode::new(text, plan.version, plan.level)?)).collect()
        };
        let (document, plan, codes) = match settings.carrier {
            Carrier::Screen => (None, plan, made(&plan)?),
            Carrier::Paper(form) => {
                let text = Text::of(letter);
                let mut typesetter = Typesetter::default();
                let set = |plan: &Plan, codes: &[QrCode]| {
                    let matter = PrintJob {
                        text: &text,
                        object_id: envelope.object_id(),
                        codes,
                        cut: &plan.cut,
                        plain: &Plain::Nothing,
                        summary: "",
                        signed_by: None,
                    };
                    Ok(forms::set(form, &settings.setup, &matter, &mut typesetter)?)
                };
                let (document, plan, codes) = forms::filled(plan, &partition, made, set)?;
                (Some(document), plan, codes)
            }
        };
        let texts = texts(&plan)?;
        // How many codes stand on each side.
        let standing: Vec<usize> = match &document {
            None => vec![1; codes.len()],
            Some(document) => document.sheets.iter().map(|side| places(document, side).len()).collect(),
        };
        let with_codes = standing.iter().filter(|codes| **codes > 0).count();
        check(with_codes, settings)?;
        Ok(Prepared {
            settings: *settings,
            sufficient: plan.cut.sufficient,
            ideal: plan.cut.certain && standing.iter().sum::<usize>() == codes.len(),
            sides: standing.len(),
            sides_with_codes: with_codes,
            module_mm: module_mm(document.as_ref(), &plan),
            envelope_bytes: envelope.bytes().len(),
            content: letter.content().to_vec(),
            object_id: envelope.object_id(),
            partition,
            plan,
            texts,
            codes,
            document,
        })
    }

    /// The codes of the letter.
    pub fn codes(&self) -> usize {
        self.codes.len()
    }

    /// The version of its codes.
    pub fn version(&self) -> QrVersion {
        self.plan.version
    }

    /// Pixels of one of its sides.
    pub fn side_pixels(&self) -> usize {
        side_pixels(&self.settings)
    }

    /// What its codes take, with their quiet zones, in square millimetres.
    pub fn area_mm2(&self) -> f64 {
        let side = (self.plan.version.modules() + 2 * QrCode::QUIET_ZONE) as f64 * f64::from(self.module_mm);
        self.codes.len() as f64 * side * side
    }
}

/// A letter on its carrier, as pictures.
#[derive(Debug)]
pub struct Specimen {
    /// What shall come through.
    pub content: Vec<u8>,
    /// The text of each code, and the code's number.
    pub texts: BTreeMap<Vec<u8>, usize>,
    /// What a forger knows of it.
    pub known: Known,
    /// The sides with codes on them: nobody photographs the others.
    pub sheets: Vec<Sheet>,
}

impl Specimen {
    /// Draws what was set.
    ///
    /// # Errors
    /// Those of writing and drawing PDF.
    pub fn draw(setting: &Prepared) -> Result<Self> {
        let plan = &setting.plan;
        let (sheets, pixels_per_module) = match &setting.document {
            Some(document) => (printed(document)?, (setting.module_mm * DPI / 25.4).round() as usize),
            None => (shown(&SCREEN, &setting.codes, 1), SCREEN.pixels_per_module(plan.version, 1)),
        };
        Ok(Specimen {
            content: setting.content.clone(),
            texts: setting.texts.iter().map(|text| text.clone().into_bytes()).zip(0..).collect(),
            known: Known {
                object_id: setting.object_id,
                partition: setting.partition,
                cut: plan.cut,
                version: plan.version,
                level: plan.level,
                pixels_per_module: pixels_per_module.max(1),
            },
            sheets,
        })
    }
}

/// The screen of shows.
const SCREEN: Screen = Screen::PHONE;

fn side_pixels(settings: &Settings) -> usize {
    let size = settings.setup.paper.size();
    match settings.carrier {
        Carrier::Paper(_) => (size.width_mm * size.height_mm * (DPI / 25.4).powi(2)) as usize,
        Carrier::Screen => SCREEN.width * SCREEN.height,
    }
}

fn check(sides: usize, settings: &Settings) -> Result<()> {
    let max = MOST_PIXELS / side_pixels(settings);
    if sides > max { Err(TrialError::TrialTooLarge { sides, max }) } else { Ok(()) }
}

/// Side of a module, in mm, of the first code that stands anywhere.
fn module_mm(document: Option<&Document>, plan: &Plan) -> f32 {
    let Some(document) = document else {
        return SCREEN.pixels_per_module(plan.version, 1) as f32 / SCREEN.per_mm;
    };
    let items = document.pages.iter().flat_map(|page| &page.items);
    let mut modules = items.filter_map(|item| match item {
        Item::Code { module_mm, .. } => Some(*module_mm),
        _ => None,
    });
    modules.next().unwrap_or_default()
}

/// Where the codes of a document stand on one of its sides, in pixels.
fn places(document: &Document, side: &SheetSide) -> Vec<PlacedCode> {
    let per_mm = DPI / 25.4;
    let pages = side.places.iter().filter_map(|place| Some((place, document.pages.get(place.page)?)));
    let on_page = |(place, page): (&impose::PlacedPage, &Page)| {
        let codes = page.items.iter().filter_map(|item| {
            let Item::Code { x_mm, y_mm, module_mm, code, .. } = item else { return None };
            let side = document.codes.get(*code)?.version().modules() as f32 * module_mm;
            let at = |x: f32, y: f32| {
                let (x, y) = (x_mm + x * side, y_mm + y * side);
                let (x, y) = if place.turned { (page.width_mm - x, page.height_mm - y) } else { (x, y) };
                [(place.x_mm + x) * per_mm, (place.y_mm + y) * per_mm]
            };
            let corners = [at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
            Some(PlacedCode { code: Some(*code), corners, whole: true })
        });
        codes.collect::<Vec<_>>()
    };
    pages.flat_map(on_page).collect()
}

/// The sides with codes, as the rasterizer of our reader draws them.
fn printed(document: &Document) -> Result<Vec<Sheet>> {
    let bytes = pdf::write(document, &|| ())?;
    let mut sheets = Vec::new();
    let mut wrong = None;
    let mut sides = document.sheets.iter();
    picture::preview(&bytes, DPI, &mut |_, grey| match (grey, sides.next()) {
        (Ok(grey), Some(side)) => {
            let codes = places(document, side);
            if !codes.is_empty() {
                sheets.push(Sheet { grey, per_mm: DPI / 25.4, codes });
            }
        }
        (Err(error), _) => wrong = Some(error),
        (Ok(_), None) => {}
    })?;
    wrong.map_or(Ok(sheets), |error| Err(error.into()))
}

/// The pictures of a show of codes on a screen, so many at once, with the places of the codes in them.
pub fn shown(screen: &Screen, codes: &[QrCode], at_once: usize) -> Vec<Sheet> {
    let place =
        |shown: &Shown| PlacedCode::upright(Some(shown.code), [shown.x as f32, shown.y as f32], shown.side as f32);
    screen
        .show(codes, at_once)
        .map(|picture| Sheet {
            codes: picture.codes.iter().map(place).collect(),
            grey: picture.grey,
            per_mm: screen.per_mm,
        })
        .collect()
}

//! A letter, ready to be harmed: its codes on real pages, or in a real show, as pictures.

use std::collections::BTreeMap;

use super::forged::Known;
use super::sheet::{Place, Sheet};
use crate::codec::envelope::Envelope;
use crate::codec::fec::Encoder;
use crate::codec::frame::Frame;
use crate::codec::letter::Letter;
use crate::error::{Error, Result};
use crate::optics::qr::{Level, Plan, QrCode, QrVersion, Versions};
use crate::press::layout::Typesetter;
use crate::press::matter::{Form, Matter, Setup};
use crate::press::page::{Document, Item};
use crate::press::plain::Plain;
use crate::press::screen::{MAX_VERSION, Screen};
use crate::press::text::Text;
use crate::press::{forms, pdf, picture};

/// Dots an inch of the pictures of pages.
pub const DPI: f32 = 300.0;
/// Most pixels of all pages of a specimen: they are kept while it is tried.
const MOST_PIXELS: usize = 700_000_000;

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
    /// Repair symbols for each hundred source symbols.
    pub repair: u32,
    /// Error correction level.
    pub level: Level,
    /// QR version; whichever suits the carrier where none is asked for.
    pub version: Option<QrVersion>,
}

/// A letter on its carrier.
#[derive(Debug)]
pub struct Specimen {
    /// What shall come through.
    pub content: Vec<u8>,
    /// The text of each code, and the code's number.
    pub texts: BTreeMap<Vec<u8>, usize>,
    /// What a forger knows of it.
    pub known: Known,
    /// Bytes of the envelope.
    pub envelope_bytes: usize,
    /// How many codes suffice, as is told to people.
    pub sufficient: usize,
    /// Sides of paper, or pictures of the show.
    pub sides: usize,
    /// Side of a module as printed or shown, in mm.
    pub module_mm: f32,
    /// Those with codes on them, as pictures: nobody photographs the others.
    pub sheets: Vec<Sheet>,
}

impl Specimen {
    /// Puts a letter onto its carrier.
    ///
    /// # Errors
    /// Those of encoding and printing; [`Error::TrialTooLarge`] where its pages do not fit into memory.
    pub fn new(letter: &Letter, settings: &Settings) -> Result<Self> {
        let envelope = Envelope::seal(letter)?;
        let encoder = Encoder::new(envelope.bytes())?;
        let partition = *encoder.partition();
        let Settings { setup, repair, level, version, .. } = *settings;
        let plan = match settings.carrier {
            Carrier::Paper(form) => forms::plan(form, &setup, &partition, repair, level, version)?,
            Carrier::Screen => {
                let most = QrVersion::new(MAX_VERSION)?;
                Plan::choose(&partition, repair, level, version.map_or(Versions::AtMost(most), Versions::Exactly))?
            }
        };
        let frames = plan.cut.frames(envelope.object_id(), &encoder)?;
        let texts: Vec<String> = frames.iter().map(Frame::to_text).collect();
        let codes: Vec<QrCode> =
            texts.iter().map(|text| QrCode::new(text, plan.version, plan.level)).collect::<Result<_>>()?;
        let (sheets, sides) = match settings.carrier {
            Carrier::Paper(form) => {
                let text = Text::of(letter);
                let matter = Matter {
                    text: &text,
                    object_id: envelope.object_id(),
                    codes: &codes,
                    cut: &plan.cut,
                    plain: &Plain::Nothing,
                    summary: "",
                };
                check(forms::least_sides(form, &setup, &plan), &setup)?;
                let document = forms::set(form, &setup, &matter, &mut Typesetter::default())?;
                check(document.sheets.len(), &setup)?;
                (printed(&document)?, document.sheets.len())
            }
            Carrier::Screen => {
                let sheets = shown(&codes);
                let sides = sheets.len();
                (sheets, sides)
            }
        };
        let side = sheets.iter().flat_map(|sheet| sheet.codes.first().map(|place| (place, sheet.per_mm))).next();
        let pixels = side.map_or(1.0, |(place, _)| place.side() / plan.version.modules() as f32);
        Ok(Specimen {
            content: letter.content().to_vec(),
            texts: texts.into_iter().map(String::into_bytes).zip(0..).collect(),
            known: Known {
                object_id: envelope.object_id(),
                partition,
                cut: plan.cut,
                version: plan.version,
                level: plan.level,
                pixels_per_module: (pixels.round() as usize).max(1),
            },
            envelope_bytes: envelope.bytes().len(),
            sufficient: plan.cut.sufficient,
            sides,
            module_mm: side.map_or(0.0, |(_, per_mm)| pixels / per_mm),
            sheets,
        })
    }

    /// The codes of the letter.
    pub fn codes(&self) -> usize {
        self.texts.len()
    }
}

fn check(sides: usize, setup: &Setup) -> Result<()> {
    let size = setup.paper.size();
    let pixels = (size.width_mm * size.height_mm * (DPI / 25.4).powi(2)) as usize;
    if sides * pixels > MOST_PIXELS {
        return Err(Error::TrialTooLarge { sides, max: MOST_PIXELS / pixels });
    }
    Ok(())
}

/// The pages with codes, as the rasterizer of our reader draws them.
fn printed(document: &Document) -> Result<Vec<Sheet>> {
    let bytes = pdf::write(document, &|| ())?;
    let per_mm = DPI / 25.4;
    let mut sheets = Vec::new();
    let mut wrong = None;
    let mut sides = document.sheets.iter();
    picture::preview(&bytes, DPI, &mut |_, grey| match (grey, sides.next()) {
        (Ok(grey), Some(side)) => {
            let codes: Vec<Place> = side
                .places
                .iter()
                .filter_map(|place| Some((place, document.pages.get(place.page)?)))
                .flat_map(|(place, page)| {
                    page.items.iter().filter_map(move |item| {
                        let Item::Code { x_mm, y_mm, module_mm, code, .. } = item else { return None };
                        let side = document.codes.get(*code)?.version().modules() as f32 * module_mm;
                        let at = |x: f32, y: f32| {
                            let (x, y) = (x_mm + x * side, y_mm + y * side);
                            let (x, y) = if place.turned { (page.width_mm - x, page.height_mm - y) } else { (x, y) };
                            [(place.x_mm + x) * per_mm, (place.y_mm + y) * per_mm]
                        };
                        let corners = [at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
                        Some(Place { code: Some(*code), corners, whole: true })
                    })
                })
                .collect();
            if !codes.is_empty() {
                sheets.push(Sheet { grey, per_mm, codes });
            }
        }
        (Err(error), _) => wrong = Some(error),
        (Ok(_), None) => {}
    })?;
    wrong.map_or(Ok(sheets), Err)
}

/// The pictures of the show.
fn shown(codes: &[QrCode]) -> Vec<Sheet> {
    let screen = Screen::PHONE;
    let place = |shown: &crate::press::screen::Shown| {
        let (left, top, side) = (shown.x as f32, shown.y as f32, shown.side as f32);
        let corners = [[left, top], [left + side, top], [left + side, top + side], [left, top + side]];
        Place { code: Some(shown.code), corners, whole: true }
    };
    screen
        .show(codes, 1)
        .into_iter()
        .map(|picture| Sheet {
            codes: picture.codes.iter().map(place).collect(),
            grey: picture.grey,
            per_mm: screen.per_mm,
        })
        .collect()
}

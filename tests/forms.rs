//! Every form, drawn by an independent renderer (poppler), harmed as paper is, and read back. The geometry of pages, as
//! text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/poppler.rs"]
mod poppler;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use common::{Chance, LETTER, persian_text};
use image::GrayImage;
use shabnameh::codec::assemble::{Assembler, State};
use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::QrCode;
use shabnameh::optics::raster::Grey;
use shabnameh::optics::scan::scan;
use shabnameh::press::forms::CodeOptions;
use shabnameh::press::forms::form::{Form, NUp};
use shabnameh::press::forms::print_job::PrintJob;
use shabnameh::press::forms::setup::Setup;
use shabnameh::press::pages::code_grid::needed;
use shabnameh::press::pages::page::{Document, Item, Page};
use shabnameh::press::pages::paper::Paper;
use shabnameh::press::pages::plain_codes::Plain;
use shabnameh::press::text::shaping::Typesetter;
use shabnameh::press::{forms, pdf};
use shabnameh::prose::text::Text;
use shabnameh::trial::harm::{self, Strengths};
use shabnameh::trial::sheet::Sheet;
use shabnameh::trial::warp::{Canvas, ProjectiveMap, project};
use shabnameh::trial::{carried, copied, lost, photographed, printed};

const DPI: f32 = 300.0;
/// What the plain code says.
const PLAIN: &str = "خلاصه‌ای در یک جمله.";

/// A form of a letter, with twice the codes that are needed.
fn document(content: &[u8], form: Form, setup: &Setup) -> Document {
    document_with(content, form, setup, 100)
}

fn document_with(content: &[u8], form: Form, setup: &Setup, repair: u32) -> Document {
    let letter = Letter::new(content.to_vec(), "letter.md").unwrap();
    let envelope = Envelope::seal(&letter).unwrap();
    let encoder = Encoder::new(envelope.bytes()).unwrap();
    let plan =
        forms::plan(form, setup, encoder.partition(), &CodeOptions { repair, ..CodeOptions::default() }).unwrap();
    let frames = plan.cut.frames(envelope.object_id(), &encoder).unwrap();
    let codes: Vec<QrCode> =
        frames.iter().map(|frame| QrCode::new(&frame.to_text(), plan.version, plan.level).unwrap()).collect();
    let text = Text::of(&letter);
    let needed = needed(&plan.cut);
    let plain = match form {
        Form::Archive => Plain::Nothing,
        _ => Plain::summary(&text, Some(PLAIN), needed, shabnameh::words::words("en")).unwrap(),
    };
    let matter = PrintJob {
        text: &text,
        object_id: envelope.object_id(),
        codes: &codes,
        cut: &plan.cut,
        plain: &plain,
        summary: "خلاصه‌ای در یک جمله.",
        signed_by: None,
    };
    forms::set(form, setup, &matter, &mut Typesetter::default()).unwrap()
}

/// Sides of a document as poppler draws them.
fn drawn(document: &Document, dpi: f32, sides: Option<usize>) -> Vec<Sheet> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.pdf");
    std::fs::write(&path, pdf::write(document, &|| ()).unwrap()).unwrap();
    poppler::draw(&path, dpi, sides).iter().map(|side| sheet(side, dpi)).collect()
}

/// The texts of our codes in pictures; a code that reads, but is none of those printed, is a misread.
fn read(sides: &[Sheet], printed: Option<&BTreeSet<Vec<u8>>>) -> BTreeSet<Vec<u8>> {
    let mut texts = BTreeSet::new();
    for side in sides {
        for code in scan(&side.grey) {
            if Frame::from_text(&code.bytes).is_some() {
                assert!(printed.is_none_or(|printed| printed.contains(&code.bytes)), "a misread");
                texts.insert(code.bytes);
            } else {
                assert!(String::from_utf8_lossy(&code.bytes).contains(PLAIN), "a misread");
            }
        }
    }
    texts
}

fn restores(texts: &BTreeSet<Vec<u8>>, content: &[u8]) -> bool {
    let mut assembler = Assembler::default();
    for text in texts {
        assembler.add(&Frame::from_text(text).unwrap().unwrap()).unwrap();
    }
    assembler.progress().iter().any(|progress| {
        matches!(&progress.state, State::Complete(envelope) if common::opened(envelope).content() == content)
    })
}

/// What happens to a side of a print, in some variants; the side's number makes chance differ.
type Harm = (&'static str, usize, fn(&mut Sheet, usize, &mut Chance));

const HARMS: [Harm; 6] = [
    ("as printed", 1, |_, _, _| ()),
    ("94 %", 1, |side, _, _| *side = printed::smaller(side, 0.94)),
    ("strip lost", 4, |side, edge, chance| lost::strip(side, 15.0, edge, chance)),
    ("quarter torn", 4, |side, corner, chance| lost::tear(side, 25.0, corner, chance)),
    ("copied 3 times", 1, |side, _, chance| copied::apply(side, &strengths(&[(&copied::COPIES, 3.0)]), chance)),
    ("folded", 1, |side, _, chance| {
        carried::apply(side, &strengths(&[(&carried::FOLDS, 4.0), (&carried::WEAR, 0.5)]), chance);
    }),
];

fn strengths(all: &[(&harm::Harm, f32)]) -> Strengths {
    let mut strengths = Strengths::default();
    all.iter().for_each(|(harm, strength)| strengths.set(harm, *strength));
    strengths
}

fn sheet(picture: &GrayImage, dpi: f32) -> Sheet {
    let grey = Grey::new(picture.width() as usize, picture.height() as usize, picture.as_raw().clone()).unwrap();
    Sheet { grey, per_mm: dpi / 25.4, codes: Vec::new() }
}

/// At another resolution, and turned.
fn scanned(side: &Sheet, scale: f32, degrees: f32) -> Sheet {
    let forth = ProjectiveMap::scale(scale, [0.0, 0.0]).after(&ProjectiveMap::turn(degrees));
    let pixels = |side: usize| (side as f32 * scale).round() as usize;
    let canvas = Canvas {
        width: pixels(side.grey.width()),
        height: pixels(side.grey.height()),
        per_mm: side.per_mm * scale,
        around: 255,
        grid: 0.0,
    };
    project(side, &canvas, &forth)
}

/// Codes read, in hundredths of those printed, from the worst variant of each harm, at 150, 200 and 300 dots an inch:
/// the least there must be. What is torn off cannot be read; what is left is.
type Least = [[usize; 3]; 6];

// One test a form, so that they run side by side.

#[test]
fn leaflets_are_read_back_from_harmed_paper() {
    is_read_back(Form::Leaflet, [[100; 3], [100; 3], [91; 3], [50; 3], [91; 3], [83; 3]]);
}

#[test]
fn cards_are_read_back_from_harmed_paper() {
    is_read_back(Form::Cards, [[100; 3], [100; 3], [91; 3], [58; 3], [91; 3], [91; 3]]);
}

#[test]
fn booklets_are_read_back_from_harmed_paper() {
    is_read_back(Form::Booklet, [[100; 3], [100; 3], [75; 3], [50; 3], [91; 3], [58; 3]]);
}

#[test]
fn zines_are_read_back_from_harmed_paper() {
    is_read_back(Form::Zine, [[100; 3], [100; 3], [75; 3], [50; 3], [75; 3], [75; 3]]);
}

#[test]
fn posters_are_read_back_from_harmed_paper() {
    is_read_back(Form::Poster, [[100; 3], [100; 3], [90; 3], [50; 3], [90; 3], [80; 3]]);
}

fn is_read_back(form: Form, least: Least) {
    let letter = persian_text(15, 2).into_bytes();
    let sides = drawn(&document(&letter, form, &Setup::default()), DPI, None);
    let printed = read(&sides, None);
    assert!(restores(&printed, &letter));
    let mut table = String::new();
    let mut wrong = Vec::new();
    for ((name, variants, harm), least) in HARMS.iter().zip(least) {
        write!(table, "{:<8} {name:<15}", form.name()).unwrap();
        let mut worst = [(100, true); 3];
        for variant in 0..*variants {
            let harmed: Vec<Sheet> = (0..)
                .zip(&sides)
                .map(|(number, side)| {
                    let mut side = side.clone();
                    harm(&mut side, variant, &mut Chance::of(&[number, variant as u64]));
                    side
                })
                .collect();
            // Each edge and corner at one resolution, in turn; with EVERY_DPI in the environment at each, as for the
            // table in docs/measurements.md.
            let all = std::env::var_os("EVERY_DPI").is_some();
            let dpis = (0..3).zip([150.0, 200.0, 300.0]).zip(&mut worst);
            for ((_, dpi), worst) in dpis.filter(|((number, _), _)| all || variant % 3 == *number) {
                let photos: Vec<Sheet> = harmed.iter().map(|side| scanned(side, dpi / DPI, 0.0)).collect();
                let texts = read(&photos, Some(&printed));
                let whole = restores(&texts, &letter);
                *worst = (worst.0.min(texts.len() * 100 / printed.len()), worst.1 && whole);
            }
        }
        for ((percent, whole), least) in worst.into_iter().zip(least) {
            write!(table, " {percent:>4}{}", if whole { ' ' } else { '!' }).unwrap();
            if percent < least || !whole {
                wrong.push(format!("{name}: {percent} % of {}, restored: {whole}", printed.len()));
            }
        }
        table.push('\n');
    }
    if std::env::var_os("EVERY_DPI").is_some() {
        std::io::Write::write_all(&mut std::io::stderr(), table.as_bytes()).unwrap();
    }
    assert!(wrong.is_empty(), "{wrong:#?}\n{table}");
}

#[test]
fn archives_are_dense_and_survive_the_scanner() {
    for (dpi, finer, kb, sheets) in [(300, 3, 50, 3), (600, 2, 125, 2)] {
        let letter = Chance(dpi.into()).bytes(kb * 1024 * sheets - 500);
        let document = document_with(&letter, Form::Archive, &Setup { dpi, ..Setup::default() }, 0);
        assert_eq!(document.sheets.len(), sheets, "sheets of {kb} KB at {dpi} dpi");
        let prints = drawn(&document, (dpi * finer) as f32, None);
        let scans = (0..).zip(&prints).map(|(number, print)| {
            let mut scan = scanned(print, 1.0 / finer as f32, [0.4, -0.7, 1.1][number % 3]);
            let glass = strengths(&[(&photographed::DEFOCUS, 0.7), (&photographed::NOISE, 6.5)]);
            let mut chance = Chance(number as u64);
            photographed::expose(&mut scan, &glass, &photographed::Lighting::of(&glass, &mut chance), &mut chance);
            scan
        });
        let texts = read(&scans.collect::<Vec<_>>(), None);
        let read = texts.len();
        let printed = document.codes.len();
        println!("{dpi} dpi: {kb} KB a side, {read} of {printed} codes read");
        assert!(read * 100 >= printed * 98, "{read} of {printed} codes read at {dpi} dpi");
        assert!(read < printed || restores(&texts, &letter));
    }
}

/// The geometry of a document, in tenths of a millimetre.
fn geometry(document: &Document) -> String {
    let mut text = String::new();
    for (number, sheet) in document.sheets.iter().enumerate() {
        let places = sheet.places.iter().map(|place| {
            let turned = if place.turned { " turned" } else { "" };
            format!("{} at {:.1} {:.1}{turned}", place.page + 1, place.x_mm, place.y_mm)
        });
        let places: Vec<String> = places.collect();
        let size = sheet.size;
        writeln!(text, "side {} {:.1} x {:.1}: {}", number + 1, size.width_mm, size.height_mm, places.join(", "))
            .unwrap();
    }
    for (number, page) in document.pages.iter().enumerate() {
        writeln!(text, "page {} {:.1} x {:.1}", number + 1, page.width_mm, page.height_mm).unwrap();
        for item in &page.items {
            match item {
                Item::Text { x_mm, baseline_mm, line, part } => {
                    let part = part.map_or("-".into(), |part| part.to_string());
                    let glyphs: usize = line.glyphs.iter().map(|glyph| glyph.text.chars().count()).sum();
                    let (left, right) = (x_mm + line.left_mm(), x_mm + line.right_mm);
                    writeln!(text, "  text {left:.1} to {right:.1} on {baseline_mm:.1}, {:.1} pt, {glyphs} characters, part {part}", line.size_pt)
                        .unwrap();
                }
                Item::Code { x_mm, y_mm, module_mm, code, .. } => {
                    writeln!(text, "  code {code} at {x_mm:.1} {y_mm:.1}, module {module_mm:.3}").unwrap();
                }
                Item::Rule { x_mm, y_mm, width_mm, height_mm } => {
                    writeln!(text, "  rule {x_mm:.1} {y_mm:.1} {width_mm:.1} x {height_mm:.1}").unwrap();
                }
            }
        }
    }
    text
}

#[test]
fn pages_stand_where_they_stood() {
    let cases = Form::ALL.map(|form| (form.name(), form, Setup::default())).into_iter().chain([
        ("leaflet-a6", Form::Leaflet, Setup { paper: Paper::A6, ..Setup::default() }),
        ("leaflet-letter-2up", Form::Leaflet, Setup { paper: Paper::UsLetter, n_up: NUp::Two, ..Setup::default() }),
    ]);
    for (name, form, setup) in cases {
        let now = geometry(&document(LETTER, form, &setup));
        let path = Path::new("tests/snapshots").join(name).with_extension("txt");
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let then = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some((line, (then, now))) = (1..).zip(then.lines().zip(now.lines())).find(|(_, (then, now))| then != now)
        {
            panic!("{name}, line {line}: was {then:?}, is {now:?}; UPDATE_SNAPSHOTS=1 takes it as it is");
        }
        assert_eq!(then.lines().count(), now.lines().count(), "{name}");
    }
}

#[test]
fn nothing_stands_in_the_margins_and_no_ink_in_a_quiet_zone() {
    let letter = persian_text(12, 4).into_bytes();
    for paper in Paper::ALL {
        for form in Form::ALL {
            let setup = Setup { paper, ..Setup::default() };
            let content: &[u8] = if form == Form::Archive { LETTER } else { &letter };
            let possible = !(matches!(form, Form::Zine | Form::Poster) && matches!(paper, Paper::A5 | Paper::A6));
            if !possible {
                continue;
            }
            let document = document(content, form, &setup);
            // Left and right, above, below. The pages of a zine begin in the middle of the sheet; a card's code has its
            // white on the card.
            let margins = match form {
                Form::Zine => [10.0, 6.0, 10.0],
                Form::Cards => [2.0, 1.0, 1.0],
                _ => [10.0, 10.0, 10.0],
            };
            let what = format!("{} on {paper:?}", form.name());
            document.pages.iter().for_each(|page| inside(page, &document.codes, margins, &what));
        }
    }
}

/// Whether everything on a page is at least so far from its edges, and no ink stands in a quiet zone.
fn inside(page: &Page, codes: &[QrCode], [side, top, bottom]: [f32; 3], what: &str) {
    let bounds = |item: &Item| match item {
        Item::Text { x_mm, baseline_mm, line, .. } => {
            // Ascenders and descenders of most letters.
            let height = line.size_pt * 25.4 / 72.0;
            [x_mm + line.left_mm(), baseline_mm - height * 0.6, x_mm + line.right_mm, baseline_mm + height * 0.2]
        }
        Item::Code { x_mm, y_mm, module_mm, code, .. } => {
            let wide = codes[*code].version().modules() as f32 * module_mm;
            [*x_mm, *y_mm, x_mm + wide, y_mm + wide]
        }
        Item::Rule { x_mm, y_mm, width_mm, height_mm } => [*x_mm, *y_mm, x_mm + width_mm, y_mm + height_mm],
    };
    for item in &page.items {
        let [l, t, r, b] = bounds(item);
        assert!(
            l >= side - 0.3 && t >= top - 0.3 && r <= page.width_mm - side + 0.3 && b <= page.height_mm - bottom + 0.3,
            "{what}: {l:.1} {t:.1} to {r:.1} {b:.1} on a page of {} x {}",
            page.width_mm,
            page.height_mm
        );
    }
    for code in page.items.iter().filter(|item| matches!(item, Item::Code { .. })) {
        let Item::Code { module_mm, .. } = code else { continue };
        let [l, t, r, b] = bounds(code);
        // Captions may touch the outermost module of the quiet zone.
        let quiet = module_mm * 2.9;
        for item in page.items.iter().filter(|item| *item != code) {
            let [left, top, right, bottom] = bounds(item);
            let apart = right <= l - quiet || left >= r + quiet || bottom <= t - quiet || top >= b + quiet;
            assert!(apart, "{what}: ink at {left:.1} {top:.1} in the quiet zone of the code at {l:.1} {t:.1}");
        }
    }
}

#[test]
fn no_character_of_the_text_is_left_out() {
    let long_title = format!("# {}\n\nمتن", "عنوانی دراز ".repeat(60));
    let letters = [persian_text(3, 8), long_title, String::from_utf8(LETTER.to_vec()).unwrap(), "کلمه ".repeat(30_000)];
    for letter in &letters {
        for form in [Form::Leaflet, Form::Booklet, Form::Zine] {
            let document = document(letter.as_bytes(), form, &Setup::default());
            let mut printed = std::collections::BTreeMap::<char, i64>::new();
            for item in document.pages.iter().flat_map(|page| &page.items) {
                if let Item::Text { line, part: Some(_), .. } = item {
                    let all = line.glyphs.iter().flat_map(|glyph| glyph.text.chars());
                    all.for_each(|character| *printed.entry(character).or_default() += 1);
                }
            }
            for character in letter.chars().filter(|c| c.is_alphanumeric()) {
                let count = printed.entry(character).or_default();
                *count -= 1;
                assert!(*count >= 0, "{character:?} is left out of the {}", form.name());
            }
        }
    }
}

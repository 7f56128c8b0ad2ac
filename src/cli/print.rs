//! `print`: a letter in one form, or in all of them.

use std::path::{Path, PathBuf};

use super::arguments::{FormName, Making, PlainName, Print};
use super::files::{self, Kit};
use super::source::Sealed;
use super::{COMPLETE, say};
use crate::error::{Error, Result};
use crate::optics::qr::{Plan, QrCode, QrVersion};
use crate::press::layout::Typesetter;
use crate::press::matter::{Form, Matter, Setup};
use crate::press::page::Document;
use crate::press::text::Text;
use crate::press::{codes, forms, pdf, picture, plain};
use crate::words::{self, words};

/// Most sides of paper that are made without being asked for.
const MAX_SIDES: usize = 250;
/// No side of paper has more codes than this at any sensible setting: enough to refuse early what would take minutes.
const MOST_CODES_A_SIDE: usize = 60;
/// Dots an inch of previews.
const PREVIEW_DPI: f32 = 110.0;
/// Most characters of the letter that a poster has where no summary is given.
const SUMMARY: usize = 280;

pub fn run(options: &Print) -> Result<u8> {
    let sealed = Sealed::read(&options.input, &options.making)?;
    let n_up = options.n_up.parse().unwrap_or(1);
    let setup = Setup { n_up, dpi: options.dpi, ..setup(&options.making) };
    let text = Text::of(&sealed.letter);
    // A summary that was written is wanted: where no poster shows it, in a plain code.
    let summarized = options.summary.is_some() && options.form != FormName::Poster;
    let plain = options.plain.or(summarized.then_some(PlainName::Summary));
    let extras = Extras { plain, summary: options.summary.as_deref() };
    let all = options.form == FormName::All;
    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut summary = String::new();
    let mut typesetter = Typesetter::default();
    let bar = say::progress(0);
    for form in options.form.forms() {
        let made = make(&sealed, &text, form, &setup, &options.making, &extras, &mut typesetter, options.force, &bar);
        let (document, plan) = match made {
            // What cannot be made of this paper leaves the other forms alone.
            Err(error @ (Error::FormPaper { .. } | Error::CodeTooLarge { .. } | Error::ManySheets { .. })) if all => {
                bar.suspend(|| say::error_about(form.name(), &error));
                continue;
            }
            made => made?,
        };
        let bytes = pdf::write(&document, &|| bar.inc(1))?;
        let path = if all { PathBuf::from(form.name()).with_extension("pdf") } else { options.out.clone() };
        if options.preview {
            written.append(&mut preview(&path, &bytes, &bar)?);
        }
        written.push((path, bytes));
        let (pages, sides) = (document.pages.len(), document.sheets.len());
        let printed = say::language().printed(form.name(), pages, sides, plan.cut.frames);
        summary.push_str(&format!("{printed}; {}\n", say::language().sufficient(codes::needed(&plan.cut))));
        let hint = match form {
            Form::Cards => words::Form::Cards,
            Form::Booklet => words::Form::Booklet,
            Form::Zine => words::Form::Zine,
            _ => words::Form::Flat,
        };
        if let Some(hint) = say::language().how_to_fold(hint) {
            bar.suspend(|| say::note(&format!("{}: {hint}", form.name())));
        }
    }
    bar.finish_and_clear();
    missing(&typesetter);
    if all {
        let mut kit = Kit::begin(&options.out, options.force)?;
        for (path, bytes) in &written {
            kit.write(path, bytes)?;
        }
        kit.finish()?;
    } else {
        for (path, bytes) in &written {
            files::write(path, bytes, options.force)?;
        }
        if files::is_standard(&options.out) {
            return Ok(COMPLETE);
        }
    }
    say::result(summary.as_bytes())?;
    Ok(COMPLETE)
}

/// Paper and measures by the options that all commands have.
pub fn setup(making: &Making) -> Setup {
    Setup { paper: making.paper.into(), module_mm: making.module_mm, ..Setup::default() }
}

/// What is printed besides the letter and its codes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras<'a> {
    pub plain: Option<PlainName>,
    pub summary: Option<&'a str>,
}

/// Makes a form of a letter.
#[allow(clippy::too_many_arguments)]
fn make(
    sealed: &Sealed,
    text: &Text,
    form: Form,
    setup: &Setup,
    making: &Making,
    extras: &Extras<'_>,
    typesetter: &mut Typesetter,
    force: bool,
    bar: &say::Progress,
) -> Result<(Document, Plan)> {
    let plan = plan(sealed, form, setup, making)?;
    check_sides(form, plan.cut.frames / MOST_CODES_A_SIDE, force)?;
    bar.inc_length(plan.cut.frames as u64);
    let codes = sealed.codes(&plan, &|| bar.inc(1))?;
    let document = set(sealed, text, form, setup, &plan, &codes, extras, typesetter)?;
    check_sides(form, document.sheets.len(), force)?;
    bar.inc_length(document.sheets.len() as u64);
    Ok((document, plan))
}

/// The plan of a form, by the options that all commands have.
pub fn plan(sealed: &Sealed, form: Form, setup: &Setup, making: &Making) -> Result<Plan> {
    let version = making.qr_version.map(QrVersion::new).transpose()?;
    forms::plan(form, setup, sealed.encoder.partition(), making.repair, making.error_correction.into(), version)
}

/// Refuses what would take more paper than anyone would want without having thought about it.
pub fn check_sides(form: Form, sides: usize, force: bool) -> Result<()> {
    if sides > MAX_SIDES && !force {
        return Err(Error::ManySheets { form: form.name(), sides, max: MAX_SIDES });
    }
    Ok(())
}

/// Sets a form.
#[allow(clippy::too_many_arguments)]
pub fn set(
    sealed: &Sealed,
    text: &Text,
    form: Form,
    setup: &Setup,
    plan: &Plan,
    codes: &[QrCode],
    extras: &Extras<'_>,
    typesetter: &mut Typesetter,
) -> Result<Document> {
    let needed = codes::needed(&plan.cut);
    let words = words(sealed.letter.language());
    let texts = match extras.plain {
        None => Vec::new(),
        Some(PlainName::Summary) => vec![plain::summary(text, extras.summary, needed, words)?],
        Some(PlainName::Letter) => plain::pages(sealed.letter.text().unwrap_or_default(), text.title(), words),
    };
    let plain: Vec<QrCode> = texts.iter().map(|text| plain::code(text)).collect::<Result<_>>()?;
    let summary = extras.summary.map_or_else(|| text.summary(SUMMARY), str::to_owned);
    let matter = Matter {
        text,
        object_id: sealed.envelope.object_id(),
        codes,
        cut: &plan.cut,
        plain: &plain,
        summary: &summary,
    };
    forms::set(form, setup, &matter, typesetter)
}

/// Tells which characters stand as empty boxes.
pub fn missing(typesetter: &Typesetter) {
    if !typesetter.missing.is_empty() {
        let named: Vec<String> = typesetter.missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        say::note(&say::language().not_printed(&named.join(", ")));
    }
}

/// Each side of a PDF as a picture, named after it.
fn preview(path: &Path, pdf: &[u8], bar: &say::Progress) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let stem = path.with_extension("");
    let mut sides = Vec::new();
    let mut wrong = None;
    picture::preview(pdf, PREVIEW_DPI, &mut |number, side| match side.and_then(|side| picture::png(&side)) {
        Ok(png) => {
            bar.tick();
            let name = format!("{}-{}.png", stem.display(), number.unwrap_or_default());
            sides.push((PathBuf::from(name), png));
        }
        Err(error) => wrong = Some(error),
    })?;
    wrong.map_or(Ok(sides), Err)
}

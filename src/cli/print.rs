//! `print`: a letter in one form, or in all of them.

use std::path::{Path, PathBuf};

use super::arguments::Print;
use super::files::{self, Kit};
use super::making::Making;
use super::names::{FormName, PlainName};
use super::source::SealedLetter;
use super::{COMPLETE, ERROR, say};
use crate::error::{Error, Result};
use crate::optics::qr::{Plan, QrCode, QrVersion};
use crate::press::layout::Typesetter;
use crate::press::matter::{Form, PrintJob, NUp, Setup};
use crate::press::page::Document;
use crate::press::plain::Plain;
use crate::press::{codes, forms, pdf, picture};
use crate::prose::text::Carried;
use crate::prose::text::Text;
use crate::words::on_paper_in;

/// Most sides of paper that are made without being asked for.
const MAX_SIDES: usize = 250;
/// Dots an inch of previews.
const PREVIEW_DPI: f32 = 130.0;
/// Most characters of the letter that a poster has where no summary is given.
const SUMMARY: usize = 280;

pub fn run(options: &Print) -> Result<u8> {
    check(options)?;
    let all = options.form == FormName::All;
    let sealed = SealedLetter::read(&options.input, &options.making, &options.sealing)?;
    let setup =
        Setup { n_up: options.n_up.into(), dpi: options.dpi.unwrap_or(Setup::default().dpi), ..setup(&options.making) };
    // A summary that was written is wanted: where no poster shows it, in a plain code.
    let summarized = options.summary.is_some() && options.form != FormName::Poster;
    let plain = options.plain.or(summarized.then_some(PlainName::Summary));
    if options.summary.is_some() && sealed.envelope.is_encrypted() {
        say::note(say::language().summary_in_clear());
    }
    let job = Job {
        text: &sealed.text(&options.making),
        sealed: &sealed,
        setup,
        making: &options.making,
        plain,
        summary: options.summary.as_deref(),
    };

    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut summary = String::new();
    let mut typesetter = Typesetter::default();
    let bar = say::progress(0);
    let mut incomplete = false;
    for form in options.form.forms() {
        let (document, plan, _) = match job.make(form, options.force, &mut typesetter, &bar) {
            // What cannot be made of this paper leaves the other forms alone.
            Err(error @ (Error::FormPaper { .. } | Error::CodeTooLarge { .. } | Error::ManySheets { .. })) if all => {
                incomplete |= !matches!(error, Error::FormPaper { .. });
                bar.suspend(|| say::error_about(form.name(), &error));
                continue;
            }
            made => made?,
        };
        bar.inc_length(document.sheets.len() as u64);
        let bytes = pdf::write(&document, &|| bar.inc(1))?;
        let path = if all { PathBuf::from(form.name()).with_extension("pdf") } else { options.out.clone() };
        if options.preview {
            written.append(&mut preview(&path, &bytes, &bar)?);
        }
        written.push((path, bytes));
        let needed = codes::needed(&plan.cut);
        let printed = say::language().printed(form.name(), document.pages.len(), document.sheets.len(), needed);
        summary.push_str(&format!("{printed}\n"));
        if let Some(hint) = how_to_fold(form, setup.n_up) {
            bar.suspend(|| say::note(&format!("{}: {hint}", form.name())));
        }
    }
    bar.finish_and_clear();
    missing(&typesetter);
    if written.is_empty() {
        return Ok(ERROR);
    }
    if all {
        let mut kit = Kit::begin(&options.out, options.force)?;
        for (path, bytes) in &written {
            kit.write(path, bytes)?;
        }
        kit.finish()?;
    } else {
        files::write_all(&written, options.force)?;
        if files::is_standard(&options.out) {
            sealed.taken.iter().for_each(|taken| say::note(taken));
            return Ok(COMPLETE);
        }
    }
    summary.extend(sealed.taken.iter().map(|taken| format!("{taken}\n")));
    say::result(summary.as_bytes())?;
    Ok(if incomplete { ERROR } else { COMPLETE })
}

/// Refuses what does not go together.
fn check(options: &Print) -> Result<()> {
    let several = options.form == FormName::All || options.preview;
    if several && files::is_standard(&options.out) {
        return Err(Error::OnePdf);
    }
    if files::is_same(&options.input, &options.out) {
        return Err(Error::OntoItself { path: options.out.display().to_string() });
    }
    let &[form] = options.form.forms().as_slice() else { return Ok(()) };
    let given = [
        ("--n-up", NUp::from(options.n_up) != NUp::One, form == Form::Leaflet),
        ("--dpi", options.dpi.is_some(), form == Form::Archive),
        ("--plain", options.plain.is_some() || options.summary.is_some(), form != Form::Archive),
    ];
    match given.into_iter().find(|(_, given, fits)| *given && !fits) {
        Some((option, ..)) => Err(Error::OptionForm { option, form: form.name() }),
        None => Ok(()),
    }
}

/// How a form is cut and folded, where that is not plain.
fn how_to_fold(form: Form, n_up: NUp) -> Option<&'static str> {
    let words = say::language();
    match form {
        Form::Cards => Some(words.how_to_cut_cards()),
        Form::Booklet => Some(words.how_to_fold_a_booklet()),
        Form::Zine => Some(words.how_to_fold_a_zine()),
        Form::Leaflet if n_up != NUp::One => Some(words.how_to_cut_pages()),
        Form::Leaflet | Form::Poster | Form::Archive => None,
    }
}

/// Paper and measures by the options that all commands have.
pub fn setup(making: &Making) -> Setup {
    Setup { paper: making.paper.into(), module_mm: making.module_mm, kashida: making.kashida, ..Setup::default() }
}

/// A letter, and how it is to be printed.
pub struct Job<'a> {
    pub sealed: &'a SealedLetter,
    pub text: &'a Text,
    pub setup: Setup,
    pub making: &'a Making,
    /// What plain codes hold, if there are any.
    pub plain: Option<PlainName>,
    pub summary: Option<&'a str>,
}

impl Job<'_> {
    /// Makes a form: its codes and its pages. What its sides have places for is filled with repair codes.
    pub fn make(
        &self,
        form: Form,
        force: bool,
        typesetter: &mut Typesetter,
        bar: &say::Bar,
    ) -> Result<(Document, Plan, Vec<QrCode>)> {
        let plan = self.plan(form, force)?;
        let codes = |plan: &Plan| {
            bar.inc_length(plan.cut.frames as u64);
            self.sealed.codes(plan, &|| bar.inc(1))
        };
        let mut set = |plan: &Plan, codes: &[QrCode]| self.set(form, force, plan, codes, typesetter);
        forms::filled(plan, self.sealed.encoder.partition(), &codes, &mut set)
    }

    /// The plan of a form, unless it would take more paper than anyone would want without having thought about it.
    fn plan(&self, form: Form, force: bool) -> Result<Plan> {
        let version = self.making.qr_version.map(QrVersion::new).transpose()?;
        let level = self.making.error_correction.into();
        let partition = self.sealed.encoder.partition();
        let plan = forms::plan(form, &self.setup, partition, self.making.repair, level, version)?;
        check_sides(form, forms::least_sides(form, &self.setup, &plan), force)?;
        Ok(plan)
    }

    /// Sets a form.
    fn set(
        &self,
        form: Form,
        force: bool,
        plan: &Plan,
        codes: &[QrCode],
        typesetter: &mut Typesetter,
    ) -> Result<Document> {
        let words = on_paper_in(if self.text.right_to_left { "fa" } else { "en" });
        let signed_by = self.sealed.signed_by();
        let plain = match self.plain.filter(|_| form != Form::Archive) {
            None => Plain::Nothing,
            Some(PlainName::Summary) => Plain::summary(self.text, self.summary, codes::needed(&plan.cut), words)?,
            Some(PlainName::Letter) if self.text.carried != Carried::Letter => return Err(Error::NoText),
            Some(PlainName::Letter) => Plain::pages(&self.text.reading(), self.text.title(), words)?,
        };
        let summary = self.summary.map_or_else(|| self.text.summary(SUMMARY), str::to_owned);
        let matter = PrintJob {
            text: self.text,
            object_id: self.sealed.envelope.object_id(),
            codes,
            cut: &plan.cut,
            plain: &plain,
            summary: &summary,
            signed_by: signed_by.as_deref(),
        };
        let document = forms::set(form, &self.setup, &matter, typesetter)?;
        check_sides(form, document.sheets.len(), force)?;
        Ok(document)
    }
}

fn check_sides(form: Form, sides: usize, force: bool) -> Result<()> {
    if sides > MAX_SIDES && !force {
        return Err(Error::ManySheets { form: form.name(), sides, max: MAX_SIDES });
    }
    Ok(())
}

/// Tells which characters stand as empty boxes.
pub fn missing(typesetter: &Typesetter) {
    if !typesetter.missing.is_empty() {
        let named = typesetter.missing.iter().take(MAX_NAMED).map(|c| format!("{c} (U+{:04X})", u32::from(*c)));
        let mut named: Vec<String> = named.collect();
        let more = typesetter.missing.len().saturating_sub(MAX_NAMED);
        named.extend((more > 0).then(|| say::language().and_more(more)));
        say::note(&say::language().not_printed(&named.join(", ")));
    }
}

/// Most missing characters that are named.
const MAX_NAMED: usize = 20;

/// Each side of a PDF as a picture, named after it.
fn preview(path: &Path, pdf: &[u8], bar: &say::Bar) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let stem = path.with_extension("");
    let mut sides = Vec::new();
    let mut wrong = None;
    picture::preview(pdf, PREVIEW_DPI, &mut |number, side| match side.and_then(|side| picture::grey_png(&side)) {
        Ok(png) => {
            bar.tick();
            let name = format!("{}-{}.png", stem.display(), number.unwrap_or_default());
            sides.push((PathBuf::from(name), png));
        }
        Err(error) => wrong = Some(error),
    })?;
    wrong.map_or(Ok(sides), Err)
}

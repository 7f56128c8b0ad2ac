//! `print`: a letter in one form, or in all of them.

use std::path::{Path, PathBuf};

use crate::cli::args::PrintOptions;
use crate::cli::args::values::{FormName, PlainName};
use crate::cli::exit::{COMPLETE, ERROR};
use crate::cli::input::letter::SealedLetter;
use crate::cli::kit::Kit;
use crate::cli::output::printing::{self, Job};
use crate::cli::{files, terminal};
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::press::forms::form::{Form, NUp};
use crate::press::forms::setup::Setup;
use crate::press::pages::code_grid;
use crate::press::pdf;
use crate::press::pictures::picture;
use crate::press::text::shaping::Typesetter;

/// Dots an inch of previews.
const PREVIEW_DPI: f32 = 130.0;

pub fn run(options: &PrintOptions) -> Result<u8> {
    check(options)?;
    let all = options.form == FormName::All;
    let sealed = SealedLetter::read(&options.input, &options.making, &options.sealing)?;
    let setup = Setup {
        n_up: options.n_up.into(),
        dpi: options.dpi.unwrap_or(Setup::default().dpi),
        ..printing::setup(&options.making)
    };
    // A summary that was written is wanted: where no poster shows it, in a plain code.
    let summarized = options.summary.is_some() && options.form != FormName::Poster;
    let plain = options.plain.or(summarized.then_some(PlainName::Summary));
    if options.summary.is_some() && sealed.envelope.is_encrypted() {
        terminal::note(terminal::language().summary_in_clear());
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
    let bar = terminal::progress(0);
    let mut incomplete = false;
    for form in options.form.forms() {
        let (document, plan, _) = match job.make(form, options.force, &mut typesetter, &bar) {
            // What cannot be made of this paper leaves the other forms alone.
            Err(
                error @ (ProgramError::Library(Error::FormPaper { .. } | Error::CodeTooLarge { .. })
                | ProgramError::ManySheets { .. }),
            ) if all => {
                incomplete |= !matches!(error, ProgramError::Library(Error::FormPaper { .. }));
                bar.suspend(|| terminal::error_about(form.name(), &error));
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
        let needed = code_grid::needed(&plan.cut);
        let printed = terminal::language().printed(form.name(), document.pages.len(), document.sheets.len(), needed);
        summary.push_str(&format!("{printed}\n"));
        if let Some(hint) = how_to_fold(form, setup.n_up) {
            bar.suspend(|| terminal::note(&format!("{}: {hint}", form.name())));
        }
    }
    bar.finish_and_clear();
    printing::missing(&typesetter);
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
            sealed.taken.iter().for_each(|taken| terminal::note(taken));
            return Ok(COMPLETE);
        }
    }
    summary.extend(sealed.taken.iter().map(|taken| format!("{taken}\n")));
    terminal::result(summary.as_bytes())?;
    Ok(if incomplete { ERROR } else { COMPLETE })
}

/// Refuses what does not go together.
fn check(options: &PrintOptions) -> Result<()> {
    let several = options.form == FormName::All || options.preview;
    if several && files::is_standard(&options.out) {
        return Err(ProgramError::OnePdf);
    }
    if files::is_same(&options.input, &options.out) {
        return Err(ProgramError::OntoItself { path: options.out.display().to_string() });
    }
    let &[form] = options.form.forms().as_slice() else { return Ok(()) };
    let given = [
        ("--n-up", NUp::from(options.n_up) != NUp::One, form == Form::Leaflet),
        ("--dpi", options.dpi.is_some(), form == Form::Archive),
        ("--plain", options.plain.is_some() || options.summary.is_some(), form != Form::Archive),
    ];
    match given.into_iter().find(|(_, given, fits)| *given && !fits) {
        Some((option, ..)) => Err(ProgramError::OptionForm { option, form: form.name() }),
        None => Ok(()),
    }
}

/// How a form is cut and folded, where that is not plain.
fn how_to_fold(form: Form, n_up: NUp) -> Option<&'static str> {
    let words = terminal::language();
    match form {
        Form::Cards => Some(words.how_to_cut_cards()),
        Form::Booklet => Some(words.how_to_fold_a_booklet()),
        Form::Zine => Some(words.how_to_fold_a_zine()),
        Form::Leaflet if n_up != NUp::One => Some(words.how_to_cut_pages()),
        Form::Leaflet | Form::Poster | Form::Archive => None,
    }
}

/// Each side of a PDF as a picture, named after it.
fn preview(path: &Path, pdf: &[u8], bar: &terminal::Bar) -> Result<Vec<(PathBuf, Vec<u8>)>> {
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
    wrong.map_or(Ok(sides), |error| Err(error.into()))
}

//! `print`: a letter in one form, or in all of them.

use std::path::{Path, PathBuf};

use crate::cli::args::PrintOptions;
use crate::cli::args::values::{Forms, PlainName};
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
    let all = options.form == Forms::All;
    let sealed = SealedLetter::read(&options.input, &options.making, &options.sealing)?;
    let setup = Setup {
        n_up: options.n_up,
        dpi: options.dpi.unwrap_or(Setup::default().dpi),
        ..printing::setup(&options.making)
    };
    // A summary that was given is printed: in a plain code, where the form is no poster.
    let summarized = options.summary.is_some() && options.form != Forms::One(Form::Poster);
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

    let bar = terminal::progress(0);
    let mut typesetter = Typesetter::default();
    let mut printed = Printed::default();
    for form in options.form.forms() {
        match printed.add(form, &job, options, &mut typesetter, &bar) {
            // A form that cannot be made of this paper does not stop the others.
            Err(
                error @ (ProgramError::Library(Error::FormPaper { .. } | Error::CodeTooLarge { .. })
                | ProgramError::ManySheets { .. }),
            ) if all => {
                printed.lacks_form |= !matches!(error, ProgramError::Library(Error::FormPaper { .. }));
                bar.suspend(|| terminal::error_about(form.name(), &error));
            }
            added => added?,
        }
    }
    bar.finish_and_clear();
    printing::missing(&typesetter);
    let Printed { files: written, mut summary, lacks_form } = printed;
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
    Ok(if lacks_form { ERROR } else { COMPLETE })
}

/// What is printed, before any of it is written.
#[derive(Default)]
struct Printed {
    /// PDFs and previews, by their paths.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What is told of each form.
    summary: String,
    /// Whether a form that this paper takes could not be made.
    lacks_form: bool,
}

impl Printed {
    /// Makes a form, its PDF and, where they are wanted, its previews.
    fn add(
        &mut self,
        form: Form,
        job: &Job<'_>,
        options: &PrintOptions,
        typesetter: &mut Typesetter,
        bar: &terminal::Bar,
    ) -> Result<()> {
        let (document, plan, _) = job.make(form, options.force, typesetter, bar)?;
        bar.inc_length(document.sheets.len() as u64);
        let bytes = pdf::write(&document, &|| bar.inc(1))?;
        let path = match options.form {
            Forms::All => PathBuf::from(form.name()).with_extension("pdf"),
            Forms::One(_) => options.out.clone(),
        };
        if options.preview {
            self.files.append(&mut preview(&path, &bytes, bar)?);
        }
        self.files.push((path, bytes));
        let needed = code_grid::needed(&plan.cut);
        let told = terminal::language().printed(form.name(), document.pages.len(), document.sheets.len(), needed);
        self.summary.push_str(&format!("{told}\n"));
        if let Some(hint) = how_to_fold(form, job.setup.n_up) {
            bar.suspend(|| terminal::note(&format!("{}: {hint}", form.name())));
        }
        Ok(())
    }
}

/// Refuses options that cannot be combined.
fn check(options: &PrintOptions) -> Result<()> {
    let several = options.form == Forms::All || options.preview;
    if several && files::is_standard(&options.out) {
        return Err(ProgramError::OnePdf);
    }
    if files::is_same(&options.input, &options.out) {
        return Err(ProgramError::OntoItself { path: options.out.display().to_string() });
    }
    let &[form] = options.form.forms().as_slice() else { return Ok(()) };
    let given = [
        ("--n-up", options.n_up != NUp::One, form == Form::Leaflet),
        ("--dpi", options.dpi.is_some(), form == Form::Archive),
        ("--plain", options.plain.is_some() || options.summary.is_some(), form != Form::Archive),
    ];
    match given.into_iter().find(|(_, given, fits)| *given && !fits) {
        Some((option, ..)) => Err(ProgramError::OptionForm { option, form: form.name() }),
        None => Ok(()),
    }
}

/// How a form is cut and folded, where that needs saying.
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

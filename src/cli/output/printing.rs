//! A letter in one form: its codes, its pages.

use crate::cli::args::making::Making;
use crate::cli::args::values::PlainName;
use crate::cli::input::letter::SealedLetter;
use crate::cli::terminal;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::optics::qr::{Plan, QrCode, QrVersion};
use crate::press::forms::form::Form;
use crate::press::forms::print_job::PrintJob;
use crate::press::forms::setup::Setup;
use crate::press::forms::{self, CodeOptions};
use crate::press::pages::code_grid;
use crate::press::pages::page::Document;
use crate::press::pages::plain_codes::Plain;
use crate::press::text::shaping::Typesetter;
use crate::prose::text::{Carried, Text};
use crate::words::on_paper_of;

/// Most sides of paper that are made without being asked for.
const MAX_SIDES: usize = 250;
/// Most characters of the letter that a poster has where no summary is given.
const SUMMARY: usize = 280;

/// Paper and measures by the options that all commands have.
pub fn setup(making: &Making) -> Setup {
    Setup { paper: making.paper, module_mm: making.module_mm, kashida: making.kashida, ..Setup::default() }
}

/// What is asked of codes by the options that all commands have.
///
/// # Errors
/// [`Error::QrVersion`].
pub fn codes(making: &Making) -> std::result::Result<CodeOptions, Error> {
    Ok(CodeOptions {
        repair: making.repair,
        level: making.error_correction,
        version: making.qr_version.map(QrVersion::new).transpose()?,
    })
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
        bar: &terminal::Bar,
    ) -> Result<(Document, Plan, Vec<QrCode>)> {
        let plan = self.plan(form, force)?;
        let codes = |plan: &Plan| {
            bar.inc_length(plan.cut.frames as u64);
            self.sealed.codes(plan, &|| bar.inc(1))
        };
        let set = |plan: &Plan, codes: &[QrCode]| self.set(form, force, plan, codes, typesetter);
        forms::filled(plan, self.sealed.encoder.partition(), codes, set)
    }

    /// The plan of a form, unless it takes more than [`MAX_SIDES`] and was not forced.
    fn plan(&self, form: Form, force: bool) -> Result<Plan> {
        let partition = self.sealed.encoder.partition();
        let plan = forms::plan(form, &self.setup, partition, &codes(self.making)?)?;
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
        let [words, _] = on_paper_of(&self.text.language, self.text.right_to_left);
        let signed_by = self.sealed.signed_by();
        let plain = match self.plain.filter(|_| form != Form::Archive) {
            None => Plain::Nothing,
            Some(PlainName::Summary) => Plain::summary(self.text, self.summary, code_grid::needed(&plan.cut), words)?,
            Some(PlainName::Letter) if self.text.carried != Carried::Letter => return Err(ProgramError::NoText),
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
        return Err(ProgramError::ManySheets { form: form.name(), sides, max: MAX_SIDES });
    }
    Ok(())
}

/// Tells which characters stand as empty boxes.
pub fn missing(typesetter: &Typesetter) {
    if !typesetter.missing.is_empty() {
        let named = typesetter.missing.iter().take(MAX_NAMED).map(|c| format!("{c} (U+{:04X})", u32::from(*c)));
        let mut named: Vec<String> = named.collect();
        let more = typesetter.missing.len().saturating_sub(MAX_NAMED);
        named.extend((more > 0).then(|| terminal::language().and_more(more)));
        terminal::note(&terminal::language().not_printed(&named.join(", ")));
    }
}

/// Most missing characters that are named.
const MAX_NAMED: usize = 20;

//! The forms that a letter is printed in. Each is a small description: its pages, its codes, how its pages stand on sheets.

use super::book::{self, Book};
use super::compose::{Blank, Composer};
use super::impose::{self, Sheet};
use super::layout::Typesetter;
use super::matter::{Form, Matter, Setup};
use super::page::{Document, Pages};
use super::paper::{Paper, Size};
use super::{archive, cards, codes, poster};
use crate::codec::fec::Partition;
use crate::error::{Error, Result};
use crate::optics::qr::{Level, Plan, QrVersion, Versions};

/// Chooses version and number of codes for a form.
///
/// # Errors
/// [`Error::ModuleSize`], [`Error::Dpi`], [`Error::CodeTooLarge`] where no version fits, and those of [`Plan::choose`].
pub fn plan(
    form: Form,
    setup: &Setup,
    partition: &Partition,
    repair: u32,
    level: Level,
    version: Option<QrVersion>,
) -> Result<Plan> {
    if let Some(module_mm) = setup.module_mm {
        codes::check_module(module_mm)?;
    }
    let choose = |versions| Plan::choose(partition, repair, level, versions);
    match (form, version) {
        (_, Some(version)) => choose(Versions::Exactly(version)),
        (Form::Archive, None) => {
            setup.check_dpi()?;
            choose(Versions::AtMost(QrVersion::MAX))
        }
        // Few and large codes, as each has a page, or can be photographed from afar.
        (Form::Zine, None) => fewest(&Setup::zine(setup.paper), setup.modules().0, &choose),
        (Form::Poster, None) => poster::plan(setup, &choose),
        _ => choose(Versions::AtMost(QrVersion::MAX_ON_PAPER)),
    }
}

/// The plan with the fewest codes that fit on a page each.
fn fewest(page: &Blank, module_mm: f32, choose: &dyn Fn(Versions) -> Result<Plan>) -> Result<Plan> {
    let (width, height) = page.room_mm();
    let largest = codes::largest_version(width.min(height - codes::CAPTIONS_MM), module_mm);
    let largest = largest.unwrap_or(QrVersion::MIN);
    let exactly = (1..=largest.number()).filter_map(|version| QrVersion::new(version).ok());
    let plans = exactly.filter_map(|version| choose(Versions::Exactly(version)).ok());
    plans.min_by_key(|plan| (plan.cut.frames, plan.version)).map_or_else(|| choose(Versions::AtMost(largest)), Ok)
}

/// Sets a form.
///
/// # Errors
/// [`Error::ModuleSize`], [`Error::CodeTooLarge`], [`Error::FormPaper`] where the form cannot be made of this paper at all, [`Error::Dpi`].
pub fn set(form: Form, setup: &Setup, matter: &Matter<'_>, typesetter: &mut Typesetter) -> Result<Document> {
    if let Some(module_mm) = setup.module_mm {
        codes::check_module(module_mm)?;
    }
    let text = matter.text;
    let right_to_left = text.right_to_left;
    let mut book = |page_of: &dyn Fn(Paper) -> Blank, on_every_page: bool| {
        let page = page_of(setup.paper);
        let (width, height) = page.room_mm();
        if width < 40.0 || height < 60.0 {
            return Err(Error::FormPaper { form: form.name(), paper: setup.paper.name() });
        }
        let groups = |composer: &Composer<'_>| matter.groups(composer, setup.modules(), on_every_page);
        let set = book::set(&Book { page, page_of }, text, groups, &matter.foot(), typesetter)?;
        Ok((set, page.size))
    };
    let sheet = setup.paper.size();
    let (set, sheets): (Pages, Vec<Sheet>) = match form {
        Form::Leaflet => {
            let (set, size) = book(&|paper| setup.leaflet(paper), true)?;
            let sheets = n_up(setup.n_up, set.pages.len(), size, sheet, right_to_left);
            (set, sheets)
        }
        Form::Booklet => {
            let (set, size) = book(&Setup::booklet, true)?;
            let sheets = impose::booklet(set.pages.len(), size, right_to_left);
            (set, sheets)
        }
        Form::Zine => {
            let (set, size) = book(&Setup::zine, false)?;
            let sheets = impose::zine(set.pages.len(), size, right_to_left);
            (set, sheets)
        }
        Form::Cards => cards::set(setup, matter, typesetter)?,
        Form::Poster => {
            let page = Blank::of(setup.paper);
            let set = poster::set(setup, matter, &matter.foot(), typesetter, |composer, module_mm| {
                matter.groups(composer, module_mm, true)
            })?;
            let sheets = impose::single(set.pages.len(), page.size);
            (set, sheets)
        }
        Form::Archive => {
            let set = archive::set(setup, matter, typesetter)?;
            let sheets = impose::single(set.pages.len(), sheet);
            (set, sheets)
        }
    };
    Ok(Document {
        pages: set.pages,
        sheets,
        parts: set.parts,
        codes: matter.codes.iter().chain(matter.plain).cloned().collect(),
        language: text.language.clone(),
        right_to_left,
        title: text.title().replace('\n', " "),
    })
}

/// Pages on sheets, several on a side; a leaflet that fits a side several times is there several times.
fn n_up(n_up: usize, pages: usize, page: Size, sheet: Size, right_to_left: bool) -> Vec<Sheet> {
    let order: Vec<usize> = (0..pages).collect();
    match n_up {
        1 => impose::single(pages, sheet),
        2 => impose::grid(&order, page, sheet.turned(), 2, 1, right_to_left),
        4 => impose::grid(&order, page, sheet, 2, 2, right_to_left),
        _ => impose::grid(&order, page, sheet.turned(), 4, 2, right_to_left),
    }
}

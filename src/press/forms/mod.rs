//! The forms that a letter is printed in. Each is a small description: its pages, its codes, how its pages stand on
//! sheets.

pub mod archive;
mod cards;
pub mod form;
mod leaflet;
mod poster;
pub mod print_job;
pub mod screen;
pub mod setup;

use crate::codec::fec::Partition;
use crate::error::{Error, Result};
use crate::optics::qr::{Level, Plan, QrCode, QrVersion, Versions};
use crate::press::pages::code_grid;
use crate::press::pages::compose::{Blank, Composer};
use crate::press::pages::impose::{self, SheetSide};
use crate::press::pages::page::{Document, Pages};
use crate::press::pages::paper::{Paper, Size};
use crate::press::text::shaping::Typesetter;
use form::{Form, NUp};
use leaflet::BookPages;
use print_job::PrintJob;
use setup::Setup;

/// What is asked of the codes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeOptions {
    /// Repair symbols per hundred source symbols.
    pub repair: u32,
    /// The error correction level of each code.
    pub level: Level,
    /// The version of all codes; where there is none, the one that prints least.
    pub version: Option<QrVersion>,
}

impl Default for CodeOptions {
    /// Half of the codes may be lost.
    fn default() -> Self {
        CodeOptions { repair: 100, level: Level::L, version: None }
    }
}

/// Chooses version and number of codes for a form.
///
/// # Errors
/// [`Error::ModuleSize`], [`Error::Dpi`], [`Error::CodeTooLarge`] where no version fits, and those of [`Plan::choose`].
pub fn plan(form: Form, setup: &Setup, partition: &Partition, codes: &CodeOptions) -> Result<Plan> {
    if let Some(module_mm) = setup.module_mm {
        code_grid::check_module(module_mm)?;
    }
    check_paper(form, setup)?;
    let choose = |versions| Plan::choose(partition, codes.repair, codes.level, versions);
    if let Some(version) = codes.version {
        return choose(Versions::Exactly(version));
    }
    // The plan that takes the fewest sides of paper, and of those the one with the fewest codes.
    let fewest = |sides: &dyn Fn(&Plan) -> Option<usize>| {
        let versions = (1..=QrVersion::MAX.number()).filter_map(|version| QrVersion::new(version).ok());
        let plans = versions.filter_map(|version| choose(Versions::Exactly(version)).ok());
        let plans = plans.filter_map(|plan| sides(&plan).map(|sides| ((sides, plan.cut.frames, plan.version), plan)));
        plans
            .min_by_key(|(cost, _)| *cost)
            .map_or_else(|| choose(Versions::AtMost(QrVersion::MAX)), |(_, plan)| Ok(plan))
    };
    match form {
        Form::Archive => {
            setup.check_dpi()?;
            fewest(&|plan| archive::sides(setup, plan))
        }
        Form::Poster => fewest(&|plan| poster::sides(setup, plan)),
        // A page has room for one code, as large as it may be.
        Form::Zine => {
            let (width, height) = Setup::zine(setup.paper).room_mm();
            let room = width.min(height - code_grid::CAPTIONS_MM);
            fewest(&|plan| (code_grid::side_mm(plan.version, setup.modules().0) <= room).then_some(plan.cut.frames))
        }
        _ => choose(Versions::AtMost(QrVersion::MAX_ON_PAPER)),
    }
}

/// How many sides of paper a plan takes at least, told before anything is set.
pub fn least_sides(form: Form, setup: &Setup, plan: &Plan) -> usize {
    let (columns, rows) = cards::grid(setup.paper);
    match form {
        Form::Archive => archive::sides(setup, plan).unwrap_or_default(),
        Form::Poster => poster::sides(setup, plan).unwrap_or_default(),
        Form::Cards => plan.cut.frames.div_ceil(columns * rows),
        Form::Leaflet | Form::Booklet | Form::Zine => {
            let (sheet, side) = (setup.paper.size(), code_grid::side_mm(plan.version, setup.modules().0));
            let most = (sheet.width_mm * sheet.height_mm / side.powi(2)).ceil() as usize;
            plan.cut.frames / most.max(1)
        }
    }
}

/// Pages narrower than this, in mm, have no room for a code and the instructions side by side.
const WIDE_ENOUGH_MM: f32 = 80.0;

/// Refuses papers that a form cannot be made of.
fn check_paper(form: Form, setup: &Setup) -> Result<()> {
    let fits = |page: Blank| {
        let (width, height) = page.room_mm();
        width >= 48.0 && height >= 70.0
    };
    let fits = match form {
        Form::Leaflet => fits(setup.leaflet(setup.paper)),
        Form::Booklet => fits(Setup::booklet(setup.paper)),
        Form::Zine => fits(Setup::zine(setup.paper)),
        Form::Poster => matches!(setup.paper, Paper::A3 | Paper::A4 | Paper::UsLetter),
        Form::Cards | Form::Archive => true,
    };
    if fits { Ok(()) } else { Err(Error::FormPaper { form: form.name(), paper: setup.paper.name() }) }
}

/// Sets a form.
///
/// # Errors
/// [`Error::ModuleSize`], [`Error::CodeTooLarge`], [`Error::FormPaper`] where the form cannot be made of this paper at
/// all, [`Error::Dpi`].
pub fn set(form: Form, setup: &Setup, matter: &PrintJob<'_>, typesetter: &mut Typesetter) -> Result<Document> {
    if let Some(module_mm) = setup.module_mm {
        code_grid::check_module(module_mm)?;
    }
    typesetter.kashida = setup.kashida;
    let text = matter.text;
    let right_to_left = text.right_to_left;
    check_paper(form, setup)?;
    let mut book = |page_of: &dyn Fn(Paper) -> Blank, pages_a_sheet: usize, has_cover: bool| {
        let page = page_of(setup.paper);
        // The smallest pages have no room to repeat the instructions.
        let on_every_page = page.room_mm().0 >= WIDE_ENOUGH_MM;
        let groups = |composer: &Composer<'_>| matter.groups(composer, setup.modules(), on_every_page);
        let set = leaflet::set(
            &BookPages { form: form.name(), page, page_of, pages_a_sheet, has_cover },
            text,
            groups,
            &matter.foot(),
            typesetter,
        )?;
        Ok((set, page.size))
    };
    let sheet = setup.paper.size();
    let (set, sheets): (Pages, Vec<SheetSide>) = match form {
        Form::Leaflet => {
            let (set, size) = book(&|paper| setup.leaflet(paper), setup.n_up.pages(), false)?;
            let sheets = n_up(setup.n_up, set.pages.len(), size, sheet, right_to_left);
            (set, sheets)
        }
        Form::Booklet => {
            let (set, size) = book(&Setup::booklet, 4, true)?;
            let sheets = impose::booklet(set.pages.len(), size, right_to_left);
            (set, sheets)
        }
        Form::Zine => {
            let (set, size) = book(&Setup::zine, 8, true)?;
            let sheets = impose::zine(set.pages.len(), size, right_to_left);
            (set, sheets)
        }
        Form::Cards => cards::set(setup, matter, typesetter)?,
        Form::Poster => {
            let set = poster::set(setup, matter, typesetter)?;
            let sheets = impose::single(set.pages.len(), sheet);
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
        codes: matter.codes.iter().chain(matter.plain.codes()).cloned().collect(),
        language: text.language.clone(),
        right_to_left,
        title: text.title().replace('\n', " "),
        places: set.places.max(matter.codes.len()),
    })
}

/// Sets a form, and once more where its sides have places for more repair codes than the plan asks for; never for more
/// paper. `made` makes the codes of a plan, and `set` the form of these.
///
/// # Errors
/// Those of `made` and `set`.
pub fn filled<E>(
    plan: Plan,
    partition: &Partition,
    made: impl Fn(&Plan) -> std::result::Result<Vec<QrCode>, E>,
    mut set: impl FnMut(&Plan, &[QrCode]) -> std::result::Result<Document, E>,
) -> std::result::Result<(Document, Plan, Vec<QrCode>), E> {
    let codes = made(&plan)?;
    let document = set(&plan, &codes)?;
    let more = plan.filled(partition, document.places);
    if more.cut.frames > plan.cut.frames {
        let codes = made(&more)?;
        let again = set(&more, &codes)?;
        if again.sheets.len() == document.sheets.len() {
            return Ok((again, more, codes));
        }
    }
    Ok((document, plan, codes))
}

/// Pages on sheets, several on a side; a leaflet that fits a side several times is there several times.
fn n_up(n_up: NUp, pages: usize, page: Size, sheet: Size, right_to_left: bool) -> Vec<SheetSide> {
    // Whole copies only.
    let copies = if pages > 0 && n_up.pages().is_multiple_of(pages) { n_up.pages() / pages } else { 1 };
    let order: Vec<usize> = (0..copies).flat_map(|_| 0..pages).collect();
    let (sheet, columns, rows) = match n_up {
        NUp::One => return impose::single(pages, sheet),
        NUp::Two => (sheet.turned(), 2, 1),
        NUp::Four => (sheet, 2, 2),
        NUp::Eight => (sheet.turned(), 4, 2),
    };
    impose::grid(&order, &impose::Grid { page, sheet, columns, rows }, right_to_left)
}

//! Letter and codes -> pages: the text set for reading, then its codes in a grid, with how to read them beside.

use super::codes::Codes;
use super::compose::Composer;
use super::layout::{Paper, Typesetter};
use super::page::Page;
use super::prose;
use crate::codec::envelope::ObjectId;
use crate::codec::frame::Cut;
use crate::codec::letter::{Letter, printable};
use crate::error::Result;
use crate::optics::qr::QrCode;

/// A leaflet, as pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaflet {
    /// Its pages.
    pub pages: Vec<Page>,
    /// BCP 47 tag of the letter's language, or nothing.
    pub language: String,
    /// Its title, or nothing.
    pub title: String,
    /// Characters of the letter that no font of the kit has: they stand as empty boxes.
    pub missing: Vec<char>,
}

/// What a leaflet is made of.
#[derive(Debug, Clone, Copy)]
pub struct Matter<'a> {
    /// The letter.
    pub letter: &'a Letter,
    /// Its object id.
    pub object_id: ObjectId,
    /// Its codes, all of one version.
    pub codes: &'a [QrCode],
    /// How it was cut into them.
    pub cut: &'a Cut,
    /// The paper.
    pub paper: Paper,
    /// Least side of a module, in mm, [`MIN_MODULE_MM`](super::codes::MIN_MODULE_MM) to [`MAX_MODULE_MM`](super::codes::MAX_MODULE_MM).
    pub module_mm: f32,
}

/// Sets a leaflet.
///
/// # Errors
/// [`Error::ModuleSize`](crate::error::Error::ModuleSize), [`Error::PaperTooSmall`](crate::error::Error::PaperTooSmall).
pub fn leaflet(matter: &Matter<'_>, typesetter: &mut Typesetter) -> Result<Leaflet> {
    let letter = matter.letter;
    let text = letter.text().unwrap_or_default();
    let right_to_left = prose::is_right_to_left(letter.language(), text);
    let mut composer = Composer::new(matter.paper, right_to_left, typesetter);
    composer.letter(letter, text);
    composer.codes(&Codes {
        codes: matter.codes,
        cut: matter.cut,
        file: text.is_empty(),
        module_mm: matter.module_mm,
    })?;
    let name = if letter.title().is_empty() { letter.name() } else { letter.title() };
    composer.feet(&printable(name), matter.object_id);
    let Composer { pages, mut missing, .. } = composer;
    missing.sort_by_key(|character| text.find(*character));
    Ok(Leaflet { pages, language: letter.language().to_owned(), title: printable(letter.title()), missing })
}

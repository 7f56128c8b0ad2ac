//! What is printed of a letter, and the groups of codes that all forms share.

use crate::codec::envelope::ObjectId;
use crate::codec::frame::Cut;
use crate::optics::qr::QrCode;
use crate::press::pages::code_grid::{self, Group, needed};
use crate::press::pages::compose::Composer;
use crate::press::pages::instructions::{Column, INSTRUCTIONS_PT};
use crate::press::pages::plain_codes::Plain;
use crate::prose::text::Text;
use crate::words::PaperWords;

/// What is printed of a letter.
#[derive(Debug, Clone, Copy)]
pub struct PrintJob<'a> {
    /// The letter, read for printing.
    pub text: &'a Text,
    /// Its object id.
    pub object_id: ObjectId,
    /// Its codes, all of one version.
    pub codes: &'a [QrCode],
    /// How it was cut into them.
    pub cut: &'a Cut,
    /// Codes in plain text.
    pub plain: &'a Plain,
    /// What a poster says under its title.
    pub summary: &'a str,
    /// The fingerprint of the key that signed it, where everyone may know.
    pub signed_by: Option<&'a str>,
}

impl PrintJob<'_> {
    pub(crate) fn id(&self) -> String {
        self.object_id.to_string()
    }

    /// What stands at the foot of every page: the longest of these that there is room for.
    pub(crate) fn foot(&self) -> Vec<String> {
        let id = format!("shabnameh {}", self.object_id);
        let named = format!("{} · {id}", self.text.short_name);
        let named = (!self.text.short_name.is_empty()).then_some(named);
        named.into_iter().chain([id, self.id()]).collect()
    }

    /// How to read the codes, in two languages.
    pub(crate) fn how_to_read(&self, composer: &Composer<'_>) -> Vec<Column> {
        composer.how_to_read(needed(self.cut), self.text.carried, self.signed_by)
    }

    /// The letter's codes, and the plain ones.
    pub(crate) fn groups(&self, composer: &Composer<'_>, module_mm: (f32, f32), on_every_page: bool) -> Vec<Group> {
        let needed = needed(self.cut);
        let modules = |code: &QrCode| code_grid::modules(code.version());
        let frames = Group {
            first: 0,
            count: self.codes.len(),
            modules: self.codes.first().map(modules).unwrap_or_default(),
            module_mm,
            above: self.how_to_read(composer),
            above_pt: INSTRUCTIONS_PT,
            on_every_page,
            fills: false,
            captions: (1..=self.codes.len())
                .map(|number| {
                    let said = |words: &dyn PaperWords| {
                        [words.code_caption(number, needed), words.short_caption(number, needed.of)]
                    };
                    composer.captions(said)
                })
                .collect(),
        };
        let of = self.plain.codes().len();
        let said = |number: usize| {
            composer.captions(|words| {
                [self.plain.caption(number, words), format!("{}/{}", words.number(number), words.number(of))]
            })
        };
        let column = |words: &'static dyn PaperWords| Column {
            heading: words.plain_heading().to_owned(),
            steps: Vec::new(),
            right_to_left: words.right_to_left(),
            language: composer.foreign(words),
        };
        let plain = Group {
            first: self.codes.len(),
            count: of,
            modules: self.plain.codes().iter().map(modules).max().unwrap_or_default(),
            module_mm,
            above: composer.both().map(column).into(),
            above_pt: INSTRUCTIONS_PT,
            on_every_page,
            fills: false,
            captions: (1..=of).map(said).collect(),
        };
        [frames, plain].into_iter().filter(|group| group.count > 0).collect()
    }
}

//! Business cards: a code, what it is, how many are needed, what to do with it.

use super::form::Form;
use super::print_job::PrintJob;
use super::setup::Setup;
use crate::error::Result;
use crate::optics::qr::QrCode;
use crate::press::pages::code_grid::{COMFORTABLE_MODULE_MM, DEFAULT_MODULE_MM, modules, needed, too_large};
use crate::press::pages::compose::{Blank, Composer, SMALL};
use crate::press::pages::impose::{self, SheetSide};
use crate::press::pages::page::{Item, Pages, Role};
use crate::press::pages::paper::{Margins, Paper, Size};
use crate::press::text::face::Face;
use crate::press::text::line::{Line, Style};
use crate::press::text::shaping::Typesetter;

/// White around what stands on a card, in mm.
const INSET_MM: f32 = 3.0;
/// Between the code's quiet zone and the text, in mm.
const GAP_MM: f32 = 1.0;
/// Least width of the text in mm, and the width that it gets where the code needs less.
const TEXT_MM: f32 = 26.0;
/// See [`TEXT_MM`].
const GOOD_TEXT_MM: f32 = 37.0;
/// Sizes of type that are tried, in points.
const SIZES_PT: [f32; 8] = [9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5];

/// Text in the second language is set smaller by this factor.
const SMALLER: f32 = 0.84;

/// The size of a card: that of business cards where the paper is used.
fn size(paper: Paper) -> Size {
    if paper == Paper::UsLetter { Size::new(88.9, 50.8) } else { Size::new(85.0, 55.0) }
}

/// Cards on a sheet: columns and rows.
pub(crate) fn grid(paper: Paper) -> (usize, usize) {
    let (card, sheet) = (size(paper), paper.size());
    let fit = |room: f32, side: f32| ((room - 20.0 + 0.01) / side).floor().max(1.0) as usize;
    (fit(sheet.width_mm, card.width_mm), fit(sheet.height_mm, card.height_mm))
}

/// Room for a code with its quiet zone, in mm.
fn room(paper: Paper) -> f32 {
    let card = size(paper);
    // The quiet zone may reach to the edge of the card, as the card's own white is behind it.
    (card.height_mm - 2.0 * INSET_MM + 2.0).min(card.width_mm - TEXT_MM - GAP_MM - INSET_MM)
}

/// Sets a card for each code, and lays them on sheets so that neighbours on paper are no neighbours in the letter.
pub(crate) fn set(
    setup: &Setup,
    matter: &PrintJob<'_>,
    typesetter: &mut Typesetter,
) -> Result<(Pages, Vec<SheetSide>)> {
    let card = size(setup.paper);
    let least = setup.module_mm.unwrap_or(DEFAULT_MODULE_MM);
    let all: Vec<&QrCode> = matter.codes.iter().chain(matter.plain.codes()).collect();
    let blank = Blank { size: card, margins: Margins::of(INSET_MM, INSET_MM), foot_mm: 0.0 };
    let mut composer = Composer::new(&blank, matter.text, typesetter);
    let room_mm = room(setup.paper);
    let mut cards = Vec::with_capacity(all.len());
    for (number, code) in all.iter().enumerate() {
        let side = modules(code.version()) as f32;
        let comfortable = (card.width_mm - GOOD_TEXT_MM - GAP_MM - INSET_MM).min(room_mm) / side;
        let module_mm = comfortable.clamp(least, least.max(COMFORTABLE_MODULE_MM));
        if side * module_mm > room_mm + 0.01 {
            // A version that is too large for a card may fit on a leaflet.
            let leaflet = |paper| {
                let (width, height) = Blank::of(paper).room_mm();
                width.min(height - crate::press::pages::code_grid::CAPTIONS_MM)
            };
            return Err(too_large(modules(code.version()), least, room_mm, Form::Leaflet.name(), leaflet));
        }
        cards.push(Card { number, module_mm, side_mm: side * module_mm, texts: texts(&composer, matter, number) });
    }
    // All cards are set in the largest type that has room on each; what is too long even in the smallest ends with its
    // card.
    let mut sizes_pt = SIZES_PT.as_slice();
    for laid in &cards {
        while let [size_pt, smaller @ ..] = sizes_pt
            && !smaller.is_empty()
            && laid.set(&mut composer, *size_pt, card).1 > card.height_mm - 2.0 * INSET_MM
        {
            sizes_pt = smaller;
        }
    }
    let size_pt = sizes_pt.first().copied().unwrap_or_default();
    for laid in &cards {
        if laid.number > 0 {
            composer.new_page();
        }
        laid.put(&mut composer, size_pt, card);
    }
    let (columns, rows) = grid(setup.paper);
    // What is left of the last sheet holds the first cards once more: paper is not wasted.
    let order = scattered(all.len(), columns);
    let full = order.len().next_multiple_of(columns * rows);
    let order: Vec<usize> = order.into_iter().cycle().take(full).collect();
    let cut = impose::Grid { page: card, sheet: setup.paper.size(), columns, rows };
    let sheets = impose::grid(&order, &cut, matter.text.right_to_left);
    composer.places = full - matter.plain.codes().len();
    Ok((composer.finish(), sheets))
}

/// An order of cards in which none is beside, above or below one that is next to it in the letter, as far as so few
/// cards allow: they are dealt out in even steps.
fn scattered(cards: usize, columns: usize) -> Vec<usize> {
    let gcd = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let apart = |steps: usize| (2..=cards.saturating_sub(2)).contains(&(steps % cards.max(1)));
    // Near the golden section, neighbours are far apart.
    let golden = cards * 382 / 1000;
    let mut steps: Vec<usize> = (1..cards.max(2)).filter(|step| gcd(*step, cards) == 1).collect();
    steps.sort_by_key(|step| (!(apart(*step) && apart(step * columns)), step.abs_diff(golden), *step));
    let step = steps.first().copied().unwrap_or(1);
    (0..cards).map(|place| place * step % cards).collect()
}

/// A card: its code, and what stands beside it.
struct Card {
    /// Of its code, from 0.
    number: usize,
    module_mm: f32,
    /// Side of the code with its quiet zone.
    side_mm: f32,
    texts: Vec<Said>,
}

impl Card {
    /// Its texts, to be set one below the other, and their height in mm.
    fn set(&self, composer: &mut Composer<'_>, size_pt: f32, card: Size) -> (Vec<Vec<Line>>, f32) {
        let width_mm = card.width_mm - self.side_mm - GAP_MM - 2.0 * INSET_MM + 1.0;
        let set = |text: &Said| composer.typesetter.set(&text.text, &text.style, size_pt * text.scale, width_mm);
        let set: Vec<Vec<Line>> = self.texts.iter().map(set).collect();
        let height = set.iter().flatten().map(|line| line.height_mm).sum::<f32>() + (set.len() - 1) as f32;
        (set, height)
    }

    /// Puts it on the last page.
    fn put(&self, composer: &mut Composer<'_>, size_pt: f32, card: Size) {
        let Card { number, module_mm, side_mm, .. } = *self;
        let right_to_left = composer.right_to_left;
        let quiet = QrCode::QUIET_ZONE as f32 * module_mm;
        // The text stands where reading begins, the code on the other side.
        let code_left = if right_to_left { INSET_MM - 1.0 } else { card.width_mm - INSET_MM + 1.0 - side_mm };
        let text_left = if right_to_left { code_left + side_mm + GAP_MM } else { INSET_MM };
        let (set, height) = self.set(composer, size_pt, card);
        let mut y = INSET_MM + ((card.height_mm - 2.0 * INSET_MM - height) / 2.0).max(0.0);
        for (text, lines) in self.texts.iter().zip(set) {
            let part = composer.part_in(Role::Paragraph, text.language);
            for line in lines {
                let height = line.height_mm;
                if y + height <= card.height_mm - 1.0 {
                    composer.put_line(line, text_left, y, Some(part));
                }
                y += height;
            }
            y += 1.0;
        }
        let alt = self.texts.get(1).map(|text| text.text.clone()).unwrap_or_default();
        let part = composer.part(Role::Figure(alt));
        let y_mm = (card.height_mm - side_mm) / 2.0 + quiet;
        composer.put(Item::Code { x_mm: code_left + quiet, y_mm, module_mm, code: number, part });
    }
}

struct Said {
    text: String,
    style: Style,
    scale: f32,
    language: Option<&'static str>,
}

/// What a card says: what it is, its number, how many are needed, what to do; in two languages.
fn texts(composer: &Composer<'_>, matter: &PrintJob<'_>, number: usize) -> Vec<Said> {
    let plain = number >= matter.codes.len();
    let needed = needed(matter.cut);
    let mut said = Vec::new();
    for (at, words) in composer.both().into_iter().enumerate() {
        let small = Style { right_to_left: words.right_to_left(), ..SMALL };
        let bold = Style { face: Face::Bold, ..small };
        let language = composer.foreign(words);
        let scale = if at == 0 { 1.0 } else { SMALLER };
        let mut say = |text: String, style| said.push(Said { text, style, scale, language });
        if plain {
            say(words.plain_heading().to_owned(), bold);
            say(matter.plain.caption(number + 1 - matter.codes.len(), words), small);
            continue;
        }
        if at == 0 {
            say(words.piece_of(&matter.text.short_name, matter.text.carried), small);
        }
        say(words.code_caption(number + 1, needed), bold);
        say(words.card_hint(needed), small);
    }
    let style = Style { right_to_left: composer.right_to_left, ..SMALL };
    let mut end = |text| said.push(Said { text, style, scale: SMALLER, language: None });
    end(matter.id());
    // A fingerprint takes two lines.
    let [words, _] = composer.both();
    let groups: Vec<&str> = matter.signed_by.unwrap_or_default().split_whitespace().collect();
    groups.chunks(3).for_each(|groups| end(words.fingerprint(&groups.join(" "))));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_paper_are_none_in_the_letter() {
        for cards in 1..200 {
            let order = scattered(cards, 2);
            let mut all = order.clone();
            all.sort_unstable();
            assert_eq!(all, (0..cards).collect::<Vec<_>>());
            let next = |a: usize, b: usize| a.abs_diff(b) == 1;
            if cards > 8 {
                assert!(order.chunks(2).all(|row| row.len() < 2 || !next(row[0], row[1])), "{cards}: {order:?}");
                assert!(order.windows(3).all(|column| !next(column[0], column[2])), "{cards}: {order:?}");
            }
        }
    }
}

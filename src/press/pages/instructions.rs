//! How to read the codes: what stands above them, in two languages.

use super::compose::{Composer, RULE_MM, SMALL};
use super::page::{Item, Role};
use super::phone_icon;
use crate::press::text::face::Face;
use crate::press::text::line::{Line, Style};
use crate::prose::text::Carried;
use crate::words::{Needed, PaperWords};

/// Between two columns of instructions, where the drawing stands, in mm.
const COLUMN_GAP_MM: f32 = 18.0;
/// Instructions stand side by side where there is at least this room, in mm.
const SIDE_BY_SIDE_MM: f32 = 110.0;
/// Size of instructions, in points; on small pages they may be smaller.
pub(crate) const INSTRUCTIONS_PT: f32 = 9.0;
/// See [`INSTRUCTIONS_PT`].
const MIN_INSTRUCTIONS_PT: f32 = 6.5;

/// A heading and steps, in a language.
pub(crate) struct Column {
    pub(crate) heading: String,
    /// The number of each, and its text.
    pub(crate) steps: Vec<(String, String)>,
    pub(crate) right_to_left: bool,
    pub(crate) language: Option<&'static str>,
}

/// Instructions, set: each line with its left end, its top, and the column and paragraph it belongs to.
pub(crate) struct Instructions {
    lines: Vec<(f32, f32, usize, Line)>,
    paragraphs: Vec<(Role, Option<&'static str>)>,
    pub(crate) height_mm: f32,
    /// Whether the drawing stands between the columns.
    drawn: bool,
}

impl Instructions {
    /// A paragraph below what there is in its column.
    fn add(&mut self, lines: Vec<Line>, role: Role, language: Option<&'static str>, x_mm: f32, y_mm: &mut f32) {
        for line in lines {
            let height = line.height_mm;
            self.lines.push((x_mm, *y_mm, self.paragraphs.len(), line));
            *y_mm += height;
        }
        self.paragraphs.push((role, language));
    }
}

impl Composer<'_> {
    /// Sets instructions at a size in points, or smaller where they have no room in so many mm.
    pub(crate) fn instructions(&mut self, columns: &[Column], size_pt: f32, room_mm: f32) -> Instructions {
        let mut size_pt = size_pt;
        loop {
            let set = self.instructions_at(columns, size_pt);
            if set.height_mm <= room_mm || size_pt <= MIN_INSTRUCTIONS_PT {
                return set;
            }
            size_pt -= 0.5;
        }
    }

    fn instructions_at(&mut self, columns: &[Column], size_pt: f32) -> Instructions {
        let side_by_side = columns.len() > 1 && self.width() >= SIDE_BY_SIDE_MM;
        let width = if side_by_side { (self.width() - COLUMN_GAP_MM) / 2.0 } else { self.width() };
        let drawn = side_by_side && columns.iter().any(|column| !column.steps.is_empty());
        let height_mm = if drawn { phone_icon::SIZE_MM.1 + 5.0 } else { 0.0 };
        let mut above = Instructions { lines: Vec::new(), paragraphs: Vec::new(), height_mm, drawn };
        let mut y = 2.0;
        for column in columns {
            let right_to_left = column.right_to_left;
            let x_mm = self.left() + if side_by_side && right_to_left { width + COLUMN_GAP_MM } else { 0.0 };
            if side_by_side {
                y = 2.0;
            }
            let heading = Style { face: Face::Bold, right_to_left, ..SMALL };
            let small = Style { right_to_left, ..SMALL };
            let lines = self.typesetter.set(&column.heading, &heading, size_pt + 1.5, width);
            above.add(lines, Role::Heading(2), column.language, x_mm, &mut y);
            // Numbers hang in the margin, right-aligned. The blank after a number is drawn too, for programs that copy
            // text.
            let mut mark = |mark: &str| self.typesetter.set(&format!("{mark}\u{A0}"), &small, size_pt, width).pop();
            let marks: Vec<Line> = column.steps.iter().filter_map(|(number, _)| mark(number)).collect();
            let indent = marks.iter().map(Line::ink_mm).fold(0.0, f32::max);
            for ((_, step), mark) in column.steps.iter().zip(marks) {
                let mut lines = self.typesetter.set(step, &small, size_pt, width - indent);
                let mark_x_mm = if right_to_left { width - indent } else { -mark.ink_mm() } - mark.left_mm();
                if let Some(first) = lines.first_mut() {
                    first.begin_with(mark, mark_x_mm);
                }
                let x_mm = if right_to_left { x_mm } else { x_mm + indent };
                above.add(lines, Role::Paragraph, column.language, x_mm, &mut y);
            }
            y += 1.0;
            above.height_mm = above.height_mm.max(y + 0.5);
        }
        above
    }

    pub(crate) fn put_above(&mut self, above: &Instructions) {
        let top = self.y_mm;
        self.put(Item::Rule { x_mm: self.left(), y_mm: top, width_mm: self.width(), height_mm: RULE_MM });
        let parts: Vec<usize> =
            above.paragraphs.iter().map(|(role, language)| self.part_in(role.clone(), *language)).collect();
        for (x_mm, y_mm, paragraph, line) in &above.lines {
            self.put_line(line.clone(), *x_mm, top + y_mm, parts.get(*paragraph).copied());
        }
        if above.drawn {
            let (width, _) = phone_icon::SIZE_MM;
            let left = self.left() + (self.width() - width) / 2.0;
            phone_icon::phone(left, top + 3.0).into_iter().for_each(|item| self.put(item));
        }
        self.y_mm = top + above.height_mm;
    }

    /// How to read the codes, and whose signature they must have, in two languages.
    pub(crate) fn how_to_read(&self, needed: Needed, carried: Carried, signed_by: Option<&str>) -> Vec<Column> {
        let closed = |words: &dyn PaperWords| (carried == Carried::Encrypted).then(|| words.encrypted().to_owned());
        let column = |words: &'static dyn PaperWords| {
            let steps = words.how_to_read(needed).into_iter().chain(closed(words));
            let steps = steps.chain(signed_by.map(|key| words.signed_by(key)));
            Column {
                heading: words.codes_heading(carried).to_owned(),
                steps: (1..).zip(steps).map(|(n, step)| (format!("{}.", words.number(n)), step)).collect(),
                right_to_left: words.right_to_left(),
                language: self.foreign(words),
            }
        };
        self.both().map(column).into()
    }

    /// The tag of a language that is not that of the document.
    pub(crate) fn foreign(&self, words: &'static dyn PaperWords) -> Option<&'static str> {
        let own = self.language.split('-').next().unwrap_or_default().eq_ignore_ascii_case(words.tag());
        (!own).then(|| words.tag())
    }
}

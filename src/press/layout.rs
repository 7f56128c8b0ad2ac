//! Paper sizes in millimetres; paragraphs -> placed lines: shaping, directions, line breaks, justification. The one file that names parley.

use std::borrow::Cow;

use parley::fontique::{Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, BaseDirection, FontContext, FontFamily, FontFeatures, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, StyleProperty,
};

/// Millimetres in a point.
pub const MM_PER_POINT: f32 = 25.4 / 72.0;

/// A paper, upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 by 297 mm.
    #[default]
    A4,
    /// 148 by 210 mm.
    A5,
    /// 215.9 by 279.4 mm.
    UsLetter,
}

impl Paper {
    /// Width and height in millimetres.
    pub fn size_mm(self) -> (f32, f32) {
        match self {
            Paper::A4 => (210.0, 297.0),
            Paper::A5 => (148.0, 210.0),
            Paper::UsLetter => (215.9, 279.4),
        }
    }
}

/// A face of the kit's fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Vazirmatn Regular.
    Regular,
    /// Vazirmatn Bold.
    Bold,
}

impl Face {
    /// Every face.
    pub const ALL: [Face; 2] = [Face::Regular, Face::Bold];

    /// The font file.
    pub fn file(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../../fonts/Vazirmatn-Regular.ttf"),
            Face::Bold => include_bytes!("../../fonts/Vazirmatn-Bold.ttf"),
        }
    }
}

/// How the lines of a paragraph are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// To both margins, the last line to the start.
    Justify,
    /// To the start: the right margin from right to left.
    Start,
    /// In the middle.
    Center,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// Size of type in points.
    pub size_pt: f32,
    /// Distance of baselines, in sizes of type.
    pub leading: f32,
    /// Alignment.
    pub align: Align,
    /// Whether it runs from right to left.
    pub right_to_left: bool,
}

/// A glyph of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Its origin, right of the line's left end, in mm.
    pub x_mm: f32,
    /// Its origin above the baseline, in mm.
    pub rise_mm: f32,
    /// The character it stands for. A glyph stands for one; what is left of a ligature has blank glyphs of its own.
    pub character: char,
    /// Whether it is one of those: it draws nothing and takes no room.
    pub blank: bool,
}

/// A line, set: its glyphs in the order in which they stand, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Face of all its glyphs.
    pub face: Face,
    /// Size of type in points.
    pub size_pt: f32,
    /// From the top of the line to its baseline, in mm.
    pub ascent_mm: f32,
    /// From the top of the line to the top of the next, in mm.
    pub height_mm: f32,
    /// How far its glyphs reach to the right, in mm.
    pub width_mm: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// Sets paragraphs. Making one reads the fonts: keep it.
pub struct Typesetter {
    fonts: FontContext,
    scratch: LayoutContext<()>,
}

impl Default for Typesetter {
    fn default() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        for face in Face::ALL {
            fonts.collection.register_fonts(face.file().to_vec().into(), None);
        }
        Typesetter { fonts, scratch: LayoutContext::new() }
    }
}

const FAMILY: &str = "Vazirmatn";
/// Lines that fill less of their width than this are not justified.
const LOOSEST: f32 = 0.8;

impl Typesetter {
    /// Sets a paragraph in lines of `width_mm`. Line breaks in the text are kept. Nothing is lost: a character that the face has not
    /// is set as its empty box, and `missing` is told.
    pub fn set(&mut self, text: &str, style: &Style, width_mm: f32, missing: &mut Vec<char>) -> Vec<Line> {
        let text = clean(text);
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(FAMILY)));
        builder.push_default(StyleProperty::FontSize(style.size_pt));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::FontWeight(match style.face {
            Face::Regular => FontWeight::NORMAL,
            Face::Bold => FontWeight::BOLD,
        }));
        // A word longer than the line is broken rather than lost over the edge.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        builder.set_base_direction(if style.right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        // Latin ligatures give little to the eye, and fall apart where text is copied.
        let mut at = 0;
        for word in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
            let latin = word.chars().take_while(char::is_ascii_alphabetic).count();
            if latin > 1 {
                builder.push(StyleProperty::FontFeatures(FontFeatures::from("\"liga\" off")), at..at + latin);
            }
            at += word.len();
        }
        let mut layout: Layout<()> = builder.build(&*text);
        layout.break_all_lines(Some(width_mm / MM_PER_POINT));
        let alignment = match style.align {
            Align::Justify => Alignment::Justify,
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
        };
        layout.align(alignment, AlignmentOptions::default());
        let mut lines: Vec<Line> = layout.lines().map(|line| place(&line, &text, style, missing)).collect();
        // A line that long words leave half empty is better ragged than torn apart.
        let room = width_mm / MM_PER_POINT;
        let torn: Vec<usize> = layout
            .lines()
            .enumerate()
            .filter(|(_, line)| line.metrics().advance < LOOSEST * room)
            .map(|(at, _)| at)
            .collect();
        if style.align == Align::Justify && !torn.is_empty() {
            layout.align(Alignment::Start, AlignmentOptions::default());
            for (at, line) in layout.lines().enumerate().filter(|(at, _)| torn.contains(at)) {
                if let Some(place_of) = lines.get_mut(at) {
                    *place_of = place(&line, &text, style, missing);
                }
            }
        }
        lines
    }
}

/// Tabs become spaces; controls that would be set as boxes, and direction controls that would turn around what follows, are not set.
fn clean(text: &str) -> Cow<'_, str> {
    let plain = |c: char| {
        c == '\n' || !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| plain(*c)).collect())
}

fn place(line: &parley::Line<'_, ()>, text: &str, style: &Style, missing: &mut Vec<char>) -> Line {
    let metrics = line.metrics();
    let mut x = metrics.offset;
    let mut glyphs = Vec::new();
    for run in line.runs() {
        let mut atoms: Vec<Atom> = Vec::new();
        for cluster in run.clusters() {
            let characters = text.get(cluster.text_range()).unwrap_or_default().chars();
            match atoms.last_mut().filter(|_| cluster.is_ligature_continuation()) {
                Some(atom) => {
                    atom.characters.extend(characters);
                    atom.advance += cluster.advance();
                }
                None => atoms.push(Atom {
                    characters: characters.collect(),
                    glyphs: cluster.glyphs().collect(),
                    advance: cluster.advance(),
                }),
            }
        }
        if run.is_rtl() {
            atoms.reverse();
        }
        for atom in atoms {
            atom.place(x, run.is_rtl(), &mut glyphs, missing);
            x += atom.advance;
        }
    }
    // What hangs past the end of the line is white space.
    let inked = |glyph: &Glyph| !glyph.character.is_whitespace();
    let (first, last) = (glyphs.iter().position(inked), glyphs.iter().rposition(inked));
    let glyphs: Vec<Glyph> = match (first, last) {
        (Some(first), Some(last)) => glyphs.drain(first..=last).collect(),
        _ => Vec::new(),
    };
    let ends_mm = (metrics.offset + metrics.advance) * MM_PER_POINT;
    Line {
        face: style.face,
        size_pt: style.size_pt,
        ascent_mm: (metrics.baseline - metrics.block_min_coord) * MM_PER_POINT,
        height_mm: metrics.line_height * MM_PER_POINT,
        width_mm: ends_mm.max(glyphs.last().map(|glyph| glyph.x_mm).unwrap_or_default()),
        glyphs,
    }
}

/// Characters and glyphs that belong together and cannot be told apart: a letter, a letter with its marks, a ligature.
struct Atom {
    characters: Vec<char>,
    glyphs: Vec<parley::Glyph>,
    advance: f32,
}

impl Atom {
    /// Gives each glyph one character, in logical order, and each character left a blank glyph, on the side where it would be read.
    fn place(&self, x: f32, right_to_left: bool, out: &mut Vec<Glyph>, missing: &mut Vec<char>) {
        let mut pen = x;
        let mut placed: Vec<Glyph> = Vec::with_capacity(self.glyphs.len().max(self.characters.len()));
        for glyph in &self.glyphs {
            placed.push(Glyph {
                id: u16::try_from(glyph.id).unwrap_or_default(),
                x_mm: (pen + glyph.x) * MM_PER_POINT,
                // parley's y points down.
                rise_mm: -glyph.y * MM_PER_POINT,
                character: '\u{200B}',
                blank: false,
            });
            pen += glyph.advance;
        }
        if right_to_left {
            placed.reverse();
        }
        let mut characters = self.characters.iter().filter(|c| !matches!(c, '\n' | '\u{2028}' | '\u{2029}'));
        for glyph in &mut placed {
            if let Some(character) = characters.next() {
                glyph.character = *character;
                if glyph.id == 0 && !missing.contains(character) {
                    missing.push(*character);
                }
            }
        }
        if let Some(last) = placed.last().copied() {
            placed.extend(characters.map(|character| Glyph {
                character: *character,
                blank: true,
                rise_mm: 0.0,
                ..last
            }));
        }
        if right_to_left {
            placed.reverse();
        }
        out.append(&mut placed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style =
        Style { face: Face::Regular, size_pt: 11.0, leading: 1.6, align: Align::Justify, right_to_left: true };

    fn characters(lines: &[Line]) -> usize {
        lines.iter().flat_map(|line| &line.glyphs).filter(|glyph| !glyph.character.is_whitespace()).count()
    }

    #[test]
    fn every_character_has_a_glyph_of_its_own() {
        for text in ["سلام، لا می‌روم؛ لا‌اله الله! همهٔ اَوّل (ILO) fi ۱۲۳", "إلا لأ مّ", "ێوڕڵە ə İ ş"]
        {
            let mut missing = Vec::new();
            let lines = Typesetter::default().set(text, &STYLE, 150.0, &mut missing);
            assert!(missing.is_empty(), "{missing:?}");
            let mut set: Vec<char> = lines.iter().flat_map(|line| &line.glyphs).map(|glyph| glyph.character).collect();
            let mut wanted: Vec<char> = text.chars().collect();
            set.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(set, wanted);
        }
    }

    #[test]
    fn lines_keep_within_their_width_and_are_justified() {
        let text = "این بند آن‌قدر دراز است که در چند خط شکسته شود و هر خط به هر دو کناره برسد. ".repeat(6);
        let lines = Typesetter::default().set(&text, &STYLE, 80.0, &mut Vec::new());
        assert!(lines.len() > 4);
        assert_eq!(characters(&lines), text.chars().filter(|c| !c.is_whitespace()).count());
        for (index, line) in lines.iter().enumerate() {
            assert!(line.width_mm <= 80.1, "line {index} ends at {} mm", line.width_mm);
            let left = line.glyphs.first().unwrap().x_mm;
            assert!(left >= -0.1 && (index == lines.len() - 1 || left < 0.5), "line {index} begins at {left} mm");
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        for word in ["w".repeat(500), "ن".repeat(500), "https://example.org/".repeat(30)] {
            let lines = Typesetter::default().set(&word, &STYLE, 80.0, &mut Vec::new());
            assert_eq!(characters(&lines), word.chars().count());
            assert!(lines.iter().all(|line| line.width_mm <= 80.1));
        }
    }

    #[test]
    fn what_the_fonts_lack_is_told() {
        let mut missing = Vec::new();
        Typesetter::default().set("سلام 😀 漢 漢", &STYLE, 80.0, &mut missing);
        missing.sort_unstable();
        assert_eq!(missing, ['漢', '😀']);
    }
}

//! Paragraphs -> placed lines: shaping, directions, justification. The one file that names parley.
//!
//! A paragraph is shaped once; how it breaks into lines of any width, at any size of type, is arithmetic from there on.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use parley::fontique::{Blob, Collection, CollectionOptions, GenericFamily, SourceCache};
use parley::{
    BaseDirection, FontContext, FontFamily, FontFamilyName, FontFeatures, FontWeight, Layout, LayoutContext,
    LineHeight, OverflowWrap, StyleProperty,
};

use super::atom::{Atom, Outline, is_mark};
use super::bidi::{clean, isolated};
use super::face::{self, Face};
use super::hyphens::{SOFT_HYPHEN, hyphenated};
use super::justify::LineMeasure;
use super::line::{Align, Line, MM_PER_POINT, Style};
use super::linebreak::{self, WordBox};
use super::normalize::composed;

/// Shapes paragraphs. Creating one parses the fonts: reuse it.
pub struct Typesetter {
    fonts: FontContext,
    /// Which face each font file is, by the number that it was registered under.
    faces: Arc<[(u64, Face)]>,
    scratch: LayoutContext<Face>,
    /// Whether letters of Arabic script may be drawn out to fill a justified line.
    pub kashida: bool,
    /// Characters of what was shaped that no font of the kit has, in the order in which they came: they stand as empty
    /// boxes.
    pub missing: Vec<char>,
}

impl Default for Typesetter {
    fn default() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let mut faces = Vec::new();
        for face in Face::ALL {
            let file = Blob::new(Arc::new(face.file()));
            faces.push((file.id(), face));
            let families = fonts.collection.register_fonts(file, None);
            if face == Face::Emoji {
                let families = families.into_iter().map(|(family, _)| family);
                fonts.collection.set_generic_families(GenericFamily::Emoji, families);
            }
        }
        Typesetter { fonts, faces: faces.into(), scratch: LayoutContext::new(), kashida: false, missing: Vec::new() }
    }
}

/// Most styled spans of a paragraph: parley counts styles in 16 bits. Further bold text is set regular.
const MAX_SPANS: usize = 10_000;
/// A line that ends this far from the margin, in mm, is short. A paragraph of at least [`FEWEST_RAGGED`] lines, of
/// which more than one in [`MOST_SHORT`] is short, is set ragged.
const SHORT_MM: f32 = 0.5;
const FEWEST_RAGGED: usize = 3;
const MOST_SHORT: usize = 4;
/// Up to this many centred lines are balanced in length.
const MOST_BALANCED: usize = 8;
/// Paragraphs are shaped at this size, and scaled from there.
const SHAPED_AT: f32 = 100.0;

impl Typesetter {
    /// Shapes a paragraph. Line breaks in the text are kept. `bold` are ranges of bytes in it.
    pub fn shape(&mut self, text: &str, bold: &[Range<usize>], style: &Style) -> Paragraph {
        let (text, bold) = clean(text, bold);
        let (text, bold) = composed(text, bold);
        let (text, bold) = match style.align {
            Align::Justify if !style.right_to_left => hyphenated(text, bold),
            _ => (text, bold),
        };
        let (text, bold) = isolated(text, bold);
        // The fallback order of faces.
        let families = Face::ALL.map(|face| FontFamilyName::named(face.family()));
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(families.as_slice().into())));
        builder.push_default(StyleProperty::FontSize(SHAPED_AT));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::FontWeight(weight(style.face)));
        builder.push_default(StyleProperty::Brush(style.face));
        // A word longer than the line is broken.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        builder.set_base_direction(if style.right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        let mut spans = 0..MAX_SPANS;
        for range in bold.iter().zip(spans.by_ref()).map(|(range, _)| range) {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            builder.push(StyleProperty::Brush(Face::Bold), range.clone());
        }
        // Latin ligatures are off: they fall apart where text is copied.
        let mut at = 0;
        for run in text.split_inclusive(|c: char| !c.is_ascii()) {
            let latin = run.chars().take_while(char::is_ascii).count();
            if run.bytes().filter(u8::is_ascii_alphabetic).count() > 1 && spans.next().is_some() {
                builder.push(StyleProperty::FontFeatures(FontFeatures::from("\"liga\" off")), at..at + latin);
            }
            at += run.len();
        }
        let mut layout: Layout<Face> = builder.build(&*text);
        layout.break_all_lines(None);
        let runs = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
        let mut boxes: Vec<Range<usize>> = runs
            .flat_map(|run| run.clusters().filter(is_box).collect::<Vec<_>>())
            .map(|cluster| cluster.text_range())
            .collect();
        boxes.sort_by_key(|range| range.start);
        for character in boxes.into_iter().flat_map(|range| text.get(range).unwrap_or_default().chars()) {
            if !self.missing.contains(&character) && !character.is_whitespace() && !face::has(character) {
                self.missing.push(character);
            }
        }
        Paragraph {
            words: linebreak::words(&text, &clusters(&layout, &text), hyphen().1),
            faces: Arc::clone(&self.faces),
            text: text.into_owned(),
            layout,
            style: *style,
            kashida: self.kashida,
            indent: 0.0,
            broken: None,
        }
    }

    /// Sets a paragraph at a size in points, in lines of `width_mm`.
    pub fn set(&mut self, text: &str, style: &Style, size_pt: f32, width_mm: f32) -> Vec<Line> {
        self.shape(text, &[], style).lines(size_pt, width_mm)
    }
}

fn weight(face: Face) -> FontWeight {
    match face {
        Face::Bold => FontWeight::BOLD,
        _ => FontWeight::NORMAL,
    }
}

/// A paragraph, shaped, to be set at any size and width.
pub struct Paragraph {
    text: String,
    faces: Arc<[(u64, Face)]>,
    layout: Layout<Face>,
    words: Vec<WordBox>,
    style: Style,
    kashida: bool,
    /// How far its first line is set in, in sizes of type; not where a word must be broken.
    pub(crate) indent: f32,
    /// The width and the indent, in sizes of type, for which the layout holds lines.
    broken: Option<(f32, f32)>,
}

impl Paragraph {
    /// How it is set.
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// Number of lines at a size in points and a width in mm.
    pub fn count(&mut self, size_pt: f32, width_mm: f32) -> usize {
        let width = width_mm / MM_PER_POINT / size_pt;
        if self.needs_breaking(width) {
            self.break_at(width);
            return self.layout.len();
        }
        linebreak::lines(&self.words, width, self.indent, self.style.align == Align::Justify).len()
    }

    /// Whether a word of it is broken at a size in points and a width in mm.
    pub(crate) fn breaks_words(&self, size_pt: f32, width_mm: f32) -> bool {
        self.needs_breaking(width_mm / MM_PER_POINT / size_pt)
    }

    /// Its width where nothing breaks it, in sizes of type.
    pub fn natural(&mut self) -> f32 {
        let longest = self.lines(1.0, 100_000.0).iter().map(Line::ink_mm).fold(0.0, f32::max);
        longest / MM_PER_POINT
    }

    /// Distance of its baselines at a size in points, in mm.
    pub fn line_mm(&self, size_pt: f32) -> f32 {
        self.style.leading * size_pt * MM_PER_POINT
    }

    /// Its lines at a size in points and a width in mm. Centred lines are about as long as each other.
    pub fn lines(&mut self, size_pt: f32, width_mm: f32) -> Vec<Line> {
        let width = width_mm / MM_PER_POINT / size_pt;
        self.break_at(width);
        if self.style.align == Align::Center && (2..=MOST_BALANCED).contains(&self.layout.len()) {
            self.break_at(linebreak::narrowest(&self.words, width));
        }
        let count = self.layout.len();
        let set = |style: &Style| {
            let measure = LineMeasure { style, kashida: self.kashida, width, size_pt };
            let setting = LineSetter { text: &self.text, faces: &self.faces, measure };
            let lines = self.layout.lines().enumerate();
            let indent = |at| if at == 0 && !self.needs_breaking(width) { self.indent } else { 0.0 };
            lines.map(|(at, line)| setting.place(&line, indent(at), at + 1 == count)).collect::<Vec<_>>()
        };
        let lines = set(&self.style);
        // Where many lines cannot be justified, as words are long and the column is narrow, all are ragged.
        let is_short = |line: &&Line| match line.right_to_left {
            true => line.left_mm() > SHORT_MM,
            false => line.right_mm < width_mm - SHORT_MM,
        };
        let short = lines.iter().rev().skip(1).filter(is_short).count();
        let is_ragged = self.style.align == Align::Justify && count > FEWEST_RAGGED && short * MOST_SHORT > count;
        if is_ragged { set(&Style { align: Align::Start, ..self.style }) } else { lines }
    }

    /// Whether it has a word that must be broken.
    fn needs_breaking(&self, width: f32) -> bool {
        self.words.iter().any(|word| word.width > width)
    }

    fn break_at(&mut self, width: f32) {
        if self.broken == Some((width, self.indent)) {
            return;
        }
        self.broken = Some((width, self.indent));
        if self.words.is_empty() || self.needs_breaking(width) {
            self.layout.break_all_lines(Some(width * SHAPED_AT));
            return;
        }
        let lines = linebreak::lines(&self.words, width, self.indent, self.style.align == Align::Justify);
        let mut words = self.words.iter();
        let mut breaker = self.layout.break_lines();
        for count in lines {
            let characters: usize = words.by_ref().take(count).map(|word| word.characters).sum();
            breaker.break_next_with_length(u32::try_from(characters).unwrap_or(u32::MAX));
        }
        breaker.finish();
    }
}

/// The characters of a paragraph that is one line, as clusters in logical order: where each stands in the text, and its
/// advance in sizes of type.
fn clusters(layout: &Layout<Face>, text: &str) -> Vec<(Range<usize>, f32)> {
    let runs = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
    let of = |run: parley::Run<'_, Face>| {
        run.clusters().map(|cluster| (cluster.text_range(), advance(&cluster, text))).collect::<Vec<_>>()
    };
    let mut clusters: Vec<_> = runs.flat_map(of).collect();
    clusters.sort_by_key(|(range, _)| range.start);
    clusters
}

/// The glyph of a hyphen and its width, in the regular face.
fn hyphen() -> (u16, f32) {
    static HYPHEN: LazyLock<(u16, f32)> = LazyLock::new(|| Face::Regular.glyph('-').unwrap_or_default());
    *HYPHEN
}

/// A glyph in sizes of type; parley's y points down.
fn outline(glyph: parley::Glyph) -> Outline {
    let id = u16::try_from(glyph.id).unwrap_or_default();
    Outline { id, advance: glyph.advance / SHAPED_AT, x: glyph.x / SHAPED_AT, y: -glyph.y / SHAPED_AT }
}

/// Whether no face has a character: its code point is set instead.
fn is_box(cluster: &parley::Cluster<'_, Face>) -> bool {
    cluster.glyphs().any(|glyph| glyph.id == 0)
}

/// How wide a cluster is set, in sizes of type.
fn advance(cluster: &parley::Cluster<'_, Face>, text: &str) -> f32 {
    if !is_box(cluster) {
        return cluster.advance() / SHAPED_AT;
    }
    let characters = text.get(cluster.text_range()).unwrap_or_default().chars();
    characters.flat_map(face::number_of).map(|(_, advance)| advance).sum()
}

/// What all lines of a paragraph have in common.
struct LineSetter<'a> {
    text: &'a str,
    faces: &'a [(u64, Face)],
    measure: LineMeasure<'a>,
}

impl LineSetter<'_> {
    /// Places a line that is set in by so many sizes of type.
    fn place(&self, line: &parley::Line<'_, Face>, indent: f32, last: bool) -> Line {
        let mut atoms: Vec<Atom> = Vec::new();
        for run in line.runs() {
            let start = atoms.len();
            let file = run.font().data.id();
            let face = self.faces.iter().find(|(id, _)| *id == file).map(|(_, face)| *face).unwrap_or_default();
            for cluster in run.clusters() {
                let characters = self.text.get(cluster.text_range()).unwrap_or_default().chars();
                // A cluster that draws nothing, such as a ZWNJ, is joined to the one before it, from right to left.
                let joins = |atom: &&mut Atom| {
                    let bare = || atom.characters.last().is_some_and(|last| !is_mark(*last)) && !atom.is_space();
                    cluster.is_ligature_continuation()
                        || run.is_rtl() && cluster.advance() == 0.0 && characters.clone().eq(['\u{200C}']) && bare()
                };
                match atoms.get_mut(start..).and_then(|of| of.last_mut()).filter(joins) {
                    Some(atom) => {
                        atom.characters.extend(characters);
                        atom.advance += advance(&cluster, self.text);
                    }
                    None if is_box(&cluster) => atoms.push(Atom {
                        advance: advance(&cluster, self.text),
                        glyphs: characters
                            .clone()
                            .flat_map(face::number_of)
                            .map(|(id, advance)| Outline { id, advance, x: 0.0, y: 0.0 })
                            .collect(),
                        characters: characters.collect(),
                        face: Face::Regular,
                        right_to_left: run.is_rtl(),
                    }),
                    None => atoms.push(Atom {
                        characters: characters.collect(),
                        glyphs: cluster.glyphs().map(outline).collect(),
                        advance: advance(&cluster, self.text),
                        face,
                        right_to_left: run.is_rtl(),
                    }),
                }
            }
            if run.is_rtl()
                && let Some(run) = atoms.get_mut(start..)
            {
                run.reverse();
            }
        }
        let is_soft = |atom: &Atom| atom.characters == [SOFT_HYPHEN];
        let divided = atoms.last().filter(|atom| is_soft(atom)).map(|atom| atom.face);
        atoms.retain(|atom| !is_soft(atom));
        if let Some(face) = divided {
            let (face, (id, advance)) = face.glyph('-').map_or((Face::Regular, hyphen()), |glyph| (face, glyph));
            let glyphs = vec![Outline { id, advance, x: 0.0, y: 0.0 }];
            atoms.push(Atom { characters: vec![SOFT_HYPHEN], glyphs, advance, face, right_to_left: false });
        }
        let last = last || self.text.get(line.text_range()).is_some_and(|text| text.ends_with('\n'));
        let (glyphs, right_mm) = self.measure.place(&mut atoms, indent, last);
        let mm = self.measure.size_pt * MM_PER_POINT;
        let style = self.measure.style;
        let metrics = line.metrics();
        Line {
            size_pt: self.measure.size_pt,
            right_to_left: style.right_to_left,
            ascent_mm: (metrics.baseline - metrics.block_min_coord) / SHAPED_AT * mm,
            height_mm: style.leading * mm,
            right_mm,
            glyphs,
            mark: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::press::text::bidi::isolates;
    use crate::press::text::font::Ink;

    const STYLE: Style = Style { face: Face::Regular, leading: 1.6, align: Align::Justify, right_to_left: true };

    fn characters(lines: &[Line]) -> usize {
        let texts = lines.iter().flat_map(|line| &line.glyphs).flat_map(|glyph| glyph.text.chars());
        texts.filter(|character| !character.is_whitespace()).count()
    }

    #[test]
    fn every_character_is_in_a_glyph() {
        for text in ["سلام، لا می‌روم؛ لا‌اله الله! همهٔ اَوّل (ILO) fi ۱۲۳", "إلا لأ مّ", "ێوڕڵە ə İ ş"]
        {
            let mut typesetter = Typesetter::default();
            let lines = typesetter.set(text, &STYLE, 11.0, 150.0);
            assert!(typesetter.missing.is_empty(), "{:?}", typesetter.missing);
            let mut set: Vec<char> =
                lines.iter().flat_map(|line| &line.glyphs).flat_map(|glyph| glyph.text.chars()).collect();
            let mut wanted: Vec<char> = text.chars().collect();
            set.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(set, wanted);
        }
    }

    #[test]
    fn lines_keep_within_their_width_and_are_justified() {
        let text = "این بند آن‌قدر دراز است که در چند خط شکسته شود و هر خط به هر دو کناره برسد. ".repeat(6);
        let lines = Typesetter::default().set(&text, &STYLE, 11.0, 80.0);
        assert!(lines.len() > 4);
        assert_eq!(characters(&lines), text.chars().filter(|c| !c.is_whitespace()).count());
        for (index, line) in lines.iter().enumerate() {
            assert!(line.right_mm <= 80.1, "line {index} ends at {} mm", line.right_mm);
            let left = line.left_mm();
            assert!(left >= -0.1 && (index == lines.len() - 1 || left < 0.5), "line {index} begins at {left} mm");
        }
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        for word in ["w".repeat(500), "ن".repeat(500), "https://example.org/".repeat(30)] {
            let lines = Typesetter::default().set(&word, &STYLE, 11.0, 80.0);
            assert_eq!(characters(&lines), word.chars().count());
            assert!(lines.iter().all(|line| line.right_mm <= 80.1));
        }
    }

    #[test]
    fn what_isolates_tokens_is_not_copied() {
        let line = Typesetter::default().set("تلفن 021-8877-6655 است - نه.", &STYLE, 11.0, 150.0).remove(0);
        assert!(line.glyphs.iter().all(|glyph| !glyph.text.contains(isolates)));
    }

    #[test]
    fn any_number_of_words_is_set() {
        for text in [
            "ab سلام ".repeat(40_000),
            "ab ".repeat(70_000),
            "سلام\u{200C}".repeat(20_000),
            format!("ب{}", "\u{64E}\u{301}".repeat(40_000)),
        ] {
            let lines = Typesetter::default().set(&text, &STYLE, 11.0, 150.0);
            assert_eq!(characters(&lines), text.chars().filter(|c| !c.is_whitespace()).count());
        }
        let text = "a ".repeat(30_000);
        let bold: Vec<_> = (0..30_000).map(|at| 2 * at..2 * at + 1).collect();
        Typesetter::default().shape(&text, &bold, &STYLE);
    }

    #[test]
    fn what_the_fonts_lack_is_told() {
        let mut typesetter = Typesetter::default();
        let lines = typesetter.set("سلام 😀 漢 漢 1️⃣ Привет ✅ ● ❤️", &STYLE, 11.0, 150.0);
        assert_eq!(typesetter.missing, ['漢']);
        // Its number stands in its place, and is copied as what it stands for.
        let glyph = lines[0].glyphs.iter().find(|glyph| &*glyph.text == "漢").unwrap();
        assert!(matches!(&glyph.ink, Ink::Composite(parts) if parts.len() == 6), "{glyph:?}");
        let faces: Vec<Face> = ["😀", "П", "✅", "●"]
            .map(|text| lines[0].glyphs.iter().find(|glyph| &*glyph.text == text).unwrap().face)
            .into();
        assert_eq!(faces, [Face::Emoji, Face::Text, Face::Emoji, Face::Symbols]);
    }
}

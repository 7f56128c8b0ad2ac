//! Paragraphs -> placed lines: shaping, directions, justification. The one file that names parley.
//!
//! A paragraph is shaped once; how it breaks into lines of any width, at any size of type, is arithmetic from there on.

use std::ops::Range;

use parley::fontique::{Collection, CollectionOptions, SourceCache};
use parley::{
    BaseDirection, FontContext, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    StyleProperty,
};

use super::breaks::{self, Word, is_space};
use super::clean::{clean, isolated, isolates};
use super::font::{Component, Face, Ink};
use super::line::{Align, Glyph, Line, MM_PER_POINT, Style};

/// Sets paragraphs. Making one reads the fonts: keep it.
pub struct Typesetter {
    fonts: FontContext,
    scratch: LayoutContext<Face>,
    /// Characters of what was shaped that no font of the kit has, in the order in which they came: they stand as empty boxes.
    pub missing: Vec<char>,
}

impl Default for Typesetter {
    fn default() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        for face in Face::ALL {
            fonts.collection.register_fonts(face.file().to_vec().into(), None);
        }
        Typesetter { fonts, scratch: LayoutContext::new(), missing: Vec::new() }
    }
}

const FAMILY: &str = "Vazirmatn";
/// Most glyphs that are drawn as one: more marks than this on one letter would stand on each other.
const MAX_COMPONENTS: usize = 32;
/// Most stretches of a paragraph that are set in their own way: parley counts styles in 16 bits. What is bold beyond is not.
const MAX_SPANS: usize = 10_000;
/// Paragraphs are shaped at this size, and scaled from there.
const SHAPED_AT: f32 = 100.0;

impl Typesetter {
    /// Shapes a paragraph. Line breaks in the text are kept. `bold` are ranges of bytes in it.
    pub fn shape(&mut self, text: &str, bold: &[Range<usize>], style: &Style) -> Paragraph {
        let (text, bold) = clean(text, bold);
        let (text, bold) = isolated(text, bold);
        let mut builder = self.scratch.ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::named(FAMILY)));
        builder.push_default(StyleProperty::FontSize(SHAPED_AT));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::FontWeight(weight(style.face)));
        builder.push_default(StyleProperty::Brush(style.face));
        // A word longer than the line is broken rather than lost over the edge.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        builder.set_base_direction(if style.right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr });
        let mut spans = 0..MAX_SPANS;
        for range in bold.iter().zip(spans.by_ref()).map(|(range, _)| range) {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
            builder.push(StyleProperty::Brush(Face::Bold), range.clone());
        }
        // Latin ligatures give little to the eye, and fall apart where text is copied.
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
            .flat_map(|run| run.clusters().filter(|c| c.glyphs().any(|glyph| glyph.id == 0)).collect::<Vec<_>>())
            .map(|cluster| cluster.text_range())
            .collect();
        boxes.sort_by_key(|range| range.start);
        for character in boxes.into_iter().flat_map(|range| text.get(range).unwrap_or_default().chars()) {
            if !character.is_whitespace() && !self.missing.contains(&character) {
                self.missing.push(character);
            }
        }
        Paragraph {
            words: breaks::words(&text, &clusters(&layout)),
            text: text.into_owned(),
            layout,
            style: *style,
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
        Face::Regular => FontWeight::NORMAL,
        Face::Bold => FontWeight::BOLD,
    }
}

/// A paragraph, shaped, to be set at any size and width.
pub struct Paragraph {
    text: String,
    layout: Layout<Face>,
    words: Vec<Word>,
    style: Style,
    /// The width, in sizes of type, for which the layout holds lines.
    broken: Option<f32>,
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
        breaks::lines(&self.words, width, self.style.align == Align::Justify).len()
    }

    /// Distance of its baselines at a size in points, in mm.
    pub fn line_mm(&self, size_pt: f32) -> f32 {
        self.style.leading * size_pt * MM_PER_POINT
    }

    /// Its lines at a size in points and a width in mm.
    pub fn lines(&mut self, size_pt: f32, width_mm: f32) -> Vec<Line> {
        let width = width_mm / MM_PER_POINT / size_pt;
        self.break_at(width);
        let count = self.layout.len();
        let setting = Setting { text: &self.text, style: &self.style, width, size_pt };
        self.layout.lines().enumerate().map(|(at, line)| setting.place(&line, at + 1 == count)).collect()
    }

    /// Whether it has a word that must be broken.
    fn needs_breaking(&self, width: f32) -> bool {
        self.words.iter().any(|word| word.width > width)
    }

    fn break_at(&mut self, width: f32) {
        if self.broken == Some(width) {
            return;
        }
        self.broken = Some(width);
        if self.words.is_empty() || self.needs_breaking(width) {
            self.layout.break_all_lines(Some(width * SHAPED_AT));
            return;
        }
        let lines = breaks::lines(&self.words, width, self.style.align == Align::Justify);
        let mut words = self.words.iter();
        let mut breaker = self.layout.break_lines();
        for count in lines {
            let characters: usize = words.by_ref().take(count).map(|word| word.characters).sum();
            breaker.break_next_with_length(u32::try_from(characters).unwrap_or(u32::MAX));
        }
        breaker.finish();
    }
}

/// The characters of a paragraph that is one line, as clusters in logical order: where each stands in the text, and its advance in sizes of type.
fn clusters(layout: &Layout<Face>) -> Vec<(Range<usize>, f32)> {
    let runs = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
    let of = |run: parley::Run<'_, Face>| {
        run.clusters().map(|cluster| (cluster.text_range(), cluster.advance() / SHAPED_AT)).collect::<Vec<_>>()
    };
    let mut clusters: Vec<_> = runs.flat_map(of).collect();
    clusters.sort_by_key(|(range, _)| range.start);
    clusters
}

/// What all lines of a paragraph have in common. Widths are in sizes of type.
struct Setting<'a> {
    text: &'a str,
    style: &'a Style,
    width: f32,
    size_pt: f32,
}

impl Setting<'_> {
    fn place(&self, line: &parley::Line<'_, Face>, last: bool) -> Line {
        let mut atoms: Vec<Atom> = Vec::new();
        for run in line.runs() {
            let start = atoms.len();
            for cluster in run.clusters() {
                let characters = self.text.get(cluster.text_range()).unwrap_or_default().chars();
                // What draws nothing, such as a ZWNJ, belongs to what it stands behind, from right to left.
                let joins = |atom: &&mut Atom| {
                    let bare = || atom.characters.last().is_some_and(|last| !is_mark(*last)) && !atom.is_space();
                    cluster.is_ligature_continuation()
                        || run.is_rtl() && cluster.advance() == 0.0 && characters.clone().eq(['\u{200C}']) && bare()
                };
                match atoms.get_mut(start..).and_then(|of| of.last_mut()).filter(joins) {
                    Some(atom) => {
                        atom.characters.extend(characters);
                        atom.advance += cluster.advance() / SHAPED_AT;
                    }
                    None => atoms.push(Atom {
                        characters: characters.collect(),
                        glyphs: cluster.glyphs().collect(),
                        advance: cluster.advance() / SHAPED_AT,
                        face: cluster.style().brush,
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
        let last = last || self.text.get(line.text_range()).is_some_and(|text| text.ends_with('\n'));
        // What hangs past the end of the line is white space.
        let inked = atoms.iter().position(|atom| !atom.is_space());
        let atoms = match (inked, atoms.iter().rposition(|atom| !atom.is_space())) {
            (Some(first), Some(end)) => atoms.get(first..=end).unwrap_or_default(),
            _ => &[],
        };
        let filled: f32 = atoms.iter().map(|atom| atom.advance).sum();
        let spaces = || atoms.iter().filter(|atom| atom.is_space());
        let free = self.width - filled;
        let mixed = self.style.right_to_left && atoms.iter().any(|atom| !atom.right_to_left);
        let spaces_wide = spaces().map(|atom| atom.advance).sum();
        let justified =
            self.style.align == Align::Justify && breaks::is_justified(filled, spaces_wide, self.width, last, mixed);
        let stretch = if justified { free / spaces().count() as f32 } else { 0.0 };
        let mut pen = match self.style.align {
            _ if justified => 0.0,
            Align::Center => free / 2.0,
            align if (align == Align::End) != self.style.right_to_left => free,
            _ => 0.0,
        };
        let mut glyphs = Vec::with_capacity(atoms.len());
        let mm = self.size_pt * MM_PER_POINT;
        for atom in atoms {
            atom.place(pen * mm, &mut glyphs);
            pen += atom.advance + if atom.is_space() { stretch } else { 0.0 };
        }
        let metrics = line.metrics();
        Line {
            size_pt: self.size_pt,
            right_to_left: self.style.right_to_left,
            ascent_mm: (metrics.baseline - metrics.block_min_coord) / SHAPED_AT * mm,
            height_mm: self.style.leading * mm,
            right_mm: pen * mm,
            glyphs,
            mark: 0,
        }
    }
}

/// Characters and glyphs that belong together and cannot be told apart: a letter, a letter with its marks, a ligature.
struct Atom {
    characters: Vec<char>,
    glyphs: Vec<parley::Glyph>,
    /// In sizes of type.
    advance: f32,
    face: Face,
    right_to_left: bool,
}

impl Atom {
    fn is_space(&self) -> bool {
        self.characters.iter().all(|character| is_space(*character))
    }

    fn ink(&self) -> Ink {
        let id = |glyph: &parley::Glyph| u16::try_from(glyph.id).unwrap_or_default();
        match self.glyphs.as_slice() {
            [] => Ink::Blank,
            [glyph] if glyph.x == 0.0 && glyph.y == 0.0 => Ink::Glyph(id(glyph)),
            glyphs => {
                let thousandths = |value: f32| (value / SHAPED_AT * 1000.0).round() as i16;
                let mut pen = 0.0;
                let parts = glyphs.iter().take(MAX_COMPONENTS).map(|glyph| {
                    let x = thousandths(pen + glyph.x);
                    pen += glyph.advance;
                    // parley's y points down.
                    Component { id: id(glyph), x, y: thousandths(-glyph.y) }
                });
                Ink::Composite(parts.collect())
            }
        }
    }

    /// One glyph draws it all. It carries the characters up to the first mark; each mark, and what follows it, has a blank glyph, on the side
    /// where it is read: programs that copy text turn around what stands from right to left glyph by glyph, and give marks no room.
    fn place(&self, x_mm: f32, out: &mut Vec<Glyph>) {
        let start = out.len();
        let mut ink = self.ink();
        let shown: Vec<char> = self
            .characters
            .iter()
            .copied()
            .filter(|c| !matches!(*c, '\n' | '\u{2028}' | '\u{2029}') && !isolates(*c))
            .collect();
        for characters in shown.chunk_by(|a, b| !is_mark(*a) && !is_mark(*b)) {
            let text: String = match self.right_to_left {
                true => characters.iter().rev().collect(),
                false => characters.iter().collect(),
            };
            let ink = std::mem::replace(&mut ink, Ink::Blank);
            out.push(Glyph { ink, face: self.face, x_mm, text: text.into() });
        }
        if self.right_to_left
            && let Some(placed) = out.get_mut(start..)
        {
            placed.reverse();
        }
    }
}

/// Whether a character is a mark on another (Unicode, general category Mn), in the scripts that the fonts have.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
        typesetter.set("سلام 😀 漢 漢", &STYLE, 11.0, 80.0);
        assert_eq!(typesetter.missing, ['😀', '漢']);
    }
}

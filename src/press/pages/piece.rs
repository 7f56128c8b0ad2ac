//! The parts of a letter, shaped: what each is, and how it stands among the others.

use super::beside::{Beside, widest};
use super::distribute::ParagraphMeasure;
use super::page::Role;
use crate::press::text::face::Face;
use crate::press::text::line::{Align, Line, MM_PER_POINT, Style};
use crate::press::text::shaping::{Paragraph, Typesetter};
use crate::prose::direction::paragraph_direction;
use crate::prose::manuscript::{Block, BlockKind, Rich};

/// Indentation of list items, and of each level, in sizes of type.
const INDENT: f32 = 1.7;
/// Distance of the baselines of headings, in sizes of type.
const HEADING_LEADING: f32 = 1.4;
/// How far the first line of a paragraph is set in where it follows another in a column, in sizes of type.
const SET_IN: f32 = 1.5;
/// Most rows of a table, or couplets of a poem, whose columns are aligned: all have to be shaped first.
const MOST_ROWS: usize = 500;

/// What is set of a part.
pub(crate) enum PieceContent {
    Paragraph(Box<Paragraph>),
    Beside(Beside),
}

/// How a part follows what is above it where the text stands in columns, whose lines are level with each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Follows {
    /// With white space above, rounded up to the grid of lines.
    Spaced,
    /// Without white.
    Close,
    /// Without white, its first line set in.
    SetIn,
}

/// A part of the letter.
pub(crate) struct Piece {
    pub(crate) content: PieceContent,
    pub(crate) mark: Option<Paragraph>,
    pub(crate) role: Role,
    /// Size of type, in sizes of the body's.
    pub(crate) scale: f32,
    /// White above, in sizes of the body's type.
    pub(crate) before: f32,
    /// How it follows what is above it where the text stands in columns.
    pub(crate) in_columns: Follows,
    /// Where its mark begins, and its text, in sizes of the body's type.
    pub(crate) level: f32,
    pub(crate) indent: f32,
    together: usize,
    leads: bool,
}

impl PieceContent {
    pub(crate) fn right_to_left(&self) -> bool {
        match self {
            PieceContent::Paragraph(paragraph) => paragraph.style().right_to_left,
            PieceContent::Beside(beside) => beside.right_to_left(),
        }
    }

    pub(crate) fn lines(&mut self, size_pt: f32, width_mm: f32) -> Vec<Line> {
        match self {
            PieceContent::Paragraph(paragraph) => paragraph.lines(size_pt, width_mm),
            PieceContent::Beside(beside) => beside.lines(size_pt, width_mm),
        }
    }

    fn count(&mut self, size_pt: f32, width_mm: f32) -> usize {
        match self {
            PieceContent::Paragraph(paragraph) => paragraph.count(size_pt, width_mm),
            PieceContent::Beside(beside) => beside.count(size_pt, width_mm),
        }
    }

    /// Whether it has at most `lines` lines at a size and width, and no word has to be broken.
    pub(crate) fn fits(&mut self, size_pt: f32, width_mm: f32, lines: usize) -> bool {
        match self {
            PieceContent::Paragraph(paragraph) if paragraph.breaks_words(size_pt, width_mm) => false,
            _ => self.count(size_pt, width_mm) <= lines,
        }
    }

    fn line_mm(&self, size_pt: f32) -> f32 {
        match self {
            PieceContent::Paragraph(paragraph) => paragraph.line_mm(size_pt),
            PieceContent::Beside(beside) => beside.line_mm(size_pt),
        }
    }
}

impl Piece {
    /// Whether it is a couplet.
    pub(crate) fn is_couplet(&self) -> bool {
        matches!(&self.content, PieceContent::Beside(beside) if beside.is_couplet())
    }

    /// Number of its lines.
    pub(crate) fn count(&mut self, size_pt: f32, width_mm: f32) -> usize {
        let indent = self.indent * size_pt * MM_PER_POINT;
        self.content.count(size_pt * self.scale, width_mm - indent).max(1)
    }

    /// Its height, with the white above it, in mm.
    pub(crate) fn height_mm(&mut self, size_pt: f32, width_mm: f32) -> f32 {
        let lines = self.count(size_pt, width_mm) as f32;
        lines * self.content.line_mm(size_pt * self.scale) + self.before * size_pt * MM_PER_POINT
    }

    /// Its measures for the distribution to pages, in columns or over the whole width.
    pub(crate) fn measure(&mut self, size_pt: f32, width_mm: f32, in_columns: bool) -> ParagraphMeasure {
        let before = if in_columns && self.in_columns != Follows::Spaced { 0.0 } else { self.before };
        if let PieceContent::Paragraph(paragraph) = &mut self.content {
            paragraph.indent = if in_columns && self.in_columns == Follows::SetIn { SET_IN } else { 0.0 };
        }
        ParagraphMeasure {
            lines: self.count(size_pt, width_mm),
            line_mm: self.content.line_mm(size_pt * self.scale),
            before_mm: before * size_pt * MM_PER_POINT,
            together: self.together,
            leads: self.leads,
        }
    }
}

/// Shapes the parts of a letter.
pub(crate) struct Shaper<'a> {
    pub(crate) right_to_left: bool,
    /// Distance of baselines, in sizes of type: all lines of the letter's text have the same.
    pub(crate) leading: f32,
    pub(crate) typesetter: &'a mut Typesetter,
}

impl<'a> Shaper<'a> {
    /// A shaper for a letter.
    pub(crate) fn new(right_to_left: bool, blocks: &[Block], typesetter: &'a mut Typesetter) -> Self {
        let any = right_to_left || blocks.iter().any(|block| paragraph_direction(right_to_left, &block.text.text));
        // Letters of Arabic script are taller than Latin ones, and their marks need room.
        Shaper { right_to_left, leading: if any { 1.58 } else { 1.45 }, typesetter }
    }

    /// A paragraph, in the direction that its text has in this letter.
    pub(crate) fn piece(
        &mut self,
        text: &Rich,
        role: Role,
        align: Align,
        face: Face,
        scale: f32,
        before: f32,
    ) -> Piece {
        let right_to_left = paragraph_direction(self.right_to_left, &text.text);
        let leading = if face == Face::Bold { HEADING_LEADING } else { self.leading };
        let style = Style { face, leading, align, right_to_left };
        let paragraph = self.typesetter.shape(&text.text, &text.bold, &style);
        let bold = face == Face::Bold;
        Piece {
            content: PieceContent::Paragraph(Box::new(paragraph)),
            mark: None,
            role,
            scale,
            before,
            in_columns: Follows::Spaced,
            level: 0.0,
            indent: 0.0,
            together: if bold { 6 } else { 2 },
            leads: bold,
        }
    }

    /// The parts of a letter. Couplets that follow each other share their columns.
    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut above = None;
        let couplets =
            |a: &Block, b: &Block| matches!((&a.kind, &b.kind), (BlockKind::Couplet(_), BlockKind::Couplet(_)));
        let mut runs = blocks.chunk_by(couplets).peekable();
        while let Some(run) = runs.next() {
            match run {
                [Block { kind: BlockKind::Couplet(_), .. }, ..] => {
                    run.chunks(MOST_ROWS).for_each(|run| pieces.extend(self.couplets(run)));
                }
                [block] => {
                    let at = pieces.len();
                    self.block(block, &mut pieces);
                    let leads_lines = runs.peek().and_then(|next| next.first()).is_some_and(|next| next.close);
                    if let Some(piece) = pieces.get_mut(at) {
                        piece.in_columns = follows(above, block, leads_lines);
                    }
                }
                _ => {}
            }
            above = run.last();
        }
        pieces
    }

    fn block(&mut self, block: &Block, pieces: &mut Vec<Piece>) {
        let body = |shaper: &mut Self, before| {
            shaper.piece(&block.text, Role::Paragraph, Align::Justify, Face::Regular, 1.0, before)
        };
        let level = f32::from(block.level) * INDENT;
        pieces.push(match &block.kind {
            BlockKind::Heading(heading) => {
                let scale = match heading {
                    1 => 1.35,
                    2 => 1.2,
                    _ => 1.08,
                };
                self.piece(&block.text, Role::Heading(*heading), Align::Start, Face::Bold, scale, 0.9)
            }
            BlockKind::Paragraph => Piece { indent: level, ..body(self, if block.close { 0.0 } else { 0.55 }) },
            BlockKind::Item(mark) => {
                let item = body(self, 0.3);
                let right_to_left = item.content.right_to_left();
                let style = Style { face: Face::Regular, leading: self.leading, align: Align::Start, right_to_left };
                // The space is drawn too: programs that copy text put none between a mark and its item.
                let mut mark = self.typesetter.shape(&format!("{mark}\u{A0}"), &[], &style);
                let wide = mark.natural();
                Piece { mark: Some(mark), role: Role::Item, level, indent: level + INDENT.max(wide + 0.2), ..item }
            }
            BlockKind::Code => self.code(&block.text.text, level),
            BlockKind::Table(rows) => {
                rows.chunks(MOST_ROWS).for_each(|rows| self.table(rows, level, pieces));
                return;
            }
            // Its hemistichs are set with those of the couplets around it.
            BlockKind::Couplet(_) => return,
            BlockKind::Break => {
                self.piece(&Rich::plain("•  •  •"), Role::Paragraph, Align::Center, Face::Regular, 1.0, 0.6)
            }
        });
    }

    /// Lines as they were written, from left to right: blanks at their beginnings stay.
    fn code(&mut self, text: &str, level: f32) -> Piece {
        let kept = text.split('\n').map(|line| {
            let rest = line.trim_start_matches([' ', '\t']);
            let blanks: usize =
                line.chars().take_while(|c| matches!(c, ' ' | '\t')).map(|c| if c == ' ' { 1 } else { 4 }).sum();
            format!("{}{rest}", "\u{A0}".repeat(blanks))
        });
        let text = kept.collect::<Vec<_>>().join("\n");
        let style = Style { face: Face::Regular, leading: 1.45, align: Align::Start, right_to_left: false };
        let paragraph = self.typesetter.shape(&text, &[], &style);
        let like = self.piece(&Rich::default(), Role::Paragraph, Align::Start, Face::Regular, 0.95, 0.55);
        Piece { content: PieceContent::Paragraph(Box::new(paragraph)), indent: level, ..like }
    }

    fn couplets(&mut self, blocks: &[Block]) -> Vec<Piece> {
        let halves = |block: &Block| match &block.kind {
            BlockKind::Couplet(second) => vec![block.text.clone(), second.clone()],
            _ => Vec::new(),
        };
        let rows = blocks.iter().map(halves).collect::<Vec<_>>();
        let pieces = self.beside(&rows, true).into_iter().zip(blocks);
        let placed = pieces.map(|(piece, block)| Piece {
            before: if block.close { 0.0 } else { 0.7 },
            indent: f32::from(block.level) * INDENT,
            ..piece
        });
        placed.collect()
    }

    fn table(&mut self, rows: &[Vec<Rich>], level: f32, pieces: &mut Vec<Piece>) {
        for (number, piece) in self.beside(rows, false).into_iter().enumerate() {
            let before = if number == 0 { 0.55 } else { 0.15 };
            // The head of a table stays on the same page as its first row.
            let in_columns = if number == 0 { Follows::Spaced } else { Follows::Close };
            pieces.push(Piece { before, in_columns, indent: level, leads: number == 0, ..piece });
        }
    }

    /// Texts beside each other, row by row.
    fn beside(&mut self, rows: &[Vec<Rich>], is_couplet: bool) -> Vec<Piece> {
        let right_to_left = self.right_to_left;
        let style = Style { face: Face::Regular, leading: self.leading, align: Align::Start, right_to_left };
        let mut cell = |cell: &Rich| self.typesetter.shape(&cell.text, &cell.bold, &style);
        let mut rows: Vec<Vec<Paragraph>> = rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect();
        let widths = widest(&mut rows);
        let like = |cells| Piece {
            content: PieceContent::Beside(Beside::new(cells, widths.clone(), right_to_left, is_couplet)),
            mark: None,
            role: Role::Paragraph,
            scale: 1.0,
            before: 0.0,
            in_columns: Follows::Spaced,
            level: 0.0,
            indent: 0.0,
            together: 2,
            leads: false,
        };
        rows.into_iter().map(like).collect()
    }
}

/// Spacing of a block in columns: paragraphs are told apart by an indented first line; lines that are kept, of which it
/// may be the first, by white space.
fn follows(above: Option<&Block>, block: &Block, leads_lines: bool) -> Follows {
    let Some(above) = above else { return Follows::Close };
    match (&above.kind, &block.kind) {
        (_, BlockKind::Paragraph) if block.close => Follows::Close,
        (BlockKind::Heading(_), BlockKind::Paragraph)
        | (BlockKind::Heading(_) | BlockKind::Paragraph | BlockKind::Item(_), BlockKind::Item(_)) => Follows::Close,
        // A further paragraph of an item or a quotation.
        (BlockKind::Item(_), BlockKind::Paragraph) if block.level > 0 => Follows::Close,
        (BlockKind::Paragraph, BlockKind::Paragraph) if block.level > 0 && block.level == above.level => Follows::Close,
        (BlockKind::Paragraph | BlockKind::Item(_), BlockKind::Paragraph)
            if block.level == 0 && !above.close && !leads_lines =>
        {
            Follows::SetIn
        }
        _ => Follows::Spaced,
    }
}

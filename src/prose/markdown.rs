//! Light Markdown -> blocks. The one file that names pulldown-cmark.
//!
//! Markdown becomes headings, lists, quotations, tables, footnotes and bold text; what only looks like it stays text.
//! No word of a letter is lost, but for those that were struck out.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::inline::Inline;
use super::lines::{Lines, Wrapping};
use super::manuscript::{Block, BlockKind, Manuscript, Rich};
use super::plain::lines;
use super::script::in_digits;
use super::shape::{is_prose, shape};
use super::{head, table};

/// Deepest indentation of lists and quotations; what is deeper stands there too.
const MAX_LEVEL: usize = 4;
/// Most footnotes whose marks are looked up.
const MAX_NOTES: usize = 1_000;

/// Reads CommonMark with tables, footnotes and a metadata block in front, from which title, sender and date are taken.
/// Footnotes are numbered in the digits that begin with `zero`.
pub fn read(text: &str, how: Lines, zero: char) -> Manuscript {
    let all: Vec<&str> = lines(text).collect();
    let text = head::without_false_definitions(&all.join("\n"));
    let mut reader = MarkdownReader::new(&text, how, zero);
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(&text, options).into_offset_iter().for_each(|(event, range)| reader.event(event, range));
    reader.finish()
}

/// The container that receives text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Container {
    #[default]
    Paragraph,
    Heading(u8),
    /// Lines are kept as they are.
    Code,
    Cell,
    Metadata,
}

struct MarkdownReader<'a> {
    source: &'a str,
    zero: char,
    wrapping: Wrapping,
    manuscript: Manuscript,
    place: Container,
    /// Text of the paragraph being read.
    inline: Inline,
    /// How many lists are open.
    lists: usize,
    quotations: usize,
    /// The mark of an item of which nothing was set yet.
    mark: Option<String>,
    /// Whether anything came before, which a metadata block must not have.
    begun: bool,
    rows: Vec<Vec<Rich>>,
    /// The names of footnotes in the order of their numbers, and what was read of them.
    names: Vec<String>,
    notes: Vec<(usize, Vec<Block>)>,
    in_note: bool,
}

/// The mark of items without numbers.
const BULLET: &str = "•";

impl<'a> MarkdownReader<'a> {
    fn new(source: &'a str, how: Lines, zero: char) -> Self {
        let prose = head::prose(source);
        let groups = prose.split(|line| line.text.is_empty());
        let groups: Vec<&[Rich]> = groups.filter(|group| !group.is_empty() && is_prose(group)).collect();
        MarkdownReader {
            source,
            zero,
            wrapping: Wrapping::of(&groups, how, true),
            manuscript: Manuscript::default(),
            place: Container::Paragraph,
            inline: Inline::default(),
            lists: 0,
            quotations: 0,
            mark: None,
            begun: false,
            rows: Vec::new(),
            names: Vec::new(),
            notes: Vec::new(),
            in_note: false,
        }
    }

    fn finish(mut self) -> Manuscript {
        self.paragraph();
        self.notes.sort_by_key(|(number, _)| *number);
        let blocks = &mut self.manuscript.blocks;
        if !self.notes.is_empty() && !blocks.is_empty() {
            blocks.push(Block { kind: BlockKind::Break, level: 0, close: false, text: Rich::default() });
        }
        blocks.extend(self.notes.into_iter().flat_map(|(_, blocks)| blocks));
        self.manuscript
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if matches!(self.place, Container::Code | Container::Metadata) => {
                let mut lines = text.split('\n');
                self.inline.text(lines.next().unwrap_or_default());
                for line in lines {
                    self.inline.new_line();
                    self.inline.text(line);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.text(&text);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.inline.html(&text),
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                self.inline.text(&self.note_mark(number));
            }
            Event::SoftBreak => self.inline.new_line(),
            Event::HardBreak => self.inline.end_line(),
            Event::Rule => {
                self.paragraph();
                if let Some(mark) = self.mark.take() {
                    self.push(BlockKind::Paragraph, Rich::plain(&mark));
                }
                self.push(BlockKind::Break, Rich::default());
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let first = !std::mem::replace(&mut self.begun, true);
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.place = Container::Heading(level as u8);
            }
            Tag::CodeBlock(kind) => {
                self.paragraph();
                // Indented text is not code: in letters nobody means that.
                self.place =
                    if matches!(kind, CodeBlockKind::Fenced(_)) { Container::Code } else { Container::Paragraph };
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) if first => self.place = Container::Metadata,
            Tag::MetadataBlock(_) => {
                self.paragraph();
                self.place = Container::Code;
            }
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.quotations += 1;
            }
            Tag::List(_) => {
                self.paragraph();
                self.lists += 1;
            }
            Tag::Item => {
                self.paragraph();
                self.mark = Some(self.written_mark(range));
            }
            Tag::Emphasis | Tag::Strong => self.inline.open_bold(),
            Tag::Strikethrough => self.inline.hide(),
            Tag::Link { dest_url: to, .. } | Tag::Image { dest_url: to, .. } => self.inline.link(to.into_string()),
            Tag::Table(_) => {
                self.paragraph();
                self.rows.clear();
            }
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            Tag::TableCell => self.place = Container::Cell,
            Tag::FootnoteDefinition(name) => {
                self.paragraph();
                let number = self.note(&name);
                self.notes.push((number, Vec::new()));
                self.in_note = true;
                self.mark = Some(self.note_mark(number));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph(),
            TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.paragraph();
                // An empty item may not have been one: a sentence may end with a year.
                if let Some(mark) = self.mark.take().filter(|mark| mark != BULLET && !self.in_note) {
                    self.push(BlockKind::Paragraph, Rich::plain(&mark));
                }
                self.in_note &= tag != TagEnd::FootnoteDefinition;
            }
            TagEnd::MetadataBlock(_) if self.place == Container::Metadata => {
                self.place = Container::Paragraph;
                let rest = head::read(self.inline.take().0, &mut self.manuscript);
                let blocks = shape(&rest, &[], Wrapping::of(&[], Lines::Keep, true), true, 0);
                self.manuscript.blocks.extend(blocks);
            }
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {
                self.paragraph();
                self.place = Container::Paragraph;
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.quotations = self.quotations.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.paragraph();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Emphasis | TagEnd::Strong => self.inline.end_bold(),
            TagEnd::Strikethrough => self.inline.show(),
            TagEnd::Link => self.inline.end_link(),
            TagEnd::Image => self.inline.forget_link(),
            TagEnd::TableCell => {
                let mut cell = Rich::joined(self.inline.take().0, " ").trimmed_from(0);
                if self.rows.len() == 1 && !cell.text.is_empty() {
                    cell.bold = std::iter::once(0..cell.text.len()).collect();
                }
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
                self.place = Container::Paragraph;
            }
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                let level = self.level();
                table::blocks(rows, level).into_iter().for_each(|block| self.add(block));
            }
            _ => {}
        }
    }

    /// The number of a footnote, from 1.
    fn note(&mut self, name: &str) -> usize {
        let known = self.names.iter().take(MAX_NOTES).position(|known| known == name);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }) + 1
    }

    /// The mark of a footnote, in the text and before its own.
    fn note_mark(&self, number: usize) -> String {
        format!("[{}]", in_digits(&number.to_string(), self.zero))
    }

    /// The mark of an item as it was written, if it is a number.
    fn written_mark(&self, item: Range<usize>) -> String {
        let text = self.source.get(item).unwrap_or_default().trim_start();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        match text.get(..digits + 1) {
            Some(mark) if digits > 0 => mark.to_owned(),
            _ => BULLET.to_owned(),
        }
    }

    /// Ends what was being read.
    fn paragraph(&mut self) {
        let (lines, hard) = self.inline.take();
        if lines.iter().all(|line| line.text.trim().is_empty()) {
            return;
        }
        match self.place {
            Container::Heading(level) => {
                let mut text = Rich::joined(lines, " ");
                if let Some(mark) = self.mark.take() {
                    let mut marked = Rich::plain(&mark);
                    marked.append(" ", &text);
                    text = marked;
                }
                let opens = self.manuscript.title.is_none() && self.manuscript.blocks.is_empty();
                if level == 1 && opens && self.lists == 0 && self.quotations == 0 {
                    self.manuscript.title = Some(text);
                } else {
                    self.push(BlockKind::Heading(level), text);
                }
            }
            Container::Code => {
                let last = lines.len() - usize::from(lines.last().is_some_and(|line| line.text.is_empty()));
                self.push(BlockKind::Code, Rich::joined(lines.into_iter().take(last).collect(), "\n"));
            }
            Container::Paragraph | Container::Cell | Container::Metadata => {
                let level = self.level();
                let lines: Vec<Rich> =
                    lines.iter().map(|line| line.trimmed_from(0)).filter(|line| !line.text.is_empty()).collect();
                // With one explicit line break, all line breaks of the paragraph are the writer's.
                let wrapping = if hard { Wrapping::of(&[], Lines::Keep, true) } else { self.wrapping };
                for (number, mut block) in shape(&lines, &[], wrapping, true, level).into_iter().enumerate() {
                    if number == 0
                        && let Some(mark) = self.mark.take()
                    {
                        block = marked(mark, block);
                    }
                    self.add(block);
                }
            }
        }
    }

    fn level(&self) -> u8 {
        (self.lists.saturating_sub(1) + self.quotations).min(MAX_LEVEL) as u8
    }

    fn push(&mut self, kind: BlockKind, text: Rich) {
        let kind = match self.mark.take() {
            Some(mark) if kind == BlockKind::Paragraph => BlockKind::Item(mark),
            _ => kind,
        };
        let level = self.level();
        self.add(Block { kind, level, close: false, text });
    }

    fn add(&mut self, block: Block) {
        match self.notes.last_mut().filter(|_| self.in_note) {
            Some((_, blocks)) => blocks.push(block),
            None => self.manuscript.blocks.push(block),
        }
    }
}

/// The first block of an item, with its mark.
fn marked(mark: String, block: Block) -> Block {
    match block.kind {
        BlockKind::Paragraph => Block { kind: BlockKind::Item(mark), ..block },
        // The item has a mark of its own, written behind the one of Markdown.
        BlockKind::Item(own) => {
            Block { kind: BlockKind::Item(if mark == BULLET { own } else { format!("{mark} {own}") }), ..block }
        }
        _ => block,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        read(text, Lines::Guess, '0')
            .blocks
            .iter()
            .map(|block| {
                let kind = match &block.kind {
                    BlockKind::Heading(level) => format!("h{level}"),
                    BlockKind::Paragraph => "p".into(),
                    BlockKind::Item(mark) => mark.clone(),
                    BlockKind::Couplet(second) => format!("v|{}", second.text),
                    BlockKind::Table(rows) => format!("t{}", rows.len()),
                    BlockKind::Code => "c".into(),
                    BlockKind::Break => "-".into(),
                };
                format!("{}{kind}|{}", " ".repeat(block.level.into()), block.text.text)
            })
            .collect()
    }

    #[test]
    fn markdown_has_shapes() {
        let text = "## سرخط\n\nبند\n\n- یک\n  ادامه\n- دو\n  1. الف\n  2. ب\n\n> نقل\n\n---\n\n```\na  b\nc\n```\n\n    تورفته";
        assert_eq!(
            shapes(text),
            [
                "h2|سرخط",
                "p|بند",
                "•|یک",
                "p|ادامه",
                "•|دو",
                " 1.|الف",
                " 2.|ب",
                " p|نقل",
                "-|",
                "c|a  b\nc",
                "p|تورفته"
            ]
        );
        assert_eq!(read("# عنوان\n\nمتن", Lines::Guess, '0').title.unwrap().text, "عنوان");
    }

    #[test]
    fn emphasis_is_bold_and_links_can_be_read_on_paper() {
        let block =
            &read("یک **دو *سه*** چهار [پیوند](https://example.org) <https://a.example>", Lines::Guess, '0').blocks[0];
        assert_eq!(block.text.text, "یک دو سه چهار پیوند (https://example.org) https://a.example");
        assert_eq!(&block.text.text[block.text.bold[0].clone()], "دو سه");
        assert_eq!(block.text.bold.len(), 1);
        let across = &read("**first\nsecond** x", Lines::Guess, '0').blocks;
        let bold = |text: &Rich| text.bold.iter().map(|range| text.text[range.clone()].to_owned()).collect::<String>();
        assert_eq!(across.iter().map(|block| bold(&block.text)).collect::<Vec<_>>(), ["first", "second"]);
    }

    #[test]
    fn the_head_is_taken_from_metadata() {
        let letter =
            read("---\ntitle: \"نامه\"\nfrom: شورا\nتاریخ: ۱۴ دی ۱۴۰۴\nmood: grim\n---\n\nمتن", Lines::Guess, '0');
        assert_eq!(letter.title.unwrap().text, "نامه");
        assert_eq!(letter.byline, ["شورا", "۱۴ دی ۱۴۰۴"]);
        assert_eq!(
            letter.blocks.iter().map(|block| block.text.text.as_str()).collect::<Vec<_>>(),
            ["mood: grim", "متن"]
        );
    }

    #[test]
    fn what_is_no_markdown_is_text() {
        for text in ["5 * 3 * 2 = 30", "a_b_c", "[توجه]: مهم", "<متن>", "3 < 4", "۱) یک", "| الف | ب |", "&nbsp ;", "!"]
        {
            let all: String = read(text, Lines::Guess, '0')
                .blocks
                .iter()
                .map(|block| format!("{:?} {}", block.kind, block.text.text))
                .collect();
            for word in text.split_whitespace() {
                assert!(all.contains(word), "{word} of {text} is lost: {all}");
            }
        }
        assert_eq!(shapes("• یک\n• دو\n\n۱. سه"), ["•|یک", "•|دو", "۱.|سه"]);
        assert_eq!(shapes("a\n<!-- hidden -->\nb"), ["p|a", "p|b"]);
        assert_eq!(shapes("<!-- x\ny\n--> seen\n\na <!-- z --> b"), ["p|seen", "p|a  b"]);
        assert_eq!(shapes("[note]: first\n\n[note]: second"), ["p|[note]: first", "p|[note]: second"]);
    }

    #[test]
    fn no_mark_and_no_title_is_lost_or_taken() {
        assert_eq!(shapes("Signed in the year\n\n2026.\n\nAfter."), ["p|Signed in the year", "p|2026.", "p|After."]);
        assert_eq!(shapes("-\n\nAfter."), ["p|After."]);
        assert_eq!(shapes("1. # Heading\n2. ---"), ["h1|1. Heading", "p|2.", "-|"]);
        let twice = read(
            "---\ntitle: Letter\nعنوان: نامه\n---\n\n# One\n\na\n\n---\nfrom: nobody\n---\n\nb",
            Lines::Guess,
            '0',
        );
        assert_eq!(twice.title.unwrap().text, "Letter");
        let texts: Vec<&str> = twice.blocks.iter().map(|block| block.text.text.as_str()).collect();
        assert_eq!(texts, ["عنوان: نامه", "One", "a", "from: nobody", "b"]);
        assert!(twice.byline.is_empty());
    }
}

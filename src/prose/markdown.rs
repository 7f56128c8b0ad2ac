//! Light Markdown -> blocks. The one file that names pulldown-cmark.
//!
//! What is Markdown becomes headings, lists, quotations and bold text; what only looks like it stays text: no word of a letter is lost.

use pulldown_cmark::{CodeBlockKind, Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::manuscript::{self, Block, Joined, Kind, Manuscript, Rich};

/// Deepest indentation of lists and quotations; what is deeper stands there too.
const MAX_LEVEL: usize = 4;

/// Reads CommonMark with a metadata block in front, from which title, sender and date are taken.
pub fn read(text: &str) -> Manuscript {
    let lines: Vec<&str> = manuscript::lines(text).collect();
    let text = escape_false_definitions(&lines.join("\n"));
    let mut reader = Reader::default();
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    Parser::new_ext(&text, options).for_each(|event| reader.event(event));
    reader.paragraph();
    reader.manuscript
}

/// A line like `[note]: word` would be a link's definition, which is not printed: unless it looks like one, it is text.
fn escape_false_definitions(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        fenced ^= body.starts_with("```") || body.starts_with("~~~");
        let target = body.strip_prefix('[').and_then(|body| body.split_once("]:")).map(|(_, rest)| rest.trim_start());
        let looks_like_one = |target: &str| {
            let word = target.split_whitespace().next().unwrap_or_default();
            word.starts_with('#') || word.contains(['.', '/', ':', '@'])
        };
        if !fenced && target.is_some_and(|target| !looks_like_one(target)) {
            let indent = line.len() - body.len();
            escaped.push_str(line.get(..indent).unwrap_or_default());
            escaped.push('\\');
            escaped.push_str(body);
        } else {
            escaped.push_str(line);
        }
    }
    escaped
}

/// Where the text of the moment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    #[default]
    Paragraph,
    Heading(u8),
    /// Lines are kept as they are.
    Code,
    Metadata,
}

#[derive(Default)]
struct Reader {
    manuscript: Manuscript,
    place: Place,
    /// The lines of the moment.
    lines: Vec<Rich>,
    /// Lines that end where the writer wants them to.
    hard: bool,
    /// How many emphases are open, and where the outermost began in the last line.
    bold: usize,
    bold_from: usize,
    /// Open lists: the number of the next item, if they have numbers.
    lists: Vec<Option<u64>>,
    quotations: usize,
    /// The mark of an item of which nothing was set yet.
    mark: Option<String>,
    links: Vec<String>,
    /// Whether anything came before, which a metadata block must not have.
    begun: bool,
    /// Whether a comment is open.
    comment: bool,
}

/// The mark of items without numbers.
const BULLET: &str = "•";

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if matches!(self.place, Place::Code | Place::Metadata) => {
                let mut lines = text.split('\n');
                self.text(lines.next().unwrap_or_default());
                for line in lines {
                    self.lines.push(Rich::default());
                    self.text(line);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak => self.new_line(),
            Event::HardBreak => {
                self.hard = true;
                self.new_line();
            }
            Event::Rule => {
                self.paragraph();
                if let Some(mark) = self.mark.take() {
                    self.push(Kind::Paragraph, Rich::plain(&mark));
                }
                self.push(Kind::Break, Rich::default());
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let first = !std::mem::replace(&mut self.begun, true);
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { level, .. } => {
                self.paragraph();
                self.place = Place::Heading(level as u8);
            }
            Tag::CodeBlock(kind) => {
                self.paragraph();
                // Text that is indented is text: in letters nobody means code by it.
                self.place = if matches!(kind, CodeBlockKind::Fenced(_)) { Place::Code } else { Place::Paragraph };
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) if first => self.place = Place::Metadata,
            Tag::MetadataBlock(_) => {
                self.paragraph();
                self.place = Place::Code;
            }
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.quotations += 1;
            }
            Tag::List(first) => {
                self.paragraph();
                self.lists.push(first);
            }
            Tag::Item => {
                self.paragraph();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => BULLET.to_owned(),
                });
            }
            Tag::Emphasis | Tag::Strong => {
                if self.bold == 0 {
                    self.bold_from = self.lines.last().map_or(0, |line| line.text.len());
                }
                self.bold += 1;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.links.push(dest_url.into_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph(),
            TagEnd::Item => {
                self.paragraph();
                // An item without a text may have been none: a year at the end of a sentence.
                if let Some(mark) = self.mark.take().filter(|mark| mark != BULLET) {
                    self.push(Kind::Paragraph, Rich::plain(&mark));
                }
            }
            TagEnd::MetadataBlock(_) if self.place == Place::Metadata => self.metadata(),
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {
                self.paragraph();
                self.place = Place::Paragraph;
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.quotations = self.quotations.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.paragraph();
                self.lists.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.bold = self.bold.saturating_sub(1);
                if self.bold == 0 {
                    self.close_bold();
                }
            }
            TagEnd::Link => {
                let target = self.links.pop().unwrap_or_default();
                let shown =
                    self.lines.last().is_some_and(|line| line.text.ends_with(target.trim_start_matches("mailto:")));
                // Nobody can click on paper.
                if !target.is_empty() && !shown {
                    self.text(&format!(" ({target})"));
                }
            }
            TagEnd::Image => drop(self.links.pop()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.lines.is_empty() {
            self.lines.push(Rich::default());
        }
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
        }
    }

    /// HTML is text here, but for comments: what is hidden from readers on a screen is not printed.
    fn html(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            let mut rest = line.trim_end_matches('\n');
            loop {
                let (end, sign) = if self.comment { ("-->", false) } else { ("<!--", true) };
                let (before, after) =
                    rest.split_once(end).map_or((rest, None), |(before, after)| (before, Some(after)));
                if !self.comment {
                    self.text(before);
                }
                let Some(after) = after else { break };
                self.comment = sign;
                rest = after;
            }
            if line.ends_with('\n') {
                self.new_line();
            }
        }
    }

    fn close_bold(&mut self) {
        if let Some(line) = self.lines.last_mut()
            && self.bold_from < line.text.len()
        {
            line.bold.push(self.bold_from..line.text.len());
        }
        self.bold_from = 0;
    }

    fn new_line(&mut self) {
        if self.bold > 0 {
            self.close_bold();
        }
        self.lines.push(Rich::default());
    }

    /// Ends what was being read.
    fn paragraph(&mut self) {
        let lines: Vec<Rich> = std::mem::take(&mut self.lines);
        let hard = std::mem::take(&mut self.hard);
        if lines.iter().all(|line| line.text.trim().is_empty()) {
            return;
        }
        match self.place {
            Place::Heading(level) => {
                let mut text = joined(lines, " ");
                if let Some(mark) = self.mark.take() {
                    let mut marked = Rich::plain(&mark);
                    marked.append(" ", &text);
                    text = marked;
                }
                let opens = self.manuscript.title.is_none() && self.manuscript.blocks.is_empty();
                if level == 1 && opens && self.lists.is_empty() && self.quotations == 0 {
                    self.manuscript.title = Some(text);
                } else {
                    self.push(Kind::Heading(level), text);
                }
            }
            Place::Code => {
                let last = lines.len() - usize::from(lines.last().is_some_and(|line| line.text.is_empty()));
                self.push(Kind::Paragraph, joined(lines.into_iter().take(last).collect(), "\n"));
            }
            Place::Paragraph | Place::Metadata => {
                let level = self.level();
                let lines: Vec<Rich> =
                    lines.iter().map(|line| line.trimmed_from(0)).filter(|line| !line.text.is_empty()).collect();
                for (number, mut block) in
                    manuscript::shape(&lines, if hard { Joined::Never } else { Joined::WhereLong }, level)
                        .into_iter()
                        .enumerate()
                {
                    if let Some(mark) = self.mark.take().filter(|_| number == 0) {
                        block.kind = Kind::Item(mark);
                    }
                    self.manuscript.blocks.push(block);
                }
            }
        }
    }

    fn level(&self) -> u8 {
        (self.lists.len().saturating_sub(1) + self.quotations).min(MAX_LEVEL) as u8
    }

    fn push(&mut self, kind: Kind, text: Rich) {
        let kind = match self.mark.take() {
            Some(mark) if kind == Kind::Paragraph => Kind::Item(mark),
            _ => kind,
        };
        let level = self.level();
        self.manuscript.blocks.push(Block { kind, level, close: false, text });
    }

    /// Title, sender and date of a metadata block; what else it says is text.
    fn metadata(&mut self) {
        let mut rest = Vec::new();
        for line in std::mem::take(&mut self.lines) {
            let (key, value) = line.text.split_once(':').unwrap_or((&line.text, ""));
            let value = value.trim().trim_matches(['"', '\'']);
            match key.trim().to_lowercase().as_str() {
                _ if value.is_empty() => rest.push(line),
                "title" | "عنوان" if self.manuscript.title.is_none() => {
                    self.manuscript.title = Some(Rich::plain(value))
                }
                "sender" | "from" | "author" | "date" | "فرستنده" | "از" | "نویسنده" | "تاریخ" => {
                    self.manuscript.byline.push(value.to_owned());
                }
                "lang" | "language" | "زبان" => {}
                _ => rest.push(line),
            }
        }
        self.place = Place::Paragraph;
        rest.retain(|line| !line.text.is_empty());
        let blocks = manuscript::shape(&rest, Joined::Never, 0);
        self.manuscript.blocks.extend(blocks);
    }
}

fn joined(lines: Vec<Rich>, separator: &str) -> Rich {
    let mut lines = lines.into_iter();
    let mut text = lines.next().unwrap_or_default();
    lines.for_each(|line| text.append(separator, &line));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<String> {
        read(text)
            .blocks
            .iter()
            .map(|block| {
                let kind = match &block.kind {
                    Kind::Heading(level) => format!("h{level}"),
                    Kind::Paragraph => "p".into(),
                    Kind::Item(mark) => mark.clone(),
                    Kind::Break => "-".into(),
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
                "p|a  b\nc",
                "p|تورفته"
            ]
        );
        assert_eq!(read("# عنوان\n\nمتن").title.unwrap().text, "عنوان");
    }

    #[test]
    fn emphasis_is_bold_and_links_can_be_read_on_paper() {
        let block = &read("یک **دو *سه*** چهار [پیوند](https://example.org) <https://a.example>").blocks[0];
        assert_eq!(block.text.text, "یک دو سه چهار پیوند (https://example.org) https://a.example");
        assert_eq!(&block.text.text[block.text.bold[0].clone()], "دو سه");
        assert_eq!(block.text.bold.len(), 1);
        let across = &read("**first\nsecond** x").blocks;
        let bold = |text: &Rich| text.bold.iter().map(|range| text.text[range.clone()].to_owned()).collect::<String>();
        assert_eq!(across.iter().map(|block| bold(&block.text)).collect::<Vec<_>>(), ["first", "second"]);
    }

    #[test]
    fn the_head_is_taken_from_metadata() {
        let letter = read("---\ntitle: \"نامه\"\nfrom: شورا\nتاریخ: ۱۴ دی ۱۴۰۴\nmood: grim\n---\n\nمتن");
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
            let all: String =
                read(text).blocks.iter().map(|block| format!("{:?} {}", block.kind, block.text.text)).collect();
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
        let twice = read("---\ntitle: Letter\nعنوان: نامه\n---\n\n# One\n\na\n\n---\nfrom: nobody\n---\n\nb");
        assert_eq!(twice.title.unwrap().text, "Letter");
        let texts: Vec<&str> = twice.blocks.iter().map(|block| block.text.text.as_str()).collect();
        assert_eq!(texts, ["عنوان: نامه", "One", "a", "from: nobody", "b"]);
        assert!(twice.byline.is_empty());
    }
}

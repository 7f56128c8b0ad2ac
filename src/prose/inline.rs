//! The text of a paragraph as it is read: its lines, what is bold in it, its links.

use super::html::{self, MarkdownHtml};
use super::manuscript::Rich;

/// Lines that are being read.
#[derive(Default)]
pub(super) struct Inline {
    lines: Vec<Rich>,
    /// Whether a line ends where the writer wants it to.
    hard: bool,
    /// How many emphases are open, and where the outermost began in the last line.
    bold: usize,
    bold_from: usize,
    links: Vec<String>,
    /// Whether a comment is open.
    comment: bool,
    /// How many stretches are open that are struck out, or that no browser shows.
    hidden: usize,
    /// Whether a hidden stretch has just ended: the blanks on both sides of it become one.
    shown: bool,
}

impl Inline {
    /// The lines that were read, and whether they end where the writer wants them to.
    pub(super) fn take(&mut self) -> (Vec<Rich>, bool) {
        (std::mem::take(&mut self.lines), std::mem::take(&mut self.hard))
    }

    /// Ends a line where the writer wants it to end.
    pub(super) fn end_line(&mut self) {
        self.hard = true;
        self.new_line();
    }

    /// What follows is struck out, until [`Inline::show`].
    pub(super) fn hide(&mut self) {
        self.hidden += 1;
    }

    /// See [`Inline::hide`].
    pub(super) fn show(&mut self) {
        self.hidden = self.hidden.saturating_sub(1);
        self.shown = true;
    }

    /// Begins the words of a link.
    pub(super) fn link(&mut self, address: String) {
        self.links.push(address);
    }

    /// Ends the text of an image, whose address is not printed.
    pub(super) fn forget_link(&mut self) {
        self.links.pop();
    }

    /// Appends text.
    pub(super) fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        if self.lines.is_empty() {
            self.lines.push(Rich::default());
        }
        let after_hidden = std::mem::take(&mut self.shown);
        if let Some(line) = self.lines.last_mut() {
            let text = if after_hidden && line.text.ends_with(' ') { text.trim_start() } else { text };
            line.text.push_str(text);
        }
    }

    /// Puts the address of a link behind its text: paper cannot be clicked.
    pub(super) fn end_link(&mut self) {
        let target = self.links.pop().unwrap_or_default();
        let bare = target.trim_start_matches("mailto:");
        if !target.is_empty() && !self.lines.last().is_some_and(|line| line.text.ends_with(bare)) {
            self.text(&format!(" ({target})"));
        }
    }

    /// HTML for what it means. Comments are left out: what is hidden from readers on a screen is not printed.
    pub(super) fn html(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            let mut rest = line.trim_end_matches('\n');
            loop {
                let (end, sign) = if self.comment { ("-->", false) } else { ("<!--", true) };
                let (before, after) =
                    rest.split_once(end).map_or((rest, None), |(before, after)| (before, Some(after)));
                if !self.comment {
                    html::pieces(before).into_iter().for_each(|piece| self.piece(piece));
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

    fn piece(&mut self, piece: MarkdownHtml<'_>) {
        match piece {
            MarkdownHtml::Text(text) => self.text(&html::decoded(text)),
            MarkdownHtml::Start(name, address) => match name.as_str() {
                "a" => self.link(address),
                "b" | "strong" | "em" | "i" => self.open_bold(),
                "del" | "s" | "strike" | "script" | "style" => self.hide(),
                "br" => self.end_line(),
                "p" | "div" | "li" | "tr" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "table" => {
                    self.new_line()
                }
                _ => {}
            },
            MarkdownHtml::End(name) => match name.as_str() {
                "a" if !self.links.is_empty() => self.end_link(),
                "b" | "strong" | "em" | "i" => self.end_bold(),
                "del" | "s" | "strike" | "script" | "style" => self.show(),
                "p" | "div" | "li" | "tr" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.new_line(),
                _ => {}
            },
        }
    }

    /// Begins bold text.
    pub(super) fn open_bold(&mut self) {
        if self.bold == 0 {
            self.bold_from = self.lines.last().map_or(0, |line| line.text.len());
        }
        self.bold += 1;
    }

    /// Ends it.
    pub(super) fn end_bold(&mut self) {
        if self.bold == 1 {
            self.close_bold();
        }
        self.bold = self.bold.saturating_sub(1);
    }

    fn close_bold(&mut self) {
        if let Some(line) = self.lines.last_mut()
            && self.bold_from < line.text.len()
        {
            line.bold.push(self.bold_from..line.text.len());
        }
        self.bold_from = 0;
    }

    /// Begins a line.
    pub(super) fn new_line(&mut self) {
        if self.bold > 0 {
            self.close_bold();
        }
        self.lines.push(Rich::default());
    }
}

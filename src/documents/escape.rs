//! Stretches of text -> a paragraph of Markdown, with what only looks like Markdown escaped.

/// A line across the page.
pub(super) const RULE: &str = "***";

/// A stretch of a paragraph.
#[derive(Debug)]
pub(super) enum Run {
    Text {
        text: String,
        bold: bool,
    },
    /// The mark of a footnote.
    Note(usize),
    Break,
    /// The words of a link begin, with its address or with none.
    Link(String),
    EndOfLink,
}

/// Lines that are kept as they are, fenced.
pub(super) fn verbatim(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run {
            Run::Text { text: more, .. } => text.push_str(more),
            Run::Break => text.push('\n'),
            Run::Note(_) | Run::Link(_) | Run::EndOfLink => {}
        }
    }
    let text = text.trim_matches('\n');
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}\n{text}\n{fence}")
}

/// A paragraph: its lines end where the writer ended them.
pub(super) fn written(runs: Vec<Run>) -> String {
    let mut lines = vec![String::new()];
    let mut address = None;
    let runs = spread(runs);
    for (at, run) in runs.iter().enumerate() {
        let Some(line) = lines.last_mut() else { continue };
        match run {
            Run::Text { text, bold: true } => {
                let next = runs.get(at + 1..).unwrap_or_default().iter().find_map(first_character);
                bold(text, line, next);
            }
            Run::Text { text, bold: false } => escape(text, line),
            Run::Note(number) => line.push_str(&format!("[^{number}]")),
            Run::Break => lines.push(String::new()),
            Run::Link(target) => {
                line.push(OPENS);
                address = Some(target);
            }
            Run::EndOfLink => {
                let target = address.take().map(String::as_str).unwrap_or_default();
                let Some(at) = line.rfind(OPENS) else { continue };
                let words = line.split_off(at).replace(OPENS, "");
                line.push_str(&linked(&words, target));
            }
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| whole_line(&line.replace(OPENS, ""))).collect();
    let text = lines.join("  \n");
    let text = text.trim_matches(|c: char| c == '\n' || c == ' ');
    // Blank lines would end the paragraph.
    let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n").trim_end().to_owned()
}

/// Placeholder for the start of a link's text, until its end is known. No text contains it: control characters are left
/// out.
const OPENS: char = '\u{1}';

/// The words of a link are in one line, and its end is in the line of its beginning.
fn spread(runs: Vec<Run>) -> Vec<Run> {
    let mut inside = false;
    let mut spread = Vec::with_capacity(runs.len());
    for run in runs {
        match run {
            Run::Link(_) if inside => continue,
            Run::EndOfLink if !inside => continue,
            Run::Link(_) => inside = true,
            Run::EndOfLink => inside = false,
            Run::Note(_) if inside => {
                spread.push(Run::EndOfLink);
                inside = false;
            }
            Run::Break if inside => {
                spread.push(Run::Text { text: " ".into(), bold: false });
                continue;
            }
            _ => {}
        }
        spread.push(run);
    }
    spread
}

fn first_character(run: &Run) -> Option<char> {
    match run {
        Run::Text { text, .. } => text.chars().next(),
        Run::Note(_) | Run::Link(_) => Some('['),
        Run::Break => Some('\n'),
        Run::EndOfLink => None,
    }
}

/// The words of a link and its address.
fn linked(words: &str, target: &str) -> String {
    let bare = |text: &str| text.trim().trim_start_matches("mailto:").trim_end_matches('/').replace('\\', "");
    if target.is_empty() || bare(words) == bare(target) {
        return words.to_owned();
    }
    if words.trim().is_empty() {
        return target.to_owned();
    }
    let target = if target.contains(['(', ')']) { format!("<{target}>") } else { target.to_owned() };
    let blank = words.len() - words.trim_start().len();
    let end = words.trim_end().len();
    let (before, after) = (words.get(..blank).unwrap_or_default(), words.get(end..).unwrap_or_default());
    format!("{before}[{}]({target}){after}", words.trim())
}

/// Bold text: white space at its ends stays outside, and so does a stop that Markdown would take for the end of nothing
/// (CommonMark, section 6.2).
fn bold(text: &str, line: &mut String, next: Option<char>) {
    let start = text.len() - text.trim_start().len();
    let mut end = text.trim_end().len().max(start);
    let mut begin = start;
    let is_letter = |c: char| !c.is_whitespace() && !is_punctuation(c);
    if end == text.len() && next.is_some_and(is_letter) {
        end = begin + text.get(begin..end).unwrap_or_default().trim_end_matches(is_punctuation).len();
    }
    if begin == 0 && line.chars().next_back().is_some_and(is_letter) {
        let inside = text.get(begin..end).unwrap_or_default();
        begin += inside.len() - inside.trim_start_matches(is_punctuation).len();
    }
    escape(text.get(..begin).unwrap_or_default(), line);
    let inside = text.get(begin..end).unwrap_or_default();
    if !inside.is_empty() {
        line.push_str("**");
        escape(inside, line);
        line.push_str("**");
    }
    escape(text.get(end..).unwrap_or_default(), line);
}

/// Punctuation as CommonMark has it, as far as letters have it.
fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() || "«»،؛؟…–—“”‘’٪٫٬".contains(character)
}

/// Appends text, with what would be read as Markdown escaped.
fn escape(text: &str, line: &mut String) {
    // Searched once, not for each bracket.
    let has_links = text.contains("](") || text.contains("]:");
    for word in text.split_inclusive(char::is_whitespace) {
        // Addresses stay as they are: people copy them.
        if word.contains("://") || word.contains('@') {
            line.push_str(word);
            continue;
        }
        let mut characters = word.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let before = word.get(..at).and_then(|before| before.chars().next_back());
            let rest = word.get(at + character.len_utf8()..).unwrap_or_default();
            let after = characters.peek().map(|(_, next)| *next);
            if means_something(character, before, after, rest, has_links) {
                line.push('\\');
            }
            line.push(character);
        }
    }
}

fn means_something(character: char, before: Option<char>, after: Option<char>, rest: &str, has_links: bool) -> bool {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match character {
        '\\' => after.is_some_and(|c| c.is_ascii_punctuation()),
        '*' => !(is_blank(before) && is_blank(after)),
        '_' => !(is_word(before) && is_word(after) || is_blank(before) && is_blank(after)),
        '`' => true,
        '[' => after == Some('^') || has_links,
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '~' => after == Some('~') || before == Some('~'),
        '&' => {
            let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
            name > 0 && rest.as_bytes().get(name) == Some(&b';')
        }
        _ => false,
    }
}

/// Escapes the beginning of a line that Markdown would read as a block. Marks of list items stay: whoever typed them
/// meant them.
fn whole_line(line: &str) -> String {
    let line = line.trim();
    let only = |signs: &str| line.len() > 2 && line.chars().all(|c| signs.contains(c));
    if only("-") || only("_") || only("*\\") {
        return RULE.to_owned();
    }
    let heading = line.trim_start_matches('#');
    let is_heading = heading.len() < line.len() && (heading.is_empty() || heading.starts_with(char::is_whitespace));
    if is_heading || line.starts_with('>') || only("=") {
        return format!("\\{line}");
    }
    line.to_owned()
}

//! The metadata block of a Markdown text, and what is changed before it is parsed.

use super::manuscript::{Manuscript, Rich};

/// Takes title, sender and date out of a metadata block; gives what else it says, which is text.
pub(super) fn read(lines: Vec<Rich>, manuscript: &mut Manuscript) -> Vec<Rich> {
    let mut rest = Vec::new();
    for line in lines {
        let (key, value) = line.text.split_once(':').unwrap_or((&line.text, ""));
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim().to_lowercase().as_str() {
            _ if value.is_empty() => rest.push(line),
            "title" | "عنوان" if manuscript.title.is_none() => manuscript.title = Some(Rich::plain(value)),
            "sender" | "from" | "author" | "date" | "فرستنده" | "از" | "نویسنده" | "تاریخ" => {
                manuscript.byline.push(value.to_owned());
            }
            "lang" | "language" | "زبان" => {}
            _ => rest.push(line),
        }
    }
    rest.retain(|line| !line.text.is_empty());
    rest
}

/// Escapes lines like `[note]: word`, which Markdown takes for link definitions and does not print, unless they look
/// like one.
pub(super) fn without_false_definitions(text: &str) -> String {
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
        if !fenced && !body.starts_with("[^") && target.is_some_and(|target| !looks_like_one(target)) {
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

/// The prose lines of a text, for finding where an editor broke lines; all others as empty lines.
pub(super) fn prose(source: &str) -> Vec<Rich> {
    let mut fenced = false;
    let lines = source.split('\n').map(|line| {
        let line = line.trim();
        fenced ^= line.starts_with("```") || line.starts_with("~~~");
        // Lines with tags or link addresses are longer in the source than in print.
        let is_prose =
            !fenced && !line.starts_with(['#', '|', '`', '~']) && !line.contains('<') && !line.contains("](");
        Rich::plain(if is_prose { line.trim_start_matches(['>', ' ']) } else { "" })
    });
    lines.collect()
}

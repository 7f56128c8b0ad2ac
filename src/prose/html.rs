//! The tags of HTML in a Markdown text: each is read for what it means on paper, and none is printed.

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MarkdownHtml<'a> {
    Text(&'a str),
    /// The beginning of an element, with its address if it is a link.
    Start(String, String),
    End(String),
}

/// Known elements; anything else between angle brackets is text: `<name>`.
const ELEMENTS: &str = " a abbr address article aside audio b bdi bdo big blockquote body br button caption center cite code col colgroup dd del details \
                        dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd li link \
                        main mark meta nav ol p pre q rp rt ruby s samp script section small source span strike strong style sub summary sup svg table \
                        tbody td tfoot th thead time title tr tt u ul var video wbr ";

/// Longest tag, in bytes.
const LONGEST: usize = 4_000;

/// Cuts HTML into pieces.
pub(super) fn pieces(html: &str) -> Vec<MarkdownHtml<'_>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    let mut text = 0;
    while let Some(at) = rest.get(text..).and_then(|after| after.find('<')).map(|at| text + at) {
        let inside = rest.get(at + 1..).unwrap_or_default();
        let Some((end, piece)) = tag(inside) else {
            text = at + 1;
            continue;
        };
        pieces.extend(rest.get(..at).filter(|before| !before.is_empty()).map(MarkdownHtml::Text));
        pieces.push(piece);
        rest = inside.get(end..).unwrap_or_default();
        text = 0;
    }
    pieces.extend(Some(rest).filter(|rest| !rest.is_empty()).map(MarkdownHtml::Text));
    pieces
}

/// The tag behind a `<`, and where it ends.
fn tag(text: &str) -> Option<(usize, MarkdownHtml<'static>)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let inside = text.get(..end)?;
    let body = inside.strip_prefix('/').unwrap_or(inside);
    let name: String = body.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let known = !name.is_empty() && ELEMENTS.contains(&format!(" {name} "));
    let piece = match body.len() < inside.len() {
        true => MarkdownHtml::End(name),
        false => {
            let address = attribute(body, "href").unwrap_or_default();
            MarkdownHtml::Start(name, address.to_owned())
        }
    };
    known.then_some((end + 1, piece))
}

/// The value of an attribute, with or without quotation marks.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(name)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '/').next(),
    }
}

/// A text with its most common entities as what they stand for.
pub(super) fn decoded(text: &str) -> String {
    let pairs = [
        ("&nbsp;", "\u{A0}"),
        ("&zwnj;", "\u{200C}"),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&hellip;", "…"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        let start = |name: &str, address: &str| MarkdownHtml::Start(name.into(), address.into());
        assert_eq!(
            pieces("a <a href=\"https://a.example/?b=c\">b</A> <name> 1 < 2<br/>"),
            [
                MarkdownHtml::Text("a "),
                start("a", "https://a.example/?b=c"),
                MarkdownHtml::Text("b"),
                MarkdownHtml::End("a".into()),
                MarkdownHtml::Text(" <name> 1 < 2"),
                start("br", "")
            ]
        );
        assert_eq!(pieces("<a href=x>"), [start("a", "x")]);
        assert_eq!(pieces("<"), [MarkdownHtml::Text("<")]);
        assert_eq!(decoded("a&nbsp;&amp;lt; b"), "a\u{A0}&lt; b");
    }

    #[test]
    fn tags_that_never_end_take_no_time() {
        assert_eq!(pieces(&"<a ".repeat(300_000)).len(), 1);
    }
}

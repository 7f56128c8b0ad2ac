//! XML of documents, element by element. The one file that names quick-xml.
//!
//! Names are local: what stands before the colon differs from program to program. There are no entities but those of
//! XML itself, so none can grow.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting that is read.
const DEEPEST: usize = 1_000;
/// Most attributes of an element that are read.
const MOST_ATTRIBUTES: usize = 64;

/// What comes next in a document.
#[derive(Debug)]
pub(super) enum Node {
    /// An element begins.
    Start(Element),
    /// The element of this name ends.
    End(String),
    Text(String),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, by its local name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The number that an attribute is.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    fn of(start: &BytesStart<'_>) -> Self {
        let value =
            |value: &str| quick_xml::escape::unescape(value).map(|value| value.into_owned()).unwrap_or_default();
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten().take(MOST_ATTRIBUTES);
        let attributes = attributes.map(|own| (local(own.key.as_ref()).to_owned(), value(&own.value)));
        Element { name: local(start.name().as_ref()).to_owned(), attributes: attributes.collect() }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Reads XML from a text.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// The end of an empty element, to come next.
    empty: Option<String>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_dangling_amp = true;
        Xml { reader, empty: None, depth: 0 }
    }

    /// What comes next; nothing at the end, and where it is no XML any more or has a document type.
    pub(super) fn next(&mut self) -> Option<Node> {
        if let Some(name) = self.empty.take() {
            return Some(Node::End(name));
        }
        loop {
            return Some(match self.reader.read_event().ok()? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return None;
                    }
                    Node::Start(Element::of(&start))
                }
                Event::Empty(start) => {
                    let element = Element::of(&start);
                    self.empty = Some(element.name.clone());
                    Node::Start(element)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End(local(end.name().as_ref()).to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => match named(reference.as_ref()) {
                    Some(character) => Node::Text(character.into()),
                    None => continue,
                },
                Event::DocType(_) | Event::Eof => return None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// The text in the rest of the element that has begun, which is read to its end.
    pub(super) fn text(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some(Node::Start(_)) => depth += 1,
                Some(Node::End(_)) => depth -= 1,
                Some(Node::Text(more)) => text.push_str(&more),
                None => break,
            }
        }
        text
    }

    /// Passes over the rest of the element that has begun; tells whether there was text in it.
    pub(super) fn skip(&mut self) -> bool {
        !self.text().trim().is_empty()
    }
}

/// The character of a reference, without its ampersand and semicolon.
fn named(reference: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match reference.strip_prefix("#x").or(reference.strip_prefix("#X")) {
            Some(digits) => number(digits, 16),
            None => number(reference.strip_prefix('#')?, 10),
        },
    }
}

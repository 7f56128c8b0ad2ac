//! A file, recognized by its contents -> the text that travels instead of it.

use super::markup::LeftOut;
use super::package::Package;
use super::{encoding, html, opendocument, rich_text, word};
use crate::error::{Error, Result};

/// What a file is that a letter's text was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A document of Word, `.docx`.
    Word,
    /// A document of LibreOffice, `.odt` or `.fodt`.
    OpenDocument,
    /// Rich Text Format, `.rtf`.
    RichText,
    /// A page of a browser, `.html`.
    Html,
    /// A text in another encoding than UTF-8, with that encoding's name.
    Encoded(&'static str),
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The text: Markdown, except of a file that was text already.
    pub text: String,
    /// What it was taken from.
    pub source: Source,
    /// What is not in it.
    pub left_out: LeftOut,
}

impl Taken {
    /// The name that it travels under: a document that became Markdown is called that.
    pub fn name(&self, file: &str) -> String {
        if matches!(self.source, Source::Encoded(_)) || file.is_empty() {
            return file.to_owned();
        }
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        format!("{stem}.md")
    }
}

/// The text of a document, or of a text in another encoding than UTF-8; nothing where the file travels as it is: text
/// in UTF-8, pictures and all else. What it is, its contents say; its name is asked only where they say too little.
///
/// # Errors
/// [`Error::DocumentEmpty`] for a document without text, [`Error::DocumentTooLarge`].
pub fn taken(bytes: &[u8], name: &str) -> Result<Option<Taken>> {
    let name = name.to_lowercase();
    let (source, written) = if bytes.starts_with(b"PK\x03\x04") {
        let Some(mut package) = Package::open(bytes) else { return Ok(None) };
        if let Some(written) = opendocument::read(&mut package)? {
            (Source::OpenDocument, written)
        } else if let Some(written) = word::read(&mut package)? {
            (Source::Word, written)
        } else {
            return Ok(None);
        }
    } else if bytes.starts_with(b"{\\rtf") {
        (Source::RichText, rich_text::read(bytes)?)
    } else {
        let is_named_text = [".txt", ".md", ".text", ".htm", ".html"].iter().any(|ending| name.ends_with(ending));
        let decoded = encoding::decoded(bytes, is_named_text);
        let text = match &decoded {
            Some((text, _)) => text.as_str(),
            None => std::str::from_utf8(bytes).unwrap_or_default(),
        };
        if is_flat_document(text) {
            (Source::OpenDocument, opendocument::flat(&[text, text])?)
        } else if is_html(text, &name) {
            (Source::Html, html::read(text)?)
        } else {
            return Ok(decoded.map(|(text, encoding)| Taken {
                text,
                source: Source::Encoded(encoding),
                left_out: LeftOut::default(),
            }));
        }
    };
    let left_out = written.left_out;
    let text = written.finish();
    if text.trim().is_empty() {
        return Err(Error::DocumentEmpty);
    }
    Ok(Some(Taken { text, source, left_out }))
}

/// Whether a text is a flat OpenDocument.
fn is_flat_document(text: &str) -> bool {
    let head: String = text.chars().take(2_000).collect();
    head.contains("<office:document ") && head.contains("urn:oasis:names:tc:opendocument")
}

/// Whether a text is a page: by its first element, or by its name where that may begin a text as well.
fn is_html(text: &str, name: &str) -> bool {
    let start: String = text.trim_start_matches('\u{FEFF}').trim_start().chars().take(20).collect();
    let start = start.to_ascii_lowercase();
    let is_named = name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml");
    start.starts_with("<!doctype html") || start.starts_with("<html") || is_named && text.contains('<')
}

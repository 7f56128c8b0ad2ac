//! What people have -> text: documents of word processors and browsers become light Markdown, texts in old encodings
//! become UTF-8.
//!
//! What a document says besides its text stays behind: who wrote it and when, comments, deleted and hidden words,
//! pictures. That is why the readers are our own, over crates for ZIP, XML, HTML and encodings: undoc 0.27 gives hidden
//! words back and loses line breaks, quotations and the lists of styles; rtf-parser 0.4 and rtf-parser-tt 0.6 give back
//! what was deleted with changes tracked, and no addresses, headings, tables or footnotes.

mod encoding;
mod escape;
mod html;
pub mod markup;
mod numerals;
pub mod open;
mod opendocument;
pub mod package;
mod rich_tables;
mod rich_text;
mod rich_tokens;
mod word;
mod word_lists;
mod word_parts;
mod xml;

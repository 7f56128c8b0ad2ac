//! The text of a letter, read for paper and screen: headings, paragraphs, list items, directions.

pub mod direction;
pub mod manuscript;
pub mod markdown;
pub mod script;
pub mod text;
pub mod tokens;

//! The text of a letter, read for paper and screen: headings, paragraphs, list items, couplets, tables, directions.

pub mod direction;
mod emphasis;
mod head;
mod html;
mod inline;
pub mod lines;
pub mod manuscript;
pub mod markdown;
mod marks;
pub mod plain;
pub mod script;
mod shape;
mod table;
pub mod text;
mod title;
pub mod tokens;
mod verse;

//! What came of a run: collected as data ([`collection`], [`data`]), then told to people ([`text`]) and to programs
//! ([`json`]).

pub mod collection;
pub mod data;
pub mod json;
pub mod names;
pub mod text;

//! The reader page: what it does with letters, and its bindings to a browser. `page/` holds the page itself, `build`
//! makes `reader.html` of both.

#[cfg(feature = "web")]
mod bindings;
pub mod closing;
pub mod collector;
#[cfg(feature = "web")]
mod json;
pub mod show;
pub mod still;

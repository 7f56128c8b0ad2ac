//! What is made of a letter (printed forms, the folder that carries it, the page with the letter inside), and letters
//! that came back.

pub mod letter_kit;
pub mod letters;
pub mod printing;
pub mod reader_page;

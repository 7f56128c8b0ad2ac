//! What is given to the program, and what is in it: letters to send; pictures, films, texts and archives to read.

pub mod archive;
pub mod child;
pub mod ffmpeg;
pub mod film;
pub mod letter;
pub mod pages;
pub mod reader_process;
pub mod scan;
pub mod scanned;

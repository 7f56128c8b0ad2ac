//! Results of scanning one picture, page, text or film.

use std::ops::ControlFlow;

use crate::cli::files::Input;
use crate::codec::envelope::Envelope;
use crate::codec::frame::Frame;
use crate::error::Error;
use crate::error::program::Result;
use crate::optics::raster::Grey;
use crate::optics::scan::{Code, Effort, Unread};

/// Most codes of one picture or text that are told one by one.
pub const MAX_CODES: usize = 10_000;

/// The name of a picture or page, for people.
pub fn place(path: &str, page: Option<usize>) -> String {
    match page {
        Some(page) => format!("{path} ({page})"),
        None => path.to_owned(),
    }
}

/// What was in one picture, page or text.
pub struct Scanned {
    /// The path, as given; of a file in an archive behind that of the archive.
    pub path: String,
    /// The number of the picture or page, from 1, in files that hold several.
    pub page: Option<usize>,
    /// What was seen, or why nothing could be.
    pub content: Result<Content>,
}

impl Scanned {
    pub fn of(input: &Input, page: Option<usize>, content: Result<Content>) -> Self {
        Scanned { path: input.path.display().to_string(), page, content }
    }
}

/// What a picture or a text holds.
pub enum Content {
    /// What is in a picture.
    Picture(Picture),
    /// A text, in which frames and armors may stand.
    Text(Vec<u8>),
    /// A bare envelope.
    Envelope(std::result::Result<Envelope, Error>),
}

/// What is in a picture.
#[derive(Default)]
pub struct Picture {
    /// Its codes, each with the frame it is, if it is one of ours.
    pub codes: Vec<(Code, Option<std::result::Result<Frame, Error>>)>,
    /// Codes that are to be seen and could not be read.
    pub unread: Vec<Unread>,
    /// The picture itself, where that was asked for.
    pub grey: Option<Grey>,
}

impl Picture {
    pub fn new(codes: Vec<Code>, unread: Vec<Unread>) -> Self {
        Picture { codes: codes.into_iter().map(with_frame).collect(), unread, grey: None }
    }
}

/// A code with the frame it is, if it is one of ours.
pub fn with_frame(code: Code) -> (Code, Option<std::result::Result<Frame, Error>>) {
    let frame = Frame::from_text(&code.bytes);
    (code, frame)
}

/// Takes a result; returns whether to go on.
pub type ScannedSink<'a> = dyn FnMut(Scanned) -> Result<ControlFlow<()>> + Send + 'a;

/// How inputs are looked at.
#[derive(Debug, Clone, Copy)]
pub struct ScanOptions {
    /// Effort while a letter is incomplete; afterwards pictures are scanned with the least effort, and films skipped.
    pub effort: Effort,
    /// Whether there is no limit to what it takes.
    pub unlimited: bool,
    /// Whether results include the pictures themselves.
    pub keeps_pictures: bool,
}

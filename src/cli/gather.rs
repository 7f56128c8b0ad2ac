//! Inputs -> what is in them: every picture's codes, every text that may hold frames and armors.
//!
//! What was seen is handed on as it comes, in the order of the inputs, and not kept: a folder may hold more than memory does.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::files::{self, Input};
use super::{apart, say};
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::frame::{Frame, PREFIX};
use crate::error::{Error, Result};
use crate::optics::raster::Grey;
use crate::optics::scan::{self, Code};
use crate::press::picture::{self, Allowance};

/// Pictures of one file that are scanned at once.
const BATCH: usize = 8;
/// Most pixels of such pictures together.
const BATCH_PIXELS: usize = 32_000_000;
/// Files that are read side by side, and most bytes of them together.
const ABREAST: usize = 16;
const ABREAST_BYTES: u64 = 32 * 1024 * 1024;
/// Most pixels of pictures that are looked at side by side: each takes some five bytes.
const PIXELS_ABREAST: u64 = 48_000_000;
/// A file of several pages with more bytes than this is looked at by itself.
const ALONE_BYTES: usize = 256 * 1024;
/// Most bytes of a text.
const MAX_TEXT: usize = 128 * 1024 * 1024;
/// Pixels of a file that are looked at in any run, for each of its bytes: those of real pictures are worth as many. Beyond them the files of a run have so
/// many together.
const PIXELS_PER_BYTE: u64 = 300;
const RUN_PIXELS: u64 = 2_000_000_000;
/// What a PDF is held to take that could not be drawn, in pixels: it may have taken all the time that it may.
const FAILED_PDF: u64 = 100_000_000;

/// What was in one picture, page or text.
pub struct Sight {
    /// The path, as given.
    pub path: String,
    /// The number of the picture or page, from 1, in files that hold several.
    pub page: Option<usize>,
    /// What was seen, or why nothing could be.
    pub seen: Result<Seen>,
}

/// What a picture or a text holds.
pub enum Seen {
    /// The codes of a picture, each with the frame it is, if it is one of ours.
    Picture(Vec<(Code, Option<Result<Frame>>)>),
    /// A text, in which frames and armors may stand.
    Text(Vec<u8>),
    /// A bare envelope.
    Envelope(Result<Envelope>),
}

/// Takes what was seen.
pub type Taker<'a> = dyn FnMut(Sight) -> Result<()> + Send + 'a;

/// Looks into every file named and every file in folders named, and hands on what was seen in their order. A folder in which nothing can be read is
/// a sight of its own. Where `unlimited`, everything is looked at, however long it takes.
///
/// # Errors
/// [`Error::File`] for a folder that cannot be listed, and those of `take`.
pub fn gather(paths: &[PathBuf], unlimited: bool, take: &mut Taker<'_>) -> Result<()> {
    let inputs = files::expand(paths)?;
    let bar = say::progress(inputs.len() as u64);
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| (path.as_path(), false)).collect();
    let mut run = Run { unlimited, left: RUN_PIXELS, folders, take };
    let mut rest = inputs.as_slice();
    while !rest.is_empty() {
        let (abreast, tail) = rest.split_at(abreast(rest));
        rest = tail;
        let mut files: VecDeque<(&Input, File)> = abreast.par_iter().map(|input| (input, File::read(input))).collect();
        while !files.is_empty() {
            let light = light(&files);
            let next: Vec<(&Input, File)> = files.drain(..light.max(1)).collect();
            bar.inc(next.len() as u64);
            run.look(next, light > 0)?;
        }
    }
    bar.finish_and_clear();
    let Run { folders, take, .. } = run;
    for (folder, _) in folders.into_iter().filter(|(_, seen)| !seen) {
        let path = folder.display().to_string();
        take(Sight { path: path.clone(), page: None, seen: Err(Error::NothingInFolder { path }) })?;
    }
    Ok(())
}

/// What is looked at in one run.
struct Run<'a, 'b> {
    unlimited: bool,
    /// Pixels that may still be looked at.
    left: u64,
    /// The folders that were named, and whether anything in them could be read.
    folders: Vec<(&'a Path, bool)>,
    take: &'a mut Taker<'b>,
}

impl Run<'_, '_> {
    /// Looks at files, side by side where they are light; else they are handed on page by page. What is begun is looked at whole, so that the order of
    /// threads decides nothing.
    fn look(&mut self, files: Vec<(&Input, File)>, are_light: bool) -> Result<()> {
        let left = if self.unlimited { None } else { Some(self.left) };
        if are_light {
            let looked: Vec<_> = files.into_par_iter().map(|(input, file)| (input, file.look(input, left))).collect();
            for (input, (sights, took)) in looked {
                self.charge(input, took);
                sights.into_iter().try_for_each(|sight| self.hand_on(input, sight))?;
            }
            return Ok(());
        }
        for (input, file) in files {
            match file {
                File::Seen(sights) => sights.into_iter().try_for_each(|sight| self.hand_on(input, sight))?,
                File::Pictures(bytes, _) => {
                    let took = pictures(&bytes, input, left, &mut |sight| self.hand_on(input, sight))?;
                    self.charge(input, took);
                }
            }
        }
        Ok(())
    }

    /// Takes from what is left what a file took beyond what it is worth.
    fn charge(&mut self, input: &Input, took: u64) {
        self.left = self.left.saturating_sub(took.saturating_sub(worth(input)));
    }

    fn hand_on(&mut self, input: &Input, mut sight: Sight) -> Result<()> {
        for (folder, seen) in &mut self.folders {
            *seen |= input.path.starts_with(folder);
        }
        if self.left == 0 && matches!(sight.seen, Err(Error::TooManyPixels { .. })) {
            // It was not the file that had too many.
            sight.seen = Err(Error::TooMuchToScan);
        }
        (self.take)(sight)
    }
}

/// The pixels that a file's bytes are worth.
fn worth(input: &Input) -> u64 {
    input.size.saturating_mul(PIXELS_PER_BYTE)
}

/// How many of the inputs are read side by side next.
fn abreast(inputs: &[Input]) -> usize {
    let mut bytes = 0;
    let fit = inputs.iter().take(ABREAST).take_while(|input| {
        bytes += input.size;
        bytes <= ABREAST_BYTES
    });
    fit.count().max(1)
}

fn sight(input: &Input, page: Option<usize>, seen: Result<Seen>) -> Sight {
    Sight { path: input.path.display().to_string(), page, seen }
}

/// How many of the files, from the first on, take little enough memory to be looked at side by side; none where the first does not.
fn light(files: &VecDeque<(&Input, File)>) -> usize {
    let mut pixels = 0;
    let fit = files.iter().take_while(|(_, file)| {
        pixels += match file {
            File::Seen(_) => 0,
            File::Pictures(bytes, None) if bytes.len() <= ALONE_BYTES => PIXELS_ABREAST / 4,
            File::Pictures(_, None) => u64::MAX / 2,
            File::Pictures(_, Some(pixels)) => *pixels,
        };
        pixels <= PIXELS_ABREAST
    });
    fit.count()
}

/// A file that was read.
enum File {
    /// What was in it, or what was wrong with it.
    Seen(Vec<Sight>),
    /// The bytes of pictures, and how many pixels they have; nothing where they may be several.
    Pictures(Vec<u8>, Option<u64>),
}

impl File {
    fn read(input: &Input) -> Self {
        match read(&input.path) {
            Ok(bytes) if is_text(&bytes) => File::Seen(text(bytes, input)),
            Ok(bytes) => {
                let pixels = picture::pixels(&bytes);
                File::Pictures(bytes, pixels)
            }
            Err(error) => File::Seen(vec![sight(input, None, Err(error))]),
        }
    }

    /// What is in it, and what it took to look, in pixels; see [`pictures`].
    fn look(self, input: &Input, left: Option<u64>) -> (Vec<Sight>, u64) {
        match self {
            File::Seen(sights) => (sights, 0),
            File::Pictures(bytes, _) => {
                let mut sights = Vec::new();
                let took = pictures(&bytes, input, left, &mut |sight| {
                    sights.push(sight);
                    Ok(())
                });
                (sights, took.unwrap_or_default())
            }
        }
    }
}

/// Reads a file; of what is longer than any text, and no picture, one byte more than a text may have.
fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = files::read_up_to(path, MAX_TEXT as u64)?;
    let is_cut = bytes.len() > MAX_TEXT && picture::is_picture(&bytes) && !files::is_standard(path);
    if is_cut { files::read(path) } else { Ok(bytes) }
}

/// Whether bytes are none of a picture. A text may begin like one: "BM", or with "%PDF-" among its first words.
fn is_text(bytes: &[u8]) -> bool {
    !picture::is_picture(bytes)
        || std::str::from_utf8(bytes).is_ok_and(|text| {
            text.contains(PREFIX) && Frame::find_all(bytes).next().is_some() || text.contains(armor::BEGIN)
        })
}

/// Looks at the pictures of a file, and hands on what is in them; tells what that took, in pixels. `left` are those that the run has left beyond what the
/// file is worth; nothing where there is no limit.
fn pictures(bytes: &[u8], input: &Input, left: Option<u64>, take: &mut Taker<'_>) -> Result<u64> {
    let allowance = match left {
        Some(left) => Allowance::of(bytes.len()).at_most(worth(input).saturating_add(left)),
        None => Allowance::ALL,
    };
    let mut pages = Pages {
        input,
        allowance: allowance.pixels(),
        unlimited: left.is_none(),
        took: 0,
        most: 0,
        read: 0,
        batch: Vec::new(),
        taken: Ok(()),
    };
    let read = if picture::is_pdf(bytes) { apart::read } else { picture::read_within };
    let read = read(bytes, allowance, &mut |page, grey| pages.add(page, grey, take));
    pages.scan(take);
    let Pages { taken, took, .. } = pages;
    taken?;
    let mut took = took.max(1);
    if let Err(error) = read {
        if picture::is_pdf(bytes) {
            took = took.saturating_add(worth(input)).saturating_add(FAILED_PDF);
        }
        take(sight(input, None, Err(error)))?;
    }
    Ok(took)
}

/// The pages of a file, several of which are scanned at once.
struct Pages<'a> {
    input: &'a Input,
    /// What the file may take, in pixels.
    allowance: u64,
    unlimited: bool,
    /// What it took so far, and the most that one page took.
    took: u64,
    most: u64,
    /// Pages read so far.
    read: usize,
    batch: Vec<(Option<usize>, Result<Grey>)>,
    taken: Result<()>,
}

impl Pages<'_> {
    fn add(&mut self, page: Option<usize>, grey: Result<Grey>, take: &mut Taker<'_>) {
        if self.taken.is_err() || self.is_over() {
            return;
        }
        self.read += 1;
        self.batch.push((page, grey));
        let pixels: usize =
            self.batch.iter().map(|(_, grey)| grey.as_ref().map_or(0, |grey| grey.pixels().len())).sum();
        // A page may take far more than its pixels: as many are scanned at once as may take what the worst so far took.
        let left = self.allowance.saturating_sub(self.took);
        let fit = left.checked_div(self.most).map_or(1, |fit| usize::try_from(fit).unwrap_or(BATCH));
        if self.batch.len() >= fit.clamp(1, BATCH) || pixels >= BATCH_PIXELS {
            self.scan(take);
            if self.taken.is_ok() && self.is_over() {
                self.taken = take(sight(self.input, None, Err(Error::TooManyPixels { read: self.read })));
            }
        }
    }

    /// Whether the file took all that it may.
    fn is_over(&self) -> bool {
        !self.unlimited && self.took > self.allowance
    }

    fn scan(&mut self, take: &mut Taker<'_>) {
        let input = self.input;
        let scanned: Vec<(Sight, u64)> = std::mem::take(&mut self.batch)
            .into_par_iter()
            .map(|(page, grey)| match grey {
                Ok(grey) => {
                    let (codes, took) = scan::scan_counting(&grey);
                    (sight(input, page, Ok(Seen::Picture(codes.into_iter().map(with_frame).collect()))), took)
                }
                Err(error) => (sight(input, page, Err(error)), 1),
            })
            .collect();
        for (sight, took) in scanned {
            self.took += took;
            self.most = self.most.max(took);
            if self.taken.is_ok() {
                self.taken = take(sight);
            }
        }
    }
}

fn with_frame(code: Code) -> (Code, Option<Result<Frame>>) {
    let frame = Frame::from_text(&code.bytes);
    (code, frame)
}

/// What is in bytes that are no picture: text, or an envelope. Text may be UTF-16, as some notepads write it; what is not text at all is looked
/// through all the same, as chats are exported in many ways.
fn text(bytes: Vec<u8>, input: &Input) -> Vec<Sight> {
    let utf16 = |of: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| of(*pair));
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        text.into_bytes()
    };
    let seen = match bytes.as_slice() {
        // The last character may be cut.
        long if long.len() > MAX_TEXT && begins_as_text(long) => Err(Error::TextTooLong { max: MAX_TEXT as u64 }),
        [0xFF, 0xFE, ..] => Ok(Seen::Text(utf16(u16::from_le_bytes))),
        [0xFE, 0xFF, ..] => Ok(Seen::Text(utf16(u16::from_be_bytes))),
        envelope if Envelope::begins(envelope) => Ok(Seen::Envelope(Envelope::from_bytes(bytes))),
        text if std::str::from_utf8(text).is_ok() || text.len() <= MAX_TEXT && holds_any(text) => Ok(Seen::Text(bytes)),
        // A folder may hold anything; only what was named must make sense.
        _ if !input.named => return Vec::new(),
        _ => Err(Error::Picture { why: "its format is none that is known".into() }),
    };
    vec![sight(input, None, seen)]
}

/// Whether bytes are text as far as they go, in UTF-8 or UTF-16.
fn begins_as_text(bytes: &[u8]) -> bool {
    let cut = |error: std::str::Utf8Error| error.error_len().is_none();
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || std::str::from_utf8(bytes).map_or_else(cut, |_| true)
}

/// Whether any frame or armor stands in bytes.
fn holds_any(bytes: &[u8]) -> bool {
    Frame::find_all(bytes).next().is_some() || armor::find_all(bytes).next().is_some()
}

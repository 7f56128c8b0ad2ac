//! Inputs -> what is in them: every picture's codes, every text's frames and armors.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use super::files::{self, Input};
use super::{apart, say};
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::frame::{Frame, PREFIX};
use crate::error::{Error, Result};
use crate::optics::raster::Grey;
use crate::optics::scan::{self, Code};
use crate::press::picture;

/// Pictures of one file that are scanned at once.
const BATCH: usize = 8;
/// Most pixels of such pictures together: large ones are scanned one by one.
const BATCH_PIXELS: usize = 80_000_000;

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
    /// The frames and armors in a text, or a bare envelope.
    Text(Vec<Frame>, Vec<Result<Envelope>>),
}

/// Looks into every file named and every file in folders named, in parallel, and gives what was seen in their order. A folder in which nothing
/// can be read is a sight of its own.
///
/// # Errors
/// [`Error::File`] for a folder that cannot be listed.
pub fn gather(paths: &[PathBuf]) -> Result<Vec<Sight>> {
    let inputs = files::expand(paths)?;
    let bar = say::progress(inputs.len() as u64);
    let all: Vec<Vec<Sight>> = inputs
        .par_iter()
        .map(|input| {
            let sights = look(input);
            bar.inc(1);
            sights
        })
        .collect();
    bar.finish_and_clear();
    let seen_in =
        |folder: &Path| inputs.iter().zip(&all).any(|(input, seen)| input.path.starts_with(folder) && !seen.is_empty());
    let empty: Vec<Sight> = paths
        .iter()
        .filter(|path| path.is_dir() && !seen_in(path))
        .map(|folder| folder.display().to_string())
        .map(|path| Sight { path: path.clone(), page: None, seen: Err(Error::NothingInFolder { path }) })
        .collect();
    Ok(all.into_iter().flatten().chain(empty).collect())
}

fn look(input: &Input) -> Vec<Sight> {
    let sight = |page, seen| Sight { path: input.path.display().to_string(), page, seen };
    let bytes = match files::read(&input.path) {
        Ok(bytes) => bytes,
        Err(error) => return vec![sight(None, Err(error))],
    };
    // A text may begin like a picture: "BM", or with "%PDF-" among its first words.
    let pasted = std::str::from_utf8(&bytes)
        .is_ok_and(|text| text.contains(PREFIX) && !Frame::find_all(text).is_empty() || text.contains(armor::BEGIN));
    if pasted || !picture::is_picture(&bytes) {
        return text(&bytes).map(|seen| vec![sight(None, seen)]).unwrap_or_else(|| {
            // A folder may hold anything; only what was named must make sense.
            let wrong = Error::Picture { why: "its format is none that is known".into() };
            if input.named { vec![sight(None, Err(wrong))] } else { Vec::new() }
        });
    }
    let sights = Mutex::new(Vec::new());
    let mut batch: Vec<(Option<usize>, Result<Grey>)> = Vec::new();
    let scan = |batch: &mut Vec<(Option<usize>, Result<Grey>)>| {
        let done: Vec<Sight> = batch
            .par_iter()
            .map(|(page, grey)| {
                sight(*page, grey.as_ref().map(|grey| Seen::Picture(codes(grey))).map_err(Error::clone))
            })
            .collect();
        batch.clear();
        if let Ok(mut sights) = sights.lock() {
            sights.extend(done);
        }
    };
    let read = if picture::is_pdf(&bytes) { apart::read } else { picture::read };
    let read = read(&bytes, &mut |page, grey| {
        batch.push((page, grey));
        let pixels: usize = batch.iter().map(|(_, grey)| grey.as_ref().map_or(0, |grey| grey.pixels().len())).sum();
        if batch.len() >= BATCH || pixels >= BATCH_PIXELS {
            scan(&mut batch);
        }
    });
    scan(&mut batch);
    let mut sights = sights.into_inner().unwrap_or_default();
    if let Err(error) = read {
        sights.push(sight(None, Err(error)));
    }
    sights
}

fn codes(grey: &Grey) -> Vec<(Code, Option<Result<Frame>>)> {
    scan::scan(grey)
        .into_iter()
        .map(|code| {
            let frame = Frame::from_text(&code.bytes);
            (code, frame)
        })
        .collect()
}

/// What is in bytes that are no picture: text, or an envelope; `None` for neither. Text may be UTF-16, as some notepads write it; what is not
/// text at all is looked through all the same, as chats are exported in many ways.
fn text(bytes: &[u8]) -> Option<Result<Seen>> {
    let look = |text: &str| Seen::Text(Frame::find_all(text), armor::find_all(text));
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Ok(look(text)));
    }
    let utf16 = |of: fn([u8; 2]) -> u16| {
        String::from_utf16_lossy(&bytes.as_chunks::<2>().0.iter().map(|pair| of(*pair)).collect::<Vec<_>>())
    };
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Ok(look(&utf16(u16::from_le_bytes)))),
        [0xFE, 0xFF, ..] => return Some(Ok(look(&utf16(u16::from_be_bytes)))),
        _ => {}
    }
    if Envelope::begins(bytes) {
        return Some(Ok(Seen::Text(Vec::new(), vec![Envelope::from_bytes(bytes.to_vec())])));
    }
    match look(&String::from_utf8_lossy(bytes)) {
        Seen::Text(frames, armors) if frames.is_empty() && armors.is_empty() => None,
        seen => Some(Ok(seen)),
    }
}

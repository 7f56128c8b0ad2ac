//! The pictures of a film -> its codes, each once.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::ffmpeg::{self, FilmSource};
use super::scanned::{Content, Picture, Scanned, ScannedSink};
use crate::cli::files::Input;
use crate::cli::terminal;
use crate::error::Error;
use crate::error::program::Result;
use crate::optics::film::FilmReader;
use crate::optics::scan::Effort;

/// Every [`AFRESH`] pictures the whole picture is searched for new codes.
const AFRESH: usize = 8;
/// Most bytes of codes that are remembered so that each is told once.
const MAX_KNOWN: usize = 64 * 1024 * 1024;

/// Hands on each picture of a film with a new code, until no letter is incomplete; one without codes if none had any.
/// Returns the pixels that were examined, which are at most about `left`.
///
/// # Errors
/// Those of [`ffmpeg::read`], and of `take`.
pub fn read(
    source: FilmSource<'_>,
    input: &Input,
    (effort, left): (Effort, u64),
    bar: &terminal::Bar,
    take: &mut ScannedSink<'_>,
) -> Result<u64> {
    let mut reader = FilmReader::new(effort);
    let patient = if effort == Effort::Fast { 0 } else { usize::MAX };
    let mut known = BTreeSet::new();
    let (mut bytes, mut codes_known, mut pictures, mut took) = (0, 0, 0, 0);
    let mut is_over = false;
    ffmpeg::read(source, &mut |grey| {
        if took > left {
            is_over = true;
            return Ok(ControlFlow::Break(()));
        }
        pictures += 1;
        let mut codes = reader.look(&grey, pictures % AFRESH == 1, patient);
        took += reader.took();
        codes.retain(|code| known.insert(code.bytes.clone()));
        bar.set_message(terminal::language().filming(pictures, codes_known + codes.len()));
        if codes.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        codes_known += codes.len();
        bytes += codes.iter().map(|code| code.bytes.len()).sum::<usize>();
        if bytes > MAX_KNOWN {
            (known, bytes) = (BTreeSet::new(), 0);
        }
        take(Scanned::of(input, Some(pictures), Ok(Content::Picture(Picture::new(codes, Vec::new())))))
    })?;
    bar.set_message("");
    if codes_known == 0 {
        let _ = take(Scanned::of(input, None, Ok(Content::Picture(Picture::default()))))?;
    }
    if is_over {
        let _ = take(Scanned::of(input, None, Err(Error::TooManyPixels { read: pictures }.into())))?;
    }
    Ok(took)
}

//! A file of pictures or pages -> what is in each; several are scanned at once.

use rayon::prelude::*;

use super::reader_process;
use super::scanned::{Content, Picture, ScanOptions, Scanned, ScannedSink};
use crate::cli::files::Input;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::optics::raster::Grey;
use crate::optics::scan::{self, Effort, Scan};
use crate::press::pictures::picture::{self, Allowance};

/// Pictures of one file that are scanned at once.
const BATCH: usize = 8;
/// Most pixels of such pictures together.
const BATCH_PIXELS: usize = 32_000_000;
/// Pixels that are scanned for each byte of a file in any run: real pictures have fewer. Beyond this all files share
/// one budget, `left` of [`look`].
pub const PIXELS_PER_BYTE: u64 = 300;
/// Pixels charged for a file that a child process failed to read: it may have taken all of its time.
const FAILED: u64 = 100_000_000;

/// Pixels that a file may take by its size.
pub fn worth(input: &Input) -> u64 {
    input.size.saturating_mul(PIXELS_PER_BYTE)
}

/// Scans the pictures of a file, and hands on what is in them; returns the pixels that were examined. `left` are those
/// that the run has left beyond what the file may take by its size; `None` for no limit.
pub fn look(
    bytes: &[u8],
    input: &Input,
    left: Option<u64>,
    looking: ScanOptions,
    take: &mut ScannedSink<'_>,
) -> Result<u64> {
    let allowance = match left {
        Some(left) => Allowance::of(bytes.len()).at_most(worth(input).saturating_add(left)),
        None => Allowance::ALL,
    };
    let mut pages = PageScan {
        input,
        allowance: allowance.pixels(),
        unlimited: left.is_none(),
        looking,
        is_settled: false,
        took: 0,
        most: 0,
        read: 0,
        passes_over: false,
        batch: Vec::new(),
        taken: Ok(()),
    };
    let read = if picture::is_costly(bytes) { reader_process::read } else { picture::read_within };
    let read = read(bytes, allowance, &mut |page, grey| pages.add(page, grey.map_err(ProgramError::from), take));
    pages.scan(take);
    let PageScan { taken, took, .. } = pages;
    taken?;
    let mut took = took.max(1);
    if let Err(error) = read {
        if picture::is_costly(bytes) {
            took = took.saturating_add(worth(input)).saturating_add(FAILED);
        }
        let _ = take(Scanned::of(input, None, Err(error.into())))?;
    }
    Ok(took)
}

/// The pages of a file, several of which are scanned at once.
struct PageScan<'a> {
    input: &'a Input,
    /// What the file may take, in pixels.
    allowance: u64,
    unlimited: bool,
    looking: ScanOptions,
    /// Whether no letter is incomplete any more.
    is_settled: bool,
    /// Pixels examined so far, and the most of one page.
    took: u64,
    most: u64,
    /// Pages read so far, and whether it was told that others were skipped.
    read: usize,
    passes_over: bool,
    batch: Vec<(Option<usize>, Result<Grey>)>,
    taken: Result<()>,
}

impl PageScan<'_> {
    fn add(&mut self, page: Option<usize>, grey: Result<Grey>, take: &mut ScannedSink<'_>) {
        if self.is_over() {
            if !self.passes_over {
                self.passes_over = true;
                self.hand_on(Scanned::of(self.input, None, Err(Error::TooManyPixels { read: self.read }.into())), take);
            }
            return;
        }
        if self.taken.is_err() {
            return;
        }
        self.read += 1;
        self.batch.push((page, grey));
        let pixels: usize =
            self.batch.iter().map(|(_, grey)| grey.as_ref().map_or(0, |grey| grey.pixels().len())).sum();
        // Scanning may examine a page several times: so many pages are scanned at once as stay within the budget if
        // each takes as much as the worst so far.
        let left = self.allowance.saturating_sub(self.took);
        let fit = left.checked_div(self.most).map_or(1, |fit| usize::try_from(fit).unwrap_or(BATCH));
        if self.batch.len() >= fit.clamp(1, BATCH) || pixels >= BATCH_PIXELS {
            self.scan(take);
        }
    }

    /// Whether the file took all that it may.
    fn is_over(&self) -> bool {
        !self.unlimited && self.took > self.allowance
    }

    fn scan(&mut self, take: &mut ScannedSink<'_>) {
        let (input, looking) = (self.input, self.looking);
        let effort = if self.is_settled { Effort::Fast } else { looking.effort };
        let scanned: Vec<(Scanned, u64)> = std::mem::take(&mut self.batch)
            .into_par_iter()
            .map(|(page, grey)| match grey {
                Ok(grey) => {
                    let Scan { codes, unread, took } = scan::scan_with(&grey, effort);
                    let mut picture = Picture::new(codes, unread);
                    picture.grey = looking.keeps_pictures.then_some(grey);
                    (Scanned::of(input, page, Ok(Content::Picture(picture))), took)
                }
                Err(error) => (Scanned::of(input, page, Err(error)), 1),
            })
            .collect();
        for (scanned, took) in scanned {
            self.took += took;
            self.most = self.most.max(took);
            self.hand_on(scanned, take);
        }
    }

    fn hand_on(&mut self, scanned: Scanned, take: &mut ScannedSink<'_>) {
        if self.taken.is_ok() {
            self.taken = take(scanned).map(|flow| self.is_settled = flow.is_break());
        }
    }
}

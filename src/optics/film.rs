//! A film's pictures -> their codes, however bad the light: followed, and from time to time looked at as patiently as a
//! photo.

use super::fusion::Fusion;
use super::raster::Grey;
use super::scan::{Code, Effort, scan_with};
use super::track::Tracker;

/// After so many pictures without a code one is looked at as patiently as a photo, and put together with those before
/// it: a sheet of paper may be filmed, or a screen in bad light.
const PATIENCE: usize = 30;

/// Reads films whose codes may be too bad to be read from one picture.
#[derive(Default)]
pub struct FilmReader {
    follower: Tracker,
    fusion: Fusion,
    effort: Effort,
    /// Pictures without a code since the last that had one, or was looked at patiently.
    idle: usize,
    took: u64,
}

impl FilmReader {
    /// A reader whose patient looks are as hard as is asked for.
    pub fn new(effort: Effort) -> Self {
        FilmReader { effort, ..FilmReader::default() }
    }

    /// The codes of the next picture; `afresh` as for [`Tracker::look`]. One of more than `patient` pixels is not
    /// looked at patiently.
    pub fn look(&mut self, picture: &Grey, afresh: bool, patient: usize) -> Vec<Code> {
        let codes = self.follower.look(picture, afresh);
        self.took = self.follower.took();
        self.idle = if codes.is_empty() { self.idle + 1 } else { 0 };
        if self.idle < PATIENCE || picture.pixels().len() > patient {
            return codes;
        }
        self.idle = 0;
        let scan = scan_with(picture, self.effort);
        self.took += scan.took;
        let fused = scan.unread.iter().filter_map(|unread| self.fusion.add(unread));
        scan.codes.into_iter().chain(fused).collect()
    }

    /// What the last picture took, as [`super::scan::Scan::took`].
    pub fn took(&self) -> u64 {
        self.took
    }
}

//! Inputs -> their contents: codes of pictures, texts that may hold frames and armors.
//!
//! Results are handed on in the order of the inputs and not kept: a folder may be larger than memory.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::scanned::{Content, ScanOptions, Scanned, ScannedSink, with_frame};
use super::{archive, ffmpeg, film, pages};
use crate::cli::files::{self, Input};
use crate::cli::terminal;
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::frame::{Frame, PREFIX};
use crate::error::Error;
use crate::error::fault::PictureFault;
use crate::error::program::{ProgramError, Result};
use crate::optics::fusion::Fusion;
use crate::optics::scan::{Code, Effort};
use crate::press::pictures::picture;

/// Files that are read in parallel, and most bytes of them together.
const ABREAST: usize = 16;
const ABREAST_BYTES: u64 = 32 * 1024 * 1024;
/// Most pixels of pictures that are scanned in parallel: each takes some five bytes.
const PIXELS_ABREAST: u64 = 48_000_000;
/// A file of several pages with more bytes than this is scanned alone.
const ALONE_BYTES: usize = 256 * 1024;
/// Most bytes of a text.
const MAX_TEXT: usize = 128 * 1024 * 1024;
/// Pixels that are scanned in one run beyond those that its files may take by their size, and those of all films.
const RUN_PIXELS: u64 = 2_000_000_000;
const FILM_PIXELS: u64 = 20_000_000_000;
/// Pixels charged for a film that gives no picture.
const FAILED_FILM: u64 = 500_000_000;

/// Scans every given file and every file in given folders and archives, and hands on what was found in their order. A
/// folder in which nothing can be read is reported as such.
///
/// # Errors
/// [`ProgramError::File`] for a folder that cannot be listed, and those of `take`.
pub fn gather(paths: &[PathBuf], looking: ScanOptions, take: &mut ScannedSink<'_>) -> Result<()> {
    let inputs = files::expand(paths)?;
    let bar = terminal::progress(inputs.len() as u64);
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| (path.clone(), false)).collect();
    let mut run = ScanRun {
        looking,
        left: RUN_PIXELS,
        film_left: FILM_PIXELS,
        folders,
        is_settled: false,
        films_passed: 0,
        fusion: Fusion::default(),
        bar,
        take,
    };
    let mut rest = inputs.as_slice();
    while !rest.is_empty() {
        let (abreast, tail) = rest.split_at(abreast(rest));
        rest = tail;
        let files = abreast.par_iter().map(|input| (input.clone(), File::read(input))).collect();
        run.all(files)?;
        run.bar.inc(abreast.len() as u64);
    }
    run.bar.finish_and_clear();
    if run.films_passed > 0 {
        terminal::note(&terminal::language().films_passed(run.films_passed));
    }
    let ScanRun { folders, take, .. } = run;
    for (folder, _) in folders.into_iter().filter(|(_, seen)| !seen) {
        let path = folder.display().to_string();
        let _ = take(Scanned { path: path.clone(), page: None, content: Err(ProgramError::NothingInFolder { path }) })?;
    }
    Ok(())
}

/// Looks through a camera until `take` says that it has enough.
///
/// # Errors
/// Those of [`ffmpeg::read`], and of `take`.
pub fn through_camera(device: &str, take: &mut ScannedSink<'_>) -> Result<()> {
    let input = Input { path: device.into(), named: true, size: 0 };
    let bar = terminal::progress(0);
    film::read(ffmpeg::FilmSource::Camera(device), &input, (Effort::Normal, u64::MAX), &bar, take)?;
    bar.finish_and_clear();
    Ok(())
}

/// The state of one run.
struct ScanRun<'a, 'b> {
    looking: ScanOptions,
    /// Pixels that may still be looked at, and those of films.
    left: u64,
    film_left: u64,
    /// The folders and archives that were named, and whether anything in them could be read.
    folders: Vec<(PathBuf, bool)>,
    /// Whether no letter is incomplete any more.
    is_settled: bool,
    /// Films that were skipped for that reason.
    films_passed: usize,
    /// Codes that were seen in several pictures and read in none.
    fusion: Fusion,
    bar: terminal::Bar,
    take: &'a mut ScannedSink<'b>,
}

impl ScanRun<'_, '_> {
    /// Scans files, as many in parallel as memory allows.
    fn all(&mut self, mut files: VecDeque<(Input, File)>) -> Result<()> {
        while !files.is_empty() {
            let light = light(&files);
            let next: Vec<(Input, File)> = files.drain(..light.max(1)).collect();
            self.look(next, light > 0)?;
        }
        Ok(())
    }

    /// Scans files, in parallel if they are small; else page by page. A batch is always finished, so that the order of
    /// threads does not matter.
    fn look(&mut self, files: Vec<(Input, File)>, are_light: bool) -> Result<()> {
        let (left, looking) = (if self.looking.unlimited { None } else { Some(self.left) }, self.now());
        if are_light {
            let looked: Vec<_> = files
                .into_par_iter()
                .map(|(input, file)| {
                    let looked = file.look(&input, left, looking);
                    (input, looked)
                })
                .collect();
            for (input, (scanned, took)) in looked {
                self.charge(&input, took);
                scanned.into_iter().try_for_each(|scanned| self.tell(&input, scanned))?;
            }
            return Ok(());
        }
        for (input, file) in files {
            match file {
                File::Scanned(scanned) => scanned.into_iter().try_for_each(|scanned| self.tell(&input, scanned))?,
                File::Pictures(bytes, _) => {
                    let looking = self.now();
                    let took =
                        pages::look(&bytes, &input, left, looking, &mut |scanned| self.hand_on(&input, scanned))?;
                    self.charge(&input, took);
                }
                File::Film(bytes, container) => self.film(&bytes, container, &input)?,
                File::Archive(bytes) => self.archive(&bytes, &input)?,
            }
        }
        Ok(())
    }

    /// The effort from now on.
    fn now(&self) -> ScanOptions {
        ScanOptions { effort: if self.is_settled { Effort::Fast } else { self.looking.effort }, ..self.looking }
    }

    /// Scans a film, unless all letters are complete.
    fn film(&mut self, bytes: &[u8], container: &'static str, input: &Input) -> Result<()> {
        if self.is_settled {
            self.see(input);
            self.films_passed += 1;
            return Ok(());
        }
        if bytes.len() > MAX_TEXT {
            // It came from standard input and was cut off.
            return self.tell(input, Scanned::of(input, None, Err(ProgramError::FilmTooMuch)));
        }
        let source = match bytes {
            [] => ffmpeg::FilmSource::File(&input.path, container),
            bytes => ffmpeg::FilmSource::Bytes(bytes, container),
        };
        let (left, bar) = (if self.looking.unlimited { u64::MAX } else { self.film_left }, self.bar.clone());
        match film::read(source, input, (self.looking.effort, left), &bar, &mut |scanned| self.hand_on(input, scanned))
        {
            Ok(took) => self.film_left = self.film_left.saturating_sub(took),
            // It may have used all of its time.
            Err(error @ (ProgramError::FilmNoProgram | ProgramError::FilmUnread | ProgramError::FilmTooMuch)) => {
                let is_avif = picture::is_avif(bytes) || picture::is_avif(&files::head(&input.path));
                if !matches!(error, ProgramError::FilmNoProgram) {
                    self.film_left = self.film_left.saturating_sub(FAILED_FILM);
                }
                let error = if is_avif { Error::PictureAvif.into() } else { error };
                self.tell(input, Scanned::of(input, None, Err(error)))?;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Looks at the files of an archive, one by one.
    fn archive(&mut self, bytes: &[u8], input: &Input) -> Result<()> {
        self.folders.push((input.path.clone(), false));
        let end = archive::files(bytes, input, &mut |inner, bytes| {
            let file = match bytes {
                Ok(bytes) => File::of(bytes, &inner),
                Err(error) => File::Scanned(vec![Scanned::of(&inner, None, Err(error))]),
            };
            self.all([(inner, file)].into())
        })?;
        if let Err(error) = end {
            self.tell(input, Scanned::of(input, None, Err(error)))?;
        }
        Ok(())
    }

    /// Charges the run for what a file took beyond its own share.
    fn charge(&mut self, input: &Input, took: u64) {
        self.left = self.left.saturating_sub(took.saturating_sub(pages::worth(input)));
    }

    /// Notes that something in a folder or archive could be read.
    fn see(&mut self, input: &Input) {
        for (folder, seen) in &mut self.folders {
            *seen |= input.path.starts_with(folder);
        }
    }

    /// Hands on a result; the run goes on in any case.
    fn tell(&mut self, input: &Input, scanned: Scanned) -> Result<()> {
        self.hand_on(input, scanned).map(|_| ())
    }

    /// Hands on a result; returns whether to go on.
    fn hand_on(&mut self, input: &Input, mut scanned: Scanned) -> Result<ControlFlow<()>> {
        self.see(input);
        if self.left == 0 && matches!(scanned.content, Err(ProgramError::Library(Error::TooManyPixels { .. }))) {
            // The budget of the run is used up, not that of the file.
            scanned.content = Err(ProgramError::TooMuchToScan);
        }
        if let Ok(Content::Picture(picture)) = &mut scanned.content {
            let fused: Vec<Code> = picture.unread.iter().filter_map(|unread| self.fusion.add(unread)).collect();
            picture.unread.retain(|unread| !fused.iter().any(|code| code.corners == unread.corners));
            picture.codes.extend(fused.into_iter().map(with_frame));
            // Frees memory: there may be many of them.
            picture.unread.iter_mut().for_each(|unread| unread.darkness = Vec::new());
        }
        let flow = (self.take)(scanned)?;
        self.is_settled = flow.is_break();
        Ok(flow)
    }
}

/// Number of inputs that are read in parallel next.
fn abreast(inputs: &[Input]) -> usize {
    let mut bytes = 0;
    let fit = inputs.iter().take(ABREAST).take_while(|input| {
        bytes += input.size;
        bytes <= ABREAST_BYTES
    });
    fit.count().max(1)
}

/// Number of files, from the first on, that are small enough to be scanned in parallel; 0 if the first is not.
fn light(files: &VecDeque<(Input, File)>) -> usize {
    let mut pixels = 0;
    let fit = files.iter().take_while(|(_, file)| {
        pixels += match file {
            File::Scanned(_) => 0,
            File::Pictures(bytes, None) if bytes.len() <= ALONE_BYTES && !picture::is_costly(bytes) => {
                PIXELS_ABREAST / 4
            }
            File::Pictures(_, None) | File::Film(..) | File::Archive(_) => u64::MAX / 2,
            File::Pictures(_, Some(pixels)) => *pixels,
        };
        pixels <= PIXELS_ABREAST
    });
    fit.count()
}

/// A file that was read.
enum File {
    /// What was in it, or what was wrong with it.
    Scanned(Vec<Scanned>),
    /// The bytes of pictures, and their pixels; `None` for files that may hold several.
    Pictures(Vec<u8>, Option<u64>),
    /// A film's bytes, empty if ffmpeg opens the file itself; and its container.
    Film(Vec<u8>, &'static str),
    /// The bytes of an archive.
    Archive(Vec<u8>),
}

impl File {
    fn read(input: &Input) -> Self {
        let head = files::head(&input.path);
        if let Some(container) = ffmpeg::container(&head) {
            return File::Film(Vec::new(), container);
        }
        match read(&input.path) {
            Ok(bytes) if archive::is_archive(&bytes) => File::Archive(bytes),
            Ok(bytes) => Self::of(bytes, input),
            Err(error) => File::Scanned(vec![Scanned::of(input, None, Err(error))]),
        }
    }

    /// A file's bytes; archives in archives are not opened.
    fn of(bytes: Vec<u8>, input: &Input) -> Self {
        if let Some(container) = ffmpeg::container(&bytes) {
            File::Film(bytes, container)
        } else if is_text(&bytes) {
            File::Scanned(text(bytes, input))
        } else {
            let pixels = picture::pixels(&bytes);
            File::Pictures(bytes, pixels)
        }
    }

    /// Its contents, and the pixels that were examined; see [`pages::look`].
    fn look(self, input: &Input, left: Option<u64>, looking: ScanOptions) -> (Vec<Scanned>, u64) {
        let mut all = Vec::new();
        let took = match self {
            File::Scanned(seen) => return (seen, 0),
            File::Pictures(bytes, _) => pages::look(&bytes, input, left, looking, &mut |scanned| {
                all.push(scanned);
                Ok(ControlFlow::Continue(()))
            }),
            // These are scanned alone.
            File::Film(..) | File::Archive(_) => Ok(0),
        };
        (all, took.unwrap_or_default())
    }
}

/// Reads a file; of one that is too long for a text, and no picture or archive, only one byte more than a text may
/// have.
fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = files::read_up_to(path, MAX_TEXT as u64)?;
    let is_whole = bytes.len() <= MAX_TEXT || files::is_standard(path);
    if is_whole || !picture::is_picture(&bytes) && !archive::is_archive(&bytes) { Ok(bytes) } else { files::read(path) }
}

/// Whether bytes are no picture. A text may begin like one: with "BM", or with "%PDF-" among its first words.
fn is_text(bytes: &[u8]) -> bool {
    !picture::is_picture(bytes)
        || std::str::from_utf8(bytes).is_ok_and(|text| {
            text.contains(PREFIX) && Frame::find_all(bytes).next().is_some() || text.contains(armor::BEGIN)
        })
}

/// Contents of a file that is no picture: a text or an envelope. Text may be UTF-16, as some notepads write it. Other
/// files are searched for frames and armors too: chats are exported in many formats.
fn text(bytes: Vec<u8>, input: &Input) -> Vec<Scanned> {
    let utf16 = |of: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| of(*pair));
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        text.into_bytes()
    };
    let seen = match bytes.as_slice() {
        // The last character may be cut.
        long if long.len() > MAX_TEXT && begins_as_text(long) => {
            Err(ProgramError::TextTooLong { max: MAX_TEXT as u64 })
        }
        [0xFF, 0xFE, ..] => Ok(Content::Text(utf16(u16::from_le_bytes))),
        [0xFE, 0xFF, ..] => Ok(Content::Text(utf16(u16::from_be_bytes))),
        envelope if Envelope::begins(envelope) => Ok(Content::Envelope(Envelope::from_bytes(bytes))),
        text if std::str::from_utf8(text).is_ok() || text.len() <= MAX_TEXT && holds_any(text) => {
            Ok(Content::Text(bytes))
        }
        // Unknown files in folders are skipped silently; a file that was named is reported.
        _ if !input.named => return Vec::new(),
        _ => Err(Error::Picture { why: PictureFault::UnknownFormat }.into()),
    };
    vec![Scanned::of(input, None, seen)]
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

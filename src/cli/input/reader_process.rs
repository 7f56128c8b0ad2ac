//! Decodes PDF and some picture formats in a child process, page by page, within limits: see [`child`].

use std::io::{BufRead, Read};
use std::process::Command;
use std::time::Duration;

use super::child::{self, ProcessLimits, Watch};
use crate::cli::args::READ_PAGES;
use crate::cli::exit::{COMPLETE, ERROR};
use crate::cli::{files, terminal};
use crate::error::Error;
use crate::error::fault::PictureFault;
use crate::error::program::Result;
use crate::optics::raster::Grey;
use crate::press::pictures::picture::{self, Allowance, MAX_PIXELS, PictureSink};

/// What drawing may take.
const LIMITS: ProcessLimits =
    ProcessLimits { picture: Duration::from_secs(20), file: Duration::from_secs(600), memory: 1_000_000_000 };
/// Longest header of a page.
const MAX_HEADER: u64 = 1_000;

/// The child: a file from standard input to pages on standard output, of so many pixels at most.
///
/// Each page is a line `page NUMBER WIDTH HEIGHT`, with number 0 for a file of one picture, followed by the pixels; or
/// a line `wrong NUMBER WHY`. The last line is `end WHY`, empty on success, or `much PAGES` where the file has more
/// pixels than allowed.
pub fn run(pixels: u64) -> Result<u8> {
    let pdf = files::read("-".as_ref())?;
    let mut failed = Ok(());
    let end = picture::read_within(&pdf, Allowance::of_pixels(pixels), &mut |page, grey| {
        let page = page.unwrap_or_default();
        let told = match grey {
            Ok(grey) => {
                let header = format!("page {page} {} {}\n", grey.width(), grey.height());
                terminal::result(header.as_bytes()).and_then(|()| terminal::result(grey.pixels()))
            }
            Err(error) => terminal::result(format!("wrong {page} {}\n", told(&error)).as_bytes()),
        };
        if failed.is_ok() {
            failed = told;
        }
    });
    failed?;
    let (code, last) = match end {
        Ok(()) => (COMPLETE, "end ".to_owned()),
        Err(Error::TooManyPixels { read }) => (COMPLETE, format!("much {read}")),
        Err(error) => (ERROR, format!("end {}", told(&error))),
    };
    terminal::result(format!("{last}\n").as_bytes())?;
    Ok(code)
}

/// An error as the child tells it: a name, and numbers.
fn told(error: &Error) -> String {
    match error {
        Error::Picture { why } => why.name().to_owned(),
        Error::PictureTooLarge { width, height, max } => format!("{LARGE} {width} {height} {max}"),
        Error::TooManyPages { max } => format!("{PAGES} {max}"),
        _ => PictureFault::Damaged.name().to_owned(),
    }
}

/// An error that the child told.
fn heard(told: &str) -> Error {
    let mut words = told.split(' ');
    let name = words.next().unwrap_or_default();
    let numbers: Vec<u64> = words.map_while(|word| word.parse().ok()).collect();
    match (name, numbers.as_slice()) {
        (LARGE, [width, height, max]) => Error::PictureTooLarge { width: *width, height: *height, max: *max },
        (PAGES, [max]) => Error::TooManyPages { max: *max as usize },
        _ => wrong(PictureFault::of_name(name).unwrap_or(PictureFault::Process)),
    }
}

/// Names of errors with numbers.
const LARGE: &str = "PictureTooLarge";
const PAGES: &str = "TooManyPages";

fn wrong(why: PictureFault) -> Error {
    Error::Picture { why }
}

/// The parent: gives each page of a file, as [`picture::read_within`] does.
///
/// # Errors
/// [`Error::Picture`] for what cannot be read, or takes more time or memory than it may, and [`Error::TooManyPixels`].
pub fn read(pdf: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> std::result::Result<(), Error> {
    let program = std::env::current_exe().map_err(|_| wrong(PictureFault::Process))?;
    let mut command = Command::new(program);
    command.args([READ_PAGES, &allowance.pixels().to_string()]);
    let run = child::run(&mut command, Some(pdf), LIMITS, |stdout, watch| pages(stdout, watch, take));
    match run.map_err(|_| wrong(PictureFault::Process))? {
        (Err(_), true) => Err(wrong(PictureFault::TooMuchWork)),
        (read, _) => read,
    }
}

/// Takes pages from the child until it says that it is done.
fn pages(mut from: impl BufRead, watch: &Watch, take: &mut PictureSink<'_>) -> std::result::Result<(), Error> {
    let broken = || wrong(PictureFault::Process);
    loop {
        let mut header = String::new();
        let read = from.by_ref().take(MAX_HEADER).read_line(&mut header).map_err(|_| broken())?;
        if read == 0 {
            return Err(broken());
        }
        let (word, rest) = header.trim_end_matches('\n').split_once(' ').ok_or_else(broken)?;
        if word == "end" {
            return if rest.is_empty() { Ok(()) } else { Err(heard(rest)) };
        }
        if word == "much" {
            return Err(Error::TooManyPixels { read: rest.parse().map_err(|_| broken())? });
        }
        let (number, rest) = rest.split_once(' ').ok_or_else(broken)?;
        let number = number.parse().ok().filter(|number| *number > 0);
        if word == "wrong" {
            watch.meanwhile(|| take(number, Err(heard(rest))));
            continue;
        }
        let (width, height) = rest.split_once(' ').ok_or_else(broken)?;
        let (Ok(width), Ok(height)) = (width.parse::<usize>(), height.parse::<usize>()) else { return Err(broken()) };
        let count = width.checked_mul(height).filter(|count| *count as u64 <= MAX_PIXELS).ok_or_else(broken)?;
        let mut pixels = vec![0; count];
        from.read_exact(&mut pixels).map_err(|_| broken())?;
        watch.meanwhile(|| take(number, Grey::new(width, height, pixels).ok_or_else(broken)));
    }
}

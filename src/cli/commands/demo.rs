//! `demo`: the whole way, once, with a letter of our own.

use crate::cli::args::DemoOptions;
use crate::cli::args::making::{Making, Sealing};
use crate::cli::exit::{COMPLETE, ERROR};
use crate::cli::files;
use crate::cli::kit::Kit;
use crate::cli::output::letter_kit;
use crate::cli::terminal;
use crate::codec::assemble::{Assembler, State};
use crate::codec::frame::Frame;
use crate::codec::letter::Letter;
use crate::codec::trust::Trust;
use crate::error::program::Result;
use crate::optics::raster::Grey;
use crate::optics::scan::{Code, scan};
use crate::press::pictures::picture;
use crate::words::DemoStep;

const NAME: &str = "letter.fa.md";
const SAMPLE: &[u8] = include_bytes!("../../../samples/letter.fa.md");

pub fn run(options: &DemoOptions) -> Result<u8> {
    let words = terminal::language();
    let tell = |step| terminal::result(format!("{}\n", words.demo(step)).as_bytes());
    let letter = Letter::new(SAMPLE.to_vec(), NAME)?;
    let making = Making::default();
    let mut kit = Kit::begin(&options.out, options.force)?;
    kit.write(NAME, SAMPLE)?;
    let made = letter_kit::make(letter, &making, &Sealing::default(), options.force, &mut kit)?;
    kit.finish()?;
    tell(DemoStep::Made(SAMPLE.len(), made.envelope.bytes().len(), made.plan.cut.frames))?;

    let pages = pictures(&files::read(&options.out.join("leaflet.pdf"))?)?;
    tell(DemoStep::Pictured(pages.len()))?;

    let (torn, lost, all) = without_every_second_code(&pages);
    let mut kit = Kit::begin(&options.out.join("torn"), options.force)?;
    for (number, page) in (1..).zip(&torn) {
        kit.write(format!("page-{number}.png"), &picture::png(page)?)?;
    }
    kit.finish()?;
    tell(DemoStep::Lost(lost, all))?;

    let (restored, left) = restored(&torn)?;
    let Some(content) = restored.filter(|content| content == SAMPLE) else {
        tell(DemoStep::Failed)?;
        return Ok(ERROR);
    };
    files::write(&options.out.join("restored").join(NAME), &content, options.force)?;
    tell(DemoStep::Restored(left))?;
    tell(DemoStep::Open)?;
    terminal::result(format!("  {}\n", options.out.join("leaflet.pdf").display()).as_bytes())?;
    Ok(COMPLETE)
}

/// The pages of a PDF, as pictures.
fn pictures(pdf: &[u8]) -> Result<Vec<Grey>> {
    let mut pages = Vec::new();
    let mut unreadable = None;
    picture::read(pdf, &mut |_, page| match page {
        Ok(page) => pages.push(page),
        Err(error) => unreadable = Some(error),
    })?;
    unreadable.map_or(Ok(pages), |error| Err(error.into()))
}

/// The pages with every second code covered, how many are, and how many there were.
fn without_every_second_code(pages: &[Grey]) -> (Vec<Grey>, usize, usize) {
    let (mut lost, mut all) = (0, 0);
    let torn = pages.iter().map(|page| {
        let mut codes = scan(page);
        codes.sort_by(|a, b| place(a).total_cmp(&place(b)));
        codes.iter().fold(page.clone(), |page, code| {
            all += 1;
            if all % 2 == 1 {
                return page;
            }
            lost += 1;
            paint_over(page, code)
        })
    });
    let torn = torn.collect();
    (torn, lost, all)
}

/// The letter that is restored of what is to be read, and how many codes that was.
fn restored(pages: &[Grey]) -> Result<(Option<Vec<u8>>, usize)> {
    let mut assembler = Assembler::default();
    let mut read = 0;
    for code in pages.iter().flat_map(scan) {
        if let Some(Ok(frame)) = Frame::from_text(&code.bytes) {
            read += 1;
            assembler.add(&frame)?;
        }
    }
    let opened = assembler.progress().into_iter().find_map(|progress| match progress.state {
        State::Complete(envelope) => envelope.open(&Trust::nobody()).ok(),
        _ => None,
    });
    let letter = opened.as_ref().and_then(|opened| opened.letter().ok());
    Ok((letter.map(|letter| letter.content().to_vec()), read))
}

/// Rows from top to bottom, and from left to right in a row.
fn place(code: &Code) -> f32 {
    let [[x, y], ..] = code.corners;
    (y / 50.0).round() * 100_000.0 + x
}

/// White paper over a code.
fn paint_over(page: Grey, code: &Code) -> Grey {
    let edge = |at: usize, pick: fn(f32, f32) -> f32, start: f32| {
        code.corners.iter().filter_map(|corner| corner.get(at)).copied().fold(start, pick).max(0.0) as usize
    };
    let (left, right) = (edge(0, f32::min, f32::MAX), edge(0, f32::max, 0.0));
    let (top, bottom) = (edge(1, f32::min, f32::MAX), edge(1, f32::max, 0.0));
    let (width, height) = (page.width(), page.height());
    let covered = |x: usize, y: usize| (left..=right).contains(&x) && (top..=bottom).contains(&y);
    let pixels = page
        .pixels()
        .iter()
        .enumerate()
        .map(|(at, pixel)| if covered(at % width, at / width) { 255 } else { *pixel })
        .collect();
    Grey::new(width, height, pixels).unwrap_or(page)
}

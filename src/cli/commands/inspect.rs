//! `inspect`: what is in each picture.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::cli::args::InspectOptions;
use crate::cli::exit::{COMPLETE, ERROR};
use crate::cli::input::scan;
use crate::cli::input::scanned::{Content, MAX_CODES, Picture, ScanOptions, Scanned};
use crate::cli::report::collection::Collection;
use crate::cli::report::data::{CodeSymbol, Inspected, Sighted, SightedCode, SightedEnvelope};
use crate::cli::report::{json, text};
use crate::cli::{files, terminal};
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::frame::Frame;
use crate::error::program::{ProgramError, Result};
use crate::optics::raster::Grey;
use crate::press::pictures::outlines;

/// Most bytes of results that are held back: only at the end it is known which frames are forged.
const MAX_KEPT: usize = 64 * 1024 * 1024;

pub fn run(options: &InspectOptions) -> Result<u8> {
    if options.annotate.as_deref().is_some_and(files::is_standard) {
        return Err(ProgramError::OptionStandard { option: "--annotate" });
    }
    let mut collection = Collection::default();
    let (mut kept, mut bytes) = (Vec::new(), 0);
    let mut code = COMPLETE;
    let keeps_pictures = options.annotate.is_some();
    let scan_options = ScanOptions { effort: options.effort, unlimited: options.no_limit, keeps_pictures };
    let mut drawn = 0;
    scan::gather(&options.inputs, scan_options, &mut |mut scanned| {
        collection.take(&scanned);
        if let (Ok(Content::Picture(picture)), Some(out)) = (&mut scanned.content, &options.annotate) {
            // Drawn at once: all pictures together would not fit into memory.
            if let Some(grey) = picture.grey.take() {
                drawn += 1;
                annotate(&grey, picture, &numbered(out, drawn), options.force)?;
            }
        }
        if scanned.content.is_err() {
            code = ERROR;
        }
        bytes += size(&scanned);
        kept.push(scanned);
        if bytes > MAX_KEPT {
            bytes = 0;
            collection.objects();
            tell(std::mem::take(&mut kept), &collection, options)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;

    collection.objects();
    tell(kept, &collection, options)?;
    Ok(code)
}

/// Writes a picture with its codes outlined.
fn annotate(grey: &Grey, picture: &Picture, out: &Path, force: bool) -> Result<()> {
    let read: Vec<_> = picture.codes.iter().map(|(code, _)| code.corners).collect();
    let unread: Vec<_> = picture.unread.iter().map(|unread| unread.corners).collect();
    files::write(out, &outlines::annotated(grey, &read, &unread)?, force)
}

/// The path of the annotated picture of this number: the one that was asked for, and of further ones OUT-2.png,
/// OUT-3.png.
fn numbered(out: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return out.to_owned();
    }
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    let ending = out.extension().map_or_else(|| "png".into(), |ending| ending.to_string_lossy());
    out.with_file_name(format!("{stem}-{number}.{ending}"))
}

/// The bytes that it takes to keep what was in an input, about.
fn size(scanned: &Scanned) -> usize {
    match &scanned.content {
        Ok(Content::Picture(picture)) => {
            200 + picture.codes.iter().map(|(code, _)| 400 + 2 * code.bytes.len()).sum::<usize>()
        }
        Ok(Content::Text(text)) => text.len(),
        Ok(Content::Envelope(envelope)) => envelope.as_ref().map_or(0, |envelope| envelope.bytes().len()),
        Err(_) => 200,
    }
}

fn tell(all: Vec<Scanned>, collection: &Collection, options: &InspectOptions) -> Result<()> {
    for scanned in all {
        let inspected = inspected(scanned, collection);
        if let Err(error) = &inspected.found {
            terminal::error_about(&inspected.path, error);
        }
        let told = if options.json { json::inspected(&inspected) } else { text::inspected(&inspected) };
        terminal::result(told.as_bytes())?;
    }
    Ok(())
}

/// What is told of an input, with the forged frames marked.
fn inspected(scanned: Scanned, collection: &Collection) -> Inspected {
    let Scanned { path, page, content } = scanned;
    let is_forged = |frame: &Option<Result<Frame>>| collection.is_forged(frame.as_ref()?.as_ref().ok()?);
    let found = content.map(|content| match content {
        Content::Picture(picture) => {
            let frame = |frame: Option<crate::error::Result<Frame>>| frame.map(|frame| Ok(frame?));
            let codes = picture.codes.into_iter().map(|(code, read)| (code, frame(read)));
            let codes = codes.map(|(code, frame)| SightedCode {
                symbol: Some(CodeSymbol { corners: code.corners, version: code.version, level: code.level }),
                bytes: code.bytes,
                forged: is_forged(&frame),
                frame,
            });
            Sighted::Picture { codes: codes.collect(), unread: picture.unread }
        }
        Content::Text(text) => {
            let frames = Frame::find_all(&text).take(MAX_CODES).map(|frame| {
                let bytes = frame.to_text().into_bytes();
                let frame = Some(Ok(frame));
                SightedCode { symbol: None, bytes, forged: is_forged(&frame), frame }
            });
            let envelopes = armor::find_all(&text).map(|envelope| Ok(sighted(envelope?)));
            Sighted::Text { frames: frames.collect(), envelopes: bounded(envelopes) }
        }
        Content::Envelope(envelope) => Sighted::Envelope(envelope.map(sighted).map_err(ProgramError::from)),
    });
    Inspected { path, page, found }
}

/// The first [`MAX_CODES`] envelopes, and as many that are damaged: neither hides the other.
fn bounded(envelopes: impl Iterator<Item = Result<SightedEnvelope>>) -> Vec<Result<SightedEnvelope>> {
    let (mut good, mut damaged) = (0, 0);
    let envelopes = envelopes.filter(|envelope| {
        let count = if envelope.is_ok() { &mut good } else { &mut damaged };
        *count += 1;
        *count <= MAX_CODES
    });
    envelopes.collect()
}

fn sighted(envelope: Envelope) -> SightedEnvelope {
    SightedEnvelope { object_id: envelope.object_id(), bytes: envelope.bytes().len() }
}

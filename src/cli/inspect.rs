//! `inspect`: what is in each picture.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::arguments::Inspect;
use super::collected::Collected;
use super::gather;
use super::sight::{ScanOptions, Picture, Content, Scanned};
use super::{COMPLETE, ERROR, files, json, say};
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::frame::Frame;
use crate::codec::letter::printable;
use crate::error::{Error, Result};
use crate::optics::raster::Grey;
use crate::press::outlines;
use crate::words::Label;

/// Most bytes of what was seen that are kept until all of it is known: which frames are forged shows at the end.
const MAX_KEPT: usize = 64 * 1024 * 1024;
/// Most codes of one picture or text that are told.
const MAX_CODES: usize = 10_000;

pub fn run(options: &Inspect) -> Result<u8> {
    if options.annotate.as_deref().is_some_and(files::is_standard) {
        return Err(Error::OptionStandard { option: "--annotate" });
    }
    let mut collected = Collected::quiet();
    let (mut kept, mut bytes) = (Vec::new(), 0);
    let mut code = COMPLETE;
    let looking = ScanOptions {
        effort: options.effort.into(),
        unlimited: options.no_limit,
        keeps_pictures: options.annotate.is_some(),
    };
    let mut drawn = 0;
    gather::gather(&options.inputs, looking, &mut |mut sight| {
        collected.take(&sight, &mut None);
        if let (Ok(Content::Picture(picture)), Some(out)) = (&mut sight.seen, &options.annotate) {
            // All of them would take more memory than there is.
            if let Some(grey) = picture.grey.take() {
                drawn += 1;
                annotate(&grey, picture, &numbered(out, drawn), options.force)?;
            }
        }
        if sight.seen.is_err() {
            code = ERROR;
        }
        bytes += size(&sight);
        kept.push(sight);
        if bytes > MAX_KEPT {
            bytes = 0;
            collected.objects();
            tell(&std::mem::take(&mut kept), &collected, options)?;
        }
        Ok(ControlFlow::Continue(()))
    })?;

    collected.objects();
    tell(&kept, &collected, options)?;
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

/// The bytes that it takes to keep a sight, about.
fn size(sight: &Scanned) -> usize {
    match &sight.seen {
        Ok(Content::Picture(picture)) => {
            200 + picture.codes.iter().map(|(code, _)| 400 + 2 * code.bytes.len()).sum::<usize>()
        }
        Ok(Content::Text(text)) => text.len(),
        Ok(Content::Envelope(envelope)) => envelope.as_ref().map_or(0, |envelope| envelope.bytes().len()),
        Err(_) => 200,
    }
}

fn tell(sights: &[Scanned], collected: &Collected, options: &Inspect) -> Result<()> {
    for sight in sights {
        if let Err(error) = &sight.seen {
            say::error_about(&sight.path, error);
        }
        let told = if options.json {
            format!("{}\n", json::text(&as_json(sight, collected), false))
        } else {
            as_text(sight, collected)
        };
        say::result(told.as_bytes())?;
    }
    Ok(())
}

/// The shape that scripts rely on; see docs/scripts.md.
fn as_json(sight: &Scanned, collected: &Collected) -> Value {
    let mut told = json!({ "picture": sight.path });
    if let Some(page) = sight.page {
        told["page"] = json!(page);
    }
    let codes: Vec<Value> = match &sight.seen {
        Ok(Content::Picture(picture)) => {
            told["unread"] = picture.unread.iter().map(json::unread).collect();
            let codes = &picture.codes;
            let verdict = |frame: &Frame| collected.verdict(frame);
            codes.iter().map(|(code, frame)| json::code(code, frame.as_ref(), verdict)).take(MAX_CODES).collect()
        }
        Ok(Content::Text(text)) => {
            let whole = armor::find_all(text).flatten().map(|envelope| json!(envelope.object_id().to_string()));
            told["envelopes"] = whole.take(MAX_CODES).collect();
            Frame::find_all(text).take(MAX_CODES).map(|frame| json::pasted(&frame, collected.verdict(&frame))).collect()
        }
        Ok(Content::Envelope(envelope)) => {
            told["envelopes"] = envelope.iter().map(|envelope| json!(envelope.object_id().to_string())).collect();
            Vec::new()
        }
        Err(error) => {
            told["error"] = json::error(error);
            Vec::new()
        }
    };
    told["codes"] = json!(codes);
    told
}

fn as_text(sight: &Scanned, collected: &Collected) -> String {
    let words = say::language();
    let page = sight.page.map(|page| format!(" ({})", words.number(page))).unwrap_or_default();
    let mut text = format!("{}{page}\n", printable(&sight.path));
    let head = text.len();
    let mut line = |label: Label, value: &str| text.push_str(&format!("  {}", say::line(words.label(label), value)));
    let label = |frame: &Frame| if collected.verdict(frame) == Some(true) { Label::Forged } else { Label::Frame };
    let whole = |envelope: &Envelope| format!("{} · {}", envelope.object_id(), words.bytes(envelope.bytes().len()));
    match &sight.seen {
        Err(_) => return text,
        Ok(Content::Picture(picture)) => {
            for (code, frame) in picture.codes.iter().take(MAX_CODES) {
                let about = format!("QR {}-{}", words.number(code.version.into()), code.level);
                match frame {
                    Some(Ok(frame)) => line(label(frame), &format!("{} · {about}", describe(frame))),
                    Some(Err(error)) => line(Label::Refused, &format!("{} · {about}", words.what_happened(error))),
                    None => line(Label::Foreign, &format!("{} · {about}", excerpt(&code.bytes))),
                }
            }
            for (number, unread) in (1..).zip(&picture.unread) {
                line(Label::Unread, &format!("{} · {}", words.number(number), words.why_unread(unread.why)));
            }
        }
        Ok(Content::Text(found)) => {
            Frame::find_all(found).take(MAX_CODES).for_each(|frame| line(label(&frame), &describe(&frame)));
            for envelope in armor::find_all(found).take(MAX_CODES) {
                match envelope {
                    Ok(envelope) => line(Label::Envelope, &whole(&envelope)),
                    Err(error) => line(Label::Refused, &words.what_happened(&error)),
                }
            }
        }
        Ok(Content::Envelope(Ok(envelope))) => line(Label::Envelope, &whole(envelope)),
        Ok(Content::Envelope(Err(error))) => line(Label::Refused, &words.what_happened(error)),
    }
    if text.len() == head {
        text.push_str(&format!("  {}", say::line(words.label(Label::NoCodes), "")));
    }
    text
}

/// Object id, block, symbols of a frame.
fn describe(frame: &Frame) -> String {
    let partition = frame.partition();
    let (block, esi) = partition.at(frame.first());
    let (last_block, last) = partition.at(frame.first() + frame.count() - 1);
    let block = if partition.blocks() == 1 { String::new() } else { format!("{block}:") };
    let last_block = if partition.blocks() == 1 { String::new() } else { format!("{last_block}:") };
    format!("{} · ESI {block}{esi}–{last_block}{last} · K {}", frame.object_id(), partition.source_symbols())
}

/// The beginning of a foreign code's contents.
fn excerpt(bytes: &[u8]) -> String {
    let text = printable(&String::from_utf8_lossy(bytes));
    let head: String = text.chars().take(60).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}

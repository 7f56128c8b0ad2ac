//! `inspect`: what is in each picture.

use serde_json::{Value, json};

use super::arguments::Inspect;
use super::collected::Collected;
use super::forged::Forged;
use super::gather::{self, Seen, Sight};
use super::{COMPLETE, ERROR, json, say};
use crate::codec::frame::Frame;
use crate::codec::letter::printable;
use crate::error::Result;
use crate::words::Label;

pub fn run(options: &Inspect) -> Result<u8> {
    let sights = gather::gather(&options.inputs)?;
    let mut collected = Collected::quiet();
    for sight in &sights {
        collected.take(sight);
    }
    let forged = collected.forged(&collected.objects());
    let mut code = COMPLETE;
    for sight in &sights {
        if let Err(error) = &sight.seen {
            say::error_about(&sight.path, error);
            code = ERROR;
        }
        let told = if options.json {
            format!("{}\n", json::text(&as_json(sight, &forged), false))
        } else {
            as_text(sight, &forged)
        };
        say::result(told.as_bytes())?;
    }
    Ok(code)
}

/// The shape that scripts rely on; see the README.
fn as_json(sight: &Sight, forged: &Forged) -> Value {
    let mut told = json!({ "picture": sight.path });
    if let Some(page) = sight.page {
        told["page"] = json!(page);
    }
    let codes: Vec<Value> = match &sight.seen {
        Ok(Seen::Picture(codes)) => {
            codes.iter().map(|(code, frame)| json::code(code, frame.as_ref(), forged)).collect()
        }
        Ok(Seen::Text(frames, armors)) => {
            told["envelopes"] =
                armors.iter().flatten().map(|envelope| json!(envelope.object_id().to_string())).collect();
            frames.iter().map(|frame| json::pasted(frame, forged)).collect()
        }
        Err(error) => {
            told["error"] = json::error(error);
            Vec::new()
        }
    };
    told["codes"] = json!(codes);
    told
}

fn as_text(sight: &Sight, forged: &Forged) -> String {
    let words = say::language();
    let page = sight.page.map(|page| format!(" ({})", words.number(page))).unwrap_or_default();
    let mut text = format!("{}{page}\n", printable(&sight.path));
    let mut line = |label: Label, value: &str| text.push_str(&format!("  {}", say::line(words.label(label), value)));
    let label = |frame: &Frame| if forged.verdict(frame) == Some(true) { Label::Forged } else { Label::Frame };
    match &sight.seen {
        Err(_) => {}
        Ok(Seen::Picture(codes)) => {
            for (code, frame) in codes {
                let about = format!("QR {}-{}", words.number(code.version.into()), code.level);
                match frame {
                    Some(Ok(frame)) => line(label(frame), &format!("{} · {about}", describe(frame))),
                    Some(Err(error)) => line(Label::Refused, &format!("{} · {about}", words.what_happened(error))),
                    None => line(Label::Foreign, &format!("{} · {about}", excerpt(&code.bytes))),
                }
            }
            if codes.is_empty() {
                line(Label::NoCodes, "");
            }
        }
        Ok(Seen::Text(frames, armors)) => {
            frames.iter().for_each(|frame| line(label(frame), &describe(frame)));
            for envelope in armors {
                match envelope {
                    Ok(envelope) => line(
                        Label::Envelope,
                        &format!("{} · {}", envelope.object_id(), words.bytes(envelope.bytes().len())),
                    ),
                    Err(error) => line(Label::Refused, &words.what_happened(error)),
                }
            }
            if frames.is_empty() && armors.is_empty() {
                line(Label::NoCodes, "");
            }
        }
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

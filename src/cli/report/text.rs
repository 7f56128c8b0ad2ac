//! Reports for people: what went wrong and what came of letters on stderr, what was asked for as text for stdout.

use super::data::{
    InputReport, Inspected, LetterReport, LetterState, LookedAt, Sighted, SightedCode, SightedEnvelope, Verified,
};
use super::names::Names;
use crate::cli::files;
use crate::cli::input::scanned::MAX_CODES;
use crate::cli::terminal::{self, MOST_TOLD};
use crate::codec::frame::Frame;
use crate::codec::letter::printable;
use crate::codec::trust::SignatureStatus;
use crate::error::program::{ProgramError, Result};
use crate::words::{Counts, Label, Words};

/// What was wrong with an input.
pub fn input(report: &InputReport) {
    if let Err(error) = &report.found {
        terminal::error_about(&report.place(), error);
    }
    report.flooded.iter().for_each(terminal::error);
    report.damaged.iter().for_each(|error| terminal::error_about(&report.place(), error));
}

/// What was in all inputs together.
pub fn counts(counts: &Counts) {
    terminal::note(&terminal::language().counts(counts));
}

/// That some codes of a letter are forged.
pub fn forged(letter: &LetterReport) {
    let Some(forged) = &letter.forged else { return };
    let places: Names = forged.places.iter().map(|place| place.to_string()).collect();
    let note = terminal::language().forged_codes(&letter.object_id.to_string(), forged.codes, &places.told());
    terminal::note(&note);
}

/// Who signed a letter, and how its key may be trusted.
pub fn signature(status: &SignatureStatus) {
    terminal::note(&format!("  {}", terminal::language().signature(status)));
    if let SignatureStatus::Unknown { key } = status {
        terminal::note(&format!("  {}", terminal::language().how_to_trust(&key.to_base64())));
    }
}

/// What became of a letter that came whole.
pub fn outcome(letter: &LetterReport) {
    let id = letter.object_id.to_string();
    letter.envelope_error.iter().for_each(terminal::error);
    match &letter.state {
        LetterState::Unopened(error) => terminal::error_about(&id, error),
        LetterState::Opened(opened) => {
            if let (Some(place), Some(about)) = (&opened.written, &opened.about)
                && !files::is_standard(place)
            {
                let place = place.display().to_string();
                terminal::note(&terminal::language().letter_written(&id, &place, about.bytes));
            }
            opened.error.iter().for_each(|error| terminal::error_about(&id, error));
            // Told even if another file is in its place.
            signature(&opened.signature);
        }
        LetterState::Incomplete { .. } | LetterState::Forged | LetterState::NoRoom => {}
    }
}

/// The letters that did not come whole, those that came furthest first.
pub fn not_whole(letters: &[LetterReport]) {
    let words = terminal::language();
    let mut open: Vec<(usize, String)> = letters
        .iter()
        .filter_map(|letter| {
            let id = letter.object_id.to_string();
            match letter.state {
                LetterState::Forged => Some((usize::MAX, words.letter_forged(&id))),
                LetterState::NoRoom => Some((usize::MAX, words.letter_without_room(&id))),
                LetterState::Incomplete { codes } => {
                    Some((letter.received, words.letter_incomplete(&id, letter.received, letter.needed, codes)))
                }
                LetterState::Unopened(_) | LetterState::Opened(_) => None,
            }
        })
        .collect();
    open.sort_by_key(|(received, _)| std::cmp::Reverse(*received));
    open.iter().take(MOST_TOLD).for_each(|(_, text)| terminal::note(text));
    if open.len() > MOST_TOLD {
        terminal::note(&words.and_more(open.len() - MOST_TOLD));
    }
}

/// That pictures had no code at all.
pub fn blank(names: &Names) {
    if !names.is_empty() {
        terminal::note(&terminal::language().no_codes_in(&names.told()));
    }
}

/// What `inspect` shows of one picture, page or text.
pub fn inspected(inspected: &Inspected) -> String {
    let words = terminal::language();
    let page = inspected.page.map(|page| format!(" ({})", words.number(page))).unwrap_or_default();
    let mut text = format!("{}{page}\n", printable(&inspected.path));
    let Ok(found) = &inspected.found else { return text };
    let lines: Vec<(Label, String)> = match found {
        Sighted::Picture { codes, unread } => {
            let codes = codes.iter().take(MAX_CODES).map(|code| code_line(words, code));
            let unread = (1..).zip(unread).map(|(number, unread)| {
                (Label::Unread, format!("{} · {}", words.number(number), words.why_unread(unread.why)))
            });
            codes.chain(unread).collect()
        }
        Sighted::Text { frames, envelopes } => {
            let frames = frames.iter().take(MAX_CODES).map(|code| code_line(words, code));
            frames.chain(envelopes.iter().take(MAX_CODES).map(|envelope| envelope_line(words, envelope))).collect()
        }
        Sighted::Envelope(envelope) => vec![envelope_line(words, envelope)],
    };
    let lines = if lines.is_empty() { vec![(Label::NoCodes, String::new())] } else { lines };
    for (label, value) in lines {
        text.push_str(&format!("  {}", terminal::line(words.label(label), &value)));
    }
    text
}

fn code_line(words: &dyn Words, code: &SightedCode) -> (Label, String) {
    let symbol =
        code.symbol.as_ref().map(|symbol| format!(" · QR {}-{}", words.number(symbol.version.into()), symbol.level));
    let symbol = symbol.unwrap_or_default();
    match &code.frame {
        Some(Ok(frame)) => {
            let label = if code.forged == Some(true) { Label::Forged } else { Label::Frame };
            (label, format!("{}{symbol}", describe(frame)))
        }
        Some(Err(error)) => (Label::Refused, format!("{}{symbol}", what_happened(words, error))),
        None => (Label::Foreign, format!("{}{symbol}", excerpt(&code.bytes))),
    }
}

fn envelope_line(words: &dyn Words, envelope: &Result<SightedEnvelope>) -> (Label, String) {
    match envelope {
        Ok(envelope) => (Label::Envelope, format!("{} · {}", envelope.object_id, words.bytes(envelope.bytes))),
        Err(error) => (Label::Refused, what_happened(words, error)),
    }
}

fn what_happened(words: &dyn Words, error: &ProgramError) -> String {
    let [what, _] = words.program_error(error);
    what
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

/// What `verify` shows.
pub fn verified(verified: &Verified) -> String {
    let words = terminal::language();
    let looked_at = match &verified.looked_at {
        LookedAt::Envelope(id) => terminal::line(words.label(Label::Envelope), &id.to_string()),
        LookedAt::SignatureFile(path) => terminal::line(words.label(Label::SignatureFile), path),
    };
    let comment = verified.comment.as_ref().map(|comment| terminal::line(words.label(Label::Comment), comment));
    format!("{}\n{looked_at}{}", printable(&words.signature(&verified.signature)), comment.unwrap_or_default())
}

//! `reader`: the page alone, or whether a file is it.

use std::path::Path;

use crate::cli::args::ReaderOptions;
use crate::cli::exit::{COMPLETE, ERROR, FALSE};
use crate::cli::output::reader_page::{READER, fingerprint, screen};
use crate::cli::{files, terminal};
use crate::codec::armor;
use crate::codec::envelope::{Envelope, MAX_ENVELOPE};
use crate::error::program::Result;
use crate::words::{Label, PageIs};

pub fn run(options: &ReaderOptions) -> Result<u8> {
    if let Some(path) = &options.check {
        return check(path);
    }
    let Some(out) = &options.out else { return Ok(ERROR) };
    files::write(out, READER.as_bytes(), options.force)?;
    if !files::is_standard(out) {
        terminal::result(
            terminal::line(terminal::language().label(Label::Written), &out.display().to_string()).as_bytes(),
        )?;
        terminal::result(
            terminal::line(terminal::language().label(Label::Sha256), &fingerprint(READER.as_bytes())).as_bytes(),
        )?;
    }
    Ok(COMPLETE)
}

/// Whether a file is the page of this version, byte for byte, or that page with a letter inside.
fn check(path: &Path) -> Result<u8> {
    // A larger file is another page in any case.
    let bytes = files::read_up_to(path, 2 * MAX_ENVELOPE as u64)?;
    let is_page = bytes == READER.as_bytes();
    let holds = || -> Option<Envelope> {
        let text = std::str::from_utf8(&bytes).ok()?;
        let envelope = armor::find_all(text.as_bytes()).next()?.ok()?;
        (screen(&envelope) == text).then_some(envelope)
    };
    let page = if is_page {
        PageIs::Ours
    } else {
        holds().map_or(PageIs::Another, |envelope| PageIs::OursWithLetter(envelope.object_id().to_string()))
    };
    let words = terminal::language();
    terminal::result(format!("{}\n", words.page_is(&page)).as_bytes())?;
    // The published digits are those of the page without a letter.
    let page_alone = if matches!(page, PageIs::Another) { &bytes } else { READER.as_bytes() };
    terminal::result(terminal::line(words.label(Label::Sha256), &fingerprint(page_alone)).as_bytes())?;
    Ok(if page == PageIs::Another { FALSE } else { COMPLETE })
}

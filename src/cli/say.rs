//! Talk: on stderr, in the language of the terminal.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::codec::letter::{is_harmful, printable};
use crate::codec::trust::Answer;
use crate::error::{Error, Result};
use crate::words::{Signed, Words, words};

/// The words of the terminal's language, by the usual variables.
pub fn language() -> &'static dyn Words {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    words(locale.split(['_', '.']).next().unwrap_or_default())
}

/// A line on stderr. Where nobody takes it, the work goes on all the same.
pub fn line_of_talk(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// An error in its two parts.
pub fn error(error: &Error) {
    let words = language();
    line_of_talk(&format!("shabnameh: {}", printable(&words.what_happened(error))));
    line_of_talk(&format!("  {}", printable(&words.what_to_do(error))));
}

/// An error about one of several inputs, after which the work goes on.
pub fn error_about(input: &str, error: &Error) {
    let words = language();
    line_of_talk(&format!("{}: {}", printable(input), printable(&words.what_happened(error))));
    line_of_talk(&format!("  {}", printable(&words.what_to_do(error))));
}

/// Something worth knowing.
pub fn note(text: &str) {
    line_of_talk(&printable(text));
}

/// A result, to stdout.
///
/// # Errors
/// [`Error::File`] where stdout takes no more.
pub fn result(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| Error::File { path: "-".into(), why: error.to_string() })
}

/// Who signed a letter, in words.
pub fn answer(answer: &Answer) -> String {
    let fingerprint = answer.key().map(|key| key.fingerprint().to_string()).unwrap_or_default();
    let fingerprint = fingerprint.as_str();
    language().answer(&match answer {
        Answer::Trusted { name, .. } => Signed::Trusted { name, fingerprint },
        Answer::Unknown { .. } => Signed::Unknown { fingerprint },
        Answer::Unsigned => Signed::Unsigned,
        Answer::False { .. } => Signed::False { fingerprint },
    })
}

/// A letter, to stdout. On a terminal it comes without what could move the cursor, or turn text around: a letter shall not speak for the program.
///
/// # Errors
/// As for [`result`].
pub fn letter(content: &[u8]) -> Result<()> {
    if !std::io::stdout().is_terminal() {
        return result(content);
    }
    let text = String::from_utf8_lossy(content);
    let shown: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_harmful(*c)).collect();
    result(shown.as_bytes())
}

/// A line of a summary: a label and a value.
pub fn line(label: &str, value: &str) -> String {
    format!("{label:<10} {}\n", printable(value))
}

/// A bar of progress.
pub type Progress = ProgressBar;

/// A bar of progress, seen on a terminal only.
pub fn progress(steps: u64) -> Progress {
    let bar = ProgressBar::new(steps);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

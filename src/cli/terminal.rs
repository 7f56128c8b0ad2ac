//! The terminal: messages on stderr in its language, results on stdout, progress.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::codec::letter::{is_harmful, printable};
use crate::error::program::{ProgramError, Result};
use crate::words::{Words, words};

/// Most things of one kind that are each told on their own, as letters that are not complete, or damaged armors: a
/// flood shall not hide what matters.
pub const MOST_TOLD: usize = 20;

/// The words of the terminal's language, by the usual variables.
pub fn language() -> &'static dyn Words {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default();
    words(locale.split(['_', '.']).next().unwrap_or_default())
}

/// A line on stderr. If stderr is closed, the work goes on.
pub fn status_line(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// An error in its two parts.
pub fn error(error: &ProgramError) {
    let [what, todo] = language().program_error(error);
    tell("shabnameh", &what, &todo);
}

/// An error about one of several inputs, after which the work goes on.
pub fn error_about(input: &str, error: &ProgramError) {
    let [what, todo] = language().program_error(error);
    // Errors of files begin with the path.
    let what = what.strip_prefix(&format!("{input}: ")).unwrap_or(&what);
    tell(&printable(input), what, &todo);
}

fn tell(about: &str, what: &str, todo: &str) {
    status_line(&format!("{about}: {}", printable(what)));
    status_line(&format!("  {}", printable(todo)));
}

/// Something worth knowing.
pub fn note(text: &str) {
    status_line(&printable(text));
}

/// A result, to stdout.
///
/// # Errors
/// [`ProgramError::File`] where stdout takes no more.
pub fn result(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| ProgramError::file("-", &error))
}

/// What each line of a letter begins with on a terminal.
const LETTER_LINE: &str = "│ ";

/// A letter, to stdout. On a terminal it is shown without control characters, and each line behind a bar, so that it
/// cannot imitate messages of the program. In a pipe its bytes are unchanged.
///
/// # Errors
/// As for [`result`].
pub fn letter(content: &[u8]) -> Result<()> {
    if !std::io::stdout().is_terminal() {
        return result(content);
    }
    let (_, columns) = console::Term::stdout().size();
    result(behind_bars(&String::from_utf8_lossy(content), columns.into()).as_bytes())
}

/// A letter's lines behind bars, for a terminal of `columns`. All kinds of line breaks are handled, and lines are
/// wrapped here: a line wrapped by the terminal would begin without a bar.
fn behind_bars(text: &str, columns: usize) -> String {
    let room = columns.saturating_sub(2 * LETTER_LINE.chars().count()).max(8);
    let breaks = ['\n', '\u{B}', '\u{C}', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = text.replace("\r\n", "\n");
    let line = |line: &str| {
        let shown = line.replace('\t', "    ");
        let mut told = LETTER_LINE.to_owned();
        let mut left = room;
        for character in shown.chars().filter(|c| !is_harmful(*c)) {
            // Other characters count as two columns: terminals disagree on their width.
            let width = if character.is_ascii() || character.is_alphabetic() && character < '\u{1100}' { 1 } else { 2 };
            if width > left {
                told.push_str(&format!("\n{LETTER_LINE}"));
                left = room;
            }
            left -= width;
            told.push(character);
        }
        told + "\n"
    };
    text.strip_suffix('\n').unwrap_or(&text).split(breaks).map(line).collect()
}

/// A line of a summary: a label and a value.
pub fn line(label: &str, value: &str) -> String {
    format!("{label:<10} {}\n", printable(value))
}

/// A bar of progress.
pub type Bar = ProgressBar;

/// A bar of progress, seen on a terminal only.
pub fn progress(steps: u64) -> Bar {
    let bar = ProgressBar::new(steps);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta} {msg}") {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_letter_stands_behind_a_bar_on_a_terminal() {
        let text = "one\r\ntwo\u{2028}three\rfour\u{1b}[2K\n\n";
        assert_eq!(behind_bars(text, 80), "│ one\n│ two\n│ three\n│ four[2K\n│ \n");
        let long = "x".repeat(200) + "signed by a key you trust";
        assert!(behind_bars(&long, 80).lines().all(|line| line.starts_with("│ ") && line.chars().count() < 80));
    }
}

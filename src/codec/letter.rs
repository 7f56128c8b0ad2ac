//! A letter: the content and what is said about it.

use super::language::guess_language;
use super::look;
use crate::error::{Error, Result};

/// Most bytes of a letter's content, 16 MiB.
pub const MAX_CONTENT: usize = 16 * 1024 * 1024;
/// Most bytes of UTF-8 of a name or title: their length is one byte.
pub const MAX_STRING: usize = 255;
/// Most bytes of a language tag.
pub const MAX_LANGUAGE: usize = 35;

/// What kind of bytes the content is (format.md, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// Any file.
    OctetStream,
    /// Plain text in UTF-8.
    PlainText,
    /// Markdown in UTF-8.
    Markdown,
    /// A type of a later version, 3 to 255; treated as [`MediaType::OctetStream`].
    Other(u8),
}

impl MediaType {
    /// The number that stands in the envelope.
    pub fn id(self) -> u8 {
        match self {
            MediaType::OctetStream => 0,
            MediaType::PlainText => 1,
            MediaType::Markdown => 2,
            MediaType::Other(id) => id,
        }
    }

    /// The type behind a number of the envelope.
    pub fn from_id(id: u8) -> Self {
        match id {
            0 => MediaType::OctetStream,
            1 => MediaType::PlainText,
            2 => MediaType::Markdown,
            id => MediaType::Other(id),
        }
    }

    fn is_text(self) -> bool {
        matches!(self, MediaType::PlainText | MediaType::Markdown)
    }
}

/// What a person wrote, or any file, with its name, language and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    content: Vec<u8>,
    media_type: MediaType,
    name: String,
    language: String,
    title: String,
}

impl Letter {
    /// A letter from a file's bytes and its base name: text where the bytes are UTF-8 without NUL, Markdown where the
    /// name ends in `.md`; its language guessed from its script, no title.
    ///
    /// # Errors
    /// [`Error::LetterEmpty`], [`Error::LetterTooLarge`], [`Error::FieldTooLong`] for the name.
    pub fn new(content: Vec<u8>, name: &str) -> Result<Self> {
        let text = std::str::from_utf8(&content).ok().filter(|text| !text.contains('\0'));
        let (media_type, language) = match text {
            None => (MediaType::OctetStream, ""),
            Some(text) if name.ends_with(".md") => (MediaType::Markdown, guess_language(text)),
            Some(text) => (MediaType::PlainText, guess_language(text)),
        };
        Self::from_parts(content, media_type, name.to_owned(), language.to_owned(), String::new())
    }

    /// A letter from its parts, as an envelope gives them: the one checking door.
    ///
    /// # Errors
    /// As for [`Letter::new`], and [`Error::FieldInvalid`] for a language that is no tag.
    pub fn from_parts(
        content: Vec<u8>,
        media_type: MediaType,
        name: String,
        language: String,
        title: String,
    ) -> Result<Self> {
        if content.is_empty() {
            return Err(Error::LetterEmpty);
        }
        if content.len() > MAX_CONTENT {
            return Err(Error::LetterTooLarge { bytes: content.len() as u64, max: MAX_CONTENT as u64 });
        }
        check_length("name", &name, MAX_STRING)?;
        check_length("title", &title, MAX_STRING)?;
        check_length("language", &language, MAX_LANGUAGE)?;
        if !language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(Error::FieldInvalid { field: "language" });
        }
        Ok(Letter { content, media_type, name, language, title })
    }

    /// The same letter with another language tag.
    ///
    /// # Errors
    /// [`Error::FieldTooLong`], [`Error::FieldInvalid`].
    pub fn with_language(self, language: &str) -> Result<Self> {
        Self::from_parts(self.content, self.media_type, self.name, language.to_owned(), self.title)
    }

    /// The same letter with another title.
    ///
    /// # Errors
    /// [`Error::FieldTooLong`].
    pub fn with_title(self, title: &str) -> Result<Self> {
        Self::from_parts(self.content, self.media_type, self.name, self.language, title.to_owned())
    }

    /// The bytes of the letter, 1 to [`MAX_CONTENT`].
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// The content as text; `None` where it is a file, or claims to be text and is not.
    pub fn text(&self) -> Option<&str> {
        if self.media_type.is_text() { std::str::from_utf8(&self.content).ok() } else { None }
    }

    /// What kind of bytes the content is.
    pub fn media_type(&self) -> MediaType {
        self.media_type
    }

    /// The file name, as the sender gave it. From outside it is hostile: write files under [`safe_file_name`] only.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The BCP 47 language tag, or nothing.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The title, or nothing. From outside it is hostile: see [`printable`].
    pub fn title(&self) -> &str {
        &self.title
    }
}

fn check_length(field: &'static str, text: &str, max: usize) -> Result<()> {
    if text.len() > max { Err(Error::FieldTooLong { field, bytes: text.len(), max }) } else { Ok(()) }
}

/// A text from outside made harmless for a terminal or a page: control characters and those that change the direction
/// of what follows are left out.
pub fn printable(text: &str) -> String {
    text.chars().filter(|character| !is_harmful(*character)).collect()
}

/// Whether a character could move a cursor, hide, or turn around what follows: C0, C1, line separators, what is not
/// seen, and the bidirectional embeddings, overrides and isolates. ZWNJ, ZWJ and the plain marks are part of writing
/// and stay.
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// Most bytes of a file name that every common file system takes, with room for an ending of ours.
const MAX_FILE_NAME: usize = 200;

/// Endings of files that a system shows or plays, and does not run: texts, pictures, sound, film.
const TAME: [&str; 27] = [
    "txt", "text", "md", "pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif", "mp3",
    "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v", "mov", "webm", "3gp",
];

impl Letter {
    /// The name of the file that the letter becomes (format.md, section 1.5): its own name, made safe. Where nobody who
    /// is trusted signed it, an ending that a system may run gets a harmless one behind it.
    pub fn file_name(&self, is_trusted: bool) -> String {
        let name = safe_file_name(&self.name);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if is_trusted || ending.is_none_or(|ending| TAME.contains(&ending.as_str())) {
            return name;
        }
        format!("{name}.{}", if self.text().is_some() { "txt" } else { "bin" })
    }
}

/// Reduces a name from outside to a base name that is safe on every system: the part behind the last separator, without
/// control or direction characters or any that is not seen, without those that some system forbids, without leading or
/// trailing dots and spaces, never a device name. Where nothing is left, `letter`. What its ending does is another
/// matter: see [`Letter::file_name`].
pub fn safe_file_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let mut kept: String =
        look::visible(&printable(base)).chars().filter(|c| !matches!(c, '<' | '>' | '"' | '|' | '?' | '*')).collect();
    // Many spaces are a line of one's own on a terminal.
    kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    while kept.len() > MAX_FILE_NAME {
        kept.pop();
    }
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = kept.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || ["COM", "LPT"].iter().any(|port| {
            stem.strip_prefix(port).is_some_and(|rest| {
                let mut rest = rest.chars();
                matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
            })
        });
    if kept.is_empty() || !kept.chars().any(char::is_alphanumeric) {
        "letter".to_owned()
    } else if device {
        format!("letter-{kept}")
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_outside_become_harmless() {
        let cases = [
            ("../../x", "x"),
            ("..\\..\\x.txt", "x.txt"),
            ("C:\\windows\\نامه.txt", "نامه.txt"),
            ("CON", "letter-CON"),
            ("con.txt", "letter-con.txt"),
            ("LPT1.md", "letter-LPT1.md"),
            ("COMMON.txt", "COMMON.txt"),
            ("a\u{1b}[31mb\n.txt", "a[31mb.txt"),
            ("\u{202E}txt.exe", "txt.exe"),
            (".bashrc", "bashrc"),
            ("..", "letter"),
            ("", "letter"),
            ("///", "letter"),
            ("می‌رود.txt", "می‌رود.txt"),
            ("a   \u{200B}  b.txt", "a b.txt"),
            ("\u{3164}", "letter"),
            ("a\u{34F}\u{FE0F}b\u{200D}.txt", "ab.txt"),
        ];
        for (given, wanted) in cases {
            assert_eq!(safe_file_name(given), wanted, "{given:?}");
        }
        assert!(safe_file_name(&"ن".repeat(300)).len() <= MAX_FILE_NAME);
    }

    #[test]
    fn what_a_system_may_run_gets_a_harmless_ending_unless_someone_trusted_signed_it() {
        let cases = [
            ("evil.html", "evil.html.txt", "evil.html.bin"),
            ("x.library-ms", "x.library-ms.txt", "x.library-ms.bin"),
            ("desktop.ini", "desktop.ini.txt", "desktop.ini.bin"),
            ("run.desktop", "run.desktop.txt", "run.desktop.bin"),
            ("letter.txt.exe", "letter.txt.exe.txt", "letter.txt.exe.bin"),
            ("a.t\u{3164}xt\u{FE0F}", "a.txt", "a.txt"),
            ("a.e\u{200D}xe. .", "a.exe.txt", "a.exe.bin"),
            ("نامه.TXT", "نامه.TXT", "نامه.TXT"),
            ("photo.jpg", "photo.jpg", "photo.jpg"),
            ("letter", "letter", "letter"),
        ];
        for (given, text, bytes) in cases {
            let name = |content: &[u8], trusted| Letter::new(content.to_vec(), given).unwrap().file_name(trusted);
            assert_eq!((name(b"a", false).as_str(), name(b"\xFF", false).as_str()), (text, bytes), "{given:?}");
            assert_eq!(name(b"\xFF", true), safe_file_name(given));
        }
    }
}

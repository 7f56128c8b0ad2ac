//! The archives that documents are: ZIP. The one file that names zip.

use std::io::{Cursor, Read};

use super::encoding::unicode;
use crate::error::{Error, Result};

/// Most bytes of a text that is read: that of a book.
pub(super) const MOST_TEXT: u64 = 32 * 1024 * 1024;
/// Most bytes of a part that stands beside it.
pub(super) const MOST_PART: u64 = 4 * 1024 * 1024;

/// A ZIP archive in memory.
pub struct Package<'a>(zip::ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    /// Opens an archive; nothing where it is none.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        zip::ZipArchive::new(Cursor::new(bytes)).ok().map(Package)
    }

    /// The bytes of a file in it, at most so many.
    pub fn read(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let file = self.0.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A file in it that is XML, as text; nothing where it is not there, or is no XML.
    ///
    /// # Errors
    /// [`Error::DocumentTooLarge`] where it has more bytes than `most`.
    pub(super) fn xml(&mut self, name: &str, most: u64) -> Result<Option<String>> {
        let Some(bytes) = self.read(name, most + 1) else { return Ok(None) };
        if bytes.len() as u64 > most {
            return Err(Error::DocumentTooLarge { max: most });
        }
        // Most of the time the bytes themselves become the text.
        let text = String::from_utf8(bytes);
        Ok(text.map_or_else(|error| unicode(error.as_bytes()).map(|text| text.into_owned()), Some))
    }

    /// The names of the files in it, how many bytes each takes there, and how many it is said to have, in the order of
    /// its contents.
    pub fn files(&mut self) -> Vec<(String, u64, u64)> {
        let all = 0..self.0.len();
        let file = |at| {
            let file = self.0.by_index_raw(at).ok().filter(|file| file.is_file())?;
            Some((file.name().ok()?.into_owned(), file.compressed_size(), file.size()))
        };
        all.filter_map(file).collect()
    }

    /// Whether it has a file.
    pub fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }
}

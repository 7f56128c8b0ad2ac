//! Archives of pictures and texts, as messengers and clouds hand them out: ZIP.

use crate::cli::files::Input;
use crate::documents::package::Package;
use crate::error::Error;
use crate::error::fault::PictureFault;
use crate::error::program::{ProgramError, Result};

/// Most files of an archive that are looked at.
const MAX_FILES: usize = 10_000;
/// Most bytes of one of them.
const MAX_FILE: u64 = 256 * 1024 * 1024;
/// Most bytes of all of them together, and further ones for each byte of the archive: pictures hardly compress.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
const UNPACKED_PER_BYTE: u64 = 4;

/// Whether bytes begin as a ZIP archive.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Gives each file of an archive in the order of its directory. It counts as a file in a folder, with its packed size.
/// The inner result tells why not all files were given.
///
/// # Errors
/// Those of `take`.
pub fn files(
    bytes: &[u8],
    archive: &Input,
    take: &mut dyn FnMut(Input, Result<Vec<u8>>) -> Result<()>,
) -> Result<Result<()>> {
    let Some(mut package) = Package::open(bytes) else {
        return Ok(Err(Error::Picture { why: PictureFault::Zip }.into()));
    };
    let files = package.files();
    // Packed sizes are as the archive claims, but together no more than its own size.
    let mut own = bytes.len() as u64;
    let mut left = MAX_UNPACKED.saturating_add(UNPACKED_PER_BYTE.saturating_mul(bytes.len() as u64));
    for (number, (name, size, length)) in files.iter().enumerate() {
        // Charged before unpacking: a damaged file may take the time of its claimed length.
        let most = (*length).min(MAX_FILE);
        if number == MAX_FILES || most > left {
            return Ok(Err(ProgramError::ArchiveTooLarge { read: number }));
        }
        left -= most;
        let path = format!("{}/{name}", archive.path.display()).into();
        let size = (*size).min(own);
        own -= size;
        let input = Input { path, named: false, size };
        let file = package.read(name, most + 1).filter(|file| file.len() as u64 <= most);
        let unpacked = || Error::Picture { why: PictureFault::Packed };
        take(input, file.ok_or_else(|| unpacked().into()))?;
    }
    Ok(Ok(()))
}

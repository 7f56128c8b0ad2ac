//! Files in and out. Nothing that exists is overwritten unasked, and what is written appears whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::unfinished::Unfinished;
pub use super::unfinished::failed;
use crate::codec::secret::SecretBytes;
use crate::error::fault::FileFault;
use crate::error::program::{ProgramError, Result};

/// Most bytes of one file read.
const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// Most files taken from folders.
const MAX_FILES: usize = 100_000;

/// Whether a path means standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether two paths lead to the same file.
pub fn is_same(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}

/// A file, or standard input for `-`.
fn open(path: &Path) -> Result<Box<dyn Read>> {
    if is_standard(path) {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    Ok(Box::new(fs::File::open(path).map_err(|error| failed(path, error))?))
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    read_up_to(path, MAX_FILE)
}

/// Reads a file of at most `max` bytes, and one more byte of a longer one.
pub fn read_up_to(path: &Path, max: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(max + 1).read_to_end(&mut bytes).map_err(|error| failed(path, error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ProgramError::fault(path.display(), FileFault::TooLarge));
    }
    Ok(bytes)
}

/// Most bytes of the head of a file.
const HEAD: u64 = 1_024;

/// The first bytes of a file that can be read again; of others, and of what cannot be read, none.
pub fn head(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    if path.is_file()
        && let Ok(file) = fs::File::open(path)
    {
        let _ = file.take(HEAD).read_to_end(&mut bytes);
    }
    bytes
}

/// Reads a short file that holds a secret: no copy of it is left behind.
pub fn read_secret(path: &Path, max: u64) -> Result<SecretBytes> {
    let mut bytes = SecretBytes::new(Vec::with_capacity(max as usize + 1));
    open(path)?.take(max + 1).read_to_end(&mut bytes).map_err(|error| failed(path, error))?;
    Ok(bytes)
}

/// A file to look at: how it is named, and whether the person named it, or it lay in a folder.
#[derive(Debug, Clone)]
pub struct Input {
    pub path: PathBuf,
    pub named: bool,
    /// Its size in bytes, as far as it is known before it is read.
    pub size: u64,
}

impl Input {
    fn new(path: PathBuf, named: bool) -> Self {
        let size = fs::metadata(&path).map(|metadata| metadata.len()).unwrap_or_default();
        Input { path, named, size }
    }
}

/// The files that were named, and those in folders that were, sorted by name; links in folders are not followed.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut inputs)?;
        } else {
            inputs.push(Input::new(path.clone(), true));
        }
    }
    Ok(inputs)
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, error))?;
    let mut entries: Vec<fs::DirEntry> =
        entries.collect::<std::io::Result<_>>().map_err(|error| failed(folder, error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(|error| failed(&entry.path(), error))?;
        if kind.is_dir() {
            walk(&entry.path(), inputs)?;
        } else if kind.is_file() {
            inputs.push(Input::new(entry.path(), false));
        }
        if inputs.len() > MAX_FILES {
            return Err(ProgramError::fault(folder.display(), FileFault::TooManyFiles));
        }
    }
    Ok(())
}

/// Writes files, each whole or not at all; none where any of them may not be written.
pub fn write_all(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<()> {
    for (path, bytes) in files.iter().filter(|(path, _)| !is_standard(path)) {
        free(path, bytes, force)?;
    }
    files.iter().try_for_each(|(path, bytes)| write(path, bytes, force))
}

/// Writes a file whole or not at all, or standard output for `-`.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_by(path, bytes, force, false)
}

/// Writes a file that only its owner may read, where the system knows owners.
pub fn write_secret(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_by(path, bytes, force, true)
}

fn write_by(path: &Path, bytes: &[u8], force: bool, secret: bool) -> Result<()> {
    if is_standard(path) {
        return super::terminal::result(bytes);
    }
    if !free(path, bytes, force)? {
        return Ok(());
    }
    let folder = parent(path);
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let name = path.file_name().ok_or_else(|| ProgramError::fault(path.display(), FileFault::NoName))?;
    let mut part = Unfinished::file(folder, &name.to_string_lossy(), secret)?;
    fill(part.path(), &part.file, bytes)?;
    part.finish(path)
}

/// Whether these bytes have to be written to a path; not if the file has them already.
///
/// # Errors
/// [`ProgramError::Exists`] where something else stands there, unless `force`.
fn free(path: &Path, bytes: &[u8], force: bool) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Err(_) => Ok(true),
        Ok(there)
            if there.is_file() && there.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes) =>
        {
            Ok(false)
        }
        // Devices and pipes hold nothing that could be overwritten.
        Ok(there) if force && (there.is_file() || there.is_symlink()) => Ok(true),
        Ok(_) => Err(ProgramError::Exists { path: path.display().to_string() }),
    }
}

/// The path of a file beside another: its name with one more extension.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}

/// The folder that a path is in.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub fn fill(path: &Path, mut file: &fs::File, bytes: &[u8]) -> Result<()> {
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| failed(path, error))
}

//! Files in and out. Nothing that exists is overwritten unasked, and what is written appears whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Most bytes of one file read.
const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// Most files taken from folders.
const MAX_FILES: usize = 100_000;

/// The error of a path.
pub fn failed(path: &Path, error: impl std::fmt::Display) -> Error {
    Error::File { path: path.display().to_string(), why: error.to_string() }
}

/// Whether a path means standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a file, or standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    read_up_to(path, MAX_FILE)
}

/// Reads a file of at most `max` bytes, and one more byte of a longer one.
pub fn read_up_to(path: &Path, max: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if is_standard(path) {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(fs::File::open(path).map_err(|e| failed(path, e))?)
    };
    source.take(max + 1).read_to_end(&mut bytes).map_err(|error| failed(path, error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(failed(path, format!("it has more than {MAX_FILE} bytes")));
    }
    Ok(bytes)
}

/// A file to look at: how it was named, and whether the person named it, or it lay in a folder.
#[derive(Debug, Clone)]
pub struct Input {
    pub path: PathBuf,
    pub named: bool,
}

/// The files that were named, and those in folders that were, sorted by name; links in folders are not followed.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut inputs)?;
        } else {
            inputs.push(Input { path: path.clone(), named: true });
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
            inputs.push(Input { path: entry.path(), named: false });
        }
        if inputs.len() > MAX_FILES {
            return Err(failed(folder, format!("it holds more than {MAX_FILES} files")));
        }
    }
    Ok(())
}

/// Writes a file whole or not at all, or standard output for `-`.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    if is_standard(path) {
        return super::say::result(bytes);
    }
    if !free(path, bytes, force)? {
        return Ok(());
    }
    let folder = parent(path);
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let part = part_of(path)?;
    let written = write_new(&part, bytes).and_then(|()| fs::rename(&part, path).map_err(|error| failed(path, error)));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

/// Whether these bytes are still to be written to a path: not where they stand there already.
///
/// # Errors
/// [`Error::Exists`] where something else stands there, unless `force`.
fn free(path: &Path, bytes: &[u8], force: bool) -> Result<bool> {
    match fs::symlink_metadata(path) {
        Err(_) => Ok(true),
        Ok(there)
            if there.is_file() && there.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes) =>
        {
            Ok(false)
        }
        Ok(there) if force && !there.is_dir() => Ok(true),
        Ok(_) => Err(Error::Exists { path: path.display().to_string() }),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where something is written before it is moved to its path.
fn part_of(path: &Path) -> Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| failed(path, "it names no file"))?;
    Ok(parent(path).join(format!(".{}.shabnameh-part", name.to_string_lossy())))
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = fs::File::create(path).map_err(|error| failed(path, error))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| failed(path, error))
}

/// A folder that appears whole or not at all: files are written beside it, and moved into it at the end.
pub struct Kit {
    out: PathBuf,
    stage: PathBuf,
    force: bool,
    /// What will stand in the folder: names of files and folders.
    entries: Vec<PathBuf>,
    /// Whether a kit of ours stood there before.
    replaces_kit: bool,
    done: bool,
}

impl Kit {
    /// Begins a kit that will become `out`.
    ///
    /// # Errors
    /// [`Error::File`] where nothing can be written there, or a file stands there.
    pub fn begin(out: &Path, force: bool) -> Result<Self> {
        if out.exists() && !out.is_dir() {
            return Err(Error::Exists { path: out.display().to_string() });
        }
        let parent = parent(out);
        fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        // A folder of the current one has no name of its own.
        let stage = if out.file_name().is_some() { part_of(out)? } else { out.join(".shabnameh-part") };
        if stage.exists() {
            fs::remove_dir_all(&stage).map_err(|error| failed(&stage, error))?;
        }
        fs::create_dir(&stage).map_err(|error| failed(&stage, error))?;
        let replaces_kit = out.join("armor.txt").is_file() && out.join("leaflet.pdf").is_file();
        Ok(Kit { out: out.to_owned(), stage, force, entries: Vec::new(), replaces_kit, done: false })
    }

    /// Writes a file, by its path within the folder, one folder deep at most.
    pub fn write(&mut self, path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let path = path.as_ref();
        let entry = path.iter().next().map(PathBuf::from).unwrap_or_default();
        if entry != path {
            let folder = self.stage.join(&entry);
            fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
        }
        if !self.entries.contains(&entry) {
            self.entries.push(entry);
        }
        write_new(&self.stage.join(path), bytes)
    }

    /// Moves all of it to its place.
    ///
    /// # Errors
    /// [`Error::Exists`] where something else stands in the place of any part of it, unless forced; then nothing is changed.
    pub fn finish(mut self) -> Result<()> {
        if !self.out.exists() {
            fs::rename(&self.stage, &self.out).map_err(|error| failed(&self.out, error))?;
            self.done = true;
            return Ok(());
        }
        let mut moves = Vec::new();
        for entry in &self.entries {
            let (new, place) = (self.stage.join(entry), self.out.join(entry));
            if same(&new, &place) {
                continue;
            }
            if place.symlink_metadata().is_ok() && !self.force {
                return Err(Error::Exists { path: place.display().to_string() });
            }
            moves.push((new, place));
        }
        for (new, place) in moves {
            if new.is_dir() && place.is_dir() {
                self.merge(&new, &place)?;
            } else {
                // A file takes the place of a file; a folder in the place of a file, or the other way, is not ours to clear away.
                fs::rename(&new, &place).map_err(|error| failed(&place, error))?;
            }
        }
        Ok(())
    }

    /// Moves the files of a new folder into an old one. Numbered pictures of an earlier kit go, so that two letters do not mix; whatever else
    /// lies there stays.
    fn merge(&self, new: &Path, place: &Path) -> Result<()> {
        let names = |folder: &Path| -> Result<Vec<std::ffi::OsString>> {
            let entries = fs::read_dir(folder).map_err(|error| failed(folder, error))?;
            Ok(entries.flatten().map(|entry| entry.file_name()).collect())
        };
        let wanted = names(new)?;
        for name in &wanted {
            fs::rename(new.join(name), place.join(name)).map_err(|error| failed(&place.join(name), error))?;
        }
        let numbered = |name: &std::ffi::OsStr| {
            let name = name.to_string_lossy();
            name.strip_suffix(".png")
                .is_some_and(|stem| stem.len() >= 3 && stem.bytes().all(|byte| byte.is_ascii_digit()))
        };
        for name in
            names(place)?.into_iter().filter(|name| self.replaces_kit && numbered(name) && !wanted.contains(name))
        {
            fs::remove_file(place.join(&name)).map_err(|error| failed(&place.join(&name), error))?;
        }
        Ok(())
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.stage);
        }
    }
}

/// Whether two files, or two folders of files, have the same names and bytes.
fn same(a: &Path, b: &Path) -> bool {
    if a.is_dir() && b.is_dir() {
        let names = |folder: &Path| -> Option<Vec<std::ffi::OsString>> {
            let mut names: Vec<_> = fs::read_dir(folder)
                .ok()?
                .map(|entry| entry.map(|e| e.file_name()))
                .collect::<std::io::Result<_>>()
                .ok()?;
            names.sort();
            Some(names)
        };
        return match (names(a), names(b)) {
            (Some(left), Some(right)) => left == right && left.iter().all(|name| same(&a.join(name), &b.join(name))),
            _ => false,
        };
    }
    a.is_file() && b.is_file() && matches!((fs::read(a), fs::read(b)), (Ok(left), Ok(right)) if left == right)
}

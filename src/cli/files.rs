//! Files in and out. Nothing that exists is overwritten unasked, and what is written appears whole or not at all.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::codec::secret::SecretBytes;
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
        return Err(failed(path, format!("it has more than {MAX_FILE} bytes")));
    }
    Ok(bytes)
}

/// Reads a short file that holds a secret: no copy of it is left behind.
pub fn read_secret(path: &Path, max: u64) -> Result<SecretBytes> {
    let mut bytes = SecretBytes::new(Vec::with_capacity(max as usize + 1));
    open(path)?.take(max + 1).read_to_end(&mut bytes).map_err(|error| failed(path, error))?;
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

/// Writes files, each whole or not at all; none where any of them may not be written.
pub fn write_all(files: &[(PathBuf, Vec<u8>)], force: bool) -> Result<()> {
    for (path, bytes) in files.iter().filter(|(path, _)| !is_standard(path)) {
        free(path, bytes, force)?;
    }
    files.iter().try_for_each(|(path, bytes)| write(path, bytes, force))
}

/// Writes a file whole or not at all, or standard output for `-`.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_by(path, bytes, force, create)
}

/// Writes a file that only its owner may read, where the system knows owners.
pub fn write_secret(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    write_by(path, bytes, force, create_secret)
}

fn write_by(path: &Path, bytes: &[u8], force: bool, create: fn(&Path) -> std::io::Result<fs::File>) -> Result<()> {
    if is_standard(path) {
        return super::say::result(bytes);
    }
    if !free(path, bytes, force)? {
        return Ok(());
    }
    let folder = parent(path);
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let name = path.file_name().ok_or_else(|| failed(path, "it names no file"))?;
    let (part, file) = fresh(folder, &name.to_string_lossy(), create)?;
    let written = fill(&part, file, bytes).and_then(|()| fs::rename(&part, path).map_err(|error| failed(path, error)));
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
        // Devices and pipes are nobody's old letter.
        Ok(there) if force && (there.is_file() || there.is_symlink()) => Ok(true),
        Ok(_) => Err(Error::Exists { path: path.display().to_string() }),
    }
}

/// The path of a file that belongs to another: its name, and one more ending.
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

/// Makes something new that has no name yet, in a folder: the first of a row of names that nothing has. What stands there, a link too, is left
/// alone, whoever put it there.
fn fresh<T>(folder: &Path, name: &str, make: impl Fn(&Path) -> std::io::Result<T>) -> Result<(PathBuf, T)> {
    // A name that is as long as names may be has no room for more.
    let name: String = name.chars().take(40).collect();
    for number in 0..MAX_FRESH {
        let path = folder.join(format!(".{name}.shabnameh-part-{number}"));
        match make(&path) {
            Ok(made) => return Ok((path, made)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, error)),
        }
    }
    Err(failed(folder, "it is full of unfinished files"))
}

/// Most names tried for something new.
const MAX_FRESH: usize = 1_000;

fn create(path: &Path) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create_new(true).open(path)
}

fn create_secret(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn fill(path: &Path, mut file: fs::File, bytes: &[u8]) -> Result<()> {
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| failed(path, error))
}

/// A kind of kit: the files that tell it, its folder of pictures, and which names in that are its own.
struct Kind {
    marks: &'static [&'static str],
    /// Files that only some of its kits have.
    optional: &'static [&'static str],
    folder: &'static str,
    owns: fn(&str) -> bool,
}

const KINDS: [Kind; 2] = [
    Kind {
        marks: &["armor.txt", "leaflet.pdf"],
        optional: &["cards.pdf", "screen.gif"],
        folder: "frames",
        owns: |name| {
            let stem = name.strip_suffix(".png").unwrap_or_default();
            stem.len() >= 3 && stem.bytes().all(|byte| byte.is_ascii_digit())
        },
    },
    Kind {
        marks: &["trial.json", "trial.svg"],
        optional: &[],
        folder: "pictures",
        owns: |name| {
            let digits = name.bytes().take_while(u8::is_ascii_digit).count();
            digits >= 3 && (name.ends_with("-failure.jpg") || name.ends_with("-success.jpg"))
        },
    },
];

/// A folder that appears whole or not at all: files are written into a stage, and moved to their places at the end.
pub struct Kit {
    out: PathBuf,
    /// Within `out` where that is there, as it may be a disk of its own; else beside it.
    stage: PathBuf,
    /// Folders above `out` that were made for it.
    made: Vec<PathBuf>,
    force: bool,
    /// Paths of the files within the folder.
    files: Vec<PathBuf>,
    done: bool,
}

impl Kit {
    /// Begins a kit that will become `out`.
    ///
    /// # Errors
    /// [`Error::File`] where nothing can be written there, [`Error::Exists`] where a file stands there.
    pub fn begin(out: &Path, force: bool) -> Result<Self> {
        if out.symlink_metadata().is_ok() && !out.is_dir() {
            return Err(Error::Exists { path: out.display().to_string() });
        }
        let parent = parent(out);
        let made: Vec<PathBuf> = parent
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
            .map(Path::to_owned)
            .collect();
        fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (stage, ()) = fresh(if out.is_dir() { out } else { parent }, &name, |path| fs::create_dir(path))?;
        Ok(Kit { out: out.to_owned(), stage, made, force, files: Vec::new(), done: false })
    }

    /// Writes a file, by its path within the folder, one folder deep at most.
    pub fn write(&mut self, path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let staged = self.stage.join(&path);
        let folder = parent(&staged);
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        self.files.push(path.as_ref().to_owned());
        fill(&staged, create(&staged).map_err(|error| failed(&staged, error))?, bytes)
    }

    /// Moves all of it to its place.
    ///
    /// # Errors
    /// [`Error::Exists`] where something else stands in the place of any part of it, unless forced. After any error all is as it was.
    pub fn finish(mut self) -> Result<()> {
        if !self.out.exists() {
            fs::rename(&self.stage, &self.out).map_err(|error| failed(&self.out, error))?;
            self.done = true;
            return Ok(());
        }
        let mut entries: Vec<PathBuf> =
            self.files.iter().filter_map(|path| path.iter().next()).map(PathBuf::from).collect();
        // Files of one folder were written one after the other.
        entries.dedup();
        let changed: Vec<&PathBuf> =
            entries.iter().filter(|entry| !same(&self.stage.join(entry), &self.out.join(entry))).collect();
        let taken = |entry: &&&PathBuf| self.out.join(entry).symlink_metadata().is_ok();
        if let Some(entry) = changed.iter().find(taken).filter(|_| !self.force) {
            return Err(Error::Exists { path: self.out.join(entry).display().to_string() });
        }
        // Through a link a file would end up somewhere else.
        let folders = self.files.iter().filter_map(|path| path.parent()).map(|folder| self.out.join(folder));
        let link = |folder: &PathBuf| *folder != self.out.join("") && folder.is_symlink();
        if let Some(link) = folders.into_iter().find(link) {
            return Err(Error::Exists { path: link.display().to_string() });
        }
        let files = self.files.iter().filter(|path| changed.iter().any(|entry| path.starts_with(entry)));
        let mut moves: Vec<(Option<PathBuf>, PathBuf)> =
            files.map(|path| (Some(self.stage.join(path)), self.out.join(path))).collect();
        moves.extend(self.stale()?.into_iter().map(|path| (None, path)));
        self.replace(&moves)
    }

    /// Numbered pictures, and cards, of an earlier kit of the same kind that this one has not: they go, so that two letters do not mix. Whatever
    /// else lies there stays, and all of it where no kit of ours stood.
    fn stale(&self) -> Result<Vec<PathBuf>> {
        let mut stale = Vec::new();
        for Kind { marks, optional, folder, owns } in KINDS {
            let marked =
                |mark: &&str| self.out.join(mark).is_file() && self.files.iter().any(|path| path.ends_with(mark));
            let pictures = self.out.join(folder);
            if !marks.iter().all(marked) || !pictures.is_dir() {
                continue;
            }
            let entries = fs::read_dir(&pictures).map_err(|error| failed(&pictures, error))?;
            let names = entries.flatten().map(|entry| entry.file_name());
            let old = names
                .filter(|name| owns(&name.to_string_lossy()) && !self.files.contains(&Path::new(folder).join(name)));
            stale.extend(old.map(|name| pictures.join(name)));
            let gone = optional.iter().filter(|name| !self.files.iter().any(|file| file.ends_with(name)));
            stale.extend(gone.map(|name| self.out.join(name)).filter(|path| path.is_file()));
        }
        Ok(stale)
    }

    /// Moves files to their places, and what stands there out of the way; or nothing, if any of it fails.
    fn replace(&mut self, moves: &[(Option<PathBuf>, PathBuf)]) -> Result<()> {
        // Each step done: from where to where.
        let mut steps: Vec<(PathBuf, PathBuf)> = Vec::new();
        let mut step = |from: &Path, to: &Path| -> Result<()> {
            fs::rename(from, to).map_err(|error| failed(to, error))?;
            steps.push((from.to_owned(), to.to_owned()));
            Ok(())
        };
        let all = moves.iter().enumerate().try_for_each(|(number, (new, place))| {
            let folder = parent(place);
            fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
            if place.is_dir() {
                // A folder in the place of a file is not ours to clear away.
                return Err(Error::Exists { path: place.display().to_string() });
            }
            if place.symlink_metadata().is_ok() {
                step(place, &self.stage.join(format!("old-{number}")))?;
            }
            new.as_ref().map_or(Ok(()), |new| step(new, place))
        });
        if all.is_err() && steps.iter().rev().any(|(from, to)| fs::rename(to, from).is_err()) {
            // What was there before is in the stage, and stays.
            self.done = true;
        }
        all
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.stage);
            // Goes only where they are empty.
            self.made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
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

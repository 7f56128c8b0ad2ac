//! Files and folders being written: hidden until they are complete, removed on interruption. What an earlier run left
//! behind after a crash is removed by the next run in that folder.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::fault::FileFault;
use crate::error::program::{ProgramError, Result};

/// The error of a path.
pub fn failed(path: &Path, error: impl Borrow<io::Error>) -> ProgramError {
    ProgramError::file(path.display(), error.borrow())
}

/// The exit code of programs that were interrupted.
const INTERRUPTED: i32 = 130;
/// Part of the names of unfinished files and folders.
const PART: &str = ".shabnameh-part-";
/// The file that marks a folder as ours, and is locked as long as we write to it.
const MARK: &str = ".shabnameh-unfinished";
/// Name prefix of old files that a new kit replaces.
pub const OLD: &str = "old-";
/// Most names tried for something new.
const MAX_FRESH: usize = 1_000;

/// Paths to remove on interruption, and folders that were searched for leftovers.
static PENDING: Mutex<Pending> = Mutex::new(Pending { paths: BTreeSet::new(), swept: BTreeSet::new() });

struct Pending {
    paths: BTreeSet<PathBuf>,
    swept: BTreeSet<PathBuf>,
}

fn pending() -> MutexGuard<'static, Pending> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the user asked to stop a run that can be stopped in good order.
static STOPPED: AtomicBool = AtomicBool::new(false);
/// Whether the first interruption means that.
static STOPPABLE: AtomicBool = AtomicBool::new(false);

/// Installs the handler: an interruption (SIGINT, SIGTERM, SIGHUP) leaves nothing unfinished behind. Without a handler
/// it just ends the program.
pub fn listen() {
    let _ = ctrlc::set_handler(|| {
        if STOPPABLE.load(Ordering::SeqCst) && !STOPPED.swap(true, Ordering::SeqCst) {
            return;
        }
        // The lock is held until exit, so that nothing is created or moved any more.
        let pending = pending();
        pending.paths.iter().rev().for_each(|path| remove(path));
        std::process::exit(INTERRUPTED);
    });
}

/// From now on the first interruption only asks for an end: what is begun is finished, nothing else begins.
pub fn make_stoppable() {
    STOPPABLE.store(true, Ordering::SeqCst);
}

/// Whether somebody asked for an end.
pub fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

fn remove(path: &Path) {
    // A folder made for the output is removed only if it is empty.
    let _ = if path.join(MARK).is_file() {
        fs::remove_dir_all(path)
    } else if path.is_dir() {
        fs::remove_dir(path)
    } else {
        fs::remove_file(path)
    };
}

/// Something unfinished: it goes when this is dropped, unless it was kept.
pub struct Unfinished {
    path: PathBuf,
    /// Locked, so that no other run takes it for something left behind.
    pub file: File,
    kept: bool,
}

impl Unfinished {
    /// A file that will be called `name`, in a folder; readable by its owner alone where `secret` and the system knows
    /// owners.
    ///
    /// # Errors
    /// [`ProgramError::File`].
    pub fn file(folder: &Path, name: &str, secret: bool) -> Result<Self> {
        let (path, file) = fresh(folder, name, &|path| create(path, secret))?;
        Ok(Self::locked(path, file))
    }

    /// A folder that will be called `name`, in another.
    ///
    /// # Errors
    /// [`ProgramError::File`].
    pub fn folder(folder: &Path, name: &str) -> Result<Self> {
        let make = |path: &Path| fs::create_dir(path).and_then(|()| create(&path.join(MARK), false));
        let (path, file) = fresh(folder, name, &make)?;
        Ok(Self::locked(path, file))
    }

    fn locked(path: PathBuf, file: File) -> Self {
        // Not every file system has locks: there another run may remove it, and this one then reports an error.
        let _ = file.try_lock();
        pending().paths.insert(path.clone());
        Unfinished { path, file, kept: false }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place.
    ///
    /// # Errors
    /// [`ProgramError::File`].
    pub fn finish(&mut self, place: &Path) -> Result<()> {
        uninterrupted(|| {
            fs::rename(&self.path, place).map_err(|error| failed(place, error))?;
            let _ = fs::remove_file(place.join(MARK));
            Ok::<(), ProgramError>(())
        })?;
        self.kept = true;
        pending().paths.remove(&self.path);
        Ok(())
    }

    /// Removes our mark from a folder, so that its contents are kept.
    pub fn disown(&self) {
        let _ = fs::remove_file(self.path.join(MARK));
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.kept {
            remove(&self.path);
            pending().paths.remove(&self.path);
        }
    }
}

/// Folders that were made for something to be written in them, the inner ones first: they go with that, where they are
/// empty.
pub struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes a folder, and those above it.
    ///
    /// # Errors
    /// [`ProgramError::File`].
    pub fn folder(folder: &Path) -> Result<Self> {
        let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let made = MadeFolders(missing.map(Path::to_owned).collect());
        pending().paths.extend(made.0.iter().cloned());
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        Ok(made)
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
            pending().paths.remove(folder);
        }
    }
}

/// Does something that must not be interrupted half way.
pub fn uninterrupted<T>(work: impl FnOnce() -> T) -> T {
    let _held = pending();
    work()
}

/// Creates a file or folder under the first free name of a sequence. Whatever exists there, links too, is left alone.
fn fresh(folder: &Path, name: &str, make: &dyn Fn(&Path) -> std::io::Result<File>) -> Result<(PathBuf, File)> {
    if pending().swept.insert(folder.to_owned()) {
        sweep(folder);
    }
    // Shortened, as file systems limit the length of names.
    let name: String = name.chars().take(40).collect();
    for number in 0..MAX_FRESH {
        let path = folder.join(format!(".{name}{PART}{number}"));
        match make(&path) {
            Ok(made) => return Ok((path, made)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, error)),
        }
    }
    Err(ProgramError::fault(folder.display(), FileFault::Unfinished))
}

/// Creates a file that is not there yet.
pub fn create(path: &Path, secret: bool) -> std::io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(path)
}

/// Removes leftovers of earlier runs from a folder: files and folders with our names that are not locked. A folder
/// without our mark is not ours, and one that holds old files of a kit is kept.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let number = name.strip_prefix('.').and_then(|name| name.rsplit_once(PART)).map(|(_, number)| number);
        let is_ours = number.is_some_and(|number| number.parse::<usize>().is_ok_and(|number| number < MAX_FRESH));
        let Some(kind) = entry.file_type().ok().filter(|_| is_ours) else { continue };
        let path = entry.path();
        let mark = if kind.is_file() { path.clone() } else { path.join(MARK) };
        let is_file = mark.symlink_metadata().is_ok_and(|mark| mark.is_file());
        let is_free = is_file && File::open(&mark).is_ok_and(|mark| mark.try_lock().is_ok());
        let holds_others = fs::read_dir(&path)
            .is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with(OLD)));
        if is_free && !kind.is_symlink() && !holds_others {
            remove(&path);
        }
    }
}

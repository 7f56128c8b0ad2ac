//! A folder of files that appears whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::{failed, fill, parent};
use super::unfinished::{self, MadeFolders, OLD, Unfinished};
use crate::error::program::{ProgramError, Result};

/// A kind of kit: files by which it is recognized, its folder of pictures, and which names in that folder belong to it.
struct KitKind {
    marks: &'static [&'static str],
    /// Files that only some of its kits have.
    optional: &'static [&'static str],
    folder: &'static str,
    owns: fn(&str) -> bool,
}

const KINDS: [KitKind; 2] = [
    KitKind {
        marks: &["armor.txt", "leaflet.pdf"],
        optional: &["cards.pdf", "screen.gif"],
        folder: "frames",
        owns: |name| {
            let stem = name.strip_suffix(".png").unwrap_or_default();
            stem.len() >= 3 && stem.bytes().all(|byte| byte.is_ascii_digit())
        },
    },
    KitKind {
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
    /// Inside `out` if that exists, as it may be a mount point; else beside it.
    stage: Unfinished,
    /// Folders above `out` that were made for it; they are dropped after what is in them.
    _made: MadeFolders,
    force: bool,
    /// Paths of the files within the folder.
    files: Vec<PathBuf>,
}

impl Kit {
    /// Begins a kit that will become `out`.
    ///
    /// # Errors
    /// [`ProgramError::File`] where nothing can be written there, [`ProgramError::Exists`] where a file stands there.
    pub fn begin(out: &Path, force: bool) -> Result<Self> {
        if out.symlink_metadata().is_ok() && !out.is_dir() {
            return Err(ProgramError::Exists { path: out.display().to_string() });
        }
        let parent = parent(out);
        let made = MadeFolders::folder(parent)?;
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stage = Unfinished::folder(if out.is_dir() { out } else { parent }, &name)?;
        Ok(Kit { out: out.to_owned(), stage, _made: made, force, files: Vec::new() })
    }

    /// Writes a file, by its path within the folder, one folder deep at most.
    pub fn write(&mut self, path: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let staged = self.stage.path().join(&path);
        let folder = parent(&staged);
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        self.files.push(path.as_ref().to_owned());
        fill(&staged, &unfinished::create(&staged, false).map_err(|error| failed(&staged, error))?, bytes)
    }

    /// Moves all of it to its place.
    ///
    /// # Errors
    /// [`ProgramError::Exists`] where something else stands in the place of any part of it, unless forced. After any
    /// error all is as it was.
    pub fn finish(mut self) -> Result<()> {
        if !self.out.exists() {
            return self.stage.finish(&self.out);
        }
        let mut entries: Vec<PathBuf> =
            self.files.iter().filter_map(|path| path.iter().next()).map(PathBuf::from).collect();
        // Files of one folder are adjacent.
        entries.dedup();
        let changed: Vec<&PathBuf> =
            entries.iter().filter(|entry| !same(&self.stage.path().join(entry), &self.out.join(entry))).collect();
        let taken = |entry: &&&PathBuf| self.out.join(entry).symlink_metadata().is_ok();
        if let Some(entry) = changed.iter().find(taken).filter(|_| !self.force) {
            return Err(ProgramError::Exists { path: self.out.join(entry).display().to_string() });
        }
        // A symbolic link would lead files outside of the folder.
        let folders = self.files.iter().filter_map(|path| path.parent()).map(|folder| self.out.join(folder));
        let link = |folder: &PathBuf| *folder != self.out.join("") && folder.is_symlink();
        if let Some(link) = folders.into_iter().find(link) {
            return Err(ProgramError::Exists { path: link.display().to_string() });
        }
        let files = self.files.iter().filter(|path| changed.iter().any(|entry| path.starts_with(entry)));
        let mut moves: Vec<(Option<PathBuf>, PathBuf)> =
            files.map(|path| (Some(self.stage.path().join(path)), self.out.join(path))).collect();
        moves.extend(self.stale()?.into_iter().map(|path| (None, path)));
        unfinished::uninterrupted(|| self.replace(&moves))
    }

    /// Files of an earlier kit of the same kind that this one has not: they are removed, so that two letters do not
    /// mix. All other files stay, and everything where there was no kit.
    fn stale(&self) -> Result<Vec<PathBuf>> {
        let mut stale = Vec::new();
        for KitKind { marks, optional, folder, owns } in KINDS {
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

    /// Moves files to their places, and existing ones into the stage; undoes all of it if any step fails.
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
                // A folder is not replaced by a file.
                return Err(ProgramError::Exists { path: place.display().to_string() });
            }
            if place.symlink_metadata().is_ok() {
                step(place, &self.stage.path().join(format!("{OLD}{number}")))?;
            }
            new.as_ref().map_or(Ok(()), |new| step(new, place))
        });
        if all.is_err() && steps.iter().rev().any(|(from, to)| fs::rename(to, from).is_err()) {
            // The old files could not be moved back: they stay in the stage.
            self.stage.disown();
        }
        all
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

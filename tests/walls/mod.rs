//! What the files of a project use, and which walls that breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What only the top floor may use.
const WORLD: [&[&str]; 14] = [
    &["std", "fs"],
    &["std", "env"],
    &["std", "time"],
    &["std", "net"],
    &["std", "process"],
    &["std", "io", "stdin"],
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["getrandom"],
    &["println!"],
    &["print!"],
    &["eprintln!"],
    &["eprint!"],
    &["dbg!"],
];

/// Stands for an import of all of a crate, or of it under another name: what is used of it then cannot be told.
const WHOLE: &str = "a whole crate";

/// A project.
pub struct House {
    /// From the top down.
    pub floors: Vec<String>,
    pub sources: Vec<Source>,
    /// Crates that are to be named in one file each.
    pub dependencies: Vec<String>,
}

/// A file, by its path below `src`, and the paths that stand in it outside of its tests: from the crate on if they
/// begin with `crate`.
pub struct Source {
    path: String,
    module: Vec<String>,
    uses: BTreeSet<Vec<String>>,
}

/// All files of Rust in a folder.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

impl House {
    /// The project in a folder; crates that serve `everywhere` may be named in any file.
    pub fn read(root: &Path, everywhere: &[&str]) -> Self {
        let text = |name: &str| fs::read_to_string(root.join(name)).unwrap();
        let architecture = text("ARCHITECTURE.md");
        let floors = architecture.split("```floors\n").nth(1).unwrap().split("```").next().unwrap();
        let floors = floors.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
        let manifest = text("Cargo.toml");
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("[dev-dependencies]").next().unwrap();
        let dependencies = dependencies
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| Some(line.split_once('=')?.0.trim().replace('-', "_")))
            .filter(|name| !everywhere.contains(&name.as_str()))
            .collect();
        let folder = root.join("src");
        let sources = rust_files(&folder).iter().map(|path| Source::read(&folder, path)).collect();
        House { floors, sources, dependencies }
    }

    /// Every wall that is broken, in words.
    pub fn violations(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for source in self.sources.iter().filter(|source| !source.module.is_empty()) {
            self.walk(source, &mut broken);
        }
        let folders: BTreeSet<&[String]> = self
            .sources
            .iter()
            .flat_map(|source| (1..source.module.len()).map(|depth| &source.module[..depth]))
            .collect();
        folders.into_iter().for_each(|folder| broken.extend(self.circle(folder)));
        for name in &self.dependencies {
            let users: Vec<&str> = self
                .sources
                .iter()
                .filter(|source| source.uses.iter().any(|path| path.len() > 1 && path[0] == *name))
                .map(|source| source.path.as_str())
                .collect();
            if users.len() > 1 {
                broken.push(format!("{name} is named in {users:?}: one file stands between us and a crate"));
            }
        }
        broken
    }

    fn walk(&self, source: &Source, broken: &mut Vec<String>) {
        let floor = |name: &str| self.floors.iter().position(|floor| floor == name);
        let Some(here) = floor(&source.module[0]) else {
            return broken.push(format!("{} stands on no floor of ARCHITECTURE.md", source.path));
        };
        let targets = source.uses.iter().filter(|path| path[0] == "crate").filter_map(|path| path.get(1));
        for target in targets.collect::<BTreeSet<_>>() {
            if floor(target).is_some_and(|there| there < here) {
                broken.push(format!("{} uses {target}, a floor above", source.path));
            }
        }
        if source.uses.contains(&owned(&[WHOLE])) {
            broken.push(format!("{} imports {WHOLE}", source.path));
        }
        let world = WORLD.iter().filter(|_| here > 0);
        for name in world.filter(|name| source.uses.iter().any(|path| path.starts_with(&owned(name)))) {
            broken.push(format!("{} uses {}: only the top floor does", source.path, name.join("::")));
        }
    }

    /// Files and folders of a folder that need each other, if any do. The folder's own `mod.rs` speaks for all of them,
    /// and is left out.
    fn circle(&self, folder: &[String]) -> Option<String> {
        let file = |module: &[String]| module.strip_prefix(folder)?.first().cloned();
        let files: BTreeSet<String> = self.sources.iter().filter_map(|source| file(&source.module)).collect();
        let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for source in &self.sources {
            let Some(here) = file(&source.module) else { continue };
            let own = source.uses.iter().filter(|path| path[0] == "crate").filter_map(|path| file(&path[1..]));
            let others: Vec<String> = own.filter(|other| *other != here && files.contains(other)).collect();
            uses.entry(here).or_default().extend(others);
        }
        let circle = uses.keys().find_map(|file| way(&uses, std::slice::from_ref(file)))?;
        Some(format!("{}: {}", folder.join("/"), circle.join(" -> ")))
    }
}

/// The way from the last file back to the first, over files that are not on it yet.
fn way(uses: &BTreeMap<String, BTreeSet<String>>, so_far: &[String]) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![so_far.to_vec()];
    while let Some(way) = ways.pop() {
        for next in uses.get(way.last().unwrap()).into_iter().flatten() {
            let longer = [&way[..], std::slice::from_ref(next)].concat();
            if *next == so_far[0] {
                return Some(longer);
            }
            if seen.insert(next) {
                ways.push(longer);
            }
        }
    }
    None
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|name| (*name).to_owned()).collect()
}

impl Source {
    fn read(folder: &Path, path: &Path) -> Self {
        let relative = path.strip_prefix(folder).unwrap();
        let mut module: Vec<String> =
            relative.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if ["mod", "lib", "main"].contains(&module.last().unwrap().as_str()) {
            module.pop();
        }
        let text = fs::read_to_string(path).unwrap();
        let mut uses = Uses { module: module.clone(), found: BTreeSet::new() };
        // Some files are for tests alone.
        if !text.lines().any(|line| line == "#![cfg(test)]") {
            uses.walk(text.parse().unwrap());
        }
        Source { path: relative.to_string_lossy().into_owned(), module, uses: uses.found }
    }
}

/// Collects the paths of a file.
struct Uses {
    /// The module that is walked.
    module: Vec<String>,
    found: BTreeSet<Vec<String>>,
}

impl Uses {
    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) if is_test(group.stream()) => {
                    // The item that follows is for tests alone.
                    let body = |token: &TokenTree| match token {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        TokenTree::Punct(punct) => punct.as_char() == ';',
                        _ => false,
                    };
                    at += tokens[at..].iter().position(body).map_or(0, |body| body + 1);
                }
                TokenTree::Group(group) => self.walk(group.stream()),
                // `use<>` tells what a type captures.
                TokenTree::Ident(word) if *word == "use" && !tokens.get(at).is_some_and(|token| is(token, '<')) => {
                    let end = tokens[at..].iter().position(|token| is(token, ';')).map_or(tokens.len(), |end| at + end);
                    self.tree(&tokens[at..end], &[]);
                    at = end;
                }
                TokenTree::Ident(word) if *word == "mod" => {
                    if let Some([TokenTree::Ident(name), TokenTree::Group(body)]) = tokens.get(at..at + 2) {
                        self.module.push(name.to_string());
                        self.walk(body.stream());
                        self.module.pop();
                        at += 2;
                    }
                }
                TokenTree::Ident(word) => {
                    let mut path = vec![word.to_string()];
                    while let Some(next) = after_colons(&tokens[at..]) {
                        path.push(next);
                        at += 3;
                    }
                    if tokens.get(at).is_some_and(|token| is(token, '!')) {
                        path.last_mut().unwrap().push('!');
                    }
                    self.take(&path);
                }
                _ => {}
            }
        }
    }

    /// What a tree of imports names, each path of its own.
    fn tree(&mut self, tokens: &[TokenTree], before: &[String]) {
        let mut path = before.to_vec();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    inner.split(|token| is(token, ',')).for_each(|part| self.tree(part, &path));
                    return;
                }
                // What it is called here does not matter.
                TokenTree::Ident(word) if *word == "as" => break,
                TokenTree::Ident(word) if *word != "self" || at == 0 && before.is_empty() => {
                    path.push(word.to_string())
                }
                _ => {}
            }
        }
        let is_root = path.iter().all(|name| ["crate", "super", "std"].contains(&name.as_str()));
        let is_hidden =
            tokens.iter().any(|token| is(token, '*') || matches!(token, TokenTree::Ident(word) if *word == "as"));
        if is_root && is_hidden && (path[0] != "super" || path.len() >= self.module.len()) {
            self.found.insert(vec![WHOLE.into()]);
        }
        self.take(&path);
    }

    /// Keeps a path, from the crate on where it is one of the crate's own.
    fn take(&mut self, path: &[String]) {
        let Some(first) = path.first() else { return };
        let supers = path.iter().take_while(|name| *name == "super").count();
        let whole = match first.as_str() {
            "super" => {
                let up = &self.module[..self.module.len().saturating_sub(supers)];
                [&owned(&["crate"])[..], up, &path[supers..]].concat()
            }
            "self" => [&owned(&["crate"])[..], &self.module[..], &path[1..]].concat(),
            _ => path.to_vec(),
        };
        let call = whole.last().filter(|name| name.ends_with('!')).cloned();
        self.found.extend(call.map(|call| vec![call]));
        if whole.len() > 1 {
            self.found.insert(whole);
        }
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// The name behind two colons.
fn after_colons(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [one, other, TokenTree::Ident(name), ..] if is(one, ':') && is(other, ':') => Some(name.to_string()),
        _ => None,
    }
}

/// Whether an attribute says that something is for tests alone.
fn is_test(attribute: TokenStream) -> bool {
    attribute.to_string().replace(' ', "") == "cfg(test)"
}

//! The walls of the house: each floor imports only from floors before it, each file only from files listed before it in its floor.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Floors in order, each with its files in order.
const HOUSE: [(&str, &[&str]); 10] = [
    ("error", &[]),
    ("words", &["en", "fa"]),
    (
        "codec",
        &[
            "look",
            "language",
            "letter",
            "compress",
            "secret",
            "hash",
            "radix64",
            "keys",
            "signature",
            "trust",
            "encryption",
            "envelope",
            "field",
            "fec",
            "work",
            "locate",
            "frame",
            "pasted",
            "armor",
            "claims",
            "search",
            "whole",
            "assemble",
        ],
    ),
    (
        "optics",
        &[
            "qr",
            "raster",
            "animation",
            "blocks",
            "port",
            "binarize",
            "places",
            "view",
            "solve",
            "correct",
            "symbol",
            "projection",
            "light",
            "pyramid",
            "grid",
            "soft",
            "equalize",
            "hypotheses",
            "closer",
            "unread",
            "code",
            "neighbours",
            "scan",
            "follow",
            "fusion",
            "film",
        ],
    ),
    (
        "prose",
        &[
            "script",
            "tokens",
            "direction",
            "manuscript",
            "marks",
            "lines",
            "emphasis",
            "verse",
            "table",
            "shape",
            "plain",
            "html",
            "inline",
            "head",
            "markdown",
            "title",
            "text",
        ],
    ),
    (
        "documents",
        &[
            "encoding",
            "package",
            "xml",
            "numerals",
            "escape",
            "markup",
            "word_parts",
            "word_lists",
            "word",
            "opendocument",
            "rich_tokens",
            "rich_tables",
            "rich_text",
            "html",
            "open",
        ],
    ),
    (
        "press",
        &[
            "budget",
            "deflate",
            "metadata",
            "paper",
            "face",
            "font",
            "line",
            "breaks",
            "clean",
            "normal",
            "hyphens",
            "atom",
            "kashida",
            "justify",
            "layout",
            "impose",
            "page",
            "flow",
            "beside",
            "piece",
            "compose",
            "galley",
            "drawing",
            "instructions",
            "codes",
            "book",
            "plain",
            "matter",
            "cards",
            "poster",
            "archive",
            "forms",
            "tags",
            "reading",
            "pdf",
            "grey",
            "png_rows",
            "outlines",
            "cut_bmp",
            "heic",
            "jpeg",
            "jpeg_xl",
            "jpeg2000",
            "tiff_pages",
            "pdf_pages",
            "picture",
            "screen",
        ],
    ),
    (
        "trial",
        &[
            "chance",
            "field",
            "sheet",
            "warp",
            "filter",
            "harm",
            "lost",
            "printed",
            "copied",
            "carried",
            "photographed",
            "filmed",
            "forged",
            "kind",
            "specimen",
            "channel",
            "sweep",
            "attempt",
            "statistics",
            "cell",
            "plot",
            "contact",
        ],
    ),
    ("web", &["closing", "reading", "show", "still", "telling", "bindings"]),
    (
        "cli",
        &[
            "say",
            "unfinished",
            "files",
            "chance",
            "child",
            "apart",
            "film",
            "sight",
            "pages",
            "filmed",
            "bundle",
            "names",
            "making",
            "arguments",
            "passphrase",
            "trusted",
            "opening",
            "sealing",
            "keygen",
            "source",
            "print",
            "page",
            "encode",
            "gather",
            "json",
            "report",
            "collected",
            "verify",
            "inspect",
            "decode",
            "armor",
            "results",
            "runs",
            "advise",
            "trial",
            "demo",
        ],
    ),
];
/// Errors are told in words, and words speak of errors: these two lean on each other.
const GROUND: [&str; 2] = ["error", "words"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// Floor and file that a source path belongs to.
fn room(path: &Path) -> (String, String) {
    let parts: Vec<String> = path
        .strip_prefix("src")
        .unwrap()
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    (parts[0].clone(), parts.get(1).cloned().unwrap_or_else(|| "mod".into()))
}

/// The code of a file without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

fn names(text: &str, before: &str) -> Vec<String> {
    text.split(before)
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn no_file_imports_a_later_one() {
    let floor_of = |name: &str| HOUSE.iter().position(|(floor, _)| *floor == name);
    let mut rooms = 0;
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let (floor, file) = room(&path);
        if floor == "lib" || floor == "main" {
            continue;
        }
        rooms += 1;
        let here = floor_of(&floor).unwrap_or_else(|| panic!("{} stands on no floor", path.display()));
        let text = code(&path);
        for other in names(&text, "crate::") {
            let ground = GROUND.contains(&floor.as_str()) && GROUND.contains(&other.as_str());
            if floor_of(&other).is_some_and(|there| there > here) && !ground {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
        let files = HOUSE[here].1;
        if file == "mod" {
            continue;
        }
        let at = files
            .iter()
            .position(|name| *name == file)
            .unwrap_or_else(|| panic!("{} is not in the list", path.display()));
        // `use super::{a, b}` and `use super::a::B`.
        let grouped = text.split("use super::{").skip(1).flat_map(|rest| {
            rest.split("};")
                .next()
                .unwrap_or_default()
                .split([',', '\n'])
                .map(|name| name.trim().split("::").next().unwrap().to_owned())
        });
        for other in names(&text, "super::").into_iter().chain(grouped.collect::<Vec<_>>()) {
            if files.iter().position(|name| *name == other).is_some_and(|there| there >= at) {
                wrong.push(format!("{} imports {other}, which comes later", path.display()));
            }
        }
    }
    assert!(rooms > 25, "only {rooms} files were looked at");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_dependency_is_named_in_one_file() {
    // Several crates serve one purpose each; these serve every file of the program, or describe the command line in two.
    let everywhere = ["rayon", "serde_json", "clap"];
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("[dev-dependencies]").next().unwrap();
    let mut looked_at = 0;
    for line in dependencies.lines().filter(|line| line.contains('=')) {
        let name = line.split('=').next().unwrap().trim().replace('-', "_");
        if everywhere.contains(&name.as_str()) {
            continue;
        }
        let users: Vec<PathBuf> = sources(Path::new("src"))
            .into_iter()
            .filter(|path| {
                let text = fs::read_to_string(path).unwrap();
                text.lines().any(|line| {
                    let line = line.trim_start();
                    !line.starts_with("//")
                        && line
                            .match_indices(&format!("{name}::"))
                            .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
                })
            })
            .collect();
        let tests_too = ["reed_solomon_erasure"].contains(&name.as_str());
        assert_eq!(users.len(), 1, "{name} is named in {users:?}{}", if tests_too { " (tests count)" } else { "" });
        looked_at += 1;
    }
    assert!(looked_at > 15);
}

#[test]
fn files_stay_readable() {
    for path in sources(Path::new("src")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 450, "{} has {lines} lines: split it, or explain it here", path.display());
    }
}

#[test]
fn the_library_keeps_away_from_the_world() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::time",
        "std::net",
        "std::process",
        "SystemTime",
        "Instant",
        "getrandom",
        "println!",
        "print!",
    ];
    for floor in ["codec", "optics", "prose", "press", "trial", "words", "web"] {
        for path in sources(&Path::new("src").join(floor)) {
            let text = code(&path);
            for word in forbidden {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

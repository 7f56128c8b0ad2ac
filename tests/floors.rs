//! The walls of the house: which part may use which. The floors are those of ARCHITECTURE.md.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod walls;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walls::House;

/// Crates that serve every file of the program, or describe the command line in two.
const EVERYWHERE: [&str; 3] = ["rayon", "serde_json", "clap"];

fn house() -> House {
    House::read(Path::new("."), &EVERYWHERE)
}

#[test]
fn no_wall_is_broken() {
    let house = house();
    assert!(house.sources.len() > 150 && house.dependencies.len() > 15, "{} files", house.sources.len());
    let violations = house.violations();
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn every_floor_is_there() {
    let floors: BTreeSet<String> = house().floors.into_iter().collect();
    let folders = fs::read_dir("src").unwrap().map(|entry| entry.unwrap().path());
    let there: BTreeSet<String> =
        folders.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let outside: BTreeSet<String> = ["lib", "main"].map(String::from).into();
    assert_eq!(floors.union(&outside).cloned().collect::<BTreeSet<_>>(), there);
}

#[test]
fn files_stay_readable() {
    let width: usize = fs::read_to_string("rustfmt.toml")
        .unwrap()
        .lines()
        .find_map(|line| line.strip_prefix("max_width = "))
        .unwrap()
        .parse()
        .unwrap();
    for folder in ["src", "tests", "benches"] {
        for path in walls::rust_files(Path::new(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            assert!(folder != "src" || lines <= 450, "{} has {lines} lines: split it", path.display());
            for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| line.trim_start().starts_with("//")) {
                let long = line.chars().count();
                assert!(long <= width, "{}:{number}: a comment of {long} characters", path.display());
            }
        }
    }
}

/// A small project in which nothing is wrong, with these files besides.
fn with(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let all = [
        ("Cargo.toml", "[dependencies]\nzstd = \"1\"\nclap = \"4\"\n[dev-dependencies]\n"),
        ("ARCHITECTURE.md", "text\n```floors\ncli  the program\npress  paper\ncodec  letters\nerror  errors\n```\n"),
        ("src/lib.rs", "pub mod cli;\npub mod codec;\npub mod error;\npub mod press;\n"),
        ("src/error.rs", "//! Errors.\npub enum Error {}\n"),
        ("src/codec/mod.rs", "pub mod hash;\npub mod letter;\n"),
        ("src/codec/hash.rs", "use crate::error::Error;\npub fn hash() -> Error { zstd::hash() }\n"),
        ("src/codec/letter.rs", "//! See crate::press.\nuse super::hash::{self, hash as other};\n"),
        ("src/press/mod.rs", "pub mod page;\npub mod setting;\n"),
        ("src/press/setting/mod.rs", "pub mod line;\n"),
        ("src/press/setting/line.rs", "use crate::press::page;\n"),
        (
            "src/press/page.rs",
            "use crate::{codec::{hash, letter}, error::Error};\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n",
        ),
        ("src/press/page_tests.rs", "//! Tests.\n#![cfg(test)]\n\nuse std::fs;\n"),
        ("src/cli/mod.rs", "use crate::press::page;\nuse std::{fs, time::Instant};\nfn main() { println!(\"\") }\n"),
    ];
    for (path, text) in all.iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    House::read(folder.path(), &["clap"]).violations()
}

#[test]
fn each_broken_wall_is_seen() {
    assert_eq!(with(&[]), [""; 0]);
    let broken = [
        ("a floor above", "src/codec/hash.rs", "use crate::press::page;", "codec/hash.rs uses press, a floor above"),
        ("in a group", "src/codec/hash.rs", "use crate::{error::Error, press::{self}};", "codec/hash.rs uses press"),
        ("by a way around", "src/codec/hash.rs", "use super::super::press::page;", "codec/hash.rs uses press"),
        ("within code", "src/codec/hash.rs", "fn a() -> crate::cli::A { todo!() }", "codec/hash.rs uses cli"),
        ("within a macro", "src/codec/hash.rs", "fn a() { vec![crate::press::page::A] }", "codec/hash.rs uses press"),
        ("in a module", "src/codec/hash.rs", "mod a { use super::super::super::press; }", "codec/hash.rs uses press"),
        ("from the ground", "src/error.rs", "use crate::codec::hash;", "error.rs uses codec"),
        ("a circle", "src/codec/hash.rs", "use super::letter::Letter;", "codec: hash -> letter -> hash"),
        ("a circle of folders", "src/press/page.rs", "use super::setting::line;", "press: page -> setting -> page"),
        ("the clock", "src/press/page.rs", "fn a() { std::time::Instant::now(); }", "press/page.rs uses std::time"),
        ("files", "src/codec/hash.rs", "use std::{fmt, fs::File};", "codec/hash.rs uses std::fs"),
        ("the terminal", "src/press/page.rs", "fn a() { println!(\"a\") }", "press/page.rs uses println!"),
        (
            "behind a capture",
            "src/press/page.rs",
            "fn a() -> impl Fn() + use<> { std::fs::read }",
            "press/page.rs uses std::fs",
        ),
        ("by another name", "src/press/page.rs", "use super::super as root;", "press/page.rs imports a whole crate"),
        ("all of it", "src/press/page.rs", "use crate::*;", "press/page.rs imports a whole crate"),
        (
            "the terminal, in full",
            "src/press/page.rs",
            "fn a() { std::println!(\"a\") }",
            "press/page.rs uses println!",
        ),
        ("its streams", "src/press/page.rs", "use std::io::{Write, stdout};", "press/page.rs uses std::io::stdout"),
        ("a dependency", "src/press/page.rs", "fn a() { zstd::pack() }", "zstd is named in"),
        ("no floor", "src/attic/mod.rs", "", "attic/mod.rs stands on no floor"),
    ];
    for (what, path, text, expected) in broken {
        let seen = with(&[(path, text)]);
        assert!(seen.len() == 1 && seen[0].contains(expected), "{what}: {seen:?}");
    }
}

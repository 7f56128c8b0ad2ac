//! `print`: what it writes, what it says, and what it refuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::path::Path;

use common::{LETTER, persian_text};
use program::{Said, command, run};
use shabnameh::optics::scan::scan;
use shabnameh::press::forms::form::Form;
use shabnameh::press::pictures::picture;
use tempfile::{TempDir, tempdir};

fn run_at(folder: &Path, time_zone: &str, arguments: &[&str]) -> Said {
    command(folder, "C", arguments).envs([("TZ", time_zone), ("HOME", time_zone)]).output().unwrap().into()
}

fn with_letter() -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("letter.md"), LETTER).unwrap();
    folder
}

/// The texts of all codes in a PDF that are not frames.
fn plain_texts(pdf: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    picture::read(pdf, &mut |_, page| {
        let codes = scan(&page.unwrap()).into_iter().filter(|code| !code.bytes.starts_with(b"SHAB"));
        texts.extend(codes.map(|code| String::from_utf8(code.bytes).unwrap()));
    })
    .unwrap();
    texts
}

#[test]
fn all_forms_are_the_same_bytes_anywhere() {
    let make = |time_zone: &str| {
        let folder = with_letter();
        let arguments = ["print", "letter.md", "--form", "all", "--out", "all", "--plain", "--preview"];
        let said = run_at(folder.path(), time_zone, &arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder.path().join("all"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let (one, other) = (make("UTC"), make("Asia/Tehran"));
    assert!(one == other);
    for form in Form::ALL.map(Form::name) {
        let (_, pdf) = one.iter().find(|(name, _)| *name == format!("{form}.pdf")).unwrap();
        assert!(one.iter().any(|(name, bytes)| *name == format!("{form}-1.png") && bytes.starts_with(b"\x89PNG")));
        for trail in ["Producer", "Creat", "ModDate", "printpdf", "lopdf", "letter.md", "/tmp", "Tehran"] {
            assert!(!pdf.windows(trail.len()).any(|window| window == trail.as_bytes()), "{form} says {trail}");
        }
        let folder = tempdir().unwrap();
        fs::write(folder.path().join("it.pdf"), pdf).unwrap();
        let said = run(&folder, &["decode", "it.pdf", "--out", "-"]);
        assert!(said.bytes == LETTER, "{form}: {}", said.err);
    }
}

#[test]
fn envelopes_and_armor_print_as_their_letter_does() {
    let folder = with_letter();
    assert_eq!(run(&folder, &["armor", "letter.md", "--out", "armor.txt"]).code, 0);
    assert_eq!(run(&folder, &["unarmor", "armor.txt", "--out", "envelope"]).code, 0);
    let print = |input| run(&folder, &["print", input, "--out", "-"]).bytes;
    let letter = print("letter.md");
    assert!(letter.starts_with(b"%PDF-1.7") && letter == print("armor.txt") && letter == print("envelope"));
    // A letter that quotes an envelope is a letter.
    let quoting = [b"before\n".to_vec(), fs::read(folder.path().join("armor.txt")).unwrap()].concat();
    fs::write(folder.path().join("quoting.txt"), &quoting).unwrap();
    assert_eq!(run(&folder, &["print", "quoting.txt", "--out", "quoting.pdf"]).code, 0);
    assert!(run(&folder, &["decode", "quoting.pdf", "--out", "-"]).bytes == quoting);
    let said = run(&folder, &["print", "envelope", "--title", "دیگر", "--out", "it.pdf"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("its signature and its encryption already\n  Leave out --title"), "{}", said.err);
}

#[test]
fn plain_codes_are_read_by_any_reader() {
    let folder = with_letter();
    let arguments = ["print", "letter.md", "--plain", "--summary", "یک جمله. دو جمله.", "--out", "-"];
    let texts = plain_texts(&run(&folder, &arguments).bytes);
    assert_eq!(texts.len(), 1);
    let lines: Vec<&str> = texts[0].lines().collect();
    assert_eq!(lines[1], "یک جمله. دو جمله.");
    assert!(lines[2].contains("از هر ۲ تا از این ۴ کد عکس بگیرید"), "{}", lines[2]);

    let mut texts = plain_texts(&run(&folder, &["print", "letter.md", "--plain=letter", "--out", "-"]).bytes);
    let number = |text: &String| {
        let head = text.lines().next().unwrap().rsplit(' ').next().unwrap().to_owned();
        let digits: String = head.chars().map_while(|c| (c != '/').then_some(c)).collect();
        digits.chars().fold(0, |number, digit| number * 10 + (digit as u32 - '۰' as u32))
    };
    texts.sort_by_key(number);
    let words: Vec<&str> = texts.iter().flat_map(|text| text.split_once('\n').unwrap().1.split_whitespace()).collect();
    let letter = String::from_utf8(LETTER.to_vec()).unwrap();
    let signs = |word: &&str| !["#", "##", "-", "•"].contains(word);
    let words: Vec<&str> = words.into_iter().filter(signs).collect();
    assert_eq!(words, letter.split_whitespace().filter(signs).collect::<Vec<_>>());
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = with_letter();
    fs::write(folder.path().join("it.pdf"), "mine").unwrap();
    let said = run(&folder, &["print", "letter.md", "--out", "it.pdf"]);
    assert_eq!(
        said.err,
        "shabnameh: it.pdf exists already\n  Choose another --out, or allow overwriting with --force.\n"
    );
    assert_eq!(fs::read(folder.path().join("it.pdf")).unwrap(), b"mine");
    fs::write(folder.path().join("new-1.png"), "mine").unwrap();
    assert_eq!(run(&folder, &["print", "letter.md", "--out", "new.pdf", "--preview"]).code, 1);
    assert!(!folder.path().join("new.pdf").exists(), "all is written or nothing");
    fs::write(folder.path().join("old.pdf"), "mine").unwrap();
    assert_eq!(run(&folder, &["print", "letter.md", "--out", "old.pdf", "--preview"]).code, 1);
    assert!(!folder.path().join("old-1.png").exists(), "all is written or nothing");
    assert_eq!(run(&folder, &["print", "letter.md", "--out", "it.pdf", "--force"]).code, 0);
    let said = run(&folder, &["print", "letter.md", "--out", "letter.md", "--force"]);
    assert_eq!(said.err, "shabnameh: letter.md is the letter itself\n  Choose another --out.\n");
    let long = format!("{}.pdf", "n".repeat(250));
    assert_eq!(run(&folder, &["print", "letter.md", "--out", &long]).code, 0);
    let said = run(&folder, &["print", "letter.md", "--form", "cards", "--out", "cards.pdf"]);
    assert_eq!(String::from_utf8(said.bytes).unwrap(), "cards: 7 pages, 1 side of paper; any 2 of 7 codes\n");
    assert_eq!(said.err, "cards: Print at 100 %, and cut at the marks.\n");
}

#[test]
fn what_cannot_be_printed_is_said_in_two_parts() {
    let folder = with_letter();
    fs::write(folder.path().join("long.txt"), persian_text(4_000, 3)).unwrap();
    fs::write(folder.path().join("armor.txt"), "-----BEGIN SHABNAMEH ENVELOPE-----\nAAAA\n").unwrap();
    let summary = "دراز ".repeat(120);
    fs::write(folder.path().join("photo.jpg"), [0xFF, 0, 1]).unwrap();
    assert_eq!(run(&folder, &["armor", "letter.md", "--out", "a.txt"]).code, 0);
    assert_eq!(run(&folder, &["unarmor", "a.txt", "--out", "envelope"]).code, 0);
    let mut bytes = fs::read(folder.path().join("envelope")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(folder.path().join("damaged"), bytes).unwrap();
    let poster = "دراز ".repeat(1500);
    let cases: [(&[&str], &str, &str); 19] = [
        (&["damaged"], "the content cannot be decoded", "Do not trust it"),
        (&["photo.jpg", "--plain=letter"], "this is a file that is no text", "Leave out --plain=letter."),
        (&["letter.md", "--form", "archive", "--plain"], "--plain means nothing for the form archive", "Leave it out"),
        (&["letter.md", "--form", "cards", "--n-up", "2"], "--n-up means nothing for the form cards", "Leave it out"),
        (&["letter.md", "--dpi", "600"], "--dpi means nothing for the form leaflet", "Leave it out"),
        (&["letter.md", "--form", "poster", "--summary", &poster], "the summary has", "Shorten it"),
        (
            &["letter.md", "--form", "archive", "--qr-version", "26", "--module-mm", "2"],
            "a code of 258.0 mm does not fit",
            "--form archive --paper a3 or larger, or a smaller --module-mm",
        ),
        (&["letter.md", "--form", "zine", "--paper", "a6"], "a zine cannot be made of a6", "Give a larger --paper."),
        (
            &["letter.md", "--form", "poster", "--paper", "a5"],
            "a poster cannot be made of a5",
            "Give a larger --paper.",
        ),
        (
            &["letter.md", "--form", "cards", "--qr-version", "27"],
            "a code of 55.9 mm does not fit into the 51.0 mm",
            "Give --qr-version 24 or lower, or --form leaflet --paper a6 or larger, or a smaller --module-mm.",
        ),
        (
            &["letter.md", "--qr-version", "40", "--module-mm", "1.2"],
            "a code of 222.0 mm does not fit into the",
            "--form leaflet --paper a3 or larger",
        ),
        (&["letter.md", "--plain", "--summary", &summary], "the summary has 1079 bytes", "two sentences are enough"),
        (
            &["letter.md", "--form", "archive", "--dpi", "301"],
            "archives are not made for 301 dots an inch",
            "Give --dpi 150,",
        ),
        (&["letter.md", "--module-mm", "0.1"], "modules of 0.1 mm are outside", "--module-mm"),
        (&["long.txt"], "sides of paper; more than 250", "add --force; --form archive takes the least paper"),
        (&["armor.txt"], "the pasted envelope cannot be read", "from the BEGIN line to the END line"),
        (&["letter.md", "--qr-version", "23"], "QR version 23 is not used", "but not 23"),
        (&["letter.md", "--repair", "9999"], "9999 % of repair is more than", "smaller --repair"),
        (&["missing.md"], "missing.md: no such file", "Check the path"),
    ];
    for (arguments, what, advice) in cases {
        let said = run(&folder, &[&["print"], arguments, &["--out", "it.pdf"]].concat());
        assert_eq!(said.code, 1, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(what) && said.err.contains(advice), "{arguments:?}: {}", said.err);
        assert!(!folder.path().join("it.pdf").exists());
    }
    for arguments in [&["letter.md", "--n-up", "3"], &["letter.md", "--paper", "a9"], &["letter.md", "--plain", "x"]] {
        assert_eq!(run(&folder, &[&["print", "--out", "it.pdf"], &arguments[..]].concat()).code, 2, "{arguments:?}");
    }
    for arguments in [&["--form", "all"], &["--form", "cards", "--preview"][..]] {
        let said = run(&folder, &[&["print", "letter.md", "--out", "-"], arguments].concat());
        assert!(said.code == 1 && said.err.starts_with("shabnameh: standard output takes one PDF\n"), "{}", said.err);
    }
    let said =
        run(&folder, &["print", "letter.md", "--form", "all", "--qr-version", "40", "--module-mm", "5", "--out", "no"]);
    assert!(said.code == 1 && !folder.path().join("no").exists(), "nothing could be made: {}", said.err);
    // The other forms are made all the same.
    let said = run(&folder, &["print", "letter.md", "--form", "all", "--paper", "a5", "--out", "all"]);
    assert_eq!(said.code, 0);
    assert!(said.err.contains("zine: a zine cannot be made of a5") && folder.path().join("all/booklet.pdf").exists());
}

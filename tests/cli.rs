//! The program's exact words, its exit codes, and what it writes and leaves alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use common::{LETTER, persian_text};
use program::{Said, command, run, run_with};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with the sample letter in it, and the kit made of it.
fn kit(options: &[&str]) -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("letter.fa.md"), LETTER).unwrap();
    let said = run(&folder, &[&["encode", "letter.fa.md", "--out", "kit"], options].concat());
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    folder
}

fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path.to_string_lossy().into_owned()) }
    }
    files.sort();
    files
}

#[test]
fn encode_sums_up_on_stdout_in_both_languages() {
    let folder = kit(&[]);
    let again = run(&folder, &["encode", "letter.fa.md", "--out", "kit"]);
    assert_eq!(
        text(&again.bytes),
        "letter     letter.fa.md (3143 bytes)\nenvelope   1061 bytes\nobject id  73e1b8e5e8ed82f0\ncodes      4 (QR 16-L)\nsuffice    any 2 of 4 codes\nwritten    kit\n"
    );
    let persian = run_with(folder.path(), "fa_IR.UTF-8", b"", &["encode", "letter.fa.md", "--out", "kit"]);
    assert!(text(&persian.bytes).contains("هر ۲ کد از ۴"), "{}", text(&persian.bytes));
    assert_eq!(fs::read_dir(folder.path().join("kit/frames")).unwrap().count(), 4);
    for file in ["kit/leaflet.pdf", "kit/armor.txt", "kit/frames/001.png", "kit/frames/004.png"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn a_kit_has_the_page_and_every_carrier_in_it_gives_the_letter_back() {
    let folder = kit(&[]);
    assert_eq!(run(&folder, &["kit", "letter.fa.md", "--out", "card"]).code, 0);
    let names: Vec<String> = files_below(&folder.path().join("card"))
        .iter()
        .map(|path| path.rsplit_once("card/").unwrap().1.to_owned())
        .filter(|name| !name.starts_with("frames/"))
        .collect();
    let all = "READ-ME.en.txt READ-ME.fa.txt armor.txt cards.pdf leaflet.pdf reader.html screen.gif screen.html";
    assert_eq!(names.join(" "), all);
    for carrier in ["leaflet.pdf", "cards.pdf", "armor.txt", "screen.html", "screen.gif", "frames"] {
        let said = run(&folder, &["decode", &format!("card/{carrier}"), "--out", "-"]);
        assert_eq!((said.code, said.bytes.as_slice()), (0, LETTER), "{carrier}");
    }
    // The page is the same wherever it comes from, and never written over something else.
    assert_eq!(run(&folder, &["reader", "--out", "page.html"]).code, 0);
    let page = fs::read(folder.path().join("page.html")).unwrap();
    assert_eq!(page, fs::read(folder.path().join("card/reader.html")).unwrap());
    assert_eq!(run(&folder, &["reader", "--out", "-"]).bytes, page);
    assert_eq!(run(&folder, &["reader", "--out", "letter.fa.md"]).code, 1);
    assert_eq!(fs::read(folder.path().join("letter.fa.md")).unwrap(), LETTER);
}

#[test]
fn the_page_is_served_to_this_computer_and_nothing_else_is() {
    let home = tempdir().unwrap();
    let mut command = command(home.path(), "C", &["serve", "--port", "0"]);
    let mut serving = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
    let host = address.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    assert!(host.starts_with("127.0.0.1:"), "{host}");
    let ask = |request: &str| {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.write_all(request.replace("HOST", &host).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let page = ask("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n");
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\n")
            && page.contains("\r\n\r\n<!DOCTYPE html>")
            && page.ends_with("</html>\n")
    );
    assert!(ask("HEAD / HTTP/1.1\r\nHost: HOST\r\n\r\n").ends_with("\r\n\r\n"));
    for (request, status) in [
        ("GET /../Cargo.toml HTTP/1.1\r\nHost: HOST\r\n\r\n", "404"),
        ("POST / HTTP/1.1\r\nHost: HOST\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", "421"),
        ("\r\n\r\n", "421"),
    ] {
        assert_eq!(ask(request).split(' ').nth(1), Some(status), "{request}");
    }
    // Whoever says nothing keeps nobody waiting.
    let silent = TcpStream::connect(&host).unwrap();
    // Whoever asks for more than a request may have is let go of, and the next one is served.
    let _ = TcpStream::connect(&host).unwrap().write_all(&vec![b'x'; 100_000]);
    assert!(ask("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n").ends_with("</html>\n"));
    drop(silent);
    serving.kill().unwrap();
    serving.wait().unwrap();
}

#[test]
fn nothing_is_overwritten_unasked_and_nothing_is_left_half_written() {
    let folder = kit(&[]);
    let before: Vec<(String, Vec<u8>)> =
        files_below(folder.path()).into_iter().map(|f| (f.clone(), fs::read(f).unwrap())).collect();
    let said = run(&folder, &["encode", "letter.fa.md", "--out", "kit", "--repair", "50"]);
    assert_eq!((said.code, text(&said.bytes)), (1, String::new()));
    assert_eq!(
        said.err,
        "shabnameh: kit/leaflet.pdf exists already\n  Choose another --out, or allow overwriting with --force.\n"
    );
    let after: Vec<(String, Vec<u8>)> =
        files_below(folder.path()).into_iter().map(|f| (f.clone(), fs::read(f).unwrap())).collect();
    assert!(before == after);

    // Forced, the frames of the first run do not stay among those of the second.
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "kit", "--repair", "0", "--force"]).code, 0);
    assert_eq!(fs::read_dir(folder.path().join("kit/frames")).unwrap().count(), 2);
    assert!(!files_below(folder.path()).iter().any(|file| file.contains("part")));
    // Nor do its cards, where the second has none.
    assert!(folder.path().join("kit/cards.pdf").exists());
    let large = ["encode", "letter.fa.md", "--out", "kit", "--qr-version", "30", "--force"];
    let said = run(&folder, &large);
    assert_eq!(said.code, 0);
    assert!(said.err.starts_with("cards: a code of 60.9 mm does not fit into the 51.0 mm"), "{}", said.err);
    assert!(!folder.path().join("kit/cards.pdf").exists());

    // What is not ours stays, forced or not.
    fs::create_dir_all(folder.path().join("mine/frames")).unwrap();
    for name in ["mine/frames/holiday.jpg", "mine/frames/007.png", "mine/frames/001.png"] {
        fs::write(folder.path().join(name), "mine").unwrap();
    }
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "mine"]).code, 1);
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "mine", "--force"]).code, 0);
    assert_eq!(fs::read(folder.path().join("mine/frames/holiday.jpg")).unwrap(), b"mine");
    assert_eq!(fs::read(folder.path().join("mine/frames/007.png")).unwrap(), b"mine");
    assert_ne!(fs::read(folder.path().join("mine/frames/001.png")).unwrap(), b"mine");

    // A file is no folder, forced or not.
    fs::write(folder.path().join("file"), "mine").unwrap();
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "file", "--force"]).code, 1);
    assert_eq!(fs::read(folder.path().join("file")).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn unfinished_files_are_nobody_elses() {
    let folder = kit(&[]);
    let path = folder.path();
    // Whatever has the names that we would take stays, and links among it are not followed.
    fs::create_dir_all(path.join("out")).unwrap();
    fs::write(path.join("outside.txt"), "mine").unwrap();
    std::os::unix::fs::symlink("../outside.txt", path.join("out/.letter.fa.md.shabnameh-part-0")).unwrap();
    assert_eq!(run(&folder, &["decode", "kit/frames", "--out", "out"]).code, 0);
    assert_eq!(fs::read(path.join("outside.txt")).unwrap(), b"mine");
    assert_eq!(fs::read(path.join("out/letter.fa.md")).unwrap(), LETTER);
    fs::create_dir_all(path.join(".new.shabnameh-part-0")).unwrap();
    fs::write(path.join(".new.shabnameh-part-0/photo.jpg"), "mine").unwrap();
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "new"]).code, 0);
    assert_eq!(fs::read(path.join(".new.shabnameh-part-0/photo.jpg")).unwrap(), b"mine");
    // A run that fails leaves no folders, and a forced one that fails leaves all as it was.
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "a/b/kit", "--qr-version", "23"]).code, 1);
    assert!(!path.join("a").exists());
    fs::create_dir_all(path.join("mixed/frames/002.png")).unwrap();
    for name in ["mixed/armor.txt", "mixed/leaflet.pdf", "mixed/frames/001.png", "mixed/frames/003.png"] {
        fs::write(path.join(name), "mine").unwrap();
    }
    let before = files_below(&path.join("mixed"));
    let said = run(&folder, &["encode", "letter.fa.md", "--out", "mixed", "--force"]);
    assert_eq!((said.code, files_below(&path.join("mixed"))), (1, before.clone()), "{}", said.err);
    assert!(before.iter().all(|file| fs::read(file).unwrap() == b"mine"));
}

#[test]
fn decode_does_not_overwrite_either() {
    let folder = kit(&[]);
    fs::write(folder.path().join("out"), "mine").unwrap();
    let said = run(&folder, &["decode", "kit/frames", "--out", "out"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("out exists already"), "{}", said.err);
    assert_eq!(fs::read(folder.path().join("out")).unwrap(), b"mine");
    assert_eq!(run(&folder, &["decode", "kit/frames", "--out", "out", "--force"]).code, 0);
    assert_eq!(fs::read(folder.path().join("out")).unwrap(), LETTER);
    // What is there already is no obstacle to itself.
    assert_eq!(run(&folder, &["decode", "kit/frames", "--out", "out"]).code, 0);
    assert_eq!(run(&folder, &["decode", "kit/frames", "--out", "."]).code, 0);
}

#[test]
fn every_loss_that_leaves_enough_gives_the_same_bytes() {
    let folder = kit(&[]);
    for (a, b) in [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)] {
        let (a, b) = (format!("kit/frames/00{a}.png"), format!("kit/frames/00{b}.png"));
        let said = run(&folder, &["decode", &b, &a, "--out", "-"]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(said.bytes == LETTER);
    }
    let said = run(&folder, &["decode", "kit/frames/003.png", "--out", "-"]);
    assert_eq!((said.code, said.bytes.len()), (3, 0));
    assert_eq!(
        said.err,
        "1 picture looked at, 1 frame taken\nletter 73e1b8e5e8ed82f0: 34 of 67 symbols; still needed: 33, about 1 more code\n"
    );
    image::GrayImage::from_pixel(300, 300, image::Luma([255u8])).save(folder.path().join("white.png")).unwrap();
    let said = run(&folder, &["decode", "white.png", "kit/frames/003.png", "--out", "-"]);
    assert!(said.err.ends_with("no code found in: white.png\n"), "{}", said.err);
    let said = run_with(folder.path(), "fa_IR.UTF-8", b"", &["decode", "kit/frames/003.png", "--out", "-"]);
    assert!(said.err.contains("۳۴ نماد از ۶۷؛ هنوز لازم است: ۳۳"), "{}", said.err);
}

#[test]
fn two_letters_in_one_folder_both_come_out() {
    let folder = kit(&[]);
    let other = persian_text(3, 8);
    fs::write(folder.path().join("other.txt"), &other).unwrap();
    assert_eq!(
        run(&folder, &["encode", "other.txt", "--out", "kit2", "--qr-version", "11", "--error-correction", "q"]).code,
        0
    );
    fs::create_dir(folder.path().join("mixed")).unwrap();
    for (number, file) in files_below(&folder.path().join("kit/frames"))
        .iter()
        .chain(&files_below(&folder.path().join("kit2/frames")))
        .enumerate()
    {
        fs::copy(file, folder.path().join(format!("mixed/{}.png", (number * 37) % 101))).unwrap();
    }
    let said = run(&folder, &["decode", "mixed", "--out", "letters/"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(fs::read(folder.path().join("letters/letter.fa.md")).unwrap(), LETTER);
    assert_eq!(fs::read(folder.path().join("letters/other.txt")).unwrap(), other.as_bytes());
    // One output cannot take two.
    assert_eq!(run(&folder, &["decode", "mixed", "--out", "-"]).code, 1);
    // One cannot be written: the other is, and the exit code says so.
    fs::create_dir(folder.path().join("taken")).unwrap();
    fs::write(folder.path().join("taken/letter.fa.md"), "mine").unwrap();
    let said = run(&folder, &["decode", "mixed", "--out", "taken"]);
    assert_eq!((said.code, fs::read(folder.path().join("taken/other.txt")).unwrap()), (1, other.clone().into_bytes()));
    assert_eq!(fs::read(folder.path().join("taken/letter.fa.md")).unwrap(), b"mine");
    // One complete and one not: what is complete is written, what is not is told.
    let said = run(&folder, &["decode", "kit/frames", "kit2/frames/001.png", "--out", "half/"]);
    assert_eq!(said.code, 3);
    assert!(folder.path().join("half/letter.fa.md").is_file() && !folder.path().join("half/other.txt").exists());
}

#[test]
fn runs_with_other_options_mix() {
    let folder = kit(&["--repair", "0"]);
    for (kit, options) in
        [("k2", ["--qr-version", "12", "--error-correction", "m"]), ("k3", ["--repair", "200", "--qr-version", "9"])]
    {
        let said = run(&folder, &[&["encode", "letter.fa.md", "--out", kit][..], &options].concat());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let said = run(
        &folder,
        &["decode", "kit/frames/002.png", "k2/frames/001.png", "k3/frames/007.png", "k3/frames/009.png", "--out", "-"],
    );
    assert!(said.bytes == LETTER, "{}", said.err);
}

#[test]
fn text_is_taken_in_any_form() {
    let folder = kit(&[]);
    let armor = fs::read(folder.path().join("kit/armor.txt")).unwrap();
    // Armor, from a pipe; there and back.
    assert!(run_with(folder.path(), "C", &armor, &["decode", "-", "--out", "-"]).bytes == LETTER);
    assert_eq!(run(&folder, &["unarmor", "kit/armor.txt", "--out", "envelope"]).code, 0);
    assert_eq!(run(&folder, &["armor", "envelope"]).bytes, armor);
    assert_eq!(run(&folder, &["armor", "letter.fa.md"]).bytes, armor);
    assert!(run_with(folder.path(), "C", LETTER, &["armor", "-"]).bytes.starts_with(b"-----BEGIN"));
    assert!(run(&folder, &["decode", "envelope", "--out", "-"]).bytes == LETTER);
    // Frames, pasted into a chat.
    let told = run(&folder, &["inspect", "--json", "kit/frames"]).bytes;
    let chat: String = text(&told)
        .lines()
        .map(|line| {
            let code: Value = serde_json::from_str(line).unwrap();
            let hex = code["codes"][0]["bytes"].as_str().unwrap();
            let bytes: Vec<u8> =
                (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
            format!("Sara: {} ok?\n", text(&bytes))
        })
        .collect();
    fs::write(folder.path().join("chat.txt"), chat).unwrap();
    assert!(run(&folder, &["decode", "chat.txt", "--out", "-"]).bytes == LETTER);
    let told: Value = serde_json::from_slice(&run(&folder, &["inspect", "--json", "chat.txt"]).bytes).unwrap();
    assert_eq!(told["codes"].as_array().unwrap().len(), 4);
    // Text as some notepads and chats save it.
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text(&armor).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(run_with(folder.path(), "C", &utf16, &["decode", "-", "--out", "-"]).bytes == LETTER);
    let other = [b"\xE9t\xE9: ", armor.as_slice(), b"\xFF"].concat();
    assert!(run_with(folder.path(), "C", &other, &["decode", "-", "--out", "-"]).bytes == LETTER);
    // A text that begins like a picture, and one in which a damaged armor stands before a whole one.
    assert!(
        run_with(folder.path(), "C", &[b"BMW %PDF- ", armor.as_slice()].concat(), &["decode", "-", "--out", "-"]).bytes
            == LETTER
    );
    let twice = [&armor[..300], b"\n", armor.as_slice()].concat();
    assert_eq!(
        run_with(folder.path(), "C", &twice, &["unarmor", "-", "--out", "-"]).bytes,
        fs::read(folder.path().join("envelope")).unwrap()
    );
    // An empty folder beside is told, and harms nothing.
    fs::create_dir(folder.path().join("empty")).unwrap();
    let said = run(&folder, &["decode", "empty", "kit/frames", "--out", "-"]);
    assert!(said.code == 0 && said.bytes == LETTER && said.err.contains("empty: there is no picture"), "{}", said.err);
    // Damaged armor says so.
    fs::write(folder.path().join("cut.txt"), &armor[..600]).unwrap();
    let said = run(&folder, &["decode", "cut.txt", "--out", "-"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("its END line is missing") && said.err.contains("Copy it again"), "{}", said.err);
}

#[test]
fn inspect_keeps_its_promise_to_scripts() {
    let folder = kit(&["--qr-version", "14"]);
    let foreign =
        qrcode::QrCode::with_version(b"https://example.org/", qrcode::Version::Normal(3), qrcode::EcLevel::Q).unwrap();
    let side = foreign.width();
    let pixel = |x: u32, y: u32| {
        let (x, y) = ((x / 6) as usize, (y / 6) as usize);
        let inside = (4..side + 4).contains(&x) && (4..side + 4).contains(&y);
        let dark = inside && foreign.to_colors()[(y - 4) * side + x - 4] == qrcode::Color::Dark;
        image::Luma([if dark { 0 } else { 255u8 }])
    };
    let size = (side + 8) as u32 * 6;
    image::GrayImage::from_fn(size, size, pixel).save(folder.path().join("foreign.png")).unwrap();
    fs::write(folder.path().join("broken.png"), b"\x89PNG\r\n\x1a\nbroken").unwrap();
    let said =
        run(&folder, &["inspect", "--json", "foreign.png", "kit/frames/001.png", "kit/leaflet.pdf", "broken.png"]);
    assert_eq!(said.code, 1);
    let lines: Vec<Value> = text(&said.bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["picture"], "foreign.png");
    assert!(lines[0].get("page").is_none());
    let code = &lines[0]["codes"][0];
    assert_eq!(code["bytes"], "68747470733a2f2f6578616d706c652e6f72672f");
    assert_eq!(
        (&code["version"], &code["level"], &code["frame"], &code["refused"]),
        (&3.into(), &"Q".into(), &Value::Null, &Value::Null)
    );
    let corners: Vec<Vec<f64>> = serde_json::from_value(code["corners"].clone()).unwrap();
    assert!((corners[0][0] - 24.0).abs() < 1.5 && (corners[2][1] - (side + 4) as f64 * 6.0).abs() < 1.5, "{corners:?}");
    let frame = &lines[1]["codes"][0]["frame"];
    assert_eq!(
        (&frame["object_id"], &frame["block"], &frame["esi"]),
        (&"73e1b8e5e8ed82f0".into(), &0.into(), &0.into())
    );
    assert_eq!(lines[2]["page"], 1);
    let pages: Vec<_> = lines.iter().filter(|line| line["picture"] == "kit/leaflet.pdf").collect();
    assert_eq!(
        pages.iter().map(|page| page["codes"].as_array().unwrap().len()).sum::<usize>(),
        fs::read_dir(folder.path().join("kit/frames")).unwrap().count()
    );
    assert!(lines.last().unwrap()["error"]["what"].is_string());
    // For people.
    let said = run(&folder, &["inspect", "foreign.png", "kit/frames/001.png"]);
    assert!(text(&said.bytes).contains("not ours   https://example.org/ · QR 3-Q"), "{}", text(&said.bytes));
    assert!(text(&said.bytes).contains("frame      73e1b8e5e8ed82f0 · ESI 0–"), "{}", text(&said.bytes));
}

#[test]
fn decode_tells_programs_what_happened() {
    let folder = kit(&[]);
    let said = run(&folder, &["decode", "--json", "kit/frames/001.png", "kit/frames/004.png", "--out", "x"]);
    let told: Value = serde_json::from_slice(&said.bytes).unwrap();
    assert_eq!(told["pictures"][1]["frames"][0]["new"], 34);
    let letter = &told["letters"][0];
    assert_eq!(
        (&letter["state"], &letter["written"], &letter["bytes"]),
        (&"complete".into(), &"x".into(), &3143.into())
    );
    assert!(
        run(&folder, &["decode", "--json", "kit/frames", "--out", "-"])
            .err
            .contains("the letter or the JSON, not both")
    );
    let said = run(&folder, &["decode", "--json", "kit/frames/001.png"]);
    let told: Value = serde_json::from_slice(&said.bytes).unwrap();
    assert_eq!(
        (said.code, &told["letters"][0]["state"], &told["letters"][0]["needed"]),
        (3, &"incomplete".into(), &67.into())
    );
}

#[test]
fn bad_input_gets_two_parts() {
    let folder = tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("empty"), "").unwrap();
    fs::write(path.join("noise.bin"), common::Chance(1).bytes(500)).unwrap();
    fs::write(path.join("letter"), LETTER).unwrap();
    fs::create_dir(path.join("nothing")).unwrap();
    fs::create_dir(path.join("junk")).unwrap();
    fs::write(path.join("junk/thumbs.db"), [0xFF, 0, 1, 2]).unwrap();
    let large = fs::File::create(path.join("large")).unwrap();
    large.set_len(16 * 1024 * 1024 + 1).unwrap();
    fs::write(path.join("IMG_1.HEIC"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic").unwrap();
    let cases: [(&[&str], i32, &str, &str); 16] = [
        (&["decode", "IMG_1.HEIC"], 1, "IMG_1.HEIC: it cannot be read as a picture", "send it again"),
        (&["encode", "empty", "--out", "k"], 1, "the letter is empty", "Give a file with something in it."),
        (
            &["encode", "large", "--out", "k"],
            1,
            "the letter has 16777217 bytes; the most that can be carried is 16777216",
            "Shorten it",
        ),
        (&["encode", "missing", "--out", "k"], 1, "missing: no such file", "Check the path"),
        (&["encode", "letter", "--out", "/proc/k"], 1, "/proc", "Check the path, the space on the disk"),
        (
            &["encode", "letter", "--out", "k", "--repair", "5000"],
            1,
            "5000 % of repair is more than",
            "smaller --repair",
        ),
        (
            &["encode", "letter", "--out", "k", "--qr-version", "23"],
            1,
            "QR version 23 is not used",
            "from 1 to 40, but not 23",
        ),
        (&["encode", "letter", "--out", "k", "--qr-version", "41"], 1, "there is no QR version 41", "from 1 to 40"),
        (
            &["encode", "letter", "--out", "k", "--qr-version", "1"],
            1,
            "version 1 is too small",
            "--qr-version 3 or more",
        ),
        (&["encode", "letter", "--out", "k", "--module-mm", "9"], 1, "modules of 9 mm are outside", "--module-mm"),
        (&["encode", "letter", "--out", "k", "--module-mm", "3"], 1, "does not fit into the", "a smaller --module-mm"),
        (&["encode", "letter", "--out", "k", "--lang", "f a"], 1, "the language has a value", "fa, ckb, ar, az or en"),
        (&["decode", "noise.bin"], 1, "cannot be read as a picture", "Give a photo"),
        (&["decode", "nothing"], 1, "nothing: there is no picture, PDF, film or text in it", "folder with the photos"),
        (&["decode", "junk"], 1, "junk: there is no picture, PDF, film or text in it", "folder with the photos"),
        (&["decode", "letter"], 3, "no code of ours was found", "take them again in good light"),
    ];
    for (arguments, code, what, advice) in cases {
        let said = run(&folder, arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(what), "{arguments:?}: {}", said.err);
        assert!(said.err.contains(advice), "{arguments:?}: {}", said.err);
        assert!(!path.join("k").exists(), "{arguments:?} left something");
    }
    assert_eq!(run(&folder, &["encode"]).code, 2);
    assert_eq!(run(&folder, &["encode", "letter", "--out", "k", "--paper", "a9"]).code, 2);
    assert_eq!(files_below(path).len(), 6);
}

#[test]
fn a_full_disk_is_told() {
    // /dev/full takes nothing; a folder on it cannot be had, so standard output stands for the disk.
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = kit(&[]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = command(folder.path(), "C", &["decode", "kit/frames", "--out", "-"]);
    let said = Said::from(command.stdout(full).output().unwrap());
    assert_eq!(said.code, 1);
    assert!(said.err.contains("the disk is full"), "{}", said.err);
}

/// A PDF of one page with these contents, and one more object.
fn pdf(contents: &str, resources: &str, object: &str) -> String {
    format!(
        "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj\n\
         3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <<{resources}>> >> endobj\n\
         4 0 obj <</Length {}>>\nstream\n{contents}\nendstream endobj\n5 0 obj {object} endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n",
        contents.len()
    )
}

#[test]
fn a_pdf_that_asks_for_too_much_is_ended_and_the_others_are_read() {
    let folder = kit(&[]);
    // A line of six million points in dashes of a hundred-thousandth; a picture of 40 gigapixels in one byte.
    let dashes = pdf("[0.00001 0.00001] 0 d 0.0001 w 0 0 m 6000000 8000 l S", "", "null");
    let fax = "<</Type /XObject /Subtype /Image /Width 200000 /Height 200000 /BitsPerComponent 1 /ColorSpace /DeviceGray \
               /Filter /CCITTFaxDecode /DecodeParms <</K -1 /Columns 200000 /Rows 200000>> /Length 4>>\nstream\n~~~~\nendstream";
    fs::write(folder.path().join("dashes.pdf"), dashes).unwrap();
    fs::write(folder.path().join("fax.pdf"), pdf("600 0 0 800 0 0 cm /I Do", "/XObject <</I 5 0 R>>", fax)).unwrap();
    let said = run(&folder, &["decode", "dashes.pdf", "fax.pdf", "kit/leaflet.pdf", "--out", "-"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.bytes == LETTER);
    assert!(
        said.err.contains("dashes.pdf: ")
            && said.err.contains("it takes more time or memory than a page or picture may"),
        "{}",
        said.err
    );
    assert!(said.err.contains("fax.pdf: ") && !said.err.contains("mistake"), "{}", said.err);
}

#[test]
fn names_from_outside_stay_in_the_folder() {
    for (name, written) in
        [("../../x", "x"), ("CON", "letter-CON"), ("a\u{1b}[2J.txt", "a[2J.txt"), ("/etc/passwd", "passwd")]
    {
        let folder = tempdir().unwrap();
        let armor = shabnameh::codec::armor::armor(&common::envelope(LETTER, name));
        let said = run_with(folder.path(), "C", armor.as_bytes(), &["decode", "-", "--out", "."]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(!said.err.contains('\u{1b}'));
        assert_eq!(fs::read(folder.path().join(written)).unwrap(), LETTER);
        assert_eq!(files_below(folder.path()).len(), 1);
    }
}

#[test]
fn titles_from_outside_are_harmless_in_json() {
    let folder = tempdir().unwrap();
    let title = "T\u{9b}31m\u{202e}evil\u{7f} می‌رود";
    let letter = shabnameh::codec::letter::Letter::new(LETTER.to_vec(), "a.md").unwrap().with_title(title).unwrap();
    let armor = shabnameh::codec::armor::armor(&shabnameh::codec::envelope::Envelope::seal(&letter).unwrap());
    let said = run_with(folder.path(), "C", armor.as_bytes(), &["decode", "-", "--json"]);
    let told = text(&said.bytes);
    assert!(!told.contains(['\u{9b}', '\u{202e}', '\u{7f}']) && told.contains("می‌رود"));
    assert_eq!(serde_json::from_str::<Value>(&told).unwrap()["letters"][0]["title"], title);
}

#[test]
fn characters_that_no_font_has_are_told_and_travel() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "سلام 漢 😀 1️⃣ ✅").unwrap();
    let said = run(&folder, &["encode", "a.txt", "--out", "kit"]);
    assert_eq!(
        said.err,
        "the fonts lack these characters: 漢 (U+6F22) — their numbers are printed in their places; in the codes they are there\n"
    );
    assert_eq!(run(&folder, &["decode", "kit/leaflet.pdf", "--out", "-"]).bytes, "سلام 漢 😀 1️⃣ ✅".as_bytes());
}

#[test]
fn a_text_in_another_encoding_is_told_and_travels() {
    let folder = tempdir().unwrap();
    let utf16: Vec<u8> = "\u{FEFF}سلام".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("a.txt"), &utf16).unwrap();
    let said = run(&folder, &["encode", "a.txt", "--out", "kit"]);
    assert!(said.code == 0 && String::from_utf8_lossy(&said.bytes).contains("taken from a text in UTF-16LE"));
    assert_eq!(run(&folder, &["decode", "kit/leaflet.pdf", "--out", "-"]).bytes, "سلام".as_bytes());
    // What no encoding explains travels as it is.
    fs::write(folder.path().join("a.txt"), b"\0\xFF\x01").unwrap();
    let said = run(&folder, &["encode", "a.txt", "--out", "kit", "--force"]);
    assert!(
        said.code == 0 && said.err.starts_with("a.txt travels as a file, and no text of it is printed"),
        "{}",
        said.err
    );
    assert_eq!(run(&folder, &["decode", "kit/leaflet.pdf", "--out", "-"]).bytes, b"\0\xFF\x01");
}

#[test]
fn any_file_travels() {
    let folder = tempdir().unwrap();
    let photo = common::Chance(6).bytes(20_000);
    fs::write(folder.path().join("photo.jpg"), &photo).unwrap();
    let said = run(&folder, &["encode", "photo.jpg", "--out", "kit", "--title", "عکس"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(run(&folder, &["decode", "kit/leaflet.pdf", "--out", "back/"]).code, 0);
    assert_eq!(fs::read(folder.path().join("back/photo.jpg")).unwrap(), photo);
}

#[test]
fn the_demonstration_runs_twice() {
    let folder = tempdir().unwrap();
    for _ in 0..2 {
        let said = run(&folder, &["demo"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let told = text(&said.bytes);
        assert!(
            told.contains("2 of the 4 codes were painted over") && told.contains("the same, byte for byte"),
            "{told}"
        );
        assert!(told.ends_with("  shabnameh-demo/leaflet.pdf\n"));
        assert_eq!(fs::read(folder.path().join("shabnameh-demo/restored/letter.fa.md")).unwrap(), LETTER);
    }
}

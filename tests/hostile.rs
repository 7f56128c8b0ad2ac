//! What strangers send to keep the program busy, to push a letter out, to be taken for another: the right outcome of
//! each.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Chance, LETTER, default_frames, envelope};
use program::{PROGRAM, command, key, run};
use serde_json::Value;
use shabnameh::codec::armor;
use shabnameh::codec::encryption::Lock;
use shabnameh::codec::envelope::{Envelope, ObjectId};
use shabnameh::codec::fec::Partition;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::codec::secret::SecretText;
use shabnameh::codec::signature::Signature;
use tempfile::{TempDir, tempdir};

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.path().join(name), bytes).unwrap();
}

fn texts(frames: &[Frame]) -> String {
    frames.iter().map(|frame| frame.to_text() + "\n").collect()
}

/// Frames of an object that does not exist: each position on its own, with two rivals, and wide ones that overlap them.
fn overlapping(length: usize, wide: usize, rivals: usize, seed: u64) -> Vec<Frame> {
    let mut chance = Chance(seed);
    let partition = Partition::new(length).unwrap();
    let (k, size) = (partition.source_symbols(), partition.symbol_size());
    let id = ObjectId([seed as u8; 8]);
    let mut frame = |first: usize, count: usize| Frame::new(id, partition, first, chance.bytes(count * size)).unwrap();
    let mut frames: Vec<Frame> = (0..k).map(|at| frame(at, 1)).collect();
    frames.extend((0..wide).flat_map(|at| [at % 100; 2]).map(|at| frame(at, rivals)));
    frames
}

#[test]
fn forged_codes_of_any_shape_end_and_the_letter_among_them_comes_out() {
    let folder = tempdir().unwrap();
    let letter = default_frames(&envelope(LETTER, "letter.fa.md"));
    for (at, (length, wide, rivals)) in
        [(2_016, 30, 60), (2_016, 100, 100), (500, 200, 3), (18_900, 20, 18), (60, 90, 2)].into_iter().enumerate()
    {
        let forged = overlapping(length, wide, rivals, at as u64 + 1);
        write(&folder, "forged.txt", texts(&forged));
        let said = run(&folder, &["decode", "forged.txt", "--out", "none/"]);
        assert_eq!(said.code, 3, "{at}: {}", said.err);
        assert!(said.err.contains("some are forged"), "{at}: {}", said.err);
        write(&folder, "both.txt", texts(&[&forged[..], &letter].concat()));
        let out = format!("{at}/");
        run(&folder, &["decode", "both.txt", "--out", &out]);
        assert_eq!(fs::read(folder.path().join(out).join("letter.fa.md")).unwrap(), LETTER, "{at}");
    }
}

/// Frames of so many objects that do not exist: six each, as many as it takes.
fn flood(objects: u32, first: u32) -> String {
    let mut chance = Chance(u64::from(first));
    let partition = Partition::new(300).unwrap();
    let count = partition.source_symbols().div_ceil(6);
    let mut text = String::new();
    for object in first..first + objects {
        let [a, b, c, d] = object.to_be_bytes();
        for at in 0..6 {
            let symbols = chance.bytes(count * partition.symbol_size());
            let frame = Frame::new(ObjectId([9, 9, 9, 9, a, b, c, d]), partition, at * count, symbols).unwrap();
            text.push_str(&(frame.to_text() + "\n"));
        }
    }
    text
}

#[test]
fn a_flood_of_begun_letters_pushes_out_no_letter_in_any_order() {
    let folder = tempdir().unwrap();
    let frames = default_frames(&envelope(LETTER, "letter.fa.md"));
    let (first, second) = frames.split_at(frames.len() / 4);
    // Exactly as many codes as it takes.
    let (first, second) = (texts(first), texts(&second[..first.len()]));
    let flood = flood(10_100, 0);
    let half = flood.len() / 2 + flood[flood.len() / 2..].find("SHAB").unwrap();
    for (name, all) in [
        ("before", [&first, &second, flood.as_str()].concat()),
        ("after", [flood.as_str(), &first, &second].concat()),
        ("between", [first.as_str(), &flood, &second].concat()),
        ("around", [&flood[..half], &first, &flood[half..], &second].concat()),
    ] {
        write(&folder, name, all);
        let said = run(&folder, &["decode", name, "--out", &format!("out-{name}/")]);
        assert_eq!(fs::read(folder.path().join(format!("out-{name}/letter.fa.md"))).unwrap(), LETTER, "{}", said.err);
        // Nothing had to be given up for that, and what never was a letter is told shortly.
        assert!(!said.err.contains("given up") && said.err.lines().count() < 40, "{}", said.err);
    }
    // Who knows which letter they want takes that alone.
    let id = envelope(LETTER, "letter.fa.md").object_id().to_string();
    let said = run(&folder, &["decode", "between", "--only", &id[..6], "--out", "only/"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("of other letters"), "{}", said.err);
    let said = run(&folder, &["decode", "between", "--only", "no id", "--out", "only/"]);
    assert!(said.code == 1 && said.err.contains("is no object id"), "{}", said.err);
}

/// The most memory that a run held, in KiB, as far as a look every few milliseconds tells; and its exit code.
#[cfg(target_os = "linux")]
fn held(folder: &TempDir, arguments: &[&str]) -> (u64, i32) {
    let mut child = command(folder.path(), "C", arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = most.max(line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            return (most, ended.code().unwrap());
        }
        std::thread::sleep(Duration::from_millis(3));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded_whatever_comes() {
    // A hundred megabytes may take 400; of these six, one object's once took 237. In KiB.
    const MOST: u64 = 250_000;
    let folder = tempdir().unwrap();
    let mut chance = Chance(1);
    // Frames of one object; of an object each.
    let small = Partition::new(2_016).unwrap();
    let tiny = Partition::new(50).unwrap();
    let frame = |id: [u8; 8], partition: Partition, first: usize, count: usize, chance: &mut Chance| {
        let symbols = chance.bytes(count * partition.symbol_size());
        Frame::new(ObjectId(id), partition, first, symbols).unwrap().to_text() + "\n"
    };
    let one: String =
        (0..40_000).map(|at: usize| frame([7; 8], small, at * 7 % 245, 1 + at % 10, &mut chance)).collect();
    let many: String = (0..100_000u64).map(|at| frame(at.to_be_bytes(), tiny, 0, 1, &mut chance)).collect();
    for (name, text, most_held) in [("one", &one, 150_000), ("many", &many, MOST)] {
        write(&folder, name, text);
        for more in [&[][..], &["--json"]] {
            let (most, code) = held(&folder, &[&["decode", name, "--out", "out/"], more].concat());
            assert!(code == 3 && most < most_held, "{name} {more:?}: {most} KiB, exit code {code}");
        }
        let (most, code) = held(&folder, &["inspect", name]);
        assert!(code == 0 && most < most_held, "inspect {name}: {most} KiB, exit code {code}");
    }
    // A picture in colour of more memory than that, in a file so large that it may have as many pixels.
    write(&folder, "large.png", blank_png(11_000, 12_500, 4_000_000));
    let (most, code) = held(&folder, &["decode", "large.png"]);
    assert!(code == 1 && most < MOST, "large.png: {most} KiB, exit code {code}");
    // A small picture with a colour profile of half a gigabyte.
    let mut profile = flate2::write::ZlibEncoder::new(b"p\0\0".to_vec(), flate2::Compression::fast());
    (0..500).for_each(|_| profile.write_all(&[0; 1_000_000]).unwrap());
    let mut small = blank_png(100, 100, 0);
    let at = small.windows(4).position(|window| window == b"IDAT").unwrap() - 4;
    small.splice(at..at, png_chunk(b"iCCP", &profile.finish().unwrap()));
    write(&folder, "profile.png", small);
    let (most, code) = held(&folder, &["decode", "profile.png"]);
    assert!(code == 3 && most < MOST, "profile.png: {most} KiB, exit code {code}");
    // A film that is no text and no picture is not read to its end.
    let film = fs::File::create(folder.path().join("film.mp4")).unwrap();
    film.set_len(600_000_000).unwrap();
    (&film).write_all(b"\0\0\0\x20ftypisom\xFF\xFF\xFF").unwrap();
    let (most, code) = held(&folder, &["decode", "film.mp4"]);
    assert!(code == 1 && most < MOST, "film.mp4: {most} KiB, exit code {code}");
}

/// A white PNG in colour, with so many bytes behind it.
#[cfg(target_os = "linux")]
fn blank_png(width: u32, height: u32, more: usize) -> Vec<u8> {
    let mut rows = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let row: Vec<u8> = [vec![0], vec![255; 3 * width as usize]].concat();
    (0..height).for_each(|_| rows.write_all(&row).unwrap());
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", rows.finish().unwrap()), (b"IEND", Vec::new())] {
        file.extend(png_chunk(kind, &data));
    }
    file.resize(file.len() + more, 0);
    file
}

#[cfg(target_os = "linux")]
fn png_chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let chunk = [&kind[..], data].concat();
    let sum = crc32fast::hash(&chunk).to_be_bytes();
    [&(data.len() as u32).to_be_bytes()[..], &chunk, &sum].concat()
}

/// A TIFF of so many black and white pages that all share one strip of zeros, packed.
fn shared_strip(pages: u32, side: u32) -> Vec<u8> {
    let row: Vec<u8> = {
        let bytes = side.div_ceil(8) as usize;
        let runs = bytes / 128;
        [[129, 0].repeat(runs), if bytes.is_multiple_of(128) { vec![] } else { vec![(257 - bytes % 128) as u8, 0] }]
            .concat()
    };
    let strip = row.repeat(side as usize);
    let mut file = b"II\x2A\0".to_vec();
    file.extend_from_slice(&(8 + strip.len() as u32).to_le_bytes());
    file.extend_from_slice(&strip);
    for page in 0..pages {
        let entries: [(u16, u16, u32); 8] = [
            (256, 4, side),
            (257, 4, side),
            (258, 3, 1),
            (259, 3, 32_773),
            (262, 3, 1),
            (273, 4, 8),
            (278, 4, side),
            (279, 4, strip.len() as u32),
        ];
        file.extend_from_slice(&(entries.len() as u16).to_le_bytes());
        for (tag, kind, value) in entries {
            file.extend_from_slice(&tag.to_le_bytes());
            file.extend_from_slice(&kind.to_le_bytes());
            file.extend_from_slice(&1u32.to_le_bytes());
            file.extend_from_slice(&value.to_le_bytes());
        }
        let next = if page + 1 == pages { 0 } else { file.len() as u32 + 4 };
        file.extend_from_slice(&next.to_le_bytes());
    }
    file
}

#[test]
fn a_file_of_few_bytes_gets_no_more_than_its_share_of_work() {
    let folder = tempdir().unwrap();
    write(&folder, "bomb.tif", shared_strip(24, 2_500));
    assert!(fs::metadata(folder.path().join("bomb.tif")).unwrap().len() < 30_000);
    let said = run(&folder, &["decode", "bomb.tif", "--json"]);
    let told: Value = serde_json::from_str(&said.out).unwrap();
    let pages = told["pictures"].as_array().unwrap().len();
    assert!(said.code == 1 && (5..20).contains(&pages), "{pages} pages: {}", said.err);
    assert!(said.err.contains("the rest was passed over") && said.err.contains("--no-limit"), "{}", said.err);
    let said = run(&folder, &["decode", "bomb.tif", "--json", "--no-limit"]);
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["pictures"].as_array().unwrap().len(), 24);

    // Letters of a few hundred bytes that become 16 MiB each: some are opened, the others told.
    let bomb = |at: usize| {
        let letter = Letter::new(vec![b'a' + at as u8; 16 * 1024 * 1024 - at], "a.txt").unwrap();
        armor::armor(&Envelope::seal(&letter).unwrap())
    };
    write(&folder, "bombs.txt", (0..8).map(bomb).collect::<String>());
    let said = run(&folder, &["decode", "bombs.txt", "--out", "bombs/"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("is not opened") && said.err.contains("--no-limit"), "{}", said.err);
    let opened = fs::read_dir(folder.path().join("bombs")).unwrap().count();
    assert!((1..8).contains(&opened), "{opened}");
}

#[test]
fn a_passphrase_of_blanks_or_of_what_is_not_seen_closes_nothing() {
    let folder = tempdir().unwrap();
    write(&folder, "letter.txt", LETTER);
    for (name, passphrase) in [
        ("blanks", " ".repeat(20)),
        ("zwnj", format!("a{}", "\u{200C}".repeat(20))),
        ("spaces", format!("a{}b", " ".repeat(20))),
        ("invisible", "\u{3164}".repeat(20)),
        ("soft", format!("secret{}", "\u{AD}".repeat(20))),
    ] {
        write(&folder, name, &passphrase);
        for command in [
            &["encode", "letter.txt", "--out", "kit"][..],
            &["print", "letter.txt", "--out", "a.pdf"],
            &["armor", "letter.txt", "--out", "a.txt"],
        ] {
            let said = run(&folder, &[command, &["--passphrase-file", name]].concat());
            assert!(said.code == 1 && said.err.contains("keeps nothing secret"), "{name}: {}", said.err);
            assert!(!folder.path().join(command[3]).exists(), "{name}");
        }
        let said = run(&folder, &["keygen", "--out", "a.key", "--key-passphrase-file", name]);
        assert!(said.code == 1 && !folder.path().join("a.key").exists(), "{name}");
    }
    assert!(
        fs::read_dir(folder.path())
            .unwrap()
            .flatten()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
    );
}

#[test]
fn the_true_encrypted_letter_is_tried_before_a_flood_of_false_ones() {
    let folder = tempdir().unwrap();
    write(&folder, "words", "seven long words that nobody guesses");
    let lock = Lock::Passphrase(SecretText::new("seven long words that nobody guesses".into()));
    let letter = Letter::new(LETTER.to_vec(), "letter.fa.md").unwrap();
    let sealed = Envelope::seal(&letter).unwrap().encrypt(&lock).unwrap();
    // As many as one likes of another passphrase: one that was made, and changed behind its header.
    let other = Lock::Passphrase(SecretText::new("another passphrase of theirs".into()));
    let fake = Envelope::seal(&Letter::new(b"a".to_vec(), "").unwrap()).unwrap().encrypt(&other).unwrap();
    let fakes: String = (0..128u8)
        .map(|at| {
            let mut bytes = fake.bytes().to_vec();
            bytes.push(at);
            armor::armor(&Envelope::from_bytes(bytes).unwrap())
        })
        .collect();
    let frames = texts(&default_frames(&sealed));
    write(&folder, "fakes.txt", &fakes);
    write(&folder, "alone.txt", armor::armor(&sealed));
    write(&folder, "frames.txt", &frames);
    write(&folder, "mixed.txt", [&fakes, frames.as_str()].concat());
    for (out, inputs) in [
        ("alone/", &["fakes.txt", "alone.txt"][..]),
        ("frames/", &["fakes.txt", "frames.txt"]),
        ("mixed/", &["mixed.txt"]),
    ] {
        let options = ["--passphrase-file", "words", "--out", out];
        let said = run(&folder, &[&["decode"], inputs, &options].concat());
        assert_eq!(fs::read(folder.path().join(out).join("letter.fa.md")).unwrap(), LETTER, "{}", said.err);
        // Of the others it is told that they were not tried, and how they would be.
        assert!(said.err.contains("--only") && said.err.contains("--no-limit"), "{}", said.err);
        // What was decrypted is its reader's alone.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(out).join("letter.fa.md")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
    // Among fakes in one text it cannot be told from them, but for its name.
    write(&folder, "hidden.txt", [&fakes, armor::armor(&sealed).as_str()].concat());
    let id = sealed.object_id().to_string();
    let options = ["--passphrase-file", "words", "--only", &id[..8], "--out", "hidden/"];
    let said = run(&folder, &[&["decode", "hidden.txt"][..], &options].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(fs::read(folder.path().join("hidden/letter.fa.md")).unwrap(), LETTER);
}

#[test]
fn verify_says_what_it_looked_at_and_nothing_stands_around_a_signed_letter() {
    let folder = tempdir().unwrap();
    let letter = Letter::new(b"Meet at six.".to_vec(), "call.txt").unwrap();
    let signed = armor::armor(&Envelope::seal_signed(&letter, &Signature::of(&letter, &key(1))).unwrap());
    write(&folder, "union.pub", key(1).public().to_file());
    let trust = ["--trust", "union.pub"];
    for (name, text) in [
        ("before", format!("The strike is off.\n{signed}")),
        ("after", format!("{signed}\n(nothing else)\n")),
        ("hidden", format!("{signed}\u{200B}")),
        ("an END line more", format!("{signed}The strike is off.\n{}\n", armor::END)),
        ("twice", format!("{signed}{signed}")),
        ("a BEGIN line more", format!("{}\nThe strike is off.\n{}\n{signed}", armor::BEGIN, armor::END)),
    ] {
        write(&folder, name, text);
        let said = run(&folder, &[&["verify", name][..], &trust].concat());
        assert!(said.code == 1 && said.out.is_empty(), "{name}: {}", said.out);
        let damaged = name == "a BEGIN line more";
        assert!(damaged || said.err.contains("other text around the envelope"), "{name}: {}", said.err);
    }
    write(&folder, "bare", format!("\u{FEFF}\n  \n{signed}\n\n"));
    let said = run(&folder, &[&["verify", "bare"][..], &trust].concat());
    assert!(said.code == 0 && said.out.contains("\nenvelope "), "{}", said.out);
    // A signature beside the file is what is looked at, whatever is in it.
    let detached = |text: &[u8], first| {
        let letter = Letter::new(text.to_vec(), "x").unwrap();
        Signature::of(&letter, &key(first)).to_file(&letter, &key(first).public())
    };
    let forged = format!("The strike is off.\n{signed}");
    write(&folder, "forged", &forged);
    write(&folder, "forged.minisig", detached(forged.as_bytes(), 2));
    let said = run(&folder, &[&["verify", "forged"][..], &trust].concat());
    assert!(said.code == 1 && said.out.is_empty() && said.err.contains("without the key"), "{}{}", said.out, said.err);
    write(&folder, "bare.minisig", detached(&fs::read(folder.path().join("bare")).unwrap(), 1));
    let said = run(&folder, &[&["verify", "bare"][..], &trust].concat());
    assert!(said.code == 0 && said.out.contains("\nsignature  bare.minisig"), "{}{}", said.out, said.err);
    let said = run(&folder, &[&["verify", "bare", "--json"][..], &trust].concat());
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&told["signature_file"], &told["envelope"]), (&"bare.minisig".into(), &Value::Null));
}

#[test]
fn what_a_system_may_run_is_written_under_a_harmless_name() {
    let folder = tempdir().unwrap();
    write(&folder, "union.pub", key(1).public().to_file());
    let names =
        ["evil.html", "x.library-ms", "desktop.ini", "run.desktop", "letter.txt.exe", "\u{3164}", "a.s\u{34F}cr"];
    let (mut strange, mut trusted) = (String::new(), String::new());
    for (at, name) in names.iter().enumerate() {
        let letter = Letter::new(format!("letter {at}").into_bytes(), name).unwrap();
        strange.push_str(&armor::armor(&Envelope::seal(&letter).unwrap()));
        trusted.push_str(&armor::armor(&Envelope::seal_signed(&letter, &Signature::of(&letter, &key(1))).unwrap()));
    }
    write(&folder, "strange.txt", strange);
    write(&folder, "trusted.txt", trusted);
    let written = |out: &str| {
        let mut names: Vec<String> = fs::read_dir(folder.path().join(out))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(run(&folder, &["decode", "strange.txt", "--out", "strange/"]).code, 0);
    let harmless = [
        "a.scr.txt",
        "desktop.ini.txt",
        "evil.html.txt",
        "letter",
        "letter.txt.exe.txt",
        "run.desktop.txt",
        "x.library-ms.txt",
    ];
    assert_eq!(written("strange"), harmless);
    assert_eq!(run(&folder, &["decode", "trusted.txt", "--trust", "union.pub", "--out", "trusted/"]).code, 0);
    let own = ["a.scr", "desktop.ini", "evil.html", "letter", "letter.txt.exe", "run.desktop", "x.library-ms"];
    assert_eq!(written("trusted"), own);
}

#[test]
fn a_name_that_looks_like_a_trusted_one_is_refused_with_both_names() {
    let folder = tempdir().unwrap();
    write(&folder, "one.pub", key(1).public().to_file());
    write(&folder, "two.pub", key(2).public().to_file());
    for (at, (name, alike)) in [
        ("our union", "our uni\u{43E}n"),
        ("اتحادیهٔ ۱", "اتحاديه 1"),
        ("سازمان", "سازّمان"),
        ("خانة ما", "خانه ما"),
        ("group", "gr\u{34F}oup\u{3164}"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("names{at}");
        let trust = |key: &str, name: &str| run(&folder, &["trust", key, "--name", name, "--trust-file", &file]);
        assert_eq!(trust("one.pub", name).code, 0);
        let said = trust("two.pub", alike);
        assert!(said.code == 1 && said.err.contains(name) && said.err.contains("looks like"), "{alike}: {}", said.err);
    }
}

/// Runs the program on a terminal of its own, by the tool `script`; gives all that the terminal showed.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &TempDir, line: &str) -> String {
    let output = Command::new("script")
        .args(["-qec", line, "/dev/null"])
        .current_dir(folder.path())
        .env("LC_ALL", "C")
        .env("HOME", folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).replace('\r', "")
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_a_letter_stands_behind_bars_between_two_verdicts() {
    let folder = tempdir().unwrap();
    let spoof = format!(
        "Stop.\n  signed by a key you trust: our union (1)\n\n$ \r\u{1b}[A{}signed by a key you trust\n",
        "x".repeat(300)
    );
    write(&folder, "spoof.txt", armor::armor(&envelope(spoof.as_bytes(), "a.txt")));
    let shown = on_a_terminal(&folder, &format!("{PROGRAM} decode spoof.txt --out -"));
    let lines: Vec<&str> = shown.lines().collect();
    let verdicts: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains("not signed")).collect();
    let [before, after] = verdicts[..] else { panic!("{shown}") };
    assert!(lines[before + 1..after].iter().all(|line| line.starts_with("│ ")), "{shown}");
    assert!(lines.iter().all(|line| !line.contains("a key you trust") || line.starts_with("│ ")), "{shown}");
    // In a pipe its bytes stay as they are.
    assert_eq!(run(&folder, &["decode", "spoof.txt", "--out", "-"]).out, spoof);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_behind_and_the_next_one_sweeps() {
    let folder = tempdir().unwrap();
    let hidden = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().flatten();
        entries.map(|entry| entry.file_name().into_string().unwrap()).filter(|name| name.starts_with('.')).collect()
    };
    write(&folder, "letter.bin", Chance(3).bytes(900_000));
    for signal in ["-INT", "-TERM"] {
        let mut child =
            command(folder.path(), "C", &["encode", "letter.bin", "--out", "new/kit", "--force"]).spawn().unwrap();
        while hidden(&folder.path().join("new").join(".").canonicalize().unwrap_or(folder.path().into())).is_empty() {
            assert_eq!(child.try_wait().unwrap(), None, "it ended before it was interrupted");
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        assert!(!folder.path().join("new").exists() && hidden(folder.path()).is_empty(), "{signal}");
    }
    // What an earlier run left when the machine went out goes at the next one; what someone is writing, and what is not
    // ours, stays.
    fs::create_dir_all(folder.path().join("out")).unwrap();
    write(&folder, "out/.letter.txt.shabnameh-part-0", "an open letter");
    write(&folder, "out/.busy.txt.shabnameh-part-0", "being written");
    write(&folder, "out/.mine", "mine");
    let busy = fs::File::open(folder.path().join("out/.busy.txt.shabnameh-part-0")).unwrap();
    busy.try_lock().unwrap();
    write(&folder, "a.txt", armor::armor(&envelope(LETTER, "letter.txt")));
    assert_eq!(run(&folder, &["decode", "a.txt", "--out", "out"]).code, 0);
    let mut left = hidden(&folder.path().join("out"));
    left.sort();
    assert_eq!(left, [".busy.txt.shabnameh-part-0", ".mine"]);
}

#[test]
fn encode_tells_what_a_photo_gives_away_and_strips_it() {
    let folder = tempdir().unwrap();
    // The smallest PNG there is, with a note in it.
    let png: Vec<u8> = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55"[..],
        b"\0\0\0\x0btEXtAuthor\0Sara\x1e\x9f\xb0\x6e",
        b"\0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71",
        b"\0\0\0\0IEND\xae\x42\x60\x82",
    ]
    .concat();
    write(&folder, "photo.png", &png);
    let said = run(&folder, &["armor", "photo.png", "--out", "a.txt"]);
    assert!(said.code == 0 && said.err.contains("careful") && said.err.contains("--strip"), "{}", said.err);
    let said = run(&folder, &["encode", "photo.png", "--strip", "--out", "kit"]);
    assert!(said.code == 0 && !said.err.contains("careful"), "{}", said.err);
    assert_eq!(run(&folder, &["decode", "kit/frames", "--out", "back/"]).code, 0);
    let back = fs::read(folder.path().join("back/photo.png")).unwrap();
    assert!(!back.windows(4).any(|four| four == b"Sara") && back.len() + 23 == png.len());
    // A text has nothing of the kind, and what cannot be stripped is told.
    write(&folder, "letter.txt", LETTER);
    assert_eq!(run(&folder, &["armor", "letter.txt", "--out", "b.txt"]).err, "");
    write(&folder, "letter.pdf", b"%PDF-1.4 /Author (Sara) \xFF");
    let said = run(&folder, &["encode", "letter.pdf", "--strip", "--out", "kit2"]);
    assert!(said.code == 1 && said.err.contains("only a JPEG or PNG"), "{}", said.err);
    assert!(run(&folder, &["encode", "letter.pdf", "--out", "kit3"]).err.contains("perhaps by whom"));
}

#[test]
fn a_page_that_is_not_ours_is_told_apart() {
    let folder = tempdir().unwrap();
    write(&folder, "letter.txt", LETTER);
    assert_eq!(run(&folder, &["kit", "letter.txt", "--out", "kit"]).code, 0);
    let check = |name: &str| run(&folder, &["reader", "--check", name]);
    let said = check("kit/reader.html");
    assert!(said.code == 0 && said.out.contains("byte for byte"), "{}", said.out);
    let digest = said.out.split_whitespace().last().unwrap().to_owned();
    let id = envelope(LETTER, "letter.txt").object_id().to_string();
    let said = check("kit/screen.html");
    assert!(said.code == 0 && said.out.contains(&id), "{}", said.out);
    for page in ["kit/reader.html", "kit/screen.html"] {
        let forged =
            fs::read_to_string(folder.path().join(page)).unwrap().replacen("</body>", "<script></script></body>", 1);
        write(&folder, "forged.html", forged);
        let said = check("forged.html");
        assert!(said.code == 6 && said.out.contains("not the page"), "{}", said.out);
    }
    // What people compare it with stands in the README and with every kit.
    assert!(include_str!("../README.md").contains(&digest), "the README has another SHA-256 than {digest}");
    for language in ["fa", "en"] {
        let read_me = fs::read_to_string(folder.path().join(format!("kit/READ-ME.{language}.txt"))).unwrap();
        assert!(read_me.contains(&digest) && !read_me.contains('{'));
    }
}

#[test]
fn idle_connections_keep_nobody_from_the_page() {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    let folder = tempdir().unwrap();
    let mut serving = command(folder.path(), "C", &["serve", "--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(serving.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
    let host = address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let idle: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(&host).unwrap()).collect();
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("</html>\n"));
    // The oldest were closed for it; the last are still open.
    let mut first = &idle[0];
    first.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    assert_eq!(first.read(&mut [0]).unwrap(), 0);
    serving.kill().unwrap();
    serving.wait().unwrap();
}

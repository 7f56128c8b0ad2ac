//! Who signed, who may read: the four answers in words, JSON and exit codes; encrypted letters; keys and their files;
//! and nothing about the sender.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::LETTER;
use program::{PROGRAM, key, run, run_in};
use serde_json::Value;
use shabnameh::codec::armor;
use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::letter::Letter;
use shabnameh::codec::signature::Signature;
use tempfile::{TempDir, tempdir};

const PERSIAN: &str = "fa_IR.UTF-8";

/// Minisign's file of that key, without a passphrase.
fn key_file(first: u8) -> String {
    let coded = |bytes: &[u8]| {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digit = |three: &[u8], at: usize| {
            let number = (0..3).fold(0u32, |n, i| n << 8 | u32::from(three.get(i).copied().unwrap_or(0)));
            if at > three.len() { '=' } else { char::from(DIGITS[(number >> (18 - 6 * at)) as usize & 63]) }
        };
        bytes.chunks(3).flat_map(|three| (0..4).map(move |at| digit(three, at))).collect::<String>()
    };
    let mut bytes = b"Ed\0\0B2".to_vec();
    bytes.extend([0; 48]);
    bytes.extend([first; 40]);
    bytes.extend(key(first).public().key());
    bytes.extend([0; 32]);
    format!("untrusted comment: minisign secret key\n{}\n", coded(&bytes))
}

/// A folder with an unsigned letter, one signed by a key that is trusted, by one that is not, and one whose signature
/// is false.
fn four() -> (TempDir, String) {
    let folder = tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let letter = Letter::new(LETTER.to_vec(), "letter.fa.md").unwrap();
    let signed = |first| Envelope::seal_signed(&letter, &Signature::of(&letter, &key(first))).unwrap();
    let mut forged = signed(1).bytes().to_vec();
    // The signature of another letter.
    let other = Letter::new(b"another".to_vec(), "letter.fa.md").unwrap();
    forged[3..171].copy_from_slice(&Signature::of(&other, &key(1)).to_bytes());
    let all = [
        ("unsigned", Envelope::seal(&letter).unwrap()),
        ("trusted", signed(1)),
        ("unknown", signed(2)),
        ("false", Envelope::from_bytes(forged).unwrap()),
    ];
    for (name, envelope) in &all {
        write(&format!("{name}.txt"), &armor::armor(envelope));
    }
    write("union.pub", &key(1).public().to_file());
    write("names", &format!("{} اتحادیه\n", key(1).public().to_base64()));
    (folder, key(1).public().fingerprint().to_string())
}

const STATES: [(&str, i32); 4] = [("trusted", 0), ("unknown", 4), ("unsigned", 5), ("false", 6)];

#[test]
fn the_four_answers_are_never_confused() {
    let (folder, fingerprint) = four();
    let unknown = key(2).public().fingerprint().to_string();
    let shown = |digits: &str, persian: bool| {
        let digit = |c: char| c.to_digit(10).filter(|_| persian).and_then(|d| char::from_u32(0x6F0 + d)).unwrap_or(c);
        digits.replace(' ', "\u{a0}").chars().map(digit).collect::<String>()
    };
    for (language, persian) in [("C", false), (PERSIAN, true)] {
        let words = |state: &str| match (state, persian) {
            ("trusted", false) => format!("signed by a key you trust: اتحادیه ({})\n", shown(&fingerprint, false)),
            ("trusted", true) => {
                format!("امضاشده با کلیدی که به آن اعتماد دارید: اتحادیه ({})\n", shown(&fingerprint, true))
            }
            ("unknown", false) => format!(
                "signed by a key you do not know: {}; compare these digits with those the writer published\n",
                shown(&unknown, false)
            ),
            ("unknown", true) => format!(
                "امضاشده با کلیدی که نمی‌شناسید: {}؛ این رقم‌ها را با آنچه نویسنده منتشر کرده است مقایسه کنید\n",
                shown(&unknown, true)
            ),
            ("unsigned", false) => "not signed: anyone may have written it\n".to_owned(),
            ("unsigned", true) => "بی‌امضا: ممکن است کار هر کسی باشد\n".to_owned(),
            (_, false) => {
                format!(
                    "SIGNATURE FALSE: it says it is by {}, and is not; do not believe it\n",
                    shown(&fingerprint, false)
                )
            }
            (_, true) => {
                format!("امضا جعلی است: می‌گوید از {} است و نیست؛ باورش نکنید\n", shown(&fingerprint, true))
            }
        };
        let all: BTreeSet<String> = STATES.iter().map(|(state, _)| words(state)).collect();
        assert_eq!(all.len(), 4);
        for (state, code) in STATES {
            let input = format!("{state}.txt");
            let said = run_in(folder.path(), language, &["verify", &input, "--trust-file", "names"]);
            // What was looked at stands in the second line.
            let (answer, looked_at) = said.out.split_at(words(state).len());
            assert_eq!((said.code, answer, said.err.as_str()), (code, words(state).as_str(), ""), "{state}");
            let label = if persian { "پاکت" } else { "envelope" };
            assert!(looked_at.starts_with(label) && looked_at.lines().count() == 1, "{looked_at}");
            // Decoding says the same, of this state alone.
            let out = format!("{state}-{persian}/");
            let decode = ["decode", &input, "--trust-file", "names", "--out", &out];
            let said = run_in(folder.path(), language, &decode);
            assert_eq!(said.code, code, "{state}: {}", said.err);
            for other in &all {
                assert_eq!(said.err.contains(other.trim_end()), *other == words(state), "{state}: {}", said.err);
            }
            assert_eq!(folder.path().join(&out).join("letter.fa.md").exists(), state != "false");
        }
    }
    // Programs, and pinned keys.
    for (state, code) in STATES {
        let input = format!("{state}.txt");
        let said = run(&folder, &["verify", &input, "--json", "--trust", "union.pub"]);
        let told: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((said.code, told["signature"]["state"].as_str()), (code, Some(state)));
        let said = run(&folder, &["decode", &input, "--json", "--trust", "union.pub", "--out", "json/", "--force"]);
        let told: Value = serde_json::from_str(&said.out).unwrap();
        let letter = &told["letters"][0];
        assert_eq!((said.code, letter["signature"]["state"].as_str()), (code, Some(state)));
        // Nothing is written that is not by the key that was asked for.
        assert_eq!(letter["written"].is_null(), state != "trusted", "{state}");
        assert_eq!(letter["state"], if state == "false" { "false" } else { "complete" });
        let claimed = match state {
            "unsigned" => Value::Null,
            "unknown" => unknown.as_str().into(),
            _ => fingerprint.as_str().into(),
        };
        assert_eq!(letter["signature"]["fingerprint"], claimed);
    }
}

#[test]
fn a_false_signature_shows_no_letter_unless_asked_by_name() {
    let (folder, _) = four();
    let said = run(&folder, &["decode", "false.txt", "--out", "-"]);
    assert_eq!((said.code, said.out.as_str()), (6, ""));
    assert!(said.err.contains("--even-if-false"), "{}", said.err);
    let said = run(&folder, &["decode", "false.txt", "--even-if-false", "--out", "-"]);
    assert_eq!((said.code, said.out.as_bytes()), (6, LETTER));
    assert!(said.err.contains("SIGNATURE FALSE"), "{}", said.err);
    // Nor is it printed, signed anew or armored.
    for command in [["print", "false.txt", "--out", "a.pdf"], ["armor", "false.txt", "--out", "a.txt"]] {
        let said = run(&folder, &command);
        assert!(said.code == 6 && said.err.contains("the signature is false"), "{}", said.err);
        assert!(!folder.path().join(command[3]).exists());
    }
    // What is beside no signature, or is a picture, is not called unsigned.
    fs::write(folder.path().join("note"), "note").unwrap();
    assert_eq!(run(&folder, &["verify", "note"]).code, 1);
    let chat = format!("look:\n{}bye", fs::read_to_string(folder.path().join("trusted.txt")).unwrap());
    fs::write(folder.path().join("chat"), chat).unwrap();
    // Nor is what stands around a signed letter, though the letter comes out of it.
    let said = run(&folder, &["verify", "chat", "--trust", "union.pub"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("other text around the envelope"), "{}", said.err);
    assert_eq!(run(&folder, &["decode", "chat", "--trust", "union.pub", "--out", "of-chat/"]).code, 0);
    // Beside others it does not keep them back.
    let said = run(&folder, &["decode", "false.txt", "unknown.txt", "--out", "both/"]);
    assert_eq!(said.code, 6);
    assert_eq!(fs::read(folder.path().join("both/letter.fa.md")).unwrap(), LETTER);
}

#[test]
fn a_stranger_takes_nobodys_place() {
    let folder = tempdir().unwrap();
    let armored = |name: &str, envelope: &Envelope| {
        fs::write(folder.path().join(name), armor::armor(envelope)).unwrap();
    };
    let letter = |content: &[u8], name: &str| Letter::new(content.to_vec(), name).unwrap();
    let own = letter(b"the union's", "letter.txt");
    let own = Envelope::seal_signed(&own, &Signature::of(&own, &key(1))).unwrap();
    armored("own.txt", &own);
    let mut strangers = vec![];
    for number in 0..8 {
        strangers.push(letter(format!("stranger {number}").as_bytes(), "letter.txt"));
    }
    strangers.push(letter(b"a signature", "letter.txt.minisig"));
    strangers.push(letter(b"an envelope", &format!("{}.envelope", own.object_id())));
    for (number, stranger) in strangers.iter().enumerate() {
        armored(&format!("stranger-{number}.txt"), &Envelope::seal(stranger).unwrap());
    }
    fs::write(folder.path().join("names"), format!("{} union\n", key(1).public().to_base64())).unwrap();
    let said =
        run(&folder, &["decode", ".", "--trust-file", "names", "--minisig", "--envelope", "--out", "out/", "--force"]);
    assert_eq!(said.code, 5, "{}", said.err);
    let at = |name: &str| fs::read(folder.path().join("out").join(name)).unwrap();
    assert_eq!(at("letter.txt"), b"the union's");
    assert!(at("letter.txt.minisig").starts_with(b"untrusted comment"));
    assert_eq!(at(&format!("{}.envelope", own.object_id())), own.bytes());
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1 + 10 + 1 + 11);
    // Where its place is taken by another, whose it is is said all the same.
    let said = run(&folder, &["decode", "stranger-0.txt", "--out", "again/"]);
    assert_eq!(said.code, 0);
    let said = run(&folder, &["decode", "own.txt", "--trust-file", "names", "--out", "again/"]);
    assert!(
        said.code == 1 && said.err.contains("exists") && said.err.contains("signed by a key you trust: union"),
        "{}",
        said.err
    );
}

#[test]
fn bombs_and_floods_of_encrypted_letters_are_bounded() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("secret"), "a long secret of words\n").unwrap();
    // 12 letters of 16 MiB are 10 KB of text.
    let bomb = |number: u8| {
        let mut zeros = vec![0; 16 * 1024 * 1024];
        zeros[0] = number;
        armor::armor(&Envelope::seal(&Letter::new(zeros, "bomb").unwrap()).unwrap())
    };
    fs::write(folder.path().join("bombs.txt"), (0..6).map(bomb).collect::<String>()).unwrap();
    let output = Command::new("/bin/sh")
        .args(["-c", "ulimit -v 700000; exec \"$0\" decode bombs.txt --no-limit --out out/", PROGRAM])
        .env("RAYON_NUM_THREADS", "1")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    // Each asks for the most work there may be, and the passphrase is not theirs.
    let salt = |number: usize| format!("{number:04}AAAAAAAAAAAAAAAAAA");
    let closed = |number: usize| {
        let file = format!(
            "age-encryption.org/v1\n-> scrypt {} 18\n{}\n--- {}\n",
            salt(number),
            "A".repeat(43),
            "A".repeat(43)
        );
        armor::armor(&Envelope::from_bytes([&[1, 1], file.as_bytes(), &[0; 60]].concat()).unwrap())
    };
    fs::write(folder.path().join("closed.txt"), (0..60).map(closed).collect::<String>()).unwrap();
    let start = std::time::Instant::now();
    let said = run(&folder, &["decode", "closed.txt", "--passphrase-file", "secret", "--out", "out/"]);
    println!("60 letters that ask for much work: {:?}", start.elapsed());
    assert!(said.code == 1 && said.err.contains("too many of these"), "{}", said.err);
}

#[test]
fn signing_travels_through_codes_and_is_printed() {
    let (folder, fingerprint) = four();
    fs::write(folder.path().join("union.key"), key_file(1)).unwrap();
    fs::write(folder.path().join("letter.fa.md"), LETTER).unwrap();
    let said = run(&folder, &["encode", "letter.fa.md", "--sign", "union.key", "--out", "kit"]);
    assert!(said.code == 0 && said.out.contains(&fingerprint.replace(' ', "\u{a0}")), "{}{}", said.out, said.err);
    let decode = [
        "decode",
        "kit/frames",
        "kit/leaflet.pdf",
        "--trust",
        "union.pub",
        "--out",
        "back/",
        "--minisig",
        "--envelope",
    ];
    let said = run(&folder, &decode);
    assert_eq!(said.code, 0, "{}", said.err);
    let back = folder.path().join("back");
    let signature = fs::read_to_string(back.join("letter.fa.md.minisig")).unwrap();
    assert_eq!(
        signature.lines().nth(2),
        Some("trusted comment: shabnameh type=2 language=fa name=letter.fa.md title=")
    );
    assert_eq!(run(&folder, &["verify", "back/letter.fa.md", "--trust", "union.pub"]).code, 0);
    // The envelope goes on as it came: the codes are the same again.
    let mut entries = fs::read_dir(&back).unwrap().map(|entry| entry.unwrap().path());
    let envelope = entries.find(|path| path.extension().is_some_and(|e| e == "envelope")).unwrap();
    let again = run(&folder, &["print", envelope.to_str().unwrap(), "--out", "again.pdf"]);
    assert_eq!(again.code, 0, "{}", again.err);
    let pdf = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(pdf("again.pdf"), pdf("kit/leaflet.pdf"));
    // Signed twice, or titled anew, it would be another letter.
    let said = run(&folder, &["print", envelope.to_str().unwrap(), "--sign", "union.key", "--out", "b.pdf"]);
    assert!(said.code == 1 && said.err.contains("--sign"), "{}", said.err);
}

#[test]
fn encrypted_letters_travel_unopened_and_paper_shows_nothing_of_them() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("letter.fa.md"), LETTER).unwrap();
    fs::write(at("union.key"), key_file(1)).unwrap();
    fs::write(at("secret"), "a long secret of words\nand more\n").unwrap();
    fs::write(at("other"), "another long secret\n").unwrap();
    let encode = [
        "encode",
        "letter.fa.md",
        "--title",
        "Hidden",
        "--sign",
        "union.key",
        "--passphrase-file",
        "secret",
        "--out",
        "kit",
    ];
    let said = run(&folder, &encode);
    assert!(said.code == 0 && said.out.contains("encryption age\n"), "{}{}", said.out, said.err);
    let text = Command::new("pdftotext").arg(at("kit/leaflet.pdf")).arg("-").output().unwrap().stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("An encrypted letter"), "{text}");
    let fingerprint = key(1).public().fingerprint().to_string();
    for secret in ["Hidden", "letter.fa", "اینترنت خاموش", &fingerprint[..5]] {
        assert!(!text.contains(secret), "{secret}");
    }
    let closed = run(&folder, &["decode", "kit/frames", "--out", "closed/", "--envelope"]);
    assert_eq!(closed.code, 1);
    assert!(closed.err.contains("this letter is encrypted\n") && closed.err.contains("--passphrase"), "{}", closed.err);
    let envelope: Vec<PathBuf> = fs::read_dir(at("closed")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(envelope.len(), 1, "an envelope, and no letter");
    let print = ["print", envelope[0].to_str().unwrap(), "--out", "again.pdf"];
    assert_eq!(run(&folder, &print).code, 0);
    assert_eq!(fs::read(at("again.pdf")).unwrap(), fs::read(at("kit/leaflet.pdf")).unwrap());
    let wrong = run(&folder, &["decode", "again.pdf", "--passphrase-file", "other", "--out", "out/"]);
    assert!(wrong.code == 1 && wrong.err.contains("what was given does not open it"), "{}", wrong.err);
    let right = run(&folder, &["decode", "again.pdf", "--passphrase-file", "secret", "--out", "out/"]);
    assert!(right.code == 0 && right.err.contains("signed by a key you do not know"), "{}", right.err);
    assert_eq!(fs::read(at("out/letter.fa.md")).unwrap(), LETTER);
}

#[test]
fn passphrases_come_from_files_or_a_terminal_and_are_not_short() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "text").unwrap();
    fs::write(folder.path().join("short"), "123456789012345").unwrap();
    let said = run(&folder, &["armor", "a.txt", "--passphrase-file", "short"]);
    assert!(said.code == 1 && said.err.contains("shabnameh passphrase"), "{}", said.err);
    let said = run(&folder, &["keygen", "--out", "a.key", "--key-passphrase-file", "short"]);
    assert!(said.code == 1 && !folder.path().join("a.key").exists());
    for language in ["fa", "en"] {
        let made: BTreeSet<String> =
            (0..4).map(|_| run(&folder, &["passphrase", "--lang", language, "--words", "9"]).out).collect();
        assert_eq!(made.len(), 4);
        assert!(made.iter().all(|passphrase| passphrase.split(' ').count() == 9));
    }
    let said = run(&folder, &["passphrase", "--lang", "en"]);
    assert_eq!(said.err, "7 words of 1024, drawn by chance: 70 bits, one of 2^70 passphrases\n");
}

#[test]
fn keys_are_files_of_their_owner_alone_and_are_not_overwritten() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("secret"), "a long secret of words\n").unwrap();
    let keygen =
        |more: &[&str]| run(&folder, &[&["keygen", "--key-passphrase-file", "secret", "--out"], more].concat());
    for (name, public, more) in [("union.key", "union.pub", &[][..]), ("me", "me.pub", &["--recipient"][..])] {
        let said = keygen(&[&[name], more].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        let before = fs::read(folder.path().join(name)).unwrap();
        let again = keygen(&[&[name], more].concat());
        assert!(again.code == 1 && again.err.contains("never overwritten"), "{}", again.err);
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), before);
        assert!(folder.path().join(public).exists());
    }
    assert_eq!(keygen(&["-"]).code, 1);
    let names = |arguments: &[&str]| run(&folder, &[&["trust", "--trust-file", "names"], arguments].concat());
    assert_eq!(names(&["union.pub", "--name", "our union"]).code, 0);
    assert!(names(&[]).out.ends_with("  our union\n"));
    assert_eq!((names(&["--forget", "nobody"]).code, names(&["union.pub", "--name", " "]).code), (1, 1));
    assert_eq!((names(&["--forget", "our union"]).code, names(&[]).out.as_str()), (0, ""));
}

#[test]
fn forged_codes_are_named_with_their_pictures() {
    use shabnameh::codec::frame::Frame;
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("letter.fa.md"), LETTER).unwrap();
    assert_eq!(run(&folder, &["encode", "letter.fa.md", "--out", "kit", "--qr-version", "8"]).code, 0);
    let told = run(&folder, &["inspect", "--json", "kit/frames"]).out;
    let texts: Vec<String> = told
        .lines()
        .map(|line| {
            let told: Value = serde_json::from_str(line).unwrap();
            let hex = told["codes"][0]["bytes"].as_str().unwrap().to_owned();
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap() as char).collect()
        })
        .collect();
    let frame = Frame::from_text(texts[1].as_bytes()).unwrap().unwrap();
    let forged = Frame::new(
        frame.object_id(),
        *frame.partition(),
        frame.first(),
        vec![7; frame.count() * frame.partition().symbol_size()],
    );
    fs::write(folder.path().join("a-chat.txt"), forged.unwrap().to_text()).unwrap();
    let said = run(&folder, &["decode", "a-chat.txt", "kit/frames", "--json", "--out", "out/"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("1 forged code left out, in: a-chat.txt\n"), "{}", said.err);
    let told: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["letters"][0]["forged"], serde_json::json!(["a-chat.txt"]));
    assert_eq!(
        (&told["pictures"][0]["frames"][0]["forged"], &told["pictures"][1]["frames"][0]["forged"]),
        (&true.into(), &false.into())
    );
    let said = run(&folder, &["inspect", "a-chat.txt", "kit/frames"]);
    assert_eq!(said.out.matches("forged").count(), 1, "{}", said.out);
    let alone: Value = serde_json::from_str(run(&folder, &["inspect", "--json", "a-chat.txt"]).out.trim()).unwrap();
    assert_eq!(alone["codes"][0]["forged"], Value::Null);
}

/// Everything below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

#[test]
fn nothing_that_is_written_tells_of_the_sender() {
    let folder = tempfile::Builder::new().prefix("zz-folder-").tempdir().unwrap();
    let home = folder.path().join("zz-home");
    fs::create_dir_all(home.join("zz-desk")).unwrap();
    let desk = home.join("zz-desk");
    fs::write(desk.join("letter.txt"), LETTER).unwrap();
    fs::write(desk.join("union.key"), key_file(1)).unwrap();
    fs::write(desk.join("secret"), "a long secret of words\n").unwrap();
    let letter = desk.join("letter.txt");
    let run = |arguments: &[&str]| {
        let output = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(&desk)
            .envs([("HOME", home.as_os_str()), ("USER", "zz-user".as_ref()), ("LOGNAME", "zz-user".as_ref())])
            .envs([("HOSTNAME", "zz-host"), ("TZ", "Asia/Tehran"), ("LC_ALL", "C")])
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        // What is said names files as they were given, and no more.
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).replace(letter.to_str().unwrap(), "");
        assert!(!said.contains("zz-"), "{arguments:?}: {said}");
    };
    let letter = letter.to_str().unwrap();
    run(&["encode", letter, "--out", "out/kit", "--sign", "union.key"]);
    run(&["encode", letter, "--out", "out/closed", "--passphrase-file", "secret"]);
    run(&["print", letter, "--form", "all", "--preview", "--plain", "--out", "out/forms"]);
    run(&["armor", letter, "--out", "out/armor.txt"]);
    run(&["decode", "out/kit/frames", "--out", "out/back/", "--minisig", "--envelope"]);
    run(&["keygen", "--key-passphrase-file", "secret", "--out", "out/a.key"]);
    run(&["keygen", "--recipient", "--key-passphrase-file", "secret", "--out", "out/b.key"]);
    run(&["trust", "out/a.pub", "--name", "someone", "--trust-file", "out/names"]);
    run(&["trial", letter, "--channel", "home-printer", "--channel", "day-phone", "--runs", "1", "--out", "out/trial"]);

    let say = |command: &str, arguments: &[&str]| {
        let said = Command::new(command).args(arguments).output().unwrap().stdout;
        String::from_utf8(said).unwrap().trim().to_owned()
    };
    let version = env!("CARGO_PKG_VERSION");
    let mut secrets: Vec<String> =
        ["zz-", version, "printpdf", "lopdf", "plotters", "rustc", "tIME", "tEXt", "Creator", "Producer", "Date"]
            .map(str::to_owned)
            .to_vec();
    secrets.push(say("uname", &["-n"]));
    for zone in ["UTC", "Asia/Tehran"] {
        for shape in ["+%Y-%m-%d", "+%Y%m%d", "+%d/%m/%Y", "+%d.%m.%Y", "+%b %e", "+%e %b"] {
            let output = Command::new("date").arg(shape).env("TZ", zone).env("LC_ALL", "C").output().unwrap().stdout;
            secrets.push(String::from_utf8(output).unwrap().trim().to_owned());
        }
    }
    let written = files(&desk.join("out"));
    let kinds: BTreeSet<String> = written
        .iter()
        .filter_map(|path| path.extension())
        .map(|ending| ending.to_string_lossy().into_owned())
        .collect();
    let wanted = ["envelope", "jpg", "json", "key", "minisig", "pdf", "png", "pub", "svg", "txt"];
    assert!(wanted.iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
    for path in written {
        let mut bytes = fs::read(&path).unwrap();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            // Streams unpacked: what people read is no secret, what the file says of itself is looked through.
            let plain = Command::new("qpdf")
                .args(["--qdf", "--object-streams=disable", "--no-original-object-ids"])
                .arg(&path)
                .arg("-")
                .output()
                .unwrap();
            bytes.extend(plain.stdout);
        }
        // The program in the page is packed: any few letters stand in it somewhere.
        if path.extension().is_some_and(|ending| ending == "html") {
            let is_packed = |part: &&[u8]| part.len() > 1_000;
            let parts = bytes.split(|byte| !byte.is_ascii_alphanumeric() && !b"+/".contains(byte));
            bytes = parts.filter(|part| !is_packed(part)).collect::<Vec<_>>().join(&b' ');
        }
        // In what was drawn by chance four letters may stand by chance.
        let by_chance = path.components().any(|part| part.as_os_str() == "closed")
            || path.extension().is_some_and(|ending| ending == "key");
        for secret in secrets.iter().filter(|secret| secret.len() > if by_chance { 4 } else { 3 }) {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{} tells {secret}", path.display());
        }
    }
}

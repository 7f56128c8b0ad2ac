//! What the page is told, and that its types say the same.

use super::*;
use crate::codec::envelope::Envelope;
use crate::codec::frame::Frame;
use crate::codec::trust::Trust;
use crate::optics::scan::Why;
use crate::to_codes;
use crate::web::bindings;

fn told(text: &str, name: &str, whole: bool) -> Value {
    let letter = Letter::new(text.as_bytes().to_vec(), name).unwrap();
    let envelope = Envelope::seal(&letter).unwrap();
    let opened = envelope.open(&Trust::nobody()).unwrap();
    self::letter(envelope.object_id(), opened.signature_status(), opened.letter().ok(), whole)
}

#[test]
fn a_letter_is_told_in_parts_as_javascript_counts_them() {
    let told = told("# عنوان\n\n𝄞 **پررنگ** و **باز** 1-2\n\nEnglish words only", "a.md", true);
    assert_eq!((&told["title"], &told["right"], &told["answer"]), (&json!("عنوان"), &json!(true), &json!("unsigned")));
    let blocks = told["blocks"].as_array().unwrap();
    assert_eq!(blocks[0]["text"], json!("𝄞 پررنگ و باز 1-2"));
    assert_eq!(blocks[0]["bold"], json!([[3, 8], [11, 14]]));
    assert_eq!(blocks[0]["tokens"], json!([[15, 18, false]]));
    assert_eq!((&blocks[0]["right"], &blocks[1]["right"]), (&json!(true), &json!(false)));
}

#[test]
fn what_would_fill_a_phone_is_a_file_and_a_glance_is_short() {
    let large = "a **b** ".repeat(60_000);
    let blocks = &told(&large, "a.md", true)["blocks"];
    assert!(blocks[0]["bold"].as_array().unwrap().is_empty());
    let huge = told(&"a **b** ".repeat(200_000), "a.md", true);
    assert!(huge["blocks"].is_null() && huge["text"].is_null() && huge["bytes"] == json!(1_600_000));
    // Words that a browser would be setting for minutes, wherever they stand.
    for endless in ["\u{640}".repeat(500_000), format!("# {}", "ب".repeat(20_000)), "a\u{300}".repeat(9_000)] {
        let told = told(&endless, "a.md", true);
        assert!(told["blocks"].is_null() && told.to_string().len() < 600, "{told}");
    }
    assert!(told(&"کلمه ".repeat(100_000), "a.md", true)["blocks"].is_array());
    let glance = told(&format!("# {}\u{202E}", "w".repeat(5_000)), "a.md", false).to_string();
    assert!(glance.len() < 500 && !glance.contains('\u{202E}'), "{glance}");
}

/// One of everything that the page is told, as TypeScript: types that have all keys hold what has all of them.
fn samples() -> String {
    let letter = Letter::new("**سلام** 1-2\n".repeat(400).into(), "letter.md").unwrap();
    let codes = to_codes(&letter, 100).unwrap();
    let mut collector = Collector::default();
    let came = |collector: &mut Collector, text: &str| self::came(&collector.code(text.as_bytes()));
    let new = came(&mut collector, &codes[0]);
    let known = came(&mut collector, &codes[0]);
    let coming = {
        collector.settle();
        collecting(&collector, 5, 4)
    };
    codes.iter().skip(1).for_each(|code| drop(collector.code(code.as_bytes())));
    collector.settle();
    let frame = Frame::from_text(codes[1].as_bytes()).unwrap().unwrap();
    let symbols: Vec<u8> = frame.symbols().flat_map(|(_, symbol)| symbol.iter().map(|byte| byte ^ 1)).collect();
    let forged = Frame::new(frame.object_id(), *frame.partition(), frame.first(), symbols).unwrap().to_text();
    let in_a_file = all_that_came(&[
        (CodeOutcome::Foreign, Some("hello".into())),
        (CodeOutcome::Refused(Error::FrameText), None),
        (CodeOutcome::Refused(Error::FrameText), None),
    ]);
    let all_came =
        [new, known, came(&mut collector, &forged), came(&mut collector, "hello"), came(&mut collector, "SHAB.")];
    let corners = [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]];
    let code = Code { bytes: codes[0].clone().into(), corners, version: 1, level: 'L' };
    let unread = Unread { corners, version: 1, darkness: Vec::new(), agreement: 0.5, why: Why::Glare };

    let text = "# Title\n\n> By: a\n\n**bold** سلام\n\n- item\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n***\n\nend";
    let envelope = Envelope::seal(&letter).unwrap();
    let (key, passphrase) =
        (bindings::new_key(vec![7; 72], "a long enough passphrase".into()).unwrap(), "a long enough passphrase");
    let parse = |json: String| serde_json::from_str::<Value>(&json).unwrap();
    let key = parse(key);
    let public = key["key"].as_str().unwrap();
    let trust = bindings::trust("", public, "the union").unwrap();
    let identity = {
        // Its key is of chance: the same each time is its shape.
        let mut identity = parse(bindings::new_identity(passphrase.into()).unwrap());
        identity["recipient"] = json!("age1");
        identity["identity"] = json!([1, 2]);
        identity
    };
    let mut key = key;
    key["secret"] = json!("");
    let parts: [(&str, Value); 12] = [
        ("Told", error(&Error::FrameText)),
        ("Came[]", json!(all_came)),
        ("Came[]", in_a_file),
        ("Settled", coming),
        ("Settled", collecting(&collector, 5, 4)),
        ("Seen", look(&[code], &[unread])),
        ("Required<Letter>", told(text, "a.md", true)),
        (
            "Letter[]",
            json!([
                told(text, "a.md", false),
                super::letter(envelope.object_id(), &SignatureStatus::Unsigned, None, true)
            ]),
        ),
        ("NamedKey[]", parse(bindings::trusted(&trust).unwrap())),
        ("NewKey", key.clone()),
        ("NewIdentity", identity),
        ("Show", parse(bindings::Player::new(envelope.bytes().to_vec(), 10).unwrap().told())),
    ];
    let mut text = String::from(
        "// What the program tells the page, one of everything: src/web/json_tests.rs writes it, tsc holds the types of told.ts to it.\n\n\
         import type { Came, Letter, NamedKey, NewIdentity, NewKey, Seen, Settled, Show, Told } from '../../src/web/page/told';\n",
    );
    for (number, (of, value)) in parts.iter().enumerate() {
        text.push_str(&format!("\nexport const sample{number}: {of} = {value:#};\n"));
    }
    text
}

#[test]
fn the_types_of_the_page_have_samples() {
    const PATH: &str = "tests/page/told.samples.ts";
    if std::env::var_os("UPDATE_SAMPLES").is_some() {
        std::fs::write(PATH, samples()).unwrap();
    }
    let there = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(there == samples(), "UPDATE_SAMPLES=1 cargo test --lib --features web web::json writes {PATH} anew");
}

//! Makes `alphabet.txt`, `persian.bin` and `others.bin` of the texts in `samples/primer`: `UPDATE_PRIMER=1 cargo test
//! --lib text::packing`, twice, as the second is made with the first. Both are frozen with version 1 of the format.
#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::alphabet::{END, ESCAPE, ZWNJ};
use super::arithmetic::Encoder;
use super::model::Model;
use super::{OTHERS, PERSIAN, Primer, Way, Zwnj, decode, encode, primed, write};

/// Between two texts of a file.
const BETWEEN: &str = "\n***\n";
fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), name].iter().collect()
}

/// The texts, by the names of their files: those in Persian, and those in other languages, whose names begin with 2.
pub fn texts() -> [Vec<String>; 2] {
    let files = std::fs::read_dir(folder("samples/primer")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    files.sort();
    let mut texts = [vec![], vec![]];
    for path in files {
        let is_other = path.file_name().unwrap().to_str().unwrap().starts_with('2');
        let file = std::fs::read_to_string(path).unwrap();
        texts[usize::from(is_other)].extend(file.split(BETWEEN).map(|text| text.trim().to_owned()));
    }
    texts
}

/// The texts, coded by a model, which learns them.
pub fn pack(model: &mut Model, texts: &[String]) -> Vec<u8> {
    let mut coder = Encoder::new();
    texts.iter().for_each(|text| write(model, &mut coder, Zwnj::Written, text));
    [&(texts.len() as u16).to_be_bytes()[..], &coder.finish()].concat()
}

/// How often each symbol counts: as often as it stands in the primer, and once those that letters may be written with;
/// digits more often, as the primer has few.
fn counts(texts: &[String]) -> BTreeMap<u32, u64> {
    let letters = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْٰٓٔٱپچژکگیۀڕڵۆێەھڤـٹڈںےہټډړښځڅېۍəƏşŞçÇğĞıİöÖüÜêÊîÎûÛäÄßéÉèÈàâëïôùœæåñóáíúøąćęłńśźżőű";
    let signs = "،؛؟٪٫٬\u{200D}\u{200E}\u{200F}«»–—‘’“”„…•\u{A0}·°×‹›€\n\t٠١٢٣٤٥٦٧٨٩";
    let mut counts: BTreeMap<u32, u64> =
        (' '..='~').chain(letters.chars()).chain(signs.chars()).map(|letter| (letter.into(), 1)).collect();
    counts.extend(('0'..='9').chain('۰'..='۹').map(|digit| (digit.into(), 10)));
    counts.extend([(ZWNJ, 1), (END, texts.len() as u64), (ESCAPE, 2)]);
    for letter in texts.iter().flat_map(|text| text.chars()).filter(|letter| *letter != '\u{200C}') {
        *counts.entry(letter.into()).or_default() += 1;
    }
    counts
}

/// Huffman's lengths of codes: the two that count least are joined, until one is left.
fn lengths(counts: &BTreeMap<u32, u64>) -> BTreeMap<u32, u32> {
    let mut trees: Vec<(u64, Vec<u32>)> = counts.iter().map(|(symbol, count)| (*count, vec![*symbol])).collect();
    let mut lengths: BTreeMap<u32, u32> = counts.keys().map(|symbol| (*symbol, 0)).collect();
    while trees.len() > 1 {
        trees.sort();
        let rest = trees.split_off(2);
        let symbols: Vec<u32> = trees.iter().flat_map(|tree| tree.1.clone()).collect();
        symbols.iter().for_each(|symbol| *lengths.get_mut(symbol).unwrap() += 1);
        let count = trees.iter().map(|tree| tree.0).sum();
        trees = rest;
        trees.push((count, symbols));
    }
    lengths
}

fn alphabet(texts: &[String]) -> String {
    let lengths = lengths(&counts(texts));
    let mut lines = String::new();
    for length in 1..32 {
        let symbols: Vec<String> =
            lengths.iter().filter(|known| *known.1 == length).map(|(symbol, _)| format!("{symbol:04X}")).collect();
        for symbols in symbols.chunks(16) {
            lines.push_str(&format!("{length} {}\n", symbols.join(" ")));
        }
    }
    lines
}

fn is_wanted() -> bool {
    std::env::var_os("UPDATE_PRIMER").is_some()
}

#[test]
fn the_alphabet_is_that_of_the_primer() {
    let alphabet = alphabet(&texts().concat());
    if is_wanted() {
        std::fs::write(folder("src/codec/text/alphabet.txt"), &alphabet).unwrap();
    }
    assert_eq!(alphabet, include_str!("alphabet.txt"));
}

#[test]
fn the_primer_is_that_of_the_samples() {
    let mut model = Model::new();
    let packed = texts().map(|texts| pack(&mut model, &texts));
    if is_wanted() {
        for (name, packed) in ["persian.bin", "others.bin"].iter().zip(&packed) {
            std::fs::write(folder("src/codec/text").join(name), packed).unwrap();
        }
    }
    assert!(packed == [PERSIAN, OTHERS]);
}

/// Texts for others who write a decoder: `UPDATE_PRIMER=1` makes the file anew.
#[test]
fn vectors_are_decoded_alike() {
    let long: String = texts().concat().join("\n").chars().rev().take(3_000).collect();
    let all: String = include_str!("alphabet.txt")
        .split_whitespace()
        .filter_map(|word| char::from_u32(u32::from_str_radix(word, 16).ok().filter(|code| *code > 99)?))
        .collect();
    let cases: [(Option<&str>, &str, usize); 16] = [
        (None, "سلام", 1),
        (None, "س", 1),
        (Some("نامه"), "سلام، می‌نویسم که خوبم و نامه‌ات رسید. خانه‌ها روشن است.\n", 1),
        (Some(""), "می نویسم که خانه ها روشن است و بچه ها خوب اند.", 1),
        (
            None,
            "Dear friends, we are well. Nothing is lost, nobody is forgotten, and there is no other way to write to you.",
            1,
        ),
        (
            None,
            "دوستان عزیز، این نامه دو زبان دارد. This letter is in two languages: read it aloud to those who cannot read it.",
            1,
        ),
        (None, "۱۴۰۴/۱۲/۱ ساعت ۸:۳۰، ٪۵۰؛ 2026-02-20 08:30 50%", 1),
        (None, "کوردی: ئێمە لێرەین. Azərbaycan: biz buradayıq. Türkçe: buradayız. العربية: نحن هنا.", 1),
        (Some("🕯"), "🕯🕯 漢字 \u{10FFFF}\u{0}\u{7F}\u{FFFD} ꙮ 🕯 ● ●", 1),
        (None, "\u{200C}\u{200C}ا\u{200C}ب\u{200C}ج \u{200C}د\u{200C}\u{200C}ه\u{200C}", 1),
        (None, "a\u{200C}b می\u{200C}a", 1),
        (Some("a title and no text"), "", 1),
        (None, "آزادی ", 20),
        (None, "شب‌نامه می‌رود، و در روز خوانده می‌شود. ", 4_000),
        (None, &long, 1),
        (None, &all, 1),
    ];
    let mut lines = Vec::new();
    for (title, text, times) in &cases {
        let (way, coded) = encode(*title, &text.repeat(*times)).unwrap();
        let quote = |text: &str| format!("\"{}\"", text.chars().map(escaped).collect::<String>());
        let told =
            format!("\"title\": {}, \"text\": {}, \"times\": {times}", quote(title.unwrap_or_default()), quote(text));
        lines.push(vector(way, title.is_some(), &coded, &told));
        let longer = [&coded[..], &[0]].concat();
        assert!(decode(way, &longer, title.is_some()).is_err(), "{text}");
        // One in some hundred is the code of another text when it is cut.
        let cut = coded[..coded.len() - 1].to_vec();
        for wrong in [cut, longer].iter().filter(|wrong| decode(way, wrong, title.is_some()).is_err()) {
            lines.push(vector(way, title.is_some(), wrong, REFUSED));
        }
    }
    assert!(lines.len() > 2 * cases.len(), "{}", lines.len());
    // No characters, though they come with an end.
    for number in [0xD800, 0xDFFF, 0x11_0001, 0x1F_FFFF] {
        let (mut model, mut coder) = (primed(Primer::Persian), Encoder::new());
        for symbol in [0x61, number, END] {
            model.symbol(&mut coder, symbol);
        }
        let (way, wrong) = (Way { primer: Primer::Persian, zwnj: Zwnj::Absent }, coder.finish());
        assert!(decode(way, &wrong, false).is_err(), "{number:x}");
        lines.push(vector(way, false, &wrong, REFUSED));
    }
    let file = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = folder("tests/text.json");
    if is_wanted() {
        std::fs::write(&path, &file).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == file);
}

/// What a decoder has to do with bytes that no encoder writes.
const REFUSED: &str = "\"refused\": true";

fn vector(way: Way, has_title: bool, coded: &[u8], told: &str) -> String {
    let primer = if way.primer == Primer::Persian { "persian" } else { "all" };
    let zwnj = match way.zwnj {
        Zwnj::Absent => "absent",
        Zwnj::Written => "written",
        Zwnj::Blank => "blank",
    };
    let coded: String = coded.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{{\"primer\": \"{primer}\", \"zwnj\": \"{zwnj}\", \"has_title\": {has_title}, \"coded\": \"{coded}\", {told}}}"
    )
}

/// A character in JSON, ASCII alone.
fn escaped(character: char) -> String {
    match character {
        '"' | '\\' => format!("\\{character}"),
        ' '..='~' => character.into(),
        _ => character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    }
}

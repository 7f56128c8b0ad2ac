//! What is promised of the primer and the tables: frozen, described as they are, and knowing nothing of the letters
//! that the coding is judged by.
#![cfg(test)]

use std::collections::BTreeSet;

use super::packing::texts;
use super::{OTHERS, PERSIAN};
use crate::codec::hash;

const SPECIFICATION: &str = include_str!("format.md");
/// Runs of five words of the letters that the coding is judged by, which are not in this repository: the first five
/// bytes of the SHA-256 of the words with blanks between.
const JUDGED: &str = include_str!("judged.txt");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Words without signs, digits counted in and ZWNJ left out.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\u{200C}', "");
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_specification_has_the_alphabet_the_numbers_and_the_hashes() {
    assert!(SPECIFICATION.contains(&format!("```text\n{}```\n", include_str!("alphabet.txt"))));
    for (name, packed) in [("persian.bin", PERSIAN), ("others.bin", OTHERS)] {
        let length = format!("{},{:03}", packed.len() / 1_000, packed.len() % 1_000);
        let row = format!("| `{name}` | {length} | {} |", hex(&hash::sha256(packed)));
        assert!(SPECIFICATION.contains(&row), "{row}");
    }
}

#[test]
fn the_primer_is_large_enough_and_has_the_common_words() {
    let [persian, others] = texts();
    assert!(persian.concat().len() + others.concat().len() >= 300_000);
    let lists = [&persian[1], &others[0], &others[1]];
    let listed: BTreeSet<&str> = lists.iter().flat_map(|list| list.split_whitespace()).collect();
    assert!(listed.len() >= 3_000, "{}", listed.len());
}

#[test]
fn the_primer_knows_nothing_of_the_letters_that_it_is_judged_by() {
    let judged: BTreeSet<&str> = JUDGED.split_whitespace().collect();
    assert!(judged.len() > 1_000);
    let samples = ["samples/letter.fa.md", "samples/letter.en.md"]
        .map(|name| words(&std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()));
    let samples: BTreeSet<&[String]> = samples.iter().flat_map(|words| words.windows(5)).collect();
    for text in texts().concat() {
        for run in words(&text).windows(5) {
            let known = hex(&hash::sha256(run.join(" ").as_bytes()));
            assert!(!judged.contains(&known[..10]) && !samples.contains(run), "{}", run.join(" "));
        }
    }
}

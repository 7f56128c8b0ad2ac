//! Vectors: bytes that pin the format. Each has one fault, or none, and names its outcome. They are made here by a few lines each, and kept in
//! `vectors.json`, which other decoders read. `UPDATE_VECTORS=1 cargo test --test vectors` writes that file anew: only ever for a new
//! version of the format.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shabnameh::codec::armor;
use shabnameh::codec::envelope::{Envelope, ObjectId};
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::error::{Error, Result};

/// What a vector is the input of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A frame's bytes.
    Frame,
    /// The contents of a QR code.
    FrameText,
    /// An envelope's bytes.
    Envelope,
    /// A text with an armor in it.
    Armor,
}

struct Vector {
    name: &'static str,
    kind: Kind,
    bytes: Vec<u8>,
    /// The name of the error, or what comes out.
    outcome: &'static str,
}

/// An envelope field by field, so that one can be wrong.
#[derive(Clone)]
struct Draft {
    version: u8,
    encryption: u8,
    signature: u8,
    coding: u8,
    dictionary: u8,
    media_type: u8,
    length: u32,
    hash: Vec<u8>,
    name: Vec<u8>,
    language: Vec<u8>,
    title: Vec<u8>,
    coded: Vec<u8>,
}

const TEXT: &[u8] = "سلام، world!".as_bytes();

impl Draft {
    fn new(content: &[u8]) -> Self {
        Draft {
            version: 1,
            encryption: 0,
            signature: 0,
            coding: 0,
            dictionary: 0,
            media_type: 1,
            length: content.len() as u32,
            hash: Sha256::digest(content).to_vec(),
            name: b"a.txt".to_vec(),
            language: b"fa".to_vec(),
            title: Vec::new(),
            coded: content.to_vec(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes =
            vec![self.version, self.encryption, self.signature, self.coding, self.dictionary, self.media_type];
        bytes.extend(self.length.to_be_bytes());
        bytes.extend(&self.hash);
        for text in [&self.name, &self.language, &self.title] {
            bytes.push(text.len() as u8);
            bytes.extend(text);
        }
        bytes.extend(&self.coded);
        bytes
    }
}

/// A Zstandard frame without magic number that holds `content` as one raw block: frame header descriptor 0, window descriptor, block
/// header (last block, raw, size), bytes. See RFC 8878, 3.1.1.
fn raw_zstandard(window_descriptor: u8, content: &[u8]) -> Vec<u8> {
    let header = 1 | (content.len() as u32) << 3;
    let mut bytes = vec![0, window_descriptor];
    bytes.extend(&header.to_le_bytes()[..3]);
    bytes.extend(content);
    bytes
}

fn recoded(bytes: &[u8], content: &[u8]) -> Vec<u8> {
    Draft::new(content).with(|d| (d.coding, d.coded) = (2, raw_zstandard(0x50, bytes))).bytes()
}

/// A frame field by field, its checksum right.
fn frame_bytes(version: u8, length: u32, block: u16, esi: u8, symbols: &[u8]) -> Vec<u8> {
    let mut bytes = vec![version];
    bytes.extend(b"objectid");
    bytes.extend(length.to_be_bytes());
    bytes.extend(block.to_be_bytes());
    bytes.push(esi);
    bytes.extend(symbols);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

fn text_of(frame: &[u8]) -> String {
    format!("SHAB{}.", base45::encode(frame))
}

fn object(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i * i / 3 + i) as u8).collect()
}

fn vectors() -> Vec<Vector> {
    use Kind::{Armor, Envelope as Env, Frame as F, FrameText as FT};
    let mut all = Vec::new();
    let mut add = |name, kind, bytes: Vec<u8>, outcome| all.push(Vector { name, kind, bytes, outcome });
    let draft = || Draft::new(TEXT);
    let ok = "ok";

    // Envelopes that open.
    add("stored text", Env, draft().bytes(), ok);
    add("no name, no language", Env, draft().with(|d| (d.name, d.language) = (vec![], vec![])).bytes(), ok);
    add("with a title", Env, draft().with(|d| d.title = "نامهٔ نخست".into()).bytes(), ok);
    add(
        "a name that climbs is reduced later, not refused",
        Env,
        draft().with(|d| d.name = b"../../x".to_vec()).bytes(),
        ok,
    );
    add("a media type of a later version is a file", Env, draft().with(|d| d.media_type = 200).bytes(), ok);
    add("content that claims to be text and is not", Env, Draft::new(b"\xFF\xFE\x00").bytes(), ok);
    add("one byte of content", Env, Draft::new(b"x").with(|d| (d.name, d.language) = (vec![], vec![])).bytes(), ok);
    add(
        "a Zstandard frame of one raw block",
        Env,
        draft().with(|d| (d.coding, d.coded) = (1, raw_zstandard(0x50, TEXT))).bytes(),
        ok,
    );
    add("a window of 16 MiB", Env, draft().with(|d| (d.coding, d.coded) = (1, raw_zstandard(0x70, TEXT))).bytes(), ok);
    add("recoded text", Env, recoded(b"\x92\x9D\x86\x9E\xD2 world!", "سلام، world!".as_bytes()), "ok");
    add(
        "recoded text with characters outside the table",
        Env,
        recoded(b"\x10\x10 \x10\xF0\x9F\x95\xAF", "\u{10} 🕯".as_bytes()),
        ok,
    );
    add(
        "what the encoder makes of a letter",
        Env,
        common::envelope(common::LETTER, "letter.fa.md").bytes().to_vec(),
        ok,
    );

    // Envelopes that must be refused.
    add("45 bytes", Env, draft().bytes()[..45].to_vec(), "ObjectLength");
    add("a later version", Env, draft().with(|d| d.version = 2).bytes(), "NewerReader");
    add("version 0", Env, draft().with(|d| d.version = 0).bytes(), "NewerReader");
    add("encryption", Env, draft().with(|d| d.encryption = 1).bytes(), "NewerReader");
    add("a signature", Env, draft().with(|d| d.signature = 1).bytes(), "NewerReader");
    add("an unknown coding", Env, draft().with(|d| d.coding = 3).bytes(), "NewerReader");
    add("a dictionary", Env, draft().with(|d| d.dictionary = 1).bytes(), "NewerReader");
    add("a length of 0", Env, draft().with(|d| d.length = 0).bytes(), "FieldInvalid");
    add("a length above 16 MiB", Env, draft().with(|d| d.length = 16_777_217).bytes(), "LetterTooLarge");
    add("a length one too small", Env, draft().with(|d| d.length -= 1).bytes(), "CodedContent");
    add("a length one too large", Env, draft().with(|d| d.length += 1).bytes(), "CodedContent");
    add("a hash of something else", Env, draft().with(|d| d.hash[31] ^= 1).bytes(), "ContentHash");
    add("a name that is not UTF-8", Env, draft().with(|d| d.name = b"\xFF.txt".to_vec()).bytes(), "FieldInvalid");
    add("a title that is not UTF-8", Env, draft().with(|d| d.title = b"\xC3".to_vec()).bytes(), "FieldInvalid");
    add("a language with a space", Env, draft().with(|d| d.language = b"f a".to_vec()).bytes(), "FieldInvalid");
    add("a language of 36 bytes", Env, draft().with(|d| d.language = vec![b'a'; 36]).bytes(), "FieldTooLong");
    add(
        "a name longer than the envelope",
        Env,
        {
            let mut bytes = draft().bytes();
            bytes[42] = 255;
            bytes
        },
        "Truncated",
    );
    add(
        "no coded content",
        Env,
        draft().with(|d| (d.name, d.coded) = (b"name.txt".to_vec(), vec![])).bytes(),
        "Truncated",
    );
    add(
        "Zstandard with its magic number",
        Env,
        {
            let coded = [b"\x28\xB5\x2F\xFD", raw_zstandard(0x50, TEXT).as_slice()].concat();
            draft().with(|d| (d.coding, d.coded) = (1, coded)).bytes()
        },
        "CodedContent",
    );
    add(
        "a window of 32 MiB",
        Env,
        draft().with(|d| (d.coding, d.coded) = (1, raw_zstandard(0x78, TEXT))).bytes(),
        "CodedContent",
    );
    add(
        "two Zstandard frames",
        Env,
        {
            let coded = [raw_zstandard(0x50, &TEXT[..4]), raw_zstandard(0x50, &TEXT[4..])].concat();
            draft().with(|d| (d.coding, d.coded) = (1, coded)).bytes()
        },
        "CodedContent",
    );
    add(
        "a byte after the Zstandard frame",
        Env,
        {
            let coded = [raw_zstandard(0x50, TEXT), vec![0]].concat();
            draft().with(|d| (d.coding, d.coded) = (1, coded)).bytes()
        },
        "CodedContent",
    );
    add(
        "a Zstandard frame cut short",
        Env,
        {
            let mut coded = raw_zstandard(0x50, TEXT);
            coded.pop();
            draft().with(|d| (d.coding, d.coded) = (1, coded)).bytes()
        },
        "CodedContent",
    );
    add(
        "more output than the length",
        Env,
        draft().with(|d| (d.coding, d.coded, d.length) = (1, raw_zstandard(0x50, TEXT), 3)).bytes(),
        "CodedContent",
    );
    add("recoded text with an escape at its end", Env, recoded(b"abc\x10", b"abc"), "CodedContent");
    add(
        "recoded text that escapes what has a byte",
        Env,
        recoded("\u{10}سلام".as_bytes(), "سلام".as_bytes()),
        "CodedContent",
    );
    add("recoded text that escapes ASCII", Env, recoded(b"\x10abc", b"abc"), "CodedContent");
    add("recoded text that escapes no UTF-8", Env, recoded(b"\x10\xFFabc", b"\xFFabc"), "CodedContent");
    add("recoded text that escapes a surrogate", Env, recoded(b"\x10\xED\xA0\x80", b"\xED\xA0\x80"), "CodedContent");

    // Frames.
    let one_block = object(500);
    let encoder = Encoder::new(&one_block).unwrap();
    let source = encoder.symbols(0..3);
    let repair = encoder.symbols(252..255);
    add("three source symbols", F, frame_bytes(1, 500, 0, 0, &source), ok);
    add("the last three repair symbols", F, frame_bytes(1, 500, 0, 252, &repair), ok);
    add("one symbol of the least object", F, frame_bytes(1, 46, 0, 254, &object(16)), ok);
    add("a frame across blocks", F, frame_bytes(1, 30_000, 2, 5, &object(400)), ok);
    add("the largest object", F, frame_bytes(1, 16_842_752, 1325, 7, &object(100)), ok);
    add("no bytes", F, vec![], "FrameTooShort");
    add("35 bytes", F, frame_bytes(1, 500, 0, 0, &source[..15]), "FrameTooShort");
    add("a frame of a later version", F, frame_bytes(2, 500, 0, 0, &source), "NewerReader");
    add(
        "a wrong checksum",
        F,
        {
            let mut bytes = frame_bytes(1, 500, 0, 0, &source);
            *bytes.last_mut().unwrap() ^= 1;
            bytes
        },
        "FrameChecksum",
    );
    add("an object of 45 bytes", F, frame_bytes(1, 45, 0, 0, &source), "ObjectLength");
    add("an object too long", F, frame_bytes(1, 16_842_753, 0, 0, &object(100)), "ObjectLength");
    add("an object of no bytes", F, frame_bytes(1, 0, 0, 0, &source), "ObjectLength");
    add("block 1 of one", F, frame_bytes(1, 500, 1, 0, &source), "FieldInvalid");
    add("block 3 of three", F, frame_bytes(1, 30_000, 3, 0, &object(100)), "FieldInvalid");
    add("ESI 255", F, frame_bytes(1, 500, 0, 255, &source[..16]), "FieldInvalid");
    add("half a symbol too much", F, frame_bytes(1, 500, 0, 0, &object(40)), "FrameSymbols");
    add("less than one symbol", F, frame_bytes(1, 30_000, 0, 0, &object(99)), "FrameSymbols");
    add("past the last position", F, frame_bytes(1, 500, 0, 253, &source), "FrameSymbols");
    add("past the last position of the last block", F, frame_bytes(1, 30_000, 1, 254, &object(300)), "FrameSymbols");

    // Contents of QR codes.
    let good = text_of(&frame_bytes(1, 500, 0, 0, &source));
    add("a frame as text", FT, good.clone().into(), ok);
    add("a web address", FT, b"HTTPS://EXAMPLE.ORG/".to_vec(), "foreign");
    add("lower case", FT, good.to_lowercase().into(), "foreign");
    add("a space before", FT, format!(" {good}").into(), "foreign");
    add("nothing", FT, vec![], "foreign");
    add("the prefix alone", FT, b"SHAB".to_vec(), "FrameText");
    add("no closing mark", FT, good.trim_end_matches('.').into(), "FrameText");
    add("a space after", FT, format!("{good} ").into(), "FrameText");
    add("a character outside base45", FT, good.replacen("SHAB", "SHAB!", 1).into(), "FrameText");
    add("a base45 group above 65535", FT, b"SHAB:::.".to_vec(), "FrameText");
    add("a base45 pair above 255", FT, b"SHAB::.".to_vec(), "FrameText");
    add("a base45 digit alone", FT, b"SHAB000A.".to_vec(), "FrameText");
    add("an empty frame", FT, b"SHAB.".to_vec(), "FrameTooShort");

    // Armor.
    let envelope = Envelope::from_bytes(draft().with(|d| d.name = b"ab.txt".to_vec()).bytes()).unwrap();
    let good = armor::armor(&envelope);
    let id = envelope.object_id().to_string();
    add("an armor", Armor, good.clone().into(), ok);
    add(
        "an armor quoted and wrapped in a mail",
        Armor,
        format!("Look:\r\n> {}\r\nBye", good.replace('\n', "\r\n> ")).into(),
        ok,
    );
    add("an armor in one line", Armor, good.replace('\n', " ").into(), ok);
    add("no END line", Armor, good.replace(armor::END, "").into(), "Armor");
    add("no Object line", Armor, good.replace(&format!("Object: {id}\n"), "").into(), "Armor");
    add("an object id in capitals", Armor, good.replace(&id, &id.to_uppercase()).into(), "Armor");
    add("the id of another object", Armor, good.replace(&id, "0123456789abcdef").into(), "ObjectId");
    add("a letter that is not base64", Armor, good.replacen("\n\nA", "\n\n!", 1).into(), "Armor");
    add("no padding", Armor, good.replace('=', "").into(), "Armor");
    all
}

fn outcome(kind: Kind, bytes: &[u8]) -> (String, Value) {
    let frame = |frame: Result<Frame>| {
        frame.map(|frame| {
            let (block, esi) = frame.partition().at(frame.first());
            assert_eq!(Frame::from_bytes(&frame.to_bytes()).unwrap(), frame);
            json!({ "object_id": frame.object_id().to_string(), "object_length": frame.partition().length(), "block": block, "esi": esi,
                "symbols": frame.count() })
        })
    };
    let hash = |bytes: &[u8]| json!({ "sha256": Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>() });
    let result = match kind {
        Kind::Frame => frame(Frame::from_bytes(bytes)),
        Kind::FrameText => match Frame::from_text(bytes) {
            None => return ("foreign".into(), Value::Null),
            Some(result) => frame(result),
        },
        Kind::Envelope => Envelope::from_bytes(bytes.to_vec())
            .and_then(|envelope| envelope.open())
            .map(|letter| hash(letter.content())),
        Kind::Armor => armor::find_all(std::str::from_utf8(bytes).unwrap())
            .into_iter()
            .next()
            .unwrap()
            .map(|envelope| hash(envelope.bytes())),
    };
    match result {
        Ok(value) => ("ok".into(), value),
        Err(error) => (name_of(&error), Value::Null),
    }
}

/// The name of an error's variant.
fn name_of(error: &Error) -> String {
    format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

#[test]
fn vectors_have_the_outcomes_they_name() {
    let vectors = vectors();
    for vector in &vectors {
        assert_eq!(outcome(vector.kind, &vector.bytes).0, vector.outcome, "{}", vector.name);
    }
    let good = vectors.iter().filter(|vector| vector.outcome == "ok").count();
    assert!(good >= 12 && vectors.len() - good >= 40, "{good} succeed, {} fail", vectors.len() - good);
}

#[test]
fn vectors_are_the_ones_kept() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let kind = |kind| match kind {
        Kind::Frame => "frame",
        Kind::FrameText => "frame text",
        Kind::Envelope => "envelope",
        Kind::Armor => "armor",
    };
    let lines: Vec<String> = vectors()
        .iter()
        .map(|vector| {
            let (outcome, gives) = outcome(vector.kind, &vector.bytes);
            json!({ "name": vector.name, "kind": kind(vector.kind), "outcome": outcome, "gives": gives, "hex": hex(&vector.bytes) }).to_string()
        })
        .collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == text, "the format has changed: see the head of this file");
}

#[test]
fn symbols_are_pinned() {
    let digest = |bytes: &[u8]| ObjectId::of(bytes).to_string();
    // Of an object of one block, of one with two sizes of blocks, and the order of their symbols.
    let one = Encoder::new(&object(18_900)).unwrap();
    let many = Encoder::new(&object(40_000)).unwrap();
    let ks: Vec<usize> = (0..6).map(|block| many.partition().k(block)).collect();
    assert_eq!((one.partition().symbol_size(), one.partition().k(0), one.partition().blocks()), (150, 126, 1));
    assert_eq!(ks, [67, 67, 67, 67, 66, 66]);
    assert_eq!(digest(&one.symbols(0..255)), "e8673184a80da180");
    assert_eq!(digest(&many.symbols(0..255 * 6)), "75861a0821bf347d");
    assert_eq!(many.symbols(6..7), object(40_000)[100..200]);
    let letter = Letter::new(common::LETTER.to_vec(), "letter.fa.md").unwrap();
    assert_eq!(Envelope::seal(&letter).unwrap().object_id().to_string(), "73e1b8e5e8ed82f0");
}

#[test]
fn the_example_of_the_specification() {
    let specification = include_str!("../src/codec/format.md");
    let bytes = Draft::new(b"salam").with(|d| (d.name, d.language) = (vec![], vec![])).bytes();
    let encoder = Encoder::new(&bytes).unwrap();
    let frame = Frame::new(ObjectId::of(&bytes), *encoder.partition(), 2, encoder.symbols(2..5)).unwrap();
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    let lines: Vec<String> = hex.chunks(25).map(|line| line.join(" ")).collect();
    assert_eq!((bytes.len(), encoder.partition().symbol_size(), encoder.partition().k(0)), (50, 16, 4));
    for part in [lines.join("\n"), ObjectId::of(&bytes).to_string(), frame.to_text()] {
        assert!(specification.contains(&part), "the specification lacks\n{part}");
    }
}

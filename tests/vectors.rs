//! Vectors: bytes that pin the format. Each has one fault, or none, and names its outcome. They are made here by a few
//! lines each, and kept in `vectors.json`, which other decoders read. `UPDATE_VECTORS=1 cargo test --test vectors`
//! writes that file anew. New vectors may be added; one that is there changes only with a new version of the format.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shabnameh::codec::armor;
use shabnameh::codec::encryption::Keyring;
use shabnameh::codec::envelope::{Envelope, ObjectId, Opened};
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::keys::SecretKey;
use shabnameh::codec::letter::{Letter, MediaType};
use shabnameh::codec::signature::Signature;
use shabnameh::codec::trust::Trust;
use shabnameh::error::Result;

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
    /// An encrypted envelope's bytes, and the passphrase and the identity file that are tried.
    Encrypted,
    /// The name of a letter that is text or not, and that someone trusted signed or nobody.
    FileName { text: bool, trusted: bool },
}

/// What opens the encrypted vectors.
const PASSPHRASE: &str = "کتاب سبز دریا 12";
const IDENTITY: &str = include_str!("encrypted/identity.txt");
/// Envelopes closed by age, which draws its keys by chance: they are kept.
const BY_PASSPHRASE: &[u8] = include_bytes!("encrypted/passphrase.envelope");
const FOR_RECIPIENT: &[u8] = include_bytes!("encrypted/recipient.envelope");
const TWICE: &[u8] = include_bytes!("encrypted/twice.envelope");
/// Headers that were changed by someone who has the key, so that age's checksum is right.
const BESIDE: &[u8] = include_bytes!("encrypted/beside.envelope");
const UNKNOWN: &[u8] = include_bytes!("encrypted/unknown.envelope");
const HEADER_16384: &[u8] = include_bytes!("encrypted/header-16384.envelope");
const HEADER_16385: &[u8] = include_bytes!("encrypted/header-16385.envelope");
const SHORT: &[u8] = include_bytes!("encrypted/short.envelope");

/// The key that signs vectors.
fn key() -> SecretKey {
    SecretKey::of_chance(&std::array::from_fn(|i| if i < 8 { i as u8 + 1 } else { 8 }))
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
    signer: Vec<u8>,
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
            signer: Vec::new(),
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

    /// The same, signed as it is.
    fn signed(self) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let (name, language, title) = (text(&self.name), text(&self.language), text(&self.title));
        let media_type = MediaType::from_id(self.media_type);
        let letter = Letter::from_parts(self.coded.clone(), media_type, name, language, title).unwrap();
        let signer = Signature::of(&letter, &key()).to_bytes().to_vec();
        self.with(|d| (d.signature, d.signer) = (1, signer))
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.version, self.encryption, self.signature];
        bytes.extend(&self.signer);
        bytes.extend([self.coding, self.dictionary, self.media_type]);
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

/// A Zstandard frame without magic number that holds `content` as one raw block: frame header descriptor 0, window
/// descriptor, block header (last block, raw, size), bytes. See RFC 8878, 3.1.1.
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

/// Adds the order of Ed25519's group to a number, least byte first: the same by the bare equation.
fn add_order(s: &mut [u8]) {
    let mut order = [0; 32];
    order[..16].copy_from_slice(&27_742_317_777_372_353_535_851_937_790_883_648_493u128.to_le_bytes());
    order[31] = 0x10;
    let mut carry = 0;
    for (byte, more) in s.iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
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
    add("another encryption", Env, draft().with(|d| d.encryption = 2).bytes(), "NewerReader");
    add("encryption that no key was given for", Env, FOR_RECIPIENT.to_vec(), "Locked");

    // Signatures.
    let titled = || draft().with(|d| (d.name, d.title) = (b"a b%.txt".to_vec(), "نامهٔ نخست\n=~".into()));
    add("signed", Env, draft().signed().bytes(), ok);
    add("signed, with a title and a name that need their escapes", Env, titled().signed().bytes(), ok);
    add("signed, of a media type of a later version", Env, draft().with(|d| d.media_type = 200).signed().bytes(), ok);
    add(
        "signed, with nothing said",
        Env,
        draft().with(|d| (d.name, d.language) = (vec![], vec![])).signed().bytes(),
        ok,
    );
    add("another key id: it is not signed", Env, draft().signed().with(|d| d.signer[7] ^= 1).bytes(), ok);
    let mut lie =
        |name, change: fn(&mut Draft)| add(name, Env, titled().signed().with(change).bytes(), "SignatureFalse");
    lie("a public key that is another", |d| d.signer[8] ^= 1);
    lie("a content signature with another R", |d| d.signer[40] ^= 1);
    lie("a content signature with another S", |d| d.signer[72] ^= 1);
    lie("a global signature with another R", |d| d.signer[104] ^= 1);
    lie("a global signature with another S", |d| d.signer[136] ^= 1);
    lie("a signature of another title", |d| d.title[1] ^= 1);
    lie("a signature of another name", |d| d.name[0] ^= 1);
    lie("a signature of another language", |d| d.language = b"ckb".to_vec());
    lie("a signature of another media type", |d| d.media_type = 2);
    lie("a signature of other content", |d| {
        d.coded = "سلام، world?".into();
        d.hash = Sha256::digest(&d.coded).to_vec();
    });
    lie("S above the order of the group", |d| add_order(&mut d.signer[72..104]));
    lie("a global S above the order of the group", |d| add_order(&mut d.signer[136..168]));
    lie("a key and R that are the neutral element", |d| {
        // True of every message by the bare equation.
        d.signer[8..].fill(0);
        [8, 40, 104].into_iter().for_each(|at| d.signer[at] = 1);
    });
    lie("a key that is no point", |d| d.signer[8..40].copy_from_slice(&[2; 32]));
    add("a signer that is cut", Env, draft().signed().bytes()[..170].to_vec(), "Truncated");

    // Encryption.
    let changed = |bytes: &[u8], at: usize| {
        let mut bytes = bytes.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    let header = |change: &dyn Fn(&str) -> String| {
        let end = BY_PASSPHRASE.windows(5).position(|five| five == b"\n--- ").unwrap();
        let head = std::str::from_utf8(&BY_PASSPHRASE[2..end]).unwrap();
        [&BY_PASSPHRASE[..2], change(head).as_bytes(), &BY_PASSPHRASE[end..]].concat()
    };
    use Kind::Encrypted as Enc;
    add("closed by a passphrase", Enc, BY_PASSPHRASE.to_vec(), ok);
    add("closed for a recipient", Enc, FOR_RECIPIENT.to_vec(), ok);
    add("a stanza of another type beside that of a recipient", Enc, UNKNOWN.to_vec(), ok);
    add("a stanza beside that of a passphrase", Enc, BESIDE.to_vec(), "Encryption");
    add("a header of 16,384 bytes", Enc, HEADER_16384.to_vec(), ok);
    add("a header of 16,385 bytes", Enc, HEADER_16385.to_vec(), "Encryption");
    add("encrypted twice", Enc, TWICE.to_vec(), "FieldInvalid");
    add("45 bytes inside", Enc, SHORT.to_vec(), "ObjectLength");
    add("no age file", Enc, changed(FOR_RECIPIENT, 2), "Encryption");
    add("an age file that is cut", Enc, FOR_RECIPIENT[..FOR_RECIPIENT.len() - 1].to_vec(), "Encryption");
    add("a changed byte inside", Enc, changed(FOR_RECIPIENT, FOR_RECIPIENT.len() - 20), "Encryption");
    add("a changed byte inside, by passphrase", Enc, changed(BY_PASSPHRASE, BY_PASSPHRASE.len() - 1), "Encryption");
    add("a byte after the age file", Enc, [FOR_RECIPIENT, b"x"].concat(), "Encryption");
    add("a work factor of 19", Enc, header(&|head| head.replacen(" 16\n", " 19\n", 1)), "Encryption");
    add(
        "two stanzas of passphrases",
        Enc,
        header(&|head| {
            let stanza = head.split_once('\n').unwrap().1;
            format!("{head}\n{stanza}")
        }),
        "Encryption",
    );
    add(
        "a stanza added to the header",
        Enc,
        header(&|head| head.replacen("v1\n", "v1\n-> other x\nAAAA\n", 1)),
        "Encryption",
    );
    add("an envelope that is not encrypted needs no key", Enc, draft().bytes(), ok);
    add("another signature", Env, draft().with(|d| d.signature = 2).bytes(), "NewerReader");
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

    // File names.
    let (text, bytes, trusted) = (
        Kind::FileName { text: true, trusted: false },
        Kind::FileName { text: false, trusted: false },
        Kind::FileName { text: false, trusted: true },
    );
    for (about, kind, name) in [
        ("a name that may stay", text, "نامه.txt"),
        ("a picture's name in capitals", bytes, "IMG_1.JPG"),
        ("a path", text, "../../etc/x.md"),
        ("a path of Windows", text, "C:\\windows\\a.txt"),
        ("a page", text, "evil.html"),
        ("a page that someone trusted signed", trusted, "evil.html"),
        ("a shortcut", bytes, "x.library-ms"),
        ("two endings", bytes, "letter.txt.exe"),
        ("an ending with a space", text, "a. md"),
        ("a hidden file", text, ".bashrc"),
        ("a device", text, "con.txt"),
        ("a device with a space behind it", bytes, "LPT1 .md"),
        ("a device with a superscript digit", text, "com\u{b9}.md"),
        ("a Turkish i is in no device", text, "con\u{131}n$"),
        ("no name", text, ""),
        ("dots", text, ".. ."),
        ("a filler that is not seen", text, "\u{3164}"),
        ("what is not seen in an ending", bytes, "a.e\u{200D}x\u{34F}e"),
        ("U+200C inside a word and behind it", text, "می\u{200C}رود\u{200C}.txt"),
        ("two U+200C, and one between Latin letters", text, "می\u{200C}\u{200C}رود a\u{200C}b.txt"),
        ("U+200C before what is forbidden", text, "ن\u{200C}<ن.txt"),
        ("white space, a tab among it", text, " a \u{a0}\u{3000} b\tc.txt . "),
        ("what some systems forbid", text, "a < b > c?.txt"),
        ("signs alone", text, "!.!"),
        ("a number that is no digit", text, "½"),
        ("too long", text, &"ن".repeat(120)),
        ("an ending that is cut", bytes, &format!("{}.exe", "x".repeat(198))),
        ("turned around", bytes, "a\u{202E}txt.exe"),
    ] {
        add(about, kind, name.as_bytes().to_vec(), ok);
    }
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
    let opened = |opened: Opened| {
        let letter = opened.letter()?;
        let fingerprint = opened.signature_status().key().map(|key| key.fingerprint().to_string());
        let sha256 = hash(letter.content())["sha256"].clone();
        Ok(
            json!({ "sha256": sha256, "signed_by": fingerprint, "minisig": opened.signature_file().map(|file| comment_of(&file)) }),
        )
    };
    let nobody = Trust::nobody();
    let result = match kind {
        Kind::Frame => frame(Frame::from_bytes(bytes)),
        Kind::FrameText => match Frame::from_text(bytes) {
            None => return ("foreign".into(), Value::Null),
            Some(result) => frame(result),
        },
        Kind::Envelope => Envelope::from_bytes(bytes.to_vec()).and_then(|envelope| opened(envelope.open(&nobody)?)),
        Kind::Encrypted => {
            let mut keys = Keyring::empty();
            keys.add_passphrase(PASSPHRASE.to_owned().into());
            keys.add_identities(IDENTITY).unwrap();
            Envelope::from_bytes(bytes.to_vec()).and_then(|envelope| opened(envelope.decrypt(&keys)?.open(&nobody)?))
        }
        Kind::FileName { text, trusted } => {
            let content: &[u8] = if text { b"text" } else { b"\xFF" };
            let letter = Letter::new(content.to_vec(), std::str::from_utf8(bytes).unwrap());
            letter.map(|letter| json!({ "name": letter.file_name(trusted) }))
        }
        Kind::Armor => armor::find_all(bytes).next().unwrap().map(|envelope| hash(envelope.bytes())),
    };
    match result {
        Ok(value) => ("ok".into(), value),
        Err(error) => (error.code().to_owned(), Value::Null),
    }
}

/// The trusted comment in a signature file.
fn comment_of(file: &str) -> String {
    file.lines().find_map(|line| line.strip_prefix("trusted comment: ")).unwrap().to_owned()
}

#[test]
fn vectors_have_the_outcomes_they_name() {
    let vectors = vectors();
    for vector in &vectors {
        assert_eq!(outcome(vector.kind, &vector.bytes).0, vector.outcome, "{}", vector.name);
    }
    let good = vectors.iter().filter(|vector| vector.outcome == "ok").count();
    assert!(good >= 25 && vectors.len() - good >= 85, "{good} succeed, {} fail", vectors.len() - good);
}

#[test]
fn vectors_are_the_ones_kept() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let kind = |kind| match kind {
        Kind::Frame => "frame",
        Kind::FrameText => "frame text",
        Kind::Envelope => "envelope",
        Kind::Armor => "armor",
        Kind::Encrypted => "encrypted",
        Kind::FileName { .. } => "file name",
    };
    let lines: Vec<String> = vectors()
        .iter()
        .map(|vector| {
            let (outcome, gives) = outcome(vector.kind, &vector.bytes);
            let mut line = json!({ "name": vector.name, "kind": kind(vector.kind), "outcome": outcome, "gives": gives, "hex": hex(&vector.bytes) });
            if vector.kind == Kind::Encrypted {
                line["passphrase"] = json!(PASSPHRASE);
                line["identity"] = json!(IDENTITY.lines().last());
            }
            if let Kind::FileName { text, trusted } = vector.kind {
                (line["text"], line["trusted"]) = (json!(text), json!(trusted));
            }
            line.to_string()
        })
        .collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors.json");
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == text,
        "the format has changed, or a vector was added: see the head of this file"
    );
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
    let letter =
        Letter::from_parts(b"salam".to_vec(), MediaType::PlainText, String::new(), String::new(), String::new());
    let signer: Vec<String> =
        Signature::of(&letter.unwrap(), &key()).to_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
    let signer: Vec<String> = signer.chunks(28).map(|line| line.join(" ")).collect();
    let public: String = key().public().key().iter().map(|byte| format!("{byte:02X}")).collect();
    let fingerprint = key().public().fingerprint().to_string();
    for part in
        [lines.join("\n"), ObjectId::of(&bytes).to_string(), frame.to_text(), signer.join("\n"), public, fingerprint]
    {
        assert!(specification.contains(&part), "the specification lacks\n{part}");
    }
}

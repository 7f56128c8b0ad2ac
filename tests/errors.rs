//! Every error has a code and texts in each language, and stands in docs/errors.md.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use shabnameh::error::Error;
use shabnameh::words::all;

/// One of each kind.
fn every() -> Vec<Error> {
    vec![
        Error::LetterEmpty,
        Error::LetterTooLarge { bytes: 3000, max: 1000 },
        Error::DocumentEmpty,
        Error::DocumentTooLarge { max: 1000 },
        Error::FieldTooLong { field: "FIELD", bytes: 3000, max: 1000 },
        Error::FieldInvalid { field: "FIELD" },
        Error::Truncated { field: "FIELD" },
        Error::NewerReader { field: "FIELD", found: 7 },
        Error::ObjectLength { bytes: 3000 },
        Error::CodedContent { why: "it ends early" },
        Error::ContentHash,
        Error::SignatureFalse,
        Error::SignatureFile { why: "it ends early" },
        Error::SignatureComment { wanted: "WANTED".into() },
        Error::KeyFile { why: "it ends early" },
        Error::WrongPassphrase,
        Error::NameTaken { name: "Mina".into(), taken: "Mlna".into() },
        Error::NoSuchName { name: "Mina".into() },
        Error::TrustFile { line: 3000 },
        Error::Locked { by_passphrase: true, tried: true },
        Error::Encryption { why: "it ends early" },
        Error::Recipient,
        Error::Identity,
        Error::SecretShown,
        Error::KeyExists { path: "letter.txt".into() },
        Error::NotStripped,
        Error::AroundEnvelope,
        Error::NothingSigned { path: "letter.txt".into() },
        Error::NotPinned,
        Error::NotTried,
        Error::NotOpened,
        Error::TooMuch,
        Error::NoTerminal,
        Error::PassphrasesDiffer,
        Error::PassphraseShort { characters: 3000, least: 12 },
        Error::KeyMissing,
        Error::FrameText,
        Error::FrameTooShort { bytes: 3000 },
        Error::FrameChecksum,
        Error::FrameSymbols { bytes: 3000, symbol_size: 3000 },
        Error::Armor { why: "it ends early" },
        Error::ObjectId,
        Error::TooManyObjects,
        Error::OnlyId { given: "GIVEN".into() },
        Error::RepairOutOfRange { percent: 3000, max: 1000 },
        Error::QrVersion { version: 7 },
        Error::QrTooSmall { version: 7, least: Some(7) },
        Error::QrEncode,
        Error::Picture { why: "it ends early".into() },
        Error::ArmorIncomplete { missing: 3000 },
        Error::PictureAvif,
        Error::FilmNoProgram,
        Error::FilmUnread,
        Error::FilmTooMuch,
        Error::ArchiveTooLarge { read: 3000 },
        Error::PictureTooLarge { width: 3000, height: 3000, max: 1000 },
        Error::TooManyPages { max: 1000 },
        Error::TooManyPixels { read: 3000 },
        Error::TooMuchToScan,
        Error::TextTooLong { max: 1000 },
        Error::CodeTooLarge {
            side_tenth_mm: 3000,
            room_tenth_mm: 3000,
            version: Some(7),
            form: "cards",
            paper: Some("a4"),
        },
        Error::FormPaper { form: "cards", paper: "a4" },
        Error::SummaryTooLong { bytes: 3000, max: 1000 },
        Error::Dpi { dpi: 3000 },
        Error::OptionForm { option: "--title", form: "cards" },
        Error::OntoItself { path: "letter.txt".into() },
        Error::OnePdf,
        Error::NoText,
        Error::SealedAlready,
        Error::ManySheets { form: "cards", sides: 3000, max: 1000 },
        Error::ModuleSize { micrometres: 3000, min: 100, max: 1000 },
        Error::TrialName { name: "Mina".into(), nearest: "NEAREST" },
        Error::TrialSweep { sweep: "SWEEP".into(), why: "it ends early" },
        Error::TrialRange {
            name: "NAME",
            value: "VALUE".into(),
            least: "LEAST".into(),
            most: "MOST".into(),
            unit: "UNIT",
        },
        Error::TrialChannels { first: "FIRST", second: "SECOND" },
        Error::TrialTooLarge { sides: 3000, max: 1000 },
        Error::TrialTooLong { gigapixels: 3000, hours: 3000 },
        Error::TrialRuns { runs: 3000, least: 12 },
        Error::Page { why: "it ends early".into() },
        Error::File { path: "letter.txt".into(), why: "it ends early".into() },
        Error::Exists { path: "letter.txt".into() },
        Error::NothingInFolder { path: "letter.txt".into() },
        Error::OptionStandard { option: "--title" },
        Error::SeveralLetters { letters: 3000 },
        Error::TwoResults,
        Error::NothingFound,
    ]
}

#[test]
fn one_of_each_kind_is_here() {
    let codes: Vec<&str> = every().iter().map(Error::code).collect();
    assert_eq!(codes, Error::CODES);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
}

#[test]
fn each_language_tells_each_error_in_its_own_words() {
    for error in every() {
        let texts: Vec<[String; 2]> =
            all().map(|words| [words.what_happened(&error), words.what_to_do(&error)]).collect();
        for (words, text) in all().zip(&texts) {
            let is_persian = |text: &String| text.contains(|c| ('\u{0600}'..'\u{0700}').contains(&c));
            assert!(text.iter().all(|text| text.trim().len() > 3), "{error:?}");
            // What the system says of a file is in its own language.
            let own = text.iter().skip(usize::from(matches!(error, Error::File { .. })));
            assert!(own.clone().all(|text| is_persian(text) == (words.tag() == "fa")), "{error:?}: {text:?}");
        }
    }
}

/// What docs/errors.md is to say.
fn document() -> String {
    let mut text = String::from(
        "# Errors\n\nWhat JSON names by `code`, and test vectors by `error`: names stay as they are, texts may change. \
         Numbers and names below are examples.\n\n| code | what happened | what to do |\n|---|---|---|\n",
    );
    for error in every() {
        let words = shabnameh::words::words("en");
        let cell = |text: String| text.replace('|', "\\|").replace('\n', " ");
        let (what, todo) = (cell(words.what_happened(&error)), cell(words.what_to_do(&error)));
        text.push_str(&format!("| `{}` | {what} | {todo} |\n", error.code()));
    }
    text
}

#[test]
fn the_list_of_errors_is_that_of_the_program() {
    let expected = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write("docs/errors.md", &expected).unwrap();
    }
    let written = fs::read_to_string("docs/errors.md").unwrap_or_default();
    assert!(written == expected, "docs/errors.md is not up to date: UPDATE_DOCS=1 cargo test --test errors");
}

//! Every error has a code and texts in each language, and stands in docs/errors.md.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;

use shabnameh::error::Error;
use shabnameh::error::fault::{
    ArmorFault, ContentFault, EncryptionFault, FileFault, KeyFault, PictureFault, SweepFault,
};
use shabnameh::error::program::ProgramError;
use shabnameh::error::trial::TrialError;
use shabnameh::words::all;

/// One of each kind that the library has.
fn of_library() -> Vec<Error> {
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
        Error::CodedContent { why: ContentFault::Cut },
        Error::ContentHash,
        Error::SignatureFalse,
        Error::SignatureFile,
        Error::SignatureComment { wanted: "WANTED".into() },
        Error::KeyFile { why: KeyFault::NoPublicKey },
        Error::WrongPassphrase,
        Error::NameTaken { name: "Mina".into(), taken: "Mlna".into() },
        Error::NoSuchName { name: "Mina".into() },
        Error::TrustFile { line: 3000 },
        Error::Locked { by_passphrase: true, tried: true },
        Error::Encryption { why: EncryptionFault::Changed },
        Error::Recipient,
        Error::Identity,
        Error::AroundEnvelope,
        Error::PassphraseShort { characters: 3000, least: 12 },
        Error::FrameText,
        Error::FrameTooShort { bytes: 3000 },
        Error::FrameChecksum,
        Error::FrameSymbols { bytes: 3000, symbol_size: 3000 },
        Error::Armor { why: ArmorFault::NoEnd },
        Error::ObjectId,
        Error::TooManyObjects,
        Error::RepairOutOfRange { percent: 3000, max: 1000 },
        Error::QrVersion { version: 7 },
        Error::QrTooSmall { version: 7, least: Some(7) },
        Error::QrEncode,
        Error::Picture { why: PictureFault::Cut },
        Error::ArmorIncomplete { missing: 3000 },
        Error::PictureAvif,
        Error::PictureTooLarge { width: 3000, height: 3000, max: 1000 },
        Error::TooManyPages { max: 1000 },
        Error::TooManyPixels { read: 3000 },
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
        Error::ModuleSize { micrometres: 3000, min: 100, max: 1000 },
        Error::Page { why: "it ends early".into() },
        Error::NothingFound,
    ]
}

/// One of each kind that the program has besides.
fn of_program() -> Vec<ProgramError> {
    vec![
        ProgramError::SecretShown,
        ProgramError::KeyExists { path: "letter.txt".into() },
        ProgramError::NotStripped,
        ProgramError::NothingSigned { path: "letter.txt".into() },
        ProgramError::NotPinned,
        ProgramError::NotTried,
        ProgramError::NotOpened,
        ProgramError::TooMuch,
        ProgramError::NoTerminal,
        ProgramError::PassphrasesDiffer,
        ProgramError::KeyMissing,
        ProgramError::OnlyId { given: "GIVEN".into() },
        ProgramError::FilmNoProgram,
        ProgramError::FilmUnread,
        ProgramError::FilmTooMuch,
        ProgramError::ArchiveTooLarge { read: 3000 },
        ProgramError::TooMuchToScan,
        ProgramError::TextTooLong { max: 1000 },
        ProgramError::OptionForm { option: "--title", form: "cards" },
        ProgramError::OntoItself { path: "letter.txt".into() },
        ProgramError::OnePdf,
        ProgramError::NoText,
        ProgramError::SealedAlready,
        ProgramError::ManySheets { form: "cards", sides: 3000, max: 1000 },
        ProgramError::File { path: "letter.txt".into(), why: None, system: "it ends early".into() },
        ProgramError::Exists { path: "letter.txt".into() },
        ProgramError::NothingInFolder { path: "letter.txt".into() },
        ProgramError::OptionStandard { option: "--title" },
        ProgramError::SeveralLetters { letters: 3000 },
        ProgramError::TwoResults,
    ]
}

/// One of each kind that trials have besides.
fn of_trials() -> Vec<TrialError> {
    vec![
        TrialError::TrialName { name: "Mina".into(), nearest: "NEAREST" },
        TrialError::TrialSweep { sweep: "SWEEP".into(), why: SweepFault::Ends },
        TrialError::TrialRange {
            name: "NAME",
            value: "VALUE".into(),
            least: "LEAST".into(),
            most: "MOST".into(),
            unit: "UNIT",
        },
        TrialError::TrialChannels { first: "FIRST", second: "SECOND" },
        TrialError::TrialTooLarge { sides: 3000, max: 1000 },
        TrialError::TrialTooLong { gigapixels: 3000, hours: 3000 },
        TrialError::TrialRuns { runs: 3000, least: 12 },
    ]
}

/// What exactly may be wrong, each in an error.
fn of_faults() -> Vec<ProgramError> {
    let content = ContentFault::ALL.iter().map(|why| Error::CodedContent { why: *why });
    let key = KeyFault::ALL.iter().map(|why| Error::KeyFile { why: *why });
    let armor = ArmorFault::ALL.iter().map(|why| Error::Armor { why: *why });
    let encryption = EncryptionFault::ALL.iter().map(|why| Error::Encryption { why: *why });
    let picture = PictureFault::ALL.iter().map(|why| Error::Picture { why: *why });
    let sweep = SweepFault::ALL.iter().map(|why| TrialError::TrialSweep { sweep: "SWEEP".into(), why: *why }.into());
    let file = FileFault::ALL.iter().map(|why| ProgramError::File {
        path: "letter.txt".into(),
        why: Some(*why),
        system: "it ends early".into(),
    });
    content
        .chain(key)
        .chain(armor)
        .chain(encryption)
        .chain(picture)
        .map(ProgramError::from)
        .chain(sweep)
        .chain(file)
        .collect()
}

#[test]
fn one_of_each_kind_is_here() {
    assert_eq!(of_library().iter().map(Error::code).collect::<Vec<_>>(), Error::CODES);
    assert_eq!(of_program().iter().map(ProgramError::code).collect::<Vec<_>>(), ProgramError::CODES);
    assert_eq!(of_trials().iter().map(TrialError::code).collect::<Vec<_>>(), TrialError::CODES);
    let all: Vec<&&str> = Error::CODES.iter().chain(ProgramError::CODES).chain(TrialError::CODES).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

/// Languages that are written in Arabic letters.
const IN_ARABIC: [&str; 1] = ["fa"];

#[test]
fn each_language_tells_each_error_in_its_own_words() {
    let library = of_library().into_iter().map(ProgramError::from);
    let trials = of_trials().into_iter().map(ProgramError::from);
    let mut different = BTreeSet::new();
    for error in library.chain(of_program()).chain(trials).chain(of_faults()) {
        for words in all() {
            let text = words.program_error(&error);
            let is_arabic = |text: &String| text.contains(|c| ('\u{0600}'..'\u{0700}').contains(&c));
            assert!(text.iter().all(|text| text.trim().len() > 3), "{error:?}");
            // What the system says of a file, where that is rare, is in its own language.
            let own = text.iter().skip(usize::from(matches!(error, ProgramError::File { why: None, .. })));
            assert!(own.clone().all(|text| is_arabic(text) == IN_ARABIC.contains(&words.tag())), "{error:?}: {text:?}");
            if IN_ARABIC.contains(&words.tag()) {
                // A sentence of English within: names of programs, options and fields are single words.
                let english = words_in_a_row(&text[0]);
                assert!(english < 4, "{error:?}: {}", text[0]);
            }
            different.insert((words.tag(), text));
        }
    }
    assert!(different.len() > 2 * 100);
}

/// Most words of small Latin letters that follow each other in a text.
fn words_in_a_row(text: &str) -> usize {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_lowercase());
    text.split(' ').collect::<Vec<_>>().split(|word| !is_word(word)).map(<[_]>::len).max().unwrap_or_default()
}

/// What docs/errors.md is to say.
fn document() -> String {
    let mut text = String::from(
        "# Errors\n\nWhat JSON names by `code`, and test vectors by `error`: names stay as they are, texts may change. \
         Numbers and names below are examples.\n",
    );
    let words = shabnameh::words::words("en");
    let mut table = |title: &str, errors: Vec<ProgramError>| {
        text.push_str(&format!("\n## {title}\n\n| code | what happened | what to do |\n|---|---|---|\n"));
        for error in errors {
            let [what, todo] = words.program_error(&error).map(|text| text.replace('|', "\\|").replace('\n', " "));
            text.push_str(&format!("| `{}` | {what} | {todo} |\n", error.code()));
        }
    };
    table("Of letters, codes, pictures and pages", of_library().into_iter().map(ProgramError::from).collect());
    table("Of the program", of_program());
    table("Of trials", of_trials().into_iter().map(ProgramError::from).collect());
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

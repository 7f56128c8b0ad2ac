//! The proving ground: harms that are the same for ever, that stay in their bounds, that know where codes went; trials
//! that count right.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
#[path = "common/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use common::LETTER;
use program::command;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::QrVersion;
use shabnameh::optics::raster::Grey;
use shabnameh::optics::scan::scan;
use shabnameh::press::forms::CodeOptions;
use shabnameh::press::forms::form::Form;
use shabnameh::press::forms::setup::Setup;
use shabnameh::press::pages::paper::Paper;
use shabnameh::trial::chance::Chance;
use shabnameh::trial::channel::{CHANNELS, Channel};
use shabnameh::trial::experiment::Experiment;
use shabnameh::trial::harm::{Harm, Strengths};
use shabnameh::trial::harm_kinds::HarmKind;
use shabnameh::trial::pipeline::Pipeline;
use shabnameh::trial::run::{attempt, harmed};
use shabnameh::trial::sheet::Sheet;
use shabnameh::trial::specimen::{Carrier, Prepared, Settings, Specimen};
use shabnameh::trial::statistics::at_least;
use shabnameh::trial::sweep::Sweep;
use shabnameh::trial::warp::{Canvas, ProjectiveMap, warp};
use shabnameh::trial::{contact_sheet, forged};
use shabnameh::words::all;

/// A letter of a few codes.
const NOTE: &[u8] = "نامه‌ای کوتاه که در شب می‌رود، و در روز خوانده می‌شود. ".as_bytes();

fn settings(carrier: Carrier) -> Settings {
    let setup = Setup { paper: Paper::A6, ..Setup::default() };
    Settings { carrier, setup, codes: CodeOptions::default() }
}

/// On paper and on a screen, drawn once for all tests.
static SPECIMENS: LazyLock<[Specimen; 2]> =
    LazyLock::new(|| [Carrier::Paper(Form::Leaflet), Carrier::Screen].map(specimen));

fn specimen(carrier: Carrier) -> Specimen {
    let codes = CodeOptions { version: Some(QrVersion::new(6).unwrap()), ..CodeOptions::default() };
    let drawn = |characters: usize| {
        let text: String = common::persian_text(4, 2).chars().take(characters).collect();
        let letter = Letter::new(text.into_bytes(), "note.txt").unwrap();
        Specimen::draw(&Prepared::new(&letter, &Settings { codes, ..settings(carrier) }).unwrap()).unwrap()
    };
    // As short as takes two sheets: of one none can be lost.
    (1..8).map(|number| drawn(150 * number)).find(|specimen| specimen.sheets.len() > 1).unwrap()
}

/// What is seen of sheets in the end, and what was added to them.
fn seen(specimen: &Specimen, pipeline: &Pipeline, seed: u64) -> (Vec<Sheet>, BTreeSet<Vec<u8>>) {
    let (mut sheets, mut texts) = (Vec::new(), BTreeSet::new());
    harmed(specimen.sheets.clone(), &specimen.known, &pipeline.stages, &mut Chance(seed), &mut |sheet, added| {
        sheets.push(sheet.clone());
        texts = added.clone();
    });
    (sheets, texts)
}

fn specimen_for(kind: HarmKind) -> &'static Specimen {
    let [paper, screen] = &*SPECIMENS;
    if kind == HarmKind::Filmed { screen } else { paper }
}

/// The way of one harm alone; photos are small, films short.
fn pipeline(kind: HarmKind, harm: &'static Harm, strength: f32) -> Pipeline {
    let mut pipeline = Pipeline { names: Vec::new(), carrier: None, stages: Vec::new() };
    for (name, value) in [("megapixels", 1.5), ("rounds", 0.4)] {
        let (other, small) = HarmKind::of_harm(name).unwrap();
        if (kind, other) == (HarmKind::Filmed, HarmKind::Photographed) || kind == other {
            pipeline.set(kind, small, value);
        }
    }
    pipeline.set(kind, harm, strength);
    pipeline
}

#[test]
fn the_same_seed_does_the_same_harm_and_another_another() {
    for (kind, harm) in HarmKind::every_harm() {
        let specimen = specimen_for(kind);
        let done = |seed: u64| seen(specimen, &pipeline(kind, harm, harm.shown[1]), seed);
        let first = done(1);
        assert_eq!(first, done(1), "{}", harm.name);
        let chanceless = ["dpi", "scale", "clip", "dot-gain", "draft"].contains(&harm.name);
        let many = (2..8).any(|seed| done(seed) != first);
        assert!(many || chanceless, "{} is the same with any seed", harm.name);
    }
}

#[test]
fn every_harm_shows_and_none_is_there_unasked() {
    for (kind, harm) in HarmKind::every_harm() {
        let (least, most) = harm.range;
        assert!(
            harm.shown.iter().chain([&harm.usual]).all(|strength| (least..=most).contains(strength)),
            "{}",
            harm.name
        );
        let specimen = specimen_for(kind);
        let done = |strength: f32| seen(specimen, &pipeline(kind, harm, strength), 9).0;
        let without = done(if harm.name == "copies" { 0.0 } else { harm.usual });
        // Whoever asks for dots gets them, as fine as they may be.
        if matches!(kind, HarmKind::Printed | HarmKind::Lost | HarmKind::Forged) && harm.name != "dpi" {
            assert!(without == specimen.sheets, "{} harms where it is not there", harm.name);
        }
        let shown: Vec<Vec<Sheet>> = harm.shown.iter().map(|strength| done(*strength)).collect();
        // One code or one sheet may be lucky at the gentlest.
        let lucky =
            matches!(kind, HarmKind::Lost | HarmKind::Filmed) || ["dirt", "speckle", "clip"].contains(&harm.name);
        assert!(
            shown[2] != without && (lucky || harm.shown[0] == harm.usual || shown[0] != without),
            "{} does nothing",
            harm.name
        );
        // At the ends of its range, too, nothing breaks.
        done(least);
        if harm.name != "megapixels" && harm.name != "rounds" {
            done(most);
        }
    }
}

/// Where a code is, as the sheet says, and as the scanner finds it.
fn off(sheet: &Sheet) -> Option<f32> {
    let found = scan(&sheet.grey);
    let place = sheet.codes.first()?;
    let distance = |code: &shabnameh::optics::scan::Code| {
        let pairs = code.corners.iter().zip(place.corners);
        pairs.map(|([x, y], [u, v])| (x - u).hypot(y - v)).fold(0.0, f32::max)
    };
    found.iter().map(distance).min_by(f32::total_cmp)
}

#[test]
fn sheets_know_where_their_codes_went() {
    for (name, strength, most) in [
        ("scale", 80.0, 2.0),
        ("copies", 3.0, 3.0),
        ("folds", 4.0, 6.0),
        ("curl", 15.0, 6.0),
        ("tilt", 30.0, 4.0),
        ("turn", 170.0, 4.0),
        ("rolling", 30.0, 4.0),
        ("distance", 160.0, 4.0),
        ("hand", 6.0, 4.0),
    ] {
        let (kind, harm) = HarmKind::of_harm(name).unwrap();
        let specimen = specimen_for(kind);
        let sheets = seen(specimen, &pipeline(kind, harm, strength), 3).0;
        let off = sheets.iter().find_map(off).unwrap_or_else(|| panic!("{name}: no code is read"));
        assert!(off < most, "{name}: {off} pixels off");
    }
}

#[test]
fn pictures_are_shrunk_by_their_areas() {
    let board = (0..400 * 400).map(|at| if (at % 400 + at / 400) % 2 == 0 { 0 } else { 255 }).collect();
    let sheet = Sheet { grey: Grey::new(400, 400, board).unwrap(), per_mm: 8.0, codes: Vec::new() };
    for finer in [2, 3, 4, 7] {
        let side = 400 / finer;
        let canvas = Canvas { width: side, height: side, per_mm: 8.0 / finer as f32, around: 127, grid: 0.0 };
        let forth = ProjectiveMap::scale(1.0 / finer as f32, [0.0, 0.0]);
        let back = forth.inverse();
        let small = warp(&sheet, &canvas, |at| back.apply(at), |at| forth.apply(at));
        let even = small.grey.pixels().iter().all(|pixel| (95..=160).contains(pixel));
        assert!(even, "a board of single pixels, {finer} times smaller, is not grey");
    }
}

#[test]
fn projections_undo_themselves_and_follow_each_other() {
    let tilted = ProjectiveMap([1.2, 0.1, 30.0, -0.2, 0.9, 12.0, 0.0004, -0.0002, 1.0]);
    let both = ProjectiveMap::turn(33.0).after(&tilted);
    for at in [[0.0, 0.0], [100.0, 20.0], [7.0, 250.0]] {
        let there = both.apply(at);
        let also = ProjectiveMap::turn(33.0).apply(tilted.apply(at));
        let back = both.inverse().apply(there);
        let near = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 0.05;
        assert!(near(there, also) && near(back, at), "{at:?} {there:?} {also:?} {back:?}");
    }
}

#[test]
fn forgers_know_everything_but_the_letter() {
    let [specimen, _] = &*SPECIMENS;
    let mut sheets = specimen.sheets.clone();
    let mut strengths = Strengths::default();
    for (harm, many) in [(&forged::FORGED, 3.0), (&forged::FLOOD, 5.0), (&forged::FOREIGN, 4.0)] {
        strengths.set(harm, many);
    }
    let texts = forged::apply(&mut sheets, &specimen.known, &strengths, &mut Chance(4));
    let frames: Vec<Frame> = texts.iter().filter_map(|text| Frame::from_text(text)).map(Result::unwrap).collect();
    let own = frames.iter().filter(|frame| frame.object_id() == specimen.known.object_id).count();
    assert_eq!((texts.len(), frames.len(), own), (12, 8, 3));
    assert!(texts.iter().all(|text| !specimen.texts.contains_key(text)));
    let read: BTreeSet<Vec<u8>> = sheets.iter().flat_map(|sheet| scan(&sheet.grey)).map(|code| code.bytes).collect();
    assert!(texts.iter().all(|text| read.contains(text)) && specimen.texts.keys().all(|text| read.contains(text)));
}

#[test]
fn channels_have_names_and_words_and_join() {
    let mut names = BTreeSet::new();
    for channel in CHANNELS {
        assert!(names.insert(channel.name));
        for words in all() {
            assert!(!words.channel(channel.name).is_empty(), "{} in {}", channel.name, words.tag());
        }
        for (harm, strength) in channel.steps() {
            assert!((harm.range.0..=harm.range.1).contains(strength), "{}: {}", channel.name, harm.name);
        }
    }
    for (_, harm) in HarmKind::every_harm() {
        assert!(all().all(|words| !words.harm(harm.name).is_empty()), "{}", harm.name);
    }
    let pipeline =
        |names: &[&str]| Pipeline::of(&names.iter().map(|name| Channel::named(name).unwrap()).collect::<Vec<_>>());
    let kinds = |names: &[&str]| pipeline(names).unwrap().stages.iter().map(|stage| stage.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds(&["photocopied-twice", "torn", "night-phone"]),
        [HarmKind::Copied, HarmKind::Lost, HarmKind::Photographed]
    );
    // Paper that nobody photographs is photographed by day; two copies twice are two stages.
    assert_eq!(
        kinds(&["photocopied-twice", "photocopied-twice"]),
        [HarmKind::Copied, HarmKind::Copied, HarmKind::Photographed]
    );
    assert_eq!(kinds(&["phone-films-phone"]), [HarmKind::Filmed]);
    assert_eq!(kinds(&[]), []);
    assert!(
        pipeline(&["phone-films-phone", "crumpled"]).is_err()
            && pipeline(&["half-the-cards", "film-in-a-hurry"]).is_err()
    );
}

#[test]
fn a_sweep_takes_its_place_in_the_order_of_things() {
    let mut pipeline = Pipeline::of(&[Channel::named("photocopied-twice").unwrap()]).unwrap();
    let mut settings = settings(Carrier::Paper(Form::Leaflet));
    for sweep in ["folds=1,2", "defocus=3,4", "copies=5,6", "repair=50,60"] {
        let sweep = Sweep::parse(sweep).unwrap();
        sweep.set(sweep.values[0], &mut pipeline, &mut settings).unwrap();
    }
    assert_eq!(
        pipeline.stages.iter().map(|stage| stage.kind).collect::<Vec<_>>(),
        [HarmKind::Copied, HarmKind::Carried, HarmKind::Photographed]
    );
    let strength = |stage: usize, name: &str| pipeline.stages[stage].strengths.of(HarmKind::of_harm(name).unwrap().1);
    assert_eq!((strength(0, "copies"), strength(1, "folds"), strength(2, "defocus")), (5.0, 1.0, 3.0));
    assert_eq!(settings.codes.repair, 50);
}

/// Codes lost by chance: the letter comes through where enough are left, and nowhere else; and as often as mathematics
/// says.
#[test]
fn loss_is_as_harmless_as_mathematics_allows() {
    let letter = Letter::new(LETTER.to_vec(), "letter.md").unwrap();
    let sweep = Sweep::parse("loss=30,60").unwrap();
    for repair in [50, 100, 200] {
        let pipelines = [Pipeline::of(&[]).unwrap()];
        let codes = CodeOptions { repair, version: Some(QrVersion::new(8).unwrap()), ..CodeOptions::default() };
        let base = Settings { codes, ..settings(Carrier::Screen) };
        let experiments = Experiment::all(&pipelines, std::slice::from_ref(&sweep), &base).unwrap();
        let setting = Prepared::new(&letter, &experiments[0].settings).unwrap();
        let specimen = Specimen::draw(&setting).unwrap();
        assert!(setting.ideal);
        for (experiment, loss) in experiments.iter().zip(&sweep.values) {
            for run in 0..15 {
                let outcome = experiment.run(&specimen, 1, run);
                assert_eq!(outcome.came_through, outcome.read >= setting.sufficient, "{outcome:?}");
                assert_eq!((outcome.misreads, outcome.false_letter, outcome.read), (0, false, outcome.in_view));
            }
            // The chance is the same as with pictures, which are not needed to count what is left.
            let left = |run: u64| {
                let mut chance = Chance::of(&[1, experiment.number as u64, run]).branch();
                (0..setting.codes()).filter(|_| !chance.happens(*loss)).count()
            };
            let runs = 2_000;
            let share = (0..runs).filter(|run| left(*run) >= setting.sufficient).count() as f64 / runs as f64;
            let ideal = at_least(setting.sufficient, setting.codes(), f64::from(*loss) / 100.0);
            let deviation = (ideal * (1.0 - ideal) / runs as f64).sqrt();
            assert!((share - ideal).abs() <= 4.0 * deviation, "repair {repair}, loss {loss}: {share}, {ideal}");
        }
    }
}

#[test]
fn runs_count_what_they_see() {
    let [specimen, _] = &*SPECIMENS;
    let mut glances = 0;
    let untouched = attempt(specimen, &[], Chance(1), &mut |glance| glances += glance.read);
    assert!(untouched.came_through && !untouched.false_letter);
    assert_eq!(
        (untouched.read, untouched.in_view, glances),
        (specimen.texts.len(), specimen.texts.len(), specimen.texts.len())
    );
    let (kind, harm) = HarmKind::of_harm("loss").unwrap();
    let nothing = attempt(specimen, &pipeline(kind, harm, 100.0).stages, Chance(1), &mut |_| ());
    assert_eq!((nothing.came_through, nothing.read, nothing.in_view, nothing.misreads), (false, 0, 0, 0));
}

fn trial(folder: &Path, arguments: &[&str], threads: &str) -> Output {
    let arguments = [&["trial"], arguments].concat();
    command(folder, "C", &arguments).env("RAYON_NUM_THREADS", threads).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn trials_are_the_same_on_any_number_of_cores() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    let run = |out: &str, threads: &str| {
        let arguments = [
            "note.txt",
            "--paper",
            "a6",
            "--channel",
            "torn",
            "--sweep",
            "megapixels=0.6,3",
            "--runs",
            "5",
            "--out",
            out,
        ];
        let output = trial(folder.path(), &arguments, threads);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        output.stdout
    };
    assert_eq!(run("one", "1"), run("two", "2"));
    let read = |path: &str| std::fs::read(folder.path().join(path)).unwrap();
    let names = |out: &str| {
        let mut names: Vec<_> = std::fs::read_dir(folder.path().join(out).join("pictures"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("one"), names("two"));
    assert!(!names("one").is_empty());
    let pictures = names("one").into_iter().map(|name| format!("pictures/{}", name.to_string_lossy()));
    for file in ["trial.json".to_owned(), "trial.svg".to_owned()].into_iter().chain(pictures) {
        assert_eq!(read(&format!("one/{file}")), read(&format!("two/{file}")), "{file}");
    }
    let json: serde_json::Value = serde_json::from_slice(&read("one/trial.json")).unwrap();
    let experiment = &json["cells"][1];
    assert_eq!((experiment["runs"].as_u64(), experiment["sweep"]["megapixels"].as_f64()), (Some(5), Some(3.0)));
    assert!(
        experiment["successes"].as_u64() <= Some(5) && experiment["misreads"] == 0 && experiment["false_letters"] == 0
    );

    // What is there is not written over, and that is said before hours of work.
    let again = trial(folder.path(), &["note.txt", "--out", "one"], "2");
    assert_eq!((again.status.code(), again.stdout.len()), (Some(1), 0));
    assert!(said(&again).contains("one/trial.json"), "{}", said(&again));
}

#[test]
fn what_makes_no_sense_is_refused_in_two_parts() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    for (arguments, happened, todo) in [
        (
            &["--channel", "nightphone"][..],
            "there is no channel, harm or setting nightphone",
            "Did you mean night-phone?",
        ),
        (&["--sweep", "los=0..80/9"], "there is no channel, harm or setting los", "Did you mean loss?"),
        (
            &["--sweep", "loss=0..80"],
            "the sweep loss=0..80 makes no sense: after .. there is no / with the number of steps",
            "as in loss=0..80/9",
        ),
        (&["--sweep", "loss=0..80/1"], "it has fewer than two steps", "as in loss=0..80/9"),
        (&["--sweep", "loss=50..150/3"], "loss cannot be 150 %: it goes from 0 to 100", "Give values within the range"),
        (&["--sweep", "version=22,23"], "QR version 23", "but not 23"),
        (&["--sweep", "repair=100,20000"], "20000 % of repair is more than", "Give a smaller --repair"),
        (&["--sweep", "loss=1,2", "--sweep", "tilt=1,2", "--sweep", "noise=1,2"], "there are two before it", "as in"),
        (
            &["--channel", "crumpled", "--channel", "phone-films-phone"],
            "phone-films-phone and crumpled do not go together",
            "one kind",
        ),
        (
            &["--channel", "phone-films-phone", "--sweep", "folds=1,2"],
            "phone-films-phone and carried do not go together",
            "one kind",
        ),
        (
            &["--channel", "phone-films-phone", "--sweep", "module=0.3,0.4"],
            "filmed and module do not go together",
            "one kind",
        ),
        (&["--sweep", "loss=1,2", "--sweep", "loss=3,4"], "there is another of the same before it", "as in"),
        (&["--sweep", "copies=1..2/5"], "it has a value twice", "as in"),
        (
            &["--advise", "--runs", "20"],
            "20 runs cannot tell what comes through in 99 of 100; 100 can",
            "Give more --runs",
        ),
        (&["--advise", "--sweep", "loss=1,2"], "advice is about module, version and repair", "as in"),
        (&["--channel", "all", "--runs", "100000"], "gigapixels", "--force does it all the same"),
    ] {
        let arguments: Vec<&str> = ["note.txt", "--out", "out"].iter().chain(arguments).copied().collect();
        let output = trial(folder.path(), &arguments, "2");
        let said = said(&output);
        let mut lines = said.lines();
        let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(first.contains(happened) && second.contains(todo), "{arguments:?}: {said}");
        assert!(!folder.path().join("out").exists(), "{arguments:?} left something behind");
    }
    let nothing = trial(folder.path(), &["note.txt"], "2");
    assert_eq!(nothing.status.code(), Some(2), "{}", said(&nothing));
    // The letter is not written over, not even when asked.
    std::fs::create_dir(folder.path().join("own")).unwrap();
    std::fs::write(folder.path().join("own/trial.json"), NOTE).unwrap();
    let own = trial(folder.path(), &["own/trial.json", "--out", "own", "--force"], "2");
    assert_eq!(own.status.code(), Some(1));
    assert_eq!(std::fs::read(folder.path().join("own/trial.json")).unwrap(), NOTE);
    let list = trial(folder.path(), &["--list"], "2");
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(CHANNELS.iter().all(|channel| list.contains(channel.name)));
    assert!(HarmKind::every_harm().all(|(_, harm)| list.contains(harm.name)));
}

#[test]
fn advice_that_there_is_none_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    // Without repair nothing may be torn off.
    let choice = ["--sweep", "repair=0", "--sweep", "version=6", "--sweep", "module=0.42"];
    let arguments = ["note.txt", "--paper", "a6", "--advise", "--channel", "torn", "--out", "out"];
    let output = trial(folder.path(), &[&arguments[..], &choice].concat(), "2");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("trying --paper a6 --module-mm 0.42 --qr-version 6 --repair 0\n"),
        "{}",
        said(&output)
    );
    assert!(said(&output).ends_with("nothing that was tried came through in 99 % of the runs\n"), "{}", said(&output));
    let json = std::fs::read(folder.path().join("out/trial.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let experiment = &json["cells"][0];
    assert_eq!(experiment["sweep"], serde_json::json!({ "module": 0.42, "version": 6.0, "repair": 0.0 }));
    assert!(experiment["successes"].as_u64().unwrap() + 1 < experiment["runs"].as_u64().unwrap());
}

#[test]
#[cfg(unix)]
fn an_interrupt_leaves_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), NOTE).unwrap();
    let arguments = ["trial", "note.txt", "--paper", "a6", "--sweep", "loss=10,50", "--runs", "50000", "--out", "out"];
    let mut command = command(folder.path(), "C", &arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("stopped: "), "{}", said(&output));
    let json = std::fs::read(folder.path().join("out/trial.json")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let runs: Vec<u64> =
        json["cells"].as_array().unwrap().iter().map(|experiment| experiment["runs"].as_u64().unwrap()).collect();
    assert!(!runs.is_empty() && runs.iter().all(|runs| (1..50_000).contains(runs)), "{runs:?}");
}

#[test]
fn contact_sheets_show_each_harm_three_times() {
    let [specimen, _] = &*SPECIMENS;
    for kind in [HarmKind::Forged, HarmKind::Lost, HarmKind::Printed] {
        let sheet = contact_sheet::sheet(kind, specimen);
        let rows = kind.harms().len().div_ceil(2);
        // Every tile of a harm has ink on it.
        let (wide, tall) = (sheet.width() / 6, sheet.height() / rows);
        for tile in 0..kind.harms().len() * 3 {
            let (left, top) = (tile % 6 * wide, tile / 6 * tall);
            let rows = sheet.rows().skip(top).take(tall);
            let dark = rows.flat_map(|row| &row[left..left + wide]).filter(|pixel| **pixel < 200).count();
            assert!(dark > 50, "tile {tile} of {}", kind.name());
        }
    }
}

//! The seeds of the fuzzers, run once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "fuzz/targets.rs"]
#[allow(dead_code)]
mod targets;

#[test]
fn no_seed_brings_anything_down() {
    let mut run = 0;
    for (name, target) in targets::ALL {
        // The documents of the tests are seeds as well.
        let more = (name == "document").then_some("/documents");
        for folder in [Some(format!("/fuzz/seeds/{name}")), more.map(str::to_owned)].into_iter().flatten() {
            let folder = format!("{}/tests{folder}", env!("CARGO_MANIFEST_DIR"));
            for seed in std::fs::read_dir(&folder).unwrap() {
                target(&std::fs::read(seed.unwrap().path()).unwrap());
                run += 1;
            }
        }
    }
    assert!(run > 50, "only {run} seeds");
}

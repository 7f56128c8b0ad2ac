//! The seeds of the fuzzers, run once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "fuzz/targets.rs"]
#[allow(dead_code)]
mod targets;

#[test]
fn no_seed_brings_anything_down() {
    let mut run = 0;
    for (name, target) in targets::ALL {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/seeds/").to_owned() + name;
        for seed in std::fs::read_dir(&folder).unwrap() {
            target(&std::fs::read(seed.unwrap().path()).unwrap());
            run += 1;
        }
    }
    assert!(run > 50, "only {run} seeds");
}

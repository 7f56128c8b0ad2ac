//! Two tables of the format, counted and simulated: modules printed, and frames needed when half are lost. `cargo bench
//! --bench tables`
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::Chance;
use shabnameh::codec::fec::Partition;
use shabnameh::optics::qr::{Level, Plan, QrVersion, Versions};

const CAPS: [u8; 3] = [17, 25, 40];

/// Bytes that a code holds as base45, were it all object: no prefix, no header, no checksum.
fn bare_bytes(version: QrVersion) -> usize {
    // Prefix and closing mark are 5 characters, the frame's own fields 20 bytes; the nearest 5 characters are 3 bytes
    // and a third.
    let with_all = version.symbol_bytes(Level::L) + 20;
    with_all + 3
}

/// Fewest modules of whole codes that hold the bare object.
fn ideal(length: usize, cap: u8) -> usize {
    (1..=cap)
        .filter_map(|version| QrVersion::new(version).ok())
        .map(|version| length.div_ceil(bare_bytes(version)) * version.modules().pow(2))
        .min()
        .unwrap()
}

fn plan(length: usize, repair: u32, cap: u8) -> (Partition, Plan) {
    let partition = Partition::new(length).unwrap();
    (partition, Plan::choose(&partition, repair, Level::L, Versions::AtMost(QrVersion::new(cap).unwrap())).unwrap())
}

/// Mean number of frames, taken in random order, that it takes, over what an ideal code would take, less one, in per
/// cent.
fn overhead(length: usize, cap: u8, runs: u64) -> f64 {
    let (partition, plan) = plan(length, 100, cap);
    let n = plan.cut.symbols_per_frame;
    let ideal = partition.source_symbols().div_ceil(n);
    let mut taken = 0;
    for seed in 0..runs {
        let mut order: Vec<usize> = (0..plan.cut.frames).collect();
        Chance(seed).shuffle(&mut order);
        let mut counts = vec![0usize; partition.blocks()];
        let mut open = partition.blocks();
        for frame in order {
            if open == 0 {
                break;
            }
            taken += 1;
            for position in frame * n..(frame + 1) * n {
                let (block, _) = partition.at(position);
                counts[block] += 1;
                open -= usize::from(counts[block] == partition.k(block));
            }
        }
    }
    (taken as f64 / runs as f64 / ideal as f64 - 1.0) * 100.0
}

fn main() {
    println!("Modules printed over the ideal (whole codes that hold the object alone), level L, versions up to:");
    println!("{:>10} {:>22} {:>22} {:>22}", "bytes", "17", "25", "40");
    for length in [500, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000, 3_072, 10_240, 30_720, 102_400, 1_048_576] {
        print!("{length:>10}");
        for cap in CAPS {
            let (_, plan) = plan(length, 0, cap);
            let printed = plan.cut.frames * plan.version.modules().pow(2);
            let text = format!(
                "{} x v{} {:.3}",
                plan.cut.frames,
                plan.version.number(),
                printed as f64 / ideal(length, cap) as f64
            );
            print!(" {text:>22}");
        }
        println!();
    }
    println!(
        "\nFrames needed beyond an ideal code, per cent, frames coming at random out of twice as many as are needed; versions up to:"
    );
    println!("{:>10} {:>8} {:>8} {:>8}", "bytes", "17", "25", "40");
    for length in [10_000, 18_900, 25_000, 32_768, 40_000, 50_000, 65_536, 75_000, 100_000, 200_000, 500_000, 1_048_576]
    {
        let runs = if length > 300_000 { 30 } else { 200 };
        let row: Vec<String> = CAPS.iter().map(|cap| format!("{:>8.2}", overhead(length, *cap, runs))).collect();
        println!("{length:>10} {}", row.join(" "));
    }
}

//! Frames that a censor floods readers with, as text: `flood KIND OUT`. The tests of the page give it to a page. Kinds
//! are `rivals`, 64 KB of frames of few objects that overlap and contradict each other, and `strangers`, some frames
//! each of a thousand objects.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../common/flood.rs"]
mod flood;

use shabnameh::codec::frame::Frame;
use shabnameh::trial::chance::Chance;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (kind, out) = (arguments.next().unwrap(), arguments.next().unwrap());
    let frames: Vec<Frame> = match kind.as_str() {
        // 18,900 bytes: the most that one block holds.
        "rivals" => flood::forged(7, 1),
        "strangers" => (0..6_000).map(|number| flood::decoy(number, 0, &mut Chance(number))).collect(),
        _ => panic!("there are rivals and strangers"),
    };
    let lines: Vec<u8> = frames.iter().flat_map(|frame| format!("{}\n", frame.to_text()).into_bytes()).collect();
    std::fs::write(out, lines).unwrap();
}

//! A model of text by context mixing: says how likely the next bit is a one, and learns what it was (text/format.md).
//! Integers only, so that it says the same on every machine.

use super::alphabet::{self, ALPHABET, Alphabet, Code, END, ESCAPE, Id, Step};
use super::past::{Past, hash, part};
use super::tables::{MAX_LOGIT, ONE, STATES, TABLES, Tables};

/// Contexts with bit histories.
const CONTEXTS: usize = 6;
/// Guesses at a whole symbol: what follows a long match, and what came last in two contexts.
const GUESSES: usize = 3;
/// What is mixed: the contexts, the guesses, and one that is always the same; filled up to whole vectors.
const INPUTS: usize = 12;
/// The input that is always the same.
const BIAS: i16 = 128;
/// Sets of weights that are mixed in their turn.
const MIXERS: usize = 2;

/// Sets of four rows in the table of histories: 5 MiB.
const ROW_SETS: usize = 5 << 15;
/// Entries for the guesses of a context, as a power of two.
const GUESS_BITS: u32 = 16;
/// Curves of the last correction, as a power of two.
const CURVE_BITS: u32 = 12;
/// Points of each curve: one for each whole logit from -12 to 12.
const POINTS: usize = 25;

/// Paths from this on choose the same curves.
const LAST_PATH: usize = 2047;
/// The path of the question whether a ZWNJ stands here; no path in the tree is this.
const ZWNJ_PATH: usize = 0;
/// The path of all bits of an escaped character.
const ESCAPED_PATH: usize = 2048;
/// Nodes of escaped characters begin here, above all paths of the tree.
const ESCAPED: u32 = 1 << 24;
/// Kinds of bits: twelve depths in the tree, the question for ZWNJ, escaped characters.
const KINDS: usize = 16;
/// Symbols that choose weights.
const SYMBOLS: usize = 512;
/// How sure the last five contexts can be, three ways each.
const SURE: usize = 243;

/// What is read for a number that is no character, and no symbol either.
const NO_CHARACTER: u32 = 0x1F_FFFF;

/// What a probability of one keeps to be wrong, in 1/65536.
const DOUBT: i32 = 16;
/// How often the meaning of a history was asked for when it is new, and when it learns no slower.
const FIRST_TIMES: u32 = 6;
const LAST_TIMES: u32 = 250;
/// Greatest weight of a mixer, 65536 for one.
const MAX_WEIGHT: i32 = 1 << 20;

/// What codes a bit, given how likely a one is, in 1/65536: an encoder is told the bit, a decoder tells it.
pub trait BitCoder {
    /// Codes one bit.
    fn code(&mut self, one: u32, bit: bool) -> bool;
}

/// Seven histories under one context, three levels of the tree; before them a check, 0 for none.
type Row = [u8; 8];

/// Rows that are looked through together.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(32))]
struct Set([Row; 4]);

/// A context: its hash, and where its row was taken from.
#[derive(Debug, Clone, Copy, Default)]
struct Context {
    hash: u32,
    set: usize,
    way: usize,
}

/// What is expected as the next symbol.
#[derive(Debug, Clone, Copy, Default)]
struct Guess {
    code: Code,
    /// How often it came true before, 0 to 31.
    times: u32,
    /// Whether it has not failed yet.
    holds: bool,
}

/// A guess's entry in its table; nowhere, before the first symbol.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: usize,
    check: u32,
}

/// The model. A clone goes on from where it was made.
#[derive(Clone)]
pub struct Model {
    tables: &'static Tables,
    alphabet: &'static Alphabet,
    rows: Vec<Set>,
    contexts: [Context; CONTEXTS],
    /// The rows of the contexts; put back before others are looked for.
    current: [Row; CONTEXTS],
    /// What a history means, by context: a probability in 22 bits, and how often it was asked for in 10.
    meanings: [[u32; STATES]; CONTEXTS],
    guesses: [Guess; GUESSES],
    entries: [Entry; GUESSES - 1],
    guessed: Vec<u32>,
    /// How likely a guess is right, by guess, depth and times.
    right: [[u16; 256]; GUESSES],
    /// By the last symbol, and by how sure the contexts are and the kind of bit: 16384 for one.
    weights: [Vec<[i16; INPUTS]>; MIXERS],
    /// By the kind of bit: 65536 for one.
    last_weights: [[i32; MIXERS]; KINDS],
    /// Probabilities at whole logits.
    curves: Vec<[u16; POINTS]>,
    past: Past,
    /// The number of the last symbol.
    last: Id,
    /// Within a row: a one, and behind it the bits since its beginning.
    within: usize,
}

impl Model {
    /// A model that knows nothing.
    pub fn new() -> Self {
        let tables: &Tables = &TABLES;
        let mut meaning = [0; STATES];
        for (to, history) in meaning.iter_mut().zip(&tables.histories) {
            *to = history.start << 10 | FIRST_TIMES;
        }
        let curve =
            std::array::from_fn(|at| tables.squash((256 * at as i32 - 3072).clamp(-MAX_LOGIT, MAX_LOGIT)) as u16);
        let mut model = Model {
            tables,
            alphabet: &ALPHABET,
            rows: vec![Set::default(); ROW_SETS],
            contexts: Default::default(),
            current: Default::default(),
            meanings: [meaning; CONTEXTS],
            guesses: Default::default(),
            entries: [Entry { at: usize::MAX, check: 0 }; GUESSES - 1],
            guessed: vec![0; (GUESSES - 1) << GUESS_BITS],
            right: [[40_000; 256]; GUESSES],
            weights: [SYMBOLS, SURE * KINDS].map(|sets| vec![[5_000; INPUTS]; sets]),
            last_weights: [[32_768; MIXERS]; KINDS],
            curves: vec![curve; 1 << CURVE_BITS],
            past: Past::new(),
            last: 0,
            within: 1,
        };
        model.learn(END);
        model
    }

    /// Codes a symbol, and learns from it.
    pub fn symbol<C: BitCoder>(&mut self, coder: &mut C, wanted: u32) -> u32 {
        let code = self.alphabet.code(self.alphabet.id(wanted));
        let (mut node, mut depth, mut path) = (0, 0, 1);
        let mut symbol = loop {
            if depth % 3 == 2 {
                self.find(path);
            }
            let bit = self.bit(coder, depth, LAST_PATH.min(path as usize), (code.bits << depth) >> 31 == 1);
            (depth, path) = (depth + 1, path << 1 | u32::from(bit));
            match self.alphabet.step(node, bit) {
                Step::Node(next) => node = next,
                Step::Symbol(symbol) => break symbol,
            }
        };
        if symbol == ESCAPE {
            symbol = self.escaped(coder, wanted);
        }
        self.learn(symbol);
        symbol
    }

    /// Codes a character that has no code, by its 21 bits.
    fn escaped<C: BitCoder>(&mut self, coder: &mut C, wanted: u32) -> u32 {
        self.guesses = Default::default();
        let mut path = 1;
        for depth in 0..21 {
            if depth % 3 == 0 {
                self.find(ESCAPED + path);
            }
            let bit = self.bit(coder, depth, ESCAPED_PATH, (wanted >> (20 - depth)) & 1 == 1);
            path = path << 1 | u32::from(bit);
        }
        // END behind ESCAPE is no END.
        if path & 0x1F_FFFF == END { NO_CHARACTER } else { path & 0x1F_FFFF }
    }

    /// Codes whether a ZWNJ stands before the last symbol, where one may stand: between two letters of Arabic script
    /// of which the first joins. Elsewhere there is none, and nothing is coded.
    pub fn zwnj<C: BitCoder>(&mut self, coder: &mut C, wanted: bool) -> bool {
        let [before, behind] = self.past.last_two();
        if !alphabet::may_part(before, behind) {
            return false;
        }
        let guesses = std::mem::take(&mut self.guesses);
        self.within = 4;
        let bit = self.bit(coder, 0, ZWNJ_PATH, wanted);
        self.within = 1;
        self.guesses = guesses;
        bit
    }

    /// Takes a symbol in, and gets ready for the next.
    fn learn(&mut self, symbol: u32) {
        for Entry { at, check } in self.entries {
            if let Some(entry) = self.guessed.get_mut(at) {
                let same = *entry >> 26 == check && *entry & 0x1F_FFFF == symbol;
                let times = if same { ((*entry >> 21) & 31) + 1 } else { 1 };
                *entry = check << 26 | times.min(31) << 21 | symbol;
            }
        }
        self.last = self.alphabet.id(symbol);
        let [o1, o2, o3, o4, _, o6, ..] = self.past.push(symbol);
        let [word, words] = self.past.words();
        let hashes = [o1, o2, o3, o4, word, words];
        for (index, (context, of)) in (0..).zip(self.contexts.iter_mut().zip(hashes)) {
            context.hash = hash(of, index);
        }
        self.find(0);
        self.guess([o6, word]);
    }

    /// What may be the next symbol.
    fn guess(&mut self, contexts: [u32; GUESSES - 1]) {
        let alphabet = self.alphabet;
        let (expected, matched) = self.past.expected();
        let guess = |symbol, times| Guess { code: alphabet.code(alphabet.id(symbol)), times, holds: times > 0 };
        let mut guesses = [guess(expected, matched); GUESSES];
        for (index, ((of, entry), to)) in
            contexts.into_iter().zip(&mut self.entries).zip(guesses.iter_mut().skip(1)).enumerate()
        {
            let hash = hash(of, 100 + index as u32);
            *entry = Entry { at: index << GUESS_BITS | (hash >> (32 - GUESS_BITS)) as usize, check: hash & 63 };
            let known = self.guessed.get(entry.at).copied().unwrap_or_default();
            *to = guess(known & 0x1F_FFFF, if known >> 26 == entry.check { (known >> 21) & 31 } else { 0 });
        }
        self.guesses = guesses;
    }

    /// Puts the rows of all contexts back, and takes those under a node of the tree.
    fn find(&mut self, node: u32) {
        for (context, row) in self.contexts.iter().zip(self.current) {
            if let Some(to) = self.rows.get_mut(context.set).and_then(|set| set.0.get_mut(context.way)) {
                *to = row;
            }
        }
        let salt = node.wrapping_mul(0x2C1B_3C6D);
        // All are looked up before any is chosen, so that the memory is waited for once.
        let mut found = [(0, 0); CONTEXTS];
        for (context, (checks, check)) in self.contexts.iter_mut().zip(&mut found) {
            let hash = hash(context.hash, salt);
            context.set = part(hash, ROW_SETS);
            *check = (hash as u8).max(1);
            if let Some(set) = self.rows.get(context.set) {
                *checks = u32::from_le_bytes(set.0.map(|[check, ..]| check));
            }
        }
        for ((context, row), (checks, check)) in self.contexts.iter_mut().zip(&mut self.current).zip(found) {
            let Some(set) = self.rows.get_mut(context.set) else { continue };
            let others = checks ^ (u32::from(check) * 0x0101_0101);
            let same = others.wrapping_sub(0x0101_0101) & !others & 0x8080_8080;
            context.way = same.trailing_zeros() as usize / 8;
            if same == 0 {
                // The one goes of which least was seen.
                let seen = set.0.map(|[_, first, ..]| self.tables.history(first).seen);
                context.way = (0..).zip(seen).min_by_key(|(_, seen)| *seen).map_or(0, |(way, _)| way);
                if let Some(to) = set.0.get_mut(context.way) {
                    *to = [check, 0, 0, 0, 0, 0, 0, 0];
                }
            }
            *row = set.0.get(context.way).copied().unwrap_or_default();
        }
        self.within = 1;
    }

    /// Codes one bit, and learns from it.
    fn bit<C: BitCoder>(&mut self, coder: &mut C, depth: u32, path: usize, wanted: bool) -> bool {
        let prediction = self.predict(depth, path);
        let bit = coder.code(prediction.one, wanted);
        self.update(prediction, bit);
        self.within = self.within << 1 | usize::from(bit);
        bit
    }

    /// How likely a one is at this depth and path.
    #[inline(always)]
    fn predict(&mut self, depth: u32, path: usize) -> Prediction {
        let tables = self.tables;
        let mut inputs = [0; INPUTS];
        let mut histories = [(0, 0); CONTEXTS];
        let meanings = self.current.iter().zip(&self.meanings);
        for (((row, meanings), known), input) in meanings.zip(&mut histories).zip(&mut inputs) {
            let history = row.get(self.within & 7).copied().unwrap_or_default();
            *known = (history, meanings.get(usize::from(history)).copied().unwrap_or_default());
            *input = tables.stretch(known.1 >> 20);
        }
        let mut said = [(0, 0); GUESSES];
        let guesses = self.guesses.iter_mut().zip(&self.right);
        for (((guess, right), said), input) in guesses.zip(&mut said).zip(inputs.iter_mut().skip(CONTEXTS)) {
            guess.holds &= depth < guess.code.length;
            if guess.holds {
                let sign = if (guess.code.bits << depth) >> 31 == 1 { 1 } else { -1 };
                *said = (sign, ((depth.min(7) << 5) + guess.times) as usize);
                *input = sign * tables.stretch(right.get(said.1).map_or(0, |p| u32::from(*p) >> 4));
            }
        }
        if let Some(bias) = inputs.get_mut(CONTEXTS + GUESSES) {
            *bias = BIAS;
        }
        let kind = match path {
            ZWNJ_PATH => 12,
            ESCAPED_PATH => 13,
            _ => depth.min(11) as usize,
        };
        let kinds = histories.iter().skip(1).map(|(history, _)| usize::from(tables.history(*history).kind));
        let sure = kinds.fold(0, |sure, kind| 3 * sure + kind);
        let sets = [usize::from(self.last), KINDS * sure + kind];
        let mut mixed = [0; MIXERS];
        for ((mixed, weights), set) in mixed.iter_mut().zip(&self.weights).zip(sets) {
            *mixed = weights.get(set).map_or(0, |weights| dot(weights, &inputs)).clamp(-MAX_LOGIT, MAX_LOGIT);
        }
        let weights = self.last_weights.get(kind).copied().unwrap_or_default();
        let sum: i64 = weights.iter().zip(mixed).map(|(weight, mixed)| i64::from(*weight) * i64::from(mixed)).sum();
        let logit = (sum >> 16).clamp(-i64::from(MAX_LOGIT), i64::from(MAX_LOGIT)) as i32;
        let before = tables.squash(logit);
        let [_, pair, ..] = self.contexts;
        let curve = (hash(pair.hash, path as u32) >> (32 - CURVE_BITS)) as usize;
        let (point, part) = ((logit + 3072) as usize / 256, (logit + 3072) % 256);
        let corrected = match self.curves.get(curve).and_then(|curve| curve.get(point..)) {
            Some([low, high, ..]) => (i32::from(*low) * (256 - part) + i32::from(*high) * part) >> 8,
            _ => before,
        };
        let one = ((before + corrected) / 2).clamp(DOUBT, 65_536 - DOUBT) as u32;
        let nearest = point + usize::from(part >= 128);
        Prediction { one, inputs, histories, said, kind, sets, mixed, before, curve, nearest }
    }

    /// Learns what the bit was.
    #[inline(always)]
    fn update(&mut self, prediction: Prediction, bit: bool) {
        let Prediction { inputs, histories, said, kind, sets, mixed, before, curve, nearest, .. } = prediction;
        let target = if bit { ONE } else { 0 };
        if let Some(p) = self.curves.get_mut(curve).and_then(|curve| curve.get_mut(nearest)) {
            *p = towards(*p, target, 5);
        }
        for ((mixed, weights), set) in mixed.iter().zip(&mut self.weights).zip(sets) {
            if let Some(weights) = weights.get_mut(set) {
                let error = ((target - self.tables.squash(*mixed)) * 3) >> 2;
                train(weights, &inputs, error.clamp(-32_767, 32_767) as i16);
            }
        }
        if let Some(weights) = self.last_weights.get_mut(kind) {
            let error = ((target - before) * 25) >> 7;
            for (weight, mixed) in weights.iter_mut().zip(mixed) {
                *weight = (*weight + ((mixed * error + 0x8000) >> 16)).clamp(-MAX_WEIGHT, MAX_WEIGHT);
            }
        }
        let rows = self.current.iter_mut().zip(&mut self.meanings);
        for ((row, meanings), (history, known)) in rows.zip(histories) {
            if let Some(meaning) = meanings.get_mut(usize::from(history)) {
                let (p, times) = ((known >> 10) as i32, known & 0x3FF);
                let p = p + (((((target << 6) - p) >> 3) * self.tables.rate(times)) >> 12);
                *meaning = (p as u32) << 10 | (times + u32::from(times < LAST_TIMES));
            }
            if let Some(to) = row.get_mut(self.within & 7) {
                let [zero, one] = self.tables.history(history).next;
                *to = if bit { one } else { zero };
            }
        }
        for ((guess, right), (sign, at)) in self.guesses.iter_mut().zip(&mut self.right).zip(said) {
            if sign != 0
                && let Some(p) = right.get_mut(at)
            {
                guess.holds = (sign > 0) == bit;
                *p = towards(*p, if guess.holds { ONE } else { 0 }, 6);
            }
        }
    }
}

/// How likely a one is, and what said so.
struct Prediction {
    /// In 1/65536.
    one: u32,
    inputs: [i16; INPUTS],
    /// The histories, and what they mean.
    histories: [(u8, u32); CONTEXTS],
    /// Which bit the guesses say, 1 or -1 or 0 for nothing, and where it stands how likely they are right.
    said: [(i16, usize); GUESSES],
    kind: usize,
    /// Which weights were taken, and the logits that they gave.
    sets: [usize; MIXERS],
    mixed: [i32; MIXERS],
    /// How likely before the last correction, and which point of which curve was nearest.
    before: i32,
    curve: usize,
    nearest: usize,
}

/// A probability a little nearer to what came.
fn towards(p: u16, target: i32, slowness: u32) -> u16 {
    (i32::from(p) + ((target - i32::from(p)) >> slowness)) as u16
}

/// The weighted sum of all inputs, a logit.
fn dot(weights: &[i16; INPUTS], inputs: &[i16; INPUTS]) -> i32 {
    weights.iter().zip(inputs).map(|(weight, input)| i32::from(*weight) * i32::from(*input)).sum::<i32>() >> 13
}

/// Weights grow with inputs that said what came.
fn train(weights: &mut [i16; INPUTS], inputs: &[i16; INPUTS], error: i16) {
    let mut steps = [0i16; INPUTS];
    for (step, input) in steps.iter_mut().zip(inputs) {
        *step = ((i32::from(4 * input) * i32::from(error)) >> 16) as i16;
    }
    for (weight, step) in weights.iter_mut().zip(steps) {
        *weight = weight.saturating_add((step + 1) >> 1);
    }
}

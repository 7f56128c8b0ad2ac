//! The characters that have a code of their own, and the codes (text/format.md).

use std::sync::LazyLock;

/// Ends a text; stands behind all characters.
pub const END: u32 = 0x11_0000;
/// Stands before a character that is not in the alphabet.
pub const ESCAPE: u32 = 0x11_0001;
/// ZERO WIDTH NON-JOINER, which Persian writes within words.
pub const ZWNJ: u32 = 0x200C;

/// A symbol's number: its place in the alphabet, shortest codes first.
pub type Id = u16;

/// The alphabet as format.md has it.
const LIST: &str = include_str!("alphabet.txt");
/// Characters from this on are not in the alphabet.
const CHARACTERS: usize = 0x3000;

/// The bits of a symbol, the first one highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Code {
    /// The code, its first bit in the highest bit.
    pub bits: u32,
    /// Bits of it, 1 to 31.
    pub length: u32,
}

/// What is behind a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Another node of the tree; the root is 0.
    Node(u16),
    /// A symbol.
    Symbol(u32),
}

/// Symbols with their codes, which make a tree.
#[derive(Debug)]
pub struct Alphabet {
    symbols: Vec<u32>,
    codes: Vec<Code>,
    nodes: Vec<[Step; 2]>,
    ids: Vec<Id>,
    escape: Id,
    end: Id,
}

/// The alphabet, made at first use.
pub static ALPHABET: LazyLock<Alphabet> = LazyLock::new(|| Alphabet::from_list(LIST));

impl Alphabet {
    /// Of lines with a length of codes and the symbols, hexadecimal, that have codes of this length. The codes are
    /// canonical: each is the one before plus one, with zeros behind it where it is longer.
    fn from_list(list: &str) -> Self {
        let mut alphabet =
            Alphabet { symbols: vec![], codes: vec![], nodes: vec![NO_NODE], ids: vec![], escape: 0, end: 0 };
        let mut next = 0u64;
        for line in list.lines() {
            let mut words = line.split_ascii_whitespace();
            let length = words.next().and_then(|length| length.parse().ok()).unwrap_or(31);
            for symbol in words.filter_map(|word| u32::from_str_radix(word, 16).ok()) {
                let code = Code { bits: next as u32, length };
                alphabet.symbols.push(symbol);
                alphabet.codes.push(code);
                alphabet.grow(code, symbol);
                next += 1 << (32 - length);
            }
        }
        let id = |symbol| alphabet.symbols.iter().position(|other| *other == symbol).unwrap_or_default() as Id;
        (alphabet.escape, alphabet.end) = (id(ESCAPE), id(END));
        alphabet.ids = vec![alphabet.escape; CHARACTERS];
        for (id, symbol) in (0..).zip(&alphabet.symbols) {
            if let Some(to) = alphabet.ids.get_mut(*symbol as usize) {
                *to = id;
            }
        }
        alphabet
    }

    /// The number of a symbol; that of the escape where it has no code.
    pub fn id(&self, symbol: u32) -> Id {
        let other = if symbol == END { self.end } else { self.escape };
        self.ids.get(symbol as usize).copied().unwrap_or(other)
    }

    /// The code of a number.
    pub fn code(&self, id: Id) -> Code {
        self.codes.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// What is behind a bit at a node.
    pub fn step(&self, node: u16, bit: bool) -> Step {
        let [zero, one] = self.nodes.get(usize::from(node)).copied().unwrap_or(NO_NODE);
        if bit { one } else { zero }
    }

    /// Makes the nodes that lead to a symbol.
    fn grow(&mut self, code: Code, symbol: u32) {
        let mut node = 0;
        for depth in 0..code.length {
            let (fresh, bit) = (self.nodes.len() as u16, (code.bits << depth) >> 31);
            let Some(step) = self.nodes.get_mut(usize::from(node)).and_then(|node| node.get_mut(bit as usize)) else {
                return;
            };
            match *step {
                Step::Node(known) => node = known,
                Step::Symbol(_) if depth + 1 == code.length => *step = Step::Symbol(symbol),
                Step::Symbol(_) => {
                    *step = Step::Node(fresh);
                    node = fresh;
                    self.nodes.push(NO_NODE);
                }
            }
        }
    }
}

/// A node behind which there is nothing yet.
const NO_NODE: [Step; 2] = [Step::Symbol(END); 2];

/// Letters of Arabic script.
pub fn is_arabic(symbol: u32) -> bool {
    matches!(symbol, 0x620..=0x63F | 0x641..=0x64A | 0x66E..=0x66F | 0x671..=0x6D3 | 0x6D5 | 0x6EE..=0x6EF | 0x6FA..=0x6FC)
}

/// Letters of Arabic script that join the next one, so that a ZWNJ behind them is seen.
fn joins(symbol: u32) -> bool {
    is_arabic(symbol)
        && !matches!(symbol, 0x621..=0x625 | 0x627 | 0x629 | 0x62F..=0x632 | 0x648 | 0x671 | 0x675 | 0x688..=0x699 | 0x6C0 | 0x6C3..=0x6CB | 0x6CF | 0x6D5)
}

/// Whether a ZWNJ between two symbols is asked for.
pub fn may_part(before: u32, behind: u32) -> bool {
    joins(before) && is_arabic(behind)
}

/// What a word is made of.
pub fn is_letter(symbol: u32) -> bool {
    is_arabic(symbol)
        || matches!(symbol, 0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x370..=0x5FF | 0x64B..=0x655 | 0x670 | 0x1E00..=0x1FFF)
}

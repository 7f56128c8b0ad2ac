//! What the standard says of a symbol before anything of it is read (ISO/IEC 18004, 7.3, 7.7.3 and 7.9 to 7.10): which
//! of its modules are known, and in which order the others are its codewords.

use super::port;

/// What a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Module {
    /// Finder, separator, timing, alignment pattern, version information: `true` dark.
    Known(bool),
    /// A bit of the format information, from the lowest on.
    Format(u8),
    /// A bit of the codewords in the order in which they are placed, from the first one's highest on; bits after the
    /// last codeword are left over.
    Data(usize),
}

/// A QR code of some version.
#[derive(Debug, Clone)]
pub struct Symbol {
    version: u8,
    side: usize,
    modules: Vec<Module>,
}

/// The format information's mask (ISO/IEC 18004, 7.9.1).
const FORMAT_MASK: u32 = 0x5412;

impl Symbol {
    /// The symbol of a version, 1 to 40.
    pub fn of(version: u8) -> Self {
        let side = 17 + 4 * usize::from(version);
        let mut modules: Vec<Option<Module>> = vec![None; side * side];
        let mut put = |x: usize, y: usize, module: Module| {
            if let Some(place) = modules.get_mut(y * side + x) {
                *place = Some(module);
            }
        };
        for at in 0..side {
            put(at, 6, Module::Known(at % 2 == 0));
            put(6, at, Module::Known(at % 2 == 0));
        }
        let middles = port::alignments(version);
        let (first, last) = (middles.first(), middles.last());
        for y in &middles {
            for x in &middles {
                // Three of them would lie in a finder pattern.
                if [(first, first), (first, last), (last, first)].contains(&(Some(x), Some(y))) {
                    continue;
                }
                for (down, right) in (0..5usize).flat_map(|down| (0..5usize).map(move |right| (down, right))) {
                    put(x + right - 2, y + down - 2, Module::Known(down.abs_diff(2).max(right.abs_diff(2)) != 1));
                }
            }
        }
        for (left, top) in [(0, 0), (side - 7, 0), (0, side - 7)] {
            // With its separator of one light module.
            for y in (top.max(1) - 1)..(top + 8).min(side) {
                for x in (left.max(1) - 1)..(left + 8).min(side) {
                    let ring = x.abs_diff(left + 3).max(y.abs_diff(top + 3));
                    put(x, y, Module::Known(ring != 2 && ring != 4));
                }
            }
        }
        for bit in 0..15usize {
            let places = format_places(side, bit);
            places.into_iter().for_each(|(x, y)| put(x, y, Module::Format(bit as u8)));
        }
        put(8, side - 8, Module::Known(true));
        if version >= 7 {
            let bits = remainder(u32::from(version), 0x1F25, 12);
            for bit in 0..18usize {
                let (across, along) = (side - 11 + bit % 3, bit / 3);
                let module = Module::Known(bits >> bit & 1 == 1);
                put(across, along, module);
                put(along, across, module);
            }
        }
        // Two columns at a time from the right, up and down in turns.
        let mut number = 0;
        let columns = (7..side).rev().step_by(2).chain([5, 3, 1]);
        for (pair, right) in columns.enumerate() {
            for step in 0..side {
                let y = if pair % 2 == 0 { side - 1 - step } else { step };
                for x in [right, right - 1] {
                    if let Some(place @ None) = modules.get_mut(y * side + x) {
                        *place = Some(Module::Data(number));
                        number += 1;
                    }
                }
            }
        }
        Symbol {
            version,
            side,
            modules: modules.into_iter().map(|module| module.unwrap_or(Module::Known(false))).collect(),
        }
    }

    /// Its version.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Modules on a side: 21 to 177.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Its modules, row by row.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The module in a column and a row.
    pub fn module(&self, x: usize, y: usize) -> Option<Module> {
        if x < self.side { self.modules.get(y * self.side + x).copied() } else { None }
    }

    /// The modules with their columns and rows, row by row.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize, Module)> {
        let side = self.side;
        self.modules.iter().enumerate().map(move |(at, module)| (at % side, at / side, *module))
    }
}

/// The fifteen bits of format information: error correction level in two bits as the standard has them, data mask in
/// three.
pub fn format_bits(format: u8) -> u32 {
    remainder(u32::from(format), 0x537, 10) ^ FORMAT_MASK
}

/// Where a bit of the format information stands: twice.
fn format_places(side: usize, bit: usize) -> [(usize, usize); 2] {
    let corner = match bit {
        0..=5 => (8, bit),
        6 => (8, 7),
        7 => (8, 8),
        8 => (7, 8),
        _ => (14 - bit, 8),
    };
    let edges = if bit < 8 { (side - 1 - bit, 8) } else { (8, side + bit - 15) };
    [corner, edges]
}

/// A number followed by its check bits: the remainder of division by a polynomial of that degree.
fn remainder(number: u32, polynomial: u32, degree: u32) -> u32 {
    let mut rest = number << degree;
    while rest >> degree != 0 {
        rest ^= polynomial << (rest.ilog2() - degree);
    }
    number << degree | rest
}

/// Whether a data mask inverts a module (ISO/IEC 18004, table 10).
pub fn is_masked(mask: u8, x: usize, y: usize) -> bool {
    let number = match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    };
    number == 0
}

#[cfg(test)]
mod tests {
    use super::super::qr::{Level, QrCode, QrVersion};
    use super::*;

    #[test]
    fn every_version_is_as_it_is_made() {
        for version in (1..=40).filter(|version| *version != 23) {
            let code = QrCode::new("A", QrVersion::new(version).unwrap(), Level::L).unwrap();
            let dark: Vec<bool> = code.rows().flatten().copied().collect();
            let symbol = Symbol::of(version);
            assert_eq!(symbol.modules().len(), dark.len());
            let mut formats: Vec<u8> = (0..32).collect();
            for ((_, _, module), dark) in symbol.places().zip(&dark) {
                match module {
                    Module::Known(known) => assert_eq!(known, *dark, "{version}"),
                    Module::Format(bit) => formats.retain(|format| (format_bits(*format) >> bit & 1 == 1) == *dark),
                    Module::Data(_) => {}
                }
            }
            // Of level L, whose bits are 01.
            assert!(matches!(formats[..], [format] if format >> 3 == 1), "{version}: {formats:?}");
            let bits = symbol.modules().iter().filter(|module| matches!(module, Module::Data(_))).count();
            let (data, check) = port::blocks(version, 1).unwrap();
            assert_eq!(bits / 8, data.iter().sum::<usize>() + data.len() * check, "{version}");
        }
    }
}

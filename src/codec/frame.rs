//! Frame <-> bytes <-> QR text (format.md, sections 3 and 4).

use std::sync::LazyLock;

use super::envelope::{ObjectId, VERSION};
use super::fec::{Encoder, Partition};
use crate::error::{Error, Result};

/// Bytes of a frame that are not symbols: header and checksum.
pub const OVERHEAD: usize = 20;
/// What a frame's text begins with.
pub const PREFIX: &str = "SHAB";
/// What a frame's text ends with.
pub const CLOSING: char = '.';
/// Most characters of a frame's text: what a version 40-L code holds.
pub const MAX_TEXT: usize = 4296;

/// What one QR code carries: some consecutive symbols of one object. It has passed every check that a frame alone can
/// pass, and may still be forged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    object_id: ObjectId,
    partition: Partition,
    first: usize,
    symbols: Vec<u8>,
}

impl Frame {
    /// A frame of the joined symbols at the positions from `first` on.
    ///
    /// # Errors
    /// [`Error::FrameSymbols`] where they are not whole symbols, at least one, or reach past the last position.
    pub fn new(object_id: ObjectId, partition: Partition, first: usize, symbols: Vec<u8>) -> Result<Self> {
        let symbol_size = partition.symbol_size();
        let count = symbols.len() / symbol_size;
        let inside = first.checked_add(count).is_some_and(|end| end <= partition.positions());
        if count == 0 || !symbols.len().is_multiple_of(symbol_size) || !inside {
            return Err(Error::FrameSymbols { bytes: symbols.len(), symbol_size });
        }
        Ok(Frame { object_id, partition, first, symbols })
    }

    /// The object that the frame says it belongs to.
    pub fn object_id(&self) -> ObjectId {
        self.object_id
    }

    /// How that object is cut, by the length that the frame says it has.
    pub fn partition(&self) -> &Partition {
        &self.partition
    }

    /// The position of the first symbol, 0 to 255 x Z - 1.
    pub fn first(&self) -> usize {
        self.first
    }

    /// The number of symbols, at least 1.
    pub fn count(&self) -> usize {
        self.symbols.len() / self.partition.symbol_size()
    }

    /// The symbols with their positions.
    pub fn symbols(&self) -> impl Iterator<Item = (usize, &[u8])> {
        (self.first..).zip(self.symbols.chunks(self.partition.symbol_size()))
    }

    /// The symbols, joined.
    pub fn joined(&self) -> &[u8] {
        &self.symbols
    }

    /// Whether all its symbols are those of an object: the test of whether a frame that claims the object's id is
    /// forged.
    pub fn is_of(&self, object: &Encoder) -> bool {
        self.partition == *object.partition() && self.symbols == object.symbols(self.first..self.first + self.count())
    }

    /// The frame's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (block, esi) = self.partition.at(self.first);
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.object_id.0);
        bytes.extend_from_slice(&(self.partition.length() as u32).to_be_bytes());
        bytes.extend_from_slice(&(block as u16).to_be_bytes());
        bytes.push(esi);
        bytes.extend_from_slice(&self.symbols);
        bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
        bytes
    }

    /// Parses and checks bytes from outside.
    ///
    /// # Errors
    /// [`Error::FrameTooShort`], [`Error::NewerReader`], [`Error::FrameChecksum`], [`Error::ObjectLength`],
    /// [`Error::FieldInvalid`], [`Error::FrameSymbols`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let short = Error::FrameTooShort { bytes: bytes.len() };
        let (&version, _) = bytes.split_first().ok_or_else(|| short.clone())?;
        if version != VERSION {
            return Err(Error::NewerReader { field: "version", found: version });
        }
        let (rest, &checksum) = bytes.split_last_chunk::<4>().ok_or_else(|| short.clone())?;
        let (header, symbols) = rest.split_first_chunk::<16>().ok_or_else(|| short.clone())?;
        if symbols.len() < 16 {
            return Err(short);
        }
        if crc32fast::hash(rest) != u32::from_be_bytes(checksum) {
            return Err(Error::FrameChecksum);
        }
        let [_, id @ .., l0, l1, l2, l3, b0, b1, esi] = *header;
        let partition = Partition::new(u32::from_be_bytes([l0, l1, l2, l3]) as usize)?;
        let block = usize::from(u16::from_be_bytes([b0, b1]));
        if block >= partition.blocks() {
            return Err(Error::FieldInvalid { field: "block" });
        }
        if esi == u8::MAX {
            return Err(Error::FieldInvalid { field: "ESI" });
        }
        Self::new(ObjectId(id), partition, usize::from(esi) * partition.blocks() + block, symbols.to_vec())
    }

    /// The text that stands in a QR code, all of it in the alphanumeric alphabet.
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}{CLOSING}", base45::encode(self.to_bytes()))
    }

    /// Takes the contents of a QR code: a frame, or nothing where it is something foreign.
    ///
    /// # Errors
    /// [`Error::FrameText`] and those of [`Frame::from_bytes`] for a text that begins like a frame and is none.
    pub fn from_text(text: &[u8]) -> Option<Result<Self>> {
        let body = text.strip_prefix(PREFIX.as_bytes())?;
        Some(match body.strip_suffix(&[CLOSING as u8]) {
            Some(body) if text.len() <= MAX_TEXT => from_base45(body).and_then(|bytes| Self::from_bytes(&bytes)),
            _ => Err(Error::FrameText),
        })
    }

    /// Every frame that stands anywhere in a text, in order, one after the other: a text may hold more of them than
    /// memory does. Line breaks within a frame do not matter, nor does what is no text.
    pub fn find_all(text: &[u8]) -> impl Iterator<Item = Self> + '_ {
        let mut rest = text;
        std::iter::from_fn(move || {
            loop {
                rest = rest.get(starts(rest)?..)?;
                // The header alone first: most of what begins with the prefix is no frame.
                let partition = header(&unbroken(rest, PREFIX.len() + HEADER_TEXT));
                let found = partition.and_then(|partition| Self::at_start(&unbroken(rest, MAX_TEXT), &partition));
                rest = match &found {
                    Some((_, length)) => after(rest, *length),
                    None => rest.get(1..)?,
                };
                if let Some((frame, _)) = found {
                    return Some(frame);
                }
            }
        })
    }

    /// The frame that a text begins with, and its length: the nearest closing mark that gives a valid one. All marks
    /// are tried in the time of one, so that a flood of prefixes and marks is searched in reasonable time.
    fn at_start(text: &[u8], partition: &Partition) -> Option<(Self, usize)> {
        let body = text.get(PREFIX.len()..)?;
        let bytes = leading_base45(body);
        let mut checked = crc32fast::Hasher::new();
        let mut checked_to = 0;
        for (end, _) in body.iter().enumerate().filter(|(_, byte)| **byte == CLOSING as u8) {
            let whole = end / 3 * 2;
            let length = if end % 3 == 2 { whole + 1 } else { whole };
            if whole > bytes.len() {
                return None;
            }
            let symbols =
                length.checked_sub(OVERHEAD).filter(|symbols| *symbols > 0 && symbols % partition.symbol_size() == 0);
            let Some(checksum_at) = symbols.map(|symbols| symbols + OVERHEAD - 4) else { continue };
            checked.update(bytes.get(checked_to..checksum_at)?);
            checked_to = checksum_at;
            // Three of the four bytes of the checksum are known without the last characters.
            let sum = checked.clone().finalize().to_be_bytes();
            if bytes.get(checksum_at..checksum_at + 3) == sum.get(..3)
                && let Some(Ok(frame)) = Self::from_text(text.get(..PREFIX.len() + end + 1)?)
            {
                return Some((frame, PREFIX.len() + end + 1));
            }
        }
        None
    }
}

/// Characters of a frame's header behind the prefix.
const HEADER_TEXT: usize = 24;

/// How an object is cut, by the header of a frame that a text begins with.
fn header(text: &[u8]) -> Option<Partition> {
    let header = leading_base45(text.get(PREFIX.len()..PREFIX.len() + HEADER_TEXT)?);
    let [version, _, _, _, _, _, _, _, _, l0, l1, l2, l3, ..] = *header.first_chunk::<16>()?;
    Partition::new(u32::from_be_bytes([l0, l1, l2, l3]) as usize).ok().filter(|_| version == VERSION)
}

/// Where the prefix begins in a text, line breaks within it aside.
fn starts(text: &[u8]) -> Option<usize> {
    let first = PREFIX.as_bytes().first()?;
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.iter().position(|byte| byte == first)?;
        if characters(text.get(start..)?, PREFIX.len()).eq(PREFIX.as_bytes()) {
            return Some(start);
        }
        from = start + 1;
    }
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Up to `most` bytes that a text begins with, without line breaks.
fn characters(text: &[u8], most: usize) -> impl Iterator<Item = &u8> {
    text.iter().filter(|byte| !is_break(byte)).take(most)
}

/// The same, joined.
fn unbroken(text: &[u8], most: usize) -> Vec<u8> {
    characters(text, most).copied().collect()
}

/// What stands in a text behind so many bytes, line breaks not counted.
fn after(text: &[u8], bytes: usize) -> &[u8] {
    let last = text.iter().enumerate().filter(|(_, byte)| !is_break(byte)).nth(bytes.saturating_sub(1));
    last.and_then(|(at, _)| text.get(at + 1..)).unwrap_or_default()
}

/// The values of the digits of base45, by their bytes.
static DIGITS: LazyLock<[Option<u32>; 128]> = LazyLock::new(|| {
    let mut values = [None; 128];
    for (value, digit) in (0..).zip(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") {
        values.iter_mut().skip(usize::from(*digit)).take(1).for_each(|place| *place = Some(value));
    }
    values
});

/// The bytes of as many whole groups of base45 as a text begins with.
fn leading_base45(text: &[u8]) -> Vec<u8> {
    let digits = &*DIGITS;
    let digit = |byte: u8| digits.get(usize::from(byte)).copied().flatten();
    let group = |[a, b, c]: &[u8; 3]| u16::try_from(digit(*a)? + 45 * digit(*b)? + 2025 * digit(*c)?).ok();
    text.as_chunks::<3>().0.iter().map_while(group).flat_map(u16::to_be_bytes).collect()
}

/// Strict base45: the crate takes some spellings that RFC 9285 has not.
fn from_base45(text: &[u8]) -> Result<Vec<u8>> {
    let bytes = base45::decode(text).map_err(|_| Error::FrameText)?;
    if base45::encode(&bytes).as_bytes() == text { Ok(bytes) } else { Err(Error::FrameText) }
}

/// How an object is cut into frames that all carry the same number of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Symbols in each frame.
    pub symbols_per_frame: usize,
    /// Number of frames.
    pub frames: usize,
    /// So many frames restore the object.
    pub sufficient: usize,
    /// True if any `sufficient` frames decode, as for objects of one block; otherwise random ones do in all but one
    /// case of some hundreds, and one frame more decodes those.
    pub certain: bool,
}

impl Cut {
    /// The cut into frames of `symbols_per_frame` (at least 1), with `repair` frames more for each hundred that an
    /// ideal code would need, as far as the 255 symbols of a block go; only whole frames are made.
    pub fn new(partition: &Partition, repair: u32, symbols_per_frame: usize) -> Self {
        let per_frame = symbols_per_frame.clamp(1, partition.positions());
        Self::with_frames(partition, Self::wanted(partition, repair, per_frame), per_frame)
    }

    /// The cut into so many frames, as far as the symbols of a block go.
    pub fn with_frames(partition: &Partition, frames: usize, symbols_per_frame: usize) -> Self {
        let per_frame = symbols_per_frame.clamp(1, partition.positions());
        let ideal = partition.source_symbols().div_ceil(per_frame);
        let frames = frames.min(partition.positions() / per_frame);
        let shares: Vec<BlockShare> =
            (0..partition.blocks()).map(|block| BlockShare::new(partition, per_frame, frames, block)).collect();
        let most = |needed: fn(&BlockShare) -> usize| shares.iter().map(needed).max().unwrap_or(frames).min(frames);
        let (surely, likely) = (most(BlockShare::surely), most(BlockShare::likely));
        let certain = surely == ideal;
        Cut {
            symbols_per_frame: per_frame,
            frames,
            sufficient: if certain { surely } else { likely.min(surely) },
            certain,
        }
    }

    /// Frames that so much repair asks for.
    pub fn wanted(partition: &Partition, repair: u32, symbols_per_frame: usize) -> usize {
        partition.source_symbols().div_ceil(symbols_per_frame).saturating_mul(100 + repair as usize).div_ceil(100)
    }

    /// Makes the frames.
    ///
    /// # Errors
    /// [`Error::FrameSymbols`] for a cut that was made for another object.
    pub fn frames(&self, object_id: ObjectId, encoder: &Encoder) -> Result<Vec<Frame>> {
        let n = self.symbols_per_frame;
        let mut order: Vec<usize> = (0..self.frames).collect();
        if !self.certain {
            // Frames beside each other on paper carry symbols of different blocks: a column that is torn off costs all
            // blocks alike.
            order.sort_by_key(|frame| crc32fast::hash(&frame.to_be_bytes()));
        }
        order
            .into_iter()
            .map(|frame| {
                Frame::new(object_id, *encoder.partition(), frame * n, encoder.symbols(frame * n..(frame + 1) * n))
            })
            .collect()
    }
}

/// Most repair symbols per hundred source symbols that the blocks of an object allow.
pub fn max_repair(partition: &Partition) -> u32 {
    ((partition.positions() - partition.source_symbols()) * 100 / partition.source_symbols()) as u32
}

/// What a block gets of the frames: every frame has `every` symbols of it, `fuller` of all `frames` have one more.
#[derive(Debug, Clone, Copy)]
struct BlockShare {
    k: usize,
    every: usize,
    fuller: usize,
    frames: usize,
}

impl BlockShare {
    fn new(partition: &Partition, per_frame: usize, frames: usize, block: usize) -> Self {
        let blocks = partition.blocks();
        let extra = per_frame % blocks;
        // The frame that begins at block s has one symbol more of the `extra` blocks from s on.
        let fuller = (0..frames).filter(|frame| (block + blocks - frame * per_frame % blocks) % blocks < extra).count();
        BlockShare { k: partition.k(block), every: per_frame / blocks, fuller, frames }
    }

    /// Frames that give K symbols even if those with the fewest of them come first.
    fn surely(&self) -> usize {
        let poor = self.frames - self.fuller;
        match self.k.checked_sub(self.every * poor) {
            None => self.k.div_ceil(self.every.max(1)),
            Some(rest) => poor + rest.div_ceil(self.every + 1),
        }
    }

    /// Frames that give K symbols if they are lost at random, four standard deviations off the mean: the number of
    /// fuller ones among them is distributed hypergeometrically.
    fn likely(&self) -> usize {
        let (k, every, frames) = (self.k as f64, self.every as f64, self.frames as f64);
        let fuller = self.fuller as f64 / frames;
        let enough = |come: f64| {
            let variance = come * fuller * (1.0 - fuller) * (frames - come) / (frames - 1.0).max(1.0);
            come * (every + fuller) - 4.0 * variance.sqrt() >= k
        };
        (1..=self.frames).find(|come| enough(*come as f64)).unwrap_or(self.frames)
    }
}

//! Text -> QR code: version, error correction level, modules (ISO/IEC 18004). The one file that names the qrcode crate.

use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::{Color, EcLevel, Version};

use crate::codec::fec::Partition;
use crate::codec::frame::{CLOSING, Cut, OVERHEAD, PREFIX, max_repair};
use crate::error::{Error, Result};

/// A QR version from 1 to 40, but never 23: a widespread JavaScript decoder has its alignment patterns in the wrong
/// place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QrVersion(u8);

impl QrVersion {
    /// The least.
    pub const MIN: QrVersion = QrVersion(1);
    /// The greatest.
    pub const MAX: QrVersion = QrVersion(40);
    /// The greatest that cheap phones read off a folded sheet.
    pub const MAX_ON_PAPER: QrVersion = QrVersion(17);

    /// The version of this number.
    ///
    /// # Errors
    /// [`Error::QrVersion`].
    pub fn new(version: u8) -> Result<Self> {
        if (1..=40).contains(&version) && version != 23 {
            Ok(QrVersion(version))
        } else {
            Err(Error::QrVersion { version })
        }
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Modules on a side, without quiet zone: 21 to 177.
    pub fn modules(self) -> usize {
        17 + 4 * usize::from(self.0)
    }

    fn raw(self) -> Version {
        Version::Normal(i16::from(self.0))
    }

    /// Characters of alphanumeric mode that it holds.
    fn characters(self, level: Level) -> usize {
        let bits = Bits::new(self.raw()).max_len(level.raw()).unwrap_or_default();
        let head = 4 + match self.0 {
            ..=9 => 9,
            10..=26 => 11,
            _ => 13,
        };
        let room = bits.saturating_sub(head);
        room / 11 * 2 + usize::from(room % 11 >= 6)
    }

    /// Bytes of symbols that it holds in a frame.
    pub fn symbol_bytes(self, level: Level) -> usize {
        let base45 = self.characters(level).saturating_sub(PREFIX.len() + CLOSING.len_utf8());
        (base45 / 3 * 2 + usize::from(base45 % 3 == 2)).saturating_sub(OVERHEAD)
    }

    /// Most bytes that a code of this version holds as plain text (ISO/IEC 18004, 7.4.5, byte mode).
    pub fn plain_bytes(self, level: Level) -> usize {
        let bits = Bits::new(self.raw()).max_len(level.raw()).unwrap_or_default();
        let head = 4 + if self.0 <= 9 { 8 } else { 16 };
        bits.saturating_sub(head) / 8
    }

    fn all() -> impl Iterator<Item = QrVersion> {
        (1..=40).filter_map(|version| QrVersion::new(version).ok())
    }
}

/// Error correction level: how much of a code may be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// 7 %. Bigger modules help more than a higher level: what is lost with a code, the erasure code brings back.
    #[default]
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

impl Level {
    /// Its name (ISO/IEC 18004, 7.5.1).
    pub fn name(self) -> &'static str {
        match self {
            Level::L => "L",
            Level::M => "M",
            Level::Q => "Q",
            Level::H => "H",
        }
    }

    fn raw(self) -> EcLevel {
        match self {
            Level::L => EcLevel::L,
            Level::M => EcLevel::M,
            Level::Q => EcLevel::Q,
            Level::H => EcLevel::H,
        }
    }
}

/// A QR code: its modules, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    version: QrVersion,
    dark: Vec<bool>,
}

impl QrCode {
    /// The quiet zone that belongs around every code, in modules.
    pub const QUIET_ZONE: usize = 4;

    /// A code of exactly this version and level, in alphanumeric mode.
    ///
    /// # Errors
    /// [`Error::QrEncode`] where the text is too long or has other characters.
    pub fn new(text: &str, version: QrVersion, level: Level) -> Result<Self> {
        Self::of(Self::alphanumeric(text, version)?, version, level, None)
    }

    /// The same for a screen, where codes have to be made as fast as they are shown: always with the first data mask,
    /// instead of the best of eight (ISO/IEC 18004, 7.8), which takes most of the time. Readers find in the code which
    /// it is; frames are as good as random, so that any mask does.
    ///
    /// # Errors
    /// As for [`QrCode::new`].
    pub fn quick(text: &str, version: QrVersion, level: Level) -> Result<Self> {
        Self::of(Self::alphanumeric(text, version)?, version, level, Some(MaskPattern::Checkerboard))
    }

    fn alphanumeric(text: &str, version: QrVersion) -> Result<Bits> {
        let wrong = |_| Error::QrEncode;
        let alphabet = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte);
        if !text.bytes().all(alphabet) {
            return Err(Error::QrEncode);
        }
        let mut bits = Bits::new(version.raw());
        bits.push_alphanumeric_data(text.as_bytes()).map_err(wrong)?;
        Ok(bits)
    }

    /// The QR code of a plain text, for any reader: in byte mode, as UTF-8.
    ///
    /// # Errors
    /// [`Error::QrEncode`] where it does not fit.
    pub fn plain(text: &str, version: QrVersion, level: Level) -> Result<Self> {
        let mut bits = Bits::new(version.raw());
        bits.push_byte_data(text.as_bytes()).map_err(|_| Error::QrEncode)?;
        Self::of(bits, version, level, None)
    }

    /// With this mask, or with the best.
    fn of(mut bits: Bits, version: QrVersion, level: Level, mask: Option<MaskPattern>) -> Result<Self> {
        bits.push_terminator(level.raw()).map_err(|_| Error::QrEncode)?;
        let (data, check) =
            construct_codewords(&bits.into_bytes(), version.raw(), level.raw()).map_err(|_| Error::QrEncode)?;
        let mut canvas = Canvas::new(version.raw(), level.raw());
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &check);
        let canvas = match mask {
            Some(mask) => {
                canvas.apply_mask(mask);
                canvas
            }
            None => canvas.apply_best_mask(),
        };
        Ok(QrCode { version, dark: canvas.into_colors().into_iter().map(|color| color == Color::Dark).collect() })
    }

    /// Its version.
    pub fn version(&self) -> QrVersion {
        self.version
    }

    /// Its rows from top to bottom, each from left to right, dark modules true; without quiet zone.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.version.modules())
    }

    /// The dark modules as few rectangles, [left, upper edge, width, height] in modules: runs of a row, taller where
    /// the next rows have the same.
    pub fn rectangles(&self) -> Vec<[usize; 4]> {
        let mut done: Vec<[usize; 4]> = Vec::new();
        let mut open: Vec<[usize; 4]> = Vec::new();
        for (y, row) in self.rows().enumerate() {
            let mut next = Vec::new();
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                let right = x + run.len();
                if run.first() == Some(&true) {
                    let top = match open.iter().position(|[left, _, end, _]| (*left, *end) == (x, right)) {
                        Some(at) => open.swap_remove(at)[1],
                        None => y,
                    };
                    next.push([x, top, right, y + 1]);
                }
                x = right;
            }
            done.append(&mut open);
            open = next;
        }
        done.append(&mut open);
        done.sort_unstable_by_key(|[x, y, ..]| (*y, *x));
        done.into_iter().map(|[left, top, right, bottom]| [left, top, right - left, bottom - top]).collect()
    }
}

/// Which versions may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// This one.
    Exactly(QrVersion),
    /// Whichever up to this one prints the fewest modules.
    AtMost(QrVersion),
}

/// Version and symbols a frame, chosen together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The version of every code.
    pub version: QrVersion,
    /// The level of every code.
    pub level: Level,
    /// How the object is cut.
    pub cut: Cut,
}

/// What frames that do not serve all blocks alike cost: so many per cent more of them are needed.
const UNEVEN_PERCENT: u64 = 4;

impl Plan {
    /// The plan that prints the fewest modules for an object with `repair` repair symbols per hundred source symbols;
    /// of equals, that with the lowest version. Frames that serve all blocks alike are worth some modules more: any of
    /// them do, so that fewer need to arrive.
    ///
    /// # Errors
    /// [`Error::RepairOutOfRange`]; [`Error::QrTooSmall`] where no version allowed holds one symbol.
    pub fn choose(partition: &Partition, repair: u32, level: Level, versions: Versions) -> Result<Self> {
        let max = max_repair(partition);
        if repair > max {
            return Err(Error::RepairOutOfRange { percent: repair, max });
        }
        let allowed = |version: &QrVersion| match versions {
            Versions::Exactly(only) => *version == only,
            Versions::AtMost(most) => *version <= most,
        };
        let fits = |version: &QrVersion| version.symbol_bytes(level) >= partition.symbol_size();
        QrVersion::all()
            .filter(|version| allowed(version) && fits(version))
            .filter_map(|version| {
                // As many symbols as there is room for, but not so many that the repair asked for would need more than
                // a block has.
                let most = (version.symbol_bytes(level) / partition.symbol_size()).min(partition.positions());
                let wanted = |per_frame| Cut::wanted(partition, repair, per_frame);
                let per_frame = (1..=most).rev().find(|n| wanted(*n) * n <= partition.positions())?;
                // In 64 bits on any machine: the same plan everywhere.
                let modules = wanted(per_frame) as u64 * version.modules().pow(2) as u64;
                let even = per_frame.is_multiple_of(partition.blocks());
                Some((modules * if even { 100 } else { 100 + UNEVEN_PERCENT }, version, per_frame))
            })
            .min_by_key(|(cost, version, _)| (*cost, *version))
            .map(|(_, version, per_frame)| Plan { version, level, cut: Cut::new(partition, repair, per_frame) })
            .ok_or_else(|| {
                let (Versions::Exactly(asked) | Versions::AtMost(asked)) = versions;
                Error::QrTooSmall { version: asked.number(), least: QrVersion::all().find(fits).map(QrVersion::number) }
            })
    }

    /// The same codes and more, as far as the object allows: what paper has room for, and nobody has to make without.
    pub fn filled(self, partition: &Partition, frames: usize) -> Self {
        let frames = frames.max(self.cut.frames);
        Plan { cut: Cut::with_frames(partition, frames, self.cut.symbols_per_frame), ..self }
    }
}

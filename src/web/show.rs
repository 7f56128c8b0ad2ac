//! An envelope -> a show on a screen: its frames, without end, as QR codes.

use crate::codec::envelope::Envelope;
use crate::codec::fec::Encoder;
use crate::codec::frame::{Cut, Frame, max_repair};
use crate::error::{Error, Result};
use crate::optics::qr::{Level, QrCode, QrVersion};

/// A show: source symbols first, then repair symbols, then from the beginning.
pub struct Show {
    envelope: Envelope,
    encoder: Encoder,
    version: QrVersion,
    cut: Cut,
    next: usize,
}

impl Show {
    /// The show of an envelope in codes of this version, or of a lower one where that holds all of it.
    ///
    /// # Errors
    /// [`Error::QrTooSmall`] where a symbol has no room in such a code.
    pub fn new(envelope: Envelope, version: QrVersion) -> Result<Self> {
        let encoder = Encoder::new(envelope.bytes())?;
        let partition = encoder.partition();
        let room = |version: QrVersion| version.symbol_bytes(Level::L) / partition.symbol_size();
        let most = room(version).min(partition.source_symbols());
        if most == 0 {
            return Err(Error::QrTooSmall { version: version.number(), least: None });
        }
        // Frames that hold equally many symbols of each block, if they are large enough.
        let blocks = partition.blocks();
        let per_frame = if most >= blocks { most - most % blocks } else { most };
        let smallest =
            (1..=40).filter_map(|number| QrVersion::new(number).ok()).find(|version| room(*version) >= per_frame);
        let cut = Cut::new(partition, max_repair(partition), per_frame);
        Ok(Show { version: smallest.unwrap_or(version), cut, encoder, envelope, next: 0 })
    }

    /// Frames of one round.
    pub fn frames(&self) -> usize {
        self.cut.frames
    }

    /// So many frames restore the letter.
    pub fn sufficient(&self) -> usize {
        self.cut.sufficient
    }

    /// Version of the codes.
    pub fn version(&self) -> QrVersion {
        self.version
    }

    /// The next code.
    ///
    /// # Errors
    /// None for a show that [`Show::new`] made.
    pub fn next_code(&mut self) -> Result<QrCode> {
        let n = self.cut.symbols_per_frame;
        let first = self.next * n;
        let symbols = self.encoder.symbols(first..first + n);
        let frame = Frame::new(self.envelope.object_id(), *self.encoder.partition(), first, symbols)?;
        self.next = (self.next + 1) % self.cut.frames.max(1);
        QrCode::quick(&frame.to_text(), self.version, Level::L)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::letter::Letter;
    use crate::optics::raster::draw;
    use crate::optics::scan::scan;
    use crate::web::collector::{CodeOutcome, Collector};

    #[test]
    fn what_a_show_shows_is_read_and_it_begins_again() {
        for bytes in [10usize, 3_000, 60_000] {
            let content = (0..bytes).map(|i| (i * i / 7 + i) as u8 | 128).collect();
            let envelope = Envelope::seal(&Letter::new(content, "a").unwrap()).unwrap();
            let mut show = Show::new(envelope.clone(), QrVersion::new(15).unwrap()).unwrap();
            assert!(show.version().number() <= 15);
            let mut reading = Collector::default();
            for _ in 0..show.sufficient() {
                let read = scan(&draw(&show.next_code().unwrap(), 3));
                assert!(matches!(reading.code(&read[0].bytes), CodeOutcome::New(_)));
            }
            assert_eq!(reading.settle(), [envelope.object_id()], "{bytes}");
            let first = Show::new(envelope.clone(), QrVersion::new(15).unwrap()).unwrap().next_code().unwrap();
            (show.sufficient()..show.frames()).for_each(|_| drop(show.next_code()));
            assert_eq!(show.next_code().unwrap(), first);
        }
        let envelope = Envelope::from_bytes(vec![7; 18_900]).unwrap();
        assert!(matches!(Show::new(envelope, QrVersion::MIN), Err(Error::QrTooSmall { version: 1, .. })));
    }
}

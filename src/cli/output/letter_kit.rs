//! All that carries a letter: a leaflet and cards to print, a show for screens, each code as a picture, the whole as
//! text.

use std::path::Path;

use rayon::prelude::*;

use crate::cli::args::making::{Making, Sealing};
use crate::cli::input::letter::SealedLetter;
use crate::cli::kit::Kit;
use crate::cli::output::printing::{self, Job};
use crate::cli::output::reader_page;
use crate::cli::terminal;
use crate::codec::armor;
use crate::codec::envelope::Envelope;
use crate::codec::letter::Letter;
use crate::error::Error;
use crate::error::program::{ProgramError, Result};
use crate::optics::qr::Plan;
use crate::optics::{animation, raster};
use crate::press::forms::form::Form;
use crate::press::forms::screen::{PACE, Screen};
use crate::press::pages::code_grid::needed;
use crate::press::pages::page::Document;
use crate::press::pdf;
use crate::press::pictures::picture;
use crate::press::text::shaping::Typesetter;
use crate::words::Label;

/// Pixels of a module in the pictures of single codes.
const PIXELS_PER_MODULE: usize = 8;
/// A letter of more codes than this is not made into cards unasked.
const MAX_CARDS: usize = 100;
/// Nor of more than this into an animation: no gallery shows it.
const MAX_SHOWN: usize = 300;

/// What was made of a letter.
pub struct LetterKit {
    /// The letter's name and length.
    pub name: String,
    pub bytes: usize,
    /// The fingerprint that is printed.
    pub signed_by: Option<String>,
    pub envelope: Envelope,
    pub plan: Plan,
}

/// Makes `leaflet.pdf`, `cards.pdf`, `screen.html`, `screen.gif`, `frames/`, `armor.txt`.
pub fn make(letter: Letter, making: &Making, sealing: &Sealing, force: bool, kit: &mut Kit) -> Result<LetterKit> {
    let (name, bytes) = (letter.name().to_owned(), letter.content().len());
    let sealed = SealedLetter::seal(letter, making, sealing)?;
    let text = sealed.text(making);
    let job = Job { sealed: &sealed, text: &text, setup: printing::setup(making), making, plain: None, summary: None };
    let bar = terminal::progress(0);
    let mut typesetter = Typesetter::default();
    let write = |form: Form, document: &Document, kit: &mut Kit| {
        bar.inc_length(document.sheets.len() as u64);
        kit.write(format!("{}.pdf", form.name()), &pdf::write(document, &|| bar.inc(1))?)
    };
    let (leaflet, plan, codes) = job.make(Form::Leaflet, force, &mut typesetter, &bar)?;
    write(Form::Leaflet, &leaflet, kit)?;
    if codes.len() <= MAX_CARDS {
        match job.make(Form::Cards, force, &mut typesetter, &bar) {
            Ok((cards, ..)) => write(Form::Cards, &cards, kit)?,
            // A code of the size asked for may be too large for a card.
            Err(error @ ProgramError::Library(Error::CodeTooLarge { .. })) => terminal::error_about("cards", &error),
            Err(error) => return Err(error),
        }
    }
    bar.inc_length(codes.len() as u64);
    kit.write("armor.txt", armor::armor(&sealed.envelope).as_bytes())?;
    kit.write("screen.html", reader_page::screen(&sealed.envelope).as_bytes())?;
    if codes.len() <= MAX_SHOWN {
        let show = Screen::PHONE.show(&codes, 1).map(|picture| picture.grey);
        kit.write("screen.gif", &animation::gif(show, PACE)?)?;
    }
    let digits = codes.len().to_string().len().max(3);
    for (chunk, numbers) in codes.chunks(64).zip((1..).step_by(64)) {
        let pictures: Vec<Vec<u8>> = chunk
            .par_iter()
            .map(|code| Ok(picture::png(&raster::draw(code, PIXELS_PER_MODULE))?))
            .collect::<Result<_>>()?;
        for (number, png) in (numbers..).zip(pictures) {
            kit.write(format!("frames/{number:0digits$}.png"), &png)?;
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    printing::missing(&typesetter);
    Ok(LetterKit { name, bytes, signed_by: sealed.signed_by(), envelope: sealed.envelope, plan })
}

impl LetterKit {
    /// The summary for stdout.
    pub fn summary(&self, out: &Path) -> String {
        let words = terminal::language();
        let Plan { version, level, cut } = self.plan;
        let number = |number: usize| words.number(number);
        let name = if self.name.is_empty() { "-" } else { &self.name };
        let codes = format!("{} (QR {}-{level:?})", number(cut.frames), number(version.number().into()));
        let signed = self.signed_by.as_ref().map(|key| words.fingerprint(key));
        let encrypted = self.envelope.is_encrypted().then(|| "age".to_owned());
        [
            (Label::Letter, Some(format!("{name} ({})", words.bytes(self.bytes)))),
            (Label::Envelope, Some(words.bytes(self.envelope.bytes().len()))),
            (Label::ObjectId, Some(self.envelope.object_id().to_string())),
            (Label::Signature, signed),
            (Label::Encryption, encrypted),
            (Label::Codes, Some(codes)),
            (Label::Suffice, Some(words.sufficient(needed(&cut)))),
            (Label::Written, Some(out.display().to_string())),
        ]
        .into_iter()
        .filter_map(|(label, value)| value.map(|value| (label, value)))
        .map(|(label, value)| terminal::line(words.label(label), &value))
        .collect()
    }
}

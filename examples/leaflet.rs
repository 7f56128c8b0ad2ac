//! A letter as a leaflet: `cargo run --example leaflet LETTER LEAFLET.pdf`.

use std::error::Error;
use std::{env, fs};

use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::fec::Encoder;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::QrCode;
use shabnameh::press::forms::CodeOptions;
use shabnameh::press::forms::form::Form;
use shabnameh::press::forms::print_job::PrintJob;
use shabnameh::press::forms::setup::Setup;
use shabnameh::press::pages::plain_codes::Plain;
use shabnameh::press::text::shaping::Typesetter;
use shabnameh::press::{forms, pdf};
use shabnameh::prose::text::Text;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("give a letter and the path of a PDF".into());
    };
    let letter = Letter::new(fs::read(&path)?, "letter.txt")?;
    let envelope = Envelope::seal(&letter)?;
    let encoder = Encoder::new(envelope.bytes())?;
    let setup = Setup::default();
    let plan = forms::plan(Form::Leaflet, &setup, encoder.partition(), &CodeOptions::default())?;
    let frames = plan.cut.frames(envelope.object_id(), &encoder)?;
    let code = |frame: &Frame| QrCode::new(&frame.to_text(), plan.version, plan.level);
    let matter = PrintJob {
        text: &Text::of(&letter),
        object_id: envelope.object_id(),
        codes: &frames.iter().map(code).collect::<Result<Vec<_>, _>>()?,
        cut: &plan.cut,
        plain: &Plain::Nothing,
        summary: "",
        signed_by: None,
    };
    let document = forms::set(Form::Leaflet, &setup, &matter, &mut Typesetter::default())?;
    fs::write(out, pdf::write(&document, &|| {})?)?;
    Ok(())
}

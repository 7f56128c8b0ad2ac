//! A letter to QR codes as pictures: `cargo run --example letter_to_codes LETTER FOLDER`.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::{Level, QrCode, QrVersion};
use shabnameh::optics::raster;
use shabnameh::press::pictures::picture;

/// Pixels of a module.
const SCALE: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("give a letter and a folder".into());
    };
    let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy();
    let letter = Letter::new(fs::read(&path)?, &name)?;
    fs::create_dir_all(&folder)?;
    // A repair of 100 per cent: twice as many codes as are needed.
    for (number, text) in (1..).zip(shabnameh::to_codes(&letter, 100)?) {
        // The largest version that phones read off paper; `to_codes` fills no more.
        let code = QrCode::new(&text, QrVersion::MAX_ON_PAPER, Level::L)?;
        let picture = picture::grey_png(&raster::draw(&code, SCALE))?;
        fs::write(Path::new(&folder).join(format!("{number:03}.png")), picture)?;
    }
    Ok(())
}

//! A film of a letter's show, as a phone takes it: `film LETTER FILM.y4m [NAME=VALUE...]`. Names are those of the harms
//! of films and photos, and `version`, `codes` at once, `width` of the film in pixels, `pictures` at most, `seed`,
//! `forged` (each so many codes one that is forged). The tests of the page film with it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::Write;

use shabnameh::codec::envelope::Envelope;
use shabnameh::codec::frame::Frame;
use shabnameh::codec::letter::Letter;
use shabnameh::optics::qr::{Level, QrCode, QrVersion};
use shabnameh::press::forms::screen::Screen;
use shabnameh::trial::chance::Chance;
use shabnameh::trial::harm::Strengths;
use shabnameh::trial::specimen::shown;
use shabnameh::trial::{filmed, photographed};
use shabnameh::web::show::Show;

/// A screen that the film's picture holds just so.
const SCREEN: Screen = Screen { width: 1920, height: 1080, per_mm: 12.0 };
fn main() {
    let mut arguments = std::env::args().skip(1);
    let (letter, out) = (arguments.next().unwrap(), arguments.next().unwrap());
    let mut values: BTreeMap<String, f32> = arguments
        .map(|argument| {
            argument.split_once('=').map(|(name, value)| (name.to_owned(), value.parse().unwrap())).unwrap()
        })
        .collect();
    let mut take = |name: &str, usual: f32| values.remove(name).unwrap_or(usual);
    let (version, at_once) = (take("version", 20.0) as u8, take("codes", 1.0) as usize);
    let (most, seed, forged) = (take("pictures", 1e6) as usize, take("seed", 1.0) as u64, take("forged", 0.0) as usize);
    // What the film has of the camera's four by three.
    let width = take("width", 1280.0) as usize;
    let height = width * 9 / 16;
    let megapixels = (width * width) as f32 * 0.75 / 1e6;
    let mut strengths = Strengths::default();
    for harm in filmed::ALL.iter().chain(photographed::ALL) {
        let usual = if harm.name == photographed::MEGAPIXELS.name { Some(megapixels) } else { None };
        if let Some(value) = values.remove(harm.name).or(usual) {
            strengths.set(harm, value);
        }
    }
    assert!(values.is_empty(), "not known: {values:?}");

    let name = std::path::Path::new(&letter).file_name().unwrap().to_string_lossy().into_owned();
    let letter = Letter::new(std::fs::read(&letter).unwrap(), &name).unwrap();
    let envelope = Envelope::seal(&letter).unwrap();
    let mut show = Show::new(envelope, QrVersion::new(version).unwrap()).unwrap();
    let per_second = strengths.of(&filmed::PACE) as usize * at_once;
    let wanted = show.frames().min(most.div_ceil(30) * per_second.max(1) + at_once);
    let mut codes: Vec<QrCode> = (0..wanted).map(|_| show.next_code().unwrap()).collect();
    if forged > 0 {
        let false_one = |code: &QrCode| {
            let text = shabnameh::optics::scan::scan(&shabnameh::optics::raster::draw(code, 4)).remove(0).bytes;
            let frame = Frame::from_text(&text).unwrap().unwrap();
            let symbols = frame.symbols().flat_map(|(_, symbol)| symbol.iter().map(|byte| byte ^ 0x55)).collect();
            let frame = Frame::new(frame.object_id(), *frame.partition(), frame.first(), symbols).unwrap();
            QrCode::new(&frame.to_text(), code.version(), Level::L).unwrap()
        };
        codes = codes
            .into_iter()
            .enumerate()
            .flat_map(|(at, code)| if at % forged == 0 { vec![false_one(&code), code] } else { vec![code] })
            .collect();
    }
    let sheets = shown(&SCREEN, &codes, at_once);

    let mut film = std::io::BufWriter::new(std::fs::File::create(out).unwrap());
    writeln!(film, "YUV4MPEG2 W{width} H{height} F30:1 Ip A1:1 C420jpeg").unwrap();
    let mut taken = 0;
    filmed::apply(&sheets, &strengths, &mut Chance(seed), &mut |sheet| {
        if taken == most {
            return;
        }
        taken += 1;
        writeln!(film, "FRAME").unwrap();
        let above = (sheet.grey.height() - height) / 2;
        for row in sheet.grey.rows().skip(above).take(height) {
            film.write_all(&row[..width]).unwrap();
        }
        film.write_all(&vec![128; width * height / 2]).unwrap();
    });
    film.flush().unwrap();
}

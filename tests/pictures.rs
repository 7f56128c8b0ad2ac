//! Every format of picture file, and files made to hurt.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{Cursor, Write};

use common::{LETTER, default_frames, envelope};
use image::{DynamicImage, Frame as GifFrame, GrayImage, ImageFormat, Luma, Rgba, RgbaImage};
use shabnameh::codec::frame::Frame;
use shabnameh::error::{Error, Result};
use shabnameh::optics::qr::Level;
use shabnameh::optics::raster::{Grey, draw};
use shabnameh::optics::scan::scan;
use shabnameh::press::pictures::picture;

fn pictures() -> Vec<Grey> {
    default_frames(&envelope(LETTER, "a")).iter().map(|frame| draw(&common::code(frame, 17, Level::L), 3)).collect()
}

fn as_image(grey: &Grey) -> GrayImage {
    GrayImage::from_raw(grey.width() as u32, grey.height() as u32, grey.pixels().to_vec()).unwrap()
}

fn as_file(grey: &Grey, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let image = DynamicImage::ImageLuma8(as_image(grey));
    let image = if matches!(format, ImageFormat::WebP | ImageFormat::Gif) {
        DynamicImage::ImageRgb8(image.to_rgb8())
    } else {
        image
    };
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// The page of each picture, and the number of frames in it or its error.
type Pictures = Vec<(Option<usize>, Result<usize>)>;

/// What comes of reading a file: of each picture, and of the whole.
fn read(bytes: &[u8]) -> (Pictures, Result<()>) {
    let mut all = Vec::new();
    let end = picture::read(bytes, &mut |page, grey| {
        let frames =
            |grey: Grey| scan(&grey).iter().filter(|code| matches!(Frame::from_text(&code.bytes), Some(Ok(_)))).count();
        all.push((page, grey.map(frames)));
    });
    (all, end)
}

#[test]
fn still_pictures_of_every_format_are_read() {
    let grey = &pictures()[0];
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Bmp] {
        let bytes = as_file(grey, format);
        assert!(picture::is_picture(&bytes));
        assert_eq!(read(&bytes), (vec![(None, Ok(1))], Ok(())), "{format:?}");
    }
    assert_eq!(read(&as_file(grey, ImageFormat::Tiff)), (vec![(Some(1), Ok(1))], Ok(())));
    assert_eq!(read(&picture::png(grey).unwrap()), (vec![(None, Ok(1))], Ok(())));
}

#[test]
fn transparent_paper_is_white() {
    let grey = as_image(&pictures()[0]);
    // Ink black and opaque, paper black and transparent.
    let rgba = RgbaImage::from_fn(grey.width(), grey.height(), |x, y| Rgba([0, 0, 0, 255 - grey.get_pixel(x, y).0[0]]));
    let mut out = Cursor::new(Vec::new());
    rgba.write_to(&mut out, ImageFormat::Png).unwrap();
    assert_eq!(read(&out.into_inner()), (vec![(None, Ok(1))], Ok(())));
}

#[test]
fn ink_that_is_left_out_is_black() {
    let grey = as_image(&pictures()[0]);
    for grounds in [0, 120] {
        // Paper white and opaque, ink transparent, whatever its colour.
        let rgba = RgbaImage::from_fn(grey.width(), grey.height(), |x, y| {
            let paper = grey.get_pixel(x, y).0[0];
            Rgba([paper.max(grounds), paper.max(grounds), 255, paper])
        });
        let mut out = Cursor::new(Vec::new());
        rgba.write_to(&mut out, ImageFormat::Png).unwrap();
        assert_eq!(read(&out.into_inner()), (vec![(None, Ok(1))], Ok(())));
    }
}

#[test]
fn every_picture_of_a_gif_is_read() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for grey in pictures() {
        encoder.encode_frame(GifFrame::new(DynamicImage::ImageLuma8(as_image(&grey)).to_rgba8())).unwrap();
    }
    drop(encoder);
    let count = pictures().len();
    let wanted: Vec<_> = (1..=count).map(|page| (Some(page), Ok(1))).collect();
    assert_eq!(read(&bytes), (wanted, Ok(())));

    // Cut in the last picture: the others are read, that one as far as it came, and the end is told.
    let (all, end) = read(&bytes[..bytes.len() - 500]);
    assert_eq!(end, Ok(()));
    assert_eq!(all[..count - 1].iter().filter(|(_, frames)| *frames == Ok(1)).count(), count - 1);
    assert!(matches!(all.last(), Some((Some(page), Err(Error::Picture { .. }))) if *page == count), "{all:?}");
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let mut out = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).unwrap();
    for grey in pictures() {
        encoder
            .write_image::<tiff::encoder::colortype::Gray8>(grey.width() as u32, grey.height() as u32, grey.pixels())
            .unwrap();
    }
    let wanted: Vec<_> = (1..=pictures().len()).map(|page| (Some(page), Ok(1))).collect();
    assert_eq!(read(&out.into_inner()), (wanted, Ok(())));
}

#[test]
fn files_cut_anywhere_or_changed_anywhere_do_no_harm() {
    let grey = &pictures()[0];
    let mut chance = common::Chance(4);
    for format in
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff, ImageFormat::Bmp, ImageFormat::Gif]
    {
        let bytes = as_file(grey, format);
        for _ in 0..12 {
            let _ = read(&bytes[..chance.below(bytes.len())]);
            let mut changed = bytes.clone();
            for _ in 0..5 {
                let at = chance.below(changed.len().min(400));
                changed[at] = chance.next() as u8;
            }
            let _ = read(&changed);
        }
    }
}

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in
        [&b""[..], b"%PDF-1.7 and nothing more", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"not a picture", b"RIFF\0\0\0\0WEBP"]
    {
        let (all, end) = read(bytes);
        assert!(end.is_err() || !all.is_empty() && all.iter().all(|(_, frames)| frames.is_err()), "{bytes:?}: {all:?}");
    }
}

/// A PNG of so many white pixels, written row by row.
fn white_png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = vec![255; (width as usize).div_ceil(8)];
    (0..height).for_each(|_| stream.write_all(&row).unwrap());
    stream.finish().unwrap();
    drop(writer);
    out
}

#[test]
fn a_hundred_megapixels_are_read() {
    assert_eq!(read(&white_png(10_000, 10_000)), (vec![(None, Ok(0))], Ok(())));
}

#[test]
fn ten_gigapixels_are_refused_by_their_header() {
    let mut bytes = white_png(8, 8);
    bytes[16..24].copy_from_slice(&[0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0]);
    let checksum = crc32fast::hash(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&checksum);
    assert_eq!(
        read(&bytes),
        (vec![], Err(Error::PictureTooLarge { width: 100_000, height: 100_000, max: picture::MAX_PIXELS }))
    );
}

/// A PDF of one page, with the contents given as a Flate stream, `filters` times over.
fn pdf(contents: &[u8], media_box: &str, filters: usize) -> Vec<u8> {
    let mut body = contents.to_vec();
    for _ in 0..filters {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&body).unwrap();
        body = encoder.finish().unwrap();
    }
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj\n\
         3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Contents 4 0 R /Resources <<>> >> endobj\n\
         4 0 obj <</Length {} /Filter [{}]>>\nstream\n",
        body.len(),
        "/FlateDecode ".repeat(filters)
    )
    .into_bytes();
    pdf.extend(body);
    pdf.extend(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");
    pdf
}

#[test]
fn pdf_bombs_are_refused() {
    assert_eq!(read(&pdf(b"0 0 m 5 5 l S", "0 0 200 200", 1)), (vec![(Some(1), Ok(0))], Ok(())));
    let zeros = vec![b' '; 600 * 1024 * 1024];
    for filters in [1, 2] {
        let (all, end) = read(&pdf(&zeros, "0 0 200 200", filters));
        assert!(all.is_empty() && matches!(end, Err(Error::Picture { .. })), "{filters} filters: {all:?} {end:?}");
    }
}

#[test]
fn pages_of_any_size_are_drawn_within_the_limit() {
    for media_box in ["0 0 14400 14400", "0 0 1000000 1000000", "0 0 9000000 2", "0 0 0 0", "5 5 1 1", "0 0 1e38 1e38"]
    {
        let mut sizes = Vec::new();
        let end = picture::read(&pdf(b"0 0 m 5 5 l S", media_box, 1), &mut |_, grey| {
            sizes.push(grey.map(|grey| grey.pixels().len() as u64));
        });
        assert!(sizes.len() == 1 || end.is_err(), "{media_box}");
        assert!(
            sizes.iter().flatten().all(|pixels| (1..=picture::MAX_PIXELS).contains(pixels)),
            "{media_box}: {sizes:?}"
        );
    }
}

#[test]
fn a_scan_on_coloured_paper_is_read() {
    let grey = as_image(&pictures()[0]);
    let scan = image::RgbImage::from_fn(grey.width(), grey.height(), |x, y| {
        let Luma([ink]) = *grey.get_pixel(x, y);
        image::Rgb(if ink == 0 { [40, 30, 90] } else { [250, 220, 150] })
    });
    let mut out = Cursor::new(Vec::new());
    scan.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    assert_eq!(read(&out.into_inner()), (vec![(None, Ok(1))], Ok(())));
}

/// The last picture's codes, and what is said of the file, where it lacks a tenth.
fn cut(bytes: &[u8]) -> Pictures {
    let (all, end) = read(&bytes[..bytes.len() * 9 / 10]);
    assert_eq!(end, Ok(()));
    all
}

#[test]
fn what_arrived_of_a_cut_file_is_read() {
    let grey = &pictures()[0];
    // The code in the half that arrives, whichever way up the rows are stored.
    let mut tall = Grey::blank(grey.width(), 4 * grey.height(), 255);
    tall.paste(grey, 0, grey.height());
    for format in [ImageFormat::Png, ImageFormat::Bmp] {
        let all = cut(&as_file(&tall, format));
        assert!(matches!(&all[..], [(None, Ok(1)), (None, Err(Error::Picture { .. }))]), "{format:?}: {all:?}");
    }
    let all = cut(&as_file(&tall, ImageFormat::Gif));
    assert!(matches!(&all[..], [(Some(1), Ok(1)), (Some(1), Err(Error::Picture { .. }))]), "{all:?}");
}

#[test]
fn sizes_that_lie_take_no_memory() {
    // A picture of a GIF that is far larger than the whole.
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02\x44\x01\0;";
    // A bitmap of an older header, whose fields elsewhere are pixels.
    let mut bmp = [b"BM\0\0\0\0\0\0\0\0\x1A\0\0\0\x0C\0\0\0", &[100, 0, 100, 0, 1, 0, 24, 0][..], &[0; 40]].concat();
    bmp[28..34].copy_from_slice(&[24, 0, 0, 0, 0, 0]);
    // One of colours that would have more bytes than there are.
    let large = [
        &b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..],
        &[0x00, 0x00, 0x01, 0, 0x00, 0x00, 0x01, 0, 1, 0, 32, 0],
        &[0; 24],
    ]
    .concat();
    for bytes in [&gif[..], &bmp, &large] {
        let (all, _) = read(bytes);
        assert!(all.iter().all(|(_, codes)| *codes != Ok(1)));
    }
}

#[test]
fn pictures_that_phones_and_archives_make_are_read() {
    // Made of one and the same code by libheif, libjxl and OpenJPEG.
    let files: [(&str, &[u8]); 4] = [
        ("HEIC", include_bytes!("pictures/code.heic")),
        ("JPEG XL", include_bytes!("pictures/code.jxl")),
        ("JPEG 2000", include_bytes!("pictures/code.jp2")),
        ("bare JPEG 2000", include_bytes!("pictures/code.j2k")),
    ];
    let mut chance = common::Chance(8);
    for (name, bytes) in files {
        assert!(picture::is_picture(bytes));
        assert_eq!(read(bytes), (vec![(None, Ok(1))], Ok(())), "{name}");
        for _ in 0..40 {
            let _ = read(&bytes[..chance.below(bytes.len())]);
            let mut changed = bytes.to_vec();
            for _ in 0..3 {
                let at = chance.below(changed.len());
                changed[at] = chance.next() as u8;
            }
            let _ = read(&changed);
        }
    }
    let avif = read(b"\0\0\0\x1cftypavif\0\0\0\0");
    assert_eq!(avif, (Vec::new(), Err(Error::PictureAvif)));
}

#[test]
fn portable_pixmaps_are_read() {
    let grey = &pictures()[0];
    let head = |kind: u8| format!("P{kind}\n{} {}\n", grey.width(), grey.height());
    let numbers: Vec<String> = grey.pixels().iter().map(u8::to_string).collect();
    let plain = format!("{}255\n{}\n", head(2), numbers.join(" "));
    let raw = [format!("{}255\n", head(5)).as_bytes(), grey.pixels()].concat();
    let colours: Vec<u8> = grey.pixels().iter().flat_map(|pixel| [*pixel; 3]).collect();
    let coloured = [format!("{}255\n", head(6)).as_bytes(), &colours].concat();
    for bytes in [plain.into_bytes(), raw, coloured] {
        assert_eq!(read(&bytes), (vec![(None, Ok(1))], Ok(())));
    }
}

/// A TIFF of one strip, of samples of so many bits.
fn tiff(grey: &Grey, bits: u16, photometric: u16, colours: Option<&[u16]>, samples: &[u8]) -> Vec<u8> {
    let map = 8 + samples.len() as u32;
    let mut entries = vec![
        (256u16, 4u16, 1u32, grey.width() as u32),
        (257, 4, 1, grey.height() as u32),
        (258, 3, 1, bits.into()),
        (259, 3, 1, 1),
        (262, 3, 1, photometric.into()),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, grey.height() as u32),
        (279, 4, 1, samples.len() as u32),
    ];
    let colours = colours.unwrap_or_default();
    if !colours.is_empty() {
        entries.push((320, 3, colours.len() as u32, map));
    }
    let mut file = [b"II*\0", &(map + 2 * colours.len() as u32).to_le_bytes()[..], samples].concat();
    colours.iter().for_each(|colour| file.extend(colour.to_le_bytes()));
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file
}

#[test]
fn tiffs_of_few_bits_and_of_palettes_are_read() {
    let grey = &pictures()[0];
    let packed = |bits: usize, of: &dyn Fn(u8) -> u8| -> Vec<u8> {
        let byte = |pixels: &[u8]| {
            pixels.iter().enumerate().fold(0, |byte, (at, pixel)| byte | of(*pixel) << (8 - bits * (at + 1)))
        };
        grey.rows().flat_map(|row| row.chunks(8 / bits).map(byte).collect::<Vec<u8>>()).collect()
    };
    for bits in [1, 2, 4, 8usize] {
        let most = (255u16 >> (8 - bits)) as u8;
        let dark_0 = packed(bits, &|pixel| pixel >> (8 - bits));
        let white_0 = packed(bits, &|pixel| most - (pixel >> (8 - bits)));
        // Index 0 is white, all others black.
        let map: Vec<u16> = (0..3 * (1 << bits)).map(|at| if at % (1 << bits) == 0 { u16::MAX } else { 0 }).collect();
        for (name, file) in [
            ("dark is 0", tiff(grey, bits as u16, 1, None, &dark_0)),
            ("white is 0", tiff(grey, bits as u16, 0, None, &white_0)),
            ("palette", tiff(grey, bits as u16, 3, Some(&map), &white_0)),
        ] {
            assert_eq!(read(&file), (vec![(Some(1), Ok(1))], Ok(())), "{bits} bits, {name}");
        }
    }
}

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
use shabnameh::press::picture;

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

    // Cut in the last picture: the others are read, and the end is told.
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

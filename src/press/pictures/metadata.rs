//! What a file tells besides what it shows: where a photo was taken and by which camera, who wrote a document. The one
//! file that names the crate for Exif.
//!
//! Nothing here is complete: what is found is told, and what is not found may be there all the same.

use std::io::Cursor;

use exif::{Exif, In, Tag};

use crate::documents::package::Package;
use crate::words::Trace;

/// Most bytes that are read of one part of a document.
const MAX_PART: u64 = 256 * 1024;
/// Most bytes of a name that is told.
const MAX_NAME: usize = 60;

/// What a file tells, by its kind: JPEG, PNG, WebP, TIFF and HEIC, PDF, and the documents of Word, LibreOffice and the
/// like. In order, each once.
pub fn traces(bytes: &[u8]) -> Vec<Trace> {
    let mut traces = Vec::new();
    if bytes.starts_with(b"PK\x03\x04") {
        document(bytes, &mut traces);
    } else if bytes.starts_with(b"%PDF-") {
        pdf(bytes, &mut traces);
    } else {
        picture(bytes, &mut traces);
    }
    traces.sort();
    traces.dedup();
    traces
}

fn picture(bytes: &[u8], traces: &mut Vec<Trace>) {
    if let Ok(exif) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) {
        of_exif(&exif, traces);
    }
    if let Some(parts) = jpeg_parts(bytes) {
        for part in &parts.segments {
            match part.marker {
                // XMP, and Photoshop's.
                0xE1 if !part.body.starts_with(b"Exif\0") => xmp(part.body, traces),
                0xED => traces.push(Trace::Person(String::new())),
                0xFE => traces.push(Trace::Program),
                _ => {}
            }
        }
        if parts.behind > 0 {
            traces.push(Trace::More);
        }
    }
    if let Some(parts) = png_parts(bytes) {
        for part in &parts.chunks {
            match &part.kind {
                b"tEXt" | b"iTXt" | b"zTXt" => xmp(part.whole, traces),
                b"tIME" => traces.push(Trace::Time),
                _ => {}
            }
        }
        if parts.behind > 0 {
            traces.push(Trace::More);
        }
    }
}

/// What XMP and similar texts in a picture say. Their presence alone tells that a program wrote them.
fn xmp(text: &[u8], traces: &mut Vec<Trace>) {
    let has = |words: &[&str]| {
        words.iter().any(|word| text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes())))
    };
    if has(&["GPSLatitude", "GPSLongitude", "photoshop:City", "Iptc4xmpCore:Location", "Iptc4xmpExt:Location"]) {
        traces.push(Trace::Place);
    }
    if has(&[
        "dc:creator",
        "photoshop:AuthorsPosition",
        "photoshop:Credit",
        "dc:rights",
        "Author",
        "CreatorContactInfo",
    ]) {
        traces.push(Trace::Person(String::new()));
    }
    if has(&["tiff:Make", "tiff:Model", "SerialNumber", "DocumentID"]) {
        traces.push(Trace::Device);
    }
    if has(&["CreateDate", "ModifyDate", "DateTimeOriginal", "DateCreated", "Creation Time"]) {
        traces.push(Trace::Time);
    }
    traces.push(Trace::Program);
}

fn of_exif(exif: &Exif, traces: &mut Vec<Trace>) {
    for field in exif.fields() {
        traces.extend(match field.tag {
            Tag::GPSLatitude | Tag::GPSLongitude | Tag::GPSDestLatitude | Tag::GPSAreaInformation => Some(Trace::Place),
            Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized | Tag::GPSDateStamp => Some(Trace::Time),
            Tag::Make
            | Tag::Model
            | Tag::BodySerialNumber
            | Tag::LensSerialNumber
            | Tag::ImageUniqueID
            | Tag::MakerNote => Some(Trace::Device),
            Tag::Artist | Tag::CameraOwnerName | Tag::Copyright => {
                let name = field.display_value().to_string();
                let name = name.trim_matches(['"', ' ']);
                (!name.is_empty()).then(|| Trace::Person(short(name)))
            }
            Tag::Software => Some(Trace::Program),
            _ if field.ifd_num == In::THUMBNAIL => Some(Trace::More),
            _ => None,
        });
    }
}

/// Author and program of a PDF, where they are not compressed or encrypted.
fn pdf(bytes: &[u8], traces: &mut Vec<Trace>) {
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    if has(b"/Author") || has(b"dc:creator") {
        traces.push(Trace::Person(String::new()));
    }
    if has(b"/CreationDate") || has(b"xmp:CreateDate") {
        traces.push(Trace::Time);
    }
    if has(b"/Producer") || has(b"/Creator") {
        traces.push(Trace::Program);
    }
}

/// The parts of Office Open XML and OpenDocument that say who wrote it.
fn document(bytes: &[u8], traces: &mut Vec<Trace>) {
    let Some(mut package) = Package::open(bytes) else { return };
    for (name, elements) in [
        ("docProps/core.xml", &["dc:creator", "cp:lastModifiedBy"][..]),
        ("docProps/app.xml", &["Company", "Manager"]),
        ("meta.xml", &["meta:initial-creator", "dc:creator", "meta:printed-by"]),
    ] {
        let Some(text) = package.read(name, MAX_PART) else { continue };
        let text = String::from_utf8_lossy(&text);
        let named = elements.iter().filter_map(|element| inside(&text, element));
        traces.extend(named.map(|name| Trace::Person(short(name))));
        traces.push(Trace::Time);
        traces.push(Trace::Program);
    }
    let comments = ["word/comments.xml", "word/people.xml"];
    if comments.into_iter().any(|name| package.has(name)) {
        traces.push(Trace::Person(String::new()));
    }
}

/// Contents of the first element of a name; `None` where it is missing or empty.
fn inside<'a>(text: &'a str, element: &str) -> Option<&'a str> {
    let (_, after) = text.split_once(&format!("<{element}"))?;
    let (_, after) = after.split_once('>')?;
    let (inside, _) = after.split_once(&format!("</{element}>"))?;
    Some(inside.trim()).filter(|inside| !inside.is_empty())
}

fn short(name: &str) -> String {
    let mut name = name.to_owned();
    while name.len() > MAX_NAME {
        name.pop();
    }
    name
}

/// A JPEG or PNG with only the segments that are needed to show it; `None` for other files. The orientation is kept: it
/// is written anew as the only tag of an Exif segment.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let orientation = || {
        let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
        let turned = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
        u8::try_from(turned).ok().filter(|turned| (2..=8).contains(turned))
    };
    if let Some(parts) = jpeg_parts(bytes) {
        let mut kept = bytes.get(..2)?.to_vec();
        kept.extend(orientation().into_iter().flat_map(|turned| {
            let mut segment = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
            segment.extend_from_slice(&[turned, 0, 0, 0, 0, 0, 0]);
            segment
        }));
        for part in &parts.segments {
            // JFIF, and Adobe's segment that states the colour space.
            match (part.marker, part.body) {
                // JFIF without its thumbnail.
                (0xE0, &[b'J', b'F', b'I', b'F', 0, a, b, c, d, e, f, g, ..]) => {
                    kept.extend_from_slice(b"\xFF\xE0\0\x10JFIF\0");
                    kept.extend_from_slice(&[a, b, c, d, e, f, g, 0, 0]);
                }
                (0xEE, &[b'A', b'd', b'o', b'b', b'e', a, b, c, d, e, f, g, ..]) => {
                    kept.extend_from_slice(b"\xFF\xEE\0\x0EAdobe");
                    kept.extend_from_slice(&[a, b, c, d, e, f, g]);
                }
                (0xE0..=0xEF | 0xFE, _) => {}
                _ => kept.extend_from_slice(part.whole),
            }
        }
        return Some(kept);
    }
    let parts = png_parts(bytes)?;
    let mut kept = bytes.get(..8)?.to_vec();
    const NEEDED: [&[u8; 4]; 14] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"cICP", b"acTL",
        b"fcTL", b"fdAT",
    ];
    parts.chunks.iter().filter(|part| NEEDED.contains(&&part.kind)).for_each(|part| kept.extend_from_slice(part.whole));
    Some(kept)
}

/// The segments of a JPEG, in order; coded pictures belong to the segment before them.
struct JpegParts<'a> {
    segments: Vec<Segment<'a>>,
    /// Bytes behind its end.
    behind: usize,
}

struct Segment<'a> {
    marker: u8,
    /// All its bytes.
    whole: &'a [u8],
    /// Those behind its length.
    body: &'a [u8],
}

/// The segments of a JPEG (ITU-T T.81, annex B); `None` for what is none, or broken.
fn jpeg_parts(bytes: &[u8]) -> Option<JpegParts<'_>> {
    let mut at = bytes.starts_with(&[0xFF, 0xD8, 0xFF]).then_some(2)?;
    let mut segments = Vec::new();
    loop {
        let start = at;
        // Any number of bytes of filling may stand before a marker.
        while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
            at += 1;
        }
        let &[0xFF, marker] = bytes.get(at..at + 2)? else { return None };
        at += 2;
        if marker == 0xD9 {
            segments.push(Segment { marker, whole: bytes.get(start..at)?, body: &[] });
            return Some(JpegParts { segments, behind: bytes.len() - at });
        }
        let length = usize::from(u16::from_be_bytes(*bytes.get(at..at + 2)?.first_chunk()?));
        let body = bytes.get(at + 2..at + length)?;
        at += length;
        if marker == 0xDA {
            // The coded picture goes on to the next marker that is neither a zero byte nor a restart.
            let is_end = |pair: &[u8]| matches!(pair, [0xFF, next] if *next != 0 && !(0xD0..=0xD7).contains(next));
            at += bytes.get(at..)?.windows(2).position(is_end)?;
        }
        segments.push(Segment { marker, whole: bytes.get(start..at)?, body });
    }
}

/// The chunks of a PNG, in order.
struct PngParts<'a> {
    chunks: Vec<Chunk<'a>>,
    /// Bytes behind its end.
    behind: usize,
}

struct Chunk<'a> {
    kind: [u8; 4],
    whole: &'a [u8],
}

/// The chunks of a PNG (ISO/IEC 15948); `None` for what is none, or broken.
fn png_parts(bytes: &[u8]) -> Option<PngParts<'_>> {
    let mut at = bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(8)?;
    let mut chunks = Vec::new();
    loop {
        let length = u32::from_be_bytes(*bytes.get(at..at + 4)?.first_chunk()?) as usize;
        let kind = *bytes.get(at + 4..at + 8)?.first_chunk()?;
        let whole = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
        at += whole.len();
        chunks.push(Chunk { kind, whole });
        if kind == *b"IEND" {
            return Some(PngParts { chunks, behind: bytes.len() - at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optics::raster::Grey;
    use crate::press::pictures::picture;

    fn grey() -> Grey {
        Grey::new(40, 24, (0..40 * 24).map(|at| (at * 7 % 251) as u8).collect()).unwrap()
    }

    /// Exif with a place, a camera, a name, a time, and the picture turned.
    fn exif_bytes() -> Vec<u8> {
        let mut tiff = b"MM\0\x2A\0\0\0\x08".to_vec();
        let ascii: [(u16, &[u8]); 4] =
            [(0x010F, b"Camera\0"), (0x0132, b"2026:01:18 10:00:00\0"), (0x013B, b"Sara\0"), (0x0131, b"app\0")];
        let entries = ascii.len() + 2;
        let data_at = 8 + 2 + entries * 12 + 4;
        let (mut head, mut data) = ((entries as u16).to_be_bytes().to_vec(), Vec::new());
        let mut entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            head.extend_from_slice(&tag.to_be_bytes());
            head.extend_from_slice(&kind.to_be_bytes());
            head.extend_from_slice(&count.to_be_bytes());
            head.extend_from_slice(&value);
        };
        for (tag, text) in ascii {
            if text.len() <= 4 {
                entry(tag, 2, text.len() as u32, std::array::from_fn(|at| text.get(at).copied().unwrap_or(0)));
            } else {
                entry(tag, 2, text.len() as u32, ((data_at + data.len()) as u32).to_be_bytes());
                data.extend_from_slice(text);
            }
        }
        entry(0x0112, 3, 1, [0, 6, 0, 0]);
        let gps_at = data_at + data.len();
        entry(0x8825, 4, 1, (gps_at as u32).to_be_bytes());
        head.extend_from_slice(&[0; 4]);
        // One latitude: 35 degrees.
        data.extend_from_slice(&[0, 1, 0, 2, 0, 5, 0, 0, 0, 3]);
        data.extend_from_slice(&((gps_at + 18) as u32).to_be_bytes());
        data.extend_from_slice(&[0; 4]);
        data.extend([35u32, 1, 41, 1, 0, 1].iter().flat_map(|number| number.to_be_bytes()));
        tiff.extend(head);
        tiff.extend(data);
        tiff
    }

    fn jpeg_with_exif() -> Vec<u8> {
        let plain = picture::jpeg(&grey(), 90).unwrap();
        let body = [b"Exif\0\0".to_vec(), exif_bytes()].concat();
        let segment = [&[0xFF, 0xE1][..], &((body.len() + 2) as u16).to_be_bytes(), &body].concat();
        let comment = b"\xFF\xFE\x00\x07hello";
        [&plain[..2], &segment, comment, &plain[2..], b"behind"].concat()
    }

    fn seen(bytes: &[u8]) -> Vec<u8> {
        let mut pixels = Vec::new();
        picture::read(bytes, &mut |_, grey| pixels = grey.unwrap().pixels().to_vec()).unwrap();
        pixels
    }

    #[test]
    fn a_photo_tells_where_when_by_whom_and_what_is_stripped_does_not() {
        let jpeg = jpeg_with_exif();
        let all = [Trace::Place, Trace::Time, Trace::Device, Trace::Person("Sara".into()), Trace::Program, Trace::More];
        assert_eq!(traces(&jpeg), all);
        let plain = stripped(&jpeg).unwrap();
        assert_eq!(traces(&plain), []);
        assert_eq!(seen(&plain), seen(&jpeg));
        // It is still held upright.
        let exif = exif::Reader::new().read_from_container(&mut Cursor::new(&plain)).unwrap();
        assert_eq!(exif.get_field(Tag::Orientation, In::PRIMARY).unwrap().value.get_uint(0), Some(6));
        assert_eq!(stripped(&plain), Some(plain.clone()));
        // What programs write beside Exif, too.
        let xmp =
            b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>32,39N</exif:GPSLatitude><dc:creator>Sara</dc:creator>";
        let segment = [&[0xFF, 0xE1, 0, xmp.len() as u8 + 2][..], xmp].concat();
        let telling = [&plain[..2], &segment, &plain[2..]].concat();
        assert_eq!(traces(&telling), [Trace::Place, Trace::Person(String::new()), Trace::Program]);
        assert_eq!(stripped(&telling), Some(plain));

        let png = picture::grey_png(&grey()).unwrap();
        let chunk = |kind: &[u8; 4], body: &[u8]| {
            // The checksum of PNG, bit by bit.
            let sum = !kind.iter().chain(body).fold(!0u32, |sum, byte| {
                (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 })
            });
            [&(body.len() as u32).to_be_bytes()[..], kind, body, &sum.to_be_bytes()].concat()
        };
        let chunks =
            [chunk(b"eXIf", &exif_bytes()), chunk(b"tEXt", b"Author\0Sara"), chunk(b"tIME", &[7, 234, 1, 1, 0, 0, 0])];
        let telling = [&png[..33], &chunks.concat(), &png[33..]].concat();
        assert!(traces(&telling).contains(&Trace::Place) && traces(&telling).contains(&Trace::Time));
        let plain = stripped(&telling).unwrap();
        assert_eq!((traces(&plain), seen(&plain)), (vec![], seen(&telling)));
        assert_eq!(traces(b"a text"), []);
        assert_eq!(stripped(b"a text"), None);
    }

    #[test]
    fn what_is_cut_or_changed_is_no_panic() {
        let jpeg = jpeg_with_exif();
        for end in 0..jpeg.len() {
            let _ = (traces(&jpeg[..end]), stripped(&jpeg[..end]));
            let mut changed = jpeg.clone();
            changed[end] ^= 0x55;
            let _ = (traces(&changed), stripped(&changed));
        }
    }
}

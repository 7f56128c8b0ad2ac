//! PDF pages -> grey pictures. The one file that names the crate for reading PDF.
//!
//! A page that is nothing but one picture, as scanners and phones make them, gives that picture as it is. Other pages
//! are drawn, as finely as the finest picture on them asks for.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, font::GlyphRun, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Rect};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use super::budget::{Allowance, Budget};
use super::grey::{Colours, PictureSink, luma, wrong};
use crate::error::Result;
use crate::error::fault::PictureFault;
use crate::optics::raster::Grey;
use crate::press::deflate;

/// Pages are drawn at so many dots an inch, those with finer pictures as finely as these, up to twice that.
pub const PDF_DPI: f32 = 300.0;
const MAX_DPI: f32 = 600.0;
/// Lowest resolution, for pages of coarser pictures.
const LEAST_DPI: f32 = 100.0;
/// Least share of the page that a picture covers to decide the resolution.
const LEAST_PART: f32 = 0.05;
/// Pictures whose pixels are less square than this ratio are drawn instead of taken as they are.
const UNEVEN: f32 = 1.2;
/// Most pixels of a page that is drawn, or of a picture that is one: each takes four bytes meanwhile.
const MAX_DRAWN: u64 = 150_000_000;
const POINTS_PER_INCH: f32 = 72.0;
/// Most bytes that one compressed stream of a PDF may hold, and all of them together.
const MAX_STREAM: u64 = 512 * 1024 * 1024;
const MAX_STREAMS: u64 = 4 * MAX_STREAM;

/// Gives every page.
///
/// # Errors
/// [`crate::error::Error::Picture`] for what cannot be read, and those of an allowance that is used up.
pub fn read(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    pages(bytes, allowance, take, |page| {
        let survey = Survey::of(page, false);
        let picture = if survey.is_all() { Survey::of(page, true).picture } else { None };
        picture.map_or_else(|| Wanted::Dpi(survey.dpi()), Wanted::Picture)
    })
}

/// Draws every page at so many dots an inch.
///
/// # Errors
/// As for [`read`].
pub fn draw(bytes: &[u8], dpi: f32, allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    pages(bytes, allowance, take, |_| Wanted::Dpi(dpi))
}

/// What is wanted of a page.
enum Wanted {
    /// This picture, which is all of it.
    Picture(Grey),
    /// It, drawn at so many dots an inch.
    Dpi(f32),
}

fn pages(
    bytes: &[u8],
    allowance: Allowance,
    take: &mut PictureSink<'_>,
    wanted: impl Fn(&Page<'_>) -> Wanted,
) -> Result<()> {
    refuse_bombs(bytes)?;
    let document = Pdf::new(bytes.to_vec()).map_err(|_| wrong(PictureFault::Pdf))?;
    let cache = RenderCache::new();
    let mut budget = Budget::new(allowance);
    for page in document.pages().iter() {
        let wanted = catch_unwind(AssertUnwindSafe(|| wanted(page))).unwrap_or(Wanted::Dpi(PDF_DPI));
        let dpi = match wanted {
            Wanted::Picture(picture) => {
                let number = budget.spend(picture.width() as u64, picture.height() as u64)?;
                take(Some(number), Ok(picture));
                continue;
            }
            Wanted::Dpi(dpi) => dpi,
        };
        let (width_pt, height_pt) = page.render_dimensions();
        // Posters are drawn smaller, so that they stay within the limit; the rasterizer counts in 16 bits.
        let most =
            (MAX_DRAWN as f32 / (width_pt * height_pt)).sqrt().min(f32::from(u16::MAX - 1) / width_pt.max(height_pt));
        let scaled = |dpi: f32| {
            let scale = (dpi / POINTS_PER_INCH).min(most * 0.999);
            (scale, (width_pt * scale) as u64, (height_pt * scale) as u64)
        };
        let (mut scale, mut width, mut height) = scaled(dpi);
        if dpi > PDF_DPI && !budget.has_room(width, height) {
            (scale, width, height) = scaled(PDF_DPI);
        }
        if !scale.is_finite() || width == 0 || height == 0 {
            take(Some(budget.spend(0, 0)?), Err(wrong(PictureFault::NoSize)));
            continue;
        }
        let number = budget.spend(width, height)?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            hayro::render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings)
        }));
        take(
            Some(number),
            drawn.map_err(|_| wrong(PictureFault::Damaged)).and_then(|pixmap| {
                let pixels = pixmap.data().iter().map(|pixel| luma(pixel.r, pixel.g, pixel.b)).collect();
                Grey::new(usize::from(pixmap.width()), usize::from(pixmap.height()), pixels)
                    .ok_or_else(|| wrong(PictureFault::NoSize))
            }),
        );
    }
    if budget.pages() == 0 { Err(wrong(PictureFault::NoPages)) } else { Ok(()) }
}

/// What a page is made of.
#[derive(Default)]
struct Survey {
    pictures: usize,
    /// The first picture, as it is, where that is wanted.
    picture: Option<Grey>,
    wants_picture: bool,
    /// Whether anything else is to be seen.
    has_others: bool,
    /// Of the page, in square points.
    area: f32,
    /// Pixels of the finest picture for each point of the page.
    finest: f32,
}

impl Survey {
    /// Looks at what a page draws; its pictures are decoded only where that is wanted.
    fn of(page: &Page<'_>, wants_picture: bool) -> Self {
        let cache = InterpreterCache::new();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings);
        let mut survey = Survey { wants_picture, area: width * height, ..Survey::default() };
        interpret_page(page, &mut context, &mut survey);
        survey
    }

    /// Whether the page is its picture and nothing else.
    fn is_all(&self) -> bool {
        self.pictures == 1 && !self.has_others
    }

    fn dpi(&self) -> f32 {
        let finest = self.finest * POINTS_PER_INCH;
        if self.has_others || self.pictures == 0 {
            finest.clamp(PDF_DPI, MAX_DPI)
        } else {
            finest.clamp(LEAST_DPI, MAX_DPI)
        }
    }
}

impl<'a> Device<'a> for Survey {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.has_others = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, mask: Option<SoftMask<'a>>, _: BlendMode) {
        self.has_others |= mask.is_some();
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        // Text that was recognized lies under many a scan, not to be seen.
        self.has_others |= !matches!(mode, DrawMode::Invisible);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let [a, b, c, d, _, _] = props.transform.as_coeffs();
        let (wide, high) = (a.hypot(b) as f32, c.hypot(d) as f32);
        let covered = (a * d - b * c).abs() as f32 * image.width() as f32 * image.height() as f32;
        // A small picture in high resolution, such as a seal, does not decide the resolution of the page.
        if covered > LEAST_PART * self.area && wide.min(high) > 0.0 {
            self.finest = self.finest.max(1.0 / wide.min(high));
        }
        self.pictures += 1;
        // A fax has pixels higher than wide: drawn, they are square.
        self.has_others |= props.soft_mask.is_some() || !(1.0 / UNEVEN..UNEVEN).contains(&(wide / high));
        let Image::Raster(raster) = image else {
            self.has_others = true;
            return;
        };
        if !self.wants_picture || u64::from(raster.width()) * u64::from(raster.height()) > MAX_DRAWN {
            return;
        }
        let mut picture = None;
        raster.with_rgba(
            |image, alpha| {
                let (width, height) = (image.width() as usize, image.height() as usize);
                let pixels = match image {
                    ImageData::Rgb(rgb) => Colours::Rgb.greys(rgb.data),
                    ImageData::Luma(luma) => luma.data,
                };
                if alpha.is_none() {
                    picture = Grey::new(width, height, pixels);
                }
            },
            None,
        );
        self.picture = picture;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Refuses a PDF whose compressed streams hold too much: the rasterizer has no limit of its own. Streams within streams
/// are looked into.
fn refuse_bombs(bytes: &[u8]) -> Result<()> {
    let mut total = 0u64;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(6).position(|window| window == b"stream")) {
        at += found + 6;
        let body = bytes.get(at..).unwrap_or_default();
        let body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .or_else(|| body.strip_prefix(b"\r"))
            .unwrap_or(body);
        let inner = |bytes: &[u8]| bytes.first().is_some_and(|byte| byte & 0x0F == 8);
        if inner(body) {
            total = total.saturating_add(inflated_length(body, 3)?);
            if total > MAX_STREAMS {
                return Err(wrong(PictureFault::Streams));
            }
        }
    }
    Ok(())
}

/// The bytes that zlib data holds, and those that its contents hold should they be zlib data too, down to a depth.
fn inflated_length(data: &[u8], depth: usize) -> Result<u64> {
    let mut inflater = deflate::reader(data);
    let mut buffer = vec![0; 64 * 1024];
    let (mut length, mut head) = (0u64, Vec::new());
    loop {
        // What is no zlib data, or breaks off, holds what came before.
        let read = inflater.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            break;
        }
        length += read as u64;
        if length > MAX_STREAM {
            return Err(wrong(PictureFault::Streams));
        }
        if head.len() < MAX_NESTED {
            head.extend_from_slice(buffer.get(..read).unwrap_or_default());
        }
    }
    let nested = head.len() >= 2 && head.first() == Some(&0x78) && depth > 0;
    Ok(length + if nested { inflated_length(&head, depth - 1)? } else { 0 })
}

/// Most bytes of a stream that are searched for a stream within it: 16 MiB of zlib data can hold thirty times what a
/// stream may.
const MAX_NESTED: usize = 16 * 1024 * 1024;

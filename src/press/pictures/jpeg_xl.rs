//! JPEG XL files -> grey pictures. The one file that names the crate jxl-oxide.

use jxl_oxide::{AllocTracker, JxlImage, JxlThreadPool, PixelFormat};

use super::budget::{Allowance, Budget, MAX_ALLOCATION};
use super::grey::{Colours, PictureSink, damaged, wrong};
use crate::error::Result;
use crate::error::fault::PictureFault;
use crate::optics::raster::Grey;

/// Whether bytes begin like JPEG XL (ISO/IEC 18181-2): bare, or in boxes.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\x0A") || bytes.starts_with(b"\0\0\0\x0CJXL \r\n\x87\n")
}

/// Takes each picture of a JPEG XL file.
///
/// # Errors
/// As for every picture file.
pub(crate) fn read(bytes: &[u8], allowance: Allowance, take: &mut PictureSink<'_>) -> Result<()> {
    let most = usize::try_from(MAX_ALLOCATION).unwrap_or(usize::MAX);
    let builder = JxlImage::builder().alloc_tracker(AllocTracker::with_limit(most)).pool(JxlThreadPool::none());
    let image = builder.read(bytes).map_err(damaged)?;
    let (width, height) = (image.width(), image.height());
    let colours = match image.pixel_format() {
        PixelFormat::Gray => Colours::Grey,
        PixelFormat::Graya => Colours::GreyAlpha,
        PixelFormat::Rgb => Colours::Rgb,
        PixelFormat::Rgba => Colours::RgbAlpha,
        PixelFormat::Cmyk | PixelFormat::Cmyka => return Err(wrong(PictureFault::Colours)),
    };
    let mut budget = Budget::new(allowance);
    let pictures = image.num_loaded_keyframes();
    for number in 0..pictures {
        let page = budget.spend(width.into(), height.into())?;
        let picture = image.render_frame(number).map_err(damaged).and_then(|render| {
            let mut stream = render.stream();
            let (width, height) = (stream.width() as usize, stream.height() as usize);
            let mut samples = vec![0u8; width * height * stream.channels() as usize];
            stream.write_to_buffer(&mut samples);
            Grey::new(width, height, colours.greys(samples)).ok_or_else(|| wrong(PictureFault::NoPixels))
        });
        take((pictures > 1).then_some(page), picture);
    }
    if pictures == 0 { Err(wrong(PictureFault::NoPicture)) } else { Ok(()) }
}

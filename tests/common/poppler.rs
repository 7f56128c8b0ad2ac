//! PDFs as poppler draws them: a renderer that is not ours.

use std::path::Path;
use std::process::Command;

use image::GrayImage;

/// The pages of a PDF in grey, up to the last asked for.
pub fn draw(pdf: &Path, dpi: f32, last: Option<usize>) -> Vec<GrayImage> {
    let folder = tempfile::tempdir().unwrap();
    let last = last.unwrap_or(100_000).to_string();
    let status = Command::new("pdftoppm")
        .args(["-gray", "-r", &dpi.to_string(), "-l", &last])
        .arg(pdf)
        .arg(folder.path().join("page"))
        .status()
        .expect("pdftoppm is missing: apt-get install poppler-utils");
    assert!(status.success());
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names.iter().map(|path| pgm(&std::fs::read(path).unwrap())).collect()
}

/// Reads what `pdftoppm -gray` writes: a binary PGM.
fn pgm(bytes: &[u8]) -> GrayImage {
    let text: Vec<&[u8]> = bytes.splitn(4, |byte| byte.is_ascii_whitespace()).collect();
    let number = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().parse::<u32>().unwrap();
    assert_eq!(text[0], b"P5");
    let (width, height) = (number(text[1]), number(text[2]));
    GrayImage::from_raw(width, height, bytes[bytes.len() - (width * height) as usize..].to_vec()).unwrap()
}

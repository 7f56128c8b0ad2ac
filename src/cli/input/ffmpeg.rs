//! Films, cameras and AVIF -> grey pictures, by the program ffmpeg, where it is installed. It may open the given file
//! only: no file that a playlist names, and it writes none.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::child::{self, ProcessLimits, Watch};
use crate::error::program::{ProgramError, Result};
use crate::optics::raster::Grey;
use crate::press::pictures::picture;

/// The program, looked for where the system looks for programs.
const PROGRAM: &str = "ffmpeg";
/// Limits of decoding a film.
const LIMITS: ProcessLimits =
    ProcessLimits { picture: Duration::from_secs(20), file: Duration::from_secs(1_800), memory: 1_000_000_000 };
/// A camera runs as long as somebody holds it.
const CAMERA_LIMITS: ProcessLimits = ProcessLimits { file: Duration::from_secs(24 * 3_600), ..LIMITS };
/// Most pixels of one picture of a film: more than 8K has.
const MAX_PIXELS: usize = 40_000_000;
/// Longest line of a picture's header.
const MAX_HEADER: u64 = 100;

/// What pictures come from.
#[derive(Debug, Clone, Copy)]
pub enum FilmSource<'a> {
    /// A film in a file, in a container of this name.
    File(&'a Path, &'static str),
    /// A film in memory, from its beginning to its end.
    Bytes(&'a [u8], &'static str),
    /// A camera, by the name that the system has for it.
    Camera(&'a str),
}

/// ffmpeg's name of the container of a film or an AVIF picture, by the first bytes of the file; `None` for others. Only
/// these demuxers are allowed: others, such as playlists, open further files.
pub fn container(head: &[u8]) -> Option<&'static str> {
    let at = |from: usize, bytes: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(bytes));
    // HEIC has the same boxes, but has a reader of its own.
    if at(4, b"ftyp") && !picture::is_heic(head) || at(4, b"moov") || at(4, b"mdat") {
        return Some("mov");
    }
    if at(0, b"\x1A\x45\xDF\xA3") {
        return Some("matroska");
    }
    if at(0, b"RIFF") && at(8, b"AVI ") {
        return Some("avi");
    }
    if at(0, b"FLV\x01") {
        return Some("flv");
    }
    if at(0, b"\0\0\x01\xBA") {
        return Some("mpeg");
    }
    if at(0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11") {
        return Some("asf");
    }
    // A packet of 188 bytes, and the beginning of the next.
    let is_text = std::str::from_utf8(head).is_ok();
    (at(0, b"G") && at(188, b"G") && at(376, b"G") && !is_text).then_some("mpegts")
}

/// The command line. ffmpeg from version 5.1 on `knows_modes`: then each picture comes once; older versions repeat
/// some.
fn command(source: FilmSource<'_>, knows_modes: bool) -> Command {
    let mut command = Command::new(PROGRAM);
    // This variable would make it write a log file.
    command.env_remove("FFREPORT");
    command.args(["-nostdin", "-v", "quiet", "-threads", "4", "-max_pixels", &MAX_PIXELS.to_string()]);
    let file = |path: &Path| {
        let mut name = std::ffi::OsString::from("file:");
        name.push(path);
        name
    };
    match source {
        FilmSource::File(path, container) => {
            command.args(["-protocol_whitelist", "file", "-f", container, "-i"]).arg(file(path))
        }
        FilmSource::Bytes(_, container) => {
            command.args(["-protocol_whitelist", "pipe", "-f", container, "-i", "pipe:0"])
        }
        FilmSource::Camera(device) => {
            let (kind, device) = if cfg!(target_os = "macos") {
                ("avfoundation", device.to_owned())
            } else if cfg!(windows) {
                ("dshow", format!("video={device}"))
            } else {
                ("v4l2", device.to_owned())
            };
            command.args(["-f", kind, "-i", &device])
        }
    };
    // Sound, subtitles and attachments are left alone.
    command.args(["-map", "0:v:0", "-an", "-sn", "-dn", "-pix_fmt", "gray"]);
    if knows_modes {
        command.args(["-fps_mode", "passthrough"]);
    }
    command.args(["-c:v", "pgm", "-f", "image2pipe", "-protocol_whitelist", "pipe", "pipe:1"]);
    command
}

/// Gives the pictures in their order, until they end or no more are wanted.
///
/// # Errors
/// [`ProgramError::FilmNoProgram`] where the program is not installed, [`ProgramError::FilmUnread`] where it gives no
/// picture, [`ProgramError::FilmTooMuch`] where it takes more time or memory than it may, and those of `take`.
pub fn read(source: FilmSource<'_>, take: &mut dyn FnMut(Grey) -> Result<ControlFlow<()>>) -> Result<()> {
    match read_by(command(source, true), source, take) {
        Err(ProgramError::FilmUnread) => read_by(command(source, false), source, take),
        read => read,
    }
}

fn read_by(
    mut command: Command,
    source: FilmSource<'_>,
    take: &mut dyn FnMut(Grey) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let input = if let FilmSource::Bytes(bytes, _) = source { Some(bytes) } else { None };
    let limits = if matches!(source, FilmSource::Camera(_)) { CAMERA_LIMITS } else { LIMITS };
    let run = child::run(&mut command, input, limits, |stdout, watch| pictures(stdout, watch, take));
    let run = run.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ProgramError::FilmNoProgram,
        _ => ProgramError::FilmUnread,
    });
    match run? {
        // Pictures before the end were processed.
        (Ok(()) | Err(ProgramError::FilmUnread), true) => Err(ProgramError::FilmTooMuch),
        (read, _) => read,
    }
}

/// Takes pictures from the program: each is a header of three lines, and its pixels.
fn pictures(
    mut from: impl BufRead,
    watch: &Watch,
    take: &mut dyn FnMut(Grey) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut taken = 0u64;
    while let Some(picture) = picture(&mut from) {
        taken += 1;
        if watch.meanwhile(|| take(picture))?.is_break() {
            return Ok(());
        }
    }
    if taken == 0 { Err(ProgramError::FilmUnread) } else { Ok(()) }
}

fn picture(from: &mut impl BufRead) -> Option<Grey> {
    let mut line = || {
        let mut line = String::new();
        from.take(MAX_HEADER).read_line(&mut line).ok()?;
        Some(line)
    };
    let (kind, size, depth) = (line()?, line()?, line()?);
    if kind.trim_end() != "P5" || depth.trim_end() != "255" {
        return None;
    }
    let (width, height) = size.trim_end().split_once(' ')?;
    let (width, height) = (width.parse::<usize>().ok()?, height.parse::<usize>().ok()?);
    let mut pixels = vec![0; width.checked_mul(height).filter(|count| *count <= MAX_PIXELS)?];
    from.read_exact(&mut pixels).ok()?;
    Grey::new(width, height, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn films_are_known_by_their_first_bytes() {
        assert_eq!(container(b"\0\0\0\x20ftypisom"), Some("mov"));
        assert_eq!(container(b"\0\0\0\x20ftypavif"), Some("mov"));
        assert_eq!(container(b"\0\0\0\x20ftypheic"), None);
        assert_eq!(container(b"\x1A\x45\xDF\xA3\x01"), Some("matroska"));
        assert_eq!(container(b"RIFF\0\0\0\0AVI LIST"), Some("avi"));
        assert_eq!(container(b"RIFF\0\0\0\0WEBPVP8 "), None);
        // A list of other files is not opened.
        assert_eq!(container(b"#EXTM3U\nfile:///etc/passwd"), None);
        assert_eq!(container(b"ffconcat version 1.0\nfile a"), None);
        assert_eq!(container(b"Good morning"), None);
        assert_eq!(container(b""), None);
    }

    #[test]
    fn what_is_no_picture_ends_a_film() {
        let mut taken = Vec::new();
        let mut take = |picture: Grey| {
            taken.push(picture.width());
            Ok(ControlFlow::Continue(()))
        };
        let film: &[u8] = b"P5\n2 1\n255\nabP5\n3 1\n255\nabcP5\n9999999 9999999\n255\n";
        assert_eq!(pictures(film, &Watch::default(), &mut take), Ok(()));
        assert_eq!(taken, [2, 3]);
        assert_eq!(
            pictures(&b"P6\n1 1\n255\nabc"[..], &Watch::default(), &mut |_| panic!()),
            Err(ProgramError::FilmUnread)
        );
    }
}

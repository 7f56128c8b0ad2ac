//! `reader` and `serve`: the page that reads letters, which src/web/build makes; and the page with a letter inside, for
//! screens.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::arguments::{Reader, Serve};
use super::{COMPLETE, ERROR, FALSE, files, say};
use crate::codec::armor;
use crate::codec::envelope::{Envelope, MAX_ENVELOPE};
use crate::codec::hash::sha256;
use crate::error::{Error, Result};
use crate::web::still;
use crate::words::{Label, PageIs};

/// The page.
pub const READER: &str = include_str!("../web/reader.html");
/// The places in it where a letter goes, and where its show goes that needs no script.
const ENVELOPE: &str = "<script type=\"text/plain\" id=\"envelope\">";
const STILL: &str = "<div id=\"still\">";

/// The page with a letter inside, which it shows when it is opened.
pub fn screen(envelope: &Envelope) -> String {
    let with = |page: String, place: &str, text: &str| page.replacen(place, &format!("{place}{text}"), 1);
    let page = with(READER.to_owned(), STILL, &still::still(envelope).unwrap_or_default());
    with(page, ENVELOPE, &armor::armor(envelope))
}

/// `reader`: the page alone, or whether a file is it.
pub fn reader(options: &Reader) -> Result<u8> {
    if let Some(path) = &options.check {
        return check(path);
    }
    let Some(out) = &options.out else { return Ok(ERROR) };
    files::write(out, READER.as_bytes(), options.force)?;
    if !files::is_standard(out) {
        say::result(say::line(say::language().label(Label::Written), &out.display().to_string()).as_bytes())?;
        say::result(say::line(say::language().label(Label::Sha256), &fingerprint(READER.as_bytes())).as_bytes())?;
    }
    Ok(COMPLETE)
}

/// Whether a file is the page of this version, byte for byte, or that page with a letter inside.
fn check(path: &Path) -> Result<u8> {
    // What is larger is another page anyway.
    let bytes = files::read_up_to(path, 2 * MAX_ENVELOPE as u64)?;
    let is_page = bytes == READER.as_bytes();
    let holds = || -> Option<Envelope> {
        let text = std::str::from_utf8(&bytes).ok()?;
        let envelope = armor::find_all(text.as_bytes()).next()?.ok()?;
        (screen(&envelope) == text).then_some(envelope)
    };
    let page = if is_page {
        PageIs::Ours
    } else {
        holds().map_or(PageIs::Another, |envelope| PageIs::OursWithLetter(envelope.object_id().to_string()))
    };
    let words = say::language();
    say::result(format!("{}\n", words.page_is(&page)).as_bytes())?;
    // With a letter inside, the digits that are published are those of the page without it.
    let page_alone = if matches!(page, PageIs::Another) { &bytes } else { READER.as_bytes() };
    say::result(say::line(words.label(Label::Sha256), &fingerprint(page_alone)).as_bytes())?;
    Ok(if page == PageIs::Another { FALSE } else { COMPLETE })
}

/// The SHA-256 of a file, in hexadecimal digits.
pub fn fingerprint(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Most connections at once.
const MOST_WAITING: usize = 16;
/// Most bytes of a request that are looked at, and how long one may take.
const MOST_REQUEST: usize = 8192;
const PATIENCE: Duration = Duration::from_secs(5);

/// `serve`: the page for this computer's own browsers, which give a camera to pages that are served, until it is
/// interrupted.
pub fn serve(options: &Serve) -> Result<u8> {
    let address = (Ipv4Addr::LOCALHOST, options.port);
    let failed =
        |error: std::io::Error| Error::File { path: format!("127.0.0.1:{}", options.port), why: error.to_string() };
    let listener = TcpListener::bind(address).map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    say::result(format!("http://127.0.0.1:{port}/\n").as_bytes())?;
    say::note(say::language().serving());
    // Browsers open connections that they may need later: one that says nothing keeps nobody waiting. Where there are
    // too many, the oldest is closed.
    let open: Arc<Mutex<VecDeque<(u64, TcpStream)>>> = Arc::default();
    for (number, stream) in (0..).zip(listener.incoming().flatten()) {
        let Ok(other) = stream.try_clone() else { continue };
        let mut open_now = open.lock().unwrap_or_else(PoisonError::into_inner);
        open_now.push_back((number, other));
        if open_now.len() > MOST_WAITING
            && let Some((_, oldest)) = open_now.pop_front()
        {
            let _ = oldest.shutdown(Shutdown::Both);
        }
        drop(open_now);
        let open = Arc::clone(&open);
        std::thread::spawn(move || {
            // Whoever is slow or speaks nonsense is let go of.
            let _ = answer(stream, port);
            open.lock().unwrap_or_else(PoisonError::into_inner).retain(|(other, _)| *other != number);
        });
    }
    Ok(COMPLETE)
}

fn answer(mut stream: TcpStream, port: u16) -> std::io::Result<()> {
    let end = Instant::now() + PATIENCE;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut request = Vec::new();
    let mut part = [0; 1024];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < MOST_REQUEST && Instant::now() < end {
        let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        stream.set_read_timeout(Some(left))?;
        let count = stream.read(&mut part)?;
        if count == 0 {
            break;
        }
        request.extend_from_slice(&part[..count]);
    }
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    // A site that gives its own name this address learns nothing.
    let host = format!("\r\nhost: 127.0.0.1:{port}\r\n");
    let is_ours = String::from_utf8_lossy(&request).to_ascii_lowercase().contains(&host);
    let (status, body, head_only) = match line.split(|byte| *byte == b' ').collect::<Vec<_>>()[..] {
        _ if !is_ours => ("421 Misdirected Request", "", false),
        [b"GET", b"/", _] => ("200 OK", READER, false),
        [b"HEAD", b"/", _] => ("200 OK", READER, true),
        [b"GET" | b"HEAD", ..] => ("404 Not Found", "", false),
        _ => ("405 Method Not Allowed", "", false),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(if head_only { b"" } else { body.as_bytes() })
}

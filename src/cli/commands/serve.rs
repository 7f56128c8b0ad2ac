//! `serve`: the page for this computer's own browsers, which give a camera to pages that are served.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::args::ServeOptions;
use crate::cli::exit::COMPLETE;
use crate::cli::output::reader_page::READER;
use crate::cli::terminal;
use crate::error::program::{ProgramError, Result};

/// Most connections at once.
const MOST_WAITING: usize = 16;
/// Most bytes of a request that are looked at, and how long one may take.
const MOST_REQUEST: usize = 8192;
const PATIENCE: Duration = Duration::from_secs(5);

/// `serve`: the page for this computer's own browsers, which give a camera to pages that are served, until it is
/// interrupted.
pub fn run(options: &ServeOptions) -> Result<u8> {
    let address = (Ipv4Addr::LOCALHOST, options.port);
    let failed = |error: std::io::Error| ProgramError::file(format!("127.0.0.1:{}", options.port), &error);
    let listener = TcpListener::bind(address).map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    terminal::result(format!("http://127.0.0.1:{port}/\n").as_bytes())?;
    terminal::note(terminal::language().serving());
    // Browsers open spare connections, so each has a thread. Beyond [`MOST_WAITING`] the oldest is closed.
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
            // Errors of a connection end that connection.
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
        request.extend(part.iter().take(count));
    }
    let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
    // Against DNS rebinding: only requests to 127.0.0.1 itself are answered.
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

//! The codes of a picture, and those that are seen and not read: `cargo run --example scan_picture PICTURE`.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::{env, fs};

use shabnameh::codec::letter::printable;
use shabnameh::optics::scan::{Effort, scan_with};
use shabnameh::press::pictures::picture;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("give a picture")?;
    picture::read(&fs::read(path)?, &mut |page, grey| match grey {
        Err(error) => println!("{error}"),
        Ok(grey) => {
            let scan = scan_with(&grey, Effort::Normal);
            println!("page {}: {} by {} pixels", page.unwrap_or(1), grey.width(), grey.height());
            for code in scan.codes {
                // What strangers write may hold escape sequences, which a terminal obeys.
                println!("  version {}, {}", code.version, printable(&String::from_utf8_lossy(&code.bytes)));
            }
            for unread in scan.unread {
                println!("  not read: {} at {:?}", unread.why.name(), unread.corners[0]);
            }
        }
    })?;
    Ok(())
}

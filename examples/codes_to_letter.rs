//! Texts of codes, from standard input, to the letters that are complete: `cargo run --example codes_to_letter < CODES`.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{self, Read};

use shabnameh::codec::letter::printable;
use shabnameh::codec::trust::{SignatureStatus, Trust};

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    // Nobody's key is known here: a signed letter is by someone unknown.
    for opened in shabnameh::from_text(&text, &Trust::nobody()) {
        let who = match opened.signature_status() {
            SignatureStatus::Trusted { name, .. } => format!("signed by {name}"),
            SignatureStatus::Unknown { .. } => "signed by a key that is not known".into(),
            SignatureStatus::Unsigned => "not signed".into(),
            SignatureStatus::False { .. } => "signature false".into(),
        };
        // A letter with a false signature is not given.
        let letter = opened.letter()?;
        println!("{who}: {} bytes", letter.content().len());
        // What strangers write may hold escape sequences, which a terminal obeys.
        letter.text().unwrap_or("(no text)").lines().for_each(|line| println!("{}", printable(line)));
    }
    Ok(())
}

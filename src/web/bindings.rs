//! What the page's script may call. Results are JSON, and so are errors that are thrown: see [`json::error`]. The one
//! file that names the wasm-bindgen crate.

use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use super::collector::Collector;
use super::show::Show;
use super::{closing, json, still};
use crate::codec::armor;
use crate::codec::encryption::{self, Keyring, Lock};
use crate::codec::envelope::{Envelope, ObjectId, Opened};
use crate::codec::keys::{PublicKey, SecretKey};
use crate::codec::letter::Letter;
use crate::codec::secret::{self, Secret, SecretText};
use crate::codec::trust::Trust;
use crate::error::{Error, Result};
use crate::optics::animation::Animation;
use crate::optics::film::FilmReader;
use crate::optics::fusion::Fusion;
use crate::optics::qr::{Level, QrCode, QrVersion};
use crate::optics::raster::Grey;
use crate::optics::scan::{self, Effort};
use crate::words::everywhere_in;

/// What is thrown: see [`json::error`].
type Thrown = String;

fn throw<T>(result: Result<T>) -> std::result::Result<T, Thrown> {
    result.map_err(|error| json::error(&error).to_string())
}

fn id_of(hex: &str) -> Result<ObjectId> {
    ObjectId::from_hex(hex).ok_or(Error::ObjectId)
}

/// Reads the codes of pictures.
#[wasm_bindgen]
#[derive(Default)]
pub struct Scanner {
    film: FilmReader,
    fusion: Fusion,
}

#[wasm_bindgen]
impl Scanner {
    /// A scanner that has seen nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Scanner {
        Scanner::default()
    }

    /// The codes of a grey photo, and of photos before it that it completes: see [`json::look`].
    pub fn photo(&mut self, pixels: Vec<u8>, width: usize, height: usize) -> String {
        let scan = Grey::new(width, height, pixels).map(|picture| scan::scan_with(&picture, Effort::Normal));
        let (mut codes, mut unread) = scan.map_or_else(Default::default, |scan| (scan.codes, scan.unread));
        unread.retain(|unread| {
            let fused = self.fusion.add(unread);
            let is_read = fused.is_some();
            codes.extend(fused);
            !is_read
        });
        json::look(&codes, &unread).to_string()
    }

    /// The codes of a film's next picture: see [`json::codes`] and [`FilmReader::look`].
    pub fn film(&mut self, pixels: Vec<u8>, width: usize, height: usize, afresh: bool, patient: usize) -> String {
        let picture = Grey::new(width, height, pixels);
        json::codes(&picture.map(|picture| self.film.look(&picture, afresh, patient)).unwrap_or_default()).to_string()
    }
}

/// A GIF whose pictures are looked at one after the other, where a browser shows only the first.
#[wasm_bindgen]
pub struct Gif {
    animation: Animation,
}

#[wasm_bindgen]
impl Gif {
    /// The GIF in these bytes.
    ///
    /// # Errors
    /// For what is none, and one that is too large.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> std::result::Result<Gif, Thrown> {
        throw(Animation::new(bytes)).map(|animation| Gif { animation })
    }

    /// The codes of the next picture, as [`json::codes`] tells them; nothing after the last picture.
    pub fn next(&mut self) -> Option<String> {
        let picture = self.animation.next_picture()?;
        Some(json::codes(&scan::scan(&picture)).to_string())
    }
}

/// Collects letters.
#[wasm_bindgen]
#[derive(Default)]
pub struct Reader {
    reading: Collector,
}

#[wasm_bindgen]
impl Reader {
    /// A reader of nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Reader {
        Reader::default()
    }

    /// Takes the text of a code: `{"what": "new" | "known" | "forged" | "foreign" | "refused", "id"?, "error"?}`.
    pub fn code(&mut self, text: &str) -> String {
        json::came(&self.reading.code(text.as_bytes())).to_string()
    }

    /// Takes a text with codes or envelopes in it, or an envelope: an array of what [`Reader::code`] gives.
    ///
    /// # Errors
    /// Where there is nothing of ours in it.
    pub fn file(&mut self, bytes: &[u8]) -> std::result::Result<String, Thrown> {
        let all = throw(self.reading.file(bytes))?;
        Ok(json::all_that_came(&all).to_string())
    }

    /// Tells how far the collecting is: see [`json::collecting`].
    pub fn settle(&mut self, most: usize, stretches: usize) -> String {
        self.reading.settle();
        json::collecting(&self.reading, most, stretches).to_string()
    }

    /// The letters with enough symbols that do not decode, for forged ones among them, as an array of ids.
    pub fn spent(&self) -> String {
        Value::from_iter(self.reading.spent().map(|id| id.to_string())).to_string()
    }

    /// Searches for forged codes, which takes a while, and tells how far the collecting is.
    pub fn search(&mut self, most: usize, stretches: usize) -> String {
        self.reading.search();
        json::collecting(&self.reading, most, stretches).to_string()
    }

    /// The envelope of a complete letter; empty where there is none.
    pub fn envelope(&self, id: &str) -> Vec<u8> {
        let id = ObjectId::from_hex(id);
        id.and_then(|id| self.reading.done(id)).map(|envelope| envelope.bytes().to_vec()).unwrap_or_default()
    }

    /// Forgets a letter.
    ///
    /// # Errors
    /// For what is no object id.
    pub fn forget(&mut self, id: &str) -> std::result::Result<(), Thrown> {
        self.reading.forget(throw(id_of(id))?);
        Ok(())
    }
}

/// A letter out of its envelope.
#[wasm_bindgen]
pub struct OpenLetter {
    envelope: Envelope,
    opened: Opened,
    even_if_false: bool,
}

impl OpenLetter {
    fn letter(&self) -> Option<&Letter> {
        if self.even_if_false { Some(self.opened.letter_even_if_false()) } else { self.opened.letter().ok() }
    }
}

#[wasm_bindgen]
impl OpenLetter {
    /// What is told of it: see [`json::letter`]; of a false one only the claimed signer, unless it was opened with
    /// `even_if_false`.
    pub fn told(&self) -> String {
        json::letter(self.envelope.object_id(), self.opened.signature_status(), self.letter(), true).to_string()
    }

    /// The same, without its text.
    pub fn glance(&self) -> String {
        json::letter(self.envelope.object_id(), self.opened.signature_status(), self.letter(), false).to_string()
    }

    /// The letter's bytes; empty for a false one, unless it was opened with `even_if_false`.
    pub fn content(&self) -> Vec<u8> {
        self.letter().map(|letter| letter.content().to_vec()).unwrap_or_default()
    }
}

/// Opens an envelope. A damaged trust file trusts nobody; `passphrase` and `identity` may be empty.
///
/// # Errors
/// `Locked` where it is encrypted and nothing opens it; what is wrong with it.
#[wasm_bindgen]
pub fn open(
    bytes: Vec<u8>,
    trust: &str,
    passphrase: String,
    identity: String,
    even_if_false: bool,
) -> std::result::Result<OpenLetter, Thrown> {
    let (passphrase, identity) = (SecretText::new(passphrase), SecretText::new(identity));
    let opened = || -> Result<OpenLetter> {
        let envelope = Envelope::from_bytes(bytes)?;
        let mut keys = Keyring::empty();
        if !passphrase.is_empty() {
            keys.add_passphrase(passphrase.clone());
        }
        if !identity.is_empty() {
            keys.add_identities(&identity)?;
        }
        // Another page of the same origin may have damaged the trust file: then nobody is trusted, letters are still
        // opened, and [`trusted`] reports the error.
        let trust = Trust::from_text(trust).unwrap_or_else(|_| Trust::nobody());
        let opened = envelope.decrypt(&keys)?.open(&trust)?;
        Ok(OpenLetter { envelope, opened, even_if_false })
    };
    throw(opened())
}

/// The text armor of an envelope, for chats.
///
/// # Errors
/// For what is no envelope.
#[wasm_bindgen]
pub fn armored(envelope: Vec<u8>) -> std::result::Result<String, Thrown> {
    throw(Envelope::from_bytes(envelope).map(|envelope| armor::armor(&envelope)))
}

/// The show of an envelope for viewers that run no script, as an `svg` element; empty where it is too long.
///
/// # Errors
/// For what is no envelope.
#[wasm_bindgen]
pub fn still_show(envelope: Vec<u8>) -> std::result::Result<String, Thrown> {
    throw(Envelope::from_bytes(envelope).map(|envelope| still::still(&envelope).unwrap_or_default()))
}

/// Seals a letter for `everyone`, for who knows a `passphrase`, or for `recipients`: `secret` is the passphrase, or one
/// recipient a line. It is signed if there is a `secret_key`.
///
/// # Errors
/// What is wrong with the letter, a key or a passphrase.
#[wasm_bindgen]
pub fn seal(
    content: Vec<u8>,
    name: &str,
    title: &str,
    secret_key: String,
    key_passphrase: String,
    who: &str,
    secret: String,
) -> std::result::Result<Vec<u8>, Thrown> {
    let secrets = [secret_key, key_passphrase, secret].map(SecretText::new);
    throw(closing::sealed(content, [name, title], who, &secrets).map(|envelope| envelope.bytes().to_vec()))
}

/// Bytes sealed for a recipient of age.
///
/// # Errors
/// For what is no recipient.
#[wasm_bindgen]
pub fn close(bytes: &[u8], recipient: &str) -> std::result::Result<Vec<u8>, Thrown> {
    throw(closing::closed(bytes, recipient))
}

/// What was sealed by [`close`], opened with the identity.
///
/// # Errors
/// For another identity, and what was changed.
#[wasm_bindgen]
pub fn unclose(bytes: &[u8], identity: String) -> std::result::Result<Vec<u8>, Thrown> {
    throw(closing::unclosed(bytes, &SecretText::new(identity)))
}

/// The SHA-256 of a text, in hexadecimal digits.
#[wasm_bindgen]
pub fn digest(text: &str) -> String {
    crate::codec::hash::sha256(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is known of a public key, by its text: `{"key", "fingerprint"}`.
///
/// # Errors
/// For what is none.
#[wasm_bindgen]
pub fn public_key(text: &str) -> std::result::Result<String, Thrown> {
    throw(PublicKey::from_text(text).map(|key| json::key(&key).to_string()))
}

/// The trust file with one key more.
///
/// # Errors
/// For what is no key, or a name that another key has.
#[wasm_bindgen]
pub fn trust(file: &str, key: &str, name: &str) -> std::result::Result<String, Thrown> {
    let add = || -> Result<String> {
        let mut trust = Trust::from_text(file)?;
        trust.add(PublicKey::from_text(key)?, name)?;
        Ok(trust.to_text())
    };
    throw(add())
}

/// The trust file without a key.
///
/// # Errors
/// Where it is not in it.
#[wasm_bindgen]
pub fn distrust(file: &str, key: &str) -> std::result::Result<String, Thrown> {
    let forget = || -> Result<String> {
        let mut trust = Trust::from_text(file)?;
        trust.forget(key)?;
        Ok(trust.to_text())
    };
    throw(forget())
}

/// The keys of a trust file: `[{"key", "fingerprint", "name"}]`.
///
/// # Errors
/// For what is none.
#[wasm_bindgen]
pub fn trusted(file: &str) -> std::result::Result<String, Thrown> {
    let trust = throw(Trust::from_text(file))?;
    let key = |(key, name): (PublicKey, &str)| json!({ "key": key.to_base64(), "fingerprint": key.fingerprint().to_string(), "name": name });
    Ok(Value::from_iter(trust.keys().into_iter().map(key)).to_string())
}

/// A new signing key from 72 random bytes, encrypted with a passphrase: `{"secret", "key", "fingerprint"}`.
///
/// # Errors
/// For a passphrase that is too short, and too few bytes.
#[wasm_bindgen]
pub fn new_key(chance: Vec<u8>, passphrase: String) -> std::result::Result<String, Thrown> {
    let passphrase = SecretText::new(passphrase);
    let chance = Secret::new(chance);
    let make = || -> Result<Value> {
        // Minisign does not normalize passphrases: its file is encrypted with what was typed.
        closing::checked_passphrase(&passphrase)?;
        let (seed, salt) = chance.split_first_chunk().ok_or(Error::FieldInvalid { field: "chance" })?;
        let key = SecretKey::of_chance(seed);
        let salt = salt.first_chunk().ok_or(Error::FieldInvalid { field: "chance" })?;
        let file = key.to_light_file(&passphrase, salt)?;
        let public = key.public();
        Ok(json!({ "secret": *file, "key": public.to_base64(), "fingerprint": public.fingerprint().to_string() }))
    };
    throw(make().map(|key| key.to_string()))
}

/// Whether a secret key file asks for a passphrase.
///
/// # Errors
/// For what is no such file.
#[wasm_bindgen]
pub fn asks_passphrase(file: String) -> std::result::Result<bool, Thrown> {
    throw(SecretKey::asks_passphrase(&SecretText::new(file)))
}

/// The public key of a secret key file, which its passphrase opens: `{"key", "fingerprint"}`.
///
/// # Errors
/// For what is no such file, and another passphrase.
#[wasm_bindgen]
pub fn secret_key(file: String, passphrase: String) -> std::result::Result<String, Thrown> {
    let (file, passphrase) = (SecretText::new(file), SecretText::new(passphrase));
    throw(SecretKey::from_file(&file, Some(&passphrase)).map(|key| json::key(&key.public()).to_string()))
}

/// A new identity of age, encrypted with a passphrase: `{"recipient", "identity": [bytes]}`.
///
/// # Errors
/// For a passphrase that is too short.
#[wasm_bindgen]
pub fn new_identity(passphrase: String) -> std::result::Result<String, Thrown> {
    let passphrase = SecretText::new(passphrase);
    let make = || -> Result<Value> {
        let passphrase = closing::checked_passphrase(&passphrase)?;
        let (identity, recipient) = encryption::new_identity();
        let file = encryption::encrypt(identity.as_bytes(), &Lock::Passphrase(passphrase))?;
        Ok(json!({ "recipient": recipient, "identity": file }))
    };
    throw(make().map(|identity| identity.to_string()))
}

/// Decrypts an identity file.
///
/// # Errors
/// For another passphrase.
#[wasm_bindgen]
pub fn identity(file: &[u8], passphrase: String) -> std::result::Result<String, Thrown> {
    let passphrase = SecretText::new(passphrase);
    throw(encryption::identities_of(file, &|| Ok(passphrase.clone())).map(|identity| (*identity).clone()))
}

/// A passphrase of words, from two random bytes each.
#[wasm_bindgen]
pub fn passphrase(language: &str, chance: &[u8]) -> String {
    (*secret::of_words(everywhere_in(language).passphrase_words(), chance)).clone()
}

/// A text as a QR code, for any reader: its modules row by row, 1 dark, without quiet zone.
///
/// # Errors
/// Where it is too long.
#[wasm_bindgen]
pub fn plain_code(text: &str) -> std::result::Result<Vec<u8>, Thrown> {
    let fits = |version: &QrVersion| version.plain_bytes(Level::M) >= text.len();
    let version = (1..=40).filter_map(|number| QrVersion::new(number).ok()).find(fits).unwrap_or(QrVersion::MAX);
    throw(QrCode::plain(text, version, Level::M).map(|code| modules(&code)))
}

fn modules(code: &QrCode) -> Vec<u8> {
    code.rows().flatten().map(|dark| u8::from(*dark)).collect()
}

/// Shows an envelope on a screen.
#[wasm_bindgen]
pub struct Player {
    show: Show,
}

#[wasm_bindgen]
impl Player {
    /// A show in codes of this QR version, or of a lower one that serves as well.
    ///
    /// # Errors
    /// For what is no envelope, and a version that has no room for a symbol.
    #[wasm_bindgen(constructor)]
    pub fn new(envelope: Vec<u8>, version: u8) -> std::result::Result<Player, Thrown> {
        let show = || Show::new(Envelope::from_bytes(envelope)?, QrVersion::new(version)?);
        throw(show()).map(|show| Player { show })
    }

    /// `{"frames": of one round, "sufficient": how many restore the letter, "modules": on a side of each code}`.
    pub fn told(&self) -> String {
        let modules = self.show.version().modules();
        json!({ "frames": self.show.frames(), "sufficient": self.show.sufficient(), "modules": modules }).to_string()
    }

    /// The modules of the next code, row by row, 1 dark, without quiet zone.
    ///
    /// # Errors
    /// None that can be met.
    pub fn next(&mut self) -> std::result::Result<Vec<u8>, Thrown> {
        throw(self.show.next_code()).map(|code| modules(&code))
    }
}

//! Whom a reader trusts, and what it therefore says of a letter.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::keys::PublicKey;
use super::letter::printable;
use super::look::Look;
use crate::error::{Error, Result};

/// Most keys of a trust file.
const MAX_KEYS: usize = 10_000;
/// Most bytes of a name.
pub const MAX_NAME: usize = 100;

/// Who wrote a letter, as far as can be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureStatus {
    /// Signed by a key that is trusted, under this name; it may be empty.
    Trusted {
        /// The key.
        key: PublicKey,
        /// What the reader calls whoever holds it; never what the letter says.
        name: String,
    },
    /// Signed by a key that nobody has called trusted: by its fingerprint people may know it.
    Unknown {
        /// The key.
        key: PublicKey,
    },
    /// Not signed: anyone may have written it.
    Unsigned,
    /// It says it is signed by this key, and is not: someone has changed it, or never had the key.
    False {
        /// The key that it claims.
        key: PublicKey,
    },
}

impl SignatureStatus {
    /// Its name, for programs: `trusted`, `unknown`, `unsigned` or `false`.
    pub fn name(&self) -> &'static str {
        match self {
            SignatureStatus::Trusted { .. } => "trusted",
            SignatureStatus::Unknown { .. } => "unknown",
            SignatureStatus::Unsigned => "unsigned",
            SignatureStatus::False { .. } => "false",
        }
    }

    /// The key that signed the letter, or is said to have.
    pub fn key(&self) -> Option<&PublicKey> {
        match self {
            SignatureStatus::Trusted { key, .. }
            | SignatureStatus::Unknown { key }
            | SignatureStatus::False { key } => Some(key),
            SignatureStatus::Unsigned => None,
        }
    }
}

/// The keys that are trusted, by the names that their owner gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    names: BTreeMap<[u8; 32], Named>,
}

/// A key by its name, which looks like this: a list is as long as strangers like, and each name is held against all
/// others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    key: PublicKey,
    name: String,
    look: Look,
}

impl Trust {
    /// Trusts nobody.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// Trusts a key, under a name, which may be empty. A name that the key had is kept where the new one is empty.
    ///
    /// # Errors
    /// [`Error::FieldTooLong`] for a name of more than [`MAX_NAME`] bytes, [`Error::FieldInvalid`] for one with control
    /// characters, [`Error::NameTaken`] where another key has it, or one that looks like it: two keys of one name are
    /// how one is taken for the other.
    pub fn add(&mut self, key: PublicKey, name: &str) -> Result<()> {
        let name = name.trim();
        if name.len() > MAX_NAME {
            return Err(Error::FieldTooLong { field: "name", bytes: name.len(), max: MAX_NAME });
        }
        let look = Look::of(name);
        if printable(name) != name || !name.is_empty() && look.is_nothing() {
            return Err(Error::FieldInvalid { field: "name" });
        }
        if self.names.len() >= MAX_KEYS && !self.names.contains_key(&key.key()) {
            return Err(Error::FieldInvalid { field: "name" });
        }
        let alike = |known: &&Named| known.key.key() != key.key() && known.look.is_like(&look);
        if !name.is_empty()
            && let Some(taken) = self.names.values().find(alike)
        {
            return Err(Error::NameTaken { name: name.to_owned(), taken: taken.name.clone() });
        }
        self.insert(key, name, look);
        Ok(())
    }

    fn insert(&mut self, key: PublicKey, name: &str, look: Look) {
        let new = Named { key, name: name.to_owned(), look };
        match self.names.entry(key.key()) {
            Entry::Occupied(mut known) if !name.is_empty() => {
                // The key stays as it was when it became trusted.
                let key = known.get().key;
                known.insert(Named { key, ..new });
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => drop(place.insert(new)),
        }
    }

    /// Trusts the key of a name, or a key by its text, no more.
    ///
    /// # Errors
    /// [`Error::NoSuchName`].
    pub fn forget(&mut self, name: &str) -> Result<()> {
        let before = self.names.len();
        let given = PublicKey::from_text(name).map(|key| key.key());
        self.names.retain(|key, known| given != Ok(*key) && (known.name != name.trim() || known.name.is_empty()));
        if self.names.len() < before { Ok(()) } else { Err(Error::NoSuchName { name: name.to_owned() }) }
    }

    /// A key that is trusted, as it was when it became so, and its name; `None` where it is not. What a letter says of
    /// its key's id may be another.
    pub fn find(&self, key: &PublicKey) -> Option<(PublicKey, &str)> {
        self.names.get(&key.key()).map(|known| (known.key, known.name.as_str()))
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The trusted keys and their names, sorted by name.
    pub fn keys(&self) -> Vec<(PublicKey, &str)> {
        let mut keys: Vec<(PublicKey, &str)> =
            self.names.values().map(|known| (known.key, known.name.as_str())).collect();
        keys.sort_by_key(|(key, name)| (*name, *key));
        keys
    }

    /// From a trust file: a key's base64, a space and its name on each line; lines that begin with `#` are comments.
    /// Names that look alike are taken where they are not the same: they were accepted one by one, by a version that
    /// did not compare looks.
    ///
    /// # Errors
    /// [`Error::TrustFile`] with the number of the line.
    pub fn from_text(text: &str) -> Result<Self> {
        let mut trust = Trust::nobody();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (key, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let taken = PublicKey::from_text(key).and_then(|key| match trust.add(key, name) {
                Err(Error::NameTaken { name, taken }) if name != taken => {
                    trust.insert(key, &name, Look::of(&name));
                    Ok(())
                }
                taken => taken,
            });
            taken.map_err(|_| Error::TrustFile { line: number })?;
        }
        Ok(trust)
    }

    /// A trust file.
    pub fn to_text(&self) -> String {
        self.keys()
            .iter()
            .map(|(key, name)| format!("{} {name}", key.to_base64()).trim_end().to_owned() + "\n")
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::keys::SecretKey;

    fn key(first: u8) -> PublicKey {
        SecretKey::of_chance(&[first; 40]).public()
    }

    #[test]
    fn a_trust_file_comes_back() {
        let mut trust = Trust::nobody();
        trust.add(key(1), "اتحادیه").unwrap();
        trust.add(key(2), "").unwrap();
        trust.add(key(1), "").unwrap();
        assert_eq!(Trust::from_text(&trust.to_text()), Ok(trust.clone()));
        let name = |first| trust.find(&key(first)).map(|(_, name)| name);
        assert_eq!((name(1), name(2), name(3)), (Some("اتحادیه"), Some(""), None));
        let commented = format!("# mine\n\n{}", trust.to_text());
        assert_eq!(Trust::from_text(&commented), Ok(trust));
        assert_eq!(Trust::from_text("# a\nRWQx someone"), Err(Error::TrustFile { line: 2 }));
    }

    #[test]
    fn two_keys_never_have_one_name_and_names_are_plain() {
        let mut trust = Trust::nobody();
        trust.add(key(1), "union").unwrap();
        assert_eq!(trust.add(key(2), " union "), Err(Error::NameTaken { name: "union".into(), taken: "union".into() }));
        assert!(trust.add(key(2), "un\u{202E}oin").is_err() && trust.add(key(2), &"x".repeat(101)).is_err());
        for alike in ["Union", "un\u{200C}ion", "u nion"] {
            assert_eq!(trust.add(key(2), alike), Err(Error::NameTaken { name: alike.into(), taken: "union".into() }));
        }
        assert_eq!(trust.find(&key(2)), None);
        assert!(trust.forget("nobody").is_err() && trust.forget("").is_err() && trust.forget("union").is_ok());
        assert_eq!(trust.find(&key(1)), None);
        trust.add(key(1), "").unwrap();
        assert!(trust.forget(&key(1).to_base64()).is_ok() && trust.is_empty());
    }
}

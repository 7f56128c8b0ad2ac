//! Signing keys: Ed25519 (RFC 8032), in minisign's files, and their fingerprints.
//!
//! A key file is a comment line and a line of base64. The comment is not signed, so it is never shown, and never
//! believed.

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

use super::secret::{Secret32, SecretBytes, SecretText};
use super::{hash, rfc4648};
use crate::error::fault::KeyFault;
use crate::error::{Error, Result};

/// Longest key or signature file that is looked at, in bytes.
pub const MAX_KEY_FILE: usize = 16 * 1024;
/// What the first line of a key file, or of a signature, begins with.
pub(super) const COMMENT: &str = "untrusted comment: ";
/// Bytes of the salt of a secret key's passphrase.
pub const SALT: usize = 32;
/// Bytes of chance that a new key takes: its id, and its seed.
pub const CHANCE: usize = 8 + 32;

/// Marks Ed25519 in key files, and signatures of the bytes themselves.
pub(super) const ED25519: [u8; 2] = *b"Ed";
const SCRYPT: [u8; 2] = *b"Sc";
const BLAKE2B: [u8; 2] = *b"B2";
const NO_PASSPHRASE: [u8; 2] = [0, 0];

/// The work that minisign asks for where a passphrase is to keep a secret: scrypt with N = 2^20, r = 8, p = 1, which
/// takes 1 GiB.
const WORK: ScryptCost = ScryptCost { operations: 33_554_432, memory: 1_073_741_824 };
/// What a phone can do: N = 2^16, 64 MiB, as for a letter's passphrase.
const LIGHT_WORK: ScryptCost = ScryptCost { operations: 2_097_152, memory: 67_108_864 };
/// The most that a key file may ask for: what [`WORK`] does.
const MAX_LOG_N: u8 = 20;

/// A public key, which verifies signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey {
    /// Chosen by chance when the key was made; says which key a signature is by. Anyone can make another key of the
    /// same id.
    id: [u8; 8],
    key: [u8; 32],
}

impl PublicKey {
    /// Bytes of a key with its id.
    pub const BYTES: usize = 8 + 32;

    /// From its id and its 32 bytes. Whether they are a point of the curve is seen when a signature is verified.
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let (mut id, mut key) = ([0; 8], [0; 32]);
        id.iter_mut().chain(&mut key).zip(bytes).for_each(|(to, from)| *to = from);
        PublicKey { id, key }
    }

    /// Its id and its 32 bytes.
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes.iter_mut().zip(self.id.into_iter().chain(self.key)).for_each(|(to, from)| *to = from);
        bytes
    }

    /// The key's id.
    pub fn id(&self) -> [u8; 8] {
        self.id
    }

    /// The 32 bytes that are trusted or not: the id is not part of it.
    pub fn key(&self) -> [u8; 32] {
        self.key
    }

    /// From a key file, or from its base64 alone.
    ///
    /// # Errors
    /// [`Error::KeyFile`].
    pub fn from_text(text: &str) -> Result<Self> {
        let wrong = Error::KeyFile { why: KeyFault::NoPublicKey };
        let bytes = base64_line(text, 0).ok_or_else(|| wrong.clone())?;
        let bytes: [u8; 42] = bytes.try_into().map_err(|_| wrong.clone())?;
        match bytes.split_first_chunk::<2>() {
            Some((algorithm, rest)) if *algorithm == ED25519 => {
                Ok(Self::from_bytes(rest.try_into().map_err(|_| wrong)?))
            }
            _ => Err(wrong),
        }
    }

    /// Its base64, 56 characters that begin with `RW`.
    pub fn to_base64(self) -> String {
        rfc4648::encode(&[&ED25519[..], &self.to_bytes()].concat())
    }

    /// A key file.
    pub fn to_file(self) -> String {
        format!("{COMMENT}minisign public key {}\n{}\n", hexadecimal(self.id), self.to_base64())
    }

    /// What people compare.
    pub fn fingerprint(&self) -> Fingerprint {
        let hash = hash::sha512(&[b"shabnameh fingerprint 1", &self.key]);
        let group = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)) % 100_000;
        let mut groups = [0; Fingerprint::GROUPS];
        groups.iter_mut().zip(hash.chunks(5)).for_each(|(to, bytes)| *to = group(bytes) as u32);
        Fingerprint(groups)
    }

    /// Whether a signature of a message is by this key: RFC 8032, section 5.1.7, without cofactors; never for keys and
    /// points of small order.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        VerifyingKey::from_bytes(&self.key).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
}

/// Thirty decimal digits that stand for a public key: what people compare by eye or voice. To find another key with the
/// same one takes some 2^99 tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u32; Fingerprint::GROUPS]);

impl Fingerprint {
    /// Groups of five digits.
    pub const GROUPS: usize = 6;
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let groups: Vec<String> = self.0.iter().map(|group| format!("{group:05}")).collect();
        f.write_str(&groups.join(" "))
    }
}

/// A secret key, which signs. It is wiped when it is dropped.
#[derive(Clone)]
pub struct SecretKey {
    public: PublicKey,
    seed: Secret32,
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey of {:?}", self.public)
    }
}

impl SecretKey {
    /// A new key of bytes that were drawn by chance.
    pub fn of_chance(chance: &[u8; CHANCE]) -> Self {
        let (mut id, mut seed) = ([0; 8], Secret32::default());
        id.iter_mut().chain(seed.iter_mut()).zip(chance).for_each(|(to, from)| *to = *from);
        Self::of_seed(id, seed)
    }

    fn of_seed(id: [u8; 8], seed: Secret32) -> Self {
        let key = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        SecretKey { public: PublicKey { id, key }, seed }
    }

    /// The public key that verifies what this one signs.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        SigningKey::from_bytes(&self.seed).sign(message).to_bytes()
    }

    /// Whether a secret key file asks for a passphrase.
    ///
    /// # Errors
    /// [`Error::KeyFile`].
    pub fn asks_passphrase(file: &str) -> Result<bool> {
        Ok(Stored::parse(file)?.derivation == SCRYPT)
    }

    /// From minisign's secret key file, and its passphrase where it has one.
    ///
    /// # Errors
    /// [`Error::KeyFile`] for what is none, or asks for more than 1 GiB; [`Error::WrongPassphrase`].
    pub fn from_file(file: &str, passphrase: Option<&str>) -> Result<Self> {
        let mut stored = Stored::parse(file)?;
        if stored.derivation == SCRYPT {
            let passphrase = passphrase.ok_or(Error::WrongPassphrase)?;
            stored.work.cover(passphrase, &stored.salt, &mut stored.secret)?;
        }
        let wrong = || Error::KeyFile { why: KeyFault::NoSecretKey };
        let (id, rest) = stored.secret.split_first_chunk::<8>().ok_or_else(wrong)?;
        let (both, checksum) = rest.split_first_chunk::<64>().ok_or_else(wrong)?;
        // Minisign leaves out the checksum where there is no passphrase; the public key below tells as well.
        if stored.derivation == SCRYPT && checksum_of(*id, both).as_slice() != checksum {
            return Err(Error::WrongPassphrase);
        }
        let (seed, public) = both.split_first_chunk::<32>().ok_or_else(wrong)?;
        let key = Self::of_seed(*id, Secret32::new(*seed));
        if key.public.key.as_slice() == public { Ok(key) } else { Err(wrong()) }
    }

    /// Minisign's secret key file, kept by a passphrase, with a salt that was drawn by chance.
    ///
    /// # Errors
    /// [`Error::KeyFile`] where there is not enough memory.
    pub fn to_file(&self, passphrase: &str, salt: &[u8; SALT]) -> Result<SecretText> {
        self.to_file_by(passphrase, salt, WORK)
    }

    /// The same for a phone, which has not so much memory: minisign reads it, but whoever guesses its passphrase has a
    /// sixteenth of the work.
    ///
    /// # Errors
    /// As for [`SecretKey::to_file`].
    pub fn to_light_file(&self, passphrase: &str, salt: &[u8; SALT]) -> Result<SecretText> {
        self.to_file_by(passphrase, salt, LIGHT_WORK)
    }

    fn to_file_by(&self, passphrase: &str, salt: &[u8; SALT], work: ScryptCost) -> Result<SecretText> {
        let mut both = SecretBytes::new(self.seed.to_vec());
        both.extend_from_slice(&self.public.key);
        let mut secret = SecretBytes::new(self.public.id.to_vec());
        secret.extend_from_slice(&both);
        secret.extend_from_slice(&checksum_of(self.public.id, &both));
        work.cover(passphrase, salt, &mut secret)?;
        let head = [ED25519, SCRYPT, BLAKE2B].concat();
        let numbers = [work.operations.to_le_bytes(), work.memory.to_le_bytes()].concat();
        let bytes = SecretBytes::new([&head, &salt[..], &numbers, &secret].concat());
        let text = SecretText::new(rfc4648::encode(&bytes));
        Ok(SecretText::new(format!("{COMMENT}minisign encrypted secret key\n{}\n", *text)))
    }
}

/// BLAKE2b of 32 bytes, over what a secret key holds.
fn checksum_of(id: [u8; 8], both: &[u8]) -> [u8; 32] {
    hash::blake2b_256(&[&ED25519, &id, both])
}

/// A secret key as its file has it.
struct Stored {
    derivation: [u8; 2],
    salt: [u8; SALT],
    work: ScryptCost,
    /// Id, seed, public key, checksum: 104 bytes, under a key stream where there is a passphrase.
    secret: SecretBytes,
}

impl Stored {
    fn parse(file: &str) -> Result<Self> {
        let wrong = || Error::KeyFile { why: KeyFault::NoSecretKey };
        let bytes = SecretBytes::new(base64_line(file, 0).ok_or_else(wrong)?);
        let (&[s0, s1, d0, d1, c0, c1], rest) = bytes.split_first_chunk::<6>().ok_or_else(wrong)?;
        let (salt, rest) = rest.split_first_chunk::<SALT>().ok_or_else(wrong)?;
        let (operations, rest) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
        let (memory, secret) = rest.split_first_chunk::<8>().ok_or_else(wrong)?;
        let derivation = [d0, d1];
        let known = [s0, s1] == ED25519 && [c0, c1] == BLAKE2B && [SCRYPT, NO_PASSPHRASE].contains(&derivation);
        if !known || secret.len() != 104 {
            return Err(wrong());
        }
        Ok(Stored {
            derivation,
            salt: *salt,
            work: ScryptCost { operations: u64::from_le_bytes(*operations), memory: u64::from_le_bytes(*memory) },
            secret: SecretBytes::new(secret.to_vec()),
        })
    }
}

/// How hard a passphrase is to try, in libsodium's two numbers.
#[derive(Debug, Clone, Copy)]
struct ScryptCost {
    operations: u64,
    memory: u64,
}

impl ScryptCost {
    /// log2 of scrypt's N, and its p, as libsodium takes them; r is 8.
    fn parameters(self) -> (u8, u32) {
        let operations = self.operations.max(32_768);
        let log2 = |most: u64| (1..63u8).find(|log| 1u64 << log > most / 2).unwrap_or(63);
        if operations < self.memory / 32 {
            (log2(operations / 32), 1)
        } else {
            let log_n = log2(self.memory / 1024);
            (log_n, (((operations / 4) >> log_n).min(0x3FFF_FFFF) / 8) as u32)
        }
    }

    /// Covers bytes by a stream that follows from the passphrase, or uncovers them: that is the same.
    fn cover(self, passphrase: &str, salt: &[u8; SALT], bytes: &mut [u8]) -> Result<()> {
        let (log_n, p) = self.parameters();
        let wrong = Error::KeyFile { why: KeyFault::TooMuchWork };
        if log_n > MAX_LOG_N || p > 4 {
            return Err(wrong);
        }
        let parameters = scrypt::Params::new(log_n, 8, p).map_err(|_| wrong.clone())?;
        let mut stream = SecretBytes::new(vec![0; bytes.len()]);
        scrypt::scrypt(passphrase.as_bytes(), salt, &parameters, &mut stream).map_err(|_| wrong)?;
        bytes.iter_mut().zip(stream.iter()).for_each(|(byte, cover)| *byte ^= cover);
        Ok(())
    }
}

/// The bytes of a line of base64: of a text that begins with a comment the line `at` after it, from 0; else the whole
/// text.
pub(super) fn base64_line(text: &str, at: usize) -> Option<Vec<u8>> {
    if text.len() > MAX_KEY_FILE {
        return None;
    }
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let line = if text.starts_with(COMMENT) { text.lines().nth(1 + at)? } else { text };
    rfc4648::decode(line.trim())
}

/// An id as minisign shows it: the number of its bytes, the first the least.
pub(super) fn hexadecimal(id: [u8; 8]) -> String {
    format!("{:016X}", u64::from_le_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quick to try: N = 2^10.
    const LIGHT: ScryptCost = ScryptCost { operations: 32_768, memory: 16_777_216 };

    fn key() -> SecretKey {
        SecretKey::of_chance(&std::array::from_fn(|i| i as u8))
    }

    #[test]
    fn key_files_come_back_with_the_passphrase_alone() {
        let file = key().to_file_by("گل سرخ", &[7; SALT], LIGHT).unwrap();
        assert!(SecretKey::asks_passphrase(&file).unwrap());
        assert_eq!(SecretKey::from_file(&file, Some("گل سرخ")).unwrap().public(), key().public());
        for wrong in [Some("گل زرد"), Some(""), None] {
            assert_eq!(SecretKey::from_file(&file, wrong).unwrap_err(), Error::WrongPassphrase);
        }
        let public = key().public();
        for text in [public.to_file(), public.to_base64(), public.to_file().replace('\n', "\r\n")] {
            assert_eq!(PublicKey::from_text(&text).unwrap(), public);
        }
        assert!(public.to_base64().starts_with("RW") && public.to_base64().len() == 56);
    }

    #[test]
    fn the_work_of_minisign_is_the_one_it_means() {
        assert_eq!(WORK.parameters(), (20, 1));
        assert_eq!(LIGHT.parameters(), (10, 1));
        assert_eq!(LIGHT_WORK.parameters(), (16, 1));
        let greedy = ScryptCost { operations: 1 << 40, memory: 1 << 40 };
        assert!(matches!(greedy.cover("", &[0; SALT], &mut [0]), Err(Error::KeyFile { .. })));
    }

    #[test]
    fn changed_key_files_are_refused() {
        let file = key().to_file_by("", &[7; SALT], LIGHT).unwrap();
        let line = file.lines().nth(1).unwrap();
        let bytes = rfc4648::decode(line).unwrap();
        for at in (0..bytes.len()).filter(|at| !(38..54).contains(at)) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(SecretKey::from_file(&rfc4648::encode(&changed), Some("")).is_err(), "byte {at}");
        }
        for end in 0..bytes.len() {
            assert!(SecretKey::from_file(&rfc4648::encode(&bytes[..end]), Some("")).is_err());
        }
        for text in ["", "RW", "untrusted comment: \n", &"A".repeat(MAX_KEY_FILE + 4)] {
            assert!(PublicKey::from_text(text).is_err() && SecretKey::from_file(text, None).is_err());
        }
    }

    #[test]
    fn fingerprints_are_thirty_digits_and_follow_from_the_key_alone() {
        let fingerprint = key().public().fingerprint().to_string();
        assert_eq!(fingerprint.split(' ').map(str::len).collect::<Vec<_>>(), [5; Fingerprint::GROUPS]);
        let other_id = PublicKey { id: [9; 8], ..key().public() };
        assert_eq!(other_id.fingerprint().to_string(), fingerprint);
    }

    #[test]
    fn keys_and_points_of_small_order_verify_nothing() {
        // The neutral element as key and as R, S = 0: true of every message by the bare equation.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert!(!PublicKey { id: [0; 8], key: neutral }.verifies(b"anything", &signature));
        let signed = key().sign(b"message");
        assert!(key().public().verifies(b"message", &signed) && !key().public().verifies(b"massage", &signed));
    }
}

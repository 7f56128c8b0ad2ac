//! Options that several commands have: how codes and leaflets are made, who signs a letter, and who may open it.

use std::path::PathBuf;

use clap::Args;

use crate::optics::qr::Level;
use crate::press::pages::paper::Paper;
use crate::prose::lines::Lines;

/// How codes and leaflets are made.
#[derive(Debug, Clone, Args)]
pub struct Making {
    /// Codes more than are needed, for each hundred that are: with 100, half of the codes may be lost
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    pub repair: u32,
    /// The paper
    #[arg(long, value_enum, ignore_case = true, default_value_t = Paper::A4)]
    pub paper: Paper,
    /// The QR error correction level; bigger modules help more than a higher level
    #[arg(long, value_enum, ignore_case = true, value_name = "LEVEL", default_value_t = Level::L)]
    pub error_correction: Level,
    /// The QR version of every code, 1 to 40 but not 23 [default: whichever up to 17 prints least]
    #[arg(long, value_name = "N")]
    pub qr_version: Option<u8>,
    /// Least side of a module on paper, in millimetres [default: 0.42; posters 1; archives by --dpi]
    #[arg(long, value_name = "MM")]
    pub module_mm: Option<f32>,
    /// The letter's language, as a tag like fa or ckb [default: guessed from its script]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The letter's title; travels with it
    #[arg(long)]
    pub title: Option<String>,
    /// Take out of a JPEG or PNG all that tells where, when, by whom and with what it was made
    #[arg(long)]
    pub strip: bool,
    /// Send the file itself, byte for byte: a document is not turned into text
    #[arg(long)]
    pub as_file: bool,
    /// Whether lines that an editor broke are joined again in print
    #[arg(long, value_enum, ignore_case = true, value_name = "HOW", default_value_t = Lines::Guess)]
    pub lines: Lines,
    /// Draw joined letters out a little where the spaces of a line would become wide
    #[arg(long)]
    pub kashida: bool,
}

impl Default for Making {
    /// As where no option is given.
    fn default() -> Self {
        Making {
            repair: 100,
            paper: Paper::A4,
            error_correction: Level::L,
            qr_version: None,
            module_mm: None,
            lang: None,
            title: None,
            strip: false,
            as_file: false,
            lines: Lines::Guess,
            kashida: false,
        }
    }
}

/// Who signs a letter, and who may open it.
#[derive(Debug, Clone, Default, Args)]
pub struct Sealing {
    /// Sign with this secret key, a file of minisign or keygen
    #[arg(long, value_name = "KEY", help_heading = "Signing")]
    pub sign: Option<PathBuf>,
    /// The file with the passphrase of the secret key; asked for where it is not given
    #[arg(long, value_name = "FILE", help_heading = "Signing")]
    pub key_passphrase_file: Option<PathBuf>,
    /// Take this signature, which minisign made elsewhere, instead of signing
    #[arg(
        long,
        value_name = "FILE.minisig",
        requires = "public_key",
        conflicts_with = "sign",
        help_heading = "Signing"
    )]
    pub signature: Option<PathBuf>,
    /// The public key of --signature: a file, or its text that begins with RW
    #[arg(long, value_name = "KEY", requires = "signature", help_heading = "Signing")]
    pub public_key: Option<String>,
    /// Encrypt: only who knows a passphrase, which is asked for, opens the letter; paper then carries codes alone
    #[arg(long, conflicts_with_all = ["passphrase_file", "recipient"], help_heading = "Encryption")]
    pub passphrase: bool,
    /// Encrypt with the passphrase in a file, or a descriptor like /dev/fd/3
    #[arg(long, value_name = "FILE", conflicts_with = "recipient", help_heading = "Encryption")]
    pub passphrase_file: Option<PathBuf>,
    /// Encrypt for this key of age or keygen, a file or its text; again for each who may open it
    #[arg(long, value_name = "age1...|FILE", help_heading = "Encryption")]
    pub recipient: Vec<String>,
}

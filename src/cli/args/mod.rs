//! The command line.

pub mod making;
pub mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::optics::scan::Effort;
use crate::press::forms::form::{Form, NUp};
use making::{Making, Sealing};
use values::{Forms, PlainName};

/// The command by which the program calls itself; hidden from help.
pub const READ_PAGES: &str = "draw-pdf";

/// Carries a letter through an internet shutdown: a letter becomes leaflets with codes, photos of some of the codes
/// become the letter again.
#[derive(Debug, Parser)]
#[command(name = "shabnameh", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 all that was begun is complete, 1 an error, 2 wrong usage, 3 not enough yet, 4 signed by a key that is not trusted, 5 not signed, 6 a false signature."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Those of the process; wrong usage ends the program, with exit code 2.
    pub fn of_process() -> Self {
        Self::parse()
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a kit of a letter: a leaflet and cards to print, a show for screens, each code as a picture, the whole as
    /// text to paste
    Encode(EncodeOptions),
    /// Make all that a courier carries of a letter, ready for an SD card: what encode makes, the reader page, and what
    /// to do with it
    Kit(EncodeOptions),
    /// Write the reader page alone: one file that reads letters on any phone, without a network
    Reader(ReaderOptions),
    /// Serve the reader page to this computer's own browser, which then may use the camera; nobody else can reach it
    Serve(ServeOptions),
    /// Print a letter in one form, or in all: leaflet, cards, booklet, zine, poster, archive
    Print(PrintOptions),
    /// Restore letters from photos, scans, PDFs, pasted text, in any mix and order
    Decode(DecodeOptions),
    /// Show what is in each picture: our codes, others, and what was refused and why
    Inspect(InspectOptions),
    /// Turn an envelope, or a letter, into text for chats and SMS
    Armor(ArmorOptions),
    /// Turn such text back into an envelope
    Unarmor(UnarmorOptions),
    /// Say who signed a letter: in its envelope, or by a signature file of minisign
    Verify(VerifyOptions),
    /// Make a key to sign with, or one to be written to
    Keygen(KeygenOptions),
    /// Keep the names of keys that you trust
    Trust(TrustOptions),
    /// Make a passphrase of words that can be remembered and read aloud
    Passphrase(PassphraseOptions),
    /// See where it breaks: a letter goes through printers, copiers, pockets and cameras, many times
    Trial(TrialOptions),
    /// Try it all out: encode a sample letter, lose half of its codes, decode the rest
    Demo(DemoOptions),
    /// Draw a PDF for another run of this program
    #[command(hide = true, name = READ_PAGES)]
    ReadPages(ReadPagesOptions),
}

/// Options of the command by which the program calls itself.
#[derive(Debug, Args)]
pub struct ReadPagesOptions {
    /// Most pixels that are drawn
    pub pixels: u64,
}

/// Options of `encode`.
#[derive(Debug, Args)]
pub struct EncodeOptions {
    /// The letter: a text, a document (.docx, .odt, .rtf, .html), or any file up to 16 MiB; - for standard input
    #[arg(value_name = "LETTER")]
    pub letter: PathBuf,
    /// The folder to write the kit into
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub making: Making,
    #[command(flatten)]
    pub sealing: Sealing,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `reader`.
#[derive(Debug, Args)]
pub struct ReaderOptions {
    /// The file to write; - for standard output
    #[arg(long, value_name = "FILE.html|-", required_unless_present = "check")]
    pub out: Option<PathBuf>,
    /// Say whether a file is the page of this version, byte for byte, and nothing else
    #[arg(long, value_name = "FILE.html", conflicts_with = "out")]
    pub check: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// The port on 127.0.0.1; 0 for any that is free. The page's browser keeps what it collected for each port on its
    /// own
    #[arg(long, value_name = "N", default_value_t = 8754)]
    pub port: u16,
}

/// Whom the reader trusts, and what opens encrypted letters.
#[derive(Debug, Clone, Default, Args)]
pub struct Opening {
    /// Trust this public key, a file or its text that begins with RW, and no other: letters that are not by it are
    /// told, and not written; again for each
    #[arg(long, value_name = "KEY", help_heading = "Trust")]
    pub trust: Vec<String>,
    /// The file with the names of keys you trust [default: shabnameh/trusted in your folder of settings]
    #[arg(long, value_name = "FILE", help_heading = "Trust")]
    pub trust_file: Option<PathBuf>,
    /// Ask for the passphrase of encrypted letters
    #[arg(long, conflicts_with = "passphrase_file", help_heading = "Encryption")]
    pub passphrase: bool,
    /// The file with that passphrase, or a descriptor like /dev/fd/3
    #[arg(long, value_name = "FILE", help_heading = "Encryption")]
    pub passphrase_file: Option<PathBuf>,
    /// Your identity, a file of keygen --recipient or age-keygen; again for each
    #[arg(long, value_name = "FILE", help_heading = "Encryption")]
    pub identity: Vec<PathBuf>,
    /// The file with the passphrase of the identity; asked for where it is not given
    #[arg(long, value_name = "FILE", help_heading = "Encryption")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// Options of `print`.
#[derive(Debug, Args)]
pub struct PrintOptions {
    /// A letter, an envelope, or a text with an envelope between its BEGIN and END lines; - for standard input
    #[arg(value_name = "LETTER|ENVELOPE|ARMOR")]
    pub input: PathBuf,
    /// What to print
    #[arg(long, ignore_case = true, value_name = "FORM", default_value = "leaflet", value_parser = values::forms())]
    pub form: Forms,
    /// The PDF to write; - for standard output; a folder for --form all
    #[arg(long, value_name = "FILE.pdf|DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub making: Making,
    #[command(flatten)]
    pub sealing: Sealing,
    /// Pages of a leaflet on each side of the paper, to be cut apart
    #[arg(long, value_enum, value_name = "N", default_value_t = NUp::One)]
    pub n_up: NUp,
    /// Dots an inch of the scanner that an archive is made for: 150, 200, 300, 400, 600 or 1200 [default: 300]
    #[arg(long, value_name = "DPI")]
    pub dpi: Option<u32>,
    /// Add codes in plain text, which any phone shows without a program: a summary, or the whole letter as numbered
    /// pages
    #[arg(long, value_enum, ignore_case = true, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "summary")]
    pub plain: Option<PlainName>,
    /// The summary for posters and for --plain, which it implies, in two sentences [default: the first two of the
    /// letter]
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    /// Write each side as a picture too: FILE-1.png, FILE-2.png
    #[arg(long)]
    pub preview: bool,
    /// Overwrite what is there, and print however much paper it takes
    #[arg(long)]
    pub force: bool,
}

/// Options of `decode`.
#[derive(Debug, Args)]
pub struct DecodeOptions {
    /// Pictures (PNG, JPEG, HEIC, WebP, TIFF, JPEG XL, JPEG 2000, BMP, GIF, PNM), PDFs, films (by ffmpeg), texts with
    /// pasted codes, folders and ZIP archives of these; - for standard input
    #[arg(value_name = "INPUT", required_unless_present = "camera")]
    pub inputs: Vec<PathBuf>,
    /// Look through this camera (by ffmpeg), as /dev/video0, until a letter is complete
    #[arg(long, value_name = "DEVICE", conflicts_with_all = ["inputs", "all", "effort"])]
    pub camera: Option<String>,
    /// The file to write the letter to, or the folder: its name ends in / where it is not there yet; - for standard
    /// output
    #[arg(long, value_name = "FILE|DIR|-", default_value = ".")]
    pub out: PathBuf,
    /// Tell what happened to every picture and frame, and of the letters, as JSON on standard output
    #[arg(long)]
    pub json: bool,
    /// How hard to look at pictures, as long as letters are not complete
    #[arg(long, value_enum, value_name = "EFFORT", default_value_t = Effort::Normal)]
    pub effort: Effort,
    /// Look as hard at all the others, and at all films, once every letter that was begun is complete
    #[arg(long)]
    pub all: bool,
    /// Take codes and envelopes of this letter alone: its object id, or how that begins
    #[arg(long, value_name = "OBJECT-ID")]
    pub only: Option<String>,
    /// Lift the limits of pictures, passphrases and letters, however long it takes: for files of people you trust
    #[arg(long)]
    pub no_limit: bool,
    #[command(flatten)]
    pub opening: Opening,
    /// Write letters whose signature is false, too
    #[arg(long, help_heading = "Trust")]
    pub even_if_false: bool,
    /// Write each signature beside its letter, as LETTER.minisig, for minisign -V
    #[arg(long, help_heading = "Trust")]
    pub minisig: bool,
    /// Write each envelope too, as OBJECT-ID.envelope: print and armor pass it on, still signed, still encrypted
    #[arg(long)]
    pub envelope: bool,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `inspect`.
#[derive(Debug, Args)]
pub struct InspectOptions {
    /// As for decode
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// One JSON object a line, one a picture, with every QR code, ours or not
    #[arg(long)]
    pub json: bool,
    /// Draw each photo and page with its codes outlined, green what was read, amber what was seen and not read; of
    /// further ones OUT-2.png, OUT-3.png
    #[arg(long, value_name = "OUT.png")]
    pub annotate: Option<PathBuf>,
    /// How hard to look at pictures
    #[arg(long, value_enum, value_name = "EFFORT", default_value_t = Effort::Normal)]
    pub effort: Effort,
    /// Overwrite what is there
    #[arg(long, requires = "annotate")]
    pub force: bool,
    /// Lift the limits of pictures, however long it takes: for files of people you trust
    #[arg(long)]
    pub no_limit: bool,
}

/// Options of `armor`.
#[derive(Debug, Args)]
pub struct ArmorOptions {
    /// An envelope, or a letter, which is put into one; - for standard input
    #[arg(value_name = "ENVELOPE|LETTER")]
    pub input: PathBuf,
    /// Send the file itself, byte for byte: a document is not turned into text
    #[arg(long)]
    pub as_file: bool,
    #[command(flatten)]
    pub sealing: Sealing,
    /// The file to write; - for standard output
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    pub out: PathBuf,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `unarmor`.
#[derive(Debug, Args)]
pub struct UnarmorOptions {
    /// A text with an envelope between its BEGIN and END lines; - for standard input
    #[arg(value_name = "TEXT")]
    pub input: PathBuf,
    /// The file to write the envelope to; - for standard output
    #[arg(long, value_name = "FILE|-")]
    pub out: PathBuf,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// An envelope, a text with one between its BEGIN and END lines, or any file with a signature file beside it
    #[arg(value_name = "ENVELOPE|ARMOR|FILE")]
    pub input: PathBuf,
    /// The signature of a file [default: the same name with .minisig]
    #[arg(long, value_name = "FILE.minisig")]
    pub signature: Option<PathBuf>,
    #[command(flatten)]
    pub opening: Opening,
    /// Tell it as JSON
    #[arg(long)]
    pub json: bool,
}

/// Options of `keygen`.
#[derive(Debug, Args)]
pub struct KeygenOptions {
    /// The file for the secret key, which its passphrase keeps; the public key goes beside it, with .pub
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Make an identity of age, to which encrypted letters are written, instead of a key to sign with
    #[arg(long)]
    pub recipient: bool,
    /// The file with the passphrase, or a descriptor like /dev/fd/3; asked for where it is not given
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// Options of `trust`.
#[derive(Debug, Args)]
pub struct TrustOptions {
    /// The public key to trust, a file or its text that begins with RW; without it all are listed
    #[arg(value_name = "KEY", requires = "name")]
    pub key: Option<String>,
    /// What you call its holder
    #[arg(long, value_name = "NAME", requires = "key")]
    pub name: Option<String>,
    /// Trust the key of this name, or this key, no more
    #[arg(long, value_name = "NAME|KEY", conflicts_with = "key")]
    pub forget: Option<String>,
    /// The file with the names [default: shabnameh/trusted in your folder of settings]
    #[arg(long, value_name = "FILE")]
    pub trust_file: Option<PathBuf>,
}

/// Options of `passphrase`.
#[derive(Debug, Args)]
pub struct PassphraseOptions {
    /// The language of the words
    #[arg(long, value_parser = values::language(), value_name = "LANGUAGE", default_value = "fa")]
    pub lang: String,
    /// How many words; each is worth 10 bits
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u8).range(5..=24))]
    pub words: u8,
}

/// Options of `trial`.
#[derive(Debug, Args)]
pub struct TrialOptions {
    /// The letter, or any file
    #[arg(value_name = "LETTER", required_unless_present = "list")]
    pub letter: Option<PathBuf>,
    /// List the channels, and the harms and settings that can be swept
    #[arg(long)]
    pub list: bool,
    /// What happens to the letter; several happen one after the other, and paper is photographed by day if none of them
    /// photographs it; all tries each on its own [default: all; with a sweep none, and sheets are scanned as they are]
    #[arg(long, value_name = "NAME")]
    pub channel: Vec<String>,
    /// Try several strengths of a harm, or values of a setting, two of them against each other: NAME=FROM..TO/STEPS or
    /// NAME=A,B,C
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Vec<String>,
    /// How often each is tried [default: 20; with --advise 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: Option<u32>,
    /// Another seed is another chance; the same seed gives the same results
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Find the smallest codes that still come through each of the channels in 99 of 100 runs, twice over, and tell the
    /// options for them; sweeps of module, version and repair say what is tried
    #[arg(long)]
    pub advise: bool,
    /// Draw every harm at three strengths, a picture for each kind, instead of trying
    #[arg(long, conflicts_with = "advise")]
    pub contact_sheets: bool,
    /// The folder for trial.json, trial.svg and pictures
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// What the letter is printed as, where no channel needs another
    #[arg(long, value_enum, ignore_case = true, value_name = "FORM", default_value_t = Form::Leaflet)]
    pub form: Form,
    #[command(flatten)]
    pub making: Making,
    /// Overwrite what is there, and try however long it takes
    #[arg(long)]
    pub force: bool,
}

impl TrialOptions {
    /// How often each is tried, 1 to 100,000.
    pub fn runs(&self) -> usize {
        self.runs.unwrap_or(if self.advise { 100 } else { 20 }) as usize
    }
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "shabnameh-demo")]
    pub out: PathBuf,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

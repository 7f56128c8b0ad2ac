//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::optics::qr::Level;
use crate::press::matter::{Form, NUp};
use crate::press::paper::Paper;

/// Carries a letter through an internet shutdown: a letter becomes leaflets with codes, photos of some of the codes become the letter again.
#[derive(Debug, Parser)]
#[command(name = "shabnameh", version, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 all that was begun is complete, 1 an error, 2 wrong usage, 3 not enough yet.")]
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
    /// Make a kit of a letter: a leaflet and cards to print, each code as a picture, the whole as text to paste
    Encode(Encode),
    /// Print a letter in one form, or in all: leaflet, cards, booklet, zine, poster, archive
    Print(Print),
    /// Restore letters from photos, scans, PDFs, pasted text, in any mix and order
    Decode(Decode),
    /// Show what is in each picture: our codes, others, and what was refused and why
    Inspect(Inspect),
    /// Turn an envelope, or a letter, into text for chats and SMS
    Armor(Armor),
    /// Turn such text back into an envelope
    Unarmor(Unarmor),
    /// See where it breaks: a letter goes through printers, copiers, pockets and cameras, many times
    Trial(Trial),
    /// Try it all out: encode a sample letter, lose half of its codes, decode the rest
    Demo(Demo),
    /// Draw a PDF for another run of this program
    #[command(hide = true, name = super::apart::COMMAND)]
    DrawPdf,
}

/// Options of `encode`.
#[derive(Debug, Args)]
pub struct Encode {
    /// The letter: a text, or any file up to 16 MiB; - for standard input
    #[arg(value_name = "LETTER")]
    pub letter: PathBuf,
    /// The folder to write the kit into
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub making: Making,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// How codes and leaflets are made.
#[derive(Debug, Clone, Args)]
pub struct Making {
    /// Codes more than are needed, for each hundred that are: with 100, half of the codes may be lost
    #[arg(long, value_name = "PERCENT", default_value_t = 100)]
    pub repair: u32,
    /// The paper
    #[arg(long, value_enum, ignore_case = true, default_value_t = PaperName::A4)]
    pub paper: PaperName,
    /// The QR error correction level; bigger modules help more than a higher level
    #[arg(long, value_enum, ignore_case = true, value_name = "LEVEL", default_value_t = LevelName::L)]
    pub error_correction: LevelName,
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
}

/// Options of `print`.
#[derive(Debug, Args)]
pub struct Print {
    /// A letter, an envelope, or a text with an envelope between its BEGIN and END lines; - for standard input
    #[arg(value_name = "LETTER|ENVELOPE|ARMOR")]
    pub input: PathBuf,
    /// What to print
    #[arg(long, value_enum, ignore_case = true, value_name = "FORM", default_value_t = FormName::Leaflet)]
    pub form: FormName,
    /// The PDF to write; - for standard output; a folder for --form all
    #[arg(long, value_name = "FILE.pdf|DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub making: Making,
    /// Pages of a leaflet on each side of the paper, to be cut apart
    #[arg(long, value_enum, value_name = "N", default_value_t = NUpName::One)]
    pub n_up: NUpName,
    /// Dots an inch of the scanner that an archive is made for: 150, 200, 300, 400, 600 or 1200 [default: 300]
    #[arg(long, value_name = "DPI")]
    pub dpi: Option<u32>,
    /// Add codes in plain text, which any phone shows without a program: a summary, or the whole letter as numbered pages
    #[arg(long, value_enum, ignore_case = true, value_name = "WHAT", num_args = 0..=1, require_equals = true, default_missing_value = "summary")]
    pub plain: Option<PlainName>,
    /// The summary for posters and for --plain, which it implies, in two sentences [default: the first two of the letter]
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
pub struct Decode {
    /// Pictures (PNG, JPEG, WebP, TIFF, BMP, GIF), PDFs, texts with pasted codes, folders of these; - for standard input
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The file or folder to write the letter to; - for standard output
    #[arg(long, value_name = "FILE|DIR|-", default_value = ".")]
    pub out: PathBuf,
    /// Tell what happened to every picture and frame, and of the letters, as JSON on standard output
    #[arg(long)]
    pub json: bool,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// As for decode
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// One JSON object a line, one a picture, with every QR code, ours or not
    #[arg(long)]
    pub json: bool,
}

/// Options of `armor`.
#[derive(Debug, Args)]
pub struct Armor {
    /// An envelope, or a letter, which is put into one; - for standard input
    #[arg(value_name = "ENVELOPE|LETTER")]
    pub input: PathBuf,
    /// The file to write; - for standard output
    #[arg(long, value_name = "FILE|-", default_value = "-")]
    pub out: PathBuf,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `unarmor`.
#[derive(Debug, Args)]
pub struct Unarmor {
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

/// Options of `trial`.
#[derive(Debug, Args)]
pub struct Trial {
    /// The letter, or any file
    #[arg(value_name = "LETTER", required_unless_present = "list")]
    pub letter: Option<PathBuf>,
    /// List the channels, and the harms and settings that can be swept
    #[arg(long)]
    pub list: bool,
    /// What happens to the letter; several happen one after the other, and paper is photographed by day if none of them photographs it; all
    /// tries each on its own [default: all; with a sweep none, and sheets are scanned as they are]
    #[arg(long, value_name = "NAME")]
    pub channel: Vec<String>,
    /// Try several strengths of a harm, or values of a setting, two of them against each other: NAME=FROM..TO/STEPS or NAME=A,B,C
    #[arg(long, value_name = "NAME=VALUES")]
    pub sweep: Vec<String>,
    /// How often each is tried [default: 20; with --advise 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: Option<u32>,
    /// Another seed is another chance; the same seed gives the same results
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Find the smallest codes that still come through each of the channels in 99 of 100 runs, twice over, and tell the options for them;
    /// sweeps of module, version and repair say what is tried
    #[arg(long)]
    pub advise: bool,
    /// Draw every harm at three strengths, a picture for each kind, instead of trying
    #[arg(long, conflicts_with = "advise")]
    pub contact_sheets: bool,
    /// The folder for trial.json, trial.svg and pictures
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    pub out: Option<PathBuf>,
    /// What the letter is printed as, where no channel needs another
    #[arg(long, value_name = "FORM", default_value = "leaflet", value_parser = Form::ALL.map(Form::name))]
    pub form: String,
    #[command(flatten)]
    pub making: Making,
    /// Overwrite what is there, and try however long it takes
    #[arg(long)]
    pub force: bool,
}

impl Trial {
    /// How often each is tried, 1 to 100,000.
    pub fn runs(&self) -> usize {
        self.runs.unwrap_or(if self.advise { 100 } else { 20 }) as usize
    }
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder to write to
    #[arg(long, value_name = "DIR", default_value = "shabnameh-demo")]
    pub out: PathBuf,
    /// Overwrite what is there
    #[arg(long)]
    pub force: bool,
}

/// Papers by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PaperName {
    A3,
    A4,
    A5,
    A6,
    /// US Letter
    Letter,
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::A3 => Paper::A3,
            PaperName::A4 => Paper::A4,
            PaperName::A5 => Paper::A5,
            PaperName::A6 => Paper::A6,
            PaperName::Letter => Paper::UsLetter,
        }
    }
}

/// Levels by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LevelName {
    L,
    M,
    Q,
    H,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::L => Level::L,
            LevelName::M => Level::M,
            LevelName::Q => Level::Q,
            LevelName::H => Level::H,
        }
    }
}

/// Forms by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormName {
    /// The letter to read, then its codes
    Leaflet,
    /// Business cards, a code each
    Cards,
    /// A leaflet on half the paper, to be folded
    Booklet,
    /// Eight small pages on one side of a sheet, to be cut and folded
    Zine,
    /// Title, summary and large codes, to be photographed from a metre
    Poster,
    /// Codes only, as dense as a scanner takes
    Archive,
    /// All of them, in a folder
    All,
}

impl FormName {
    /// The forms meant.
    pub fn forms(self) -> Vec<Form> {
        match self {
            FormName::Leaflet => vec![Form::Leaflet],
            FormName::Cards => vec![Form::Cards],
            FormName::Booklet => vec![Form::Booklet],
            FormName::Zine => vec![Form::Zine],
            FormName::Poster => vec![Form::Poster],
            FormName::Archive => vec![Form::Archive],
            FormName::All => Form::ALL.to_vec(),
        }
    }
}

/// Pages on a side of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NUpName {
    #[value(name = "1")]
    One,
    #[value(name = "2")]
    Two,
    #[value(name = "4")]
    Four,
    #[value(name = "8")]
    Eight,
}

impl From<NUpName> for NUp {
    fn from(name: NUpName) -> Self {
        match name {
            NUpName::One => NUp::One,
            NUpName::Two => NUp::Two,
            NUpName::Four => NUp::Four,
            NUpName::Eight => NUp::Eight,
        }
    }
}

/// What plain codes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlainName {
    /// One code with the title, the summary, and how to get the rest
    Summary,
    /// The whole letter, as numbered pages
    Letter,
}

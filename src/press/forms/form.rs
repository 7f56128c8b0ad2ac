//! The forms that a letter can be printed in, by name.

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The letter to read, then its codes.
    Leaflet,
    /// Business cards, a code each.
    Cards,
    /// A leaflet on half the paper, to be folded.
    Booklet,
    /// Eight small pages on one side of a sheet, to be cut and folded.
    Zine,
    /// Title, summary and large codes, to be photographed from a metre.
    Poster,
    /// Codes only, as dense as a scanner takes.
    Archive,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 6] = [Form::Leaflet, Form::Cards, Form::Booklet, Form::Zine, Form::Poster, Form::Archive];

    /// Its name, as on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Leaflet => "leaflet",
            Form::Cards => "cards",
            Form::Booklet => "booklet",
            Form::Zine => "zine",
            Form::Poster => "poster",
            Form::Archive => "archive",
        }
    }
}

/// Pages on a side of a sheet, to be cut apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NUp {
    /// The page is the sheet.
    One,
    /// Side by side.
    Two,
    /// Two by two.
    Four,
    /// Four by two.
    Eight,
}

impl NUp {
    /// How many.
    pub fn pages(self) -> usize {
        match self {
            NUp::One => 1,
            NUp::Two => 2,
            NUp::Four => 4,
            NUp::Eight => 8,
        }
    }
}

//! Fonts and styles of an RTF document, as far as they say what its text is.

use std::collections::{HashMap, HashSet};

/// Most fonts and styles that are tracked.
const MOST: usize = 10_000;
/// Longest name of a style, in bytes.
const LONGEST: usize = 4_096;

/// What a document says of its fonts and styles, by their numbers.
#[derive(Default)]
pub(super) struct RichTables {
    code_pages: HashMap<i32, u32>,
    headings: HashMap<i32, u8>,
    quotations: HashSet<i32>,
    /// The name of a style, as far as it came.
    name: String,
}

impl RichTables {
    /// Takes the character set of a font (section "Font Table").
    pub(super) fn font(&mut self, font: i32, character_set: i32) {
        let code_page = match character_set {
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178..=180 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => return,
        };
        if self.code_pages.len() < MOST {
            self.code_pages.insert(font, code_page);
        }
    }

    /// The code page of a font, where it is not the document's.
    pub(super) fn code_page(&self, font: i32) -> Option<u32> {
        self.code_pages.get(&font).copied()
    }

    /// Takes the name of a style: it comes in pieces, with a semicolon at its end.
    pub(super) fn style(&mut self, style: i32, text: &str) {
        if self.name.len() < LONGEST {
            self.name.push_str(text);
        }
        let Some(name) = self.name.strip_suffix(';') else { return };
        let name = name.trim().to_lowercase();
        self.name.clear();
        let level =
            if name == "title" { Some(1) } else { name.strip_prefix("heading ").and_then(|level| level.parse().ok()) };
        if let Some(level) = level.filter(|level| (1..=6).contains(level) && self.headings.len() < MOST) {
            self.headings.insert(style, level);
        }
        if ["quotations", "quote", "intense quote"].contains(&name.as_str()) && self.quotations.len() < MOST {
            self.quotations.insert(style);
        }
    }

    /// The level of the heading that a style is.
    pub(super) fn heading(&self, style: i32) -> Option<u8> {
        self.headings.get(&style).copied()
    }

    /// Whether a style is that of quotations.
    pub(super) fn is_quotation(&self, style: i32) -> bool {
        self.quotations.contains(&style)
    }
}

//! What is said on paper.

use super::Everywhere;
use crate::prose::text::Carried;

/// What a language says on paper.
pub trait PaperWords: Everywhere {
    /// "Page 2 of 4", at the foot of a leaflet.
    fn page(&self, number: usize, of: usize) -> String;
    /// "code 3 of 12 · any 6 restore the letter", under a code.
    fn code_caption(&self, number: usize, needed: Needed) -> String;
    /// "code 3 of 12", under a code too narrow for more.
    fn short_caption(&self, number: usize, of: usize) -> String;
    /// The heading over the codes.
    fn codes_heading(&self, carried: Carried) -> &'static str;
    /// That the letter is signed, by the key of this fingerprint, and what to do with that.
    fn signed_by(&self, fingerprint: &str) -> String;
    /// How to read the codes, in three short steps.
    fn how_to_read(&self, needed: Needed) -> [String; 3];
    /// The heading over codes in plain text, which any phone shows.
    fn plain_heading(&self) -> &'static str;
    /// What stands under the one code in plain text that holds a summary.
    fn summary_caption(&self) -> String;
    /// What stands under a code in plain text that holds a page of the letter.
    fn plain_caption(&self, number: usize, of: usize) -> String;
    /// The last sentence of a code in plain text: how to get the whole letter.
    fn how_to_get_the_rest(&self, needed: Needed) -> String;
    /// What a card is, for whoever finds it: a piece of a letter, by its short name, or of an encrypted one.
    fn piece_of(&self, name: &str, carried: Carried) -> String;
    /// What to do with a card.
    fn card_hint(&self, needed: Needed) -> String;
    /// How to print, cut and fold cards.
    fn how_to_cut_cards(&self) -> &'static str;
    /// How to print and cut pages of which several stand on a side.
    fn how_to_cut_pages(&self) -> &'static str;
    /// How to print and fold a booklet.
    fn how_to_fold_a_booklet(&self) -> &'static str;
    /// How to print, cut and fold a zine.
    fn how_to_fold_a_zine(&self) -> &'static str;
    /// A fingerprint, or groups of it, in this language's digits. No-break spaces keep the groups in their order from
    /// left to right, as those of a telephone number, in lines from right to left as well.
    fn fingerprint(&self, fingerprint: &str) -> String;
    /// "any 6 of 12 codes", or about so many.
    fn sufficient(&self, needed: Needed) -> String;
    /// That a letter is encrypted, and what to do with it.
    fn encrypted(&self) -> &'static str;
}

/// How many codes are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// So many suffice.
    pub sufficient: usize,
    /// Out of so many.
    pub of: usize,
    /// Whether any of them do, or more may be needed by bad luck.
    pub certain: bool,
}

//! A language for tests: English with accents, between angles, from right to left. What a test shows without them was
//! never given to a translator.

#[cfg(feature = "cli")]
use crate::codec::trust::SignatureStatus;
#[cfg(feature = "cli")]
use crate::documents::markup::LeftOut;
#[cfg(feature = "cli")]
use crate::documents::open::Source;
use crate::error::Error;
#[cfg(feature = "cli")]
use crate::error::program::ProgramError;
use crate::optics::scan::Why;
#[cfg(feature = "press")]
use crate::prose::text::Carried;
use crate::words::Everywhere;
use crate::words::en::English;
#[cfg(feature = "cli")]
use crate::words::{
    Asked, Counts, DemoStep, KitWords, Label, NoText, PageIs, Results, TerminalWords, Trace, TrialWords,
};
#[cfg(feature = "press")]
use crate::words::{Needed, PaperWords};

pub(super) struct Accented;

/// A text with accents, between angles; what stands in braces is filled in later, and stays.
fn accented(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut in_braces = false;
    let accent = |letter: char| {
        in_braces = letter == '{' || in_braces && letter != '}';
        let plain = "aceinouyACEINOUY";
        let accents = "áçéíñóúýÁÇÉÍÑÓÚÝ";
        let at = plain.chars().position(|plain| plain == letter).filter(|_| !in_braces);
        at.and_then(|at| accents.chars().nth(at)).unwrap_or(letter)
    };
    format!("‹{}›", text.chars().map(accent).collect::<String>())
}

/// The same for a static text. The memory is leaked: tests say little.
fn still(text: &'static str) -> &'static str {
    Box::leak(accented(text).into_boxed_str())
}

impl Everywhere for Accented {
    fn what_happened(&self, error: &Error) -> String {
        accented(&English.what_happened(error))
    }

    fn what_to_do(&self, error: &Error) -> String {
        accented(&English.what_to_do(error))
    }

    fn why_unread(&self, why: Why) -> &'static str {
        still(English.why_unread(why))
    }

    fn passphrase_words(&self) -> &'static str {
        English.passphrase_words()
    }

    fn tag(&self) -> &'static str {
        "xx"
    }

    fn english_name(&self) -> &'static str {
        "a language for tests"
    }

    fn right_to_left(&self) -> bool {
        true
    }

    fn number(&self, number: usize) -> String {
        English.number(number)
    }
}

#[cfg(feature = "press")]
impl PaperWords for Accented {
    fn page(&self, number: usize, of: usize) -> String {
        accented(&English.page(number, of))
    }

    fn code_caption(&self, number: usize, needed: Needed) -> String {
        accented(&English.code_caption(number, needed))
    }

    fn short_caption(&self, number: usize, of: usize) -> String {
        accented(&English.short_caption(number, of))
    }

    fn codes_heading(&self, carried: Carried) -> &'static str {
        still(English.codes_heading(carried))
    }

    fn signed_by(&self, fingerprint: &str) -> String {
        accented(&English.signed_by(fingerprint))
    }

    fn how_to_read(&self, needed: Needed) -> [String; 3] {
        English.how_to_read(needed).map(|text| accented(&text))
    }

    fn plain_heading(&self) -> &'static str {
        still(English.plain_heading())
    }

    fn summary_caption(&self) -> String {
        accented(&English.summary_caption())
    }

    fn plain_caption(&self, number: usize, of: usize) -> String {
        accented(&English.plain_caption(number, of))
    }

    fn how_to_get_the_rest(&self, needed: Needed) -> String {
        accented(&English.how_to_get_the_rest(needed))
    }

    fn piece_of(&self, name: &str, carried: Carried) -> String {
        accented(&English.piece_of(name, carried))
    }

    fn card_hint(&self, needed: Needed) -> String {
        accented(&English.card_hint(needed))
    }

    fn how_to_cut_cards(&self) -> &'static str {
        still(English.how_to_cut_cards())
    }

    fn how_to_cut_pages(&self) -> &'static str {
        still(English.how_to_cut_pages())
    }

    fn how_to_fold_a_booklet(&self) -> &'static str {
        still(English.how_to_fold_a_booklet())
    }

    fn how_to_fold_a_zine(&self) -> &'static str {
        still(English.how_to_fold_a_zine())
    }

    fn fingerprint(&self, fingerprint: &str) -> String {
        accented(&English.fingerprint(fingerprint))
    }

    fn sufficient(&self, needed: Needed) -> String {
        accented(&English.sufficient(needed))
    }

    fn encrypted(&self) -> &'static str {
        still(English.encrypted())
    }
}

#[cfg(feature = "cli")]
impl TerminalWords for Accented {
    fn program_error(&self, error: &ProgramError) -> [String; 2] {
        English.program_error(error).map(|text| accented(&text))
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        accented(&English.printed(form, pages, sides, needed))
    }

    fn not_printed(&self, characters: &str) -> String {
        accented(&English.not_printed(characters))
    }

    fn label(&self, label: Label) -> &'static str {
        still(English.label(label))
    }

    fn bytes(&self, bytes: usize) -> String {
        accented(&English.bytes(bytes))
    }

    fn letter_written(&self, object_id: &str, path: &str, bytes: usize) -> String {
        accented(&English.letter_written(object_id, path, bytes))
    }

    fn letter_incomplete(&self, object_id: &str, received: usize, needed: usize, codes: usize) -> String {
        accented(&English.letter_incomplete(object_id, received, needed, codes))
    }

    fn no_text(&self, name: &str, why: NoText) -> String {
        accented(&English.no_text(name, why))
    }

    fn taken(&self, source: Source, left_out: &LeftOut) -> String {
        accented(&English.taken(source, left_out))
    }

    fn signature(&self, status: &SignatureStatus) -> String {
        accented(&English.signature(status))
    }

    fn asks(&self, asked: Asked) -> &'static str {
        still(English.asks(asked))
    }

    fn entropy(&self, words: usize, bits: usize) -> String {
        accented(&English.entropy(words, bits))
    }

    fn how_to_trust(&self, key: &str) -> String {
        accented(&English.how_to_trust(key))
    }

    fn keep_the_key(&self) -> &'static str {
        still(English.keep_the_key())
    }

    fn names_kept(&self, count: usize, path: &str) -> String {
        accented(&English.names_kept(count, path))
    }

    fn plain_passphrase(&self) -> &'static str {
        still(English.plain_passphrase())
    }

    fn summary_in_clear(&self) -> &'static str {
        still(English.summary_in_clear())
    }

    fn forged_codes(&self, object_id: &str, codes: usize, pictures: &str) -> String {
        accented(&English.forged_codes(object_id, codes, pictures))
    }

    fn letter_forged(&self, object_id: &str) -> String {
        accented(&English.letter_forged(object_id))
    }

    fn letter_without_room(&self, object_id: &str) -> String {
        accented(&English.letter_without_room(object_id))
    }

    fn no_codes_in(&self, pictures: &str) -> String {
        accented(&English.no_codes_in(pictures))
    }

    fn and_more(&self, count: usize) -> String {
        accented(&English.and_more(count))
    }

    fn filming(&self, pictures: usize, codes: usize) -> String {
        accented(&English.filming(pictures, codes))
    }

    fn films_passed(&self, films: usize) -> String {
        accented(&English.films_passed(films))
    }

    fn counts(&self, counts: &Counts) -> String {
        accented(&English.counts(counts))
    }

    fn traces(&self, traces: &[Trace], strips: bool) -> String {
        accented(&English.traces(traces, strips))
    }

    fn page_is(&self, page: &PageIs) -> String {
        accented(&English.page_is(page))
    }

    fn serving(&self) -> &'static str {
        still(English.serving())
    }

    fn demo(&self, step: DemoStep) -> String {
        accented(&English.demo(step))
    }
}

#[cfg(feature = "cli")]
impl TrialWords for Accented {
    fn channel(&self, name: &str) -> &'static str {
        still(English.channel(name))
    }

    fn every_channel(&self) -> &'static str {
        still(English.every_channel())
    }

    fn harm(&self, name: &str) -> &'static str {
        still(English.harm(name))
    }

    fn trial_headings(&self) -> [&'static str; 6] {
        English.trial_headings().map(still)
    }

    fn results(&self, results: &Results) -> String {
        accented(&English.results(results))
    }
}

#[cfg(feature = "cli")]
impl KitWords for Accented {
    fn read_me(&self) -> &'static str {
        still(English.read_me())
    }
}

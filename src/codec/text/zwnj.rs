//! Many type a blank where Persian has a ZWNJ. An encoder guesses where, so that the model sees words as it knows them;
//! a wrong guess costs bits and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::alphabet::{self, ZWNJ};

/// A part that this many others stand beside may stand beside any.
const COMMON: usize = 8;

/// Whether there is a ZWNJ that the model can be asked for.
pub fn is_in(text: &str) -> bool {
    let mut last = [0; 2];
    text.chars().map(u32::from).any(|next| {
        let [first, second] = last;
        last = [second, next];
        second == ZWNJ && alphabet::may_part(first, next)
    })
}

/// The text with ZWNJ for those blanks where one seems to be meant, by the words that stand with ZWNJ in these texts.
pub fn restore(text: &str, texts: &[String]) -> String {
    let parts = Parts::of(texts);
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split(' ').peekable();
    while let Some(piece) = pieces.next() {
        out.push_str(piece);
        let Some(next) = pieces.peek() else { break };
        out.push(if parts.belong_together(last_word(piece), first_word(next)) { '\u{200C}' } else { ' ' });
    }
    out
}

/// What stands before and behind a ZWNJ.
struct Parts<'a> {
    pairs: BTreeSet<(&'a str, &'a str)>,
    /// Those beside which many others stand.
    before: BTreeSet<&'a str>,
    behind: BTreeSet<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(texts: &'a [String]) -> Self {
        let mut pairs = BTreeSet::new();
        for text in texts {
            let mut pieces = text.split('\u{200C}').peekable();
            while let Some(piece) = pieces.next() {
                pairs.extend(pieces.peek().map(|next| (last_word(piece), first_word(next))));
            }
        }
        let common = |part: fn(&(&'a str, &'a str)) -> &'a str| {
            let mut counts = BTreeMap::new();
            pairs.iter().for_each(|pair| *counts.entry(part(pair)).or_insert(0) += 1);
            counts.into_iter().filter(|(_, count)| *count >= COMMON).map(|(part, _)| part).collect()
        };
        Parts { before: common(|pair| pair.0), behind: common(|pair| pair.1), pairs }
    }

    fn belong_together(&self, before: &str, behind: &str) -> bool {
        let letters = (before.chars().next_back(), behind.chars().next());
        let (Some(last), Some(first)) = letters else { return false };
        alphabet::may_part(last.into(), first.into())
            && (self.pairs.contains(&(before, behind)) || self.before.contains(before) || self.behind.contains(behind))
    }
}

fn is_part(character: char) -> bool {
    alphabet::is_letter(character.into())
}

fn last_word(text: &str) -> &str {
    text.get(text.trim_end_matches(is_part).len()..).unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    let rest = text.trim_start_matches(is_part);
    text.get(..text.len() - rest.len()).unwrap_or_default()
}

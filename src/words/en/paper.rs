//! What is said on paper, in English.

use super::{English, count};
use crate::prose::text::Carried;
use crate::words::{Needed, PaperWords};

impl PaperWords for English {
    fn page(&self, number: usize, of: usize) -> String {
        format!("page {number} of {of}")
    }

    fn code_caption(&self, number: usize, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let restore = match (sufficient, certain) {
            _ if sufficient == of && of > 1 => "all are needed".into(),
            (1, _) => "any 1 restores the letter".into(),
            (_, true) => format!("any {sufficient} restore the letter"),
            (_, false) => format!("about {sufficient} restore the letter"),
        };
        format!("code {number} of {of} · {restore}")
    }

    fn short_caption(&self, number: usize, of: usize) -> String {
        format!("code {number} of {of}")
    }

    fn codes_heading(&self, carried: Carried) -> &'static str {
        match carried {
            Carried::Letter => "The same letter, as codes",
            Carried::File => "A file, as codes",
            Carried::Encrypted => "An encrypted letter, as codes",
        }
    }

    fn signed_by(&self, fingerprint: &str) -> String {
        format!(
            "The letter is signed. The program must show {}; believe it only if you know these digits from elsewhere, not from this sheet.",
            self.fingerprint(fingerprint)
        )
    }

    fn plain_heading(&self) -> &'static str {
        "For any phone’s camera, without a program"
    }

    fn summary_caption(&self) -> String {
        "what this letter is about".into()
    }

    fn plain_caption(&self, number: usize, of: usize) -> String {
        if of == 1 { "the whole letter as plain text".into() } else { format!("page {number} of {of} as plain text") }
    }

    fn how_to_get_the_rest(&self, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let some = if certain { "any" } else { "about" };
        format!(
            "The whole letter is in the other codes: photograph {some} {sufficient} of the {of}, and open the photos in the free program shabnameh (on a phone: the page reader.html); no network is needed."
        )
    }

    fn piece_of(&self, name: &str, carried: Carried) -> String {
        if carried == Carried::Encrypted {
            "A piece of an encrypted letter".into()
        } else if name.is_empty() {
            "A piece of a letter".into()
        } else {
            format!("A piece of the letter “{name}”")
        }
    }

    fn card_hint(&self, needed: Needed) -> String {
        let photos = match needed.sufficient {
            1 => "Photograph it".into(),
            some => format!("Photograph {some} different cards"),
        };
        format!("{photos}, open the photos in shabnameh (on a phone: the page reader.html), pass the card on.")
    }

    fn how_to_cut_cards(&self) -> &'static str {
        "Print at 100 %, and cut at the marks."
    }

    fn how_to_cut_pages(&self) -> &'static str {
        "Print on one side, at 100 %. Cut at the marks, and lay the pages in the order of their numbers."
    }

    fn how_to_fold_a_booklet(&self) -> &'static str {
        "Print on both sides, turned over at the short edge, at 100 %. Fold in the middle; lay gatherings one on the other."
    }

    fn how_to_fold_a_zine(&self) -> &'static str {
        "Print on one side, at 100 %; each sheet is a zine of its own. Fold it in half and in quarters across, and open it again. Cut along the dashes, fold it lengthwise, push both ends together until the cut opens and closes, and fold the pages around the cover."
    }

    fn how_to_read(&self, needed: Needed) -> [String; 3] {
        let Needed { sufficient, of, certain } = needed;
        let first = match (sufficient, certain) {
            _ if sufficient == of => {
                format!("Photograph all {}, sharp and near, one or several in a picture.", count(of, "code"))
            }
            (1, _) => format!("Photograph any one of these {of} codes, sharp and near. Losing the others is fine."),
            (_, true) => format!(
                "Photograph any {sufficient} of these {of} codes, sharp and near, one or several in a picture. Losing the others is fine."
            ),
            (_, false) => format!(
                "Photograph about {sufficient} of these {of} codes, from all over the sheets, sharp and near. Losing the others is fine."
            ),
        };
        [
            first,
            "Open the photos in the page reader.html (computer: shabnameh\u{a0}decode). Get it from someone you trust. No network is needed.".into(),
            "Too few? Take more, from this sheet or another copy. Then pass it on.".into(),
        ]
    }

    fn fingerprint(&self, fingerprint: &str) -> String {
        fingerprint.replace(' ', "\u{a0}")
    }

    fn sufficient(&self, needed: Needed) -> String {
        let any = match needed.certain {
            _ if needed.sufficient == needed.of => "all",
            true => "any",
            false => "about",
        };
        format!("{any} {} of {}", needed.sufficient, count(needed.of, "code"))
    }

    fn encrypted(&self) -> &'static str {
        "The letter is encrypted: only who has the passphrase or the key can open it. Others can pass it on."
    }
}

//! Which lines an editor broke, to be joined again, and which end where the writer ended them.

use super::manuscript::Rich;
use super::marks;

/// What is done with the lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lines {
    /// Those that an editor broke are joined.
    #[default]
    Guess,
    /// All stay as they are.
    Keep,
    /// All that follow each other are joined, apart from items of lists and couplets.
    Join,
}

/// Lengths in characters of lines that an editor broke: shorter lines may be verse, longer ones are paragraphs.
const LENGTHS: std::ops::RangeInclusive<usize> = 40..=132;
/// Lengths of narrow columns, which count only if all other signs agree.
const NARROW: std::ops::RangeInclusive<usize> = 24..=40;
/// A line of at least this percentage of the longest one's length is full.
const FULL: usize = 78;
/// Words that no line of verse or of an address ends with, in common languages.
const TIED: &str = " و به از در با که تا بر برای این آن هر یا اگر بی چون یک نه في من على إلى عن أن لە بۆ بە کە the a an of to in and or for with by \
                    from that is are was were be our your their his her its as at on not der die das den dem des und oder zu von mit für im auf ein \
                    eine einer einen ist sind nicht le la les de des du et ou à au aux un une que qui pour dans sur par est ve ile için bir bu ki û ji \
                    li bi di ku və üçün ilə ";

/// What was decided for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrapping {
    how: Lines,
    is_wrapped: bool,
    is_narrow: bool,
}

/// A line and the one below it.
struct Pair {
    length: usize,
    /// Whether the line had no room for the first word of the next.
    greedy: bool,
    full: bool,
    /// Whether it ends a sentence.
    stops: bool,
    /// Whether it ends with a word that cannot end a line of verse.
    tied: bool,
    /// Whether a sentence ends within it.
    runs_on: bool,
}

impl Wrapping {
    /// Decides from all groups of lines of a text. In Markdown lines are joined unless something speaks against it.
    pub(super) fn of(groups: &[&[Rich]], how: Lines, is_markdown: bool) -> Self {
        let pairs: Vec<Pair> = groups.iter().flat_map(|group| pairs(group)).flatten().collect();
        let count = |of: &[&Pair], what: fn(&Pair) -> bool| of.iter().filter(|pair| what(pair)).count() * 100;
        let of_length = |lengths: std::ops::RangeInclusive<usize>| {
            pairs.iter().filter(|pair| lengths.contains(&pair.length)).collect::<Vec<_>>()
        };
        let wide = of_length(LENGTHS);
        let n = wide.len();
        let tied = count(&wide, |pair| pair.tied);
        let greedy = count(&wide, |pair| pair.greedy);
        let few_stop = count(&wide, |pair| pair.stops && !pair.greedy) <= 50 * n;
        let signs =
            tied >= 15 * n && tied > 0 || count(&wide, |pair| pair.runs_on) > 0 && n > 1 || greedy >= 90 * n && n > 2;
        let is_wrapped = n > 0
            && few_stop
            && count(&wide, |pair| pair.full) >= 60 * n
            && (signs || is_markdown && (greedy >= 50 * n || tied > 0));
        let narrow = of_length(NARROW);
        let n = narrow.len();
        let is_narrow =
            n > 3 && count(&narrow, |pair| pair.tied) >= 35 * n && count(&narrow, |pair| pair.greedy) >= 70 * n;
        Wrapping { how, is_wrapped, is_narrow }
    }

    /// For each line of a group, whether the next one continues it.
    pub(super) fn joins(self, group: &[Rich]) -> Vec<bool> {
        let joins = |pair: Option<Pair>| {
            let Some(pair) = pair else { return false };
            match self.how {
                Lines::Keep => false,
                Lines::Join => true,
                Lines::Guess => {
                    let fits = self.is_wrapped && LENGTHS.contains(&pair.length) || self.is_narrow;
                    fits && pair.full && (pair.greedy || !pair.stops)
                }
            }
        };
        pairs(group).map(joins).collect()
    }
}

/// The pairs of a group of lines; nothing where the second begins an item.
fn pairs(group: &[Rich]) -> impl Iterator<Item = Option<Pair>> + '_ {
    let longest = group.iter().map(|line| length(&line.text)).max().unwrap_or_default();
    group.windows(2).map(move |two| {
        let [line, next] = two else { return None };
        if marks::item(next).is_some() || longest > *LENGTHS.end() && length(&line.text) > *LENGTHS.end() {
            return None;
        }
        let text = line.text.as_str();
        let own = length(text);
        let first_word = next.text.split_whitespace().next().unwrap_or_default();
        let last_word = text.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let greedy = own + 1 + length(first_word) > longest;
        let closed =
            |text: &str| text.trim_end_matches(['»', '”', '"', ')', '’']).ends_with(['.', '!', '?', '؟', '…', ':']);
        let goes_on = first_word.chars().next().is_some_and(|c| c.is_lowercase() || ")،؛».,;".contains(c));
        Some(Pair {
            length: own,
            greedy,
            full: greedy || own * 100 >= longest * FULL,
            stops: closed(text),
            tied: !closed(text) && (goes_on || TIED.contains(&format!(" {last_word} "))),
            runs_on: [". ", "؟ ", "! "].iter().any(|stop| text.contains(stop)),
        })
    })
}

/// How wide a line is, in characters: joiners and marks take no room.
fn length(text: &str) -> usize {
    text.chars()
        .filter(|c| !matches!(c, '\u{200C}'..='\u{200F}' | '\u{64B}'..='\u{655}' | '\u{300}'..='\u{36F}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::plain;

    /// The lines that are joined to others, of a plain text.
    fn blocks(text: &str) -> usize {
        plain::read(text, Lines::Guess).blocks.len()
    }

    /// Texts as people write and paste them, and into how many blocks they fall.
    const TEXTS: [(&str, usize); 26] = [
        // Broken by editors, mail programs, PDFs.
        (
            "کنفدراسیون کار ایران – خارج از کشور، با صدور نامه‌ای فوری و تازه خطاب به\nاتحادیه‌های کارگری، فدراسیون‌ها و کنفدراسیون‌های بین‌المللی، نسبت به\nتشدید \
             یک فاجعه انسانی در ایران هشدار داده است.",
            1,
        ),
        (
            "This paragraph was broken by an editor that has a margin at\nabout sixty characters, as many of them still have, and so\nit is one.",
            1,
        ),
        (
            "Liebe Kolleginnen und Kollegen, das Netz ist seit gestern in allen\nStädten abgeschaltet. Wir wissen nicht, wann es wiederkommt, und\nbitten euch, diesen \
             Brief weiterzugeben.",
            1,
        ),
        (
            "Chers amis, le réseau est coupé depuis deux jours dans toutes les\nvilles du pays. Nous vous demandons de lire cette lettre et de la\ndonner à d’autres.",
            1,
        ),
        (
            "Dear friends,\n\nthe network has been down for two days in all of the cities, and we\ndo not know when it will be back. Read this letter, and give it to\nthose who \
             cannot read it on a screen.\n\nMeet us at the bridge. Bring water, and something warm to wear for\nthe night.",
            3,
        ),
        (
            "أيها الإخوة والأخوات، إن شبكة الإنترنت مقطوعة منذ يومين في جميع المدن، ولا\nنعرف متى تعود. نرجو منكم أن تقرؤوا هذه الرسالة وأن تنقلوها إلى كل من\nتعرفون.",
            1,
        ),
        (
            "ما کارگران نیشکر هفت تپه اعلام می‌کنیم که تا رسیدن به همهٔ\nخواسته‌های خود در اعتصاب می‌مانیم. دستمزدهای ما چند ماه است\nکه پرداخت نشده و هیچ مقامی پاسخ \
             نمی‌دهد. از همهٔ مردم شهر\nمی‌خواهیم که کنار ما بایستند.",
            1,
        ),
        (
            "1. The first demand is that the wages of all who work here be paid\n   at once, without any deduction.\n2. The second is that our friends be freed.",
            2,
        ),
        (
            "۱. دستمزدهای عقب‌افتادهٔ همهٔ کارگران باید بی‌درنگ پرداخت شود و\nهیچ کس نباید اخراج شود.\n۲. دوستان ما باید آزاد شوند.",
            2,
        ),
        (
            "In short lines of a phone that\nbreaks them as it likes, and the\nwriter did not want them to end\nin these places at all, as the\nwords say.",
            1,
        ),
        // Poems.
        ("بنی‌آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار\nدگر عضوها را نماند قرار", 4),
        (
            "بنی‌آدم اعضای یک پیکرند که در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار دگر عضوها را نماند قرار\nتو کز محنت دیگران بی‌غمی نشاید که نامت نهند آدمی",
            3,
        ),
        ("بنی‌آدم اعضای یکدیگرند\tکه در آفرینش ز یک گوهرند\nچو عضوی به درد آورد روزگار\tدگر عضوها را نماند قرار", 2),
        ("Two roads that part in snow,\nand one of them I took;\nthe other one may go\nwhere nobody would look.", 4),
        ("ای شب\nبا ستاره‌هایت\nبگو\nما هنوز بیداریم\nو نامه‌ها\nدست به دست می‌روند", 6),
        (
            "شب است و ماه می‌تابد به روی بام خاموش همه شهر\nو باد از کوچه می‌آید صدای پای کس در کوچه پیداست\nکسی در می‌زند آهسته، شاید نامه‌ای دارد",
            3,
        ),
        // Addresses, signatures, lists of things, dialogues.
        ("The Union\n1 Main Street\nAnytown", 3),
        ("با احترام\nشورای کارگران\nتهران، دی ۱۴۰۴", 3),
        ("نان\nکار\nآزادی", 3),
        ("زمان: پنج‌شنبه، ساعت ده صبح\nمکان: جلوی در شمالی کارخانه، کنار ایستگاه اتوبوس\nهمراه: آب و لباس گرم", 3),
        ("- نان\n- کار\n- آزادی", 3),
        ("به همهٔ کارگران:\nفردا کار نمی‌کنیم و در خانه می‌مانیم.\nپس‌فردا هم همین‌طور است.", 3),
        ("Bring water for the whole day.\nBring something warm to wear at night.\nDo not bring a phone.", 3),
        // Paragraphs that are lines, as chats and Word have them.
        (
            "ما کارگران این کارخانه ماه‌هاست دستمزد نگرفته‌ایم و کسی پاسخ ما را نمی‌دهد، برای همین از فردا کار را زمین می‌گذاریم و تا پاسخ نگیریم برنمی‌گردیم.\nاز همهٔ مردم \
             شهر می‌خواهیم که کنار ما بایستند، نان و آب بیاورند و این برگه را به دیگران هم بدهند تا همه بدانند چه شده است و چه می‌خواهیم.\nهمراه شما.",
            3,
        ),
        (
            "Short line here.\nThis line is a paragraph of its own that goes on for quite a while and then ends, with a full stop of its own.\nAnd another.",
            3,
        ),
        ("سلام\nحال ما خوب است. اینترنت نداریم ولی زنده‌ایم.\nبه مادر بگو نگران نباشد.\nدوستت داریم", 4),
    ];

    #[test]
    fn lines_are_joined_where_an_editor_broke_them() {
        let wrong: Vec<_> = TEXTS.iter().filter(|(text, wanted)| blocks(text) != *wanted).collect();
        let told: Vec<String> =
            wrong.iter().map(|(text, wanted)| format!("{} for {wanted}: {text}", blocks(text))).collect();
        assert!(told.is_empty(), "{} of {}:\n{}", told.len(), TEXTS.len(), told.join("\n\n"));
    }

    #[test]
    fn who_wants_it_decides() {
        for (text, _) in TEXTS.iter().take(7) {
            let lines = text.lines().filter(|line| !line.is_empty()).count();
            assert_eq!(plain::read(text, Lines::Keep).blocks.len(), lines);
        }
        assert_eq!(plain::read("ای شب\nبا ستاره‌هایت\nبگو", Lines::Join).blocks[0].text.text, "ای شب با ستاره‌هایت بگو");
        assert_eq!(plain::read("یک\n- دو\n- سه", Lines::Join).blocks.len(), 3);
    }
}

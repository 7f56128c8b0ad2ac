//! The language of a text, guessed by its letters and its most common words.

/// What is looked at of a text, in characters: more says nothing else.
const LOOKED_AT: usize = 20_000;

/// A language with words that are common in it and rare in the others of its script, and with letters that tell it.
struct LanguageHints {
    tag: &'static str,
    /// With blanks between them.
    words: &'static str,
    letters: &'static str,
}

/// A word counts as much as so many telling letters.
const WORD: usize = 4;
/// In Arabic script a text without any sign of another language is Persian.
const ARABIC: [LanguageHints; 6] = [
    LanguageHints {
        tag: "fa",
        words: "از به را که این است با برای آن خود تا شد شده کرد کند می هم نیز ما شما آنها هر اگر باید یا بر همه ای هست نیست بود کنید \
                دارد چه خواهد شود کنند نه در یک های من تو بی دیگر پس همین هیچ",
        letters: "پچژگ",
    },
    LanguageHints {
        tag: "ar",
        words: "فی على علی إلى الى أن ان هذا هذه التی الذی الذین عن مع کان کانت هو هی ثم قد لم لن ذلک کل بعد بین حتى حتی عند أو او لا إن \
                نحن أنت أنا غیر منذ إذا لیس کما لکن ولا وقد",
        letters: "ةأإىؤ",
    },
    LanguageHints {
        tag: "ckb",
        words: "لە بۆ کە ئەم و بە ئەو دە یان هەموو لەگەڵ ئێمە من تۆ هەر نییە بوو دا",
        letters: "ێۆڕڵە",
    },
    LanguageHints {
        tag: "azb",
        words: "بیر بو ایله ایلن اوچون دیر وار یوخ یوخدور کیمی سونرا اولان اولدو اولسون بیز سیز بیزیم سیزین هامی چوخ ائدین ائدیر ائتدی \
                قدر گؤره گئجه گون یا داها نئجه آما اونا اونون مکتوبو بونو اؤز اؤزو ایندی بوتون دئدی گلدی اوخویون وئرین سسیمیز ایشچی \
                ایشچیلر",
        letters: "ؤ",
    },
    LanguageHints {
        tag: "ur",
        words: "کے میں کی ہے اور سے کا کو نے ہیں یہ پر وہ بھی نہیں اس ایک تھا",
        letters: "ہےٹڈںھ",
    },
    LanguageHints {
        tag: "ps", words: "د په چې او ته نه دی سره دا یې هم کې دې شي", letters: "ړښځڅډېۍ"
    },
];

const LATIN: [LanguageHints; 11] = [
    LanguageHints {
        tag: "en",
        words: "the of and to in is that it for with as was on are this be have from you we not at by they our your will who can all a \
                hello please",
        letters: "",
    },
    LanguageHints {
        tag: "de",
        words: "der die und das ist nicht ein eine zu den mit von sich des auf für im dem wir sie ich auch es an wird bei aus alle dass \
                oder zum zur liebe uns",
        letters: "ßäöü",
    },
    LanguageHints {
        tag: "fr",
        words: "le la les de des et est une un que pour dans qui ce pas sur au du nous vous il sont avec cette aux par mais être tous à \
                notre votre",
        letters: "éèêàùœ",
    },
    LanguageHints {
        tag: "tr",
        words: "ve bir bu için ile de da çok ama değil olarak daha en var yok gibi olan her ne biz siz sonra kadar bütün tüm lütfen \
                herkes olduğu sevgili",
        letters: "ğşıİ",
    },
    LanguageHints {
        tag: "az",
        words: "və bir bu üçün ilə də çox amma deyil daha var yox kimi olan hər biz siz sonra bütün",
        letters: "əƏ",
    },
    LanguageHints {
        tag: "ku",
        words: "û ji li bi ku di ev ne me we hemû bo jî yê ya yên e ez em hûn heye ber bike bikin vê vî wê wan",
        letters: "êîû",
    },
    LanguageHints {
        tag: "es",
        words: "el los las del que y en un una por con para es se no su como más pero todos a",
        letters: "ñ¿¡áó",
    },
    LanguageHints {
        tag: "it",
        words: "il di che è e un una per non con sono della del gli le nel alla anche più tutti questa",
        letters: "òì",
    },
    LanguageHints {
        tag: "nl",
        words: "de het een en van is dat niet te op voor met zijn aan die wij er ook deze alle om",
        letters: "",
    },
    LanguageHints {
        tag: "sv",
        words: "och att det som en på är för med av till den inte vi har ett alla om detta",
        letters: "åä",
    },
    LanguageHints {
        tag: "pt", words: "o os as do da que e um uma para não com é se por mais todos", letters: "ãõ"
    },
];

/// The language of a text by its script, its telling letters and its common words; nothing where these say nothing.
pub fn guess_language(text: &str) -> &'static str {
    let text: String = text.chars().take(LOOKED_AT).collect();
    // Addresses and tags are in no language.
    let is_written = |word: &&str| !word.contains("://") && !word.contains(['@', '<']) && !word.starts_with("www.");
    let text: Vec<&str> = text.split_whitespace().filter(is_written).collect();
    let text = text.join(" ");
    let (mut arabic, mut latin, mut hebrew, mut cyrillic, mut greek, mut other) = (0usize, 0, 0, 0, 0, 0);
    for character in text.chars().filter(|character| character.is_alphabetic()) {
        match character {
            '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' => {
                arabic += 1
            }
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{0259}' => latin += 1,
            '\u{0590}'..='\u{05FF}' => hebrew += 1,
            '\u{0400}'..='\u{04FF}' => cyrillic += 1,
            '\u{0370}'..='\u{03FF}' => greek += 1,
            _ => other += 1,
        }
    }
    let most = [arabic, latin, hebrew, cyrillic, greek, other].into_iter().max().unwrap_or_default();
    match most {
        0 => "",
        _ if most == arabic => of_arabic(&text),
        _ if most == latin => best(&text, &LATIN).unwrap_or(if text.is_ascii() { "en" } else { "" }),
        _ if most == hebrew => "he",
        _ if most == greek => "el",
        // Too many languages are written so.
        _ => "",
    }
}

/// In Arabic script Persian is often typed with the letters of an Arabic keyboard, so these say nothing; Arabic words
/// have their article.
fn of_arabic(text: &str) -> &'static str {
    let article = words(text).filter(|word| word.starts_with("ال") && word.chars().count() > 4).count();
    let persian = words(text).filter(|word| word.starts_with("می\u{200C}") || word.ends_with("\u{200C}ها")).count();
    let more = |tag: &str| match tag {
        "ar" => article * WORD,
        "fa" => persian * WORD,
        _ => 0,
    };
    best_with(text, &ARABIC, more).unwrap_or("fa")
}

fn best(text: &str, languages: &[LanguageHints]) -> Option<&'static str> {
    best_with(text, languages, |_| 0)
}

/// The language that most words and letters speak for, the first of equals.
fn best_with(text: &str, languages: &[LanguageHints], more: impl Fn(&str) -> usize) -> Option<&'static str> {
    let words: Vec<String> = words(text).collect();
    let score = |language: &LanguageHints| {
        let common = words.iter().filter(|word| language.words.split(' ').any(|common| common == *word)).count();
        let letters = text.chars().filter(|c| language.letters.contains(*c)).count();
        common * WORD + letters + more(language.tag)
    };
    let scores: Vec<usize> = languages.iter().map(score).collect();
    let most = scores.iter().copied().max().filter(|most| *most > 0)?;
    languages.iter().zip(scores).find(|(_, score)| *score == most).map(|(language, _)| language.tag)
}

/// The words of a text as the lists have them: in small letters, with Persian ye and kaf, without marks.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let plain = |character: char| match character {
        'ي' => Some('ی'),
        'ك' => Some('ک'),
        '\u{64B}'..='\u{655}' => None,
        character => Some(character),
    };
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\u{200C}').filter(|word| !word.is_empty());
    words.map(move |word| word.chars().flat_map(char::to_lowercase).filter_map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_letters_and_words() {
        let table: [(&str, &[&str]); 14] = [
            (
                "fa",
                &[
                    "نامه‌ای به همهٔ کارگران که می‌خوانند",
                    "سلام",
                    "كارگران عزيز، اين نامه را بخوانيد و به ديگران برسانيد. فردا ساعت ده صبح جلوي كارخانه جمع مي شويم.",
                    "ما در خيابان مي مانيم تا صداي ما را بشنوند. از هيچ كس نمي ترسيم.",
                    "إعلامية: مسؤول اين كشتار شما هستيد و ما از شما نمي گذريم",
                    "زن زندگی آزادی",
                    "دوستان، اینترنت قطع است. این برگه را تکثیر کنید.",
                    "۱. در ۱۲ شهر تلفن کار می‌کند.\n۲. پیامک قطع است.",
                    "به نام خدا. السلام علیکم و رحمة الله. برادران و خواهران عزیز، این نامه را برای شما می‌نویسم که بدانید ما زنده‌ایم.",
                    "توانا بود هر که دانا بود / ز دانش دل پیر برنا بود",
                    "متن <a href=\"https://example.org/a-long-address\">پیوند</a> است.",
                ],
            ),
            (
                "ar",
                &[
                    "هذه رسالة إلى العمال في كل مكان",
                    "أيها الإخوة، اقرؤوا هذه الرسالة وانقلوها إلى غيركم.",
                    "الإنترنت مقطوع منذ يومين في جميع المدن، ولا نعرف متى يعود.",
                    "نحن نطالب بإطلاق سراح المعتقلين",
                    "ان الشعب يريد الحرية والعدالة ولن يسكت بعد اليوم",
                    "لا تخافوا، نحن معكم",
                ],
            ),
            (
                "ckb",
                &[
                    "ئەم نامەیە بۆ هەموو کرێکارانە",
                    "ئینتەرنێت لە هەموو شارەکان بڕاوە",
                    "تکایە ئەم نامەیە بخوێننەوە و بیدەن بە کەسانی تر.",
                    "ژن ژیان ئازادی، ئێمە لە شەقامین",
                ],
            ),
            (
                "azb",
                &[
                    "بو مکتوبو اوخویون و باشقالارینا دا وئرین",
                    "اینترنت بوتون شهرلرده کسیلیب، آما سسیمیز کسیلمییب",
                    "بیز ایشچیلر اوچون بیر مکتوب یازدیق",
                    "هامیمیز بیر یئرده اولمالیییق، چونکو بیزیم گوجوموز بیرلیکده دیر",
                ],
            ),
            (
                "az",
                &[
                    "Bu məktub bütün işçilər üçündür",
                    "İnternet kəsilib, amma səsimiz kəsilməyib.",
                    "Əziz dostlar, bu məktubu oxuyun və başqalarına verin.",
                    "Biz birlikdə güclüyük və qorxmuruq.",
                ],
            ),
            (
                "ku",
                &[
                    "Ev name ji bo hemû karkeran e",
                    "Înternet li hemû bajaran qut bûye, lê dengê me qut nebûye.",
                    "Ji kerema xwe vê nameyê bixwînin û bidin yên din.",
                    "Jin jiyan azadî",
                ],
            ),
            (
                "en",
                &[
                    "A letter to all workers",
                    "The network is down, and our voices are not.",
                    "Meet us at the bridge at ten. Bring water.",
                    "hi",
                    "Dear friends, please read this and pass it on to others.",
                ],
            ),
            (
                "de",
                &[
                    "Ein Brief an alle, die hier arbeiten",
                    "Liebe Kolleginnen und Kollegen, das Netz ist abgeschaltet.",
                    "Wir treffen uns um zehn an der Brücke.",
                    "Bitte lesen und weitergeben!\nEs ist nicht vorbei.",
                ],
            ),
            (
                "fr",
                &[
                    "Une lettre à tous les travailleurs",
                    "Le réseau est coupé, mais notre voix ne l’est pas.",
                    "Chers amis, lisez cette lettre et donnez-la à d’autres.",
                    "Nous nous retrouvons au pont à dix heures.",
                ],
            ),
            (
                "tr",
                &[
                    "Bu mektup bütün işçiler için yazıldı",
                    "İnternet kesildi ama sesimiz kesilmedi.",
                    "Sevgili arkadaşlar, lütfen bu mektubu okuyun ve başkalarına verin.",
                    "Saat onda köprüde buluşuyoruz, değil mi?",
                ],
            ),
            ("es", &["Una carta para todos los trabajadores", "La red está cortada, pero no nuestra voz."]),
            ("ur", &["یہ خط تمام مزدوروں کے لیے ہے", "انٹرنیٹ بند ہے، لیکن ہماری آواز نہیں"]),
            ("he", &["מכתב לכל העובדים"]),
            ("", &["Письмо всем рабочим", "۱۲۳ 456", "…"]),
        ];
        let mut checked = 0;
        for (language, texts) in table {
            for text in texts {
                assert_eq!(guess_language(text), language, "{text}");
                checked += 1;
            }
        }
        assert!(checked >= 40);
    }
}

//! Persian.

mod errors;
mod seeing;
mod trial;

use super::{
    Asked, Carried, Demo, Everywhere, Label, LeftOut, Needed, NoText, PageIs, Results, Seen, Signed, Source, Trace,
    Words,
};
use crate::error::Error;

pub(super) struct Persian;

/// Any number or text with its ASCII digits turned into Persian ones.
fn digits(value: impl ToString) -> String {
    value
        .to_string()
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x06F0 + digit)).unwrap_or(c))
        .collect()
}

impl Everywhere for Persian {
    fn what_happened(&self, error: &Error) -> String {
        errors::what_happened(error)
    }

    fn what_to_do(&self, error: &Error) -> String {
        errors::what_to_do(error)
    }

    fn why_unread(&self, why: &str) -> &'static str {
        seeing::why_unread(why)
    }

    fn passphrase_words(&self) -> &'static str {
        include_str!("fa/passphrase.txt")
    }
}

impl Words for Persian {
    fn tag(&self) -> &'static str {
        "fa"
    }

    fn number(&self, number: usize) -> String {
        digits(number)
    }

    fn page(&self, number: usize, of: usize) -> String {
        format!("صفحهٔ {} از {}", digits(number), digits(of))
    }

    fn code_caption(&self, number: usize, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let restore = match certain {
            _ if sufficient == of && of > 1 => "همه لازم است".into(),
            true if sufficient == 1 => "یکی کافی است".into(),
            true => format!("هر {} کد کافی است", digits(sufficient)),
            false => format!("حدود {} کد کافی است", digits(sufficient)),
        };
        format!("{} · {restore}", self.short_caption(number, of))
    }

    fn short_caption(&self, number: usize, of: usize) -> String {
        format!("کد {} از {}", digits(number), digits(of))
    }

    fn codes_heading(&self, carried: Carried) -> &'static str {
        match carried {
            Carried::Letter => "همین نامه، به صورت کد",
            Carried::File => "یک فایل، به صورت کد",
            Carried::Encrypted => "نامه‌ای رمزشده، به صورت کد",
        }
    }

    fn signed_by(&self, fingerprint: &str) -> String {
        format!(
            "نامه امضا دارد. برنامه باید {} را نشان دهد؛ فقط اگر این رقم‌ها را از جای دیگری جز این برگه می‌شناسید، باورش کنید.",
            self.fingerprint(fingerprint)
        )
    }

    fn plain_heading(&self) -> &'static str {
        "برای دوربین هر گوشی، بدون هیچ برنامه‌ای"
    }

    fn summary_caption(&self) -> String {
        "این نامه دربارهٔ چیست".into()
    }

    fn plain_caption(&self, number: usize, of: usize) -> String {
        if of == 1 {
            "همهٔ نامه به متن ساده".into()
        } else {
            format!("صفحهٔ {} از {} به متن ساده", digits(number), digits(of))
        }
    }

    fn how_to_get_the_rest(&self, needed: Needed) -> String {
        format!(
            "همهٔ نامه در کدهای دیگر است: از {} {} تا از این {} کد عکس بگیرید و عکس‌ها را در برنامهٔ رایگان شب‌نامه باز کنید (گوشی: صفحهٔ reader.html)؛ اینترنت لازم نیست.",
            if needed.certain { "هر" } else { "حدود" },
            digits(needed.sufficient),
            digits(needed.of)
        )
    }

    fn piece_of(&self, name: &str, carried: Carried) -> String {
        if carried == Carried::Encrypted {
            "بخشی از نامه‌ای رمزشده".into()
        } else if name.is_empty() {
            "بخشی از یک نامه".into()
        } else {
            format!("بخشی از نامهٔ «{name}»")
        }
    }

    fn card_hint(&self, needed: Needed) -> String {
        let photos = match needed.sufficient {
            1 => "از آن عکس بگیرید".into(),
            some => format!("از {} کارت متفاوت عکس بگیرید", digits(some)),
        };
        format!("{photos}، عکس‌ها را در برنامهٔ شب‌نامه باز کنید (گوشی: صفحهٔ reader.html)، کارت را به نفر بعدی بدهید.")
    }

    fn how_to_cut_cards(&self) -> &'static str {
        "بدون تغییر اندازه (۱۰۰٪) چاپ کنید و از نشانه‌ها ببُرید."
    }

    fn how_to_cut_pages(&self) -> &'static str {
        "بر یک روی کاغذ چاپ کنید، بدون تغییر اندازه (۱۰۰٪). از نشانه‌ها ببُرید و صفحه‌ها را به ترتیب شماره بگذارید."
    }

    fn how_to_fold_a_booklet(&self) -> &'static str {
        "هر دو روی کاغذ را چاپ کنید (برگردان از لبهٔ کوتاه)، بدون تغییر اندازه (۱۰۰٪). از وسط تا کنید و دسته‌ها را روی هم بگذارید."
    }

    fn how_to_fold_a_zine(&self) -> &'static str {
        "بر یک روی کاغذ چاپ کنید، بدون تغییر اندازه (۱۰۰٪)؛ هر برگ دفترچه‌ای جداست. برگ را از عرض نصف و باز نصف کنید و باز کنید. خط‌چین را ببُرید، از طول تا کنید، دو سر را به هم فشار دهید تا بُرش باز و دوباره بسته شود، و صفحه‌ها را گرد جلد تا کنید."
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        format!("{form}: {} صفحه، {} طرف کاغذ؛ {}", digits(pages), digits(sides), self.sufficient(needed))
    }

    fn how_to_read(&self, needed: Needed) -> [String; 3] {
        let Needed { sufficient, of, certain } = needed;
        let (some, all) = (digits(sufficient), digits(of));
        let first = match (sufficient, certain) {
            _ if sufficient == of => {
                format!("از هر {all} کد عکس بگیرید، در نور خوب و از نزدیک، یکی یا چند تا در هر عکس.")
            }
            (1, _) => format!(
                "از یکی از این {all} کد، هر کدام که خواستید، در نور خوب و از نزدیک عکس بگیرید. اگر بقیه گم شوند، اشکالی ندارد."
            ),
            (_, true) => format!(
                "از هر {some} تا از این {all} کد که خواستید، در نور خوب و از نزدیک عکس بگیرید، هر بار یکی یا چند تا. اگر بقیه گم شوند، اشکالی ندارد."
            ),
            (_, false) => format!(
                "از حدود {some} تا از این {all} کد، از همه جای برگه‌ها، در نور خوب و از نزدیک عکس بگیرید. اگر بقیه گم شوند، اشکالی ندارد."
            ),
        };
        [
            first,
            "عکس‌ها را در برنامهٔ شب‌نامه باز کنید (گوشی: صفحهٔ reader.html). برنامه را از کسی بگیرید که به او اعتماد دارید. اینترنت لازم نیست.".into(),
            "کافی نبود؟ عکس‌های بیشتری بگیرید، از همین برگه یا نسخه‌ای دیگر. بعد نامه را به نفر بعدی برسانید.".into(),
        ]
    }

    fn not_printed(&self, characters: &str) -> String {
        format!("فونت این نویسه‌ها را ندارد: {characters} — روی کاغذ شماره‌شان به جایشان می‌آید؛ در کدها خودشان هستند")
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Letter => "نامه",
            Label::Envelope => "پاکت",
            Label::ObjectId => "شناسه",
            Label::Codes => "کدها",
            Label::Suffice => "کافی است",
            Label::Signature => "امضا",
            Label::Encryption => "رمز",
            Label::PublicKey => "کلید عمومی",
            Label::Recipient => "گیرنده",
            Label::Fingerprint => "اثر انگشت",
            Label::Comment => "توضیح",
            Label::Sha256 => "SHA-256",
            Label::SignatureFile => "فایل امضا",
            Label::Forged => "جعلی",
            Label::Written => "نوشته شد",
            Label::Picture => "تصویر",
            Label::Frame => "فریم",
            Label::Foreign => "از ما نیست",
            Label::Refused => "رد شد",
            Label::Unread => "خوانده نشد",
            Label::NoCodes => "بی‌کد",
        }
    }

    fn bytes(&self, bytes: usize) -> String {
        format!("{} بایت", digits(bytes))
    }

    fn sufficient(&self, needed: Needed) -> String {
        let any = match needed.certain {
            _ if needed.sufficient == needed.of => "همهٔ",
            true => "هر",
            false => "حدود",
        };
        format!("{any} {} کد از {}", digits(needed.sufficient), digits(needed.of))
    }

    fn letter_written(&self, object_id: &str, path: &str, bytes: usize) -> String {
        format!("نامهٔ {object_id}: کامل، {} بایت، نوشته شد در {path}", digits(bytes))
    }

    fn letter_incomplete(&self, object_id: &str, received: usize, needed: usize, codes: usize) -> String {
        format!(
            "نامهٔ {object_id}: {} نماد از {}؛ هنوز لازم است: {}، حدود {} کد دیگر",
            digits(received),
            digits(needed),
            digits(needed.saturating_sub(received)),
            digits(codes)
        )
    }

    fn no_text(&self, name: &str, why: NoText) -> String {
        let todo = match why {
            NoText::NotText => "متنی نیست که این‌جا شناخته باشد؛ با کدگذاری UTF-8 ذخیره‌اش کنید",
            NoText::OldWord => "سند Word قدیمی است؛ آن را به شکل docx. ذخیره کنید",
            NoText::Pdf => "این PDF است؛ همان سندی را بدهید که PDF از آن ساخته شده",
            NoText::File => return format!("{name} به صورت فایل می‌رود و متنی از آن چاپ نمی‌شود"),
        };
        format!("{name} به صورت فایل می‌رود و متنش چاپ نمی‌شود: {todo} تا چیده شود")
    }

    fn taken(&self, source: Source, left_out: &LeftOut) -> String {
        let document = match source {
            Source::Word => "سند Word",
            Source::OpenDocument => "سند OpenDocument",
            Source::RichText => "سند RTF",
            Source::Html => "صفحهٔ HTML",
            Source::Encoded(encoding) => {
                return format!("متن از کدگذاری {encoding} به UTF-8 برگردانده شد؛ با --as-file خود فایل می‌رود");
            }
        };
        let LeftOut { pictures, comments, deletions, hidden } = *left_out;
        let parts = [(pictures, "عکس"), (comments, "یادداشت"), (deletions, "بخش حذف‌شده"), (hidden, "بخش پنهان")];
        let parts = parts.iter().filter(|(of, _)| *of > 0).map(|(of, what)| format!("{} {what}", self.number(*of)));
        let parts: Vec<String> = parts.collect();
        let left_out = match parts.as_slice() {
            [] => "جز ظاهرش چیزی کم نشد".to_owned(),
            parts => format!("{} در آن نیامد", parts.join(" و ")),
        };
        format!("متن از {document} برداشته شد: {left_out}؛ با --as-file خود فایل می‌رود")
    }

    fn answer(&self, answer: &Signed<'_>) -> String {
        match answer {
            Signed::Trusted { name: "", fingerprint } => {
                format!("امضاشده با کلیدی که به آن اعتماد دارید: {}", self.fingerprint(fingerprint))
            }
            Signed::Trusted { name, fingerprint } => {
                format!("امضاشده با کلیدی که به آن اعتماد دارید: {name} ({})", self.fingerprint(fingerprint))
            }
            Signed::Unknown { fingerprint } => format!(
                "امضاشده با کلیدی که نمی‌شناسید: {}؛ این رقم‌ها را با آنچه نویسنده منتشر کرده است مقایسه کنید",
                self.fingerprint(fingerprint)
            ),
            Signed::Unsigned => "بی‌امضا: ممکن است کار هر کسی باشد".into(),
            Signed::False { fingerprint } => {
                format!("امضا جعلی است: می‌گوید از {} است و نیست؛ باورش نکنید", self.fingerprint(fingerprint))
            }
        }
    }

    fn fingerprint(&self, fingerprint: &str) -> String {
        digits(fingerprint.replace(' ', "\u{a0}"))
    }

    fn asks(&self, asked: Asked) -> &'static str {
        match asked {
            Asked::Letter => "گذرواژهٔ نامه",
            Asked::NewLetter => "گذرواژه‌ای تازه برای نامه",
            Asked::Key => "گذرواژهٔ کلید",
            Asked::NewKey => "گذرواژه‌ای تازه برای کلید",
            Asked::Again => "همان، یک بار دیگر",
        }
    }

    fn entropy(&self, words: usize, bits: usize) -> String {
        format!(
            "{} واژه از ۱۰۲۴ واژه، تصادفی: {} بیت، یکی از دو به توان {} گذرواژه",
            digits(words),
            digits(bits),
            digits(bits)
        )
    }

    fn how_to_trust(&self, key: &str) -> String {
        format!("اگر رقم‌ها درست است: shabnameh trust {key} --name NAME")
    }

    fn serving(&self) -> &'static str {
        "این نشانی را در مرورگر همین رایانه باز کنید؛ کس دیگری به آن دسترس ندارد. پایان با Ctrl-C."
    }

    fn read_me(&self) -> &'static str {
        include_str!("fa/READ-ME.txt")
    }

    fn keep_the_key(&self) -> &'static str {
        "فایل .pub و رقم‌ها را هر جا می‌توانید منتشر کنید. از فایل دیگر نسخه‌ای نگه دارید و به هیچ‌کس نشان ندهید: جایگزینی ندارد."
    }

    fn names_kept(&self, count: usize, path: &str) -> String {
        format!("{} کلید مورد اعتماد در {path}", digits(count))
    }

    fn plain_passphrase(&self) -> &'static str {
        "گذرواژه به شکل ساده‌اش به کار می‌رود: حرف‌های فارسی، رقم‌های انگلیسی، یک فاصله میان واژه‌ها؛ به برنامه‌های دیگر همین را بدهید"
    }

    fn summary_in_clear(&self) -> &'static str {
        "نامه رمز شده است، خلاصه نه: هر که کاغذ را بیابد آن را می‌خواند"
    }

    fn encrypted(&self) -> &'static str {
        "نامه رمز شده است: تنها کسی که گذرواژه یا کلید را دارد آن را باز می‌کند. دیگران می‌توانند آن را برسانند."
    }

    fn forged_codes(&self, object_id: &str, codes: usize, pictures: &str) -> String {
        format!("نامهٔ {object_id}: {} کد جعلی کنار گذاشته شد، در: {pictures}", digits(codes))
    }

    fn letter_forged(&self, object_id: &str) -> String {
        format!(
            "نامهٔ {object_id}: نماد به‌اندازه رسید، اما برخی جعلی است؛ کدهای نسخهٔ دیگری را بیفزایید یا تصویرهایی را که به آن‌ها اعتماد ندارید کنار بگذارید"
        )
    }

    fn letter_without_room(&self, object_id: &str) -> String {
        format!(
            "نامهٔ {object_id}: کامل است، اما پیش از آن نامه‌های زیادی رسیده و جا نیست؛ تنها همین را بخواهید: --only {object_id}"
        )
    }

    fn no_codes_in(&self, pictures: &str) -> String {
        format!("بی‌کد: {pictures}")
    }

    fn and_more(&self, count: usize) -> String {
        format!("و {} مورد دیگر", digits(count))
    }

    fn filming(&self, pictures: usize, codes: usize) -> String {
        seeing::filming(pictures, codes)
    }

    fn films_passed(&self, films: usize) -> String {
        format!("{} فیلم دیده نشد، چون همهٔ نامه‌های آغازشده کامل‌اند؛ --all همه را می‌بیند", digits(films))
    }

    fn seen(&self, seen: &Seen) -> String {
        seeing::seen(seen)
    }

    fn traces(&self, traces: &[Trace], strips: bool) -> String {
        let told = traces.iter().map(|trace| match trace {
            Trace::Place => "جای گرفتن عکس".to_owned(),
            Trace::Time => "زمان".to_owned(),
            Trace::Device => "دستگاه".to_owned(),
            Trace::Person(name) if name.is_empty() => "شاید نام سازنده".to_owned(),
            Trace::Person(name) => format!("یک نام ({name})"),
            Trace::Program => "برنامهٔ سازنده".to_owned(),
            Trace::More => "چیزی بیش از آنچه تصویر نشان می‌دهد".to_owned(),
        });
        let told: Vec<String> = told.collect();
        let way = if strips {
            "گزینهٔ --strip این‌ها را برمی‌دارد."
        } else {
            "در همان برنامه‌ای که فایل را ساخته پاکشان کنید، یا آن را به شکل متن یا تصویر بفرستید."
        };
        format!("مراقب باشید: در این فایل این‌ها هم هست: {}. {way}", told.join("، "))
    }

    fn page_is(&self, page: &PageIs) -> String {
        match page {
            PageIs::Ours => "این همان صفحهٔ این نسخه است، بایت به بایت".into(),
            PageIs::OursWithLetter(id) => {
                format!("این صفحهٔ همین نسخه است و نامهٔ {id} در آن است، و جز آن چیزی در آن نیست؛ بدون نامه:")
            }
            PageIs::Another => {
                "این صفحهٔ این نسخه نیست: شاید نسخهٔ دیگری باشد، شاید جعلی؛ بازش نکنید، با --out یکی بنویسید".into()
            }
        }
    }

    fn channel(&self, name: &str) -> &'static str {
        trial::channel(name)
    }

    fn every_channel(&self) -> &'static str {
        "هر یک از این‌ها جداگانه"
    }

    fn harm(&self, name: &str) -> &'static str {
        trial::harm(name)
    }

    fn trial_headings(&self) -> [&'static str; 6] {
        trial::HEADINGS
    }

    fn results(&self, results: &Results) -> String {
        trial::results(results)
    }

    fn demo(&self, step: Demo) -> String {
        match step {
            Demo::Made(letter, envelope, codes) => format!(
                "نامه‌ای با {} بایت، پاکتی با {} بایت و برگه‌ای با {} کد شد.",
                digits(letter),
                digits(envelope),
                digits(codes)
            ),
            Demo::Pictured(pages) => format!("برگه به {} تصویر تبدیل شد، چنان‌که اسکنر می‌بیند.", digits(pages)),
            Demo::Lost(lost, of) => {
                format!("سپس {} کد از {} کد پوشانده شد، گویی پاره شده‌اند.", digits(lost), digits(of))
            }
            Demo::Restored(codes) => {
                format!("از {} کد بازمانده، نامه بازسازی شد؛ بایت به بایت همان است.", digits(codes))
            }
            Demo::Failed => "نامه برنگشت. این خطای ماست: لطفاً به ما بگویید.".into(),
            Demo::Open => "برای دیدن آنچه به دست مردم می‌رسد، این را باز کنید:".into(),
        }
    }
}

//! What is said on paper, in Persian.

use super::{Persian, digits};
use crate::prose::text::Carried;
use crate::words::{Needed, PaperWords};

impl PaperWords for Persian {
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

    fn fingerprint(&self, fingerprint: &str) -> String {
        digits(fingerprint.replace(' ', "\u{a0}"))
    }

    fn sufficient(&self, needed: Needed) -> String {
        let any = match needed.certain {
            _ if needed.sufficient == needed.of => "همهٔ",
            true => "هر",
            false => "حدود",
        };
        format!("{any} {} کد از {}", digits(needed.sufficient), digits(needed.of))
    }

    fn encrypted(&self) -> &'static str {
        "نامه رمز شده است: تنها کسی که گذرواژه یا کلید را دارد آن را باز می‌کند. دیگران می‌توانند آن را برسانند."
    }
}

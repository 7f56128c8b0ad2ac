//! What is said on a terminal, in Persian.

use super::{Persian, digits, program_errors};
use crate::codec::keys::PublicKey;
use crate::codec::trust::SignatureStatus;
use crate::documents::markup::LeftOut;
use crate::documents::open::Source;
use crate::error::program::ProgramError;
use crate::words::{
    Asked, Counts, DemoStep, Everywhere, Label, Needed, NoText, PageIs, PaperWords, TerminalWords, Trace,
};

impl TerminalWords for Persian {
    fn program_error(&self, error: &ProgramError) -> [String; 2] {
        [program_errors::what_happened(error), program_errors::what_to_do(error)]
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        format!("{form}: {} صفحه، {} طرف کاغذ؛ {}", digits(pages), digits(sides), self.sufficient(needed))
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

    fn signature(&self, status: &SignatureStatus) -> String {
        let by = |key: &PublicKey| self.fingerprint(&key.fingerprint().to_string());
        match status {
            SignatureStatus::Trusted { name, key } if name.is_empty() => {
                format!("امضاشده با کلیدی که به آن اعتماد دارید: {}", by(key))
            }
            SignatureStatus::Trusted { name, key } => {
                format!("امضاشده با کلیدی که به آن اعتماد دارید: {name} ({})", by(key))
            }
            SignatureStatus::Unknown { key } => format!(
                "امضاشده با کلیدی که نمی‌شناسید: {}؛ این رقم‌ها را با آنچه نویسنده منتشر کرده است مقایسه کنید",
                by(key)
            ),
            SignatureStatus::Unsigned => "بی‌امضا: ممکن است کار هر کسی باشد".into(),
            SignatureStatus::False { key } => {
                format!("امضا جعلی است: می‌گوید از {} است و نیست؛ باورش نکنید", by(key))
            }
        }
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
        format!("{} تصویر، {} کد", digits(pictures), digits(codes))
    }

    fn films_passed(&self, films: usize) -> String {
        format!("{} فیلم دیده نشد، چون همهٔ نامه‌های آغازشده کامل‌اند؛ --all همه را می‌بیند", digits(films))
    }

    fn counts(&self, seen: &Counts) -> String {
        let mut text = format!("{} تصویر دیده شد، {} کد خوانده شد", digits(seen.pictures), digits(seen.frames));
        if seen.refused > 0 {
            text.push_str(&format!("، {} رد شد", digits(seen.refused)));
        }
        if seen.forged > 0 {
            text.push_str(&format!("، {} جعلی بود", digits(seen.forged)));
        }
        if seen.foreign > 0 {
            text.push_str(&format!("، {} کد از ما نبود", digits(seen.foreign)));
        }
        if seen.others > 0 {
            text.push_str(&format!("، {} کد از نامه‌های دیگر بود", digits(seen.others)));
        }
        if seen.given_up > 0 {
            text.push_str(&format!("؛ {} نامهٔ ناتمام رها شد تا جا باز شود", digits(seen.given_up)));
        }
        text
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

    fn demo(&self, step: DemoStep) -> String {
        match step {
            DemoStep::Made(letter, envelope, codes) => format!(
                "نامه‌ای با {} بایت، پاکتی با {} بایت و برگه‌ای با {} کد شد.",
                digits(letter),
                digits(envelope),
                digits(codes)
            ),
            DemoStep::Pictured(pages) => format!("برگه به {} تصویر تبدیل شد، چنان‌که اسکنر می‌بیند.", digits(pages)),
            DemoStep::Lost(lost, of) => {
                format!("سپس {} کد از {} کد پوشانده شد، گویی پاره شده‌اند.", digits(lost), digits(of))
            }
            DemoStep::Restored(codes) => {
                format!("از {} کد بازمانده، نامه بازسازی شد؛ بایت به بایت همان است.", digits(codes))
            }
            DemoStep::Failed => "نامه برنگشت. این خطای ماست: لطفاً به ما بگویید.".into(),
            DemoStep::Open => "برای دیدن آنچه به دست مردم می‌رسد، این را باز کنید:".into(),
        }
    }
}

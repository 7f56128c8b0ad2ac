//! Persian.

mod trial;

use super::{Demo, Label, Needed, Results, Seen, Words};
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

/// A length in millimetres, given in parts of `unit`.
fn millimetres(value: u32, unit: u32) -> String {
    let places = unit.ilog10() as usize;
    let text = format!("{}.{:0places$}", value / unit, value % unit);
    digits(text.trim_end_matches('0').trim_end_matches('.').replace('.', "٫"))
}

impl Words for Persian {
    fn tag(&self) -> &'static str {
        "fa"
    }

    fn number(&self, number: usize) -> String {
        digits(number)
    }

    fn what_happened(&self, error: &Error) -> String {
        match error {
            Error::LetterEmpty => "نامه خالی است".into(),
            Error::LetterTooLarge { bytes, max } => {
                format!("نامه {} بایت دارد؛ بیش از {} بایت را نمی‌توان رساند", digits(bytes), digits(max))
            }
            Error::FieldTooLong { field, bytes, max } => {
                format!("«{field}» {} بایت دارد؛ بیشترین اندازه {} است", digits(bytes), digits(max))
            }
            Error::FieldInvalid { field } => format!("«{field}» مقداری دارد که نمی‌تواند داشته باشد"),
            Error::Truncated { field } => format!("پاکت نیمه‌کاره است و در «{field}» پایان می‌یابد"),
            Error::NewerReader { field, found } => {
                format!("این را نسخهٔ تازه‌تری ساخته است ({field} {})", digits(found))
            }
            Error::ObjectLength { bytes } => format!("پاکت نمی‌تواند {} بایت باشد", digits(bytes)),
            Error::CodedContent { why } => format!("محتوا باز نمی‌شود: {why}"),
            Error::ContentHash => "محتوا آن نیست که پاکت برایش ساخته شده است".into(),
            Error::FrameText => "این مانند کدهای ما آغاز می‌شود، اما آسیب دیده یا بریده است".into(),
            Error::FrameTooShort { bytes } => format!("یک فریم نمی‌تواند تنها {} بایت باشد", digits(bytes)),
            Error::FrameChecksum => "جمع کنترلی فریم نادرست است".into(),
            Error::FrameSymbols { bytes, symbol_size } => {
                format!("{} بایت، نمادهای {} بایتیِ این نامه نیست", digits(bytes), digits(symbol_size))
            }
            Error::Armor { why } => format!("پاکتِ متنی خوانده نمی‌شود: {why}"),
            Error::ObjectId => "پاکت آن نیست که شناسه‌اش می‌گوید".into(),
            Error::TooManyObjects { max } => format!("این‌ها کدهای بیش از {} نامه‌اند", digits(max)),
            Error::RepairOutOfRange { percent, max } => {
                format!("{}٪ ترمیم بیش از {}٪ است که این نامه می‌پذیرد", digits(percent), digits(max))
            }
            Error::QrVersion { version: 23 } => "نسخهٔ ۲۳ کیوآر به کار نمی‌رود: خواننده‌ای رایج آن را نمی‌خواند".into(),
            Error::QrVersion { version } => format!("کیوآر نسخهٔ {} ندارد", digits(version)),
            Error::QrTooSmall { version, .. } => {
                format!("کد کیوآر نسخهٔ {} برای یک نماد این نامه کوچک است", digits(version))
            }
            Error::QrEncode => "کد کیوآر ساخته نشد".into(),
            Error::Picture { why } => format!("این را نمی‌توان چون تصویر، PDF یا متن خواند: {why}"),
            Error::PictureHeic => "این عکسِ HEIC یا AVIF است که خوانده نمی‌شود".into(),
            Error::PictureTooLarge { width, height, max } => {
                format!("تصویر {} در {} پیکسل دارد؛ بیشترین شمار {} است", digits(width), digits(height), digits(max))
            }
            Error::TooManyPages { max } => format!("بیش از {} تصویر یا صفحه دارد", digits(max)),
            Error::CodeTooLarge { side_tenth_mm, room_tenth_mm, .. } => format!(
                "کدی به پهنای {} میلی‌متر در {} میلی‌متری که برایش هست نمی‌گنجد",
                millimetres(*side_tenth_mm, 10),
                millimetres(*room_tenth_mm, 10)
            ),
            Error::FormPaper { form, paper } => {
                format!("از کاغذ {paper} نمی‌توان {form} ساخت: صفحه‌هایش بیش از اندازه کوچک می‌شود")
            }
            Error::SummaryTooLong { bytes, max } => {
                format!("خلاصه {} بایت دارد؛ در کنار عنوان برای {} بایت جا هست", digits(bytes), digits(max))
            }
            Error::Dpi { dpi } => format!("بایگانی برای {} نقطه در اینچ ساخته نمی‌شود", digits(dpi)),
            Error::OptionForm { option, form } => format!("{option} برای {form} معنایی ندارد"),
            Error::OntoItself { path } => format!("{path} خود نامه است"),
            Error::OnePdf => "خروجی استاندارد یک PDF می‌پذیرد".into(),
            Error::NoText => "این پرونده متن نیست: چیزی نیست که در کدهای ساده بیاید".into(),
            Error::SealedAlready => "نامه‌ای که در پاکت است عنوان و زبانش را دارد".into(),
            Error::TrialName { name, .. } => format!("کانال، آسیب یا تنظیمی به نام {name} نیست"),
            Error::TrialSweep { sweep, why } => format!("پیمایش {sweep} معنا ندارد: {why}"),
            Error::TrialRange { name, value, least, most, unit } => {
                let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
                format!("{name} نمی‌تواند {}{unit} باشد: از {} تا {} است", digits(value), digits(least), digits(most))
            }
            Error::TrialChannels { first, second } => {
                format!("{first} و {second} با هم نمی‌سازند: یکی از نمایشگر است و دیگری از کاغذ")
            }
            Error::TrialRuns { runs, least } => format!(
                "از {} اجرا نمی‌توان دانست چه چیز در ۹۹ از ۱۰۰ می‌گذرد؛ {} اجرا بس است",
                digits(runs),
                digits(least)
            ),
            Error::TrialTooLarge { sides, max } => {
                format!(
                    "نامه حدود {} رو یا تصویر رمزدار می‌گیرد؛ {} تا هنگام آزمون در حافظه جا می‌شود",
                    digits(sides),
                    digits(max)
                )
            }
            Error::TrialTooLong { gigapixels, hours } => {
                format!("این {} گیگاپیکسل تصویر است، حدود {} ساعت روی دو هسته", digits(gigapixels), digits(hours))
            }
            Error::ManySheets { form, sides, max } => {
                format!("{form} حدود {} روی کاغذ می‌گیرد؛ بیش از {} نپرسیده ساخته نمی‌شود", digits(sides), digits(max))
            }
            Error::ModuleSize { micrometres, min, max } => format!(
                "خانه‌های {} میلی‌متری بیرون از بازهٔ {} تا {} میلی‌متر است",
                millimetres(*micrometres, 1000),
                millimetres(*min, 1000),
                millimetres(*max, 1000)
            ),
            Error::Page { why } => format!("صفحه ساخته نشد: {why}"),
            Error::File { path, why } => format!("{path}: {why}"),
            Error::Exists { path } => format!("{path} از پیش هست"),
            Error::NothingInFolder { path } => format!("{path}: در این پوشه تصویر، PDF یا متنی نیست"),
            Error::SeveralLetters { letters } => {
                format!("{} نامه کامل است، اما خروجی استاندارد تنها یکی را می‌پذیرد", digits(letters))
            }
            Error::TwoResults => "خروجی استاندارد یا نامه را می‌پذیرد یا JSON را، نه هر دو را".into(),
            Error::NothingFound => "در آنچه دادید هیچ کدی از ما پیدا نشد".into(),
        }
    }

    fn what_to_do(&self, error: &Error) -> String {
        match error {
            Error::LetterEmpty => "پرونده‌ای بدهید که چیزی در آن باشد.",
            Error::LetterTooLarge { .. } => "کوتاهش کنید، یا آن را به چند نامه ببُرید.",
            Error::FieldTooLong { .. } => "کوتاه‌ترش کنید.",
            Error::FieldInvalid { field: "language" } => "نشانهٔ زبان را بدهید، مانند fa یا ckb یا ar یا az یا en.",
            Error::NewerReader { .. } => "با نسخهٔ تازه‌تر شب‌نامه بخوانید.",
            Error::FieldInvalid { .. }
            | Error::Truncated { .. }
            | Error::ObjectLength { .. }
            | Error::CodedContent { .. }
            | Error::ContentHash => "به آن اعتماد نکنید: سازندهٔ این پاکت آن را نادرست ساخته است. نامه را از کس دیگری بگیرید.",
            Error::FrameText | Error::FrameTooShort { .. } | Error::FrameChecksum | Error::FrameSymbols { .. } => {
                "این کد را کنار بگذارید یا دوباره از آن عکس بگیرید؛ کدهای دیگر جایش را پر می‌کنند."
            }
            Error::Armor { .. } | Error::ObjectId => "دوباره رونوشت بگیرید، از خط BEGIN تا خط END، با همهٔ میانشان.",
            Error::TooManyObjects { .. } => "هر بار تصویرهای کمتری بدهید؛ شاید کسی با کدهای دروغین راه را می‌بندد.",
            Error::RepairOutOfRange { .. } => "با --repair عدد کوچک‌تری بدهید.",
            Error::QrVersion { .. } => "نسخه‌ای از ۱ تا ۴۰ بدهید، جز ۲۳.",
            Error::QrTooSmall { least: Some(least), .. } => {
                return format!("با --qr-version نسخهٔ {} یا بیشتر بدهید، یا --error-correction را پایین بیاورید.", digits(least));
            }
            Error::QrTooSmall { least: None, .. } => "گزینهٔ --error-correction را پایین بیاورید.",
            Error::QrEncode => "این خطای ماست: لطفاً همراه با گزینه‌هایی که داده‌اید به ما بگویید.",
            Error::Picture { .. } => {
                "PNG، JPEG، WebP، TIFF، BMP، GIF، PDF یا متنی با کدهای رونوشت‌شده بدهید؛ اگر در راه بریده شده، دوباره بفرستید."
            }
            Error::PictureHeic => "آن را به صورت JPEG ذخیره کنید یا بفرستید (در آیفون: Settings، Camera، Formats، Most Compatible).",
            Error::PictureTooLarge { .. } => "کوچکش کنید، یا آن را به چند تکه ببُرید.",
            Error::TooManyPages { .. } => "آن را به چند پرونده بخش کنید.",
            Error::CodeTooLarge { version, form, paper, .. } => {
                let mut ways = Vec::new();
                ways.extend(version.map(|version| format!("--qr-version {version} یا کمتر")));
                ways.extend(paper.map(|paper| format!("--form {form} --paper {paper} یا بزرگ‌تر")));
                ways.push("--module-mm کوچک‌تر".into());
                return format!("{} بدهید.", ways.join("، یا "));
            }
            Error::FormPaper { .. } => "کاغذ بزرگ‌تری بدهید (--paper).",
            Error::SummaryTooLong { .. } => "کوتاهش کنید: دو جمله بس است؛ هر حرف فارسی دو بایت می‌گیرد.",
            Error::Dpi { .. } => "برای --dpi یکی از 150، 200، 300، 400، 600 یا 1200 را بدهید.",
            Error::OptionForm { .. } => "کنارش بگذارید، یا شکلی را برگزینید که این گزینه از آنِ آن است.",
            Error::OntoItself { .. } => "با --out جای دیگری بدهید.",
            Error::OnePdf => "برای --out پرونده بدهید، و برای --form all پوشه.",
            Error::NoText => "--plain=letter را کنار بگذارید.",
            Error::SealedAlready => "--title و --lang را کنار بگذارید، یا خود نامه را بدهید.",
            Error::TrialName { nearest, .. } => {
                return format!("شاید {nearest}؟ «shabnameh trial --list» همه را می‌گوید.");
            }
            Error::TrialSweep { .. } => "بنویسید NAME=FROM..TO/STEPS، مانند loss=0..80/9، یا NAME=A,B,C.",
            Error::TrialRange { .. } => "مقدارها را درون بازه بدهید؛ «shabnameh trial --list» معنای هر یک را می‌گوید.",
            Error::TrialChannels { .. } => "کانال‌های یک گونه بدهید؛ فیلم دوربین خودش را دارد و یک بار می‌آید.",
            Error::TrialTooLarge { .. } => "نامهٔ کوتاه‌تری بیازمایید: آنچه دربارهٔ ۳۰ رو درست است دربارهٔ ۳۰۰ هم هست.",
            Error::TrialTooLong { .. } => "--runs، کانال یا گام کمتری بدهید، یا نامهٔ کوتاه‌تر؛ --force با این همه انجام می‌دهد.",
            Error::TrialRuns { .. } => "--runs بیشتری بدهید، یا آن را ننویسید.",
            Error::ManySheets { .. } => "اگر همین را می‌خواهید --force را بیفزایید؛ --form archive کمترین کاغذ را می‌گیرد.",
            Error::ModuleSize { .. } => "با --module-mm عدد دیگری بدهید؛ پیش‌فرض 0.42 است.",
            Error::Page { .. } => "این خطای ماست: لطفاً اگر می‌توانید همراه با نامه به ما بگویید.",
            Error::File { .. } => "نشانی، جای خالی دیسک و اجازهٔ خواندن و نوشتن را بررسی کنید.",
            Error::Exists { .. } => "با --out جای دیگری بدهید، یا با --force اجازهٔ بازنویسی دهید.",
            Error::NothingInFolder { .. } => "پوشه‌ای را بدهید که عکس‌ها در آن است.",
            Error::TwoResults => "برای --out پرونده یا پوشه‌ای بدهید.",
            Error::SeveralLetters { .. } => "برای --out پوشه‌ای بدهید.",
            Error::NothingFound => "اگر عکس است: دوباره در نور خوب، از روبه‌رو و نزدیک‌تر بگیرید. اگر متن است: همهٔ آن را رونوشت بگیرید، از پیام‌رسانی که نشانه‌ها را عوض نکند.",
        }
        .into()
    }

    fn page(&self, number: usize, of: usize) -> String {
        format!("صفحهٔ {} از {}", digits(number), digits(of))
    }

    fn code_caption(&self, number: usize, needed: Needed) -> String {
        let Needed { sufficient, of, certain } = needed;
        let restore = match certain {
            _ if sufficient == of && of > 1 => "همه لازم است".into(),
            true => format!("هر {} کد کافی است", digits(sufficient)),
            false => format!("حدود {} کد کافی است", digits(sufficient)),
        };
        format!("{} · {restore}", self.short_caption(number, of))
    }

    fn short_caption(&self, number: usize, of: usize) -> String {
        format!("کد {} از {}", digits(number), digits(of))
    }

    fn codes_heading(&self, file: bool) -> &'static str {
        if file { "یک پرونده، به صورت کد" } else { "همین نامه، به صورت کد" }
    }

    fn plain_heading(&self) -> &'static str {
        "برای دوربین هر گوشی، بی هیچ برنامه‌ای"
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
            "همهٔ نامه در کدهای دیگر است: از {} {} کدِ این {} کد عکس بگیرید؛ برنامهٔ رایگان شب‌نامه (shabnameh) بی‌اینترنت آن را بازمی‌سازد.",
            if needed.certain { "هر" } else { "حدود" },
            digits(needed.sufficient),
            digits(needed.of)
        )
    }

    fn piece_of(&self, name: &str) -> String {
        if name.is_empty() {
            "پاره‌ای از یک نامه".into()
        } else {
            format!("پاره‌ای از نامهٔ «{name}»")
        }
    }

    fn card_hint(&self, needed: Needed) -> String {
        let photos = match needed.sufficient {
            1 => "از آن عکس بگیرید".into(),
            some => format!("از {} کارت گوناگون عکس بگیرید", digits(some)),
        };
        format!("{photos}، عکس‌ها را به برنامهٔ شب‌نامه بدهید، کارت را برسانید.")
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
        "بر یک روی کاغذ چاپ کنید، بدون تغییر اندازه (۱۰۰٪)؛ هر برگ دفترچه‌ای جداست. برگ را از پهنا به نیمه و چارک تا کنید و باز کنید. خط‌چین را ببُرید، از درازا تا کنید، دو سر را به هم فشار دهید تا بُرش باز و دوباره بسته شود، و صفحه‌ها را گرد جلد تا کنید."
    }

    fn printed(&self, form: &str, pages: usize, sides: usize, needed: Needed) -> String {
        format!("{form}: {} صفحه، {} طرف کاغذ؛ {}", digits(pages), digits(sides), self.sufficient(needed))
    }

    fn how_to_read(&self, needed: Needed) -> [String; 3] {
        let Needed { sufficient, of, certain } = needed;
        let (some, all) = (digits(sufficient), digits(of));
        let first = match (sufficient, certain) {
            _ if sufficient == of => format!("از هر {all} کد عکس بگیرید، روشن و از نزدیک، یکی یا چند تا در هر عکس."),
            (1, _) => {
                format!("از یکی از این {all} کد، هر کدام که باشد، روشن و از نزدیک عکس بگیرید. گم‌شدن بقیه مهم نیست.")
            }
            (_, true) => format!(
                "از هر {some} کدِ این {all} کد، روشن و از نزدیک عکس بگیرید، یکی یا چند تا در هر عکس. گم‌شدن بقیه مهم نیست."
            ),
            (_, false) => format!(
                "از حدود {some} کدِ این {all} کد، از همه جای برگه‌ها، روشن و از نزدیک عکس بگیرید. گم‌شدن بقیه مهم نیست."
            ),
        };
        [
            first,
            "عکس‌ها را به برنامهٔ شب‌نامه بدهید (shabnameh\u{a0}decode)؛ آورندهٔ برگه آن را دارد. اینترنت لازم نیست.".into(),
            "کم بود؟ باز عکس بگیرید، از همین برگه یا نسخه‌ای دیگر. سپس نامه را برسانید.".into(),
        ]
    }

    fn not_printed(&self, characters: &str) -> String {
        format!("قلم‌ها این نویسه‌ها را ندارند: {characters} — در چاپ نیستند، اما در کدها هستند")
    }

    fn label(&self, label: Label) -> &'static str {
        match label {
            Label::Letter => "نامه",
            Label::Envelope => "پاکت",
            Label::ObjectId => "شناسه",
            Label::Codes => "کدها",
            Label::Suffice => "کافی است",
            Label::Written => "نوشته شد",
            Label::Picture => "تصویر",
            Label::Frame => "فریم",
            Label::Foreign => "از ما نیست",
            Label::Refused => "رد شد",
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

    fn not_text(&self, name: &str) -> String {
        format!(
            "{name} متن UTF-8 نیست: چون پرونده می‌رود و برای خواندن چیده نمی‌شود؛ اگر می‌خواهید چاپ شود، آن را با UTF-8 ذخیره کنید"
        )
    }

    fn letter_forged(&self, object_id: &str) -> String {
        format!(
            "نامهٔ {object_id}: نماد به‌اندازه رسید، اما برخی جعلی است؛ کدهای نسخهٔ دیگری را بیفزایید یا تصویرهایی را که به آن‌ها اعتماد ندارید کنار بگذارید"
        )
    }

    fn no_codes_in(&self, pictures: &str) -> String {
        format!("بی‌کد: {pictures}")
    }

    fn and_more(&self, count: usize) -> String {
        format!("و {} مورد دیگر", digits(count))
    }

    fn seen(&self, seen: &Seen) -> String {
        let mut text = format!("{} تصویر دیده شد، {} فریم گرفته شد", digits(seen.pictures), digits(seen.frames));
        if seen.refused > 0 {
            text.push_str(&format!("، {} رد شد", digits(seen.refused)));
        }
        if seen.foreign > 0 {
            text.push_str(&format!("، {} کد از ما نبود", digits(seen.foreign)));
        }
        text
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
            Demo::Failed => "نامه باز نیامد. این خطای ماست: لطفاً به ما بگویید.".into(),
            Demo::Open => "برای دیدن آنچه به دست مردم می‌رسد، این را باز کنید:".into(),
        }
    }
}

//! Errors, in Persian: what happened, and what to do.

use super::digits;
use crate::error::Error;

/// What happened.
pub(super) fn what_happened(error: &Error) -> String {
    match error {
        Error::LetterEmpty => "نامه خالی است".into(),
        Error::LetterTooLarge { bytes, max } => {
            format!("نامه {} بایت دارد؛ بیش از {} بایت را نمی‌توان رساند", digits(bytes), digits(max))
        }
        Error::DocumentEmpty => "در این سند متنی نیست".into(),
        Error::DocumentTooLarge { max } => format!("متن این سند بیش از {} بایت است", digits(max)),
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
        Error::SignatureFalse => "امضا جعلی است: نامه، یا آنچه دربارهٔ آن گفته شده، آن نیست که امضا شده است".into(),
        Error::SignatureFile { why } => format!("امضا خوانده نمی‌شود: {why}"),
        Error::SignatureComment { .. } => {
            "این امضا عنوان، نام، زبان و گونهٔ نامه را که همراهش می‌روند در بر نمی‌گیرد".into()
        }
        Error::KeyFile { why } => format!("کلید به کار نمی‌آید: {why}"),
        Error::WrongPassphrase => "این گذرواژه کلید را باز نمی‌کند".into(),
        Error::NameTaken { name, taken } if name == taken => format!("کلید دیگری از پیش نام {name} را دارد"),
        Error::NameTaken { name, taken } => format!("نام {name} شبیه {taken} است که نام کلید دیگری است"),
        Error::NoSuchName { name } => format!("کلیدی به نام {name} نگه داشته نشده است"),
        Error::TrustFile { line } => format!("خط {} فایل اعتماد، کلید و نام نیست", digits(line)),
        Error::Locked { tried: false, .. } => "این نامه رمز شده است".into(),
        Error::Locked { tried: true, .. } => "این نامه رمز شده است و آنچه دادید آن را باز نمی‌کند".into(),
        Error::Encryption { why } => format!("پاکت رمزشده باز نمی‌شود: {why}"),
        Error::Recipient => "این گیرنده‌ای نیست که بتوان برایش رمز کرد".into(),
        Error::Identity => "در این فایل کلید خصوصی age نیست".into(),
        Error::SecretShown => "کلید خصوصی در خروجی استاندارد نوشته نمی‌شود".into(),
        Error::KeyExists { path } => format!("{path} از پیش هست، و کلید هرگز بازنویسی نمی‌شود: کلید دیگری نیست"),
        Error::NotStripped => "تنها JPEG یا PNG سالم را می‌توان پاک‌سازی کرد".into(),
        Error::AroundEnvelope => "در این فایل دور پاکت متن دیگری هم هست، و آن را کسی امضا نکرده است".into(),
        Error::NothingSigned { path } => format!("در آن پاکتی نیست، و امضایی هم کنارش نیست ({path})"),
        Error::NotPinned => "نامه با کلیدی که با --trust داده‌اید امضا نشده است و نوشته نمی‌شود".into(),
        Error::NotTried => "این نامه رمز شده است، و شمارشان بیش از آن است که گذرواژه بر همه آزموده شود".into(),
        Error::NotOpened => "نامه‌ها پس از بازشدن بسیار بزرگ‌تر از اندازهٔ معمول می‌شوند، و این یکی باز نشد".into(),
        Error::TooMuch => "آن‌قدر نامه نوشته شد که این یکی نوشته نمی‌شود".into(),
        Error::NoTerminal => "گذرواژه لازم است و ترمینالی نیست که در آن پرسیده شود".into(),
        Error::PassphrasesDiffer => "دو گذرواژه یکی نیست".into(),
        Error::PassphraseShort { characters, least } => {
            format!("گذرواژهٔ {} نویسه‌ای چیزی را پنهان نمی‌کند؛ دست‌کم {} لازم است", digits(characters), digits(least))
        }
        Error::KeyMissing => "بی کلید نمی‌توان دربارهٔ این امضا چیزی گفت".into(),
        Error::FrameText => "این مانند کدهای ما آغاز می‌شود، اما آسیب دیده یا بریده است".into(),
        Error::FrameTooShort { bytes } => format!("یک فریم نمی‌تواند تنها {} بایت باشد", digits(bytes)),
        Error::FrameChecksum => "جمع کنترلی فریم نادرست است".into(),
        Error::FrameSymbols { bytes, symbol_size } => {
            format!("{} بایت، نمادهای {} بایتیِ این نامه نیست", digits(bytes), digits(symbol_size))
        }
        Error::ArmorIncomplete { missing } => {
            format!("پاکتی که چسبانده‌اید کامل نیست: {} نویسه از میان آن افتاده است", digits(*missing))
        }
        Error::Armor { why } => format!("پاکتِ متنی خوانده نمی‌شود: {why}"),
        Error::ObjectId => "متن این پاکت در راه آسیب دیده است: آن نیست که شناسه‌اش می‌گوید".into(),
        Error::TooManyObjects => "برای این همه کد و نامه با هم جا نیست".into(),
        Error::OnlyId { given } => format!("{given} شناسهٔ نامه نیست، و هیچ شناسه‌ای این‌گونه آغاز نمی‌شود"),
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
        Error::PictureAvif => "این تصویرِ AVIF است که اینجا خوانده نشد".into(),
        Error::FilmNoProgram => "فیلم و دوربین با برنامهٔ ffmpeg خوانده می‌شود که اینجا نیست".into(),
        Error::FilmUnread => "ffmpeg تصویری در آن پیدا نکرد".into(),
        Error::FilmTooMuch => "این فیلم بیش از اندازه زمان یا حافظه می‌برد".into(),
        Error::ArchiveTooLarge { read } => {
            format!("در این بایگانی بیش از اندازه هست؛ پس از {} پرونده، باقی دیده نشد", digits(*read))
        }
        Error::PictureTooLarge { width, height, max } => {
            format!("تصویر {} در {} پیکسل دارد؛ بیشترین شمار {} است", digits(width), digits(height), digits(max))
        }
        Error::TooManyPages { max } => format!("بیش از {} تصویر یا صفحه دارد", digits(max)),
        Error::TooManyPixels { read } => format!(
            "پیکسل‌هایش بسیار بیش از آن است که در فایلی به این اندازه باید باشد؛ پس از {} تصویر یا صفحه بقیه‌اش دیده نشد",
            digits(read)
        ),
        Error::TooMuchToScan => "تا این‌جا آن‌قدر بررسی شد که این فایل کنار گذاشته شد".into(),
        Error::TextTooLong { max } => format!("متن بلندتر از {} بایت خوانده نمی‌شود", digits(max)),
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
        Error::NoText => "این فایل متن نیست: چیزی نیست که در کدهای ساده بیاید".into(),
        Error::SealedAlready => "نامه‌ای که در پاکت است عنوان، زبان، امضا و رمزش را دارد".into(),
        Error::TrialName { name, .. } => format!("کانال، آسیب یا تنظیمی به نام {name} نیست"),
        Error::TrialSweep { sweep, why } => format!("پیمایش {sweep} معنا ندارد: {why}"),
        Error::TrialRange { name, value, least, most, unit } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{name} نمی‌تواند {}{unit} باشد: از {} تا {} است", digits(value), digits(least), digits(most))
        }
        Error::TrialChannels { first, second } => {
            format!("{first} و {second} با هم نمی‌سازند: یکی از نمایشگر است و دیگری از کاغذ")
        }
        Error::TrialRuns { runs, least } => {
            format!("از {} اجرا نمی‌توان دانست چه چیز در ۹۹ از ۱۰۰ می‌گذرد؛ {} اجرا بس است", digits(runs), digits(least))
        }
        Error::TrialTooLarge { sides, max } => {
            format!(
                "نامه حدود {} رو یا تصویر کددار می‌گیرد؛ {} تا هنگام آزمون در حافظه جا می‌شود",
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
        Error::NothingInFolder { path } => format!("{path}: در آن تصویر، PDF، فیلم یا متنی نیست"),
        Error::SeveralLetters { letters } => {
            format!("{} نامه کامل است، اما خروجی استاندارد تنها یکی را می‌پذیرد", digits(letters))
        }
        Error::OptionStandard { option } => format!("{option} فایلی جدا می‌نویسد که خروجی استاندارد نمی‌پذیرد"),
        Error::TwoResults => "خروجی استاندارد یا نامه را می‌پذیرد یا JSON را، نه هر دو را".into(),
        Error::NothingFound => "در آنچه دادید هیچ کدی از ما پیدا نشد".into(),
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &Error) -> String {
    match error {
        Error::LetterEmpty => "فایلی بدهید که چیزی در آن باشد.",
        Error::LetterTooLarge { .. } => "کوتاهش کنید، یا آن را به چند نامه ببُرید.",
        Error::FieldTooLong { .. } => "کوتاه‌ترش کنید.",
        Error::FieldInvalid { field: "language" } => "نشانهٔ زبان را بدهید، مانند fa یا ckb یا ar یا az یا en.",
        Error::FieldInvalid { field: "name" } => "نامی از حرف و رقم و فاصله بدهید.",
        Error::NewerReader { .. } => "با نسخهٔ تازه‌تر شب‌نامه بخوانید.",
        Error::FieldInvalid { .. }
        | Error::Truncated { .. }
        | Error::ObjectLength { .. }
        | Error::CodedContent { .. }
        | Error::ContentHash => "به آن اعتماد نکنید: سازندهٔ این پاکت آن را نادرست ساخته است. نامه را از کس دیگری بگیرید.",
        Error::SignatureFalse => "این نامه را باور نکنید و به دیگران نرسانید. آن را از کس دیگری بگیرید؛ «shabnameh decode --even-if-false» با این همه نشانش می‌دهد.",
        Error::SignatureFile { .. } => "فایل .minisig را کامل بدهید، همان‌گونه که minisign نوشته است.",
        Error::KeyFile { .. } => "فایل کلید minisign یا «shabnameh keygen» را بدهید، یا متن کلید عمومی را که با RW آغاز می‌شود.",
        Error::WrongPassphrase => "دوباره بنویسید؛ زبان صفحه‌کلید و Caps Lock را بررسی کنید.",
        Error::NameTaken { .. } => "نام دیگری برگزینید؛ اگر کسی گفته دوستتان کلید تازه دارد، از خود او بپرسید.",
        Error::NoSuchName { .. } => "«shabnameh trust» نام‌های نگه‌داشته را می‌گوید.",
        Error::TrustFile { .. } => "هر خط یک کلید عمومی (RW...)، یک فاصله و یک نام است؛ دو کلید نمی‌توانند یک نام داشته باشند. خط را درست کنید یا بردارید.",
        Error::Encryption { .. } => "نادرست ساخته شده یا دست خورده است. نامه را از کس دیگری بگیرید.",
        Error::Recipient => "گیرنده‌ها را به شکل age1... بدهید (یک تا صد)، چنان‌که «shabnameh keygen --recipient» یا age-keygen می‌گوید.",
        Error::Identity => "فایلی را بدهید که «shabnameh keygen --recipient» یا age-keygen نوشته است.",
        Error::SecretShown => "با --out فایلی بدهید.",
        Error::KeyExists { .. } => "با --out جای دیگری بدهید، یا نخست کلید پیشین را به جای امنی ببرید.",
        Error::DocumentEmpty => "اگر خراب است، از نو ذخیره‌اش کنید؛ اگر تنها عکس دارد، با --as-file خود فایل را بفرستید.",
        Error::DocumentTooLarge { .. } => "آن را چند تکه کنید، یا با --as-file خود فایل را بفرستید.",
        Error::NotStripped => {
            "--strip را بردارید. نام نویسندهٔ سند را در همان برنامه‌ای که آن را ساخته پاک کنید، یا از آن تصویر بسازید."
        }
        Error::AroundEnvelope => {
            "تنها آنچه را «shabnameh decode» از آن می‌نویسد باور کنید. برای بررسی خود پاکت، آن را از خط BEGIN تا خط END جدا کنید."
        }
        Error::NothingSigned { .. } => "امضا را با --signature بدهید؛ عکس و اسکن و PDF را به «shabnameh decode» بدهید که امضاکننده را هم می‌گوید.",
        Error::NotPinned => "برای دیدنش --trust را کنار بگذارید.",
        Error::NotTried | Error::NotOpened => {
            "شاید کسی با نامه‌های جعلی راه را می‌بندد. با --only شناسهٔ همین نامه را بدهید، یا فایل‌های کمتری؛ --no-limit همه را می‌آزماید."
        }
        Error::TooMuch => "شاید کسی با نامه‌های جعلی راه را می‌بندد. با --only شناسهٔ همین نامه را بدهید، یا فایل‌های کمتری.",
        Error::NoTerminal => "با --passphrase-file یا --key-passphrase-file فایلی بدهید که گذرواژه در آن است.",
        Error::PassphrasesDiffer => "دوباره بنویسید.",
        Error::PassphraseShort { .. } => "بگذارید «shabnameh passphrase» یکی بسازد، و خوب نگهش دارید: آنچه با آن بسته شود بدون آن باز نمی‌شود.",
        Error::KeyMissing => "کلید عمومی را با --trust بدهید.",
        Error::SignatureComment { wanted } => {
            return format!("با --sign امضا کنید، یا با: minisign -S -t '{wanted}' -m LETTER");
        }
        Error::Locked { tried: true, by_passphrase: true } => {
            "املای واژه‌ها، ترتیبشان و فاصله‌ها را بررسی کنید. نامه را بدون آن هم می‌توان رساند: --envelope، سپس «shabnameh print»."
        }
        Error::Locked { by_passphrase: true, .. } => {
            "گذرواژه را بدهید: --passphrase آن را می‌پرسد. نامه را بدون آن هم می‌توان رساند: --envelope، سپس «shabnameh print»."
        }
        Error::Locked { by_passphrase: false, .. } => {
            "فایل کلید خصوصی خود را بدهید: --identity FILE. نامه را بدون آن هم می‌توان رساند: --envelope، سپس «shabnameh print»."
        }
        Error::FrameText | Error::FrameTooShort { .. } | Error::FrameChecksum | Error::FrameSymbols { .. } => {
            "این کد را کنار بگذارید یا دوباره از آن عکس بگیرید؛ کدهای دیگر جایش را پر می‌کنند."
        }
        Error::Armor { .. } | Error::ArmorIncomplete { .. } | Error::ObjectId => "دوباره کپی کنید، از خط BEGIN تا خط END، با همهٔ میانشان.",
        Error::TooManyObjects => {
            "هر بار تصویرهای کمتری بدهید، یا با --only شناسهٔ نامه را؛ شاید کسی با کدهای جعلی راه را می‌بندد."
        }
        Error::OnlyId { .. } => "شانزده رقم و حرف a تا f را که نام نامه است بدهید، یا چندتای نخستش را.",
        Error::RepairOutOfRange { .. } => "با --repair عدد کوچک‌تری بدهید.",
        Error::QrVersion { .. } => "نسخه‌ای از ۱ تا ۴۰ بدهید، جز ۲۳.",
        Error::QrTooSmall { least: Some(least), .. } => {
            return format!("با --qr-version نسخهٔ {} یا بیشتر بدهید، یا --error-correction را پایین بیاورید.", digits(least));
        }
        Error::QrTooSmall { least: None, .. } => "گزینهٔ --error-correction را پایین بیاورید.",
        Error::QrEncode => "این خطای ماست: لطفاً همراه با گزینه‌هایی که داده‌اید به ما بگویید.",
        Error::Picture { .. } => {
            "عکس (PNG، JPEG، HEIC، TIFF و مانند آن)، PDF، فیلم یا متنی با کدهای کپی‌شده بدهید؛ اگر در راه بریده شده، دوباره بفرستید."
        }
        Error::PictureAvif => "آن را به صورت JPEG ذخیره کنید یا بفرستید، یا در صفحهٔ خواندن باز کنید (shabnameh reader).",
        Error::FilmNoProgram => {
            "ffmpeg را نصب کنید، یا فیلم را در صفحهٔ خواندن باز کنید که به چیزی نیاز ندارد (shabnameh reader)."
        }
        Error::FilmUnread => "شاید خراب باشد، یا ffmpeg این نوع را نشناسد: آن را در صفحهٔ خواندن باز کنید، یا دوباره فیلم بگیرید.",
        Error::FilmTooMuch => "آن را کوتاه کنید، یا با 1080p فیلم بگیرید.",
        Error::ArchiveTooLarge { .. } => "آن را باز کنید و پوشه را بدهید.",
        Error::PictureTooLarge { .. } => "کوچکش کنید، یا آن را به چند تکه ببُرید.",
        Error::TooManyPages { .. } | Error::TextTooLong { .. } => "آن را به چند فایل بخش کنید.",
        Error::TooManyPixels { .. } | Error::TooMuchToScan => {
            "چنین فایل‌هایی را می‌سازند تا خواننده را مشغول کنند. اگر به آن اعتماد دارید، --no-limit همه‌اش را می‌بیند."
        }
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
        Error::OnePdf => "برای --out فایل بدهید، و برای --form all پوشه.",
        Error::NoText => "--plain=letter را کنار بگذارید.",
        Error::SealedAlready => "--title، --lang، --sign و گزینه‌های رمز را کنار بگذارید، یا خود نامه را بدهید.",
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
        Error::OptionStandard { .. } => "برای --out فایل یا پوشه‌ای بدهید.",
        Error::TwoResults => "برای --out فایل یا پوشه‌ای بدهید.",
        Error::SeveralLetters { .. } => "برای --out پوشه‌ای بدهید.",
        Error::NothingFound => "اگر عکس است: دوباره در نور خوب، از روبه‌رو و نزدیک‌تر بگیرید. اگر متن است: همهٔ آن را کپی کنید، از پیام‌رسانی که نشانه‌ها را عوض نکند.",
    }
    .into()
}

/// A length in millimetres, given in parts of `unit`.
fn millimetres(value: u32, unit: u32) -> String {
    let places = unit.ilog10() as usize;
    let text = format!("{}.{:0places$}", value / unit, value % unit);
    digits(text.trim_end_matches('0').trim_end_matches('.').replace('.', "٫"))
}

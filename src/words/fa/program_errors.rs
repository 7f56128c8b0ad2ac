//! Errors of the program, in Persian: what happened, and what to do.

use super::digits;
use super::{errors, trial_errors};
use crate::error::fault::FileFault;
use crate::error::program::ProgramError;

/// What happened.
pub(super) fn what_happened(error: &ProgramError) -> String {
    match error {
        ProgramError::Library(error) => errors::what_happened(error),
        ProgramError::Trial(error) => trial_errors::what_happened(error),
        ProgramError::SecretShown => "کلید خصوصی در خروجی استاندارد نوشته نمی‌شود".into(),
        ProgramError::KeyExists { path } => format!("{path} از پیش هست، و کلید هرگز بازنویسی نمی‌شود: کلید دیگری نیست"),
        ProgramError::NotStripped => "تنها JPEG یا PNG سالم را می‌توان پاک‌سازی کرد".into(),
        ProgramError::NothingSigned { path } => format!("در آن پاکتی نیست، و امضایی هم کنارش نیست ({path})"),
        ProgramError::NotPinned => "نامه با کلیدی که با --trust داده‌اید امضا نشده است و نوشته نمی‌شود".into(),
        ProgramError::NotTried => "این نامه رمز شده است، و شمارشان بیش از آن است که گذرواژه بر همه آزموده شود".into(),
        ProgramError::NotOpened => "نامه‌ها پس از بازشدن بسیار بزرگ‌تر از اندازهٔ معمول می‌شوند، و این یکی باز نشد".into(),
        ProgramError::TooMuch => "آن‌قدر نامه نوشته شد که این یکی نوشته نمی‌شود".into(),
        ProgramError::NoTerminal => "گذرواژه لازم است و ترمینالی نیست که در آن پرسیده شود".into(),
        ProgramError::PassphrasesDiffer => "دو گذرواژه یکی نیست".into(),
        ProgramError::KeyMissing => "بی کلید نمی‌توان دربارهٔ این امضا چیزی گفت".into(),
        ProgramError::OnlyId { given } => format!("{given} شناسهٔ نامه نیست، و هیچ شناسه‌ای این‌گونه آغاز نمی‌شود"),
        ProgramError::FilmNoProgram => "فیلم و دوربین با برنامهٔ ffmpeg خوانده می‌شود که اینجا نیست".into(),
        ProgramError::FilmUnread => "ffmpeg تصویری در آن پیدا نکرد".into(),
        ProgramError::FilmTooMuch => "این فیلم بیش از اندازه زمان یا حافظه می‌برد".into(),
        ProgramError::ArchiveTooLarge { read } => {
            format!("در این بایگانی بیش از اندازه هست؛ پس از {} پرونده، باقی دیده نشد", digits(*read))
        }
        ProgramError::TooMuchToScan => "تا این‌جا آن‌قدر بررسی شد که این فایل کنار گذاشته شد".into(),
        ProgramError::TextTooLong { max } => format!("متن بلندتر از {} بایت خوانده نمی‌شود", digits(max)),
        ProgramError::OptionForm { option, form } => format!("{option} برای {form} معنایی ندارد"),
        ProgramError::OntoItself { path } => format!("{path} خود نامه است"),
        ProgramError::OnePdf => "خروجی استاندارد یک PDF می‌پذیرد".into(),
        ProgramError::NoText => "این فایل متن نیست: چیزی نیست که در کدهای ساده بیاید".into(),
        ProgramError::SealedAlready => "نامه‌ای که در پاکت است عنوان، زبان، امضا و رمزش را دارد".into(),
        ProgramError::ManySheets { form, sides, max } => {
            format!("{form} حدود {} روی کاغذ می‌گیرد؛ بیش از {} نپرسیده ساخته نمی‌شود", digits(sides), digits(max))
        }
        ProgramError::File { path, why, system } => format!("{path}: {}", why.map_or(system.as_str(), |why| file(why))),
        ProgramError::Exists { path } => format!("{path} از پیش هست"),
        ProgramError::NothingInFolder { path } => format!("{path}: در آن تصویر، PDF، فیلم یا متنی نیست"),
        ProgramError::SeveralLetters { letters } => {
            format!("{} نامه کامل است، اما خروجی استاندارد تنها یکی را می‌پذیرد", digits(letters))
        }
        ProgramError::OptionStandard { option } => format!("{option} فایلی جدا می‌نویسد که خروجی استاندارد نمی‌پذیرد"),
        ProgramError::TwoResults => "خروجی استاندارد یا نامه را می‌پذیرد یا JSON را، نه هر دو را".into(),
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &ProgramError) -> String {
    match error {
        ProgramError::Library(error) => return errors::what_to_do(error),
        ProgramError::Trial(error) => return trial_errors::what_to_do(error),
        ProgramError::SecretShown => "با --out فایلی بدهید.",
        ProgramError::KeyExists { .. } => "با --out جای دیگری بدهید، یا نخست کلید پیشین را به جای امنی ببرید.",
        ProgramError::NotStripped => {
            "--strip را بردارید. نام نویسندهٔ سند را در همان برنامه‌ای که آن را ساخته پاک کنید، یا از آن تصویر بسازید."
        }
        ProgramError::NothingSigned { .. } => "امضا را با --signature بدهید؛ عکس و اسکن و PDF را به «shabnameh decode» بدهید که امضاکننده را هم می‌گوید.",
        ProgramError::NotPinned => "برای دیدنش --trust را کنار بگذارید.",
        ProgramError::NotTried | ProgramError::NotOpened => {
            "شاید کسی با نامه‌های جعلی راه را می‌بندد. با --only شناسهٔ همین نامه را بدهید، یا فایل‌های کمتری؛ --no-limit همه را می‌آزماید."
        }
        ProgramError::TooMuch => "شاید کسی با نامه‌های جعلی راه را می‌بندد. با --only شناسهٔ همین نامه را بدهید، یا فایل‌های کمتری.",
        ProgramError::NoTerminal => "با --passphrase-file یا --key-passphrase-file فایلی بدهید که گذرواژه در آن است.",
        ProgramError::PassphrasesDiffer => "دوباره بنویسید.",
        ProgramError::KeyMissing => "کلید عمومی را با --trust بدهید.",
        ProgramError::OnlyId { .. } => "شانزده رقم و حرف a تا f را که نام نامه است بدهید، یا چندتای نخستش را.",
        ProgramError::FilmNoProgram => {
            "ffmpeg را نصب کنید، یا فیلم را در صفحهٔ خواندن باز کنید که به چیزی نیاز ندارد (shabnameh reader)."
        }
        ProgramError::FilmUnread => "شاید خراب باشد، یا ffmpeg این نوع را نشناسد: آن را در صفحهٔ خواندن باز کنید، یا دوباره فیلم بگیرید.",
        ProgramError::FilmTooMuch => "آن را کوتاه کنید، یا با 1080p فیلم بگیرید.",
        ProgramError::ArchiveTooLarge { .. } => "آن را باز کنید و پوشه را بدهید.",
        ProgramError::TextTooLong { .. } => "آن را به چند فایل بخش کنید.",
        ProgramError::TooMuchToScan => {
            "چنین فایل‌هایی را می‌سازند تا خواننده را مشغول کنند. اگر به آن اعتماد دارید، --no-limit همه‌اش را می‌بیند."
        }
        ProgramError::OptionForm { .. } => "کنارش بگذارید، یا شکلی را برگزینید که این گزینه از آنِ آن است.",
        ProgramError::OntoItself { .. } => "با --out جای دیگری بدهید.",
        ProgramError::OnePdf => "برای --out فایل بدهید، و برای --form all پوشه.",
        ProgramError::NoText => "--plain=letter را کنار بگذارید.",
        ProgramError::SealedAlready => "--title، --lang، --sign و گزینه‌های رمز را کنار بگذارید، یا خود نامه را بدهید.",
        ProgramError::ManySheets { .. } => "اگر همین را می‌خواهید --force را بیفزایید؛ --form archive کمترین کاغذ را می‌گیرد.",
        ProgramError::File { .. } => "نشانی، جای خالی دیسک و اجازهٔ خواندن و نوشتن را بررسی کنید.",
        ProgramError::Exists { .. } => "با --out جای دیگری بدهید، یا با --force اجازهٔ بازنویسی دهید.",
        ProgramError::NothingInFolder { .. } => "پوشه‌ای را بدهید که عکس‌ها در آن است.",
        ProgramError::OptionStandard { .. } => "برای --out فایل یا پوشه‌ای بدهید.",
        ProgramError::TwoResults => "برای --out فایل یا پوشه‌ای بدهید.",
        ProgramError::SeveralLetters { .. } => "برای --out پوشه‌ای بدهید.",
    }
    .into()
}

/// Why a file, a folder or an address cannot be used.
fn file(fault: FileFault) -> &'static str {
    match fault {
        FileFault::NotFound => "چنین فایل یا پوشه‌ای نیست",
        FileFault::Forbidden => "سیستم اجازه نمی‌دهد",
        FileFault::IsFolder => "این پوشه است",
        FileFault::NoFolder => "بخشی از این نشانی فایل است",
        FileFault::Full => "دیسک پر است",
        FileFault::ReadOnly => "دیسک فقط خواندنی است",
        FileFault::Name => "هیچ فایلی نمی‌تواند این نام را داشته باشد",
        FileFault::InUse => "برنامهٔ دیگری آن را به کار گرفته است",
        FileFault::TooLarge => "از ۱ گیبی‌بایت بزرگ‌تر است",
        FileFault::TooManyFiles => "بیش از ۱۰۰٬۰۰۰ فایل در آن است",
        FileFault::NoName => "نام فایلی در آن نیست",
        FileFault::NoText => "متن (UTF-8) نیست",
        FileFault::NoPassphrase => "گذرواژه‌ای در آن نیست، یا بیش از اندازه بلند است",
        FileFault::NoSettings => "پوشهٔ تنظیمات نیست",
        FileFault::Unfinished => "پر از فایل‌های نیمه‌تمام است",
    }
}

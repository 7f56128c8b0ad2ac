//! What exactly is wrong, in Persian: the end of a sentence.

use crate::error::fault::{ArmorFault, ContentFault, EncryptionFault, KeyFault, PictureFault};

pub(super) fn content(fault: ContentFault) -> &'static str {
    match fault {
        ContentFault::Length => "درازایش آن نیست که گفته شده",
        ContentFault::TooLong => "پس از باز شدن بلندتر از آن است که گفته شده",
        ContentFault::NoFrame => "فشردهٔ Zstandard نیست",
        ContentFault::Cut => "فشردهٔ Zstandard نیمه‌کاره است",
        ContentFault::Rest => "پس از فشردهٔ Zstandard چیز دیگری هم هست",
        ContentFault::Recoded => "متن بازکدشده‌اش به شکلی نیست که بخش ۱٫۲ format.md می‌خواهد",
        ContentFault::Text => "متن کدشده نیست",
        ContentFault::Zstandard => "Zstandard از کار ماند",
    }
}

pub(super) fn key(fault: KeyFault) -> &'static str {
    match fault {
        KeyFault::NoPublicKey => "کلید عمومی minisign نیست",
        KeyFault::NoSecretKey => "کلید خصوصی minisign نیست",
        KeyFault::TooMuchWork => "بیش از آنچه یک کلید باید، حافظه یا زمان می‌خواهد",
        KeyFault::NoText => "متن نیست",
        KeyFault::Fingerprint => "اثر انگشت کلید نیست: تنها می‌گوید که کلید درست را دارید یا نه",
    }
}

pub(super) fn armor(fault: ArmorFault) -> &'static str {
    match fault {
        ArmorFault::NoBegin => "خط BEGIN ندارد",
        ArmorFault::NoEnd => "خط END آن نیست",
        ArmorFault::NoObject => "خط Object آن نیست",
        ArmorFault::ObjectCut => "خط Object آن بریده است",
        ArmorFault::ObjectDigits => "در خط Object آن شانزده رقم شانزده‌تایی نیست",
        ArmorFault::NoBase64 => "متنش base64 نیست",
    }
}

pub(super) fn encryption(fault: EncryptionFault) -> &'static str {
    match fault {
        EncryptionFault::NoAge => "فایل age نیست، یا سرآغازش بیش از اندازه بلند است",
        EncryptionFault::Header => "سرآغازش از age نیست",
        EncryptionFault::HeaderChanged => "سرآغازش دست خورده است",
        EncryptionFault::TooMuchWork => "گذرواژه‌اش بیش از آنچه خواننده می‌کند کار می‌برد",
        EncryptionFault::Changed => "دست خورده، یا پایانش نیست",
        EncryptionFault::TooLong => "بیش از آن در آن است که پاکتی می‌تواند داشته باشد",
    }
}

pub(super) fn picture(fault: PictureFault) -> &'static str {
    match fault {
        PictureFault::UnknownFormat => "قالبش شناخته نیست",
        PictureFault::Damaged => "خراب است، یا از نوعی که خوانده نمی‌شود",
        PictureFault::Cut => "بریده است؛ آنچه رسیده بود دیده شد",
        PictureFault::NoPicture => "تصویری در آن نیست",
        PictureFault::NoPixels => "پیکسلی ندارد",
        PictureFault::FewerPixels => "کمتر از آنچه می‌گوید پیکسل دارد",
        PictureFault::Colours => "رنگ‌هایش از نوعی است که خوانده نمی‌شود",
        PictureFault::Pdf => "این PDF خوانده نمی‌شود؛ شاید خراب یا رمزدار باشد",
        PictureFault::NoPages => "این PDF صفحه‌ای ندارد",
        PictureFault::NoSize => "صفحه اندازه‌ای ندارد",
        PictureFault::Streams => "در بخش‌های فشردهٔ آن بیش از اندازه هست",
        PictureFault::Zip => "این بایگانی ZIP خراب است",
        PictureFault::Packed => "باز نمی‌شود؛ شاید رمزدار یا بیش از اندازه بزرگ باشد",
        PictureFault::TooMuchWork => "بیش از آنچه یک صفحه یا تصویر باید، زمان یا حافظه می‌برد",
        PictureFault::Process => "تا پایان خوانده نشد",
    }
}

//! What was seen in pictures, in Persian.

use super::digits;
use crate::words::Seen;

/// How far a film was looked at.
pub fn filming(pictures: usize, codes: usize) -> String {
    format!("{} تصویر، {} کد", digits(pictures), digits(codes))
}

/// Why a code could not be read that is to be seen.
pub fn why_unread(why: &str) -> &'static str {
    match why {
        "cut" => "بخشی از آن بیرون مانده: همه‌اش را بگیرید",
        "small" => "خیلی کوچک است: نزدیک‌تر بروید",
        "glare" => "نور رویش افتاده: از سوی دیگری بگیرید",
        "faint" => "کم‌رنگ است: در نور بهتری بگیرید",
        _ => "تار، پوشیده یا ساییده است: صاف و بی‌لرزش دوباره بگیرید",
    }
}

/// What was seen in all.
pub fn seen(seen: &Seen) -> String {
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

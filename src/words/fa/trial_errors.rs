//! Errors of trials, in Persian: what happened, and what to do.

use super::digits;
use super::errors;
use crate::error::fault::SweepFault;
use crate::error::trial::TrialError;

/// What happened.
pub(super) fn what_happened(error: &TrialError) -> String {
    match error {
        TrialError::Library(error) => errors::what_happened(error),
        TrialError::TrialName { name, .. } => format!("کانال، آسیب یا تنظیمی به نام {name} نیست"),
        TrialError::TrialSweep { sweep, why } => format!("پیمایش {sweep} معنا ندارد: {}", sweep_fault(*why)),
        TrialError::TrialRange { name, value, least, most, unit } => {
            let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{name} نمی‌تواند {}{unit} باشد: از {} تا {} است", digits(value), digits(least), digits(most))
        }
        TrialError::TrialChannels { first, second } => {
            format!("{first} و {second} با هم نمی‌سازند: یکی از نمایشگر است و دیگری از کاغذ")
        }
        TrialError::TrialRuns { runs, least } => {
            format!("از {} اجرا نمی‌توان دانست چه چیز در ۹۹ از ۱۰۰ می‌گذرد؛ {} اجرا بس است", digits(runs), digits(least))
        }
        TrialError::TrialTooLarge { sides, max } => {
            format!(
                "نامه حدود {} رو یا تصویر کددار می‌گیرد؛ {} تا هنگام آزمون در حافظه جا می‌شود",
                digits(sides),
                digits(max)
            )
        }
        TrialError::TrialTooLong { gigapixels, hours } => {
            format!("این {} گیگاپیکسل تصویر است، حدود {} ساعت روی دو هسته", digits(gigapixels), digits(hours))
        }
    }
}

/// What to do about it.
pub(super) fn what_to_do(error: &TrialError) -> String {
    match error {
        TrialError::Library(error) => return errors::what_to_do(error),
        TrialError::TrialName { nearest, .. } => {
            return format!("شاید {nearest}؟ «shabnameh trial --list» همه را می‌گوید.");
        }
        TrialError::TrialSweep { .. } => "بنویسید NAME=FROM..TO/STEPS، مانند loss=0..80/9، یا NAME=A,B,C.",
        TrialError::TrialRange { .. } => "مقدارها را درون بازه بدهید؛ «shabnameh trial --list» معنای هر یک را می‌گوید.",
        TrialError::TrialChannels { .. } => "کانال‌های یک گونه بدهید؛ فیلم دوربین خودش را دارد و یک بار می‌آید.",
        TrialError::TrialTooLarge { .. } => "نامهٔ کوتاه‌تری بیازمایید: آنچه دربارهٔ ۳۰ رو درست است دربارهٔ ۳۰۰ هم هست.",
        TrialError::TrialTooLong { .. } => {
            "--runs، کانال یا گام کمتری بدهید، یا نامهٔ کوتاه‌تر؛ --force با این همه انجام می‌دهد."
        }
        TrialError::TrialRuns { .. } => "--runs بیشتری بدهید، یا آن را ننویسید.",
    }
    .into()
}

/// What is wrong with a sweep.
fn sweep_fault(fault: SweepFault) -> &'static str {
    match fault {
        SweepFault::NoEquals => "= ندارد",
        SweepFault::NoName => "پیش از = نامی نیست",
        SweepFault::NoSteps => "پس از .. باید / و شمار گام‌ها بیاید",
        SweepFault::Ends => "دو سرش عدد نیست",
        SweepFault::Steps => "شمار گام‌ها عدد نیست",
        SweepFault::FewSteps => "کمتر از دو گام دارد، یا دو سرش یکی است",
        SweepFault::ManyValues => "بیش از ۵۰ مقدار دارد",
        SweepFault::Values => "مقدارهایش نه عدد است و نه حرف سطح",
        SweepFault::Twice => "مقداری دو بار در آن است، شاید پس از گرد شدن",
        SweepFault::Again => "پیش از آن یکی مانندش هست",
        SweepFault::Advice => "رهنمود دربارهٔ module و version و repair است",
        SweepFault::Third => "پیش از آن دوتا هست، و جدول دو سو دارد",
    }
}

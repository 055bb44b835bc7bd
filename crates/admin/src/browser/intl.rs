//! Money, numbers and times by the browser's `Intl`, never through a float of ours.

use js_sys::Intl::{
    CurrencyDisplay, DateTimeFormat, DateTimeFormatOptions, DateTimeStyle, DayFormat, MonthFormat,
    NumberFormat, NumberFormatOptions, NumberFormatStyle, NumericFormat, RelativeTimeFormat,
    RelativeTimeFormatNumeric, RelativeTimeFormatOptions, YearFormat,
};
use js_sys::{Array, Date, Function};
use tirage_pricing::{Decimal, decimal};
use wasm_bindgen::JsValue;

use crate::state::moment;
use crate::words::Language;

/// How much of a moment is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Day and time; the year only when it is another than now.
    Short,
    /// Everything, seconds included.
    Full,
    /// The time of the day, with seconds.
    Clock,
}

/// An amount of money. `Intl.NumberFormat` takes the decimal as text, so no digit is lost.
pub(crate) fn money(language: Language, amount: Decimal, currency: &str) -> String {
    let text = decimal::canonical(amount);
    // The constructor throws for anything that does not even look like a currency.
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return format!("{text} {currency}");
    }
    let options = NumberFormatOptions::new();
    options.set_style(NumberFormatStyle::Currency);
    options.set_currency(currency);
    options.set_currency_display(CurrencyDisplay::NarrowSymbol);
    let format = NumberFormat::new(&locales(language), &options).format();
    apply(&format, &JsValue::from_str(&text)).unwrap_or(text)
}

/// A number such as a run.
pub(crate) fn number(language: Language, value: Decimal) -> String {
    let text = decimal::canonical(value);
    let format = NumberFormat::new(&locales(language), &NumberFormatOptions::new()).format();
    apply(&format, &JsValue::from_str(&text)).unwrap_or(text)
}

/// A moment written as RFC 3339, in the reader's time zone; unreadable ones stay as they are.
pub(crate) fn moment(language: Language, at: &str, detail: Detail) -> String {
    match milliseconds(at) {
        Some(ms) => moment_of(language, ms, detail),
        None => at.to_owned(),
    }
}

/// A moment in milliseconds since 1970.
pub(crate) fn moment_of(language: Language, ms: i64, detail: Detail) -> String {
    let date = date(ms);
    let options = DateTimeFormatOptions::new();
    match detail {
        Detail::Short => {
            options.set_day(DayFormat::Numeric);
            options.set_month(MonthFormat::Short);
            options.set_hour(NumericFormat::TwoDigit);
            options.set_minute(NumericFormat::TwoDigit);
            if date.get_full_year() != Date::new_0().get_full_year() {
                options.set_year(YearFormat::Numeric);
            }
        }
        Detail::Full => {
            options.set_date_style(DateTimeStyle::Long);
            options.set_time_style(DateTimeStyle::Medium);
        }
        Detail::Clock => options.set_time_style(DateTimeStyle::Medium),
    }
    let format = DateTimeFormat::new(&locales(language), &options).format();
    apply(&format, &date).unwrap_or_default()
}

/// How far away a moment is: "in 5 minutes". `None` when it cannot be read.
pub(crate) fn distance(language: Language, at: &str, now_ms: i64) -> Option<String> {
    let (amount, unit) = moment::distance(now_ms, milliseconds(at)?);
    let options = RelativeTimeFormatOptions::new();
    options.set_numeric(RelativeTimeFormatNumeric::Auto);
    let format = RelativeTimeFormat::new(&locales(language), &options);
    Some(format.format(f64::from(amount), unit.as_str()).into())
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    whole(Date::now())
}

fn milliseconds(at: &str) -> Option<i64> {
    let ms = Date::new(&JsValue::from_str(at)).get_time();
    (!ms.is_nan()).then(|| whole(ms))
}

fn date(ms: i64) -> Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a date's milliseconds fit a float exactly"
    )]
    Date::new(&JsValue::from_f64(ms as f64))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a date's milliseconds are whole"
)]
fn whole(ms: f64) -> i64 {
    ms as i64
}

fn locales(language: Language) -> Array {
    let locale = match language {
        Language::Russian => "ru-RU",
        // Day before month and 24 hours, as the people who read this are used to.
        Language::English => "en-GB",
    };
    Array::of1(&JsValue::from_str(locale))
}

fn apply(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

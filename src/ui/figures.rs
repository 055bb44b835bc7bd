//! Figures by the browser's own formats.

use tirage_pricing::{Decimal, decimal::canonical};
use wasm_bindgen::JsValue;

use super::{browser, paper};
use crate::locale::Locale;
use crate::state::words::{Format, Words};

/// A whole number in digits.
pub(crate) fn digits(number: usize) -> String {
    canonical(number.into())
}

/// `Intl.NumberFormat` for one language and currency.
#[derive(Debug)]
pub(crate) struct Figures {
    locale: &'static Locale,
    money: JsValue,
    number: JsValue,
    /// Whether the language writes its digits as we do.
    is_plain: bool,
}

impl Figures {
    pub(crate) fn new(locale: &'static Locale, currency: &str) -> Self {
        let number = browser::number(locale.tag);
        Self {
            locale,
            money: browser::money(locale.tag, currency),
            is_plain: browser::format(&number, "0") == "0",
            number,
        }
    }

    pub(crate) fn words(&self) -> Words<'_> {
        Words {
            locale: self.locale,
            format: self,
        }
    }
}

impl Format for Figures {
    fn money(&self, amount: Decimal) -> String {
        browser::format(&self.money, &canonical(amount))
    }

    /// What has neither groups nor a point needs no way through the browser: a calculator shows
    /// hundreds of such numbers, again after each answer.
    fn number(&self, number: Decimal) -> String {
        let text = canonical(number);
        if self.is_plain && text.len() < 4 && !text.contains(['-', '.']) {
            return text;
        }
        browser::format(&self.number, &text)
    }

    fn day(&self, day: &str) -> String {
        paper::day_in_words(self.locale.tag, day)
    }
}

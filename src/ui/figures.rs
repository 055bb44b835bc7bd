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
}

impl Figures {
    pub(crate) fn new(locale: &'static Locale, currency: &str) -> Self {
        Self {
            locale,
            money: browser::money(locale.tag, currency),
            number: browser::number(locale.tag),
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

    fn number(&self, number: Decimal) -> String {
        browser::format(&self.number, &canonical(number))
    }

    fn day(&self, day: &str) -> String {
        paper::day_in_words(self.locale.tag, day)
    }
}

//! How figures are written for the buyer: the language's texts and the browser's number formats.

use tirage_pricing::{Decimal, Texts};

use crate::locale::{Locale, fill};

/// Writes figures; in a browser this is `Intl.NumberFormat`, fed with exact decimal text.
pub trait Format {
    /// An amount of the calculator's currency, with every digit it has.
    fn money(&self, amount: Decimal) -> String;
    /// A plain number.
    fn number(&self, number: Decimal) -> String;
    /// A day such as 2026-12-01 in words.
    fn day(&self, day: &str) -> String;
}

/// A language together with its figures.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The language.
    pub locale: &'static Locale,
    /// The figures.
    pub format: &'a dyn Format,
}

impl std::fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Words").field(&self.locale.tag).finish()
    }
}

impl Words<'_> {
    /// A text of the template in this language.
    #[must_use]
    pub fn of<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.get(self.locale.tag)
    }

    /// A number with its unit; pieces when the template names none.
    #[must_use]
    pub fn count(&self, number: Decimal, unit: Option<&Texts>) -> String {
        let unit = unit.map_or(self.locale.texts.piece_unit, |unit| self.of(unit));
        // A no-break space keeps a figure and its unit on one line.
        format_pair(&self.format.number(number), unit)
    }

    /// "1 piece", "2 pieces": with the template's unit where it has one.
    #[must_use]
    pub fn pieces(&self, number: Decimal, unit: Option<&Texts>) -> String {
        if unit.is_some() {
            return self.count(number, unit);
        }
        let text = self.locale.plural(self.locale.texts.pieces_more, number);
        fill(text, &[("n", &self.format.number(number))])
    }
}

fn format_pair(number: &str, unit: &str) -> String {
    [number, "\u{a0}", unit].concat()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Figures as the wire writes them, so that tests read exactly.
    #[derive(Debug)]
    pub(crate) struct Plain;

    impl Format for Plain {
        fn money(&self, amount: Decimal) -> String {
            format!("{} ₽", tirage_pricing::decimal::canonical(amount))
        }
        fn number(&self, number: Decimal) -> String {
            tirage_pricing::decimal::canonical(number)
        }
        fn day(&self, day: &str) -> String {
            format!("day {day}")
        }
    }

    pub(crate) fn words(tag: &str) -> Words<'static> {
        Words {
            locale: Locale::of(tag),
            format: &Plain,
        }
    }

    #[test]
    fn pieces_follow_the_plural_of_the_language() {
        assert_eq!(words("ru").pieces(Decimal::TWO, None), "2 штуки");
        assert_eq!(words("en").pieces(Decimal::ONE, None), "1 piece");
        let unit = Texts::neutral("sheets");
        assert_eq!(
            words("en").pieces(Decimal::TEN, Some(&unit)),
            "10\u{a0}sheets"
        );
        assert_eq!(words("ru").count(Decimal::TEN, None), "10\u{a0}шт.");
    }
}

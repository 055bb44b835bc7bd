//! The widget's languages: one file of texts each, and the plural rules of both.
//!
//! A text may hold `{name}` places and, where it counts something, one form per plural category,
//! separated by `|` in the order of `Plural`. A missing text does not compile; that the places
//! and forms agree between the languages is tested.

#[macro_use]
mod catalog;
mod en;
mod ru;

use tirage_pricing::Decimal;

pub use catalog::{CartCatalog, Catalog, CompareCatalog, MoreCatalog, RemoteCatalog, WhyCatalog};

/// A language of the widget.
#[derive(Debug)]
pub struct Locale {
    /// BCP 47 tag, for `Intl` and `lang`.
    pub tag: &'static str,
    /// The texts.
    pub texts: &'static Catalog,
    plural: fn(&str) -> Plural,
    /// Whether a comma groups thousands; otherwise it separates the fraction.
    comma_groups: bool,
}

/// Plural categories of CLDR that our languages have, in the order of a text's forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plural {
    One,
    Few,
    Many,
    /// Fractions in Russian; everything but one in English.
    Other,
}

static RU: Locale = Locale {
    tag: "ru",
    texts: &ru::TEXTS,
    plural: russian,
    comma_groups: false,
};

static EN: Locale = Locale {
    tag: "en",
    texts: &en::TEXTS,
    plural: english,
    comma_groups: true,
};

impl Locale {
    /// The language of a tag; Russian for languages we do not have.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        match tag.get(..2) {
            Some(base) if base.eq_ignore_ascii_case("en") => &EN,
            _ => &RU,
        }
    }

    /// The texts of carts, offers and orders.
    #[must_use]
    pub fn cart_texts(&self) -> &'static CartCatalog {
        match self.tag {
            "en" => &en::CART,
            _ => &ru::CART,
        }
    }

    /// The texts of what comes right after the price.
    #[must_use]
    pub fn more_texts(&self) -> &'static MoreCatalog {
        match self.tag {
            "en" => &en::MORE,
            _ => &ru::MORE,
        }
    }

    /// The texts of prices that the print house computes.
    #[must_use]
    pub fn remote_texts(&self) -> &'static RemoteCatalog {
        match self.tag {
            "en" => &en::REMOTE,
            _ => &ru::REMOTE,
        }
    }

    /// The texts of how a price is made up.
    #[must_use]
    pub fn why_texts(&self) -> &'static WhyCatalog {
        match self.tag {
            "en" => &en::WHY,
            _ => &ru::WHY,
        }
    }

    /// The texts of configurations beside each other.
    #[must_use]
    pub fn compare_texts(&self) -> &'static CompareCatalog {
        match self.tag {
            "en" => &en::COMPARE,
            _ => &ru::COMPARE,
        }
    }

    /// The form of a counting text for a number, with the number itself still in place.
    #[must_use]
    pub fn plural(&self, text: &'static str, count: Decimal) -> &'static str {
        let category = (self.plural)(&tirage_pricing::decimal::canonical(count)) as usize;
        let mut rest = text;
        for _ in 0..category {
            // A text with fewer forms means its last one.
            rest = rest.split_once('|').map_or(rest, |(_, others)| others);
        }
        rest.split_once('|').map_or(rest, |(form, _)| form)
    }

    /// A number as people type it in this language.
    #[must_use]
    pub fn read_number(&self, typed: &str) -> Option<Decimal> {
        let mut digits = String::new();
        for char in typed.chars() {
            match char {
                ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {}
                ',' if self.comma_groups => {}
                ',' => digits.push('.'),
                '−' => digits.push('-'),
                other => digits.push(other),
            }
        }
        tirage_pricing::decimal::parse(&digits)
    }
}

/// Puts values into the places of a text.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// CLDR's rules over the digits of a number in canonical form.
fn russian(digits: &str) -> Plural {
    let digits = digits.as_bytes();
    if digits.contains(&b'.') {
        return Plural::Other;
    }
    let from_end = |at: usize| digits.len().checked_sub(at).and_then(|at| digits.get(at));
    match (from_end(2), from_end(1)) {
        (Some(b'1'), _) => Plural::Many,
        (_, Some(b'1')) => Plural::One,
        (_, Some(b'2'..=b'4')) => Plural::Few,
        _ => Plural::Many,
    }
}

fn english(digits: &str) -> Plural {
    match digits {
        "1" => Plural::One,
        _ => Plural::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        tirage_pricing::decimal::parse(text).unwrap()
    }

    #[test]
    fn russian_counts_as_cldr_says() {
        let forms = "штука|штуки|штук|штуки";
        for (count, form) in [
            ("0", "штук"),
            ("1", "штука"),
            ("2", "штуки"),
            ("4", "штуки"),
            ("5", "штук"),
            ("11", "штук"),
            ("12", "штук"),
            ("14", "штук"),
            ("21", "штука"),
            ("22", "штуки"),
            ("111", "штук"),
            ("114", "штук"),
            ("121", "штука"),
            ("1000", "штук"),
            ("1.5", "штуки"),
            ("0.1", "штуки"),
        ] {
            assert_eq!(RU.plural(forms, number(count)), form, "{count}");
        }
    }

    #[test]
    fn english_counts_as_cldr_says() {
        for (count, form) in [
            ("0", "pieces"),
            ("1", "piece"),
            ("2", "pieces"),
            ("1.5", "pieces"),
            ("21", "pieces"),
        ] {
            assert_eq!(EN.plural("piece|pieces", number(count)), form, "{count}");
        }
    }

    #[test]
    fn every_text_is_there_in_both_languages_with_the_same_places() {
        let places = |text: &str| {
            let mut names: Vec<String> = text
                .split('|')
                .next()
                .unwrap()
                .split('{')
                .skip(1)
                .map(|part| part.split('}').next().unwrap().to_owned())
                .collect();
            names.sort();
            names
        };
        for ((name, ru), (_, en)) in ru::entries().into_iter().zip(en::entries()) {
            assert!(!ru.is_empty() && !en.is_empty(), "{name} is empty");
            assert_eq!(places(ru), places(en), "{name}");
            let forms = |text: &str| text.split('|').count();
            let expected = if forms(ru) == 1 { (1, 1) } else { (4, 2) };
            assert_eq!((forms(ru), forms(en)), expected, "{name}");
            for form in ru.split('|') {
                assert_eq!(places(form), places(ru), "{name}: {form}");
            }
        }
    }

    #[test]
    fn no_russian_text_was_left_in_english() {
        for (name, text) in ru::entries() {
            let latin = text.split('{').any(|part| {
                let words = part.rsplit('}').next().unwrap();
                words.chars().any(|char| char.is_ascii_alphabetic())
            });
            assert!(!latin, "{name}: {text}");
        }
        for (name, text) in en::entries() {
            assert!(
                !text.chars().any(|char| ('а'..='я').contains(&char)),
                "{name}: {text}"
            );
        }
    }

    #[test]
    fn a_tag_finds_its_language() {
        for (tag, found) in [
            ("ru", "ru"),
            ("ru-RU", "ru"),
            ("en", "en"),
            ("EN-gb", "en"),
            ("de", "ru"),
            ("", "ru"),
        ] {
            assert_eq!(Locale::of(tag).tag, found, "{tag}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (locale, typed, read) in [
            (&RU, "1 500", Some("1500")),
            (&RU, "1\u{a0}500,5", Some("1500.5")),
            (&RU, "0.5", Some("0.5")),
            (&EN, "1,500", Some("1500")),
            (&EN, " 7 ", Some("7")),
            (&RU, "", None),
            (&RU, "сто", None),
            (&RU, "1e3", None),
        ] {
            let number = locale
                .read_number(typed)
                .map(tirage_pricing::decimal::canonical);
            assert_eq!(number.as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn places_are_filled_and_unknown_ones_left_empty() {
        assert_eq!(fill("{a} of {b}{c}.", &[("a", "1"), ("b", "2")]), "1 of 2.");
        assert_eq!(fill("plain", &[]), "plain");
    }
}

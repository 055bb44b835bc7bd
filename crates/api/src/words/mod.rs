//! Quotes in words, in Russian and English: what the service and the tools say about prices.
//!
//! The widget has words of its own (`src/locale`), because they are weighed and speak to a buyer
//! who looks at a form; these ones also tell what was expected and found.

mod notice;
mod problem;

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, Direction, Per, Template, Texts};

pub use notice::shown;
pub use problem::told;

/// A language that quotes are put into words in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Locale {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Locale {
    /// What a language tag looks like, for whoever sent none.
    pub(crate) const TAG: &'static str = "a language tag such as \"ru\" or \"en-GB\"";

    /// Whether a text has the shape of a language tag.
    pub(crate) fn is_tag(tag: &str) -> bool {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let letters = language.bytes().all(|byte| byte.is_ascii_alphabetic());
        let part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        (2..=3).contains(&language.len()) && letters && tag.len() <= 35 && parts.all(part)
    }

    /// The language of a tag such as `en-GB`: English for every English, and else Russian.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let base = tag.split('-').next().unwrap_or_default();
        if base.eq_ignore_ascii_case("en") {
            Self::En
        } else {
            Self::Ru
        }
    }

    /// The language's tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// Says things about one template in one language.
#[derive(Debug, Clone, Copy)]
pub struct Words<'t> {
    /// What it is about.
    pub template: &'t Template,
    /// The language.
    pub locale: Locale,
}

impl<'t> Words<'t> {
    /// The sentence of the language.
    pub fn say<T>(self, ru: T, en: T) -> T {
        match self.locale {
            Locale::Ru => ru,
            Locale::En => en,
        }
    }

    /// A text of the template.
    #[must_use]
    pub fn text(self, texts: &'t Texts) -> &'t str {
        texts.get(self.locale.tag())
    }

    /// A number, with every digit it has.
    #[must_use]
    pub fn number(self, number: Decimal) -> String {
        self.pointed(canonical(number))
    }

    /// At least two decimals, and more where there are more: nothing is rounded for show.
    #[must_use]
    pub fn money(self, amount: Decimal) -> String {
        let mut text = canonical(amount);
        match text.split_once('.') {
            None => text.push_str(".00"),
            Some((_, fraction)) if fraction.len() == 1 => text.push('0'),
            Some(_) => {}
        }
        self.pointed(text)
    }

    fn pointed(self, text: String) -> String {
        match self.locale {
            Locale::Ru => text.replace('.', ","),
            Locale::En => text,
        }
    }

    /// The numbers of a range; the last one may be open.
    #[must_use]
    pub fn range(self, from: Decimal, to: Option<Decimal>) -> String {
        match to {
            Some(to) if to == from => self.number(from),
            Some(to) => format!("{}–{}", self.number(from), self.number(to)),
            None => self.say(
                format!("от {}", self.number(from)),
                format!("{} and more", self.number(from)),
            ),
        }
    }

    /// What a price is charged for each of.
    #[must_use]
    pub fn per(self, per: Per) -> String {
        let word = match per {
            Per::Piece => self.say("за штуку", "per piece"),
            Per::Sheet => self.say("за лист", "per sheet"),
            Per::Page => self.say("за страницу", "per page"),
            Per::Area => self.say("за м²", "per m²"),
            Per::Metre => self.say("за метр", "per metre"),
            Per::Character => self.say("за знак", "per character"),
            Per::Run => self.say("за тираж", "per run"),
            Per::SetUp => self.say("за приладку", "per set-up"),
        };
        format!(" {word}")
    }

    /// How a number is rounded.
    #[must_use]
    pub fn direction(self, direction: Direction) -> &'static str {
        match direction {
            Direction::Up => self.say("вверх", "up"),
            Direction::Down => self.say("вниз", "down"),
            Direction::HalfUp => {
                self.say("до ближайшего, половина вверх", "to the nearest, a half up")
            }
            Direction::HalfEven => self.say(
                "до ближайшего, половина к чётному",
                "to the nearest, a half to even",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn a_language_is_a_tag() {
        for tag in ["ru", "en-GB", "sr-Latn-RS"] {
            assert!(Locale::is_tag(tag), "{tag}");
        }
        for tag in ["", "r", "русский", "en_GB", "en-", "../x", "e1"] {
            assert!(!Locale::is_tag(tag), "{tag}");
        }
    }

    #[test]
    fn every_english_is_english_and_what_we_do_not_speak_is_russian() {
        for (tag, locale) in [
            ("en", Locale::En),
            ("EN-gb", Locale::En),
            ("ru", Locale::Ru),
            ("ru-RU", Locale::Ru),
            ("de", Locale::Ru),
            ("enm", Locale::Ru),
        ] {
            assert_eq!(Locale::of(tag), locale, "{tag}");
        }
    }
}

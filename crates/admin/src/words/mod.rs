//! Everything the pages say, in Russian and English.
//!
//! A catalogue is a constant of one struct, so a text that is missing in one language does not
//! compile. Texts with a number in them are functions, because plurals differ by language.

mod en;
mod lookup;
mod ru;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Russian.
    Russian,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Russian, Self::English];

    /// The language's tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Russian => "Русский",
            Self::English => "English",
        }
    }

    /// The language of a tag such as `en-GB`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let base = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(base))
    }

    /// The language to begin with: the one chosen before, else the first of the browser's that
    /// there is, else Russian.
    #[must_use]
    pub fn choose<'a>(chosen: Option<&str>, browser: impl IntoIterator<Item = &'a str>) -> Self {
        chosen
            .and_then(Self::from_tag)
            .or_else(|| browser.into_iter().find_map(Self::from_tag))
            .unwrap_or(Self::Russian)
    }

    /// What the pages say in it.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Russian => &ru::WORDS,
            Self::English => &en::WORDS,
        }
    }
}

/// What the pages say in one language.
#[derive(Debug)]
pub struct Words {
    /// On every page.
    pub frame: Frame,
    /// At the door: logging in and the first administrator.
    pub door: Door,
    /// The list of orders.
    pub orders: Orders,
    /// The page of an order.
    pub order: Order,
    /// Deliveries, wherever they appear.
    pub delivery: Delivery,
    /// Statuses of orders.
    pub statuses: Statuses,
    /// What happened to an order.
    pub events: Events,
    /// How attempts end.
    pub attempts: Attempts,
    /// When something went wrong.
    pub failures: Failures,
}

/// On every page.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Frame {
    pub skip: &'static str,
    pub orders: &'static str,
    pub language: &'static str,
    pub log_out: &'static str,
    pub logged_in_as: &'static str,
    pub loading: &'static str,
    pub try_again: &'static str,
    pub not_found: &'static str,
    pub not_found_hint: &'static str,
    pub to_orders: &'static str,
    pub close: &'static str,
}

/// At the door.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Door {
    pub log_in: &'static str,
    pub enter: &'static str,
    pub log_in_hint: &'static str,
    pub logging_in: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub show_password: &'static str,
    pub first_time: &'static str,
    pub first_time_hint: &'static str,
    pub wrong: &'static str,
    pub ended: &'static str,
    pub set_up: &'static str,
    pub set_up_hint: &'static str,
    pub create: &'static str,
    pub creating: &'static str,
    pub new_password: &'static str,
    pub again: &'static str,
    pub rules: &'static str,
    pub rule_length: &'static str,
    pub rule_name: &'static str,
    pub rule_again: &'static str,
    pub rule_holds: &'static str,
    pub rule_fails: &'static str,
    pub strength: &'static str,
    pub weak: &'static str,
    pub fair: &'static str,
    pub strong: &'static str,
    pub name_missing: &'static str,
    pub name_refused: &'static str,
    pub password_missing: &'static str,
    pub password_refused: &'static str,
    pub not_repeated: &'static str,
    pub fix_rules: &'static str,
    pub token_missing: &'static str,
    pub token_missing_hint: &'static str,
    pub token_refused: &'static str,
    pub token_refused_hint: &'static str,
}

/// The list of orders.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Orders {
    pub title: &'static str,
    pub number: &'static str,
    pub placed: &'static str,
    pub customer: &'static str,
    pub status: &'static str,
    pub total: &'static str,
    pub deliveries: &'static str,
    pub no_deliveries: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub refresh: &'static str,
    pub updated: &'static str,
    pub stale: &'static str,
    pub more: &'static str,
    pub loading_more: &'static str,
    pub end: &'static str,
    pub arrived: fn(usize) -> String,
}

/// The page of an order.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Order {
    pub title: &'static str,
    pub placed: &'static str,
    pub buyers_page: &'static str,
    pub customer: &'static str,
    pub person: &'static str,
    pub organisation: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub shipping: &'static str,
    pub address: &'static str,
    pub recipient: &'static str,
    pub issue_date: &'static str,
    pub consent: &'static str,
    pub pickup: &'static str,
    pub courier: &'static str,
    pub carrier: &'static str,
    pub post: &'static str,
    pub comment: &'static str,
    pub lines: &'static str,
    pub run: &'static str,
    pub total: &'static str,
    pub history: &'static str,
    pub gone: &'static str,
    pub gone_hint: &'static str,
    pub attention: fn(&str) -> String,
    pub attention_link: &'static str,
}

/// Deliveries, wherever they appear.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Delivery {
    pub title: &'static str,
    pub none: &'static str,
    pub queued: &'static str,
    pub retrying: &'static str,
    pub paused: &'static str,
    pub sending: &'static str,
    pub checking: &'static str,
    pub arrived: &'static str,
    pub failed: &'static str,
    pub called_off: &'static str,
    pub queued_hint: &'static str,
    pub retrying_hint: &'static str,
    pub paused_hint: &'static str,
    pub sending_hint: &'static str,
    pub checking_hint: &'static str,
    pub arrived_hint: &'static str,
    pub failed_hint: &'static str,
    pub called_off_hint: &'static str,
    pub remote_number: &'static str,
    pub next_attempt: &'static str,
    pub pause_reason: &'static str,
    pub last_error: &'static str,
    pub attempts: fn(u32) -> String,
    pub attempt: &'static str,
    pub started: &'static str,
    pub took: &'static str,
    pub outcome: &'static str,
    pub milliseconds: &'static str,
    pub send_again: &'static str,
    pub send_now: &'static str,
    pub check_now: &'static str,
    pub cancel: &'static str,
    pub cancel_title: &'static str,
    pub cancel_body: fn(&str, &str) -> String,
    pub cancel_yes: &'static str,
    pub cancel_no: &'static str,
    pub retried: fn(&str) -> String,
    pub cancelled: fn(&str) -> String,
}

/// Statuses of orders.
#[derive(Debug)]
#[expect(missing_docs, reason = "named after the statuses")]
pub struct Statuses {
    pub draft: &'static str,
    pub placed: &'static str,
    pub awaiting_payment: &'static str,
    pub in_design: &'static str,
    pub approved: &'static str,
    pub in_production: &'static str,
    pub ready: &'static str,
    pub shipped: &'static str,
    pub delivered: &'static str,
    pub cancelled: &'static str,
    pub refused: &'static str,
}

/// What happened to an order; named after the events' stable words.
#[derive(Debug)]
#[expect(missing_docs, reason = "named after the events")]
pub struct Events {
    pub placed: &'static str,
    pub status: &'static str,
    pub delivered: &'static str,
    pub delivery_dead: &'static str,
    pub delivery_retried: &'static str,
    pub delivery_cancelled: &'static str,
    pub delivery_adopted: &'static str,
    pub delivery_duplicated: &'static str,
}

/// How attempts end; named after the classes' stable words.
#[derive(Debug)]
#[expect(missing_docs, reason = "named after the classes")]
pub struct Attempts {
    pub running: &'static str,
    pub done: &'static str,
    pub unauthorized: &'static str,
    pub blocked: &'static str,
    pub not_found: &'static str,
    pub conflict: &'static str,
    pub not_supported: &'static str,
    pub rejected: &'static str,
    pub rate_limited: &'static str,
    pub unavailable: &'static str,
    pub outcome_unknown: &'static str,
    pub bad_response: &'static str,
    pub failing: &'static str,
    pub no_look_up: &'static str,
    pub pace: &'static str,
    pub stopping: &'static str,
    pub interrupted: &'static str,
}

/// When something went wrong.
#[derive(Debug)]
#[expect(missing_docs, reason = "the texts themselves say what they are")]
pub struct Failures {
    pub no_answer: &'static str,
    pub unreadable: &'static str,
    pub rate_limited: &'static str,
    pub forbidden: &'static str,
    pub conflict: &'static str,
    pub not_found: &'static str,
    pub unavailable: &'static str,
    pub internal: &'static str,
    pub refused: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_language_comes_before_the_browsers() {
        for (chosen, browser, expected) in [
            (None, &["en-GB", "ru"][..], Language::English),
            (None, &["de", "ru-RU", "en"][..], Language::Russian),
            (None, &["de"][..], Language::Russian),
            (Some("en"), &["ru"][..], Language::English),
            (Some("xx"), &["en"][..], Language::English),
        ] {
            let language = Language::choose(chosen, browser.iter().copied());
            assert_eq!(language, expected, "{chosen:?} {browser:?}");
        }
    }

    #[test]
    fn numbers_take_their_plural() {
        let attempts = Language::Russian.words().delivery.attempts;
        for (count, expected) in [
            (1, "1 попытка"),
            (2, "2 попытки"),
            (5, "5 попыток"),
            (11, "11 попыток"),
            (21, "21 попытка"),
            (112, "112 попыток"),
        ] {
            assert_eq!(attempts(count), expected);
        }
        let attempts = Language::English.words().delivery.attempts;
        assert_eq!(
            (attempts(1), attempts(2)),
            ("1 attempt".into(), "2 attempts".into())
        );
    }
}

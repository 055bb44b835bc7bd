//! Rules for a new password, and a hint how well it would stand.
//!
//! The rules are the service's; the hint is only a hint. It counts what a guesser would not get
//! for free: no repeats, no runs along the alphabet or the keyboard, no well-known words.

/// The shortest password the service accepts, in characters.
pub const SHORTEST: usize = 12;

const KNOWN: &[&str] = &[
    "password",
    "passwort",
    "parol",
    "пароль",
    "admin",
    "админ",
    "tirage",
    "тираж",
    "welcome",
    "letmein",
    "login",
    "secret",
    "секрет",
];

const KEYBOARD: &[&str] = &[
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
];

/// What holds of a password that was typed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// It is long enough.
    pub long_enough: bool,
    /// It is not the login name.
    pub differs_from_name: bool,
    /// It was typed the same way twice.
    pub repeated: bool,
}

impl Rules {
    /// What holds of this password.
    #[must_use]
    pub fn of(name: &str, password: &str, again: &str) -> Self {
        Self {
            long_enough: password.chars().count() >= SHORTEST,
            differs_from_name: !password.is_empty()
                && password.to_lowercase() != name.trim().to_lowercase(),
            repeated: !password.is_empty() && password == again,
        }
    }

    /// Whether all of them hold.
    #[must_use]
    pub fn hold(self) -> bool {
        self.long_enough && self.differs_from_name && self.repeated
    }
}

/// How well a password would stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Easily guessed.
    Weak,
    /// Not at once.
    Fair,
    /// Not in a lifetime.
    Strong,
}

impl Strength {
    /// How well this password would stand; shorter than the rules allow is always weak.
    #[must_use]
    pub fn of(name: &str, password: &str) -> Self {
        let surprising = surprising(name, password);
        let bits = surprising * bits_per_character(password);
        if password.chars().count() < SHORTEST || bits < 45 {
            Self::Weak
        } else if bits < 70 {
            Self::Fair
        } else {
            Self::Strong
        }
    }

    /// The strength's name in the style sheet.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Strong => "strong",
        }
    }
}

/// How many characters do not follow from the ones before.
fn surprising(name: &str, password: &str) -> usize {
    let mut rest = password.to_lowercase();
    let name = name.trim().to_lowercase();
    let mut words = 0;
    for word in KNOWN.iter().copied().chain([name.as_str()]) {
        if word.chars().count() >= 3 && rest.contains(word) {
            rest = rest.replace(word, "\u{0}");
            words += 1;
        }
    }
    let mut seen = Vec::new();
    let mut before = None;
    for char in rest.chars().filter(|char| *char != '\u{0}') {
        let follows = before.is_some_and(|before| follows(before, char));
        if !follows && seen.iter().filter(|&&one| one == char).count() < 2 {
            seen.push(char);
        }
        before = Some(char);
    }
    seen.len() + words
}

/// Whether `next` is the same as `before`, or beside it in the alphabet or on the keyboard.
fn follows(before: char, next: char) -> bool {
    if u32::from(before).abs_diff(u32::from(next)) <= 1 {
        return true;
    }
    KEYBOARD.iter().any(|row| {
        let at = |char| row.chars().position(|one| one == char);
        matches!((at(before), at(next)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
    })
}

fn bits_per_character(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    let kinds = has(char::is_lowercase)
        + has(char::is_uppercase)
        + has(|char| char.is_ascii_digit())
        + has(|char| !char.is_alphanumeric());
    match kinds {
        0 | 1 if password.chars().all(|char| char.is_ascii_digit()) => 3,
        0 | 1 => 4,
        2 => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_hold_only_together() {
        let rules = Rules::of("anna", "correct horse", "correct horse");
        assert!(rules.hold());
        assert!(!Rules::of("anna", "correct horse", "correct hors").repeated);
        assert!(!Rules::of("anna", "одиннадцать", "одиннадцать").long_enough);
        assert!(Rules::of("anna", "двенадцатьть", "двенадцатьть").long_enough);
        assert!(!Rules::of("Anna-Petrovna", "anna-petrovna", "anna-petrovna").hold());
        assert!(!Rules::of("", "", "").hold());
    }

    #[test]
    fn the_hint_sees_through_cheap_passwords() {
        for (password, expected) in [
            ("", Strength::Weak),
            ("Xk9#vT", Strength::Weak),
            ("aaaaaaaaaaaaaaaa", Strength::Weak),
            ("123456789012", Strength::Weak),
            ("qwertyuiopasdf", Strength::Weak),
            ("йцукенгшщзфыва", Strength::Weak),
            ("passwordadmin1", Strength::Weak),
            ("petrovna-petrovna", Strength::Weak),
            ("голубой дом", Strength::Weak),
            ("медный чайник", Strength::Fair),
            ("correct horse battery", Strength::Strong),
            ("v9#Lq!2xWm_7Tz", Strength::Strong),
        ] {
            assert_eq!(Strength::of("petrovna", password), expected, "{password}");
        }
    }
}

//! Keys of a template from the names and values of a file: the same text has always the same key.

use sha2::{Digest as _, Sha256};

/// How many characters a key of a template may have.
const LONGEST: usize = 64;
/// What expressions keep for themselves, and the key of a run that no column gives.
const TAKEN: [&str; 9] = [
    "and", "else", "false", "if", "in", "not", "or", "then", "true",
];

/// The key of a column, apart from those of the columns before it.
pub(super) fn of_column(name: &str, number: usize, before: &[String]) -> String {
    let mut plain = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        match latin(character) {
            Some(letters) => plain += letters,
            None if character.is_ascii_alphanumeric() => plain.push(character),
            None if plain.is_empty() || plain.ends_with('_') => {}
            None => plain.push('_'),
        }
    }
    let mut key = plain.trim_end_matches('_').to_owned();
    if key.is_empty() {
        key = format!("column_{number}");
    } else if !key.starts_with(|first: char| first.is_ascii_lowercase()) {
        key.insert_str(0, "p_");
    }
    // Room for what tells it from another one.
    key.truncate(LONGEST - 5);
    let taken = |key: &str| TAKEN.contains(&key) || before.iter().any(|other| other == key);
    if !taken(&key) {
        return key;
    }
    let mut tried = (2..).map(|number| format!("{key}_{number}"));
    tried.find(|key| !taken(key)).unwrap_or(key)
}

/// The key of a value: its own text, so that the same value has the same key in every export.
pub(super) fn of_value(text: &str) -> String {
    const KEPT: usize = 47;
    if text.is_empty() {
        return "none".to_owned();
    }
    if text.chars().count() <= LONGEST && text != "none" {
        return text.to_owned();
    }
    let mut key: String = text.chars().take(KEPT).collect();
    key.push('~');
    for byte in Sha256::digest(text).iter().take(8) {
        key += &format!("{byte:02x}");
    }
    key
}

fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ї' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_a_key_that_expressions_can_name() {
        let mut before = Vec::new();
        for (name, key) in [
            ("Формат", "format"),
            ("Плотность, г/м²", "plotnost_g_m"),
            ("формат", "format_2"),
            ("Format 2", "format_2_2"),
            ("4+0", "p_4_0"),
            ("№", "column_7"),
            ("In", "in_2"),
            ("Ъ", "column_7"),
        ] {
            let found = of_column(name, 7, &before);
            let expected = if before.iter().any(|known| known == key) {
                format!("{key}_2")
            } else {
                key.to_owned()
            };
            assert_eq!(found, expected, "{name}");
            before.push(found);
        }
        let long = of_column(&"щ".repeat(100), 1, &[]);
        assert!(long.len() <= LONGEST, "{long}");
    }

    #[test]
    fn a_value_is_its_own_key_unless_it_is_too_long() {
        assert_eq!(of_value("A3 (297x420)"), "A3 (297x420)");
        let [one, two] = ["а", "б"].map(|end| of_value(&("я".repeat(64) + end)));
        assert_ne!(one, two);
        assert_eq!(one.chars().count(), LONGEST);
        assert_eq!(of_value(""), "none");
        assert_ne!(of_value("none"), "none");
    }
}

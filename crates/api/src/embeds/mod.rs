//! Embeds and shortcodes of earlier sites: which product they mean, and what stands in their place.
//!
//! The script that pages load for them (`www/v1/compat.js`) finds products by the same rule; it
//! gets the list below.

mod shortcode;

use tirage_wire::embed::EarlierProduct;

pub(crate) use shortcode::{Shortcode, shortcodes};

/// Shortcodes, each with its calculator as addresses and settings call it.
pub(crate) const CALCULATORS: [(&str, &str); 5] = [
    ("calculator", "calc"),
    ("asystemcalculator", "asystem"),
    ("axiomcalculator", "axiom"),
    ("poly1ccalculator", "poly1c"),
    ("helloprintcalculator", "helloprint"),
];

/// What an embed asks for; empty where it says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) calculator: &'a str,
    pub(crate) category: &'a str,
    pub(crate) material: &'a str,
    pub(crate) config: &'a str,
}

/// The entry that fits best: the first of the most particular ones. What is called as a category
/// may also be called as a product.
pub(crate) fn find<'a>(
    entries: &'a [EarlierProduct],
    asked: Asked<'_>,
) -> Option<&'a EarlierProduct> {
    let as_category = Asked {
        category: asked.material,
        material: "",
        ..asked
    };
    best(entries, asked).or_else(|| best(entries, as_category))
}

fn best<'a>(entries: &'a [EarlierProduct], asked: Asked<'_>) -> Option<&'a EarlierProduct> {
    let mut found: Option<(u8, &EarlierProduct)> = None;
    for entry in entries {
        let Some(score) = fit(entry, asked) else {
            continue;
        };
        if found.is_none_or(|(most, _)| score > most) {
            found = Some((score, entry));
        }
    }
    found.map(|(_, entry)| entry)
}

/// How well an entry answers; none where it does not.
fn fit(entry: &EarlierProduct, asked: Asked<'_>) -> Option<u8> {
    if entry.category != asked.category {
        return None;
    }
    let mut score = 0;
    for (own, asked, weight) in [
        (&entry.calculator, asked.calculator, 16),
        (&entry.config, asked.config, 8),
    ] {
        match own {
            None => {}
            Some(own) if own == asked => score += weight,
            Some(_) => return None,
        }
    }
    match &entry.material {
        None => Some(score + 2),
        Some(_) if asked.material.is_empty() => Some(score + 1),
        Some(own) if own == asked.material => Some(score + 4),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(words: [&str; 5]) -> EarlierProduct {
        let [calculator, category, material, config, product] = words;
        let some = |word: &str| (!word.is_empty()).then(|| word.to_owned());
        EarlierProduct {
            calculator: some(calculator),
            category: category.to_owned(),
            material: some(material),
            config: some(config),
            product: product.to_owned(),
            name: tirage_pricing::Texts::neutral(product),
        }
    }

    #[test]
    fn the_most_particular_entry_counts_and_the_first_of_equals() {
        let entries = [
            entry(["", "flyers", "7", "", "flyers-a5"]),
            entry(["", "flyers", "8", "", "flyers-a4"]),
            entry(["", "flyers", "8", "small", "flyers-small"]),
            entry(["axiom", "flyers", "", "", "flyers-axiom"]),
            entry(["", "cards", "", "", "cards"]),
        ];
        let product = |calculator, category, material, config| {
            let asked = Asked {
                calculator,
                category,
                material,
                config,
            };
            find(&entries, asked).map(|entry| entry.product.as_str())
        };
        assert_eq!(product("calc", "flyers", "", ""), Some("flyers-a5"));
        assert_eq!(product("calc", "flyers", "8", ""), Some("flyers-a4"));
        assert_eq!(
            product("calc", "flyers", "8", "small"),
            Some("flyers-small")
        );
        assert_eq!(product("calc", "flyers", "8", "other"), Some("flyers-a4"));
        assert_eq!(product("axiom", "flyers", "9", ""), Some("flyers-axiom"));
        assert_eq!(product("calc", "flyers", "9", ""), None);
        assert_eq!(product("calc", "print", "cards", ""), Some("cards"));
        assert_eq!(product("calc", "print", "", ""), None);
    }
}

//! A configuration as a link: the answers stand in the address's fragment, which no server sees.

use tirage_pricing::json::{FromJson, Json, Node};
use tirage_pricing::{Answers, Template};

/// What the fragment of a shared configuration begins with.
pub const SHARED: &str = "#tirage=";

/// The fragment's text, of answers as JSON, before it is encoded for an address.
#[must_use]
pub fn write(product: &str, answers: &str) -> String {
    [product, ":", answers].concat()
}

/// The answers of a decoded fragment, if it is of this product; `None` for anything else.
///
/// What the template does not know is left out: links live longer than templates.
#[must_use]
pub fn read(decoded: &str, product: &str, template: &Template) -> Option<Answers> {
    let text = decoded.strip_prefix(product)?.strip_prefix(':')?;
    let json = Json::parse(text).ok()?;
    let shared = Answers::from_json(&Node::root(&json)).ok()?;
    let mut answers = Answers::new();
    for (key, answer) in shared.iter() {
        if template.parameters().iter().any(|known| known.key == key) {
            answers.set(key, answer.clone());
        }
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tirage_pricing::Answer;
    use tirage_pricing::json::ToJson as _;

    fn cards() -> Template {
        Template::parse(include_str!("../../examples/business-cards.json")).unwrap()
    }

    #[test]
    fn a_shared_configuration_is_read_as_it_was() {
        let answers: Answers = [
            ("run", Answer::Number(600.into())),
            ("rounded", Answer::Flag(true)),
        ]
        .into_iter()
        .collect();
        let text = write("business-cards", &answers.to_json().to_string());
        assert_eq!(read(&text, "business-cards", &cards()), Some(answers));
        assert_eq!(read(&text, "photo-printing", &cards()), None);
    }

    #[test]
    fn a_link_of_another_time_or_hand_does_no_harm() {
        let known = |text: &str| read(text, "business-cards", &cards());
        for text in [
            "",
            "business-cards",
            "business-cards:{",
            "business-cards:[]",
        ] {
            assert_eq!(known(text), None, "{text}");
        }
        let old = known(r#"business-cards:{"run":600,"gone":"x"}"#).unwrap();
        assert!(old.answer("gone").is_none());
        assert!(old.answer("run").is_some());
    }
}

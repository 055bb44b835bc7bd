//! Our JSON reader against `serde_json` on generated documents: the two accept the same texts.
//!
//! The one intended difference: a key that stands twice is refused by ours.

use proptest::prelude::*;
use serde_json::Value;
use tirage_pricing::json::Json;

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_reads_back_to_the_same_value(value in json()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let ours = Json::parse(&text).unwrap();
            let again: Value = serde_json::from_str(&ours.to_string()).unwrap();
            prop_assert_eq!(&again, &value);
        }
    }

    #[test]
    fn a_damaged_document_is_refused_by_both_or_by_neither(
        value in json(),
        at in any::<prop::sample::Index>(),
        byte in prop::sample::select(b"{}[]\",:\\0-e. tn".to_vec()),
    ) {
        let mut text = value.to_string().into_bytes();
        let place = at.index(text.len());
        text[place] = byte;
        if let Ok(text) = String::from_utf8(text) {
            let theirs = serde_json::from_str::<Value>(&text);
            match (Json::parse(&text), theirs) {
                (Ok(_), Err(error)) => prop_assert!(is_too_large(&error), "{text}: {error}"),
                (Err(error), Ok(_)) => prop_assert_eq!(error.expected, "each key once"),
                (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
            }
        }
    }
}

/// A number such as `1e999` is grammatical; only a reader of floats refuses it.
fn is_too_large(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("number out of range")
}

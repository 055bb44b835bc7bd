//! `docs/binding.schema.json` describes what the reader of bindings knows, no more and no less.

use std::collections::BTreeSet;

use serde_json::Value;
use tirage_pricing::bind;
use tirage_pricing::json::Json;

use super::documents::{bindings, flyers};
use super::schema::{SCHEMA as TEMPLATE, Schema};

const SCHEMA: &str = include_str!("../../../../docs/binding.schema.json");
const EXPRESS: &str = include_str!("../../../../examples/bindings/express-cards.json");

/// A template with something of each kind that a binding changes in another way.
const KINDS: &str = r#"{"format":1,"key":"t","name":"T","currency":"EUR",
    "parameters":[{"key":"run","kind":"run","name":"R","max":9,"default":1},
        {"key":"choice","kind":"choice","name":"C","default":"a","values":[{"key":"a","label":"A"}]},
        {"key":"flag","kind":"yes-no","name":"F"},{"key":"code","kind":"constant","name":"N","value":1}],
    "details":[{"key":"block","name":"B","repeat":{"max":3}}],
    "operations":[{"key":"pack","name":"P","optional":true}]}"#;

/// Each object of the schema, with bindings that have a field there which nobody knows.
const OBJECTS: [(&str, &[&str]); 4] = [
    ("", &[r#""x":1"#]),
    (
        "change",
        &[
            r#""parameters":{"run":{"x":1}}"#,
            r#""parameters":{"choice":{"x":1}}"#,
            r#""parameters":{"flag":{"x":1}}"#,
            r#""parameters":{"code":{"x":1}}"#,
            r#""parameters":{"block":{"x":1}}"#,
            r#""parameters":{"pack":{"x":1}}"#,
        ],
    ),
    (
        "value",
        &[r#""parameters":{"choice":{"values":{"a":{"x":1}}}}"#],
    ),
    ("prices", &[r#""prices":{"x":1}"#]),
];

fn binding(fields: &str) -> String {
    format!(r#"{{"format":1,{fields}}}"#)
}

fn refused(template: &str, binding: &str) -> Option<String> {
    let [template, binding] = [template, binding].map(|text| Json::parse(text).unwrap());
    bind(&template, &binding)
        .err()
        .map(|error| error.to_string())
}

fn schema() -> Schema {
    Schema::of(&[
        ("template.schema.json", TEMPLATE),
        ("binding.schema.json", SCHEMA),
    ])
}

#[test]
fn each_object_has_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (name, bindings) in OBJECTS {
        let mut known: BTreeSet<String> = BTreeSet::new();
        for fields in bindings {
            let message = refused(KINDS, &binding(fields)).unwrap();
            let (_, fields) = message.split_once("expected one of the fields ").unwrap();
            let (fields, _) = fields.split_once(", found the unknown field `x`").unwrap();
            known.extend(fields.split(", ").map(str::to_owned));
        }
        let object = match name {
            "" => &schema,
            name => &schema["$defs"][name],
        };
        let properties = object["properties"].as_object().unwrap();
        let properties: BTreeSet<String> = properties.keys().cloned().collect();
        assert_eq!(properties, known, "{name}");
        assert_eq!(object["additionalProperties"], Value::Bool(false), "{name}");
    }
    let defined = schema["$defs"].as_object().unwrap().keys();
    let defined: BTreeSet<&str> = defined.map(String::as_str).chain([""]).collect();
    assert_eq!(defined, OBJECTS.iter().map(|(name, _)| *name).collect());
}

#[test]
fn every_binding_of_the_repository_is_allowed() {
    let schema = schema();
    for binding in bindings().into_iter().chain([EXPRESS]) {
        assert_eq!(schema.allows(binding), Ok(()), "{binding}");
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses_too() {
    let schema = schema();
    let flyers = flyers();
    for fields in [
        r#""format":2"#,
        r#""template":7"#,
        r#""key":"Flyers""#,
        r#""name":[]"#,
        r#""parameters":{"run":{"only":5}}"#,
        r#""parameters":{"paper":{"hidden":"yes"}}"#,
        r#""parameters":{"paper":{"values":{"offset_90":{"price":1}}}}"#,
        r#""parameters":{"paper":{"optional":true}}"#,
        r#""prices":{"tables":[]}"#,
        r#""prices":{"lines":[{"key":"a","name":"A"}]}"#,
        r#""forbid":[{"message":"M"}]"#,
        r#""examples":[{"name":"a"}]"#,
    ] {
        let binding = match fields {
            r#""format":2"# => r#"{"format":2}"#.to_owned(),
            fields => binding(fields),
        };
        assert!(refused(flyers, &binding).is_some(), "read: {fields}");
        assert!(schema.allows(&binding).is_err(), "allowed: {fields}");
    }
}

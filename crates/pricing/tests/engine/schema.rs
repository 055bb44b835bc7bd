//! `docs/template.schema.json` describes what the reader of templates knows, no more and no less.

use std::collections::BTreeSet;

use serde_json::Value;
use tirage_pricing::{ProblemCode, Template};

use super::{documents, examples, refused, text};

pub(crate) const SCHEMA: &str = include_str!("../../../../docs/template.schema.json");

/// Each kind of object by its name in the schema, with a field that no object has.
const KINDS: [(&str, &str); 37] = [
    ("", r#""x":1"#),
    ("group", r#""groups":[{"x":1}]"#),
    ("choice", r#""parameters":[{"kind":"choice","x":1}]"#),
    ("yes_no", r#""parameters":[{"kind":"yes-no","x":1}]"#),
    (
        "number_parameter",
        r#""parameters":[{"kind":"number","x":1}]"#,
    ),
    ("count", r#""parameters":[{"kind":"run","x":1}]"#),
    ("count", r#""parameters":[{"kind":"pages","x":1}]"#),
    ("size", r#""parameters":[{"kind":"size","x":1}]"#),
    ("inks", r#""parameters":[{"kind":"inks","x":1}]"#),
    ("text", r#""parameters":[{"kind":"text","x":1}]"#),
    ("date_parameter", r#""parameters":[{"kind":"date","x":1}]"#),
    ("file", r#""parameters":[{"kind":"file","x":1}]"#),
    ("constant", r#""parameters":[{"kind":"constant","x":1}]"#),
    (
        "pass_through",
        r#""parameters":[{"kind":"pass-through","x":1}]"#,
    ),
    (
        "value",
        r#""parameters":[{"key":"a","name":"A","kind":"choice","values":[{"x":1}]}]"#,
    ),
    (
        "size_value",
        r#""parameters":[{"key":"a","name":"A","kind":"size","values":[{"x":1}]}]"#,
    ),
    (
        "ink_value",
        r#""parameters":[{"key":"a","name":"A","kind":"inks","values":[{"x":1}]}]"#,
    ),
    (
        "free_size",
        r#""parameters":[{"key":"a","name":"A","kind":"size","free":{"x":1}}]"#,
    ),
    (
        "side",
        r#""parameters":[{"key":"a","name":"A","kind":"size","free":{"width":{"x":1},"height":{}}}]"#,
    ),
    (
        "free_inks",
        r#""parameters":[{"key":"a","name":"A","kind":"inks","free":{"x":1}}]"#,
    ),
    ("detail", r#""details":[{"x":1}]"#),
    (
        "repeat",
        r#""details":[{"key":"a","name":"A","repeat":{"max":2,"x":1}}]"#,
    ),
    ("operation", r#""operations":[{"x":1}]"#),
    ("named_value", r#""values":[{"x":1}]"#),
    ("forbid", r#""forbid":[{"x":1}]"#),
    ("table", r#""tables":[{"x":1}]"#),
    (
        "axis",
        r#""tables":[{"key":"a","axes":[{"x":1}],"cells":[]}]"#,
    ),
    ("charge", r#""lines":[{"price":1,"x":1}]"#),
    ("share", r#""lines":[{"percent":1,"x":1}]"#),
    ("minimum", r#""lines":[{"minimum":1,"x":1}]"#),
    ("maximum", r#""lines":[{"maximum":1,"x":1}]"#),
    ("tax", r#""lines":[{"vat":1,"x":1}]"#),
    ("round", r#""lines":[{"x":1}]"#),
    (
        "rounding",
        r#""lines":[{"key":"a","name":"A","round":{"x":1}}]"#,
    ),
    ("production", r#""production":{"x":1}"#),
    ("calendar", r#""calendar":{"x":1}"#),
    ("promise", r#""promises":[{"x":1}]"#),
];
/// The same for what worked examples consist of.
const OF_EXAMPLES: [(&str, &str); 4] = [
    ("example", r#""examples":[{"x":1}]"#),
    (
        "expected_price",
        r#""examples":[{"name":"a","answers":{},"expect":{"x":1}}]"#,
    ),
    (
        "expected_problem",
        r#""examples":[{"name":"a","answers":{},"expect":{"problem":"not_whole","x":1}}]"#,
    ),
    (
        "expected_line",
        r#""examples":[{"name":"a","answers":{},"expect":{"total":1,"lines":{"l":{"x":1}}}}]"#,
    ),
];

pub(crate) struct Schema {
    all: boon::Schemas,
    root: boon::SchemaIndex,
}

impl Schema {
    fn new() -> Self {
        Self::of(&[("template.schema.json", SCHEMA)])
    }

    /// The last of these schemas, which may refer to those before it by name.
    pub(crate) fn of(schemas: &[(&str, &str)]) -> Self {
        let mut all = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        for (name, text) in schemas {
            let schema = serde_json::from_str(text).unwrap();
            compiler.add_resource(name, schema).unwrap();
        }
        let (root, _) = schemas.last().unwrap();
        let root = compiler.compile(root, &mut all).unwrap();
        Self { all, root }
    }

    pub(crate) fn allows(&self, document: &str) -> Result<(), String> {
        let document = serde_json::from_str(document).unwrap();
        let checked = self.all.validate(&document, self.root);
        checked.map_err(|error| error.to_string())
    }
}

/// The object of a kind in the schema.
fn kind<'s>(schema: &'s Value, name: &str) -> &'s Value {
    match name {
        "" => schema,
        name => &schema["$defs"][name],
    }
}

#[test]
fn each_object_has_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (name, fields) in KINDS.iter().chain(&OF_EXAMPLES) {
        let message = refused(fields).to_string();
        let (_, known) = message.split_once("expected one of the fields ").unwrap();
        let (known, _) = known.split_once(", found the unknown field `x`").unwrap();
        let known: BTreeSet<&str> = known.split(", ").collect();
        let object = kind(&schema, name);
        let properties = object["properties"].as_object().unwrap();
        let properties: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(properties, known, "{name}");
        assert_eq!(object["additionalProperties"], Value::Bool(false), "{name}");
    }
}

#[test]
fn no_object_of_the_schema_is_left_out_of_the_comparison() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let compared: BTreeSet<&str> = KINDS
        .iter()
        .chain(&OF_EXAMPLES)
        .map(|(name, _)| *name)
        .collect();
    let defined = schema["$defs"].as_object().unwrap().iter();
    let objects = defined.filter(|(_, object)| object.get("properties").is_some());
    let objects: BTreeSet<&str> = objects.map(|(name, _)| name.as_str()).chain([""]).collect();
    assert_eq!(compared, objects);
}

#[test]
fn words_of_the_schema_are_the_words_of_the_reader() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let words = |pointer: &str| {
        let words = schema.pointer(pointer).unwrap().as_array().unwrap();
        let words = words.iter().map(|word| word.as_str().unwrap());
        words.collect::<Vec<_>>().join(", ")
    };
    for (pointer, fields) in [
        (
            "per/enum",
            r#""tables":[{"key":"a","axes":[{"key":"a","keys":["b"]}],"cells":[1],"per":"x"}]"#,
        ),
        (
            "view/enum",
            r#""parameters":[{"key":"a","name":"A","kind":"choice","view":"x","values":[{"key":"b","label":"B"}]}]"#,
        ),
        (
            "count/properties/view/enum",
            r#""parameters":[{"key":"a","name":"A","kind":"run","max":1,"view":"x"}]"#,
        ),
        (
            "rounding/properties/direction/enum",
            r#""lines":[{"key":"a","name":"A","round":{"step":1,"direction":"x"}}]"#,
        ),
        (
            "axis/properties/between/enum",
            r#""tables":[{"key":"a","axes":[{"key":"a","numbers":[1],"between":"x"}],"cells":[1]}]"#,
        ),
        (
            "axis/properties/outside/enum",
            r#""tables":[{"key":"a","axes":[{"key":"a","numbers":[1],"outside":"x"}],"cells":[1]}]"#,
        ),
        (
            "table/properties/empty/enum",
            r#""tables":[{"key":"a","axes":[{"key":"a","keys":["b"]}],"cells":[1],"empty":"x"}]"#,
        ),
        (
            "calendar/properties/working_days/items/enum",
            r#""calendar":{"working_days":["x"]}"#,
        ),
    ] {
        let message = refused(fields).to_string();
        let expected = format!(
            "expected one of {}, found",
            words(&format!("/$defs/{pointer}"))
        );
        assert!(message.contains(&expected), "{message}, not {expected}");
    }
    let codes = ProblemCode::ALL.map(ProblemCode::as_str).join(", ");
    assert_eq!(
        words("/$defs/expected_problem/properties/problem/enum"),
        codes
    );
}

#[test]
fn every_example_and_every_template_of_the_documents_is_allowed() {
    let schema = Schema::new();
    for (name, template) in examples::TEMPLATES.iter() {
        assert_eq!(schema.allows(template), Ok(()), "{name}");
    }
    for template in documents::texts() {
        assert_eq!(schema.allows(&template), Ok(()), "{template}");
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses_too() {
    let schema = Schema::new();
    for fields in [
        r#""quantity":7"#,
        r#""parameters":{}"#,
        r#""parameters":[{"key":"Run","kind":"run","name":"R","max":9}]"#,
        r#""parameters":[{"key":"run","kind":"run","name":"R"}]"#,
        r#""parameters":[{"key":"a","kind":"number","name":"A","max":9}]"#,
        r#""parameters":[{"key":"a","kind":"chioce","name":"A"}]"#,
        r#""parameters":[{"key":"a","kind":"choice","name":"A","values":[]}]"#,
        r#""parameters":[{"key":"a","kind":"yes-no","name":"A","max":9}]"#,
        r#""parameters":[{"key":"a","kind":"choice","name":"A","values":[{"key":"b","label":"B","picture":"//x"}]}]"#,
        r#""parameters":[{"key":"a","kind":"inks","name":"A","values":[{"key":"four","label":"B"}]}]"#,
        r#""parameters":[{"key":"a","kind":"inks","name":"A","free":{"max_cmyk":17}}]"#,
        r#""parameters":[{"key":"a","kind":"date","name":"A","min":"1 May"}]"#,
        r#""details":[{"key":"a","name":"A","default":true}]"#,
        r#""details":[{"key":"a","name":"A","optional":true,"repeat":{"max":2}}]"#,
        r#""details":[{"key":"a","name":"A","repeat":{"max":51}}]"#,
        r#""operations":[{"key":"a","name":"A","repeat":{"max":2}}]"#,
        r#""tables":[{"key":"a","axes":[{"key":"b","keys":["c"]}]}]"#,
        r#""tables":[{"key":"a","axes":[{"key":"b","keys":["c"],"outside":"clamp"}],"cells":[1]}]"#,
        r#""tables":[{"key":"a","axes":[{"key":"b","ranges":[[1]]}],"cells":[1]}]"#,
        r#""lines":[{"key":"a","name":"A"}]"#,
        r#""lines":[{"key":"a","name":"A","price":1,"percent":2}]"#,
        r#""lines":[{"key":"a","name":"A","minimum":1,"times":2}]"#,
        r#""lines":[{"key":"a","name":"A","round":{"step":1,"direction":"sideways"}}]"#,
        r#""prices":"remote","lines":[]"#,
        r#""production":{"days":1,"hours":2}"#,
        r#""calendar":{"working_days":[]}"#,
        r#""examples":[{"name":"a","answers":{},"expect":{"problem":"bad_luck"}}]"#,
    ] {
        let template = text(fields);
        assert!(Template::parse(&template).is_err(), "read: {fields}");
        assert!(schema.allows(&template).is_err(), "allowed: {fields}");
    }
}

//! What `docs/template-format.md` and `docs/template-tutorial.md` show is what the engine does.

use tirage_pricing::json::Json;
use tirage_pricing::{ProblemCode, Template};

const FORMAT: &str = include_str!("../../../../docs/template-format.md");
const TUTORIAL: &str = include_str!("../../../../docs/template-tutorial.md");

/// How many templates the reference shows, and how many steps the tutorial has.
pub(crate) const SHOWN: usize = 14 + STEPS;
const STEPS: usize = 7;

/// The fenced blocks of a language.
fn blocks<'d>(document: &'d str, language: &str) -> Vec<&'d str> {
    let fence = format!("```{language}\n");
    let after = document.split(&fence).skip(1);
    after
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

/// A whole template, or the given fields completed to one.
fn completed(block: &str) -> String {
    if block.contains("\"format\"") {
        return block.to_owned();
    }
    super::text(block.trim().trim_start_matches('{').trim_end_matches('}'))
}

/// What the reference and the tutorial show, completed to whole templates.
pub(crate) fn texts() -> Vec<String> {
    let shown = [FORMAT, TUTORIAL].map(|document| blocks(document, "json"));
    shown.concat().into_iter().map(completed).collect()
}

/// The first template of the reference.
pub(crate) fn flyers() -> &'static str {
    blocks(FORMAT, "json")[0]
}

/// The bindings that the reference shows, all of the flyers.
pub(crate) fn bindings() -> Vec<&'static str> {
    blocks(FORMAT, "json binding")
}

/// What the reference says of bindings that are not right.
pub(crate) fn mistakes_of_bindings() -> &'static str {
    blocks(FORMAT, "text binding")[0]
}

/// The templates that the reference and the tutorial show.
pub(crate) fn templates() -> Vec<Template> {
    let texts = texts().into_iter();
    texts.map(|text| Template::parse(&text).unwrap()).collect()
}

#[test]
fn every_template_of_the_documents_loads_and_holds_to_its_examples() {
    let texts = texts();
    assert_eq!(texts.len(), SHOWN);
    for text in texts {
        let template = Template::parse(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
        assert_eq!(template.failing_examples(), [], "{text}");
    }
}

#[test]
fn every_step_of_the_tutorial_has_examples() {
    let steps = blocks(TUTORIAL, "json");
    assert_eq!(steps.len(), STEPS);
    for step in steps {
        let template = Template::parse(&completed(step)).unwrap();
        assert!(!template.examples().is_empty(), "{step}");
    }
}

#[test]
fn every_expression_of_the_table_of_operators_is_one() {
    let fields = blocks(FORMAT, "json")
        .into_iter()
        .find(|block| block.contains("answered(note)"));
    let Ok(Json::Object(fields)) = Json::parse(&completed(fields.unwrap())) else {
        panic!("an object");
    };
    let (_, table) = FORMAT.split_once("From loosest to tightest:").unwrap();
    let (table, _) = table.split_once("`or`, `and` and `if` stop").unwrap();
    let expressions = table
        .lines()
        .filter_map(|row| row.trim_end_matches(" |").rsplit_once("| `"));
    let mut count = 0;
    for (_, expression) in expressions {
        let value = [
            ("key", Json::text("x")),
            ("is", Json::text(expression.trim_end_matches('`'))),
        ];
        let mut fields = fields.clone();
        for (name, values) in &mut fields {
            if let ("values", Json::List(values)) = (name.as_str(), values) {
                values.push(Json::object(value.clone()));
            }
        }
        let template = Template::from_json(&Json::Object(fields));
        assert!(template.is_ok(), "{expression}: {:?}", template.err());
        count += 1;
    }
    assert_eq!(count, 12);
}

#[test]
fn every_problem_is_explained() {
    let (_, table) = FORMAT.split_once("| problem | when |").unwrap();
    let named = |code: &str| table.contains(&format!("`{code}`"));
    for code in ProblemCode::ALL {
        assert!(named(code.as_str()), "{}", code.as_str());
    }
}

#[test]
fn the_mistakes_shown_are_the_messages_given() {
    let flyers = blocks(FORMAT, "json")[0];
    let [shown] = blocks(FORMAT, "text")[..] else {
        panic!("one block of messages")
    };
    let broken = [
        flyers.replace("\"default\": 100", "\"default\": 75"),
        flyers.replace("[51, 200]", "[50, 200]"),
        flyers.replace("sheet_price[paper, sheets]", "sheet_price[run, sheets]"),
        flyers.replace("size.per_sheet) + 5\"", "size.per_sheet) + waste\"").replace(
            "\"values\": [\n    { \"key\": \"sheets\"",
            "\"values\": [\n    { \"key\": \"waste\", \"is\": \"sheets / 10\" },\n    { \"key\": \"sheets\"",
        ),
        flyers.replace(
            "\"values\": [\n    { \"key\": \"sheets\"",
            "\"values\": [\n    { \"key\": \"waste\", \"is\": \"1 / 0\" },\n    { \"key\": \"sheets\"",
        ),
    ];
    let messages = broken.map(|text| Template::parse(&text).unwrap_err().to_string());
    assert_eq!(messages.join("\n"), shown);
}

//! What a page may know and change: a product's schema, its quote and written answers, as JSON.
//!
//! The words are those of the service: a quote reads like the answer of `POST /v1/quote`, a line
//! like one of a cart. How a price line came about is left out: the panel shows it.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{Json, ToJson};
use tirage_pricing::{
    Answer, Answers, Field, Kind, Notice, Parameter, Problem, ProblemCode, RunQuote, Template,
};

use super::calculator::Calculator;
use super::product::Product;

/// An answer that a page writes; none takes the answer away.
pub type Written = (String, Option<Answer>);

/// The answers that count.
#[must_use]
pub fn state(calculator: &Calculator) -> String {
    let mut text = String::new();
    write_answers(&mut text, &calculator.effective_answers());
    text
}

/// What can be answered.
#[must_use]
pub fn schema(product: &Product, template: &Template) -> String {
    let parameters = template.parameters().iter().map(parameter).collect();
    Json::object([
        ("product", product.key.to_json()),
        ("template", product.revision.to_json()),
        ("name", product.name.to_json()),
        ("currency", product.currency.to_json()),
        ("parameters", Json::List(parameters)),
    ])
    .to_string()
}

/// The line of a cart that the answers make; none where there is no price.
#[must_use]
pub fn line(product: &Product, calculator: &Calculator) -> Option<String> {
    let price = calculator.current()?.price.as_ref()?;
    let mut line = String::from("{\"product\":");
    write_text(&mut line, &product.key);
    line.push_str(",\"template\":");
    write_text(&mut line, &product.revision);
    line.push_str(",\"answers\":");
    write_answers(&mut line, &calculator.effective_answers());
    line.push_str(",\"total\":");
    write_text(&mut line, &canonical(price.total));
    line.push('}');
    Some(line)
}

/// As [`ToJson`] writes answers, without the tree in between: every page writes these, and other
/// JSON only when it is asked for.
fn write_answers(into: &mut String, answers: &Answers) {
    into.push('{');
    for (at, (path, answer)) in answers.iter().enumerate() {
        if at > 0 {
            into.push(',');
        }
        write_text(into, path);
        into.push(':');
        match answer {
            Answer::Flag(flag) => into.push_str(if *flag { "true" } else { "false" }),
            Answer::Number(number) => {
                let number = canonical(*number);
                if number.contains('.') {
                    write_text(into, &number);
                } else {
                    into.push_str(&number);
                }
            }
            Answer::Text(text) => write_text(into, text),
            Answer::List(keys) => {
                into.push('[');
                for (at, key) in keys.iter().enumerate() {
                    if at > 0 {
                        into.push(',');
                    }
                    write_text(into, key);
                }
                into.push(']');
            }
        }
    }
    into.push('}');
}

fn write_text(into: &mut String, text: &str) {
    into.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => into.extend(['\\', char]),
            '\n' => into.push_str("\\n"),
            '\r' => into.push_str("\\r"),
            '\t' => into.push_str("\\t"),
            control if control < ' ' => {
                into.push_str(if control < '\u{10}' {
                    "\\u000"
                } else {
                    "\\u001"
                });
                into.extend(char::from_digit(u32::from(control) & 15, 16));
            }
            plain => into.push(plain),
        }
    }
    into.push('"');
}

/// The price of the answers, or why there is none.
#[must_use]
pub fn quote(product: &Product, calculator: &Calculator) -> String {
    let (template, quote) = (calculator.template(), calculator.quote());
    let fields = template.parameters().iter().zip(&quote.fields);
    let notices = quote.notices.iter();
    Json::object([
        ("currency", product.currency.to_json()),
        ("fields", Json::List(fields.map(field).collect())),
        (
            "notices",
            Json::List(notices.map(|found| notice(template, found)).collect()),
        ),
        ("problems", problems(template, &quote.problems)),
        (
            "runs",
            Json::List(
                quote
                    .runs
                    .iter()
                    .map(|found| run(template, found))
                    .collect(),
            ),
        ),
    ])
    .to_string()
}

/// Takes answers over as far as they are answers, and returns the names of the others.
pub fn write(calculator: &mut Calculator, written: Vec<Written>, all: bool) -> Vec<String> {
    let before = if all {
        Answers::new()
    } else {
        calculator.answers().clone()
    };
    let mut answers = before.clone();
    for (path, answer) in &written {
        place(&mut answers, path, answer.clone());
    }
    let quote = calculator.template().quote(&answers, &[]);
    let parameters = calculator.template().parameters();
    let of_run = quote.runs.first().map_or(&[][..], |run| &run.problems);
    let mut refused = Vec::new();
    for (path, answer) in written {
        let index = parameters.iter().position(|known| known.key == path);
        let wrong = |found: &Problem| found.parameter == index && is_misfit(found.code);
        let fits = index.is_some() && !quote.problems.iter().chain(of_run).any(wrong);
        if !fits && (index.is_none() || answer.is_some()) {
            place(&mut answers, &path, before.answer(&path).cloned());
            refused.push(path);
        }
    }
    calculator.answer_all(answers);
    refused
}

fn place(answers: &mut Answers, path: &str, answer: Option<Answer>) {
    match answer {
        Some(answer) => answers.set(path, answer),
        None => drop(answers.remove(path)),
    }
}

/// Whether an answer is none of its parameter, whatever else is answered.
fn is_misfit(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::NotAnAnswer
            | ProblemCode::OutOfBounds
            | ProblemCode::NotAMultiple
            | ProblemCode::NotWhole
            | ProblemCode::NotOffered
            | ProblemCode::TooLong
    )
}

fn parameter(parameter: &Parameter) -> Json {
    let mut json = Json::object([
        ("key", parameter.key.to_json()),
        ("name", parameter.name.to_json()),
        ("kind", Json::text(parameter.kind.as_str())),
        ("required", parameter.required.to_json()),
    ]);
    if let Some(default) = &parameter.default {
        json = json.with("default", default.to_json());
    }
    if let Some(choice) = parameter.kind.choice() {
        let mut values = Vec::new();
        for value in &choice.values {
            values.push(Json::object([
                ("key", value.key.to_json()),
                ("label", value.label.to_json()),
            ]));
        }
        json = json.with("many", choice.many.to_json());
        json = json.with("values", Json::List(values));
    }
    if let Kind::File(files) = &parameter.kind {
        json = json.with("many", files.many.to_json());
        json = json.with("accept", files.accept.to_json());
    }
    if let Some(numeric) = parameter.kind.numeric() {
        json = json.with("min", numeric.min.to_json());
        json = json.with("max", numeric.max.to_json());
        json = optional(
            json,
            "multiple",
            numeric.multiple.map(|step| step.to_json()),
        );
        json = optional(json, "unit", numeric.unit.as_ref().map(ToJson::to_json));
    }
    json
}

fn optional(json: Json, name: &str, value: Option<Json>) -> Json {
    match value {
        Some(value) => json.with(name, value),
        None => json,
    }
}

fn field((parameter, field): (&Parameter, &Field)) -> Json {
    let mut gone = Vec::new();
    for unavailable in &field.unavailable {
        let values = parameter.kind.choice().map(|choice| &choice.values);
        let key = values.and_then(|values| Some(&values.get(unavailable.value)?.key));
        let json = Json::object([("value", Json::optional(key))]);
        let reason = unavailable.reason.as_ref().map(ToJson::to_json);
        gone.push(optional(json, "reason", reason));
    }
    let json = Json::object([
        ("parameter", parameter.key.to_json()),
        ("available", field.available.to_json()),
        ("required", field.required.to_json()),
    ]);
    let answer = field.answer.as_ref();
    let answer = answer.and_then(|own| Some(parameter.answer(own)?.to_json()));
    optional(json, "answer", answer).with("unavailable_values", Json::List(gone))
}

fn name(template: &Template, index: usize) -> Json {
    let found = template.parameters().get(index);
    Json::optional(found.map(|parameter| &parameter.key))
}

fn notice(template: &Template, notice: &Notice) -> Json {
    let (parameter, from, to) = match notice {
        Notice::Dropped { parameter, from } => (name(template, *parameter), from, None),
        Notice::Replaced {
            parameter,
            from,
            to,
        } => (name(template, *parameter), from, Some(to.to_json())),
        Notice::Unknown { path, from } => (path.to_json(), from, None),
    };
    let json = Json::object([
        ("parameter", parameter),
        ("code", Json::text(notice.code())),
        ("from", from.to_json()),
    ]);
    optional(json, "to", to)
}

fn problems(template: &Template, found: &[Problem]) -> Json {
    let mut list = Vec::new();
    for problem in found {
        let mut json = Json::Object(Vec::new());
        if let Some(index) = problem.parameter {
            json = json.with("parameter", name(template, index));
        }
        let mut arguments = Json::Object(Vec::new());
        for (name, value) in &problem.arguments {
            arguments = arguments.with(name, value.to_json());
        }
        json = json.with("code", Json::text(problem.code.as_str()));
        json = json.with("arguments", arguments);
        list.push(optional(
            json,
            "message",
            problem.message.as_ref().map(ToJson::to_json),
        ));
    }
    Json::List(list)
}

fn run(template: &Template, found: &RunQuote) -> Json {
    let mut json = Json::object([("run", found.run.to_json())]);
    let mut lines = Vec::new();
    if let Some(price) = &found.price {
        json = json.with("total", price.total.to_json());
        json = json.with("unit_price", price.unit_price.to_json());
        for line in &price.lines {
            if let Some(info) = template.lines().get(line.line) {
                lines.push(Json::object([
                    ("key", info.key.to_json()),
                    ("name", info.name.to_json()),
                    ("amount", line.amount.to_json()),
                ]));
            }
        }
    }
    json.with("lines", Json::List(lines))
        .with("problems", problems(template, &found.problems))
}

#[cfg(test)]
mod tests {
    use tirage_pricing::Decimal;
    use tirage_pricing::json::{FromJson, Node};

    use super::*;

    const CARDS: &str = include_str!("../../crates/testkit/templates/cards.json");

    fn product() -> Product {
        Product {
            key: "cards".to_owned(),
            name: tirage_pricing::Texts::neutral("Cards"),
            currency: "RUB".to_owned(),
            revision: "a1".to_owned(),
        }
    }

    fn cards(answers: &str) -> Calculator {
        let json = Json::parse(answers).unwrap();
        let answers = Answers::from_json(&Node::root(&json)).unwrap();
        Calculator::new(Template::parse(CARDS).unwrap().for_good(), answers)
    }

    fn without(json: &mut Json, names: &[&str]) {
        match json {
            Json::Object(fields) => {
                fields.retain(|(name, _)| !names.contains(&name.as_str()));
                fields.iter_mut().for_each(|(_, json)| without(json, names));
            }
            Json::List(items) => items.iter_mut().for_each(|json| without(json, names)),
            _ => {}
        }
    }

    #[test]
    fn a_quote_reads_like_the_services_without_the_explanation() {
        for answers in ["{}", r#"{"run":0}"#, r#"{"nobody":1}"#, r#"{"run":600}"#] {
            let calculator = cards(answers);
            let ours = Json::parse(&quote(&product(), &calculator)).unwrap();
            let wire = tirage_wire::quote::Quote::of(calculator.template(), calculator.quote());
            let mut theirs = wire.to_json();
            let explanation = ["charge", "percentage", "rounding", "lookups", "values"];
            without(&mut theirs, &explanation);
            assert_eq!(ours.to_string(), theirs.to_string());
        }
    }

    #[test]
    fn answers_are_written_as_everywhere_else() {
        let answers: Answers = [
            ("flag", Answer::Flag(false)),
            ("whole", Answer::Number(600.into())),
            ("part", Answer::Number(Decimal::new(125, 1))),
            (
                "text",
                Answer::Text("\"Ё\" \\ \r\n\t\0\u{1f}\u{7f}".to_owned()),
            ),
            ("list", Answer::List(vec!["a".to_owned(), "b\"".to_owned()])),
            ("none", Answer::List(Vec::new())),
        ]
        .into_iter()
        .collect();
        let mut text = String::new();
        write_answers(&mut text, &answers);
        assert_eq!(text, answers.to_json().to_string());
    }

    #[test]
    fn written_answers_count_and_what_is_no_answer_is_named() {
        let mut calculator = cards("{}");
        let number = |digits: &str| Some(Answer::Text(digits.to_owned()));
        let written = vec![
            ("run".to_owned(), number("200")),
            ("nobody".to_owned(), number("1")),
        ];
        assert_eq!(write(&mut calculator, written, false), ["nobody"]);
        assert!(state(&calculator).contains(r#""run":200"#));

        let written = vec![("run".to_owned(), number("many"))];
        assert_eq!(write(&mut calculator, written, false), ["run"]);
        assert!(state(&calculator).contains(r#""run":200"#));

        let forgotten = write(&mut calculator, vec![("run".to_owned(), None)], false);
        assert_eq!(forgotten, Vec::<String>::new());
        assert_eq!(state(&calculator), state(&cards("{}")));
    }

    #[test]
    fn a_line_is_one_of_a_cart() {
        let line = line(&product(), &cards("{}")).unwrap();
        let json = Json::parse(&line).unwrap();
        let read = tirage_wire::cart::CartLine::from_json(&Node::root(&json)).unwrap();
        assert_eq!(read.product, "cards");
        assert_eq!(super::line(&product(), &cards(r#"{"run":0}"#)), None);
    }

    #[test]
    fn the_schema_names_every_parameter() {
        let calculator = cards("{}");
        let schema = Json::parse(&schema(&product(), calculator.template())).unwrap();
        let Some(Json::List(parameters)) = schema.get("parameters") else {
            panic!("a list of parameters");
        };
        assert_eq!(parameters.len(), calculator.template().parameters().len());
    }
}

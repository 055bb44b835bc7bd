//! What a page may know and change: a product's schema, its quote and written answers, as JSON.
//!
//! The words are those of the service: a quote reads like the answer of `POST /v1/quote`, a line
//! like one of a cart. How a price line came about is left out: the panel shows it.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::write_text;
use tirage_pricing::{
    Answer, Answers, Decimal, Field, Kind, Notice, Parameter, Problem, ProblemCode, RunQuote,
    Template, Texts,
};
use tirage_wire::quote::Standing;

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

/// The answers that count, but for files: whoever opens a link has not got them.
#[must_use]
pub fn shared(calculator: &Calculator) -> String {
    let mut answers = calculator.effective_answers();
    for parameter in calculator.template().parameters() {
        if matches!(parameter.kind, Kind::File(_)) {
            answers.remove(&parameter.key);
        }
    }
    let mut text = String::new();
    write_answers(&mut text, &answers);
    text
}

/// What can be answered.
#[must_use]
pub fn schema(product: &Product, template: &Template) -> String {
    let mut json = Writer::default();
    json.begin('{');
    json.field("product").text(&product.key);
    json.field("template").text(&product.revision);
    json.field("name").texts(&product.name);
    json.field("currency").text(&product.currency);
    json.field("parameters").begin('[');
    for known in template.parameters() {
        parameter(&mut json, known);
    }
    json.end(']');
    json.end('}');
    json.0
}

/// How the line of a cart begins that the answers make: all but them and the total; none where
/// there is no price to order by.
#[must_use]
pub fn line(product: &Product, calculator: &Calculator) -> Option<String> {
    let is_priced = calculator.current()?.price.is_some();
    if !is_priced || calculator.is_preliminary() {
        return None;
    }
    let mut line = String::from("{\"product\":");
    write_text(&product.key, &mut line);
    line.push_str(",\"template\":");
    write_text(&product.revision, &mut line);
    line.push_str(",\"answers\":");
    Some(line)
}

/// The answers of these parameters that count, each on a line behind its key, as JSON; an empty line
/// for none. A `!` stands before the keys of those that are answered and not by rules.
#[must_use]
pub fn news(calculator: &Calculator, of: &[usize], own: &[usize]) -> String {
    let mut text = String::new();
    let fields = &calculator.quote().fields;
    for index in of {
        let parameter = calculator.template().parameters().get(*index);
        if let (Some(parameter), Some(field)) = (parameter, fields.get(*index)) {
            if own.contains(index) {
                text.push('!');
            }
            text.push_str(&parameter.key);
            text.push('\n');
            let answer = field.answer.as_ref();
            if let Some(answer) = answer.and_then(|own| parameter.answer(own)) {
                write_answer(&mut text, &answer);
            }
            text.push('\n');
        }
    }
    text
}

/// As [`ToJson`](tirage_pricing::json::ToJson) writes answers, without the tree in between.
fn write_answers(into: &mut String, answers: &Answers) {
    into.push('{');
    for (at, (path, answer)) in answers.iter().enumerate() {
        if at > 0 {
            into.push(',');
        }
        write_text(path, into);
        into.push(':');
        write_answer(into, answer);
    }
    into.push('}');
}

fn write_answer(into: &mut String, answer: &Answer) {
    match answer {
        Answer::Flag(flag) => into.push_str(if *flag { "true" } else { "false" }),
        Answer::Number(number) => {
            let number = canonical(*number);
            if number.contains('.') {
                write_text(&number, into);
            } else {
                into.push_str(&number);
            }
        }
        Answer::Text(text) => write_text(text, into),
        Answer::List(keys) => {
            into.push('[');
            for (at, key) in keys.iter().enumerate() {
                if at > 0 {
                    into.push(',');
                }
                write_text(key, into);
            }
            into.push(']');
        }
    }
}

/// The price of the answers, or why there is none.
#[must_use]
pub fn quote(product: &Product, calculator: &Calculator) -> String {
    let (template, quote) = (calculator.template(), calculator.quote());
    let mut json = Writer::default();
    json.begin('{');
    json.field("currency").text(&product.currency);
    json.field("fields").begin('[');
    for pair in template.parameters().iter().zip(&quote.fields) {
        field(&mut json, pair);
    }
    json.end(']');
    json.field("notices").begin('[');
    for found in &quote.notices {
        notice(&mut json, template, found);
    }
    json.end(']');
    problems(&mut json, template, &quote.problems);
    json.field("runs").begin('[');
    for found in &quote.runs {
        run(&mut json, calculator, found);
    }
    json.end(']');
    json.end('}');
    json.0
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
            let known = before.iter().find(|(known, _)| *known == path);
            place(&mut answers, &path, known.map(|(_, answer)| answer.clone()));
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

/// Writes JSON as it goes, with a comma before whatever follows something else.
#[derive(Default)]
struct Writer(String);

impl Writer {
    fn next(&mut self) -> &mut String {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
        &mut self.0
    }

    fn begin(&mut self, bracket: char) {
        self.next().push(bracket);
    }

    fn end(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    fn field(&mut self, name: &str) -> &mut Self {
        write_text(name, self.next());
        self.0.push(':');
        self
    }

    fn text(&mut self, text: &str) {
        write_text(text, self.next());
    }

    fn flag(&mut self, flag: bool) {
        self.next().push_str(if flag { "true" } else { "false" });
    }

    fn decimal(&mut self, number: Decimal) {
        self.text(&canonical(number));
    }

    fn answer(&mut self, answer: &Answer) {
        write_answer(self.next(), answer);
    }

    fn texts(&mut self, texts: &Texts) {
        let mut all = texts.iter();
        if let (Some(("", text)), None) = (all.next(), all.next()) {
            return self.text(text);
        }
        self.begin('{');
        for (language, text) in texts.iter() {
            self.field(language).text(text);
        }
        self.end('}');
    }

    /// A parameter by its key.
    fn name(&mut self, template: &Template, index: usize) {
        if let Some(parameter) = template.parameters().get(index) {
            self.field("parameter").text(&parameter.key);
        }
    }
}

fn parameter(json: &mut Writer, parameter: &Parameter) {
    json.begin('{');
    json.field("key").text(&parameter.key);
    json.field("name").texts(&parameter.name);
    json.field("kind").text(parameter.kind.as_str());
    json.field("required").flag(parameter.required);
    if let Some(default) = &parameter.default {
        json.field("default").answer(default);
    }
    if let Some(choice) = parameter.kind.choice() {
        json.field("many").flag(choice.many);
        json.field("values").begin('[');
        for value in &choice.values {
            json.begin('{');
            json.field("key").text(&value.key);
            json.field("label").texts(&value.label);
            json.end('}');
        }
        json.end(']');
    }
    if let Kind::File(files) = &parameter.kind {
        json.field("many").flag(files.many);
        json.field("accept").begin('[');
        for ending in &files.accept {
            json.text(ending);
        }
        json.end(']');
    }
    if let Some(numeric) = parameter.kind.numeric() {
        json.field("min").decimal(numeric.min);
        json.field("max").decimal(numeric.max);
        if let Some(step) = numeric.multiple {
            json.field("multiple").decimal(step);
        }
        if let Some(unit) = &numeric.unit {
            json.field("unit").texts(unit);
        }
    }
    json.end('}');
}

fn field(json: &mut Writer, (parameter, field): (&Parameter, &Field)) {
    json.begin('{');
    json.field("parameter").text(&parameter.key);
    json.field("available").flag(field.available);
    json.field("required").flag(field.required);
    let answer = field.answer.as_ref();
    if let Some(answer) = answer.and_then(|own| parameter.answer(own)) {
        json.field("answer").answer(&answer);
    }
    json.field("unavailable_values").begin('[');
    for unavailable in field.unavailable() {
        let values = parameter.kind.choice().map(|choice| &choice.values);
        let Some(value) = values.and_then(|values| values.get(unavailable.value)) else {
            continue;
        };
        json.begin('{');
        json.field("value").text(&value.key);
        if let Some(reason) = &unavailable.reason {
            json.field("reason").texts(reason);
        }
        json.end('}');
    }
    json.end(']');
    json.end('}');
}

fn notice(json: &mut Writer, template: &Template, notice: &Notice) {
    json.begin('{');
    let (from, to) = match notice {
        Notice::Dropped { parameter, from } => {
            json.name(template, *parameter);
            (from, None)
        }
        Notice::Replaced {
            parameter,
            from,
            to,
        } => {
            json.name(template, *parameter);
            (from, Some(to))
        }
        Notice::Unknown { path, from } => {
            json.field("parameter").text(path);
            (from, None)
        }
    };
    json.field("code").text(notice.code());
    json.field("from").answer(from);
    if let Some(to) = to {
        json.field("to").answer(to);
    }
    json.end('}');
}

fn problems(json: &mut Writer, template: &Template, found: &[Problem]) {
    json.field("problems").begin('[');
    for problem in found {
        json.begin('{');
        if let Some(index) = problem.parameter {
            json.name(template, index);
        }
        json.field("code").text(problem.code.as_str());
        json.field("arguments").begin('{');
        for (name, value) in &problem.arguments {
            json.field(name).text(value);
        }
        json.end('}');
        if let Some(message) = &problem.message {
            json.field("message").texts(message);
        }
        json.end('}');
    }
    json.end(']');
}

fn run(json: &mut Writer, calculator: &Calculator, found: &RunQuote) {
    let template = calculator.template();
    json.begin('{');
    json.field("run").decimal(found.run);
    if let Some(price) = &found.price {
        json.field("total").decimal(price.total);
        json.field("unit_price").decimal(price.unit_price);
        if calculator.told().is_some() {
            let standing = if calculator.is_preliminary() {
                Standing::Preliminary
            } else {
                Standing::Confirmed
            };
            json.field("standing").text(standing.as_str());
        }
    }
    json.field("lines").begin('[');
    for line in found.price.iter().flat_map(|price| &price.lines) {
        let told = calculator.told().and_then(|told| told.line(line.line));
        let own = template.lines().get(line.line);
        let named = told.map(|line| (&line.key, &line.name));
        if let Some((key, name)) = named.or(own.map(|line| (&line.key, &line.name))) {
            json.begin('{');
            json.field("key").text(key);
            json.field("name").texts(name);
            json.field("amount").decimal(line.amount);
            json.end('}');
        }
    }
    json.end(']');
    problems(json, template, &found.problems);
    json.end('}');
}

#[cfg(test)]
mod tests {
    use tirage_pricing::json::{FromJson, Json, Node, ToJson};

    use super::*;

    const CARDS: &str = include_str!("../../crates/testkit/templates/cards.json");

    fn product() -> Product {
        Product {
            options: "{}".to_owned(),
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
        let calculator = cards("{}");
        // As the page's script ends it.
        let line = line(&product(), &calculator).unwrap();
        let line = [&line, &*state(&calculator), ",\"total\":\"2928\"}"].concat();
        let json = Json::parse(&line).unwrap();
        let read = tirage_wire::cart::CartLine::from_json(&Node::root(&json)).unwrap();
        assert_eq!(read.product, "cards");
        assert_eq!(super::line(&product(), &cards(r#"{"run":0}"#)), None);
    }

    #[test]
    fn news_are_a_key_and_an_answer_a_line_each() {
        let calculator = cards(r#"{"run":200}"#);
        let parameters = calculator.template().parameters();
        let index = |key: &str| parameters.iter().position(|one| one.key == key).unwrap();
        let asked = [index("run"), index("method"), usize::MAX];
        assert_eq!(
            news(&calculator, &asked, &[index("run")]),
            "!run\n200\nmethod\n\"digital\"\n"
        );
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

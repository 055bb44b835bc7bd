//! What becomes of answers: kinds, bounds, availability, requirements and forbidden combinations.

use tirage_pricing::json::ToJson;
use tirage_pricing::{Notice, ProblemCode, Template};

use super::{answers, price, problems, refused, template, total};

fn shop() -> Template {
    template(
        r#""parameters":[
        {"key":"run","kind":"run","name":"Run","min":50,"max":5000,"multiple":50,"default":100},
        {"key":"method","kind":"choice","name":"Method","default":"digital","values":[
            {"key":"digital","label":"Digital"},{"key":"offset","label":"Offset","available":"run >= 1000","reason":"From 1000"}]},
        {"key":"paper","kind":"choice","name":"Paper","available":"method = 'digital'","default":"matt","values":[
            {"key":"gloss","label":"Gloss"},{"key":"matt","label":"Matt","available":"run < 2000"},{"key":"kraft","label":"Kraft"}]},
        {"key":"extras","kind":"choice","many":true,"name":"Extras","values":[
            {"key":"foil","label":"Foil","available":"method = 'digital'"},{"key":"cut","label":"Cut"}]},
        {"key":"share","kind":"number","name":"Share","min":0,"max":1},
        {"key":"rush","kind":"yes-no","name":"Rush"},
        {"key":"name","kind":"text","name":"Name","max_length":5,"required":"rush"},
        {"key":"size","kind":"choice","name":"Size","values":[{"key":"4","label":"4"},{"key":"5","label":"5"}]},
        {"key":"vat","kind":"constant","name":"VAT","value":20},
        {"key":"article","kind":"pass-through","name":"Article"}],
        "forbid":[{"when":"'foil' in extras and paper = 'kraft'","message":{"en":"Foil does not hold on kraft"},"parameters":["extras","paper"]}],
        "lines":[{"key":"print","name":"P","price":1,"times":"run"}]"#,
    )
}

/// The answers that count and the notices, written shortly.
fn outcome(json: &str) -> (String, Vec<String>) {
    let template = shop();
    let quote = template.quote(&answers(json), &[]);
    let key = |index: &usize| template.parameters()[*index].key.clone();
    let notices = quote.notices.iter().map(|notice| match notice {
        Notice::Dropped { parameter, from } => {
            format!("{} dropped {}", key(parameter), from.to_json())
        }
        Notice::Replaced {
            parameter,
            from,
            to,
        } => {
            format!(
                "{} {} became {}",
                key(parameter),
                from.to_json(),
                to.to_json()
            )
        }
        Notice::Unknown { path, from } => format!("{path} unknown {}", from.to_json()),
    });
    let notices = notices.collect();
    (
        template.effective_answers(&quote).to_json().to_string(),
        notices,
    )
}

#[test]
fn defaults_count_where_nothing_is_answered() {
    let (effective, notices) = outcome("{}");
    assert_eq!(
        effective,
        r#"{"method":"digital","paper":"matt","run":100,"rush":false,"vat":20}"#
    );
    assert!(notices.is_empty());
}

#[test]
fn an_empty_answer_is_no_answer() {
    let (effective, notices) =
        outcome(r#"{"run":"","paper":"","extras":[],"name":"","share":null}"#);
    assert_eq!(
        effective,
        r#"{"method":"digital","paper":"matt","run":100,"rush":false,"vat":20}"#
    );
    assert!(notices.is_empty());
}

#[test]
fn answers_are_understood_in_the_forms_pages_send_them() {
    let (effective, notices) = outcome(
        r#"{"run":"600","share":"0.50","rush":"true","name":12,"size":4,"extras":"cut","article":"x-1"}"#,
    );
    assert_eq!(
        effective,
        r#"{"article":"x-1","extras":["cut"],"method":"digital","name":"12","paper":"matt","run":600,"rush":true,"share":"0.5","size":"4","vat":20}"#
    );
    assert!(notices.is_empty());
}

#[test]
fn unavailable_answers_never_count_and_the_buyer_is_told() {
    for (json, expected) in [
        (
            r#"{"method":"offset"}"#,
            vec![r#"method "offset" became "digital""#],
        ),
        (
            r#"{"method":"offset","run":1000,"paper":"kraft","extras":["foil","cut"]}"#,
            vec![
                r#"paper dropped "kraft""#,
                r#"extras ["foil","cut"] became ["cut"]"#,
            ],
        ),
        (
            r#"{"method":"offset","run":1000,"extras":["foil"]}"#,
            vec![r#"extras dropped ["foil"]"#],
        ),
        // The default is unavailable too: the first value that can be had counts.
        (
            r#"{"run":2000,"paper":"matt"}"#,
            vec![r#"paper "matt" became "gloss""#],
        ),
        (r#"{"run":2000}"#, vec![]),
        (r#"{"vat":10}"#, vec!["vat 10 became 20"]),
        (r#"{"vat":20}"#, vec![]),
        (
            r#"{"colour":"red","paper":"kraft"}"#,
            vec![r#"colour unknown "red""#],
        ),
    ] {
        assert_eq!(outcome(json).1, expected, "{json}");
    }
}

#[test]
fn fields_say_what_can_be_answered_and_why_not() {
    let template = shop();
    let quote = template.quote(&answers("{}"), &[]);
    let method = &quote.fields[1];
    assert_eq!(method.unavailable().len(), 1);
    assert_eq!(method.unavailable()[0].value, 1);
    assert_eq!(
        method.unavailable()[0]
            .reason
            .as_ref()
            .map(|reason| reason.get("en")),
        Some("From 1000")
    );
    let quote = template.quote(&answers(r#"{"run":1000,"method":"offset"}"#), &[]);
    assert!(!quote.fields[2].available);
    assert_eq!(quote.fields[2].answer, None);
    assert!(quote.fields[1].unavailable().is_empty());
}

#[test]
fn answers_that_do_not_fit_are_problems_of_their_parameter() {
    for (json, parameter, code, arguments) in [
        (
            r#"{"run":40}"#,
            0,
            ProblemCode::OutOfBounds,
            "value=40 min=50 max=5000",
        ),
        (
            r#"{"run":5050}"#,
            0,
            ProblemCode::OutOfBounds,
            "value=5050 min=50 max=5000",
        ),
        (
            r#"{"run":75}"#,
            0,
            ProblemCode::NotAMultiple,
            "value=75 multiple=50",
        ),
        (
            r#"{"run":"100.5"}"#,
            0,
            ProblemCode::NotWhole,
            "value=100.5",
        ),
        (
            r#"{"run":"many"}"#,
            0,
            ProblemCode::NotAnAnswer,
            "value=many",
        ),
        (r#"{"run":true}"#, 0, ProblemCode::NotAnAnswer, "value=true"),
        (
            r#"{"method":"laser"}"#,
            1,
            ProblemCode::NotAnAnswer,
            "value=laser",
        ),
        (
            r#"{"method":["digital"]}"#,
            1,
            ProblemCode::NotAnAnswer,
            "value=digital",
        ),
        (
            r#"{"extras":["foil","glitter"]}"#,
            3,
            ProblemCode::NotAnAnswer,
            "value=foil, glitter",
        ),
        (
            r#"{"share":"1.5"}"#,
            4,
            ProblemCode::OutOfBounds,
            "value=1.5 min=0 max=1",
        ),
        (
            r#"{"rush":"yes"}"#,
            5,
            ProblemCode::NotAnAnswer,
            "value=yes",
        ),
        (
            r#"{"name":"longer"}"#,
            6,
            ProblemCode::TooLong,
            "max_length=5 lines=1",
        ),
        (
            r#"{"name":"a\nb"}"#,
            6,
            ProblemCode::TooLong,
            "max_length=5 lines=1",
        ),
    ] {
        let quote = shop().quote(&answers(json), &[]);
        let of_run = quote.runs.iter().flat_map(|run| &run.problems);
        let found: Vec<_> = quote.problems.iter().chain(of_run).collect();
        assert_eq!(found.len(), 1, "{json}: {found:?}");
        assert_eq!(
            (found[0].parameter, found[0].code),
            (Some(parameter), code),
            "{json}"
        );
        let written = found[0]
            .arguments
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        assert_eq!(written.collect::<Vec<_>>().join(" "), arguments, "{json}");
        assert_eq!(quote.runs[0].price, None, "{json}");
    }
}

#[test]
fn a_rule_may_require_an_answer() {
    let template = shop();
    assert!(template.parameters()[0].required);
    assert!(!template.parameters()[6].required);
    let quote = template.quote(&answers(r#"{"rush":true}"#), &[]);
    assert!(quote.fields[6].required);
    assert_eq!(problems(&quote), ["required_answer_missing"]);
    assert_eq!(quote.problems[0].parameter, Some(6));
    assert_eq!(
        total(&template, r#"{"rush":true,"name":"Ada"}"#).unwrap(),
        "100"
    );
}

#[test]
fn a_forbidden_combination_says_so_in_the_words_of_the_template() {
    let quote = shop().quote(&answers(r#"{"extras":["foil"],"paper":"kraft"}"#), &[]);
    assert_eq!(problems(&quote), ["forbidden_combination"]);
    let problem = quote
        .problems
        .iter()
        .chain(&quote.runs[0].problems)
        .next()
        .unwrap();
    assert_eq!(problem.parameter, Some(3));
    assert_eq!(
        problem.arguments,
        [("parameters", "extras, paper".to_owned())]
    );
    assert_eq!(
        problem.message.as_ref().map(|message| message.get("en")),
        Some("Foil does not hold on kraft")
    );
}

#[test]
fn a_template_without_prices_of_its_own_still_judges_answers() {
    let fields = r#""prices":"remote","parameters":[
        {"key":"run","kind":"run","name":"R","max":100,"multiple":10,"default":10}]"#;
    let template = template(fields);
    assert!(template.is_priced_remotely());
    assert_eq!(price(&template, "{}").unwrap_err(), ["priced_remotely"]);
    let wrong = price(&template, r#"{"run":15}"#).unwrap_err();
    assert_eq!(wrong, ["not_a_multiple"]);
    let lines = format!(r#"{fields},"lines":[{{"key":"l","name":"L","price":1}}]"#);
    assert_eq!(
        refused(&lines).to_string(),
        "/lines: expected no lines where prices are remote, found a list of 1"
    );
    let inside = format!(
        r#"{fields},"operations":[{{"key":"o","name":"O","lines":[{{"key":"l","name":"L","price":1}}]}}]"#
    );
    assert_eq!(
        refused(&inside).to_string(),
        "/operations/0/lines/0: expected no lines where prices are remote, found one"
    );
}

#[test]
fn a_needed_size_takes_the_place_of_any_other() {
    let template = template(
        r#""parameters":[{"key":"frame","kind":"yes-no","name":"F"},
        {"key":"size","kind":"size","name":"S","default":"a3",
         "values":[{"key":"a4","label":"A4","width":210,"height":297,"required":"frame"},
                   {"key":"a3","label":"A3","width":297,"height":420}],
         "free":{"width":{"min":1,"max":999},"height":{"min":1,"max":999}}}],
        "lines":[{"key":"l","name":"L","price":"size.width_mm"}]"#,
    );
    for size in ["a3", "500x500"] {
        let answers = format!(r#"{{"frame":true,"size":"{size}"}}"#);
        assert_eq!(total(&template, &answers).unwrap(), "210");
    }
}

/// A banner of 6 × 3 m has the key that another size of 600 × 300 mm is written as.
#[test]
fn a_listed_size_is_another_one_than_a_size_written_like_its_key() {
    let listed = r#""values":[{"key":"600x300","label":"6 x 3 m","width":6000,"height":3000"#;
    let free = r#""free":{"width":{"min":1,"max":9999},"height":{"min":1,"max":9999}}}],
        "lines":[{"key":"l","name":"L","price":"size.width_mm"}]"#;
    let run = r#""parameters":[{"key":"run","kind":"run","name":"R","min":1,"max":100,"default":1},
        {"key":"size","kind":"size","name":"S","default":"600x300""#;
    let by_hand = answers(r#"{"size":"600×300"}"#);

    let held = template(&format!(r#"{run},"fixed":"600x300",{listed}}}],{free}"#));
    let quote = held.quote(&by_hand, &[]);
    assert!(matches!(
        &*quote.notices,
        [Notice::Replaced { parameter: 1, .. }]
    ));

    let needed = template(&format!(
        r#"{run},{listed},"required":"run > 10"}}],{free}"#
    ));
    let quote = needed.quote(&by_hand, &[1.into(), 20.into()]);
    assert!(quote.runs[0].price.is_some());
    assert_eq!(
        quote.runs[1].problems[0].code,
        ProblemCode::ValueUnavailable
    );
}

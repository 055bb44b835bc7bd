//! Several runs of one set of answers.

use tirage_pricing::decimal::canonical;
use tirage_pricing::{Decimal, ProblemCode, Template};

use super::{answers, decimal, template};

fn shop() -> Template {
    template(
        r#""parameters":[
        {"key":"run","kind":"run","name":"Run","min":1,"max":5000,"default":100},
        {"key":"method","kind":"choice","name":"Method","default":"digital","values":[
            {"key":"digital","label":"D"},{"key":"offset","label":"O","available":"run >= 1000"}]},
        {"key":"gift","kind":"yes-no","name":"Gift","available":"run >= 2000"},
        {"key":"name","kind":"text","name":"Name","required":"run > 3000"}],
        "forbid":[{"when":"run = 13","message":"Not thirteen"}],
        "values":[{"key":"sheets","is":"ceil(run / 24)"}],
        "tables":[{"key":"prices","axes":[{"key":"run","ranges":[[1,500],[1000,null]]}],"cells":["2","1"]}],
        "lines":[{"key":"print","name":"P","price":"prices[run]","times":"run"},
                 {"key":"gift","name":"G","price":"5","when":"gift"}]"#,
    )
}

/// For each run the total or the codes of its problems.
fn outcomes(json: &str, runs: &[u32]) -> Vec<String> {
    let runs: Vec<Decimal> = runs.iter().map(|run| Decimal::from(*run)).collect();
    let quote = shop().quote(&answers(json), &runs);
    assert!(quote.problems.is_empty(), "{:?}", quote.problems);
    let outcome = |run: &tirage_pricing::RunQuote| match &run.price {
        Some(price) => canonical(price.total),
        None => run
            .problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    };
    quote.runs.iter().map(outcome).collect()
}

#[test]
fn each_run_is_priced_or_says_why_not() {
    assert_eq!(
        outcomes("{}", &[1, 13, 500, 501, 1000, 3001, 5001]),
        [
            "2",
            "forbidden_combination",
            "1000",
            "outside_the_intervals",
            "1000",
            "required_answer_missing",
            "out_of_bounds, required_answer_missing"
        ]
    );
}

#[test]
fn a_run_that_cannot_have_the_answers_has_no_price() {
    assert_eq!(
        outcomes(r#"{"run":1000,"method":"offset"}"#, &[100, 1000]),
        ["value_unavailable", "1000"]
    );
    assert_eq!(
        outcomes(r#"{"run":2000,"gift":true}"#, &[100, 1000, 2000]),
        ["value_unavailable", "value_unavailable", "2005"]
    );
}

#[test]
fn fields_and_notices_stay_those_of_the_answered_quantity() {
    let template = shop();
    let json = answers(r#"{"run":100,"method":"offset","gift":true}"#);
    let alone = template.quote(&json, &[]);
    let among = template.quote(&json, &[decimal("4000"), decimal("1")]);
    assert_eq!(alone.fields, among.fields);
    assert_eq!(alone.notices, among.notices);
    assert_eq!(alone.notices.len(), 2);
}

#[test]
fn a_run_priced_among_others_equals_the_run_priced_alone() {
    let template = shop();
    let runs = [decimal("24"), decimal("25"), decimal("1000")];
    let among = template.quote(&answers("{}"), &runs);
    for (run, priced) in runs.iter().zip(&among.runs) {
        let mut json = answers("{}");
        json.set("run", tirage_pricing::Answer::Number(*run));
        assert_eq!(&template.quote(&json, &[]).runs[0], priced);
    }
    let sheets: Vec<_> = among
        .runs
        .iter()
        .map(|run| run.price.as_ref().unwrap().values[0])
        .collect();
    assert_eq!(sheets, ["1", "2", "42"].map(|sheets| Some(decimal(sheets))));
}

#[test]
fn the_answered_quantity_does_not_spoil_the_other_runs() {
    let template = shop();
    let quote = template.quote(&answers(r#"{"run":"lots"}"#), &[decimal("100")]);
    assert_eq!(
        quote.runs[0].price.as_ref().map(|price| price.total),
        Some(decimal("200"))
    );
    let quote = template.quote(&answers(r#"{"run":"lots"}"#), &[]);
    let codes: Vec<_> = quote.runs[0]
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, [ProblemCode::NotAnAnswer]);
}

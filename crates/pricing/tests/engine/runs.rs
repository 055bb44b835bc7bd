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

/// The larger runs that cost less, each with what it costs.
fn cheaper(template: &Template, run: &str) -> Vec<(String, String)> {
    let found = template.cheaper(&answers("{}"), decimal(run));
    let told = |found: &tirage_pricing::Cheaper| (canonical(found.run), canonical(found.total));
    found.iter().map(told).collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(run, total): &(&str, &str)| ((*run).to_owned(), (*total).to_owned());
    pairs.iter().map(owned).collect()
}

#[test]
fn borders_behind_which_more_costs_less_are_found_through_computed_values() {
    let template = template(
        r#""parameters":[{"key":"run","kind":"run","name":"Run","max":100000,"default":1}],
        "values":[{"key":"sheets","is":"ceil(run / 24)"}],
        "tables":[{"key":"t","axes":[{"key":"sheets","ranges":[[1,10],[11,50],[51,null]]}],"cells":["3","2","1"]}],
        "lines":[{"key":"print","name":"P","price":"t[sheets]","times":"run"}]"#,
    );
    assert_eq!(
        cheaper(&template, "240"),
        owned(&[("241", "482")]),
        "720 now"
    );
    assert_eq!(cheaper(&template, "1200"), owned(&[("1201", "1201")]));
    assert_eq!(cheaper(&template, "100"), owned(&[]));
    assert_eq!(cheaper(&template, "1201"), owned(&[]));
    assert_eq!(cheaper(&template, "0"), owned(&[]));
}

#[test]
fn a_larger_run_that_costs_less_keeps_to_the_multiple_and_to_what_is_suggested() {
    let template = template(
        r#""parameters":[{"key":"run","kind":"run","name":"Run","min":50,"multiple":50,"max":5000,"default":50,"suggest":[200,1000]}],
        "lines":[{"key":"print","name":"P","price":"1","times":"run","when":"run < 470"},
                 {"key":"offset","name":"O","price":"150","when":"run >= 470"},
                 {"key":"paper","name":"S","price":"0.1","times":"run"},
                 {"key":"off","name":"D","percent":"if run >= 1700 then -50 else 0"}]"#,
    );
    assert_eq!(
        cheaper(&template, "450"),
        owned(&[("500", "200"), ("1000", "250"), ("1700", "160")])
    );
}

#[test]
fn a_gap_without_a_price_is_passed_over() {
    let template = template(
        r#""parameters":[{"key":"run","kind":"run","name":"Run","max":1000,"default":1}],
        "tables":[{"key":"t","axes":[{"key":"run","ranges":[[1,10],[100,null]]}],"cells":["9","0.5"]}],
        "lines":[{"key":"print","name":"P","price":"t[run]","times":"run"}]"#,
    );
    assert_eq!(cheaper(&template, "10"), owned(&[("100", "50")]));
}

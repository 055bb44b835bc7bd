//! What templates promise of their prices, how it is read, and that the examples keep to theirs.

use std::sync::LazyLock;

use proptest::prelude::*;
use tirage_pricing::decimal::{add, multiply};
use tirage_pricing::json::Json;
use tirage_pricing::{Answer, Answers, Decimal, Numeric, Promise, Promised, Template, Trend, bind};

use super::properties::{answer_to, number_of};
use super::{answers, canonical, examples, refused, template, text};

const SHOP: &str = r#""parameters": [
    { "key": "run", "kind": "run", "name": "R", "max": 1000, "default": 10, "suggest": [10, 50] },
    { "key": "pages", "kind": "pages", "name": "P", "max": 90, "default": 8 },
    { "key": "paper", "kind": "choice", "name": "S", "default": "thin", "values": [
      { "key": "thin", "label": "T" }, { "key": "thick", "label": "K", "available": "run <= 40" } ] } ],
  "details": [ { "key": "block", "name": "B", "repeat": { "max": 3 }, "lines": [ { "key": "print", "name": "P", "price": 1 } ] } ],
  "lines": [
    { "key": "print", "name": "P", "price": "if run < 50 then 3 else 2", "times": "run" },
    { "key": "thick", "name": "K", "when": "paper = 'thick'", "price": 500 } ]"#;

fn with(promises: &str) -> String {
    format!(r#"{SHOP}, "promises": [{promises}]"#)
}

#[test]
fn a_promise_names_a_number_and_what_becomes_of_which_figures() {
    let template = template(&with(
        r#"{ "with": "run", "total": "never-falls", "unit_price": "never-rises" },
           { "with": "pages", "lines": { "block.2.print": "never-falls", "print": "never-rises" } }"#,
    ));
    let line = |key: &str| template.lines().iter().position(|line| line.key == key);
    let [print, block] = ["print", "block.2.print"].map(|key| Promised::Line(line(key).unwrap()));
    let expected = [
        Promise {
            with: 0,
            trends: vec![
                (Promised::Total, Trend::NeverFalls),
                (Promised::UnitPrice, Trend::NeverRises),
            ],
        },
        Promise {
            with: 1,
            trends: vec![(block, Trend::NeverFalls), (print, Trend::NeverRises)],
        },
    ];
    assert_eq!(template.promises(), expected);
}

#[test]
fn what_cannot_be_promised_is_refused_with_its_place() {
    let cases = [
        (
            r#"{ "with": "paper", "total": "never-falls" }"#,
            "/promises/0/with: expected the path of a parameter of kind run, pages or number, found the text \"paper\"",
        ),
        (
            r#"{ "with": "block", "total": "never-falls" }"#,
            "/promises/0/with: expected the path of a parameter of kind run, pages or number, found the text \"block\"",
        ),
        (
            r#"{ "with": "run" }"#,
            "/promises/0: expected `total`, `unit_price` or `lines`, found none",
        ),
        (
            r#"{ "with": "run", "total": "grows" }"#,
            "/promises/0/total: expected one of never-falls, never-rises, found the text \"grows\"",
        ),
        (
            r#"{ "with": "pages", "unit_price": "never-rises" }"#,
            "/promises/0/unit_price: expected no unit price where another number than that of the pieces grows, found the text \"never-rises\"",
        ),
        (
            r#"{ "with": "run", "lines": { "printing": "never-falls" } }"#,
            "/promises/0/lines/printing: expected the key of a line, such as `print` or `cover.print`, found the text \"never-falls\"",
        ),
    ];
    for (promise, message) in cases {
        assert_eq!(refused(&with(promise)).to_string(), message);
    }
}

#[test]
fn where_prices_are_remote_nothing_is_promised() {
    let fields = r#""prices": "remote", "parameters": [{ "key": "run", "kind": "run", "name": "R", "max": 9 }],
        "promises": [{ "with": "run", "total": "never-falls" }]"#;
    assert_eq!(
        refused(fields).to_string(),
        "/promises/0: expected no promises where prices are remote, found an object"
    );
}

/// What two runs do not keep to, in words; none when they cannot be compared.
fn broken(promise: &str, more: &str, runs: [u32; 2]) -> Option<Vec<String>> {
    let template = template(&with(promise));
    let quotes = runs.map(|run| {
        let mut given = answers(more);
        given.set("run", Answer::Number(run.into()));
        template.quote(&given, &[])
    });
    let broken = template.promises()[0].broken(&template, &quotes[0], &quotes[1])?;
    let told = broken.iter().map(|broken| {
        let [from, to] = [broken.smaller, broken.larger].map(canonical);
        format!(
            "{:?} {}: {from}, {to}",
            broken.promised,
            broken.trend.as_str()
        )
    });
    Some(told.collect())
}

#[test]
fn two_prices_break_a_promise_or_keep_it() {
    let total = r#"{ "with": "run", "total": "never-falls" }"#;
    assert_eq!(broken(total, "{}", [48, 49]), Some(Vec::new()));
    assert_eq!(
        broken(total, "{}", [49, 50]).unwrap(),
        ["Total never-falls: 148, 101"]
    );
    let line = r#"{ "with": "run", "lines": { "print": "never-rises" } }"#;
    assert_eq!(
        broken(line, "{}", [10, 11]).unwrap(),
        ["Line(3) never-rises: 30, 33"]
    );
    assert_eq!(broken(line, "{}", [49, 50]), Some(Vec::new()));
}

#[test]
fn a_unit_price_is_promised_of_the_numbers_that_are_offered() {
    let unit = r#"{ "with": "run", "unit_price": "never-falls" }"#;
    // 31 for 10 pieces and 101 for 50; 11 and 49 are nobody's suggestion.
    assert_eq!(broken(unit, "{}", [11, 49]), Some(Vec::new()));
    assert_eq!(
        broken(unit, "{}", [10, 50]).unwrap(),
        ["UnitPrice never-falls: 3.1, 2.02"]
    );
}

#[test]
fn prices_are_compared_only_while_all_other_answers_stay() {
    let total = r#"{ "with": "run", "total": "never-falls" }"#;
    let thick = r#"{ "paper": "thick" }"#;
    assert_eq!(broken(total, thick, [39, 40]), Some(Vec::new()));
    // From 41 on there is no thick paper: that is another order.
    assert_eq!(broken(total, thick, [40, 41]), None);
    assert_eq!(broken(total, "{}", [1000, 1001]), None);
}

#[test]
fn prices_of_a_product_do_not_keep_the_promises_of_the_template() {
    let json = Json::parse(&text(&with(r#"{ "with": "run", "total": "never-falls" }"#))).unwrap();
    let fit = |binding: &str| {
        bind(&json, &Json::parse(binding).unwrap())
            .unwrap()
            .template
    };
    let renamed = fit(r#"{ "format": 1, "key": "other" }"#);
    assert_eq!(renamed.promises().len(), 1);
    let priced = fit(
        r#"{ "format": 1, "prices": { "lines": [{ "key": "all", "name": "A", "price": 5 }] } }"#,
    );
    assert_eq!(priced.promises(), []);
}

/// The examples that promise something.
static PROMISING: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let texts = examples::TEMPLATES.iter();
    let templates = texts.map(|(_, text)| Template::parse(text).unwrap());
    let promising = templates.filter(|template| !template.promises().is_empty());
    promising.collect()
});

/// Two numbers of a parameter, mostly near each other, because prices fall at borders.
fn two_numbers(numeric: &Numeric) -> impl Strategy<Value = [Decimal; 2]> + use<> {
    let step = numeric.multiple.unwrap_or(Decimal::ONE);
    let near = (number_of(numeric), 1..=20_u32);
    let near = near.prop_map(move |(one, steps)| {
        let apart = multiply(step, Decimal::from(steps)).unwrap();
        (one, add(one, apart).unwrap())
    });
    let any = (number_of(numeric), number_of(numeric));
    let named = numeric.only.iter().chain(&numeric.suggest);
    let offered: Vec<_> = named.chain([&numeric.min, &numeric.max]).copied().collect();
    let offered = prop::sample::select(offered);
    let pairs = prop_oneof![2 => near, 1 => any, 2 => (offered.clone(), offered)];
    pairs.prop_map(|(one, other)| [one.min(other), one.max(other)])
}

/// One of these templates, one of its promises, an answer or two beside the defaults, and numbers.
fn case() -> impl Strategy<Value = (usize, usize, Answers, [Decimal; 2])> {
    (0..PROMISING.len()).prop_flat_map(|at| {
        let template = &PROMISING[at];
        let asked = 0..template.parameters().len();
        let given = asked.prop_flat_map(|index| {
            let parameter = &template.parameters()[index];
            answer_to(parameter).prop_map(|answer| (parameter.key.clone(), answer))
        });
        let given = prop::collection::vec(given, 0..3);
        let promises = 0..template.promises().len();
        (given, promises).prop_flat_map(move |(given, promise)| {
            let given = given.into_iter();
            let answers: Answers = given.filter_map(|(key, it)| Some((key, it?))).collect();
            let with = template.promises()[promise].with;
            let numeric = template.parameters()[with].kind.numeric().unwrap();
            let numbers = two_numbers(numeric);
            numbers.prop_map(move |numbers| (at, promise, answers.clone(), numbers))
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn the_examples_keep_what_they_promise((at, index, answers, numbers) in case()) {
        let template = &PROMISING[at];
        let promise = &template.promises()[index];
        let with = &template.parameters()[promise.with].key;
        let quotes = numbers.map(|number| {
            let mut given = answers.clone();
            given.set(with, Answer::Number(number));
            template.quote(&given, &[])
        });
        let broken = promise.broken(template, &quotes[0], &quotes[1]);
        prop_assert_eq!(broken.unwrap_or_default(), []);
    }
}

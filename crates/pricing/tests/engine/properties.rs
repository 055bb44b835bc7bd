//! Properties that hold for any answers and any template, however strange.

use proptest::prelude::*;
use tirage_pricing::decimal::{add, divide, multiply, round_places, to_whole};
use tirage_pricing::json::{Json, ToJson};
use tirage_pricing::{
    Answer, Answers, Decimal, Direction, Kind, Line, Numeric, Parameter, Template,
};

use super::examples;

pub(crate) fn answer_to(parameter: &Parameter) -> BoxedStrategy<Option<Answer>> {
    let sensible = match &parameter.kind {
        kind if let Some(choice) = kind.choice() => {
            let keys = choice.values.iter().map(|value| value.key.clone());
            let many = choice.many;
            let answer = move |key| match many {
                true => Answer::List(vec![key]),
                false => Answer::Text(key),
            };
            prop::sample::select(keys.collect::<Vec<_>>())
                .prop_map(answer)
                .boxed()
        }
        kind if let Some(numeric) = kind.numeric() => {
            number_of(numeric).prop_map(Answer::Number).boxed()
        }
        Kind::Date(_) => prop::sample::select(vec!["2026-12-30", "2027-01-15", "2027-03-08"])
            .prop_map(|day| Answer::Text(day.to_owned()))
            .boxed(),
        Kind::Text(_) => "[a-z ]{1,9}".prop_map(Answer::Text).boxed(),
        _ => any::<bool>().prop_map(Answer::Flag).boxed(),
    };
    prop_oneof![1 => Just(None), 6 => sensible.prop_map(Some), 1 => any_answer().prop_map(Some)]
        .boxed()
}

/// One of the numbers offered, or one that fits, mostly.
pub(crate) fn number_of(numeric: &Numeric) -> BoxedStrategy<Decimal> {
    if !numeric.only.is_empty() {
        return prop::sample::select(numeric.only.clone()).boxed();
    }
    let digits = if numeric.whole { 0 } else { 3 };
    let step = numeric.multiple.unwrap_or(Decimal::new(1, digits));
    let times = |end| Direction::Down.whole(divide(end, step).unwrap());
    let [from, to] = [numeric.min, numeric.max].map(|end| to_whole(times(end)).unwrap());
    prop_oneof![from..=to.min(from + 1_500), from..=to + 1]
        .prop_map(move |times| multiply(Decimal::from(times), step).unwrap())
        .boxed()
}

/// What lines add up to, in this order.
fn sum<'l>(lines: impl Iterator<Item = &'l Line>) -> Decimal {
    let mut amounts = lines.map(|line| line.amount);
    amounts.try_fold(Decimal::ZERO, add).unwrap()
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let number = (any::<i64>(), 0..=18_u32).prop_map(|(digits, scale)| Decimal::new(digits, scale));
    prop_oneof![
        any::<bool>().prop_map(Answer::Flag),
        number.prop_map(Answer::Number),
        Just(Answer::Number(Decimal::MAX)),
        ".{0,8}".prop_map(Answer::Text),
        prop::collection::vec("[a-z0-9_+]{0,8}", 0..3).prop_map(Answer::List),
    ]
}

/// The example templates but the list of a thousand rows, which is slow to read each time.
fn small_templates() -> Vec<&'static str> {
    let texts = examples::TEMPLATES.iter().map(|(_, text)| text.as_str());
    texts.filter(|text| text.len() < 60_000).collect()
}

/// One of the example templates and answers to it, mostly sensible.
fn case() -> impl Strategy<Value = (&'static str, Answers)> {
    prop::sample::select(small_templates()).prop_flat_map(|text| {
        let template = Template::parse(text).unwrap();
        let answers: Vec<_> = template.parameters().iter().map(answer_to).collect();
        let keys: Vec<String> = template
            .parameters()
            .iter()
            .map(|p| p.key.clone())
            .collect();
        answers.prop_map(move |answers| {
            let given = keys.iter().zip(answers);
            let given = given.filter_map(|(key, answer)| Some((key.clone(), answer?)));
            (text, given.collect())
        })
    })
}

fn shuffled(json: &Json, field: &str, seed: usize) -> Json {
    let Json::Object(fields) = json else {
        return json.clone();
    };
    let fields = fields.iter().map(|(key, value)| match value {
        Json::List(items) if key == field && !items.is_empty() => {
            let mut items = items.clone();
            let count = items.len();
            items.rotate_left(seed % count);
            items.swap(0, seed / 7 % count);
            (key.clone(), Json::List(items))
        }
        value => (key.clone(), value.clone()),
    });
    Json::Object(fields.collect())
}

/// A copy of the document with the value at one place, counted through, replaced.
fn mutated(json: &Json, place: &mut usize, by: &Json) -> Json {
    if *place == 0 {
        *place = usize::MAX;
        return by.clone();
    }
    *place = place.saturating_sub(usize::from(*place != usize::MAX));
    match json {
        Json::List(items) => {
            Json::List(items.iter().map(|item| mutated(item, place, by)).collect())
        }
        Json::Object(fields) => Json::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), mutated(value, place, by)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn hostile_value() -> impl Strategy<Value = Json> {
    let words = [
        "run",
        "size",
        "sides",
        "sheets",
        "if",
        "then",
        "else",
        "(",
        ")",
        "[",
        "]",
        ",",
        "*",
        "/",
        "^",
        "99",
        "0",
        "1.5",
        "'a4'",
        "=",
        "<",
        "and",
        "not",
        "in",
        "ceil(",
        "min(",
        "digital_print[",
        ".",
        "per_sheet",
        "%",
        "-",
    ];
    prop_oneof![
        Just(Json::Null),
        Just(Json::Number("-1".to_owned())),
        Just(Json::Number("79228162514264337593543950335".to_owned())),
        Just(Json::text("0.0000000000000000000000000001")),
        Just(Json::List(Vec::new())),
        Just(Json::Object(Vec::new())),
        ".{0,12}".prop_map(Json::text),
        prop::collection::vec(prop::sample::select(words.to_vec()), 0..12)
            .prop_map(|words| Json::text(words.join(" "))),
    ]
}

proptest! {
    #[test]
    fn lines_sum_to_the_total((text, answers) in case()) {
        let template = Template::parse(text).unwrap();
        let runs = [1, 37, 1000].map(Decimal::from);
        for run in template.quote(&answers, &[]).runs.iter().chain(&template.quote(&answers, &runs).runs) {
            if let Some(price) = &run.price {
                prop_assert_eq!(sum(price.lines.iter()), price.total);
                prop_assert_eq!(sum(price.lines.iter().rev()), price.total);
                prop_assert_eq!(price.total, round_places(price.total, 2, Direction::HalfEven));
            }
        }
    }

    #[test]
    fn a_price_is_missing_exactly_when_there_is_a_problem((text, answers) in case()) {
        let template = Template::parse(text).unwrap();
        let quote = template.quote(&answers, &[Decimal::from(5), Decimal::from(5_000)]);
        prop_assert_eq!(quote.fields.len(), template.parameters().len());
        for run in &quote.runs {
            let problems = !quote.problems.is_empty() || !run.problems.is_empty();
            prop_assert_eq!(run.price.is_none(), problems);
        }
    }

    #[test]
    fn the_order_of_parameters_values_and_tables_does_not_matter((text, answers) in case(), seed in 0..1_000_usize) {
        let json = Json::parse(text).unwrap();
        let mut moved = json.clone();
        for field in ["parameters", "values", "tables"] {
            moved = shuffled(&moved, field, seed);
        }
        let (template, moved) = (Template::from_json(&json).unwrap(), Template::from_json(&moved).unwrap());
        let (quote, other) = (template.quote(&answers, &[]), moved.quote(&answers, &[]));
        let total = |quote: &tirage_pricing::Quote| quote.runs[0].price.as_ref().map(|price| {
            (price.total, price.lines.iter().map(|line| (line.line, line.amount)).collect::<Vec<_>>())
        });
        prop_assert_eq!(total(&quote), total(&other));
        prop_assert_eq!(template.effective_answers(&quote), moved.effective_answers(&other));
    }

    #[test]
    fn the_answers_that_count_give_the_same_quote_again((text, answers) in case()) {
        let template = Template::parse(text).unwrap();
        let quote = template.quote(&answers, &[]);
        prop_assume!(quote.runs[0].price.is_some());
        let again = template.quote(&template.effective_answers(&quote), &[]);
        prop_assert_eq!(&again.runs, &quote.runs);
        prop_assert_eq!(&again.fields, &quote.fields);
        prop_assert!(again.notices.is_empty());
    }

    #[test]
    fn any_answers_are_quoted(
        text in prop::sample::select(small_templates()),
        given in prop::collection::btree_map("[a-z]{0,3}|run|size|paper|sides|urgency|pages|rounded", any_answer(), 0..8),
        runs in prop::collection::vec((any::<i64>(), 0..=18_u32), 0..3),
    ) {
        let runs: Vec<Decimal> = runs.into_iter().map(|(digits, scale)| Decimal::new(digits, scale)).collect();
        let answers: Answers = given.into_iter().collect();
        let _quoted = Template::parse(text).unwrap().quote(&answers, &runs);
    }

    #[test]
    fn a_hostile_template_is_refused_or_quoted(
        (text, answers) in case(),
        places in prop::collection::vec((1..900_usize, hostile_value()), 1..3),
    ) {
        let mut json = Json::parse(text).unwrap();
        for (mut place, by) in places {
            json = mutated(&json, &mut place, &by);
        }
        if let Ok(template) = Template::parse(&json.to_json().to_string()) {
            let quote = template.quote(&answers, &[Decimal::ZERO, Decimal::MAX]);
            for price in quote.runs.iter().filter_map(|run| run.price.as_ref()) {
                prop_assert_eq!(sum(price.lines.iter()), price.total);
            }
        }
    }
}

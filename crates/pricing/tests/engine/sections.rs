//! Details and operations: names, conditions and repetition.

use tirage_pricing::{Answer, Answers, Decimal, Notice, Template};

use super::{refused, template};

const RUN: &str = r#"{"key":"run","kind":"run","name":"R","max":1000,"default":10}"#;

fn number(number: i64) -> Answer {
    Answer::Number(Decimal::from(number))
}

fn total(template: &Template, answers: &Answers) -> Option<String> {
    let quote = template.quote(answers, &[]);
    let price = quote.runs[0].price.as_ref()?;
    Some(price.total.normalize().to_string())
}

#[test]
fn a_name_means_the_nearest_one() {
    let template = template(&format!(
        r#""parameters":[{RUN},{{"key":"a","kind":"number","name":"A","min":0,"max":9,"default":1}}],
        "details":[{{"key":"d","name":"D",
          "parameters":[{{"key":"a","kind":"number","name":"A","min":0,"max":9,"default":2}}],
          "lines":[{{"key":"l","name":"L","price":"a"}}],
          "operations":[{{"key":"o","name":"O",
            "values":[{{"key":"b","is":"a * 10"}}],
            "lines":[{{"key":"l","name":"L","price":"b + d.a * 100 + run * 1000"}}]}}]}},
          {{"key":"e","name":"E","lines":[{{"key":"l","name":"L","price":"a * 100000"}}]}}]"#
    ));
    // 2 for d.l; 20 + 200 + 10000 for d.o.l; 100000 for e.l, which has no `a` of its own.
    assert_eq!(total(&template, &Answers::new()).unwrap(), "110222");
}

#[test]
fn what_is_not_there_is_not_answered_and_cannot_fail() {
    let template = template(&format!(
        r#""parameters":[{RUN}],
        "details":[{{"key":"jacket","name":"J","optional":true,
          "parameters":[{{"key":"per","kind":"number","name":"P","min":1,"max":9,"default":2,"required":true}}],
          "values":[{{"key":"sheets","is":"run / per"}}],
          "lines":[{{"key":"print","name":"P","price":3}}]}}],
        "lines":[{{"key":"all","name":"A","price":"jacket.sheets + (if jacket then 100 else 0)"}}]"#
    ));
    assert_eq!(total(&template, &Answers::new()).unwrap(), "0");
    let taken = Answers::from_iter([("jacket", Answer::Flag(true))]);
    assert_eq!(total(&template, &taken).unwrap(), "108");
    let quote = template.quote(&Answers::from_iter([("jacket.per", number(3))]), &[]);
    assert!(
        matches!(quote.notices[..], [Notice::Dropped { .. }]),
        "{:?}",
        quote.notices
    );
}

#[test]
fn a_required_operation_is_taken_and_says_so() {
    let template = template(&format!(
        r#""parameters":[{RUN}],
        "operations":[{{"key":"crease","name":"C","optional":true,"required":"run > 100",
          "lines":[{{"key":"work","name":"W","price":7}}]}}]"#
    ));
    let declined =
        |run| Answers::from_iter([("run", number(run)), ("crease", Answer::Flag(false))]);
    assert_eq!(total(&template, &declined(100)).unwrap(), "0");
    assert_eq!(total(&template, &declined(101)).unwrap(), "7");
    let quote = template.quote(&declined(101), &[]);
    let switch = template.sections()[0].switch.unwrap();
    assert!(quote.fields[switch].fixed);
    assert!(matches!(quote.notices[..], [Notice::Replaced { .. }]));
}

#[test]
fn a_run_at_which_an_operation_becomes_required_has_another_price() {
    let template = template(&format!(
        r#""parameters":[{RUN}],
        "operations":[{{"key":"pallet","name":"P","available":"run > 500",
          "lines":[{{"key":"work","name":"W","price":9}}]}}]"#
    ));
    let runs = [10, 501].map(Decimal::from);
    let quote = template.quote(&Answers::new(), &runs);
    let totals = quote
        .runs
        .iter()
        .map(|run| run.price.as_ref().unwrap().total);
    assert!(totals.eq([0, 9].map(Decimal::from)));
}

#[test]
fn parts_of_a_repeating_detail_are_summed_and_compared() {
    let template = template(&format!(
        r#""parameters":[{RUN}],
        "details":[{{"key":"block","name":"B","repeat":{{"min":0,"max":4,"default":1}},
          "parameters":[{{"key":"pages","kind":"pages","name":"P","max":100,"default":8}}]}}],
        "values":[{{"key":"all","is":"sum(block, pages)"}},
          {{"key":"most","is":"max(block, pages)"}},{{"key":"least","is":"min(block, pages)"}}],
        "lines":[{{"key":"l","name":"L","price":"all * 10000 + most * 100 + least + block * 1000000"}}]"#
    ));
    let answers = |pairs: &[(&str, i64)]| -> Answers {
        let pairs = pairs.iter().map(|(path, n)| (*path, number(*n)));
        pairs.collect()
    };
    let names = (0..template.parameters().len()).map(|index| template.name_in_full(index));
    let names: Vec<String> = names.map(|name| name.get("en").to_owned()).collect();
    assert_eq!(names[1..4], ["B", "B 1: P", "B 2: P"]);
    let three = answers(&[("block", 3), ("block.2.pages", 20), ("block.3.pages", 4)]);
    assert_eq!(total(&template, &three).unwrap(), "3322004");
    assert_eq!(total(&template, &answers(&[("block", 0)])).unwrap(), "0");
    let beyond = answers(&[("block", 1), ("block.2.pages", 20)]);
    assert_eq!(total(&template, &beyond).unwrap(), "1080808");
    assert_eq!(total(&template, &answers(&[("block", 5)])), None);
}

#[test]
fn mistakes_in_details_are_told_with_their_place() {
    let detail = |inside: &str| format!(r#""details":[{{"key":"d","name":"D"{inside}}}]"#);
    for (template, expected) in [
        (
            detail(r#","pages":1"#),
            "/details/0/pages: expected one of the fields key, name, hint, help, group, available, optional, default, required, parameters, values, lines, forbid, operations, repeat, found the unknown field `pages`",
        ),
        (
            detail(r#","default":true"#),
            "/details/0/default: expected no such field without `\"optional\": true`, found true",
        ),
        (
            detail(r#","repeat":{"max":51}"#),
            "/details/0/repeat: expected at most 50 parts of a repeating detail, found 51",
        ),
        (
            detail(r#","repeat":{"min":3,"max":2}"#),
            "/details/0/repeat: expected a minimum of at most the default, and that of at most the maximum, found an object",
        ),
        (
            detail(r#","optional":true,"repeat":{"max":2}"#),
            "/details/0: expected either `optional` or `repeat`; with a `min` of 0 a detail may be left out, found none",
        ),
        (
            detail(r#","values":[{"key":"x","is":"y"}]"#),
            "/details/0/values/0/is, column 1: expected a parameter or a named value, found the unknown name `y`",
        ),
        (
            detail(r#","values":[{"key":"x","is":"1"},{"key":"x","is":"2"}]"#),
            "/details/0/values/1/key: expected each key once, found `d.x` again",
        ),
        (
            format!(
                r#""parameters":[{RUN},{{"key":"d","kind":"yes-no","name":"D"}}],{}"#,
                detail("")
            ),
            "/details/0/key: expected each key once, found `d` again",
        ),
        (
            detail(r#","available":"d.x > 1","values":[{"key":"x","is":"2"}]"#),
            "expected rules without a circle, found d → d.x → d",
        ),
        (
            format!(
                r#"{},"values":[{{"key":"s","is":"sum(d, sum(d, 1))"}}]"#,
                detail(r#","repeat":{"max":2}"#)
            ),
            "/values/0/is, column 12: expected no `sum` over details inside another one, found another `sum`",
        ),
        (
            format!(
                r#""values":[{{"key":"s","is":"sum(t, 1)"}},{{"key":"t","is":"1"}}],{}"#,
                detail("")
            ),
            "/values/0/is, column 5: expected a detail that repeats, found a number",
        ),
        (
            format!(
                r#""parameters":[{{"key":"a","kind":"yes-no","name":"A","group":"g"}}],{}"#,
                detail("")
            ),
            "/parameters/0/group: expected the key of one of the template's groups, found the text \"g\"",
        ),
    ] {
        assert_eq!(refused(&template).to_string(), expected, "{template}");
    }
}

#[test]
fn a_short_template_cannot_stand_for_millions_of_rules() {
    let many: Vec<String> = (0..300)
        .map(|n| {
            let sum = vec!["x"; 900].join("+");
            format!(r#"{{"key":"v{n}","is":"sum(d, {sum})"}}"#)
        })
        .collect();
    let template = format!(
        r#""details":[{{"key":"d","name":"D","repeat":{{"max":50}},"values":[{{"key":"x","is":"1"}}]}}],
        "values":[{}]"#,
        many.join(",")
    );
    let refusal = refused(&template).to_string();
    assert!(refusal.contains("terms of sums over details"), "{refusal}");
}

//! The compiled form: what is taken up again prices like what was written down, and bytes that
//! are no compiled template are refused without harm.

use proptest::prelude::*;
use tirage_pricing::json::Json;
use tirage_pricing::{Answers, Decimal, ENGINE, ProgramError, Template};

use super::{answers, documents, examples, template, text};

/// Every kind of parameter, axis, rule and line, and every operator and function.
const EVERYTHING: &str = r#"
    "quantity": "run",
    "parameters": [
        { "key": "run", "kind": "run", "name": { "ru": "Тираж", "en": "Run" }, "max": 100000,
          "default": 100, "suggest": [100, 500], "unit": "pcs" },
        { "key": "size", "kind": "choice", "view": "tiles", "name": "Size", "default": "a4",
          "values": [
            { "key": "a4", "label": "A4", "numbers": { "area": "0.0625" }, "codes": { "sku": "1" } },
            { "key": "a3", "label": "A3", "hint": "big", "color": "red", "numbers": { "area": "-0.125" },
              "available": "run > 5 or 'cut' in extras", "reason": "only for more" },
            { "key": "a5", "label": "A5", "numbers": { "area": 1 }, "available": "gloss" } ] },
        { "key": "extras", "kind": "choice", "many": true, "name": "Extras", "default": ["cut"],
          "values": [ { "key": "cut", "label": "Cut" }, { "key": "fold", "label": "Fold" } ] },
        { "key": "gloss", "kind": "yes-no", "name": "Gloss", "hint": "shines", "help": "a lot" },
        { "key": "coverage", "kind": "number", "name": "Coverage", "min": 0, "max": "1.5",
          "multiple": "0.05", "required": "gloss" },
        { "key": "pages", "kind": "pages", "name": "Pages", "max": 64, "multiple": 4, "default": 8 },
        { "key": "note", "kind": "text", "name": "Note", "max_length": 20, "available": "not gloss" },
        { "key": "fixed", "kind": "constant", "name": "Fixed", "value": "79228162514264337593543950335" },
        { "key": "word", "kind": "constant", "name": "Word", "value": "x" },
        { "key": "reference", "kind": "pass-through", "name": "Reference" } ],
    "tables": [
        { "key": "price", "name": "Price", "per": "sheet",
          "axes": [ { "key": "size", "keys": ["a3", "a4"] },
                    { "key": "run", "name": "Run", "ranges": [[1, 99], [100, null]] } ],
          "cells": [["1.50", "1.2"], [null, "0.9"]] },
        { "key": "step", "axes": [{ "key": "n", "numbers": [8, 16] }], "cells": [1, 2] },
        { "key": "slope", "axes": [{ "key": "n", "numbers": [1, 100000], "between": "linear", "outside": "clamp" }], "cells": [1, 2] },
        { "key": "stock", "empty": "ask", "axes": [{ "key": "size" }, { "key": "n", "outside": "ask" }, { "key": "t", "numbers": [1, 9], "between": "step" }],
          "rows": [["a4", [1, 5], 1, 3], ["a4", [1, 5], 9, 2], ["a3", [6, null], 1, null], ["a3", [6, null], 9, "1.1"]] } ],
    "values": [
        { "key": "sheets", "name": "Sheets", "unit": "sheets", "is": "ceil(run / 7) + floor(run / 3) - round(run / 3, 5)" },
        { "key": "area", "is": "size.area * run ^ 2 % 11 + round(coverage, 0.1, 'half-even')" },
        { "key": "many", "is": "count(extras) + length(note) + abs(-3) + clamp(run, 1, 9) + min(1, run) + max(2, run) + run ^ -2" },
        { "key": "flagged", "is": "size in ('a4', 'a3') and run != 7 or 'cut' in extras and not (gloss = (run < 5))" },
        { "key": "called", "is": "per_sheet(90, 50, 450, 320, 0, 5, 2) + run ^ 0.5 + letters(note) + weekday(add_working_days(date('2027-03-01'), run)) + working_days(1, run)" },
        { "key": "worded", "is": "note = 'urgent' or run in (7, pages) or answered(note) or flagged and run <= 9 and run >= 1 and run > 0" },
        { "key": "chosen", "is": "if worded then price[size, run] else price['a4', run + 100]" },
        { "key": "either", "is": "if gloss then flagged else true" } ],
    "forbid": [ { "when": "gloss and coverage > 1", "message": "too much", "parameters": ["gloss", "coverage"] } ],
    "lines": [
        { "key": "print", "name": "Print", "price": "chosen", "times": "sheets", "unit": "sheets",
          "round": { "step": "0.01", "direction": "half-up" } },
        { "key": "step", "name": "Step", "price": "step[pages]", "when": "either" },
        { "key": "stock", "name": "Stock", "price": "graduated(stock[size, 3, run]) * slope[run]" },
        { "key": "urgent", "name": "Urgent", "percent": "20", "of": ["print"] },
        { "key": "all", "name": "All", "percent": "area" },
        { "key": "least", "name": "Least", "minimum": "size.area" },
        { "key": "most", "name": "Most", "maximum": "100000 + subtotal('print')" },
        { "key": "off", "name": "Off", "price": "-subtotal() / 50", "per": "set-up", "discount": true, "when": "code(note, 'VIP')" },
        { "key": "vat", "name": "VAT", "vat": 20, "of": ["print", "off"], "included": true },
        { "key": "rounding", "name": "Rounding", "round": { "step": 5, "direction": "up" } } ],
    "calendar": { "working_days": ["mon", "sat"], "holidays": ["2027-03-01"], "workdays_moved": ["2027-03-02"] },
    "weight": "run * 3", "production": { "hours": "step[pages]" }"#;

/// Taken up again, it is the same in every part but the worked examples.
fn same_again(template: &Template) {
    let again = Template::unpack(&template.pack()).unwrap();
    let told = |template: &Template| {
        let told = format!("{template:?}");
        let (before, from) = told.split_once("examples: [").unwrap();
        let (_, after) = from.split_once("program: Program {").unwrap();
        (before.to_owned(), after.to_owned())
    };
    assert_eq!(told(&again), told(template));
    assert_eq!(again.pack(), template.pack());
}

/// Bytes with a header that fits them, so that only what they say can be wrong.
fn sealed(body: &[u8]) -> Vec<u8> {
    let sum = body.iter().fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    let length = u32::try_from(body.len()).unwrap();
    let words = [ENGINE, length, sum].map(u32::to_le_bytes).concat();
    [b"tirg", &*words, body].concat()
}

/// Whatever the bytes are, they are refused or priced.
fn survived(bytes: &[u8]) {
    if let Ok(template) = Template::unpack(bytes) {
        let runs = [Decimal::ZERO, Decimal::from(500), Decimal::MAX];
        let all = r#"{"run":7,"size":"a3","extras":["cut"],"gloss":true,"coverage":"0.5","pages":8,"note":"x"}"#;
        for given in [Answers::new(), answers(all)] {
            let quote = template.quote(&given, &runs);
            let _effective = template.effective_answers(&quote);
            let _prices = template.quote(&given, &[]);
        }
    }
}

/// Found by the fuzz target `program`: a rule of a parameter that there is not, which fails.
#[test]
fn a_failing_rule_of_no_parameter_is_no_concern() {
    survived(&sealed(
        b"\x01\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00?\x15\
        \x15\x15\x15\x15\x15\x15\x15\x14\x15\x0f\x15\x15\xff\x15\x15\x15\x15\x15\x01\x09\x15\
        \x15\x15\x15\x15\x15\x15\x15$\x12\x15\x15f\x15\x15\x15\x05$\x00\x00V\x00\x00\x00\x00\
        \x15\x15\x15\x15\x15\x15\x15\x13\x15\x15\x15\x15\x00\x00\xff\x15\x01\x05\x0d\x01\x02\
        \x00\x00\x00\x00@\x00\x00",
    ));
}

#[test]
fn every_template_of_the_examples_and_the_reference_is_the_same_again() {
    for (_, text) in examples::TEMPLATES.iter() {
        same_again(&Template::parse(text).unwrap());
    }
    let shown = documents::templates();
    assert_eq!(shown.len(), documents::SHOWN);
    for template in &shown {
        same_again(template);
    }
    same_again(&template(EVERYTHING));
}

#[test]
fn what_is_only_shown_makes_no_other_price() {
    let whole = template(EVERYTHING);
    let priced = Template::unpack_to_price(&whole.pack()).unwrap();
    assert!(
        priced
            .parameters()
            .iter()
            .all(|asked| asked.name.iter().count() == 0)
    );
    let runs = [100, 500, 20_000].map(Decimal::from);
    for given in [
        r#"{"size":"a5","gloss":true,"coverage":"1.2","unknown":1}"#,
        r#"{"run":300,"size":"a4","extras":["fold"],"pages":16,"note":"VIP"}"#,
        r#"{"run":"none","size":"a3","coverage":"9","pages":7}"#,
    ] {
        let given = answers(given);
        assert_eq!(priced.quote(&given, &runs), whole.quote(&given, &runs));
    }
    let packed = whole.pack();
    let cut = &packed[..packed.len() - 1];
    assert_eq!(
        Template::unpack_to_price(cut).err(),
        Some(ProgramError::Damaged)
    );
}

#[test]
fn the_deepest_expression_is_the_same_again() {
    let mut expression = "run".to_owned();
    let mut template = template("");
    loop {
        let parameters = r#""parameters":[{"key":"run","kind":"run","name":"Run","max":9}]"#;
        let lines = format!(r#""lines":[{{"key":"l","name":"L","price":"{expression}"}}]"#);
        match Template::parse(&text(&format!("{parameters},{lines}"))) {
            Ok(deeper) => template = deeper,
            Err(_) => break,
        }
        expression = format!("-(1+2*(if not(false or true and 1<{expression})then 1 else 2)^2)");
    }
    assert!(expression.len() > 500, "{}", expression.len());
    same_again(&template);
}

#[test]
fn other_bytes_are_told_apart() {
    let packed = template(EVERYTHING).pack();
    assert_eq!(
        Template::unpack(b"{\"format\":1}").err(),
        Some(ProgramError::Foreign)
    );
    let mut other = packed.clone();
    other[4] ^= 1;
    assert_eq!(
        Template::unpack(&other).err(),
        Some(ProgramError::Engine { found: ENGINE ^ 1 })
    );
    assert_eq!(
        ProgramError::Engine { found: 1 }.to_string(),
        format!("expected a template compiled for the engine {ENGINE:08x}, found 00000001")
    );
    let more = [&*packed, b"!"].concat();
    assert_eq!(Template::unpack(&more).err(), Some(ProgramError::Damaged));
    assert_eq!(
        Template::unpack(&sealed(&more[16..])).err(),
        Some(ProgramError::Damaged)
    );
}

#[test]
fn a_truncated_program_is_refused_wherever_it_ends() {
    let packed = template(EVERYTHING).pack();
    for end in 0..packed.len() {
        assert!(Template::unpack(&packed[..end]).is_err(), "{end}");
        if let Some(body) = packed.get(16..end) {
            assert!(Template::unpack(&sealed(body)).is_err(), "{end}");
        }
    }
}

#[test]
fn a_changed_byte_is_refused_and_harmless_even_under_a_checksum_that_fits() {
    let packed = template(EVERYTHING).pack();
    for at in 0..packed.len() {
        for change in [0x01, 0x80, 0xff, packed[at]] {
            let mut changed = packed.clone();
            changed[at] ^= change;
            if change > 0 {
                assert!(Template::unpack(&changed).is_err(), "{at} {change}");
            }
            survived(&sealed(&changed[16..]));
        }
    }
}

#[test]
fn a_count_of_billions_costs_no_more_than_the_bytes_there_are() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    let packed = template(EVERYTHING).pack();
    for at in 16..packed.len() {
        let body = [&packed[16..at], &huge, &packed[at..]].concat();
        survived(&sealed(&body));
    }
}

fn number() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "run",
        "pages",
        "coverage",
        "size.area",
        "0.25",
        "1000",
        "count(extras)",
        "length(note)",
        "price[size, run]",
        "step[pages]",
        "sheets",
    ]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(4, 40, 4, |inner| {
            let two = (inner.clone(), inner.clone());
            let operators = prop::sample::select(vec!["+", "-", "*", "/", "%"]);
            let functions = prop::sample::select(vec!["min", "max", "ceil", "round"]);
            prop_oneof![
                (two.clone(), operators).prop_map(|((a, b), sign)| format!("({a} {sign} {b})")),
                (two.clone(), functions).prop_map(|((a, b), name)| format!("{name}({a}, {b})")),
                inner.clone().prop_map(|a| format!("-abs({a}) ^ 2")),
                two.prop_map(|(a, b)| format!(
                    "(if {a} < {b} or size = 'a4' then {a} else clamp({b}, 1, {a}))"
                )),
            ]
        })
}

proptest! {
    #[test]
    fn random_rules_are_the_same_again(rules in prop::collection::vec(number(), 1..4)) {
        let Ok(Json::Object(mut fields)) = Json::parse(&text(EVERYTHING)) else {
            panic!("an object");
        };
        for (name, value) in &mut fields {
            if let ("lines", Json::List(lines)) = (name.as_str(), value) {
                lines.extend(rules.iter().enumerate().map(|(at, rule)| Json::object([
                    ("key", Json::text(format!("r{at}"))),
                    ("name", Json::text("R")),
                    ("price", Json::text(rule.as_str())),
                ])));
            }
        }
        match Template::from_json(&Json::Object(fields)) {
            Ok(template) => same_again(&template),
            // Rules that read no answer may fail whatever is answered.
            Err(error) => prop_assert!(error.to_string().contains("what can be worked out")),
        }
    }

    #[test]
    fn any_bytes_are_refused_or_priced(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut body = template(EVERYTHING).pack().split_off(16);
        for (place, byte) in places {
            let at = place.index(body.len());
            body[at] = byte;
        }
        survived(&sealed(&body));
    }
}

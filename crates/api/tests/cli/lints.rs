//! One template per lint, and what is said of it.

use crate::support::{EXAMPLE, Folder, template, tirage};

/// The findings of a template, without the name of the file and the last line.
fn findings(text: &str) -> Vec<String> {
    let ran = Folder::with(text).tirage(&["template", "check", "t.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut lines: Vec<String> = ran
        .out
        .lines()
        .map(|line| line.trim_start_matches("t.json:").trim().to_owned())
        .collect();
    let last = lines.pop().unwrap();
    assert!(last.ends_with(" tried"), "{last}");
    lines
}

/// A template with a choice `size` of `a`, `b` and `c` in place of the default one.
fn with_choice(values: &str, price: &str, more: &str) -> String {
    let choice = format!(
        r#""parameters": [
    {{ "key": "size", "kind": "choice", "name": "Size", "default": "a", "values": [
      {values}
    ] }},
    {{ "key": "run""#
    );
    template(price, more).replace("\"parameters\": [{ \"key\": \"run\"", &choice)
}

const ABC: &str = r#"{ "key": "a", "label": "A" },
      { "key": "b", "label": "B" },
      { "key": "c", "label": "C" }"#;

#[test]
fn a_sound_template_gives_no_findings() {
    assert_eq!(findings(&template("2", EXAMPLE)), [""; 0]);
}

#[test]
fn a_value_that_nothing_prices_is_dead_and_its_row_is_empty() {
    let more = [
        r#", "tables": [{ "key": "p", "axes": [{ "key": "size", "keys": ["a", "b", "c"] }],
    "cells": ["2", null, "3"] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&with_choice(ABC, "p[size]", &more)),
        [
            "6:7: warning: the value `b` of `size` has no price in any of 8 combinations tried with it [dead-value]",
            "10:152: warning: all cells of the table `p` for `size` `b` are null [empty-row]",
        ]
    );
}

#[test]
fn tables_row_by_row_are_looked_into_as_well() {
    let table = |axes: &str, rows: &str| {
        let more = format!(
            r#", "tables": [{{ "key": "p", "axes": [{axes}], "rows": [{rows}] }}]{EXAMPLE}"#
        );
        findings(&with_choice(ABC, "p[size, run]", &more))
    };
    let run = r#"{ "key": "run", "ranges": [[1, 50], [60, 100]] }"#;
    let sizes = r#"{ "key": "size", "keys": ["a", "b", "c"] }"#;
    let null =
        r#"["a", [1, 50], 2], ["b", [1, 50], null], ["b", [60, 100], null], ["a", [60, 100], 2]"#;
    let said = table(&format!("{sizes}, {run}"), null);
    let gap = "a tried combination asks for 51 [range-gap]";
    for what in [
        "`b` are null or not listed [empty-row]",
        "`c` are null or not listed [empty-row]",
        gap,
    ] {
        assert!(said.iter().any(|line| line.ends_with(what)), "{said:?}");
    }
    // Axes made of the rows have no place of their own; the row that brings them has.
    let said = table(r#"{ "key": "size" }, { "key": "run" }"#, null);
    let at = |what: &str| {
        said.iter()
            .find(|line| line.contains(what))
            .unwrap()
            .as_str()
    };
    assert!(
        at("`b` are null or not listed").starts_with("10:193: warning"),
        "{said:?}"
    );
    assert!(
        at("between 50 and 60").starts_with("10:220: warning"),
        "{said:?}"
    );
    let nothing = table(&format!("{sizes}, {run}"), r#"["a", [1, 50], null]"#);
    let whole = "all cells of the table `p` are null or not listed [empty-row]";
    assert!(
        nothing.iter().any(|line| line.ends_with(whole)),
        "{nothing:?}"
    );
}

#[test]
fn a_value_that_needs_company_is_not_dead() {
    let ran = tirage(&["template", "check", "examples/business-cards.json"]);
    assert!(!ran.out.contains("dead-value"), "{}", ran.out);
}

#[test]
fn a_gap_between_ranges_is_told_with_a_number_that_falls_into_it() {
    let more = [
        r#", "tables": [{ "key": "p", "axes": [{ "key": "run",
    "ranges": [[1, 10], [21, 100]] }], "cells": ["2", "2"] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&template("p[run]", &more)),
        [
            "5:25: warning: the table `p` has no row for `run` between 10 and 21; a tried combination asks for 11 [range-gap]"
        ]
    );
}

#[test]
fn a_table_of_nulls_is_told_once() {
    let more = [
        r#", "tables": [{ "key": "p", "axes": [{ "key": "run", "ranges": [[1, 100]] }],
    "cells": [null] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&template(
            "if run > 50 then 2 else if run < 0 then p[run] else 2",
            &more
        )),
        ["5:14: warning: all cells of the table `p` are null [empty-row]"]
    );
}

#[test]
fn a_price_that_falls_with_the_run_is_a_note_with_its_border() {
    let more = [
        r#", "tables": [{ "key": "p", "axes": [{ "key": "run", "ranges": [[1, 50], [51, 100]] }],
    "cells": ["2", "1"] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&template("p[run]", &more)),
        [
            "3:18: note: cheaper to order more: 51 cost 51, but 50 cost 100 (the default answers; from 26 on 51 are cheaper) [cheaper-to-order-more]"
        ]
    );
}

#[test]
fn the_border_of_a_value_computed_from_the_run_is_found_to_the_piece() {
    let more = [
        r#", "values": [{ "key": "sheets", "is": "ceil(run / 7)" }],
  "tables": [{ "key": "p", "axes": [{ "key": "sheets", "ranges": [[1, 5], [6, 20]] }],
    "cells": ["2", "1.5"] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&template("p[sheets]", &more)),
        [
            "3:18: note: cheaper to order more: 36 cost 54, but 35 cost 70 (the default answers; from 28 on 36 are cheaper) [cheaper-to-order-more]"
        ]
    );
}

#[test]
fn totals_of_nothing_and_less_are_told_with_the_answers_that_give_them() {
    let values = r#"{ "key": "a", "label": "A", "numbers": { "off": 0 } },
      { "key": "b", "label": "B", "numbers": { "off": 2 } },
      { "key": "c", "label": "C", "numbers": { "off": 3 } }"#;
    assert_eq!(
        findings(&with_choice(values, "2 - size.off", EXAMPLE)),
        [
            "10:12: warning: expected a total above 0, found nothing to pay: 0 for size = `b`, and so for 7 more of those tried [total-not-positive]",
            "10:12: warning: expected a total above 0, found a negative one: -10 for size = `c`, and so for 7 more of those tried [total-not-positive]",
        ]
    );
}

#[test]
fn what_nothing_reads_is_named() {
    let values = r#"{ "key": "a", "label": "A", "numbers": { "weight": 1, "off": 1 } },
      { "key": "b", "label": "B", "numbers": { "weight": 2, "off": 2 } }"#;
    let more = [
        r#",
  "values": [
    { "key": "shown", "is": "run", "name": "Shown" },
    { "key": "silent", "is": "run" }
  ],
  "tables": [{ "key": "p", "axes": [{ "key": "run", "ranges": [[1, 100]] }], "cells": ["1"] }]"#,
        EXAMPLE,
    ]
    .concat();
    let parameters = r#"{ "key": "vat", "kind": "constant", "name": "VAT", "value": 20 },
    { "key": "gloss", "kind": "yes-no", "name": "Gloss" },
    { "key": "size""#;
    let text = with_choice(values, "if size.off > 5 then 1 else 2", &more).replacen(
        "{ \"key\": \"size\"",
        parameters,
        1,
    );
    assert_eq!(
        findings(&text),
        [
            "4:5: warning: the constant `vat` is never read [unused-constant]",
            "5:5: note: no rule and no price reads the parameter `gloss` [priceless-parameter]",
            "7:58: warning: the number `size.weight` is never read [unused-number]",
            "14:5: warning: the named value `silent` is never read and never shown [unused-value]",
            "16:14: warning: the table `p` is never read [unused-table]",
        ]
    );
}

#[test]
fn a_text_that_lacks_a_language_of_the_template_is_told() {
    let text = template("2", EXAMPLE)
        .replace(
            "\"name\": \"T\"",
            "\"name\": { \"ru\": \"Т\", \"en\": \"T\" }",
        )
        .replace("\"name\": \"Run\"", "\"name\": { \"ru\": \"Тираж\" }")
        .replace(
            "\"name\": \"Print\"",
            "\"name\": { \"en\": \"Print\", \"ru\": \"\" }",
        );
    assert_eq!(
        findings(&text),
        [
            "3:57: warning: expected a text in every language of the template, found none in `en` [missing-translation]",
            "4:39: warning: expected a text in every language of the template, found none in `ru` [missing-translation]",
        ]
    );
}

#[test]
fn default_answers_without_a_price_are_told_in_words() {
    let text = template("2", EXAMPLE).replace(", \"default\": 10", "");
    assert_eq!(
        findings(&text),
        [
            "3:18: warning: the default answers give no price: `run` (Run): expected a number from 1 to 100, found none [default-without-price]"
        ]
    );
}

#[test]
fn a_template_without_examples_is_told() {
    assert_eq!(
        findings(&template("2", "")),
        [
            "1:1: warning: expected worked examples that hold the template to its prices, found none [no-examples]"
        ]
    );
}

#[test]
fn the_number_of_combinations_is_bounded_and_the_bound_is_told() {
    let choice = |index: usize| {
        let values: Vec<String> = (0..20)
            .map(|value| format!(r#"{{ "key": "{value}", "label": "L" }}"#))
            .collect();
        format!(
            r#"{{ "key": "c{index}", "kind": "choice", "name": "C", "default": "0", "values": [{}] }},"#,
            values.join(", ")
        )
    };
    let choices: String = (0..40).map(choice).collect();
    let text =
        template("2", "").replace("\"parameters\": [", &format!("\"parameters\": [{choices}"));
    let ran = Folder::with(&text).tirage(&["template", "check", "t.json"]);
    assert!(
        ran.out
            .ends_with("20000 combinations tried, the most for a template of this size\n"),
        "{}",
        ran.out.lines().last().unwrap()
    );
}

/// A detail that repeats, with a table, numbers and values of its own.
const BLOCKS: &str = r#", "details": [{ "key": "block", "name": "Block", "repeat": { "max": 3 },
    "parameters": [
      { "key": "paper", "kind": "choice", "name": "Paper", "default": "a", "values": [
        { "key": "a", "label": "A", "numbers": { "sheet": 2, "grams": 80 } }] },
      { "key": "spare", "kind": "yes-no", "name": "Spare" }],
    "values": [{ "key": "sheets", "is": "run * 2" }, { "key": "idle", "is": "run" }],
    "operations": [{ "key": "fold", "name": "Fold", "optional": true, "lines": [
      { "key": "work", "name": "Folding", "price": "p[sheets] + paper.sheet" }] }] }],
  "values": [{ "key": "weight", "is": "sum(block, sheets * paper.grams)", "name": "Weight" }],
  "tables": [{ "key": "p", "axes": [{ "key": "sheets", "ranges": [[1, 200]] }], "cells": [3] }]"#;

#[test]
fn what_details_and_operations_read_is_used_and_what_they_do_not_is_told_once() {
    assert_eq!(
        findings(&template("2", &[BLOCKS, EXAMPLE].concat())),
        [
            "8:7: note: no rule and no price reads the parameter `block.1.spare` [priceless-parameter]",
            "9:54: warning: the named value `block.1.idle` is never read and never shown [unused-value]",
        ]
    );
}

#[test]
fn a_text_that_has_to_be_given_leaves_nothing_without_a_price() {
    let more = r#", "examples": [{ "name": "one", "answers": { "note": "x" }, "expect": { "total": 20 } }]"#;
    let text = template("2", more).replace(
        "\"parameters\": [",
        "\"parameters\": [{ \"key\": \"note\", \"kind\": \"text\", \"name\": \"Note\", \"required\": true },",
    );
    assert_eq!(findings(&text), Vec::<String>::new());
}

#[test]
fn a_comparison_that_also_holds_without_an_answer_is_a_note() {
    let with = |rule: &str, when: &str| {
        let text = with_choice(ABC, &format!("if {when} then 3 else 2"), EXAMPLE);
        let default = r#""default": "a","#;
        findings(&text.replace(default, &format!("{default} {rule}")))
    };
    let when = "size != 'a' and run > 20";
    assert_eq!(
        with(r#""available": "run > 10","#, when),
        [
            "10:57: note: a comparison of `size` by != holds as well while `size` has no answer or is not available; ask `answered(size)` too, or for the values that are meant [holds-when-absent]"
        ]
    );
    assert_eq!(with("", when), [""; 0]);
    let asked = "answered(size) and size != 'a' and run > 20";
    assert_eq!(with(r#""available": "run > 10","#, asked), [""; 0]);
    let meant = "size in ('b', 'c') and run > 20";
    assert_eq!(with(r#""available": "run > 10","#, meant), [""; 0]);
}

#[test]
fn a_choice_of_a_detail_that_is_left_out_has_no_answer_outside_of_it() {
    let detail = |optional: &str, when: &str| {
        let more = format!(
            r#", "details": [{{ "key": "cover", "name": "Cover"{optional},
    "parameters": [{{ "key": "paper", "kind": "choice", "name": "Paper", "default": "a", "values": [
      {{ "key": "a", "label": "A" }}, {{ "key": "b", "label": "B" }} ] }}],
    "lines": [{{ "key": "cover", "name": "Cover", "price": 1, "when": "paper != 'a'" }}] }}]{EXAMPLE}"#
        );
        findings(&template(&format!("if {when} then 3 else 2"), &more))
    };
    let outside = "cover.paper != 'a' and run > 20";
    let optional = r#", "optional": true, "default": true"#;
    let found = detail(optional, outside);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("a comparison of `cover.paper` by !="),
        "{found:?}"
    );
    assert_eq!(detail("", outside), [""; 0]);
}

#[test]
fn a_day_and_a_file_that_have_to_be_given_leave_nothing_without_a_price() {
    let asked = r#"{ "key": "ready", "kind": "date", "name": "Ready", "required": true },
        { "key": "art", "kind": "file", "name": "Art", "required": true },
        { "key": "now", "kind": "date", "name": "Now", "today": true },
        { "key": "size", "kind": "choice", "name": "Size", "default": "a", "values": ["#;
    let rule = r#"] },"#;
    let start = format!("\"parameters\": [{asked}{ABC}{rule}");
    let price = "if working_days(now, ready) < 3 or size = 'b' then 3 else 2";
    let plain = template(price, "").replace("\"parameters\": [", &start);
    let without = "expected worked examples that hold the template to its prices, found none";
    assert_eq!(findings(&plain).len(), 1);
    assert!(findings(&plain)[0].contains(without));
    // Only what an example says fits this rule.
    let forbid = r#", "forbid": [{ "when": "ready < date('2031-01-01')", "message": "Later" }]"#;
    let example = r#", "examples": [{ "name": "one", "expect": { "total": 20 },
        "answers": { "ready": "2031-02-03", "art": "a.pdf", "now": "2031-01-01" } }]"#;
    let ruled = template(price, &format!("{forbid}{example}"));
    let ruled = ruled.replace("\"parameters\": [", &start);
    assert_eq!(findings(&ruled), [""; 0]);
}

#[test]
fn a_row_for_a_key_that_no_choice_has_is_told() {
    let more = [
        r#", "tables": [{ "key": "p", "axes": [{ "key": "size", "keys": ["a", "b", "c", "bb"] }],
    "cells": ["2", "4", "3", "5"] }]"#,
        EXAMPLE,
    ]
    .concat();
    assert_eq!(
        findings(&with_choice(ABC, "p[size]", &more)),
        [
            "10:162: warning: the table `p` has a row `bb` for `size`, which is no value of any choice and in quotes in no expression [unknown-key]"
        ]
    );
    let asked = "if run > 50 then p['bb'] else p[size]";
    assert_eq!(findings(&with_choice(ABC, asked, &more)), [""; 0]);
    let asked = "if run > 50 then p[\"bb\"] else p[size]";
    assert_eq!(findings(&with_choice(ABC, asked, &more)), [""; 0]);
}

#[test]
fn prices_below_nothing_and_discounts_that_add_are_told() {
    let more = r#", "tables": [{ "key": "p", "axes": [{ "key": "size", "keys": ["a", "b", "c"] }],
    "cells": ["2", "-4", "3"] },
    { "key": "less", "axes": [{ "key": "size", "keys": ["a", "b", "c"] }], "cells": [0, "-1", 0] }],
    "examples": [{ "name": "ten", "answers": { "run": 100 }, "expect": { "total": "183" } }]"#;
    let lines = r#"{ "key": "plate", "name": "Plate", "price": -5 },
    { "key": "off", "name": "Off", "discount": true, "price": "less[size]" },
    { "key": "friend", "name": "Friend", "discount": true, "percent": 5, "of": ["plate"] },
    { "key": "tax", "name": "Tax", "vat": -22 }]"#;
    let text = with_choice(ABC, "p[size]", more).replace(
        "\"times\": \"run\" }]",
        &format!("\"times\": \"run\" }},\n    {lines}"),
    );
    let said = findings(&text);
    let signs = said.iter().filter(|line| line.contains("[wrong-sign]"));
    assert_eq!(
        signs.collect::<Vec<_>>(),
        [
            "11:49: warning: expected a price of 0 or more, found -5 in `line plate` [wrong-sign]",
            "13:71: warning: expected a discount of 0 % or less, found 5 in the line `friend` [wrong-sign]",
            "14:43: warning: expected a rate of 0 % or more, found -22 in the line `tax` [wrong-sign]",
            "15:20: warning: expected a price of 0 or more, found -4 in `p[b]` [wrong-sign]",
        ]
    );
}

#[test]
fn a_language_that_hardly_a_text_has_is_told_there() {
    let mut values = String::new();
    for key in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"] {
        let language = if key == "c" { "rus" } else { "ru" };
        let comma = if key == "k" { "" } else { ",\n      " };
        let label = format!(r#"{{ "key": "{key}", "label": {{ "{language}": "{key}" }} }}{comma}"#);
        values.push_str(&label);
    }
    assert_eq!(
        findings(&with_choice(
            &values,
            "if size = 'a' then 2 else 3",
            EXAMPLE
        )),
        [
            "7:30: warning: expected a text in every language of the template, found none in `ru` [missing-translation]",
            "7:39: warning: expected a language of the other texts, found `rus`, which 1 of 11 texts have [missing-translation]",
        ]
    );
}

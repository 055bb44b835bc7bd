//! Mistakes in templates, each with its exact place; exit codes; the JSON form.

use tirage_pricing::json::Json;

use crate::support::{EXAMPLE, Folder, template, tirage};

/// What `check` says of a template that is none, after the name of the file.
fn mistake(text: &str) -> String {
    let ran = Folder::with(text).tirage(&["template", "check", "t.json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(ran.err, "");
    ran.out
        .strip_prefix("t.json:")
        .unwrap()
        .trim_end()
        .to_owned()
}

#[test]
fn a_text_that_is_not_json_is_refused_where_it_stops_being_json() {
    assert_eq!(
        mistake("{\n  \"format\": 1,\n  \"ключ\": oops\n}"),
        "3:11: expected a JSON value, found `o`"
    );
    assert_eq!(
        mistake(""),
        "1:1: expected a JSON value, found the end of the text"
    );
}

#[test]
fn a_byte_order_mark_does_not_count() {
    assert_eq!(
        mistake("\u{feff}{x}"),
        "1:2: expected a key in quotes, found `x`"
    );
}

#[test]
fn a_value_of_another_shape_is_refused_at_the_value() {
    let text = template("2", "").replace("\"max\": 100", "\"max\": true");
    assert_eq!(
        mistake(&text),
        "3:71: expected a decimal number, found true"
    );
}

#[test]
fn a_missing_field_is_refused_at_the_object_that_lacks_it() {
    let text = template("2", "").replace("\"key\": \"run\", ", "");
    assert_eq!(mistake(&text), "3:18: expected a field `key`, found none");
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    let text = template("2", ", \"linse\": 1");
    let said = mistake(&text);
    assert!(
        said.starts_with("4:90: expected one of the fields "),
        "{said}"
    );
    assert!(said.ends_with("found the unknown field `linse`"), "{said}");
}

#[test]
fn a_mistake_in_an_expression_is_placed_inside_its_text() {
    assert_eq!(
        mistake(&template("2 * runn", "")),
        "4:62: expected a parameter or a named value, found the unknown name `runn`"
    );
    assert_eq!(
        mistake(&template("2 *", "")),
        "4:61: expected a name, a number, a text in quotes or `(`, found the end of the expression"
    );
}

#[test]
fn escapes_before_a_mistake_in_an_expression_are_counted_as_written() {
    let text =
        template("PRICE", "").replace("\"PRICE\"", r#""if \"a\" = \u0022b\u0022 then 1 oops""#);
    let said = mistake(&text);
    let column = text.lines().nth(3).unwrap().find("oops").unwrap() + 1;
    assert!(
        said.starts_with(&format!("4:{column}: expected ")),
        "{said}"
    );
}

#[test]
fn a_circle_is_refused_at_its_first_rule() {
    let more = r#", "values": [
    { "key": "a", "is": "b" },
    { "key": "b", "is": "a" }
  ]"#;
    assert_eq!(
        mistake(&template("a", more)),
        "5:25: expected rules without a circle, found a → b → a"
    );
}

#[test]
fn too_much_of_something_is_refused_with_the_limit() {
    let long = "1 + ".repeat(1_100) + "1";
    assert_eq!(
        mistake(&template(&long, "")),
        "4:57: expected at most 4000 characters of an expression, found 4401"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_still_checked() {
    let folder = Folder::with(&template("2", EXAMPLE));
    let ran = folder.tirage(&["template", "check", "none.json", "t.json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.starts_with("tirage: cannot read `none.json`: "),
        "{}",
        ran.err
    );
    assert!(
        ran.out.starts_with("t.json: 0 warnings, 0 notes; "),
        "{}",
        ran.out
    );
}

#[test]
fn warnings_fail_only_where_they_are_denied() {
    let folder = Folder::with(&template("2", ""));
    let lenient = folder.tirage(&["template", "check", "t.json"]);
    assert_eq!(lenient.code, 0, "{lenient:?}");
    assert!(lenient.out.contains("warning: "), "{lenient:?}");
    let strict = folder.tirage(&["template", "check", "--deny-warnings", "t.json"]);
    assert_eq!((strict.code, strict.out), (1, lenient.out));
}

#[test]
fn notes_are_never_denied() {
    let ran = tirage(&[
        "template",
        "check",
        "--deny-warnings",
        "examples/photo-printing.json",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains(": note: "), "{ran:?}");
}

#[test]
fn wrong_use_is_told_apart() {
    for arguments in [
        &["template", "check"][..],
        &["template", "chek", "t.json"],
        &["template", "check", "--strict", "t.json"],
    ] {
        assert_eq!(tirage(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn machines_get_every_finding_with_its_place() {
    let folder = Folder::with(&template("2", ""));
    let ran = folder.tirage(&["template", "check", "--json", "t.json"]);
    let json = Json::parse(&ran.out).unwrap();
    let Some(Json::List(files)) = json.get("files") else {
        panic!("{json}");
    };
    assert_eq!(files[0].get("file"), Some(&Json::text("t.json")));
    let Some(Json::List(findings)) = files[0].get("findings") else {
        panic!("{json}");
    };
    assert_eq!(findings[0].get("lint"), Some(&Json::text("no-examples")));
    assert_eq!(findings[0].get("line"), Some(&Json::integer(1)));
    assert_eq!(findings[0].get("severity"), Some(&Json::text("warning")));
}

#[test]
fn the_same_template_is_always_tried_with_the_same_answers() {
    let once = tirage(&["template", "check", "examples/business-cards.json"]);
    let again = tirage(&["template", "check", "examples/business-cards.json"]);
    assert_eq!(once.out, again.out);
}

#[test]
fn a_key_that_stands_twice_is_refused_at_its_second_place() {
    assert_eq!(
        mistake(
            "{\n  \"format\": 1,\n  \"key\": {\"a\": [1, {}]},\n  \"format\": 2,\n  \"name\": \"T\"\n}"
        ),
        "4:3: expected each key once, found `format` again"
    );
}

#[test]
fn a_day_without_its_function_is_no_subtraction() {
    assert_eq!(
        mistake(&template("2027-03-01", "")),
        "4:63: expected a number without a zero before it, or a day as date('2027-03-01'), found `03`"
    );
}

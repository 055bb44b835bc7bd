//! Templates fitted to products: what changes, what stays, what is refused.

use tirage_pricing::json::Json;
use tirage_pricing::{BindingError, Bound, Template, bind};

use super::documents::{bindings, flyers, mistakes_of_bindings};
use super::{canonical, price, text};

fn json(text: &str) -> Json {
    Json::parse(text).unwrap()
}

fn fitted(template: &str, changes: &str) -> Bound {
    let binding = json(&format!(r#"{{"format":1,{changes}}}"#));
    bind(&json(template), &binding).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(template: &str, changes: &str) -> String {
    let binding = json(&format!(r#"{{"format":1,{changes}}}"#));
    bind(&json(template), &binding).unwrap_err().to_string()
}

fn total(template: &Template, answers: &str) -> String {
    match price(template, answers) {
        Ok(price) => canonical(price.total),
        Err(problems) => problems.join(", "),
    }
}

/// A brochure: a detail with an optional operation, a detail that repeats, an order's operation.
fn brochure() -> String {
    text(
        r#""parameters":[{"key":"run","kind":"run","name":"Run","max":1000,"default":10},
            {"key":"format","kind":"choice","name":"Формат","default":"a4","values":[
                {"key":"a4","label":"A4 (210x297)","numbers":{"price":1}},{"key":"a3","label":"A3 (297x420)","numbers":{"price":2}}]}],
        "details":[
            {"key":"cover","name":"Cover",
             "parameters":[{"key":"paper","kind":"choice","name":"Paper","required":true,"values":[
                {"key":"p1","label":"One","numbers":{"price":1}},{"key":"p2","label":"Two","numbers":{"price":5}}]}],
             "lines":[{"key":"paper","name":"Paper","price":"paper.price","times":"run"}],
             "operations":[{"key":"lamination","name":"Lamination","optional":true,
                "parameters":[{"key":"film","kind":"choice","name":"Film","default":"matt","values":[{"key":"matt","label":"Matt"},{"key":"gloss","label":"Gloss"}]}],
                "lines":[{"key":"film","name":"Film","price":"if film = 'matt' then 1 else 3","times":"run"}]}]},
            {"key":"block","name":"Block","repeat":{"min":1,"max":3},
             "parameters":[{"key":"pages","kind":"pages","name":"Pages","max":100,"default":8}],
             "lines":[{"key":"print","name":"Print","price":"pages"}]}],
        "operations":[{"key":"packing","name":"Packing","optional":true,"default":true,
            "lines":[{"key":"work","name":"Work","price":7}]}],
        "values":[{"key":"sheets","is":"sum(block, pages)"}],
        "lines":[{"key":"print","name":"Print","price":"format.price","times":"run"}],
        "examples":[
            {"name":"small","answers":{"cover.paper":"p1"},"expect":{"total":35}},
            {"name":"large","answers":{"cover.paper":"p1","format":"a3"},"expect":{"total":45}}]"#,
    )
}

#[test]
fn the_bindings_of_the_reference_hold_to_their_examples() {
    let shown = bindings();
    assert_eq!(shown.len(), 2);
    for binding in shown {
        let bound = bind(&json(flyers()), &json(binding)).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(bound.template.failing_examples(), [], "{binding}");
        assert!(!bound.template.examples().is_empty());
        assert!(!bound.dropped_examples.is_empty(), "{binding}");
    }
}

#[test]
fn the_refusals_of_the_reference_are_the_messages_given() {
    let messages = [
        r#""parameters":{"format":{"name":"F"}}"#,
        r#""parameters":{"size":{"fixed":"a6"}}"#,
        r#""parameters":{"paper":{"values":{"offset_90":{"hidden":true}}}}"#,
        r#""parameters":{"run":{"only":[100,250,500],"default":50}}"#,
    ]
    .map(|changes| refused(flyers(), changes));
    assert_eq!(messages.join("\n"), mistakes_of_bindings());
}

#[test]
fn an_empty_binding_changes_nothing() {
    let template = json(&brochure());
    let bound = fitted(&brochure(), r#""template":"t""#);
    assert_eq!(bound.json, template);
    assert_eq!(bound.dropped_examples, Vec::<String>::new());
}

#[test]
fn words_change_in_every_scope_and_prices_stay() {
    let changes = r#""key":"t-2","name":"Catalogue","parameters":{
        "format":{"name":{"ru":"Размер"},"hint":"H","values":{"a3":{"label":"Large","help":"297 by 420"}}},
        "cover":{"name":"Outside"},
        "cover.paper":{"name":"Stock","values":{"p1":{"label":"Thin"}}},
        "cover.lamination":{"help":"Keeps dirt off"},
        "cover.lamination.film":{"values":{"gloss":{"label":"Shiny"}}},
        "block.pages":{"name":"Sides"}}"#;
    let bound = fitted(&brochure(), changes);
    let template = &bound.template;
    assert_eq!(
        (template.key(), template.name().get("en")),
        ("t-2", "Catalogue")
    );
    let named = |key: &str| {
        let found = template.parameters().iter().find(|one| one.key == key);
        found.unwrap().name.get("ru").to_owned()
    };
    assert_eq!(named("format"), "Размер");
    assert_eq!(named("cover.paper"), "Stock");
    assert_eq!(named("block.3.pages"), "Sides");
    assert_eq!(template.sections()[0].name.get("en"), "Outside");
    assert_eq!(total(template, r#"{"cover.paper":"p1"}"#), "35");
    assert_eq!(bound.dropped_examples, Vec::<String>::new());
}

#[test]
fn a_pinned_parameter_counts_whatever_is_answered() {
    let changes =
        r#""parameters":{"format":{"fixed":"a3"},"cover.paper":{"fixed":"p2","hidden":true}}"#;
    let bound = fitted(&brochure(), changes);
    assert_eq!(
        total(&bound.template, r#"{"format":"a4","cover.paper":"p1"}"#),
        "85"
    );
    assert_eq!(bound.dropped_examples, ["small", "large"]);
    assert_eq!(bound.template.failing_examples(), []);
}

#[test]
fn a_file_of_many_formats_serves_a_product_of_one() {
    let template = text(
        r#""parameters":[
            {"key":"format","kind":"choice","name":"Формат","default":"A4 (210x297)","values":[
                {"key":"A4 (210x297)","label":"A4 (210x297)"},{"key":"A3 (297x420)","label":"A3 (297x420)"}]},
            {"key":"colors","kind":"choice","name":"Красочность","default":"4+0","values":[
                {"key":"4+0","label":"4+0"},{"key":"4+4","label":"4+4"}]},
            {"key":"run","kind":"run","name":"Тираж","only":[100,500],"default":100}],
        "tables":[{"key":"price","axes":[{"key":"format"},{"key":"colors"},{"key":"run"}],"rows":[
            ["A4 (210x297)","4+0",100,"1"],["A3 (297x420)","4+0",100,"2"],["A3 (297x420)","4+4",100,"3"]]}],
        "lines":[{"key":"price","name":"Цена","price":"price[format, colors, run]","times":"run"}]"#,
    );
    let pinned = fitted(
        &template,
        r#""parameters":{"format":{"fixed":"A3 (297x420)"}}"#,
    )
    .template;
    assert_eq!(total(&pinned, "{}"), "200");
    assert_eq!(
        total(&pinned, r#"{"format":"A4 (210x297)","colors":"4+4"}"#),
        "300"
    );
    let tiers = r#""parameters":{"run":{"min":1,"max":1000,"default":1}},
        "prices":{"tables":[{"key":"tiers","axes":[{"key":"run","numbers":[1,100],"between":"step"}],"cells":[9,4]}],
            "lines":[{"key":"price","name":"Цена","price":"tiers[run]","times":"run"}]}"#;
    let own = fitted(&template, tiers);
    assert_eq!(total(&own.template, r#"{"run":150,"colors":"4+4"}"#), "600");
    assert_eq!(own.template.tables().len(), 1);
}

#[test]
fn operations_and_repeating_details_are_pinned_and_preset() {
    let fixed = fitted(
        &brochure(),
        r#""parameters":{"cover.lamination":{"fixed":true},"cover.lamination.film":{"default":"gloss"},"packing":{"fixed":false},"block":{"fixed":2}}"#,
    );
    let answers = r#"{"cover.paper":"p1","cover.lamination":false,"packing":true,"block":3}"#;
    assert_eq!(total(&fixed.template, r#"{"cover.paper":"p1"}"#), "66");
    assert_eq!(total(&fixed.template, answers), "out_of_bounds");
    let preset = fitted(
        &brochure(),
        r#""parameters":{"cover.lamination":{"default":true},"packing":{"default":false},"block":{"default":3}}"#,
    );
    assert_eq!(total(&preset.template, r#"{"cover.paper":"p1"}"#), "54");
    assert_eq!(total(&preset.template, answers), "51");
}

#[test]
fn hidden_values_are_not_offered() {
    let bound = fitted(
        &brochure(),
        r#""parameters":{"cover.paper":{"default":"p2","values":{"p1":{"hidden":true}}}}"#,
    );
    assert_eq!(total(&bound.template, r#"{"cover.paper":"p1"}"#), "75");
}

#[test]
fn own_prices_replace_every_line_and_keep_what_they_name() {
    let changes = r#""prices":{"values":[{"key":"twice","is":"sheets * 2"}],
        "lines":[{"key":"all","name":"All","price":"twice"}]}"#;
    let bound = fitted(&brochure(), changes);
    assert_eq!(bound.template.lines().len(), 1);
    assert_eq!(
        total(&bound.template, r#"{"cover.paper":"p1","block":2}"#),
        "32"
    );
    let kept = r#""prices":{"keep_tables":["sheet_price"],"lines":[{"key":"p","name":"P","price":"sheet_price[paper, sheets]"}]}"#;
    let bound = fitted(flyers(), kept);
    assert_eq!(total(&bound.template, r#"{"run":100}"#), "0.6");
}

#[test]
fn refusals_name_the_place_in_the_binding() {
    for (changes, said) in [
        (
            r#""parameter":{}"#,
            "/parameter: expected one of the fields format, template, key, name, parameters, prices, forbid, examples, found the unknown field `parameter`",
        ),
        (
            r#""template":"other""#,
            "/template: expected the template's key, the text \"t\", found the text \"other\"",
        ),
        (
            r#""parameters":{"block.2.pages":{"name":"P"}}"#,
            "/parameters/block.2.pages: expected the path of a parameter, a detail or an operation: one of run, format, cover, cover.paper, cover.lamination, cover.lamination.film, block, block.pages, packing, found `block.2.pages`",
        ),
        (
            r#""parameters":{"format":{"titel":"F"}}"#,
            "/parameters/format/titel: expected one of the fields name, hint, help, hidden, default, fixed, values, found the unknown field `titel`",
        ),
        (
            r#""parameters":{"format":{"values":{"a5":{"hidden":true}}}}"#,
            "/parameters/format/values/a5: expected the key of a value: one of a4, a3, found `a5`",
        ),
        (
            r#""parameters":{"format":{"values":{"a3":{"label":7}}}}"#,
            "/parameters/format/values/a3/label: expected a text, or an object of texts by language such as {\"en\": \"Run\"}, found the number 7",
        ),
        (
            r#""parameters":{"format":{"values":{"a3":{"hidden":true},"a4":{"hidden":true}}}}"#,
            "/parameters/format: expected a value that is not hidden, found none",
        ),
        (
            r#""parameters":{"cover.paper":{"hidden":true}}"#,
            "/parameters/cover.paper: expected a `default` or `fixed` for what is required and hidden, found neither",
        ),
        (
            r#""parameters":{"cover":{"fixed":true}}"#,
            "/parameters/cover/fixed: expected one of the fields name, hint, help, found the unknown field `fixed`",
        ),
        (
            r#""parameters":{"block":{"fixed":4}}"#,
            "/parameters/block/fixed: expected a whole number from 1 to 3, found the number 4",
        ),
        (
            r#""prices":{}"#,
            "/prices: expected a field `lines`, found none",
        ),
        (
            r#""prices":{"lines":[],"keep_tables":["p"]}"#,
            "/prices/keep_tables/0: expected the key of a table of the template, found the text \"p\"",
        ),
        (
            r#""prices":{"lines":[{"key":"x","name":"X","price":"1 +"}]}"#,
            "/prices/lines/0/price, column 4: expected a name, a number, a text in quotes or `(`, found the end of the expression",
        ),
        (
            r#""key":"Плохой""#,
            "/key: expected a key: small letters, digits and -, at most 64, found the text \"Плохой\"",
        ),
    ] {
        assert_eq!(refused(&brochure(), changes), said);
    }
}

#[test]
fn what_only_the_template_is_to_blame_for_is_told_as_such() {
    let template = brochure().replace("\"price\":\"pages\"", "\"price\":\"page\"");
    let error = bind(&json(&template), &json(r#"{"format":1}"#)).unwrap_err();
    assert!(matches!(error, BindingError::Template(_)), "{error}");
    let removed = refused(
        flyers(),
        r#""prices":{"lines":[{"key":"p","name":"P","price":"sheet_price[paper, 1]"}]}"#,
    );
    assert!(
        removed.starts_with("/prices/lines/0/price, column 1: "),
        "{removed}"
    );
}

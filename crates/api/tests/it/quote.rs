//! `POST /v1/quote`: the same engine as in the page, behind HTTP.

use serde_json::json;
use tirage_testkit::TestApp;

#[tokio::test]
async fn a_product_is_priced_with_lines_that_explain_the_total() {
    let app = TestApp::start().await;
    let body = json!({ "product": "cards", "answers": { "run": 600, "rounded": true } });
    let answer = app.post("/v1/quote", &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        answer.header("tirage-template"),
        app.revision("cards").await
    );
    let quote = answer.json();
    let run = &quote["runs"][0];
    assert_eq!(
        (&run["total"], &run["unit_price"]),
        (&json!("2388"), &json!("3.98"))
    );
    let amounts: Vec<_> = run["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["key"].as_str().unwrap(),
                line["amount"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(amounts, [("print", "1788"), ("corners", "600")]);
}

#[tokio::test]
async fn several_quantities_are_priced_at_once() {
    let app = TestApp::start().await;
    let template = app.revision("cards").await;
    let body = json!({ "template": template, "answers": {}, "runs": ["10", "100", "1000"] });
    let quote = app.post("/v1/quote", &body.to_string()).await.json();
    let totals: Vec<_> = quote["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["total"].as_str().unwrap())
        .collect();
    assert_eq!(totals, ["35", "298", "2100"]);
}

#[tokio::test]
async fn an_impossible_combination_is_an_answer_and_not_an_error() {
    let app = TestApp::start().await;
    let body = json!({ "product": "cards", "answers": { "run": 10, "method": "offset" } });
    let answer = app.post("/v1/quote", &body.to_string()).await;
    assert_eq!(answer.status, 200);
    let run = &answer.json()["runs"][0];
    assert_eq!(run["problems"][0]["code"], "no_such_combination");
    assert_eq!(run.get("total"), None);
}

#[tokio::test]
async fn problems_are_told_in_the_language_that_is_asked_for() {
    let app = TestApp::start().await;
    let russian = "ожидалось: число от 1 до 12000, получено: 0";
    for (locale, message) in [
        ("ru", russian),
        ("en-GB", "expected a number from 1 to 12000, found 0"),
        ("de", russian),
    ] {
        let body = json!({ "product": "cards", "answers": { "run": 0 }, "locale": locale });
        let problem =
            app.post("/v1/quote", &body.to_string()).await.json()["runs"][0]["problems"][0].clone();
        assert_eq!(
            problem,
            json!({
                "parameter": "run", "code": "out_of_bounds",
                "arguments": { "value": "0", "min": "1", "max": "12000" }, "message": message,
            })
        );
    }
    let silent = json!({ "product": "cards", "answers": { "run": 0 } });
    let quote = app.post("/v1/quote", &silent.to_string()).await.json();
    assert_eq!(quote["runs"][0]["problems"][0].get("message"), None);
    let body = json!({ "product": "cards", "answers": {}, "locale": "en_GB" });
    let refused = app.post("/v1/quote", &body.to_string()).await;
    assert_eq!(refused.refusal(), (422, "validation".to_owned()));
    assert_eq!(refused.json()["errors"][0]["pointer"], "/locale");
}

#[tokio::test]
async fn a_mistake_is_named_with_its_place() {
    let app = TestApp::start().await;
    let table = [
        (
            "{\"a\":",
            400,
            "malformed",
            "line 1, column 6: expected a JSON value, found the end of the text",
        ),
        (
            "{}",
            400,
            "malformed",
            "the document: expected a field `answers`, found none",
        ),
        (
            "[]",
            400,
            "malformed",
            "the document: expected an object, found a list of 0",
        ),
        (
            r#"{"answers":{"run":{}}}"#,
            400,
            "malformed",
            "/answers/run: expected an answer: true, false, a number, a text or a list of texts, found an object",
        ),
        (
            r#"{"answers":{},"answers":{}}"#,
            400,
            "malformed",
            "line 1, column 15: expected each key once, found `answers` again",
        ),
        (
            r#"{"answers":{}}"#,
            422,
            "validation",
            "the document: expected either a field `product` or a field `template`, found none",
        ),
        (
            r#"{"answers":{},"produkt":"x"}"#,
            400,
            "malformed",
            "/produkt: expected one of the fields product, template, answers, runs, locale, found the unknown field `produkt`",
        ),
        (
            r#"{"answers":{},"product":"mugs"}"#,
            404,
            "not_found",
            "there is no such product",
        ),
        (
            r#"{"answers":{},"template":"mugs"}"#,
            404,
            "not_found",
            "there is no such template",
        ),
    ];
    for (body, status, code, detail) in table {
        let answer = app.post("/v1/quote", body).await;
        assert_eq!(answer.refusal(), (status, code.to_owned()), "{body}");
        assert_eq!(answer.json()["detail"], detail, "{body}");
    }
}

#[tokio::test]
async fn a_table_of_runs_has_an_end() {
    let app = TestApp::start().await;
    let runs: Vec<String> = (1..=101).map(|run| run.to_string()).collect();
    let body = json!({ "product": "cards", "answers": {}, "runs": runs });
    let answer = app.post("/v1/quote", &body.to_string()).await;
    assert_eq!(answer.refusal(), (422, "validation".to_owned()));
    assert_eq!(answer.json()["errors"][0]["pointer"], "/runs");
}

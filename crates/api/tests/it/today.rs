//! The day that a template counts from: filled in where it is missing, and never an old one.

use serde_json::{Value, json};
use tirage_testkit::{CartBuilder, TestApp, TestDatabase};

/// A flyer is dearer on the day it is ordered for: the price tells which day was counted from.
async fn shop(settings: &str) -> TestApp {
    let app = TestApp::on(TestDatabase::Sqlite, settings).await;
    app.revise("flyers", |template| {
        let parameters = template["parameters"].as_array_mut().unwrap();
        parameters.push(
            json!({ "key": "today", "kind": "date", "name": "Today", "today": true,
            "min": "2026-01-01", "max": "2030-01-01" }),
        );
        parameters.push(json!({ "key": "ready", "kind": "date", "name": "Ready",
            "min": "2026-01-01", "max": "2030-01-01", "default": "2026-09-23" }));
        template["values"] = json!([{ "key": "left", "is": "days(today, ready)" }]);
        template["lines"] = json!([
            { "key": "print", "name": "Printing", "price": "0.5", "times": "run" },
            { "key": "urgent", "name": "Urgent", "when": "left < 2", "price": "100" }]);
    })
    .await;
    app
}

async fn total(app: &TestApp, answers: Value) -> Value {
    let body = json!({ "product": "flyers", "answers": answers });
    let answer = app.post("/v1/quote", &body.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["runs"][0]["total"].clone()
}

async fn submit(app: &TestApp, key: &str, answers: Value, total: &str) -> (u16, Value) {
    let revision = app.revision("flyers").await;
    let cart = CartBuilder::new().line("flyers", &revision, answers, total);
    let answer = app.submit(key, &cart.total(total).text()).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn a_missing_day_is_the_shop_s_own() {
    // It is 14:13 on the 21st in Greenwich, and the 22nd in Vladivostok.
    let app = shop("").await;
    assert_eq!(total(&app, json!({ "run": 100 })).await, "50");
    let far = shop("[shop]\ntime_zone = \"Asia/Vladivostok\"\n").await;
    assert_eq!(total(&far, json!({ "run": 100 })).await, "150");
    assert_eq!(
        submit(&far, "key-0001", json!({ "run": 100 }), "150")
            .await
            .0,
        201
    );
}

#[tokio::test]
async fn a_line_of_an_old_day_comes_back_with_the_quote_of_today() {
    let app = shop("").await;
    let answers = json!({ "run": 100, "today": "2026-09-21" });
    let (status, _) = submit(&app, "key-0001", answers.clone(), "50").await;
    assert_eq!(status, 201);

    app.clock.advance(2 * 24 * 3_600_000);
    let (status, refusal) = submit(&app, "key-0002", answers, "50").await;
    assert_eq!((status, &refusal["code"]), (409, &json!("day_changed")));
    let line = &refusal["lines"][0];
    assert_eq!(line["code"], "day_changed");
    assert_eq!(line["quote"]["runs"][0]["total"], "150");
    let fields = line["quote"]["fields"].as_array().unwrap();
    let today = fields.iter().find(|field| field["parameter"] == "today");
    assert_eq!(today.unwrap()["answer"], "2026-09-23");

    let answers = json!({ "run": 100, "today": "2026-09-23" });
    assert_eq!(submit(&app, "key-0003", answers, "150").await.0, 201);
}

#[tokio::test]
async fn a_day_that_has_not_come_anywhere_is_none_to_count_from() {
    let app = shop("").await;
    let answers = json!({ "run": 100, "today": "2026-09-22" });
    assert_eq!(
        submit(&app, "key-0001", answers, "150").await.0,
        201,
        "the buyer is in the east"
    );
    let answers = json!({ "run": 100, "today": "2026-09-23" });
    let (status, refusal) = submit(&app, "key-0002", answers, "150").await;
    assert_eq!((status, &refusal["code"]), (409, &json!("day_changed")));
}

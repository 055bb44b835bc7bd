//! Categories of the shop, and the options that they, their views and their products have.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use tirage_pricing::ENGINE;
use tirage_testkit::{TestApp, TestDatabase};

/// Two categories over the products of every test.
const SETTINGS: &str = r#"
[[categories]]
key = "paper"
name = { ru = "Бумага", en = "Paper" }
products = [
  { key = "flyers", attributes = { size = "large" } },
  { key = "cards", attributes = { size = "small" } },
]
options = { unit_price = false, continue_label = "Next" }

[[categories.attributes]]
key = "size"
name = "Size"
values = [{ key = "large", name = "A5" }, { key = "small", name = "Pocket" }]

[[categories.views]]
key = "editor"
options = { continue_label = { ru = "К макету", en = "Back" } }
products = ["cards"]

[[categories]]
key = "all"
name = "All"
products = ["cards"]
"#;

async fn shop() -> TestApp {
    TestApp::on(TestDatabase::Sqlite, SETTINGS).await
}

#[tokio::test]
async fn a_category_names_its_products_with_what_they_differ_in() {
    let app = shop().await;
    let answer = app.get("/v1/categories/paper").await;
    let category = answer.json();
    assert_eq!(category["name"], json!({ "en": "Paper", "ru": "Бумага" }));
    let products = category["products"].as_array().unwrap();
    let attributes: Vec<_> = products
        .iter()
        .map(|it| (it["product"].as_str().unwrap(), &it["attributes"]["size"]))
        .collect();
    let (large, small) = (json!("large"), json!("small"));
    assert_eq!(attributes, [("flyers", &large), ("cards", &small)]);
    let revision = app.revision("flyers").await;
    assert_eq!(products[0]["template"]["revision"], revision);
    assert_eq!(products[0]["currency"], "RUB");
    assert_eq!(category["attributes"][0]["values"][1]["name"], "Pocket");
    assert_eq!(category["options"]["unit_price"], false);
    assert_eq!(category["views"][0]["products"], json!(["cards"]));

    let list = app.get("/v1/categories").await.json();
    assert_eq!(list["categories"][0], category);
    assert_eq!(list["categories"][1]["attributes"], json!([]));
}

#[tokio::test]
async fn a_category_is_asked_again_only_for_what_changed() {
    let app = shop().await;
    let first = app.get("/v1/categories/paper").await;
    let again = async || {
        let request = Request::get("/v1/categories/paper");
        let request = request.header("if-none-match", first.header("etag"));
        app.send(request.body(Body::empty()).unwrap()).await
    };
    assert_eq!(again().await.status, 304);
    app.revise("cards", |template| template["name"] = json!("Other"))
        .await;
    let changed = again().await.json();
    assert_eq!(changed["products"][1]["name"], "Other");
}

async fn options(app: &TestApp, question: &str) -> Value {
    let path = format!("/v1/calculators/cards{question}");
    app.get(&path).await.json()["options"].clone()
}

#[tokio::test]
async fn a_view_counts_before_the_product_and_that_before_the_category() {
    let app = shop().await;
    publish(&app, OPTIONS).await;
    let own = json!({ "unit_price": true, "theme": "compact" });
    assert_eq!(options(&app, "").await, own);
    assert_eq!(options(&app, "?category=all").await, own);
    assert_eq!(options(&app, "?category=all&view=").await, own);
    assert_eq!(options(&app, "?category=&view=").await, own);
    let mut paper = own.clone();
    paper["continue_label"] = json!("Next");
    assert_eq!(options(&app, "?category=paper").await, paper);
    assert_eq!(options(&app, "?category=paper&view=page").await, paper);
    paper["continue_label"] = json!({ "en": "Back", "ru": "К макету" });
    assert_eq!(options(&app, "?category=paper&view=editor").await, paper);
}

/// Options of `cards`.
const OPTIONS: &str = r#"{"unit_price":true,"theme":"compact"}"#;

#[tokio::test]
async fn what_the_widget_loads_has_the_options_and_changes_with_them() {
    let app = shop().await;
    let path = |question: &str| format!("/v1/programs/{ENGINE:08x}/cards{question}");
    let plain = app.get(&path("")).await;
    publish(&app, OPTIONS).await;
    let request = Request::get(path("")).header("if-none-match", plain.header("etag"));
    let changed = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(changed.status, 200);
    let length = u32::try_from(OPTIONS.len()).unwrap().to_le_bytes();
    let head = [&plain.body[..64], &length, OPTIONS.as_bytes()].concat();
    assert!(changed.body.starts_with(&head));
    assert_eq!(changed.body[head.len()..], plain.body[64 + 4 + 2..]);

    let shown = app.get(&path("?category=paper&view=editor")).await;
    let text = String::from_utf8_lossy(&shown.body[68..]).into_owned();
    assert!(text.starts_with("{\"continue_label\":{"), "{text}");
    let nowhere = app.get(&path("?category=paper&view=shelf")).await;
    assert_eq!(nowhere.refusal(), (404, "not_found".to_owned()));
}

async fn publish(app: &TestApp, options: &str) {
    let products = app.app.storage.products();
    let known = products.find(&"main".into(), "cards").await.unwrap();
    let known = known.unwrap();
    let changed = tirage_storage::NewProduct {
        shop: known.shop,
        key: known.key,
        name: known.name,
        template: known.template,
        position: known.position,
        options: options.to_owned(),
    };
    products
        .publish(&changed, tirage_testkit::START)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_options_of_the_settings_are_those_in_force_after_a_start() {
    let app = shop().await;
    publish(&app, r#"{"unit_price":true}"#).await;
    tirage_api::publish(&app.app).await.unwrap();
    assert_eq!(options(&app, "").await, json!({}));
}

#[tokio::test]
async fn what_no_category_has_is_not_found() {
    let app = shop().await;
    for path in [
        "/v1/categories/mugs",
        "/v1/calculators/cards?category=mugs",
        "/v1/calculators/cards?category=paper&view=shelf",
        "/v1/calculators/flyers?category=all",
        "/v1/calculators/flyers?category=paper&view=editor",
    ] {
        let refusal = app.get(path).await.refusal();
        assert_eq!(refusal, (404, "not_found".to_owned()), "{path}");
    }
    let twice = app.get("/v1/calculators/cards?view=a&view=b").await;
    assert_eq!(twice.refusal(), (400, "malformed".to_owned()));
}

//! The catalogue and the templates: what a page loads before it shows a price.

use axum::body::Body;
use http::Request;
use serde_json::json;
use tirage_pricing::{Answers, ENGINE, Template};
use tirage_testkit::{Exchange, TestApp};

async fn if_none_match(app: &TestApp, path: &str, etag: &str) -> Exchange {
    let request = Request::get(path).header("if-none-match", etag);
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_catalogue_lists_the_products_in_their_order() {
    let app = TestApp::start().await;
    let catalogue = app.get("/v1/calculators").await.json();
    let keys: Vec<_> = catalogue["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["product"].as_str().unwrap())
        .collect();
    assert_eq!(keys, ["cards", "flyers"]);
}

#[tokio::test]
async fn a_calculator_names_its_template_and_changes_with_it() {
    let app = TestApp::start().await;
    let first = app.get("/v1/calculators/cards").await;
    let revision = app.revision("cards").await;
    assert_eq!(
        first.json(),
        json!({
            "product": "cards",
            "shop": "main",
            "name": { "ru": "Визитки", "en": "Cards" },
            "currency": "RUB",
            "template": { "revision": revision, "url": format!("/v1/templates/{revision}"),
                          "program": format!("/v1/programs/{ENGINE:08x}/cards") },
            "options": {}
        })
    );
    let etag = first.header("etag").to_owned();
    let again = if_none_match(&app, "/v1/calculators/cards", &etag).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    app.revise("cards", |template| template["currency"] = json!("EUR"))
        .await;
    let changed = if_none_match(&app, "/v1/calculators/cards", &etag).await;
    assert_eq!(changed.status, 200);
    assert_eq!(changed.json()["currency"], "EUR");
}

#[tokio::test]
async fn a_template_is_served_for_ever_under_the_hash_of_its_text() {
    let app = TestApp::start().await;
    let revision = app.revision("cards").await;
    let path = format!("/v1/templates/{revision}");
    let answer = app.get(&path).await;
    assert_eq!(answer.json()["key"], "cards");
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let again = if_none_match(&app, &path, answer.header("etag")).await;
    assert_eq!(again.status, 304);
    app.revise("cards", |template| template["name"] = json!("Other"))
        .await;
    assert_eq!(app.get(&path).await.json()["name"]["en"], "Cards");
}

#[tokio::test]
async fn a_program_prices_like_the_template_in_force_and_names_its_revision() {
    let app = TestApp::start().await;
    let path = format!("/v1/programs/{ENGINE:08x}/cards");
    let answer = app.get(&path).await;
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    let caching = answer.header("cache-control");
    assert!(caching.starts_with("public, max-age=30,"), "{caching}");
    let (revision, rest) = answer.body.split_at(64);
    let program = rest.strip_prefix(b"\x02\0\0\0{}").unwrap();
    let revision = std::str::from_utf8(revision).unwrap();
    assert_eq!(revision, app.revision("cards").await);
    let text = app.get(&format!("/v1/templates/{revision}")).await.body;
    let template = Template::parse(std::str::from_utf8(&text).unwrap()).unwrap();
    let program = Template::unpack(program).unwrap();
    let runs = [1, 100, 1_000].map(Into::into);
    assert_eq!(
        program.quote(&Answers::new(), &runs),
        template.quote(&Answers::new(), &runs)
    );
    let etag = answer.header("etag").to_owned();
    let again = if_none_match(&app, &path, &etag).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    app.revise("cards", |template| template["name"] = json!("Other"))
        .await;
    let other = if_none_match(&app, &path, &etag).await;
    assert_eq!(other.status, 200);
    assert!(!other.body.starts_with(revision.as_bytes()));
}

#[tokio::test]
async fn a_widget_of_another_build_is_told_that_its_engine_is_not_served() {
    let app = TestApp::start().await;
    for engine in [format!("{:08x}", ENGINE ^ 1), "1".to_owned()] {
        let path = format!("/v1/programs/{engine}/cards");
        let refusal = app.get(&path).await.refusal();
        assert_eq!(refusal, (404, "engine_not_served".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let hash = "0".repeat(64);
    let paths = [
        "/v1/calculators/mugs".to_owned(),
        "/v1/calculators/%ff".to_owned(),
        format!("/v1/templates/{hash}"),
        format!("/v1/programs/{ENGINE:08x}/mugs"),
        "/v1/templates/..%2F..%2Fetc%2Fpasswd".to_owned(),
        "/v1/orders/nobody".to_owned(),
        "/v1/nothing".to_owned(),
        "/nothing".to_owned(),
    ];
    for path in paths {
        let refusal = app.get(&path).await.refusal();
        assert_eq!(refusal, (404, "not_found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn publishing_the_same_file_again_makes_no_new_revision() {
    let app = TestApp::start().await;
    let before = app.get("/v1/calculators").await;
    app.clock.advance(60_000);
    tirage_api::publish(&app.app).await.unwrap();
    let (products, shop) = (app.app.storage.products(), "main".into());
    let history = products.history(&shop, "cards").await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].published, tirage_testkit::START);
    assert_eq!(app.get("/v1/calculators").await.body, before.body);
}

#[tokio::test]
async fn a_large_answer_is_compressed_for_who_can_read_it() {
    let app = TestApp::start().await;
    let path = format!("/v1/templates/{}", app.revision("cards").await);
    let request = Request::get(&path).header("accept-encoding", "gzip, br");
    let answer = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert!(answer.body.len() < app.get(&path).await.body.len() / 2);
}

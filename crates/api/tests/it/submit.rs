//! `POST /v1/orders`: one order per key, whatever happens on the way.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tirage_testkit::{CartBuilder, TestApp, TestDatabase};

crate::on_both!(
    an_order_is_stored_with_its_lines_and_its_page,
    the_same_key_and_cart_is_the_same_order,
    the_same_key_with_another_cart_is_refused,
    a_hundred_submits_at_once_with_one_key_are_one_order,
    a_repeated_submit_succeeds_even_when_the_price_has_changed_since,
    a_revised_template_is_told_with_the_new_quote,
    several_lines_are_one_order,
    lines_of_a_group_stay_together_up_to_the_print_house,
    shipping_and_the_wanted_day_are_stored_with_the_consent,
    every_mistake_in_shipping_is_named,
);

async fn an_order_is_stored_with_its_lines_and_its_page(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app
        .cart()
        .await
        .with("/comment", json!("до 12:00\r\nсрочно"));
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let receipt = answer.json();
    let token = receipt["token"].as_str().unwrap();
    assert!(token.len() >= 26, "{token}");
    assert_eq!(
        receipt,
        json!({
            "number": "T-10001", "token": token, "url": format!("/orders/{token}"),
            "status": "placed", "total": "2388", "currency": "RUB"
        })
    );
    let page = app
        .get(&format!("/v1{}", receipt["url"].as_str().unwrap()))
        .await
        .json();
    assert_eq!(
        page,
        json!({
            "number": "T-10001", "placed_at": "2026-09-21T14:13:20Z", "status": "placed",
            "forwarding": "sending", "total": "2388", "currency": "RUB",
            "lines": [{
                "product": "cards", "name": { "ru": "Визитки", "en": "Cards" }, "run": "600",
                "total": "2388",
                "summary": [
                    { "name": { "ru": "Тираж", "en": "Run" }, "value": { "ru": "600 шт.", "en": "600 pcs" } },
                    { "name": { "ru": "Печать", "en": "Printing" }, "value": { "ru": "Цифровая", "en": "Digital" } },
                    { "name": { "ru": "Скруглить углы", "en": "Rounded corners" }, "value": { "ru": "да", "en": "yes" } }
                ]
            }]
        })
    );
}

async fn the_same_key_and_cart_is_the_same_order(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app.cart().await;
    let first = app.submit("key-0001", &cart.text()).await;
    // The same cart in other words: spaces, order of the fields, a number as a text.
    let other = format!(
        "  {}\n",
        cart.clone().with("/lines/0/total", json!("2388.00")).text()
    );
    let again = app.submit("key-0001", &other).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
    assert_eq!(first.json(), again.json());
    let another = app.submit("key-0002", &cart.text()).await.json();
    assert_eq!(another["number"], "T-10002");
}

async fn the_same_key_with_another_cart_is_refused(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.order("key-0001").await;
    let other = app.cart().await.with("/comment", json!("другой"));
    let answer = app.submit("key-0001", &other.text()).await;
    assert_eq!(answer.refusal(), (422, "idempotency_key_reused".to_owned()));
}

async fn a_hundred_submits_at_once_with_one_key_are_one_order(database: TestDatabase) {
    let app = Arc::new(TestApp::on(database, "").await);
    let cart = app.cart().await.text();
    let submits = (0..100).map(|_| {
        let (app, cart) = (Arc::clone(&app), cart.clone());
        tokio::spawn(async move { app.submit("key-0001", &cart).await })
    });
    let (mut created, mut receipts) = (0, BTreeSet::new());
    for submit in submits.collect::<Vec<_>>() {
        let answer = submit.await.unwrap();
        created += usize::from(answer.status == 201);
        assert!(answer.status.is_success(), "{}", answer.text());
        receipts.insert(answer.text());
    }
    assert_eq!((created, receipts.len()), (1, 1));
    assert_eq!(app.forward().await, 1);
    assert_eq!(app.emulator.orders().len(), 1);
}

async fn a_repeated_submit_succeeds_even_when_the_price_has_changed_since(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app.cart().await.text();
    let first = app.submit("key-0001", &cart).await;
    app.revise("cards", |template| template["lines"][1]["price"] = json!(2))
        .await;
    let again = app.submit("key-0001", &cart).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(again.json(), first.json());
}

async fn a_revised_template_is_told_with_the_new_quote(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app.cart().await;
    let revision = app
        .revise("cards", |template| template["lines"][1]["price"] = json!(2))
        .await;
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.refusal(), (409, "template_changed".to_owned()));
    let line = &answer.json()["lines"][0];
    assert_eq!(
        (&line["line"], &line["code"]),
        (&json!(0), &json!("template_changed"))
    );
    assert_eq!(line["template"]["revision"], revision);
    assert_eq!(line["quote"]["runs"][0]["total"], "2988");
    // What the buyer then confirms is ordered.
    let confirmed = cart
        .with("/lines/0/template", json!(revision))
        .with("/lines/0/total", json!("2988"))
        .total("2988");
    assert_eq!(app.submit("key-0001", &confirmed.text()).await.status, 201);
}

async fn several_lines_are_one_order(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app
        .cart()
        .await
        .line(
            "flyers",
            &app.revision("flyers").await,
            json!({ "run": 50 }),
            "27.5",
        )
        .line("flyers", &app.revision("flyers").await, json!({}), "550")
        .total("2965.5");
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let page = app
        .get(&format!("/v1{}", answer.json()["url"].as_str().unwrap()))
        .await
        .json();
    let totals: Vec<&Value> = page["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["total"])
        .collect();
    assert_eq!(totals, ["2388", "27.5", "550"]);
}

async fn lines_of_a_group_stay_together_up_to_the_print_house(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let group = json!({ "id": "office-1", "name": { "ru": "Для офиса", "en": "For the office" } });
    let flyers = app.revision("flyers").await;
    let cart = app
        .cart()
        .await
        .line("flyers", &flyers, json!({ "run": 50 }), "27.5")
        .line("flyers", &flyers, json!({}), "550")
        .with("/lines/1/group", group.clone())
        .with("/lines/2/group", group.clone())
        .total("2965.5");
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    let page = app.get(&format!("/v1{url}")).await.json();
    let groups: Vec<&Value> = page["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["group"])
        .collect();
    assert_eq!(groups, [&Value::Null, &group, &group]);
    app.forward().await;
    let sent = app.emulator.orders().remove(0).order;
    let names: Vec<&Value> = sent["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["group"])
        .collect();
    assert_eq!(
        names,
        [&Value::Null, &json!("Для офиса"), &json!("Для офиса")]
    );
}

#[tokio::test]
async fn a_group_that_cannot_be_shown_is_refused_by_its_place() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let line = cart.json()["lines"][0].clone();
    let cart = cart.with("/lines", json!([line, line, line, line]));
    let group = |id: &str, name: &str| json!({ "id": id, "name": name });
    let cart = cart
        .with("/lines/0/group", group("a b", "Офис"))
        .with("/lines/1/group", group("c", "Офис\nи склад"))
        .with("/lines/2/group", group("d", ""))
        .with("/lines/3/group", group("d", "Склад"));
    let expected = [
        "/lines/0/group/id",
        "/lines/1/group/name",
        "/lines/2/group/name",
        "/lines/3/group/name",
    ];
    assert_eq!(wrong_places(&app, &cart).await, expected);
}

/// Where a cart is wrong, as the service says it, in alphabetical order.
async fn wrong_places(app: &TestApp, cart: &CartBuilder) -> Vec<String> {
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.refusal(), (422, "validation".to_owned()));
    let problem = answer.json();
    let errors = problem["errors"].as_array().unwrap().iter();
    let mut places: Vec<String> = errors
        .map(|error| error["pointer"].as_str().unwrap().to_owned())
        .collect();
    places.sort();
    places
}

#[tokio::test]
async fn a_key_is_needed_and_must_look_like_one() {
    let app = TestApp::start().await;
    let cart = app.cart().await.text();
    let refusal = (400, "idempotency_key_missing".to_owned());
    assert_eq!(app.post("/v1/orders", &cart).await.refusal(), refusal);
    for key in ["short", "with space in it", &"k".repeat(256)] {
        assert_eq!(app.submit(key, &cart).await.refusal(), refusal, "{key}");
    }
    assert_eq!(app.submit(&"k".repeat(255), &cart).await.status, 201);
}

#[tokio::test]
async fn everything_wrong_with_a_cart_is_told_at_once_with_its_place() {
    let app = TestApp::start().await;
    let cart = app
        .cart()
        .await
        .with("/customer/phone", json!("позвоните"))
        .with("/customer/email", json!("anna"))
        .with("/customer/name", json!("  "))
        .with("/locale", json!("русский"))
        .with("/lines/0/answers/note", json!("a\u{7}b"));
    let expected = [
        "/customer/email",
        "/customer/name",
        "/customer/phone",
        "/lines/0/answers/note",
        "/locale",
    ];
    assert_eq!(wrong_places(&app, &cart).await, expected);
}

#[tokio::test]
async fn a_customer_is_stored_in_one_written_form() {
    let app = TestApp::start().await;
    let cart = app
        .cart()
        .await
        .with("/customer/phone", json!("8 (900) 000-00-00"));
    assert_eq!(app.submit("key-0001", &cart.text()).await.status, 201);
    app.forward().await;
    let sent = app.emulator.orders().remove(0).order.to_string();
    assert!(sent.contains("+79000000000"), "{sent}");
}

#[tokio::test]
async fn an_empty_cart_and_an_endless_one_are_refused() {
    let app = TestApp::start().await;
    let revision = app.revision("flyers").await;
    let line = |cart: CartBuilder| cart.line("flyers", &revision, json!({ "run": 50 }), "27.5");
    let full = (0..200)
        .fold(CartBuilder::new(), |cart, _| line(cart))
        .total("5500");
    for cart in [CartBuilder::new(), line(full.clone())] {
        let answer = app.submit("key-0001", &cart.text()).await;
        assert_eq!(answer.refusal(), (422, "validation".to_owned()));
        assert_eq!(answer.json()["errors"][0]["pointer"], "/lines");
    }
    assert_eq!(app.submit("key-0001", &full.text()).await.status, 201);
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_order() {
    let app = TestApp::on(
        TestDatabase::Sqlite,
        "[shop]\nallowed_origins = [\"https://shop.example\"]\n",
    )
    .await;
    let cart = app.cart().await.text();
    let submit = async |origin: &str| {
        let request = http::Request::post("/v1/orders")
            .header("content-type", "application/json")
            .header("idempotency-key", "key-0001")
            .header("origin", origin)
            .body(axum::body::Body::from(cart.clone()));
        app.send(request.unwrap()).await
    };
    for origin in ["https://shop.example.evil.net", "https://evil.net", "null"] {
        let answer = submit(origin).await;
        assert_eq!(answer.refusal(), (403, "forbidden".to_owned()), "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    let answer = submit("https://shop.example").await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://shop.example"
    );
}

async fn shipping_and_the_wanted_day_are_stored_with_the_consent(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app.cart().await.with("/consent", json!(true));
    let cart = cart.with("/issue_date", json!("2026-12-01")).with(
        "/shipping",
        json!({
            "method": "courier", "address": " Москва, Тверская, 1 ",
            "recipient": { "name": "Олег", "phone": "8 (900) 765-43-21" }
        }),
    );
    let answer = app.submit("key-0001", &cart.text()).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let receipt = answer.json();
    let token = tirage_storage::OrderToken::new(receipt["token"].as_str().unwrap());
    let stored = app.app.storage.orders().by_token(&token).await;
    let stored = stored.unwrap().unwrap();
    let shipping: Value = serde_json::from_str(&stored.shipping.unwrap()).unwrap();
    let expected = json!({
        "method": "courier", "address": "Москва, Тверская, 1",
        "recipient": { "name": "Олег", "phone": "+79007654321" }
    });
    assert_eq!(shipping, expected);
    assert_eq!(stored.consent_at, Some(stored.head.placed_at));
    let path = format!("/v1{}", receipt["url"].as_str().unwrap());
    let page = app.get(&path).await.json();
    assert_eq!(page["shipping_method"], "courier");
    assert_eq!(page["issue_date"], "2026-12-01");
    assert!(page.get("shipping").is_none(), "an address needs no page");
}

async fn every_mistake_in_shipping_is_named(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let cart = app.cart().await.with("/consent", json!(false));
    let cart = cart.with("/issue_date", json!("2020-01-01"));
    let cart = cart.with(
        "/shipping",
        json!({ "method": "post", "recipient": { "name": " ", "phone": "call" } }),
    );
    let expected = [
        "/consent",
        "/issue_date",
        "/shipping/address",
        "/shipping/recipient/name",
        "/shipping/recipient/phone",
    ];
    assert_eq!(wrong_places(&app, &cart).await, expected);
}

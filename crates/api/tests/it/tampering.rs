//! A client may send anything. Either it gets an order at the engine's own price for answers that
//! count exactly as given, or it gets no order: never one at a wrong price.

use serde_json::{Value, json};
use tirage_testkit::{CartBuilder, Exchange, TestApp};

/// Sends a bent cart and expects a refusal and no order.
async fn refused(app: &TestApp, cart: &str, expected: (u16, &str)) -> Exchange {
    let answer = app.submit("key-0001", cart).await;
    assert!(!answer.status.is_success(), "accepted: {cart}");
    let (status, code) = answer.refusal();
    assert_eq!(
        (status, code.as_str()),
        expected,
        "{cart}\n{}",
        answer.text()
    );
    assert_eq!(app.forward().await, 0, "an order was made of {cart}");
    answer
}

#[tokio::test]
async fn a_price_that_is_not_ours_is_refused() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let changed = (409, "price_changed");
    let malformed = (400, "malformed");
    let prices: [(Value, (u16, &str)); 14] = [
        (json!("2387.99"), changed),
        (json!("2388.01"), changed),
        (json!("0"), changed),
        (json!("-2388"), changed),
        (json!(0), changed),
        (json!(2387), changed),
        (json!("79228162514264337593543950335"), changed),
        (json!("2.388e3"), malformed),
        (json!("９"), malformed),
        (json!("٢٣٨٨"), malformed),
        (json!("NaN"), malformed),
        (json!(""), malformed),
        (json!(null), malformed),
        (json!({ "amount": "2388" }), malformed),
    ];
    for (price, expected) in prices {
        let bent = cart.clone().with("/lines/0/total", price.clone());
        refused(&app, &bent.text(), expected).await;
        let bent = cart.clone().with("/total", price.clone());
        refused(&app, &bent.text(), expected).await;
        let both = cart
            .clone()
            .with("/lines/0/total", price.clone())
            .with("/total", price);
        refused(&app, &both.text(), expected).await;
    }
    // An exponent and too many digits, which a JSON value here cannot express.
    for price in [
        "2388e0", "2.388E3", "1e400", "02388", "+2388", "2388.", ".5",
    ] {
        let text = cart.text().replacen("\"2388\"", price, 1);
        refused(&app, &text, malformed).await;
    }
    let huge = cart.text().replacen("\"2388\"", &"9".repeat(40), 1);
    refused(&app, &huge, malformed).await;
}

#[tokio::test]
async fn a_changed_quantity_or_option_needs_its_own_price() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let answers = [
        ("run", json!(12000)),
        ("run", json!(599)),
        ("rounded", json!(false)),
        ("run", json!("601")),
    ];
    for (name, answer) in answers {
        let bent = cart
            .clone()
            .with(&format!("/lines/0/answers/{name}"), answer);
        let told = refused(&app, &bent.text(), (409, "price_changed")).await;
        assert!(told.json()["lines"][0]["quote"]["runs"][0]["total"].is_string());
    }
}

#[tokio::test]
async fn an_answer_that_does_not_count_as_given_is_refused() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let answers = [
        // No such quantity.
        ("run", json!(0)),
        ("run", json!(-600)),
        ("run", json!(12001)),
        ("run", json!(600.5)),
        ("run", json!("600.5")),
        ("run", json!("６００")),
        ("run", json!("6e2")),
        ("run", json!(true)),
        ("run", json!(["600"])),
        // No such value, no such parameter, no such kind.
        ("method", json!("letterpress")),
        ("method", json!(0)),
        ("discount", json!("100")),
        ("Run", json!(600)),
        ("rounded", json!("yes")),
        ("vat", json!(0)),
        ("extras", json!(["box", "box2"])),
        ("note", json!("x".repeat(101))),
    ];
    for (name, answer) in answers {
        let bent = cart
            .clone()
            .with(&format!("/lines/0/answers/{name}"), answer);
        let told = refused(&app, &bent.text(), (422, "not_priced")).await;
        assert_eq!(
            told.json()["lines"][0]["code"],
            "not_priced",
            "{}",
            told.text()
        );
    }
    // A hidden answer: corners cannot be rounded in offset, so it would be dropped unseen.
    let hidden = cart
        .clone()
        .with(
            "/lines/0/answers",
            json!({ "run": 1000, "method": "offset", "rounded": true }),
        )
        .with("/lines/0/total", json!("1100"))
        .total("1100");
    refused(&app, &hidden.text(), (422, "not_priced")).await;
    // What the service fills in itself.
    let filled = cart.with("/lines/0/answers/files", json!("https://evil.net/"));
    refused(&app, &filled.text(), (422, "validation")).await;
}

#[tokio::test]
async fn a_template_that_is_not_the_products_own_is_refused() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let random = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let own = app.revision("cards").await;
    let foreign = [
        app.revision("flyers").await,
        random.to_owned(),
        own.to_uppercase(),
        own[..63].to_owned(),
        String::new(),
        "' or 1=1 --".to_owned(),
    ];
    for template in foreign {
        let bent = cart.clone().with("/lines/0/template", json!(template));
        let told = refused(&app, &bent.text(), (422, "validation")).await;
        assert_eq!(told.json()["errors"][0]["pointer"], "/lines/0/template");
    }
    for product in ["flyers", "mugs", "", "CARDS", "cards\u{0}"] {
        let bent = cart.clone().with("/lines/0/product", json!(product));
        refused(&app, &bent.text(), (422, "validation")).await;
    }
}

#[tokio::test]
async fn an_older_revision_does_not_sell_at_the_older_price() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    app.revise("cards", |template| template["lines"][1]["price"] = json!(2))
        .await;
    refused(&app, &cart.text(), (409, "template_changed")).await;
    // The older one published again is in force again.
    let back = app
        .revise("cards", |template| template["lines"][1]["price"] = json!(1))
        .await;
    let cart = cart.with("/lines/0/template", json!(back));
    assert_eq!(app.submit("key-0001", &cart.text()).await.status, 201);
}

#[tokio::test]
async fn a_cart_of_another_shape_is_refused() {
    let app = TestApp::start().await;
    let cart = app.cart().await;
    let fields = [
        "/customer",
        "/locale",
        "/lines",
        "/total",
        "/customer/kind",
        "/customer/name",
        "/customer/phone",
        "/customer/email",
        "/lines/0/product",
        "/lines/0/template",
        "/lines/0/answers",
        "/lines/0/total",
    ];
    for field in fields {
        let missing = cart.clone().without(field);
        refused(&app, &missing.text(), (400, "malformed")).await;
        for value in [json!(true), json!([1]), json!({ "x": 1 })] {
            let bent = cart.clone().with(field, value.clone());
            // An object of answers is one, only with an unknown name in it.
            let code = if field == "/lines/0/answers" && value.is_object() {
                (422, "not_priced")
            } else {
                (400, "malformed")
            };
            refused(&app, &bent.text(), code).await;
        }
        let (parent, _) = field.rsplit_once('/').unwrap();
        let unknown = cart.clone().with(&format!("{parent}/price"), json!("1"));
        refused(&app, &unknown.text(), (400, "malformed")).await;
    }
}

#[tokio::test]
async fn a_doubled_key_never_means_the_second_one() {
    let app = TestApp::start().await;
    let cart = app.cart().await.text();
    let doubled = [
        ("\"total\":\"2388\"", "\"total\":\"2388\",\"total\":\"1\""),
        ("\"run\":600", "\"run\":600,\"run\":12000"),
        ("\"run\":600", "\"run\":600,\"\\u0072un\":12000"),
        (
            "\"product\":\"cards\"",
            "\"product\":\"cards\",\"product\":\"flyers\"",
        ),
    ];
    for (once, twice) in doubled {
        assert!(cart.contains(once), "{once} is not in {cart}");
        let bent = cart.replacen(once, twice, 1);
        refused(&app, &bent, (400, "malformed")).await;
    }
}

#[tokio::test]
async fn every_line_that_cannot_be_ordered_is_told_with_its_own_reason() {
    let app = TestApp::start().await;
    let flyers = app.revision("flyers").await;
    let cart = app
        .cart()
        .await
        .line("flyers", &flyers, json!({ "run": 75 }), "41.25")
        .line("flyers", &flyers, json!({ "run": 100 }), "50")
        .total("2479.25");
    let told = refused(&app, &cart.text(), (422, "not_priced"))
        .await
        .json();
    let lines: Vec<_> = told["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["line"].as_u64().unwrap(),
                line["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(lines, [(1, "not_priced"), (2, "price_changed")]);
}

#[tokio::test]
async fn currencies_are_not_added_up() {
    let app = TestApp::start().await;
    let euros = app
        .revise("flyers", |template| template["currency"] = json!("EUR"))
        .await;
    let cart = app
        .cart()
        .await
        .line("flyers", &euros, json!({ "run": 50 }), "27.5")
        .total("2415.5");
    let told = refused(&app, &cart.text(), (422, "validation")).await;
    assert_eq!(told.json()["errors"][0]["pointer"], "/lines/1/product");
}

#[tokio::test]
async fn only_the_answers_that_count_are_stored() {
    let app = TestApp::start().await;
    let revision = app.revision("cards").await;
    // Nothing answered means the default; a number as a text means the number.
    let answers = json!({ "run": "600", "rounded": true, "note": null, "method": "" });
    let cart = CartBuilder::new()
        .line("cards", &revision, answers, "2388")
        .total("2388");
    assert_eq!(app.submit("key-0001", &cart.text()).await.status, 201);
    app.forward().await;
    let sent = app.emulator.orders().remove(0).order;
    let expected = json!({ "method": "digital", "rounded": true, "run": 600, "vat": 20 });
    assert_eq!(sent["items"][0]["answers"], expected);
}

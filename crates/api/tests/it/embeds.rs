//! Embeds and shortcodes of earlier sites.

use serde_json::{Value, json};
use tirage_testkit::{TestApp, TestDatabase};

const SETTINGS: &str = r#"
[compatibility]
languages = { 789456 = "en" }
[[compatibility.products]]
category = 982756
material = "a5"
product = "flyers"
[[compatibility.products]]
calculator = "axiom"
category = "paper"
product = "cards"
[[compatibility.products]]
category = "gone"
product = "gone"
"#;

async fn app() -> TestApp {
    TestApp::on(TestDatabase::Sqlite, SETTINGS).await
}

async fn expanded(app: &TestApp, html: &str) -> Value {
    let body = json!({ "html": html }).to_string();
    let answer = app.post("/v1/shortcodes", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn earlier_names_come_before_the_products_own_and_only_of_products_there_are() {
    let app = app().await;
    let answer = app.get("/v1/embeds").await;
    let embeds = answer.json();
    let products = embeds["products"].as_array().unwrap();
    let names: Vec<_> = products
        .iter()
        .map(|entry| (entry["category"].as_str(), entry["product"].as_str()))
        .collect();
    assert_eq!(
        names,
        [
            (Some("982756"), Some("flyers")),
            (Some("paper"), Some("cards")),
            (Some("cards"), Some("cards")),
            (Some("flyers"), Some("flyers")),
        ]
    );
    assert_eq!(products[0]["material"], "a5");
    assert_eq!(products[1]["calculator"], "axiom");
    assert_eq!(products[1]["name"]["en"], "Cards");
    assert_eq!(
        embeds["languages"],
        json!([{ "id": "789456", "locale": "en" }])
    );
    assert_ne!(answer.header("etag"), "");
}

#[tokio::test]
async fn shortcodes_become_elements_behind_one_script() {
    let app = app().await;
    let html = "<p>A [$calculator(category:982756, product:a5, afterLoad:go)$] \
                B [$axiomcalculator(category:paper)$] C [$slider(main)$]</p>";
    let answer = expanded(&app, html).await;
    let text = answer["html"].as_str().unwrap();
    assert_eq!(text.matches("<script src=").count(), 1, "{text}");
    assert!(text.contains(r#"product="flyers""#), "{text}");
    assert!(text.contains(r#"data-after-load="go""#), "{text}");
    assert!(text.contains(r#"data-calculator="axiom""#), "{text}");
    assert!(text.starts_with("<p>A <script"), "{text}");
    assert!(text.ends_with(" C [$slider(main)$]</p>"), "{text}");
    assert_eq!(answer["problems"], json!([]));
}

#[tokio::test]
async fn a_shortcode_that_cannot_be_had_stays_and_is_named() {
    let app = app().await;
    for (code, message) in [
        ("[$calculator(category:stone)$]", "category `stone`"),
        ("[$calculator(category:paper)$]", "category `paper`"),
        ("[$calculator(config:x)$]", "an argument `category`"),
        ("[$calculator(category:cards, colour:red)$]", "`colour`"),
    ] {
        let answer = expanded(&app, code).await;
        assert_eq!(answer["html"], code);
        assert_eq!(answer["problems"][0]["shortcode"], code);
        let found = answer["problems"][0]["message"].as_str().unwrap();
        assert!(found.contains(message), "{found}");
    }
}

#[tokio::test]
async fn no_argument_breaks_out_of_its_attribute() {
    let app = app().await;
    let code = r#"[$calculator(category:cards, afterLoad:'"><script>alert(1)</script>')$]"#;
    let answer = expanded(&app, code).await;
    let text = answer["html"].as_str().unwrap();
    assert!(!text.contains("<script>alert"), "{text}");
    assert!(text.contains("&quot;&gt;&lt;script&gt;"), "{text}");
}

#[tokio::test]
async fn only_json_is_taken_so_that_no_form_of_another_site_can_ask() {
    let app = app().await;
    let request = http::Request::post("/v1/shortcodes").header("content-type", "text/plain");
    let answer = app
        .send(request.body(r#"{"html":""}"#.into()).unwrap())
        .await;
    assert_eq!(answer.status, 415);
}

//! ASystem: what is sent, what is read, and what an installation may change about both.

use serde_json::{Value, json};
use tirage_connectors::conformance::sample_order;
use tirage_connectors::{FieldError, OrderKey, Reason};
use tirage_pricing::Decimal;

use crate::script::{Script, Step, answer};
use crate::setup::{KEY, connect, connect_with, key, patient, push};

const FOUND: &str = include_str!("../../fixtures/asystem/orders-found.json");
const IDENTIFIERS: &str = include_str!("../../fixtures/asystem/identifiers.json");
const REFUSED: &str = include_str!("../../fixtures/asystem/order-refused.json");
const SENT: &str = include_str!("../../fixtures/asystem/order-sent.json");

async fn answering(status: &str, body: &str) -> Script {
    Script::start(Step::Answer(answer(status, "", body))).await
}

/// Head and JSON body of the only request.
fn request(script: &Script) -> (String, Value) {
    let requests = script.requests();
    let [request] = requests.as_slice() else {
        panic!("expected one request, found {}", requests.len());
    };
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (
        head.to_lowercase(),
        serde_json::from_str(body).unwrap_or_default(),
    )
}

async fn sent(more: &Value) -> (String, Value) {
    let script = answering("201 Created", r#"{"id":"17"}"#).await;
    push(connect_with(&script.url, &patient(), more).as_ref())
        .await
        .unwrap();
    request(&script)
}

#[tokio::test]
async fn an_order_is_sent_by_the_default_profile() {
    let people = json!({ "manager_id": "7", "contractor_id": "42" });
    let (head, body) = sent(&people).await;
    assert!(
        head.starts_with("post /api/v1/orders http/1.1\r\n"),
        "{head}"
    );
    assert!(
        head.contains(&format!("\r\nauthorization: bearer {KEY}")),
        "{head}"
    );
    assert!(head.contains("\r\nidempotency-key: key-t-1"), "{head}");
    assert!(
        head.contains("\r\ncontent-type: application/json"),
        "{head}"
    );
    assert!(head.contains("\r\nuser-agent: tirage/"), "{head}");
    assert_eq!(body, serde_json::from_str::<Value>(SENT).unwrap());
}

#[tokio::test]
async fn an_order_is_sent_the_way_an_installation_wants_it() {
    let (head, body) = sent(&json!({
        "pass_through": { "number": "Номер на сайте", "comment": null, "recipient": null, "delivery_address": null },
        "profile": {
            "base_path": "/rest/",
            "key_header": "X-Api-Key",
            "key_scheme": "",
            "idempotency_header": null,
            "push_order": { "method": "PUT", "path": "/order?source=site" },
            "order": {
                "external_number": "/order/extNumber",
                "price": "/order/sum",
                "parameters": "/order/params",
                "items": "/order/positions",
                "customer": null, "currency": null, "placed_at": null, "url": null,
            },
            "line": {
                "template_id": "/template/id", "quantity": "/count",
                "template_revision": null, "product": null, "name": null, "price": null,
                "unit_price": null, "answers": null, "summary": null, "price_lines": null,
                "group": null,
            },
            "pair": { "name": "/title", "value": "/val" },
            "answer": { "id": "/id" },
        },
    }))
    .await;
    assert!(
        head.starts_with("put /rest/order?source=site http/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains(&format!("\r\nx-api-key: {KEY}")), "{head}");
    assert!(
        !head.contains("authorization") && !head.contains("idempotency"),
        "{head}"
    );
    let expected = json!({ "order": {
        "extNumber": "T-1",
        "sum": "6955.1",
        "params": [
            { "title": "Файлы заказа", "val": "front.pdf\nhttps://files.example/7f/back.pdf" },
            { "title": "Округленная стоимость", "val": "6955.1" },
            { "title": "Номер на сайте", "val": "T-1" },
            { "title": "Способ доставки", "val": "Курьер" },
            { "title": "Дата выдачи", "val": "2026-12-01" },
        ],
        "positions": [{ "template": { "id": "101" }, "count": "600" }, { "count": "1000" }],
    } });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_refusal_carries_the_objections() {
    let script = answering("422 Unprocessable Content", REFUSED).await;
    let error = push(connect(&script.url, &patient()).as_ref())
        .await
        .unwrap_err();
    let expected = vec![
        FieldError {
            parameter: "Тираж".to_owned(),
            code: "max".to_owned(),
            message: "Не более 500 экземпляров".to_owned(),
        },
        FieldError {
            parameter: "Вид оплаты".to_owned(),
            code: "required".to_owned(),
            message: String::new(),
        },
    ];
    assert_eq!(error.reason, Reason::Rejected { errors: expected });
    let line = "asystem: push_order: rejected, `Тираж` (max), `Вид оплаты` (required)";
    assert_eq!(error.to_string(), line);
}

#[tokio::test]
async fn objections_without_measure_are_cut() {
    let long = "ж".repeat(2000);
    let many: Vec<Value> = (0..100)
        .map(|_| json!({ "message": format!("a\r\nb{long}") }))
        .collect();
    let script = answering(
        "422 Unprocessable Content",
        &json!({ "errors": many }).to_string(),
    )
    .await;
    let error = push(connect(&script.url, &patient()).as_ref())
        .await
        .unwrap_err();
    let Reason::Rejected { errors } = error.reason else {
        panic!("expected a refusal, found {}", error.reason);
    };
    assert_eq!(errors.len(), 50);
    assert_eq!(errors[0].message.chars().count(), 500);
    assert!(errors[0].message.starts_with("a  b"));
}

#[tokio::test]
async fn an_order_is_looked_up_by_our_number() {
    let script = answering("200 OK", FOUND).await;
    let odd = OrderKey::new("key", "T 1/ю&x").unwrap();
    let connector = connect(&script.url, &patient());
    let found = connector.find_order(&odd).await.unwrap().unwrap();
    let (head, _) = request(&script);
    let path = "get /api/v1/orders?external_number=t%201%2f%d1%8e%26x http/1.1\r\n";
    assert!(head.starts_with(path), "{head}");
    assert!(!head.contains("idempotency-key"), "{head}");
    assert_eq!(found.id, "17");
    assert_eq!(found.status.as_deref(), Some("new"));
    assert_eq!(found.price, Some(Decimal::new(69_551, 1)));
    assert_eq!(found.duplicates, ["18"]);
}

#[tokio::test]
async fn not_found_is_believed_only_of_a_proper_empty_list() {
    let script = answering("200 OK", r#"{"items":[]}"#).await;
    let connector = connect(&script.url, &patient());
    assert_eq!(connector.find_order(&key("T-1")).await.unwrap(), None);
    let table = [
        ("404 Not Found", r#"{"items":[]}"#, Reason::NotFound),
        ("200 OK", "", Reason::BadResponse),
        ("200 OK", "[]", Reason::BadResponse),
        ("200 OK", "{}", Reason::BadResponse),
        ("200 OK", r#"{"items":null}"#, Reason::BadResponse),
        ("200 OK", r#"{"items":{}}"#, Reason::BadResponse),
        ("200 OK", r#"{"items":[{"id":"17"}]}"#, Reason::BadResponse),
        (
            "200 OK",
            r#"{"items":[{"external_number":"T-1"}]}"#,
            Reason::BadResponse,
        ),
        // A server that ignores the question answers with everything it has.
        (
            "200 OK",
            r#"{"items":[{"id":"9","external_number":"T-0"}]}"#,
            Reason::BadResponse,
        ),
        ("400 Bad Request", "", Reason::BadResponse),
        ("401 Unauthorized", "", Reason::Unauthorized),
        ("500 Internal Server Error", "", Reason::Unavailable),
    ];
    for (status, body, expected) in table {
        script.set(Step::Answer(answer(status, "", body)));
        let error = connector.find_order(&key("T-1")).await.unwrap_err();
        assert_eq!(error.reason, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_list_may_be_the_whole_answer_and_numbers_may_be_numbers() {
    let body = r#"[{"ID":17,"sum":6955.10}]"#;
    let script = answering("200 OK", body).await;
    let profile = json!({ "profile": {
        "found": "",
        "answer": { "id": "/ID", "price": "/sum", "external_number": null },
    } });
    let connector = connect_with(&script.url, &patient(), &profile);
    let found = connector.find_order(&key("T-1")).await.unwrap().unwrap();
    assert_eq!(found.id, "17");
    assert_eq!(found.price.unwrap().to_string(), "6955.10");
}

#[tokio::test]
async fn without_a_search_the_outcome_is_a_persons_to_find_out() {
    let script = answering("200 OK", "{}").await;
    let profile = json!({ "profile": { "find_order": null } });
    let connector = connect_with(&script.url, &patient(), &profile);
    let error = connector.find_order(&key("T-1")).await.unwrap_err();
    assert_eq!(error.reason, Reason::NotSupported);
    assert_eq!(script.requests(), [""; 0]);
}

#[tokio::test]
async fn the_connection_check_fetches_what_settings_choose_from() {
    let script = answering("200 OK", IDENTIFIERS).await;
    let probe = connect(&script.url, &patient()).probe().await.unwrap();
    let (head, _) = request(&script);
    assert!(
        head.starts_with("get /api/v1/identifiers http/1.1\r\n"),
        "{head}"
    );
    let lists: Vec<_> = probe
        .identifiers
        .iter()
        .map(|list| {
            (
                list.setting,
                list.identifiers.len(),
                list.identifiers[0].name.as_str(),
            )
        })
        .collect();
    assert_eq!(
        lists,
        [
            ("manager_id", 2, "Иванова Мария"),
            ("contractor_id", 1, "Интернет-магазин")
        ]
    );
}

#[tokio::test]
async fn a_discussion_is_one_line_a_message() {
    let mut order = sample_order("T-1").unwrap();
    order.comments[0].text = "  one\r\n[two]\t three ".to_owned();
    let script = answering("201 Created", r#"{"id":"17"}"#).await;
    let connector = connect(&script.url, &patient());
    connector.push_order(&order, &key("T-1")).await.unwrap();
    let (_, body) = request(&script);
    let parameters = body["parameters"].as_array().unwrap();
    let comment = parameters
        .iter()
        .find(|one| one["name"] == "Комментарий")
        .unwrap();
    let expected = "[Мария Иванова][2026-11-24T10:15:00+03:00][one [two] three]\n\
                    [Олег Петров][2026-11-24T10:20:00+03:00][Хорошо]";
    assert_eq!(comment["value"], expected);
}

#[tokio::test]
async fn an_order_without_shipping_is_for_the_customer() {
    let mut order = sample_order("T-1").unwrap();
    order.shipping = None;
    order.issue_date = None;
    let script = answering("201 Created", r#"{"id":"17"}"#).await;
    let connector = connect(&script.url, &patient());
    connector.push_order(&order, &key("T-1")).await.unwrap();
    let (_, body) = request(&script);
    let parameters = body["parameters"].as_array().unwrap();
    let names: Vec<_> = parameters.iter().map(|one| &one["name"]).collect();
    assert!(!names.contains(&&json!("Способ доставки")), "{names:?}");
    let recipient = parameters
        .iter()
        .find(|one| one["name"] == "Получатель заказа")
        .unwrap();
    assert_eq!(recipient["value"], "Мария Иванова");
}

//! The emulator over real sockets, spoken to in plain HTTP as any client would.

use std::io;

use serde_json::{Value, json};
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};
use tirage_emulators::{Fault, Faults, On};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const KEY: &str = "asystem-key";

async fn emulator() -> AsystemEmulator {
    AsystemEmulator::start(AsystemOptions::default())
        .await
        .unwrap()
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn call(port: u16, head: &str, body: &str) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let request = format!(
        "{head}\r\nHost: emulator\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    })
}

async fn ask(emulator: &AsystemEmulator, path: &str) -> io::Result<Answer> {
    let head = format!("GET {path} HTTP/1.1\r\nAuthorization: Bearer {KEY}");
    call(emulator.port(), &head, "").await
}

async fn send(emulator: &AsystemEmulator, key: &str, order: &Value) -> io::Result<Answer> {
    let head = format!(
        "POST /api/v1/orders HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nIdempotency-Key: {key}"
    );
    call(emulator.port(), &head, &order.to_string()).await
}

fn order(number: &str) -> Value {
    json!({ "external_number": number, "price": "2928", "items": [{ "template_id": "101" }] })
}

#[tokio::test]
async fn without_the_key_nothing_is_told() {
    let emulator = emulator().await;
    for key in ["", "Bearer wrong", KEY] {
        let head = format!("GET /api/v1/identifiers HTTP/1.1\r\nAuthorization: {key}");
        assert_eq!(call(emulator.port(), &head, "").await.unwrap().status, 401);
    }
    let answer = ask(&emulator, "/api/v1/identifiers").await.unwrap();
    assert_eq!(answer.json()["managers"][0]["id"], "7");
}

#[tokio::test]
async fn the_same_key_twice_is_one_order() {
    let emulator = emulator().await;
    let first = send(&emulator, "k1", &order("T-1")).await.unwrap();
    let second = send(&emulator, "k1", &order("T-1")).await.unwrap();
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!(first.json(), second.json());
    assert_eq!(emulator.received()["T-1"].requests, 2);
    assert_eq!(emulator.received()["T-1"].orders, 1);
}

#[tokio::test]
async fn a_forgetful_system_doubles_the_order() {
    let emulator = emulator().await;
    emulator.set_faults(Faults {
        forgetful: true,
        ..Faults::default()
    });
    send(&emulator, "k1", &order("T-1")).await.unwrap();
    send(&emulator, "k1", &order("T-1")).await.unwrap();
    let found = ask(&emulator, "/api/v1/orders?external_number=T-1").await;
    assert_eq!(found.unwrap().json()["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_search_finds_an_order_by_our_number_only() {
    let emulator = emulator().await;
    send(&emulator, "k1", &order("T 1/ю")).await.unwrap();
    let path = "/api/v1/orders?external_number=T%201%2F%D1%8E";
    let found = ask(&emulator, path).await.unwrap().json();
    assert_eq!(found["items"][0]["external_number"], "T 1/ю");
    let found = ask(&emulator, "/api/v1/orders?external_number=T").await;
    assert_eq!(found.unwrap().json(), json!({ "items": [] }));
    let one = ask(&emulator, "/api/v1/orders/1").await.unwrap().json();
    assert_eq!(one["status"], "new");
}

#[tokio::test]
async fn the_template_list_comes_in_pages() {
    let emulator = emulator().await;
    let mut path = "/api/v1/templates".to_owned();
    let mut names = Vec::new();
    loop {
        let page = ask(&emulator, &path).await.unwrap().json();
        names.push(page["items"][0]["name"].as_str().unwrap().to_owned());
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/templates?cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names, ["Визитная карточка", "Евролистовка (флаер) 4+0"]);
    let template = ask(&emulator, "/api/v1/templates/102").await.unwrap();
    assert_eq!(template.json()["details"][0]["name"], "Флаер");
}

#[tokio::test]
async fn a_template_it_does_not_have_is_a_conflict() {
    let emulator = emulator().await;
    let mut order = order("T-1");
    order["items"][0]["template_id"] = json!("999");
    assert_eq!(send(&emulator, "k", &order).await.unwrap().status, 409);
    assert!(emulator.orders().is_empty());
}

#[tokio::test]
async fn a_fault_before_takes_no_order_and_a_fault_after_does() {
    let cases = [
        (Fault::Down, Some(503), 0),
        (Fault::RateLimited, Some(429), 0),
        (Fault::Unauthorized, Some(401), 0),
        (Fault::Conflict, Some(409), 0),
        (Fault::Reject, Some(422), 0),
        (Fault::ResetBefore, None, 0),
        (Fault::ErrorAfter, Some(500), 1),
        (Fault::GarbageAfter, Some(200), 1),
        (Fault::ResetAfter, None, 1),
    ];
    for (fault, status, taken) in cases {
        let emulator = emulator().await;
        emulator.set_faults(Faults::next([fault.once()]));
        let answer = send(&emulator, "k1", &order("T-1")).await;
        assert_eq!(answer.ok().map(|answer| answer.status), status, "{fault:?}");
        assert_eq!(emulator.orders().len(), taken, "{fault:?}");
        let after = send(&emulator, "k2", &order("T-2")).await.unwrap();
        assert_eq!(after.status, 201, "{fault:?}");
    }
}

#[tokio::test]
async fn a_reset_reaches_the_client_as_a_reset() {
    let emulator = emulator().await;
    emulator.set_faults(Faults::always(Fault::ResetAfter).on(On::Writes));
    let error = send(&emulator, "k1", &order("T-1")).await.err().unwrap();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn switches_are_set_and_read_over_http() {
    let emulator = emulator().await;
    let switches = r#"{"next":[{"fault":"rate_limited","times":2}],"retry_after":"30"}"#;
    let set = call(emulator.port(), "PUT /_faults HTTP/1.1", switches).await;
    assert_eq!(set.unwrap().status, 200);
    let refused = ask(&emulator, "/api/v1/identifiers").await.unwrap();
    assert_eq!(refused.status, 429);
    assert!(refused.head.contains("retry-after: 30"));
    let left = ask(&emulator, "/_faults").await.unwrap().json();
    assert_eq!(left["next"][0]["times"], 1);
    let wrong = call(emulator.port(), "PUT /_faults HTTP/1.1", r#"{"x":1}"#).await;
    assert_eq!(wrong.unwrap().status, 422);
}

#[tokio::test]
async fn orders_survive_a_restart_on_the_same_port() {
    let directory = tempfile::tempdir().unwrap();
    let options = |port| AsystemOptions {
        port,
        data: Some(directory.path().to_owned()),
        ..AsystemOptions::default()
    };
    let before = AsystemEmulator::start(options(0)).await.unwrap();
    let port = before.port();
    send(&before, "k1", &order("T-1")).await.unwrap();
    before.stop().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());

    let after = AsystemEmulator::start(options(port)).await.unwrap();
    let again = send(&after, "k1", &order("T-1")).await.unwrap();
    assert_eq!(again.status, 200);
    assert_eq!(after.orders().len(), 1);
}

#[tokio::test]
async fn people_see_what_arrived() {
    let emulator = emulator().await;
    send(&emulator, "k1", &order("T-1")).await.unwrap();
    let page = call(emulator.port(), "GET / HTTP/1.1", "").await.unwrap();
    assert!(page.head.contains("text/html"));
    assert!(page.body.contains("T-1"));
    let listed = call(emulator.port(), "GET /_orders HTTP/1.1", "").await;
    assert_eq!(listed.unwrap().json()["received"]["T-1"]["requests"], 1);
}

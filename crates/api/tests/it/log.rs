//! The log of a whole life of the program, read for everything that must not be in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};
use tirage_emulators::{Fault, Faults};
use tirage_testkit::{CartBuilder, Service, TestDatabase, exchange, service_settings, until};

const NAME: &str = "Канарейкина";
const CANARIES: [&str; 9] = [
    NAME,
    "9001112233",
    "canary@example.com",
    "canary-comment",
    "canary-key-0001",
    "canary-api-key",
    "canary-password",
    "canary-answer",
    "canary-origin",
];

pub(crate) fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_tirage"))
}

fn cart(revision: &str) -> CartBuilder {
    CartBuilder::new()
        .with("/customer/name", json!(NAME))
        .with("/customer/phone", json!("+79001112233"))
        .with("/customer/email", json!("canary@example.com"))
        .with("/comment", json!("canary-comment"))
        .line(
            "cards",
            revision,
            json!({ "run": 600, "note": "canary-answer" }),
            "1788",
        )
        .total("1788")
}

async fn life(directory: &Path, filter: &str) -> String {
    let emulator = AsystemEmulator::start(AsystemOptions {
        key: "canary-api-key".to_owned(),
        ..AsystemOptions::default()
    });
    let emulator = emulator.await.unwrap();
    let faults = [
        Fault::Reject.once(),
        Fault::ErrorAfter.once(),
        Fault::GarbageAfter.once(),
    ];
    emulator.set_faults(Faults::next(faults));
    let url = emulator.url();
    let print_house = (url.as_str(), "canary-api-key");
    let settings = service_settings(TestDatabase::Sqlite, directory, print_house).await;
    let settings = format!("{settings}\n[log]\nformat = \"json\"\nfilter = {filter:?}\n");
    let file = directory.join("tirage.toml");
    std::fs::write(&file, settings).unwrap();
    let service = Service::start(&program(), &file).await;
    let address = service.address;
    let cards = exchange(address, "GET /v1/calculators/cards HTTP/1.1", "")
        .await
        .unwrap()
        .json();
    let revision = cards["template"]["revision"].as_str().unwrap();
    let mut secrets: Vec<String> = CANARIES.map(str::to_owned).to_vec();
    for order in 0..4 {
        let head = format!("POST /v1/orders HTTP/1.1\r\nIdempotency-Key: canary-key-0001-{order}");
        let receipt = exchange(address, &head, &cart(revision).text())
            .await
            .unwrap();
        assert_eq!(receipt.status, 201, "{}", receipt.text());
        let token = receipt.json()["token"].as_str().unwrap().to_owned();
        let page = exchange(address, &format!("GET /v1/orders/{token} HTTP/1.1"), "").await;
        assert_eq!(page.unwrap().status, 200);
        secrets.push(token);
    }
    // Refusals of every kind repeat values to the client, and to nobody else.
    let bent = cart(revision).with("/customer/phone", json!("canary-answer"));
    let head = "POST /v1/orders HTTP/1.1\r\nIdempotency-Key: canary-key-0001-x\r\nOrigin: http://canary-origin";
    exchange(address, head, &bent.text()).await.unwrap();
    let link = service
        .announced
        .iter()
        .find_map(|line| line.split_once("#token="));
    let token = link.expect("a setup link").1.to_owned();
    let setup = json!({ "token": token, "name": NAME, "password": "canary-password" });
    let head = "POST /admin/api/setup HTTP/1.1\r\nSec-Fetch-Site: same-origin";
    let made = exchange(address, head, &setup.to_string()).await.unwrap();
    assert_eq!(made.status, 200, "{}", made.text());
    let cookie = made
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let head = format!("GET /admin/api/orders HTTP/1.1\r\nCookie: {cookie}");
    assert_eq!(exchange(address, &head, "").await.unwrap().status, 200);
    secrets.extend([token, cookie.split_once('=').unwrap().1.to_owned()]);
    until("three orders arrive", Duration::from_secs(10), async || {
        emulator.orders().len() == 3
    })
    .await;
    service.terminate().await;
    let (well, log) = service.ended().await;
    assert!(well, "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "`{secret}` is in the log:\n{log}");
    }
    log
}

#[tokio::test]
async fn no_secret_and_no_customer_is_in_the_log() {
    for filter in ["info", "debug", "trace"] {
        let directory = tempfile::tempdir().unwrap();
        let log = life(directory.path(), filter).await;
        assert!(log.contains("\"route\":\"/v1/orders/{token}\""), "{log}");
        assert!(log.contains("rejected"), "{log}");
    }
}

#[tokio::test]
async fn wrong_settings_end_the_program_with_all_of_them_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("tirage.toml");
    std::fs::write(
        &file,
        "[server]\nlisten = 1\n[shop]\nkey = \"A\"\n[log]\nformat = 3\n",
    )
    .unwrap();
    let output = tokio::process::Command::new(program())
        .args(["config", "check", "--config"])
        .arg(&file)
        .output()
        .await
        .unwrap();
    assert!(!output.status.success());
    let complaint = String::from_utf8(output.stderr).unwrap();
    for place in ["server: ", "log: "] {
        assert!(complaint.contains(place), "{complaint}");
    }
}

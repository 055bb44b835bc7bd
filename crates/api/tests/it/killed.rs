//! `kill -9` at any moment, a hundred times: what was acknowledged is there, once, here and at the
//! print house. Every fifth end is an orderly one.
//!
//! Clients do what real ones do: they repeat a submit under its key until it is acknowledged. The
//! print house forgets idempotency keys, so only our look-ups keep orders from being there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use tirage_emulators::Faults;
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};
use tirage_testkit::{
    CartBuilder, Exchange, Service, TestDatabase, exchange, service_settings, until,
};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::log::program;

const ENDS: u64 = 100;
const CLIENTS: usize = 4;

/// What the clients and the nemesis share.
struct Run {
    address: watch::Sender<Option<SocketAddr>>,
    cart: String,
    next: AtomicUsize,
    over: AtomicBool,
}

async fn submit(address: SocketAddr, key: usize, cart: &str) -> Option<Exchange> {
    let head = format!("POST /v1/orders HTTP/1.1\r\nIdempotency-Key: client-key-{key:06}");
    exchange(address, &head, cart).await
}

/// Submits one cart after the other and answers the numbers by key.
async fn client(run: Arc<Run>) -> BTreeMap<usize, String> {
    let mut acknowledged = BTreeMap::new();
    let mut address = run.address.subscribe();
    while !run.over.load(Ordering::SeqCst) {
        let key = run.next.fetch_add(1, Ordering::SeqCst);
        loop {
            let here = address.wait_for(Option::is_some).await.unwrap().unwrap();
            let Some(answer) = submit(here, key, &run.cart).await else {
                // Killed under us: again with the same key, wherever it comes up.
                let moved = |now: &Option<SocketAddr>| now.is_some_and(|now| now != here);
                if address.wait_for(moved).await.is_err() {
                    return acknowledged;
                }
                continue;
            };
            assert!(answer.status.is_success(), "{}", answer.text());
            let number = answer.json()["number"].as_str().unwrap().to_owned();
            acknowledged.insert(key, number);
            break;
        }
    }
    acknowledged
}

/// Kills and restarts, with a different pause every time.
async fn nemesis(run: &Run, settings: &Path) -> Service {
    let mut service = Service::start(&program(), settings).await;
    for end in 0..ENDS {
        run.address.send_replace(Some(service.address));
        // From the very start of its life to well into it, the same on every run.
        let pause = end * 7_919 % 61;
        tokio::time::sleep(Duration::from_millis(pause)).await;
        run.address.send_replace(None);
        if end % 5 == 4 {
            service.terminate().await;
            let (well, log) = service.ended().await;
            assert!(well, "{log}");
        } else {
            service.kill().await;
        }
        service = Service::start(&program(), settings).await;
    }
    run.address.send_replace(Some(service.address));
    service
}

crate::on_both!(a_hundred_kills_lose_and_double_nothing_that_was_acknowledged);

async fn a_hundred_kills_lose_and_double_nothing_that_was_acknowledged(database: TestDatabase) {
    let directory = tempfile::tempdir().unwrap();
    let emulator = AsystemEmulator::start(AsystemOptions::default())
        .await
        .unwrap();
    emulator.set_faults(Faults {
        forgetful: true,
        ..Faults::default()
    });
    let settings = directory.path().join("tirage.toml");
    let (url, key) = (emulator.url(), "asystem-key");
    let text = service_settings(database, directory.path(), (&url, key)).await;
    std::fs::write(&settings, text).unwrap();
    let first = Service::start(&program(), &settings).await;
    let cards = exchange(first.address, "GET /v1/calculators/cards HTTP/1.1", "")
        .await
        .unwrap();
    let revision = cards.json()["template"]["revision"]
        .as_str()
        .unwrap()
        .to_owned();
    first.kill().await;
    let cart = CartBuilder::new()
        .line("cards", &revision, json!({ "run": 600 }), "1788")
        .total("1788");
    let run = Arc::new(Run {
        address: watch::Sender::new(None),
        cart: cart.text(),
        next: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    });
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(client(Arc::clone(&run)));
    }
    let service = nemesis(&run, &settings).await;
    run.over.store(true, Ordering::SeqCst);
    let mut acknowledged = BTreeMap::new();
    while let Some(done) = clients.join_next().await {
        acknowledged.extend(done.unwrap());
    }
    check(&acknowledged, &run, &service, &emulator).await;
}

async fn check(
    acknowledged: &BTreeMap<usize, String>,
    run: &Run,
    service: &Service,
    emulator: &AsystemEmulator,
) {
    assert!(
        acknowledged.len() >= ENDS as usize,
        "only {} orders",
        acknowledged.len()
    );
    for (key, number) in acknowledged {
        let answer = submit(service.address, *key, &run.cart).await.unwrap();
        assert_eq!(answer.status, 200, "key {key} was not stored");
        assert_eq!(answer.json()["number"], number.as_str(), "key {key}");
    }
    let numbers: BTreeSet<&String> = acknowledged.values().collect();
    assert_eq!(
        numbers.len(),
        acknowledged.len(),
        "two keys have one number"
    );
    until(
        "every order reaches the print house",
        Duration::from_secs(30),
        async || emulator.received().len() >= numbers.len(),
    )
    .await;
    let received = emulator.received();
    assert_eq!(received.keys().collect::<BTreeSet<_>>(), numbers);
    for (number, times) in received {
        assert_eq!(times.orders, 1, "{number} is there {} times", times.orders);
    }
    println!(
        "{ENDS} ends, {} orders acknowledged, none lost or doubled",
        acknowledged.len()
    );
}

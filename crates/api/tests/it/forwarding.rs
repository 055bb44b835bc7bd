//! The print house fails in every way it can, and in the end has every order exactly once.
//!
//! The emulator is `forgetful` wherever it matters: it ignores the idempotency key, so that only a
//! look-up before sending again keeps an order from being there twice.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use tirage_api::clock::Clock as _;
use tirage_api::outbox;
use tirage_api::server::Phase;
use tirage_emulators::{Fault, Faults, Planned, RandomMix};
use tirage_testkit::{START, TestApp, TestDatabase, until};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

crate::on_both!(
    an_order_arrives_and_its_page_says_so,
    whatever_fails_once_the_order_is_there_exactly_once,
    a_long_series_of_faults_doubles_and_loses_nothing,
    a_weekend_outage_ends_with_every_order_there_once,
    a_worker_that_dies_after_sending_does_not_double_the_order,
    a_refused_order_waits_for_a_person,
    a_wrong_key_pauses_the_connection_and_costs_no_attempt,
    a_stopping_worker_gives_back_what_it_has_not_sent,
    the_running_outbox_sends_at_once_and_stops_in_order,
);

async fn page(app: &TestApp, receipt: &Value) -> Value {
    let url = receipt["url"].as_str().unwrap();
    app.get(&format!("/v1{url}")).await.json()
}

/// A print house that does not recognise a repeated order.
fn forgetful(planned: impl IntoIterator<Item = Planned>) -> Faults {
    Faults {
        forgetful: true,
        ..Faults::next(planned)
    }
}

async fn an_order_arrives_and_its_page_says_so(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let receipt = app.order("key-0001").await;
    assert_eq!(page(&app, &receipt).await["forwarding"], "sending");
    assert_eq!(app.forward().await, 1);
    let sent = app.emulator.orders();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].external_number, receipt["number"]);
    let url = format!("http://127.0.0.1:8080{}", receipt["url"].as_str().unwrap());
    assert_eq!(sent[0].order["url"], url);
    let page = page(&app, &receipt).await;
    assert_eq!(page["forwarding"], "arrived");
    assert_eq!(page["remote_number"], sent[0].number);
}

async fn whatever_fails_once_the_order_is_there_exactly_once(database: TestDatabase) {
    let faults = [
        Fault::Down,
        Fault::HangBefore,
        Fault::ResetBefore,
        Fault::RateLimited,
        Fault::ErrorAfter,
        Fault::HangAfter,
        Fault::GarbageAfter,
        Fault::ResetAfter,
    ];
    let app = TestApp::on(database, "").await;
    for (index, fault) in faults.into_iter().enumerate() {
        app.emulator.set_faults(forgetful([fault.once()]));
        let receipt = app.order(&format!("key-{index:04}")).await;
        assert_eq!(app.forward().await, 2, "{fault:?}");
        let sent = app.emulator.orders();
        assert_eq!(sent.len(), index + 1, "{fault:?}");
        assert_eq!(
            page(&app, &receipt).await["forwarding"],
            "arrived",
            "{fault:?}"
        );
    }
}

async fn a_long_series_of_faults_doubles_and_loses_nothing(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let shares = [
        (Fault::Down, 150),
        (Fault::ResetBefore, 100),
        (Fault::ErrorAfter, 150),
        (Fault::ResetAfter, 100),
        (Fault::GarbageAfter, 100),
        (Fault::HangAfter, 20),
    ];
    app.emulator.set_faults(Faults {
        forgetful: true,
        random: Some(RandomMix {
            seed: 42,
            per_mille: BTreeMap::from(shares),
        }),
        ..Faults::default()
    });
    for order in 0..40 {
        app.order(&format!("key-{order:04}")).await;
    }
    let attempts = app.forward().await;
    assert!(
        attempts > 60,
        "{attempts} attempts: the faults did not happen"
    );
    let received = app.emulator.received();
    assert_eq!(received.len(), 40);
    for (number, times) in received {
        assert_eq!(times.orders, 1, "{number}");
    }
}

async fn a_weekend_outage_ends_with_every_order_there_once(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.emulator.set_faults(Faults::always(Fault::Down));
    let mut receipts = Vec::new();
    for order in 0..10 {
        receipts.push(app.order(&format!("key-{order:04}")).await);
    }
    let monday = START + 70 * HOUR;
    let attempts = app.forward_until(monday).await;
    // One probe every ten minutes, once the breaker knows.
    assert!((100..500).contains(&attempts), "{attempts} attempts");
    assert_eq!(page(&app, &receipts[0]).await["forwarding"], "sending");
    app.clock.advance_to(monday);
    app.emulator.set_faults(forgetful([]));
    app.forward_until(monday + 15 * MINUTE).await;
    for receipt in &receipts {
        assert_eq!(page(&app, receipt).await["forwarding"], "arrived");
    }
    assert_eq!(app.emulator.orders().len(), 10);
}

async fn a_worker_that_dies_after_sending_does_not_double_the_order(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.emulator
        .set_faults(forgetful([Fault::HangAfter.once()]));
    let receipt = app.order("key-0001").await;
    let worker = app.worker().await;
    // Dropped in the middle of the request, as if the process had been killed.
    let cut = async {
        tokio::select! {
            step = worker.step() => panic!("{step:?}"),
            () = until("the order arrives", Duration::from_secs(5), async || {
                !app.emulator.orders().is_empty()
            }) => {}
        }
    };
    cut.await;
    assert_eq!(page(&app, &receipt).await["forwarding"], "sending");
    assert_eq!(app.forward().await, 1);
    assert!(
        app.clock.now() >= START + 120_000,
        "the lease was not waited for"
    );
    assert_eq!(page(&app, &receipt).await["forwarding"], "arrived");
    assert_eq!(app.emulator.orders().len(), 1);
}

async fn a_refused_order_waits_for_a_person(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.emulator
        .set_faults(Faults::next([Fault::Reject.once()]));
    let receipt = app.order("key-0001").await;
    assert_eq!(app.forward().await, 1);
    assert_eq!(page(&app, &receipt).await["forwarding"], "attention");
    let dead = app.app.storage.outbox().dead(None, 10).await.unwrap();
    assert_eq!(dead[0].error_class.as_deref(), Some("rejected"));
    assert!(!dead[0].needs_check, "a refused order is not in doubt");
}

async fn a_wrong_key_pauses_the_connection_and_costs_no_attempt(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.emulator
        .set_faults(Faults::next([Fault::Unauthorized.once()]));
    let receipt = app.order("key-0001").await;
    assert_eq!(app.forward().await, 1);
    let outbox = app.app.storage.outbox();
    let target = outbox.target(&"asystem".into()).await.unwrap().unwrap();
    assert_eq!(
        target.paused.map(|pause| pause.reason).as_deref(),
        Some("unauthorized")
    );
    app.order("key-0002").await;
    assert_eq!(app.forward().await, 0);
    assert!(outbox.resume(&"asystem".into()).await.unwrap());
    assert_eq!(app.forward().await, 2);
    assert_eq!(page(&app, &receipt).await["forwarding"], "arrived");
}

async fn a_stopping_worker_gives_back_what_it_has_not_sent(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    app.order("key-0001").await;
    app.control.advance(Phase::Stopping);
    app.worker().await.step().await.unwrap();
    assert!(app.emulator.orders().is_empty());
    let dead = app.app.storage.outbox().backlog().await.unwrap();
    assert_eq!((dead.len(), dead[0].state.as_str()), (1, "pending"));
}

async fn the_running_outbox_sends_at_once_and_stops_in_order(database: TestDatabase) {
    let app = TestApp::on(database, "").await;
    let targets = outbox::targets(&app.app).await.unwrap();
    let supervisors = outbox::start(&app.app, targets);
    for order in 0..20 {
        app.order(&format!("key-{order:04}")).await;
    }
    until("all orders arrive", Duration::from_secs(10), async || {
        app.emulator.orders().len() == 20
    })
    .await;
    app.control.advance(Phase::Stopping);
    supervisors.finish(Duration::from_secs(10)).await;
    let waiting = app.app.storage.outbox().backlog().await.unwrap();
    assert_eq!(waiting, [], "something was not settled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_print_house_that_hangs_does_not_hold_up_the_end() {
    let app = TestApp::start().await;
    app.emulator
        .set_faults(forgetful([Fault::HangAfter.once()]));
    let targets = outbox::targets(&app.app).await.unwrap();
    let supervisors = outbox::start(&app.app, targets);
    app.order("key-0001").await;
    let arrives = async || !app.emulator.orders().is_empty();
    until("the order arrives", Duration::from_secs(10), arrives).await;
    app.control.advance(Phase::Stopping);
    supervisors.finish(Duration::ZERO).await;
    let cut_off = app.app.storage.outbox().backlog().await.unwrap();
    // Leased, or settled as unknown on a machine slow enough for the request to time out first.
    let state = cut_off[0].state.as_str();
    assert!(matches!(state, "leased" | "unknown"), "{state}");
}

#[tokio::test]
async fn figures_tell_how_much_waits_and_how_attempts_ended() {
    let app = TestApp::start().await;
    app.emulator.set_faults(Faults::next([Fault::Down.once()]));
    app.order("key-0001").await;
    app.forward_until(START).await;
    app.clock.advance(61_000);
    let figures = app.get("/metrics").await.text();
    let lines = [
        r#"tirage_outbox_depth{target="asystem",state="unknown"} 1"#,
        r#"tirage_outbox_oldest_seconds{target="asystem"} 61"#,
        r#"tirage_delivery_attempts_total{target="asystem",outcome="unknown"} 1"#,
        "tirage_orders_placed_total 1",
        r#"tirage_http_request_duration_seconds_count{method="POST",route="/v1/orders",status="201"} 1"#,
    ];
    for line in lines {
        assert!(figures.contains(line), "{line} is not in\n{figures}");
    }
}

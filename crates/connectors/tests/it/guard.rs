//! What a connection may reach: asserted with listeners that nobody must come to.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use serde_json::json;
use tirage_connectors::conformance::everything_told;
use tirage_connectors::http::Lookup;
use tirage_connectors::{Connector, Reason};

use crate::script::{Script, Step, answer};
use crate::setup::{connect, connect_with, patient, push, settings, try_connect};

/// Answers the first look-up with the first list, the next one with the next, then the last.
struct Names {
    answers: Vec<Vec<&'static str>>,
    asked: Arc<AtomicUsize>,
}

#[async_trait]
impl Lookup for Names {
    async fn lookup(&self, _host: &str) -> io::Result<Vec<SocketAddr>> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.get(asked).or(self.answers.last());
        let addresses = answer.ok_or(io::ErrorKind::NotFound)?;
        Ok(addresses
            .iter()
            .map(|address| SocketAddr::new(address.parse().unwrap(), 0))
            .collect())
    }
}

fn named(answers: Vec<Vec<&'static str>>, port: &str, allow: &[&str]) -> Arc<dyn Connector> {
    let http = patient().with_lookup(Names {
        answers,
        asked: Arc::default(),
    });
    let network = json!({ "network": { "allow": allow, "plain_http": true } });
    let url = format!("http://erp.example:{port}");
    try_connect(&settings(&url, &network), &http).unwrap()
}

fn port(script: &Script) -> String {
    script.url.rsplit(':').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let script = Script::start(Step::Answer(answer("200 OK", "", r#"{"id":"1"}"#))).await;
    for addresses in [
        vec!["127.0.0.1"],
        vec!["::ffff:127.0.0.1"],
        // A public address beside it does not help, whichever comes first.
        vec!["192.0.2.1", "127.0.0.1"],
        vec!["127.0.0.1", "8.8.8.8"],
        vec!["169.254.169.254"],
        vec!["64:ff9b::7f00:1"],
    ] {
        let connector = named(vec![addresses.clone()], &port(&script), &[]);
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason, Reason::Blocked, "{addresses:?}");
        assert!(everything_told(&error).contains("`erp.example` leads to"));
    }
    assert_eq!(script.requests(), [""; 0]);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_checked_every_time() {
    let script = Script::start(Step::Answer(answer("200 OK", "", r#"{"id":"1"}"#))).await;
    // The first answer is permitted, all later ones are not.
    let answers = vec![vec!["127.0.0.1"], vec!["127.0.0.2"]];
    let connector = named(answers, &port(&script), &["127.0.0.1"]);
    push(connector.as_ref()).await.unwrap();
    for _ in 0..3 {
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason, Reason::Blocked);
    }
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_name_on_the_list_may_lead_inside() {
    let script = Script::start(Step::Answer(answer("200 OK", "", r#"{"id":"1"}"#))).await;
    let connector = named(vec![vec!["127.0.0.1"]], &port(&script), &["ERP.example"]);
    assert_eq!(push(connector.as_ref()).await.unwrap().id, "1");
    let connector = named(vec![vec!["127.0.0.1"]], &port(&script), &["other.example"]);
    assert_eq!(
        push(connector.as_ref()).await.unwrap_err().reason,
        Reason::Blocked
    );
}

#[tokio::test]
async fn a_name_without_addresses_means_nothing_was_sent() {
    for answers in [vec![], vec![vec![]]] {
        let error = push(named(answers, "3000", &[]).as_ref())
            .await
            .unwrap_err();
        assert_eq!(error.reason, Reason::Unavailable);
    }
}

#[tokio::test]
async fn the_names_of_this_machine_are_checked_like_any_other() {
    let script = Script::start(Step::Answer(answer("200 OK", "", r#"{"id":"1"}"#))).await;
    let nothing_allowed = json!({ "network": { "plain_http": true } });
    for host in ["localhost", "LOCALHOST"] {
        let url = format!("http://{host}:{}", port(&script));
        let connector = connect_with(&url, &patient(), &nothing_allowed);
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason, Reason::Blocked, "{host}");
    }
    assert_eq!(script.requests(), [""; 0]);
}

#[test]
fn an_address_inside_is_refused_in_the_settings() {
    let nothing_allowed = json!({ "network": { "plain_http": true } });
    for host in [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "[::1]",
        "[::]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "[fd00::1]",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
    ] {
        let settings = settings(&format!("http://{host}:3000"), &nothing_allowed);
        let error = try_connect(&settings, &patient()).unwrap_err();
        assert_eq!(error.problems.len(), 1, "{host}: {error}");
        assert_eq!(error.problems[0].field, "/api_host", "{host}: {error}");
    }
    let public = settings("http://8.8.8.8:3000", &nothing_allowed);
    assert!(try_connect(&public, &patient()).is_ok());
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let target = Script::start(Step::Answer(answer("200 OK", "", r#"{"id":"1"}"#))).await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("Location: {}/api/v1/orders\r\n", target.url);
        let script = Script::start(Step::Answer(answer(status, &location, ""))).await;
        let connector = connect(&script.url, &patient());
        assert_eq!(
            push(connector.as_ref()).await.unwrap_err().reason,
            Reason::OutcomeUnknown
        );
        assert_eq!(
            connector.probe().await.unwrap_err().reason,
            Reason::BadResponse
        );
        assert_eq!(script.requests().len(), 2, "{status}");
    }
    assert_eq!(target.requests(), [""; 0]);
}

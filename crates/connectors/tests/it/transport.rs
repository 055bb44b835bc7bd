//! Connections that end in the middle of things, and answers without measure.
//!
//! The one question everywhere: can the order have been taken?

use std::sync::Arc;
use std::time::Duration;

use tirage_connectors::conformance::everything_told;
use tirage_connectors::{Connector, Disposition, Reason};
use tirage_pricing::Decimal;

use crate::script::{Script, Step, answer};
use crate::setup::{KEY, connect, hasty, key, patient, push};

const CREATED: &str = r#"{"id":"17","number":"A-00017","price":"6955.1"}"#;

async fn failing(connector: &Arc<dyn Connector>) -> Reason {
    push(connector.as_ref()).await.unwrap_err().reason
}

fn created() -> Vec<u8> {
    answer("201 Created", "Content-Type: application/json\r\n", CREATED)
}

#[tokio::test]
async fn a_whole_answer_is_an_order() {
    let script = Script::start(Step::Answer(created())).await;
    let order = push(connect(&script.url, &patient()).as_ref())
        .await
        .unwrap();
    assert_eq!(
        (order.id.as_str(), order.number.as_deref()),
        ("17", Some("A-00017"))
    );
    assert_eq!(order.price, Some(Decimal::new(69_551, 1)));
    assert_eq!(order.raw, CREATED);
}

#[tokio::test]
async fn a_success_cut_at_any_byte_is_an_unknown_outcome() {
    let whole = created();
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &patient());
    for at in 0..whole.len() {
        for step in [Step::ResetAfter, Step::CloseAfter] {
            script.set(step(whole[..at].to_vec()));
            assert_eq!(
                failing(&connector).await,
                Reason::OutcomeUnknown,
                "cut at {at}"
            );
        }
    }
    // At the last byte the answer is whole; a reset may still overtake it.
    script.set(Step::ResetAfter(whole));
    if let Err(error) = push(connector.as_ref()).await {
        assert_eq!(error.reason, Reason::OutcomeUnknown);
    }
}

#[tokio::test]
async fn a_refusal_cut_at_any_byte_is_a_refusal_once_its_status_is_known() {
    let body = r#"{"errors":[{"parameter":"Тираж","code":"max","message":"много"}]}"#;
    let whole = answer("422 Unprocessable Content", "", body);
    let head = whole.len() - body.len();
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &patient());
    for at in 0..whole.len() {
        script.set(Step::CloseAfter(whole[..at].to_vec()));
        let reason = failing(&connector).await;
        if at < head {
            assert_eq!(reason, Reason::OutcomeUnknown, "cut at {at}");
        } else {
            assert_eq!(
                reason,
                Reason::Rejected { errors: Vec::new() },
                "cut at {at}"
            );
        }
    }
}

#[tokio::test]
async fn a_request_cut_at_any_byte_is_an_unknown_outcome() {
    let script = Script::start(Step::Answer(created())).await;
    let connector = connect(&script.url, &patient());
    push(connector.as_ref()).await.unwrap();
    let length = script.requests()[0].len();
    for at in (0..length).step_by(97) {
        script.set(Step::ResetReading(at));
        assert_eq!(
            failing(&connector).await,
            Reason::OutcomeUnknown,
            "cut at {at}"
        );
    }
}

#[tokio::test]
async fn a_question_cut_at_any_byte_is_simply_asked_again() {
    let whole = answer("200 OK", "", r#"{"items":[]}"#);
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &patient());
    for at in 0..whole.len() {
        script.set(Step::ResetAfter(whole[..at].to_vec()));
        let error = connector.find_order(&key("T-1")).await.unwrap_err();
        assert_eq!(error.reason, Reason::Unavailable, "cut at {at}");
    }
    script.set(Step::Answer(whole));
    assert_eq!(connector.find_order(&key("T-1")).await.unwrap(), None);
}

#[tokio::test]
async fn a_port_nobody_listens_on_means_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = push(connect(&closed, &patient()).as_ref())
        .await
        .unwrap_err();
    assert_eq!(error.reason, Reason::Unavailable);
}

#[tokio::test]
async fn silence_is_given_up_on() {
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &hasty());
    let error = push(connector.as_ref()).await.unwrap_err();
    assert_eq!(error.reason, Reason::OutcomeUnknown);
    assert!(everything_told(&error).contains("no answer within 400 ms"));
    let error = connector.find_order(&key("T-1")).await.unwrap_err();
    assert_eq!(error.reason, Reason::Unavailable);
}

#[tokio::test]
async fn an_answer_that_drips_is_cut() {
    let starts = [
        (
            "HTTP/1.1 201 Created\r\nContent-Length: 10000\r\n\r\n",
            "did not end within",
        ),
        (
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n",
            "did not end within",
        ),
        ("HTTP/1.1 201 Created\r\nX-Slow:", "no answer within"),
        ("HTTP", "the connection failed"),
    ];
    for (start, told) in starts {
        let script = Script::start(Step::Drip(start.into())).await;
        let error = push(connect(&script.url, &hasty()).as_ref())
            .await
            .unwrap_err();
        assert_eq!(error.reason, Reason::OutcomeUnknown, "{start}");
        let everything = everything_told(&error);
        assert!(everything.contains(told), "{start}: {everything}");
    }
}

#[tokio::test]
async fn an_answer_without_measure_is_refused() {
    let announced = "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n";
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n",
        64 * 1024 * 1024
    );
    let unannounced = "HTTP/1.1 200 OK\r\n\r\n";
    for start in [announced, &chunked, unannounced] {
        let script = Script::start(Step::Flood(start.into())).await;
        let connector = connect(&script.url, &hasty());
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason, Reason::OutcomeUnknown, "{start}");
        assert!(
            everything_told(&error).contains("longer than 16384 bytes"),
            "{start}"
        );
        let error = connector.find_order(&key("T-1")).await.unwrap_err();
        assert_eq!(error.reason, Reason::BadResponse, "{start}");
    }
}

#[tokio::test]
async fn headers_without_measure_are_refused() {
    let script = Script::start(Step::Flood(b"HTTP/1.1 200 OK\r\nX-Long: ".to_vec())).await;
    let error = push(connect(&script.url, &hasty()).as_ref())
        .await
        .unwrap_err();
    assert_eq!(error.reason, Reason::OutcomeUnknown);
}

#[tokio::test]
async fn every_status_leads_where_it_should() {
    use Disposition::{CheckThenRetry, GiveUp, NeedsOperator, Pause, Retry};
    let wait = Retry {
        retry_after: Some(Duration::from_secs(7)),
    };
    let table = [
        ("302 Found", CheckThenRetry),
        ("400 Bad Request", GiveUp),
        ("401 Unauthorized", Pause),
        ("402 Payment Required", Pause),
        ("403 Forbidden", Pause),
        ("404 Not Found", NeedsOperator),
        ("408 Request Timeout", CheckThenRetry),
        ("409 Conflict", NeedsOperator),
        ("410 Gone", NeedsOperator),
        ("413 Content Too Large", GiveUp),
        ("422 Unprocessable Content", GiveUp),
        ("429 Too Many Requests", wait),
        ("500 Internal Server Error", CheckThenRetry),
        ("502 Bad Gateway", CheckThenRetry),
        ("503 Service Unavailable", CheckThenRetry),
        ("504 Gateway Timeout", CheckThenRetry),
    ];
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &patient());
    for (status, expected) in table {
        script.set(Step::Answer(answer(status, "Retry-After: 7\r\n", "")));
        let error = push(connector.as_ref()).await.unwrap_err();
        assert_eq!(error.reason.disposition(), expected, "{status}");
        let code = status.split(' ').next().unwrap();
        assert!(
            everything_told(&error).contains(&format!("answered {code}")),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_success_nobody_can_read_is_an_unknown_outcome() {
    let script = Script::start(Step::Silence).await;
    let connector = connect(&script.url, &patient());
    let bodies: [&[u8]; 10] = [
        b"",
        b"OK",
        b"<html>201</html>",
        b"{\"id\":\"17\"",
        b"{\"id\":\"17\"} trailing",
        b"{}",
        b"{\"id\":null}",
        b"{\"id\":[\"17\"]}",
        b"{\"id\":\"17\",\"external_number\":\"T-2\"}",
        b"{\"id\":\"\xff\"}",
    ];
    for body in bodies {
        let mut whole = answer("200 OK", "", "");
        whole.truncate(whole.len() - "Content-Length: 0\r\n\r\n".len());
        whole.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
        whole.extend(body);
        script.set(Step::Answer(whole));
        let reason = push(connector.as_ref()).await.unwrap_err().reason;
        assert_eq!(
            reason,
            Reason::OutcomeUnknown,
            "{}",
            String::from_utf8_lossy(body)
        );
    }
}

#[tokio::test]
async fn a_packed_answer_is_not_unpacked() {
    let script = Script::start(Step::Answer(answer(
        "200 OK",
        "Content-Encoding: gzip\r\n",
        r#"{"id":"17"}"#,
    )))
    .await;
    let order = push(connect(&script.url, &patient()).as_ref())
        .await
        .unwrap();
    assert_eq!(order.id, "17");
    let asked = script.requests()[0].to_lowercase();
    assert!(!asked.contains("accept-encoding"), "{asked}");
}

#[tokio::test]
async fn a_server_that_repeats_the_key_does_not_get_it_into_an_error_or_a_row() {
    let echo =
        format!(r#"{{"errors":[{{"parameter":"{KEY}","code":"{KEY}","message":"{KEY}"}}]}}"#);
    let script = Script::start(Step::Answer(answer("422 Unprocessable Content", "", &echo))).await;
    let connector = connect(&script.url, &patient());
    let error = push(connector.as_ref()).await.unwrap_err();
    assert!(!everything_told(&error).contains(KEY));
    let escaped: String = KEY
        .chars()
        .map(|char| format!("\\u{:04x}", u32::from(char)))
        .collect();
    let echo = format!(r#"{{"errors":[{{"parameter":"{escaped}"}}]}}"#);
    script.set(Step::Answer(answer("422 Unprocessable Content", "", &echo)));
    let error = push(connector.as_ref()).await.unwrap_err();
    assert_eq!(error.to_string(), "asystem: push_order: rejected, `•••` ()");
    for body in [
        KEY.to_owned(),
        format!(r#"{{"{KEY}":"{KEY}"}}"#),
        format!(r#"{{"id":["{KEY}"]}}"#),
    ] {
        script.set(Step::Answer(answer("200 OK", "", &body)));
        let error = push(connector.as_ref()).await.unwrap_err();
        assert!(!everything_told(&error).contains(KEY), "{body}");
    }
    let echo = format!(r#"{{"id":"17","note":"{KEY}"}}"#);
    script.set(Step::Answer(answer("200 OK", "", &echo)));
    let order = push(connector.as_ref()).await.unwrap();
    assert_eq!(order.raw, r#"{"id":"17","note":"•••"}"#);
}

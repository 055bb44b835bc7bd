//! The accept loop on a real socket: clients that are slow, silent or many.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tirage_api::server::{Limits, Phase, serve};
use tirage_testkit::{Socket, TestApp, TestDatabase, exchange};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const PATIENCE: Duration = Duration::from_millis(400);
const NO_PATIENCE_LEFT: Duration = Duration::from_secs(20);

struct Running {
    app: TestApp,
    address: SocketAddr,
    server: JoinHandle<()>,
    _assets: tempfile::TempDir,
}

fn limits() -> Limits {
    Limits {
        connections: 500,
        connections_per_ip: 400,
        header: PATIENCE,
        idle: PATIENCE * 4,
        drain: Duration::from_secs(5),
    }
}

async fn start(limits: Limits) -> Running {
    let assets = tempfile::tempdir().unwrap();
    std::fs::create_dir(assets.path().join("v1")).unwrap();
    std::fs::write(assets.path().join("v1/large.bin"), vec![7; 32 << 20]).unwrap();
    let settings = format!(
        "[server]\nrequest_timeout_ms = 1500\nassets = {:?}\n",
        assets.path()
    );
    let app = TestApp::on(TestDatabase::Sqlite, &settings).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(serve(listener, app.router(), limits, app.control.watch()));
    Running {
        app,
        address,
        server,
        _assets: assets,
    }
}

/// What a client says at first, and then bit by bit.
fn slow_clients() -> Vec<(&'static str, &'static [u8], &'static [u8])> {
    let post: &[u8] = b"POST /v1/quote HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
          Content-Length: 1000\r\n\r\n";
    vec![
        ("silent", b"", b""),
        ("one letter", b"P", b""),
        ("half a preface of HTTP/2", b"PRI * HTTP/2.0\r\n", b""),
        (
            "a preface of HTTP/2 and nothing more",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"",
        ),
        ("half a head", b"GET /livez HTTP/1.1\r\nHost: x\r\n", b""),
        (
            "a head letter by letter",
            b"GET /livez HTTP/1.1\r\nX: ",
            b"y",
        ),
        ("no body", post, b""),
        ("a body letter by letter", post, b" "),
        (
            "one answer and then silence",
            b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
            b"",
        ),
        (
            "an answer that is never read",
            b"GET /v1/large.bin HTTP/1.1\r\nHost: x\r\n\r\n",
            b"",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_clients_are_let_go_while_honest_ones_are_served() {
    let running = start(limits()).await;
    let address = running.address;
    let mut clients = tokio::task::JoinSet::new();
    for (name, first, then) in slow_clients() {
        for _ in 0..20 {
            clients.spawn(async move {
                let mut socket = Socket::connect(address).await.unwrap();
                socket.write(first).await;
                if name.ends_with("never read") {
                    // The end of the connection is seen by writing to it.
                    tokio::time::sleep(PATIENCE * 6).await;
                }
                let started = Instant::now();
                while !then.is_empty() && started.elapsed() < NO_PATIENCE_LEFT {
                    if socket.is_closed_after(then, PATIENCE / 10).await {
                        return (name, true);
                    }
                }
                (name, socket.read_to_end().await.is_some())
            });
        }
    }
    let mut honest = 0;
    let deadline = Instant::now() + NO_PATIENCE_LEFT;
    while !clients.is_empty() {
        assert!(
            Instant::now() < deadline,
            "{} slow clients are still there",
            clients.len()
        );
        let answer = exchange(address, "GET /livez HTTP/1.1", "").await;
        assert_eq!(answer.unwrap().status, 200);
        honest += 1;
        while let Some(done) = clients.try_join_next() {
            let (name, closed) = done.unwrap();
            assert!(closed, "{name}: still open");
        }
    }
    assert!(
        honest > 20,
        "only {honest} honest requests were served meanwhile"
    );
}

#[tokio::test]
async fn one_address_cannot_have_all_connections() {
    let running = start(Limits {
        connections_per_ip: 3,
        header: Duration::from_secs(60),
        ..limits()
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(Socket::connect(running.address).await.unwrap());
    }
    // Accepted and closed at once, without an answer.
    let refused = exchange(running.address, "GET /livez HTTP/1.1", "").await;
    assert!(refused.is_none());
    held.pop();
    tirage_testkit::until("a place is free again", NO_PATIENCE_LEFT, async || {
        exchange(running.address, "GET /livez HTTP/1.1", "")
            .await
            .is_some()
    })
    .await;
}

#[tokio::test]
async fn beyond_the_limit_connections_wait_for_a_place() {
    let running = start(Limits {
        connections: 2,
        ..limits()
    })
    .await;
    let _silent = (
        Socket::connect(running.address).await.unwrap(),
        Socket::connect(running.address).await.unwrap(),
    );
    let started = Instant::now();
    let answer = exchange(running.address, "GET /livez HTTP/1.1", "").await;
    assert_eq!(answer.unwrap().status, 200);
    assert!(started.elapsed() >= PATIENCE / 2, "it did not wait");
}

#[tokio::test]
async fn a_head_beyond_the_limits_is_refused() {
    let running = start(limits()).await;
    let many = (0..100).fold(String::from("GET /livez HTTP/1.1"), |head, number| {
        format!("{head}\r\nX-{number}: 1")
    });
    let long = format!("GET /livez HTTP/1.1\r\nX: {}", "x".repeat(32 * 1024));
    for head in [many, long] {
        let answer = exchange(running.address, &head, "").await;
        assert!(answer.is_none_or(|answer| answer.status == 431), "accepted");
    }
}

#[tokio::test]
async fn stopping_finishes_what_runs_and_takes_nothing_new() {
    let running = start(Limits {
        header: Duration::from_secs(30),
        ..limits()
    })
    .await;
    // Idle after an answer, and in the middle of a request.
    let mut idle = Socket::connect(running.address).await.unwrap();
    idle.write(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(!idle.read_some().await.is_empty());
    let mut busy = Socket::connect(running.address).await.unwrap();
    let body = r#"{"product":"cards","answers":{}}"#;
    let (first, rest) = body.split_at(10);
    let head = format!(
        "POST /v1/quote HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    );
    busy.write(head.as_bytes()).await;
    // The service asks for the body only once the request has reached its handler.
    assert!(busy.read_some().await.starts_with(b"HTTP/1.1 100"));
    running.app.control.advance(Phase::Stopping);
    assert!(
        idle.read_to_end().await.is_some(),
        "an idle connection stays open"
    );
    busy.write(rest.as_bytes()).await;
    let answer = busy.read_to_end().await.unwrap();
    assert!(
        answer.starts_with(b"HTTP/1.1 200"),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    running.server.await.unwrap();
    assert!(
        Socket::connect(running.address).await.is_err(),
        "still listening"
    );
}

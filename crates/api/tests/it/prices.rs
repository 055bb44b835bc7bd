//! Prices that somebody else computes: asked over real sockets, of a source that answers when the
//! test says so.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Value, json};
use tirage_api::server::{Limits, serve};
use tirage_connectors::prices::{PriceAnswer, PriceQuestion, PriceSource, SourcePrice};
use tirage_connectors::{ConnectorError, ConnectorKind, Operation, Reason};
use tirage_pricing::{Decimal, Texts};
use tirage_testkit::{CartBuilder, Exchange, TestApp, TestDatabase, exchange};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

/// A print house: 2 for a piece, and it answers as many questions as it was allowed to.
#[derive(Debug)]
struct PrintHouse {
    each: AtomicUsize,
    is_down: AtomicBool,
    allowed: Semaphore,
    asked: AtomicUsize,
    /// Questions at once, now and at most.
    open: watch::Sender<usize>,
    most: AtomicUsize,
}

impl PrintHouse {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            each: AtomicUsize::new(2),
            is_down: AtomicBool::new(false),
            allowed: Semaphore::new(0),
            asked: AtomicUsize::new(0),
            open: watch::Sender::new(0),
            most: AtomicUsize::new(0),
        })
    }

    /// Answers so many more questions.
    fn allow(&self, questions: usize) {
        self.allowed.add_permits(questions);
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Comes back when so many questions wait for an answer.
    async fn until_open(&self, questions: usize) {
        let mut open = self.open.subscribe();
        let waiting = open.wait_for(|open| *open >= questions);
        let waiting = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        assert!(waiting.is_ok(), "nobody asks");
    }
}

#[async_trait]
impl PriceSource for PrintHouse {
    async fn prices(&self, question: &PriceQuestion) -> Result<Vec<PriceAnswer>, ConnectorError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        // Counted before anybody hears of it: whoever waits for so many lets the first one go.
        self.open.send_modify(|open| {
            *open += 1;
            self.most.fetch_max(*open, Ordering::SeqCst);
        });
        let allowed = self.allowed.acquire().await.unwrap();
        allowed.forget();
        self.open.send_modify(|open| *open -= 1);
        if self.is_down.load(Ordering::SeqCst) {
            return Err(ConnectorError {
                connector: ConnectorKind::Memory,
                operation: Operation::Prices,
                reason: Reason::Unavailable,
                source: None,
            });
        }
        let each = Decimal::from(self.each.load(Ordering::SeqCst));
        let answer = |run: &Decimal| {
            if *run > Decimal::from(900) {
                return PriceAnswer::Refused(Texts::of([
                    ("ru", "Не больше 900"),
                    ("en", "At most 900"),
                ]));
            }
            PriceAnswer::Price(SourcePrice {
                total: run.checked_mul(each).unwrap(),
                lines: Vec::new(),
                weight: None,
                production: None,
            })
        };
        Ok(question.runs.iter().map(answer).collect())
    }
}

/// The service on a socket, with a product that the print house prices.
struct Shop {
    app: TestApp,
    address: SocketAddr,
    house: Arc<PrintHouse>,
}

const SETTINGS: &str =
    "[prices]\ntimeout_ms = 1000\npatience_ms = 50\nfresh_seconds = 60\nconcurrent = 2\n";

async fn shop(settings: &str) -> Shop {
    let app = TestApp::on(TestDatabase::Sqlite, settings).await;
    app.revise("flyers", |template| {
        let whole = template.as_object_mut().unwrap();
        for own in ["lines", "tables", "values", "examples", "promises"] {
            whole.remove(own);
        }
        whole.insert("prices".to_owned(), json!("remote"));
    })
    .await;
    let house = PrintHouse::new();
    app.app.price_by("flyers", Arc::clone(&house) as _);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits {
        connections: 100,
        connections_per_ip: 100,
        header: Duration::from_secs(5),
        idle: Duration::from_secs(5),
        drain: Duration::from_secs(5),
    };
    tokio::spawn(serve(listener, app.router(), limits, app.control.watch()));
    Shop {
        app,
        address,
        house,
    }
}

impl Shop {
    async fn post(&self, body: &Value) -> Exchange {
        let head = "POST /v1/quote HTTP/1.1";
        exchange(self.address, head, &body.to_string())
            .await
            .unwrap()
    }

    /// The runs of a quote for these quantities.
    async fn runs(&self, runs: &[u32]) -> Vec<Value> {
        let runs: Vec<String> = runs.iter().map(u32::to_string).collect();
        let body = json!({ "product": "flyers", "answers": {}, "runs": runs, "locale": "en" });
        let answer = self.post(&body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["runs"].as_array().unwrap().clone()
    }

    async fn cart(&self, run: u32, total: &str) -> String {
        let revision = self.app.revision("flyers").await;
        let answers = json!({ "run": run });
        let cart = CartBuilder::new().line("flyers", &revision, answers, total);
        cart.total(total).text()
    }

    async fn submit(&self, key: &str, cart: &str) -> Exchange {
        let head = format!("POST /v1/orders HTTP/1.1\r\nIdempotency-Key: {key}");
        exchange(self.address, &head, cart).await.unwrap()
    }
}

fn told(run: &Value) -> (&str, &str) {
    let text = |name: &str| run[name].as_str().unwrap_or_default();
    (text("total"), text("standing"))
}

fn problem(run: &Value) -> (&str, &str) {
    let problem = &run["problems"][0];
    let text = |name: &str| problem[name].as_str().unwrap_or_default();
    (text("code"), text("message"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_question_prices_every_run_and_a_refusal_is_words() {
    let shop = shop(SETTINGS).await;
    shop.house.allow(1);
    let runs = shop.runs(&[100, 200, 1000]).await;
    assert_eq!(told(&runs[0]), ("200", "confirmed"));
    assert_eq!(runs[0]["unit_price"], "2");
    assert_eq!(told(&runs[1]), ("400", "confirmed"));
    assert_eq!(problem(&runs[2]), ("source_refused", "At most 900"));
    // All of it is known now, the refusal too.
    assert_eq!(shop.runs(&[1000, 100]).await[1]["total"], "200");
    assert_eq!(shop.house.asked(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn equal_questions_are_asked_once() {
    let shop = shop(SETTINGS).await;
    let together = async {
        shop.house.until_open(1).await;
        // What is under way is not asked again; what is not yet asked is.
        let more = tokio::join!(shop.runs(&[100]), shop.runs(&[100, 300]), async {
            shop.house.until_open(2).await;
            shop.house.allow(2);
        });
        (more.0, more.1)
    };
    let (first, (second, third)) = tokio::join!(shop.runs(&[100, 200]), together);
    assert_eq!(told(&first[0]), ("200", "confirmed"));
    assert_eq!(told(&second[0]), ("200", "confirmed"));
    assert_eq!(told(&third[1]), ("600", "confirmed"));
    assert_eq!(shop.house.asked(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_of_before_is_preliminary_while_the_source_is_slow_or_down() {
    let shop = shop(SETTINGS).await;
    shop.house.allow(1);
    assert_eq!(told(&shop.runs(&[100]).await[0]), ("200", "confirmed"));

    shop.app.clock.advance(61_000);
    shop.house.each.store(3, Ordering::SeqCst);
    assert_eq!(told(&shop.runs(&[100]).await[0]), ("200", "preliminary"));
    // The question went on behind the answer, and serves the next one.
    shop.house.until_open(1).await;
    shop.house.allow(1);
    let confirmed = async {
        loop {
            let runs = shop.runs(&[100]).await;
            if told(&runs[0]).1 == "confirmed" {
                return runs;
            }
        }
    };
    let runs = tokio::time::timeout(Duration::from_secs(20), confirmed)
        .await
        .unwrap();
    assert_eq!(told(&runs[0]), ("300", "confirmed"));
    assert_eq!(shop.house.asked(), 2);

    shop.app.clock.advance(61_000);
    shop.house.is_down.store(true, Ordering::SeqCst);
    shop.house.allow(2);
    assert_eq!(told(&shop.runs(&[100]).await[0]), ("300", "preliminary"));
    let unknown = shop.runs(&[500]).await;
    assert_eq!(problem(&unknown[0]).0, "source_unavailable");
    assert!(
        problem(&unknown[0]).1.contains("print house"),
        "{unknown:?}"
    );
    assert_eq!(unknown[0].get("total"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_longer_than_a_source_may_take() {
    let shop = shop(&SETTINGS.replace("timeout_ms = 1000", "timeout_ms = 100")).await;
    let runs = shop.runs(&[100]).await;
    assert_eq!(problem(&runs[0]).0, "source_unavailable");
    shop.house.allow(1);
    assert_eq!(told(&shop.runs(&[100]).await[0]), ("200", "confirmed"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_is_asked_so_much_at_once_and_no_more() {
    let settings = SETTINGS.replace("timeout_ms = 1000", "timeout_ms = 9000");
    let shop = shop(&(settings + "waiting = 3\n")).await;
    let full = async {
        shop.house.until_open(1).await;
        let fourth = shop.runs(&[400]).await;
        shop.house.allow(1);
        fourth
    };
    let (three, fourth) = tokio::join!(shop.runs(&[100, 200, 300]), full);
    assert!(
        three.iter().all(|run| told(run).1 == "confirmed"),
        "{three:?}"
    );
    assert_eq!(problem(&fourth[0]).0, "source_unavailable");

    let answering = async {
        shop.house.until_open(2).await;
        shop.house.allow(3);
    };
    tokio::join!(
        shop.runs(&[500]),
        shop.runs(&[600]),
        shop.runs(&[700]),
        answering
    );
    assert_eq!(shop.house.asked(), 4);
    assert_eq!(shop.house.most.load(Ordering::SeqCst), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_at_the_source_s_own_price_of_now() {
    let shop = shop(SETTINGS).await;
    shop.house.allow(1);
    assert_eq!(told(&shop.runs(&[100]).await[0]), ("200", "confirmed"));

    // A price that is still fresh is good to look at, and not to order by.
    shop.house.each.store(3, Ordering::SeqCst);
    shop.house.allow(1);
    let answer = shop.submit("key-0001", &shop.cart(100, "200").await).await;
    assert_eq!(answer.refusal(), (409, "price_changed".to_owned()));
    let line = &answer.json()["lines"][0];
    assert_eq!(told(&line["quote"]["runs"][0]), ("300", "confirmed"));

    shop.house.is_down.store(true, Ordering::SeqCst);
    shop.house.allow(1);
    let cart = shop.cart(100, "300").await;
    let answer = shop.submit("key-0002", &cart).await;
    assert_eq!(answer.refusal(), (503, "source_unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "5");

    // Nothing is lost: the same cart with the same key is an order once the source answers.
    shop.house.is_down.store(false, Ordering::SeqCst);
    shop.house.allow(1);
    let answer = shop.submit("key-0002", &cart).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["total"], "300");
    // Repeating it asks nobody.
    assert_eq!(shop.submit("key-0002", &cart).await.status, 200);

    shop.house.allow(1);
    let answer = shop
        .submit("key-0003", &shop.cart(1000, "3000").await)
        .await;
    assert_eq!(answer.refusal(), (422, "not_priced".to_owned()));
}

#[tokio::test]
async fn a_revision_is_priced_by_the_source_of_its_product() {
    let shop = shop(SETTINGS).await;
    shop.house.allow(1);
    let template = shop.app.revision("flyers").await;
    let body = json!({ "template": template, "answers": { "run": 100 } });
    let run = shop.post(&body).await.json()["runs"][0].clone();
    assert_eq!(told(&run), ("200", "confirmed"));
}

#[tokio::test]
async fn without_a_source_the_quote_says_that_the_print_house_prices() {
    let shop = shop(SETTINGS).await;
    let template = shop.app.revision("flyers").await;
    let source = shop.app.get(&format!("/v1/templates/{template}")).await;
    shop.app.revise("cards", |own| *own = source.json()).await;
    let body = json!({ "product": "cards", "answers": {} });
    let run = shop.post(&body).await.json()["runs"][0].clone();
    assert_eq!(problem(&run).0, "priced_remotely");
    let cart = json!({ "run": 100 });
    let cart = CartBuilder::new().line("cards", &template, cart, "200");
    let answer = shop.submit("key-0001", &cart.total("200").text()).await;
    assert_eq!(answer.refusal(), (422, "not_priced".to_owned()));
    assert_eq!(shop.house.asked(), 0);
}

//! The service in this process: the real router and the real outbox worker.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Method, Request};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tirage_api::clock::Clock as _;
use tirage_api::config::{Config, Sources};
use tirage_api::outbox::{Step, Worker, targets};
use tirage_api::server::PhaseControl;
use tirage_api::{App, Entropy, Parts, publish, router};
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};
use tirage_storage::{Millis, NewProduct, Revision, Storage};
use tower::ServiceExt as _;

use crate::{CartBuilder, Exchange, ManualClock, TestDatabase};

/// The instant at which every test begins.
pub const START: Millis = 1_790_000_000_000;

const CARDS: &str = include_str!("../templates/cards.json");
const FLYERS: &str = include_str!("../templates/flyers.json");

/// A service with two products and one print house.
///
/// Orders are forwarded only when a test says so, by [`TestApp::forward`].
#[derive(Debug)]
pub struct TestApp {
    /// The service.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// Its shutdown.
    pub control: PhaseControl,
    /// The print house.
    pub emulator: AsystemEmulator,
    router: Router,
    directory: TempDir,
}

impl TestApp {
    /// A service on SQLite.
    pub async fn start() -> Self {
        Self::on(TestDatabase::Sqlite, "").await
    }

    /// A service on this database, with more settings in TOML.
    pub async fn on(database: TestDatabase, settings: &str) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let emulator = AsystemEmulator::start(AsystemOptions::default()).await;
        let emulator = emulator.expect("an emulator");
        let text = [
            database.settings(directory.path()).await,
            products(directory.path()),
            connection(&emulator.url()),
            settings.to_owned(),
        ];
        let file = directory.path().join("tirage.toml");
        std::fs::write(&file, text.concat()).expect("a file of settings");
        let sources = Sources {
            file: Some(file),
            environment: Vec::new(),
        };
        let config = Config::load(&sources).unwrap_or_else(|error| panic!("{error}"));
        let storage = Storage::open(&config.database.to_storage()).await;
        let clock = Arc::new(ManualClock::at(START));
        let control = PhaseControl::new();
        let app = App::new(Parts {
            config,
            storage: storage.expect("a database"),
            clock: Arc::clone(&clock) as _,
            entropy: Entropy::seeded(7),
            phase: control.watch(),
        });
        publish(&app).await.expect("the products");
        Self {
            router: router(&app),
            app,
            clock,
            control,
            emulator,
            directory,
        }
    }

    /// Asks the router.
    pub async fn send(&self, request: Request<Body>) -> Exchange {
        let answer = self.router.clone().oneshot(request).await;
        let (parts, body) = answer.expect("an answer").into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Exchange {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Exchange {
        self.send(request(Method::GET, path, "")).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &str) -> Exchange {
        self.send(request(Method::POST, path, body)).await
    }

    /// Submits a cart.
    pub async fn submit(&self, key: &str, cart: &str) -> Exchange {
        let mut request = request(Method::POST, "/v1/orders", cart);
        let key = key.parse().expect("a header's value");
        request.headers_mut().insert("idempotency-key", key);
        self.send(request).await
    }

    /// The revision in force of a product.
    pub async fn revision(&self, product: &str) -> String {
        let calculator = self.get(&format!("/v1/calculators/{product}")).await.json();
        let revision = calculator["template"]["revision"].as_str();
        revision.expect("a revision").to_owned()
    }

    /// 600 cards with rounded corners, as a buyer orders them: 2388.
    pub async fn cart(&self) -> CartBuilder {
        let answers = json!({ "run": 600, "method": "digital", "rounded": true });
        CartBuilder::new()
            .line("cards", &self.revision("cards").await, answers, "2388")
            .total("2388")
    }

    /// Stores an order and answers its receipt.
    pub async fn order(&self, key: &str) -> Value {
        let answer = self.submit(key, &self.cart().await.text()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    /// Publishes a changed template and answers its revision.
    pub async fn revise(&self, product: &str, change: impl FnOnce(&mut Value)) -> String {
        let path = format!("/v1/templates/{}", self.revision(product).await);
        let mut template = self.get(&path).await.json();
        change(&mut template);
        let storage = &self.app.storage;
        let text = template.to_string();
        let revision = storage.templates().put(&text, self.clock.now()).await;
        let revision: Revision = revision.expect("a template");
        let product = NewProduct {
            shop: "main".into(),
            key: product.to_owned(),
            name: "\"\"".to_owned(),
            template: revision.clone(),
            position: 1,
            options: "{}".to_owned(),
        };
        let published = storage.products().publish(&product, self.clock.now()).await;
        published.expect("a product");
        revision.as_str().to_owned()
    }

    /// A worker for the print house.
    pub async fn worker(&self) -> Worker {
        let targets = targets(&self.app).await.expect("the connections");
        let target = targets.into_iter().next().expect("a connection");
        Worker::new(Arc::clone(&self.app), target, "test".to_owned())
    }

    /// Forwards everything that is due until `end`, moving the clock to each due time. Answers how
    /// many attempts were made.
    pub async fn forward_until(&self, end: Millis) -> usize {
        let worker = self.worker().await;
        let mut attempts = 0;
        loop {
            match worker.step().await.expect("a step") {
                Step::Attempted => attempts += 1,
                Step::Idle { until: Some(at) } if at <= end => {
                    assert!(at > self.clock.now(), "the worker is idle with work to do");
                    self.clock.advance_to(at);
                }
                Step::Idle { .. } => return attempts,
            }
        }
    }

    /// Forwards everything there is, whenever it is due within a week.
    pub async fn forward(&self) -> usize {
        self.forward_until(self.clock.now() + 7 * 24 * 3_600_000)
            .await
    }

    /// Where files of the test may lie; gone afterwards.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The router, to serve it on a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }
}

fn request(method: Method, path: &str, body: &str) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()));
    request.expect("a request")
}

pub(crate) fn products(directory: &Path) -> String {
    let write = |key: &str, position: u32, text: &str| {
        let path: PathBuf = directory.join(format!("{key}.json"));
        std::fs::write(&path, text).expect("a template's file");
        format!("[[products]]\nkey = {key:?}\ntemplate = {path:?}\nposition = {position}\n")
    };
    write("cards", 1, CARDS) + &write("flyers", 2, FLYERS)
}

/// The connection is quick to give up, so that tests of silence are quick too.
fn connection(url: &str) -> String {
    format!(
        "[outbox]\nrequest_timeout_ms = 250\n\
         [[connections]]\nid = \"asystem\"\nkind = \"asystem\"\napi_host = {url:?}\n\
         api_key = \"asystem-key\"\nrate_per_minute = 0\n\
         network = {{ allow = [\"127.0.0.1\"], plain_http = true }}\n"
    )
}

//! How many orders a second can be stored: each with one line and one delivery, durably.
//!
//! `cargo bench -p tirage-storage` measures SQLite, and PostgreSQL too when `TEST_POSTGRES_URL`
//! names a server. It prints one line per load, with how long single submits took.

#![expect(clippy::print_stdout, reason = "a benchmark is a program that prints")]
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot run says why and ends"
)]

use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand::rngs::StdRng;
use tirage_storage::{
    DatabaseConfig, NewDelivery, NewOrder, NewProduct, OrderId, OrderLine, OrderToken, Placed,
    Revision, Shop, ShopId, Storage,
};

const NOW: i64 = 1_790_000_000_000;
const TEMPLATE: &str = "{}";
const SUBMITS: u64 = 10_000;

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("tirage.db");
    measure("sqlite", &DatabaseConfig::Sqlite { path }).await;
    #[expect(
        clippy::disallowed_methods,
        reason = "the caller names the server, there is no configuration to read it from"
    )]
    if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
        measure("postgres", &DatabaseConfig::Postgres { url: url.into() }).await;
    }
}

async fn measure(name: &str, config: &DatabaseConfig) {
    let storage = Storage::open(config).await.expect("a database");
    prepare(&storage).await;
    for (load, clients) in [1_u64, 8, 32, 128].into_iter().enumerate() {
        let submits = if clients == 1 { SUBMITS / 5 } else { SUBMITS };
        let started = Instant::now();
        let tasks: Vec<_> = (0..clients)
            .map(|client| {
                let seed = (load as u64) << 32 | client;
                tokio::spawn(submit(storage.clone(), seed, submits / clients))
            })
            .collect();
        let mut took = Vec::new();
        for task in tasks {
            took.extend(task.await.expect("a client"));
        }
        let elapsed = started.elapsed();
        took.sort_unstable();
        let rate = took.len() as u128 * 1_000_000 / elapsed.as_micros();
        println!(
            "{name}: {clients:>3} clients: {rate:>5} orders/s, p50 {:?}, p99 {:?}, longest {:?}",
            took[took.len() / 2],
            took[took.len() * 99 / 100],
            took[took.len() - 1],
        );
    }
    storage.close().await;
}

async fn prepare(storage: &Storage) {
    let shop = Shop {
        id: "bench".into(),
        name: "Bench".to_owned(),
        prefix: "B".to_owned(),
        origins: "[]".to_owned(),
    };
    storage.shops().ensure(&shop, NOW).await.expect("a shop");
    let template = storage
        .templates()
        .put(TEMPLATE, NOW)
        .await
        .expect("a template");
    let product = NewProduct {
        shop: shop.id,
        key: "cards".to_owned(),
        name: "{}".to_owned(),
        template,
        position: 1,
        options: "{}".to_owned(),
    };
    storage
        .products()
        .publish(&product, NOW)
        .await
        .expect("a product");
}

/// One client that submits one order after another.
async fn submit(storage: Storage, seed: u64, submits: u64) -> Vec<Duration> {
    let mut rng = StdRng::seed_from_u64(seed ^ u64::from(std::process::id()) << 40);
    let mut took = Vec::new();
    for _ in 0..submits {
        let order = order(&mut rng);
        let started = Instant::now();
        let placed = storage.orders().place(order, NOW).await;
        took.push(started.elapsed());
        assert!(matches!(placed, Ok(Placed::New(_))), "{placed:?}");
    }
    took
}

fn order(rng: &mut StdRng) -> NewOrder {
    let id = OrderId::random(NOW, rng);
    NewOrder {
        token: OrderToken::random(rng),
        shop: ShopId::new("bench"),
        idem: id.as_str().to_owned(),
        id,
        cart_hash: Revision::of("cart").as_str().to_owned(),
        customer: r#"{"kind":"person","name":"Анна","phone":"+7"}"#.to_owned(),
        shipping: None,
        issue_date: None,
        consent_at: None,
        comment: None,
        locale: "ru".to_owned(),
        currency: "RUB".to_owned(),
        total: "2928".to_owned(),
        status: "placed".to_owned(),
        lines: vec![OrderLine {
            product: "cards".to_owned(),
            template: Revision::of(TEMPLATE),
            answers: r#"{"run":600,"paper":"matt","method":"offset"}"#.to_owned(),
            run: "600".to_owned(),
            // About as much as a quote of five lines.
            quote: "x".repeat(1_000),
            total: "2928".to_owned(),
            group: None,
        }],
        deliveries: vec![NewDelivery {
            target: "asystem".into(),
            kind: "create_order".to_owned(),
            payload: "{}".to_owned(),
        }],
    }
}

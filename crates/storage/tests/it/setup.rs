//! A fresh database per test, and builders for what most tests need in it.

use std::sync::atomic::{AtomicU64, Ordering};

use rand::SeedableRng;
use rand::rngs::StdRng;
use tirage_storage::outbox::{
    Claim, ClaimRequest, Claimed, Outcome, Report, Settlement, TargetHealth, TargetSettings,
};
use tirage_storage::{
    DatabaseConfig, Millis, NewDelivery, NewOrder, NewProduct, OrderHead, OrderId, OrderLine,
    OrderToken, Placed, Revision, Shop, ShopId, Storage, TargetId,
};

/// The instant at which tests begin.
pub(crate) const NOW: Millis = 1_790_000_000_000;
pub(crate) const LEASE: Millis = 120_000;
pub(crate) const TEMPLATE: &str = r#"{"format":1,"key":"business-cards"}"#;

/// Tells apart everything random of one test run.
static SEED: AtomicU64 = AtomicU64::new(1);

/// A storage of its own with the shop `main` and one product.
pub(crate) struct TestDb {
    pub(crate) storage: Storage,
    pub(crate) config: DatabaseConfig,
    /// Deletes the SQLite file at the end.
    _directory: Option<tempfile::TempDir>,
}

impl TestDb {
    pub(crate) async fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let config = DatabaseConfig::Sqlite {
            path: directory.path().join("tirage.db"),
        };
        Self::with(config, Some(directory)).await
    }

    /// A schema of its own on the server in `TEST_POSTGRES_URL`.
    #[cfg(feature = "postgres-tests")]
    pub(crate) async fn postgres() -> Self {
        use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

        let server = postgres_url().expect("TEST_POSTGRES_URL names a server");
        let schema = format!(
            "t{}_{}",
            std::process::id(),
            SEED.fetch_add(1, Ordering::Relaxed)
        );
        let mut connection = PgConnection::connect(&server).await.expect("a server");
        let create = format!("drop schema if exists {schema} cascade; create schema {schema}");
        connection
            .execute(AssertSqlSafe(create))
            .await
            .expect("a schema");
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-csearch_path%3D{schema}");
        Self::with(DatabaseConfig::Postgres { url: url.into() }, None).await
    }

    async fn with(config: DatabaseConfig, directory: Option<tempfile::TempDir>) -> Self {
        let storage = Storage::open(&config).await.expect("a database");
        seed(&storage).await;
        Self {
            storage,
            config,
            _directory: directory,
        }
    }

    /// A target without limits.
    pub(crate) async fn target(&self, id: &str) -> TargetId {
        self.limited_target(id, (0, 0), 100).await
    }

    pub(crate) async fn limited_target(
        &self,
        id: &str,
        (rate_ms, burst_ms): (Millis, Millis),
        max_inflight: i64,
    ) -> TargetId {
        let settings = TargetSettings {
            id: id.into(),
            rate_ms,
            burst_ms,
            max_inflight,
        };
        self.storage
            .outbox()
            .ensure_target(&settings, NOW)
            .await
            .expect("a target");
        settings.id
    }

    /// Places an order with one delivery per named target.
    pub(crate) async fn order_for(&self, targets: &[&str], now: Millis) -> OrderHead {
        let mut order = new_order(now);
        order.deliveries = targets.iter().map(|target| delivery(target)).collect();
        match self.storage.orders().place(order, now).await {
            Ok(Placed::New(head)) => head,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn claim(&self, target: &TargetId, now: Millis) -> Claim {
        let request = ClaimRequest {
            target,
            owner: "worker",
            now,
            lease_ms: LEASE,
        };
        self.storage
            .outbox()
            .claim(&request)
            .await
            .expect("a claim")
    }

    /// Claims, and expects to get something.
    pub(crate) async fn lease(&self, target: &TargetId, now: Millis) -> Claimed {
        match self.claim(target, now).await {
            Claim::Leased(claimed) => *claimed,
            wait @ Claim::Wait { .. } => panic!("{wait:?}"),
        }
    }
}

/// The server to test on, from the environment.
pub(crate) fn postgres_url() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the test runner names the server, there is no configuration to read it from"
    )]
    std::env::var("TEST_POSTGRES_URL").ok()
}

async fn seed(storage: &Storage) {
    let shop = Shop {
        id: "main".into(),
        name: "Main".to_owned(),
        prefix: "T".to_owned(),
        origins: "[]".to_owned(),
    };
    storage.shops().ensure(&shop, NOW).await.expect("a shop");
    let template = storage
        .templates()
        .put(TEMPLATE, NOW)
        .await
        .expect("a template");
    let product = business_cards(template);
    storage
        .products()
        .publish(&product, NOW)
        .await
        .expect("a product");
}

pub(crate) fn business_cards(template: Revision) -> NewProduct {
    NewProduct {
        shop: "main".into(),
        key: "business-cards".to_owned(),
        name: r#"{"ru":"Визитки"}"#.to_owned(),
        template,
        position: 1,
        options: "{}".to_owned(),
    }
}

/// An order of one line with a key of its own and no deliveries.
pub(crate) fn new_order(now: Millis) -> NewOrder {
    let mut rng = StdRng::seed_from_u64(SEED.fetch_add(1, Ordering::Relaxed));
    let id = OrderId::random(now, &mut rng);
    NewOrder {
        token: OrderToken::random(&mut rng),
        shop: ShopId::new("main"),
        idem: format!("key of {id}"),
        id,
        cart_hash: "cart".to_owned(),
        customer: r#"{"kind":"person","name":"Анна"}"#.to_owned(),
        shipping: None,
        issue_date: None,
        consent_at: None,
        comment: None,
        locale: "ru".to_owned(),
        currency: "RUB".to_owned(),
        total: "2928".to_owned(),
        status: "placed".to_owned(),
        lines: vec![OrderLine {
            product: "business-cards".to_owned(),
            template: Revision::of(TEMPLATE),
            answers: r#"{"run":600}"#.to_owned(),
            run: "600".to_owned(),
            quote: "{}".to_owned(),
            total: "2928".to_owned(),
            group: None,
        }],
        deliveries: Vec::new(),
    }
}

pub(crate) fn delivery(target: &str) -> NewDelivery {
    NewDelivery {
        target: target.into(),
        kind: "create_order".to_owned(),
        payload: "{}".to_owned(),
    }
}

pub(crate) fn done(remote_id: &str) -> Settlement {
    Settlement {
        outcome: Outcome::Done {
            remote_id: Some(remote_id.to_owned()),
            remote_number: None,
        },
        health: TargetHealth::Works,
        report: Report::default(),
    }
}

/// The target answered and refused, which is what `outcome` makes of it.
pub(crate) fn failed(outcome: Outcome) -> Settlement {
    Settlement {
        outcome,
        health: TargetHealth::Works,
        report: Report {
            class: "refused".to_owned(),
            http: Some(422),
            ms: 20,
            excerpt: Some("no such paper".to_owned()),
        },
    }
}

/// The target failed before it could do anything.
pub(crate) fn refused_connection(next_at: Millis) -> Settlement {
    Settlement {
        outcome: Outcome::Retry { next_at },
        health: TargetHealth::Fault,
        report: Report {
            class: "connect".to_owned(),
            http: None,
            ms: 3,
            excerpt: Some("connection refused".to_owned()),
        },
    }
}

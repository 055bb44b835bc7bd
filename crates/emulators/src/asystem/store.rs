//! The orders the emulated system has taken.
//!
//! With a directory every order is on disk before it is answered, so that killing the process at
//! any moment loses nothing it has acknowledged.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::Value;

const FILE: &str = "asystem-orders.jsonl";

/// An order the system has taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredOrder {
    /// The system's identifier.
    pub id: String,
    /// The number its people know the order by.
    pub number: String,
    /// The order's status.
    pub status: String,
    /// The key it came with.
    pub idempotency_key: Option<String>,
    /// The shop's number of it.
    pub external_number: String,
    /// When it came, as HTTP writes dates.
    pub received_at: String,
    /// The body as it was sent.
    pub order: Value,
}

/// How often an external number came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Received {
    /// Requests to take it, repeats included.
    pub requests: u64,
    /// Orders made of them. More than one is a doubled order.
    pub orders: u64,
}

/// Whether an order was new.
#[derive(Debug)]
pub(crate) enum Taken {
    New(StoredOrder),
    Known(StoredOrder),
}

#[derive(Debug, Default)]
pub(crate) struct Store {
    orders: Vec<StoredOrder>,
    requests: BTreeMap<String, u64>,
    file: Option<File>,
}

impl Store {
    /// Reads what an earlier process has taken.
    pub(crate) fn open(directory: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(directory)?;
        let path = directory.join(FILE);
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(&path)?;
        File::open(directory)?.sync_all()?;
        let text = io::read_to_string(&mut file)?;
        // A line without its end was never acknowledged: the process died while writing it.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let orders = text
            .get(..whole)
            .unwrap_or_default()
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<StoredOrder>, _>>()?;
        file.set_len(u64::try_from(whole).map_err(io::Error::other)?)?;
        Ok(Self {
            orders,
            requests: BTreeMap::new(),
            file: Some(file),
        })
    }

    pub(crate) fn orders(&self) -> &[StoredOrder] {
        &self.orders
    }

    /// Takes an order; `idempotency_key` is `None` where repeats are not to be recognised.
    pub(crate) fn take(
        &mut self,
        idempotency_key: Option<&str>,
        external_number: &str,
        order: Value,
    ) -> io::Result<Taken> {
        *self.requests.entry(external_number.to_owned()).or_default() += 1;
        let same_key = |order: &&StoredOrder| {
            idempotency_key.is_some() && order.idempotency_key.as_deref() == idempotency_key
        };
        if let Some(known) = self.orders.iter().find(same_key) {
            return Ok(Taken::Known(known.clone()));
        }
        let id = self.orders.len() + 1;
        let stored = StoredOrder {
            id: id.to_string(),
            number: format!("A-{id:05}"),
            status: "new".to_owned(),
            idempotency_key: idempotency_key.map(ToOwned::to_owned),
            external_number: external_number.to_owned(),
            received_at: httpdate::fmt_http_date(now()),
            order,
        };
        if let Some(file) = &mut self.file {
            let mut line = serde_json::to_vec(&stored)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.sync_data()?;
        }
        self.orders.push(stored.clone());
        Ok(Taken::New(stored))
    }

    pub(crate) fn received(&self) -> BTreeMap<String, Received> {
        let mut received: BTreeMap<String, Received> = self
            .requests
            .iter()
            .map(|(number, requests)| {
                let counted = Received {
                    requests: *requests,
                    orders: 0,
                };
                (number.clone(), counted)
            })
            .collect();
        for order in &self.orders {
            received
                .entry(order.external_number.clone())
                .or_default()
                .orders += 1;
        }
        received
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the emulator stands for another company's server, which has a clock of its own"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cut_by_a_kill_is_forgotten_and_the_rest_is_kept() {
        let directory = tempfile::tempdir().unwrap();
        let mut store = Store::open(directory.path()).unwrap();
        store.take(Some("k1"), "T-1", Value::Null).unwrap();
        store.take(Some("k2"), "T-2", Value::Null).unwrap();
        drop(store);
        let path = directory.path().join(FILE);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 5]).unwrap();

        let mut store = Store::open(directory.path()).unwrap();
        assert_eq!(store.orders().len(), 1);
        store.take(Some("k2"), "T-2", Value::Null).unwrap();
        drop(store);
        let store = Store::open(directory.path()).unwrap();
        let numbers: Vec<_> = store.orders().iter().map(|o| &o.external_number).collect();
        assert_eq!(numbers, ["T-1", "T-2"]);
    }

    #[test]
    fn repeats_are_counted_beside_the_orders_they_made() {
        let mut store = Store::default();
        for _ in 0..3 {
            store.take(Some("k1"), "T-1", Value::Null).unwrap();
        }
        store.take(None, "T-2", Value::Null).unwrap();
        store.take(None, "T-2", Value::Null).unwrap();
        let expected = BTreeMap::from([
            (
                "T-1".to_owned(),
                Received {
                    requests: 3,
                    orders: 1,
                },
            ),
            (
                "T-2".to_owned(),
                Received {
                    requests: 2,
                    orders: 2,
                },
            ),
        ]);
        assert_eq!(store.received(), expected);
    }
}

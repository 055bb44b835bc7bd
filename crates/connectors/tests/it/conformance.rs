//! The conformance suite for every connector.

use std::sync::Arc;

use async_trait::async_trait;
use tirage_connectors::conformance::{Rig, Situation, discreet, sample_order, sorted, sound};
use tirage_connectors::memory::{Effect, Failure, MemoryConnector};
use tirage_connectors::{Connector, Disposition, Reason};
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};
use tirage_emulators::{Fault, Faults, RandomMix};
use tokio::sync::Mutex;

use crate::setup::{KEY, connect, hasty, key};

struct MemoryRig(MemoryConnector);

#[async_trait]
impl Rig for MemoryRig {
    fn connector(&self) -> &dyn Connector {
        &self.0
    }

    async fn arrange(&self, situation: Situation) {
        let reason = match situation {
            Situation::Unreachable => Reason::Unavailable,
            Situation::TooMany => Reason::RateLimited { retry_after: None },
            Situation::WrongKey => Reason::Unauthorized,
            Situation::Changed => Reason::Conflict,
            Situation::Refused => Reason::Rejected { errors: Vec::new() },
            Situation::ErrorBefore
            | Situation::SilenceBefore
            | Situation::ResetBefore
            | Situation::ErrorAfter
            | Situation::SilenceAfter
            | Situation::ResetAfter
            | Situation::GarbageAfter => Reason::OutcomeUnknown,
        };
        let effect = if situation.takes_the_order() {
            Effect::OrderTaken
        } else {
            Effect::Nothing
        };
        self.0.fail_next(Failure { effect, reason });
    }

    async fn recover(&self) {}

    async fn orders(&self, external_number: &str) -> usize {
        let orders = self.0.orders();
        let ours = orders
            .iter()
            .filter(|received| received.key.external_number() == external_number);
        ours.count()
    }

    fn secrets(&self) -> Vec<String> {
        Vec::new()
    }
}

struct AsystemRig {
    connector: Arc<dyn Connector>,
    data: tempfile::TempDir,
    port: u16,
    emulator: Mutex<Option<AsystemEmulator>>,
}

impl AsystemRig {
    async fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let emulator = Self::emulator(data.path(), 0).await;
        Self {
            connector: connect(&emulator.url(), &hasty()),
            port: emulator.port(),
            data,
            emulator: Mutex::new(Some(emulator)),
        }
    }

    async fn emulator(data: &std::path::Path, port: u16) -> AsystemEmulator {
        let options = AsystemOptions {
            port,
            key: KEY.to_owned(),
            data: Some(data.to_owned()),
        };
        AsystemEmulator::start(options).await.unwrap()
    }
}

#[async_trait]
impl Rig for AsystemRig {
    fn connector(&self) -> &dyn Connector {
        self.connector.as_ref()
    }

    async fn arrange(&self, situation: Situation) {
        let fault = match situation {
            Situation::Unreachable => {
                self.emulator.lock().await.take().unwrap().stop().await;
                return;
            }
            Situation::TooMany => Fault::RateLimited,
            Situation::WrongKey => Fault::Unauthorized,
            Situation::Changed => Fault::Conflict,
            Situation::Refused => Fault::Reject,
            Situation::ErrorBefore => Fault::Down,
            Situation::SilenceBefore => Fault::HangBefore,
            Situation::ResetBefore => Fault::ResetBefore,
            Situation::ErrorAfter => Fault::ErrorAfter,
            Situation::SilenceAfter => Fault::HangAfter,
            Situation::ResetAfter => Fault::ResetAfter,
            Situation::GarbageAfter => Fault::GarbageAfter,
        };
        let emulator = self.emulator.lock().await;
        emulator
            .as_ref()
            .unwrap()
            .set_faults(Faults::next([fault.once()]));
    }

    async fn recover(&self) {
        let mut emulator = self.emulator.lock().await;
        if emulator.is_none() {
            *emulator = Some(Self::emulator(self.data.path(), self.port).await);
        }
    }

    async fn orders(&self, external_number: &str) -> usize {
        let emulator = self.emulator.lock().await;
        let orders = emulator.as_ref().unwrap().orders();
        orders
            .iter()
            .filter(|order| order.external_number == external_number)
            .count()
    }

    fn secrets(&self) -> Vec<String> {
        vec![KEY.to_owned()]
    }
}

#[tokio::test]
async fn memory_is_sound() {
    sound(&MemoryConnector::new(), "T").await.unwrap();
}

#[tokio::test]
async fn memory_sorts_every_failure() {
    sorted(&MemoryRig(MemoryConnector::new())).await.unwrap();
}

#[tokio::test]
async fn memory_tells_no_secret() {
    discreet(&MemoryRig(MemoryConnector::new())).await.unwrap();
}

#[tokio::test]
async fn asystem_is_sound() {
    let rig = AsystemRig::start().await;
    sound(rig.connector(), "Заказ №1/2&3").await.unwrap();
}

#[tokio::test]
async fn asystem_sorts_every_failure() {
    sorted(&AsystemRig::start().await).await.unwrap();
}

#[tokio::test]
async fn asystem_tells_no_secret() {
    discreet(&AsystemRig::start().await).await.unwrap();
}

#[tokio::test]
async fn a_system_that_forgets_keys_is_not_sound() {
    let rig = AsystemRig::start().await;
    let forgetful = Faults {
        forgetful: true,
        ..Faults::default()
    };
    rig.emulator
        .lock()
        .await
        .as_ref()
        .unwrap()
        .set_faults(forgetful);
    let violation = sound(rig.connector(), "T").await.unwrap_err();
    assert_eq!(violation.rule, "the same key twice is the same order");
}

/// Does what the outbox does, by dispositions alone and without waiting.
async fn forward(connector: &dyn Connector, number: &str) {
    let order = sample_order(number).unwrap();
    let key = key(number);
    let mut check = false;
    for _ in 0..1000 {
        let outcome = if check {
            connector.find_order(&key).await
        } else {
            connector.push_order(&order, &key).await.map(Some)
        };
        match outcome.map_err(|error| error.reason.disposition()) {
            Ok(Some(_)) => return,
            Ok(None) => check = false,
            Err(Disposition::CheckThenRetry) => check = true,
            // The same call again: an order to be looked up is still to be looked up.
            Err(Disposition::Retry { .. }) => {}
            Err(other) => panic!("{number}: {other:?}"),
        }
    }
    panic!("{number} never arrived");
}

#[tokio::test]
async fn orders_over_a_bad_line_to_a_forgetful_system_arrive_exactly_once() {
    let rig = AsystemRig::start().await;
    let mix = [
        (Fault::Down, 150),
        (Fault::RateLimited, 50),
        (Fault::ResetBefore, 100),
        (Fault::ErrorAfter, 150),
        (Fault::GarbageAfter, 100),
        (Fault::ResetAfter, 100),
    ];
    let faults = Faults {
        random: Some(RandomMix {
            seed: 20_261_124,
            per_mille: mix.into(),
        }),
        forgetful: true,
        ..Faults::default()
    };
    rig.emulator
        .lock()
        .await
        .as_ref()
        .unwrap()
        .set_faults(faults);
    for index in 0..100 {
        forward(rig.connector(), &format!("T-{index}")).await;
    }
    let received = rig.emulator.lock().await.as_ref().unwrap().received();
    assert_eq!(received.len(), 100);
    for (number, counted) in received {
        assert_eq!(counted.orders, 1, "{number}");
    }
}

//! The order on the screen: fetched, refreshed, and changed by what an operator does.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tirage_wire::admin::{Delivery, DeliveryAction, DeliveryView, OrderDetail};

use crate::browser::client;
use crate::browser::intl::now_ms;
use crate::hooks::{SessionStore, use_session};
use crate::state::failure::Failure;
use crate::state::loading::Loading;

/// The order.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderStore {
    id: StoredValue<String>,
    detail: RwSignal<Loading<OrderDetail>>,
    updated_ms: RwSignal<Option<i64>>,
    refreshing: RwSignal<bool>,
    session: SessionStore,
}

impl OrderStore {
    /// Nothing is known of the order yet.
    pub(super) fn new(id: String) -> Self {
        Self {
            id: StoredValue::new(id),
            detail: RwSignal::default(),
            updated_ms: RwSignal::default(),
            refreshing: RwSignal::default(),
            session: use_session(),
        }
    }

    /// A part of the order. What shows it is redrawn only when this part changed.
    pub(super) fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&OrderDetail) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.detail.with(|detail| detail.value.as_ref().map(&pick)))
    }

    /// One of its deliveries.
    pub(super) fn delivery(self, id: String) -> Memo<Option<DeliveryView>> {
        Memo::new(move |_| {
            self.detail.with(|detail| {
                let mut deliveries = detail.value.iter().flat_map(|order| &order.deliveries);
                deliveries.find(|view| view.delivery.id == id).cloned()
            })
        })
    }

    /// Why the last request failed, when it did.
    pub(super) fn failure(self) -> Option<Failure> {
        self.detail.with(|detail| detail.failure.clone())
    }

    /// When the order was last right.
    pub(super) fn updated_ms(self) -> Option<i64> {
        self.updated_ms.get()
    }

    /// Fetches the order again, unless that is under way already.
    pub(super) fn refresh(self) {
        if self.refreshing.get_untracked() {
            return;
        }
        self.refreshing.set(true);
        let id = self.id.get_value();
        spawn_local(async move {
            let outcome = client::order(&id).await;
            match &outcome {
                Ok(_) => self.updated_ms.set(Some(now_ms())),
                Err(failure) => self.session.notice(failure),
            }
            // The page may be gone by now; then there is nothing to update.
            self.detail.try_update(|detail| detail.settle(outcome));
            self.refreshing.set(false);
        });
    }

    /// Retries or cancels a delivery and takes in what became of it.
    pub(super) async fn command(self, id: &str, action: DeliveryAction) -> Result<(), Failure> {
        let outcome = client::command(id, action).await;
        match &outcome {
            Ok(delivery) => self.take_in(delivery),
            Err(failure) => self.session.notice(failure),
        }
        // Attempts and history changed too; after a refusal the state is another than was shown.
        if !self.refreshing.is_disposed() {
            self.refresh();
        }
        outcome.map(drop)
    }

    fn take_in(self, delivery: &Delivery) {
        self.detail.try_update(|detail| {
            let mut deliveries = detail
                .value
                .iter_mut()
                .flat_map(|order| &mut order.deliveries);
            if let Some(view) = deliveries.find(|view| view.delivery.id == delivery.id) {
                view.delivery = delivery.clone();
            }
        });
    }
}

//! The list of orders. It outlives its page, so that the way back from an order is instant.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Notices, SessionStore, Wording};
use crate::browser::client;
use crate::browser::intl::now_ms;
use crate::state::failure::Failure;
use crate::state::order_list::OrderList;

/// The list of orders and how it is doing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OrdersStore {
    /// The orders.
    pub(crate) list: RwSignal<OrderList>,
    /// Ids of the orders the last refresh brought.
    pub(crate) fresh: RwSignal<Vec<String>>,
    /// When the list was last right, in milliseconds since 1970.
    pub(crate) updated_ms: RwSignal<Option<i64>>,
    /// Why the last request failed, when it did.
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// A refresh is under way.
    pub(crate) refreshing: RwSignal<bool>,
    /// The next page is under way.
    pub(crate) loading_more: RwSignal<bool>,
    session: SessionStore,
    notices: Notices,
    wording: Wording,
}

impl OrdersStore {
    /// Fetches the first page again, unless that is under way already.
    pub(crate) fn refresh(self) {
        if self.refreshing.get_untracked() {
            return;
        }
        self.refreshing.set(true);
        spawn_local(async move {
            match client::orders(None).await {
                // Whoever asked has left meanwhile.
                Ok(_) if !self.session.is_inside() => {}
                Ok(page) => {
                    let first_time = self.updated_ms.get_untracked().is_none();
                    let fresh = self
                        .list
                        .try_update(|list| list.refresh(page))
                        .unwrap_or_default();
                    self.settled();
                    if !first_time && !fresh.is_empty() {
                        let text = self.wording.words_now().orders.arrived;
                        self.notices.say(text(fresh.len()));
                        self.fresh.set(fresh);
                    }
                }
                Err(failure) => self.failed(failure),
            }
            self.refreshing.set(false);
        });
    }

    /// Fetches the next page.
    pub(crate) fn load_more(self) {
        let cursor = self
            .list
            .with_untracked(|list| list.next().map(str::to_owned));
        let Some(cursor) = cursor.filter(|_| !self.loading_more.get_untracked()) else {
            return;
        };
        self.loading_more.set(true);
        spawn_local(async move {
            match client::orders(Some(&cursor)).await {
                Ok(page) => {
                    self.list.update(|list| list.append(page));
                    self.settled();
                }
                Err(failure) => self.failed(failure),
            }
            self.loading_more.set(false);
        });
    }

    /// Forgets everything, as whoever logs in next may be somebody else.
    pub(crate) fn forget(self) {
        self.list.set(OrderList::default());
        self.fresh.set(Vec::new());
        self.updated_ms.set(None);
        self.failure.set(None);
    }

    fn settled(self) {
        self.updated_ms.set(Some(now_ms()));
        self.failure.set(None);
    }

    fn failed(self, failure: Failure) {
        self.session.notice(&failure);
        self.failure.set(Some(failure));
    }
}

/// Begins with an empty list.
pub(crate) fn provide_orders(
    session: SessionStore,
    notices: Notices,
    wording: Wording,
) -> OrdersStore {
    let store = OrdersStore {
        list: RwSignal::default(),
        fresh: RwSignal::default(),
        updated_ms: RwSignal::default(),
        failure: RwSignal::default(),
        refreshing: RwSignal::default(),
        loading_more: RwSignal::default(),
        session,
        notices,
        wording,
    };
    provide_context(store);
    store
}

/// The list of orders.
pub(crate) fn use_orders() -> OrdersStore {
    expect_context()
}

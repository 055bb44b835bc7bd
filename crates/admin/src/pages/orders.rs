//! The list of orders, the newest first, refreshed while somebody looks at it.

use leptos::prelude::*;
use tirage_wire::admin::OrderRow;

use crate::browser::intl::{self, Detail};
use crate::components::{DeliveryBadge, FailureNote, StatusBadge, Time};
use crate::hooks::{OrdersStore, use_language, use_orders, use_poll, use_title};
use crate::state::standing::Standing;

/// The page.
#[component]
pub(crate) fn OrdersPage() -> impl IntoView {
    let wording = use_language();
    let store = use_orders();
    use_title(move || wording.words().orders.title.to_owned());
    use_poll(move || store.refresh());
    let known = move || store.updated_ms.get().is_some();
    let is_empty = Memo::new(move |_| store.list.with(|list| list.rows().is_empty()));
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{move || wording.words().orders.title}</h1>
            <Freshness store />
        </div>
        <Show when=move || !known()>
            <FailureNote failure=store.failure />
        </Show>
        {move || match (known(), is_empty.get()) {
            (false, _) => view! { <Skeleton store /> }.into_any(),
            (true, true) => view! { <Empty /> }.into_any(),
            (true, false) => view! { <Table store /> }.into_any(),
        }}
    }
}

/// How old the list is, and a button to make it new.
#[component]
fn Freshness(store: OrdersStore) -> impl IntoView {
    let wording = use_language();
    let stale = move || store.failure.with(Option::is_some);
    let label = move || match stale() {
        true => wording.words().orders.stale,
        false => wording.words().orders.updated,
    };
    let time = move || {
        let at = store.updated_ms.get()?;
        Some(intl::moment_of(wording.language(), at, Detail::Clock))
    };
    view! {
        <div class="freshness" data-stale=move || stale().to_string()>
            <Show when=move || store.updated_ms.get().is_some()>
                <span>
                    <span class="freshness-label">{label}" "</span>
                    {time}
                </span>
            </Show>
            <button
                class="button"
                type="button"
                aria-disabled=move || store.refreshing.get().to_string()
                on:click=move |_| store.refresh()
            >
                {move || wording.words().orders.refresh}
            </button>
        </div>
    }
}

#[component]
fn Skeleton(store: OrdersStore) -> impl IntoView {
    let wording = use_language();
    let rows = move || {
        let waiting = store.failure.with(Option::is_none);
        waiting.then(|| (0..6).map(|_| view! { <span></span> }).collect_view())
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            {rows}
        </div>
        <p class="only-read" role="status">
            {move || wording.words().frame.loading}
        </p>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let wording = use_language();
    view! {
        <section class="empty panel">
            <img src="/admin/icon.svg" alt="" width="48" height="48" />
            <h2>{move || wording.words().orders.empty}</h2>
            <p>{move || wording.words().orders.empty_hint}</p>
        </section>
    }
}

#[component]
fn Table(store: OrdersStore) -> impl IntoView {
    let wording = use_language();
    let ids = move || {
        store.list.with(|list| {
            list.rows()
                .iter()
                .map(|row| row.id.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div class="panel">
            // Roles are said again because cards on phones take the table's own ones away.
            <table class="orders" role="table" aria-label=move || wording.words().orders.title>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader">{move || wording.words().orders.number}</th>
                        <th role="columnheader">{move || wording.words().orders.placed}</th>
                        <th role="columnheader">{move || wording.words().orders.customer}</th>
                        <th role="columnheader">{move || wording.words().orders.status}</th>
                        <th role="columnheader" class="amount">
                            {move || wording.words().orders.total}
                        </th>
                        <th role="columnheader">{move || wording.words().orders.deliveries}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=ids key=Clone::clone let:id>
                        <Row id store />
                    </For>
                </tbody>
            </table>
        </div>
        <More store />
    }
}

/// A row redraws itself when its order changed, so a refresh leaves the others, and the focus, alone.
#[component]
fn Row(id: String, store: OrdersStore) -> impl IntoView {
    let key = id.clone();
    let row = Memo::new(move |_| store.list.with(|list| list.row(&key).cloned()));
    let needs_operator = move || {
        row.with(|row| {
            let mut deliveries = row.iter().flat_map(|row| &row.deliveries);
            deliveries.any(|delivery| Standing::of(delivery).needs_operator())
        })
    };
    let key = id.clone();
    let is_fresh = move || store.fresh.with(|fresh| fresh.contains(&key));
    let number = move || row.with(|row| row.as_ref().map(|row| row.number.clone()));
    view! {
        <tr role="row" class:is-fresh=is_fresh class:needs-operator=needs_operator>
            <th role="rowheader" scope="row">
                <a href=format!("/admin/orders/{id}")>{number}</a>
            </th>
            {move || row.get().map(|row| view! { <Cells row /> })}
        </tr>
    }
}

#[component]
fn Cells(row: OrderRow) -> impl IntoView {
    let wording = use_language();
    let total = move || intl::money(wording.language(), row.total, &row.currency);
    let none =
        move || view! { <span class="quiet">{move || wording.words().orders.no_deliveries}</span> };
    let badges = row
        .deliveries
        .iter()
        .map(|delivery| {
            let standing = Standing::of(delivery);
            view! { <DeliveryBadge standing target=delivery.target.clone() /> }
        })
        .collect_view();
    view! {
        <td role="cell" class="placed">
            <Time at=row.placed_at />
        </td>
        <td role="cell" class="customer">{row.customer}</td>
        <td role="cell" class="status">
            <StatusBadge status=row.status />
        </td>
        <td role="cell" class="amount">{total}</td>
        <td role="cell" class="deliveries">
            {badges} {row.deliveries.is_empty().then(none)}
        </td>
    }
}

#[component]
fn More(store: OrdersStore) -> impl IntoView {
    let wording = use_language();
    let has_more = Memo::new(move |_| store.list.with(|list| list.next().is_some()));
    let label = move || match store.loading_more.get() {
        true => wording.words().orders.loading_more,
        false => wording.words().orders.more,
    };
    view! {
        <div class="more">
            <Show
                when=move || has_more.get()
                fallback=move || {
                    view! { <p class="quiet">{move || wording.words().orders.end}</p> }
                }
            >
                <button
                    class="button"
                    type="button"
                    aria-disabled=move || store.loading_more.get().to_string()
                    on:click=move |_| store.load_more()
                >
                    {label}
                </button>
            </Show>
        </div>
    }
}

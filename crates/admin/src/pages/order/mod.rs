//! One order: what was ordered, by whom, and how its way to the print house goes.

mod aside;
mod attempts;
mod delivery;
mod lines;
mod store;

use leptos::prelude::*;
use tirage_wire::admin::OrderDetail;
use tirage_wire::problem::ProblemCode;

use self::aside::Aside;
use self::delivery::Deliveries;
use self::lines::Lines;
use self::store::OrderStore;
use crate::browser::intl::{self, Detail};
use crate::components::{FailureNote, StatusBadge, Time};
use crate::hooks::{use_language, use_poll, use_title};
use crate::state::standing::Standing;

/// The page.
#[component]
pub(crate) fn OrderPage(
    /// The order's id.
    id: String,
) -> impl IntoView {
    let wording = use_language();
    let store = OrderStore::new(id);
    use_poll(move || store.refresh());
    let number = store.part(|order| order.number.clone());
    let title = move || {
        let word = wording.words().order.title;
        number
            .get()
            .map_or_else(|| word.to_owned(), |number| format!("{word} {number}"))
    };
    use_title(title);
    let is_known = store.part(|_| ());
    let is_gone = Memo::new(move |_| {
        store
            .failure()
            .is_some_and(|failure| failure.code() == Some(ProblemCode::NotFound))
    });
    let body = move || match (is_gone.get(), is_known.get().is_some()) {
        (true, _) => view! { <Gone /> }.into_any(),
        (false, true) => view! { <Body store /> }.into_any(),
        (false, false) => view! { <Waiting store /> }.into_any(),
    };
    view! {
        <a class="back" href="/admin">
            <span aria-hidden="true">"← "</span>
            {move || wording.words().frame.orders}
        </a>
        <div class="page-head">
            <h1 tabindex="-1">{title}</h1>
            <Summary store />
        </div>
        {body}
    }
}

/// Status, time and the buyer's page, beside the number.
#[component]
fn Summary(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let status = store.part(|order| order.status);
    let placed_at = store.part(|order| order.placed_at.clone());
    let url = store.part(|order| order.url.clone());
    let link = move |url: String| {
        view! {
            <a class="summary-link" href=url target="_blank" rel="noopener">
                {move || wording.words().order.buyers_page}
                <span aria-hidden="true">" ↗"</span>
            </a>
        }
    };
    view! {
        {move || status.get().map(|status| view! { <StatusBadge status /> })}
        {move || placed_at.get().map(|at| view! { <span class="quiet"><Time at /></span> })}
        {move || url.get().map(link)}
    }
}

#[component]
fn Gone() -> impl IntoView {
    let wording = use_language();
    view! {
        <section class="empty panel">
            <h2>{move || wording.words().order.gone}</h2>
            <p>{move || wording.words().order.gone_hint}</p>
            <a class="button" href="/admin">
                {move || wording.words().frame.to_orders}
            </a>
        </section>
    }
}

#[component]
fn Waiting(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let failure = Signal::derive(move || store.failure());
    let has_failed = move || failure.with(Option::is_some);
    view! {
        <FailureNote failure />
        <Show
            when=has_failed
            fallback=move || {
                view! {
                    <div class="skeleton" aria-hidden="true">
                        <span></span>
                        <span></span>
                        <span></span>
                    </div>
                    <p class="only-read" role="status">
                        {move || wording.words().frame.loading}
                    </p>
                }
            }
        >
            <button class="button" type="button" on:click=move |_| store.refresh()>
                {move || wording.words().frame.try_again}
            </button>
        </Show>
    }
}

#[component]
fn Body(store: OrderStore) -> impl IntoView {
    view! {
        <StaleNote store />
        <Attention store />
        <div class="order">
            <div class="order-main">
                <Lines store />
                <Deliveries store />
            </div>
            <Aside store />
        </div>
    }
}

/// Says so when what is on the screen is old.
#[component]
fn StaleNote(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let text = move || {
        store.failure()?;
        let time = intl::moment_of(wording.language(), store.updated_ms()?, Detail::Clock);
        Some(format!("{} {time}", wording.words().orders.stale))
    };
    view! {
        <div role="status">
            {move || text().map(|text| view! { <p class="note" data-tone="warn">{text}</p> })}
        </div>
    }
}

/// Points at the first delivery somebody has to decide about.
#[component]
fn Attention(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let first = store.part(first_failed);
    let note = move |(id, target): (String, String)| {
        view! {
            <p class="note" data-tone="bad">
                {move || (wording.words().order.attention)(&target)} " "
                <a href=format!("#delivery-{id}")>
                    {move || wording.words().order.attention_link}
                </a>
            </p>
        }
    };
    move || first.get().flatten().map(note)
}

fn first_failed(order: &OrderDetail) -> Option<(String, String)> {
    let mut deliveries = order.deliveries.iter().map(|view| &view.delivery);
    deliveries
        .find(|delivery| Standing::of(delivery).needs_operator())
        .map(|delivery| (delivery.id.clone(), delivery.target.clone()))
}

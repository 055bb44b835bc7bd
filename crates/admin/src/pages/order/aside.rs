//! Beside the order: who ordered, what they said, and what happened since.

use leptos::prelude::*;
use tirage_wire::admin::OrderEvent;
use tirage_wire::cart::{Customer, CustomerKind, Recipient, Shipping, ShippingMethod};

use super::store::OrderStore;
use crate::components::Time;
use crate::hooks::use_language;
use crate::words::Order;

/// Customer, shipping, comment and history.
#[component]
pub(super) fn Aside(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let customer = store.part(|order| order.customer.clone());
    let shipping = store.part(|order| {
        (
            order.shipping.clone(),
            order.issue_date.clone(),
            order.consent_at.clone(),
        )
    });
    let comment = store.part(|order| order.comment.clone());
    let events = store.part(|order| order.events.clone());
    let told = move |text: String| {
        view! {
            <section class="panel" aria-labelledby="comment">
                <h2 id="comment">{move || wording.words().order.comment}</h2>
                <p class="comment">{text}</p>
            </section>
        }
    };
    let history = move || {
        let event = |event| view! { <Event event /> };
        events
            .get()
            .map(|events| events.into_iter().rev().map(event).collect_view())
    };
    view! {
        <div class="order-aside">
            <section class="panel" aria-labelledby="customer">
                <h2 id="customer">{move || wording.words().order.customer}</h2>
                {move || customer.get().map(|customer| view! { <Contact customer /> })}
            </section>
            {move || {
                let (shipping, issue_date, consent_at) = shipping.get()?;
                let any = shipping.is_some() || issue_date.is_some() || consent_at.is_some();
                any.then(|| view! { <Handover shipping issue_date consent_at /> })
            }}
            {move || comment.get().flatten().map(told)}
            <section class="panel" aria-labelledby="history">
                <h2 id="history">{move || wording.words().order.history}</h2>
                <ol class="history">{history}</ol>
            </section>
        </div>
    }
}

#[component]
fn Contact(customer: Customer) -> impl IntoView {
    let wording = use_language();
    let kind = move || match customer.kind {
        CustomerKind::Person => wording.words().order.person,
        CustomerKind::Organisation => wording.words().order.organisation,
    };
    let organisation = customer
        .organisation
        .map(|name| view! { <p class="contact-organisation">{name}</p> });
    view! {
        <p class="contact-name">{customer.name}</p>
        {organisation}
        <p class="quiet">{kind}</p>
        <dl class="facts">
            <div>
                <dt>{move || wording.words().order.phone}</dt>
                <dd>
                    <a href=format!("tel:{}", customer.phone)>{customer.phone.clone()}</a>
                </dd>
            </div>
            <div>
                <dt>{move || wording.words().order.email}</dt>
                <dd>
                    <a href=format!("mailto:{}", customer.email)>{customer.email.clone()}</a>
                </dd>
            </div>
        </dl>
    }
}

/// How and when the order is handed over, and that the customer agreed to be known.
#[component]
fn Handover(
    shipping: Option<Shipping>,
    issue_date: Option<String>,
    consent_at: Option<String>,
) -> impl IntoView {
    let wording = use_language();
    let given = shipping.as_ref();
    let method = given.map(|given| given.method);
    let method = method.map(|method| {
        let word = move || {
            let words = &wording.words().order;
            match method {
                ShippingMethod::Pickup => words.pickup,
                ShippingMethod::Courier => words.courier,
                ShippingMethod::Carrier => words.carrier,
                ShippingMethod::Post => words.post,
            }
        };
        view! { <p class="contact-name">{word}</p> }
    });
    let address = given.and_then(|given| given.address.clone());
    let recipient = given.and_then(|given| given.recipient.clone());
    let fact = |name: fn(&Order) -> &'static str, value: AnyView| {
        view! {
            <div>
                <dt>{move || name(&wording.words().order)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    let who = recipient.map(|Recipient { name, phone }| {
        let phone = phone.map(|phone| view! { <a href=format!("tel:{phone}")>{phone.clone()}</a> });
        fact(
            |words| words.recipient,
            view! { {name} " " {phone} }.into_any(),
        )
    });
    view! {
        <section class="panel" aria-labelledby="shipping">
            <h2 id="shipping">{move || wording.words().order.shipping}</h2>
            {method}
            <dl class="facts">
                {address.map(|text| fact(|words| words.address, text.into_any()))}
                {who}
                {issue_date.map(|day| fact(|words| words.issue_date, day.into_any()))}
                {consent_at
                    .map(|at| {
                        fact(|words| words.consent, view! { <Time at /> }.into_any())
                    })}
            </dl>
        </section>
    }
}

#[component]
fn Event(event: OrderEvent) -> impl IntoView {
    let wording = use_language();
    let OrderEvent { at, kind, detail } = event;
    let told = move |detail: String| {
        view! {
            <span class="history-detail">{move || wording.words().event_detail(&detail)}</span>
        }
    };
    view! {
        <li>
            <span class="history-what">
                {move || wording.words().events.of(&kind).to_owned()}
            </span>
            {detail.map(told)}
            <span class="quiet">
                <Time at />
            </span>
        </li>
    }
}

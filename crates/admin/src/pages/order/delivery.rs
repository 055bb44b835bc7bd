//! The deliveries of an order: where each stands, why, what comes next, and what may be done.

use leptos::prelude::*;
use leptos::task::spawn_local;
use tirage_wire::admin::{Delivery, DeliveryAction, DeliveryView};

use super::attempts::AttemptList;
use super::store::OrderStore;
use crate::browser::dom::focus_soon;
use crate::components::{Confirm, Countdown, DeliveryBadge, FailureNote};
use crate::hooks::{use_language, use_notices};
use crate::state::failure::Failure;
use crate::state::standing::Standing;

/// All deliveries of the order.
#[component]
pub(super) fn Deliveries(store: OrderStore) -> impl IntoView {
    let wording = use_language();
    let ids = store.part(|order| {
        let ids = order.deliveries.iter().map(|view| view.delivery.id.clone());
        ids.collect::<Vec<_>>()
    });
    let is_empty = move || ids.get().is_none_or(|ids| ids.is_empty());
    view! {
        <section class="panel" aria-labelledby="deliveries">
            <h2 id="deliveries">{move || wording.words().delivery.title}</h2>
            <Show when=is_empty>
                <p class="quiet">{move || wording.words().delivery.none}</p>
            </Show>
            <For each=move || ids.get().unwrap_or_default() key=Clone::clone let:id>
                <Card id store />
            </For>
        </section>
    }
}

#[component]
fn Card(id: String, store: OrderStore) -> impl IntoView {
    let shown = store.delivery(id.clone());
    let delivery = Memo::new(move |_| shown.get().map(|view| view.delivery));
    let target = part(shown, |view| view.delivery.target.clone());
    let standing = part(shown, |view| Standing::of(&view.delivery));
    let attempts = part(shown, |view| view.attempts.clone());
    let place = format!("delivery-{id}");
    let heading = format!("{place}-title");
    let labelled_by = heading.clone();
    view! {
        <article class="delivery" id=place aria-labelledby=labelled_by>
            <div class="delivery-head">
                <h3 id=heading tabindex="-1">{target}</h3>
                {move || standing.get().map(|standing| view! { <DeliveryBadge standing /> })}
            </div>
            {move || delivery.get().map(|delivery| view! { <Facts delivery /> })}
            <Actions id store standing />
            <AttemptList attempts />
        </article>
    }
}

fn part<T: PartialEq + Send + Sync + 'static>(
    shown: Memo<Option<DeliveryView>>,
    pick: fn(&DeliveryView) -> T,
) -> Memo<Option<T>> {
    Memo::new(move |_| shown.with(|view| view.as_ref().map(pick)))
}

/// What is to be known about a delivery, beginning with what its state means.
#[component]
fn Facts(delivery: Delivery) -> impl IntoView {
    let wording = use_language();
    let standing = Standing::of(&delivery);
    let number = delivery.remote_number.map(|number| {
        view! {
            <div>
                <dt>{move || wording.words().delivery.remote_number}</dt>
                <dd>{number}</dd>
            </div>
        }
    });
    let next = delivery
        .next_at
        .filter(|_| standing.has_next_attempt())
        .map(|at| {
            view! {
                <div>
                    <dt>{move || wording.words().delivery.next_attempt}</dt>
                    <dd>
                        <Countdown at />
                    </dd>
                </div>
            }
        });
    let cause = delivery
        .paused
        .filter(|_| standing == Standing::Paused)
        .map(|class| {
            view! {
                <div>
                    <dt>{move || wording.words().delivery.pause_reason}</dt>
                    <dd class="error">
                        {move || wording.words().attempts.of(&class).to_owned()}
                    </dd>
                </div>
            }
        });
    let error = delivery
        .error
        .filter(|_| standing.shows_error())
        .map(|error| {
            view! {
                <div>
                    <dt>{move || wording.words().delivery.last_error}</dt>
                    <dd class="error">{error}</dd>
                </div>
            }
        });
    view! {
        <p class="delivery-hint">{move || wording.words().delivery.standing_hint(standing)}</p>
        <dl class="facts">{number} {next} {cause} {error}</dl>
    }
}

/// What an operator may do now.
#[component]
fn Actions(id: String, store: OrderStore, standing: Memo<Option<Standing>>) -> impl IntoView {
    let wording = use_language();
    let notices = use_notices();
    let busy = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let target = {
        let shown = store.delivery(id.clone());
        move || shown.with(|view| view.as_ref().map(|view| view.delivery.target.clone()))
    };
    let number = store.part(|order| order.number.clone());
    let key = id.clone();
    let run = Callback::new(move |action: DeliveryAction| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let (id, target) = (key.clone(), untrack(target).unwrap_or_default());
        spawn_local(async move {
            match store.command(&id, action).await {
                Ok(()) => {
                    let words = &wording.words_now().delivery;
                    notices.say(match action {
                        DeliveryAction::Retry => (words.retried)(&target),
                        DeliveryAction::Cancel => (words.cancelled)(&target),
                    });
                    // The button may be gone: the heading keeps the reader's place.
                    focus_soon(format!("[id='delivery-{id}-title']"));
                }
                Err(refused) => failure.set(Some(refused)),
            }
            busy.set(false);
        });
    });
    let start = move |action| match action {
        DeliveryAction::Retry => run.run(action),
        DeliveryAction::Cancel => asking.set(true),
    };
    let actions = move || standing.get().map_or(&[][..], Standing::actions);
    let label = move |action| {
        let words = &wording.words().delivery;
        standing
            .get()
            .map(|standing| words.action(action, standing))
    };
    let body = move || {
        let (number, target) = (
            number.get().unwrap_or_default(),
            target().unwrap_or_default(),
        );
        (wording.words().delivery.cancel_body)(&number, &target)
    };
    view! {
        <FailureNote failure />
        <div class="actions">
            <For each=move || actions().iter().copied() key=|action| action.as_str() let:action>
                <button
                    class="button"
                    data-kind=kind(action)
                    type="button"
                    aria-disabled=move || busy.get().to_string()
                    on:click=move |_| start(action)
                >
                    {move || label(action)}
                </button>
            </For>
        </div>
        <Confirm
            open=asking
            title=Signal::derive(move || wording.words().delivery.cancel_title)
            body=Signal::derive(body)
            yes=Signal::derive(move || wording.words().delivery.cancel_yes)
            no=Signal::derive(move || wording.words().delivery.cancel_no)
            on_yes=Callback::new(move |()| run.run(DeliveryAction::Cancel))
        />
    }
}

fn kind(action: DeliveryAction) -> &'static str {
    match action {
        DeliveryAction::Retry => "main",
        DeliveryAction::Cancel => "quiet",
    }
}

//! Logging in. Shown in place of whatever page was asked for, which appears afterwards.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use tirage_wire::admin::Login;

use crate::browser::client;
use crate::browser::dom::focus_soon;
use crate::components::{Field, FieldKind};
use crate::hooks::{use_language, use_session, use_title};
use crate::state::failure::Failure;
use crate::state::screen::Access;

/// The page.
#[component]
pub(crate) fn LoginPage() -> impl IntoView {
    let wording = use_language();
    let session = use_session();
    let ended = session.access() == Access::Out { ended: true };
    use_title(move || wording.words().door.log_in.to_owned());
    focus_soon("main input");
    let notice = move || {
        ended.then(|| {
            view! { <p class="note" data-tone="warn">{move || wording.words().door.ended}</p> }
        })
    };
    view! {
        <section class="door">
            <h1 tabindex="-1">{move || wording.words().door.log_in}</h1>
            <p class="quiet">{move || wording.words().door.log_in_hint}</p>
            {notice}
            <LoginForm />
            <details class="door-help">
                <summary>{move || wording.words().door.first_time}</summary>
                <p>{move || wording.words().door.first_time_hint}</p>
            </details>
        </section>
    }
}

#[component]
fn LoginForm() -> impl IntoView {
    let wording = use_language();
    let session = use_session();
    let name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);

    let name_error = Signal::derive(move || {
        let missing = tried.get() && name.with(|name| name.trim().is_empty());
        missing.then(|| wording.words().door.name_missing)
    });
    let password_error = Signal::derive(move || {
        let missing = tried.get() && password.with(String::is_empty);
        missing.then(|| wording.words().door.password_missing)
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        if name_error.get_untracked().is_some() || password_error.get_untracked().is_some() {
            focus_soon("[aria-invalid]");
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let login = Login {
            name: name.with_untracked(|name| name.trim().to_owned()),
            password: password.get_untracked(),
        };
        spawn_local(async move {
            match client::log_in(&login).await {
                Ok(opened) => {
                    session.enter(opened.name);
                    focus_soon("main h1");
                }
                Err(refused) => {
                    failure.set(Some(refused));
                    focus_soon("#password");
                }
            }
            busy.set(false);
        });
    };
    let refusal = move || {
        let words = wording.words();
        failure.get().map(|failure| match failure.needs_login() {
            true => words.door.wrong.to_owned(),
            false => words.failures.of(&failure),
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <div role="alert">
                {move || refusal().map(|text| view! { <p class="note" data-tone="bad">{text}</p> })}
            </div>
            <Field
                id="name"
                kind=FieldKind::Name
                label=Signal::derive(move || wording.words().door.name)
                value=name
                error=name_error
            />
            <Field
                id="password"
                kind=FieldKind::Password
                label=Signal::derive(move || wording.words().door.password)
                value=password
                error=password_error
            />
            <button class="button" data-kind="main" type="submit" aria-disabled=move || busy.get().to_string()>
                {move || match busy.get() {
                    true => wording.words().door.logging_in,
                    false => wording.words().door.enter,
                }}
            </button>
        </form>
    }
}

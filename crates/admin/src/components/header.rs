//! The bar on top: where one can go, the language, and who is logged in.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::client;
use crate::browser::dom::focus_soon;
use crate::hooks::{use_language, use_notices, use_route, use_session};
use crate::route::Route;
use crate::words::Language;

/// The bar.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let wording = use_language();
    let navigator = use_route();
    let session = use_session();
    let inside = Memo::new(move |_| session.name().is_some() && navigator.route() != Route::Setup);
    let here = move || (navigator.route() == Route::Orders).then_some("page");
    view! {
        <header class="bar">
            <div class="bar-inner">
                <span class="brand">
                    <img src="/admin/icon.svg" alt="" width="24" height="24" />
                    <span class="brand-name">"Tirage"</span>
                </span>
                <Show when=move || inside.get()>
                    <nav>
                        <a href="/admin" aria-current=here>
                            {move || wording.words().frame.orders}
                        </a>
                    </nav>
                </Show>
                <span class="bar-space"></span>
                <LanguageSwitch />
                <Show when=move || inside.get()>
                    <Account />
                </Show>
            </div>
        </header>
    }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let wording = use_language();
    let buttons = Language::ALL.map(|language| {
        view! {
            <button
                type="button"
                lang=language.tag()
                aria-pressed=move || (wording.language() == language).to_string()
                on:click=move |_| wording.choose(language)
            >
                {language.tag()} <span class="only-read">" — " {language.name()}</span>
            </button>
        }
    });
    view! {
        <div class="switch" role="group" aria-label=move || wording.words().frame.language>
            {buttons}
        </div>
    }
}

#[component]
fn Account() -> impl IntoView {
    let wording = use_language();
    let navigator = use_route();
    let session = use_session();
    let notices = use_notices();
    let leave = move |_| {
        spawn_local(async move {
            match client::log_out().await {
                Err(failure) if !failure.needs_login() => {
                    notices.say(wording.words_now().failures.of(&failure));
                }
                Ok(()) | Err(_) => {
                    session.leave();
                    navigator.replace(Route::Login);
                    focus_soon("main input");
                }
            }
        });
    };
    view! {
        <div class="account">
            <span class="account-name">
                <span class="only-read">
                    {move || wording.words().frame.logged_in_as} " "
                </span>
                {move || session.name()}
            </span>
            <button class="button" data-kind="quiet" type="button" on:click=leave>
                {move || wording.words().frame.log_out}
            </button>
        </div>
    }
}

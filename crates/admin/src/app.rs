//! The frame around every page, and which page is in it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::{FailureNote, Header, NoticeArea};
use crate::hooks::{
    provide_language, provide_notices, provide_orders, provide_route, provide_session,
    use_language, use_route, use_session, use_title,
};
use crate::pages::{LoginPage, OrderPage, OrdersPage, SetupPage};
use crate::route::Route;
use crate::state::failure::Failure;
use crate::state::screen::{Access, Screen};

/// Takes the place of what `index.html` shows while this module loads.
pub(crate) fn mount() {
    let root = document()
        .get_element_by_id("app")
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        root.set_inner_text("");
        mount_to(root, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    let wording = provide_language();
    let notices = provide_notices();
    let navigator = provide_route();
    let session = provide_session();
    let orders = provide_orders(session, notices, wording);

    // The set-up needs no session, and there is none before it.
    Effect::new(move |asked: Option<bool>| {
        let asked = asked.unwrap_or_default();
        if !asked && navigator.route() != Route::Setup {
            session.ask();
            return true;
        }
        asked
    });
    Effect::new(move || match (navigator.route(), session.access()) {
        (_, Access::Out { .. }) => orders.forget(),
        (Route::Login, Access::In(_)) => navigator.replace(Route::Orders),
        _ => {}
    });
    let screen = Memo::new(move |_| Screen::of(&navigator.route(), &session.access()));
    view! {
        <a class="skip" href="#main">
            {move || wording.words().frame.skip}
        </a>
        <Header />
        <main id="main" tabindex="-1">
            {move || page(screen.get())}
        </main>
        <NoticeArea />
    }
}

fn page(screen: Screen) -> AnyView {
    match screen {
        Screen::Waiting => view! { <WaitingPage /> }.into_any(),
        Screen::Down(failure) => view! { <DownPage failure /> }.into_any(),
        Screen::Login => view! { <LoginPage /> }.into_any(),
        Screen::Setup => view! { <SetupPage /> }.into_any(),
        Screen::Orders => view! { <OrdersPage /> }.into_any(),
        Screen::Order(id) => view! { <OrderPage id /> }.into_any(),
        Screen::NotFound => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn WaitingPage() -> impl IntoView {
    let wording = use_language();
    view! {
        <p class="waiting" role="status">
            {move || wording.words().frame.loading}
        </p>
    }
}

/// The service could not even say who is logged in.
#[component]
fn DownPage(failure: Failure) -> impl IntoView {
    let wording = use_language();
    let session = use_session();
    let failure = Signal::stored(Some(failure));
    view! {
        <section class="empty">
            <h1 tabindex="-1">"Tirage"</h1>
            <FailureNote failure />
            <button class="button" type="button" on:click=move |_| session.ask()>
                {move || wording.words().frame.try_again}
            </button>
        </section>
    }
}

#[component]
fn NotFoundPage() -> impl IntoView {
    let wording = use_language();
    let navigator = use_route();
    use_title(move || wording.words().frame.not_found.to_owned());
    view! {
        <section class="empty">
            <h1 tabindex="-1">{move || wording.words().frame.not_found}</h1>
            <p>{move || wording.words().frame.not_found_hint}</p>
            <button class="button" type="button" on:click=move |_| navigator.go(Route::Orders)>
                {move || wording.words().frame.to_orders}
            </button>
        </section>
    }
}

//! What a buyer keeps of a calculator: a line of the cart, and a link to the answers.

use std::rc::Rc;

use tirage_pricing::Kind;
use wasm_bindgen::prelude::Closure;

use super::calculator::Session;
use super::shelf;
use crate::state::cart::{CartItem, hex};
use crate::ui::{El, Live, browser, el, watch};

/// Puts the answers into the cart, or into the line that is being changed.
pub(super) fn put(session: &Rc<Session>) {
    let Some(item) = item(session) else {
        return;
    };
    let id = item.id.clone();
    shelf::change(session.mounted.host(), |cart| cart.put(item));
    if session.loaded.editing.borrow().is_none() {
        // A second press adds a second line only after something was changed.
        session.loaded.editing.replace(Some(id));
    }
    session.added.set(true);
    session
        .said
        .set(session.options.locale.texts.added.to_owned());
}

/// A link to these answers.
pub(super) fn button(session: &Rc<Session>, shared: &Live<&'static str>) -> El {
    let own = Rc::clone(session);
    let told = shared.clone();
    let button =
        el("button|type=button|class=quiet|part=share").on("click", move || share(&own, &told));
    let (shared, shown) = (shared.clone(), button);
    let share = session.options.locale.more_texts().share;
    watch(move || {
        shared.with(|told| shown.set_text(if told.is_empty() { share } else { told }));
    });
    button
}

/// Copies a link that opens the calculator with these answers.
fn share(session: &Rc<Session>, shared: &Live<&'static str>) {
    let mut answers = session.loaded.state.borrow().effective_answers();
    for parameter in session.loaded.state.borrow().template().parameters() {
        // Whoever opens the link has not got the files.
        if matches!(parameter.kind, Kind::File(_)) {
            answers.remove(&parameter.key);
        }
    }
    let fragment = shelf::share(&session.loaded.product.key, &answers);
    let (own, shared) = (Rc::clone(session), shared.clone());
    let told = Closure::once_into_js(move |copied: bool| {
        let texts = own.options.locale.more_texts();
        let text = if copied {
            texts.shared
        } else {
            texts.share_failed
        };
        shared.set(text);
        own.said.set(text.to_owned());
    });
    browser::share(&fragment, told);
}

fn item(session: &Session) -> Option<CartItem> {
    let state = session.loaded.state.borrow();
    let run = state.current()?;
    let price = run.price.as_ref()?;
    let product = &session.loaded.product;
    Some(CartItem {
        id: match &*session.loaded.editing.borrow() {
            Some(id) => id.clone(),
            None => hex(shelf::random()),
        },
        product: product.key.clone(),
        name: product.name.clone(),
        template: product.revision.clone(),
        answers: state.effective_answers(),
        summary: state.summary(),
        run: run.run,
        unit: state.unit().cloned(),
        total: price.total,
        currency: product.currency.clone(),
        page: browser::here(),
        saved: false,
    })
}

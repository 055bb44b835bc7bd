//! The button that copies a link to the answers.

use std::rc::Rc;

use wasm_bindgen::prelude::Closure;

use super::calculator::{Act, Session};
use crate::state::{public, share};
use crate::ui::{El, browser, el, watch};

/// A link to these answers.
pub(super) fn button(session: &Rc<Session>) -> El {
    let own = Rc::clone(session);
    let button = el("button|type=button|class=quiet|part=share")
        .on("click", move || own.perform(Act::Share));
    let (shared, shown) = (session.shared.clone(), button);
    let share = session.options.locale.texts.share;
    watch(move || {
        shared.with(|told| shown.set_text(if told.is_empty() { share } else { told }));
    });
    button
}

/// Copies a link that opens the calculator with these answers.
pub(crate) fn copy(session: &Rc<Session>) {
    let answers = public::shared(&session.loaded.state.borrow());
    let text = share::write(&session.loaded.product.key, &answers);
    let own = Rc::clone(session);
    let told = Closure::once_into_js(move |failure: Option<String>| {
        let texts = own.options.locale.more_texts();
        let text = match failure {
            None => texts.shared,
            Some(_) => texts.share_failed,
        };
        own.shared.set(text);
        own.said.set(text.to_owned());
    });
    browser::share(share::SHARED, &text, told);
}

//! The button that copies a link to the answers.

use std::rc::Rc;

use wasm_bindgen::prelude::Closure;

use super::calculator::Session;
use crate::state::{public, share};
use crate::ui::{El, Live, browser, el, watch};

/// A link to these answers.
pub(super) fn button(session: &Rc<Session>, shared: &Live<&'static str>) -> El {
    let own = Rc::clone(session);
    let told = shared.clone();
    let button =
        el("button|type=button|class=quiet|part=share").on("click", move || copy(&own, &told));
    let (shared, shown) = (shared.clone(), button);
    let share = session.options.locale.texts.share;
    watch(move || {
        shared.with(|told| shown.set_text(if told.is_empty() { share } else { told }));
    });
    button
}

/// Copies a link that opens the calculator with these answers.
fn copy(session: &Rc<Session>, shared: &Live<&'static str>) {
    let answers = public::shared(&session.loaded.state.borrow());
    let text = share::write(&session.loaded.product.key, &answers);
    let (own, shared) = (Rc::clone(session), shared.clone());
    let told = Closure::once_into_js(move |failure: Option<String>| {
        let texts = own.options.locale.texts;
        let text = match failure {
            None => texts.shared,
            Some(_) => texts.share_failed,
        };
        shared.set(text);
        own.said.set(text.to_owned());
    });
    browser::share(share::SHARED, &text, told);
}

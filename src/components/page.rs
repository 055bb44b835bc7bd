//! What the page's own code reads of a calculator and writes into it, with what else comes right
//! after the price: a chunk of its own.

use std::rc::Rc;

use tirage_pricing::{Kind, Parameter};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::calculator::Session;
use super::{count, days, failure, undo};
use crate::chunks::{self, Compare, Keep, Remote};
use crate::embed::{warn, written};
use crate::state::field::listed;
use crate::state::parts::Rearrange;
use crate::state::public;
use crate::ui::{browser, el};

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/more.css"));

/// What the page reads; empty for a name that is none.
pub(crate) fn read(session: &Rc<Session>, what: &str) -> String {
    let state = session.loaded.state.borrow();
    match what {
        "schema" => public::schema(&session.loaded.product, state.template()),
        "quote" => public::quote(&session.loaded.product, &state),
        _ => String::new(),
    }
}

/// Takes over what the page or a script of ours writes, and says in the console what it could not.
pub(crate) fn write(session: &Rc<Session>, answers: &JsValue, all: bool, source: &str) {
    let written = written(answers);
    let template = session.loaded.state.borrow().template();
    let parameters = template.parameters().iter().enumerate();
    let is_own = |key: &str| all || written.iter().any(|(own, _)| own == key);
    let own = parameters.filter(|(_, one)| is_own(&one.key));
    let own: Vec<usize> = own.map(|(index, _)| index).collect();
    let refused = public::write(&mut session.loaded.state.borrow_mut(), written, all);
    undo::forget(session);
    session.refresh(source, &own);
    undo::offer(session);
    if !refused.is_empty() {
        warn(session.mounted.host(), &listed(&refused));
    }
}

/// Holds the buyer back under a name, with the reason; without one, no longer.
pub(crate) fn hold(session: &Rc<Session>, name: &str, message: Option<String>) {
    session.mounted.hold(name, message);
    session.tell("page", &[], &[]);
}

/// Shows counts at texts, possible days, and the controls of questions for files.
pub(crate) fn begin(session: &Rc<Session>) {
    session.mounted.dress(STYLE);
    session.mounted.within(|| count::show(session));
    days::show(session);
    ask_for_files(session);
    if session
        .loaded
        .state
        .borrow()
        .template()
        .is_priced_remotely()
    {
        Remote::bring(session, |session, remote| remote.begin(session));
    }
    offer_to_compare(session);
    lay_out(session);
    let mounted = Rc::clone(&session.mounted);
    // The way into the cart, before the buyer presses the button: without the service, or on the
    // way to another page, it would come too late.
    browser::idle(Closure::once_into_js(move || Keep::load(&mounted, |_| ())));
}

/// Has the browser lay out what is out of sight of hundreds of questions, a part whenever it has
/// nothing else to do: an aid for the blind may know only what was.
fn lay_out(session: &Rc<Session>) {
    let next = "[data-many] :is(.strip, .block):not([data-near])";
    if let Some(part) = session.mounted.find(next) {
        part.mark("data-near", true);
        let own = Rc::clone(session);
        browser::idle(Closure::once_into_js(move || lay_out(&own)));
    }
}

/// Shows the way to keep the answers of now, and what was kept in another language.
fn offer_to_compare(session: &Rc<Session>) {
    let own = Rc::clone(session);
    let press = move || Compare::bring(&own, |session, compare| compare.compare(session, true));
    let button = el("button|type=button|class=quiet|part=keep")
        .text(session.options.locale.more_texts().keep_to_compare)
        .on("click", press);
    if let Some(place) = session.mounted.find(".more") {
        place.add(button);
    }
    if !session.loaded.kept.borrow().is_empty() {
        Compare::bring(session, |session, compare| compare.compare(session, false));
    }
}

/// Has the controls of questions for files shown, by a script that only they need.
fn ask_for_files(session: &Rc<Session>) {
    let template = session.loaded.state.borrow().template();
    let asked = |parameter: &Parameter| matches!(parameter.kind, Kind::File(_));
    if !template.parameters().iter().any(asked) {
        return;
    }
    let own = Rc::clone(session);
    chunks::load_files(&session.mounted, move |loaded| {
        let (Err(error), Some(place)) = (loaded, own.mounted.find(".files")) else {
            return;
        };
        own.mounted.report(&error);
        let again = Rc::clone(&own);
        let failure = failure::show(&error, own.options.locale, move || ask_for_files(&again));
        place.fill(&[failure]);
    });
}

/// Moves a part of the repeating detail of this section, or takes it out.
pub(crate) fn rearrange(session: &Rc<Session>, section: usize, how: Rearrange) {
    session.loaded.state.borrow_mut().rearrange(section, how);
    session.refresh("buyer", &[]);
}

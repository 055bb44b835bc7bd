//! Puts a calculator's answers into the cart: a chunk of its own, loaded by the first press.

use std::cell::Cell;
use std::rc::Rc;

use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_pricing::{Answers, Texts};
use wasm_bindgen::JsValue;

use super::calculator::{Act, Button, Session};
use super::shelf;
use crate::embed::report;
use crate::state::calculator::Calculator;
use crate::state::cart::{Cart, CartItem, Group, Lines, hex};
use crate::ui::browser;

/// Puts the answers of the press into the cart, or into the line that is being changed; whoever
/// orders then leaves for the order's page. A shop may want no cart: then the page is all that is told.
pub(crate) fn put(session: &Rc<Session>, answers: &Answers, button: Button) {
    let host = session.mounted.host();
    if button == Button::Continue && !browser::has_cart(host) {
        return;
    }
    let now = session.loaded.state.borrow();
    let is_same = *now.answers() == *answers;
    let (template, told) = (now.template(), now.told().cloned());
    drop(now);
    if told.is_some() && !is_same {
        // The print house's price is of the answers of now: they go on once it is confirmed.
        return session.perform(Act::GoOn("buyer", button));
    }
    let mut state = Calculator::new(template, answers.clone());
    state.tell(told);
    let Some(item) = item(session, &state) else {
        return;
    };
    let id = item.id.clone();
    match item.group.as_ref().map(|group| group.id.clone()) {
        Some(group) => together(host, group, item),
        None => {
            shelf::change(host, |cart| cart.put(item));
        }
    }
    // A second press adds a second line only after something was changed.
    session.loaded.editing.replace(Some(id));
    session.added.set(is_same);
    session
        .said
        .set(session.options.locale.texts.added.to_owned());
    if button == Button::Order {
        browser::leave(host);
    }
}

thread_local! {
    /// Lines of groups that have not all come yet.
    static GATHERED: Cell<Option<Box<Cart>>> = const { Cell::new(None) };
}

/// Puts the lines of a group into the cart in one go, once the last has come: another tab never
/// sees some of them, and what was there of the group before gives way to all.
///
/// The script of categories says which is the first and which the last, and sends one after another.
fn together(host: &JsValue, group: String, item: CartItem) {
    let whole = Lines::Whole(group);
    let is_the = |part| browser::attribute(host, part).is_some();
    let mut gathered = GATHERED.take().unwrap_or_default();
    if is_the("group-begins") {
        gathered.remove(&whole);
    }
    gathered.put(item);
    let ends = is_the("group-ends");
    let lines = if ends {
        gathered.remove(&whole)
    } else {
        Vec::new()
    };
    GATHERED.set(Some(gathered));
    if ends {
        shelf::change(host, |cart| {
            cart.remove(&whole);
            for (_, line) in lines {
                cart.put(line);
            }
        });
    } else {
        report(host, "cart", "count", "");
    }
}

fn item(session: &Session, state: &Calculator) -> Option<CartItem> {
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
        group: group(session),
    })
}

/// The group that the element belongs to, as the script of categories says.
fn group(session: &Session) -> Option<Group> {
    let host = session.mounted.host();
    let name = browser::attribute(host, "group-name").unwrap_or_default();
    let json = Json::parse(&name).ok()?;
    Some(Group {
        id: browser::attribute(host, "group")?,
        name: Texts::from_json(&Node::root(&json)).ok()?,
    })
}

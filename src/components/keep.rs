//! Puts a calculator's answers into the cart: a chunk of its own, loaded by the first press.

use std::rc::Rc;

use tirage_pricing::json::{FromJson as _, Json, Node};
use tirage_pricing::{Answers, Texts};

use super::calculator::{Act, Button, Session};
use super::shelf;
use crate::state::calculator::Calculator;
use crate::state::cart::{CartItem, Group, Lines, hex};
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
    let is_anew = browser::attribute(host, "group-begins").is_some();
    let group = item.group.as_ref().filter(|_| is_anew);
    let before = group.map(|group| Lines::Whole(group.id.clone()));
    shelf::change(host, |cart| {
        if let Some(before) = before {
            cart.remove(&before);
        }
        cart.put(item);
    });
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

//! Ways back from what rules changed: a button beside each remark about it, until the next act.

use std::rc::Rc;

use super::calculator::{Act, Session};
use crate::state::calculator::{Calculator, Input, Standing};
use crate::state::undo::Before;
use crate::ui::{El, digits, el};

/// What can be taken back, and the buttons that do.
#[derive(Debug, Default)]
pub(super) struct Undo {
    before: Option<Before>,
    buttons: Vec<(usize, El)>,
}

/// Remembers how the calculator stands before this act of the buyer, unless it goes on with the
/// last one.
pub(crate) fn remember(session: &Rc<Session>, act: &Act) {
    let (at, typing) = match act {
        Act::Input(index, Input::Typed(_)) => (Some(*index), Some(*index)),
        Act::Input(index, _) => (Some(*index), None),
        Act::Run(_) => (session.loaded.state.borrow().template().quantity(), None),
        Act::Rearrange(..) => (None, None),
        Act::Leave(_) => return end(session),
        Act::GoOn(..) | Act::Share => return,
    };
    let mut undo = session.undo.borrow_mut();
    if undo.before.as_ref().is_some_and(|act| act.goes_on(typing)) {
        return;
    }
    undo.before = Some(now(session, at, typing));
}

/// How it stands now, everywhere or at the one field that is about to change.
fn now(session: &Session, at: Option<usize>, typing: Option<usize>) -> Before {
    let fields = session.fields.iter().enumerate();
    let said =
        fields.filter_map(|(index, field)| Some((index, field.with(|view| view.notice.clone())?)));
    let state = session.loaded.state.borrow();
    let standing = at.map_or_else(|| state.standing(), |index| state.standing_at(index));
    Before::new(standing, said.collect(), typing)
}

fn end(session: &Session) {
    if let Some(before) = &mut session.undo.borrow_mut().before {
        before.end();
    }
}

/// Somebody else changed the answers: coming back would take that away.
pub(super) fn forget(session: &Session) {
    session.undo.borrow_mut().before = None;
}

/// Shows a way back at every field that a rule changed since the buyer's last act. Buttons that
/// stay are not touched: one of them may be pressed right now.
pub(crate) fn offer(session: &Rc<Session>) {
    let mut undo = session.undo.borrow_mut();
    let Undo { before, buttons } = &mut *undo;
    let is_news = |index: usize| {
        let said = |before: &Before| {
            let field = session.fields.get(index);
            field.is_some_and(|field| field.with(|view| before.is_news(index, view)))
        };
        before.as_ref().is_some_and(said)
    };
    buttons.retain(|(index, button)| {
        let stays = is_news(*index);
        if !stays {
            button.remove();
        }
        stays
    });
    for index in 0..session.fields.len() {
        if !is_news(index) || buttons.iter().any(|(known, _)| *known == index) {
            continue;
        }
        let remark = [".remark:has(> #f", &digits(index), "m)"].concat();
        let Some(remark) = session.mounted.find(&remark) else {
            continue;
        };
        let own = Rc::clone(session);
        let button = el("button|type=button|class=undo|part=undo")
            .text(session.options.locale.more_texts().undo_change)
            .on("click", move || back(&own, index));
        remark.add(button);
        buttons.push((index, button));
    }
}

/// A calculator that stands as this one does now.
pub(crate) fn copy(session: &Rc<Session>) -> Rc<Calculator> {
    let state = session.loaded.state.borrow();
    Rc::new(state.twin())
}

/// Stands like another one, because the buyer wants it.
pub(crate) fn turn(session: &Rc<Session>, to: &Calculator) {
    let before = now(session, None, None);
    session.undo.borrow_mut().before = Some(before);
    stand(session, to.standing());
}

/// Stands like this.
fn stand(session: &Rc<Session>, standing: Standing) {
    session.loaded.state.borrow_mut().restore(standing);
    let all: Vec<usize> = (0..session.fields.len()).collect();
    session.refresh("buyer", &all);
    offer(session);
}

/// Stands as before the buyer's last act, and puts the focus on the field that was changed.
fn back(session: &Rc<Session>, index: usize) {
    let Some(before) = session.undo.borrow_mut().before.take() else {
        return;
    };
    stand(session, before.standing);
    let done = session.options.locale.more_texts().undone_change;
    let news = session.said.with(Clone::clone);
    session.said.set([done, ". ", &news].concat());
    let template = session.loaded.state.borrow().template();
    if let Some(parameter) = template.parameters().get(index) {
        let control = "\"] :is(select, textarea, input:checked, input:not([type=radio]))";
        session
            .mounted
            .focus_first(&["[data-key=\"", &parameter.key, control].concat());
    }
}

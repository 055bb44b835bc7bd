//! A line of the cart: made once, then shown anew whenever its line is another one.

use std::rc::Rc;

use tirage_pricing::decimal::canonical;

use super::cart::{Page, summary};
use super::shelf;
use crate::locale::fill;
use crate::state::cart::{CartItem, Lines};
use crate::state::checkout::Change;
use crate::state::remote::Told;
use crate::state::review::{Asked, WithRun, with_run, with_told};
use crate::state::words::Format;
use crate::ui::{El, Figures, el, paper};

/// Shows a line: what changed about it, and whether its quantity can be changed now.
type Show = Box<dyn Fn(&CartItem, Option<&Change>, bool)>;

/// A line on the screen.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) root: El,
    pub(super) show: Show,
}

pub(super) fn make(page: &Rc<Page>, item: &CartItem) -> Line {
    let tag = page.locale.tag;
    let name = item.name.get(tag).to_owned();
    let total = el("data|class=amount");
    let chosen = el("div|class=chosen");
    let change = el("div|class=change|part=change");
    let (quantity, input, remark) = quantity(page, item);
    let (actions, save) = actions(page, item, &name);
    let root = el("li|class=item|part=item").with(&[
        el(if item.group.is_some() { "h4" } else { "h3" }).text(&name),
        total,
        chosen,
        quantity,
        change,
        actions,
    ]);
    let page = Rc::clone(page);
    let id = item.id.clone();
    let show = move |item: &CartItem, changed: Option<&Change>, ready: bool| {
        let figures = Figures::new(page.locale, &item.currency);
        total.set("value", &canonical(item.total));
        total.set_text(&figures.money(item.total));
        chosen.fill(&[summary(&item.summary, tag)]);
        input.set_value(&figures.number(item.run));
        input.set_invalid(false);
        input.mark("readonly", !ready || changed.is_some());
        remark.set_text("");
        let texts = page.locale.cart_texts();
        save.set_text(if item.saved {
            texts.order_now
        } else {
            texts.save_for_later
        });
        change.show(changed.is_some());
        change.fill(&changed.map_or_else(Vec::new, |own| news(&page, item, own)));
    };
    Line {
        id,
        root,
        show: Box::new(show),
    }
}

/// The quantity, which can be changed here: the field and the line for its mistakes.
fn quantity(page: &Rc<Page>, item: &CartItem) -> (El, El, El) {
    let texts = page.locale.cart_texts();
    let id = ["run-", &item.id].concat();
    let remark_id = [&*id, "-remark"].concat();
    let name = fill(texts.run_of, &[("name", item.name.get(page.locale.tag))]);
    let input = el("input|class=text|part=quantity|inputmode=decimal|autocomplete=off")
        .attr("id", &id)
        .attr("aria-label", &name)
        .attr("aria-describedby", &remark_id);
    let remark = el("p|class=remark|data-kind=error|role=alert").attr("id", &remark_id);
    let (own, control, line, id) = (Rc::clone(page), input, remark, item.id.clone());
    let input = input.on("change", move || {
        reprice(&own, &id, &control.value(), move |mistake| {
            control.set_invalid(mistake.is_some());
            line.set_text(&mistake.unwrap_or_default());
        });
    });
    let unit = item
        .unit
        .as_ref()
        .map_or(texts.piece_unit, |unit| unit.get(page.locale.tag));
    let whole = el("div|class=quantity").with(&[input, el("span|class=unit").text(unit), remark]);
    (whole, input, remark)
}

/// Prices a line with the typed quantity and keeps it; tells what keeps it away otherwise.
fn reprice(page: &Rc<Page>, id: &str, typed: &str, tell: impl Fn(Option<String>) + 'static) {
    let Some(item) = shelf::cart().item(id).cloned() else {
        return;
    };
    let texts = page.locale.cart_texts();
    let figures = Figures::new(page.locale, &item.currency);
    let new = page.with_pricer(&item.product, |product, calculator| {
        let pricing = (calculator, &figures.words());
        let now = (&*product.revision, &*paper::day(0));
        with_run(&item, now, typed, pricing)
    });
    match new.unwrap_or_else(|| Err(texts.load_failed.to_owned())) {
        Ok(WithRun::Priced(new)) => tell(keep(page, &item, *new)),
        Ok(WithRun::Asked(asked)) => {
            tell(Some(texts.priced_remotely.to_owned()));
            let own = Rc::clone(page);
            page.ask(&item.product.clone(), &asked.clone(), move |told| {
                tell(told_line(&own, &item, &asked, told));
            });
        }
        Err(mistake) => tell(Some(mistake)),
    }
}

/// Keeps a line at the price that the print house told; tells what keeps it away otherwise.
fn told_line(
    page: &Page,
    item: &CartItem,
    asked: &Asked,
    told: Option<Rc<dyn Told>>,
) -> Option<String> {
    // The buyer has changed the line since.
    if shelf::cart().item(&item.id) != Some(item) {
        return None;
    }
    let figures = Figures::new(page.locale, &item.currency);
    let new = told.and_then(|told| {
        page.with_pricer(&item.product, |product, calculator| {
            let pricing = (calculator, &figures.words());
            with_told(item, &product.revision, (asked, told), pricing)
        })
    });
    match new {
        Some(Ok(new)) => keep(page, item, new),
        Some(Err(mistake)) => Some(mistake),
        None => Some(page.locale.cart_texts().source_silent.to_owned()),
    }
}

fn keep(page: &Page, item: &CartItem, new: CartItem) -> Option<String> {
    let price = Figures::new(page.locale, &item.currency).money(new.total);
    shelf::change(page.mounted.host(), |cart| cart.put(new));
    let text = page.locale.cart_texts().price_is;
    page.said.set(fill(text, &[("price", &price)]));
    None
}

/// The ways on: change it, keep it for later, take it out; and the button of the second.
fn actions(page: &Rc<Page>, item: &CartItem, name: &str) -> (El, El) {
    let texts = page.locale.cart_texts();
    let (mark, id) = match &item.group {
        // What was configured together is changed together.
        Some(group) => (shelf::GROUP, &group.id),
        None => (shelf::LINE, &item.id),
    };
    let address = [&item.page, mark, id].concat();
    let named = |action: &str| [action, ": ", name].concat();
    let edit = el("a|class=quiet|part=edit")
        .attr("href", &address)
        .attr("aria-label", &named(texts.edit))
        .text(texts.edit);
    let (own, id, title) = (Rc::clone(page), item.id.clone(), name.to_owned());
    let save = button("save").on("click", move || {
        let saved = shelf::cart().item(&id).is_some_and(|item| !item.saved);
        own.set_aside(&Lines::One(id.clone()), &title, saved);
    });
    let (own, line) = (Rc::clone(page), Lines::One(item.id.clone()));
    let remove = button("remove")
        .text(texts.remove)
        .on("click", move || own.take_out(&line));
    remove.set("aria-label", &named(texts.remove));
    let whole = el("p|class=actions").with(&[edit, save, remove]);
    (whole, save)
}

/// A button that looks like a link.
pub(super) fn button(part: &str) -> El {
    el("button|type=button|class=quiet").attr("part", part)
}

/// What became of the line, in words, and the button that agrees to it.
fn news(page: &Rc<Page>, item: &CartItem, change: &Change) -> Vec<El> {
    let texts = page.locale.cart_texts();
    let figures = Figures::new(page.locale, &item.currency);
    let mut shown = vec![el("p").text(texts.line_changed)];
    for note in &change.notes {
        shown.push(el("p|class=note").text(note));
    }
    let Some(total) = change.total else {
        shown.push(el("p").text(texts.line_not_priced));
        return shown;
    };
    let (old, new) = (figures.money(item.total), figures.money(total));
    if old != new {
        let prices = [("old", &*old), ("new", &*new)];
        shown.push(el("p").text(&fill(texts.changed_price, &prices)));
    }
    let name = item.name.get(page.locale.tag).to_owned();
    let label = [texts.accept_line, ": ", &name].concat();
    let (own, change) = (Rc::clone(page), change.clone());
    let agree = button("accept")
        .text(texts.accept_line)
        .on("click", move || {
            let change = change.clone();
            shelf::change(own.mounted.host(), |cart| cart.accept(vec![change]));
            let said = own.locale.cart_texts().accepted_line;
            own.said.set(fill(said, &[("name", &name)]));
            own.mounted.focus_first("h2");
        });
    agree.set("aria-label", &label);
    shown.push(el("p").with(&[agree]));
    shown
}

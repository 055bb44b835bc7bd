//! `<tirage-cart>`: what is in the cart, what is kept for later, and ordering it.

use std::cell::RefCell;
use std::rc::Rc;

use tirage_pricing::Decimal;
use tirage_pricing::json::ToJson as _;

use super::{cart_list, checkout, offer, shelf};
use crate::chunks::Remote;
use crate::embed::{Mounted, Show};
use crate::locale::{Locale, fill};
use crate::state::calculator::Calculator;
use crate::state::cart::{CartItem, Chosen, Lines};
use crate::state::checkout::{Change, Receipt};
use crate::state::product::Product;
use crate::state::remote::Told;
use crate::state::review::{Asked, Review, review, to_ask};
use crate::state::words::Format;
use crate::ui::{El, Figures, Live, browser, el, paper, watch};

/// A product's calculator, to price its lines again; none while it is on its way.
type Pricer = (String, Option<(Product, Calculator)>);

/// A cart on the screen.
pub(super) struct Page {
    pub(super) mounted: Rc<Mounted>,
    pub(super) locale: &'static Locale,
    pub(super) items: Live<Vec<CartItem>>,
    pub(super) sending: Live<bool>,
    /// What went wrong, in words.
    pub(super) message: Live<String>,
    /// What the buyer has to agree to.
    pub(super) changes: Live<Vec<Change>>,
    /// The order this cart has become, with a remark.
    pub(super) placed: Live<Option<(Receipt, String)>>,
    /// What the live region says.
    pub(super) said: Live<String>,
    /// The lines that were taken out last, with their places.
    removed: Live<Vec<(usize, CartItem)>>,
    pricers: RefCell<Vec<Pricer>>,
    /// What the print house is being asked about lines.
    asked: RefCell<Vec<String>>,
    /// How many calculators are there: quantities can be changed once theirs is.
    pub(super) ready: Live<usize>,
}

/// What only carts, offers and orders need.
pub(super) const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/order.css"));

/// Shows the cart, which needs nothing of the service to begin with.
pub(crate) fn start(mounted: &Rc<Mounted>) {
    mounted.dress(STYLE);
    mounted.take_up(Rc::new(Stored));
}

/// The cart in the browser's storage.
struct Stored;

impl Show for Stored {
    fn show(self: Rc<Self>, mounted: &Rc<Mounted>) -> El {
        show(mounted)
    }
}

fn show(mounted: &Rc<Mounted>) -> El {
    let page = Rc::new(Page {
        mounted: Rc::clone(mounted),
        locale: mounted.options().locale,
        items: Live::new(shelf::cart().items),
        sending: Live::new(false),
        message: Live::new(String::new()),
        changes: Live::new(Vec::new()),
        placed: Live::new(None),
        said: Live::new(String::new()),
        removed: Live::new(Vec::new()),
        pricers: RefCell::default(),
        asked: RefCell::default(),
        ready: Live::new(0),
    });
    let listening = Rc::clone(&page);
    shelf::listen(&mounted.api().life, move || {
        listening.items.set(shelf::cart().items);
        listening.changes.set(Vec::new());
        listening.look_up();
    });
    page.look_up();
    let said = el("p|class=said|role=status");
    let (region, live) = (said, page.said.clone());
    watch(move || live.with(|text| region.set_text(text)));
    if browser::attribute(mounted.host(), "view").as_deref() == Some("offer") {
        return offer::show(&page);
    }
    whole(&page, said)
}

fn whole(page: &Rc<Page>, said: El) -> El {
    let texts = page.locale.cart_texts();
    let checkout = checkout::show(page);
    let filled = el("div|class=cart|part=cart").with(&[el("div|class=cart-lines"), checkout]);
    if let Some(column) = filled.find(".cart-lines") {
        let undo = undo(page);
        column.add(ordered(page));
        column.add(undo);
        column.add(saved(page));
    }
    let empty = el("div|class=empty|part=empty").with(&[
        el("p|class=big").text(texts.cart_empty),
        el("p").text(texts.cart_empty_hint),
        undo(page),
    ]);
    let thanks = el("div|class=placed|part=placed");
    let whole = el("div|class=cart-page").with(&[filled, empty, thanks, said]);
    let page = Rc::clone(page);
    watch(move || {
        let (count, now) = page.items.with(|items| {
            let now = items.iter().filter(|item| !item.saved).count();
            (items.len(), now)
        });
        page.placed.with(|placed| {
            filled.show(count > 0 && placed.is_none());
            checkout.show(now > 0);
            empty.show(count == 0 && placed.is_none());
            thanks.show(placed.is_some());
            if let Some((receipt, remark)) = placed {
                thanks.fill(&confirmation(&page, receipt, remark));
                if let Some(heading) = thanks.find("h2") {
                    heading.focus();
                }
            }
        });
    });
    whole
}

/// The lines that are ordered, with their sum.
fn ordered(page: &Rc<Page>) -> El {
    let texts = page.locale.cart_texts();
    let heading = el("h2|class=heading|tabindex=-1");
    let list = cart_list::show(page, false);
    let total = el("data|data-testid=cart-total|class=total");
    let sum = el("p|class=cart-sum").with(&[el("span|class=caption").text(texts.total), total]);
    let section = el("section|part=ordered").with(&[heading, list, sum]);
    if let Some(address) = browser::attribute(page.mounted.host(), "offer") {
        let link = el("a|part=offer-link")
            .attr("href", &address)
            .text(texts.offer_link);
        section.add(el("p|class=to-offer").with(&[link]));
    }
    let (page, shown) = (Rc::clone(page), section);
    watch(move || {
        page.items.with(|items| {
            let count = items.iter().filter(|item| !item.saved).count();
            let text = page
                .locale
                .plural(page.locale.cart_texts().lines_in_cart, count.into());
            heading.set_text(&fill(text, &[("n", &count.to_string())]));
            let sum = shelf::cart().total();
            total.set("value", &crate::state::checkout::exact(sum));
            total.set_text(&sum.map(|sum| money(&page, items, sum)).unwrap_or_default());
            shown.show(count > 0);
        });
    });
    section
}

/// The lines that are kept for later.
fn saved(page: &Rc<Page>) -> El {
    let heading = el("h2|class=heading").text(page.locale.cart_texts().saved_title);
    let section =
        el("section|class=saved|part=saved").with(&[heading, cart_list::show(page, true)]);
    let (items, shown) = (page.items.clone(), section);
    watch(move || items.with(|items| shown.show(items.iter().any(|item| item.saved))));
    section
}

/// What was taken out last, and the way back.
fn undo(page: &Rc<Page>) -> El {
    let name = el("span");
    let own = Rc::clone(page);
    let back = el("button|type=button|class=quiet|part=undo")
        .text(page.locale.cart_texts().undo)
        .on("click", move || own.put_back());
    let bar = el("p|class=undo|part=undo-bar").with(&[name, back]);
    let (page, shown) = (Rc::clone(page), bar);
    watch(move || {
        page.removed.with(|removed| {
            let own = called(removed, page.locale.tag);
            shown.show(!removed.is_empty());
            name.set_text(&fill(page.locale.cart_texts().removed, &[("name", own)]));
        });
    });
    bar
}

/// What was chosen, in the language of a tag.
pub(super) fn summary(chosen: &[Chosen], tag: &str) -> El {
    let list = el("dl|class=summary");
    for Chosen {
        name,
        value,
        is_day,
    } in chosen
    {
        let value = value.get(tag);
        let day = is_day.then(|| paper::day_in_words(tag, value));
        let value = el("dd").text(day.as_deref().unwrap_or(value));
        list.add(el("div").with(&[el("dt").text(name.get(tag)), value]));
    }
    list
}

/// An amount in the cart's currency.
pub(super) fn money(page: &Page, items: &[CartItem], amount: Decimal) -> String {
    let currency = items.iter().find(|item| !item.saved);
    let currency = currency.map_or("", |item| &item.currency);
    Figures::new(page.locale, currency).money(amount)
}

impl Page {
    /// Fetches the calculators of lines that have none yet, and looks at what they say.
    pub(super) fn look_up(self: &Rc<Self>) {
        for item in shelf::cart().items {
            let known = |(product, _): &Pricer| *product == item.product;
            if self.pricers.borrow().iter().any(known) {
                continue;
            }
            self.pricers.borrow_mut().push((item.product.clone(), None));
            let (own, product) = (Rc::clone(self), item.product.clone());
            self.mounted
                .api()
                .calculator(&item.product, "", move |answer| {
                    let mut pricers = own.pricers.borrow_mut();
                    // Without an answer the line stays as it is: the service has the last word anyway.
                    if let Ok((described, template)) = answer
                        && let Some(pricer) = pricers.iter_mut().find(|(key, _)| *key == product)
                    {
                        let calculator = Calculator::new(template, Default::default());
                        pricer.1 = Some((described, calculator));
                        drop(pricers);
                        own.ready.set(own.ready.with(|count| count + 1));
                        own.review();
                    }
                });
        }
        self.review();
    }

    /// Fetches every calculator again, because the service knows a newer one.
    pub(super) fn look_again(self: &Rc<Self>) {
        self.pricers.borrow_mut().clear();
        self.look_up();
    }

    /// Whether the calculator of a product is there.
    pub(super) fn can_price(&self, product: &str) -> bool {
        let pricers = self.pricers.borrow();
        pricers
            .iter()
            .any(|(key, own)| key == product && own.is_some())
    }

    /// Uses the calculator of a product, if it is there.
    pub(super) fn with_pricer<R>(
        &self,
        product: &str,
        act: impl FnOnce(&Product, &mut Calculator) -> R,
    ) -> Option<R> {
        let mut pricers = self.pricers.borrow_mut();
        let pricer = pricers.iter_mut().find(|(key, _)| key == product)?;
        let (product, calculator) = pricer.1.as_mut()?;
        Some(act(product, calculator))
    }

    /// Asks the print house for the price of a line; nothing where it does not confirm one.
    pub(super) fn ask(
        self: &Rc<Self>,
        product: &str,
        asked: &Asked,
        done: impl FnOnce(Option<Rc<dyn Told>>) + 'static,
    ) {
        let (own, product, asked) = (Rc::clone(self), product.to_owned(), asked.clone());
        Remote::load(&self.mounted, move |remote| {
            let mut done = Some(done);
            if let Ok(remote) = remote {
                own.with_pricer(&product, |_, calculator| {
                    calculator.answer_all(asked.answers);
                    if let Some(done) = done.take() {
                        remote.price(&own.mounted, &product, calculator, Box::new(done));
                    }
                });
            }
            if let Some(done) = done {
                done(None);
            }
        });
    }

    /// Looks for lines of another template or day than now: what the buyer would not notice is
    /// taken over, everything else is asked.
    pub(super) fn review(self: &Rc<Self>) {
        let cart = shelf::cart();
        if !cart.pending.is_empty() {
            // What was sent must stay what it was until its outcome is known.
            return;
        }
        let today = paper::day(0);
        for item in cart.ordered() {
            let asked = self.with_pricer(&item.product, |product, calculator| {
                to_ask(item, (&product.revision, &today), calculator)
            });
            match asked.flatten() {
                Some(asked) => self.review_at_source(item, &asked),
                None => self.look_at(item, None),
            }
        }
    }

    /// Looks at a line once the print house has told its price; without that the line stays as it
    /// is: the service has the last word anyway.
    fn review_at_source(self: &Rc<Self>, item: &CartItem, asked: &Asked) {
        let name = [&item.id, &*asked.answers.to_json().to_string()].concat();
        if self.asked.borrow().contains(&name) {
            return;
        }
        self.asked.borrow_mut().push(name.clone());
        let (own, item) = (Rc::clone(self), item.clone());
        self.ask(&item.product.clone(), asked, move |told| {
            own.asked.borrow_mut().retain(|known| *known != name);
            if told.is_some() {
                own.look_at(&item, told);
            }
        });
    }

    fn look_at(&self, item: &CartItem, told: Option<Rc<dyn Told>>) {
        let cart = shelf::cart();
        // It may have been changed or taken out meanwhile.
        let Some(at) = cart.ordered().position(|known| known == item) else {
            return;
        };
        let figures = Figures::new(self.locale, &item.currency);
        let found = self.with_pricer(&item.product, |product, calculator| {
            calculator.tell(told);
            let now = (&*product.revision, &*paper::day(0));
            let found = review(item, at, now, (calculator, &figures.words()));
            calculator.tell(None);
            found
        });
        let Some(found) = found.flatten() else {
            return;
        };
        let mut changes = self.changes.with(Clone::clone);
        changes.retain(|change| change.line != at);
        match found {
            Review::Same(item) => {
                self.changes.set(changes);
                shelf::change(self.mounted.host(), |cart| cart.put(*item));
            }
            Review::Changed(change) => {
                changes.push(change);
                changes.sort_by_key(|change| change.line);
                self.changes.set(changes);
            }
        }
    }

    /// Takes lines out, in a way that can be undone.
    pub(super) fn take_out(&self, lines: &Lines) {
        let mut removed = Vec::new();
        shelf::change(self.mounted.host(), |cart| removed = cart.remove(lines));
        let name = called(&removed, self.locale.tag);
        let sentence = fill(self.locale.cart_texts().removed, &[("name", name)]);
        self.said.set(sentence);
        self.removed.set(removed);
        self.mounted.focus_first("[part=undo]");
    }

    fn put_back(&self) {
        let removed = self.removed.with(Clone::clone);
        self.removed.set(Vec::new());
        let name = called(&removed, self.locale.tag);
        let sentence = fill(self.locale.cart_texts().undone, &[("name", name)]);
        self.said.set(sentence);
        shelf::change(self.mounted.host(), |cart| {
            for (at, item) in &removed {
                cart.restore(*at, item.clone());
            }
        });
        self.mounted.focus_first("h2");
    }

    /// Keeps lines for later, or orders them now after all.
    pub(super) fn set_aside(&self, lines: &Lines, name: &str, saved: bool) {
        shelf::change(self.mounted.host(), |cart| {
            cart.save_for_later(lines, saved);
        });
        let texts = self.locale.cart_texts();
        let text = if saved {
            texts.saved_line
        } else {
            texts.undone
        };
        self.said.set(fill(text, &[("name", name)]));
        self.mounted
            .focus_first(if saved { ".saved h2" } else { "h2" });
    }
}

/// What people call the lines that were taken out: one by its name, several by that of their group.
fn called<'r>(removed: &'r [(usize, CartItem)], tag: &str) -> &'r str {
    match removed {
        [] => "",
        [(_, item)] => item.name.get(tag),
        [(_, first), ..] => first.group.as_ref().map_or("", |group| group.name.get(tag)),
    }
}

fn confirmation(page: &Page, receipt: &Receipt, remark: &str) -> [El; 4] {
    let texts = page.locale.cart_texts();
    let figures = Figures::new(page.locale, &receipt.currency);
    let title = fill(texts.placed_title, &[("number", &receipt.number)]);
    let sum = fill(
        texts.agree_total,
        &[("price", &figures.money(receipt.total))],
    );
    [
        el("h2|class=heading|tabindex=-1")
            .attr("data-order", &receipt.number)
            .text(&title),
        el("p|class=big").text(&sum),
        el("p").text(if remark.is_empty() {
            texts.placed_text
        } else {
            remark
        }),
        el("a|class=main|part=order-link")
            .attr("href", &receipt.url)
            .text(texts.order_page),
    ]
}

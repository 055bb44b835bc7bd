//! The lines of the cart in their order, each by itself or in the block of its group.

use std::cell::RefCell;
use std::rc::Rc;

use super::cart::Page;
use super::cart_line::{self, Line, button};
use super::shelf;
use crate::state::cart::{CartItem, Group, Lines};
use crate::state::checkout::exact;
use crate::state::words::Format;
use crate::ui::{El, Figures, el, watch};

/// What is on the screen.
#[derive(Default)]
struct Made {
    lines: Vec<Line>,
    blocks: Vec<Block>,
}

/// A group on the screen.
struct Block {
    id: String,
    root: El,
    total: El,
    list: El,
}

/// A list whose elements stay as long as their lines do, and the focus in them.
pub(super) fn show(page: &Rc<Page>, saved: bool) -> El {
    let list = el("ul|class=items|part=items");
    let made: RefCell<Made> = RefCell::default();
    let (page, whole) = (Rc::clone(page), list);
    watch(move || {
        let ready = page.ready.with(|count| *count);
        page.changes.with(|changes| {
            page.items.with(|items| {
                let mut known = made.take();
                let mut now = Made::default();
                let shown: Vec<&CartItem> =
                    items.iter().filter(|item| item.saved == saved).collect();
                for (at, item) in shown.iter().enumerate() {
                    let line = known.line(&page, item);
                    let change = changes.iter().find(|change| change.line == at && !saved);
                    (line.show)(item, change, ready > 0 && page.can_price(&item.product));
                    now.lines.push(line);
                    if let Some(group) = &item.group
                        && now.blocks.iter().all(|block| block.id != group.id)
                    {
                        now.blocks.push(known.block(&page, item, group));
                    }
                }
                known.leave();
                now.order(whole, &shown);
                made.replace(now);
            });
        });
    });
    list
}

impl Made {
    /// The line that is there already, or a new one.
    fn line(&mut self, page: &Rc<Page>, item: &CartItem) -> Line {
        let known = self.lines.iter().position(|line| line.id == item.id);
        match known {
            Some(known) => self.lines.swap_remove(known),
            None => cart_line::make(page, item),
        }
    }

    /// The block that is there already, or a new one, with the sum of its lines.
    fn block(&mut self, page: &Rc<Page>, item: &CartItem, group: &Group) -> Block {
        let known = self.blocks.iter().position(|block| block.id == group.id);
        let block = match known {
            Some(known) => self.blocks.swap_remove(known),
            None => make(page, item, group),
        };
        let sum = shelf::cart().subtotal(&part(item, group));
        let figures = Figures::new(page.locale, &item.currency);
        let words = sum.map(|sum| figures.money(sum));
        block.total.set("value", &exact(sum));
        block.total.set_text(&words.unwrap_or_default());
        block
    }

    /// Takes out what is no longer there.
    fn leave(self) {
        let lines = self.lines.into_iter().map(|line| line.root);
        let blocks = self.blocks.into_iter().map(|block| block.root);
        for gone in lines.chain(blocks) {
            gone.remove();
        }
    }

    /// Brings the elements into the order of their lines, touching only those that are elsewhere.
    fn order(&self, whole: El, items: &[&CartItem]) {
        let mut placed = 0;
        let mut inside = vec![0; self.blocks.len()];
        for (line, item) in self.lines.iter().zip(items) {
            let group = item.group.as_ref();
            let is_around = |block: &Block| group.is_some_and(|group| block.id == group.id);
            let around = self.blocks.iter().position(is_around);
            let Some(at) = around else {
                whole.place(line.root, placed);
                placed += 1;
                continue;
            };
            if inside[at] == 0 {
                whole.place(self.blocks[at].root, placed);
                placed += 1;
            }
            self.blocks[at].list.place(line.root, inside[at]);
            inside[at] += 1;
        }
    }
}

/// What of its group stands together with a line.
fn part(item: &CartItem, group: &Group) -> Lines {
    Lines::Group {
        id: group.id.clone(),
        saved: item.saved,
    }
}

fn make(page: &Rc<Page>, item: &CartItem, group: &Group) -> Block {
    let texts = page.locale.cart_texts();
    let name = group.name.get(page.locale.tag).to_owned();
    let named = |action: &str| [action, ": ", &name].concat();
    let lines = part(item, group);
    let saved = item.saved;
    let edit = el("a|class=quiet|part=edit")
        .attr("href", &[&item.page, shelf::GROUP, &group.id].concat())
        .attr("aria-label", &named(texts.edit))
        .text(texts.edit);
    let (own, meant, title) = (Rc::clone(page), lines.clone(), name.clone());
    let aside = if saved {
        texts.order_now
    } else {
        texts.save_for_later
    };
    let save = button("save")
        .attr("aria-label", &named(aside))
        .text(aside)
        .on("click", move || own.set_aside(&meant, &title, !saved));
    let own = Rc::clone(page);
    let remove = button("remove")
        .attr("aria-label", &named(texts.remove))
        .text(texts.remove)
        .on("click", move || own.take_out(&lines));
    let total = el("data|class=amount");
    let list = el("ul|class=items");
    let root = el("li|class=group|part=group").with(&[
        el("h3").text(&name),
        total,
        el("p|class=actions").with(&[edit, save, remove]),
        list,
    ]);
    Block {
        id: group.id.clone(),
        root,
        total,
        list,
    }
}

//! Where fields stand: groups, details and operations as blocks, each shown while it has a field.

use std::rc::Rc;

use tirage_pricing::{Parameter, Template};

use super::calculator::{Act, Session};
use super::field;
use crate::locale::fill;
use crate::state::parts::Rearrange;
use crate::ui::{El, digits, el, watch};

/// From here on fields that are out of sight are laid out after the price is seen: of hundreds the
/// browser would lay out each before the first one. See `lay_out` in `page.rs`.
const MANY: usize = 100;
/// So many of them, outside of blocks, are laid out together: an even number, for two columns.
const TOGETHER: usize = 12;

/// A block that was begun: what it is of, and its fields.
struct Block {
    section: Option<usize>,
    group: Option<usize>,
    whole: El,
    fields: El,
    /// The parameters in it and in what it contains.
    members: Vec<usize>,
}

/// Every field of a calculator, in the template's order within its block.
pub(super) fn show(session: &Rc<Session>, template: &'static Template) -> El {
    let root = el("div|class=fields|part=fields");
    let many = template.parameters().len() > MANY;
    root.mark("data-many", many);
    let mut blocks: Vec<Block> = Vec::new();
    let (mut strip, mut left) = (root, 0);
    for (index, parameter) in template.parameters().iter().enumerate() {
        if !parameter.is_asked() {
            continue;
        }
        let section = section_of(template, index, parameter);
        let group = section.map_or(parameter.group, |at| template.sections()[at].group);
        let place = open(session, template, (root, &mut blocks), (section, group));
        let fields = match place {
            Some(at) => {
                left = 0;
                blocks[at].fields
            }
            None if many => {
                if left == 0 {
                    left = TOGETHER;
                    strip = el("div|class=fields strip");
                    root.add(strip);
                }
                left -= 1;
                strip
            }
            None => root,
        };
        field::show(session, fields, index, parameter);
        let mut around = place;
        while let Some(at) = around {
            blocks[at].members.push(index);
            around = outer(template, &blocks, at);
        }
    }
    for group in 0..template.groups().len() {
        let own = |block: &&Block| block.section.is_none() && block.group == Some(group);
        if let Some(block) = blocks.iter().find(own) {
            root.add(block.whole);
        }
    }
    for block in blocks {
        appear(session, template, block);
    }
    root
}

/// The section a field stands in; how often a detail repeats is asked beside it.
fn section_of(template: &'static Template, index: usize, parameter: &Parameter) -> Option<usize> {
    let section = template.sections().get(parameter.section?)?;
    match section.repeated {
        Some(repeated) if repeated.count == index => section.parent,
        _ => parameter.section,
    }
}

/// The block of a section or group, begun where it is met first.
fn open(
    session: &Rc<Session>,
    template: &'static Template,
    (root, blocks): (El, &mut Vec<Block>),
    (section, group): (Option<usize>, Option<usize>),
) -> Option<usize> {
    if section.is_none() && group.is_none() {
        return None;
    }
    let known = |block: &Block| match section {
        Some(_) => block.section == section,
        None => block.section.is_none() && block.group == group,
    };
    if let Some(at) = blocks.iter().position(known) {
        return Some(at);
    }
    let around = match section {
        Some(at) => {
            let own = template.sections().get(at)?;
            open(
                session,
                template,
                (root, &mut *blocks),
                (own.parent, own.group),
            )
        }
        None => None,
    };
    let block = begin(session, template, section, group);
    match (around, section) {
        (Some(at), _) => blocks[at].fields.add(block.whole),
        (None, Some(_)) => root.add(block.whole),
        // Groups stand last, in their own order.
        (None, None) => {}
    }
    blocks.push(block);
    Some(blocks.len() - 1)
}

fn outer(template: &'static Template, blocks: &[Block], at: usize) -> Option<usize> {
    let own = template.sections().get(blocks[at].section?)?;
    let found = |section: Option<usize>, group: Option<usize>| {
        blocks.iter().position(|block| match section {
            Some(_) => block.section == section,
            None => group.is_some() && block.section.is_none() && block.group == group,
        })
    };
    found(own.parent, own.group)
}

fn begin(
    session: &Rc<Session>,
    template: &'static Template,
    section: Option<usize>,
    group: Option<usize>,
) -> Block {
    let fields = el("div|class=fields");
    let whole = el("section|class=block|part=block");
    let own = section.and_then(|at| template.sections().get(at));
    let (name, hint) = match own {
        Some(own) => (Some(&own.name), own.hint.as_ref()),
        None => {
            let group = group.and_then(|at| template.groups().get(at));
            (
                group.map(|own| &own.name),
                group.and_then(|own| own.hint.as_ref()),
            )
        }
    };
    let mut title = name.map_or("", |name| session.words_of(name)).to_owned();
    if let Some(repeated) = own.and_then(|own| own.repeated) {
        title.push_str(&[" ", &digits(repeated.number)].concat());
    }
    whole.set("aria-label", &title);
    // What is taken by a switch is named by it.
    if own.is_none_or(|own| own.switch.is_none()) {
        let head = el("div|class=block-head").with(&[el("h3").text(&title)]);
        if let (Some(section), true) = (section, own.is_some_and(|own| own.repeated.is_some())) {
            head.add(moves(session, section, &title));
        }
        whole.add(head);
        if let Some(hint) = hint {
            whole.add(el("p|class=help").text(session.words_of(hint)));
        }
    }
    whole.add(fields);
    Block {
        section,
        group,
        whole,
        fields,
        members: Vec::new(),
    }
}

/// The buttons of one of several equal parts.
fn moves(session: &Rc<Session>, section: usize, title: &str) -> El {
    let texts = session.options.locale.texts;
    let bar = el("span|class=moves");
    for (how, sign, name) in [
        (Rearrange::Up, "↑", texts.part_up),
        (Rearrange::Down, "↓", texts.part_down),
        (Rearrange::Remove, "×", texts.part_remove),
    ] {
        let label = fill(name, &[("name", title)]);
        let own = Rc::clone(session);
        let button = el("button|type=button|part=move")
            .attr("aria-label", &label)
            .text(sign)
            .on("click", move || own.perform(Act::Rearrange(section, how)));
        bar.add(button);
        let own = Rc::clone(session);
        let count = own.count_of(section);
        watch(move || {
            // Read for its changes only: how many there are decides what can be done.
            let asked = count.as_ref().map(|count| count.with(|_| ()));
            let (number, now, least) = asked.and_then(|()| own.part(section)).unwrap_or_default();
            let off = match how {
                Rearrange::Up => number <= 1,
                Rearrange::Down => number >= now,
                Rearrange::Remove => now <= least,
            };
            button.mark("disabled", off);
        });
    }
    bar
}

/// Shows a block while one of its fields is there.
fn appear(session: &Rc<Session>, template: &'static Template, block: Block) {
    let mut fields = Vec::new();
    for index in block.members {
        fields.extend(session.field(index));
    }
    let own = block.section.and_then(|at| template.sections().get(at));
    block
        .whole
        .set("data-kind", own.map_or("group", |own| own.kind.as_str()));
    let whole = block.whole;
    watch(move || {
        let mut any = false;
        for field in &fields {
            any |= field.with(|view| view.available || view.notice.is_some());
        }
        whole.show(any);
    });
}

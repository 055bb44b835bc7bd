//! The compiled rules, and what of them follows from the parts.

use super::packer::Packer;
use super::plain::{Ascending, Nothing};
use super::unpacker::Unpacker;
use super::{Pack, PackAs, put};
use crate::Answer;
use crate::engine::{Asked, Calendar, Cells, Keys, MOST_AXES, Program, Reading, head};
use crate::paths::Paths;
use crate::template::{Parts, Template};

packed! {
    struct Program {
        code, numbers, strings, messages, cells, calendar,
        asks as Nothing,
        keys as Nothing,
        defaults as Nothing,
        fixed as Nothing,
        by_key as Nothing,
    }
    struct Calendar { week, holidays, moved }
    enum Cells { Dense(cells), Sparse(numbers as Ascending, cells) }
}

/// Reads what is priced of a template, and works out again what follows from its parts.
pub(super) fn template(from: &mut Unpacker<'_>) -> Template {
    let mut parts = Parts::EMPTY;
    parts.fill(from);
    if parts
        .tables
        .iter()
        .any(|table| table.axes.len() > MOST_AXES)
    {
        from.refuse();
    }
    let mut program = Program::EMPTY;
    program.fill(from);
    let (mut defaults, mut fixed, mut asks) = (Vec::new(), Vec::new(), Vec::new());
    let mut keys = Keys::default();
    let mut order = program.list(head::VALUES_BY_KEY);
    for parameter in &parts.parameters {
        let kind = &parameter.kind;
        let (count, rest) = order.split_first().unwrap_or((&0, &[]));
        let (values, rest) = rest.split_at((*count as usize).min(rest.len()));
        order = rest;
        let place = keys.add(kind, values);
        let keys = keys.list(place);
        let mut read = |answer: &Option<Answer>| {
            let mut read = None;
            if let Some(answer) = answer
                && (Reading { kind, keys }).read(answer, &mut read).is_err()
            {
                from.refuse();
            }
            read
        };
        defaults.push(read(&parameter.default));
        fixed.push(read(&parameter.fixed));
        asks.push(Asked::new(kind, place));
    }
    let mut by_key = Paths::default();
    for (place, index) in program.list(head::BY_KEY).iter().enumerate() {
        let index = *index as usize;
        let parameter = parts.parameters.get(index);
        by_key.push(parameter.map_or("", |parameter| &parameter.key));
        if let Some(asked) = asks.get_mut(index) {
            asked.place = place as u32;
        }
    }
    program.by_key = by_key;
    program.defaults = defaults;
    program.fixed = fixed;
    program.asks = asks;
    program.keys = keys;
    Template::new(parts, program)
}

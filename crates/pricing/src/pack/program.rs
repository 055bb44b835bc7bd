//! The compiled rules, and what of them follows from the parts.

use super::packer::Packer;
use super::parts::are_whole;
use super::plain::{Ascending, Nothing};
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::engine::{Asked, Calendar, Cells, Keys, Program, Reading, head};
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

/// Reads a whole template and works out again what follows from its parts.
pub(super) fn template(from: &mut Unpacker<'_>) -> Template {
    let parts = Parts::unpack(from);
    if !are_whole(&parts) {
        from.refuse();
    }
    let mut program = Program::unpack(from);
    let mut by_key = Paths::default();
    for index in program.list(head::BY_KEY) {
        let parameter = parts.parameters.get(*index as usize);
        by_key.push(parameter.map_or("", |parameter| &parameter.key));
    }
    let (mut defaults, mut fixed, mut asks) = (Vec::new(), Vec::new(), Vec::new());
    let mut keys = Keys::default();
    let mut order = program.list(head::VALUES_BY_KEY).iter();
    let mut order = order.by_ref().map(|index| *index as usize);
    for parameter in &parts.parameters {
        let kind = &parameter.kind;
        let count = order.next().unwrap_or_default();
        let place = keys.add(kind, &mut order.by_ref().take(count));
        let answers = [&parameter.default, &parameter.fixed];
        let into = [&mut defaults, &mut fixed];
        for (answer, into) in answers.into_iter().zip(into) {
            let mut read = None;
            let keys = keys.list(place);
            if let Some(answer) = answer
                && (Reading { kind, keys }).read(answer, &mut read).is_err()
            {
                from.refuse();
            }
            into.push(read);
        }
        asks.push(Asked::new(kind, place));
    }
    program.by_key = by_key;
    program.defaults = defaults.into();
    program.fixed = fixed.into();
    program.asks = asks.into();
    program.keys = keys;
    Template::new(parts, program)
}

//! The compiled rules, and what of them follows from the parts.

use super::packer::Packer;
use super::parts::are_whole;
use super::plain::{Ascending, Nothing};
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::engine::{Calendar, Cells, Keys, Program, Reading, head};
use crate::template::{Parts, Template};

packed! {
    struct Program {
        code, numbers, strings, messages, cells, calendar,
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
    let mut by_key = Keys::default();
    for index in program.list(head::BY_KEY) {
        if let Some(parameter) = parts.parameters.get(*index as usize) {
            by_key.push(&parameter.key, *index as usize);
        }
    }
    let (mut defaults, mut fixed, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut order = program.list(head::VALUES_BY_KEY).iter();
    for parameter in &parts.parameters {
        let kind = &parameter.kind;
        let mut own = Keys::default();
        let count = order.next().copied().unwrap_or_default();
        for index in order.by_ref().take(count as usize) {
            let value = kind
                .choice()
                .map(|choice| choice.values.get(*index as usize));
            if let Some(Some(value)) = value {
                own.push(&value.key, *index as usize);
            }
        }
        let answers = [&parameter.default, &parameter.fixed];
        let into = [&mut defaults, &mut fixed];
        for (answer, into) in answers.into_iter().zip(into) {
            let mut read = None;
            let keys = &own;
            if let Some(answer) = answer
                && (Reading { kind, keys }).read(answer, &mut read).is_err()
            {
                from.refuse();
            }
            into.push(read);
        }
        keys.push(own);
    }
    program.by_key = by_key;
    program.defaults = defaults.into();
    program.fixed = fixed.into();
    program.keys = keys.into();
    Template::new(parts, program)
}

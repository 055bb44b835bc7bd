//! The compiled rules, and what of them follows from the parts.

use super::packer::Packer;
use super::parts::are_whole;
use super::plain::{Ascending, Nothing};
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::engine::{Calendar, Cells, Keys, Program, Reading};
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
    let mut keys = parts
        .parameters
        .iter()
        .map(|parameter| parameter.key.as_str());
    program.by_key = Keys::new(&mut keys);
    let (mut defaults, mut fixed, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in &parts.parameters {
        let kind = &parameter.kind;
        let own = Keys::of(kind);
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
    program.defaults = defaults.into();
    program.fixed = fixed.into();
    program.keys = keys.into();
    Template::new(parts, program)
}

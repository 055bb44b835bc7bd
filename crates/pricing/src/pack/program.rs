//! The compiled rules, field by field, and what of them follows from the parts.

use super::index::{
    Choice, Line, OfChoice, Parameter, PerLine, PerNamed, PerParameter, PerValue, Row, RowPerValue,
    Value,
};
use super::packer::Packer;
use super::parts::are_whole;
use super::plain::{Exponent, Nothing, Whole};
use super::unpacker::{Known, Unpacker};
use super::{Pack, PackAs};
use crate::engine::{
    Ask, Calendar, Cells, Charge, Forbid, Keys, MOST_AXES, Program, Reading, Rule, Step,
};
use crate::expression::{
    Arithmetic, Comparison, Compiled, Flag, Function, LookupSite, Number, Place,
};
use crate::template::{Parts, Template};

packed! {
    struct Program {
        asks as Asks,
        defaults as Nothing,
        fixed as Nothing,
        by_key as Nothing,
        values as PerNamed,
        steps,
        per_run,
        changes as PerParameter,
        required as Parameter,
        forbids,
        rules as PerLine,
        cells as Tables,
        quantity as Parameter,
        calendar,
        weight,
        production,
    }
    enum Step { Parameter(index as Parameter), Value(index as Value) }
    struct Forbid { when, message, parameters as Parameter, changes }
    struct Rule { when, charge, behind as Value, round, discount }
    enum Charge {
        Price { price, times },
        Percent { percent, of as Line },
        Rounding { step, direction },
        Minimum(number),
        Maximum(number),
        Vat { rate, of as Line, included },
    }
    struct Calendar { week as Whole, holidays, moved }
    enum Function { Power, PerSheet, AddWorkingDays, WorkingDays, Weekday }
    enum Compiled { Number(number), Flag(flag) }
    enum Number {
        Constant(number),
        Parameter(index as Parameter),
        Value(index as Value),
        Attached(choice as Choice, numbers as PerValue),
        Figure(choice as Choice, numbers as PerValue, place as Whole),
        Chain(first, rest),
        Power(base, exponent as Exponent),
        Negate(inner),
        Absolute(inner),
        Minimum(items),
        Maximum(items),
        Clamp(parts),
        Round(parts, direction),
        Whole(inner, direction),
        Count(index as Parameter),
        Length(index as Parameter),
        Letters(index as Parameter),
        Call(function, arguments),
        Lookup(site),
        Subtotal(of as Line),
        If(parts),
    }
    enum Flag {
        Constant(flag),
        Parameter(index as Parameter),
        Value(index as Value),
        Compare(comparison, sides),
        Same(sides),
        Chosen(choice as Choice, values as OfChoice),
        TextAmong(index as Parameter, texts),
        Code(index as Parameter, codes),
        NumberAmong(number, items),
        Answered(index as Parameter),
        Not(inner),
        All(items),
        Any(items),
        If(parts),
    }
    enum Arithmetic { Add, Subtract, Multiply, Divide, Remainder }
    enum Comparison { Equal, Unequal, Less, AtMost, Greater, AtLeast }
    enum Place {
        Row(row as Row),
        Chosen(choice as Choice, rows as RowPerValue),
        At(number),
    }
}

/// Reads a whole template and works out again what follows from its parts.
pub(super) fn template(from: &mut Unpacker<'_>) -> Template {
    let parts = Parts::unpack(from);
    if !are_whole(&parts) {
        from.refuse();
    }
    from.known = Known::of(&parts);
    let mut program = Program::unpack(from);
    let mut keys = parts
        .parameters
        .iter()
        .map(|parameter| parameter.key.as_str());
    program.by_key = Keys::new(&mut keys);
    let (mut defaults, mut fixed) = (Vec::new(), Vec::new());
    for (parameter, ask) in parts.parameters.iter().zip(&mut program.asks) {
        let kind = &parameter.kind;
        ask.keys = Keys::of(kind);
        let answers = [&parameter.default, &parameter.fixed];
        let into = [&mut defaults, &mut fixed];
        for (answer, into) in answers.into_iter().zip(into) {
            let mut read = None;
            let keys = &ask.keys;
            if let Some(answer) = answer
                && (Reading { kind, keys }).read(answer, &mut read).is_err()
            {
                from.refuse();
            }
            into.push(read);
        }
    }
    program.defaults = defaults.into();
    program.fixed = fixed.into();
    Template::new(parts, program)
}

/// The rules of parameters; how their answers are read follows from their kinds.
struct Asks;

impl PackAs<Box<[Ask]>> for Asks {
    fn pack(asks: &Box<[Ask]>, into: &mut Packer) {
        for ask in asks {
            let Ask {
                keys: _,
                available,
                value_rules,
                value_needs,
                fixed,
            } = ask;
            available.pack(into);
            OfChoice::pack(value_rules, into);
            OfChoice::pack(value_needs, into);
            fixed.pack(into);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[Ask]> {
        let parameters = from.known.choices.len();
        let ask = |parameter: usize| Ask {
            keys: Keys::default(),
            available: Pack::unpack(from),
            value_rules: of_own_choice(from, parameter),
            value_needs: of_own_choice(from, parameter),
            fixed: Pack::unpack(from),
        };
        (0..parameters).map(ask).collect()
    }
}

/// Rules of the values of a choice; each rule may speak of other choices.
fn of_own_choice<T>(from: &mut Unpacker<'_>, parameter: usize) -> Box<[T]>
where
    OfChoice: PackAs<T>,
{
    let count = from.count();
    let rule = |from: &mut Unpacker<'_>| {
        from.of_choice = from.known.choices[parameter];
        OfChoice::unpack(from)
    };
    from.items(count, rule).into()
}

/// The cells of tables; how many there are follows from the axes.
struct Tables;

impl PackAs<Box<[Cells]>> for Tables {
    fn pack(tables: &Box<[Cells]>, into: &mut Packer) {
        for cells in tables {
            match cells {
                Cells::Dense(cells) => {
                    into.byte(0);
                    cells.iter().for_each(|cell| cell.pack(into));
                }
                Cells::Sparse(numbers, cells) => {
                    into.byte(1);
                    into.count(cells.len());
                    let mut before = 0;
                    for (number, cell) in numbers.iter().zip(cells) {
                        into.whole(number - before);
                        before = *number;
                        cell.pack(into);
                    }
                }
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Box<[Cells]> {
        let mut tables = Vec::new();
        for table in 0..from.known.tables.len() {
            let axes = &from.known.tables[table];
            let mut size = Some(1_usize);
            for rows in axes {
                size = size.and_then(|size| size.checked_mul(*rows));
            }
            if axes.len() > MOST_AXES {
                from.refuse();
            }
            tables.push(if bool::unpack(from) {
                sparse(from)
            } else {
                if size.is_none() {
                    from.refuse();
                }
                let count = size.unwrap_or_default();
                Cells::Dense(from.items(count, Pack::unpack).into())
            });
        }
        tables.into()
    }
}

fn sparse(from: &mut Unpacker<'_>) -> Cells {
    let count = from.count();
    let mut numbers = Vec::new();
    let mut before = 0_u64;
    let cells = from.items(count, |from| {
        before = before.saturating_add(from.whole());
        numbers.push(before);
        Pack::unpack(from)
    });
    Cells::Sparse(numbers.into(), cells.into())
}

impl Pack for LookupSite {
    fn pack(&self, into: &mut Packer) {
        let Self {
            table,
            places,
            graduated,
        } = self;
        into.count(*table);
        into.count(graduated.map_or(0, |axis| axis + 1));
        places.iter().for_each(|place| place.pack(into));
    }

    /// A place for each axis of the table, which bounds the rows it may name.
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let table = from.below(from.known.tables.len());
        let axes = from.known.tables.get(table).cloned().unwrap_or_default();
        let graduated = from.below(axes.len() + 1).checked_sub(1);
        let place = |rows: &usize| {
            from.of_axis = *rows;
            Place::unpack(from)
        };
        Self {
            table,
            places: axes.iter().map(place).collect(),
            graduated,
        }
    }
}

//! Expressions over what has been worked out so far.
//!
//! A computation that fails notes why and goes on with 0: whoever began it asks for the fault at
//! the end. So no step carries a result that may be none, which is half the code and the time.

use super::fault::Cause;
use super::functions::MOST_ARGUMENTS;
use super::power::multiplied;
use super::program::Program;
use crate::decimal::{self, Direction, at_most, round_to};
use crate::expression::{Arithmetic, Compiled, Flag, Function, LookupSite, Number, Place};
use crate::texts;
use crate::{Between, Decimal, Effective, Field, Line, Lookup, Outside, Rows, Spot, Template};

/// What has been worked out so far.
///
/// An unavailable or unanswered parameter reads as 0, no, or nothing chosen.
pub(crate) struct State<'t> {
    pub(crate) template: &'t Template,
    pub(crate) program: &'t Program,
    pub(crate) fields: Vec<Field>,
    /// By named value; a condition is 1 or 0.
    pub(crate) values: Vec<Computed>,
    /// The first thing that went wrong since this was last asked for.
    pub(crate) fault: Option<Cause>,
    /// Places of the look-ups that are being worked out, the innermost last.
    pub(crate) spots: Vec<Spot>,
    /// The cells read since this was last emptied, while someone wants to know.
    pub(crate) lookups: Vec<Lookup>,
    pub(crate) recording: bool,
    /// The lines so far, and what they add up to.
    pub(crate) lines: Vec<Line>,
    pub(crate) total: Decimal,
}

/// A number, or why there is none.
pub(crate) type Computed = Result<Decimal, Cause>;

impl<'t> State<'t> {
    /// Notes why there is no number, unless something went wrong before.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail(&mut self, cause: Cause) -> Decimal {
        self.fault.get_or_insert(cause);
        Decimal::ZERO
    }

    /// A number, or one that left the range of decimals.
    pub(crate) fn in_range(&mut self, number: Option<Decimal>) -> Decimal {
        match number {
            Some(number) => number,
            None => self.fail(Cause::OutOfRange),
        }
    }

    /// What was worked out, unless something went wrong on the way.
    pub(crate) fn checked<T>(&mut self, worked_out: T) -> Result<T, Cause> {
        self.fault.take().map_or(Ok(worked_out), Err)
    }

    pub(crate) fn value(&mut self, value: &'t Compiled) -> Decimal {
        match value {
            Compiled::Number(number) => self.number(number),
            Compiled::Flag(flag) => Decimal::from(u8::from(self.flag(flag))),
        }
    }

    fn answer(&self, parameter: usize) -> Option<&Effective> {
        self.fields[parameter].answer.as_ref()
    }

    pub(crate) fn number(&mut self, number: &'t Number) -> Decimal {
        match number {
            Number::Constant(constant) => *constant,
            Number::Parameter(index) => match self.answer(*index) {
                Some(Effective::Number(number)) => *number,
                _ => Decimal::ZERO,
            },
            Number::Value(index) => match self.values[*index] {
                Ok(number) => number,
                Err(cause) => self.fail(cause),
            },
            Number::Attached(index, numbers) => match self.answer(*index) {
                Some(Effective::Value(value)) => numbers[*value],
                _ => Decimal::ZERO,
            },
            Number::Chain(first, rest) => {
                let mut result = self.number(first);
                for (operator, operand) in rest {
                    let operand = self.number(operand);
                    result = self.apply(*operator, result, operand);
                }
                result
            }
            Number::Whole(inner, direction) => self.whole(inner, *direction),
            Number::Lookup(site) => self.look_up(site),
            Number::If(parts) => {
                let number = if self.flag(&parts.0) {
                    &parts.1
                } else {
                    &parts.2
                };
                self.number(number)
            }
            _ => self.rarer(number),
        }
    }

    /// Apart, so that what it needs is not on the stack of every expression.
    #[inline(never)]
    fn rarer(&mut self, number: &'t Number) -> Decimal {
        match number {
            Number::Figure(index, listed, place) => match self.answer(*index) {
                Some(Effective::Value(value)) => listed[*value],
                Some(Effective::Figures(figures)) => {
                    figures.get(*place).copied().unwrap_or_default()
                }
                _ => Decimal::ZERO,
            },
            Number::Power(base, exponent) => {
                let base = self.number(base);
                self.known(multiplied(base, *exponent))
            }
            Number::Call(function, arguments) => self.call(*function, arguments),
            Number::Negate(inner) => -self.number(inner),
            Number::Absolute(inner) => self.number(inner).abs(),
            Number::Minimum(items) => self.extreme(items, true),
            Number::Maximum(items) => self.extreme(items, false),
            Number::Clamp(parts) => {
                let [value, low, high] = [0, 1, 2].map(|part| self.number(&parts[part]));
                decimal::larger(decimal::smaller(value, high), low)
            }
            Number::Round(parts, direction) => {
                let (value, step) = (self.number(&parts.0), self.number(&parts.1));
                self.in_range(round_to(value, step, *direction))
            }
            Number::Count(index) | Number::Length(index) | Number::Letters(index) => {
                let letters = matches!(number, Number::Letters(_));
                Decimal::from(
                    self.answer(*index)
                        .map_or(0, |answer| count(answer, letters)),
                )
            }
            Number::Subtotal(of) => self.subtotal(of.as_deref()),
            // Those that are worked out where they are met first.
            _ => Decimal::ZERO,
        }
    }

    fn known(&mut self, computed: Computed) -> Decimal {
        computed.unwrap_or_else(|cause| self.fail(cause))
    }

    fn apply(&mut self, operator: Arithmetic, left: Decimal, right: Decimal) -> Decimal {
        let result = match operator {
            Arithmetic::Add => decimal::add(left, right),
            Arithmetic::Subtract => decimal::subtract(left, right),
            Arithmetic::Multiply => decimal::multiply(left, right),
            Arithmetic::Divide => decimal::divide(left, right),
            Arithmetic::Remainder => decimal::remainder(left, right),
        };
        let divides = matches!(operator, Arithmetic::Divide | Arithmetic::Remainder);
        match result {
            Some(result) => result,
            None if divides && right.is_zero() => self.fail(Cause::DivisionByZero),
            None => self.fail(Cause::OutOfRange),
        }
    }

    /// `ceil(run / per_sheet)` stands in nearly every print template, mostly with whole numbers,
    /// and then needs no decimal division.
    fn whole(&mut self, inner: &'t Number, direction: Direction) -> Decimal {
        if let Number::Chain(first, rest) = inner
            && let [(Arithmetic::Divide, by)] = &**rest
        {
            let (number, by) = (self.number(first), self.number(by));
            return match whole_quotient(number, by, direction) {
                Some(quotient) => quotient,
                None => direction.whole(self.apply(Arithmetic::Divide, number, by)),
            };
        }
        direction.whole(self.number(inner))
    }

    pub(crate) fn flag(&mut self, flag: &'t Flag) -> bool {
        match flag {
            Flag::Constant(constant) => *constant,
            Flag::Parameter(index) => {
                matches!(self.answer(*index), Some(Effective::Flag(true)))
            }
            Flag::Value(index) => match self.values[*index] {
                Ok(value) => !value.is_zero(),
                Err(cause) => !self.fail(cause).is_zero(),
            },
            Flag::Compare(comparison, sides) => {
                let (left, right) = (self.number(&sides.0), self.number(&sides.1));
                comparison.holds(left, right)
            }
            Flag::Same(sides) => self.flag(&sides.0) == self.flag(&sides.1),
            Flag::Chosen(index, wanted) => match self.answer(*index) {
                Some(Effective::Value(value)) => wanted.contains(value),
                Some(Effective::Values(values)) => values.iter().any(|v| wanted.contains(v)),
                _ => false,
            },
            Flag::TextAmong(index, wanted) => match self.answer(*index) {
                Some(Effective::Text(text)) => wanted.contains(text),
                _ => false,
            },
            Flag::Code(index, codes) => match self.answer(*index) {
                Some(Effective::Text(text)) => {
                    let text = text.trim_ascii();
                    codes.iter().any(|code| texts::same_letters(code, text))
                }
                _ => false,
            },
            // Stops at the first item that decides: what comes after is not computed.
            Flag::NumberAmong(number, items) => {
                let number = self.number(number);
                items
                    .iter()
                    .any(|item| decimal::compare(self.number(item), number).is_eq())
            }
            Flag::Answered(index) => self.answer(*index).is_some(),
            Flag::Not(inner) => !self.flag(inner),
            Flag::All(items) => items.iter().all(|item| self.flag(item)),
            Flag::Any(items) => items.iter().any(|item| self.flag(item)),
            Flag::If(parts) => {
                let flag = if self.flag(&parts.0) {
                    &parts.1
                } else {
                    &parts.2
                };
                self.flag(flag)
            }
        }
    }

    fn extreme(&mut self, items: &'t [Number], smallest: bool) -> Decimal {
        let mut picked = None;
        for item in items {
            let number = self.number(item);
            let before = picked.unwrap_or(number);
            let keeps = at_most(before, number) == smallest;
            picked = Some(if keeps { before } else { number });
        }
        picked.unwrap_or_default()
    }

    /// Apart, so that its numbers are not on the stack of every expression.
    #[inline(never)]
    fn call(&mut self, function: Function, arguments: &'t [Number]) -> Decimal {
        let mut numbers = [Decimal::ZERO; MOST_ARGUMENTS];
        for (number, argument) in numbers.iter_mut().zip(arguments) {
            *number = self.number(argument);
        }
        self.known(function.of(&numbers, &self.program.calendar))
    }

    fn look_up(&mut self, site: &'t LookupSite) -> Decimal {
        let first = self.spots.len();
        for (axis, place) in site.places.iter().enumerate() {
            match self.spot((site.table, axis), place) {
                Ok(spot) => self.spots.push(spot),
                Err(cause) => {
                    self.spots.truncate(first);
                    return self.fail(cause);
                }
            }
        }
        let number = match site.graduated {
            Some(axis) => self.graduated(site, (first, axis)),
            None => self.read_cell(site, first, None),
        };
        self.spots.truncate(first);
        number
    }

    /// The sum over the tiers: what falls into each, at the price of that tier.
    fn graduated(&mut self, site: &'t LookupSite, (first, axis): (usize, usize)) -> Decimal {
        let tiers = &self.template.tables()[site.table].axes[axis];
        let Spot { row: last, at, .. } = self.spots[first + axis];
        let mut sum = Decimal::ZERO;
        for row in 0..=last {
            let to = if row < last {
                tiers.taken_before(row + 1)
            } else {
                Some(at)
            };
            let before = tiers.taken_before(row);
            let times = to.and_then(|to| decimal::subtract(to, before?));
            let times = self.in_range(times);
            self.spots[first + axis].row = row;
            let cell = self.read_cell(site, first, Some(times));
            let more = self.apply(Arithmetic::Multiply, cell, times);
            sum = self.apply(Arithmetic::Add, sum, more);
            if self.fault.is_some() {
                break;
            }
        }
        sum
    }

    fn read_cell(&mut self, site: &LookupSite, first: usize, times: Option<Decimal>) -> Decimal {
        let axes = &self.template.tables()[site.table].axes;
        let spots = &self.spots[first..];
        let Some(cell) = self.program.cells[site.table].at(axes, spots) else {
            return self.fail(Cause::NoSuchCombination {
                table: site.table,
                parameter: site.places.iter().find_map(Place::parameter),
            });
        };
        if self.recording {
            self.lookups.push(Lookup {
                table: site.table,
                spots: spots.into(),
                cell,
                times,
            });
        }
        cell
    }

    fn spot(&mut self, (table, axis): (usize, usize), place: &'t Place) -> Result<Spot, Cause> {
        let none = |parameter| Cause::NoSuchCombination { table, parameter };
        let row = match place {
            Place::Row(row) => *row,
            Place::Chosen(parameter, rows) => match self.answer(*parameter) {
                Some(Effective::Value(value)) => {
                    rows[*value].ok_or_else(|| none(Some(*parameter)))?
                }
                // A size or inks that are not listed have no row.
                Some(_) => return Err(none(Some(*parameter))),
                None if self.fields[*parameter].available => {
                    let parameter = *parameter;
                    return Err(Cause::Missing { parameter });
                }
                None => return Err(none(None)),
            },
            Place::At(number) => {
                let at = self.number(number);
                let looked_up = &self.template.tables()[table].axes[axis];
                return looked_up.spot(at).ok_or_else(|| {
                    let parameter = place.parameter();
                    let exact = matches!(looked_up.rows, Rows::Numbers(_))
                        && looked_up.between == Between::Exact;
                    let ask = looked_up.outside == Outside::Ask;
                    if exact && !ask {
                        return none(parameter);
                    }
                    Cause::Outside {
                        table,
                        axis,
                        at,
                        parameter,
                        ask,
                    }
                });
            }
        };
        Ok(Spot {
            row,
            ..Spot::default()
        })
    }
}

/// How much an answer consists of: values, files, or characters.
fn count(answer: &Effective, letters: bool) -> usize {
    match answer {
        Effective::Values(values) => values.len(),
        Effective::Texts(texts) => texts.len(),
        Effective::Value(_) => 1,
        Effective::Text(text) if letters => text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .count(),
        Effective::Text(text) => text.chars().count(),
        Effective::Flag(_) | Effective::Number(_) | Effective::Figures(_) => 0,
    }
}

/// The rounded quotient of two whole numbers that are not negative; none for others.
fn whole_quotient(number: Decimal, by: Decimal, direction: Direction) -> Option<Decimal> {
    if number.scale() != 0 || by.scale() != 0 {
        return None;
    }
    let number = u64::try_from(number.mantissa()).ok()?;
    let by = u64::try_from(by.mantissa()).ok()?;
    let (quotient, rest) = (number.checked_div(by)?, number % by);
    let up = match direction {
        Direction::Up => rest > 0,
        Direction::Down => false,
        Direction::HalfUp => rest >= by - rest,
        Direction::HalfEven => return None,
    };
    Some(Decimal::from(quotient.checked_add(u64::from(up))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_a_whole_quotient_ends_where_the_long_way_does() {
        let directions = [
            Direction::Up,
            Direction::Down,
            Direction::HalfUp,
            Direction::HalfEven,
        ];
        for (number, by) in [
            (0, 1),
            (1, 2),
            (3, 2),
            (5, 2),
            (24, 24),
            (25, 24),
            (1500, 24),
            (7, 3),
            (8, 3),
        ] {
            let (number, by) = (Decimal::from(number), Decimal::from(by));
            for direction in directions {
                let long = direction.whole(number / by);
                let short = whole_quotient(number, by, direction);
                assert_eq!(
                    short.unwrap_or(long),
                    long,
                    "{number} by {by}, {direction:?}"
                );
            }
        }
    }

    #[test]
    fn the_short_way_is_for_whole_numbers_that_are_not_negative() {
        let decimal = |text| crate::decimal::parse(text).unwrap();
        for (number, by) in [
            ("1.5", "2"),
            ("3", "0.5"),
            ("-3", "2"),
            ("3", "-2"),
            ("3", "0"),
            ("99999999999999999999", "3"),
        ] {
            assert_eq!(
                whole_quotient(decimal(number), decimal(by), Direction::Up),
                None,
                "{number} by {by}"
            );
        }
        let largest = Decimal::from(u64::MAX);
        assert_eq!(
            whole_quotient(largest, Decimal::ONE, Direction::Up),
            Some(largest)
        );
    }
}

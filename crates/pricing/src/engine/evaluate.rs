//! Expressions over what has been worked out so far.

use super::fault::{Cause, Fault, out_of_range};
use super::functions::MOST_ARGUMENTS;
use super::power::multiplied;
use super::program::Program;
use super::table::{Axis, AxisRows, MOST_AXES, Spot, Table};
use crate::decimal::{self, Direction, round_to};
use crate::expression::{Arithmetic, Compiled, Flag, Function, LookupSite, Number, Place};
use crate::texts;
use crate::{Between, Coordinate, Decimal, Effective, Field, Line, Lookup, Outside};

/// What has been worked out so far.
///
/// An unavailable or unanswered parameter reads as 0, no, or nothing chosen.
pub(crate) struct State<'t> {
    pub(crate) program: &'t Program,
    pub(crate) fields: Vec<Field>,
    /// By named value; a condition is 1 or 0.
    pub(crate) values: Vec<Computed>,
    /// The cells read since this was last emptied, while someone wants to know.
    pub(crate) lookups: Vec<Lookup>,
    pub(crate) recording: bool,
    /// The lines so far, and what they add up to.
    pub(crate) lines: Vec<Line>,
    pub(crate) total: Decimal,
}

/// A number, or why there is none.
pub(crate) type Computed = Result<Decimal, Fault>;

impl<'t> State<'t> {
    pub(crate) fn value(&mut self, value: &'t Compiled) -> Computed {
        match value {
            Compiled::Number(number) => self.number(number),
            Compiled::Flag(flag) => self
                .flag(flag)
                .map(|flag| if flag { Decimal::ONE } else { Decimal::ZERO }),
        }
    }

    pub(crate) fn number(&mut self, number: &'t Number) -> Computed {
        match number {
            Number::Constant(constant) => Ok(*constant),
            Number::Parameter(index) => Ok(match &self.fields[*index].answer {
                Some(Effective::Number(number)) => *number,
                _ => Decimal::ZERO,
            }),
            Number::Value(index) => self.values[*index].clone(),
            Number::Attached(index, numbers) => Ok(match &self.fields[*index].answer {
                Some(Effective::Value(value)) => numbers[*value],
                _ => Decimal::ZERO,
            }),
            Number::Figure(index, listed, place) => Ok(match &self.fields[*index].answer {
                Some(Effective::Value(value)) => listed[*value],
                Some(Effective::Figures(figures)) => {
                    figures.get(*place).copied().unwrap_or_default()
                }
                _ => Decimal::ZERO,
            }),
            Number::Chain(first, rest) => {
                let mut result = self.number(first)?;
                for (operator, operand) in rest {
                    result = apply(*operator, result, self.number(operand)?)?;
                }
                Ok(result)
            }
            Number::Power(base, exponent) => multiplied(self.number(base)?, *exponent),
            Number::Call(function, arguments) => self.call(*function, arguments),
            Number::Negate(inner) => self.number(inner).map(|number| -number),
            Number::Absolute(inner) => self.number(inner).map(|number| number.abs()),
            Number::Minimum(items) => self.fold(items, Decimal::min),
            Number::Maximum(items) => self.fold(items, Decimal::max),
            Number::Clamp(parts) => {
                let [value, low, high] = &**parts;
                let value = self.number(value)?;
                let low = self.number(low)?;
                Ok(value.min(self.number(high)?).max(low))
            }
            Number::Whole(inner, direction) => self.whole(inner, *direction),
            Number::Round(parts, direction) => {
                let value = self.number(&parts.0)?;
                let step = self.number(&parts.1)?;
                round_to(value, step, *direction).ok_or_else(out_of_range)
            }
            Number::Count(index) => Ok(match &self.fields[*index].answer {
                Some(Effective::Values(values)) => Decimal::from(values.len()),
                Some(Effective::Texts(texts)) => Decimal::from(texts.len()),
                Some(Effective::Value(_)) => Decimal::ONE,
                _ => Decimal::ZERO,
            }),
            Number::Length(index) => Ok(match &self.fields[*index].answer {
                Some(Effective::Text(text)) => Decimal::from(text.chars().count()),
                _ => Decimal::ZERO,
            }),
            Number::Letters(index) => Ok(match &self.fields[*index].answer {
                Some(Effective::Text(text)) => {
                    let letters = text.chars().filter(|letter| !letter.is_whitespace());
                    Decimal::from(letters.count())
                }
                _ => Decimal::ZERO,
            }),
            Number::Lookup(site) => self.look_up(site),
            Number::Subtotal(of) => self.subtotal(of.as_deref()),
            Number::If(parts) => {
                if self.flag(&parts.0)? {
                    self.number(&parts.1)
                } else {
                    self.number(&parts.2)
                }
            }
        }
    }

    /// `ceil(run / per_sheet)` stands in nearly every print template, mostly with whole numbers,
    /// and then needs no decimal division.
    fn whole(&mut self, inner: &'t Number, direction: Direction) -> Computed {
        if let Number::Chain(first, rest) = inner
            && let [(Arithmetic::Divide, by)] = &**rest
        {
            let (number, by) = (self.number(first)?, self.number(by)?);
            return match whole_quotient(number, by, direction) {
                Some(quotient) => Ok(quotient),
                None => apply(Arithmetic::Divide, number, by)
                    .map(|quotient| to_whole(quotient, direction)),
            };
        }
        self.number(inner).map(|number| to_whole(number, direction))
    }

    pub(crate) fn flag(&mut self, flag: &'t Flag) -> Result<bool, Fault> {
        match flag {
            Flag::Constant(constant) => Ok(*constant),
            Flag::Parameter(index) => Ok(matches!(
                self.fields[*index].answer,
                Some(Effective::Flag(true))
            )),
            Flag::Value(index) => self.values[*index].clone().map(|value| !value.is_zero()),
            Flag::Compare(comparison, sides) => {
                let left = self.number(&sides.0)?;
                Ok(comparison.holds(left, self.number(&sides.1)?))
            }
            Flag::Same(sides) => Ok(self.flag(&sides.0)? == self.flag(&sides.1)?),
            Flag::Chosen(index, wanted) => Ok(match &self.fields[*index].answer {
                Some(Effective::Value(value)) => wanted.contains(value),
                Some(Effective::Values(values)) => values.iter().any(|v| wanted.contains(v)),
                _ => false,
            }),
            Flag::TextAmong(index, wanted) => Ok(match &self.fields[*index].answer {
                Some(Effective::Text(text)) => wanted.contains(text),
                _ => false,
            }),
            Flag::Code(index, codes) => Ok(match &self.fields[*index].answer {
                Some(Effective::Text(text)) => {
                    let text = text.trim_ascii();
                    codes.iter().any(|code| texts::same_letters(code, text))
                }
                _ => false,
            }),
            Flag::NumberAmong(number, items) => {
                let number = self.number(number)?;
                self.any(items, |state, item| Ok(state.number(item)? == number))
            }
            Flag::Answered(index) => Ok(self.fields[*index].answer.is_some()),
            Flag::Not(inner) => self.flag(inner).map(|flag| !flag),
            Flag::All(items) => self
                .any(items, |state, item| Ok(!state.flag(item)?))
                .map(|some_fails| !some_fails),
            Flag::Any(items) => self.any(items, Self::flag),
            Flag::If(parts) => {
                if self.flag(&parts.0)? {
                    self.flag(&parts.1)
                } else {
                    self.flag(&parts.2)
                }
            }
        }
    }

    /// Stops at the first item that holds: what comes after is not computed and cannot fail.
    fn any<T>(
        &mut self,
        items: &'t [T],
        holds: impl Fn(&mut Self, &'t T) -> Result<bool, Fault>,
    ) -> Result<bool, Fault> {
        for item in items {
            if holds(self, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn fold(&mut self, items: &'t [Number], pick: fn(Decimal, Decimal) -> Decimal) -> Computed {
        let mut picked = None;
        for item in items {
            let number = self.number(item)?;
            picked = Some(picked.map_or(number, |before| pick(before, number)));
        }
        Ok(picked.unwrap_or_default())
    }

    /// Apart, so that its numbers are not on the stack of every expression.
    #[inline(never)]
    fn call(&mut self, function: Function, arguments: &'t [Number]) -> Computed {
        let mut numbers = [Decimal::ZERO; MOST_ARGUMENTS];
        for (number, argument) in numbers.iter_mut().zip(arguments) {
            *number = self.number(argument)?;
        }
        function.of(&numbers, &self.program.calendar)
    }

    /// Apart for the same reason.
    #[inline(never)]
    fn look_up(&mut self, site: &'t LookupSite) -> Computed {
        let table = &self.program.tables[site.table];
        let mut spots = [Spot::default(); MOST_AXES];
        for (index, place) in site.places.iter().enumerate() {
            spots[index] = self.spot(site.table, index, place)?;
        }
        let spots = &mut spots[..site.places.len()];
        match site.graduated {
            Some(axis) => self.graduated(site, axis, spots),
            None => self.read_cell((site, table), spots, None),
        }
    }

    /// The sum over the tiers: what falls into each, at the price of that tier.
    fn graduated(&mut self, site: &'t LookupSite, axis: usize, spots: &mut [Spot]) -> Computed {
        let table = &self.program.tables[site.table];
        let Spot { row: last, at, .. } = spots[axis];
        let mut sum = Decimal::ZERO;
        for row in 0..=last {
            let before = |row| table.axes[axis].taken_before(row).ok_or_else(out_of_range);
            let to = if row < last { before(row + 1)? } else { at };
            let times = apply(Arithmetic::Subtract, to, before(row)?)?;
            spots[axis].row = row;
            let cell = self.read_cell((site, table), spots, Some(times))?;
            sum = apply(
                Arithmetic::Add,
                sum,
                apply(Arithmetic::Multiply, cell, times)?,
            )?;
        }
        Ok(sum)
    }

    fn read_cell(
        &mut self,
        (site, table): (&LookupSite, &Table),
        spots: &[Spot],
        times: Option<Decimal>,
    ) -> Computed {
        let Some(cell) = table.cell(spots) else {
            return Err(Box::new(Cause::NoSuchCombination {
                table: site.table,
                parameter: site.places.iter().find_map(Place::parameter),
                ask: table.ask,
            }));
        };
        if self.recording {
            let coordinates = table.axes.iter().zip(spots);
            self.lookups.push(Lookup {
                table: site.table,
                coordinates: coordinates
                    .map(|(axis, spot)| coordinate(axis, *spot))
                    .collect(),
                cell,
                times,
            });
        }
        Ok(cell)
    }

    fn spot(&mut self, table: usize, index: usize, place: &'t Place) -> Result<Spot, Fault> {
        let looked_up = &self.program.tables[table];
        let none = |parameter| {
            Box::new(Cause::NoSuchCombination {
                table,
                parameter,
                ask: looked_up.ask,
            })
        };
        let row = match place {
            Place::Row(row) => *row,
            Place::Chosen(parameter, rows) => {
                let field = &self.fields[*parameter];
                match &field.answer {
                    Some(Effective::Value(value)) => {
                        rows[*value].ok_or_else(|| none(Some(*parameter)))?
                    }
                    // A size or inks that are not listed have no row.
                    Some(_) => return Err(none(Some(*parameter))),
                    None if field.available => {
                        let parameter = *parameter;
                        return Err(Box::new(Cause::Missing { parameter }));
                    }
                    None => return Err(none(None)),
                }
            }
            Place::At(number) => {
                let at = self.number(number)?;
                let parameter = place.parameter();
                let axis = &looked_up.axes[index];
                return axis.spot(at).ok_or_else(|| {
                    let exact = matches!(axis.rows, AxisRows::Numbers(_, Between::Exact));
                    let ask = axis.outside == Outside::Ask;
                    if exact && !ask {
                        return none(parameter);
                    }
                    Box::new(Cause::Outside {
                        table,
                        axis: index,
                        at,
                        parameter,
                        ask,
                    })
                });
            }
        };
        Ok(Spot {
            row,
            ..Spot::default()
        })
    }
}

fn coordinate(axis: &Axis, Spot { row, at, between }: Spot) -> Coordinate {
    let (from, to) = match &axis.rows {
        AxisRows::Keys(keys) => return Coordinate::Key(keys.keys[row].clone()),
        AxisRows::Numbers(numbers, _) if between => {
            let (from, to) = (numbers[row], numbers[row + 1]);
            return Coordinate::Between { from, to, at };
        }
        AxisRows::Numbers(numbers, Between::Step) => (numbers[row], None),
        AxisRows::Numbers(numbers, _) => (numbers[row], Some(numbers[row])),
        AxisRows::Ranges(ranges) => ranges[row],
    };
    Coordinate::Range { from, to, at }
}

fn apply(operator: Arithmetic, left: Decimal, right: Decimal) -> Computed {
    let divides = matches!(operator, Arithmetic::Divide | Arithmetic::Remainder);
    if divides && right.is_zero() {
        return Err(Box::new(Cause::DivisionByZero));
    }
    let result = match operator {
        Arithmetic::Add => decimal::add(left, right),
        Arithmetic::Subtract => decimal::subtract(left, right),
        Arithmetic::Multiply => decimal::multiply(left, right),
        Arithmetic::Divide => decimal::divide(left, right),
        Arithmetic::Remainder => decimal::remainder(left, right),
    };
    result.ok_or_else(out_of_range)
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
    Some(Decimal::from(quotient) + Decimal::from(u8::from(up)))
}

fn to_whole(number: Decimal, direction: Direction) -> Decimal {
    if number.scale() == 0 {
        number
    } else {
        direction.whole(number)
    }
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
                let long = to_whole(number / by, direction);
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

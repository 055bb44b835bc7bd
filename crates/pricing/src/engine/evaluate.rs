//! Expressions over what has been worked out so far.
//!
//! A computation that fails notes why and goes on with 0: whoever began it asks for the fault at
//! the end. So no step carries a result that may be none, which is half the code and the time.

use super::fault::Cause;
use super::functions::MOST_ARGUMENTS;
use super::power::multiplied;
use super::program::{Program, flag, number};
use crate::decimal::{self, Direction, at_most, round_to};
use crate::texts;
use crate::{Decimal, Effective, Field, Line, Long, Lookups, Problem, Spot, Template};

/// What has been worked out so far.
///
/// An unavailable or unanswered parameter reads as 0, no, or nothing chosen.
pub(crate) struct State<'t> {
    pub(crate) template: &'t Template,
    pub(crate) program: &'t Program,
    /// The program's words.
    pub(super) code: &'t [u32],
    /// The next one.
    pub(crate) at: usize,
    /// How many expressions contain the one that is read.
    depth: usize,
    pub(crate) fields: Vec<Field>,
    /// By named value; a condition is 1 or 0.
    pub(crate) values: Vec<Computed>,
    /// The first thing that went wrong since this was last asked for.
    pub(crate) fault: Option<Cause>,
    /// Places of the look-ups that are being worked out, the innermost last.
    pub(crate) spots: Vec<Spot>,
    /// The cells that the lines were read from.
    pub(crate) lookups: Lookups,
    /// Whether what is read is one of these.
    pub(crate) recording: bool,
    /// The lines so far, and what they add up to.
    pub(crate) lines: Vec<Line>,
    pub(crate) total: Decimal,
}

/// A number, or why there is none.
pub(crate) type Computed = Result<Decimal, Cause>;

/// How deep expressions may nest: what the parser allows, with all that stands between two
/// parentheses.
const MOST_NESTING: usize = 1_024;

impl<'t> State<'t> {
    pub(crate) fn new(template: &'t Template) -> Self {
        let fields = template.parameters().iter().map(|_| Field::default());
        let values = template.values().iter().map(|_| Ok(Decimal::ZERO));
        Self {
            template,
            program: template.program(),
            code: &template.program().code,
            at: 0,
            depth: 0,
            fields: fields.collect(),
            values: values.collect(),
            fault: None,
            spots: Vec::new(),
            lookups: Lookups::default(),
            recording: false,
            lines: Vec::new(),
            total: Decimal::ZERO,
        }
    }

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
        match self.fault {
            None => Ok(worked_out),
            Some(cause) => {
                self.fault = None;
                Err(cause)
            }
        }
    }

    /// The problem of what went wrong since this was last asked for.
    #[inline(never)]
    pub(crate) fn problem(&mut self) -> Option<Problem> {
        let cause = self.fault.take()?;
        Some(cause.problem(self.template))
    }

    fn known(&mut self, computed: Computed) -> Decimal {
        computed.unwrap_or_else(|cause| self.fail(cause))
    }

    pub(crate) fn effective(&self, parameter: usize) -> Option<&Effective> {
        self.fields.get(parameter)?.answer.as_ref()
    }

    fn long(&self, parameter: usize) -> Option<&Long> {
        self.effective(parameter)?.long()
    }

    /// The answer of the parameter that comes next.
    pub(super) fn answer(&mut self) -> Option<&Effective> {
        let parameter = self.word();
        self.effective(parameter)
    }

    /// The result of the value that comes next.
    fn value(&mut self) -> Decimal {
        let value = self.word();
        match self.values.get(value) {
            Some(Ok(number)) => *number,
            Some(Err(cause)) => self.fail(*cause),
            None => Decimal::ZERO,
        }
    }

    /// The number that comes next.
    pub(crate) fn number(&mut self) -> Decimal {
        match self.word() {
            number::CONSTANT => self.constant(),
            number::PARAMETER => match self.answer() {
                Some(Effective::Number(number)) => *number,
                _ => Decimal::ZERO,
            },
            number::VALUE => self.value(),
            number::ATTACHED => self.attached().unwrap_or_default(),
            word => self.nested(word, Self::composed),
        }
    }

    /// What contains others of its like; 0 or no where it nests too deep.
    fn nested<T: Default>(&mut self, word: usize, read: impl Fn(&mut Self, usize) -> T) -> T {
        self.depth += 1;
        let read = if self.depth > MOST_NESTING {
            self.stop();
            T::default()
        } else {
            read(self, word)
        };
        self.depth -= 1;
        read
    }

    /// Reads nothing any more; only damage nests so deep.
    #[cold]
    #[inline(never)]
    fn stop(&mut self) {
        self.at = usize::MAX;
        self.fail(Cause::OutOfRange);
    }

    /// The number of the chosen value. Always a part of what reads it, which knows none from a
    /// number without a place in memory for it.
    #[inline(always)]
    fn attached(&mut self) -> Option<Decimal> {
        let (parameter, numbers) = (self.word(), self.word());
        match self.effective(parameter) {
            Some(Effective::Value(value)) => Some(self.number_at(numbers + value)),
            _ => None,
        }
    }

    /// Apart, so that reading a constant or an answer needs none of what this has on the stack.
    #[inline(never)]
    fn composed(&mut self, word: usize) -> Decimal {
        match word {
            number::CHAIN => {
                let end = self.end();
                let mut result = self.number();
                while self.at < end {
                    let operator = self.word();
                    let operand = self.number();
                    result = self.apply(operator, result, operand);
                }
                result
            }
            number::LOOK_UP => self.look_up(),
            number::IF => {
                if self.condition() {
                    let number = self.number();
                    self.leave_out();
                    number
                } else {
                    self.number()
                }
            }
            number::QUOTIENT => self.quotient(),
            _ => self.rarer(word),
        }
    }

    /// The condition of a choice between two, and on to the first or the second.
    fn condition(&mut self) -> bool {
        let holds = self.flag();
        if holds {
            self.word();
        } else {
            self.leave_out();
            self.word();
        }
        holds
    }

    /// Passes over what its length stands in front of.
    fn leave_out(&mut self) {
        let length = self.word();
        self.skip(length);
    }

    /// Apart, so that what it needs is not on the stack of every expression.
    #[inline(never)]
    fn rarer(&mut self, word: usize) -> Decimal {
        match word {
            number::WHOLE => {
                let direction = self.direction();
                direction.whole(self.number())
            }
            number::FLAG => Decimal::from(u8::from(self.flag())),
            number::FIGURE => self.figure(),
            number::POWER => {
                let exponent = self.word().min(2 * number::ABOVE_EXPONENTS as usize) as i32;
                let base = self.number();
                self.known(multiplied(base, exponent - number::ABOVE_EXPONENTS))
            }
            number::NEGATE => -self.number(),
            number::ABSOLUTE => self.number().abs(),
            number::MINIMUM => self.extreme(true),
            number::MAXIMUM => self.extreme(false),
            number::CLAMP => {
                let (value, low, high) = (self.number(), self.number(), self.number());
                decimal::larger(decimal::smaller(value, high), low)
            }
            number::ROUND => {
                let direction = self.direction();
                let (value, step) = (self.number(), self.number());
                self.in_range(round_to(value, step, direction))
            }
            number::COUNT | number::LENGTH | number::LETTERS => {
                let answer = self.answer();
                Decimal::from(answer.map_or(0, |answer| count(answer, word == number::LETTERS)))
            }
            number::CALL => self.call(),
            number::SUBTOTAL => {
                let of = self.lines();
                self.subtotal(of)
            }
            _ => Decimal::ZERO,
        }
    }

    /// A number of the answered size or inks, listed or not.
    fn figure(&mut self) -> Decimal {
        let from = self.at;
        let listed = self.attached();
        let place = self.word();
        let parameter = self.program.word(from);
        listed.unwrap_or_else(|| match self.long(parameter) {
            Some(Long::Figures(figures)) => figures.get(place).copied().unwrap_or_default(),
            _ => Decimal::ZERO,
        })
    }

    pub(crate) fn apply(&mut self, operator: usize, left: Decimal, right: Decimal) -> Decimal {
        let result = match operator {
            0 => decimal::add(left, right),
            1 => decimal::subtract(left, right),
            2 => decimal::multiply(left, right),
            3 => decimal::divide(left, right),
            _ => decimal::remainder(left, right),
        };
        match result {
            Some(result) => result,
            None if operator > 2 && right.is_zero() => self.fail(Cause::DivisionByZero),
            None => self.fail(Cause::OutOfRange),
        }
    }

    /// `ceil(run / per_sheet)` stands in nearly every print template, mostly with whole numbers,
    /// and then needs no decimal division.
    fn quotient(&mut self) -> Decimal {
        let direction = self.direction();
        let (number, by) = (self.number(), self.number());
        match whole_quotient(number, by, direction) {
            Some(quotient) => quotient,
            None => direction.whole(self.apply(3, number, by)),
        }
    }

    /// The condition that comes next.
    pub(crate) fn flag(&mut self) -> bool {
        match self.word() {
            flag::ALWAYS => true,
            flag::PARAMETER => matches!(self.answer(), Some(Effective::Flag(true))),
            flag::VALUE => !self.value().is_zero(),
            flag::COMPARE => {
                let orders = self.word();
                let (left, right) = (self.number(), self.number());
                let order = decimal::compare(left, right) as i8 + 1;
                orders >> order & 1 == 1
            }
            flag::CHOSEN => {
                let parameter = self.word();
                let count = self.word();
                let wanted = self.words(count);
                let is_wanted = |value: &usize| wanted.contains(&(*value as u32));
                match self.effective(parameter) {
                    Some(Effective::Value(value)) => is_wanted(value),
                    Some(Effective::Long(long)) => match &**long {
                        Long::Values(values) => values.iter().any(is_wanted),
                        _ => false,
                    },
                    _ => false,
                }
            }
            flag::ANSWERED => self.answer().is_some(),
            word => self.nested(word, Self::composed_flag),
        }
    }

    fn composed_flag(&mut self, word: usize) -> bool {
        match word {
            flag::SAME => self.flag() == self.flag(),
            flag::TEXT | flag::CODE => self.is_text(word == flag::CODE),
            flag::AMONG => {
                let end = self.end();
                let number = self.number();
                self.decides(end, true, |state| {
                    decimal::compare(state.number(), number).is_eq()
                })
            }
            flag::NOT => !self.flag(),
            flag::ALL | flag::ANY => {
                let end = self.end();
                self.decides(end, word == flag::ANY, Self::flag)
            }
            flag::IF => {
                if self.condition() {
                    let flag = self.flag();
                    self.leave_out();
                    flag
                } else {
                    self.flag()
                }
            }
            _ => false,
        }
    }

    /// Reads items to the end, or to the first that decides: what comes after is not computed.
    fn decides(&mut self, end: usize, deciding: bool, item: impl Fn(&mut Self) -> bool) -> bool {
        while self.at < end {
            if item(self) == deciding {
                self.at = end;
                return deciding;
            }
        }
        !deciding
    }

    /// Whether a text is one of some, or one of some codes.
    fn is_text(&mut self, is_code: bool) -> bool {
        let parameter = self.word();
        let count = self.word();
        let wanted = self.words(count);
        let Some(Long::Text(text)) = self.long(parameter) else {
            return false;
        };
        let mut known = wanted
            .iter()
            .filter_map(|index| self.program.strings.get(*index as usize));
        if is_code {
            let text = text.trim_ascii();
            known.any(|code| texts::same_letters(code, text))
        } else {
            known.any(|known| known == text)
        }
    }

    fn extreme(&mut self, smallest: bool) -> Decimal {
        let end = self.end();
        let mut picked = self.number();
        while self.at < end {
            let number = self.number();
            if at_most(picked, number) != smallest {
                picked = number;
            }
        }
        picked
    }

    /// Apart, so that its numbers are not on the stack of every expression.
    #[inline(never)]
    fn call(&mut self) -> Decimal {
        let (function, count) = (self.word(), self.word());
        let mut numbers = [Decimal::ZERO; MOST_ARGUMENTS];
        for number in numbers.iter_mut().take(count) {
            *number = self.number();
        }
        let computed = super::functions::call(function, &numbers, &self.program.calendar);
        self.known(computed)
    }
}

/// How much an answer consists of: values, files, or characters.
fn count(answer: &Effective, letters: bool) -> usize {
    let Some(long) = answer.long() else {
        return usize::from(matches!(answer, Effective::Value(_)));
    };
    match long {
        Long::Values(values) => values.len(),
        Long::Texts(texts) => texts.len(),
        Long::Text(text) if letters => text
            .chars()
            .filter(|letter| !texts::is_space(*letter))
            .count(),
        Long::Text(text) => texts::length(text),
        Long::Figures(_) => 0,
    }
}

/// The rounded quotient of two whole numbers that are not negative; none for others.
fn whole_quotient(number: Decimal, by: Decimal, direction: Direction) -> Option<Decimal> {
    let plain = |number: Decimal| {
        let plain = number.scale() == 0 && !number.is_sign_negative();
        number.short_digits().filter(|_| plain)
    };
    let (number, by) = (plain(number)?, plain(by)?);
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
                let long = direction.whole(number.checked_div(by).unwrap());
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

//! Functions and powers: which there are, what they take and what they compile to.

use super::check::{Checker, NO_NUMBER, Type};
use super::symbols::{EARLIER_LINE, is_over_details};
use super::syntax::{Expr, Form};
use super::typed::{Arithmetic, Flag, Function, Number};
use crate::decimal::Direction;
use crate::json::{quoted, shorten};
use crate::template::Kind;
use crate::{Decimal, date};

impl Checker<'_> {
    /// A call whose result is a number; `answered` is the one whose result is a condition.
    pub(super) fn call(&self, expr: &Expr, function: &str, arguments: &[Expr]) -> Number {
        if is_over_details(function)
            && let Some(number) = self.over_details(function, arguments)
        {
            return number;
        }
        if let Some(number) = self.of_numbers(function, arguments) {
            return number;
        }
        let expected = match (function, arguments) {
            ("sum", [detail, _]) => {
                let found = self.type_of(detail).describe();
                self.refuse(detail, "a detail that repeats", found);
                return NO_NUMBER;
            }
            ("sum", _) => "a detail that repeats and an expression",
            ("min", [_, _, ..]) => return Number::Minimum(self.numbers(arguments)),
            ("max", [_, _, ..]) => return Number::Maximum(self.numbers(arguments)),
            ("min" | "max", _) => {
                self.numbers(arguments);
                "two or more arguments"
            }
            ("abs", [value]) => return Number::Absolute(self.boxed(value)),
            ("clamp", [value, low, high]) => {
                let parts = [value, low, high].map(|part| self.number(part));
                return Number::Clamp(Box::new(parts));
            }
            ("clamp", _) => "three arguments",
            ("floor", _) => return self.rounding((expr, function), Direction::Down, arguments),
            ("ceil", _) => return self.rounding((expr, function), Direction::Up, arguments),
            ("round", [value, step, direction]) => {
                return Number::Round(self.pair(value, step), self.direction(direction));
            }
            ("round", _) => return self.rounding((expr, function), Direction::HalfUp, arguments),
            ("count", [choice]) => {
                let is_counted: fn(&Kind) -> bool =
                    |kind| matches!(kind, Kind::Choice(_) | Kind::File(_));
                let parameter = self.parameter(choice, "a choice or files", is_counted);
                return parameter.map_or(NO_NUMBER, Number::Count);
            }
            ("length" | "letters", [text]) => {
                let is_text: fn(&Kind) -> bool = |kind| matches!(kind, Kind::Text(_));
                let parameter = self.parameter(text, "a text parameter", is_text);
                let counted = match function {
                    "length" => Number::Length,
                    _ => Number::Letters,
                };
                return parameter.map_or(NO_NUMBER, counted);
            }
            ("date", [text]) => return self.date(text),
            ("days", [from, to]) => return self.days(from, to),
            ("per_sheet", _) => "four to seven arguments",
            ("add_working_days" | "days" | "working_days", _) => "two arguments",
            ("subtotal", lines) => return self.subtotal(expr, lines),
            ("graduated", [lookup]) => return self.graduated(lookup),
            ("abs" | "count" | "date" | "graduated" | "length" | "letters" | "weekday", _) => {
                "one argument"
            }
            ("answered" | "code", _) => {
                self.mismatch(expr, Type::Number);
                return NO_NUMBER;
            }
            _ => {
                let expected = "a function: abs, add_working_days, answered, ceil, clamp, code, count, date, days, \
                     floor, graduated, length, letters, max, min, per_sheet, round, subtotal, sum, weekday or working_days";
                self.refuse(expr, expected, &format!("`{}`", shorten(function)));
                return NO_NUMBER;
            }
        };
        self.wrong_count(expr, function, expected);
        NO_NUMBER
    }

    fn rounding(
        &self,
        (expr, function): (&Expr, &str),
        direction: Direction,
        arguments: &[Expr],
    ) -> Number {
        match arguments {
            [value] => Number::Whole(self.boxed(value), direction),
            [value, step] => Number::Round(self.pair(value, step), direction),
            _ => {
                self.wrong_count(expr, function, "a number and perhaps a step");
                NO_NUMBER
            }
        }
    }

    /// Whether a text is one of some codes.
    pub(super) fn code(&self, expr: &Expr, arguments: &[Expr]) -> Flag {
        let no_flag = Flag::Constant(false);
        let [text, codes @ ..] = arguments else {
            self.wrong_count(expr, "code", "a text parameter and codes");
            return no_flag;
        };
        if codes.is_empty() {
            self.wrong_count(expr, "code", "a text parameter and codes");
        }
        let is_text: fn(&Kind) -> bool = |kind| matches!(kind, Kind::Text(_));
        let codes = codes.iter().map(|code| self.literal(code).to_owned());
        let codes = codes.collect();
        let parameter = self.parameter(text, "a text parameter", is_text);
        parameter.map_or(no_flag, |parameter| Flag::Code(parameter, codes))
    }

    /// `subtotal()` of everything before, `subtotal('print', 'paper')` of some earlier lines.
    fn subtotal(&self, expr: &Expr, lines: &[Expr]) -> Number {
        let before = self.scope.earlier.borrow();
        let Some(before) = &*before else {
            self.refuse(expr, "`subtotal` in a line only", "`subtotal`");
            return NO_NUMBER;
        };
        if lines.is_empty() {
            return Number::Subtotal(None);
        }
        let mut chosen = vec![false; before.len()];
        for line in lines {
            let key = self.literal(line);
            let keys = before.iter().map(String::as_str);
            let section = self.section();
            if !self
                .scope
                .symbols
                .choose_lines(&keys, key, section, &mut chosen)
            {
                let found = format!("the text {}", quoted(key));
                self.refuse(line, EARLIER_LINE, &found);
            }
        }
        let chosen = (0..before.len()).filter(|index| chosen[*index]);
        Number::Subtotal(Some(chosen.collect()))
    }

    fn direction(&self, expr: &Expr) -> Direction {
        let name = self.literal(expr);
        Direction::from_name(name).unwrap_or_else(|| {
            let expected = "\"up\", \"down\", \"half-up\" or \"half-even\"";
            self.refuse(expr, expected, &format!("the text {}", quoted(name)));
            Direction::Up
        })
    }

    /// Whole exponents that are written down are multiplied out.
    pub(super) fn power(&self, base: &Expr, exponent: &Expr) -> Number {
        let (sign, number) = match &exponent.form {
            Form::Negate(inner) => (-1, &inner.form),
            form => (1, form),
        };
        let whole = match number {
            Form::Number(number) => crate::decimal::canonical(*number).parse::<i32>().ok(),
            _ => None,
        };
        match whole.filter(|whole| *whole <= 99) {
            Some(whole) => Number::Power(self.boxed(base), sign * whole),
            None => {
                let parts = [self.number(base), self.number(exponent)];
                Number::Call(Function::Power, parts.into())
            }
        }
    }

    /// A function of numbers alone, if this is one and has its arguments.
    fn of_numbers(&self, function: &str, arguments: &[Expr]) -> Option<Number> {
        let function = match (function, arguments.len()) {
            ("per_sheet", 4..=7) => Function::PerSheet,
            ("add_working_days", 2) => Function::AddWorkingDays,
            ("working_days", 2) => Function::WorkingDays,
            ("weekday", 1) => Function::Weekday,
            _ => return None,
        };
        Some(Number::Call(function, self.numbers(arguments)))
    }

    /// `days(from, to)`: how many days later.
    fn days(&self, from: &Expr, to: &Expr) -> Number {
        let from = [(Arithmetic::Subtract, self.number(from))];
        Number::Chain(self.boxed(to), from.into())
    }

    /// `date('2027-03-01')`: the day as a number.
    fn date(&self, expr: &Expr) -> Number {
        let text = self.literal(expr);
        let day = date::read(text).unwrap_or_else(|| {
            let expected = "a date such as '2027-03-01'";
            self.refuse(expr, expected, &format!("the text {}", quoted(text)));
            Decimal::ZERO
        });
        Number::Constant(day)
    }
}

//! Lines: what each adds, and the total they add up to.

use super::evaluate::State;
use super::fault::Cause;
use super::program::{charge, head, line};
use crate::decimal::{
    Direction, add, at_most, divide, few_digits, larger, multiply, round_places, round_to, subtract,
};
use crate::{Basis, Decimal, Line, Lookups, Price, Rounding};

/// Decimal places an amount keeps: enough for any tariff, few enough that sums stay exact.
const PLACES: u32 = 12;

/// No amount or sum may be larger, a quadrillion: with [`PLACES`] that is 28 digits, which decimals
/// hold exactly, so lines sum to the total in any order.
const LARGEST: Decimal = Decimal::new(1_000_000_000_000_000, 0);

impl State<'_> {
    /// All lines over what has been worked out, or the first one with a fault, which is left to be
    /// asked for.
    pub(crate) fn price(&mut self, quantity: Decimal) -> Result<Price, usize> {
        let program = self.program;
        self.add_up(true)?;
        let (total, lines) = (self.total, std::mem::take(&mut self.lines));
        let lookups = std::mem::take(&mut self.lookups);
        let mut total_before_discount = None;
        let mut vat = None;
        let mut discounted = false;
        for line in &lines {
            discounted |= program.is_discount(line.line);
            if let Basis::Vat { tax, .. } = line.basis {
                vat = add(vat.unwrap_or_default(), tax);
            }
        }
        if discounted {
            let added_up = self.add_up(false);
            self.fault = None;
            total_before_discount = added_up.is_ok().then_some(self.total);
        }
        let mut values = Vec::with_capacity(self.values.len());
        for value in &self.values {
            values.push(value.ok());
        }
        let unit_price =
            divide(total, quantity).map_or(total, |unit| round_places(unit, 2, Direction::HalfUp));
        Ok(Price {
            weight: self.known_at(head::WEIGHT),
            production: self.known_at(head::PRODUCTION),
            lines,
            lookups,
            total,
            unit_price,
            total_before_discount,
            vat,
            values,
        })
    }

    /// The number that a head points to, if it has one.
    fn known_at(&mut self, head: usize) -> Option<Decimal> {
        let at = self.program.word(head);
        if at == 0 {
            return None;
        }
        let number = self.go_to(at).number();
        self.fault.take().is_none().then_some(number)
    }

    /// Works out the lines one after the other, the discounts among them or not.
    fn add_up(&mut self, discounts: bool) -> Result<(), usize> {
        let rules = self.program.list(head::LINES);
        let infos = self.template.lines();
        self.lines = Vec::with_capacity(infos.len());
        self.lookups = Lookups::default();
        self.total = Decimal::ZERO;
        for (line, rule) in rules.iter().take(infos.len()).enumerate() {
            let parts = self.go_to(*rule as usize).word();
            let applies = parts & line::WHEN == 0 || self.flag();
            if applies && (discounts || parts & line::DISCOUNT == 0) {
                self.recorded(line, parts);
            }
            if self.fault.is_some() {
                return Err(line);
            }
        }
        Ok(())
    }

    /// Charges a line and keeps the cells that it was read from.
    fn recorded(&mut self, line: usize, parts: usize) {
        self.recording = true;
        let (told, first) = (self.lines.len(), self.lookups.len());
        self.charge(line, parts);
        let count = self.word();
        let behind = self.words(count);
        if !behind.is_empty() {
            // Their results are known already, and so is what may be wrong with them; only the
            // cells they read are wanted.
            let fault = self.fault;
            let values = self.program.list(head::VALUES);
            for value in behind {
                if let Some(rule) = values.get(*value as usize) {
                    self.go_to(*rule as usize).number();
                }
            }
            self.fault = fault;
        }
        self.recording = false;
        if let Some(line) = self.lines.get_mut(told) {
            line.lookups = first..self.lookups.len();
        }
    }

    /// Charges a line: what it adds and why, unless it adds nothing worth telling.
    pub(crate) fn charge(&mut self, line: usize, parts: usize) {
        let total = self.total;
        let round = (parts & line::ROUND > 0).then(|| self.rounding());
        let (amount, basis) = match self.word() {
            charge::PRICE => {
                let price = self.number();
                (Some(price), Basis::Charge { price, times: None })
            }
            charge::TIMES => {
                let (price, times) = (self.number(), self.number());
                let amount = multiply(price, times);
                let times = Some(times);
                (amount, Basis::Charge { price, times })
            }
            charge::PERCENT => {
                let percent = self.number();
                let of = self.of_lines();
                (share(of, percent), Basis::Percent { percent, of })
            }
            charge::ROUNDING => {
                let Rounding { step, direction } = self.rounding();
                let rounded = round_to(total, step, direction);
                let basis = Basis::Rounding {
                    step,
                    direction,
                    from: total,
                };
                (rounded.and_then(|rounded| subtract(rounded, total)), basis)
            }
            charge::MINIMUM => {
                let minimum = self.number();
                let basis = Basis::Minimum {
                    minimum,
                    from: total,
                };
                (subtract(larger(minimum, total), total), basis)
            }
            charge::MAXIMUM => {
                let maximum = self.number();
                if !at_most(total, maximum) {
                    let sum = total;
                    self.fail(Cause::AboveMaximum { sum, maximum });
                }
                return;
            }
            charge => {
                let rate = self.number();
                let of = self.of_lines();
                self.charge_vat(round, (rate, of), charge == charge::VAT_WITHIN)
            }
        };
        let amount = self.rounded(amount, round);
        let tells = matches!(basis, Basis::Charge { .. } | Basis::Vat { .. });
        if tells || !amount.is_zero() {
            self.total = self.within(add(total, amount));
            self.lines.push(Line {
                line,
                amount,
                basis,
                lookups: 0..0,
            });
        }
    }

    fn rounding(&mut self) -> Rounding {
        Rounding {
            step: self.constant(),
            direction: self.direction(),
        }
    }

    /// The sum of the lines that come next.
    fn of_lines(&mut self) -> Decimal {
        let of = self.lines();
        self.subtotal(of)
    }

    /// What is added, or what the prices contain: 20 % of 100, or a sixth of 120.
    fn charge_vat(
        &mut self,
        round: Option<Rounding>,
        (rate, of): (Decimal, Decimal),
        included: bool,
    ) -> (Option<Decimal>, Basis) {
        let tax = if included {
            let whole = add(Decimal::ONE_HUNDRED, rate);
            let parts = multiply(of, rate);
            parts.and_then(|parts| divide(parts, whole?))
        } else {
            share(of, rate)
        };
        let tax = self.rounded(tax, round);
        let amount = if included { Decimal::ZERO } else { tax };
        let basis = Basis::Vat {
            rate,
            of,
            tax,
            included,
        };
        (Some(amount), basis)
    }

    /// The sum of these lines so far, or of all of them.
    pub(crate) fn subtotal(&mut self, of: Option<&[u32]>) -> Decimal {
        let Some(of) = of else {
            return self.total;
        };
        let mut sum = Some(Decimal::ZERO);
        // Both ascend.
        let mut of = of;
        for line in &self.lines {
            while let Some((first, rest)) = of.split_first()
                && *first as usize <= line.line
            {
                if *first as usize == line.line {
                    sum = sum.and_then(|sum| within(add(sum, line.amount)));
                }
                of = rest;
            }
        }
        self.in_range(sum)
    }

    /// An amount with the line's own rounding and the places that are kept.
    fn rounded(&mut self, amount: Option<Decimal>, round: Option<Rounding>) -> Decimal {
        let amount = amount.and_then(|amount| match round {
            Some(round) => round_to(amount, round.step, round.direction),
            None => Some(amount),
        });
        let kept = amount.map(|amount| round_places(amount, PLACES, Direction::HalfEven));
        self.within(kept)
    }

    fn within(&mut self, amount: Option<Decimal>) -> Decimal {
        self.in_range(within(amount))
    }
}

fn share(of: Decimal, percent: Decimal) -> Option<Decimal> {
    multiply(multiply(of, percent)?, Decimal::new(1, 2))
}

fn within(amount: Option<Decimal>) -> Option<Decimal> {
    // Fewer digits than the largest has are never more, whatever their places.
    amount.filter(|amount| few_digits(*amount) || at_most(amount.abs(), LARGEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::parse;

    #[test]
    fn amounts_go_up_to_a_quadrillion_either_way() {
        for (text, fits) in [
            ("1000000000000000", true),
            ("1000000000000000.000000000000", true),
            ("-1000000000000000", true),
            ("1000000000000000.000000000001", false),
            ("-1000000000000001", false),
            ("0.000000000001", true),
        ] {
            assert_eq!(within(parse(text)).is_some(), fits, "{text}");
        }
    }
}

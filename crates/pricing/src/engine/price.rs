//! Lines: what each adds, and the total they add up to.

use super::evaluate::State;
use super::fault::Cause;
use super::program::{Charge, Rule};
use crate::decimal::{
    Direction, add, at_most, divide, few_digits, larger, multiply, round_places, round_to, subtract,
};
use crate::expression::Number;
use crate::{Basis, Decimal, Line, Price, Rounding};

/// Decimal places an amount keeps: enough for any tariff, few enough that sums stay exact.
const PLACES: u32 = 12;

/// No amount or sum may be larger, a quadrillion: with [`PLACES`] that is 28 digits, which decimals
/// hold exactly, so lines sum to the total in any order.
const LARGEST: Decimal = Decimal::from_parts(0xa4c6_8000, 0x0003_8d7e, 0, false, 0);

/// Why there is no price, and the line where that turned out.
pub(crate) type LineFault = (usize, Cause);

impl<'t> State<'t> {
    /// All lines over what has been worked out, or the first fault.
    pub(crate) fn price(&mut self, quantity: Decimal) -> Result<Price, LineFault> {
        let program = self.program;
        self.add_up(true)?;
        let (total, lines) = (self.total, std::mem::take(&mut self.lines));
        let mut total_before_discount = None;
        let mut vat = None;
        let mut discounted = false;
        for line in &lines {
            discounted |= program.rules[line.line].discount;
            if let Basis::Vat { tax, .. } = line.basis {
                vat = add(vat.unwrap_or_default(), tax);
            }
        }
        if discounted && self.add_up(false).is_ok() {
            total_before_discount = Some(self.total);
        }
        let unit_price =
            divide(total, quantity).map_or(total, |unit| round_places(unit, 2, Direction::HalfUp));
        let known = |state: &mut Self, number: &'t Option<Number>| {
            let number = state.number(number.as_ref()?);
            state.checked(number).ok()
        };
        Ok(Price {
            weight: known(self, &program.weight),
            production: known(self, &program.production),
            lines,
            total,
            unit_price,
            total_before_discount,
            vat,
            values: self.values.iter().map(|value| value.ok()).collect(),
        })
    }

    /// Works out the lines one after the other, the discounts among them or not.
    fn add_up(&mut self, discounts: bool) -> Result<(), LineFault> {
        self.lines = Vec::with_capacity(self.program.rules.len());
        self.total = Decimal::ZERO;
        for (line, rule) in self.program.rules.iter().enumerate() {
            let applies = rule.when.as_ref().is_none_or(|when| self.flag(when));
            if applies && (discounts || !rule.discount) {
                self.recorded(line, rule);
            }
            self.checked(()).map_err(|cause| (line, cause))?;
        }
        Ok(())
    }

    /// Charges a line and keeps the cells that it was read from.
    fn recorded(&mut self, line: usize, rule: &'t Rule) {
        self.recording = true;
        let charged = self.charge(rule);
        if !rule.behind.is_empty() {
            // Their results are known already, and so is what may be wrong with them; only the
            // cells they read are wanted.
            let fault = self.fault;
            for value in &rule.behind {
                self.value(&self.program.values[*value]);
            }
            self.fault = fault;
        }
        self.recording = false;
        let lookups = std::mem::take(&mut self.lookups);
        if let Some((amount, basis)) = charged {
            self.total = self.within(add(self.total, amount));
            self.lines.push(Line {
                line,
                amount,
                basis,
                lookups,
            });
        }
    }

    /// What a line adds and why; none where it adds nothing worth telling.
    fn charge(&mut self, rule: &'t Rule) -> Option<(Decimal, Basis)> {
        let total = self.total;
        let (amount, basis) = match &rule.charge {
            Charge::Price { price, times } => {
                let price = self.number(price);
                let times = times.as_ref().map(|times| self.number(times));
                let amount = times.map_or(Some(price), |times| multiply(price, times));
                (amount, Basis::Charge { price, times })
            }
            Charge::Percent { percent, of } => {
                let percent = self.number(percent);
                let of = self.subtotal(of.as_deref());
                (share(of, percent), Basis::Percent { percent, of })
            }
            Charge::Rounding { step, direction } => {
                let (step, direction) = (*step, *direction);
                let rounded = round_to(total, step, direction);
                let basis = Basis::Rounding {
                    step,
                    direction,
                    from: total,
                };
                (rounded.and_then(|rounded| subtract(rounded, total)), basis)
            }
            Charge::Minimum(minimum) => {
                let minimum = self.number(minimum);
                let basis = Basis::Minimum {
                    minimum,
                    from: total,
                };
                (subtract(larger(minimum, total), total), basis)
            }
            Charge::Maximum(maximum) => {
                let maximum = self.number(maximum);
                if !at_most(total, maximum) {
                    let sum = total;
                    self.fail(Cause::AboveMaximum { sum, maximum });
                }
                return None;
            }
            Charge::Vat { rate, of, included } => {
                let rate = self.number(rate);
                let of = self.subtotal(of.as_deref());
                self.charge_vat(rule, (rate, of), *included)
            }
        };
        let amount = self.rounded(amount, rule.round);
        let tells = matches!(basis, Basis::Charge { .. } | Basis::Vat { .. });
        (tells || !amount.is_zero()).then_some((amount, basis))
    }

    /// What is added, or what the prices contain: 20 % of 100, or a sixth of 120.
    fn charge_vat(
        &mut self,
        rule: &Rule,
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
        let tax = self.rounded(tax, rule.round);
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
    pub(crate) fn subtotal(&mut self, of: Option<&[usize]>) -> Decimal {
        let Some(of) = of else {
            return self.total;
        };
        let mut sum = Some(Decimal::ZERO);
        for line in &self.lines {
            if of.binary_search(&line.line).is_ok() {
                sum = sum.and_then(|sum| within(add(sum, line.amount)));
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

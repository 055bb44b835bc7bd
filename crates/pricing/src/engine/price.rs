//! Lines: what each adds, and the total they add up to.

use super::evaluate::{Computed, State};
use super::fault::{Cause, Fault, out_of_range};
use super::program::{Charge, Rule};
use crate::decimal::{Direction, add, at_most, divide, multiply, round_to, subtract};
use crate::expression::Number;
use crate::{Basis, Decimal, Line, Lookup, Price, Rounding};

/// Decimal places an amount keeps: enough for any tariff, few enough that sums stay exact.
const PLACES: u32 = 12;

/// No amount or sum may be larger: with [`PLACES`] that is 28 digits, which decimals hold
/// exactly, so lines sum to the total in any order.
const LARGEST: i128 = 1_000_000_000_000_000;

/// A fault and the line it happened in.
pub(crate) type LineFault = (usize, Fault);

/// What a line adds and why; none where it adds nothing worth telling.
type Charged = Result<Option<(Decimal, Basis)>, Fault>;

impl<'t> State<'t> {
    /// All lines over what has been worked out, or the first fault.
    pub(crate) fn price(&mut self, quantity: Decimal) -> Result<Price, LineFault> {
        let program = self.program;
        self.add_up(true)?;
        let (total, lines) = (self.total, std::mem::take(&mut self.lines));
        let mut total_before_discount = None;
        let is_discount = |line: &Line| program.rules[line.line].discount;
        if lines.iter().any(is_discount) && self.add_up(false).is_ok() {
            total_before_discount = Some(self.total);
        }
        let unit_price = divide(total, quantity)
            .and_then(|unit| round_to(unit, Decimal::new(1, 2), Direction::HalfUp))
            .unwrap_or(total);
        let values = self
            .values
            .iter()
            .map(|value| value.as_ref().ok().copied())
            .collect();
        let mut vat = None;
        for line in &lines {
            if let Basis::Vat { tax, .. } = line.basis {
                vat = add(vat.unwrap_or_default(), tax);
            }
        }
        let mut known = |number: &'t Option<Number>| self.number(number.as_ref()?).ok();
        Ok(Price {
            weight: known(&program.weight),
            production: known(&program.production),
            lines,
            total,
            unit_price,
            total_before_discount,
            vat,
            values,
        })
    }

    /// Works out the lines one after the other, the discounts among them or not.
    fn add_up(&mut self, discounts: bool) -> Result<(), LineFault> {
        self.lines = Vec::with_capacity(self.program.rules.len());
        self.total = Decimal::ZERO;
        for (index, rule) in self.program.rules.iter().enumerate() {
            let in_line = |fault| (index, fault);
            let applies = match &rule.when {
                Some(when) => self.flag(when).map_err(in_line)?,
                None => true,
            };
            if !applies || (rule.discount && !discounts) {
                continue;
            }
            let (charged, lookups) = self.recorded(rule);
            if let Some((amount, basis)) = charged.map_err(in_line)? {
                self.total = within(add(self.total, amount)).map_err(in_line)?;
                self.lines.push(Line {
                    line: index,
                    amount,
                    basis,
                    lookups,
                });
            }
        }
        Ok(())
    }

    /// What a line adds, with the cells it was read from.
    fn recorded(&mut self, rule: &'t Rule) -> (Charged, Vec<Lookup>) {
        self.recording = true;
        let charged = self.charge(rule);
        let program = self.program;
        for value in &rule.behind {
            // Its result is known already; only the cells it reads are wanted.
            let _known = self.value(&program.values[*value]);
        }
        self.recording = false;
        (charged, std::mem::take(&mut self.lookups))
    }

    fn charge(&mut self, rule: &'t Rule) -> Charged {
        let total = self.total;
        let (amount, basis) = match &rule.charge {
            Charge::Price { price, times } => {
                let price = self.number(price)?;
                let times = match times {
                    Some(times) => Some(self.number(times)?),
                    None => None,
                };
                let amount = times.map_or(Some(price), |times| multiply(price, times));
                (amount, Basis::Charge { price, times })
            }
            Charge::Percent { percent, of } => {
                let percent = self.number(percent)?;
                let of = self.subtotal(of.as_deref())?;
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
                let minimum = self.number(minimum)?;
                let basis = Basis::Minimum {
                    minimum,
                    from: total,
                };
                (subtract(minimum.max(total), total), basis)
            }
            Charge::Maximum(maximum) => {
                let maximum = self.number(maximum)?;
                if at_most(total, maximum) {
                    return Ok(None);
                }
                let sum = total;
                return Err(Box::new(Cause::AboveMaximum { sum, maximum }));
            }
            Charge::Vat { rate, of, included } => {
                let rate = self.number(rate)?;
                let of = self.subtotal(of.as_deref())?;
                return vat(rule, (rate, of), *included);
            }
        };
        let amount = rounded(amount, rule.round)?;
        let tell = !amount.is_zero() || matches!(basis, Basis::Charge { .. });
        Ok(tell.then_some((amount, basis)))
    }

    /// The sum of these lines so far, or of all of them.
    pub(crate) fn subtotal(&self, of: Option<&[usize]>) -> Computed {
        let Some(of) = of else {
            return Ok(self.total);
        };
        let mut sum = Decimal::ZERO;
        for line in &self.lines {
            if of.binary_search(&line.line).is_ok() {
                sum = within(add(sum, line.amount))?;
            }
        }
        Ok(sum)
    }
}

/// What is added, or what the prices contain: 20 % of 100, or a sixth of 120.
fn vat(rule: &Rule, (rate, of): (Decimal, Decimal), included: bool) -> Charged {
    let tax = if included {
        let whole = add(Decimal::ONE_HUNDRED, rate);
        let parts = multiply(of, rate);
        parts.and_then(|parts| divide(parts, whole?))
    } else {
        share(of, rate)
    };
    let tax = rounded(tax, rule.round)?;
    let amount = if included { Decimal::ZERO } else { tax };
    let basis = Basis::Vat {
        rate,
        of,
        tax,
        included,
    };
    Ok(Some((amount, basis)))
}

fn share(of: Decimal, percent: Decimal) -> Option<Decimal> {
    multiply(multiply(of, percent)?, Decimal::new(1, 2))
}

/// An amount with the line's own rounding and the places that are kept.
fn rounded(amount: Option<Decimal>, round: Option<Rounding>) -> Computed {
    let amount = amount.and_then(|amount| match round {
        Some(round) => round_to(amount, round.step, round.direction),
        None => Some(amount),
    });
    within(amount.map(kept))
}

/// An amount with the places that are kept.
fn kept(amount: Decimal) -> Decimal {
    if amount.scale() > PLACES {
        amount.round_dp(PLACES)
    } else {
        amount
    }
}

/// Compares digits rather than decimals: this is asked twice per line.
fn within(amount: Option<Decimal>) -> Computed {
    let fits = |amount: &Decimal| {
        let limit = LARGEST * 10_i128.pow(amount.scale());
        (-limit..=limit).contains(&amount.mantissa())
    };
    amount.filter(fits).ok_or_else(out_of_range)
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
            assert_eq!(within(parse(text)).is_ok(), fits, "{text}");
        }
    }
}

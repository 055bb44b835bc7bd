//! Lines: what each adds, and the total they add up to.

use super::evaluate::{Computed, State};
use super::fault::Fault;
use super::program::{Charge, Rule};
use crate::decimal::{Direction, round_to};
use crate::{Basis, Decimal, Line, Price};

/// Decimal places an amount keeps: enough for any tariff, few enough that sums stay exact.
const PLACES: u32 = 12;

/// No amount or sum may be larger: with [`PLACES`] that is 28 digits, which decimals hold
/// exactly, so lines sum to the total in any order.
const LARGEST: Decimal = Decimal::from_parts(0xa4c6_8000, 0x0003_8d7e, 0, false, 0);

/// A fault and the line it happened in.
pub(crate) type LineFault = (usize, Fault);

impl<'t> State<'t> {
    /// All lines over what has been worked out, or the first fault.
    pub(crate) fn price(&mut self, quantity: Decimal) -> Result<Price, LineFault> {
        let rules = &self.program.rules;
        let mut lines: Vec<Line> = Vec::with_capacity(rules.len());
        let mut total = Decimal::ZERO;
        for (index, rule) in rules.iter().enumerate() {
            let in_line = |fault| (index, fault);
            if let Some(when) = &rule.when
                && !self.flag(when).map_err(in_line)?
            {
                continue;
            }
            let (amount, basis) = self.charge(rule, total, &lines).map_err(in_line)?;
            if amount.is_zero() && !matches!(basis, Basis::Charge { .. }) {
                continue;
            }
            total = within(total.checked_add(amount)).map_err(in_line)?;
            lines.push(Line {
                line: index,
                amount,
                basis,
            });
        }
        let unit_price = total
            .checked_div(quantity)
            .and_then(|unit| round_to(unit, Decimal::new(1, 2), Direction::HalfUp))
            .unwrap_or(total);
        let values = self.values.iter().map(|value| value.ok()).collect();
        Ok(Price {
            lines,
            total,
            unit_price,
            values,
        })
    }

    fn charge(
        &mut self,
        rule: &'t Rule,
        total: Decimal,
        lines: &[Line],
    ) -> Result<(Decimal, Basis), Fault> {
        let (amount, basis) = match &rule.charge {
            Charge::Price {
                price,
                times,
                behind,
            } => {
                self.recording = true;
                let price = self.number(price);
                let times = times.as_ref().map(|times| self.number(times)).transpose();
                let program = self.program;
                for value in behind {
                    // Its result is known already; only the cells it reads are wanted.
                    let _known = self.value(&program.values[*value]);
                }
                self.recording = false;
                let lookups = std::mem::take(&mut self.lookups);
                let (price, times) = (price?, times?);
                let amount = match times {
                    Some(times) => price.checked_mul(times).ok_or(Fault::OutOfRange)?,
                    None => price,
                };
                (
                    amount,
                    Basis::Charge {
                        price,
                        times,
                        lookups,
                    },
                )
            }
            Charge::Percent { percent, of } => {
                let percent = self.number(percent)?;
                let of = match of {
                    Some(of) => sum_of(lines, of)?,
                    None => total,
                };
                let share = of
                    .checked_mul(percent)
                    .and_then(|share| share.checked_mul(Decimal::new(1, 2)));
                (
                    share.ok_or(Fault::OutOfRange)?,
                    Basis::Percent { percent, of },
                )
            }
            Charge::Rounding { step, direction } => {
                let rounded = round_to(total, *step, *direction).ok_or(Fault::OutOfRange)?;
                let difference = rounded.checked_sub(total);
                let basis = Basis::Rounding {
                    step: *step,
                    direction: *direction,
                    from: total,
                };
                (difference.ok_or(Fault::OutOfRange)?, basis)
            }
        };
        let amount = match rule.round {
            Some(round) => round_to(amount, round.step, round.direction),
            None => Some(amount),
        };
        within(amount.map(kept)).map(|amount| (amount, basis))
    }
}

fn sum_of(lines: &[Line], of: &[usize]) -> Computed {
    let chosen = lines
        .iter()
        .filter(|line| of.binary_search(&line.line).is_ok());
    chosen
        .map(|line| line.amount)
        .try_fold(Decimal::ZERO, |sum, amount| within(sum.checked_add(amount)))
}

/// An amount with the places that are kept.
fn kept(amount: Decimal) -> Decimal {
    if amount.scale() > PLACES {
        amount.round_dp(PLACES)
    } else {
        amount
    }
}

fn within(amount: Option<Decimal>) -> Computed {
    amount
        .filter(|amount| amount.abs() <= LARGEST)
        .ok_or(Fault::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_amount_is_a_quadrillion() {
        assert_eq!(crate::decimal::canonical(LARGEST), "1000000000000000");
    }
}

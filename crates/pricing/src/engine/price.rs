//! Lines: what each adds, and the total they add up to.

use super::evaluate::{Computed, State};
use super::fault::{Fault, out_of_range};
use super::program::{Charge, Rule};
use crate::decimal::{Direction, add, divide, multiply, round_to, subtract};
use crate::{Basis, Decimal, Line, Price};

/// Decimal places an amount keeps: enough for any tariff, few enough that sums stay exact.
const PLACES: u32 = 12;

/// No amount or sum may be larger: with [`PLACES`] that is 28 digits, which decimals hold
/// exactly, so lines sum to the total in any order.
const LARGEST: i128 = 1_000_000_000_000_000;

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
            total = within(add(total, amount)).map_err(in_line)?;
            lines.push(Line {
                line: index,
                amount,
                basis,
            });
        }
        let unit_price = divide(total, quantity)
            .and_then(|unit| round_to(unit, Decimal::new(1, 2), Direction::HalfUp))
            .unwrap_or(total);
        let values = self
            .values
            .iter()
            .map(|value| value.as_ref().ok().copied())
            .collect();
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
                    Some(times) => multiply(price, times).ok_or_else(out_of_range)?,
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
                let share =
                    multiply(of, percent).and_then(|share| multiply(share, Decimal::new(1, 2)));
                (
                    share.ok_or_else(out_of_range)?,
                    Basis::Percent { percent, of },
                )
            }
            Charge::Rounding { step, direction } => {
                let rounded = round_to(total, *step, *direction).ok_or_else(out_of_range)?;
                let difference = subtract(rounded, total);
                let basis = Basis::Rounding {
                    step: *step,
                    direction: *direction,
                    from: total,
                };
                (difference.ok_or_else(out_of_range)?, basis)
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
    let mut sum = Decimal::ZERO;
    for line in lines {
        if of.binary_search(&line.line).is_ok() {
            sum = within(add(sum, line.amount))?;
        }
    }
    Ok(sum)
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

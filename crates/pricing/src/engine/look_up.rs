//! Look-ups: where in a table, and what stands there.
//!
//! A look-up is its length, the table, one more than the axis whose tiers are charged each by
//! itself, one more than the parameter a buyer could change to look elsewhere (0 where there is
//! none of these), and a place for each axis, see [`place`].

use super::evaluate::State;
use super::fault::Cause;
use super::program::place;
use crate::decimal::{add, multiply, subtract};
use crate::{AxisInfo, Between, Decimal, Effective, Lookup, Outside, Rows, Spot, TableInfo};

/// A look-up that is being worked out.
#[derive(Clone, Copy)]
struct Site<'t> {
    table: usize,
    info: &'t TableInfo,
    /// Where its spots begin.
    first: usize,
    /// One more than the parameter a buyer could change to look elsewhere.
    parameter: usize,
}

impl<'t> State<'t> {
    pub(super) fn look_up(&mut self) -> Decimal {
        let end = self.end();
        let table = self.word();
        let graduated = self.word().checked_sub(1);
        let site = Site {
            table,
            info: match self.template.tables().get(table) {
                Some(info) => info,
                None => return self.fail(Cause::OutOfRange),
            },
            first: self.spots.len(),
            parameter: self.parameter(),
        };
        let number = self.at_places(site, graduated);
        self.spots.truncate(site.first);
        self.at = end;
        number.unwrap_or_default()
    }

    /// One more than a parameter; 0 for none.
    fn parameter(&mut self) -> usize {
        let parameter = self.word();
        if parameter > self.fields.len() {
            return 0;
        }
        parameter
    }

    fn at_places(&mut self, site: Site<'t>, graduated: Option<usize>) -> Option<Decimal> {
        for (axis, info) in site.info.axes.iter().enumerate() {
            let spot = self.spot((site.table, axis), info)?;
            self.spots.push(spot);
        }
        match graduated.and_then(|axis| Some((axis, site.info.axes.get(axis)?))) {
            Some((axis, tiers)) => self.graduated(site, axis, tiers),
            None => self.read_cell(site, None),
        }
    }

    /// The sum over the tiers: what falls into each, at the price of that tier.
    fn graduated(&mut self, site: Site<'t>, axis: usize, tiers: &AxisInfo) -> Option<Decimal> {
        let axis = site.first + axis;
        let Spot { row: last, at, .. } = self.spots[axis];
        let mut sum = Decimal::ZERO;
        for row in 0..=last {
            let to = if row < last {
                tiers.taken_before(row + 1)
            } else {
                Some(at)
            };
            let before = tiers.taken_before(row);
            let times = to.and_then(|to| subtract(to, before?));
            let times = self.some(times)?;
            self.spots[axis].row = row;
            let cell = self.read_cell(site, Some(times))?;
            let more = multiply(cell, times).and_then(|more| add(sum, more));
            sum = self.some(more)?;
        }
        Some(sum)
    }

    fn read_cell(&mut self, site: Site<'t>, times: Option<Decimal>) -> Option<Decimal> {
        let Site { table, info, .. } = site;
        let spots = &self.spots[site.first..];
        let cells = self.program.cells.get(table);
        let cell = cells.and_then(|cells| cells.at(&info.axes, spots));
        let Some(cell) = cell else {
            return self.none(table, site.parameter);
        };
        if self.recording {
            self.lookups.push(&Lookup {
                table,
                spots,
                cell,
                times,
            });
        }
        Some(cell)
    }

    /// A number, or one that left the range of decimals.
    fn some(&mut self, number: Option<Decimal>) -> Option<Decimal> {
        if number.is_none() {
            self.fail(Cause::OutOfRange);
        }
        number
    }

    /// Notes that there is no such cell; with one more than the parameter to change, 0 for none.
    fn none<T>(&mut self, table: usize, parameter: usize) -> Option<T> {
        let parameter = parameter.checked_sub(1);
        self.fail(Cause::NoSuchCombination { table, parameter });
        None
    }

    /// The place that comes next; none where something went wrong.
    fn spot(&mut self, (table, axis): (usize, usize), info: &AxisInfo) -> Option<Spot> {
        let row = match self.word() {
            place::ROW => self.word(),
            place::CHOSEN => {
                let parameter = self.word();
                let count = self.word();
                let rows = self.words(count);
                let field = self.fields.get(parameter)?;
                match field.answer {
                    Some(Effective::Value(value)) => {
                        match rows.get(value).and_then(|row| row.checked_sub(1)) {
                            Some(row) => row as usize,
                            None => return self.none(table, parameter + 1),
                        }
                    }
                    // A size or inks that are not listed have no row.
                    Some(_) => return self.none(table, parameter + 1),
                    None if field.available => {
                        self.fail(Cause::Missing { parameter });
                        return None;
                    }
                    None => return self.none(table, 0),
                }
            }
            _ => {
                let parameter = self.parameter();
                let at = self.number();
                if self.fault.is_some() {
                    return None;
                }
                let spot = info.spot(at);
                if spot.is_none() {
                    self.beyond((table, axis), info, at, parameter);
                }
                return spot;
            }
        };
        Some(Spot {
            row,
            ..Spot::default()
        })
    }

    /// Notes that a number has no place on an axis.
    #[cold]
    #[inline(never)]
    fn beyond(
        &mut self,
        (table, axis): (usize, usize),
        info: &AxisInfo,
        at: Decimal,
        parameter: usize,
    ) {
        let parameter = parameter.checked_sub(1);
        let exact = matches!(info.rows, Rows::Numbers(_)) && info.between == Between::Exact;
        let ask = info.outside == Outside::Ask;
        self.fail(if exact && !ask {
            Cause::NoSuchCombination { table, parameter }
        } else {
            Cause::Outside {
                table,
                axis,
                at,
                parameter,
                ask,
            }
        });
    }
}

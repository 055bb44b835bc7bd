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
    parameter: Option<usize>,
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
        match number {
            Ok(number) => number,
            Err(cause) => self.fail(cause),
        }
    }

    /// One more than a parameter.
    fn parameter(&mut self) -> Option<usize> {
        let parameter = self.word().checked_sub(1);
        parameter.filter(|parameter| *parameter < self.fields.len())
    }

    fn at_places(&mut self, site: Site<'t>, graduated: Option<usize>) -> Result<Decimal, Cause> {
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
    fn graduated(
        &mut self,
        site: Site<'t>,
        axis: usize,
        tiers: &AxisInfo,
    ) -> Result<Decimal, Cause> {
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
            let times = times.ok_or(Cause::OutOfRange)?;
            self.spots[axis].row = row;
            let cell = self.read_cell(site, Some(times))?;
            let more = multiply(cell, times).and_then(|more| add(sum, more));
            sum = more.ok_or(Cause::OutOfRange)?;
        }
        Ok(sum)
    }

    fn read_cell(&mut self, site: Site<'t>, times: Option<Decimal>) -> Result<Decimal, Cause> {
        let Site { table, info, .. } = site;
        let spots = &self.spots[site.first..];
        let cells = self.program.cells.get(table);
        let cell = cells.and_then(|cells| cells.at(&info.axes, spots));
        let cell = cell.ok_or(Cause::NoSuchCombination {
            table,
            parameter: site.parameter,
        })?;
        if self.recording {
            self.lookups.push(Lookup {
                table,
                spots: spots.into(),
                cell,
                times,
            });
        }
        Ok(cell)
    }

    /// The place that comes next.
    fn spot(&mut self, (table, axis): (usize, usize), info: &AxisInfo) -> Result<Spot, Cause> {
        let none = |parameter| Cause::NoSuchCombination { table, parameter };
        let row = match self.word() {
            place::ROW => self.word(),
            place::CHOSEN => {
                let parameter = self.word();
                let count = self.word();
                let rows = self.words(count);
                let field = self.fields.get(parameter).ok_or(Cause::OutOfRange)?;
                match field.answer {
                    Some(Effective::Value(value)) => {
                        let row = rows.get(value).and_then(|row| row.checked_sub(1));
                        row.ok_or(none(Some(parameter)))? as usize
                    }
                    // A size or inks that are not listed have no row.
                    Some(_) => return Err(none(Some(parameter))),
                    None if field.available => return Err(Cause::Missing { parameter }),
                    None => return Err(none(None)),
                }
            }
            _ => {
                let parameter = self.parameter();
                let at = self.number();
                // What is wrong with the number comes before where it is.
                self.checked(())?;
                return info.spot(at).ok_or_else(|| {
                    let exact =
                        matches!(info.rows, Rows::Numbers(_)) && info.between == Between::Exact;
                    let ask = info.outside == Outside::Ask;
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
        let spot = Spot {
            row,
            ..Spot::default()
        };
        Ok(spot)
    }
}

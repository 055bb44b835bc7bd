//! Table look-ups: each place is compiled to a map from what is chosen to a row.

use super::check::{Checker, NO_NUMBER, is_single, known_keys};
use super::syntax::{Expr, Form};
use super::typed::{LookupSite, Number, Place};
use crate::json::{quoted, shorten};
use crate::names;
use crate::{AxisInfo, Between, Decimal, Rows};

/// An axis with its keys in order, for the search.
pub(crate) struct Axis<'t> {
    info: &'t AxisInfo,
    keys: names::Sorted<'t>,
}

impl<'t> Axis<'t> {
    pub(crate) fn new(info: &'t AxisInfo) -> Self {
        let keys = match &info.rows {
            Rows::Keys(keys) => names::sorted(keys.iter().map(|key| &**key)),
            Rows::Numbers(_) | Rows::Ranges(_) => Vec::new(),
        };
        Self { info, keys }
    }

    fn row(&self, key: &str) -> Option<usize> {
        names::find(&self.keys, key)
    }
}

impl Checker<'_> {
    pub(super) fn lookup(&self, expr: &Expr, name: &str, places: &[Expr]) -> Number {
        let Some(table) = names::find(&self.scope.table_names, name) else {
            let found = format!("the unknown name `{}`", shorten(name));
            self.refuse(expr, "a table", &found);
            return NO_NUMBER;
        };
        let axes = &self.scope.axes[table];
        if axes.len() != places.len() {
            let expected = format!("{} places for the table `{name}`", axes.len());
            self.refuse(expr, &expected, &places.len().to_string());
            return NO_NUMBER;
        }
        let places = axes.iter().zip(places);
        let places = places.map(|(axis, place)| self.place(axis, place));
        let places = places.collect();
        Number::Lookup(Box::new(LookupSite {
            table,
            places,
            graduated: None,
        }))
    }

    /// `graduated(table[…])`: along the last axis that has tiers.
    pub(super) fn graduated(&self, expr: &Expr) -> Number {
        let mut number = match &expr.form {
            Form::Lookup(table, places) => self.lookup(expr, table, places),
            _ => NO_NUMBER,
        };
        if let Number::Lookup(site) = &mut number {
            let axes = &self.scope.axes[site.table];
            site.graduated = axes.iter().rposition(has_tiers);
            if site.graduated.is_some() {
                return number;
            }
        }
        let expected = "a look-up in a table with an axis of ranges, or of steps from 0 or 1";
        self.refuse(expr, expected, "another expression");
        NO_NUMBER
    }

    fn place(&self, axis: &Axis<'_>, place: &Expr) -> Place {
        match (&axis.info.rows, &place.form) {
            (Rows::Keys(_), Form::Text(key)) => Place::Row(axis.row(key).unwrap_or_else(|| {
                let found = format!("the text {}", quoted(key));
                self.refuse(place, "a key of this axis", &found);
                0
            })),
            (Rows::Keys(_), _) => self.chosen_row(place, axis),
            (Rows::Numbers(_) | Rows::Ranges(_), _) => Place::At(self.number(place)),
        }
    }

    fn chosen_row(&self, place: &Expr, axis: &Axis<'_>) -> Place {
        let Some((parameter, choice)) = self.choice(place, "a choice of one value", is_single)
        else {
            return Place::Row(0);
        };
        self.scope.add_weight(choice.values.len());
        let rows = choice.values.iter().map(|value| axis.row(&value.key));
        let rows: Box<[Option<usize>]> = rows.collect();
        if rows.iter().all(Option::is_none) {
            let name = &self.scope.parameters[parameter].key;
            let expected = "a choice whose values are keys of this axis";
            let found = format!("`{name}` with {}", known_keys(choice));
            self.refuse(place, expected, &found);
        }
        Place::Chosen(parameter, rows)
    }
}

/// Steps that start at 1 count pieces and steps that start at 0 measure; of any other start it
/// could not be said what comes before.
fn has_tiers(axis: &Axis<'_>) -> bool {
    match &axis.info.rows {
        Rows::Keys(_) => false,
        Rows::Ranges(_) => true,
        Rows::Numbers(numbers) => {
            axis.info.between == Between::Step
                && numbers
                    .first()
                    .is_some_and(|first| first.is_zero() || *first == Decimal::ONE)
        }
    }
}

//! Table look-ups: each place is compiled to a map from what is chosen to a row.

use super::check::{Checker, NO_NUMBER, is_single, known_keys};
use super::syntax::{Expr, Form};
use super::typed::{LookupSite, Number, Place};
use crate::engine::{Axis, Keys};
use crate::json::{quoted, shorten};
use crate::names;

impl Checker<'_> {
    pub(super) fn lookup(&self, expr: &Expr, name: &str, places: &[Expr]) -> Number {
        let Some(table) = names::find(&self.scope.table_names, name) else {
            let found = format!("the unknown name `{}`", shorten(name));
            self.refuse(expr, "a table", &found);
            return NO_NUMBER;
        };
        let axes = &self.scope.tables[table].axes;
        if axes.len() != places.len() {
            let expected = format!("{} places for the table `{name}`", axes.len());
            self.refuse(expr, &expected, &places.len().to_string());
            return NO_NUMBER;
        }
        let places = axes.iter().zip(places);
        let places = places.map(|(axis, place)| self.place(axis, place));
        let places = places.collect();
        Number::Lookup(Box::new(LookupSite { table, places }))
    }

    fn place(&self, axis: &Axis, place: &Expr) -> Place {
        match (axis, &place.form) {
            (Axis::Keys(keys), Form::Text(key)) => Place::Row(keys.row(key).unwrap_or_else(|| {
                let found = format!("the text {}", quoted(key));
                self.refuse(place, "a key of this axis", &found);
                0
            })),
            (Axis::Keys(keys), _) => self.chosen_row(place, keys),
            (Axis::Numbers(_) | Axis::Ranges(_), _) => Place::At(self.number(place)),
        }
    }

    fn chosen_row(&self, place: &Expr, keys: &Keys) -> Place {
        let Some((parameter, choice)) = self.choice(place, "a choice of one value", is_single)
        else {
            return Place::Row(0);
        };
        self.scope.add_weight(choice.values.len());
        let rows = choice.values.iter().map(|value| keys.row(&value.key));
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

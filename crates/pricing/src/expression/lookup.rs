//! Table look-ups: each place is compiled to a map from what is chosen to a row.

use super::Mistake;
use super::check::{Checker, Type, known_keys, literal};
use super::syntax::{Expr, Form};
use super::typed::{LookupSite, Number, Place};
use crate::engine::{Axis, Keys};
use crate::json::shorten;
use crate::names;
use crate::template::Kind;

impl Checker<'_> {
    pub(super) fn lookup(
        &self,
        expr: &Expr,
        name: &str,
        places: &[Expr],
    ) -> Result<Number, Box<Mistake>> {
        let Some(table) = names::find(&self.scope.table_names, name) else {
            let found = format!("the unknown name `{}`", shorten(name));
            return Err(Mistake::new(expr.column, "a table", found));
        };
        let axes = &self.scope.tables[table].axes;
        if axes.len() != places.len() {
            let expected = format!("{} places for the table `{name}`", axes.len());
            return Err(Mistake::new(
                expr.column,
                expected,
                places.len().to_string(),
            ));
        }
        let places = axes
            .iter()
            .zip(places)
            .map(|(axis, place)| self.place(axis, place));
        let places = places.collect::<Result<_, _>>()?;
        Ok(Number::Lookup(Box::new(LookupSite { table, places })))
    }

    fn place(&self, axis: &Axis, place: &Expr) -> Result<Place, Box<Mistake>> {
        match axis {
            Axis::Numbers(_) | Axis::Ranges(_) => self.number(place).map(Place::At),
            Axis::Keys(keys) => {
                if matches!(place.form, Form::Text(_)) {
                    let key = literal(place)?;
                    return keys.row(key).map(Place::Row).ok_or_else(|| {
                        let found = format!("the text {:?}", shorten(key));
                        Mistake::new(place.column, "a key of this axis", found)
                    });
                }
                self.chosen_row(place, keys)
            }
        }
    }

    fn chosen_row(&self, place: &Expr, keys: &Keys) -> Result<Place, Box<Mistake>> {
        let parameter = self.parameter(place, "a choice of one value", |kind| {
            kind.choice().is_some_and(|choice| !choice.many)
        })?;
        let Kind::Choice(choice) = &self.scope.parameters[parameter].kind else {
            return Err(Mistake::new(
                place.column,
                "a choice",
                Type::describe(Type::Opaque),
            ));
        };
        self.scope.add_weight(choice.values.len());
        let rows: Box<[Option<usize>]> = choice
            .values
            .iter()
            .map(|value| keys.row(&value.key))
            .collect();
        if rows.iter().all(Option::is_none) {
            let name = &self.scope.parameters[parameter].key;
            let expected = "a choice whose values are keys of this axis";
            let found = format!("`{name}` with {}", known_keys(choice));
            return Err(Mistake::new(place.column, expected, found));
        }
        Ok(Place::Chosen(parameter, rows))
    }
}

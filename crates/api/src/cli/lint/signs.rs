//! Prices below nothing, and discounts that are none.

use tirage_pricing::Decimal;
use tirage_pricing::decimal::canonical;

use super::super::money::{self, Owner, Price};
use super::super::source::Loaded;
use super::{Lint, Remark};

pub(super) fn remarks(loaded: &Loaded<'_>) -> Vec<Remark> {
    let mut remarks = cells(loaded);
    remarks.extend(money_of_lines(loaded));
    remarks.extend(shares_of_lines(loaded));
    remarks
}

/// Of tables that other lines than discounts read as money.
fn cells(loaded: &Loaded<'_>) -> Vec<Remark> {
    let read = money::tables_of_prices(loaded, |line| !line.discount);
    let tables = loaded.template.tables().iter().enumerate();
    let priced = tables.filter(|(_, table)| read.contains(&table.key));
    priced
        .flat_map(|(index, _)| money::of_table(loaded, index))
        .filter_map(|price| below(&price))
        .collect()
}

fn below(price: &Price) -> Option<Remark> {
    let (what, pointer) = (format!("`{}`", price.place), price.pointer.clone());
    (price.old < Decimal::ZERO).then(|| remark(pointer, "a price of 0 or more", price.old, &what))
}

fn money_of_lines(loaded: &Loaded<'_>) -> Vec<Remark> {
    let lines = money::plain_lines(loaded).into_iter();
    let wrong = lines.filter_map(|(_, price)| match price.of {
        Owner::Line { line, field } if loaded.template.lines()[line].discount => {
            let is_price = field == "price" && price.old > Decimal::ZERO;
            let what = format!("`{}`", price.place);
            is_price.then(|| remark(price.pointer, "a discount of 0 or less", price.old, &what))
        }
        _ => below(&price),
    });
    wrong.collect()
}

/// Percentages and rates that are plain numbers.
fn shares_of_lines(loaded: &Loaded<'_>) -> Vec<Remark> {
    let lines = loaded.template.lines().iter();
    let mut remarks = Vec::new();
    for (line, place) in lines.zip(&loaded.template.places().lines) {
        let share = |field: &str| {
            let pointer = format!("{place}/{field}");
            let number = money::number(loaded, loaded.map.find(&pointer)?)?;
            Some((pointer, number))
        };
        let what = format!("the line `{}`", line.key);
        if line.discount
            && let Some((pointer, percent)) = share("percent")
            && percent > Decimal::ZERO
        {
            remarks.push(remark(pointer, "a discount of 0 % or less", percent, &what));
        }
        if let Some((pointer, rate)) = share("vat")
            && rate < Decimal::ZERO
        {
            remarks.push(remark(pointer, "a rate of 0 % or more", rate, &what));
        }
    }
    remarks
}

fn remark(pointer: String, expected: &str, found: Decimal, what: &str) -> Remark {
    let message = format!("expected {expected}, found {} in {what}", canonical(found));
    Remark::new(Lint::WrongSign, pointer, message)
}

//! Sizes and inks: listed ones with their figures, and the limits of any others.

use super::parameters::{self, ValueRules};
use super::reader::Reader;
use crate::{
    Choice, ChoiceValue, Decimal, FreeInks, FreeSize, INK_FIGURES, Inks, NumberView, Numeric,
    SIZE_FIGURES, Sizes, figures,
};

/// The most inks of one sort on one side.
const MOST_INKS: u8 = 16;

pub(super) fn sizes(reader: &Reader<'_>, rules: &mut ValueRules) -> Option<Sizes> {
    let read = |item: &Reader<'_>| {
        let mut value = parameters::choice_value(item, &["width", "height"]);
        for (figure, field) in SIZE_FIGURES.into_iter().zip(["width", "height"]) {
            let side = item.decimal(field);
            if side <= Decimal::ZERO
                && let Some(field) = item.field(field)
            {
                field.refuse("a length in millimetres above 0");
            }
            value.numbers.push((figure.to_owned(), side));
        }
        value
    };
    let free = reader.optional("free").map(|free| {
        free.only(&["width", "height"]);
        let side = |name: &str| {
            let side = free.field(name)?;
            side.only(&["min", "max", "multiple", "whole", "unit", "suggest"]);
            Some(parameters::numeric(&side, None))
        };
        Box::new(FreeSize {
            width: side("width").unwrap_or_else(nothing),
            height: side("height").unwrap_or_else(nothing),
        })
    });
    let choice = listed(reader, free.is_some(), rules, &read);
    Some(Sizes { choice, free })
}

pub(super) fn inks(reader: &Reader<'_>, rules: &mut ValueRules) -> Option<Inks> {
    let read = |item: &Reader<'_>| {
        let mut value = parameters::choice_value(item, &[]);
        match figures::inks(&value.key) {
            Some(inks) => {
                let named = INK_FIGURES.into_iter().map(str::to_owned);
                value.numbers.extend(named.zip(inks));
            }
            None => {
                if let Some(key) = item.field("key") {
                    key.refuse("inks such as \"4+0\" or \"4p1+0\"");
                }
            }
        }
        value
    };
    let free = reader.optional("free").map(|free| {
        free.only(&["max_cmyk", "max_pantone"]);
        let most = |name: &str, otherwise: u8| {
            let Some(field) = free.optional(name) else {
                return otherwise;
            };
            let most = field.noted(field.node.integer::<u8>()).unwrap_or(otherwise);
            if most > MOST_INKS {
                field.refuse("a number of inks of at most 16");
            }
            most
        };
        FreeInks {
            max_cmyk: most("max_cmyk", 4),
            max_pantone: most("max_pantone", 0),
        }
    });
    let choice = listed(reader, free.is_some(), rules, &read);
    Some(Inks { choice, free })
}

/// The listed values; without limits for others there has to be one.
fn listed(
    reader: &Reader<'_>,
    free: bool,
    rules: &mut ValueRules,
    read: &dyn Fn(&Reader<'_>) -> ChoiceValue,
) -> Choice {
    let list = reader.optional("values");
    let values = list.map(|list| parameters::values(&list, rules, read));
    let values = values.unwrap_or_default();
    if values.is_empty() && !free {
        reader.missing("`values`, `free` or both");
    }
    Choice {
        view: parameters::view(reader),
        many: false,
        values,
    }
}

/// Stands where there was a mistake.
fn nothing() -> Numeric {
    Numeric {
        min: Decimal::ZERO,
        max: Decimal::ZERO,
        multiple: None,
        whole: false,
        unit: None,
        suggest: Vec::new(),
        only: Vec::new(),
        view: NumberView::Stepper,
    }
}

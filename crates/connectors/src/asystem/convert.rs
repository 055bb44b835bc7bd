//! Our order into ASystem's words and ASystem's answers into ours. No network here.
//!
//! Prices stay decimal text on the way out and are read from a text or a number, whose digits
//! are taken as they are written.

use tirage_pricing::Decimal;
use tirage_pricing::decimal::parse;
use tirage_pricing::json::{Json, ToJson};
use tirage_wire::cart::Customer;
use tirage_wire::forward::{ForwardLine, ForwardOrder};

use super::config::Settings;
use super::profile::{AnswerFields, IdentifierFields, LineFields, ObjectionFields, PairFields};
use crate::connector::{Identifier, IdentifierList, OrderKey, Probe, RemoteOrder};
use crate::error::FieldError;
use crate::pointer::Pointer;

/// More objections than this help nobody.
const MOST_OBJECTIONS: usize = 50;
/// Longer texts of a vendor are cut.
const LONGEST_TEXT: usize = 500;

/// An answer that is JSON but does not say what it should. Names places, never contents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("`{place}`: expected {expected}, found {found}")]
    Shape {
        place: String,
        expected: &'static str,
        found: &'static str,
    },
    #[error("`{place}`: expected our order number, found another one")]
    AnotherOrder { place: String },
}

/// The body that sends an order.
pub(super) fn order_body(order: &ForwardOrder, key: &OrderKey, settings: &Settings) -> Json {
    let profile = &settings.profile;
    let pairs = &profile.pair;
    let parameters = settings
        .pass_through
        .filled(order)
        .into_iter()
        .map(|(name, value)| pair(&pairs.name, name, &pairs.value, Json::text(value)))
        .collect();
    let items = order
        .lines
        .iter()
        .map(|line| line_body(line, &profile.line, pairs))
        .collect();
    let places = &profile.order;
    written([
        (
            &places.external_number,
            Some(Json::text(key.external_number())),
        ),
        (
            &places.manager_id,
            settings.manager_id.as_ref().map(Json::text),
        ),
        (
            &places.contractor_id,
            settings.contractor_id.as_ref().map(Json::text),
        ),
        (&places.placed_at, Some(Json::text(&order.placed_at))),
        (&places.price, Some(Json::decimal(order.total))),
        (&places.currency, Some(Json::text(&order.currency))),
        (&places.customer, Some(customer_body(&order.customer))),
        (&places.url, order.url.as_ref().map(Json::text)),
        (&places.parameters, Some(Json::List(parameters))),
        (&places.items, Some(Json::List(items))),
    ])
}

fn line_body(line: &ForwardLine, places: &LineFields, pairs: &PairFields) -> Json {
    let summary = line
        .summary
        .iter()
        .map(|item| {
            pair(
                &pairs.name,
                &item.name,
                &pairs.value,
                Json::text(&item.value),
            )
        })
        .collect();
    let price_lines = line
        .price_lines
        .iter()
        .map(|item| {
            pair(
                &pairs.name,
                &item.name,
                &pairs.amount,
                Json::decimal(item.amount),
            )
        })
        .collect();
    written([
        (
            &places.template_id,
            line.remote_template.as_ref().map(Json::text),
        ),
        (
            &places.template_revision,
            Some(Json::text(&line.template_revision)),
        ),
        (&places.product, Some(Json::text(&line.product))),
        (&places.name, Some(Json::text(&line.name))),
        (&places.quantity, Some(Json::decimal(line.run))),
        (&places.price, Some(Json::decimal(line.total))),
        (&places.unit_price, Some(Json::decimal(line.unit_price))),
        (&places.answers, Some(line.answers.to_json())),
        (&places.summary, Some(Json::List(summary))),
        (&places.price_lines, Some(Json::List(price_lines))),
        (&places.group, line.group.as_ref().map(Json::text)),
    ])
}

fn customer_body(customer: &Customer) -> Json {
    let fields = [
        ("kind", Some(customer.kind.as_str())),
        ("name", Some(customer.name.as_str())),
        ("organisation", customer.organisation.as_deref()),
        ("phone", Some(customer.phone.as_str())),
        ("email", Some(customer.email.as_str())),
    ];
    let present = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), Json::text(value?))));
    Json::Object(present.collect())
}

fn pair(name_at: &Pointer, name: &str, value_at: &Pointer, value: Json) -> Json {
    let mut json = Json::Object(Vec::new());
    name_at.put(&mut json, Json::text(name));
    value_at.put(&mut json, value);
    json
}

fn written<const N: usize>(fields: [(&Option<Pointer>, Option<Json>); N]) -> Json {
    let mut json = Json::Object(Vec::new());
    for (place, value) in fields {
        if let (Some(place), Some(value)) = (place, value) {
            place.put(&mut json, value);
        }
    }
    json
}

/// The order an answer to sending speaks of.
pub(super) fn sent_order(
    document: &Json,
    places: &AnswerFields,
    key: &OrderKey,
) -> Result<RemoteOrder, Unreadable> {
    if let Some(place) = &places.external_number
        && let Some(number) = optional_text(document, place)?
    {
        same_number(&number, place, key)?;
    }
    remote_order(document, places)
}

/// The order a search has found.
///
/// "Not found" leads to sending again, so it is believed only of a proper empty list. A server
/// that answers with other orders has not understood the question.
pub(super) fn found_order(
    document: &Json,
    list: &Pointer,
    places: &AnswerFields,
    key: &OrderKey,
) -> Result<Option<RemoteOrder>, Unreadable> {
    let mut found: Option<RemoteOrder> = None;
    for item in list_at(document, list)? {
        if let Some(place) = &places.external_number {
            same_number(&text_at(item, place)?, place, key)?;
        }
        let order = remote_order(item, places)?;
        match &mut found {
            None => found = Some(order),
            Some(first) => first.duplicates.push(order.id),
        }
    }
    Ok(found)
}

fn same_number(number: &str, place: &Pointer, key: &OrderKey) -> Result<(), Unreadable> {
    if number == key.external_number() {
        Ok(())
    } else {
        Err(Unreadable::AnotherOrder {
            place: place.to_string(),
        })
    }
}

fn remote_order(document: &Json, places: &AnswerFields) -> Result<RemoteOrder, Unreadable> {
    let text = |place: &Option<Pointer>| match place {
        Some(place) => optional_text(document, place),
        None => Ok(None),
    };
    let price = match &places.price {
        Some(place) => optional_decimal(document, place)?,
        None => None,
    };
    Ok(RemoteOrder {
        id: text_at(document, &places.id)?,
        number: text(&places.number)?,
        price,
        status: text(&places.status)?,
        duplicates: Vec::new(),
        raw: document.to_string(),
    })
}

/// Managers and contractors, from which the connection's settings choose.
pub(super) fn probe(document: &Json, places: &IdentifierFields) -> Result<Probe, Unreadable> {
    let lists = [
        ("manager_id", &places.managers),
        ("contractor_id", &places.contractors),
    ];
    let identifiers = lists.map(|(setting, list)| {
        let identifiers = list_at(document, list)?
            .iter()
            .map(|item| {
                Ok(Identifier {
                    id: text_at(item, &places.id)?,
                    name: text_at(item, &places.name)?,
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(IdentifierList {
            setting,
            identifiers,
        })
    });
    Ok(Probe {
        identifiers: identifiers.into_iter().collect::<Result<_, _>>()?,
    })
}

/// The objections to an order, as far as they can be read: a refusal stays one without them.
pub(super) fn objections(document: &Json, places: &ObjectionFields) -> Vec<FieldError> {
    let Ok(list) = list_at(document, &places.list) else {
        return Vec::new();
    };
    let text = |item: &Json, place: &Pointer| {
        let text = optional_text(item, place).ok().flatten();
        clean(&text.unwrap_or_default())
    };
    list.iter()
        .take(MOST_OBJECTIONS)
        .map(|item| FieldError {
            parameter: text(item, &places.parameter),
            code: text(item, &places.code),
            message: text(item, &places.message),
        })
        .collect()
}

/// A vendor's text, fit to be shown on one line.
fn clean(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .take(LONGEST_TEXT)
        .collect()
}

fn list_at<'j>(document: &'j Json, place: &Pointer) -> Result<&'j [Json], Unreadable> {
    match place.find(document) {
        Some(Json::List(items)) => Ok(items),
        other => Err(shape(place, "a list", other)),
    }
}

fn text_at(document: &Json, place: &Pointer) -> Result<String, Unreadable> {
    optional_text(document, place)?.ok_or_else(|| shape(place, "a text or a number", None))
}

/// Identifiers and numbers come as texts or as numbers; an empty text is none.
fn optional_text(document: &Json, place: &Pointer) -> Result<Option<String>, Unreadable> {
    match place.find(document) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Text(text)) if text.is_empty() => Ok(None),
        Some(Json::Text(text) | Json::Number(text)) => Ok(Some(text.clone())),
        other @ Some(Json::Bool(_) | Json::List(_) | Json::Object(_)) => {
            Err(shape(place, "a text or a number", other))
        }
    }
}

fn optional_decimal(document: &Json, place: &Pointer) -> Result<Option<Decimal>, Unreadable> {
    optional_text(document, place)?
        .map(|text| parse(&text).ok_or_else(|| shape(place, "a decimal", place.find(document))))
        .transpose()
}

fn shape(place: &Pointer, expected: &'static str, found: Option<&Json>) -> Unreadable {
    let found = match found {
        None => "nothing",
        Some(Json::Null) => "null",
        Some(Json::Bool(_)) => "a flag",
        Some(Json::Number(_)) => "another number",
        Some(Json::Text(_)) => "another text",
        Some(Json::List(_)) => "a list",
        Some(Json::Object(_)) => "an object",
    };
    Unreadable::Shape {
        place: place.to_string(),
        expected,
        found,
    }
}

//! How ASystem's interface looks, as settings with our assumption for the default.
//!
//! ASystem's wire format is not public. Where an installation differs, an administrator changes
//! the place, the path or the header here, and nothing has to be built again. A field that is
//! `null` is neither written nor read.

use serde::{Deserialize, Serialize};

use crate::pointer::Pointer;

/// The interface of one installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// Comes before every path.
    pub base_path: String,
    /// Name of the header that carries the key.
    pub key_header: String,
    /// The word before the key; empty for the key alone.
    pub key_scheme: String,
    /// Name of the header that carries the idempotency key.
    pub idempotency_header: Option<String>,
    /// Fetches managers and contractors: the connection check.
    pub identifiers: Call,
    /// Sends an order.
    pub push_order: Call,
    /// Looks an order up; `{external_number}` in the path is replaced. `null` where there is no
    /// search, or none that finds an order as soon as it is taken: then an unknown outcome waits
    /// for a person.
    pub find_order: Option<Call>,
    /// Where an order's fields are written.
    pub order: OrderFields,
    /// Where a line's fields are written, within the line.
    pub line: LineFields,
    /// Where a name and its value are written, in every list of such pairs.
    pub pair: PairFields,
    /// Where the fields of an order are read, in an answer to sending and in a found item.
    pub answer: AnswerFields,
    /// Where the list of found orders is.
    pub found: Pointer,
    /// Where the identifiers are.
    pub identifier: IdentifierFields,
    /// Where the objections to an order are.
    pub objection: ObjectionFields,
}

/// Method and path of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// `GET`, `POST`, …
    pub method: String,
    /// After the base path; begins with `/`.
    pub path: String,
}

/// Declares a table of written fields with their default places. Each may be switched off.
macro_rules! places {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident = $place:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: Option<Pointer>,)*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: Some(Pointer::field($place)),)* }
            }
        }

        impl $name {
            /// The places in use, by the name of their setting.
            pub(super) fn places(&self) -> Vec<(&'static str, &Pointer)> {
                let all = [$((stringify!($field), self.$field.as_ref()),)*];
                all.into_iter().filter_map(|(name, place)| Some((name, place?))).collect()
            }
        }
    };
}

places! {
    /// Where an order's fields are written.
    OrderFields {
        /// Our order number.
        external_number = "external_number",
        /// Identifier of the manager.
        manager_id = "manager_id",
        /// Identifier of the contractor.
        contractor_id = "contractor_id",
        /// When the order was placed, RFC 3339.
        placed_at = "placed_at",
        /// The total, a decimal string.
        price = "price",
        /// ISO 4217 code.
        currency = "currency",
        /// The customer: an object.
        customer = "customer",
        /// Address of the order's page.
        url = "url",
        /// The pass-through parameters: a list of pairs.
        parameters = "parameters",
        /// The lines.
        items = "items",
    }
}

places! {
    /// Where a line's fields are written, within the line.
    LineFields {
        /// ASystem's own template.
        template_id = "template_id",
        /// Revision of our template the price was computed with.
        template_revision = "template_revision",
        /// Our product.
        product = "product",
        /// Its name.
        name = "name",
        /// How many, a decimal string.
        quantity = "quantity",
        /// Price of the line, a decimal string.
        price = "price",
        /// Price of one, rounded for display.
        unit_price = "unit_price",
        /// The answers by key: an object.
        answers = "answers",
        /// The answers in words: a list of pairs.
        summary = "summary",
        /// The price's own lines: a list of name and `amount`.
        price_lines = "price_lines",
        /// What the lines that were ordered together are called.
        group = "group",
    }
}

/// Where an order's fields are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerFields {
    /// ASystem's identifier of the order. It has to be there.
    pub id: Pointer,
    /// The number its people know it by.
    pub number: Option<Pointer>,
    /// ASystem's price.
    pub price: Option<Pointer>,
    /// ASystem's word for the status.
    pub status: Option<Pointer>,
    /// Our number, by which an answer is known to be about our order. A found order has to have
    /// it; `null` where ASystem does not repeat it, and its search is then taken at its word.
    pub external_number: Option<Pointer>,
}

/// Where a name and its value are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PairFields {
    /// The name.
    pub name: Pointer,
    /// The value.
    pub value: Pointer,
    /// The amount of a price line.
    pub amount: Pointer,
}

/// Where the identifiers are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdentifierFields {
    /// The list of managers.
    pub managers: Pointer,
    /// The list of contractors.
    pub contractors: Pointer,
    /// The identifier, within an item.
    pub id: Pointer,
    /// The name, within an item.
    pub name: Pointer,
}

/// Where the objections to an order are read. All of them are optional in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ObjectionFields {
    /// The list.
    pub list: Pointer,
    /// The parameter, within an item.
    pub parameter: Pointer,
    /// The code, within an item.
    pub code: Pointer,
    /// The message, within an item.
    pub message: Pointer,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            base_path: "/api/v1".to_owned(),
            key_header: "authorization".to_owned(),
            key_scheme: "Bearer".to_owned(),
            idempotency_header: Some("idempotency-key".to_owned()),
            identifiers: Call::new("GET", "/identifiers"),
            push_order: Call::new("POST", "/orders"),
            find_order: Some(Call::new(
                "GET",
                "/orders?external_number={external_number}",
            )),
            order: OrderFields::default(),
            line: LineFields::default(),
            pair: PairFields::default(),
            answer: AnswerFields::default(),
            found: Pointer::field("items"),
            identifier: IdentifierFields::default(),
            objection: ObjectionFields::default(),
        }
    }
}

impl Call {
    fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
        }
    }
}

impl Default for AnswerFields {
    fn default() -> Self {
        Self {
            id: Pointer::field("id"),
            number: Some(Pointer::field("number")),
            price: Some(Pointer::field("price")),
            status: Some(Pointer::field("status")),
            external_number: Some(Pointer::field("external_number")),
        }
    }
}

impl Default for PairFields {
    fn default() -> Self {
        Self {
            name: Pointer::field("name"),
            value: Pointer::field("value"),
            amount: Pointer::field("amount"),
        }
    }
}

impl Default for IdentifierFields {
    fn default() -> Self {
        Self {
            managers: Pointer::field("managers"),
            contractors: Pointer::field("contractors"),
            id: Pointer::field("id"),
            name: Pointer::field("name"),
        }
    }
}

impl Default for ObjectionFields {
    fn default() -> Self {
        Self {
            list: Pointer::field("errors"),
            parameter: Pointer::field("parameter"),
            code: Pointer::field("code"),
            message: Pointer::field("message"),
        }
    }
}

//! Stands in for `tirage_wire::forward` until that lands.
#![expect(missing_docs, reason = "replaced by the wire crate's types")]

use tirage_pricing::{Decimal, json::Json};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardItem {
    pub name: String,
    pub value: String,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardPriceLine {
    pub name: String,
    pub amount: Decimal,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardLine {
    pub product: String,
    pub name: String,
    pub template_revision: String,
    pub remote_template: Option<String>,
    pub run: Decimal,
    pub answers: Json,
    pub summary: Vec<ForwardItem>,
    pub price_lines: Vec<ForwardPriceLine>,
    pub unit_price: Decimal,
    pub total: Decimal,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardComment {
    pub author: String,
    pub at: String,
    pub text: String,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerKind {
    Person,
    Organisation,
}
impl CustomerKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    pub kind: CustomerKind,
    pub name: String,
    pub organisation: Option<String>,
    pub phone: String,
    pub email: String,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardOrder {
    pub number: String,
    pub placed_at: String,
    pub locale: String,
    pub customer: Customer,
    pub comments: Vec<ForwardComment>,
    pub lines: Vec<ForwardLine>,
    pub total: Decimal,
    pub currency: String,
    pub url: Option<String>,
}

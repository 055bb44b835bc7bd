//! The order parameters that only pass through: never shown, never priced, filled when sending.
//!
//! ASystem matches them by name and its customer may have renamed them, so each name is a
//! setting; `null` leaves one out. Names as documented by the predecessor (read 2026-08).

use serde::Deserialize;
use tirage_pricing::decimal::canonical;

use tirage_wire::cart::ShippingMethod;
use tirage_wire::forward::{ForwardComment, ForwardLine, ForwardOrder};

/// Names of the nine parameters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PassThroughNames {
    /// Links to the order's files.
    pub files: Option<String>,
    /// The discussion, one line per message.
    pub comment: Option<String>,
    /// Whether and how the order was paid.
    pub payment: Option<String>,
    /// The price after the shop's own rounding.
    pub rounded_price: Option<String>,
    /// Our order number.
    pub number: Option<String>,
    /// Who receives the order.
    pub recipient: Option<String>,
    /// How it is delivered.
    pub delivery_method: Option<String>,
    /// Where to.
    pub delivery_address: Option<String>,
    /// When it is handed out.
    pub issue_date: Option<String>,
}

impl Default for PassThroughNames {
    fn default() -> Self {
        Self {
            files: Some("Файлы заказа".to_owned()),
            comment: Some("Комментарий".to_owned()),
            payment: Some("Статус оплаты".to_owned()),
            rounded_price: Some("Округленная стоимость".to_owned()),
            number: Some("Номер заказа Pixlpark".to_owned()),
            recipient: Some("Получатель заказа".to_owned()),
            delivery_method: Some("Способ доставки".to_owned()),
            delivery_address: Some("Адрес доставки".to_owned()),
            issue_date: Some("Дата выдачи".to_owned()),
        }
    }
}

impl PassThroughNames {
    /// Name and value of every parameter the order has something for.
    pub(super) fn filled<'n>(&'n self, order: &ForwardOrder) -> Vec<(&'n str, String)> {
        let shipping = order.shipping.as_ref();
        // A payment is not part of an order yet.
        let values = [
            (&self.files, files(&order.lines)),
            (&self.comment, discussion(&order.comments)),
            (&self.payment, None),
            (&self.rounded_price, Some(canonical(order.total))),
            (&self.number, Some(order.number.clone())),
            (&self.recipient, Some(recipient(order))),
            (
                &self.delivery_method,
                shipping.map(|shipping| method(shipping.method).to_owned()),
            ),
            (
                &self.delivery_address,
                shipping.and_then(|shipping| shipping.address.as_deref().map(one_line)),
            ),
            (&self.issue_date, order.issue_date.clone()),
        ];
        values
            .into_iter()
            .filter_map(|(name, value)| Some((name.as_deref()?, value?)))
            .collect()
    }
}

/// A line for each file: its name, or what the shop's page calls it.
fn files(lines: &[ForwardLine]) -> Option<String> {
    let files: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.files.iter().flatten())
        .map(String::as_str)
        .collect();
    (!files.is_empty()).then(|| files.join("\n"))
}

/// Who takes the order over, with a phone when it is not the customer, whose phone is sent anyway.
fn recipient(order: &ForwardOrder) -> String {
    let shipping = order.shipping.as_ref();
    let Some(recipient) = shipping.and_then(|shipping| shipping.recipient.as_ref()) else {
        return order.customer.name.clone();
    };
    match &recipient.phone {
        Some(phone) => format!("{}, {phone}", recipient.name),
        None => recipient.name.clone(),
    }
}

/// ASystem speaks Russian to its people, whatever language the buyer's page had.
fn method(method: ShippingMethod) -> &'static str {
    match method {
        ShippingMethod::Pickup => "Самовывоз",
        ShippingMethod::Courier => "Курьер",
        ShippingMethod::Carrier => "Транспортная компания",
        ShippingMethod::Post => "Почта",
    }
}

fn discussion(comments: &[ForwardComment]) -> Option<String> {
    let lines: Vec<String> = comments
        .iter()
        .map(|comment| {
            let [author, at, text] =
                [&comment.author, &comment.at, &comment.text].map(|part| one_line(part));
            format!("[{author}][{at}][{text}]")
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A message of several lines would look like several messages.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

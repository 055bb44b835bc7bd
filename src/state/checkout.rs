//! Ordering a cart: the body that is sent, and what each answer means.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{FromJson, Json, Node, ToJson};
use tirage_pricing::{Answer, Answers, Decimal};
use tirage_wire::problem::ProblemCode;

use super::cart::{Cart, Chosen, with_group};
use super::contact::{Contact, ContactField};
use super::read;
use crate::locale::Locale;

/// The body of the submit, as text; none for a cart that has no total.
///
/// The shape is `tirage_wire::cart::Cart`.
#[must_use]
pub fn body(cart: &Cart, contact: &Contact, locale: &Locale) -> Option<String> {
    let mut lines = Vec::new();
    for item in cart.ordered() {
        let line = Json::object([
            ("product", item.product.to_json()),
            ("template", item.template.to_json()),
            ("answers", item.answers.to_json()),
            ("total", item.total.to_json()),
        ]);
        lines.push(with_group(line, item));
    }
    let order = Json::object([
        ("customer", contact.customer()),
        ("shipping", contact.shipping()),
        ("locale", Json::text(locale.tag)),
        ("lines", Json::List(lines)),
        ("total", cart.total()?.to_json()),
        ("consent", Json::Bool(contact.consents)),
    ]);
    let mut order = order;
    for (key, field) in [
        ("issue_date", ContactField::IssueDate),
        ("comment", ContactField::Comment),
    ] {
        if !contact.text(field).is_empty() {
            order = order.with(key, Json::text(contact.text(field)));
        }
    }
    Some(order.to_string())
}

/// What the service says of a placed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The order's number.
    pub number: String,
    /// Address of the order's page.
    pub url: String,
    /// Its total.
    pub total: Decimal,
    /// ISO 4217 code of the total.
    pub currency: String,
}

/// What has become of a line since it was put into the cart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Index of the line among those that are ordered.
    pub line: usize,
    /// The price now; none when it cannot be had any more.
    pub total: Option<Decimal>,
    /// The template in force, when it is another.
    pub revision: String,
    /// The answers that count now with their words, which are none where nothing that is asked
    /// changed; nothing when they are the same.
    pub answers: Option<(Answers, Vec<Chosen>)>,
    /// What else is different, in words.
    pub notes: Vec<String>,
}

/// What the service answered to a submit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order is placed.
    Placed(Receipt),
    /// Prices or templates are others than the buyer saw.
    Changed(Vec<Change>),
    /// Fields of the form the service does not accept.
    Invalid(Vec<ContactField>),
    /// This key had placed an order already, with another body.
    AlreadyPlaced,
    /// The print house does not confirm the price now; nothing was ordered.
    Unconfirmed,
    /// The service cannot answer now; the same submit may be tried again.
    Busy,
    /// Refused for good, in the service's words.
    Refused(String),
}

/// Understands an answer of the service.
#[must_use]
pub fn outcome(status: u16, body: &str) -> Outcome {
    let Ok(json) = Json::parse(body) else {
        return Outcome::Busy;
    };
    if status / 100 == 2 {
        return receipt(&json).map_or(Outcome::Busy, Outcome::Placed);
    }
    match ProblemCode::from_name(&read::text(&json, "code")) {
        Some(
            ProblemCode::PriceChanged
            | ProblemCode::TemplateChanged
            | ProblemCode::DayChanged
            | ProblemCode::NotPriced,
        ) => {
            let mut changes = Vec::new();
            for line in read::list(&json, "lines") {
                changes.push(change(line));
            }
            Outcome::Changed(changes)
        }
        Some(ProblemCode::IdempotencyKeyReused) => Outcome::AlreadyPlaced,
        None
        | Some(ProblemCode::RateLimited | ProblemCode::Unavailable | ProblemCode::Internal) => {
            Outcome::Busy
        }
        Some(ProblemCode::SourceUnavailable) => Outcome::Unconfirmed,
        Some(_) => {
            let mut fields = Vec::new();
            for error in read::list(&json, "errors") {
                let pointer = read::text(error, "pointer");
                for field in ContactField::ALL {
                    if pointer == field.pointer() {
                        fields.push(field);
                    }
                }
            }
            if fields.is_empty() {
                Outcome::Refused(read::text(&json, "detail"))
            } else {
                Outcome::Invalid(fields)
            }
        }
    }
}

fn receipt(json: &Json) -> Option<Receipt> {
    Some(Receipt {
        number: read::text(json, "number"),
        url: read::text(json, "url"),
        total: read::decimal(json, "total")?,
        currency: read::text(json, "currency"),
    })
}

fn change(json: &Json) -> Change {
    let total = json
        .get("quote")
        .and_then(|quote| read::decimal(read::list(quote, "runs").first()?, "total"));
    let revision = json.get("template");
    // The service's own day counts, whatever the buyer's clock says.
    let anew = read::text(json, "code") == ProblemCode::DayChanged.as_str();
    let answers = json.get("quote").filter(|_| anew).map(counted);
    Change {
        line: read::index(json, "line").unwrap_or(usize::MAX),
        total: total.filter(|_| read::text(json, "code") != ProblemCode::NotPriced.as_str()),
        revision: revision.map_or_else(String::new, |template| read::text(template, "revision")),
        answers: answers.map(|answers| (answers, Vec::new())),
        notes: Vec::new(),
    }
}

/// The answers that count in a quote.
fn counted(quote: &Json) -> Answers {
    let mut counted = Answers::new();
    for field in read::list(quote, "fields") {
        let answer = field
            .get("answer")
            .map(|answer| Answer::from_json(&Node::root(answer)));
        if let (Some(Ok(answer)), true) =
            (answer, field.get("available") == Some(&Json::Bool(true)))
        {
            counted.set(&read::text(field, "parameter"), answer);
        }
    }
    counted
}

/// What the whole cart costs with the changes; none when a line cannot be had any more.
#[must_use]
pub fn total_with(cart: &Cart, changes: &[Change]) -> Option<Decimal> {
    if changes.iter().any(|change| change.total.is_none()) {
        return None;
    }
    let mut changed = cart.clone();
    changed.accept(changes.to_vec());
    changed.total()
}

/// A digest of what was agreed, so that a page can compare totals without decimals.
#[must_use]
pub fn exact(total: Option<Decimal>) -> String {
    total.map(canonical).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::cart::tests::{item, member, one};
    use super::super::contact::tests::filled;
    use super::*;
    use tirage_wire::cart::Cart as Order;

    fn cart() -> Cart {
        let mut cart = Cart::default();
        cart.put(item("a", 2928));
        cart.put(item("b", 345));
        cart
    }

    #[test]
    fn the_body_is_what_the_service_expects() {
        let body = body(&cart(), &filled(), Locale::of("ru")).unwrap();
        let json = Json::parse(&body).unwrap();
        let order = Order::from_json(&Node::root(&json)).unwrap();
        assert_eq!(order.total, 3273.into());
        assert_eq!(order.customer.name, "Иван");
        assert_eq!(order.customer.phone, "+79123456789");
        assert_eq!(order.comment, None);
        assert_eq!(order.consent, Some(true));
        assert_eq!(order.issue_date.as_deref(), Some("2026-12-01"));
        let shipping = order.shipping.unwrap();
        assert_eq!(shipping.address.as_deref(), Some("Москва, Тверская, 1"));
        assert_eq!(shipping.recipient.unwrap().phone, None);
        assert_eq!(order.lines.len(), 2);
        assert_eq!(order.lines[0].group, None);
    }

    #[test]
    fn the_group_of_a_line_is_ordered_with_it() {
        let mut cart = cart();
        cart.put(member("c", "g", 1));
        let body = body(&cart, &filled(), Locale::of("ru")).unwrap();
        let order = Order::from_json(&Node::root(&Json::parse(&body).unwrap())).unwrap();
        let group = order.lines[2].group.as_ref().unwrap();
        assert_eq!((&*group.id, group.name.get("ru")), ("g", "Для офиса"));
    }

    #[test]
    fn the_form_is_filled_in_again_from_what_was_sent() {
        let mut sent = filled();
        sent.texts[ContactField::Comment as usize] = "до 12".to_owned();
        let body = body(&cart(), &sent, Locale::of("ru")).unwrap();
        let contact = Contact::of_body(&Json::parse(&body).unwrap());
        sent.texts[ContactField::Name as usize] = "Иван".to_owned();
        sent.texts[ContactField::Phone as usize] = "+79123456789".to_owned();
        assert_eq!(contact, sent);
    }

    #[test]
    fn what_is_saved_for_later_is_not_ordered() {
        let mut cart = cart();
        cart.save_for_later(&one("a"), true);
        let body = body(&cart, &filled(), Locale::of("ru")).unwrap();
        let order = Order::from_json(&Node::root(&Json::parse(&body).unwrap())).unwrap();
        assert_eq!(order.total, 345.into());
        assert_eq!(order.lines.len(), 1);
        let change = Change {
            total: Some(400.into()),
            ..Change::default()
        };
        assert_eq!(total_with(&cart, &[change]), Some(400.into()));
    }

    #[test]
    fn every_answer_is_understood() {
        let problem = |code: &str, more: &str| {
            let text = format!(
                r#"{{"type":"urn:tirage:problem:{code}","title":"t","status":409,"code":"{code}","detail":"d"{more}}}"#
            );
            outcome(409, &text)
        };
        assert_eq!(
            problem("idempotency_key_reused", ""),
            Outcome::AlreadyPlaced
        );
        assert_eq!(problem("unavailable", ""), Outcome::Busy);
        assert_eq!(problem("rate_limited", ""), Outcome::Busy);
        assert_eq!(problem("not_found", ""), Outcome::Refused("d".to_owned()));
        let error = r#","errors":[{"pointer":"/customer/email","expected":"e","found":"f"}]"#;
        assert_eq!(
            problem("validation", error),
            Outcome::Invalid(vec![ContactField::Email])
        );
        assert_eq!(outcome(502, "<html>"), Outcome::Busy);
        assert_eq!(outcome(201, "{}"), Outcome::Busy);

        let quote = |total: &str| {
            format!(
                r#"{{"currency":"RUB","fields":[],"notices":[],"problems":[],"runs":[{{"run":"600","lines":[],"values":[],"problems":[]{total}}}]}}"#
            )
        };
        let lines = format!(
            r#","lines":[{{"line":1,"code":"price_changed","quote":{},"template":{{"revision":"cd","url":"/u"}}}},{{"line":0,"code":"not_priced","quote":{}}}]"#,
            quote(r#","total":"400""#),
            quote(""),
        );
        let Outcome::Changed(changes) = problem("price_changed", &lines) else {
            panic!("not a change");
        };
        assert_eq!(changes[0].total, Some(400.into()));
        assert_eq!(changes[0].revision, "cd");
        assert_eq!(changes[1].total, None);
        assert_eq!(total_with(&cart(), &changes[..1]), Some(3328.into()));
        assert_eq!(total_with(&cart(), &changes), None);
    }

    #[test]
    fn a_receipt_is_read() {
        let text = r#"{"number":"T-1","token":"t","url":"/orders/t","status":"placed","total":"2928","currency":"RUB"}"#;
        for status in [200, 201] {
            let Outcome::Placed(receipt) = outcome(status, text) else {
                panic!("not placed");
            };
            assert_eq!(receipt.number, "T-1");
        }
    }
}

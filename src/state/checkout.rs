//! Ordering a cart: the contact form, the body that is sent, and what each answer means.

use tirage_pricing::Decimal;
use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{Json, ToJson};
use tirage_wire::problem::ProblemCode;

use super::cart::Cart;
use super::read;
use crate::locale::Locale;

/// The fields of the contact form, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    /// The organisation's name.
    Organisation,
    /// The contact's name.
    Name,
    /// Phone number.
    Phone,
    /// E-mail address.
    Email,
    /// A word to the print house.
    Comment,
}

impl ContactField {
    /// Every field.
    pub const ALL: [Self; 5] = [
        Self::Organisation,
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::Comment,
    ];

    /// The field's name in the page, and the end of its JSON pointer.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Comment => "comment",
        }
    }

    /// What to say at the field when it cannot be sent as it is.
    #[must_use]
    pub fn mistake(self, locale: &'static Locale) -> &'static str {
        let texts = locale.texts;
        match self {
            Self::Organisation => texts.fill_organisation,
            Self::Name => texts.fill_name,
            Self::Phone => texts.fill_phone,
            Self::Email => texts.fill_email,
            Self::Comment => texts.check_form,
        }
    }
}

/// What the buyer filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Whether an organisation orders.
    pub organisation_orders: bool,
    /// The texts, by field.
    pub texts: [String; 5],
}

impl Contact {
    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: ContactField) -> &str {
        self.texts[field as usize].trim()
    }

    /// The fields that cannot be sent as they are.
    #[must_use]
    pub fn mistakes(&self) -> Vec<ContactField> {
        let mut mistakes = Vec::new();
        for field in ContactField::ALL {
            let text = self.text(field);
            let wrong = match field {
                ContactField::Organisation => self.organisation_orders && text.is_empty(),
                ContactField::Name => text.is_empty(),
                ContactField::Phone => !(11..=16).contains(&phone(text).len()),
                ContactField::Email => !is_email(text),
                ContactField::Comment => false,
            };
            if wrong {
                mistakes.push(field);
            }
        }
        mistakes
    }

    fn customer(&self) -> Json {
        let text = |field| Json::text(self.text(field));
        let kind = if self.organisation_orders {
            "organisation"
        } else {
            "person"
        };
        let customer = Json::object([
            ("kind", Json::text(kind)),
            ("name", text(ContactField::Name)),
            ("phone", Json::Text(phone(self.text(ContactField::Phone)))),
            ("email", text(ContactField::Email)),
        ]);
        if self.organisation_orders {
            return customer.with("organisation", text(ContactField::Organisation));
        }
        customer
    }
}

/// A phone number as people type it, in international form where it is plainly Russian.
#[must_use]
pub fn phone(typed: &str) -> String {
    let mut digits = String::new();
    for char in typed.chars() {
        if char.is_ascii_digit() {
            digits.push(char);
        }
    }
    let national = !typed.trim_start().starts_with('+');
    if national && digits.len() == 11 && digits.starts_with('8') {
        digits.remove(0);
    }
    let country = if national && digits.len() == 10 {
        "+7"
    } else {
        "+"
    };
    [country, &digits].concat()
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let blank = |text: &str| text.is_empty() || text.contains([' ', '@', ',']);
    let dot = host.find('.').unwrap_or_default();
    !blank(name) && !blank(host) && dot > 0 && dot + 1 < host.len()
}

/// The body of the submit, as text; none for a cart that has no total.
///
/// The shape is `tirage_wire::cart::Cart`.
#[must_use]
pub fn body(cart: &Cart, contact: &Contact, locale: &Locale) -> Option<String> {
    let mut lines = Vec::new();
    for item in &cart.items {
        lines.push(Json::object([
            ("product", item.product.to_json()),
            ("template", item.template.to_json()),
            ("answers", item.answers.to_json()),
            ("total", item.total.to_json()),
        ]));
    }
    let order = Json::object([
        ("customer", contact.customer()),
        ("locale", Json::text(locale.tag)),
        ("lines", Json::List(lines)),
        ("total", cart.total()?.to_json()),
    ]);
    let comment = contact.text(ContactField::Comment);
    let order = if comment.is_empty() {
        order
    } else {
        order.with("comment", Json::text(comment))
    };
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

/// A line whose price the service sees differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Index of the line in the cart.
    pub line: usize,
    /// The price now; none when it cannot be had any more.
    pub total: Option<Decimal>,
    /// The template in force, when it is another.
    pub revision: String,
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
        Some(ProblemCode::PriceChanged | ProblemCode::TemplateChanged | ProblemCode::NotPriced) => {
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
        Some(_) => {
            let mut fields = Vec::new();
            for error in read::list(&json, "errors") {
                let pointer = read::text(error, "pointer");
                for field in ContactField::ALL {
                    if pointer == ["/customer/", field.as_str()].concat() {
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
    Change {
        line: read::index(json, "line").unwrap_or(usize::MAX),
        total: total.filter(|_| read::text(json, "code") != ProblemCode::NotPriced.as_str()),
        revision: revision.map_or_else(String::new, |template| read::text(template, "revision")),
    }
}

/// What the whole cart costs with the changes; none when a line cannot be had any more.
#[must_use]
pub fn total_with(cart: &Cart, changes: &[Change]) -> Option<Decimal> {
    let mut changed = cart.clone();
    for change in changes {
        changed.items.get_mut(change.line)?.total = change.total?;
    }
    changed.total()
}

/// A digest of what was agreed, so that a page can compare totals without decimals.
#[must_use]
pub fn exact(total: Option<Decimal>) -> String {
    total.map(canonical).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::cart::tests::item;
    use super::*;
    use tirage_pricing::json::{FromJson, Node};
    use tirage_wire::cart::Cart as Order;

    fn filled() -> Contact {
        let texts = ["ООО «Ромашка»", " Иван ", "8 (912) 345-67-89", "a@b.ru", ""];
        Contact {
            organisation_orders: true,
            texts: texts.map(str::to_owned),
        }
    }

    fn cart() -> Cart {
        let mut cart = Cart::default();
        cart.put(item("a", 2928));
        cart.put(item("b", 345));
        cart
    }

    #[test]
    fn phones_are_understood_as_people_type_them() {
        for (typed, sent) in [
            ("8 (912) 345-67-89", "+79123456789"),
            ("+7 912 345 67 89", "+79123456789"),
            ("912 345-67-89", "+79123456789"),
            ("+49 30 1234567", "+49301234567"),
        ] {
            assert_eq!(phone(typed), sent, "{typed}");
        }
    }

    #[test]
    fn mistakes_are_found_before_anything_is_sent() {
        assert_eq!(filled().mistakes(), []);
        assert_eq!(
            Contact::default().mistakes(),
            [ContactField::Name, ContactField::Phone, ContactField::Email]
        );
        for email in ["a", "a@b", "@b.ru", "a@.ru", "a b@c.ru", "a@b@c.ru"] {
            let mut contact = filled();
            contact.texts[ContactField::Email as usize] = email.to_owned();
            assert_eq!(contact.mistakes().len(), 1, "{email}");
        }
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
        assert_eq!(order.lines.len(), 2);
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

//! The cart: what it holds, how it is kept between pages, and the life of its idempotency key.
//!
//! The key belongs to the lines: a changed cart is another order and gets another key, a reload
//! or a second try is the same order and keeps it. Storage is shared with whatever else runs on
//! the page, so anything unreadable there counts as an empty cart.

use tirage_pricing::json::{FromJson, Json, JsonError, Node, ToJson};
use tirage_pricing::{Answers, Decimal, Texts};
use tirage_wire::order::SummaryItem;

use super::checkout::Change;

/// The version of the stored shape; another one is not read.
const VERSION: i64 = 1;

/// A configured product in the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartItem {
    /// Name of the line within this cart.
    pub id: String,
    /// The product's key.
    pub product: String,
    /// The product's name.
    pub name: Texts,
    /// Revision of the template the buyer saw.
    pub template: String,
    /// The answers that counted.
    pub answers: Answers,
    /// The answers in words.
    pub summary: Vec<SummaryItem>,
    /// How many.
    pub run: Decimal,
    /// The unit of the quantity.
    pub unit: Option<Texts>,
    /// The total the buyer saw.
    pub total: Decimal,
    /// ISO 4217 code of the total.
    pub currency: String,
    /// Where it was configured, to change it there.
    pub page: String,
}

/// A submit whose outcome is not known: the network failed after it may have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The key it was sent with.
    pub key: String,
    /// The body, byte for byte.
    pub body: String,
}

/// One sending of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The cart's key.
    pub key: String,
    /// What is sent.
    pub body: String,
    /// Another body that was sent with this key before, without a known outcome.
    pub earlier: Option<String>,
}

/// The buyer's cart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cart {
    /// What is in it.
    pub items: Vec<CartItem>,
    /// The key of the order these lines will become.
    pub key: Option<String>,
    /// A submit without a known outcome.
    pub pending: Option<Pending>,
}

impl Cart {
    /// Reads what storage has.
    #[must_use]
    pub fn read(stored: Option<&str>) -> Self {
        let json = stored.and_then(|text| Json::parse(text).ok());
        json.and_then(|json| Self::from_json(&Node::root(&json)).ok())
            .unwrap_or_default()
    }

    /// What storage keeps; nothing for an empty cart.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        (!self.items.is_empty()).then(|| self.to_json().to_string())
    }

    /// Adds a line, or replaces the one of the same id.
    pub fn put(&mut self, item: CartItem) {
        match self.items.iter_mut().find(|known| known.id == item.id) {
            Some(known) => *known = item,
            None => self.items.push(item),
        }
        self.changed();
    }

    /// Takes a line out.
    pub fn remove(&mut self, id: &str) -> Option<CartItem> {
        let at = self.items.iter().position(|item| item.id == id)?;
        let item = self.items.remove(at);
        self.changed();
        Some(item)
    }

    /// The line of an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&CartItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Takes over new prices and revisions, because the buyer agreed to them.
    pub fn accept(&mut self, changes: Vec<Change>) {
        for change in changes {
            let Some(item) = self.items.get_mut(change.line) else {
                continue;
            };
            item.total = change.total.unwrap_or(item.total);
            if let Some(revision) = change.revision {
                item.template = revision;
            }
        }
        self.changed();
    }

    /// Begins to send the cart, and remembers what was sent until its outcome is known.
    ///
    /// The first body without a known outcome stays remembered: if it had arrived, repeating it
    /// byte for byte is what brings its receipt.
    pub fn begin(&mut self, body: String, fresh: impl FnOnce() -> [u8; 16]) -> Attempt {
        let key = self.key(fresh).to_owned();
        let pending = self.pending.get_or_insert_with(|| Pending {
            key: key.clone(),
            body: body.clone(),
        });
        let earlier = (pending.body != body).then(|| pending.body.clone());
        Attempt { key, body, earlier }
    }

    /// The key to submit with, made from `fresh` randomness when there is none yet.
    pub fn key(&mut self, fresh: impl FnOnce() -> [u8; 16]) -> &str {
        self.key.get_or_insert_with(|| hex(fresh()))
    }

    /// Sum of the lines; none when they are of several currencies or do not add up.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        let currency = &self.items.first()?.currency;
        self.items.iter().try_fold(Decimal::ZERO, |sum, item| {
            (item.currency == *currency)
                .then(|| sum.checked_add(item.total))
                .flatten()
        })
    }

    fn changed(&mut self) {
        self.key = None;
        self.pending = None;
    }
}

/// Randomness as text: an idempotency key, or the name of a line.
#[must_use]
pub fn hex(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value & 15)]);
    bytes
        .into_iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte)])
        .collect()
}

impl ToJson for Cart {
    fn to_json(&self) -> Json {
        let mut json = Json::object([
            ("version", Json::integer(VERSION)),
            ("items", Json::list(&self.items)),
        ]);
        if let Some(key) = &self.key {
            json = json.with("key", key.to_json());
        }
        if let Some(pending) = &self.pending {
            let fields = [
                ("key", pending.key.to_json()),
                ("body", pending.body.to_json()),
            ];
            json = json.with("pending", Json::object(fields));
        }
        json
    }
}

impl FromJson for Cart {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        let version = node.field("version")?;
        if version.integer::<i64>()? != VERSION {
            return Err(version.error("version 1"));
        }
        let key = node.optional("key")?;
        let pending = node.optional("pending")?;
        Ok(Self {
            items: node.field("items")?.list()?,
            key: key.map(|key| key.text().map(str::to_owned)).transpose()?,
            pending: pending
                .map(|pending| {
                    Ok(Pending {
                        key: pending.field("key")?.text()?.to_owned(),
                        body: pending.field("body")?.text()?.to_owned(),
                    })
                })
                .transpose()?,
        })
    }
}

impl ToJson for CartItem {
    fn to_json(&self) -> Json {
        let json = Json::object([
            ("id", self.id.to_json()),
            ("product", self.product.to_json()),
            ("name", self.name.to_json()),
            ("template", self.template.to_json()),
            ("answers", self.answers.to_json()),
            ("summary", Json::list(&self.summary)),
            ("run", self.run.to_json()),
            ("total", self.total.to_json()),
            ("currency", self.currency.to_json()),
            ("page", self.page.to_json()),
        ]);
        match &self.unit {
            Some(unit) => json.with("unit", unit.to_json()),
            None => json,
        }
    }
}

impl FromJson for CartItem {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        let text = |key: &str| Ok(node.field(key)?.text()?.to_owned());
        let unit = node.optional("unit")?;
        Ok(Self {
            id: text("id")?,
            product: text("product")?,
            name: Texts::from_json(&node.field("name")?)?,
            template: text("template")?,
            answers: Answers::from_json(&node.field("answers")?)?,
            summary: node.field("summary")?.list()?,
            run: node.field("run")?.decimal()?,
            unit: unit.map(|unit| Texts::from_json(&unit)).transpose()?,
            total: node.field("total")?.decimal()?,
            currency: text("currency")?,
            page: text("page")?,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use tirage_pricing::Answer;

    pub(crate) fn item(id: &str, total: i64) -> CartItem {
        CartItem {
            id: id.to_owned(),
            product: "business-cards".to_owned(),
            name: Texts::neutral("Визитки"),
            template: "ab".repeat(32),
            answers: [("run", Answer::Number(600.into()))].into_iter().collect(),
            summary: vec![SummaryItem {
                name: Texts::neutral("Бумага"),
                value: Texts::neutral("Матовая"),
            }],
            run: 600.into(),
            unit: None,
            total: total.into(),
            currency: "RUB".to_owned(),
            page: "/products/business-cards".to_owned(),
        }
    }

    fn cart() -> Cart {
        let mut cart = Cart::default();
        cart.put(item("a", 2928));
        cart.put(item("b", 345));
        cart
    }

    #[test]
    fn a_stored_cart_is_read_as_it_was() {
        let mut kept = cart();
        kept.key(|| [7; 16]);
        kept.pending = Some(Pending {
            key: "k".to_owned(),
            body: r#"{"a":"\"б\""}"#.to_owned(),
        });
        let text = kept.write().unwrap();
        assert_eq!(Cart::read(Some(&text)), kept);
    }

    #[test]
    fn garbage_and_other_versions_are_an_empty_cart() {
        for stored in [
            "",
            "null",
            "{",
            "[]",
            r#"{"version":2,"items":[]}"#,
            r#"{"version":1}"#,
            r#"{"version":1,"items":[{"id":1}]}"#,
            r#"{"version":"1","items":[]}"#,
        ] {
            assert_eq!(Cart::read(Some(stored)), Cart::default(), "{stored}");
        }
        assert_eq!(Cart::read(None).write(), None);
    }

    #[test]
    fn the_key_stays_while_the_cart_is_the_same_and_changes_with_it() {
        let mut cart = cart();
        let first = cart.key(|| [1; 16]).to_owned();
        assert_eq!(first, "01".repeat(16));
        assert_eq!(
            cart.key(|| [2; 16]),
            first,
            "a second try is the same order"
        );
        let mut reloaded = Cart::read(cart.write().as_deref());
        assert_eq!(
            reloaded.key(|| [3; 16]),
            first,
            "a reload is the same order"
        );

        cart.remove("b");
        assert_eq!(cart.key(|| [4; 16]), "04".repeat(16));
        cart.put(item("c", 1));
        assert_eq!(cart.key(|| [5; 16]), "05".repeat(16));
        cart.accept(vec![Change {
            line: 0,
            total: Some(3000.into()),
            revision: Some("cd".repeat(32)),
        }]);
        assert_eq!(cart.key(|| [6; 16]), "06".repeat(16));
        assert_eq!(cart.items[0].total, 3000.into());
        assert_eq!(cart.items[0].template, "cd".repeat(32));
    }

    #[test]
    fn an_unknown_outcome_is_remembered_until_the_cart_changes() {
        let mut cart = cart();
        let first = cart.begin("one".to_owned(), || [1; 16]);
        assert_eq!(first.earlier, None);
        let again = cart.begin("one".to_owned(), || [2; 16]);
        assert_eq!(again, first, "a second try is the same, byte for byte");
        let mut reloaded = Cart::read(cart.write().as_deref());
        let edited = reloaded.begin("two".to_owned(), || [3; 16]);
        assert_eq!(edited.key, first.key);
        assert_eq!(edited.earlier.as_deref(), Some("one"));
        reloaded.remove("b");
        assert_eq!(reloaded.pending, None);
    }

    #[test]
    fn the_total_is_the_sum_of_one_currency() {
        let mut cart = cart();
        assert_eq!(cart.total(), Some(3273.into()));
        cart.items[1].currency = "EUR".to_owned();
        assert_eq!(cart.total(), None);
        assert_eq!(Cart::default().total(), None);
    }

    #[test]
    fn an_edited_line_keeps_its_place() {
        let mut cart = cart();
        cart.put(item("a", 1));
        let ids: Vec<&str> = cart.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(cart.item("a").map(|item| item.total), Some(1.into()));
    }
}

//! The cart: what it holds, how it is kept between pages, and the life of its idempotency key.
//!
//! The key belongs to the lines: a changed cart is another order and gets another key, a reload
//! or a second try is the same order and keeps it. Storage is shared with whatever else runs on
//! the page, so anything unreadable there counts as an empty cart.

use tirage_pricing::json::{Json, ToJson};
use tirage_pricing::{Answers, Decimal, Texts, decimal};

use super::checkout::Change;
use super::read;

/// The version of the stored shape; another one is not read.
const VERSION: &str = "1";

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The parameter's name.
    pub name: Texts,
    /// The answer.
    pub value: Texts,
    /// Whether it is a day, as `2026-12-01`.
    pub is_day: bool,
}

/// What lines have in common that were put into the cart together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Tells it from the others of its cart.
    pub id: String,
    /// What people call it.
    pub name: Texts,
}

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
    pub summary: Vec<Chosen>,
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
    /// Whether it is kept for later and not ordered now.
    pub saved: bool,
    /// The group it belongs to, if any.
    pub group: Option<Group>,
}

/// One line of the cart, or those of a group that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lines {
    /// The line of this id.
    One(String),
    /// What is ordered, or kept for later, of the group of this id.
    Group {
        /// The group's id.
        id: String,
        /// Whether it is what is kept for later.
        saved: bool,
    },
    /// Every line of the group of this id.
    Whole(String),
}

impl Lines {
    /// Whether a line is one of them.
    #[must_use]
    pub fn has(&self, item: &CartItem) -> bool {
        let group = item.group.as_ref().map(|group| &group.id);
        match self {
            Self::One(id) => item.id == *id,
            Self::Group { id, saved } => group == Some(id) && item.saved == *saved,
            Self::Whole(id) => group == Some(id),
        }
    }
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
    /// The key of the order these lines will become; empty until it is sent.
    pub key: String,
    /// The body of a submit without a known outcome, byte for byte; empty when there is none.
    pub pending: String,
}

impl Cart {
    /// Reads what storage has.
    #[must_use]
    pub fn read(stored: Option<&str>) -> Self {
        let json = stored.and_then(|text| Json::parse(text).ok());
        json.and_then(|json| from_json(&json)).unwrap_or_default()
    }

    /// What storage keeps; nothing for an empty cart.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        if self.items.is_empty() {
            return None;
        }
        let json = Json::object([
            ("version", Json::Number(VERSION.to_owned())),
            (
                "items",
                Json::List(self.items.iter().map(item_json).collect()),
            ),
            ("key", self.key.to_json()),
            ("pending", self.pending.to_json()),
        ]);
        Some(json.to_string())
    }

    /// Adds a line, or replaces the one of the same id.
    pub fn put(&mut self, item: CartItem) {
        match self.items.iter_mut().find(|known| known.id == item.id) {
            Some(known) => *known = item,
            None => self.items.insert(self.place_for(&item), item),
        }
        self.changed();
    }

    /// Behind the others of its group, else at the end.
    fn place_for(&self, item: &CartItem) -> usize {
        let group = item.group.as_ref().map(|group| &group.id);
        let is_beside = |known: &CartItem| known.group.as_ref().map(|own| &own.id) == group;
        let last = self.items.iter().rposition(is_beside);
        match (group, last) {
            (Some(_), Some(last)) => last + 1,
            _ => self.items.len(),
        }
    }

    /// Takes lines out; returns them with their places, to put them back.
    pub fn remove(&mut self, lines: &Lines) -> Vec<(usize, CartItem)> {
        let mut removed = Vec::new();
        let mut rest = Vec::new();
        for (at, item) in std::mem::take(&mut self.items).into_iter().enumerate() {
            if lines.has(&item) {
                removed.push((at, item));
            } else {
                rest.push(item);
            }
        }
        self.items = rest;
        if !removed.is_empty() {
            self.changed();
        }
        removed
    }

    /// Takes out what has become an order; what is kept for later stays.
    pub fn ordered_away(&mut self) {
        self.items.retain(|item| item.saved);
        self.changed();
    }

    /// Puts a line back where it was, unless it is there.
    pub fn restore(&mut self, at: usize, item: CartItem) {
        if self.item(&item.id).is_none() {
            self.items.insert(at.min(self.items.len()), item);
            self.changed();
        }
    }

    /// Keeps lines for later, or orders them now after all.
    pub fn save_for_later(&mut self, lines: &Lines, saved: bool) {
        for item in self.items.iter_mut().filter(|item| lines.has(item)) {
            item.saved = saved;
        }
        self.changed();
    }

    /// The lines that are ordered.
    pub fn ordered(&self) -> impl Iterator<Item = &CartItem> {
        self.items.iter().filter(|item| !item.saved)
    }

    /// The line of an id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&CartItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// Takes over new prices and revisions, because the buyer agreed to them.
    pub fn accept(&mut self, changes: Vec<Change>) {
        for change in changes {
            let mut ordered = self.items.iter_mut().filter(|item| !item.saved);
            let Some(item) = ordered.nth(change.line) else {
                continue;
            };
            item.total = change.total.unwrap_or(item.total);
            if let Some((answers, summary)) = change.answers {
                item.answers = answers;
                if !summary.is_empty() {
                    item.summary = summary;
                }
            }
            if !change.revision.is_empty() {
                item.template = change.revision;
            }
        }
        self.changed();
    }

    /// Begins to send the cart, and remembers what was sent until its outcome is known.
    ///
    /// The key is made of `fresh` randomness when there is none yet. The first body without a
    /// known outcome stays remembered: if it had arrived, repeating it byte for byte is what
    /// brings its receipt.
    pub fn begin(&mut self, body: String, fresh: impl FnOnce() -> [u8; 16]) -> Attempt {
        if self.key.is_empty() {
            self.key = hex(fresh());
        }
        if self.pending.is_empty() {
            self.pending.clone_from(&body);
        }
        Attempt {
            key: self.key.clone(),
            earlier: (self.pending != body).then(|| self.pending.clone()),
            body,
        }
    }

    /// Sum of some lines; none as for [`Self::total`].
    #[must_use]
    pub fn subtotal(&self, lines: &Lines) -> Option<Decimal> {
        sum(&mut self.items.iter().filter(|item| lines.has(item)))
    }

    /// Sum of the lines that are ordered; none when they are of several currencies or do not add up.
    #[must_use]
    pub fn total(&self) -> Option<Decimal> {
        sum(&mut self.ordered())
    }

    fn changed(&mut self) {
        self.key.clear();
        self.pending.clear();
    }
}

fn sum(items: &mut dyn Iterator<Item = &CartItem>) -> Option<Decimal> {
    let first = items.next()?;
    let mut sum = first.total;
    for item in items {
        if item.currency != first.currency {
            return None;
        }
        sum = decimal::add(sum, item.total)?;
    }
    Some(sum)
}

/// Randomness as text: an idempotency key, or the name of a line.
#[must_use]
pub fn hex(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::new();
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

fn from_json(json: &Json) -> Option<Cart> {
    if *json.get("version")? != Json::Number(VERSION.to_owned()) {
        return None;
    }
    let mut items = Vec::new();
    for item in read::list(json, "items") {
        items.push(read_item(item)?);
    }
    Some(Cart {
        items,
        key: read::text(json, "key"),
        pending: read::text(json, "pending"),
    })
}

fn read_item(json: &Json) -> Option<CartItem> {
    Some(CartItem {
        id: read::text(json, "id"),
        product: read::text(json, "product"),
        name: read::texts(json, "name")?,
        template: read::text(json, "template"),
        answers: read::answers(json, "answers")?,
        summary: read_summary(json)?,
        run: read::decimal(json, "run")?,
        unit: read::texts(json, "unit"),
        total: read::decimal(json, "total")?,
        currency: read::text(json, "currency"),
        page: read::text(json, "page"),
        saved: json.get("saved") == Some(&Json::Bool(true)),
        group: read_group(json)?,
    })
}

/// The group of a line, in the cart and in an order; carts of before had none.
pub(super) fn read_group(json: &Json) -> Option<Option<Group>> {
    let Some(group) = json.get("group") else {
        return Some(None);
    };
    Some(Some(Group {
        id: read::text(group, "id"),
        name: read::texts(group, "name")?,
    }))
}

/// The answers in words of a line, in the cart and in an order.
pub(super) fn read_summary(json: &Json) -> Option<Vec<Chosen>> {
    let mut summary = Vec::new();
    for chosen in read::list(json, "summary") {
        summary.push(Chosen {
            name: read::texts(chosen, "name")?,
            value: read::texts(chosen, "value")?,
            is_day: chosen.get("day") == Some(&Json::Bool(true)),
        });
    }
    Some(summary)
}

fn item_json(item: &CartItem) -> Json {
    let mut summary = Vec::new();
    for chosen in &item.summary {
        summary.push(Json::object([
            ("name", chosen.name.to_json()),
            ("value", chosen.value.to_json()),
            ("day", Json::Bool(chosen.is_day)),
        ]));
    }
    let json = Json::object([
        ("id", item.id.to_json()),
        ("product", item.product.to_json()),
        ("name", item.name.to_json()),
        ("template", item.template.to_json()),
        ("answers", item.answers.to_json()),
        ("summary", Json::List(summary)),
        ("run", item.run.to_json()),
        ("unit", Json::optional(item.unit.as_ref())),
        ("total", item.total.to_json()),
        ("currency", item.currency.to_json()),
        ("page", item.page.to_json()),
        ("saved", Json::Bool(item.saved)),
    ]);
    with_group(json, item)
}

/// Writes the group of a line, in the cart and in what is ordered.
pub(super) fn with_group(json: Json, item: &CartItem) -> Json {
    let Some(group) = &item.group else {
        return json;
    };
    let group = Json::object([("id", group.id.to_json()), ("name", group.name.to_json())]);
    json.with("group", group)
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
            summary: vec![Chosen {
                name: Texts::neutral("Бумага"),
                value: Texts::neutral("Матовая"),
                is_day: false,
            }],
            run: 600.into(),
            unit: None,
            total: total.into(),
            currency: "RUB".to_owned(),
            page: "/products/business-cards".to_owned(),
            saved: false,
            group: None,
        }
    }

    pub(crate) fn one(id: &str) -> Lines {
        Lines::One(id.to_owned())
    }

    /// A line in the group of this id.
    pub(crate) fn member(id: &str, group: &str, total: i64) -> CartItem {
        let group = Group {
            id: group.to_owned(),
            name: Texts::neutral("Для офиса"),
        };
        CartItem {
            group: Some(group),
            ..item(id, total)
        }
    }

    fn ids(cart: &Cart) -> Vec<&str> {
        cart.items.iter().map(|item| item.id.as_str()).collect()
    }

    fn cart() -> Cart {
        let mut cart = Cart::default();
        cart.put(item("a", 2928));
        cart.put(item("b", 345));
        cart
    }

    fn key(cart: &mut Cart, fresh: u8) -> String {
        cart.begin("body".to_owned(), || [fresh; 16]).key
    }

    #[test]
    fn a_stored_cart_is_read_as_it_was() {
        let mut kept = cart();
        kept.begin(r#"{"a":"\"б\""}"#.to_owned(), || [7; 16]);
        kept.items[0].unit = Some(Texts::neutral("шт."));
        let text = kept.write().unwrap();
        assert_eq!(Cart::read(Some(&text)), kept);
    }

    #[test]
    fn lines_of_a_group_stand_together_and_go_together() {
        let mut cart = Cart::default();
        for item in [member("a", "g", 1), item("b", 2), member("c", "g", 4)] {
            cart.put(item);
        }
        assert_eq!(ids(&cart), ["a", "c", "b"]);
        let whole = Lines::Whole("g".to_owned());
        let part = |saved| Lines::Group {
            id: "g".to_owned(),
            saved,
        };
        assert_eq!(cart.subtotal(&whole), Some(5.into()));
        assert_eq!(Cart::read(cart.write().as_deref()), cart);

        cart.save_for_later(&one("c"), true);
        assert_eq!(cart.subtotal(&part(false)), Some(1.into()));
        assert_eq!(cart.subtotal(&part(true)), Some(4.into()));
        cart.items[0].currency = "EUR".to_owned();
        assert_eq!(cart.subtotal(&whole), None, "of two currencies");

        let removed = cart.remove(&whole);
        assert_eq!(ids(&cart), ["b"]);
        for (at, item) in removed {
            cart.restore(at, item);
        }
        assert_eq!(ids(&cart), ["a", "c", "b"]);
        cart.put(item("d", 1));
        assert_eq!(ids(&cart), ["a", "c", "b", "d"], "no group is none to join");
    }

    #[test]
    fn a_cart_of_before_there_were_groups_is_read() {
        let cart = cart();
        let text = cart.write().unwrap();
        assert!(!text.contains("group"));
        assert_eq!(Cart::read(Some(&text)), cart);
        let broken = text.replacen("\"saved\"", "\"group\":{\"id\":1},\"saved\"", 1);
        assert_eq!(Cart::read(Some(&broken)), Cart::default());
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
            r#"{"version":1,"items":{"id":"a"}}"#,
            r#"{"version":"1","items":[]}"#,
        ] {
            assert_eq!(Cart::read(Some(stored)), Cart::default(), "{stored}");
        }
        assert_eq!(Cart::read(None).write(), None);
    }

    #[test]
    fn the_key_stays_while_the_cart_is_the_same_and_changes_with_it() {
        let mut cart = cart();
        let first = key(&mut cart, 1);
        assert_eq!(first, "01".repeat(16));
        assert_eq!(key(&mut cart, 2), first, "a second try is the same order");
        let mut reloaded = Cart::read(cart.write().as_deref());
        assert_eq!(key(&mut reloaded, 3), first, "a reload is the same order");

        cart.remove(&one("b"));
        assert_eq!(key(&mut cart, 4), "04".repeat(16));
        cart.put(item("c", 1));
        assert_eq!(key(&mut cart, 0xaf), "af".repeat(16));
        cart.accept(vec![Change {
            line: 0,
            total: Some(3000.into()),
            revision: "cd".repeat(32),
            ..Change::default()
        }]);
        assert_eq!(key(&mut cart, 6), "06".repeat(16));
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
        reloaded.remove(&one("b"));
        assert_eq!(reloaded.pending, "");
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

    #[test]
    fn a_removed_line_comes_back_to_its_place_once() {
        let mut cart = cart();
        let (at, item) = cart.remove(&one("a")).pop().unwrap();
        assert_eq!(cart.remove(&one("a")), []);
        cart.restore(at, item.clone());
        cart.restore(at, item);
        let ids: Vec<&str> = cart.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn what_is_saved_for_later_survives_but_does_not_count() {
        let mut cart = cart();
        let before = key(&mut cart, 1);
        cart.save_for_later(&one("a"), true);
        assert_eq!(cart.total(), Some(345.into()));
        let mut reloaded = Cart::read(cart.write().as_deref());
        assert_eq!(reloaded, cart);
        assert_ne!(
            key(&mut reloaded, 2),
            before,
            "another cart is another order"
        );
        reloaded.accept(vec![Change {
            total: Some(400.into()),
            ..Change::default()
        }]);
        assert_eq!(reloaded.total(), Some(400.into()), "the first ordered line");
        reloaded.save_for_later(&one("a"), false);
        assert_eq!(reloaded.total(), Some(3328.into()));
        reloaded.save_for_later(&one("a"), true);
        reloaded.save_for_later(&one("b"), true);
        assert_eq!(reloaded.total(), None);
    }
}

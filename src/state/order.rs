//! The order's page: what it says, its states in words, and when to ask again.

use tirage_pricing::json::Json;
use tirage_pricing::{Decimal, Texts, decimal};
use tirage_wire::cart::ShippingMethod;
use tirage_wire::order::{Forwarding, OrderStatus};

use super::cart::{Chosen, Group, read_group, read_summary};
use super::read;
use crate::locale::{Locale, fill};

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The product's name when it was ordered.
    pub name: Texts,
    /// How many.
    pub run: Decimal,
    /// What was chosen.
    pub summary: Vec<Chosen>,
    /// The line's price.
    pub total: Decimal,
    /// The group it was ordered in, if any.
    pub group: Option<Group>,
}

/// An order as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The order's number.
    pub number: String,
    /// When it was placed, RFC 3339.
    pub placed_at: String,
    /// Where it stands.
    pub status: OrderStatus,
    /// How far the forwarding has come.
    pub forwarding: Forwarding,
    /// The number under which the print house has it; empty while there is none.
    pub remote_number: String,
    /// How the print is handed over, if anything was said about it.
    pub shipping_method: Option<ShippingMethod>,
    /// The day the buyer would like; empty when they did not say.
    pub issue_date: String,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// Sum of the lines.
    pub total: Decimal,
    /// ISO 4217 code of the total.
    pub currency: String,
}

impl Order {
    /// The sum of a group's lines; none when there are none.
    #[must_use]
    pub fn subtotal(&self, group: &str) -> Option<Decimal> {
        let is_of = |line: &&OrderLine| line.group.as_ref().is_some_and(|own| own.id == group);
        let mut totals = self.lines.iter().filter(is_of).map(|line| line.total);
        let first = totals.next()?;
        totals.try_fold(first, decimal::add)
    }
}

/// Reads an order as the service sends it (`tirage_wire::order::OrderView`).
#[must_use]
pub fn read(json: &Json) -> Option<Order> {
    let mut lines = Vec::new();
    for line in read::list(json, "lines") {
        lines.push(OrderLine {
            name: read::texts(line, "name")?,
            run: read::decimal(line, "run")?,
            summary: read_summary(line)?,
            total: read::decimal(line, "total")?,
            group: read_group(line)?,
        });
    }
    Some(Order {
        number: read::text(json, "number"),
        placed_at: read::text(json, "placed_at"),
        status: OrderStatus::from_name(&read::text(json, "status"))?,
        forwarding: Forwarding::from_name(&read::text(json, "forwarding"))?,
        remote_number: read::text(json, "remote_number"),
        shipping_method: ShippingMethod::from_name(&read::text(json, "shipping_method")),
        issue_date: read::text(json, "issue_date"),
        lines,
        total: read::decimal(json, "total")?,
        currency: read::text(json, "currency"),
    })
}

/// How long to wait before asking again, while the order is on its way; none when it has settled.
#[must_use]
pub fn ask_again_ms(forwarding: Forwarding, asked: u32) -> Option<i32> {
    const LONGEST: i32 = 30_000;
    (forwarding == Forwarding::Sending).then(|| match asked {
        0..=4 => 1000 << asked,
        _ => LONGEST,
    })
}

/// The forwarding in words.
#[must_use]
pub fn forwarding(order: &Order, locale: &Locale) -> String {
    let texts = locale.cart_texts();
    let words = match order.forwarding {
        Forwarding::None => texts.forward_none,
        Forwarding::Sending => texts.forward_sending,
        Forwarding::Attention => texts.forward_attention,
        Forwarding::Arrived if order.remote_number.is_empty() => texts.forward_arrived,
        Forwarding::Arrived => texts.forward_arrived_numbered,
    };
    fill(words, &[("number", &order.remote_number)])
}

/// A way of handing over in words.
#[must_use]
pub fn shipping(method: ShippingMethod, locale: &Locale) -> &'static str {
    let texts = locale.cart_texts();
    match method {
        ShippingMethod::Pickup => texts.pickup,
        ShippingMethod::Courier => texts.courier,
        ShippingMethod::Carrier => texts.carrier,
        ShippingMethod::Post => texts.post,
    }
}

/// The status in words.
#[must_use]
pub fn status(status: OrderStatus, locale: &Locale) -> &'static str {
    let texts = locale.cart_texts();
    match status {
        OrderStatus::Draft => texts.status_draft,
        OrderStatus::Placed => texts.status_placed,
        OrderStatus::AwaitingPayment => texts.status_awaiting_payment,
        OrderStatus::InDesign => texts.status_in_design,
        OrderStatus::Approved => texts.status_approved,
        OrderStatus::InProduction => texts.status_in_production,
        OrderStatus::Ready => texts.status_ready,
        OrderStatus::Shipped => texts.status_shipped,
        OrderStatus::Delivered => texts.status_delivered,
        OrderStatus::Cancelled => texts.status_cancelled,
        OrderStatus::Refused => texts.status_refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_reads_what_the_service_writes() {
        use tirage_pricing::json::ToJson;
        use tirage_wire::cart::LineGroup;
        use tirage_wire::order as wire;
        let name = Texts::neutral("Визитки");
        let sent = wire::OrderView {
            number: "T-1".to_owned(),
            placed_at: "2026-11-24T04:27:00Z".to_owned(),
            status: OrderStatus::InProduction,
            forwarding: Forwarding::Arrived,
            remote_number: Some("A-7".to_owned()),
            shipping_method: Some(ShippingMethod::Courier),
            issue_date: Some("2026-12-01".to_owned()),
            lines: vec![wire::OrderLine {
                product: "business-cards".to_owned(),
                name: name.clone(),
                run: 600.into(),
                summary: vec![wire::SummaryItem {
                    name: name.clone(),
                    value: name.clone(),
                    day: None,
                }],
                total: 2928.into(),
                group: Some(LineGroup {
                    id: "g".to_owned(),
                    name: name.clone(),
                }),
            }],
            total: 2928.into(),
            currency: "RUB".to_owned(),
        };
        let order = read(&sent.to_json()).unwrap();
        assert_eq!(order.number, "T-1");
        assert_eq!(order.status, OrderStatus::InProduction);
        assert_eq!(order.lines[0].summary[0].value, name);
        assert_eq!(order.lines[0].run, 600.into());
        let group = order.lines[0].group.as_ref().unwrap();
        assert_eq!((&*group.id, &group.name), ("g", &name));
        assert_eq!(order.subtotal("g"), Some(2928.into()));
        assert_eq!(order.subtotal("h"), None);
        assert_eq!(order.shipping_method, Some(ShippingMethod::Courier));
        assert_eq!(order.issue_date, "2026-12-01");
        assert_eq!(
            forwarding(&order, Locale::of("en")),
            "The print house has the order, no. A-7."
        );
    }

    #[test]
    fn the_page_asks_ever_less_often_and_stops_when_settled() {
        let waits: Vec<Option<i32>> = (0..7)
            .map(|asked| ask_again_ms(Forwarding::Sending, asked))
            .collect();
        let expected = [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
        assert_eq!(waits, expected.map(Some));
        for settled in [Forwarding::None, Forwarding::Arrived, Forwarding::Attention] {
            assert_eq!(ask_again_ms(settled, 0), None);
        }
    }
}

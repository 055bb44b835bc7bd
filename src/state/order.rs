//! The order's page: its states in words, and when to ask again.

use tirage_wire::order::{Forwarding, OrderStatus, OrderView};

use crate::locale::{Locale, fill};

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
pub fn forwarding(order: &OrderView, locale: &Locale) -> String {
    let texts = locale.texts;
    let words = match (order.forwarding, &order.remote_number) {
        (Forwarding::None, _) => texts.forward_none,
        (Forwarding::Sending, _) => texts.forward_sending,
        (Forwarding::Attention, _) => texts.forward_attention,
        (Forwarding::Arrived, None) => texts.forward_arrived,
        (Forwarding::Arrived, Some(number)) => {
            return fill(texts.forward_arrived_numbered, &[("number", number)]);
        }
    };
    words.to_owned()
}

/// The status in words.
#[must_use]
pub fn status(status: OrderStatus, locale: &Locale) -> &'static str {
    let texts = locale.texts;
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

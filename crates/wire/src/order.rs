//! The receipt of an order and its page.

use tirage_pricing::{Decimal, Texts};

use crate::cart::{LineGroup, ShippingMethod};

words! {
    /// Where an order stands.
    pub enum OrderStatus {
        /// Not yet ordered.
        Draft = "draft",
        /// Ordered and stored.
        Placed = "placed",
        /// Waits for the buyer's payment.
        AwaitingPayment = "awaiting_payment",
        /// A designer works on it.
        InDesign = "in_design",
        /// The layout is approved.
        Approved = "approved",
        /// The print house works on it.
        InProduction = "in_production",
        /// Printed and finished.
        Ready = "ready",
        /// On its way.
        Shipped = "shipped",
        /// Received by the buyer.
        Delivered = "delivered",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Refused by the print house.
        Refused = "refused",
    }
}

words! {
    /// How far the forwarding of an order to the print house has come, as the buyer may know it.
    pub enum Forwarding {
        /// The shop has no connected print house, or sends by hand.
        None = "none",
        /// On its way; the service keeps trying.
        Sending = "sending",
        /// The print house has it.
        Arrived = "arrived",
        /// Somebody at the shop looks at it.
        Attention = "attention",
    }
}

record! { open
    /// The answer to a submitted cart.
    pub struct Receipt {
        /// The order's number, for people.
        required number: String,
        /// Unguessable name of the order's page.
        required token: String,
        /// Path of the order's page.
        required url: String,
        /// Where the order stands.
        required status: OrderStatus,
        /// Sum of the lines.
        required total: Decimal,
        /// ISO 4217 code of the total.
        required currency: String,
    }
}

record! { open
    /// An answer in words.
    pub struct SummaryItem {
        /// The parameter's name.
        required name: Texts,
        /// The answer.
        required value: Texts,
        /// `true` where the answer is a day, as `2026-12-01`.
        optional day: bool,
    }
}

record! { open
    /// A line of an order.
    pub struct OrderLine {
        /// The product's key.
        required product: String,
        /// The product's name when it was ordered.
        required name: Texts,
        /// How many.
        required run: Decimal,
        /// What was chosen.
        required summary: Vec<SummaryItem>,
        /// The line's price.
        required total: Decimal,
        /// The group it was ordered in, if any.
        optional group: LineGroup,
    }
}

record! { open
    /// An order's page.
    pub struct OrderView {
        /// The order's number.
        required number: String,
        /// When it was placed, RFC 3339.
        required placed_at: String,
        /// Where it stands.
        required status: OrderStatus,
        /// How far the forwarding has come.
        required forwarding: Forwarding,
        /// The number under which the print house has it.
        optional remote_number: String,
        /// How the print is handed over.
        optional shipping_method: ShippingMethod,
        /// The day on which the buyer would like to have it.
        optional issue_date: String,
        /// What was ordered.
        required lines: Vec<OrderLine>,
        /// Sum of the lines.
        required total: Decimal,
        /// ISO 4217 code of the total.
        required currency: String,
    }
}

//! What the administrator's pages show and send.

use tirage_pricing::Decimal;

use crate::cart::{Customer, Shipping};
use crate::order::{OrderLine, OrderStatus};

record! { strict
    /// The first administrator, made once through the printed link.
    pub struct Setup {
        /// The one-time token of the link.
        required token: String,
        /// Login name.
        required name: String,
        /// Password.
        required password: String,
    }
}

record! { strict
    /// A login.
    pub struct Login {
        /// Login name.
        required name: String,
        /// Password.
        required password: String,
    }
}

record! { open
    /// Who is logged in.
    pub struct Session {
        /// Login name.
        required name: String,
    }
}

words! {
    /// Where the forwarding of an order to one target stands.
    pub enum DeliveryState {
        /// Waits for its time.
        Pending = "pending",
        /// Being sent now.
        Leased = "leased",
        /// Sent with an unknown outcome; looked up before anything is sent again.
        Unknown = "unknown",
        /// Accepted by the target.
        Done = "done",
        /// Given up; needs an operator.
        Dead = "dead",
        /// Cancelled by an operator.
        Cancelled = "cancelled",
    }
}

record! { open
    /// The forwarding of an order to one target.
    pub struct Delivery {
        /// The delivery's id.
        required id: String,
        /// The connection.
        required target: String,
        /// Where it stands.
        required state: DeliveryState,
        /// Attempts made.
        required attempt: u32,
        /// When it is tried next, RFC 3339.
        optional next_at: String,
        /// The number under which the target has the order.
        optional remote_number: String,
        /// The last error, in words.
        optional error: String,
        /// Why nothing is sent to the target until an operator tries again: `failing`,
        /// `credentials` or the class of the attempt that showed it.
        optional paused: String,
    }
}

record! { open
    /// An attempt of a delivery.
    pub struct Attempt {
        /// Which, from 1.
        required attempt: u32,
        /// When it began, RFC 3339.
        required started: String,
        /// How long it took.
        required took_ms: u32,
        /// How it ended, a stable word.
        required class: String,
        /// How it ended, in words.
        optional error: String,
    }
}

record! { open
    /// An order in the list.
    pub struct OrderRow {
        /// The order's id.
        required id: String,
        /// Its number.
        required number: String,
        /// When it was placed, RFC 3339.
        required placed_at: String,
        /// The customer's name.
        required customer: String,
        /// Where it stands.
        required status: OrderStatus,
        /// Its total.
        required total: Decimal,
        /// ISO 4217 code of the total.
        required currency: String,
        /// Its deliveries.
        required deliveries: Vec<Delivery>,
    }
}

record! { open
    /// A page of orders, the newest first.
    pub struct OrderPage {
        /// The orders.
        required orders: Vec<OrderRow>,
        /// Where the next page begins.
        optional next: String,
    }
}

record! { open
    /// An entry of an order's history.
    pub struct OrderEvent {
        /// When, RFC 3339.
        required at: String,
        /// What happened, a stable word.
        required kind: String,
        /// More about it, in words.
        optional detail: String,
    }
}

record! { open
    /// A delivery with its attempts.
    pub struct DeliveryView {
        /// The delivery.
        required delivery: Delivery,
        /// Its attempts, the oldest first.
        required attempts: Vec<Attempt>,
    }
}

record! { open
    /// An order with everything about it.
    pub struct OrderDetail {
        /// The order's id.
        required id: String,
        /// Its number.
        required number: String,
        /// Path of the buyer's page.
        required url: String,
        /// When it was placed, RFC 3339.
        required placed_at: String,
        /// Where it stands.
        required status: OrderStatus,
        /// Who ordered.
        required customer: Customer,
        /// How the print gets to whoever receives it.
        optional shipping: Shipping,
        /// The day on which the buyer would like to have it.
        optional issue_date: String,
        /// When the buyer agreed that their personal data are processed, RFC 3339.
        optional consent_at: String,
        /// The buyer's word.
        optional comment: String,
        /// What was ordered.
        required lines: Vec<OrderLine>,
        /// Its total.
        required total: Decimal,
        /// ISO 4217 code of the total.
        required currency: String,
        /// Its deliveries.
        required deliveries: Vec<DeliveryView>,
        /// Its history, the oldest first.
        required events: Vec<OrderEvent>,
    }
}

words! {
    /// What an operator may do with a delivery.
    pub enum DeliveryAction {
        /// Try again now, under the same key.
        Retry = "retry",
        /// Never send it.
        Cancel = "cancel",
    }
}

record! { strict
    /// An operator's word on a delivery.
    pub struct DeliveryCommand {
        /// What to do.
        required action: DeliveryAction,
    }
}

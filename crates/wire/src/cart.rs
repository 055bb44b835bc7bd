//! What a buyer submits.

use tirage_pricing::{Answers, Decimal, Texts};

words! {
    /// Who orders.
    pub enum CustomerKind {
        /// A private person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
    }
}

record! { strict
    /// Who orders and how to reach them.
    pub struct Customer {
        /// A person or an organisation.
        required kind: CustomerKind,
        /// The contact's name.
        required name: String,
        /// The organisation's name, when one orders.
        optional organisation: String,
        /// Phone number, normalised to E.164 by the service.
        required phone: String,
        /// E-mail address.
        required email: String,
    }
}

words! {
    /// How the print gets to whoever receives it.
    pub enum ShippingMethod {
        /// Handed out at the print house.
        Pickup = "pickup",
        /// Brought by a courier.
        Courier = "courier",
        /// Sent by a transport company.
        Carrier = "carrier",
        /// Sent by post.
        Post = "post",
    }
}

record! { strict
    /// Who receives the order, when it is not who orders.
    pub struct Recipient {
        /// The recipient's name.
        required name: String,
        /// Phone number, normalised to E.164 by the service.
        optional phone: String,
    }
}

record! { strict
    /// How the print gets to whoever receives it.
    pub struct Shipping {
        /// The way it goes.
        required method: ShippingMethod,
        /// Where to; needed by every method but `pickup`, which has none.
        optional address: String,
        /// Who receives it; without one, the customer.
        optional recipient: Recipient,
    }
}

record! { strict
    /// What lines have in common that were put into the cart together.
    pub struct LineGroup {
        /// Tells the group from the others of its cart.
        required id: String,
        /// What people call it.
        required name: Texts,
    }
}

record! { strict
    /// One configured product.
    pub struct CartLine {
        /// The product's key.
        required product: String,
        /// Revision of the template the buyer saw.
        required template: String,
        /// The buyer's answers.
        required answers: Answers,
        /// The total the buyer saw.
        required total: Decimal,
        /// The group it belongs to, if any.
        optional group: LineGroup,
    }
}

record! { strict
    /// A cart as it is ordered.
    pub struct Cart {
        /// Who orders.
        required customer: Customer,
        /// How the print gets to whoever receives it.
        optional shipping: Shipping,
        /// The day on which the buyer would like to have it, as `2026-12-01`.
        optional issue_date: String,
        /// A word to the print house.
        optional comment: String,
        /// Whether the buyer agreed that their personal data are processed; `false` is refused.
        optional consent: bool,
        /// Language of the order's page and texts.
        required locale: String,
        /// What is ordered.
        required lines: Vec<CartLine>,
        /// Sum of the lines as the buyer saw it.
        required total: Decimal,
    }
}

record! { strict
    /// A question for a price.
    pub struct QuoteRequest {
        /// The product whose template in force is asked.
        optional product: String,
        /// Or a template's revision.
        optional template: String,
        /// The answers so far.
        required answers: Answers,
        /// Quantities to price; without them the answered one.
        optional runs: Vec<Decimal>,
        /// The language of the problems' messages, as `ru` or `en-GB`.
        optional locale: String,
    }
}

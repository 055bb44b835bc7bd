//! An order in neutral words, on its way to a print house.
//!
//! This is what the outbox stores and a connector receives; a system's own words begin behind it.

use tirage_pricing::{Answers, Decimal};

use crate::cart::{Customer, Shipping};

record! { open
    /// An answer in words, in the order's language.
    pub struct ForwardItem {
        /// The parameter's name.
        required name: String,
        /// The answer.
        required value: String,
    }
}

record! { open
    /// A line of the price.
    pub struct ForwardPriceLine {
        /// What is charged.
        required name: String,
        /// How much.
        required amount: Decimal,
    }
}

record! { open
    /// One product of the order.
    pub struct ForwardLine {
        /// The product's key in the shop.
        required product: String,
        /// The product's name.
        required name: String,
        /// Revision of our template.
        required template_revision: String,
        /// The print house's own template, where the product is bound to one.
        optional remote_template: String,
        /// How many.
        required run: Decimal,
        /// The effective answers.
        required answers: Answers,
        /// The files of the answers: their names, or what the page calls them.
        optional files: Vec<String>,
        /// The answers in words.
        required summary: Vec<ForwardItem>,
        /// Where the price comes from; the amounts add up to the total.
        required price_lines: Vec<ForwardPriceLine>,
        /// Price of one, for display.
        required unit_price: Decimal,
        /// Price of the line.
        required total: Decimal,
        /// The name of the group that it was ordered in, in the order's language.
        optional group: String,
    }
}

record! { open
    /// An entry of the order's discussion.
    pub struct ForwardComment {
        /// Who wrote it.
        required author: String,
        /// When, RFC 3339.
        required at: String,
        /// What.
        required text: String,
    }
}

record! { open
    /// The order to send.
    pub struct ForwardOrder {
        /// The order's number, by which people find it.
        required number: String,
        /// When it was placed, RFC 3339.
        required placed_at: String,
        /// Language of the texts.
        required locale: String,
        /// Who orders.
        required customer: Customer,
        /// How the print gets to whoever receives it.
        optional shipping: Shipping,
        /// The day on which the buyer would like to have it, as `2026-12-01`.
        optional issue_date: String,
        /// The discussion so far.
        required comments: Vec<ForwardComment>,
        /// What is ordered.
        required lines: Vec<ForwardLine>,
        /// Sum of the lines.
        required total: Decimal,
        /// ISO 4217 code of the prices.
        required currency: String,
        /// Address of the order's page.
        optional url: String,
    }
}

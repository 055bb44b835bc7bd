//! A price as any client sees it: keys and names instead of the engine's indices.

mod naming;

use tirage_pricing::json::{FromJson, Json, JsonError, Node, ToJson};
use tirage_pricing::{Answer, Decimal, Texts};

record! { open
    /// A value that cannot be chosen now.
    pub struct UnavailableValue {
        /// The value's key.
        required value: String,
        /// Why, where the template says.
        optional reason: Texts,
    }
}

record! { open
    /// A parameter as the answers leave it.
    pub struct Field {
        /// The parameter's key.
        required parameter: String,
        /// Whether it is asked at all.
        required available: bool,
        /// Whether it must be answered.
        required required: bool,
        /// The answer that counts.
        optional answer: Answer,
        /// Values that cannot be chosen now.
        required unavailable_values: Vec<UnavailableValue>,
    }
}

record! { open
    /// An answer that does not count as it was given.
    pub struct Notice {
        /// The parameter's key, or the unknown name itself.
        required parameter: String,
        /// `dropped`, `replaced` or `unknown`.
        required code: String,
        /// What was answered.
        required from: Answer,
        /// What counts instead.
        optional to: Answer,
    }
}

record! { open
    /// Why there is no price.
    pub struct Problem {
        /// The parameter's key, when it is about one.
        optional parameter: String,
        /// A stable word.
        required code: String,
        /// Figures and names of the sentence, by name.
        required arguments: Arguments,
        /// The template's own message, where it has one.
        optional message: Texts,
    }
}

record! { open
    /// One axis of a table look-up: an exact key, or a range and what fell into it.
    pub struct Coordinate {
        /// The axis.
        required axis: String,
        /// The exact key.
        optional key: String,
        /// Lower bound of the range.
        optional from: Decimal,
        /// Upper bound of the range; none for an open one.
        optional to: Decimal,
        /// What fell into the range.
        optional at: Decimal,
        /// `true` where the figure lies on the straight line between two rows.
        optional interpolated: bool,
    }
}

record! { open
    /// Where a figure was read.
    pub struct Lookup {
        /// The table's key.
        required table: String,
        /// The row, axis by axis.
        required coordinates: Vec<Coordinate>,
        /// What stands there.
        required cell: Decimal,
        /// How much is charged at this figure, where every tier is charged by itself.
        optional times: Decimal,
    }
}

record! { open
    /// A price times a quantity.
    pub struct Charge {
        /// The price of one, or of the whole where there is no quantity.
        required price: Decimal,
        /// The quantity.
        optional times: Decimal,
        /// What is counted.
        optional unit: Texts,
        /// What the price is charged for each of, such as `sheet` or `run`.
        optional per: String,
    }
}

record! { open
    /// A percentage of other lines.
    pub struct Percentage {
        /// The percentage, signed.
        required percent: Decimal,
        /// Of how much.
        required of: Decimal,
    }
}

record! { open
    /// What a rounding added or took.
    pub struct Rounding {
        /// Rounded to multiples of this.
        required step: Decimal,
        /// `up`, `down`, `half-up` or `half-even`.
        required direction: String,
        /// The sum before.
        required from: Decimal,
    }
}

record! { open
    /// What was missing to the least that is charged.
    pub struct Minimum {
        /// The least that is charged.
        required minimum: Decimal,
        /// The sum before.
        required from: Decimal,
    }
}

record! { open
    /// Value added tax.
    pub struct Vat {
        /// The rate, in percent.
        required rate: Decimal,
        /// The sum that is taxed.
        required of: Decimal,
        /// The tax.
        required tax: Decimal,
        /// Whether the prices contain it; then the line adds nothing.
        required included: bool,
    }
}

words! {
    /// How far a price that the print house computes can be relied on.
    pub enum Standing {
        /// The print house's word of now.
        Confirmed = "confirmed",
        /// Its word of some time ago: it did not answer yet, or cannot.
        Preliminary = "preliminary",
    }
}

words! {
    /// Why the print house's system gave no price.
    pub enum SourceProblem {
        /// It does not sell this; the message is its word.
        Refused = "source_refused",
        /// It did not answer, and no earlier price is known.
        Unavailable = "source_unavailable",
    }
}

record! { open
    /// A line of the price; exactly one of `charge`, `percentage`, `rounding`, `minimum` and
    /// `vat` explains it, and none a line that the print house told.
    pub struct Line {
        /// The line's key.
        required key: String,
        /// Its name.
        required name: Texts,
        /// Its part of the total.
        required amount: Decimal,
        /// The cells that its figures were read from.
        required lookups: Vec<Lookup>,
        /// A price times a quantity.
        optional charge: Charge,
        /// A percentage of other lines.
        optional percentage: Percentage,
        /// What a rounding added or took.
        optional rounding: Rounding,
        /// What was missing to the least that is charged.
        optional minimum: Minimum,
        /// Value added tax.
        optional vat: Vat,
        /// `true` for a line that the total before discount is without.
        optional discount: bool,
    }
}

record! { open
    /// A computed figure the template names, such as the number of sheets.
    pub struct NamedValue {
        /// The value's key.
        required key: String,
        /// The figure; a day counts from 1970-01-01.
        required value: Decimal,
        /// The day as `2027-03-01`, where it is one.
        optional date: String,
    }
}

record! { open
    /// The price of one quantity.
    pub struct RunQuote {
        /// The quantity.
        required run: Decimal,
        /// The sum of the lines; none where there are problems.
        optional total: Decimal,
        /// Total by quantity, half up to 0.01, for display only.
        optional unit_price: Decimal,
        /// What the total would be without discounts, where there is one.
        optional total_before_discount: Decimal,
        /// The value added tax in the total.
        optional vat: Decimal,
        /// In grams.
        optional weight: Decimal,
        /// How long production takes, in working days.
        optional production_days: Decimal,
        /// How long production takes, in working hours.
        optional production_hours: Decimal,
        /// How far the price can be relied on, where the print house computes it.
        optional standing: Standing,
        /// Lines that add up to the total exactly.
        required lines: Vec<Line>,
        /// Computed figures.
        required values: Vec<NamedValue>,
        /// Why there is no price.
        required problems: Vec<Problem>,
    }
}

record! { open
    /// A quote.
    pub struct Quote {
        /// ISO 4217 code of the prices.
        required currency: String,
        /// Every parameter, in the template's order.
        required fields: Vec<Field>,
        /// Answers that do not count as given.
        required notices: Vec<Notice>,
        /// Problems of the answers, whatever the quantity.
        required problems: Vec<Problem>,
        /// One entry per quantity asked.
        required runs: Vec<RunQuote>,
    }
}

/// Named figures of a problem's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments(pub Vec<(String, String)>);

impl ToJson for Arguments {
    fn to_json(&self) -> Json {
        let field = |(name, value): &(String, String)| (name.clone(), Json::text(value.as_str()));
        Json::Object(self.0.iter().map(field).collect())
    }
}

impl FromJson for Arguments {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.fields()?
            .map(|(name, value)| Ok((name.to_owned(), value.text()?.to_owned())))
            .collect::<Result<_, JsonError>>()
            .map(Self)
    }
}

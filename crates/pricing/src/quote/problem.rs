//! What keeps a price from being computed, as codes that a page can put into words.

use crate::Texts;

/// Something that keeps a price from being computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The parameter a buyer can change about it, when there is one.
    pub parameter: Option<usize>,
    /// What it is.
    pub code: ProblemCode,
    /// The numbers and names behind it, such as `min` and `max`.
    pub arguments: Vec<(&'static str, String)>,
    /// The template's own words, for a forbidden combination.
    pub message: Option<Texts>,
}

/// The kinds, each with its stable name: one list, so that none is forgotten in another.
macro_rules! codes {
    ($( $(#[$doc:meta])* $code:ident = $name:literal, )*) => {
        /// The kinds of problems.
        ///
        /// Not open to growth unseen: whoever puts problems into words is told by the compiler
        /// of each new one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode {
            $( $(#[$doc])* $code, )*
        }

        impl ProblemCode {
            /// Every code, for what must know them all.
            pub const ALL: [Self; [$( $name ),*].len()] = [$( Self::$code ),*];

            /// The code's stable name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $( Self::$code => $name, )*
                }
            }

            /// The code of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|code| code.as_str() == name)
            }
        }
    };
}

codes! {
    /// An answer is required and there is none.
    RequiredAnswerMissing = "required_answer_missing",
    /// The answer is of another kind, or no value of the choice.
    NotAnAnswer = "not_an_answer",
    /// The number is below its minimum or above its maximum.
    OutOfBounds = "out_of_bounds",
    /// The number is not a multiple of its step.
    NotAMultiple = "not_a_multiple",
    /// The number is not whole.
    NotWhole = "not_whole",
    /// The number is none of those that are offered.
    NotOffered = "not_offered",
    /// The text has too many characters, or several lines where one is allowed.
    TooLong = "too_long",
    /// A table has no price for this combination.
    NoSuchCombination = "no_such_combination",
    /// A number lies in none of a table's ranges.
    OutsideTheIntervals = "outside_the_intervals",
    /// A rule of the template forbids these answers together.
    ForbiddenCombination = "forbidden_combination",
    /// The answered value cannot be had for this run.
    ValueUnavailable = "value_unavailable",
    /// Such an order is priced by a person.
    AskForAQuote = "ask_for_a_quote",
    /// The print house's own system computes the price.
    PricedRemotely = "priced_remotely",
    /// A computation left the range of decimals.
    OutOfRange = "out_of_range",
    /// A computation divided by zero.
    DivisionByZero = "division_by_zero",
}

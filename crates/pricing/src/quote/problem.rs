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

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemCode {
    /// An answer is required and there is none.
    RequiredAnswerMissing,
    /// The answer is of another kind, or no value of the choice.
    NotAnAnswer,
    /// The number is below its minimum or above its maximum.
    OutOfBounds,
    /// The number is not a multiple of its step.
    NotAMultiple,
    /// The number is not whole.
    NotWhole,
    /// The number is none of those that are offered.
    NotOffered,
    /// The text has too many characters, or several lines where one is allowed.
    TooLong,
    /// A table has no price for this combination.
    NoSuchCombination,
    /// A number lies in none of a table's ranges.
    OutsideTheIntervals,
    /// A rule of the template forbids these answers together.
    ForbiddenCombination,
    /// The answered value cannot be had for this run.
    ValueUnavailable,
    /// Such an order is priced by a person.
    AskForAQuote,
    /// The print house's own system computes the price.
    PricedRemotely,
    /// A computation left the range of decimals.
    OutOfRange,
    /// A computation divided by zero.
    DivisionByZero,
}

impl ProblemCode {
    /// Every code, for what must know them all.
    pub const ALL: [Self; 15] = [
        Self::RequiredAnswerMissing,
        Self::NotAnAnswer,
        Self::OutOfBounds,
        Self::NotAMultiple,
        Self::NotWhole,
        Self::NotOffered,
        Self::TooLong,
        Self::NoSuchCombination,
        Self::OutsideTheIntervals,
        Self::ForbiddenCombination,
        Self::ValueUnavailable,
        Self::AskForAQuote,
        Self::PricedRemotely,
        Self::OutOfRange,
        Self::DivisionByZero,
    ];

    /// The code's stable name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequiredAnswerMissing => "required_answer_missing",
            Self::NotAnAnswer => "not_an_answer",
            Self::OutOfBounds => "out_of_bounds",
            Self::NotAMultiple => "not_a_multiple",
            Self::NotWhole => "not_whole",
            Self::NotOffered => "not_offered",
            Self::TooLong => "too_long",
            Self::NoSuchCombination => "no_such_combination",
            Self::OutsideTheIntervals => "outside_the_intervals",
            Self::ForbiddenCombination => "forbidden_combination",
            Self::ValueUnavailable => "value_unavailable",
            Self::AskForAQuote => "ask_for_a_quote",
            Self::PricedRemotely => "priced_remotely",
            Self::OutOfRange => "out_of_range",
            Self::DivisionByZero => "division_by_zero",
        }
    }

    /// The code of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

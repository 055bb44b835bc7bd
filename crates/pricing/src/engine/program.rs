//! The compiled form of a template: words that pricing reads from the front to the end.
//!
//! A rule is a run of words: what it is, then its parts, each in full before the next one. So
//! nothing is taken apart or put together when a template is loaded, nothing has to be dropped,
//! and a rule is read in the order it stands in memory.
//!
//! | File | What |
//! |---|---|
//! | `draft.rs`, `lower.rs` | the rules as trees, and the words made of them |
//! | `words.rs` | reading words |
//! | `evaluate.rs`, `look_up.rs`, `settle.rs`, `demand.rs`, `price.rs` | what each word means |
//!
//! Words come from the service and are trusted to mean something sensible, not to be whole: a
//! word that is missing or points nowhere reads as 0, so that damage makes no panic and no circle.

use super::asked::Asked;
use super::calendar::Calendar;
use super::keys::Keys;
use super::table::Cells;
use crate::paths::Paths;
use crate::{Decimal, Effective, Texts};

/// Everything pricing needs, by index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// First the words of [`head`], then rules and lists of them.
    pub(crate) code: Vec<u32>,
    /// What words point to: constants, and the numbers of the values of choices.
    pub(crate) numbers: Vec<Decimal>,
    pub(crate) strings: Vec<String>,
    pub(crate) messages: Vec<Texts>,
    /// By table.
    pub(crate) cells: Vec<Cells>,
    /// Which days are worked.
    pub(crate) calendar: Calendar,
    /// By parameter.
    pub(crate) asks: Vec<Asked>,
    /// The keys of the values of all choices.
    pub(crate) keys: Keys,
    /// By parameter.
    pub(crate) defaults: Vec<Option<Effective>>,
    /// By parameter: the answers that rules may hold.
    pub(crate) fixed: Vec<Option<Effective>>,
    /// Keys of parameters in order, to walk in step with sorted answers; [`head::BY_KEY`] says
    /// whose they are.
    pub(crate) by_key: Paths,
}

/// The first words: where lists and rules begin, 0 where there is none. A list is its length and
/// its words.
pub(crate) mod head {
    /// Parameters and values, each after what it needs: pairs of twice the index, one more for a
    /// value, and where the rule is, 0 for a parameter without one.
    pub(crate) const STEPS: usize = 0;
    /// The steps that another run may change, the quantity's own among them, in the same order.
    pub(crate) const PER_RUN: usize = 1;
    /// By parameter: 1 if another run may change it or whether it is required.
    pub(crate) const CHANGES: usize = 2;
    /// When parameters are required, of those that ever are: pairs of the parameter and its rule.
    pub(crate) const REQUIRED: usize = 3;
    /// Forbidden combinations: pairs of whether another run may change it, and its rule.
    pub(crate) const FORBIDS: usize = 4;
    /// By line.
    pub(crate) const LINES: usize = 5;
    /// By named value.
    pub(crate) const VALUES: usize = 6;
    /// Not a place but one more than the parameter that counts pieces.
    pub(crate) const QUANTITY: usize = 7;
    /// In grams.
    pub(crate) const WEIGHT: usize = 8;
    pub(crate) const PRODUCTION: usize = 9;
    /// The parameters in the order of their keys.
    pub(crate) const BY_KEY: usize = 10;
    /// For each parameter how many values it lists, and these in the order of their keys.
    pub(crate) const VALUES_BY_KEY: usize = 11;
    /// How many there are.
    #[cfg(feature = "compile")]
    pub(crate) const COUNT: usize = 12;
}

/// Words that begin a number.
pub(crate) mod number {
    /// Which constant.
    pub(crate) const CONSTANT: usize = 0;
    /// Which one.
    pub(crate) const PARAMETER: usize = 1;
    /// Which one.
    pub(crate) const VALUE: usize = 2;
    /// A number attached to the chosen value: parameter, and where the numbers of its values are.
    pub(crate) const ATTACHED: usize = 3;
    /// A number of a size or of inks: as [`ATTACHED`], then its place in an answer that is not
    /// listed.
    pub(crate) const FIGURE: usize = 4;
    /// Length, number, then operators each with a number.
    pub(crate) const CHAIN: usize = 5;
    /// Direction, number: to a whole number, which is most roundings and needs no division.
    pub(crate) const WHOLE: usize = 6;
    /// Direction, two numbers: the whole number next to their quotient.
    pub(crate) const QUOTIENT: usize = 7;
    /// See `look_up.rs`.
    pub(crate) const LOOK_UP: usize = 8;
    /// Condition, length, number, length, number.
    pub(crate) const IF: usize = 9;
    /// A condition as 1 or 0.
    pub(crate) const FLAG: usize = 10;
    /// The exponent and [`ABOVE_EXPONENTS`] together, number.
    pub(crate) const POWER: usize = 11;
    /// Number.
    pub(crate) const NEGATE: usize = 12;
    /// Number.
    pub(crate) const ABSOLUTE: usize = 13;
    /// Length, numbers.
    pub(crate) const MINIMUM: usize = 14;
    /// Length, numbers.
    pub(crate) const MAXIMUM: usize = 15;
    /// Value, lower and upper bound.
    pub(crate) const CLAMP: usize = 16;
    /// Direction, value, step.
    pub(crate) const ROUND: usize = 17;
    /// Parameter: how many values of a choice are chosen, or files there are.
    pub(crate) const COUNT: usize = 18;
    /// Parameter: how many characters a text has.
    pub(crate) const LENGTH: usize = 19;
    /// Parameter: how many of them are no spaces.
    pub(crate) const LETTERS: usize = 20;
    /// Function, how many arguments, numbers.
    pub(crate) const CALL: usize = 21;
    /// One more than how many lines, these lines; 0 for all before.
    pub(crate) const SUBTOTAL: usize = 22;

    /// The grammar of expressions stops before.
    pub(crate) const ABOVE_EXPONENTS: i32 = 100;
}

/// Words that begin a condition.
pub(crate) mod flag {
    #[cfg(feature = "compile")]
    pub(crate) const NEVER: usize = 0;
    pub(crate) const ALWAYS: usize = 1;
    /// Which one.
    pub(crate) const PARAMETER: usize = 2;
    /// Which one.
    pub(crate) const VALUE: usize = 3;
    /// The orders that will do, a bit for each from less to greater; two numbers.
    pub(crate) const COMPARE: usize = 4;
    /// Whether two conditions agree.
    pub(crate) const SAME: usize = 5;
    /// Parameter, how many, values: whether one of these is chosen.
    pub(crate) const CHOSEN: usize = 6;
    /// Parameter, how many, strings: whether a text is one of these.
    pub(crate) const TEXT: usize = 7;
    /// As [`TEXT`], small and capital letters being the same.
    pub(crate) const CODE: usize = 8;
    /// Length, number, numbers: whether it is one of the others.
    pub(crate) const AMONG: usize = 9;
    /// Parameter.
    pub(crate) const ANSWERED: usize = 10;
    pub(crate) const NOT: usize = 11;
    /// Length, conditions.
    pub(crate) const ALL: usize = 12;
    /// Length, conditions.
    pub(crate) const ANY: usize = 13;
    /// Condition, length, condition, length, condition.
    pub(crate) const IF: usize = 14;
}

/// Words that say what a line charges; a list of lines is one more than how many, and these lines,
/// 0 for all before.
pub(crate) mod charge {
    /// Number.
    pub(crate) const PRICE: usize = 0;
    /// Price and how often.
    pub(crate) const TIMES: usize = 1;
    /// Number, lines.
    pub(crate) const PERCENT: usize = 2;
    /// Constant, direction.
    pub(crate) const ROUNDING: usize = 3;
    /// Number: raises the sum so far to this.
    pub(crate) const MINIMUM: usize = 4;
    /// Number: above this a person makes the price.
    pub(crate) const MAXIMUM: usize = 5;
    /// Number, lines: value added tax.
    #[cfg(feature = "compile")]
    pub(crate) const VAT: usize = 6;
    /// The same, and the prices contain it.
    pub(crate) const VAT_WITHIN: usize = 7;
}

/// Where on an axis a look-up looks.
pub(crate) mod place {
    /// A row known beforehand.
    pub(crate) const ROW: usize = 0;
    /// Parameter, how many values, for each one more than its row, 0 where the table has none.
    pub(crate) const CHOSEN: usize = 1;
    /// One more than the parameter that a buyer could change to look elsewhere, 0 for none; number.
    #[cfg(feature = "compile")]
    pub(crate) const AT: usize = 2;
}

/// Bits of the first word of a parameter's rule, which says what follows, in this order.
pub(crate) mod ask {
    /// A condition.
    pub(crate) const AVAILABLE: usize = 1;
    /// How many values have a rule, for each the value, one more than its reason and a condition.
    pub(crate) const VALUES: usize = 2;
    /// A condition that holds the answer.
    pub(crate) const FIXED: usize = 4;
    /// How many values may be needed, for each the value and a condition.
    pub(crate) const NEEDS: usize = 8;
    /// In place of the first condition: a parameter that has to be yes, such as the switch of an
    /// operation.
    pub(crate) const SWITCHED: usize = 16;
    /// What is more than whether it is there.
    pub(crate) const MORE: usize = VALUES | FIXED | NEEDS;
}

/// Bits of the first word of a line, which says what follows, the charge after all else; then the
/// named values with look-ups that stand behind the charge, for the explanation, as a list.
pub(crate) mod line {
    /// It is left out of the total before discount; nothing follows.
    pub(crate) const DISCOUNT: usize = 1;
    /// A condition.
    pub(crate) const WHEN: usize = 2;
    /// Constant and direction, which the amount is rounded to.
    pub(crate) const ROUND: usize = 4;
}

impl Program {
    /// A word; 0 where there is none.
    pub(crate) fn word(&self, at: usize) -> usize {
        self.code.get(at).copied().unwrap_or_default() as usize
    }

    /// The list that a head points to.
    pub(crate) fn list(&self, head: usize) -> &[u32] {
        let at = self.word(head);
        if at == 0 {
            return &[];
        }
        let words = self.code.get(at + 1..).unwrap_or_default();
        words.get(..self.word(at)).unwrap_or_default()
    }

    /// A list of pairs.
    pub(crate) fn pairs(&self, head: usize) -> impl Iterator<Item = (usize, usize)> {
        let (pairs, _) = self.list(head).as_chunks::<2>();
        let pair = |[first, second]: &[u32; 2]| (*first as usize, *second as usize);
        pairs.iter().map(pair)
    }

    /// Whether another run may change a parameter or whether it is required.
    pub(crate) fn changes(&self, parameter: usize) -> bool {
        self.list(head::CHANGES).get(parameter) == Some(&1)
    }

    /// Whether a line is left out of the total before discount.
    pub(crate) fn is_discount(&self, line: usize) -> bool {
        let rule = self.list(head::LINES).get(line);
        rule.is_some_and(|rule| self.word(*rule as usize) & line::DISCOUNT > 0)
    }

    /// The parameter that counts pieces.
    pub(crate) fn quantity(&self) -> Option<usize> {
        let quantity = self.word(head::QUANTITY).checked_sub(1);
        quantity.filter(|quantity| *quantity < self.asks.len())
    }
}

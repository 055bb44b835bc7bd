//! A template's rules as the reader has checked them: trees, before they become words.

use super::calendar::Calendar;
use crate::decimal::Direction;
use crate::expression::{Compiled, Flag, Number};
use crate::{Decimal, Effective, Rounding, Texts};

/// Everything pricing needs, by index; [`super::lower`] makes the program of it.
#[derive(Debug)]
pub(crate) struct Draft {
    /// By parameter.
    pub(crate) asks: Box<[Ask]>,
    /// By named value.
    pub(crate) values: Box<[Compiled]>,
    /// Parameters and values, each after what it needs.
    pub(crate) steps: Box<[Step]>,
    /// The steps that another run may change, the quantity's own among them, in the same order.
    pub(crate) per_run: Box<[Step]>,
    /// By parameter: whether another run may change it or whether it is required.
    pub(crate) changes: Box<[bool]>,
    /// When parameters are required, of those that ever are.
    pub(crate) required: Box<[(usize, Flag)]>,
    pub(crate) forbids: Box<[Forbid]>,
    pub(crate) rules: Box<[Rule]>,
    pub(crate) quantity: Option<usize>,
    /// Which days are worked.
    pub(crate) calendar: Calendar,
    /// In grams.
    pub(crate) weight: Option<Number>,
    pub(crate) production: Option<Number>,
}

/// One thing to work out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Parameter(usize),
    Value(usize),
}

/// A parameter with its rules.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) default: Option<Effective>,
    pub(crate) available: Option<Flag>,
    /// The values of a choice that have a rule: index, rule, reason.
    pub(crate) value_rules: Box<[(usize, Flag, Option<Texts>)]>,
    /// The values of a choice that are chosen whatever is answered while their rule holds.
    pub(crate) value_needs: Box<[(usize, Flag)]>,
    /// The answer that counts whatever is answered while its rule holds.
    pub(crate) fixed: Option<(Flag, Effective)>,
}

/// A forbidden combination.
#[derive(Debug, Clone)]
pub(crate) struct Forbid {
    pub(crate) when: Flag,
    pub(crate) message: Texts,
    pub(crate) parameters: Box<[usize]>,
    /// Whether another run may change it.
    pub(crate) changes: bool,
}

/// A price line.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) when: Option<Flag>,
    pub(crate) charge: Charge,
    /// Named values with look-ups that stand behind the charge, for the explanation.
    pub(crate) behind: Box<[usize]>,
    pub(crate) round: Option<Rounding>,
    /// Whether it is left out of the total before discount.
    pub(crate) discount: bool,
}

/// What a line charges.
#[derive(Debug, Clone)]
pub(crate) enum Charge {
    Price {
        price: Number,
        times: Option<Number>,
    },
    Percent {
        percent: Number,
        /// The lines it is taken of; none for everything before.
        of: Option<Box<[usize]>>,
    },
    Rounding {
        step: Decimal,
        direction: Direction,
    },
    /// Raises the sum so far to this.
    Minimum(Number),
    /// Above this a person makes the price.
    Maximum(Number),
    Vat {
        rate: Number,
        /// The lines that are taxed; none for everything before.
        of: Option<Box<[usize]>>,
        /// Whether the prices contain it.
        included: bool,
    },
}

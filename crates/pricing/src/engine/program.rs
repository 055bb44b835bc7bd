//! The compiled form of a template: what pricing walks through.

use super::calendar::Calendar;
use super::keys::Keys;
use super::table::Cells;
use crate::decimal::Direction;
use crate::expression::{Compiled, Flag, Number};
use crate::{Decimal, Effective, Rounding, Texts};

/// Everything pricing needs, by index.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// By parameter.
    pub(crate) asks: Box<[Ask]>,
    /// By parameter: apart from the asks, because answered parameters do without.
    pub(crate) defaults: Box<[Option<Effective>]>,
    /// By parameter: the answers that rules may hold.
    pub(crate) fixed: Box<[Option<Effective>]>,
    /// Keys of parameters in order, to walk in step with sorted answers.
    pub(crate) by_key: Keys,
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
    /// By table.
    pub(crate) cells: Box<[Cells]>,
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
    /// The keys of the values of a choice.
    pub(crate) keys: Keys,
    pub(crate) available: Option<Flag>,
    /// The values of a choice that have a rule: index, rule, reason.
    pub(crate) value_rules: Box<[(usize, Flag, Option<Texts>)]>,
    /// The values of a choice that are chosen whatever is answered while their rule holds.
    pub(crate) value_needs: Box<[(usize, Flag)]>,
    /// While it holds, the parameter's fixed answer counts whatever is answered.
    pub(crate) fixed: Option<Flag>,
}

impl Ask {
    /// Whether the values or the answer depend on anything.
    pub(crate) fn has_rules(&self) -> bool {
        !self.value_rules.is_empty() || !self.value_needs.is_empty() || self.fixed.is_some()
    }
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

//! In which order parameters and values are worked out, and which of them another run changes.

use super::parameters::AskDraft;
use super::reader::{self, Mistakes};
use super::rules::ValueDraft;
use super::source::Source;
use crate::Parameter;
use crate::engine::{self, Graph, Step};
use crate::expression::{Expr, RESERVED, Symbols};
use crate::names;

/// The plan of evaluation. Its nodes are the parameters, then the values.
pub(super) struct Plan {
    /// Nodes, each after what it needs.
    order: Vec<usize>,
    /// By node: whether it depends on the quantity.
    depends: Vec<bool>,
    parameters: usize,
    quantity: Option<usize>,
}

/// The names of parameters and values, which have to differ.
pub(super) fn symbols<'t>(
    mistakes: &Mistakes,
    parameters: &'t [Parameter],
    values: &'t [ValueDraft],
) -> Symbols<'t> {
    let mut keys: Vec<&str> = Vec::with_capacity(parameters.len() + values.len());
    keys.extend(parameters.iter().map(|parameter| parameter.key.as_str()));
    keys.extend(values.iter().map(|value| value.info.key.as_str()));
    let place = |node: usize| match node.checked_sub(parameters.len()) {
        Some(value) => format!("/values/{value}/key"),
        None => format!("/parameters/{node}/key"),
    };
    let sorted = names::sorted(keys.iter().copied());
    mistakes.unique(&sorted, &place);
    if let Some(node) = keys.iter().position(|key| RESERVED.contains(key)) {
        let expected = "a key that is not a word of expressions";
        mistakes.note(reader::shape(
            place(node),
            expected,
            format!("`{}`", keys[node]),
        ));
    }
    Symbols::new(sorted, parameters.len())
}

impl Plan {
    /// Orders all rules; a circle is refused with the keys along it.
    pub(super) fn new(
        symbols: &Symbols<'_>,
        asks: &[AskDraft],
        values: &[ValueDraft],
        quantity: Option<usize>,
    ) -> Result<Self, Vec<usize>> {
        let parameters = asks.len();
        let needs: Graph = asks
            .iter()
            .map(|ask| {
                let rules = ask.value_rules.iter().map(|(_, rule, _)| rule);
                needed(symbols, ask.available.iter().chain(rules))
            })
            .chain(
                values
                    .iter()
                    .map(|value| needed(symbols, std::iter::once(&value.is))),
            )
            .collect();
        let order = engine::sort(&needs)?;
        let depends = engine::dependents(&needs, &order, quantity);
        Ok(Self {
            order,
            depends,
            parameters,
            quantity,
        })
    }

    fn step(&self, node: usize) -> Step {
        match node.checked_sub(self.parameters) {
            Some(value) => Step::Value(value),
            None => Step::Parameter(node),
        }
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        self.order.iter().map(|node| self.step(*node))
    }

    /// The steps that another run changes, given which parameters it changes.
    pub(super) fn per_run(&self, changes: &[bool]) -> impl Iterator<Item = Step> {
        self.steps().filter(|step| match step {
            Step::Parameter(index) => changes[*index],
            Step::Value(index) => self.depends[self.parameters + index],
        })
    }

    pub(super) fn values(&self) -> impl Iterator<Item = usize> {
        self.order
            .iter()
            .filter_map(|node| node.checked_sub(self.parameters))
    }

    /// Whether another run changes a parameter, or whether it is required.
    pub(super) fn changes(&self, symbols: &Symbols<'_>, index: usize, ask: &AskDraft) -> bool {
        self.depends[index]
            || self.quantity == Some(index)
            || ask
                .required
                .as_ref()
                .is_some_and(|rule| self.changes_rule(symbols, &rule.expr))
    }

    /// Whether another run changes what an expression gives.
    pub(super) fn changes_rule(&self, symbols: &Symbols<'_>, expr: &Expr) -> bool {
        let mut changes = false;
        expr.names(&mut |name| {
            changes |= symbols
                .node(name)
                .is_some_and(|node| self.depends[node] || self.quantity == Some(node));
        });
        changes
    }
}

/// Unknown names need nothing here; checking the expression reports them with their place.
fn needed<'s>(symbols: &Symbols<'_>, sources: impl Iterator<Item = &'s Source>) -> Vec<usize> {
    let mut needed = Vec::new();
    for source in sources {
        source
            .expr
            .names(&mut |name| needed.extend(symbols.node(name)));
    }
    needed
}

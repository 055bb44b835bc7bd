//! In which order parameters and values are worked out, and which of them another run changes.

use super::parameters::AskDraft;
use super::reader::{self, Mistakes};
use super::rules::{Sections, ValueDraft};
use super::sections::{Drafts, Guard};
use super::source::Source;
use crate::Parameter;
use crate::engine::{self, Graph, Step};
use crate::expression::{RESERVED, Symbols};
use crate::names;

/// The plan of evaluation. Its nodes are the parameters, then the values.
pub(super) struct Plan {
    /// Nodes, each after what it needs.
    order: Vec<usize>,
    /// By node: whether it depends on the quantity.
    depends: Vec<bool>,
    /// By node: whether it is a value that no answer changes.
    fixed: Vec<bool>,
    parameters: usize,
    quantity: Option<usize>,
}

/// The names of parameters and values.
pub(super) fn symbols<'t>(
    parameters: &'t [Parameter],
    values: &'t [ValueDraft],
    sections: Sections<'t>,
) -> Symbols<'t> {
    let keys = parameters.iter().map(|parameter| parameter.key.as_str());
    let keys = keys.chain(values.iter().map(|value| value.info.key.as_str()));
    Symbols::new(
        names::sorted(keys),
        parameters.len(),
        sections.surroundings,
        sections.repeated,
    )
}

/// Notes a key that stands twice, and one that is a word of expressions.
///
/// Sections share their names with parameters and values, because expressions look into them.
pub(super) fn check_keys(mistakes: &Mistakes, drafts: &Drafts) {
    let asked = drafts
        .asked
        .iter()
        .map(|asked| (&asked.parameter.key, &asked.pointer));
    let values = drafts
        .values
        .iter()
        .map(|value| (&value.info.key, &value.pointer));
    let mut keys: Vec<(&String, &String)> = asked.chain(values).collect();
    let own = drafts.sections.iter().zip(&drafts.pointers);
    let known = names::sorted(keys.iter().map(|(key, _)| key.as_str()));
    // What a section is asked for with, or whether it holds, has the section's own name and place.
    let has_own = |key: &str, pointer: &String| {
        names::find(&known, key).is_some_and(|at| keys[at].1 == pointer)
    };
    let others: Vec<(&String, &String)> = own
        .filter(|(section, pointer)| !has_own(&section.key, pointer))
        .map(|(section, pointer)| (&section.key, pointer))
        .collect();
    keys.extend(others);
    let sorted = names::sorted(keys.iter().map(|(key, _)| key.as_str()));
    mistakes.unique(&sorted, &|index| keys[index].1.clone());
    let last = |key: &str| RESERVED.contains(&key.rsplit('.').next().unwrap_or(key));
    if let Some((key, pointer)) = keys.iter().find(|(key, _)| last(key)) {
        let expected = "a key that is not a word of expressions";
        mistakes.note(reader::shape(
            (*pointer).clone(),
            expected,
            format!("`{key}`"),
        ));
    }
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
            .map(|ask| needed(symbols, parameters, ask.guard, &mut ask.sources()))
            .chain(values.iter().map(|value| {
                let mut is = std::iter::once(&value.is);
                needed(symbols, parameters, value.guard, &mut is)
            }))
            .collect();
        let order = engine::sort(&needs)?;
        let depends = engine::dependents(&needs, &order, quantity);
        let mut fixed = vec![false; needs.len()];
        for node in &order {
            fixed[*node] = *node >= parameters && needs[*node].iter().all(|needed| fixed[*needed]);
        }
        Ok(Self {
            order,
            depends,
            fixed,
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

    /// The values that no answer changes, each after what it needs.
    pub(super) fn fixed_values(&self) -> Vec<usize> {
        let fixed = self.order.iter().filter(|node| self.fixed[**node]);
        fixed.map(|node| node - self.parameters).collect()
    }

    /// Whether an expression of a line gives the same whatever is answered.
    pub(super) fn is_fixed(&self, symbols: &Symbols<'_>, source: &Source) -> bool {
        let mut fixed = !source.expr.adds_up_lines();
        symbols.needs(&source.expr, source.section, &mut |node| {
            fixed &= self.fixed[node];
        });
        fixed
    }

    /// Whether another run changes a parameter, or whether it is required.
    pub(super) fn changes(&self, symbols: &Symbols<'_>, index: usize, ask: &AskDraft) -> bool {
        self.depends[index]
            || self.quantity == Some(index)
            || ask
                .required
                .as_ref()
                .is_some_and(|rule| self.changes_rule(symbols, rule))
    }

    /// Whether another run changes what an expression gives.
    pub(super) fn changes_rule(&self, symbols: &Symbols<'_>, source: &Source) -> bool {
        let mut changes = false;
        symbols.needs(&source.expr, source.section, &mut |node| {
            changes |= self.changes_node(node);
        });
        changes
    }

    /// Whether another run changes whether a section is there.
    pub(super) fn changes_guard(&self, guard: Option<Guard>) -> bool {
        guard.is_some_and(|guard| self.changes_node(guard.node(self.parameters)))
    }

    fn changes_node(&self, node: usize) -> bool {
        self.depends[node] || self.quantity == Some(node)
    }
}

/// What has to be worked out before something in a section.
fn needed(
    symbols: &Symbols<'_>,
    parameters: usize,
    guard: Option<Guard>,
    sources: &mut dyn Iterator<Item = &Source>,
) -> Vec<usize> {
    let mut needed = Vec::new();
    needed.extend(guard.map(|guard| guard.node(parameters)));
    for source in sources {
        symbols.needs(&source.expr, source.section, &mut |node| needed.push(node));
    }
    needed
}

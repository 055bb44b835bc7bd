//! The names that expressions share: parameters, then named values.

use crate::names::{self, Sorted};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    Parameter(usize),
    Value(usize),
}

/// The names of parameters and values.
pub(crate) struct Symbols<'t> {
    /// By node: the parameters, then the values.
    names: Sorted<'t>,
    parameters: usize,
}

impl<'t> Symbols<'t> {
    pub(crate) fn new(names: Sorted<'t>, parameters: usize) -> Self {
        Self { names, parameters }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Symbol> {
        self.node(name).map(|node| self.symbol(node))
    }

    /// The number of a name when values are counted on after the parameters.
    pub(crate) fn node(&self, name: &str) -> Option<usize> {
        names::find(&self.names, name)
    }

    pub(crate) fn symbol(&self, node: usize) -> Symbol {
        match node.checked_sub(self.parameters) {
            Some(value) => Symbol::Value(value),
            None => Symbol::Parameter(node),
        }
    }
}

//! The names that expressions share: parameters, then named values, each under its path.
//!
//! A name is looked for in the section an expression stands in, then in the one around it, and at
//! last in the order itself, so that a detail's `paper` hides the order's `paper`.

use std::cell::Cell;

use super::syntax::{Expr, Form};
use crate::names::{self, Sorted};

/// What `of` and `subtotal` name.
pub(crate) const EARLIER_LINE: &str = "the key of an earlier line, detail or operation";

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol<'n> {
    Parameter(usize),
    Value(usize),
    /// A figure of a parameter's answer: `size.width_mm`, `paper.weight`.
    Attached(usize, &'n str),
}

/// A section as names see it.
#[derive(Debug)]
pub(crate) struct Surroundings {
    /// Its path with a dot at the end.
    pub(crate) prefix: String,
    /// The section around it.
    pub(crate) parent: Option<usize>,
}

/// The sections that a detail was repeated into, by the parameter that counts them.
#[derive(Debug)]
pub(crate) struct Repeated {
    pub(crate) count: usize,
    pub(crate) sections: Vec<usize>,
}

/// The names of parameters and values.
pub(crate) struct Symbols<'t> {
    /// By node: the parameters, then the values.
    names: Sorted<'t>,
    parameters: usize,
    sections: &'t [Surroundings],
    repeated: &'t [Repeated],
    /// How many nodes sums over details have been unrolled into so far: a short sum can stand
    /// for many, so the number is bounded.
    pub(crate) unrolled: Cell<usize>,
}

/// Where sums over details stop being unrolled; the reader refuses the template then.
pub(crate) const MOST_UNROLLED: usize = 2_000_000;

impl<'t> Symbols<'t> {
    pub(crate) fn new(
        names: Sorted<'t>,
        parameters: usize,
        sections: &'t [Surroundings],
        repeated: &'t [Repeated],
    ) -> Self {
        Self {
            names,
            parameters,
            sections,
            repeated,
            unrolled: Cell::new(0),
        }
    }

    /// What a name means in a section.
    pub(crate) fn get<'n>(&self, name: &'n str, section: Option<usize>) -> Option<Symbol<'n>> {
        let mut around = section.map(|section| &self.sections[section]);
        loop {
            let prefix = around.map_or("", |section| &section.prefix);
            if let Some(symbol) = self.at(prefix, name) {
                return Some(symbol);
            }
            around = around?.parent.map(|parent| &self.sections[parent]);
        }
    }

    fn at<'n>(&self, prefix: &str, name: &'n str) -> Option<Symbol<'n>> {
        if let Some(node) = self.node([prefix, name]) {
            return Some(self.symbol(node));
        }
        let (subject, figure) = name.rsplit_once('.')?;
        match self.symbol(self.node([prefix, subject])?) {
            Symbol::Parameter(parameter) => Some(Symbol::Attached(parameter, figure)),
            _ => None,
        }
    }

    fn node(&self, parts: [&str; 2]) -> Option<usize> {
        names::find(&self.names, &parts.concat())
    }

    fn symbol<'n>(&self, node: usize) -> Symbol<'n> {
        match node.checked_sub(self.parameters) {
            Some(value) => Symbol::Value(value),
            None => Symbol::Parameter(node),
        }
    }

    /// Marks the lines that a key means in a section: the line of this path, or all lines of the
    /// detail or operation of this path. Says whether there are any.
    pub(crate) fn choose_lines<'k>(
        &self,
        lines: &(impl Iterator<Item = &'k str> + Clone),
        key: &str,
        section: Option<usize>,
        chosen: &mut [bool],
    ) -> bool {
        let mut around = section.map(|section| &self.sections[section]);
        loop {
            let path = [around.map_or("", |section| &section.prefix), key].concat();
            let mut found = false;
            for (line, chosen) in lines.clone().zip(&mut *chosen) {
                let rest = line.strip_prefix(&*path);
                let is_meant = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
                *chosen |= is_meant;
                found |= is_meant;
            }
            let Some(section) = around.filter(|_| !found) else {
                return found;
            };
            around = section.parent.map(|parent| &self.sections[parent]);
        }
    }

    /// The detail that a name counts, when it repeats.
    pub(crate) fn repeated(&self, expr: &Expr, section: Option<usize>) -> Option<&'t Repeated> {
        let Form::Name(name) = &expr.form else {
            return None;
        };
        let Some(Symbol::Parameter(count)) = self.get(name, section) else {
            return None;
        };
        self.repeated
            .iter()
            .find(|repeated| repeated.count == count)
    }

    /// Visits the node of everything an expression names. Values are counted on after the
    /// parameters. Unknown names need nothing here: checking the expression reports them.
    pub(crate) fn needs(&self, expr: &Expr, section: Option<usize>, visit: &mut dyn FnMut(usize)) {
        match &expr.form {
            Form::Name(name) => match self.get(name, section) {
                Some(Symbol::Parameter(node) | Symbol::Attached(node, _)) => visit(node),
                Some(Symbol::Value(value)) => visit(self.parameters + value),
                None => {}
            },
            Form::Call(function, items) if is_over_details(function) && items.len() == 2 => {
                let Some(repeated) = self.repeated(&items[0], section) else {
                    return items
                        .iter()
                        .for_each(|item| self.needs(item, section, visit));
                };
                visit(repeated.count);
                let size = items[1].size() * repeated.sections.len();
                self.unrolled.set(self.unrolled.get().saturating_add(size));
                for section in &repeated.sections {
                    if self.unrolled.get() <= MOST_UNROLLED {
                        self.needs_once(&items[1], *section, visit);
                    }
                }
            }
            _ => expr.children(&mut |child| self.needs(child, section, visit)),
        }
    }

    /// What a sum's inner expression needs in one section; a sum inside it is refused later.
    fn needs_once(&self, expr: &Expr, section: usize, visit: &mut dyn FnMut(usize)) {
        match &expr.form {
            Form::Name(_) => self.needs(expr, Some(section), visit),
            _ => expr.children(&mut |child| self.needs_once(child, section, visit)),
        }
    }
}

/// The functions that take a repeating detail and an expression over each of its parts.
pub(crate) fn is_over_details(function: &str) -> bool {
    matches!(function, "sum" | "min" | "max")
}

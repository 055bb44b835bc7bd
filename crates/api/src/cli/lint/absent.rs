//! `choice != 'key'` of a choice that is not always answered: it holds then too.

use tirage_pricing::Template;

use super::super::source::Loaded;
use super::names::{Expression, each, path, surroundings, unnumbered};
use super::{Lint, Remark};

/// Comparisons that also hold while their choice has no answer, where nobody asks for one.
pub(super) fn remarks(loaded: &Loaded<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    each(&loaded.json, &mut |expression| {
        for name in compared(expression.text) {
            let asked = |name: &str| expression.text.contains(&format!("answered({name})"));
            if asked(name) || !may_be_absent(loaded, &expression, name) {
                continue;
            }
            let message = format!(
                "a comparison of `{name}` by != holds as well while `{name}` has no answer or is \
                 not available; ask `answered({name})` too, or for the values that are meant"
            );
            remarks.push(Remark::new(
                Lint::HoldsWhenAbsent,
                expression.pointer.clone(),
                message,
            ));
        }
    });
    remarks
}

/// The names that stand before `!=` and a text in quotes.
fn compared(expression: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in expression.match_indices("!=") {
        let (before, after) = expression.split_at(at);
        let before = before.trim_end();
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '.';
        let start = before.rfind(|char| !is_name(char)).map_or(0, |at| at + 1);
        let name = before.get(start..).unwrap_or_default();
        let quoted = after.trim_start_matches("!=").trim_start();
        if !name.is_empty() && quoted.starts_with(['\'', '"']) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a name means a choice that can be without an answer where this expression counts.
fn may_be_absent(loaded: &Loaded<'_>, expression: &Expression<'_>, name: &str) -> bool {
    let template = &loaded.template;
    let (name, _) = path(name);
    let around = surroundings(&expression.section);
    let meant = around.iter().find_map(|outer| {
        let full = super::names::joined(outer, &name);
        let parameters = template.parameters().iter();
        parameters
            .enumerate()
            .find(|(_, parameter)| unnumbered(&parameter.key) == full)
    });
    let Some((index, parameter)) = meant else {
        return false;
    };
    let Some(choice) = parameter.kind.choice().filter(|choice| !choice.many) else {
        return false;
    };
    let place = &template.places().parameters[index];
    let conditional = loaded.map.find(&format!("{place}/available")).is_some();
    let unanswered =
        parameter.default.is_none() && parameter.fixed.is_none() && !parameter.required;
    !choice.values.is_empty()
        && (conditional
            || unanswered
            || section_may_be_absent(template, parameter.section, &around))
}

/// Whether a section that buyers may leave out is around a parameter, but not around what reads it.
fn section_may_be_absent(template: &Template, section: Option<usize>, around: &[String]) -> bool {
    let mut section = section.map(|at| &template.sections()[at]);
    while let Some(at) = section {
        if at.switch.is_some() && !around.contains(&unnumbered(&at.key)) {
            return true;
        }
        section = at.parent.map(|parent| &template.sections()[parent]);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::compared;

    #[test]
    fn names_that_are_compared_with_a_text_are_found() {
        let found = |expression| compared(expression);
        assert_eq!(
            found("board != 'none' and cover.paper!=\"a\""),
            ["board", "cover.paper"]
        );
        assert_eq!(found("run != 5 or 'a' != size"), [""; 0]);
        assert_eq!(found("not (board = 'none')"), [""; 0]);
    }
}

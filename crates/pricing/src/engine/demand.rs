//! What a template demands of settled answers: the required ones, and no forbidden combination.

use super::evaluate::State;
use super::fault::plain;
use super::program::Forbid;
use crate::expression::Flag;
use crate::{Problem, ProblemCode, Template};

impl<'t> State<'t> {
    /// Marks a parameter as required or not, and says when it lacks an answer.
    pub(crate) fn require(
        &mut self,
        template: &'t Template,
        parameter: usize,
        rule: &'t Flag,
    ) -> Option<Problem> {
        let required = match self.flag(rule) {
            Ok(required) => required,
            Err(fault) => return Some(fault.problem(template)),
        };
        let field = &mut self.fields[parameter];
        field.required = required && field.available;
        (field.required && field.answer.is_none())
            .then(|| plain(Some(parameter), ProblemCode::RequiredAnswerMissing))
    }

    /// The problem that a forbidden combination makes, if the answers are that combination.
    pub(crate) fn forbidden(
        &mut self,
        template: &'t Template,
        forbid: &'t Forbid,
    ) -> Option<Problem> {
        match self.flag(&forbid.when) {
            Ok(false) => None,
            Err(fault) => Some(fault.problem(template)),
            Ok(true) => {
                let key = |index: &usize| template.parameters()[*index].key.as_str();
                let keys: Vec<&str> = forbid.parameters.iter().map(key).collect();
                let arguments = match keys.as_slice() {
                    [] => Vec::new(),
                    keys => vec![("parameters", keys.join(", "))],
                };
                Some(Problem {
                    parameter: forbid.parameters.first().copied(),
                    code: ProblemCode::ForbiddenCombination,
                    arguments,
                    message: Some(forbid.message.clone()),
                })
            }
        }
    }
}

//! What a template demands of settled answers: the required ones, and no forbidden combination.

use super::evaluate::State;
use super::fault::plain;
use super::program::Forbid;
use crate::expression::Flag;
use crate::{Problem, ProblemCode};

impl<'t> State<'t> {
    /// Marks a parameter as required or not, and says when it lacks an answer.
    pub(crate) fn require(&mut self, parameter: usize, rule: &'t Flag) -> Option<Problem> {
        let required = self.flag(rule);
        let required = match self.checked(required) {
            Ok(required) => required,
            Err(cause) => return Some(cause.problem(self.template)),
        };
        let field = &mut self.fields[parameter];
        field.required = required && field.available;
        (field.required && field.answer.is_none())
            .then(|| plain(Some(parameter), ProblemCode::RequiredAnswerMissing))
    }

    /// The problem that a forbidden combination makes, if the answers are that combination.
    pub(crate) fn forbidden(&mut self, forbid: &'t Forbid) -> Option<Problem> {
        let forbidden = self.flag(&forbid.when);
        match self.checked(forbidden) {
            Ok(false) => None,
            Err(cause) => Some(cause.problem(self.template)),
            Ok(true) => {
                let key = |index: &usize| self.template.parameters()[*index].key.as_str();
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

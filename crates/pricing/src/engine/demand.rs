//! What a template demands of settled answers: the required ones, and no forbidden combination.

use super::evaluate::State;
use super::fault::plain;
use crate::{Problem, ProblemCode, texts};

impl State<'_> {
    /// Marks a parameter as required or not, and says when it lacks an answer.
    pub(crate) fn require(&mut self, parameter: usize, rule: usize) -> Option<Problem> {
        let required = self.go_to(rule).flag();
        let required = match self.checked(required) {
            Ok(required) => required,
            Err(cause) => return Some(cause.problem(self.template)),
        };
        let field = self.fields.get_mut(parameter)?;
        field.required = required && field.available;
        (field.required && field.answer.is_none())
            .then(|| plain(Some(parameter), ProblemCode::RequiredAnswerMissing))
    }

    /// The problem that a forbidden combination makes, if the answers are that combination.
    ///
    /// The rule is the message, how many parameters, these, and a condition.
    pub(crate) fn forbidden(&mut self, rule: usize) -> Option<Problem> {
        let message = self.go_to(rule).word();
        let count = self.word();
        let concerned = self.words(count);
        let forbidden = self.flag();
        match self.checked(forbidden) {
            Ok(false) => None,
            Err(cause) => Some(cause.problem(self.template)),
            Ok(true) => {
                let parameters = self.template.parameters();
                let known = concerned
                    .iter()
                    .filter_map(|index| parameters.get(*index as usize));
                let keys = texts::listed(known.map(|known| known.key.as_str()));
                let arguments = match concerned {
                    [] => Vec::new(),
                    _ => vec![("parameters", keys)],
                };
                Some(Problem {
                    parameter: concerned.first().map(|index| *index as usize),
                    code: ProblemCode::ForbiddenCombination,
                    arguments,
                    message: self.program.messages.get(message).cloned(),
                })
            }
        }
    }
}

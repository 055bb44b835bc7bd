//! What a template demands of settled answers: the required ones, and no forbidden combination.

use super::evaluate::State;
use super::fault::plain;
use crate::{Problem, ProblemCode, texts};

impl State<'_> {
    /// Marks a parameter as required or not, and says when it lacks an answer or
    /// that cannot be worked out.
    pub(crate) fn require(&mut self, parameter: usize, rule: usize) -> Option<Problem> {
        let required = self.go_to(rule).flag();
        let is_known = self.fault.is_none();
        let field = self.fields.get_mut(parameter)?;
        field.required = is_known && required && field.available;
        let lacks = field.required && field.answer.is_none();
        if is_known {
            lacks.then(|| plain(Some(parameter), ProblemCode::RequiredAnswerMissing))
        } else {
            self.problem()
        }
    }

    /// The problem that a forbidden combination makes, if the answers are that combination.
    ///
    /// The rule is the message, how many parameters, these, and a condition.
    pub(crate) fn forbidden(&mut self, rule: usize) -> Option<Problem> {
        let message = self.go_to(rule).word();
        let count = self.word();
        let concerned = self.words(count);
        let forbidden = self.flag();
        if self.fault.is_some() {
            return self.problem();
        }
        if !forbidden {
            return None;
        }
        let first = concerned.first().map(|index| *index as usize);
        let mut problem = plain(first, ProblemCode::ForbiddenCombination);
        if first.is_some() {
            let mut keys = String::new();
            for (place, index) in concerned.iter().enumerate() {
                if let Some(known) = self.template.parameters().get(*index as usize) {
                    texts::enlist(&mut keys, place, &known.key);
                }
            }
            problem.add("parameters", keys);
        }
        problem.message = self.program.messages.get(message).cloned();
        Some(problem)
    }
}

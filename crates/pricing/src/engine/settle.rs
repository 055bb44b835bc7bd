//! What becomes of a parameter: availability, then the buyer's answer or the default, then what
//! is left of it when values cannot be had.

use super::answers::Reading;
use super::evaluate::State;
use super::fault::{Fault, plain};
use super::program::{Ask, Forbid, Requirement};
use crate::{Answer, Effective, Field, Problem, ProblemCode, Template, Unavailable};

/// Settling one parameter may be noteworthy.
#[derive(Debug)]
pub(crate) enum Remark {
    /// The answer does not count: the parameter is unavailable, or no value of it is left.
    Dropped,
    /// Another answer counts in its place.
    Replaced,
    /// Something is wrong with it.
    Problem(Problem),
}

impl<'t> State<'t> {
    /// Works out the field of one parameter.
    pub(crate) fn settle(
        &mut self,
        template: &'t Template,
        parameter: usize,
        given: Option<&Answer>,
        remarks: &mut Vec<(usize, Remark)>,
    ) {
        let ask = &self.program.asks[parameter];
        let fault = |fault: Fault| (parameter, Remark::Problem(fault.problem(template)));
        let available = match &ask.available {
            None => true,
            Some(rule) => self.flag(rule).unwrap_or_else(|failed| {
                remarks.push(fault(failed));
                false
            }),
        };
        if !available {
            if given.is_some() {
                remarks.push((parameter, Remark::Dropped));
            }
            self.fields[parameter] = Field::unavailable();
            return;
        }
        let mut unavailable = Vec::new();
        for (value, rule, reason) in &ask.value_rules {
            match self.flag(rule) {
                Ok(true) => {}
                Ok(false) => unavailable.push(Unavailable {
                    value: *value,
                    reason: reason.clone(),
                }),
                Err(failed) => remarks.push(fault(failed)),
            }
        }
        let answer = self.answer(ask, parameter, given, remarks);
        let answer = match answer {
            Some(answer) if !unavailable.is_empty() => {
                let kept = keep(ask, &unavailable, &answer);
                if given.is_some() && kept.as_ref() != Some(&answer) {
                    let remark = if kept.is_some() {
                        Remark::Replaced
                    } else {
                        Remark::Dropped
                    };
                    remarks.push((parameter, remark));
                }
                kept
            }
            answer => answer,
        };
        self.fields[parameter] = Field {
            available: true,
            required: false,
            answer,
            unavailable,
        };
    }

    fn answer(
        &self,
        ask: &Ask,
        parameter: usize,
        given: Option<&Answer>,
        remarks: &mut Vec<(usize, Remark)>,
    ) -> Option<Effective> {
        let Some(given) = given else {
            return ask.default.clone();
        };
        let (answer, misfit) = ask.reading.read(given);
        let replaced = match (&ask.reading, given) {
            (Reading::Constant(Effective::Number(constant)), Answer::Number(number)) => {
                constant != number
            }
            (Reading::Constant(Effective::Text(constant)), Answer::Text(text)) => constant != text,
            (Reading::Constant(Effective::Flag(constant)), Answer::Flag(flag)) => constant != flag,
            (Reading::Constant(_), _) => true,
            _ => false,
        };
        if replaced {
            remarks.push((parameter, Remark::Replaced));
        }
        match misfit {
            Some(misfit) => {
                remarks.push((parameter, Remark::Problem(misfit.problem(parameter))));
                answer
            }
            None => answer.or_else(|| ask.default.clone()),
        }
    }

    /// Says what a required parameter lacks; nothing when all is well.
    pub(crate) fn requirement(
        &mut self,
        template: &'t Template,
        parameter: usize,
    ) -> Option<Problem> {
        let program = self.program;
        let required = match &program.asks[parameter].required {
            Requirement::Never => false,
            Requirement::Always => true,
            Requirement::When(rule) => match self.flag(rule) {
                Ok(required) => required,
                Err(fault) => return Some(fault.problem(template)),
            },
        };
        let field = &mut self.fields[parameter];
        field.required = required && field.available;
        (field.required && field.answer.is_none())
            .then(|| plain(Some(parameter), ProblemCode::RequiredAnswerMissing))
    }
}

impl<'t> State<'t> {
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

impl Field {
    fn unavailable() -> Self {
        Self {
            available: false,
            required: false,
            answer: None,
            unavailable: Vec::new(),
        }
    }
}

/// What is left of an answer: itself, else the default, else the first value that can be had.
fn keep(ask: &Ask, unavailable: &[Unavailable], answer: &Effective) -> Option<Effective> {
    let can_be_had = |value: &usize| !unavailable.iter().any(|gone| gone.value == *value);
    match answer {
        Effective::Value(value) if !can_be_had(value) => {
            let default = match &ask.default {
                Some(Effective::Value(value)) if can_be_had(value) => Some(*value),
                _ => None,
            };
            let count = match &ask.reading {
                Reading::Choice { keys, .. } => keys.len(),
                _ => 0,
            };
            default
                .or_else(|| (0..count).find(can_be_had))
                .map(Effective::Value)
        }
        Effective::Values(values) => {
            let left: Vec<usize> = values.iter().copied().filter(can_be_had).collect();
            (!left.is_empty()).then_some(Effective::Values(left))
        }
        other => Some(other.clone()),
    }
}

//! What becomes of a parameter: availability, then the buyer's answer or the default, then what
//! is left of it when values cannot be had.

use super::answers::Reading;
use super::evaluate::State;
use super::program::Ask;
use crate::{Answer, Effective, Field, Problem, Template, Unavailable};

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

/// Remarks with the parameter they are about.
pub(crate) type Remarks = Vec<(usize, Remark)>;

impl<'t> State<'t> {
    /// Works out the field of one parameter.
    pub(crate) fn settle(
        &mut self,
        template: &'t Template,
        parameter: usize,
        given: Option<&Answer>,
        remarks: &mut Remarks,
    ) {
        let ask = &self.program.asks[parameter];
        let default = &self.program.defaults[parameter];
        let available = match &ask.available {
            None => true,
            Some(rule) => self.flag(rule).unwrap_or_else(|fault| {
                remarks.push((parameter, Remark::Problem(fault.problem(template))));
                false
            }),
        };
        if !available {
            if given.is_some() {
                remarks.push((parameter, Remark::Dropped));
            }
            self.fields[parameter] = Field {
                available: false,
                ..Field::default()
            };
            return;
        }
        if !ask.value_rules.is_empty() {
            self.fields[parameter].unavailable = self.unavailable(template, parameter, remarks);
        }
        let field = &mut self.fields[parameter];
        field.available = true;
        match given {
            None => field.answer.clone_from(default),
            Some(given) => read((parameter, &ask.reading), given, field, default, remarks),
        }
        if !field.unavailable.is_empty()
            && let Some(remark) = keep(ask, default, field)
            && given.is_some()
        {
            remarks.push((parameter, remark));
        }
    }

    /// The values of a choice that their rules exclude.
    fn unavailable(
        &mut self,
        template: &'t Template,
        parameter: usize,
        remarks: &mut Remarks,
    ) -> Vec<Unavailable> {
        let mut unavailable = Vec::new();
        for (value, rule, reason) in &self.program.asks[parameter].value_rules {
            match self.flag(rule) {
                Ok(true) => {}
                Ok(false) => {
                    unavailable.push(Unavailable {
                        value: *value,
                        reason: reason.clone(),
                    });
                }
                Err(fault) => {
                    remarks.push((parameter, Remark::Problem(fault.problem(template))));
                }
            }
        }
        unavailable
    }
}

/// The buyer's answer as far as it is one; an answer that says nothing gives the default.
fn read(
    (parameter, reading): (usize, &Reading),
    given: &Answer,
    field: &mut Field,
    default: &Option<Effective>,
    remarks: &mut Remarks,
) {
    match reading.read(given, &mut field.answer) {
        Err(mut problem) => {
            problem.parameter = Some(parameter);
            remarks.push((parameter, Remark::Problem(*problem)));
        }
        Ok(()) if field.answer.is_none() => field.answer.clone_from(default),
        Ok(()) => {}
    }
    if let Reading::Constant(constant) = reading {
        let same = match (constant, given) {
            (Effective::Flag(constant), Answer::Flag(flag)) => constant == flag,
            (Effective::Number(constant), Answer::Number(number)) => constant == number,
            (Effective::Text(constant), Answer::Text(text)) => constant == text,
            _ => false,
        };
        if !same {
            remarks.push((parameter, Remark::Replaced));
        }
    }
}

/// Leaves of an answer what can be had: itself, else the default, else the first value.
/// Says what became of it when it did not stay.
fn keep(ask: &Ask, default: &Option<Effective>, field: &mut Field) -> Option<Remark> {
    let gone = &field.unavailable;
    let can_be_had = |value: &usize| !gone.iter().any(|gone| gone.value == *value);
    let kept = match (&mut field.answer, &ask.reading) {
        (Some(Effective::Value(value)), Reading::Choice { keys, .. }) if !can_be_had(value) => {
            let default = match default {
                Some(Effective::Value(value)) if can_be_had(value) => Some(*value),
                _ => None,
            };
            default
                .or_else(|| (0..keys.len()).find(can_be_had))
                .map(Effective::Value)
        }
        (Some(Effective::Values(values)), _) if !values.iter().all(can_be_had) => {
            values.retain(can_be_had);
            (!values.is_empty()).then(|| Effective::Values(std::mem::take(values)))
        }
        _ => return None,
    };
    field.answer = kept;
    Some(if field.answer.is_some() {
        Remark::Replaced
    } else {
        Remark::Dropped
    })
}

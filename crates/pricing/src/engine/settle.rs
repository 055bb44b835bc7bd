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
        let fixed = self.fixed(template, parameter, remarks);
        let field = &mut self.fields[parameter];
        field.available = true;
        field.fixed = fixed;
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
        if fixed && self.hold(parameter, remarks) && given.is_some() {
            remarks.push((parameter, Remark::Replaced));
        }
    }

    /// Whether a rule holds the answer now.
    fn fixed(&mut self, template: &'t Template, parameter: usize, remarks: &mut Remarks) -> bool {
        let ask = &self.program.asks[parameter];
        let rules = ask.value_needs.iter().map(|(_, rule)| rule);
        let mut holds = false;
        for rule in ask.fixed.iter().chain(rules) {
            match self.flag(rule) {
                Ok(flag) => holds |= flag,
                Err(fault) => {
                    remarks.push((parameter, Remark::Problem(fault.problem(template))));
                }
            }
        }
        holds
    }

    /// Gives a held parameter its answer, and says whether that is another one.
    fn hold(&mut self, parameter: usize, remarks: &mut Remarks) -> bool {
        let ask = &self.program.asks[parameter];
        let before = self.fields[parameter].answer.clone();
        if let Some(rule) = &ask.fixed
            && self.flag(rule).unwrap_or_default()
        {
            self.fields[parameter]
                .answer
                .clone_from(&self.program.fixed[parameter]);
            // What was wrong with an answer that does not count is no concern.
            while remarks.last().is_some_and(|(about, _)| *about == parameter) {
                remarks.pop();
            }
        }
        for (value, rule) in &ask.value_needs {
            if self.flag(rule).unwrap_or_default() {
                let is_single = !matches!(&ask.reading, Reading::Choice { many: true, .. });
                need(*value, is_single, &mut self.fields[parameter].answer);
            }
        }
        before != self.fields[parameter].answer
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

/// Puts a needed value in place of a choice of one, or among those of a choice of several.
fn need(value: usize, is_single: bool, answer: &mut Option<Effective>) {
    match answer {
        Some(Effective::Values(values)) => {
            let at = values.partition_point(|chosen| *chosen < value);
            if values.get(at) != Some(&value) {
                values.insert(at, value);
            }
        }
        _ if is_single => *answer = Some(Effective::Value(value)),
        _ => *answer = Some(Effective::Values(vec![value])),
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
        (Some(Effective::Value(value)), reading) if !can_be_had(value) => {
            let default = match default {
                Some(Effective::Value(value)) if can_be_had(value) => Some(*value),
                _ => None,
            };
            default
                .or_else(|| (0..reading.listed()).find(can_be_had))
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

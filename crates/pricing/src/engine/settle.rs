//! What becomes of a parameter: availability, then the buyer's answer or the default, then what
//! is left of it when values cannot be had.

use super::answers::Reading;
use super::evaluate::State;
use super::program::ask;
use crate::quote::Gone;
use crate::{Answer, Choice, Effective, Field, Kind, Long, Problem, Unavailable};

/// Settling one parameter may be noteworthy.
#[derive(Debug)]
pub(crate) enum Remark {
    /// The answer does not count: the parameter is unavailable, or no value of it is left.
    Dropped,
    /// Another answer counts in its place.
    Replaced,
    /// Something is wrong with it. Boxed, because remarks are handed on and put in order.
    Problem(Box<Problem>),
}

/// Remarks with the parameter they are about, as they came until they are taken: those of one
/// stand together, because it is settled once.
#[derive(Default)]
pub(crate) struct Remarks(pub(crate) Vec<(usize, Option<Remark>)>);

impl Remarks {
    #[inline(never)]
    fn push(&mut self, parameter: usize, remark: Remark) {
        self.0.push((parameter, Some(remark)));
    }

    /// Takes those about the parameter that is being settled back.
    fn forget(&mut self, parameter: usize) {
        while self.0.pop_if(|(about, _)| *about == parameter).is_some() {}
    }

    /// Where those of each parameter begin; at one about another where there are none. In the order
    /// of parameters a long chain of rules in reverse order costs no more than a short one.
    pub(crate) fn starts(&self, parameters: usize) -> Vec<usize> {
        let mut starts = vec![0; parameters];
        for (at, (parameter, _)) in self.0.iter().enumerate().rev() {
            if let Some(start) = starts.get_mut(*parameter) {
                *start = at;
            }
        }
        starts
    }

    /// Takes the one at a place, if it is about this parameter.
    pub(crate) fn take(&mut self, at: usize, parameter: usize) -> Option<Remark> {
        let (about, remark) = self.0.get_mut(at)?;
        remark.take_if(|_| *about == parameter)
    }
}

/// What rules say of a parameter besides whether it is there.
#[derive(Default)]
struct Ruled {
    /// The fixed answer counts.
    fixed: bool,
    /// The values that are needed, in the order of their rules.
    needed: Vec<usize>,
}

impl<'t> State<'t> {
    /// Works out the field of one parameter, whose rule is at a place; 0 for none. Always a part of
    /// the loop that calls it: nearly all parameters of a large template go no further.
    #[inline(always)]
    pub(crate) fn settle(
        &mut self,
        (parameter, rule): (usize, usize),
        given: Option<&Answer>,
        remarks: &mut Remarks,
    ) {
        // A damaged program may name any: nothing is said of what is not there.
        if parameter >= self.fields.len() {
            return;
        }
        let program = self.program;
        let parts = if rule > 0 { self.go_to(rule).word() } else { 0 };
        let is_there = if parts & ask::SWITCHED > 0 {
            matches!(self.answer(), Some(Effective::Flag(true)))
        } else {
            parts & ask::AVAILABLE == 0 || self.holds(parameter, remarks) == Some(true)
        };
        let field = &mut self.fields[parameter];
        if is_there
            && parts & ask::MORE == 0
            && let Some(given) = given
            && program.asks[parameter].read(&program.keys, given, &mut field.answer)
        {
            field.available = true;
        } else {
            self.settle_rarer((parameter, parts), is_there, given, remarks);
        }
    }

    /// Works out the field of a parameter with further rules, or with an answer that is missing,
    /// wrong or in a less usual form.
    #[inline(never)]
    fn settle_rarer(
        &mut self,
        (parameter, parts): (usize, usize),
        is_there: bool,
        given: Option<&Answer>,
        remarks: &mut Remarks,
    ) {
        let mut ruled = Ruled::default();
        if is_there {
            self.rules((parts, parameter), &mut ruled, remarks);
        } else {
            if given.is_some() {
                remarks.push(parameter, Remark::Dropped);
            }
            self.fields[parameter] = Field {
                available: false,
                ..Field::default()
            };
            return;
        }
        let default = &self.program.defaults[parameter];
        let reading = self.reading(parameter);
        let field = &mut self.fields[parameter];
        field.available = true;
        match given {
            None => field.answer.clone_from(default),
            Some(given) => read((parameter, reading), given, field, default, remarks),
        }
        if field.gone.is_some()
            && let Some(remark) = keep(reading, default, field)
            && given.is_some()
        {
            remarks.push(parameter, remark);
        }
        field.fixed = ruled.fixed || !ruled.needed.is_empty();
        if field.fixed && self.hold(parameter, &ruled, remarks) && given.is_some() {
            remarks.push(parameter, Remark::Replaced);
        }
    }

    /// How a parameter reads answers.
    fn reading(&self, parameter: usize) -> Reading<'t> {
        Reading {
            kind: &self.template.parameters()[parameter].kind,
            keys: self.program.keys.list(self.program.asks[parameter].keys()),
        }
    }

    /// Whether the rule of a parameter that comes next holds; none where that cannot be worked out.
    fn holds(&mut self, parameter: usize, remarks: &mut Remarks) -> Option<bool> {
        let flag = self.flag();
        if self.fault.is_none() {
            return Some(flag);
        }
        if let Some(problem) = self.problem() {
            remarks.push(parameter, Remark::Problem(Box::new(problem)));
        }
        None
    }

    /// Notes which values of a choice its rules exclude, and says what else they do.
    #[inline(never)]
    fn rules(
        &mut self,
        (parts, parameter): (usize, usize),
        ruled: &mut Ruled,
        remarks: &mut Remarks,
    ) {
        if parts & ask::VALUES > 0 {
            let mut gone = Vec::new();
            for _ in 0..self.count() {
                let (value, reason) = (self.word(), self.word().checked_sub(1));
                if self.holds(parameter, remarks) == Some(false) {
                    let reason = reason.and_then(|reason| self.program.messages.get(reason));
                    let reason = reason.cloned();
                    gone.push(Unavailable { value, reason });
                }
            }
            self.fields[parameter].gone = (!gone.is_empty()).then(|| Box::new(Gone(gone)));
        }
        if parts & ask::FIXED > 0 {
            ruled.fixed = self.holds(parameter, remarks) == Some(true);
        }
        if parts & ask::NEEDS > 0 {
            for _ in 0..self.count() {
                let value = self.word();
                if self.holds(parameter, remarks) == Some(true) {
                    ruled.needed.push(value);
                }
            }
        }
    }

    /// Gives a held parameter its answer, and says whether that is another one.
    #[inline(never)]
    fn hold(&mut self, parameter: usize, ruled: &Ruled, remarks: &mut Remarks) -> bool {
        let before = self.answered(parameter);
        if ruled.fixed {
            self.fields[parameter]
                .answer
                .clone_from(&self.program.fixed[parameter]);
            // What was wrong with an answer that does not count is no concern.
            remarks.forget(parameter);
        }
        let kind = self.reading(parameter).kind;
        let is_single = !matches!(kind, Kind::Choice(Choice { many: true, .. }));
        for value in &ruled.needed {
            need(*value, is_single, &mut self.fields[parameter].answer);
        }
        before != self.answered(parameter)
    }

    /// What counts as the answer to a parameter, as the buyer would give it, and whether it is a
    /// listed value: the key of one may be what another size is written as.
    #[inline(never)]
    pub(crate) fn answered(&self, parameter: usize) -> Option<(bool, Answer)> {
        let effective = self.effective(parameter)?;
        let answer = self.template.parameters()[parameter].answer(effective)?;
        Some((matches!(effective, Effective::Value(_)), answer))
    }
}

/// Puts a needed value in place of a choice of one, or among those of a choice of several.
fn need(value: usize, is_single: bool, answer: &mut Option<Effective>) {
    if is_single {
        *answer = Some(Effective::Value(value));
        return;
    }
    let chosen = match answer.as_ref().and_then(Effective::long) {
        Some(Long::Values(chosen)) => chosen.as_slice(),
        _ => &[],
    };
    let at = chosen.iter().take_while(|chosen| **chosen < value).count();
    if chosen.get(at) != Some(&value) {
        let mut values = chosen.to_vec();
        values.insert(at, value);
        *answer = Some(Long::Values(values).into());
    }
}

/// The buyer's answer as far as it is one; an answer that says nothing gives the default.
fn read(
    (parameter, reading): (usize, Reading<'_>),
    given: &Answer,
    field: &mut Field,
    default: &Option<Effective>,
    remarks: &mut Remarks,
) {
    match reading.read(given, &mut field.answer) {
        Err(mut problem) => {
            problem.parameter = Some(parameter);
            remarks.push(parameter, Remark::Problem(problem));
        }
        Ok(()) if field.answer.is_none() => field.answer.clone_from(default),
        Ok(()) => {}
    }
    if let Kind::Constant(constant) = reading.kind
        && constant != given
    {
        remarks.push(parameter, Remark::Replaced);
    }
}

/// Leaves of an answer what can be had: itself, else the default, else the first value.
/// Says what became of it when it did not stay.
fn keep(reading: Reading<'_>, default: &Option<Effective>, field: &mut Field) -> Option<Remark> {
    let gone = field.unavailable();
    let can_be_had = |value: &usize| !gone.iter().any(|gone| gone.value == *value);
    let kept = match &field.answer {
        Some(Effective::Value(value)) if !can_be_had(value) => {
            let default = match default {
                Some(Effective::Value(value)) if can_be_had(value) => Some(*value),
                _ => None,
            };
            default
                .or_else(|| (0..reading.keys.len()).find(can_be_had))
                .map(Effective::Value)
        }
        Some(Effective::Long(long)) => {
            let Long::Values(values) = &**long else {
                return None;
            };
            let mut left = Vec::new();
            for value in values {
                if can_be_had(value) {
                    left.push(*value);
                }
            }
            if left.len() == values.len() {
                return None;
            }
            (!left.is_empty()).then(|| Long::Values(left).into())
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

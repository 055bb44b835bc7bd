//! What no answer changes is worked out once at load: where that fails, every quote would.

use super::evaluate::State;
use super::fault::Cause;
use super::program::{head, line};
use crate::Template;

/// What gives the same whatever is answered.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// Named values, each after what it needs.
    pub(crate) values: Vec<usize>,
    pub(crate) lines: Vec<usize>,
}

/// What can never be worked out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Impossible {
    Value(usize, Cause),
    Line(usize, Cause),
}

/// Works out what is fixed.
pub(crate) fn try_fixed(template: &Template, fixed: &Fixed) -> Result<(), Impossible> {
    let mut state = State::new(template);
    let values = state.program.list(head::VALUES);
    for value in &fixed.values {
        let number = state.go_to(values[*value] as usize).number();
        let number = state.checked(number);
        state.values[*value] = Ok(number.map_err(|cause| Impossible::Value(*value, cause))?);
    }
    let lines = state.program.list(head::LINES);
    for charged in &fixed.lines {
        let parts = state.go_to(lines[*charged] as usize).word();
        if parts & line::WHEN > 0 {
            // When it is charged may hang on answers.
            state.flag();
            state.fault = None;
        }
        state.charge(*charged, parts);
        (state.total, state.lines) = Default::default();
        let charged = state
            .checked(())
            .map_err(|cause| Impossible::Line(*charged, cause));
        charged?;
    }
    Ok(())
}

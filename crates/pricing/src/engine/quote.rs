//! The order of pricing: settle what the answered quantity gives, then price run by run,
//! working out again only what a run can change.

use super::evaluate::State;
use super::fault::plain;
use super::program::head;
use super::settle::{Remark, Remarks};
use crate::{
    Answer, Answers, Decimal, Effective, Field, Notice, Problem, ProblemCode, Quote, RunQuote,
    Template,
};

/// Prices answers against a template; see [`Template::quote`].
pub(crate) fn quote(template: &Template, answers: &Answers, runs: &[Decimal]) -> Quote {
    Quoting::new(template, answers).quote(runs)
}

struct Quoting<'t, 'a> {
    template: &'t Template,
    state: State<'t>,
    /// By parameter.
    given: Vec<Option<&'a Answer>>,
    notices: Vec<Notice>,
    problems: Vec<Problem>,
}

impl<'t, 'a> Quoting<'t, 'a> {
    fn new(template: &'t Template, answers: &'a Answers) -> Self {
        let program = template.program();
        let mut given = vec![None; template.parameters().len()];
        let mut notices = Vec::new();
        let (paths, list) = answers.parts();
        let all = paths.are(&program.by_key);
        let order = program.list(head::BY_KEY);
        let mut at = 0;
        for (place, answer) in list.iter().enumerate() {
            if !all {
                let path = paths.at(place);
                while at < order.len() && program.by_key.at(at) < path {
                    at += 1;
                }
                if program.by_key.at(at) != path {
                    notices.push(Notice::Unknown {
                        path: path.unwrap_or_default().to_owned(),
                        from: answer.clone(),
                    });
                    continue;
                }
            }
            let parameter = order.get(at).map_or(usize::MAX, |index| *index as usize);
            if let Some(given) = given.get_mut(parameter) {
                *given = Some(answer);
            }
            at += 1;
        }
        Self {
            template,
            state: State::new(template),
            given,
            notices,
            problems: Vec::new(),
        }
    }

    fn quote(mut self, runs: &[Decimal]) -> Quote {
        let mut run_problems = self.settle_all();
        let mut problems = std::mem::take(&mut self.problems);
        self.demand(Some(&mut problems), &mut run_problems);
        self.problems = problems;
        let runs = match self.state.program.quantity() {
            Some(quantity) if !runs.is_empty() => self.each_run(quantity, runs),
            _ => vec![self.price(self.quantity(), run_problems)],
        };
        let fields = self.state.fields;
        Quote {
            fields,
            notices: self.notices,
            problems: self.problems,
            runs,
        }
    }

    /// The answered quantity; a template that counts nothing makes one.
    fn quantity(&self) -> Decimal {
        match self.state.program.quantity() {
            Some(index) => match self.state.effective(index) {
                Some(Effective::Number(number)) => *number,
                _ => Decimal::ZERO,
            },
            None => Decimal::ONE,
        }
    }

    /// Works everything out for the answered quantity. Returns what concerns this run only.
    fn settle_all(&mut self) -> Vec<Problem> {
        let program = self.state.program;
        let mut run_problems = Vec::new();
        for (parameter, remark) in self.work_out(head::STEPS, None) {
            match (remark, self.given[parameter]) {
                (Remark::Problem(problem), _) if program.changes(parameter) => {
                    run_problems.push(*problem);
                }
                (Remark::Problem(problem), _) => self.problems.push(*problem),
                (Remark::Dropped, Some(from)) => {
                    self.notices.push(Notice::Dropped {
                        parameter,
                        from: from.clone(),
                    });
                }
                (Remark::Replaced, Some(from)) => self.replaced(parameter, from),
                (Remark::Dropped | Remark::Replaced, None) => {}
            }
        }
        run_problems
    }

    fn replaced(&mut self, parameter: usize, from: &Answer) {
        let described = &self.template.parameters()[parameter];
        let effective = self.state.fields[parameter].answer.as_ref();
        if let Some(to) = effective.and_then(|effective| described.answer(effective)) {
            self.notices.push(Notice::Replaced {
                parameter,
                from: from.clone(),
                to,
            });
        }
    }

    /// Works out steps; the remarks come in the order of parameters.
    fn work_out(&mut self, steps: usize, run: Option<(usize, &Answer)>) -> Remarks {
        let program = self.state.program;
        let mut remarks = Vec::new();
        for (node, rule) in program.pairs(steps) {
            let index = node / 2;
            if node % 2 == 0 {
                let given = match run {
                    Some((quantity, answer)) if quantity == index => Some(answer),
                    _ => self.given.get(index).copied().flatten(),
                };
                self.state.settle((index, rule), given, &mut remarks);
            } else {
                let number = self.state.go_to(rule).number();
                let number = self.state.checked(number);
                if let Some(value) = self.state.values.get_mut(index) {
                    *value = number;
                }
            }
        }
        in_order_of_parameters(remarks, self.given.len())
    }

    /// What is required and what is forbidden: of what another run can change, and of what it
    /// cannot where that is asked for. An answer that is wrong is not also missing.
    fn demand(&mut self, mut steady: Option<&mut Vec<Problem>>, changing: &mut Vec<Problem>) {
        let program = self.state.program;
        let changes = program.list(head::CHANGES);
        for (parameter, rule) in program.pairs(head::REQUIRED) {
            let problems = match &mut steady {
                _ if changes.get(parameter) == Some(&1) => &mut *changing,
                Some(steady) => steady,
                None => continue,
            };
            let told = problems
                .iter()
                .any(|problem| problem.parameter == Some(parameter));
            if let Some(missing) = self.state.require(parameter, rule)
                && !told
            {
                problems.push(missing);
            }
        }
        for (changes, rule) in program.pairs(head::FORBIDS) {
            let problems = match &mut steady {
                _ if changes > 0 => &mut *changing,
                Some(steady) => steady,
                None => continue,
            };
            if let Some(forbidden) = self.state.forbidden(rule) {
                problems.push(forbidden);
            }
        }
    }

    /// Prices each run, then leaves the fields as the answered quantity has them.
    fn each_run(&mut self, quantity: usize, runs: &[Decimal]) -> Vec<RunQuote> {
        let program = self.state.program;
        let mut answered: Vec<(usize, Field)> = Vec::new();
        for (index, field) in self.state.fields.iter().enumerate() {
            if program.changes(index) {
                answered.push((index, field.clone()));
            }
        }
        let price = |run: &Decimal| {
            let problems = self.for_run(quantity, *run, &answered);
            self.price(*run, problems)
        };
        let priced = runs.iter().map(price).collect();
        for (index, field) in answered {
            self.state.fields[index] = field;
        }
        priced
    }

    /// Works out again what another run can change. The buyer sees the fields of the answered
    /// quantity, so a run that cannot have these answers has no price instead of another one.
    fn for_run(
        &mut self,
        quantity: usize,
        run: Decimal,
        answered: &[(usize, Field)],
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let answer = Answer::Number(run);
        for (_, remark) in self.work_out(head::PER_RUN, Some((quantity, &answer))) {
            if let Remark::Problem(problem) = remark {
                problems.push(*problem);
            }
        }
        for (index, before) in answered {
            let now = &self.state.fields[*index].answer;
            if *index != quantity && before.answer.is_some() && before.answer != *now {
                problems.push(plain(Some(*index), ProblemCode::ValueUnavailable));
            }
        }
        self.demand(None, &mut problems);
        problems
    }

    fn price(&mut self, run: Decimal, mut problems: Vec<Problem>) -> RunQuote {
        let mut price = None;
        let asks_well = problems.is_empty() && self.problems.is_empty();
        if asks_well && self.template.is_priced_remotely() {
            problems.push(plain(None, ProblemCode::PricedRemotely));
        } else if asks_well {
            match self.state.price(run) {
                Ok(found) => price = Some(found),
                Err((line, cause)) => {
                    let mut problem = cause.problem(self.template);
                    problem
                        .arguments
                        .push(("line", self.template.lines()[line].key.clone()));
                    problems.push(problem);
                }
            }
        }
        RunQuote {
            run,
            price,
            problems,
        }
    }
}

/// Brings remarks into the order of parameters, keeping those of one parameter as they came.
///
/// Each parameter was settled once, so its remarks stand together: finding where they start is
/// enough, and a long chain of rules in reverse order costs no more than a short one.
fn in_order_of_parameters(remarks: Remarks, parameters: usize) -> Remarks {
    let in_order = remarks.is_sorted_by_key(|(parameter, _)| *parameter);
    if in_order {
        return remarks;
    }
    let mut starts = vec![None; parameters];
    for (at, (parameter, _)) in remarks.iter().enumerate().rev() {
        starts[*parameter] = Some(at);
    }
    let mut left: Vec<Option<(usize, Remark)>> = remarks.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(left.len());
    for (parameter, start) in starts.into_iter().enumerate() {
        let theirs = left.iter_mut().skip(start.unwrap_or(usize::MAX));
        let theirs = theirs.map_while(|remark| remark.take_if(|(about, _)| *about == parameter));
        ordered.extend(theirs);
    }
    ordered
}

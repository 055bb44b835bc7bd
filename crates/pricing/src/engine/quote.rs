//! The order of pricing: settle what the answered quantity gives, then price run by run,
//! working out again only what a run can change.

use std::cmp::Ordering;

use super::evaluate::State;
use super::fault::plain;
use super::program::head;
use super::settle::{Remark, Remarks};
use crate::paths::Paths;
use crate::{
    Answer, Answers, Decimal, Effective, Notice, Problem, ProblemCode, Quote, RunQuote, Template,
};

/// Prices answers against a template; see [`Template::quote`].
pub(crate) fn quote(template: &Template, answers: &Answers, runs: &[Decimal]) -> Quote {
    Quoting::new(template, answers).quote(runs)
}

struct Quoting<'t, 'a> {
    template: &'t Template,
    state: State<'t>,
    /// In the order of their paths.
    answers: &'a [Answer],
    /// One more than which of them answers a parameter, by the place of its key; none where each
    /// is answered.
    places: Option<Vec<usize>>,
    /// All but the fields, which stay where they are worked out.
    quote: Quote,
}

impl<'t, 'a> Quoting<'t, 'a> {
    fn new(template: &'t Template, answers: &'a Answers) -> Self {
        let (paths, list) = answers.parts();
        let mut quoting = Self {
            template,
            state: State::new(template),
            answers: list,
            places: None,
            quote: Quote {
                fields: Vec::new(),
                notices: Vec::new(),
                problems: Vec::new(),
                runs: Vec::new(),
            },
        };
        if !paths.are(&template.program().by_key) {
            quoting.find(paths);
        }
        quoting
    }

    /// Walks answers and parameters in step: both are in the order of their keys.
    #[inline(never)]
    fn find(&mut self, paths: &Paths) {
        let by_key = &self.state.program.by_key;
        let mut places = vec![0; by_key.len()];
        let mut at = 0;
        for (place, answer) in self.answers.iter().enumerate() {
            let path = paths.at(place).unwrap_or_default();
            let found = loop {
                match by_key.at(at).map(|key| key.cmp(path)) {
                    Some(Ordering::Less) => at += 1,
                    found => break found,
                }
            };
            if found == Some(Ordering::Equal) {
                places[at] = place + 1;
                at += 1;
            } else {
                self.quote.notices.push(Notice::Unknown {
                    path: path.to_owned(),
                    from: answer.clone(),
                });
            }
        }
        self.places = Some(places);
    }

    /// The buyer's answer to a parameter.
    fn given(&self, parameter: usize) -> Option<&'a Answer> {
        let mut place = self.state.program.asks.get(parameter)?.place as usize;
        if let Some(places) = &self.places {
            place = places.get(place)?.checked_sub(1)?;
        }
        self.answers.get(place)
    }

    fn quote(mut self, runs: &[Decimal]) -> Quote {
        let mut problems = Vec::new();
        self.work_out(head::STEPS, None, &mut problems);
        self.demand(true, &mut problems);
        match self.state.program.quantity() {
            Some(quantity) if !runs.is_empty() => self.each_run(quantity, runs),
            _ => self.price(self.quantity(), problems),
        }
        self.quote.fields = self.state.fields;
        self.quote
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

    /// Works out steps, for the answered quantity or for a run in its place. Of a run nothing is
    /// told but its problems.
    fn work_out(&mut self, steps: usize, run: Option<(usize, &Answer)>, of_run: &mut Vec<Problem>) {
        let program = self.state.program;
        let mut remarks = Remarks::default();
        for (node, rule) in program.pairs(steps) {
            let index = node / 2;
            if node % 2 == 0 {
                let given = match run {
                    Some((quantity, answer)) if quantity == index => Some(answer),
                    _ => self.given(index),
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
        if remarks.0.is_empty() {
            return;
        }
        let starts = remarks.starts(self.state.fields.len());
        for (parameter, mut at) in starts.into_iter().enumerate() {
            while let Some(remark) = remarks.take(at, parameter) {
                at += 1;
                match remark {
                    Remark::Problem(problem) => {
                        let concerns_run = run.is_some() || program.changes(parameter);
                        self.problems(concerns_run, of_run).push(*problem);
                    }
                    Remark::Dropped | Remark::Replaced if run.is_some() => {}
                    Remark::Dropped => self.noted(parameter, false),
                    Remark::Replaced => self.noted(parameter, true),
                }
            }
        }
    }

    /// Where problems are kept that concern this run only, or all of them.
    fn problems<'p>(
        &'p mut self,
        concerns_run: bool,
        of_run: &'p mut Vec<Problem>,
    ) -> &'p mut Vec<Problem> {
        if concerns_run {
            of_run
        } else {
            &mut self.quote.problems
        }
    }

    /// Notes that an answer does not count, or that another one does.
    fn noted(&mut self, parameter: usize, replaced: bool) {
        let Some(from) = self.given(parameter) else {
            return;
        };
        let from = from.clone();
        let notice = if replaced {
            let Some((_, to)) = self.state.answered(parameter) else {
                return;
            };
            Notice::Replaced {
                parameter,
                from,
                to,
            }
        } else {
            Notice::Dropped { parameter, from }
        };
        self.quote.notices.push(notice);
    }

    /// What is required and what is forbidden: of what another run can change, and of what it
    /// cannot where that is asked for. An answer that is wrong is not also missing.
    fn demand(&mut self, steady: bool, of_run: &mut Vec<Problem>) {
        let program = self.state.program;
        for (parameter, rule) in program.pairs(head::REQUIRED) {
            let changes = program.changes(parameter);
            if (changes || steady)
                && let Some(missing) = self.state.require(parameter, rule)
            {
                let problems = self.problems(changes, of_run);
                let about = Some(parameter);
                if !problems.iter().any(|problem| problem.parameter == about) {
                    problems.push(missing);
                }
            }
        }
        for (changes, rule) in program.pairs(head::FORBIDS) {
            let changes = changes > 0;
            if (changes || steady)
                && let Some(forbidden) = self.state.forbidden(rule)
            {
                self.problems(changes, of_run).push(forbidden);
            }
        }
    }

    /// Prices each run, then works the fields out again as the answered quantity has them. The
    /// buyer sees these, so a run that cannot have their answers has no price instead of another
    /// one.
    fn each_run(&mut self, quantity: usize, runs: &[Decimal]) {
        let program = self.state.program;
        let mut answered = Vec::new();
        for (index, field) in self.state.fields.iter().enumerate() {
            if index != quantity && field.answer.is_some() && program.changes(index) {
                answered.push((index, self.state.answered(index)));
            }
        }
        for run in runs {
            let mut problems = self.worked_out((quantity, &Answer::Number(*run)));
            for (index, before) in &answered {
                if *before != self.state.answered(*index) {
                    problems.push(plain(Some(*index), ProblemCode::ValueUnavailable));
                }
            }
            self.demand(false, &mut problems);
            self.price(*run, problems);
        }
        // No parameter is this one, so what was answered counts.
        let mut told_before = self.worked_out((usize::MAX, &Answer::Flag(false)));
        self.demand(false, &mut told_before);
    }

    /// Works out again what another run can change, and says what is wrong with it.
    fn worked_out(&mut self, run: (usize, &Answer)) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.work_out(head::PER_RUN, Some(run), &mut problems);
        problems
    }

    fn price(&mut self, run: Decimal, mut problems: Vec<Problem>) {
        let mut price = None;
        let asks_well = problems.is_empty() && self.quote.problems.is_empty();
        if asks_well && self.template.is_priced_remotely() {
            problems.push(plain(None, ProblemCode::PricedRemotely));
        } else if asks_well {
            match self.state.price(run) {
                Ok(found) => price = Some(found),
                Err(line) => {
                    if let Some(mut problem) = self.state.problem() {
                        problem.add("line", self.template.lines()[line].key.clone());
                        problems.push(problem);
                    }
                }
            }
        }
        self.quote.runs.push(RunQuote {
            run,
            price,
            problems,
        });
    }
}

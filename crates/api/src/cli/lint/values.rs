//! Values of choices that nobody can ever order.
//!
//! A value may need company: a paper that only offset printing has, which in turn needs a large
//! run. So a value without a price is tried with every number, then with every other value, then
//! with both, before it is called dead.

use tirage_pricing::{Answer, Answers};

use super::probe::Prober;
use super::{Lint, Remark};

/// The most combinations that are tried to bring one value to life.
const MOST_PER_VALUE: usize = 2_000;

pub(super) fn dead(prober: &mut Prober<'_>) -> Vec<Remark> {
    let template = prober.template;
    let mut remarks = Vec::new();
    for (parameter, info) in template.parameters().iter().enumerate() {
        let Some(choice) = info.kind.choice() else {
            continue;
        };
        // The other values of a fixed answer are there for other products.
        if info.fixed.is_some() {
            continue;
        }
        let answers = prober.chosen(parameter);
        for (value, answer) in answers.into_iter().enumerate() {
            let mut search = Search {
                prober,
                about: (parameter, value),
                answer,
                left: MOST_PER_VALUE,
            };
            if search.finds_a_price() == Some(false) {
                let message = format!(
                    "the value `{}` of `{}` has no price in any of {} combinations tried with it",
                    choice.values[value].key,
                    info.key,
                    MOST_PER_VALUE - search.left,
                );
                let place = &template.places().parameters[parameter];
                let pointer = format!("{place}/values/{value}");
                remarks.push(Remark::new(Lint::DeadValue, pointer, message));
            }
        }
    }
    remarks
}

struct Search<'p, 't> {
    prober: &'p mut Prober<'t>,
    about: (usize, usize),
    answer: Answer,
    left: usize,
}

impl Search<'_, '_> {
    /// None when the limit for the whole template was reached before an answer was found.
    fn finds_a_price(&mut self) -> Option<bool> {
        if self.has_price() {
            return Some(true);
        }
        let count = self.prober.template.parameters().len();
        let others: Vec<usize> = (0..count).filter(|index| *index != self.about.0).collect();
        let companies = |search: &Self| {
            let chosen = others.iter().flat_map(|index| {
                let answers = search.prober.chosen(*index).into_iter();
                answers.map(|answer| (*index, answer))
            });
            chosen.collect::<Vec<_>>()
        };
        let numbers = self.numbers();
        let companies = companies(self);
        let each_number = std::iter::once(None).chain(numbers.iter().map(Some));
        for number in each_number {
            if let Some(done) = self.attempt(number.into_iter().cloned().collect()) {
                return done;
            }
        }
        for number in std::iter::once(None).chain(numbers.iter().map(Some)) {
            for company in &companies {
                let given = number.into_iter().chain([company]).cloned().collect();
                if let Some(done) = self.attempt(given) {
                    return done;
                }
            }
        }
        Some(false)
    }

    /// Some when the search is over.
    #[expect(clippy::option_option, reason = "over or not, and with which answer")]
    fn attempt(&mut self, mut given: Vec<(usize, Answer)>) -> Option<Option<bool>> {
        if self.left == 0 {
            return Some(Some(false));
        }
        self.left -= 1;
        given.push((self.about.0, self.answer.clone()));
        let answers: Answers = self.prober.with(&given);
        if self.prober.quote(&answers).is_none() {
            return Some(None);
        }
        self.has_price().then_some(Some(true))
    }

    fn has_price(&self) -> bool {
        self.prober.observed.priced.contains(&self.about)
    }

    /// Numbers that count pieces first: they decide most.
    fn numbers(&self) -> Vec<(usize, Answer)> {
        let template = self.prober.template;
        let mut indices: Vec<usize> = (0..template.parameters().len()).collect();
        indices.sort_by_key(|index| template.quantity() != Some(*index));
        let numbers = indices.into_iter().filter_map(|index| {
            let numeric = template.parameters()[index].kind.numeric()?;
            Some((index, self.prober.numbers(numeric)))
        });
        numbers
            .flat_map(|(index, numbers)| {
                let answers = numbers.into_iter().map(Answer::Number);
                answers.map(move |answer| (index, answer))
            })
            .collect()
    }
}

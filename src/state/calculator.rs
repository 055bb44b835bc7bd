//! A product's calculator while it is being answered: template, answers and their quote.
//!
//! The buyer's own answers are kept even while a rule sets them aside, so they come back when the
//! rule no longer applies; what counts meanwhile is the quote's word.

use std::rc::Rc;

use tirage_pricing::{
    Answer, Answers, Decimal, Effective, Kind, Long, Numeric, Quote, RunQuote, Template, Texts,
    decimal,
};

use super::cart::Chosen;
use super::field::listed;
use super::remote::Told;
use super::words::Words;

/// What the buyer did at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Switched to yes or no.
    Flag(bool),
    /// Typed a text or a number.
    Typed(String),
    /// Chose the value of this index.
    Value(usize),
    /// Chose or left one value of several.
    Toggle(usize),
    /// Chose nothing.
    Nothing,
    /// Pressed a stepper: up or down.
    Step(Decimal),
}

/// A calculator and where its buyer stands.
#[derive(Debug)]
pub struct Calculator {
    template: &'static Template,
    answers: Answers,
    typed: Vec<Option<String>>,
    touched: Vec<bool>,
    quote: Quote,
    /// Prices that the template does not have.
    told: Option<Rc<dyn Told>>,
    /// Whether the print house has not confirmed the price of these answers.
    is_preliminary: bool,
}

/// What was answered, and how it was typed, to come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Everywhere.
    All {
        /// The answers.
        answers: Answers,
        /// By parameter.
        typed: Vec<Option<String>>,
    },
    /// At one field, where an act touches no other: hundreds of answers are not copied for it.
    One {
        /// The parameter.
        index: usize,
        /// Its answer.
        answer: Option<Answer>,
        /// How that was typed.
        typed: Option<String>,
    },
}

impl Calculator {
    /// A calculator with the answers to begin with; the template's defaults count for the rest.
    #[must_use]
    pub fn new(template: &'static Template, answers: Answers) -> Self {
        let quote = template.quote(&answers, &[]);
        let count = template.parameters().len();
        Self {
            template,
            answers,
            typed: vec![None; count],
            touched: vec![false; count],
            quote,
            told: None,
            is_preliminary: template.is_priced_remotely(),
        }
    }

    /// Another calculator that stands like this one, with its price if that is confirmed.
    #[must_use]
    pub fn twin(&self) -> Self {
        let mut twin = Self::new(self.template, self.answers.clone());
        twin.typed.clone_from(&self.typed);
        if !self.is_preliminary {
            twin.is_preliminary = false;
            twin.tell(self.told.clone());
        }
        twin
    }

    /// Takes over prices that the template does not have.
    pub fn tell(&mut self, told: Option<Rc<dyn Told>>) {
        self.told = told;
        self.price();
    }

    /// The prices that the template does not have.
    #[must_use]
    pub fn told(&self) -> Option<&Rc<dyn Told>> {
        self.told.as_ref()
    }

    /// Whether the print house has not confirmed the price of these answers.
    #[must_use]
    pub fn is_preliminary(&self) -> bool {
        self.is_preliminary
    }

    /// Notes whether it has.
    pub fn set_preliminary(&mut self, is_preliminary: bool) {
        self.is_preliminary = is_preliminary;
    }

    fn price(&mut self) {
        self.quote = self.offers(&[]);
    }

    /// The template.
    #[must_use]
    pub fn template(&self) -> &'static Template {
        self.template
    }

    /// The buyer's own answers, also those that do not count now.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Answers everything anew; what was typed is forgotten.
    pub fn answer_all(&mut self, answers: Answers) {
        self.answers = answers;
        self.typed.fill(None);
        self.price();
    }

    /// What was answered and how it was typed.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::All {
            answers: self.answers.clone(),
            typed: self.typed.clone(),
        }
    }

    /// The same at one field.
    #[must_use]
    pub fn standing_at(&self, index: usize) -> Standing {
        let parameter = self.template.parameters().get(index);
        let answer = parameter.and_then(|parameter| self.answers.answer(&parameter.key));
        Standing::One {
            index,
            answer: answer.cloned(),
            typed: self.typed.get(index).cloned().flatten(),
        }
    }

    /// Stands again as it did.
    pub fn restore(&mut self, standing: Standing) {
        match standing {
            Standing::All { answers, typed } => {
                self.answers = answers;
                self.typed = typed;
            }
            Standing::One {
                index,
                answer,
                typed,
            } => self.put(index, answer, typed),
        }
        self.price();
    }

    /// Answers one parameter, or no longer.
    fn put(&mut self, index: usize, answer: Option<Answer>, typed: Option<String>) {
        let Some(parameter) = self.template.parameters().get(index) else {
            return;
        };
        match answer {
            Some(answer) => self.answers.set(&parameter.key, answer),
            None => {
                self.answers.remove(&parameter.key);
            }
        }
        self.typed[index] = typed;
    }

    /// The quote of the answers.
    #[must_use]
    pub fn quote(&self) -> &Quote {
        &self.quote
    }

    /// The answers that count, with defaults, as an order carries them.
    #[must_use]
    pub fn effective_answers(&self) -> Answers {
        self.template.effective_answers(&self.quote)
    }

    /// The answered quantity with its price.
    #[must_use]
    pub fn current(&self) -> Option<&RunQuote> {
        self.quote.runs.first()
    }

    /// The bounds and suggestions of the quantity.
    #[must_use]
    pub fn quantity(&self) -> Option<&Numeric> {
        let parameter = self.template.parameters().get(self.template.quantity()?)?;
        parameter.kind.numeric()
    }

    /// The unit of the quantity, where the template names one.
    #[must_use]
    pub fn unit(&self) -> Option<&Texts> {
        self.quantity()?.unit.as_ref()
    }

    /// The prices of other quantities with the same answers.
    #[must_use]
    pub fn offers(&self, runs: &[Decimal]) -> Quote {
        let mut quote = self.template.quote(&self.answers, runs);
        if let Some(told) = &self.told {
            told.fill(&mut quote);
        }
        quote
    }

    /// What was typed at a field, as it was typed.
    #[must_use]
    pub fn typed(&self, index: usize) -> Option<&str> {
        self.typed.get(index)?.as_deref()
    }

    /// Whether the buyer was at a field, so that an omission there may be marked.
    #[must_use]
    pub fn touched(&self, index: usize) -> bool {
        self.touched.get(index).copied().unwrap_or_default()
    }

    /// Marks every omission from now on, because the buyer wanted to go on.
    pub fn insist(&mut self) {
        self.touched.fill(true);
    }

    /// Takes what the buyer did and prices the answers again.
    pub fn input(&mut self, index: usize, input: Input, words: &Words<'_>) {
        let Some(parameter) = self.template.parameters().get(index) else {
            return;
        };
        let answer = match &input {
            Input::Flag(flag) => Some(Answer::Flag(*flag)),
            Input::Typed(typed) => read(&parameter.kind, typed, words),
            Input::Value(value) => self.value_key(index, *value).map(Answer::Text),
            Input::Toggle(value) => self.toggled(index, *value),
            Input::Nothing => None,
            Input::Step(steps) => self.stepped(index, *steps).map(Answer::Number),
        };
        let typed = match input {
            Input::Typed(typed) => Some(typed),
            _ => None,
        };
        self.touched[index] = true;
        self.put(index, answer, typed);
        self.price();
    }

    /// Forgets how a number was typed, when the buyer leaves the field and it can be read.
    pub fn settle(&mut self, index: usize) {
        let is_read = match self.effective(index) {
            Some(Effective::Number(_)) => true,
            Some(Effective::Long(long)) => matches!(**long, Long::Text(_) | Long::Figures(_)),
            _ => false,
        };
        if is_read {
            self.typed[index] = None;
        }
    }

    /// Chooses a quantity of the run table.
    pub fn choose_run(&mut self, run: Decimal) {
        if let Some(index) = self.template.quantity() {
            self.put(index, Some(Answer::Number(run)), None);
            self.price();
        }
    }

    /// What was chosen, in words of every language the template has.
    #[must_use]
    pub fn summary(&self) -> Vec<Chosen> {
        super::field::summary(self.template, &self.quote)
    }

    /// Whether a field is a day.
    #[must_use]
    pub fn is_date(&self, index: usize) -> bool {
        let parameter = self.template.parameters().get(index);
        parameter.is_some_and(|parameter| matches!(parameter.kind, Kind::Date(_)))
    }

    /// An answer as an order carries it.
    #[must_use]
    pub fn written(&self, index: usize, answer: &Effective) -> String {
        let parameter = self.template.parameters().get(index);
        match parameter.and_then(|parameter| parameter.answer(answer)) {
            Some(Answer::Text(text)) => text,
            Some(Answer::List(texts)) => listed(&texts),
            _ => String::new(),
        }
    }

    fn effective(&self, index: usize) -> Option<&Effective> {
        self.quote.fields.get(index)?.answer.as_ref()
    }

    fn value_key(&self, index: usize, value: usize) -> Option<String> {
        let choice = self.template.parameters().get(index)?.kind.choice()?;
        Some(choice.values.get(value)?.key.clone())
    }

    fn toggled(&self, index: usize, value: usize) -> Option<Answer> {
        let chosen = match self.effective(index).and_then(Effective::long) {
            Some(Long::Values(values)) => values.as_slice(),
            _ => &[],
        };
        let values = &self.template.parameters().get(index)?.kind.choice()?.values;
        let mut keys = Vec::new();
        for (at, known) in values.iter().enumerate() {
            if chosen.contains(&at) != (at == value) {
                keys.push(known.key.clone());
            }
        }
        Some(Answer::List(keys))
    }

    /// The next worthwhile number above or below, within the bounds: a suggested one, or a
    /// multiple.
    fn stepped(&self, index: usize, steps: Decimal) -> Option<Decimal> {
        let numeric = self.template.parameters().get(index)?.kind.numeric()?;
        let now = match self.effective(index) {
            Some(Effective::Number(number)) => *number,
            _ => numeric.min,
        };
        let down = steps.is_sign_negative();
        let mut next = None;
        let offers = if numeric.only.is_empty() {
            &numeric.suggest
        } else {
            &numeric.only
        };
        for offer in offers {
            let beyond = if down {
                decimal::compare(*offer, now).is_lt()
            } else {
                decimal::compare(now, *offer).is_lt()
            };
            // Suggestions ascend: the last one below, the first one above.
            if beyond && (down || next.is_none()) {
                next = Some(*offer);
            }
        }
        let moved = match next {
            Some(next) => next,
            None if !numeric.only.is_empty() => now,
            None => {
                let step = numeric.multiple.unwrap_or(Decimal::ONE);
                decimal::add(now, decimal::multiply(steps, step)?)?
            }
        };
        if decimal::compare(moved, numeric.min).is_lt() {
            return Some(numeric.min);
        }
        Some(if decimal::compare(numeric.max, moved).is_lt() {
            numeric.max
        } else {
            moved
        })
    }
}

fn read(kind: &Kind, typed: &str, words: &Words<'_>) -> Option<Answer> {
    match kind.numeric() {
        Some(_) => Some(match words.locale.read_number(typed) {
            Some(number) => Answer::Number(number),
            // The engine refuses it and says why; an emptied field must not fall back to the default.
            None => Answer::Text(typed.to_owned()),
        }),
        None if typed.is_empty() => None,
        None => Some(Answer::Text(typed.to_owned())),
    }
}

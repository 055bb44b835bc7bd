//! Templates: what a calculator asks, and how it prices the answers.

#[cfg(feature = "compile")]
mod bind;
#[cfg(feature = "compile")]
mod error;
#[cfg(feature = "compile")]
mod examples;
mod info;
mod parameter;
mod promise;
#[cfg(feature = "compile")]
mod read;
mod section;

#[cfg(feature = "compile")]
pub use bind::{BindingError, Bound, bind};
#[cfg(feature = "compile")]
pub use error::TemplateError;
#[cfg(feature = "compile")]
pub use examples::Mismatch;
pub use info::{
    AxisInfo, Between, Example, Expectation, ExpectedFacts, ExpectedLine, LineInfo, Outside, Per,
    Rounding, Rows, TableInfo, TimeUnit, ValueInfo,
};
pub use parameter::{
    Choice, ChoiceValue, Dates, Files, FreeInks, FreeSize, INK_FIGURES, Inks, Kind, NumberView,
    Numeric, Parameter, SIZE_FIGURES, Sizes, TextLimits, View,
};
#[cfg(feature = "compile")]
pub use promise::Broken;
pub use promise::{Promise, Promised, Trend};
pub use section::{Group, Repeated, Section, SectionKind};

use crate::engine::{self, Program};
#[cfg(feature = "compile")]
use crate::json::Json;
use crate::{Answers, Decimal, Quote, Texts};

/// A calculator: checked, compiled and never changed after.
#[derive(Debug, Clone)]
pub struct Template {
    parts: Parts,
    program: Program,
}

/// Where in the template's text its parts stand, as JSON pointers. The parts of a repeating detail
/// stand in one place. Empty for a template that came compiled.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By parameter; a detail or an operation that is asked for stands for itself.
    pub parameters: Vec<String>,
    /// By named value.
    pub values: Vec<String>,
    /// By line.
    pub lines: Vec<String>,
}

/// What a template says about itself.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) key: String,
    pub(crate) name: Texts,
    pub(crate) currency: String,
    pub(crate) groups: Vec<Group>,
    pub(crate) sections: Vec<Section>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) lines: Vec<LineInfo>,
    pub(crate) values: Vec<ValueInfo>,
    pub(crate) tables: Vec<TableInfo>,
    pub(crate) production: Option<TimeUnit>,
    pub(crate) examples: Vec<Example>,
    pub(crate) promises: Vec<Promise>,
    pub(crate) places: Places,
    pub(crate) remote: bool,
}

impl Places {
    pub(crate) const EMPTY: Self = Self {
        parameters: Vec::new(),
        values: Vec::new(),
        lines: Vec::new(),
    };
}

impl Template {
    /// Reads and checks a template.
    ///
    /// # Errors
    /// When the text is not a template; the error names the place, what was expected and found.
    #[cfg(feature = "compile")]
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::from_json(&Json::parse(text)?)
    }

    /// Reads and checks a template that is JSON already.
    ///
    /// # Errors
    /// When the value is not a template; the error names the place, what was expected and found.
    #[cfg(feature = "compile")]
    pub fn from_json(json: &Json) -> Result<Self, TemplateError> {
        read::template(json).map_err(|error| *error)
    }

    pub(crate) fn new(parts: Parts, program: Program) -> Self {
        Self { parts, program }
    }

    /// The template, kept in memory to the end of the program.
    #[must_use]
    pub fn for_good(self) -> &'static Self {
        Box::leak(Box::new(self))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(crate) fn parts_mut(&mut self) -> &mut Parts {
        &mut self.parts
    }

    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    /// The stable name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.parts.key
    }

    /// What buyers read.
    #[must_use]
    pub fn name(&self) -> &Texts {
        &self.parts.name
    }

    /// The ISO 4217 code of every amount.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.parts.currency
    }

    /// The questions, in the order they are shown.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parts.parameters
    }

    /// The groups that parameters are shown in, in order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.parts.groups
    }

    /// The details and operations, each detail before its operations.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.parts.sections
    }

    /// What people read of a parameter away from its detail: which of several equal parts it
    /// belongs to stands in front.
    #[must_use]
    pub fn name_in_full(&self, parameter: usize) -> Texts {
        let described = &self.parts.parameters[parameter];
        let Some((part, number)) = self.part_of(parameter) else {
            return described.name.clone();
        };
        let number = number.to_string();
        let mut names = Texts::EMPTY;
        for (language, name) in described.name.iter() {
            let full = [part.get(language), " ", &number, ": ", name].concat();
            names.push(language, &full);
        }
        names
    }

    /// Which of several equal parts a parameter belongs to: what they are called, and its number.
    #[must_use]
    pub fn part_of(&self, parameter: usize) -> Option<(&Texts, usize)> {
        let mut section = self.parts.parameters.get(parameter)?.section;
        loop {
            let around = self.parts.sections.get(section?)?;
            match around.repeated {
                Some(part) if part.count != parameter => {
                    return Some((&around.name, part.number));
                }
                _ => section = around.parent,
            }
        }
    }

    /// The index of the parameter that counts pieces.
    #[must_use]
    pub fn quantity(&self) -> Option<usize> {
        self.program.quantity()
    }

    /// The parameter that counts pieces.
    #[must_use]
    pub fn counting(&self) -> Option<&Parameter> {
        self.parts.parameters.get(self.quantity()?)
    }

    /// The price lines, in order.
    #[must_use]
    pub fn lines(&self) -> &[LineInfo] {
        &self.parts.lines
    }

    /// The named values, in order.
    #[must_use]
    pub fn values(&self) -> &[ValueInfo] {
        &self.parts.values
    }

    /// The tables, in order.
    #[must_use]
    pub fn tables(&self) -> &[TableInfo] {
        &self.parts.tables
    }

    /// What production time is counted in; none where the template says none.
    #[must_use]
    pub fn production(&self) -> Option<TimeUnit> {
        self.parts.production
    }

    /// Where its parts stand in its text.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.parts.places
    }

    /// Whether the print house's own system computes the price: a quote then says what is wrong
    /// with the answers, and otherwise [`crate::ProblemCode::PricedRemotely`].
    #[must_use]
    pub fn is_priced_remotely(&self) -> bool {
        self.parts.remote
    }

    /// The worked examples that the template carries; a compiled template has left them behind.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.parts.examples
    }

    /// What it promises of its prices; a compiled template has left that behind.
    #[must_use]
    pub fn promises(&self) -> &[Promise] {
        &self.parts.promises
    }

    /// Prices answers, for the answered quantity or for each of the given runs.
    ///
    /// Never fails: what keeps a price from being computed is part of the quote.
    #[must_use]
    pub fn quote(&self, answers: &Answers, runs: &[Decimal]) -> Quote {
        engine::quote(self, answers, runs)
    }

    /// The larger runs that cost less in total than this one, ascending: among those that are
    /// suggested and those where a row of a table, a share or a line changes. A bounded number
    /// of runs is tried, so there may be more than these.
    #[must_use]
    pub fn cheaper(&self, answers: &Answers, run: Decimal) -> Vec<engine::Cheaper> {
        engine::cheaper(self, answers, run)
    }

    /// The answers that count in a quote of this template: canonical, with the defaults.
    #[must_use]
    pub fn effective_answers(&self, quote: &Quote) -> Answers {
        let mut answers = Answers::new();
        for index in self.program.list(engine::head::BY_KEY) {
            let parameter = self.parts.parameters.get(*index as usize);
            let field = quote.fields.get(*index as usize);
            let effective = field.and_then(|field| field.answer.as_ref());
            if let (Some(parameter), Some(effective)) = (parameter, effective)
                && let Some(answer) = parameter.answer(effective)
            {
                answers.push(&parameter.key, answer);
            }
        }
        answers
    }
}

//! What a template allows and its author hardly meant.
//!
//! | File | Looks at |
//! |---|---|
//! | `names.rs`, `absent.rs`, `texts.rs`, `tables.rs`, `listed.rs`, `signs.rs` | the template as written |
//! | `probe.rs`, `values.rs`, `totals.rs`, `runs.rs`, `promises.rs` | prices of a bounded set of answers |

mod absent;
mod listed;
mod names;
mod probe;
mod promises;
mod runs;
mod signs;
mod tables;
mod texts;
mod totals;
mod values;

pub(crate) use names::Names;
pub(crate) use tables::row_name;

use super::source::Loaded;
use probe::{Observed, Prober};
use tirage_api::words::{Locale, Words};
use tirage_pricing::{Answers, ProblemCode, Template};

/// What was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lint {
    BrokenPromise,
    UntriedPromise,
    DeadValue,
    RangeGap,
    EmptyRow,
    UnknownKey,
    WrongSign,
    CheaperToOrderMore,
    TotalNotPositive,
    UnusedValue,
    UnusedTable,
    UnusedNumber,
    UnusedConstant,
    PricelessParameter,
    HoldsWhenAbsent,
    MissingTranslation,
    DefaultWithoutPrice,
    NoExamples,
}

/// How serious it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The template says otherwise itself.
    Error,
    Warning,
    /// Worth knowing, and often meant.
    Note,
}

/// One thing that was noticed, and at which value of the template.
#[derive(Debug)]
pub(crate) struct Remark {
    pub(crate) lint: Lint,
    pub(crate) pointer: String,
    pub(crate) message: String,
}

/// How much was tried.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tried {
    pub(crate) combinations: usize,
    /// Whether the limit left nothing untried of what is meant to be tried.
    pub(crate) all: bool,
}

impl Lint {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::BrokenPromise => "broken-promise",
            Self::UntriedPromise => "untried-promise",
            Self::DeadValue => "dead-value",
            Self::RangeGap => "range-gap",
            Self::EmptyRow => "empty-row",
            Self::UnknownKey => "unknown-key",
            Self::WrongSign => "wrong-sign",
            Self::CheaperToOrderMore => "cheaper-to-order-more",
            Self::TotalNotPositive => "total-not-positive",
            Self::UnusedValue => "unused-value",
            Self::UnusedTable => "unused-table",
            Self::UnusedNumber => "unused-number",
            Self::UnusedConstant => "unused-constant",
            Self::PricelessParameter => "priceless-parameter",
            Self::HoldsWhenAbsent => "holds-when-absent",
            Self::MissingTranslation => "missing-translation",
            Self::DefaultWithoutPrice => "default-without-price",
            Self::NoExamples => "no-examples",
        }
    }

    /// A price list may well fall with the run, and an answer may concern production only.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::BrokenPromise => Severity::Error,
            Self::CheaperToOrderMore | Self::PricelessParameter | Self::HoldsWhenAbsent => {
                Severity::Note
            }
            _ => Severity::Warning,
        }
    }
}

impl Severity {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Remark {
    fn new(lint: Lint, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            lint,
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

/// Looks at everything.
pub(crate) fn run(loaded: &Loaded<'_>) -> (Vec<Remark>, Tried) {
    let template = &loaded.template;
    let words = Words {
        template,
        locale: Locale::En,
    };
    let mut remarks = names::unused(loaded);
    remarks.extend(absent::remarks(loaded));
    remarks.extend(texts::untranslated(&loaded.json));
    remarks.extend(tables::empty_rows(loaded));
    remarks.extend(tables::unknown_keys(loaded));
    remarks.extend(signs::remarks(loaded));
    if template.examples().is_empty() {
        remarks.push(Remark::new(
            Lint::NoExamples,
            "",
            "expected worked examples that hold the template to its prices, found none",
        ));
    }

    let mut prober = Prober::new(template);
    remarks.extend(default_without_price(&mut prober, words));
    prober.vary_one();
    let dead = values::dead(&mut prober);
    let falls = runs::falls(&mut prober);
    prober.vary_two();
    let Observed { gaps, totals, .. } = &prober.observed;
    remarks.extend(tables::gaps(loaded, gaps));
    remarks.extend(totals::remarks(totals));
    remarks.extend(dead);
    remarks.extend(falls);
    let (broken, of_promises) = promises::remarks(loaded);
    remarks.extend(broken);
    let mut tried = prober.tried();
    tried.combinations += of_promises.combinations;
    tried.all &= of_promises.all;
    (remarks, tried)
}

/// The default answers, and each of them changed to each other value.
pub(crate) fn single_answers(template: &Template) -> Vec<Answers> {
    Prober::new(template).singles()
}

fn default_without_price(prober: &mut Prober<'_>, words: Words<'_>) -> Option<Remark> {
    let quote = prober.quote(&prober.with(&[]))?;
    let of_run = quote.runs.first().map(|run| run.problems.as_slice());
    let problem = quote.problems.first().or(of_run?.first())?;
    if problem.code == ProblemCode::PricedRemotely {
        return None;
    }
    let pointer = match problem.parameter {
        Some(index) => prober.template.places().parameters[index].clone(),
        None => "/parameters".to_owned(),
    };
    let message = format!(
        "the default answers give no price: {}",
        words.problem(problem)
    );
    Some(Remark::new(Lint::DefaultWithoutPrice, pointer, message))
}

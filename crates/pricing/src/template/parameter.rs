//! What a template asks: parameters, their kinds and the values of a choice.

use crate::{Answer, Decimal, Effective, Texts};

/// One question of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The stable name, apart from what buyers read.
    pub key: String,
    /// What buyers read.
    pub name: Texts,
    /// A short remark at the field.
    pub hint: Option<Texts>,
    /// A longer explanation.
    pub help: Option<Texts>,
    /// What can be answered.
    pub kind: Kind,
    /// The answer that counts when there is none.
    pub default: Option<Answer>,
    /// Whether an answer is always required; a rule may require it in some cases only.
    pub required: bool,
}

/// What can be answered to a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One or several of listed values.
    Choice(Choice),
    /// Yes or no; no answer is no.
    YesNo,
    /// A number.
    Number(Numeric),
    /// How many pieces are printed.
    Run(Numeric),
    /// How many pages a piece has.
    Pages(Numeric),
    /// A text.
    Text(TextLimits),
    /// A fixed answer the template gives itself: a flag, a number or a text.
    Constant(Answer),
    /// Never shown and never priced; handed on with the order.
    PassThrough,
}

/// A choice of listed values.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// How the values are shown.
    pub view: View,
    /// Whether several values may be chosen.
    pub many: bool,
    /// The values, in the order they are shown.
    pub values: Vec<ChoiceValue>,
}

/// How the values of a choice are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// A drop-down list.
    #[default]
    List,
    /// Radio buttons.
    Radio,
    /// Tiles with label and hint.
    Tiles,
    /// Colour swatches.
    Swatches,
}

impl View {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 4] = [Self::List, Self::Radio, Self::Tiles, Self::Swatches];

    /// The view's name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Radio => "radio",
            Self::Tiles => "tiles",
            Self::Swatches => "swatches",
        }
    }
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceValue {
    /// The stable name, any text of at most 64 characters.
    pub key: String,
    /// What buyers read.
    pub label: Texts,
    /// A short remark at the value.
    pub hint: Option<Texts>,
    /// A CSS colour for swatches.
    pub color: Option<String>,
    /// Attached numbers, readable in expressions as `choice.name`.
    pub numbers: Vec<(String, Decimal)>,
    /// Attached codes, such as an article number; handed on with the order.
    pub codes: Vec<(String, String)>,
}

/// The bounds of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Numeric {
    /// The smallest answer.
    pub min: Decimal,
    /// The largest answer.
    pub max: Decimal,
    /// Answers are multiples of this.
    pub multiple: Option<Decimal>,
    /// Whether answers are whole.
    pub whole: bool,
    /// The unit buyers read.
    pub unit: Option<Texts>,
    /// Numbers worth offering, such as the rows of a run table.
    pub suggest: Vec<Decimal>,
}

/// The bounds of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLimits {
    /// The most characters.
    pub max_length: usize,
    /// Whether it may have several lines.
    pub multiline: bool,
}

impl Kind {
    /// The kind's name in templates.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Choice(_) => "choice",
            Self::YesNo => "yes-no",
            Self::Number(_) => "number",
            Self::Run(_) => "run",
            Self::Pages(_) => "pages",
            Self::Text(_) => "text",
            Self::Constant(_) => "constant",
            Self::PassThrough => "pass-through",
        }
    }

    /// The bounds, of the kinds that are numbers.
    #[must_use]
    pub fn numeric(&self) -> Option<&Numeric> {
        match self {
            Self::Number(numeric) | Self::Run(numeric) | Self::Pages(numeric) => Some(numeric),
            _ => None,
        }
    }

    /// The choice, of the kind that is one.
    #[must_use]
    pub fn choice(&self) -> Option<&Choice> {
        match self {
            Self::Choice(choice) => Some(choice),
            _ => None,
        }
    }
}

impl Choice {
    /// The index of the value with this key.
    #[must_use]
    pub fn index(&self, key: &str) -> Option<usize> {
        self.values.iter().position(|value| value.key == key)
    }
}

impl Parameter {
    /// An effective answer of a quote in the form buyers and orders use, with keys of values.
    #[must_use]
    pub fn answer(&self, effective: &Effective) -> Option<Answer> {
        let key = |index: &usize| Some(self.kind.choice()?.values.get(*index)?.key.clone());
        match effective {
            Effective::Flag(flag) => Some(Answer::Flag(*flag)),
            Effective::Number(number) => Some(Answer::Number(*number)),
            Effective::Text(text) => Some(Answer::Text(text.clone())),
            Effective::Value(index) => key(index).map(Answer::Text),
            Effective::Values(indices) => indices
                .iter()
                .map(key)
                .collect::<Option<_>>()
                .map(Answer::List),
        }
    }
}

//! What a template asks: parameters, their kinds and the values of a choice.

use crate::{Answer, Decimal, Effective, Long, Texts, date, figures};

/// One question of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The stable name, apart from what buyers read; a path in details and operations, such as
    /// `cover.paper`.
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
    /// The answer that counts whatever is answered, always or while a rule holds.
    pub fixed: Option<Answer>,
    /// Whether an answer is always required; a rule may require it in some cases only.
    pub required: bool,
    /// Whether pages never show it, though it counts.
    pub hidden: bool,
    /// The detail or operation it belongs to, by index; none for the order's own.
    pub section: Option<usize>,
    /// The group it is shown in, by index.
    pub group: Option<usize>,
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
    /// Width and height.
    Size(Sizes),
    /// Numbers of inks, face and back.
    Inks(Inks),
    /// A text.
    Text(TextLimits),
    /// A day.
    Date(Dates),
    /// Files of the buyer.
    File(Files),
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
    /// Pictures with labels.
    Pictures,
}

impl View {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 5] = [
        Self::List,
        Self::Radio,
        Self::Tiles,
        Self::Swatches,
        Self::Pictures,
    ];

    /// The view's name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Radio => "radio",
            Self::Tiles => "tiles",
            Self::Swatches => "swatches",
            Self::Pictures => "pictures",
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
    /// A longer explanation.
    pub help: Option<Texts>,
    /// The address of a picture, absolute with https or a path of the shop.
    pub picture: Option<String>,
    /// A CSS colour for swatches.
    pub color: Option<String>,
    /// Attached numbers, readable in expressions as `choice.name`.
    pub numbers: Vec<(String, Decimal)>,
    /// Attached codes, such as an article number; handed on with the order.
    pub codes: Vec<(String, String)>,
    /// Whether it is never offered.
    pub hidden: bool,
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
    /// The only numbers that are offered; none when every number within the bounds is.
    pub only: Vec<Decimal>,
    /// How it is asked.
    pub view: NumberView,
}

/// How a number is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberView {
    /// A field to type in, with steps.
    #[default]
    Stepper,
    /// A slider.
    Slider,
    /// A list of what is offered or suggested.
    List,
}

impl NumberView {
    #[cfg(feature = "compile")]
    pub(crate) const ALL: [Self; 3] = [Self::Stepper, Self::Slider, Self::List];

    /// The view's name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stepper => "stepper",
            Self::Slider => "slider",
            Self::List => "list",
        }
    }
}

/// A size: one of listed ones, or any within limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// The listed sizes; each has the numbers `width_mm` and `height_mm`.
    pub choice: Choice,
    /// The limits of any other size; none when only the listed ones are offered.
    pub free: Option<Box<FreeSize>>,
}

/// The limits of a size that is not listed, in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct FreeSize {
    /// How wide.
    pub width: Numeric,
    /// How high.
    pub height: Numeric,
}

/// Inks: one of listed combinations, or any within limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Inks {
    /// The listed combinations; each has the numbers of [`INK_FIGURES`].
    pub choice: Choice,
    /// The limits of any other combination; none when only the listed ones are offered.
    pub free: Option<FreeInks>,
}

/// The limits of a combination of inks that is not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreeInks {
    /// The most process inks of a side.
    pub max_cmyk: u8,
    /// The most Pantone inks of a side.
    pub max_pantone: u8,
}

/// The names of the numbers of a size, in the order of [`Long::Figures`].
pub const SIZE_FIGURES: [&str; 2] = ["width_mm", "height_mm"];

/// The names of the numbers of inks, in the order of [`Long::Figures`].
pub const INK_FIGURES: [&str; 4] = ["cmyk_face", "pantone_face", "cmyk_back", "pantone_back"];

/// The bounds of a day, as days since 1970-01-01.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// The first day.
    pub min: Decimal,
    /// The last day.
    pub max: Decimal,
    /// Whether it is the day of the quote, which whoever asks fills in.
    pub today: bool,
}

/// What files are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// Whether there may be several.
    pub many: bool,
    /// The endings of their names that are taken, without a dot; none for any.
    pub accept: Vec<String>,
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
            Self::Size(_) => "size",
            Self::Inks(_) => "inks",
            Self::Text(_) => "text",
            Self::Date(_) => "date",
            Self::File(_) => "file",
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

    /// The listed values, of the kinds that list some.
    #[must_use]
    pub fn choice(&self) -> Option<&Choice> {
        match self {
            Self::Choice(choice) => Some(choice),
            Self::Size(sizes) => Some(&sizes.choice),
            Self::Inks(inks) => Some(&inks.choice),
            _ => None,
        }
    }
}

impl ChoiceValue {
    /// An attached number; 0 where there is none of this name.
    pub(crate) fn number(&self, name: &str) -> Decimal {
        let mut numbers = self.numbers.iter();
        let found = numbers.find(|(known, _)| known == name);
        found.map_or(Decimal::ZERO, |(_, number)| *number)
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
    /// Whether a page ever asks for it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        let is_there = matches!(self.kind, Kind::Constant(_) | Kind::PassThrough);
        !is_there && !self.is_today() && !self.hidden
    }

    /// Whether it is the day of the quote, which whoever asks for one fills in.
    #[must_use]
    pub fn is_today(&self) -> bool {
        matches!(&self.kind, Kind::Date(dates) if dates.today)
    }

    /// An effective answer of a quote in the form buyers and orders use, with keys of values.
    #[must_use]
    pub fn answer(&self, effective: &Effective) -> Option<Answer> {
        let key = |index: &usize| Some(self.kind.choice()?.values.get(*index)?.key.clone());
        match effective {
            Effective::Flag(flag) => Some(Answer::Flag(*flag)),
            Effective::Number(number) => Some(match &self.kind {
                Kind::Date(_) => Answer::Text(date::written(*number)),
                _ => Answer::Number(*number),
            }),
            Effective::Value(index) => key(index).map(Answer::Text),
            Effective::Long(long) => Some(match &**long {
                Long::Figures(figures) => {
                    let inks = matches!(self.kind, Kind::Inks(_));
                    Answer::Text(figures::written(figures, inks))
                }
                Long::Texts(texts) => Answer::List(texts.clone()),
                Long::Text(text) => Answer::Text(text.clone()),
                Long::Values(indices) => {
                    let mut keys = Vec::with_capacity(indices.len());
                    for index in indices {
                        keys.push(key(index)?);
                    }
                    Answer::List(keys)
                }
            }),
        }
    }
}

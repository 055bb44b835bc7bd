//! The parts of what is ordered: details such as a cover, and operations on them.

use crate::Texts;

/// A detail or an operation. A detail that repeats is here once for each time it may.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its path, such as `cover`, `block.2` or `cover.lamination`.
    pub key: String,
    /// Whether it is a detail or an operation.
    pub kind: SectionKind,
    /// What buyers read.
    pub name: Texts,
    /// A short remark.
    pub hint: Option<Texts>,
    /// A longer explanation.
    pub help: Option<Texts>,
    /// The detail it belongs to, by index; none for what belongs to the order.
    pub parent: Option<usize>,
    /// The parameter that a buyer takes it with, by index; none when it is always part of it.
    pub switch: Option<usize>,
    /// Which of several it is, when the detail repeats.
    pub repeated: Option<Repeated>,
    /// The group it is shown in, by index.
    pub group: Option<usize>,
}

/// Which of several equal details one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated {
    /// The parameter that says how many there are, by index.
    pub count: usize,
    /// Its number, from 1.
    pub number: usize,
}

/// Whether a section is a detail or an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A part of the product.
    Detail,
    /// Something that is done to it.
    Operation,
}

impl SectionKind {
    /// The kind's name in templates.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Detail => "detail",
            Self::Operation => "operation",
        }
    }
}

/// Parameters that are shown together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The stable name.
    pub key: String,
    /// What buyers read.
    pub name: Texts,
    /// A short remark.
    pub hint: Option<Texts>,
}

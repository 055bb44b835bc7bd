//! What a template says about itself, field by field.

use super::packer::Packer;
use super::plain::{Later, Nothing, Small, Whole};
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::decimal::Direction;
use crate::engine::MOST_AXES;
use crate::template::Parts;
use crate::{
    Answer, AxisInfo, Between, Choice, ChoiceValue, Dates, Files, FreeInks, FreeSize, Group, Inks,
    Kind, LineInfo, NumberView, Numeric, Outside, Parameter, Per, Repeated, Rounding, Rows,
    Section, SectionKind, Sizes, TableInfo, TextLimits, TimeUnit, ValueInfo, View,
};

packed! {
    struct Parts {
        key, name, currency, groups, sections, parameters, lines, values, tables, production,
        remote,
        examples as Nothing,
        promises as Nothing,
        places as Nothing,
    }
    struct Group { key, name, hint }
    struct Section {
        key, kind, name, hint, help,
        parent as Later, switch as Later, repeated, group as Later,
    }
    enum SectionKind { Detail, Operation }
    struct Repeated { count as Later, number as Whole }
    struct Parameter {
        key, name, hint, help, kind, default, fixed, required, hidden,
        section as Later, group as Later,
    }
    enum Kind {
        Choice(choice),
        YesNo,
        Number(numeric),
        Run(numeric),
        Pages(numeric),
        Size(sizes),
        Inks(inks),
        Text(limits),
        Date(dates),
        File(files),
        Constant(answer),
        PassThrough,
    }
    struct Choice { view, many, values }
    enum View { List, Radio, Tiles, Swatches, Pictures }
    struct ChoiceValue { key, label, hint, help, picture, color, numbers, codes, hidden }
    struct Numeric { min, max, multiple, whole, unit, suggest, only, view }
    enum NumberView { Stepper, Slider, List }
    struct Sizes { choice, free }
    struct FreeSize { width, height }
    struct Inks { choice, free }
    struct FreeInks { max_cmyk as Small, max_pantone as Small }
    struct Dates { min, max, today }
    struct Files { many, accept }
    struct TextLimits { max_length as Whole, multiline }
    enum Answer { Flag(flag), Number(number), Text(text), List(keys) }
    struct LineInfo { key, section as Later, name, unit, round, per, discount }
    enum TimeUnit { Days, Hours }
    struct Rounding { step, direction }
    enum Direction { Up, Down, HalfUp, HalfEven }
    struct ValueInfo { key, name, unit, section as Later, date }
    struct TableInfo { key, name, per, axes, ask }
    enum Per { Piece, Sheet, Page, Area, Metre, Character, Run, SetUp }
    struct AxisInfo { key, name, rows, between, outside }
    enum Between { Exact, Step, Linear }
    enum Outside { Refuse, Clamp, Ask }
    enum Rows { Keys(keys), Numbers(numbers), Ranges(ranges) }
}

/// Whether every index in the parts points to something; they point to each other, so this is
/// known only when all of them have been read.
pub(super) fn are_whole(parts: &Parts) -> bool {
    let within = |index: Option<usize>, count: usize| index.is_none_or(|index| index < count);
    let (groups, sections) = (parts.groups.len(), parts.sections.len());
    let parameters = parts.parameters.len();
    let of_sections = parts.sections.iter().all(|section| {
        within(section.parent, sections)
            && within(section.switch, parameters)
            && within(section.repeated.map(|repeated| repeated.count), parameters)
            && within(section.group, groups)
    });
    let shown = parts.parameters.iter().map(|one| (one.section, one.group));
    let lines = parts.lines.iter().map(|line| (line.section, None));
    let values = parts.values.iter().map(|value| (value.section, None));
    let mut places = shown.chain(lines).chain(values);
    let of_tables = parts
        .tables
        .iter()
        .all(|table| table.axes.len() <= MOST_AXES);
    of_sections
        && of_tables
        && places.all(|(section, group)| within(section, sections) && within(group, groups))
}

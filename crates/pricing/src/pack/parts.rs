//! What a template says about itself, field by field.

use super::packer::Packer;
use super::plain::{Boxed, Later, Nothing, Small, Whole};
use super::unpacker::Unpacker;
use super::{Pack, PackAs, put};
use crate::decimal::Direction;
use crate::template::Parts;
use crate::{
    Answer, AxisInfo, Between, Choice, ChoiceValue, Dates, Files, FreeInks, FreeSize, Group, Inks,
    Kind, LineInfo, NumberView, Numeric, Outside, Parameter, Per, Repeated, Rounding, Rows,
    Section, SectionKind, Sizes, TableInfo, TextLimits, TimeUnit, ValueInfo, View,
};

packed! {
    struct Parts {
        currency, parameters, lines, values, tables, production, remote;
        key, name, groups, sections,
        examples as Nothing,
        promises as Nothing,
        places as Nothing,
    }
    struct Group { key, name, hint }
    struct Section {
        key, kind, name, hint, help,
        parent as Later, switch as Later, repeated, group as Later,
    }
    words SectionKind { Detail, Operation }
    struct Repeated { count as Later, number as Whole }
    struct Parameter {
        key, kind, default, fixed;
        name, hint, help, required, hidden, section as Later, group as Later,
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
    struct Choice { many, values; view }
    words View { List, Radio, Tiles, Swatches, Pictures }
    struct ChoiceValue { key, numbers; label, hint, help, picture, color, codes, hidden }
    struct Numeric { min, max, multiple, whole, only; unit, suggest, view }
    words NumberView { Stepper, Slider, List }
    struct Sizes { choice, free as Boxed }
    struct FreeSize { width, height }
    struct Inks { choice, free }
    struct FreeInks { max_cmyk as Small, max_pantone as Small }
    struct Dates { min, max; today }
    struct Files { many; accept }
    struct TextLimits { max_length as Whole, multiline }
    enum Answer { Flag(flag), Number(number), Text(text), List(keys) }
    struct LineInfo { key, name, unit, per, discount; section as Later, round }
    words TimeUnit { Days, Hours }
    struct Rounding { step, direction }
    words Direction { Up, Down, HalfUp, HalfEven }
    struct ValueInfo { key, date; name, unit, section as Later }
    struct TableInfo { key, axes, ask; name, per }
    words Per { Piece, Sheet, Page, Area, Metre, Character, Run, SetUp }
    struct AxisInfo { key, rows, between, outside; name }
    words Between { Exact, Step, Linear }
    words Outside { Refuse, Clamp, Ask }
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
    of_sections && places.all(|(section, group)| within(section, sections) && within(group, groups))
}

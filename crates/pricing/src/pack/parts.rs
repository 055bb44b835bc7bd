//! What a template says about itself, field by field.

use super::packer::Packer;
use super::plain::{Nothing, Whole};
use super::unpacker::Unpacker;
use super::{Pack, PackAs};
use crate::decimal::Direction;
use crate::template::Parts;
use crate::{
    Answer, AxisInfo, Between, Choice, ChoiceValue, Kind, LineInfo, Numeric, Outside, Parameter,
    Per, Rounding, Rows, TableInfo, TextLimits, TimeUnit, ValueInfo, View,
};

packed! {
    struct Parts {
        key, name, currency, parameters, lines, values, tables, production,
        examples as Nothing,
    }
    struct Parameter { key, name, hint, help, kind, default, required }
    enum Kind {
        Choice(choice),
        YesNo,
        Number(numeric),
        Run(numeric),
        Pages(numeric),
        Text(limits),
        Constant(answer),
        PassThrough,
    }
    struct Choice { view, many, values }
    enum View { List, Radio, Tiles, Swatches }
    struct ChoiceValue { key, label, hint, color, numbers, codes }
    struct Numeric { min, max, multiple, whole, unit, suggest }
    struct TextLimits { max_length as Whole, multiline }
    enum Answer { Flag(flag), Number(number), Text(text), List(keys) }
    struct LineInfo { key, name, unit, round, per, discount }
    enum TimeUnit { Days, Hours }
    struct Rounding { step, direction }
    enum Direction { Up, Down, HalfUp, HalfEven }
    struct ValueInfo { key, name, unit }
    struct TableInfo { key, name, per, axes, ask }
    enum Per { Piece, Sheet, Page, Area, Metre, Character, Run, SetUp }
    struct AxisInfo { key, name, rows, between, outside }
    enum Between { Exact, Step, Linear }
    enum Outside { Refuse, Clamp, Ask }
    enum Rows { Keys(keys), Numbers(numbers), Ranges(ranges) }
}

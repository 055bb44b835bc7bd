//! The `parameters` of a template.

use super::limits;
use super::reader::Reader;
use super::source::Source;
use crate::engine::{Bounds, Reading};
use crate::json::FromJson;
use crate::names;
use crate::{
    Answer, Choice, ChoiceValue, Decimal, Effective, Kind, Numeric, Parameter, TextLimits, Texts,
    View,
};

/// A parameter as read, with its rules still to be checked.
pub(super) struct Asked {
    pub(super) parameter: Parameter,
    pub(super) ask: AskDraft,
}

/// What becomes an ask of the engine.
pub(super) struct AskDraft {
    pub(super) reading: Reading,
    pub(super) default: Option<Effective>,
    pub(super) available: Option<Source>,
    pub(super) required: Option<Source>,
    pub(super) value_rules: Vec<ValueRule>,
}

/// When the value with this index can be chosen, and the reason to tell when it cannot.
type ValueRule = (usize, Source, Option<Texts>);

const COMMON: [&str; 8] = [
    "key",
    "kind",
    "name",
    "hint",
    "help",
    "available",
    "required",
    "default",
];
const KINDS: [&str; 8] = [
    "choice",
    "yes-no",
    "number",
    "run",
    "pages",
    "text",
    "constant",
    "pass-through",
];
const NUMERIC: [&str; 6] = ["min", "max", "multiple", "whole", "unit", "suggest"];

pub(super) fn read(root: &Reader<'_>) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut values = 0;
    root.each("parameters", limits::PARAMETERS, &mut |reader| {
        let Some(read) = parameter(&reader) else {
            return;
        };
        let choice = read.parameter.kind.choice();
        values += choice.map_or(0, |choice| choice.values.len());
        reader.within(limits::CHOICE_VALUES, values);
        asked.push(read);
    });
    let keys = names::sorted(asked.iter().map(|asked| asked.parameter.key.as_str()));
    root.mistakes
        .unique(&keys, &|index| format!("/parameters/{index}/key"));
    asked
}

fn parameter(reader: &Reader<'_>) -> Option<Asked> {
    let kind_name = KINDS[reader.field("kind")?.as_word(&KINDS)?];
    let own: &[&str] = match kind_name {
        "choice" => &["view", "many", "values"],
        "number" | "run" | "pages" => &NUMERIC,
        "text" => &["max_length", "multiline"],
        "constant" => &["value"],
        _ => &[],
    };
    reader.only(&[&COMMON, own].concat());
    let mut value_rules = Vec::new();
    let kind = match kind_name {
        "choice" => Kind::Choice(choice(reader, &mut value_rules)?),
        "yes-no" => Kind::YesNo,
        "number" => Kind::Number(numeric(reader, None)),
        "run" => Kind::Run(numeric(reader, Some(Decimal::ONE))),
        "pages" => Kind::Pages(numeric(reader, Some(Decimal::ONE))),
        "text" => Kind::Text(TextLimits {
            max_length: reader
                .optional("max_length")
                .and_then(|field| field.noted(field.node.integer()))
                .unwrap_or(1_000),
            multiline: reader.optional_flag("multiline").unwrap_or(false),
        }),
        "constant" => Kind::Constant(constant(&reader.field("value")?)?),
        _ => Kind::PassThrough,
    };
    let reading = Reading::of(&kind);
    let mut parameter = Parameter {
        key: reader.key("key"),
        name: reader.texts("name"),
        hint: reader.optional_texts("hint"),
        help: reader.optional_texts("help"),
        kind,
        default: None,
        required: false,
    };
    let default = default(reader, &parameter, &reading);
    parameter.default = default
        .as_ref()
        .and_then(|default| parameter.answer(default));
    Some(Asked {
        parameter,
        ask: AskDraft {
            reading,
            default,
            required: reader.optional_source("required"),
            available: reader.optional_source("available"),
            value_rules,
        },
    })
}

/// The default as the engine reads answers, so that a default is never worse than an answer.
fn default(reader: &Reader<'_>, parameter: &Parameter, reading: &Reading) -> Option<Effective> {
    let Some(field) = reader.optional("default") else {
        return match reading {
            Reading::YesNo => Some(Effective::Flag(false)),
            Reading::Constant(constant) => Some(constant.clone()),
            _ => None,
        };
    };
    if !matches!(reading, Reading::Constant(_)) {
        let answer = field.noted(Answer::from_json(&field.node))?;
        let mut default = None;
        if reading.read(&answer, &mut default).is_ok() {
            return default;
        }
    }
    field.refuse(&expected_default(&parameter.kind));
    None
}

fn expected_default(kind: &Kind) -> String {
    let expected = match kind {
        Kind::Constant(_) => "no default for a constant",
        Kind::Choice(choice) if choice.many => "a list of keys of its values",
        Kind::Choice(_) => "the key of one of its values",
        kind => {
            return match kind.numeric() {
                Some(numeric) => describe(numeric),
                None => format!("an answer to a parameter of kind {}", kind.as_str()),
            };
        }
    };
    expected.to_owned()
}

fn describe(numeric: &Numeric) -> String {
    let [min, max] = [numeric.min, numeric.max].map(crate::decimal::canonical);
    let whole = if numeric.whole {
        "a whole number"
    } else {
        "a number"
    };
    let multiple = numeric
        .multiple
        .map(|multiple| format!(", a multiple of {}", crate::decimal::canonical(multiple)))
        .unwrap_or_default();
    format!("{whole} from {min} to {max}{multiple}")
}

/// Bounds; kinds that count (runs and pages) start at 1 and are whole unless said otherwise.
fn numeric(reader: &Reader<'_>, counts_from: Option<Decimal>) -> Numeric {
    let min = reader.optional_decimal("min").or(counts_from);
    let mut numeric = Numeric {
        min: min.unwrap_or_else(|| reader.decimal("min")),
        max: reader.decimal("max"),
        multiple: reader.optional_decimal("multiple"),
        whole: reader
            .optional_flag("whole")
            .unwrap_or(counts_from.is_some()),
        unit: reader.optional_texts("unit"),
        suggest: Vec::new(),
    };
    if numeric.max < numeric.min
        && let Some(max) = reader.field("max")
    {
        let least = crate::decimal::canonical(numeric.min);
        max.refuse(&format!("at least the minimum {least}"));
    }
    if numeric
        .multiple
        .is_some_and(|multiple| multiple <= Decimal::ZERO)
        && let Some(multiple) = reader.field("multiple")
    {
        multiple.refuse("a number above 0");
    }
    if let Some(list) = reader.optional("suggest") {
        list.items(&mut |item| {
            let number = item.as_decimal();
            if Bounds::new(&numeric).check(number).is_err() {
                item.refuse(&describe(&numeric));
            }
            numeric.suggest.push(number);
        });
    }
    numeric
}

fn constant(reader: &Reader<'_>) -> Option<Answer> {
    let answer = reader.noted(Answer::from_json(&reader.node))?;
    if matches!(answer, Answer::List(_)) {
        reader.refuse("true, false, a number or a text");
    }
    Some(answer)
}

fn choice(reader: &Reader<'_>, rules: &mut Vec<ValueRule>) -> Option<Choice> {
    let words = View::ALL.map(View::as_str);
    let view = reader
        .optional("view")
        .and_then(|field| field.as_word(&words))
        .map(|place| View::ALL[place]);
    let list = reader.field("values")?;
    let mut values: Vec<ChoiceValue> = Vec::new();
    let count = list.items(&mut |item| {
        let value = choice_value(&item);
        let reason = item.optional_texts("reason");
        if let Some(rule) = item.optional_source("available") {
            rules.push((values.len(), rule, reason));
        }
        values.push(value);
    });
    if count == 0 {
        list.refuse("a list of at least one value");
    }
    let keys = names::sorted(values.iter().map(|value| value.key.as_str()));
    let place = |index| format!("{}/{index}/key", list.node.pointer());
    list.mistakes.unique(&keys, &place);
    Some(Choice {
        view: view.unwrap_or_default(),
        many: reader.optional_flag("many").unwrap_or(false),
        values,
    })
}

fn choice_value(reader: &Reader<'_>) -> ChoiceValue {
    reader.only(&[
        "key",
        "label",
        "hint",
        "color",
        "numbers",
        "codes",
        "available",
        "reason",
    ]);
    let key = reader.string("key");
    if (key.is_empty() || key.chars().count() > limits::KEY_LENGTH)
        && let Some(field) = reader.field("key")
    {
        field.refuse("a text of 1 to 64 characters");
    }
    let mut value = ChoiceValue {
        key,
        label: reader.texts("label"),
        hint: reader.optional_texts("hint"),
        color: reader.optional_string("color"),
        numbers: Vec::new(),
        codes: Vec::new(),
    };
    reader.pairs("numbers", &mut |name, number| {
        value.numbers.push((name, number.as_decimal()));
    });
    reader.pairs("codes", &mut |name, code| {
        value.codes.push((name, code.as_text().to_owned()));
    });
    value
}

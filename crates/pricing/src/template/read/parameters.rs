//! The `parameters` of a template.

use super::source::{self, Source};
use super::{Read, at_most, key, limits, named, texts, unique, within};
use crate::engine::{Bounds, ChoiceKeys, Reading};
use crate::json::{FromJson, JsonError, Node};
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
    pub(super) value_rules: Vec<(usize, Source, Option<Texts>)>,
}

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

pub(super) fn read(root: &Node<'_, '_>) -> Read<Vec<Asked>> {
    let list = root.optional("parameters")?;
    let nodes = at_most(&list, "parameters", limits::PARAMETERS)?;
    let mut asked = Vec::with_capacity(nodes.len());
    let mut values = 0;
    for node in &nodes {
        let read = parameter(node)?;
        values += read
            .parameter
            .kind
            .choice()
            .map_or(0, |choice| choice.values.len());
        within(node, "values of choices", limits::CHOICE_VALUES, values)?;
        asked.push(read);
    }
    let keys = names::sorted(asked.iter().map(|asked| asked.parameter.key.as_str()));
    unique(&keys, |index| format!("/parameters/{index}/key"))?;
    Ok(asked)
}

fn parameter(node: &Node<'_, '_>) -> Read<Asked> {
    let kind_node = node.field("kind")?;
    let kind_name = named(&kind_node, &KINDS, |name| name)?;
    let own: &[&str] = match kind_name {
        "choice" => &["view", "many", "values"],
        "number" | "run" | "pages" => &NUMERIC,
        "text" => &["max_length", "multiline"],
        "constant" => &["value"],
        _ => &[],
    };
    node.only(&[&COMMON, own].concat())?;
    let mut value_rules = Vec::new();
    let kind = match kind_name {
        "choice" => Kind::Choice(choice(node, &mut value_rules)?),
        "yes-no" => Kind::YesNo,
        "number" => Kind::Number(numeric(node, None)?),
        "run" => Kind::Run(numeric(node, Some(Decimal::ONE))?),
        "pages" => Kind::Pages(numeric(node, Some(Decimal::ONE))?),
        "text" => Kind::Text(TextLimits {
            max_length: node
                .optional("max_length")?
                .map_or(Ok(1_000), |node| node.integer())?,
            multiline: flag(node, "multiline", false)?,
        }),
        "constant" => Kind::Constant(constant(&node.field("value")?)?),
        _ => Kind::PassThrough,
    };
    let reading = reading(&kind);
    let mut parameter = Parameter {
        key: key(&node.field("key")?)?,
        name: Texts::from_json(&node.field("name")?)?,
        hint: texts(node, "hint")?,
        help: texts(node, "help")?,
        kind,
        default: None,
        required: false,
    };
    let default = default(node, &parameter, &reading)?;
    parameter.default = default
        .as_ref()
        .and_then(|default| parameter.answer(default));
    let required = match node.optional("required")? {
        Some(node) => Some(source::source(&node)?),
        None => None,
    };
    let available = source::optional(node, "available")?;
    Ok(Asked {
        parameter,
        ask: AskDraft {
            reading,
            default,
            available,
            required,
            value_rules,
        },
    })
}

fn flag(node: &Node<'_, '_>, field: &str, missing: bool) -> Result<bool, JsonError> {
    node.optional(field)?
        .map_or(Ok(missing), |node| node.flag())
}

fn reading(kind: &Kind) -> Reading {
    match kind {
        Kind::Choice(choice) => Reading::Choice {
            keys: ChoiceKeys::new(choice.values.iter().map(|value| value.key.as_str())),
            many: choice.many,
        },
        Kind::YesNo => Reading::YesNo,
        Kind::Number(numeric) | Kind::Run(numeric) | Kind::Pages(numeric) => {
            Reading::Numeric(Bounds::new(numeric))
        }
        Kind::Text(limits) => Reading::Text(limits.clone()),
        Kind::Constant(Answer::Flag(flag)) => Reading::Constant(Effective::Flag(*flag)),
        Kind::Constant(Answer::Number(number)) => Reading::Constant(Effective::Number(*number)),
        Kind::Constant(Answer::Text(text)) => Reading::Constant(Effective::Text(text.clone())),
        Kind::Constant(Answer::List(_)) | Kind::PassThrough => Reading::PassThrough,
    }
}

/// The default as the engine reads answers, so that a default is never worse than an answer.
fn default(
    node: &Node<'_, '_>,
    parameter: &Parameter,
    reading: &Reading,
) -> Read<Option<Effective>> {
    let Some(node) = node.optional("default")? else {
        return Ok(match reading {
            Reading::YesNo => Some(Effective::Flag(false)),
            Reading::Constant(constant) => Some(constant.clone()),
            _ => None,
        });
    };
    let expected = match &parameter.kind {
        Kind::Constant(_) => "no default for a constant".to_owned(),
        Kind::Choice(choice) if choice.many => "a list of keys of its values".to_owned(),
        Kind::Choice(_) => "the key of one of its values".to_owned(),
        kind => match kind.numeric() {
            Some(numeric) => describe(numeric),
            None => format!("an answer to a parameter of kind {}", kind.as_str()),
        },
    };
    if matches!(reading, Reading::Constant(_)) {
        return Err(node.error(expected).into());
    }
    let mut default = None;
    match reading.read(&Answer::from_json(&node)?, &mut default) {
        Ok(()) => Ok(default),
        Err(_) => Err(node.error(expected).into()),
    }
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
fn numeric(node: &Node<'_, '_>, counts_from: Option<Decimal>) -> Read<Numeric> {
    let decimal = |field| node.optional(field)?.map(|node| node.decimal()).transpose();
    let min = match (decimal("min")?, counts_from) {
        (Some(min), _) | (None, Some(min)) => min,
        (None, None) => node.field("min")?.decimal()?,
    };
    let max_node = node.field("max")?;
    let mut numeric = Numeric {
        min,
        max: max_node.decimal()?,
        multiple: decimal("multiple")?,
        whole: flag(node, "whole", counts_from.is_some())?,
        unit: texts(node, "unit")?,
        suggest: Vec::new(),
    };
    if numeric.max < min {
        let expected = format!("at least the minimum {}", crate::decimal::canonical(min));
        return Err(max_node.error(expected).into());
    }
    if let Some(node) = node.optional("multiple")?
        && numeric
            .multiple
            .is_some_and(|multiple| multiple <= Decimal::ZERO)
    {
        return Err(node.error("a number above 0").into());
    }
    if let Some(list) = node.optional("suggest")? {
        for node in list.items()? {
            let number = node.decimal()?;
            if Bounds::new(&numeric).check(number).is_err() {
                return Err(node.error(describe(&numeric)).into());
            }
            numeric.suggest.push(number);
        }
    }
    Ok(numeric)
}

fn constant(node: &Node<'_, '_>) -> Read<Answer> {
    match Answer::from_json(node)? {
        Answer::List(_) => Err(node.error("true, false, a number or a text").into()),
        constant => Ok(constant),
    }
}

fn choice(node: &Node<'_, '_>, rules: &mut Vec<(usize, Source, Option<Texts>)>) -> Read<Choice> {
    let view = node
        .optional("view")?
        .map(|node| named(&node, &View::ALL, View::as_str));
    let list = node.field("values")?;
    let mut values: Vec<ChoiceValue> = Vec::new();
    for item in list.items()? {
        let (value, rule) = choice_value(&item)?;
        if let Some((rule, reason)) = rule {
            rules.push((values.len(), rule, reason));
        }
        values.push(value);
    }
    if values.is_empty() {
        return Err(list.error("a list of at least one value").into());
    }
    let pointer = list.pointer();
    let keys = names::sorted(values.iter().map(|value| value.key.as_str()));
    unique(&keys, |index| format!("{pointer}/{index}/key"))?;
    Ok(Choice {
        view: view.transpose()?.unwrap_or_default(),
        many: flag(node, "many", false)?,
        values,
    })
}

type ValueRule = Option<(Source, Option<Texts>)>;

fn choice_value(node: &Node<'_, '_>) -> Read<(ChoiceValue, ValueRule)> {
    node.only(&[
        "key",
        "label",
        "hint",
        "color",
        "numbers",
        "codes",
        "available",
        "reason",
    ])?;
    let key_node = node.field("key")?;
    let key = key_node.text()?;
    if key.is_empty() || key.chars().count() > limits::KEY_LENGTH {
        return Err(key_node.error("a text of 1 to 64 characters").into());
    }
    let value = ChoiceValue {
        key: key.to_owned(),
        label: Texts::from_json(&node.field("label")?)?,
        hint: texts(node, "hint")?,
        color: node
            .optional("color")?
            .map(|node| String::from_json(&node))
            .transpose()?,
        numbers: attached(node, "numbers", Decimal::from_json)?,
        codes: attached(node, "codes", String::from_json)?,
    };
    let reason = texts(node, "reason")?;
    let rule = source::optional(node, "available")?;
    Ok((value, rule.map(|rule| (rule, reason))))
}

fn attached<T>(
    node: &Node<'_, '_>,
    field: &str,
    read: fn(&Node<'_, '_>) -> Result<T, JsonError>,
) -> Result<Vec<(String, T)>, JsonError> {
    let Some(node) = node.optional(field)? else {
        return Ok(Vec::new());
    };
    node.fields()?
        .map(|(name, value)| Ok((name.to_owned(), read(&value)?)))
        .collect()
}

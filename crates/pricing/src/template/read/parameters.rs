//! The `parameters` of a template.

use super::reader::Reader;
use super::sections::{Drafts, Guard};
use super::source::Source;
use super::{figures, groups, limits};
use crate::engine::{Keys, Reading, check};
use crate::json::FromJson;
use crate::{
    Answer, Choice, ChoiceValue, Dates, Decimal, Effective, Files, Group, Kind, NumberView,
    Numeric, Parameter, TextLimits, Texts, View, date, names,
};

/// A parameter as read, with its rules still to be checked.
pub(super) struct Asked {
    /// The place of its key.
    pub(super) pointer: String,
    pub(super) parameter: Parameter,
    pub(super) ask: AskDraft,
}

/// What becomes an ask of the engine.
pub(super) struct AskDraft {
    pub(super) default: Option<Effective>,
    pub(super) available: Option<Source>,
    pub(super) required: Option<Source>,
    pub(super) value_rules: Vec<ValueRule>,
    pub(super) value_needs: Vec<(usize, Source)>,
    /// The answer that counts whatever is answered: always, or while a rule holds.
    pub(super) fixed: Option<(Option<Source>, Effective)>,
    /// What has to hold for the section it belongs to.
    pub(super) guard: Option<Guard>,
}

impl AskDraft {
    pub(super) fn new() -> Self {
        Self {
            default: None,
            available: None,
            required: None,
            value_rules: Vec::new(),
            value_needs: Vec::new(),
            fixed: None,
            guard: None,
        }
    }

    /// Every rule it has.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        let rules = self.value_rules.iter().map(|(_, rule, _)| rule);
        let needs = self.value_needs.iter().map(|(_, rule)| rule);
        let fixed = self.fixed.iter().filter_map(|(rule, _)| rule.as_ref());
        self.available.iter().chain(rules).chain(needs).chain(fixed)
    }
}

/// The rules of a choice's values.
#[derive(Default)]
pub(super) struct ValueRules {
    available: Vec<ValueRule>,
    required: Vec<(usize, Source)>,
}

/// When the value with this index can be chosen, and the reason to tell when it cannot.
type ValueRule = (usize, Source, Option<Texts>);

const COMMON: [&str; 11] = [
    "key",
    "kind",
    "name",
    "hint",
    "help",
    "available",
    "required",
    "default",
    "group",
    "hidden",
    "fixed",
];
const KINDS: [&str; 12] = [
    "choice",
    "yes-no",
    "number",
    "run",
    "pages",
    "size",
    "inks",
    "text",
    "date",
    "file",
    "constant",
    "pass-through",
];
const NUMERIC: [&str; 8] = [
    "min", "max", "multiple", "whole", "unit", "suggest", "only", "view",
];

/// Reads the parameters of the order or of a section, whose path stands in front of their keys.
pub(super) fn read(
    root: &Reader<'_>,
    (prefix, guard): (&str, Option<Guard>),
    groups: &[Group],
    drafts: &mut Drafts,
) {
    root.each("parameters", limits::PARAMETERS, &mut |reader| {
        let Some(mut asked) = parameter(&reader) else {
            return;
        };
        asked.parameter.key.insert_str(0, prefix);
        asked.parameter.group = groups::of(&reader, groups);
        asked.ask.guard = guard;
        let choice = asked.parameter.kind.choice();
        drafts.choice_values += choice.map_or(0, |choice| choice.values.len());
        reader.within(limits::CHOICE_VALUES, drafts.choice_values);
        drafts.asked.push(asked);
        reader.within(limits::PARAMETERS, drafts.asked.len());
    });
}

fn parameter(reader: &Reader<'_>) -> Option<Asked> {
    let kind_name = KINDS[reader.field("kind")?.as_word(&KINDS)?];
    let own: &[&str] = match kind_name {
        "choice" => &["view", "many", "values"],
        "number" | "run" | "pages" => &NUMERIC,
        "size" | "inks" => &["view", "values", "free"],
        "text" => &["max_length", "multiline"],
        "date" => &["min", "max", "today"],
        "file" => &["many", "accept"],
        "constant" => &["value"],
        _ => &[],
    };
    reader.only(&[&COMMON, own].concat());
    let mut rules = ValueRules::default();
    let kind = kind(reader, kind_name, &mut rules)?;
    let mut parameter = Parameter {
        key: reader.key("key"),
        name: reader.texts("name"),
        hint: reader.optional_texts("hint"),
        help: reader.optional_texts("help"),
        kind,
        default: None,
        fixed: None,
        required: false,
        hidden: reader.optional_flag("hidden").unwrap_or(false),
        section: reader.section,
        group: None,
    };
    let default = default(reader, &parameter);
    parameter.default = default
        .as_ref()
        .and_then(|default| parameter.answer(default));
    let fixed = reader
        .optional("fixed")
        .and_then(|field| answer(&field, &parameter));
    parameter.fixed = fixed.as_ref().and_then(|fixed| parameter.answer(fixed));
    let fixed = fixed.map(|fixed| (None, fixed));
    Some(Asked {
        pointer: [&reader.node.pointer(), "/key"].concat(),
        parameter,
        ask: AskDraft {
            default,
            required: reader.optional_source("required"),
            available: reader.optional_source("available"),
            value_rules: rules.available,
            value_needs: rules.required,
            fixed,
            ..AskDraft::new()
        },
    })
}

fn kind(reader: &Reader<'_>, name: &str, rules: &mut ValueRules) -> Option<Kind> {
    Some(match name {
        "choice" => Kind::Choice(choice(reader, rules)?),
        "yes-no" => Kind::YesNo,
        "number" => Kind::Number(numeric(reader, None)),
        "run" => Kind::Run(numeric(reader, Some(Decimal::ONE))),
        "pages" => Kind::Pages(numeric(reader, Some(Decimal::ONE))),
        "size" => Kind::Size(figures::sizes(reader, rules)?),
        "inks" => Kind::Inks(figures::inks(reader, rules)?),
        "text" => Kind::Text(TextLimits {
            max_length: reader
                .optional("max_length")
                .and_then(|field| field.noted(field.node.integer()))
                .unwrap_or(1_000),
            multiline: reader.optional_flag("multiline").unwrap_or(false),
        }),
        "date" => Kind::Date(dates(reader)),
        "file" => Kind::File(files(reader)),
        "constant" => Kind::Constant(constant(&reader.field("value")?)?),
        _ => Kind::PassThrough,
    })
}

/// The days a date may be, by default all of four digits of a year.
fn dates(reader: &Reader<'_>) -> Dates {
    let day = |name: &str, otherwise: &str| {
        let field = reader.optional(name);
        let text = field.as_ref().map_or(otherwise, |field| field.as_text());
        let day = date::read(text);
        if let (None, Some(field)) = (day, &field) {
            field.refuse("a date such as \"2027-03-01\"");
        }
        day.unwrap_or_default()
    };
    let dates = Dates {
        min: day("min", "0000-01-01"),
        max: day("max", "9999-12-31"),
        today: reader.optional_flag("today").unwrap_or(false),
    };
    if dates.max < dates.min {
        reader.missing("a last day that is not before the first");
    }
    dates
}

fn files(reader: &Reader<'_>) -> Files {
    let mut accept = Vec::new();
    if let Some(list) = reader.optional("accept") {
        list.items(&mut |item| {
            let ending = item.as_text();
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            if ending.is_empty() || !ending.bytes().all(plain) {
                item.refuse("the ending of a file's name such as \"pdf\"");
            }
            accept.push(ending.to_owned());
        });
    }
    Files {
        many: reader.optional_flag("many").unwrap_or(false),
        accept,
    }
}

/// The default as the engine reads answers, so that a default is never worse than an answer.
fn default(reader: &Reader<'_>, parameter: &Parameter) -> Option<Effective> {
    let Some(field) = reader.optional("default") else {
        let implied = match &parameter.kind {
            Kind::YesNo => Answer::Flag(false),
            Kind::Constant(constant) => constant.clone(),
            _ => return None,
        };
        return understood(parameter, &implied).flatten();
    };
    answer(&field, parameter)
}

/// An answer that the template gives itself.
fn answer(field: &Reader<'_>, parameter: &Parameter) -> Option<Effective> {
    if !matches!(parameter.kind, Kind::Constant(_)) {
        let answer = field.noted(Answer::from_json(&field.node))?;
        if let Some(read) = understood(parameter, &answer) {
            return read;
        }
    }
    field.refuse(&expected_answer(&parameter.kind));
    None
}

/// What an answer is to a parameter, perhaps nothing; none where it is wrong.
fn understood(parameter: &Parameter, answer: &Answer) -> Option<Option<Effective>> {
    let (kind, keys) = (&parameter.kind, Keys::of(&parameter.kind));
    let keys = keys.all();
    let mut read = None;
    let checked = Reading { kind, keys }.read(answer, &mut read);
    checked.is_ok().then_some(read)
}

fn expected_answer(kind: &Kind) -> String {
    let expected = match kind {
        Kind::Constant(_) => "no answer to a constant",
        Kind::Size(_) => "one of its sizes, or one such as \"210x297\" within its limits",
        Kind::Inks(_) => "one of its inks, or some such as \"4+0\" within their limits",
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
pub(super) fn numeric(reader: &Reader<'_>, counts_from: Option<Decimal>) -> Numeric {
    let only = numbers(reader, "only", &|_| true, "");
    let mut bounds = [
        reader.optional_decimal("min").or(counts_from),
        reader.optional_decimal("max"),
    ];
    if let ([least, ..], Some(field)) = (only.as_slice(), reader.optional("only")) {
        if !only.is_sorted() {
            field.refuse("numbers in ascending order");
        }
        bounds[0] = bounds[0]
            .filter(|_| reader.optional("min").is_some())
            .or(Some(*least));
        bounds[1] = bounds[1].or(only.last().copied());
    }
    let view = reader.optional("view").and_then(|field| {
        let place = field.as_word(&NumberView::ALL.map(NumberView::as_str))?;
        Some(NumberView::ALL[place])
    });
    let mut numeric = Numeric {
        min: bounds[0].unwrap_or_else(|| reader.decimal("min")),
        max: bounds[1].unwrap_or_else(|| reader.decimal("max")),
        multiple: reader.optional_decimal("multiple"),
        whole: reader
            .optional_flag("whole")
            .unwrap_or(counts_from.is_some()),
        unit: reader.optional_texts("unit"),
        suggest: Vec::new(),
        view: view.unwrap_or(if only.is_empty() {
            NumberView::Stepper
        } else {
            NumberView::List
        }),
        only: Vec::new(),
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
    let expected = describe(&numeric);
    numeric.only = numbers(reader, "only", &|n| check(&numeric, n).is_ok(), &expected);
    numeric.suggest = numbers(
        reader,
        "suggest",
        &|n| check(&numeric, n).is_ok(),
        &expected,
    );
    numeric
}

/// A list of numbers that may be missing, each of which fits.
fn numbers(
    reader: &Reader<'_>,
    name: &str,
    fits: &dyn Fn(Decimal) -> bool,
    expected: &str,
) -> Vec<Decimal> {
    let mut numbers = Vec::new();
    if let Some(list) = reader.optional(name) {
        list.items(&mut |item| {
            let number = item.as_decimal();
            if !fits(number) {
                item.refuse(expected);
            }
            numbers.push(number);
        });
    }
    numbers
}

fn constant(reader: &Reader<'_>) -> Option<Answer> {
    let answer = reader.noted(Answer::from_json(&reader.node))?;
    if matches!(answer, Answer::List(_)) {
        reader.refuse("true, false, a number or a text");
    }
    Some(answer)
}

fn choice(reader: &Reader<'_>, rules: &mut ValueRules) -> Option<Choice> {
    let list = reader.field("values")?;
    let values = values(&list, rules, &|item| choice_value(item, &[]));
    if values.is_empty() {
        list.refuse("a list of at least one value");
    }
    Some(Choice {
        view: view(reader),
        many: reader.optional_flag("many").unwrap_or(false),
        values,
    })
}

pub(super) fn view(reader: &Reader<'_>) -> View {
    let words = View::ALL.map(View::as_str);
    let place = reader
        .optional("view")
        .and_then(|field| field.as_word(&words));
    place.map_or(View::default(), |place| View::ALL[place])
}

/// The values of a choice, with their rules.
pub(super) fn values(
    list: &Reader<'_>,
    rules: &mut ValueRules,
    read: &dyn Fn(&Reader<'_>) -> ChoiceValue,
) -> Vec<ChoiceValue> {
    let mut values: Vec<ChoiceValue> = Vec::new();
    list.items(&mut |item| {
        let value = read(&item);
        let reason = item.optional_texts("reason");
        if value.hidden {
            rules
                .available
                .push((values.len(), Source::never(&item), None));
        } else if let Some(rule) = item.optional_source("available") {
            rules.available.push((values.len(), rule, reason));
        }
        if let Some(rule) = item.optional_source("required") {
            rules.required.push((values.len(), rule));
        }
        values.push(value);
    });
    let keys = names::sorted(values.iter().map(|value| value.key.as_str()));
    let place = |index| format!("{}/{index}/key", list.node.pointer());
    list.mistakes.unique(&keys, &place);
    values
}

pub(super) fn choice_value(reader: &Reader<'_>, own: &[&str]) -> ChoiceValue {
    const FIELDS: [&str; 12] = [
        "key",
        "label",
        "hint",
        "help",
        "picture",
        "color",
        "numbers",
        "codes",
        "hidden",
        "available",
        "reason",
        "required",
    ];
    reader.only(&[&FIELDS, own].concat());
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
        help: reader.optional_texts("help"),
        picture: picture(reader),
        color: reader.optional_string("color"),
        numbers: Vec::new(),
        codes: Vec::new(),
        hidden: reader.optional_flag("hidden").unwrap_or(false),
    };
    reader.pairs("numbers", &mut |name, number| {
        value.numbers.push((name, number.as_decimal()));
    });
    reader.pairs("codes", &mut |name, code| {
        value.codes.push((name, code.as_text().to_owned()));
    });
    value
}

/// Only addresses that a page may load a picture from: no scripts, no other schemes.
fn picture(reader: &Reader<'_>) -> Option<String> {
    let field = reader.optional("picture")?;
    let address = field.as_text();
    let local = address.starts_with('/') && !address.starts_with("//");
    if !local && !address.starts_with("https://") {
        field.refuse("an address that starts with https:// or with one /");
    }
    Some(address.to_owned())
}

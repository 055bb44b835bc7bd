//! The price panel: the total, and the lines that add up to it, each with its explanation.

use tirage_pricing::{
    AxisInfo, Basis, Coordinate, Decimal, Line, Lookup, Price, ProblemCode, Template, TimeUnit,
    ValueInfo,
    decimal::{self, canonical},
};

use super::calculator::Calculator;
use super::presence::{is_there, name_of};
use super::problem;
use super::words::Words;
use crate::locale::fill;

/// The panel as the buyer sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceView {
    /// The total as the wire writes it; empty where there is no price.
    pub exact: String,
    /// The total for people.
    pub total: String,
    /// The price of one, where more than one is ordered.
    pub unit: String,
    /// What it would be without discounts; empty where there are none.
    pub before: String,
    /// What keeps the price away.
    pub problems: Vec<String>,
}

/// How the price is made up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The lines of the price.
    pub lines: Vec<PriceLine>,
    /// The total for people.
    pub total: String,
    /// Figures the template names, such as the number of sheets.
    pub figures: Vec<Figure>,
}

/// A figure of a price, such as the number of sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is of.
    pub name: String,
    /// The figure for people.
    pub figure: String,
}

/// A line of the price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// What is charged.
    pub name: String,
    /// How much.
    pub amount: String,
    /// How the amount came about, a sentence per step.
    pub because: Vec<String>,
}

/// The panel of a calculator.
#[must_use]
pub fn view(calculator: &Calculator, words: &Words<'_>) -> PriceView {
    let template = calculator.template();
    let mut view = PriceView::default();
    let Some(current) = calculator.current() else {
        return view;
    };
    let Some(price) = &current.price else {
        for list in [&calculator.quote().problems, &current.problems] {
            for found in list {
                let sentence = problem::at_price(found, template, words);
                if !view.problems.contains(&sentence) {
                    view.problems.push(sentence);
                }
                if found.code == ProblemCode::PricedRemotely {
                    view.total.push('…');
                }
            }
        }
        return view;
    };
    view.exact = canonical(price.total);
    view.total = words.format.money(price.total);
    if template.quantity().is_some() && current.run != Decimal::ONE {
        let money = words.format.money(price.unit_price);
        view.unit = fill(words.locale.texts.unit_price, &[("price", &money)]);
    }
    if let Some(before) = price
        .total_before_discount
        .filter(|own| *own != price.total)
    {
        view.before = words.format.money(before);
    }
    view
}

/// How the price of a calculator is made up; empty where there is none.
#[must_use]
pub fn explain(calculator: &Calculator, words: &Words<'_>) -> Explanation {
    let mut view = Explanation::default();
    let current = calculator.current();
    let Some(price) = current.and_then(|current| current.price.as_ref()) else {
        return view;
    };
    view.total = words.format.money(price.total);
    for line in &price.lines {
        view.lines.extend(match calculator.told() {
            Some(told) => told.line(line.line).map(|own| PriceLine {
                name: words.of(&own.name).to_owned(),
                amount: words.format.money(line.amount),
                because: Vec::new(),
            }),
            None => line_view(calculator, price, line, words),
        });
    }
    if let Some(vat) = price.vat {
        view.figures.push(Figure {
            name: words.locale.why_texts().vat.to_owned(),
            figure: words.format.money(vat),
        });
    }
    view.figures.extend(facts(calculator, price, words));
    view.figures
        .extend(named(calculator, price, words, |_| true));
    view
}

/// What a configuration comes to besides its price: its weight, how long it takes, and days.
#[must_use]
pub fn outcome(calculator: &Calculator, words: &Words<'_>) -> Vec<Figure> {
    let current = calculator.current();
    let Some(price) = current.and_then(|current| current.price.as_ref()) else {
        return Vec::new();
    };
    let mut figures = facts(calculator, price, words);
    figures.extend(named(calculator, price, words, |info| info.date));
    figures
}

/// Figures that the template names.
fn named(
    calculator: &Calculator,
    price: &Price,
    words: &Words<'_>,
    is_meant: fn(&ValueInfo) -> bool,
) -> Vec<Figure> {
    let mut figures = Vec::new();
    let template = calculator.template();
    for (info, value) in template.values().iter().zip(&price.values) {
        if let (Some(name), Some(value)) = (&info.name, value)
            && is_meant(info)
            && is_there(calculator, info.section)
        {
            let figure = match &info.unit {
                Some(unit) => words.count(*value, Some(unit)),
                None if info.date => tirage_pricing::date::written(*value),
                None => words.format.number(*value),
            };
            figures.push(Figure {
                name: name_of(calculator, info.section, name, words),
                figure,
            });
        }
    }
    figures
}

/// Weight and how long it takes, where the template tells.
fn facts(calculator: &Calculator, price: &Price, words: &Words<'_>) -> Vec<Figure> {
    let unit = match calculator.told() {
        Some(told) => told.unit(),
        None => calculator.template().production(),
    };
    let texts = words.locale.why_texts();
    let mut figures = Vec::new();
    let mut tell = |name: &str, figure: String| {
        figures.push(Figure {
            name: name.to_owned(),
            figure,
        });
    };
    if let Some(grams) = price.weight {
        let kilos = decimal::multiply(grams, Decimal::new(1, 3)).unwrap_or(grams);
        let figure = words.format.number(decimal::round_places(
            kilos,
            3,
            decimal::Direction::HalfEven,
        ));
        tell(texts.weight, fill(texts.kilograms, &[("n", &figure)]));
    }
    if let (Some(time), Some(unit)) = (price.production, unit) {
        let text = match unit {
            TimeUnit::Days => texts.working_days,
            TimeUnit::Hours => texts.working_hours,
        };
        let text = words.locale.plural(text, time);
        let figure = words.format.number(time);
        tell(texts.production, fill(text, &[("n", &figure)]));
    }
    figures
}

fn line_view(
    calculator: &Calculator,
    price: &Price,
    line: &Line,
    words: &Words<'_>,
) -> Option<PriceLine> {
    let template = calculator.template();
    let info = template.lines().get(line.line)?;
    let texts = words.locale.why_texts();
    let format = words.format;
    let mut because = Vec::new();
    match &line.basis {
        Basis::Charge { price, times } => {
            if let Some(times) = times {
                let count = match &info.unit {
                    Some(unit) => words.count(*times, Some(unit)),
                    None => format.number(*times),
                };
                let product = [("price", &*format.money(*price)), ("times", &count)];
                because.push(fill(texts.times, &product));
            }
        }
        Basis::Percent { percent, of } => because.push(fill(
            texts.percent_of,
            &[
                ("percent", &format.number(*percent)),
                ("of", &format.money(*of)),
            ],
        )),
        Basis::Rounding { step, .. } => {
            because.push(fill(texts.rounded_to, &[("step", &format.money(*step))]));
        }
        Basis::Minimum { minimum, .. } => {
            because.push(fill(
                texts.raised_to,
                &[("minimum", &format.money(*minimum))],
            ));
        }
        Basis::Vat {
            rate,
            of,
            tax,
            included,
        } => {
            let percent = ("percent", &*format.number(*rate));
            let of = ("of", &*format.money(*of));
            because.push(fill(texts.percent_of, &[percent, of]));
            if *included {
                because.push(fill(texts.contained, &[("amount", &format.money(*tax))]));
            }
        }
    }
    for lookup in price.lookups.of(line) {
        because.extend(row(template, &lookup, words));
    }
    if let (Some(round), Basis::Charge { .. } | Basis::Percent { .. }) = (&info.round, &line.basis)
    {
        let step = format.money(round.step);
        because.push(fill(texts.rounded_to, &[("step", &step)]));
    }
    Some(PriceLine {
        name: name_of(calculator, info.section, &info.name, words),
        amount: format.money(line.amount),
        because,
    })
}

/// The table row a figure was read from; nothing for a table that buyers have no name of.
fn row(template: &Template, lookup: &Lookup<'_>, words: &Words<'_>) -> Option<String> {
    let table = template.tables().get(lookup.table)?;
    let name = words.of(table.name.as_ref()?);
    let mut places = String::new();
    for (axis, spot) in table.axes.iter().zip(lookup.spots) {
        if !places.is_empty() {
            places.push_str(", ");
        }
        places.push_str(&place(template, axis, &axis.coordinate(spot), words));
    }
    let cell = [("table", name), ("row", &*places)];
    Some(fill(words.locale.why_texts().cell_of, &cell))
}

fn place(
    template: &Template,
    axis: &AxisInfo,
    coordinate: &Coordinate<'_>,
    words: &Words<'_>,
) -> String {
    match coordinate {
        Coordinate::Key(key) => {
            let parameter = template.parameters().iter().find(|p| p.key == axis.key);
            let choice = parameter.and_then(|parameter| parameter.kind.choice());
            let label = choice.and_then(|choice| Some(&choice.values[choice.index(key)?].label));
            label.map_or_else(|| key.to_string(), |label| words.of(label).to_owned())
        }
        Coordinate::Range { from, to, at } => in_range((*from, *to, *at), axis, words),
        Coordinate::Between { from, to, at } => in_range((*from, Some(*to), *at), axis, words),
    }
}

fn in_range(
    (from, to, at): (Decimal, Option<Decimal>, Decimal),
    axis: &AxisInfo,
    words: &Words<'_>,
) -> String {
    let number = |number: Decimal| words.format.number(number);
    let range = match to {
        Some(to) if to == from => return number(at),
        Some(to) => [&number(from), "–", &number(to)].concat(),
        None => fill(
            words.locale.why_texts().from_only,
            &[("min", &number(from))],
        ),
    };
    let text = fill(
        words.locale.why_texts().table_row,
        &[("range", &range), ("at", &number(at))],
    );
    match &axis.name {
        Some(name) => [words.of(name), " ", &text].concat(),
        None => text,
    }
}

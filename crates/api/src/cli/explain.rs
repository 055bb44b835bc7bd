//! How an amount came about, in words and numbers.

use tirage_pricing::{Basis, Coordinate, Decimal, Line, Lookup, Price, TimeUnit, date};

use tirage_api::words::Words;

/// The sentences that explain a line's amount.
pub(super) fn line(words: Words<'_>, price: &Price, line: &Line) -> Vec<String> {
    let info = &words.template.lines()[line.line];
    let number = |number| words.number(number);
    let mut sentences = Vec::new();
    let exact = match &line.basis {
        Basis::Charge { price, times } => {
            let unit = info
                .unit
                .as_ref()
                .map(|unit| format!(" {}", words.text(unit)));
            let unit = unit.unwrap_or_default();
            let per = info.per.map_or(String::new(), |per| words.per(per));
            let amount = times.map_or(Some(*price), |times| price.checked_mul(times));
            sentences.push(match times {
                Some(times) => {
                    let product =
                        amount.map_or(String::new(), |amount| format!(" = {}", number(amount)));
                    format!(
                        "{}{per} × {}{unit}{product}",
                        number(*price),
                        number(*times)
                    )
                }
                None => words.say(
                    format!("{}{per} один раз", number(*price)),
                    format!("{}{per} once", number(*price)),
                ),
            });
            amount
        }
        Basis::Percent { percent, of } => {
            let share = percent
                .checked_mul(*of)
                .and_then(|share| share.checked_mul(Decimal::new(1, 2)));
            sentences.push(words.say(
                format!("{} % от {}", number(*percent), words.money(*of)),
                format!("{} % of {}", number(*percent), words.money(*of)),
            ));
            share
        }
        Basis::Rounding {
            step,
            direction,
            from,
        } => {
            sentences.push(rounded(words, *from, (*step, words.direction(*direction))));
            None
        }
        Basis::Minimum { minimum, from } => {
            let (minimum, from) = (words.money(*minimum), words.money(*from));
            sentences.push(words.say(
                format!("сумма {from} поднята до минимальной {minimum}"),
                format!("the sum {from} raised to the minimum {minimum}"),
            ));
            None
        }
        Basis::Vat {
            rate,
            of,
            tax,
            included,
        } => {
            let (rate, of, tax) = (number(*rate), words.money(*of), words.money(*tax));
            sentences.push(if *included {
                words.say(
                    format!("в {of} уже входит {rate} %: {tax}"),
                    format!("{of} contain {rate} % already: {tax}"),
                )
            } else {
                words.say(
                    format!("{rate} % от {of} = {tax}"),
                    format!("{rate} % of {of} = {tax}"),
                )
            });
            None
        }
    };
    sentences.extend(price.lookups.of(line).map(|found| lookup(words, found)));
    if let (Some(round), Some(exact)) = (info.round, exact)
        && exact != line.amount
    {
        let how = (round.step, words.direction(round.direction));
        sentences.push(rounded(words, exact, how));
    }
    sentences
}

fn rounded(words: Words<'_>, from: Decimal, (step, direction): (Decimal, &str)) -> String {
    let (from, step) = (words.number(from), words.number(step));
    words.say(
        format!("округлено с {from} {direction}, шаг {step}"),
        format!("rounded from {from} {direction}, in steps of {step}"),
    )
}

fn lookup(words: Words<'_>, lookup: Lookup<'_>) -> String {
    let table = &words.template.tables()[lookup.table];
    let name = table.name.as_ref().map(|name| words.text(name));
    let name = name.map_or(String::new(), |name| format!(" ({name})"));
    let rows = table.axes.iter().zip(lookup.spots);
    let rows: Vec<String> = rows
        .map(|(axis, spot)| {
            let row = match axis.coordinate(spot) {
                Coordinate::Key(key) => key.to_string(),
                Coordinate::Range { from, to, at } if to != Some(from) => {
                    let range = words.range(from, to);
                    let at = words.number(at);
                    words.say(
                        format!("{range} (здесь {at})"),
                        format!("{range} (here {at})"),
                    )
                }
                Coordinate::Range { at, .. } => words.number(at),
                Coordinate::Between { from, to, at } => {
                    let [from, to, at] = [from, to, at].map(|number| words.number(number));
                    words.say(
                        format!("{at} между {from} и {to}"),
                        format!("{at} between {from} and {to}"),
                    )
                }
            };
            format!("{} {row}", axis.key)
        })
        .collect();
    let times = lookup
        .times
        .map(|times| format!(" × {}", words.number(times)));
    let cell = words.number(lookup.cell) + &times.unwrap_or_default();
    let (key, rows) = (&table.key, rows.join(", "));
    words.say(
        format!("{cell} из таблицы `{key}`{name}: {rows}"),
        format!("{cell} from the table `{key}`{name}: {rows}"),
    )
}

/// What else a price says: the tax in it, the weight and how long it takes.
pub(super) fn facts(words: Words<'_>, price: &Price) -> String {
    let mut out = String::new();
    if let Some(vat) = price.vat {
        let vat = words.money(vat);
        out += &words.say(format!("  НДС: {vat}\n"), format!("  VAT: {vat}\n"));
    }
    if let Some(weight) = price.weight {
        let weight = words.number(weight);
        out += &words.say(
            format!("  Масса: {weight} г\n"),
            format!("  Weight: {weight} g\n"),
        );
    }
    if let (Some(time), Some(unit)) = (price.production, words.template.production()) {
        let time = words.number(time);
        out += &match unit {
            TimeUnit::Days => words.say(
                format!("  Изготовление, рабочих дней: {time}\n"),
                format!("  Production, working days: {time}\n"),
            ),
            TimeUnit::Hours => words.say(
                format!("  Изготовление, рабочих часов: {time}\n"),
                format!("  Production, working hours: {time}\n"),
            ),
        };
    }
    out
}

/// The named values that have a name for buyers.
pub(super) fn values(words: Words<'_>, price: &Price) -> String {
    let values = words.template.values().iter().zip(&price.values);
    let mut out = String::new();
    for (info, value) in values {
        let (Some(name), Some(value)) = (&info.name, value) else {
            continue;
        };
        let unit = info
            .unit
            .as_ref()
            .map(|unit| format!(" {}", words.text(unit)));
        let figure = if info.date {
            date::written(*value)
        } else {
            words.number(*value)
        };
        out += &format!(
            "  {} (`{}`) = {figure}{}\n",
            words.text(name),
            info.key,
            unit.unwrap_or_default()
        );
    }
    out
}

//! Parameters of every kind, what expressions can name of them, and answers to them.

use tirage_pricing::json::Json;

use super::dice::Dice;
use super::expressions::{Scope, flag};

/// The keys of all choices are from here, so that a table fits several of them.
pub(super) const KEYS: [&str; 6] = ["a", "b4", "4+0", "matt", "90x50", "ж"];

/// Something that can be answered.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Its path in the answers.
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// What an answer looks like.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Flag,
    /// From and to as multiples of the step, which is in hundredths.
    Number {
        from: i64,
        to: i64,
        step: i64,
    },
    Choice {
        keys: Vec<String>,
        many: bool,
    },
    Size {
        free: bool,
    },
    Inks {
        free: bool,
    },
    Text,
    Day,
    File {
        many: bool,
    },
    Anything,
}

/// A parameter that reads what the scope has, and is read by what comes after it.
pub(super) fn parameter(dice: &mut Dice, scope: &mut Scope, key: &str) -> (Json, Kind) {
    let named = Json::object([("key", Json::text(key)), ("name", texts(dice, key))]);
    let (mut json, kind) = match dice.count(0, 19) {
        0..=6 => choice(dice, scope, named, key),
        7 | 8 => (named.with("kind", Json::text("yes-no")), Kind::Flag),
        9..=11 => number(dice, named),
        12 => size(dice, named),
        13 => inks(dice, named),
        14 => text(dice, named),
        15 | 16 => day(dice, named),
        17 => file(dice, named),
        18 => constant(dice, named),
        _ => (
            named.with("kind", Json::text("pass-through")),
            Kind::Anything,
        ),
    };
    let fixed = matches!(json.get("kind"), Some(Json::Text(kind)) if kind == "constant" || kind == "pass-through");
    if !fixed {
        if dice.chance(20) {
            json = json.with("available", Json::text(flag(dice, scope, 1)));
        }
        if dice.chance(12) {
            json = json.with("required", Json::text(flag(dice, scope, 1)));
        }
    }
    if dice.chance(5) {
        json = json.with("hidden", Json::Bool(true));
    }
    name_in(scope, &json, &kind, key);
    (json, kind)
}

/// The one that counts the pieces; nothing decides about it.
pub(super) fn quantity(dice: &mut Dice, scope: &mut Scope) -> (Json, Kind) {
    let step = *dice.pick(&[1, 1, 1, 5, 50]);
    let [from, to] = [dice.between(1, 4), dice.between(20, 3000)];
    let figure = |times: i64| hundredths(times * step * 100);
    let mut json = Json::object([
        ("key", Json::text("run")),
        ("kind", Json::text("run")),
        ("name", texts(dice, "run")),
        ("min", figure(from)),
        ("max", figure(to)),
        ("default", figure(dice.between(from, to))),
        ("suggest", Json::List(vec![figure(from), figure(to)])),
    ]);
    if step > 1 {
        json = json.with("multiple", Json::integer(step));
    }
    scope.numbers.extend(["run".to_owned(), "run".to_owned()]);
    let kind = Kind::Number {
        from,
        to,
        step: step * 100,
    };
    (json, kind)
}

/// What expressions can name of a parameter.
fn name_in(scope: &mut Scope, json: &Json, kind: &Kind, key: &str) {
    let name = key.to_owned();
    match kind {
        Kind::Flag => scope.flags.push(name.clone()),
        Kind::Number { .. } => scope.numbers.push(name.clone()),
        Kind::Choice { keys, many: true } => scope.many.push((name.clone(), keys.clone())),
        Kind::Choice { keys, .. } => {
            scope.choices.push((name.clone(), keys.clone()));
            scope.numbers.push(format!("{name}.n"));
        }
        Kind::Size { .. } => {
            let figures = ["width_mm", "height_mm"];
            scope
                .numbers
                .extend(figures.map(|figure| format!("{name}.{figure}")));
        }
        Kind::Inks { .. } => {
            let figures = ["cmyk_face", "pantone_back"];
            scope
                .numbers
                .extend(figures.map(|figure| format!("{name}.{figure}")));
        }
        Kind::Text => scope.texts.push(name.clone()),
        Kind::Day => scope.days.push(name.clone()),
        Kind::File { many: true } => scope.files.push(name.clone()),
        Kind::File { .. } => {}
        Kind::Anything => {
            if json.get("value").is_some() {
                scope.numbers.push(name);
            }
            return;
        }
    }
    scope.parameters.push(name);
}

fn choice(dice: &mut Dice, scope: &Scope, named: Json, key: &str) -> (Json, Kind) {
    let keys: Vec<String> = KEYS[..dice.count(1, KEYS.len())]
        .iter()
        .map(|key| (*key).to_owned())
        .collect();
    let many = dice.chance(20);
    let values = keys.iter().enumerate().map(|(at, value)| {
        let mut json = Json::object([
            ("key", Json::text(value.as_str())),
            ("label", texts(dice, value)),
            (
                "numbers",
                Json::object([("n", Json::text(dice.figure(40, 2)))]),
            ),
        ]);
        // The first one can always be had, so there is something to give way to.
        if at > 0 && dice.chance(15) {
            json = json.with("available", Json::text(flag(dice, scope, 1)));
            json = json.with("reason", texts(dice, key));
        }
        if at > 0 && dice.chance(4) {
            json = json.with("required", Json::text(flag(dice, scope, 1)));
        }
        json
    });
    let values = Json::List(values.collect());
    let chosen = Json::text(dice.pick(&keys).as_str());
    let mut json = named
        .with("kind", Json::text("choice"))
        .with("values", values);
    if many {
        json = json.with("many", Json::Bool(true));
    }
    let preset = if many {
        Json::List(vec![chosen])
    } else {
        chosen
    };
    json = match dice.count(0, 9) {
        0 | 1 => json,
        2 => json.with("fixed", preset),
        _ => json.with("default", preset),
    };
    (json, Kind::Choice { keys, many })
}

fn number(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let kind = dice.pick(&["number", "pages", "number"]);
    let step = if *kind == "pages" {
        400
    } else {
        *dice.pick(&[25, 100, 1])
    };
    let [from, to] = [dice.between(1, 9), dice.between(20, 400)];
    let mut json = named
        .with("kind", Json::text(*kind))
        .with("min", hundredths(from * step))
        .with("max", hundredths(to * step))
        .with("multiple", hundredths(step));
    if dice.chance(80) {
        json = json.with("default", hundredths(dice.between(from, to) * step));
    }
    (json, Kind::Number { from, to, step })
}

fn size(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let value = |key: &str, width, height| {
        Json::object([
            ("key", Json::text(key)),
            ("label", Json::text(key)),
            ("width", Json::integer(width)),
            ("height", Json::integer(height)),
        ])
    };
    let values = vec![value("a4", 210, 297), value("euro", 99, 210)];
    let mut json = named
        .with("kind", Json::text("size"))
        .with("values", Json::List(values))
        .with("default", Json::text("euro"));
    let free = dice.chance(60);
    if free {
        let limits = || Json::object([("min", Json::integer(10)), ("max", Json::integer(900))]);
        json = json.with(
            "free",
            Json::object([("width", limits()), ("height", limits())]),
        );
    }
    (json, Kind::Size { free })
}

fn inks(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let values = ["4+0", "1+1", "4p1+4"]
        .map(|key| Json::object([("key", Json::text(key)), ("label", Json::text(key))]));
    let mut json = named
        .with("kind", Json::text("inks"))
        .with("values", Json::List(values.to_vec()))
        .with("default", Json::text("4+0"));
    let free = dice.chance(60);
    if free {
        json = json.with(
            "free",
            Json::object([
                ("max_cmyk", Json::integer(4)),
                ("max_pantone", Json::integer(2)),
            ]),
        );
    }
    (json, Kind::Inks { free })
}

fn text(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let mut json = named
        .with("kind", Json::text("text"))
        .with("max_length", Json::integer(12));
    if dice.chance(30) {
        json = json.with("default", Json::text("ab c"));
    }
    (json, Kind::Text)
}

fn day(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let mut json = named.with("kind", Json::text("date"));
    json = match dice.count(0, 2) {
        0 => json.with("today", Json::Bool(true)),
        1 => json.with("min", Json::text("2027-02-01")),
        _ => json.with("default", Json::text("2027-03-01")),
    };
    (json, Kind::Day)
}

fn file(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let many = dice.chance(50);
    let json = named
        .with("kind", Json::text("file"))
        .with("many", Json::Bool(many));
    (json, Kind::File { many })
}

fn constant(dice: &mut Dice, named: Json) -> (Json, Kind) {
    let json = named
        .with("kind", Json::text("constant"))
        .with("value", Json::Number(dice.figure(30, 2)));
    (json, Kind::Anything)
}

pub(super) fn hundredths(number: i64) -> Json {
    let [whole, rest] = [number / 100, number % 100];
    Json::Number(if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:02}")
    })
}

/// Words in one language or in two, with what has to be written with care.
pub(super) fn texts(dice: &mut Dice, word: &str) -> Json {
    match dice.count(0, 3) {
        0 => Json::text(format!("{word} «ё» \"\\\t1\u{2028}</script>")),
        1 => Json::object([
            ("en", Json::text(word)),
            ("ru", Json::text(format!("Слово {word}"))),
        ]),
        _ => Json::text(word),
    }
}

/// An answer, mostly one that is accepted; none for none.
pub(super) fn answer(dice: &mut Dice, kind: &Kind) -> Option<Json> {
    if dice.chance(25) {
        return None;
    }
    if dice.chance(1) {
        return Some(dice.pick(&strange()).clone());
    }
    Some(match kind {
        Kind::Flag => Json::Bool(dice.chance(60)),
        Kind::Number { from, to, step } => {
            let most = if dice.chance(50) {
                *to
            } else {
                (*to).min(from + 30)
            };
            let beyond = i64::from(dice.chance(5));
            hundredths(dice.between(*from - beyond, most + beyond) * step)
        }
        Kind::Choice { keys, many: false } => Json::text(dice.pick(keys).as_str()),
        Kind::Choice { keys, .. } => {
            let chosen = keys.iter().filter(|_| dice.chance(40));
            Json::List(chosen.map(|key| Json::text(key.as_str())).collect())
        }
        Kind::Size { free: true } => Json::text(*dice.pick(&["a4", "210x297", "123.5x77"])),
        Kind::Size { .. } => Json::text(*dice.pick(&["a4", "euro"])),
        Kind::Inks { free: true } => Json::text(*dice.pick(&["4+0", "4p1+4", "2p2+0"])),
        Kind::Inks { .. } => Json::text(*dice.pick(&["4+0", "1+1"])),
        Kind::Text => Json::text(*dice.pick(&["ab c", "Spring ", "жук", "spring", " "])),
        Kind::Day => Json::text(format!(
            "2027-0{}-{:02}",
            dice.between(1, 9),
            dice.between(1, 29)
        )),
        Kind::File { many: false } => Json::text("cover.pdf"),
        Kind::File { .. } => Json::List(vec![Json::text("cover.pdf"); dice.count(0, 3)]),
        Kind::Anything => Json::text("handed on"),
    })
}

/// What may come over a wire and fits nothing.
fn strange() -> [Json; 6] {
    [
        Json::Bool(true),
        Json::text(""),
        Json::text("79228162514264337593543950335"),
        Json::Number("-12.5".to_owned()),
        Json::text("0.0000000000000000000000000001"),
        Json::List(vec![Json::text("a"), Json::text("\u{0}")]),
    ]
}

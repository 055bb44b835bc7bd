//! Details and operations, with what is asked and charged in them.

use tirage_pricing::json::Json;

use super::dice::Dice;
use super::expressions::{Scope, flag, number};
use super::lines::charge;
use super::parameters::{Asked, Kind, parameter, texts};

/// How the order's expressions reach into a detail.
enum Shape {
    Plain,
    Optional,
    Repeated,
}

/// Details of the order, which its values and lines can name from then on.
pub(super) fn details(dice: &mut Dice, scope: &mut Scope, asked: &mut Vec<Asked>) -> Vec<Json> {
    let count = *dice.pick(&[0, 0, 1, 2]);
    // Each sees the order, not the others.
    let around = scope.clone();
    (0..count)
        .map(|at| detail(dice, &around, scope, asked, &format!("d{at}")))
        .collect()
}

fn detail(
    dice: &mut Dice,
    around: &Scope,
    scope: &mut Scope,
    asked: &mut Vec<Asked>,
    key: &str,
) -> Json {
    let mut inside = around.clone();
    let mut own = Vec::new();
    let parameters = parameters(dice, &mut inside, &mut own, "q");
    let value = number(dice, &inside, 2);
    inside.numbers.push("own".to_owned());
    let values = Json::object([("key", Json::text("own")), ("is", Json::text(value))]);
    let lines = (0..dice.count(1, 2))
        .map(|at| charge(dice, &inside, &format!("l{at}")))
        .collect();
    let operations = if dice.chance(50) {
        vec![operation(dice, &inside, &mut own, "cut")]
    } else {
        Vec::new()
    };
    let json = Json::object([
        ("key", Json::text(key)),
        ("name", texts(dice, key)),
        ("parameters", Json::List(parameters)),
        ("values", Json::List(vec![values])),
        ("lines", Json::List(lines)),
        ("operations", Json::List(operations)),
    ]);
    let shape = [Shape::Plain, Shape::Optional, Shape::Repeated];
    let paths = |before: String| {
        own.iter().map(move |asked| Asked {
            path: before.clone() + &asked.path,
            kind: asked.kind.clone(),
        })
    };
    match dice.pick(&shape) {
        Shape::Plain => {
            asked.extend(paths(format!("{key}.")));
            scope.numbers.push(format!("{key}.own"));
            json
        }
        Shape::Optional => {
            asked.push(Asked {
                path: key.to_owned(),
                kind: Kind::Flag,
            });
            asked.extend(paths(format!("{key}.")));
            scope.flags.push(key.to_owned());
            scope.numbers.push(format!("{key}.own"));
            json.with("optional", Json::Bool(true))
                .with("default", Json::Bool(dice.chance(50)))
        }
        Shape::Repeated => {
            let count = Kind::Number {
                from: 1,
                to: 3,
                step: 100,
            };
            asked.push(Asked {
                path: key.to_owned(),
                kind: count,
            });
            asked.extend((1..=3).flat_map(|part| paths(format!("{key}.{part}."))));
            let name = dice.pick(&["sum", "min", "max"]);
            scope
                .numbers
                .extend([key.to_owned(), format!("{name}({key}, own)")]);
            let repeat = Json::object([
                ("min", Json::integer(1)),
                ("max", Json::integer(3)),
                ("default", Json::integer(2)),
            ]);
            json.with("repeat", repeat)
        }
    }
}

/// Two of them; their keys begin with a letter of their own, because inner names hide outer ones.
fn parameters(
    dice: &mut Dice,
    inside: &mut Scope,
    asked: &mut Vec<Asked>,
    letter: &str,
) -> Vec<Json> {
    let mut one = |at: usize| {
        let path = format!("{letter}{at}");
        let (json, kind) = parameter(dice, inside, &path);
        asked.push(Asked { path, kind });
        json
    };
    vec![one(0), one(1)]
}

/// Operations of the order.
pub(super) fn operations(dice: &mut Dice, scope: &Scope, asked: &mut Vec<Asked>) -> Vec<Json> {
    (0..dice.count(0, 2))
        .map(|at| operation(dice, scope, asked, &format!("o{at}")))
        .collect()
}

fn operation(dice: &mut Dice, around: &Scope, asked: &mut Vec<Asked>, key: &str) -> Json {
    let mut json = Json::object([("key", Json::text(key)), ("name", texts(dice, key))]);
    if dice.chance(70) {
        json = json
            .with("optional", Json::Bool(true))
            .with("default", Json::Bool(dice.chance(50)));
        asked.push(Asked {
            path: key.to_owned(),
            kind: Kind::Flag,
        });
        if dice.chance(20) {
            json = json.with("required", Json::text(flag(dice, around, 1)));
        }
    }
    if dice.chance(30) {
        json = json.with("available", Json::text(flag(dice, around, 1)));
    }
    let mut inside = around.clone();
    let mut own = Vec::new();
    let parameters = parameters(dice, &mut inside, &mut own, "r");
    asked.extend(own.into_iter().map(|Asked { path, kind }| Asked {
        path: format!("{key}.{path}"),
        kind,
    }));
    let line = charge(dice, &inside, "work");
    json.with("parameters", Json::List(parameters))
        .with("lines", Json::List(vec![line]))
}

//! Lines of every basis.

use tirage_pricing::json::Json;

use super::dice::Dice;
use super::expressions::{Scope, flag, number};
use super::parameters::texts;

/// The lines of the order, each of which sees those before.
pub(super) fn of_order(dice: &mut Dice, scope: &Scope, details: &[String]) -> Json {
    let mut scope = scope.clone();
    let mut before: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for at in 0..dice.count(1, 7) {
        scope.lines = Some(before.clone());
        let key = format!("l{at}");
        let of: Vec<String> = before.iter().chain(details).cloned().collect();
        lines.push(line(dice, &scope, &key, &of));
        before.push(key);
    }
    if dice.chance(80) {
        let cents = Json::object([("key", Json::text("cents")), ("name", Json::text("Cents"))]);
        lines.push(cents.with("round", rounding(dice)));
    }
    Json::List(lines)
}

/// A line that charges, for a detail or an operation.
pub(super) fn charge(dice: &mut Dice, scope: &Scope, key: &str) -> Json {
    let json = named(dice, scope, key).with("price", expression(dice, scope, 2));
    if dice.chance(70) {
        json.with("times", expression(dice, scope, 1))
    } else {
        json
    }
}

fn line(dice: &mut Dice, scope: &Scope, key: &str, of: &[String]) -> Json {
    match dice.count(0, 9) {
        0..=4 => {
            let json = charge(dice, scope, key);
            let json = if dice.chance(20) {
                json.with("round", rounding(dice))
            } else {
                json
            };
            discounted(dice, json)
        }
        5 | 6 => {
            let json = named(dice, scope, key).with("percent", share(dice, scope));
            let json = of_some(dice, json, of);
            discounted(dice, json)
        }
        7 => {
            let bound = *dice.pick(&["minimum", "minimum", "maximum"]);
            let most = if bound == "minimum" {
                dice.figure(900, 2)
            } else {
                "90000000".to_owned()
            };
            named(dice, scope, key).with(bound, Json::text(most))
        }
        8 => {
            let json = named(dice, scope, key)
                .with("vat", Json::text(*dice.pick(&["20", "5", "7.5"])))
                .with("included", Json::Bool(dice.chance(50)))
                .with("round", rounding(dice));
            of_some(dice, json, of)
        }
        _ => named(dice, scope, key).with("round", rounding(dice)),
    }
}

fn named(dice: &mut Dice, scope: &Scope, key: &str) -> Json {
    let json = Json::object([("key", Json::text(key)), ("name", texts(dice, key))]);
    if dice.chance(25) {
        json.with("when", Json::text(flag(dice, scope, 2)))
    } else {
        json
    }
}

fn expression(dice: &mut Dice, scope: &Scope, depth: usize) -> Json {
    Json::text(number(dice, scope, depth))
}

fn share(dice: &mut Dice, scope: &Scope) -> Json {
    if dice.chance(70) {
        return Json::text(*dice.pick(&["10", "-7.5", "33.3333", "-50"]));
    }
    Json::text(format!("clamp({}, -90, 300)", number(dice, scope, 1)))
}

fn of_some(dice: &mut Dice, json: Json, of: &[String]) -> Json {
    match dice.pick_any(of) {
        Some(key) if dice.chance(50) => json.with("of", Json::List(vec![Json::text(key.as_str())])),
        _ => json,
    }
}

fn discounted(dice: &mut Dice, json: Json) -> Json {
    if dice.chance(15) {
        json.with("discount", Json::Bool(true))
    } else {
        json
    }
}

fn rounding(dice: &mut Dice) -> Json {
    let step = *dice.pick(&["0.01", "0.01", "1", "5", "0.25", "0.3"]);
    let direction = *dice.pick(&["up", "down", "half-up", "half-even"]);
    Json::object([
        ("step", Json::text(step)),
        ("direction", Json::text(direction)),
    ])
}

//! Expressions of the right type over what can be named.
//!
//! Everything compound stands in brackets, so that what is built is what is read.

use super::dice::Dice;

/// What an expression can name at a place of a template.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) numbers: Vec<String>,
    pub(super) flags: Vec<String>,
    /// Choices of one value, with the keys of their values.
    pub(super) choices: Vec<(String, Vec<String>)>,
    /// Choices of several values.
    pub(super) many: Vec<(String, Vec<String>)>,
    pub(super) texts: Vec<String>,
    pub(super) days: Vec<String>,
    /// What `count` counts beside choices.
    pub(super) files: Vec<String>,
    /// What `answered` asks for.
    pub(super) parameters: Vec<String>,
    pub(super) tables: Vec<Callable>,
    /// Keys of the lines before; in lines only.
    pub(super) lines: Option<Vec<String>>,
}

/// A table, as expressions call it.
#[derive(Debug, Clone)]
pub(super) struct Callable {
    pub(super) key: String,
    /// Of each axis the keys of its rows; none for one of numbers.
    pub(super) axes: Vec<Option<Vec<String>>>,
    /// Whether `graduated` takes it.
    pub(super) tiers: bool,
}

/// A number; deeper ones are longer.
pub(super) fn number(dice: &mut Dice, scope: &Scope, depth: usize) -> String {
    if depth == 0 {
        return term(dice, scope);
    }
    let deeper = depth - 1;
    let one = number(dice, scope, deeper);
    match dice.count(0, 15) {
        0..=3 => {
            let sign = dice.pick(&["+", "-", "*", "*", "/", "%"]);
            let other = number(dice, scope, deeper);
            format!("({one} {sign} {other})")
        }
        4 => {
            let condition = flag(dice, scope, deeper);
            let other = number(dice, scope, deeper);
            format!("(if {condition} then {one} else {other})")
        }
        5 => {
            let name = dice.pick(&["min", "max"]);
            let other = number(dice, scope, deeper);
            format!("{name}({one}, {other})")
        }
        6 => rounded(dice, &one),
        7 => format!(
            "clamp({one}, {}, {})",
            dice.figure(9, 1),
            10 + dice.between(0, 900)
        ),
        8 => format!("(-abs({one}))"),
        9 => power(dice, &one),
        10..=12 => lookup(dice, scope, deeper).unwrap_or(one),
        13 => of_days(dice, scope),
        14 => {
            let sum = scope.lines.as_ref().map(|lines| subtotal(dice, lines));
            sum.unwrap_or(one)
        }
        _ => counted(dice, scope).unwrap_or(one),
    }
}

fn term(dice: &mut Dice, scope: &Scope) -> String {
    if dice.chance(70)
        && let Some(name) = dice.pick_any(&scope.numbers)
    {
        return name.clone();
    }
    dice.figure(60, 3)
}

fn rounded(dice: &mut Dice, of: &str) -> String {
    let name = dice.pick(&["floor", "ceil", "round"]);
    let step = dice.pick(&["1", "0.01", "0.25", "7", "50"]);
    match dice.count(0, 2) {
        0 => format!("{name}({of})"),
        1 => format!("{name}({of}, {step})"),
        _ => {
            let direction = dice.pick(&["up", "down", "half-up", "half-even"]);
            format!("round({of}, {step}, '{direction}')")
        }
    }
}

/// Bounded bases and exponents: what overflows is out of range, and says nothing more.
fn power(dice: &mut Dice, of: &str) -> String {
    let exponent = dice.pick(&["2", "3", "-1", "0.5", "0.85", "-0.25"]);
    format!("(clamp({of}, 0.01, 5000) ^ {exponent})")
}

fn lookup(dice: &mut Dice, scope: &Scope, depth: usize) -> Option<String> {
    let table = dice.pick_any(&scope.tables)?;
    let at: Vec<String> = table
        .axes
        .iter()
        .map(|axis| place(dice, scope, axis, depth))
        .collect();
    let call = format!("{}[{}]", table.key, at.join(", "));
    let graduated = table.tiers && dice.chance(40);
    Some(if graduated {
        format!("graduated({call})")
    } else {
        call
    })
}

/// By a choice whose values the axis has, or by one of the axis' own keys; else by a number.
fn place(dice: &mut Dice, scope: &Scope, axis: &Option<Vec<String>>, depth: usize) -> String {
    let Some(keys) = axis else {
        let at = number(dice, scope, depth.min(1));
        return if dice.chance(40) {
            format!("ceil({at})")
        } else {
            at
        };
    };
    let fits = |choice: &&(String, Vec<String>)| choice.1.iter().all(|key| keys.contains(key));
    let choices: Vec<_> = scope.choices.iter().filter(fits).collect();
    match dice.pick_any(&choices) {
        Some((name, _)) if dice.chance(80) => name.clone(),
        _ => format!("'{}'", dice.pick(keys)),
    }
}

fn of_days(dice: &mut Dice, scope: &Scope) -> String {
    let [from, to] = [day(dice, scope), day(dice, scope)];
    match dice.count(0, 2) {
        0 => format!("days({from}, {to})"),
        1 => format!("working_days({from}, {to})"),
        _ => format!("weekday({from})"),
    }
}

pub(super) fn day(dice: &mut Dice, scope: &Scope) -> String {
    let plain = match dice.pick_any(&scope.days) {
        Some(name) if dice.chance(60) => name.clone(),
        _ => format!(
            "date('2027-{:02}-{:02}')",
            dice.between(1, 12),
            dice.between(1, 28)
        ),
    };
    if dice.chance(70) {
        return plain;
    }
    format!("add_working_days({plain}, {})", dice.between(-9, 30))
}

fn subtotal(dice: &mut Dice, lines: &[String]) -> String {
    match dice.pick_any(lines) {
        Some(line) if dice.chance(50) => format!("subtotal('{line}')"),
        _ => "subtotal()".to_owned(),
    }
}

fn counted(dice: &mut Dice, scope: &Scope) -> Option<String> {
    match dice.count(0, 3) {
        0 => Some(format!("count({})", dice.pick_any(&scope.many)?.0)),
        1 => Some(format!("count({})", dice.pick_any(&scope.files)?)),
        2 => {
            let name = dice.pick(&["length", "letters"]);
            Some(format!("{name}({})", dice.pick_any(&scope.texts)?))
        }
        _ => {
            let [width, height] = [dice.between(20, 300), dice.between(20, 300)];
            let [gap, margin, bleed] = [0; 3].map(|_: i32| dice.figure(6, 1));
            Some(format!(
                "per_sheet({width}, {height}, 450, 320, {gap}, {margin}, {bleed})"
            ))
        }
    }
}

/// A condition; deeper ones are longer.
pub(super) fn flag(dice: &mut Dice, scope: &Scope, depth: usize) -> String {
    let plain = plain_flag(dice, scope, depth);
    if depth == 0 {
        return plain;
    }
    match dice.count(0, 5) {
        0 => format!("(not {plain})"),
        1 => {
            let word = dice.pick(&["and", "or"]);
            format!("({plain} {word} {})", flag(dice, scope, depth - 1))
        }
        _ => plain,
    }
}

fn plain_flag(dice: &mut Dice, scope: &Scope, depth: usize) -> String {
    let found = match dice.count(0, 9) {
        0 | 1 => dice.pick_any(&scope.flags).cloned(),
        2..=4 => dice
            .pick_any(&scope.choices)
            .map(|(name, keys)| of_choice(dice, name, keys)),
        5 => dice
            .pick_any(&scope.many)
            .map(|(name, keys)| format!("('{}' in {name})", dice.pick(keys))),
        6 => dice
            .pick_any(&scope.parameters)
            .map(|name| format!("answered({name})")),
        7 => dice
            .pick_any(&scope.texts)
            .map(|name| format!("code({name}, 'SPRING', 'ab c')")),
        8 => Some(format!("({} <= {})", day(dice, scope), day(dice, scope))),
        _ => None,
    };
    found.unwrap_or_else(|| {
        let sign = dice.pick(&["<", "<=", ">", ">=", "=", "!="]);
        let [one, other] = [number(dice, scope, depth.min(1)), number(dice, scope, 0)];
        format!("({one} {sign} {other})")
    })
}

fn of_choice(dice: &mut Dice, name: &str, keys: &[String]) -> String {
    match dice.count(0, 2) {
        0 => format!("({name} = '{}')", dice.pick(keys)),
        1 => format!("({name} != '{}')", dice.pick(keys)),
        _ => format!("({name} in ('{}', '{}'))", keys[0], dice.pick(keys)),
    }
}

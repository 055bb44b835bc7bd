//! Tables by keys, numbers and ranges, with cells or row by row.

use tirage_pricing::json::Json;

use super::dice::Dice;
use super::expressions::Callable;
use super::parameters::KEYS;

/// An axis: its JSON, its keys if it has keys, its rows as a table row by row names them.
struct Axis {
    json: Json,
    keys: Option<Vec<String>>,
    rows: Vec<Json>,
    tiers: bool,
}

pub(super) fn table(dice: &mut Dice, key: &str) -> (Json, Callable) {
    let axes: Vec<Axis> = (0..dice.count(1, 3)).map(|at| axis(dice, at)).collect();
    let named = Json::object([
        ("key", Json::text(key)),
        (
            "axes",
            Json::List(axes.iter().map(|axis| axis.json.clone()).collect()),
        ),
        (
            "per",
            Json::text(*dice.pick(&["piece", "sheet", "run", "area"])),
        ),
        ("empty", Json::text(*dice.pick(&["refuse", "ask"]))),
    ]);
    let json = if dice.chance(25) {
        named.with("rows", rows(dice, &axes))
    } else {
        named.with("cells", cells(dice, &axes))
    };
    let callable = Callable {
        key: key.to_owned(),
        tiers: axes.last().is_some_and(|axis| axis.tiers),
        axes: axes.into_iter().map(|axis| axis.keys).collect(),
    };
    (json, callable)
}

fn axis(dice: &mut Dice, at: usize) -> Axis {
    let named = Json::object([("key", Json::text(format!("x{at}")))]);
    if dice.chance(45) {
        let keys = &KEYS[..dice.count(1, KEYS.len())];
        let rows: Vec<Json> = keys.iter().map(|key| Json::text(*key)).collect();
        return Axis {
            json: named.with("keys", Json::List(rows.clone())),
            keys: Some(keys.iter().map(|key| (*key).to_owned()).collect()),
            rows,
            tiers: false,
        };
    }
    let mut from = dice.between(0, 1);
    let mut starts = Vec::new();
    for _ in 0..dice.count(1, 5) {
        starts.push(from);
        from += dice.between(2, 300);
    }
    let outside = Json::text(*dice.pick(&["refuse", "clamp", "clamp", "ask"]));
    let named = named.with("outside", outside);
    if dice.chance(40) {
        let rows = ranges(dice, &starts);
        let json = named.with("ranges", Json::List(rows.clone()));
        return Axis {
            json,
            keys: None,
            rows,
            tiers: true,
        };
    }
    let rows: Vec<Json> = starts.iter().map(|start| Json::integer(*start)).collect();
    let json = named.with("numbers", Json::List(rows.clone()));
    let between = dice.pick(&["step", "step", "linear", ""]);
    let json = if between.is_empty() {
        json
    } else {
        json.with("between", Json::text(*between))
    };
    Axis {
        json,
        keys: None,
        rows,
        tiers: *between == "step",
    }
}

/// From each start to just below the next one, or leaving a gap; the last one is open or not.
fn ranges(dice: &mut Dice, starts: &[i64]) -> Vec<Json> {
    let ends = starts
        .iter()
        .skip(1)
        .map(|next| Some(next - 1))
        .chain([None]);
    let range = |(start, end): (&i64, Option<i64>)| {
        let gap = i64::from(dice.chance(10));
        let end = match end {
            Some(end) => Json::integer((end - gap).max(*start)),
            None if dice.chance(70) => Json::Null,
            None => Json::integer(start + 400),
        };
        Json::List(vec![Json::integer(*start), end])
    };
    starts.iter().zip(ends).map(range).collect()
}

fn cells(dice: &mut Dice, axes: &[Axis]) -> Json {
    let Some((axis, inner)) = axes.split_first() else {
        return cell(dice);
    };
    Json::List(axis.rows.iter().map(|_| cells(dice, inner)).collect())
}

fn cell(dice: &mut Dice) -> Json {
    if dice.chance(5) {
        Json::Null
    } else {
        Json::text(dice.figure(90, 4))
    }
}

fn rows(dice: &mut Dice, axes: &[Axis]) -> Json {
    let mut rows: Vec<Vec<Json>> = vec![Vec::new()];
    for axis in axes {
        let longer = |row: &Vec<Json>, entry: &Json| row.iter().chain([entry]).cloned().collect();
        rows = rows
            .iter()
            .flat_map(|row| axis.rows.iter().map(move |entry| longer(row, entry)))
            .collect();
    }
    let mut first = true;
    rows.retain(|_| std::mem::take(&mut first) || dice.chance(85));
    for row in &mut rows {
        row.push(Json::text(dice.figure(90, 4)));
    }
    Json::List(rows.into_iter().map(Json::List).collect())
}

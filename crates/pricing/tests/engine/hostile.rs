//! Hostile templates are refused by name; how long that takes is measured by `cargo xtask bench`,
//! with ten times as large ones.

#[path = "../hostile/mod.rs"]
mod cases;

#[test]
fn what_wants_too_much_is_refused_by_name() {
    let mut other = Vec::new();
    for case in cases::ALL {
        if let Err(said) = case.refusal(&(case.text)(case.size.div_ceil(10))) {
            other.push(format!("{}: {said:.300}", case.name));
        }
    }
    assert!(other.is_empty(), "{}", other.join("\n"));
}

//! Prints how long hostile templates take to be refused, at half and at full size:
//! `cargo run --release -p tirage-pricing --example hostile`.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::time::{Duration, Instant};

#[path = "../tests/hostile/mod.rs"]
mod cases;

/// The fastest round counts: the others were disturbed by something else on the machine.
const ROUNDS: usize = 3;

fn main() {
    println!("| a template | MB | ms, half of it | ms | refused with |");
    println!("|---|--:|--:|--:|---|");
    for case in cases::ALL {
        let (_, half, _) = measured(case, case.size.div_ceil(2));
        let (bytes, full, said) = measured(case, case.size);
        let said: String = said.chars().take(90).collect();
        println!(
            "| {} | {} | {} | {} | {said} |",
            case.name,
            tenths(bytes as u128, 1_000_000),
            tenths(half.as_micros(), 1_000),
            tenths(full.as_micros(), 1_000),
        );
    }
}

fn measured(case: &cases::Hostile, size: usize) -> (usize, Duration, String) {
    let text = (case.text)(size);
    let mut best = Duration::MAX;
    let mut said = String::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        said = case
            .refusal(&text)
            .unwrap_or_else(|other| format!("NOT SO: {other}"));
        best = best.min(start.elapsed());
    }
    (text.len(), best, said)
}

/// With one decimal, without floats.
fn tenths(count: u128, of: u128) -> String {
    let tenths = (count * 10 + of / 2) / of;
    format!("{}.{}", tenths / 10, tenths % 10)
}

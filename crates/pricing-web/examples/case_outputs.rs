//! Prints what a browser's bytes are compared with, as JSON, a record to a line.
//!
//! `cargo run -p tirage-pricing-web --example case_outputs` prints the case files, with `random`
//! after it the random templates, and with seeds the templates of these.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

use std::io;

use tirage_pricing_web::records;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        for record in records::of_files()? {
            println!("{record}");
        }
        return Ok(());
    }
    let seeds: Vec<u64> = if arguments == ["random"] {
        tirage_pricing_web::seeds().collect()
    } else {
        let seeds = arguments.iter().map(|seed| seed.parse());
        seeds.collect::<Result<_, _>>().map_err(io::Error::other)?
    };
    for seed in seeds {
        println!("{}", records::of_seed(seed));
    }
    Ok(())
}

//! Prints the report of every case file, one per line, for comparison with a browser's.
//!
//! `cargo run -p tirage-pricing-web --example case_outputs`; each line is the file's name, a tab
//! and exactly the bytes that `run_cases` returns.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

fn main() -> std::io::Result<()> {
    for file in tirage_pricing_web::case_files()? {
        let report = tirage_pricing_web::run_cases(&file.cases, &file.template);
        println!("{}\t{report}", file.name);
    }
    Ok(())
}

//! Prints the report of every case file, one per line, for comparison with a browser's.
//!
//! `cargo run -p tirage-pricing-web --example case_outputs`; each line is the file's name, its
//! compiled template in hexadecimal digits and exactly the bytes that `run_cases` returns, with
//! tabs between them.
#![expect(clippy::print_stdout, reason = "printing is what this program is for")]

fn main() -> std::io::Result<()> {
    for file in tirage_pricing_web::case_files()? {
        let report = tirage_pricing_web::run_cases(&file.cases, &file.template);
        let program = tirage_pricing_web::compile(&file.template);
        let program: String = program.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{}\t{program}\t{report}", file.name);
    }
    Ok(())
}

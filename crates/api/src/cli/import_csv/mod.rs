//! `tirage template import-csv`: makes a template of a price file.

mod keep;
mod rows;

use std::fs::File;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tirage_connectors::poly1c::{self, ColumnNames, Import, ImportError, Mistakes, Settings};
use tirage_pricing::{Template, TemplateError};

use super::edit;
use super::examples;
use super::source::Source;
use super::{Outcome, complain, counted, print};

/// Makes a template of a price file, such as 1С:Полиграфия exports: one row for each combination.
///
/// The file is UTF-8 or Windows-1251, with `;`, tabs or `,` between cells. Its first row names the
/// columns: one is the run, one the price, all others are chosen by. With any mistake in the file
/// nothing is written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 the file has mistakes or cannot be read, 2 wrong use."
)]
pub(crate) struct Arguments {
    /// The price file; `-` reads it from the standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The template's key: small letters, digits and `-`.
    #[arg(long, required_unless_present = "keep", conflicts_with = "keep")]
    key: Option<String>,
    /// The product's name, as buyers read it.
    #[arg(long, required_unless_present = "keep", conflicts_with = "keep")]
    name: Option<String>,
    /// The currency of all prices, such as RUB.
    #[arg(long, required_unless_present = "keep", conflicts_with = "keep")]
    currency: Option<String>,
    /// Puts the prices into this template and keeps everything else of it.
    #[arg(long, value_name = "TEMPLATE")]
    keep: Option<PathBuf>,
    /// Takes the kept template's examples out instead of recomputing what they expect.
    #[arg(long, requires = "keep")]
    drop_examples: bool,
    /// Takes the run from a column of this name [default: Тираж, Количество].
    #[arg(long, value_name = "NAME")]
    run_column: Vec<String>,
    /// Takes the price of one piece from a column of this name [default: Цена].
    #[arg(long, value_name = "NAME")]
    piece_price_column: Vec<String>,
    /// Takes the price of the whole run from a column of this name [default: Стоимость, Сумма].
    #[arg(long, value_name = "NAME")]
    run_price_column: Vec<String>,
    /// For a file without a column of runs: buyers order 1 to N pieces at the price of one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_run: Option<u32>,
    /// Writes the template here; `-` is the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Arguments {
    fn settings(&self) -> Settings {
        let mut columns = ColumnNames::default();
        for (given, names) in [
            (&self.run_column, &mut columns.run),
            (&self.piece_price_column, &mut columns.piece_price),
            (&self.run_price_column, &mut columns.run_price),
        ] {
            if !given.is_empty() {
                names.clone_from(given);
            }
        }
        Settings {
            // A kept template has its own; what is made of the file only brings the prices.
            key: self.key.clone().unwrap_or_else(|| "kept".to_owned()),
            name: self.name.clone().unwrap_or_else(|| "kept".to_owned()),
            currency: self.currency.clone().unwrap_or_else(|| "XXX".to_owned()),
            columns,
            max_run: self.max_run,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let name = arguments.file.display().to_string();
    let import = match read(&arguments.file, &arguments.settings()) {
        Ok(import) => import,
        Err(ImportError::Mistakes(mistakes)) => {
            print(told(&name, &mistakes))?;
            return Ok(Outcome::Wrong);
        }
        Err(error) => return Err(anyhow::Error::new(error).context(name)),
    };
    if let Err(error) = Template::parse(&import.template) {
        if let Some(option) = option_of(&error) {
            complain(format!("--{option}: {error}"))?;
            return Ok(Outcome::Misused);
        }
        return Err(anyhow::Error::new(error).context("the template made of the file"));
    }
    let report = report(&name, &import);
    if let Some(keep) = &arguments.keep {
        return kept(arguments, (keep, &name), (&import, report));
    }
    super::finish(arguments.out.as_deref(), &import.template, report)?;
    Ok(Outcome::Fine)
}

/// Puts the prices into a template that people have worked on.
fn kept(
    arguments: &Arguments,
    (keep, file): (&Path, &str),
    (import, mut report): (&Import, String),
) -> anyhow::Result<Outcome> {
    let source = Source::read(keep)?;
    let loaded = source.loaded()?;
    if !arguments.drop_examples {
        loaded.expect_sound_examples("the import")?;
    }
    let merged = match keep::merged(&loaded, import)? {
        Ok(merged) => merged,
        Err(unfit) => {
            let told: String = unfit
                .iter()
                .map(|unfit| format!("{}: {unfit}\n", source.name))
                .collect();
            print(told + &format!("{}, nothing written\n", counted(unfit.len(), "mistake")))?;
            return Ok(Outcome::Wrong);
        }
    };
    report += &format!(
        "{}: kept, but for its prices\n{}",
        source.name, merged.report
    );
    let mut edits = merged.edits;
    if arguments.drop_examples {
        edits.extend(examples::dropped(&loaded));
        report += "examples: taken out\n";
    } else {
        let text = edit::applied(&source.text, edits.clone());
        let priced = Template::parse(&text).context("the template with the new prices")?;
        let why = format!("importing {file}");
        let (recomputed, told) = examples::recomputed(&loaded, &priced, &why)?;
        edits.extend(recomputed);
        report += &told;
    }
    let text = edit::applied(&source.text, edits);
    Template::parse(&text).context("the template with the new prices")?;
    let text = source.mark.to_owned() + &text;
    super::finish(arguments.out.as_deref(), &text, report)?;
    Ok(Outcome::Fine)
}

fn read(path: &Path, settings: &Settings) -> Result<Import, ImportError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().take(poly1c::MOST_BYTES + 1);
        input.read_to_end(&mut bytes)?;
        return poly1c::import(Cursor::new(bytes), settings);
    }
    poly1c::import(File::open(path)?, settings)
}

/// The option whose value the template refuses.
fn option_of(error: &TemplateError) -> Option<&'static str> {
    let TemplateError::Shape(error) = error else {
        return None;
    };
    let options = ["key", "name", "currency"];
    options
        .into_iter()
        .find(|option| error.pointer.strip_prefix('/') == Some(option))
}

fn told(name: &str, mistakes: &Mistakes) -> String {
    let mut out = String::new();
    for mistake in &mistakes.first {
        let between = if mistake.line.is_some() { ", " } else { ": " };
        out += &format!("{name}{between}{mistake}\n");
    }
    let more = mistakes.count - mistakes.first.len();
    if more > 0 {
        out += &format!("{name}: and {more} more\n");
    }
    out + &format!("{}, nothing written\n", counted(mistakes.count, "mistake"))
}

fn report(name: &str, import: &Import) -> String {
    let delimiter = match import.delimiter {
        '\t' => "a tab".to_owned(),
        other => format!("`{other}`"),
    };
    let mut out = format!(
        "{name}: {} and {delimiter}, {}\n",
        import.encoding.as_str(),
        counted(import.rows, "row"),
    );
    let widths = import.parameters.iter().map(|one| one.key.chars().count());
    let width = widths.max().unwrap_or(0);
    for one in &import.parameters {
        let key = &one.key;
        let values = counted(one.values, "value");
        out += &format!("  {key:width$}  `{}`, {values}\n", one.name);
    }
    let what = if import.price_of_run {
        "of the whole run"
    } else {
        "of one piece"
    };
    out + &format!("  price {what} from `{}`\n", import.price)
}

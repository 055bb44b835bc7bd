//! `tirage template bind`: fits a template to one product by a small document beside it.

use std::path::PathBuf;

use tirage_pricing::json::Json;
use tirage_pricing::{BindingError, Bound};

use super::source::Source;
use super::{Outcome, counted, finish, print};

/// Fits a template to one product: renames, pins, presets and hides, or prices it otherwise.
///
/// The template stays as it is; what is written is a template of its own. Worked examples of the
/// template that do not hold for the product are left out and named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done, 1 a file cannot be read or is wrong, 2 wrong use.")]
pub(crate) struct Arguments {
    /// The template.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What fits it to the product.
    #[arg(long, value_name = "FILE")]
    binding: PathBuf,
    /// Writes the fitted template here; `-` is the standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let source = Source::read(&arguments.file)?;
    let template = match source.load() {
        Ok(loaded) => loaded.json,
        Err(mistake) => {
            print(format!("{}\n", source.describe(&mistake)))?;
            return Ok(Outcome::Wrong);
        }
    };
    let source = Source::read(&arguments.binding)?;
    let binding = match source.json() {
        Ok(binding) => binding,
        Err(mistake) => {
            print(format!("{}\n", source.describe(&mistake)))?;
            return Ok(Outcome::Wrong);
        }
    };
    match tirage_pricing::bind(&template, &binding) {
        Ok(bound) => {
            let text = format!("{}\n", bound.json);
            finish(
                arguments.out.as_deref(),
                &text,
                report(&source.name, &binding, &bound),
            )?;
            Ok(Outcome::Fine)
        }
        Err(BindingError::Binding(error)) => {
            let mistake = source.mistake(&binding, &error);
            print(format!("{}\n", source.describe(&mistake)))?;
            Ok(Outcome::Wrong)
        }
        Err(error) => {
            print(format!("{}: {error}\n", source.name))?;
            Ok(Outcome::Wrong)
        }
    }
}

fn report(name: &str, binding: &Json, bound: &Bound) -> String {
    let mut out = format!("{name}: the template `{}`\n", bound.template.key());
    if let Some(Json::Object(parameters)) = binding.get("parameters") {
        for (path, changes) in parameters {
            let Json::Object(changes) = changes else {
                continue;
            };
            let fields: Vec<&str> = changes.iter().map(|(field, _)| field.as_str()).collect();
            out += &format!("  `{path}`: {}\n", fields.join(", "));
        }
    }
    if binding.get("prices").is_some() {
        let count = counted(bound.template.lines().len(), "line");
        out += &format!("  its own prices: {count}\n");
    }
    for example in &bound.dropped_examples {
        out += &format!("left out, because it does not hold any more: the example \"{example}\"\n");
    }
    out
}

//! `tirage quote`: prices answers against a template file.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::tz::TimeZone;
use tirage_api::clock::{Clock as _, SystemClock};
use tirage_api::today;
use tirage_api::words::{self, Locale, Words};
use tirage_pricing::json::{FromJson as _, Json, Node, ToJson as _};
use tirage_pricing::{Answers, Decimal, Quote, RunQuote, Template, decimal};

use super::explain;
use super::source::{Source, read_text};
use super::{Outcome, print};

/// Prices answers against a template file.
///
/// Answers are a JSON object such as {"run": 600, "size": "90x50"}; what is not answered takes
/// the template's default.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 every run has a price, 1 one has none or a file cannot be \
                        read, 2 wrong use."
)]
pub(crate) struct Arguments {
    /// The template.
    #[arg(long, value_name = "FILE")]
    template: PathBuf,
    /// The answers; `-` reads them from the standard input.
    #[arg(long, value_name = "FILE")]
    answers: PathBuf,
    /// Prices this run instead of the answered one; may be given several times.
    #[arg(long = "run", value_name = "N", value_parser = number)]
    runs: Vec<Decimal>,
    /// Prints the quote as the service sends it.
    #[arg(long, conflicts_with = "explain")]
    json: bool,
    /// Tells for each line how its amount came about.
    #[arg(long)]
    explain: bool,
    /// The language of names and sentences.
    #[arg(long, value_enum, default_value_t = Locale::En)]
    locale: Locale,
}

pub(super) fn number(text: &str) -> Result<Decimal, String> {
    decimal::parse(text).ok_or_else(|| format!("expected a number such as 600, found `{text}`"))
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let source = Source::read(&arguments.template)?;
    let template = source.loaded()?.template;
    let given = read_answers(&arguments.answers)?;
    let day = today::of_shop(&TimeZone::UTC, SystemClock.now());
    let answers = today::filled_in(&template, &given, &day);
    let quote = template.quote(&answers, &arguments.runs);
    if arguments.json {
        let named = words::told(&template, &quote, arguments.locale.tag());
        print(format!("{}\n", named.to_json()))?;
    } else {
        let words = Words {
            template: &template,
            locale: arguments.locale,
        };
        if answers != given {
            print(words.say(
                format!("внимание: сегодня {day}\n"),
                format!("notice: today is {day}\n"),
            ))?;
        }
        print(text(words, &quote, arguments.explain))?;
    }
    let priced = quote.runs.iter().all(|run| run.price.is_some());
    Ok(if priced {
        Outcome::Fine
    } else {
        Outcome::Wrong
    })
}

fn read_answers(path: &Path) -> anyhow::Result<Answers> {
    let text = read_text(path)?;
    let name = match path.to_str() {
        Some("-") => "the standard input".to_owned(),
        _ => path.display().to_string(),
    };
    let json = Json::parse(&text).with_context(|| name.clone())?;
    Answers::from_json(&Node::root(&json)).with_context(|| name)
}

fn text(words: Words<'_>, quote: &Quote, explained: bool) -> String {
    let mut out = format!("{}\n", words.text(words.template.name()));
    for notice in &quote.notices {
        let sign = words.say("внимание", "notice");
        out += &format!("{sign}: {}\n", words.notice(notice));
    }
    for run in &quote.runs {
        out += "\n";
        out += &run_text(words, run, explained);
        let problems = quote.problems.iter().chain(&run.problems);
        for problem in problems {
            let sign = words.say("нет цены", "no price");
            out += &format!("{sign}: {}\n", words.problem(problem));
        }
    }
    out
}

/// Which of several equal details a line is about.
fn part(words: Words<'_>, section: Option<usize>) -> String {
    let mut around = section;
    while let Some(own) = around.and_then(|index| words.template.sections().get(index)) {
        if let Some(repeated) = own.repeated {
            return format!("{} {}: ", words.text(&own.name), repeated.number);
        }
        around = own.parent;
    }
    String::new()
}

fn run_text(words: Words<'_>, run: &RunQuote, explained: bool) -> String {
    let template: &Template = words.template;
    let mut out = String::new();
    if let Some(parameter) = template.counting() {
        let unit = parameter
            .kind
            .numeric()
            .and_then(|numeric| numeric.unit.as_ref());
        let unit = unit.map_or(String::new(), |unit| format!(" {}", words.text(unit)));
        let name = words.text(&parameter.name);
        out += &format!("{name}: {}{unit}\n", words.number(run.run));
    }
    let Some(price) = &run.price else {
        return out;
    };
    let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
    for line in &price.lines {
        let info = &template.lines()[line.line];
        let name = part(words, info.section) + words.text(&info.name);
        let more = if explained {
            explain::line(words, price, line)
        } else {
            Vec::new()
        };
        rows.push((name, words.money(line.amount), more));
    }
    let currency = template.currency();
    if let Some(before) = price.total_before_discount {
        let name = words.say("Без скидок", "Before discount").to_owned();
        rows.push((name, words.money(before), Vec::new()));
    }
    let total = words.say("Итого", "Total").to_owned();
    rows.push((
        total,
        format!("{} {currency}", words.money(price.total)),
        Vec::new(),
    ));
    if template.quantity().is_some() {
        let each = words.say("За единицу", "Each").to_owned();
        let amount = format!("{} {currency}", words.money(price.unit_price));
        rows.push((each, amount, Vec::new()));
    }
    let digits = |amount: &str| amount.split(' ').next().unwrap_or_default().chars().count();
    let name_width = rows.iter().map(|(name, ..)| name.chars().count()).max();
    let amount_width = rows.iter().map(|(_, amount, _)| digits(amount)).max();
    let (name_width, amount_width) = (name_width.unwrap_or(0), amount_width.unwrap_or(0));
    for (name, amount, more) in rows {
        let space = " ".repeat(amount_width - digits(&amount));
        out += &format!("  {name:name_width$}  {space}{amount}\n");
        for sentence in more {
            out += &format!("    {sentence}\n");
        }
    }
    out += &explain::facts(words, price);
    if explained {
        out += &explain::values(words, price);
    }
    out
}

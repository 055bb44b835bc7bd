//! Prices every line of a cart again, by the template the buyer saw, and compares.
//!
//! A line is ordered only if its revision is in force, every answer counts exactly as given, and
//! the total is the one the buyer saw. Anything else goes back with the quote as it is now.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream;
use http::StatusCode;
use tirage_pricing::decimal::canonical;
use tirage_pricing::{Answers, Decimal, Kind};
use tirage_storage::{Product, Revision};
use tirage_wire::cart::{Cart, CartLine, LineGroup};
use tirage_wire::problem::{FieldError, LineRefusal, ProblemCode};
use tirage_wire::quote::{Problem, Quote, RunQuote, SourceProblem};

use super::wrong;
use crate::app::App;
use crate::catalogue::Stored;
use crate::error::ApiError;
use crate::prices::Trust;
use crate::routes::template_ref;
use crate::today;

/// A line with a price that the buyer has seen.
#[derive(Debug)]
pub(super) struct PricedLine {
    pub(super) product: String,
    pub(super) stored: Arc<Stored>,
    /// The answers that count, and nothing else.
    pub(super) answers: Answers,
    pub(super) fields: Vec<tirage_pricing::Field>,
    pub(super) quote: Quote,
    /// The quote's only run, with its price.
    pub(super) run: RunQuote,
    pub(super) total: Decimal,
    pub(super) group: Option<LineGroup>,
}

/// What one line came to.
enum Outcome {
    Priced(Box<PricedLine>),
    Refused(Box<LineRefusal>),
    Wrong(FieldError),
    /// Whoever computes its price does not answer.
    Unavailable,
}

/// Lines that are priced at once: some of them wait for a print house.
const AT_ONCE: usize = 8;

/// Prices all lines, or says what is wrong with each of those that have no price.
pub(super) async fn lines(app: &App, cart: &Cart) -> Result<Vec<PricedLine>, ApiError> {
    let (mut priced, mut refused, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut unavailable = Vec::new();
    let lines = cart.lines.iter().enumerate();
    let asked: Vec<_> = lines.map(|(at, line)| price(app, at, line)).collect();
    let mut outcomes = stream::iter(asked).buffered(AT_ONCE).enumerate();
    while let Some((index, outcome)) = outcomes.next().await {
        match outcome? {
            Outcome::Priced(line) => priced.push(*line),
            Outcome::Refused(line) => refused.push(*line),
            Outcome::Wrong(error) => errors.push(error),
            Outcome::Unavailable => unavailable.push(index),
        }
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors));
    }
    if !refused.is_empty() {
        return Err(refusal(refused));
    }
    if let Some(index) = unavailable.first() {
        return Err(without_source(*index));
    }
    check_currency(&priced)?;
    check_total(cart, &priced)?;
    Ok(priced)
}

async fn price(app: &App, index: usize, line: &CartLine) -> Result<Outcome, ApiError> {
    let place = format!("/lines/{index}");
    let products = app.storage.products();
    let Some(product) = products.find(&app.shop, &line.product).await? else {
        let error = wrong(
            format!("{place}/product"),
            "a product of this shop",
            super::check::quoted(&line.product),
        );
        return Ok(Outcome::Wrong(error));
    };
    let revision = Revision::new(&line.template);
    if !products
        .has_revision(&app.shop, &product.key, &revision)
        .await?
    {
        let expected = format!("a revision of the product `{}`", product.key);
        let found = super::check::quoted(&line.template);
        let error = wrong(format!("{place}/template"), expected, found);
        return Ok(Outcome::Wrong(error));
    }
    // The template in force, which is the buyer's or the one to show instead of it.
    let stored = app.templates.require(&product.template).await?;
    if let Some(error) = passed_through(&stored, line, &place) {
        return Ok(Outcome::Wrong(error));
    }
    let number = u32::try_from(index).unwrap_or(u32::MAX);
    Ok(compare(app, (number, line), &product, stored).await)
}

async fn compare(
    app: &App,
    (number, line): (u32, &CartLine),
    product: &Product,
    stored: Arc<Stored>,
) -> Outcome {
    let template = &stored.template;
    let now = app.clock.now();
    let today = today::of_shop(&app.config.shop.zone(), now);
    let given = today::filled_in(template, &line.answers, &today);
    let anew = today::counted_anew(template, &given, (&today, now));
    let answers = anew.as_ref().unwrap_or(&given);
    let quote = template.quote(answers, &[]);
    let mut named = Quote::of(template, &quote);
    let wanted = (Trust::Source, None);
    let priced = (product.key.as_str(), &*stored);
    app.prices.fill(priced, answers, &mut named, wanted).await;
    let refuse = |code, template| {
        Outcome::Refused(Box::new(LineRefusal {
            line: number,
            code,
            quote: Some(named.clone()),
            template,
        }))
    };
    if stored.revision.as_str() != line.template {
        let newer = Some(template_ref(product));
        return refuse(ProblemCode::TemplateChanged, newer);
    }
    let as_given = quote.notices.is_empty() && quote.problems.is_empty();
    let [run] = named.runs.as_slice() else {
        return refuse(ProblemCode::NotPriced, None);
    };
    if run.problems.iter().any(is_silence) {
        return Outcome::Unavailable;
    }
    let (Some(total), true) = (run.total, as_given) else {
        return refuse(ProblemCode::NotPriced, None);
    };
    if anew.is_some() {
        return refuse(ProblemCode::DayChanged, None);
    }
    if total != line.total {
        return refuse(ProblemCode::PriceChanged, None);
    }
    Outcome::Priced(Box::new(PricedLine {
        product: product.key.clone(),
        answers: template.effective_answers(&quote),
        run: run.clone(),
        fields: quote.fields,
        quote: named,
        total,
        group: line.group.clone(),
        stored,
    }))
}

fn is_silence(problem: &Problem) -> bool {
    problem.code == SourceProblem::Unavailable.as_str()
}

/// Nothing is wrong with the cart: the same one may be submitted again.
fn without_source(index: usize) -> ApiError {
    let detail = format!(
        "/lines/{index}: the print house does not confirm the price now; nothing was changed, \
         submit the same cart again later"
    );
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        ProblemCode::SourceUnavailable,
        detail,
    )
    .with_retry_after(5)
}

/// What is filled in when the order is sent on is not for the buyer to say.
fn passed_through(stored: &Stored, line: &CartLine, place: &str) -> Option<FieldError> {
    stored
        .template
        .parameters()
        .iter()
        .filter(|parameter| matches!(parameter.kind, Kind::PassThrough))
        .find(|parameter| line.answers.answer(&parameter.key).is_some())
        .map(|parameter| {
            let pointer = format!("{place}/answers/{}", parameter.key);
            wrong(pointer, "no answer, the service fills it in", "one")
        })
}

/// The gravest reason names the whole refusal; each line names its own.
fn refusal(lines: Vec<LineRefusal>) -> ApiError {
    let table = [
        (
            ProblemCode::TemplateChanged,
            StatusCode::CONFLICT,
            "a calculator was revised since; the new quotes are in `lines`",
        ),
        (
            ProblemCode::DayChanged,
            StatusCode::CONFLICT,
            "a line counts from a day that is over; the quotes of today are in `lines`",
        ),
        (
            ProblemCode::NotPriced,
            StatusCode::UNPROCESSABLE_ENTITY,
            "not every line has a price for its answers; `lines` says why",
        ),
    ];
    let found = table
        .into_iter()
        .find(|(code, ..)| lines.iter().any(|line| line.code == *code));
    let (code, status, detail) = found.unwrap_or((
        ProblemCode::PriceChanged,
        StatusCode::CONFLICT,
        "a price is another one than the buyer saw; the new quotes are in `lines`",
    ));
    ApiError::new(status, code, detail).with_lines(lines)
}

fn check_currency(lines: &[PricedLine]) -> Result<(), ApiError> {
    let currency = |line: &PricedLine| line.stored.template.currency().to_owned();
    let Some(first) = lines.first().map(currency) else {
        return Ok(());
    };
    match lines.iter().map(currency).position(|other| other != first) {
        None => Ok(()),
        Some(index) => Err(ApiError::validation(vec![wrong(
            format!("/lines/{index}/product"),
            format!("a product priced in {first} like the first one"),
            currency(&lines[index]),
        )])),
    }
}

fn check_total(cart: &Cart, lines: &[PricedLine]) -> Result<(), ApiError> {
    let sum = lines
        .iter()
        .try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.total));
    if sum == Some(cart.total) {
        return Ok(());
    }
    let expected = sum.map_or_else(|| "a smaller cart".to_owned(), canonical);
    Err(ApiError::new(
        StatusCode::CONFLICT,
        ProblemCode::PriceChanged,
        format!("the lines add up to {expected}"),
    )
    .with_errors(vec![wrong("/total", expected, canonical(cart.total))]))
}

//! The harness of the case files: the same function natively and in a browser.
//!
//! Its report carries every full quote, so comparing two reports compares every byte.

use tirage_pricing::decimal::canonical;
use tirage_pricing::json::{FromJson, Json, JsonError, Node, ToJson};
use tirage_pricing::{Answers, Basis, Decimal, Expectation, Mismatch, Price, Quote, Template};
use tirage_wire::quote::Quote as WireQuote;

/// One case: answers and what must come of them.
struct Case {
    name: String,
    answers: Answers,
    /// The sum before the last rounding; the total when not given.
    exact: Option<Decimal>,
    /// An answer that does not count as given: parameter and code.
    notice: Option<(String, String)>,
    expect: Option<Expectation>,
}

/// The compiled form of a template; empty when the text is none.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn compile(template: &str) -> Vec<u8> {
    Template::parse(template).map_or_else(|_| Vec::new(), |template| template.pack())
}

/// Runs all cases of a file against its template.
///
/// The report is JSON: how many cases passed, and for each its name, the full quote and what
/// differs from the expectation; or `{"error": ".."}` when a text is not what it should be.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn run_cases(cases: &str, template: &str) -> String {
    let template = Template::parse(template).map_err(|error| error.to_string());
    template
        .and_then(|template| report(cases, &template))
        .unwrap_or_else(|error| error_json(&error))
        .to_string()
}

/// The same against a compiled template: its report has the same bytes.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn run_compiled(cases: &str, program: &[u8]) -> String {
    let template = Template::unpack(program).map_err(|error| error.to_string());
    template
        .and_then(|template| report(cases, &template))
        .unwrap_or_else(|error| error_json(&error))
        .to_string()
}

fn error_json(error: &str) -> Json {
    Json::object([("error", Json::text(error))])
}

fn report(cases: &str, template: &Template) -> Result<Json, String> {
    let cases = Json::parse(cases).map_err(|error| error.to_string())?;
    let cases = File::from_json(&Node::root(&cases)).map_err(|error| error.to_string())?;
    let mut passed = 0;
    let mut results = Vec::with_capacity(cases.0.len());
    for case in &cases.0 {
        let quote = template.quote(&case.answers, &[]);
        let mismatches = case.mismatches(template, &quote);
        passed += i64::from(mismatches.is_empty());
        results.push(Json::object([
            ("name", Json::text(case.name.as_str())),
            (
                "mismatches",
                Json::List(
                    mismatches
                        .iter()
                        .map(|found| Json::text(found.to_string()))
                        .collect(),
                ),
            ),
            ("quote", WireQuote::of(template, &quote).to_json()),
        ]));
    }
    Ok(Json::object([
        ("passed", Json::integer(passed)),
        ("cases", Json::List(results)),
    ]))
}

struct File(Vec<Case>);

impl FromJson for File {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.only(&["template", "about", "cases"])?;
        node.field("cases")?.list().map(Self)
    }
}

impl FromJson for Case {
    fn from_json(node: &Node<'_, '_>) -> Result<Self, JsonError> {
        node.only(&["name", "answers", "exact", "notice", "expect"])?;
        let notice = |node: Node<'_, '_>| {
            let text = |field| Ok(node.field(field)?.text()?.to_owned());
            Ok((text("parameter")?, text("code")?))
        };
        let exact = node.optional("exact")?.map(|node| node.decimal());
        let expect = node
            .optional("expect")?
            .map(|node| Expectation::from_json(&node));
        Ok(Self {
            name: node.field("name")?.text()?.to_owned(),
            answers: Answers::from_json(&node.field("answers")?)?,
            exact: exact.transpose()?,
            notice: node.optional("notice")?.map(notice).transpose()?,
            expect: expect.transpose()?,
        })
    }
}

impl Case {
    fn mismatches(&self, template: &Template, quote: &Quote) -> Vec<Mismatch> {
        let expected = self.expect.as_ref();
        let mut found = expected.map_or_else(Vec::new, |expect| expect.mismatches(template, quote));
        if let Some(Expectation::Price { total, .. }) = expected {
            let exact = self.exact.unwrap_or(*total);
            let price = quote.runs.first().and_then(|run| run.price.as_ref());
            found.extend(differs("exact", exact, price.map(before_rounding)));
        }
        if let Some((parameter, code)) = &self.notice {
            let notices = WireQuote::of(template, quote).notices;
            if !notices
                .iter()
                .any(|notice| notice.parameter == *parameter && notice.code == *code)
            {
                found.push(mismatch(
                    "notice",
                    code.clone(),
                    format!("{} others", notices.len()),
                ));
            }
        }
        found
    }
}

/// The sum before a rounding line at the end; without one nothing was rounded.
fn before_rounding(price: &Price) -> Decimal {
    match price.lines.last().map(|line| &line.basis) {
        Some(Basis::Rounding { from, .. }) => *from,
        _ => price.total,
    }
}

fn differs(what: &str, expected: Decimal, found: Option<Decimal>) -> Option<Mismatch> {
    if found == Some(expected) {
        return None;
    }
    let found = found.map_or("none".to_owned(), canonical);
    Some(mismatch(what, canonical(expected), found))
}

fn mismatch(what: &str, expected: String, found: String) -> Mismatch {
    Mismatch {
        what: what.to_owned(),
        expected,
        found,
    }
}

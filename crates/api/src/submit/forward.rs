//! The order in neutral words, as it is frozen for the print houses when it is placed.
//!
//! Its number is not in it: the storage gives numbers inside the transaction that writes this, so
//! the worker fills it in when it sends.

use tirage_pricing::json::ToJson as _;
use tirage_pricing::{Effective, Field, Long};
use tirage_wire::forward::{
    ForwardComment, ForwardItem, ForwardLine, ForwardOrder, ForwardPriceLine,
};

use super::check::Buyer;
use super::price::PricedLine;
use crate::summary::summary;

/// What all targets are told.
#[derive(Debug)]
pub(super) struct Particulars<'a> {
    pub(super) buyer: &'a Buyer,
    pub(super) locale: &'a str,
    pub(super) placed_at: String,
    pub(super) url: String,
    pub(super) total: tirage_pricing::Decimal,
    pub(super) currency: &'a str,
}

/// The frozen order as JSON.
pub(super) fn payload(particulars: Particulars<'_>, lines: &[PricedLine]) -> String {
    let Particulars {
        buyer,
        locale,
        placed_at,
        url,
        total,
        currency,
    } = particulars;
    let comments = buyer.comment.iter().map(|text| ForwardComment {
        author: buyer.customer.name.clone(),
        at: placed_at.clone(),
        text: text.clone(),
    });
    ForwardOrder {
        number: String::new(),
        comments: comments.collect(),
        placed_at,
        locale: locale.to_owned(),
        customer: buyer.customer.clone(),
        shipping: buyer.shipping.clone(),
        issue_date: buyer.issue_date.clone(),
        lines: lines
            .iter()
            .map(|line| forward_line(line, locale))
            .collect(),
        total,
        currency: currency.to_owned(),
        url: Some(url),
    }
    .to_json()
    .to_string()
}

/// The files of every answer that counts; none where none was asked for.
fn files(fields: &[Field]) -> Option<Vec<String>> {
    let mut files = Vec::new();
    for field in fields.iter().filter(|field| field.available) {
        if let Some(Long::Texts(own)) = field.answer.as_ref().and_then(Effective::long) {
            files.extend_from_slice(own);
        }
    }
    (!files.is_empty()).then_some(files)
}

fn forward_line(line: &PricedLine, locale: &str) -> ForwardLine {
    let template = &line.stored.template;
    let items = summary(template, &line.fields);
    let price_line = |line: &tirage_wire::quote::Line| ForwardPriceLine {
        name: line.name.get(locale).to_owned(),
        amount: line.amount,
    };
    ForwardLine {
        product: line.product.clone(),
        name: template.name().get(locale).to_owned(),
        template_revision: line.stored.revision.as_str().to_owned(),
        remote_template: None,
        run: line.run.run,
        answers: line.answers.clone(),
        files: files(&line.fields),
        summary: items
            .iter()
            .map(|item| ForwardItem {
                name: item.name.get(locale).to_owned(),
                value: item.value.get(locale).to_owned(),
            })
            .collect(),
        price_lines: line.run.lines.iter().map(price_line).collect(),
        unit_price: line.run.unit_price.unwrap_or(line.total),
        total: line.total,
        group: line
            .group
            .as_ref()
            .map(|group| group.name.get(locale).to_owned()),
    }
}

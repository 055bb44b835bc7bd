//! Looking orders up: by the customer's token, by id, and as pages for the administration.

use std::collections::HashMap;

use sqlx::any::AnyRow;

use super::place::head;
use super::{Order, OrderLine, OrderPage, OrderRow, Orders};
use crate::db::RowExt;
use crate::outbox::{DeliverySummary, delivery_summary};
use crate::{OrderId, OrderToken, Revision, StorageError};

const BY_ID: &str = "select id, shop, number, token, total, currency, status, placed_at, \
       customer, comment, locale, status_at, shipping, issue_date, consent_at from orders where id = $1";
const BY_TOKEN: &str = "select id, shop, number, token, total, currency, status, placed_at, \
       customer, comment, locale, status_at, shipping, issue_date, consent_at from orders where token = $1";

/// The page and the deliveries of its orders name the same rows, so both repeat this condition.
/// An absent filter is an empty text or the end of time: one plan, no text built at run time.
macro_rules! page_of_orders {
    ($columns:literal) => {
        concat!(
            "select ",
            $columns,
            " from orders where shop = $1 \
              and ($2 = '' or status = $2) and ($3 = '' or number like $3) \
              and (placed_at, id) < ($4, $5) \
             order by placed_at desc, id desc limit $6"
        )
    };
}

const PAGE: &str =
    page_of_orders!("id, shop, number, token, total, currency, status, placed_at, customer");

const PAGE_DELIVERIES: &str = concat!(
    "select id, order_id, target, kind, seq, state, needs_check, attempt, next_at, remote_id, \
       remote_number, error_class, error from delivery where order_id in (select id from (",
    page_of_orders!("id"),
    ") page) order by order_id, target, seq"
);

impl Orders<'_> {
    /// The order with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_id(&self, id: &OrderId) -> Result<Option<Order>, StorageError> {
        self.one(BY_ID, id.as_str()).await
    }

    /// The order with this token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn by_token(&self, token: &OrderToken) -> Result<Option<Order>, StorageError> {
        self.one(BY_TOKEN, token.reveal()).await
    }

    async fn one(&self, statement: &'static str, key: &str) -> Result<Option<Order>, StorageError> {
        let reader = &self.0.db.reader;
        let row = sqlx::query(statement)
            .bind(key)
            .fetch_optional(reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let head = head(&row)?;
        let lines = sqlx::query(
            "select product, template, answers, run, quote, total, \"group\" \
             from order_line where order_id = $1 order by position",
        )
        .bind(head.id.as_str())
        .fetch_all(reader)
        .await?;
        Ok(Some(Order {
            head,
            customer: row.text("customer")?,
            shipping: row.maybe_text("shipping")?,
            issue_date: row.maybe_text("issue_date")?,
            consent_at: row.maybe_number("consent_at")?,
            comment: row.maybe_text("comment")?,
            locale: row.text("locale")?,
            status_at: row.number("status_at")?,
            lines: lines.iter().map(line).collect::<Result<_, _>>()?,
        }))
    }

    /// One page of orders, the newest first, each with its deliveries.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, page: &OrderPage) -> Result<Vec<OrderRow>, StorageError> {
        let reader = &self.0.db.reader;
        let rows = bind_page(PAGE, page).fetch_all(reader).await?;
        let mut deliveries: HashMap<OrderId, Vec<DeliverySummary>> = HashMap::new();
        for row in bind_page(PAGE_DELIVERIES, page).fetch_all(reader).await? {
            let delivery = delivery_summary(&row)?;
            deliveries
                .entry(delivery.order_id.clone())
                .or_default()
                .push(delivery);
        }
        rows.iter()
            .map(|row| {
                let head = head(row)?;
                Ok(OrderRow {
                    customer: row.text("customer")?,
                    deliveries: deliveries.remove(&head.id).unwrap_or_default(),
                    head,
                })
            })
            .collect()
    }
}

fn bind_page<'q>(
    statement: &'static str,
    page: &'q OrderPage,
) -> sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments> {
    let (before, id) = page
        .before
        .as_ref()
        .map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let number = page
        .number
        .as_deref()
        .map_or_else(String::new, |start| format!("{}%", literal(start)));
    sqlx::query(statement)
        .bind(page.shop.as_str())
        .bind(page.status.as_deref().unwrap_or(""))
        .bind(number)
        .bind(before)
        .bind(id)
        .bind(page.limit)
}

/// Drops what `like` would read as a pattern; no order number contains it.
fn literal(start: &str) -> String {
    start
        .chars()
        .filter(|symbol| !matches!(symbol, '%' | '_' | '\\'))
        .collect()
}

fn line(row: &AnyRow) -> Result<OrderLine, StorageError> {
    Ok(OrderLine {
        product: row.text("product")?,
        template: Revision::new(row.text("template")?),
        answers: row.text("answers")?,
        run: row.text("run")?,
        quote: row.text("quote")?,
        total: row.text("total")?,
        group: row.maybe_text("group")?,
    })
}

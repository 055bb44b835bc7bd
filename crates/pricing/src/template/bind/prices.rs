//! The product's own tables and lines in place of the template's.

use super::edit;
use super::{BindingError, Written, append};
use crate::json::{Json, JsonError, Node};

/// Replaces what the template charges by what the binding does.
pub(super) fn fit(
    json: &mut Json,
    root: &Node<'_, '_>,
    written: &mut Written,
) -> Result<(), BindingError> {
    let Some(prices) = root.optional("prices")? else {
        return Ok(());
    };
    prices.only(&["tables", "values", "lines", "keep_tables"])?;
    prices.field("lines")?;
    let kept = kept(json, &prices)?;
    if let Some(Json::List(tables)) = edit::field(json, "tables") {
        tables.retain(|table| kept.iter().any(|key| edit::has_key(table, key)));
    }
    without_lines(json);
    edit::remove(json, "promises");
    for list in ["tables", "values", "lines"] {
        append(json, &prices, list, written)?;
    }
    Ok(())
}

/// The template's tables that stay, because rules or the product's own lines read them.
fn kept<'v>(json: &Json, prices: &Node<'v, '_>) -> Result<Vec<&'v str>, JsonError> {
    let mut kept = Vec::new();
    if let Some(list) = prices.optional("keep_tables")? {
        for node in list.items()? {
            let key = node.text()?;
            let tables = match json.get("tables") {
                Some(Json::List(tables)) => tables.as_slice(),
                _ => &[],
            };
            if !tables.iter().any(|table| edit::has_key(table, key)) {
                return Err(node.error("the key of a table of the template"));
            }
            kept.push(key);
        }
    }
    Ok(kept)
}

/// Takes all lines out, those of details and operations included.
fn without_lines(scope: &mut Json) {
    edit::remove(scope, "lines");
    for list in ["details", "operations"] {
        edit::items(scope, list).iter_mut().for_each(without_lines);
    }
}

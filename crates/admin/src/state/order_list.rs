//! The list of orders: pages that were asked for, and a first page that is fetched again and again.

use tirage_wire::admin::{OrderPage, OrderRow};

/// The orders on the screen, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderList {
    rows: Vec<OrderRow>,
    next: Option<String>,
}

impl OrderList {
    /// The orders.
    #[must_use]
    pub fn rows(&self) -> &[OrderRow] {
        &self.rows
    }

    /// The order with this id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&OrderRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Where the next page begins, when there is one.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Takes in the first page again and answers which orders are new.
    ///
    /// Older pages stay on the screen, unless so many orders came since that the first page no
    /// longer meets them: then they go, because what lies between is not known.
    pub fn refresh(&mut self, page: OrderPage) -> Vec<String> {
        let fresh: Vec<String> = page
            .orders
            .iter()
            .filter(|row| self.row(&row.id).is_none())
            .map(|row| row.id.clone())
            .collect();
        let meets = fresh.len() < page.orders.len();
        let older: Vec<OrderRow> = std::mem::take(&mut self.rows)
            .into_iter()
            .filter(|old| page.orders.iter().all(|row| row.id != old.id))
            .collect();
        self.rows = page.orders;
        if meets && page.next.is_some() && !older.is_empty() {
            self.rows.extend(older);
        } else {
            self.next = page.next;
        }
        fresh
    }

    /// Takes in the next page.
    pub fn append(&mut self, page: OrderPage) {
        for row in page.orders {
            if self.row(&row.id).is_none() {
                self.rows.push(row);
            }
        }
        self.next = page.next;
    }
}

#[cfg(test)]
mod tests {
    use tirage_pricing::Decimal;
    use tirage_wire::order::OrderStatus;

    use super::*;

    fn page(ids: &[&str], next: Option<&str>) -> OrderPage {
        let orders = ids.iter().map(|id| OrderRow {
            id: (*id).to_owned(),
            number: format!("T-{id}"),
            placed_at: "2026-10-12T08:00:00Z".to_owned(),
            customer: "Анна".to_owned(),
            status: OrderStatus::Placed,
            total: Decimal::ONE,
            currency: "RUB".to_owned(),
            deliveries: Vec::new(),
        });
        OrderPage {
            orders: orders.collect(),
            next: next.map(str::to_owned),
        }
    }

    fn list(pages: [OrderPage; 2]) -> OrderList {
        let [first, second] = pages;
        let mut list = OrderList::default();
        list.refresh(first);
        list.append(second);
        list
    }

    fn ids(list: &OrderList) -> Vec<&str> {
        list.rows().iter().map(|row| row.id.as_str()).collect()
    }

    #[test]
    fn a_refresh_puts_new_orders_on_top_and_keeps_older_pages() {
        let mut list = list([page(&["4", "3"], Some("3")), page(&["2", "1"], None)]);
        let fresh = list.refresh(page(&["5", "4"], Some("4")));
        assert_eq!(fresh, ["5"]);
        assert_eq!(ids(&list), ["5", "4", "3", "2", "1"]);
        assert_eq!(list.next(), None);
    }

    #[test]
    fn a_refresh_that_does_not_meet_the_old_pages_drops_them() {
        let mut list = list([page(&["4", "3"], Some("3")), page(&["2", "1"], Some("1"))]);
        list.refresh(page(&["9", "8"], Some("8")));
        assert_eq!(ids(&list), ["9", "8"]);
        assert_eq!(list.next(), Some("8"));
    }

    #[test]
    fn a_refresh_takes_over_what_changed() {
        let mut list = list([page(&["2", "1"], None), page(&[], None)]);
        let mut changed = page(&["2", "1"], None);
        changed.orders[1].status = OrderStatus::Cancelled;
        assert!(list.refresh(changed).is_empty());
        assert_eq!(list.row("1").unwrap().status, OrderStatus::Cancelled);
    }

    #[test]
    fn a_page_that_overlaps_the_list_adds_no_order_twice() {
        let list = list([page(&["3", "2"], Some("2")), page(&["2", "1"], None)]);
        assert_eq!(ids(&list), ["3", "2", "1"]);
    }
}

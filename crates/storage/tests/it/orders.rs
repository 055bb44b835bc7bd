//! Placing orders, finding them, and their history.

use std::collections::HashSet;

use tirage_pricing::json::Json;
use tirage_storage::outbox::DeliveryState;
use tirage_storage::{OrderPage, OrderToken, Placed, Revision, Shop, StorageError};

use crate::on_both;
use crate::setup::{NOW, TestDb, delivery, new_order};

on_both! {
    an_order_is_found_by_token_and_by_id,
    a_hundred_submits_with_one_key_make_one_order,
    a_repeated_key_gives_the_same_order_and_writes_nothing,
    a_key_with_another_cart_is_refused,
    one_key_in_two_shops_makes_two_orders,
    every_number_is_given_once,
    an_unknown_shop_is_named,
    a_failing_order_does_not_take_its_neighbours_down,
    an_unknown_token_finds_nothing,
    the_list_is_paged_newest_first_with_deliveries,
    the_list_is_filtered_by_status_and_number,
    a_status_change_is_remembered_with_who_did_it,
    notes_at_once_are_numbered_without_gaps,
    placing_wakes_the_workers,
}

fn page(limit: i64) -> OrderPage {
    OrderPage {
        shop: "main".into(),
        status: None,
        number: None,
        before: None,
        limit,
    }
}

async fn an_order_is_found_by_token_and_by_id(db: TestDb) {
    let mut order = new_order(NOW);
    order.comment = Some("До пятницы, пожалуйста".to_owned());
    order.shipping = Some(r#"{"method":"pickup"}"#.to_owned());
    order.issue_date = Some("2026-12-01".to_owned());
    order.consent_at = Some(NOW - 1);
    let mut grouped = order.lines[0].clone();
    grouped.group = Some(r#"{"id":"g","name":"Офис"}"#.to_owned());
    order.lines.push(grouped);
    let Placed::New(head) = db.storage.orders().place(order.clone(), NOW).await.unwrap() else {
        panic!("not new");
    };
    assert_eq!(head.number, "T-10001");
    assert_eq!(head.placed_at, NOW);
    let by_token = db
        .storage
        .orders()
        .by_token(&order.token)
        .await
        .unwrap()
        .unwrap();
    let by_id = db.storage.orders().by_id(&order.id).await.unwrap().unwrap();
    assert_eq!(by_token, by_id);
    assert_eq!(by_id.head, head);
    assert_eq!(by_id.lines, order.lines);
    assert_eq!(by_id.customer, order.customer);
    assert_eq!(by_id.comment, order.comment);
    assert_eq!(by_id.shipping, order.shipping);
    assert_eq!(by_id.issue_date, order.issue_date);
    assert_eq!(by_id.consent_at, order.consent_at);
}

async fn a_hundred_submits_with_one_key_make_one_order(db: TestDb) {
    let key = new_order(NOW).idem;
    let submits = (0..100).map(|_| {
        let storage = db.storage.clone();
        let mut order = new_order(NOW);
        order.idem.clone_from(&key);
        order.deliveries = vec![delivery("asystem"), delivery("bitrix24")];
        tokio::spawn(async move { storage.orders().place(order, NOW).await.unwrap() })
    });
    let submits: Vec<_> = submits.collect();
    let (mut new, mut heads) = (0, HashSet::new());
    for submit in submits {
        match submit.await.unwrap() {
            Placed::New(head) => {
                new += 1;
                heads.insert(head.id);
            }
            Placed::Repeated(head) => {
                heads.insert(head.id);
            }
            Placed::KeyReused => panic!("the cart was the same"),
        }
    }
    assert_eq!((new, heads.len()), (1, 1));
    let stored = db.storage.orders().list(&page(200)).await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].deliveries.len(), 2);
}

async fn a_repeated_key_gives_the_same_order_and_writes_nothing(db: TestDb) {
    let order = new_order(NOW);
    let Placed::New(head) = db.storage.orders().place(order.clone(), NOW).await.unwrap() else {
        panic!("not new");
    };
    let mut again = new_order(NOW + 1);
    again.idem = order.idem;
    again.deliveries = vec![delivery("asystem")];
    let placed = db.storage.orders().place(again, NOW + 1).await.unwrap();
    assert_eq!(placed, Placed::Repeated(head.clone()));
    assert_eq!(db.storage.outbox().of_order(&head.id).await.unwrap(), []);
}

async fn a_key_with_another_cart_is_refused(db: TestDb) {
    let order = new_order(NOW);
    let mut other = new_order(NOW);
    other.idem.clone_from(&order.idem);
    other.cart_hash = "another cart".to_owned();
    db.storage.orders().place(order, NOW).await.unwrap();
    let placed = db.storage.orders().place(other, NOW).await.unwrap();
    assert_eq!(placed, Placed::KeyReused);
    assert_eq!(db.storage.orders().list(&page(10)).await.unwrap().len(), 1);
}

async fn one_key_in_two_shops_makes_two_orders(db: TestDb) {
    let second = Shop {
        id: "second".into(),
        name: "Second".to_owned(),
        prefix: "S".to_owned(),
        origins: "[]".to_owned(),
    };
    db.storage.shops().ensure(&second, NOW).await.unwrap();
    let order = new_order(NOW);
    let mut other = new_order(NOW);
    other.idem.clone_from(&order.idem);
    other.shop = second.id;
    let numbers = [order, other].map(|order| async {
        match db.storage.orders().place(order, NOW).await.unwrap() {
            Placed::New(head) => head.number,
            placed => panic!("{placed:?}"),
        }
    });
    let [first, second] = numbers;
    assert_eq!(
        (first.await.as_str(), second.await.as_str()),
        ("T-10001", "S-10001")
    );
}

async fn every_number_is_given_once(db: TestDb) {
    let submits: Vec<_> = (0..100)
        .map(|_| {
            let storage = db.storage.clone();
            tokio::spawn(async move { storage.orders().place(new_order(NOW), NOW).await.unwrap() })
        })
        .collect();
    let mut numbers = HashSet::new();
    for submit in submits {
        let Placed::New(head) = submit.await.unwrap() else {
            panic!("not new");
        };
        assert!(head.number.starts_with("T-1"), "{}", head.number);
        assert!(numbers.insert(head.number));
    }
    assert_eq!(numbers.len(), 100);
}

async fn an_unknown_shop_is_named(db: TestDb) {
    let mut order = new_order(NOW);
    order.shop = "nowhere".into();
    let error = db.storage.orders().place(order, NOW).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no shop `nowhere`");
}

async fn a_failing_order_does_not_take_its_neighbours_down(db: TestDb) {
    let submits: Vec<_> = (0..20)
        .map(|index| {
            let storage = db.storage.clone();
            let mut order = new_order(NOW);
            if index == 10 {
                order.lines[0].template = Revision::of("never stored");
            }
            tokio::spawn(async move { storage.orders().place(order, NOW).await })
        })
        .collect();
    let mut failed = Vec::new();
    for (index, submit) in submits.into_iter().enumerate() {
        if let Err(error) = submit.await.unwrap() {
            assert!(matches!(error, StorageError::Constraint(_)), "{error:?}");
            failed.push(index);
        }
    }
    assert_eq!(failed, [10]);
    assert_eq!(
        db.storage.orders().list(&page(100)).await.unwrap().len(),
        19
    );
}

async fn an_unknown_token_finds_nothing(db: TestDb) {
    let unknown = OrderToken::new("unknown");
    assert_eq!(db.storage.orders().by_token(&unknown).await.unwrap(), None);
}

async fn the_list_is_paged_newest_first_with_deliveries(db: TestDb) {
    let mut placed = Vec::new();
    for minute in 0..5 {
        // Two orders share each instant, so the id must break the tie.
        placed.push(
            db.order_for(&["asystem"], NOW + minute / 2 * 60_000)
                .await
                .id,
        );
    }
    let mut seen = Vec::new();
    let mut asked = page(2);
    loop {
        let rows = db.storage.orders().list(&asked).await.unwrap();
        let Some(last) = rows.last() else { break };
        asked.before = Some((last.head.placed_at, last.head.id.clone()));
        for row in rows {
            assert_eq!(row.deliveries.len(), 1);
            assert_eq!(row.deliveries[0].state, DeliveryState::Pending);
            assert_eq!(row.deliveries[0].order_id, row.head.id);
            seen.push((row.head.placed_at, row.head.id));
        }
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    let ids: HashSet<_> = seen.into_iter().map(|(_, id)| id).collect();
    assert_eq!(ids, placed.into_iter().collect());
}

async fn the_list_is_filtered_by_status_and_number(db: TestDb) {
    let first = db.order_for(&[], NOW).await;
    db.order_for(&[], NOW).await;
    db.storage
        .orders()
        .set_status(&first.id, "ready", "anna", NOW)
        .await
        .unwrap();
    let mut asked = page(10);
    asked.status = Some("ready".to_owned());
    let rows = db.storage.orders().list(&asked).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].head.id, first.id);
    for (number, found) in [("T-10002", 1), ("T-1", 2), ("%", 2), ("T_1", 0), ("X", 0)] {
        let mut asked = page(10);
        asked.number = Some(number.to_owned());
        let rows = db.storage.orders().list(&asked).await.unwrap();
        assert_eq!(rows.len(), found, "{number}");
    }
}

async fn a_status_change_is_remembered_with_who_did_it(db: TestDb) {
    let order = db.order_for(&[], NOW).await.id;
    let orders = db.storage.orders();
    let before = orders
        .set_status(&order, "in production", "anna", NOW + 5)
        .await
        .unwrap();
    assert_eq!(before.as_deref(), Some("placed"));
    let before = orders
        .set_status(&order, "in production", "ivan", NOW + 6)
        .await
        .unwrap();
    assert_eq!(before.as_deref(), Some("in production"));
    let stored = orders.by_id(&order).await.unwrap().unwrap();
    assert_eq!(
        (stored.head.status.as_str(), stored.status_at),
        ("in production", NOW + 5)
    );
    let events = orders.events(&order).await.unwrap();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| (event.seq, event.kind.as_str()))
        .collect();
    assert_eq!(kinds, [(1, "placed"), (2, "status")]);
    assert_eq!(
        events[1].data,
        r#"{"from":"placed","to":"in production","by":"anna"}"#
    );
    assert_eq!(
        orders
            .set_status(&"none".into(), "x", "y", NOW)
            .await
            .unwrap(),
        None
    );
}

async fn notes_at_once_are_numbered_without_gaps(db: TestDb) {
    let order = db.order_for(&[], NOW).await.id;
    let notes: Vec<_> = (0..20)
        .map(|_| {
            let (storage, order) = (db.storage.clone(), order.clone());
            let data = Json::object([]);
            tokio::spawn(async move {
                storage
                    .orders()
                    .note(&order, "comment", &data, NOW)
                    .await
                    .unwrap();
            })
        })
        .collect();
    for note in notes {
        note.await.unwrap();
    }
    let events = db.storage.orders().events(&order).await.unwrap();
    let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=21).collect::<Vec<_>>());
}

async fn placing_wakes_the_workers(db: TestDb) {
    let changes = db.storage.outbox().changes();
    assert!(!changes.has_changed().unwrap());
    db.order_for(&["asystem"], NOW).await;
    assert!(changes.has_changed().unwrap());
}

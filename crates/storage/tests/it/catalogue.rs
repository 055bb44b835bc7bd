//! Shops, templates and products.

use tirage_storage::{Revision, Shop, StorageError};

use crate::on_both;
use crate::setup::{NOW, TEMPLATE, TestDb, business_cards};

on_both! {
    a_template_is_stored_once_under_its_hash,
    an_unknown_template_is_not_an_error,
    an_older_template_is_still_recognised_as_the_products,
    publishing_an_older_template_again_rolls_back,
    publishing_a_template_that_is_not_stored_is_refused,
    products_are_listed_in_their_order,
    a_shop_keeps_its_prefix_when_it_is_renamed,
    two_shops_cannot_share_a_prefix,
}

async fn a_template_is_stored_once_under_its_hash(db: TestDb) {
    let templates = db.storage.templates();
    let first = templates.put("{}", NOW).await.unwrap();
    let again = templates.put("{}", NOW + 1).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(first, Revision::of("{}"));
    assert_eq!(templates.text(&first).await.unwrap().as_deref(), Some("{}"));
}

async fn an_unknown_template_is_not_an_error(db: TestDb) {
    let unknown = Revision::of("never stored");
    assert_eq!(db.storage.templates().text(&unknown).await.unwrap(), None);
}

async fn an_older_template_is_still_recognised_as_the_products(db: TestDb) {
    let (older, main) = (Revision::of(TEMPLATE), "main".into());
    let newer = db.storage.templates().put("newer", NOW).await.unwrap();
    let products = db.storage.products();
    products
        .publish(&business_cards(newer.clone()), NOW + 1)
        .await
        .unwrap();
    let product = products
        .find(&main, "business-cards")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(product.template, newer);
    for revision in [&older, &newer] {
        assert!(
            products
                .has_revision(&main, "business-cards", revision)
                .await
                .unwrap()
        );
    }
    let foreign = Revision::of("foreign");
    assert!(
        !products
            .has_revision(&main, "business-cards", &foreign)
            .await
            .unwrap()
    );
    assert!(
        !products
            .has_revision(&main, "flyers", &older)
            .await
            .unwrap()
    );
}

async fn publishing_an_older_template_again_rolls_back(db: TestDb) {
    let (older, main) = (Revision::of(TEMPLATE), "main".into());
    let newer = db.storage.templates().put("newer", NOW).await.unwrap();
    let products = db.storage.products();
    products
        .publish(&business_cards(newer.clone()), NOW + 1)
        .await
        .unwrap();
    products
        .publish(&business_cards(older.clone()), NOW + 2)
        .await
        .unwrap();
    let product = products
        .find(&main, "business-cards")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (product.template, product.updated),
        (older.clone(), NOW + 2)
    );
    let history = products.history(&main, "business-cards").await.unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|entry| (&entry.revision, entry.since, entry.published))
        .collect();
    assert_eq!(told, [(&older, NOW, NOW + 2), (&newer, NOW + 1, NOW + 1)]);
}

async fn publishing_a_template_that_is_not_stored_is_refused(db: TestDb) {
    let product = business_cards(Revision::of("never stored"));
    let error = db
        .storage
        .products()
        .publish(&product, NOW)
        .await
        .unwrap_err();
    assert!(matches!(error, StorageError::Constraint(_)), "{error:?}");
    assert!(!error.is_temporary());
}

async fn products_are_listed_in_their_order(db: TestDb) {
    let products = db.storage.products();
    for (key, position) in [("posters", 3), ("banners", 2), ("flyers", 2)] {
        let mut product = business_cards(Revision::of(TEMPLATE));
        (product.key, product.position) = (key.to_owned(), position);
        products.publish(&product, NOW).await.unwrap();
    }
    let listed = products.list(&"main".into()).await.unwrap();
    let keys: Vec<_> = listed.iter().map(|product| product.key.as_str()).collect();
    assert_eq!(keys, ["business-cards", "banners", "flyers", "posters"]);
}

async fn a_shop_keeps_its_prefix_when_it_is_renamed(db: TestDb) {
    let renamed = Shop {
        id: "main".into(),
        name: "Renamed".to_owned(),
        prefix: "X".to_owned(),
        origins: r#"["https://shop.example"]"#.to_owned(),
    };
    db.storage.shops().ensure(&renamed, NOW).await.unwrap();
    let found = db
        .storage
        .shops()
        .find(&"main".into())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.name.as_str(), found.prefix.as_str()),
        ("Renamed", "T")
    );
    assert_eq!(found.origins, renamed.origins);
    assert_eq!(db.storage.shops().find(&"none".into()).await.unwrap(), None);
}

async fn two_shops_cannot_share_a_prefix(db: TestDb) {
    let second = Shop {
        id: "second".into(),
        name: "Second".to_owned(),
        prefix: "T".to_owned(),
        origins: "[]".to_owned(),
    };
    let error = db.storage.shops().ensure(&second, NOW).await.unwrap_err();
    assert!(matches!(error, StorageError::Constraint(_)), "{error:?}");
}

//! What the emulated print house has to offer: people, customers and two templates.
//!
//! Names are those seen in public documentation; everything else is invented.

use serde_json::{Value, json};

/// The answer of `GET /identifiers`.
pub(crate) fn identifiers() -> Value {
    json!({
        "managers": [
            { "id": "7", "name": "Иванова Мария" },
            { "id": "8", "name": "Петров Олег" },
        ],
        "contractors": [
            { "id": "42", "name": "Интернет-магазин" },
            { "id": "43", "name": "Розничный покупатель" },
        ],
    })
}

/// Every template, in full.
pub(crate) fn templates() -> Vec<Value> {
    vec![
        json!({
            "id": "101",
            "name": "Визитная карточка",
            "group": { "id": "1", "name": "Визитки" },
            "revision": "1",
            "parameters": order_parameters(),
            "details": [{ "id": "1", "name": "Карточка", "parameters": [
                { "id": "11", "name": "Размер", "values": [
                    { "id": "90x50", "name": "90 × 50 мм" },
                    { "id": "85x55", "name": "85 × 55 мм" },
                ] },
            ] }],
            "operations": [{ "id": "21", "name": "Упаковка", "parameters": [
                { "id": "22", "name": "Изделий в упаковке", "default": "100" },
            ] }],
        }),
        json!({
            "id": "102",
            "name": "Евролистовка (флаер) 4+0",
            "group": null,
            "revision": "3",
            "parameters": order_parameters(),
            "details": [{ "id": "1", "name": "Флаер", "parameters": [] }],
            "operations": [],
        }),
    ]
}

/// One template, in full.
pub(crate) fn template(id: &str) -> Option<Value> {
    templates()
        .into_iter()
        .find(|template| template.get("id").and_then(Value::as_str) == Some(id))
}

fn order_parameters() -> Value {
    json!([
        { "id": "1", "name": "Вид оплаты" },
        { "id": "2", "name": "Тип доставки" },
        { "id": "3", "name": "Город отгрузки" },
        { "id": "4", "name": "Промо-код" },
    ])
}

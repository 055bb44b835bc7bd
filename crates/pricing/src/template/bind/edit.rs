//! Changes to a JSON document in place: what has a field keeps the order of its fields.

use crate::json::Json;

/// The value of a field.
pub(super) fn field<'j>(json: &'j mut Json, key: &str) -> Option<&'j mut Json> {
    match json {
        Json::Object(fields) => {
            let found = fields.iter_mut().find(|(name, _)| name == key);
            found.map(|(_, value)| value)
        }
        _ => None,
    }
}

/// Sets a field, new ones at the end.
pub(super) fn set(json: &mut Json, key: &str, value: Json) {
    if let Some(known) = field(json, key) {
        *known = value;
    } else if let Json::Object(fields) = json {
        fields.push((key.to_owned(), value));
    }
}

/// Takes a field out.
pub(super) fn remove(json: &mut Json, key: &str) {
    if let Json::Object(fields) = json {
        fields.retain(|(name, _)| name != key);
    }
}

/// The items of a list in a field; none where there is no such list.
pub(super) fn items<'j>(json: &'j mut Json, key: &str) -> &'j mut [Json] {
    match field(json, key) {
        Some(Json::List(items)) => items,
        _ => &mut [],
    }
}

/// How many items a list in a field has.
pub(super) fn length(json: &Json, key: &str) -> usize {
    match json.get(key) {
        Some(Json::List(items)) => items.len(),
        _ => 0,
    }
}

/// Adds an item to a list in a field, which may be missing.
pub(super) fn push(json: &mut Json, key: &str, item: Json) {
    match field(json, key) {
        Some(Json::List(items)) => items.push(item),
        _ => set(json, key, Json::List(vec![item])),
    }
}

/// Takes items out of a list in a field, by index ascending.
pub(super) fn remove_items(json: &mut Json, key: &str, indices: &[usize]) {
    if let Some(Json::List(items)) = field(json, key) {
        let mut index = 0;
        items.retain(|_| {
            index += 1;
            indices.binary_search(&(index - 1)).is_err()
        });
    }
}

/// Whether this is an object of this key.
pub(super) fn has_key(json: &Json, key: &str) -> bool {
    matches!(json.get("key"), Some(Json::Text(text)) if text == key)
}

//! What can be said about a cart without pricing it: sizes, texts, who orders.

use tirage_pricing::json::ToJson as _;
use tirage_pricing::{Answer, Answers};
use tirage_storage::Millis;
use tirage_wire::cart::{Cart, CartLine, Customer, LineGroup, Shipping};
use tirage_wire::problem::FieldError;

use super::{customer, shipping, wrong};
use crate::error::ApiError;
use crate::words::Locale;

const MOST_LINES: usize = 200;
const LONGEST_ANSWERS: usize = 64 * 1024;
const LONGEST_TEXT: usize = 4 * 1024;
const LONGEST_ID: usize = 64;
const LONGEST_NAME: usize = 200;

/// Who orders and what they say, in the form that is stored.
#[derive(Debug)]
pub(super) struct Buyer {
    pub(super) customer: Customer,
    pub(super) shipping: Option<Shipping>,
    pub(super) issue_date: Option<String>,
    /// When the buyer agreed that personal data are processed, if they were asked.
    pub(super) consent_at: Option<Millis>,
    pub(super) comment: Option<String>,
}

/// Checks the cart and reports everything that is wrong with it.
pub(super) fn cart(cart: &Cart, now: Millis) -> Result<Buyer, ApiError> {
    let mut errors = Vec::new();
    if !(1..=MOST_LINES).contains(&cart.lines.len()) {
        let found = cart.lines.len().to_string();
        errors.push(wrong("/lines", format!("1 to {MOST_LINES} lines"), found));
    }
    if !Locale::is_tag(&cart.locale) {
        errors.push(wrong("/locale", Locale::TAG, quoted(&cart.locale)));
    }
    for (index, line) in cart.lines.iter().enumerate() {
        answers(
            &line.answers,
            &format!("/lines/{index}/answers"),
            &mut errors,
        );
    }
    groups(&cart.lines, &mut errors);
    let comment = cart
        .comment
        .as_deref()
        .map(|comment| comment.replace("\r\n", "\n"));
    let comment = comment.filter(|comment| !comment.trim().is_empty());
    if let Some(comment) = &comment {
        text(comment, "/comment", &mut errors);
    }
    if cart.consent == Some(false) {
        let expected = "`true`, or no word about consent";
        errors.push(wrong("/consent", expected, "false"));
    }
    let shipping = cart.shipping.as_ref();
    let shipping = shipping.and_then(|given| shipping::check(given, &mut errors));
    let issue_date = cart.issue_date.as_deref();
    let issue_date = issue_date.and_then(|day| shipping::issue_date(day, now, &mut errors));
    match customer::check(&cart.customer, &mut errors) {
        Some(customer) if errors.is_empty() => Ok(Buyer {
            customer,
            shipping,
            issue_date,
            consent_at: cart.consent.map(|_| now),
            comment,
        }),
        _ => Err(ApiError::validation(errors)),
    }
}

/// A group has one name, and both can be shown to people as they are.
fn groups(lines: &[CartLine], errors: &mut Vec<FieldError>) {
    let mut known: Vec<&LineGroup> = Vec::new();
    let in_groups = lines.iter().enumerate();
    let in_groups = in_groups.filter_map(|(index, line)| Some((index, line.group.as_ref()?)));
    for (index, group) in in_groups {
        let pointer = format!("/lines/{index}/group");
        if let Some(first) = known.iter().find(|known| known.id == group.id) {
            if first.name != group.name {
                let expected = format!("the name that the group `{}` has before", group.id);
                errors.push(wrong(format!("{pointer}/name"), expected, "another one"));
            }
            continue;
        }
        known.push(group);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(1..=LONGEST_ID).contains(&group.id.len()) || !group.id.bytes().all(is_plain) {
            let expected = format!("1 to {LONGEST_ID} letters, digits, `-` or `_`");
            errors.push(wrong(format!("{pointer}/id"), expected, quoted(&group.id)));
        }
        for (_, name) in group.name.iter() {
            if !(1..=LONGEST_NAME).contains(&name.len()) || name.chars().any(is_hidden) {
                let expected =
                    format!("1 to {LONGEST_NAME} bytes of one line without control characters");
                errors.push(wrong(format!("{pointer}/name"), expected, quoted(name)));
            }
        }
    }
}

fn answers(answers: &Answers, pointer: &str, errors: &mut Vec<FieldError>) {
    let bytes = answers.to_json().to_string().len();
    if bytes > LONGEST_ANSWERS {
        let expected = format!("at most {LONGEST_ANSWERS} bytes");
        errors.push(wrong(pointer, expected, bytes.to_string()));
        return;
    }
    for (path, answer) in answers.iter() {
        let place = format!("{pointer}/{}", path.replace('~', "~0").replace('/', "~1"));
        match answer {
            Answer::Text(answer) => text(answer, &place, errors),
            Answer::List(keys) => keys.iter().for_each(|key| text(key, &place, errors)),
            Answer::Flag(_) | Answer::Number(_) => {}
        }
    }
}

/// A text that people will read, of several lines perhaps.
fn text(text: &str, pointer: &str, errors: &mut Vec<FieldError>) {
    if text.len() > LONGEST_TEXT {
        let expected = format!("at most {LONGEST_TEXT} bytes");
        errors.push(wrong(pointer, expected, text.len().to_string()));
    }
    let hidden = |char: &char| is_hidden(*char) && !matches!(char, '\n' | '\t');
    if let Some(found) = text.chars().find(hidden) {
        let found = found.escape_unicode().to_string();
        errors.push(wrong(pointer, "a text without control characters", found));
    }
}

/// Characters that change how others are read: controls, and marks that reverse the direction.
pub(super) fn is_hidden(char: char) -> bool {
    char.is_control() || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A value as it is shown to whoever sent it.
pub(crate) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_have_lines_but_nothing_hidden() {
        let check = |value: &str| {
            let mut errors = Vec::new();
            text(value, "/comment", &mut errors);
            errors.len()
        };
        assert_eq!(check("до 12:00\n\tсрочно"), 0);
        assert_eq!(check("a\u{0}b"), 1);
        assert_eq!(check("a\u{202e}b"), 1);
        assert_eq!(check(&"я".repeat(2_049)), 1);
    }
}

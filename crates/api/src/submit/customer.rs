//! Who orders: enough to reach them, and in one written form.

use tirage_wire::cart::{Customer, CustomerKind};
use tirage_wire::problem::FieldError;

use super::check::{is_hidden, quoted};
use super::wrong;

const LONGEST_NAME: usize = 200;
const LONGEST_EMAIL: usize = 254;

/// The customer as it is stored; what is wrong is added to `errors`.
pub(super) fn check(customer: &Customer, errors: &mut Vec<FieldError>) -> Option<Customer> {
    let name = name(&customer.name, "/customer/name", errors);
    let organisation = organisation(customer, errors);
    let phone = phone(&customer.phone, "/customer/phone", errors);
    let email = email(&customer.email);
    if email.is_none() {
        let expected = "an e-mail address such as \"name@example.com\"";
        errors.push(wrong("/customer/email", expected, quoted(&customer.email)));
    }
    Some(Customer {
        kind: customer.kind,
        name: name?,
        organisation: organisation?,
        phone: phone?,
        email: email?,
    })
}

fn organisation(customer: &Customer, errors: &mut Vec<FieldError>) -> Option<Option<String>> {
    let given = customer.organisation.as_deref().unwrap_or_default();
    if customer.kind == CustomerKind::Person && given.trim().is_empty() {
        return Some(None);
    }
    name(given, "/customer/organisation", errors).map(Some)
}

pub(super) fn name(text: &str, pointer: &str, errors: &mut Vec<FieldError>) -> Option<String> {
    let text = text.trim();
    let fits = (1..=LONGEST_NAME).contains(&text.chars().count());
    if fits && !text.chars().any(is_hidden) {
        return Some(text.to_owned());
    }
    let expected = format!("a name of 1 to {LONGEST_NAME} characters");
    errors.push(wrong(pointer, expected, quoted(text)));
    None
}

pub(super) fn phone(text: &str, pointer: &str, errors: &mut Vec<FieldError>) -> Option<String> {
    let phone = e164(text);
    if phone.is_none() {
        let expected = "a phone number with its country code, such as \"+7 900 000-00-00\"";
        errors.push(wrong(pointer, expected, quoted(text)));
    }
    phone
}

/// A Russian number may be written the way it is dialled at home, with an 8 in front.
fn e164(text: &str) -> Option<String> {
    let text = text.trim();
    let punctuation = |char: &char| matches!(char, ' ' | '-' | '(' | ')' | '.' | '\u{a0}');
    let bare: String = text.chars().filter(|char| !punctuation(char)).collect();
    let (international, digits) = match bare.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, bare.as_str()),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (international, digits.len(), digits.as_bytes().first()?) {
        (true, 8..=15, b'1'..=b'9') => Some(format!("+{digits}")),
        (false, 11, b'7' | b'8') => Some(format!("+7{}", digits.get(1..)?)),
        _ => None,
    }
}

/// Only what is surely wrong is refused; whether an address works, only a letter can tell.
fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let odd = |char: char| {
        char.is_whitespace() || is_hidden(char) || matches!(char, '<' | '>' | ',' | ';' | '"')
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|char| char.is_alphanumeric() || char == '-')
    };
    let fits = text.len() <= LONGEST_EMAIL
        && (1..=64).contains(&local.len())
        && !local.contains('@')
        && !text.chars().any(odd)
        && domain.contains('.')
        && domain.split('.').all(label);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_has_one_written_form() {
        let table = [
            ("+7 (900) 000-00-00", Some("+79000000000")),
            ("8 900 000 00 00", Some("+79000000000")),
            ("79000000000", Some("+79000000000")),
            ("+49 30 123456", Some("+4930123456")),
            ("900 000 00 00", None),
            ("+0 900 000-00-00", None),
            ("+7900", None),
            ("+７９000000000", None),
            ("call me", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(e164(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_what_is_surely_no_address_is_refused() {
        for text in ["a@b.ru", "имя@почта.рф", "first.last+tag@sub.example.com"] {
            assert!(email(text).is_some(), "{text}");
        }
        for text in [
            "",
            "a",
            "a@b",
            "@b.ru",
            "a@@b.ru",
            "a b@c.ru",
            "a@b..ru",
            "a@b.ru\nBcc: x@y.z",
            "a@-b.ru",
            "<a@b.ru>",
        ] {
            assert!(email(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_organisation_has_a_name_and_a_person_need_not() {
        let customer = |kind, organisation: Option<&str>| Customer {
            kind,
            name: " Анна ".to_owned(),
            organisation: organisation.map(str::to_owned),
            phone: "+79000000000".to_owned(),
            email: "a@b.ru".to_owned(),
        };
        let checked = |customer: &Customer| check(customer, &mut Vec::new());
        assert!(checked(&customer(CustomerKind::Organisation, Some(" "))).is_none());
        assert!(checked(&customer(CustomerKind::Organisation, Some("ООО"))).is_some());
        let person = checked(&customer(CustomerKind::Person, Some(""))).unwrap();
        assert_eq!((person.organisation, person.name.as_str()), (None, "Анна"));
    }
}

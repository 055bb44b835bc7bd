//! What a buyer says when ordering: who, how to reach them, how and when the print is handed over.

use tirage_pricing::json::Json;
use tirage_wire::cart::ShippingMethod;

use super::read;
use crate::locale::Locale;

/// The fields of the form, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    /// The organisation's name.
    Organisation,
    /// The contact's name.
    Name,
    /// Phone number.
    Phone,
    /// E-mail address.
    Email,
    /// Where the print goes.
    Address,
    /// Who receives it.
    RecipientName,
    /// How to reach who receives it.
    RecipientPhone,
    /// The day on which the buyer would like to have it.
    IssueDate,
    /// A word to the print house.
    Comment,
    /// Consent to the processing of personal data.
    Consent,
}

impl ContactField {
    /// Every field.
    pub const ALL: [Self; 10] = [
        Self::Organisation,
        Self::Name,
        Self::Phone,
        Self::Email,
        Self::Address,
        Self::RecipientName,
        Self::RecipientPhone,
        Self::IssueDate,
        Self::Comment,
        Self::Consent,
    ];

    /// The field's place in a cart, as the service names it.
    #[must_use]
    pub fn pointer(self) -> &'static str {
        match self {
            Self::Organisation => "/customer/organisation",
            Self::Name => "/customer/name",
            Self::Phone => "/customer/phone",
            Self::Email => "/customer/email",
            Self::Address => "/shipping/address",
            Self::RecipientName => "/shipping/recipient/name",
            Self::RecipientPhone => "/shipping/recipient/phone",
            Self::IssueDate => "/issue_date",
            Self::Comment => "/comment",
            Self::Consent => "/consent",
        }
    }

    /// The field's name.
    #[must_use]
    pub fn name(self, locale: &Locale) -> &'static str {
        let texts = locale.cart_texts();
        match self {
            Self::Organisation => texts.organisation_name,
            Self::Name => texts.contact_name,
            Self::Phone => texts.phone,
            Self::Email => texts.email,
            Self::Address => texts.address,
            Self::RecipientName => texts.recipient_name,
            Self::RecipientPhone => texts.recipient_phone,
            Self::IssueDate => texts.issue_date,
            Self::Comment => texts.comment,
            Self::Consent => texts.consent,
        }
    }

    /// What to say at the field when it cannot be sent as it is.
    #[must_use]
    pub fn mistake(self, locale: &Locale) -> &'static str {
        let texts = locale.cart_texts();
        match self {
            Self::Organisation => texts.fill_organisation,
            Self::Name => texts.fill_name,
            Self::Phone | Self::RecipientPhone => texts.fill_phone,
            Self::Email => texts.fill_email,
            Self::Address => texts.fill_address,
            Self::RecipientName => texts.fill_recipient,
            Self::IssueDate => texts.fill_date,
            Self::Comment => texts.check_form,
            Self::Consent => texts.fill_consent,
        }
    }

    /// Whether the form may be sent without it.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::RecipientPhone | Self::IssueDate | Self::Comment)
    }
}

/// What the buyer filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Whether an organisation orders.
    pub organisation_orders: bool,
    /// How the print is handed over.
    pub method: ShippingMethod,
    /// Whether somebody else receives it.
    pub other_receives: bool,
    /// Whether the buyer agreed to the processing of personal data.
    pub consents: bool,
    /// The texts, by field.
    pub texts: [String; 10],
}

impl Default for Contact {
    fn default() -> Self {
        Self {
            organisation_orders: false,
            method: ShippingMethod::Pickup,
            other_receives: false,
            consents: false,
            texts: Default::default(),
        }
    }
}

impl Contact {
    /// What was filled in for a body that was sent, to go on from there after a reload.
    #[must_use]
    pub fn of_body(body: &Json) -> Self {
        let mut contact = Self::default();
        for field in ContactField::ALL {
            let mut place = Some(body);
            let mut last = "";
            for step in field.pointer().split('/').skip(1) {
                place = if last.is_empty() {
                    place
                } else {
                    place.and_then(|json| json.get(last))
                };
                last = step;
            }
            contact.texts[field as usize] = place.map_or_else(String::new, |j| read::text(j, last));
        }
        contact.organisation_orders = !contact.text(ContactField::Organisation).is_empty();
        contact.other_receives = !contact.text(ContactField::RecipientName).is_empty();
        contact.consents = body.get("consent") == Some(&Json::Bool(true));
        let method = body.get("shipping").map(|it| read::text(it, "method"));
        let method = method.and_then(|word| ShippingMethod::from_name(&word));
        contact.method = method.unwrap_or(ShippingMethod::Pickup);
        contact
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: ContactField) -> &str {
        self.texts[field as usize].trim()
    }

    /// Whether the field is there, after what else was answered.
    #[must_use]
    pub fn is_asked(&self, field: ContactField) -> bool {
        match field {
            ContactField::Organisation => self.organisation_orders,
            ContactField::Address => self.method != ShippingMethod::Pickup,
            ContactField::RecipientName | ContactField::RecipientPhone => self.other_receives,
            _ => true,
        }
    }

    /// Whether a field cannot be sent as it is; `today` as `2026-12-01`.
    #[must_use]
    pub fn is_wrong(&self, field: ContactField, today: &str) -> bool {
        let text = self.text(field);
        if !self.is_asked(field) || (field.is_optional() && text.is_empty()) {
            return false;
        }
        match field {
            ContactField::Organisation
            | ContactField::Name
            | ContactField::Address
            | ContactField::RecipientName => text.is_empty(),
            ContactField::Phone | ContactField::RecipientPhone => phone(text).is_none(),
            ContactField::Email => !is_email(text),
            // Days of one written form: their order is that of their texts.
            ContactField::IssueDate => text < today,
            ContactField::Comment => false,
            ContactField::Consent => !self.consents,
        }
    }

    /// The fields that cannot be sent as they are.
    #[must_use]
    pub fn mistakes(&self, today: &str) -> Vec<ContactField> {
        let mut mistakes = Vec::new();
        for field in ContactField::ALL {
            if self.is_wrong(field, today) {
                mistakes.push(field);
            }
        }
        mistakes
    }

    /// Who orders, as the service reads it.
    pub(super) fn customer(&self) -> Json {
        let text = |field| Json::text(self.text(field));
        let kind = if self.organisation_orders {
            "organisation"
        } else {
            "person"
        };
        let customer = Json::object([
            ("kind", Json::text(kind)),
            ("name", text(ContactField::Name)),
            ("phone", self.phone(ContactField::Phone)),
            ("email", text(ContactField::Email)),
        ]);
        if self.organisation_orders {
            return customer.with("organisation", text(ContactField::Organisation));
        }
        customer
    }

    /// How the print is handed over, as the service reads it.
    pub(super) fn shipping(&self) -> Json {
        let mut shipping = Json::object([("method", Json::text(self.method.as_str()))]);
        if self.is_asked(ContactField::Address) {
            let address = Json::text(self.text(ContactField::Address));
            shipping = shipping.with("address", address);
        }
        if !self.other_receives {
            return shipping;
        }
        let name = Json::text(self.text(ContactField::RecipientName));
        let mut recipient = Json::object([("name", name)]);
        if !self.text(ContactField::RecipientPhone).is_empty() {
            recipient = recipient.with("phone", self.phone(ContactField::RecipientPhone));
        }
        shipping.with("recipient", recipient)
    }

    fn phone(&self, field: ContactField) -> Json {
        let text = self.text(field);
        Json::Text(phone(text).unwrap_or_else(|| text.to_owned()))
    }
}

/// E.164 of a phone number as people type it: Russian ones with +7, 7, 8 or nothing in front,
/// foreign ones with + or 00.
#[must_use]
pub fn phone(typed: &str) -> Option<String> {
    let mut digits = String::new();
    let mut international = false;
    for char in typed.trim().chars() {
        match char {
            '0'..='9' => digits.push(char),
            '+' if digits.is_empty() && !international => international = true,
            ' ' | '-' | '(' | ')' | '.' | '\u{a0}' | '‑' | '–' => {}
            _ => return None,
        }
    }
    if !international && let Some(foreign) = digits.strip_prefix("00") {
        digits = foreign.to_owned();
        international = true;
    }
    let russian = match (digits.len(), digits.as_bytes().first()) {
        (10, Some(b'3'..=b'9')) if !international => Some(&*digits),
        (11, Some(b'7')) => digits.get(1..),
        // Also behind a plus: no country has the code 89.
        (11, Some(b'8')) if !international || digits.starts_with("89") => digits.get(1..),
        _ => None,
    };
    if let Some(rest) = russian {
        return Some(["+7", rest].concat());
    }
    let fits = international && (8..=15).contains(&digits.len());
    (fits && !digits.starts_with(['0', '7'])).then(|| ["+", &digits].concat())
}

/// A phone number in groups, where the groups are known.
#[must_use]
pub fn phone_for_people(e164: &str) -> String {
    let parts = e164.strip_prefix("+7").and_then(|rest| {
        let part = |from: usize, to: usize| rest.get(from..to);
        Some([part(0, 3)?, part(3, 6)?, part(6, 8)?, part(8, 10)?])
    });
    match parts {
        Some([code, a, b, c]) => ["+7 ", code, " ", a, "-", b, "-", c].concat(),
        None => e164.to_owned(),
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let blank = |text: &str| text.is_empty() || text.contains([' ', '@', ',']);
    let dot = host.find('.').unwrap_or_default();
    !blank(name) && !blank(host) && dot > 0 && !host.ends_with('.')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn filled() -> Contact {
        let mut contact = Contact {
            organisation_orders: true,
            method: ShippingMethod::Courier,
            other_receives: true,
            consents: true,
            ..Contact::default()
        };
        for (field, text) in [
            (ContactField::Organisation, "ООО «Ромашка»"),
            (ContactField::Name, " Иван "),
            (ContactField::Phone, "8 (912) 345-67-89"),
            (ContactField::Email, "a@b.ru"),
            (ContactField::Address, "Москва, Тверская, 1"),
            (ContactField::RecipientName, "Олег"),
            (ContactField::IssueDate, "2026-12-01"),
        ] {
            contact.texts[field as usize] = text.to_owned();
        }
        contact
    }

    const TODAY: &str = "2026-11-24";

    #[test]
    fn phones_are_understood_as_people_type_them() {
        for (typed, sent) in [
            ("8 (912) 345-67-89", Some("+79123456789")),
            ("+7 912 345 67 89", Some("+79123456789")),
            ("79123456789", Some("+79123456789")),
            ("912 345-67-89", Some("+79123456789")),
            ("+8 912 345-67-89", Some("+79123456789")),
            ("8 495 123-45-67", Some("+74951234567")),
            ("+49 30 1234567", Some("+49301234567")),
            ("0049 30 1234567", Some("+49301234567")),
            ("+375 29 123-45-67", Some("+375291234567")),
            ("+86 138 0013 8000", Some("+8613800138000")),
            ("+7 912 345 67 8", None),
            ("123-45-67", None),
            ("912 345 67 89 доб. 5", None),
            ("", None),
        ] {
            assert_eq!(phone(typed).as_deref(), sent, "{typed}");
        }
        assert_eq!(phone_for_people("+79123456789"), "+7 912 345-67-89");
        assert_eq!(phone_for_people("+49301234567"), "+49301234567");
    }

    #[test]
    fn mistakes_are_found_before_anything_is_sent() {
        assert_eq!(filled().mistakes(TODAY), []);
        let needed = [
            ContactField::Name,
            ContactField::Phone,
            ContactField::Email,
            ContactField::Consent,
        ];
        assert_eq!(Contact::default().mistakes(TODAY), needed);
        for (field, texts) in [
            (
                ContactField::Email,
                &["a", "a@b", "@b.ru", "a@.ru", "a b@c.ru", "a@b@c.ru"][..],
            ),
            (ContactField::IssueDate, &["2026-11-23"]),
            (ContactField::RecipientPhone, &["12"]),
            (ContactField::Address, &[" "]),
        ] {
            for text in texts {
                let mut contact = filled();
                contact.texts[field as usize] = (*text).to_owned();
                assert_eq!(contact.mistakes(TODAY), [field], "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_asked_cannot_be_wrong() {
        let mut contact = filled();
        contact.method = ShippingMethod::Pickup;
        contact.other_receives = false;
        contact.organisation_orders = false;
        for field in [
            ContactField::Address,
            ContactField::RecipientName,
            ContactField::Organisation,
        ] {
            contact.texts[field as usize].clear();
        }
        assert_eq!(contact.mistakes(TODAY), []);
    }

    #[test]
    fn every_field_has_words_of_its_own() {
        let locale = Locale::of("ru");
        let mut names: Vec<&str> = ContactField::ALL.map(|it| it.name(locale)).to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ContactField::ALL.len());
    }
}

//! The order form: who, how to reach them, how and when the print is handed over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tirage_pricing::Decimal;
use tirage_pricing::json::Json;
use tirage_wire::cart::ShippingMethod;

use super::cart::{Page, money};
use super::shelf;
use crate::locale::fill;
use crate::state::checkout::total_with;
use crate::state::contact::{Contact, ContactField, phone, phone_for_people};
use crate::state::order::shipping;
use crate::ui::{El, Live, browser, el, paper, watch};

/// The form on the screen.
pub(super) struct Form {
    pub(super) page: Rc<Page>,
    pub(super) contact: RefCell<Contact>,
    /// Counts what decides which fields are there.
    shape: Live<u32>,
    /// The fields that cannot be sent as they are.
    pub(super) mistakes: Live<Vec<ContactField>>,
    inputs: RefCell<Vec<(ContactField, El)>>,
    pub(super) today: String,
    /// How often sending was tried in vain.
    pub(super) tries: Cell<u32>,
}

pub(super) fn show(page: &Rc<Page>) -> El {
    let texts = page.locale.cart_texts();
    let pending = shelf::cart().pending;
    let contact = Json::parse(&pending).map(|body| Contact::of_body(&body));
    let form = Rc::new(Form {
        page: Rc::clone(page),
        contact: RefCell::new(contact.unwrap_or_default()),
        shape: Live::new(0),
        mistakes: Live::new(Vec::new()),
        inputs: RefCell::default(),
        today: paper::day(0),
        tries: Cell::new(0),
    });
    let own = Rc::clone(&form);
    let whole = el("form|class=checkout|part=checkout|novalidate")
        .attr("aria-label", texts.contact)
        .with(&[
            el("h2|class=heading").text(texts.contact),
            contacts(&form),
            handover(&form),
            foot(&form),
        ])
        .on_own("submit", move |_| {
            own.submit();
            true
        });
    form.resume();
    whole
}

fn contacts(form: &Rc<Form>) -> El {
    let texts = form.page.locale.cart_texts();
    let kinds = [
        (texts.person, false, Change::Organisation(false)),
        (texts.organisation, true, Change::Organisation(true)),
    ];
    let organisation = form.contact.borrow().organisation_orders;
    let kinds = kinds.map(|(name, on, change)| (name, on == organisation, change));
    let fields = el("div|class=fields").with(&[radios(form, texts.contact, &kinds)]);
    for field in [
        ContactField::Organisation,
        ContactField::Name,
        ContactField::Phone,
        ContactField::Email,
    ] {
        fields.add(input(form, field));
    }
    fields
}

fn handover(form: &Rc<Form>) -> El {
    let texts = form.page.locale.cart_texts();
    let host = form.page.mounted.host();
    let offered = browser::attribute(host, "shipping").unwrap_or_default();
    let now = form.contact.borrow().method;
    let mut methods = Vec::new();
    for method in ShippingMethod::ALL.iter().copied() {
        let known = |word: &str| ShippingMethod::from_name(word).is_some();
        let any = offered.split_whitespace().any(known);
        if !any
            || offered
                .split_whitespace()
                .any(|word| word == method.as_str())
        {
            let name = shipping(method, form.page.locale);
            methods.push((name, method == now, Change::Method(method)));
        }
    }
    if !methods.iter().any(|(_, chosen, _)| *chosen)
        && let Some((_, chosen, Change::Method(method))) = methods.first_mut()
    {
        *chosen = true;
        form.contact.borrow_mut().method = *method;
    }
    let fields = el("div|class=fields");
    fields.add(radios(form, texts.shipping, &methods));
    if let Some(legend) = fields.find("legend") {
        legend.set("class", "name");
    }
    fields.add(input(form, ContactField::Address));
    let other = tick(form, texts.other_receives, Change::OtherReceives);
    other.set_checked(form.contact.borrow().other_receives);
    fields.add(ticked(other, texts.other_receives, None));
    for field in [
        ContactField::RecipientName,
        ContactField::RecipientPhone,
        ContactField::IssueDate,
        ContactField::Comment,
    ] {
        fields.add(input(form, field));
    }
    fields.add(consent(form));
    fields
}

/// What decides which fields are there.
#[derive(Clone, Copy)]
enum Change {
    Organisation(bool),
    Method(ShippingMethod),
    OtherReceives,
}

fn radios(form: &Rc<Form>, legend: &str, choices: &[(&str, bool, Change)]) -> El {
    let options = el("div|class=options|data-view=radio");
    for (name, chosen, change) in choices {
        let input = el("input|type=radio").attr("name", legend);
        input.set_checked(*chosen);
        let (own, change) = (Rc::clone(form), *change);
        let input = input.on("change", move || own.reshape(change, true));
        let words = el("span|class=words").text(name);
        options.add(el("label|class=option|part=option").with(&[input, words]));
    }
    el("fieldset|class=field").with(&[el("legend|class=said").text(legend), options])
}

fn tick(form: &Rc<Form>, name: &str, change: Change) -> El {
    let input = el("input|type=checkbox").attr("aria-label", name);
    let (own, control) = (Rc::clone(form), input);
    input.on("change", move || own.reshape(change, control.is_checked()))
}

fn ticked(input: El, name: &str, remark: Option<El>) -> El {
    let words = el("span|class=words").text(name);
    let label = el("label|class=tick").with(&[input, words]);
    let whole = el("div|class=field wide").with(&[label]);
    if let Some(remark) = remark {
        whole.add(remark);
    }
    whole
}

fn consent(form: &Rc<Form>) -> El {
    let texts = form.page.locale.cart_texts();
    let field = ContactField::Consent;
    let remark = el("p|class=remark|id=consent-remark");
    let input =
        el("input|type=checkbox|id=consent|aria-required=true|aria-describedby=consent-remark")
            .attr("aria-label", texts.consent);
    input.set_checked(form.contact.borrow().consents);
    let (own, control) = (Rc::clone(form), input);
    let input = input.on("change", move || {
        own.contact.borrow_mut().consents = control.is_checked();
        own.forgive(field);
    });
    form.inputs.borrow_mut().push((field, input));
    let whole = ticked(input, texts.consent, None);
    if let Some(address) = browser::attribute(form.page.mounted.host(), "consent") {
        let link = el("a|target=_blank")
            .attr("href", &address)
            .text(texts.consent_link);
        whole.add(el("p|class=help").with(&[link]));
    }
    whole.add(remark);
    show_remark(form, field, [whole, input, remark], "");
    whole
}

/// How a field is asked: hint, type, what the browser may fill in.
fn manner(form: &Form, field: ContactField) -> (&'static str, &'static str, &'static str) {
    let texts = form.page.locale.cart_texts();
    match field {
        ContactField::Organisation => ("", "text", "organization"),
        ContactField::Name => ("", "text", "name"),
        ContactField::Phone => (texts.phone_hint, "tel", "tel"),
        ContactField::Email => ("", "email", "email"),
        ContactField::Address => (texts.address_hint, "", "street-address"),
        ContactField::RecipientName => ("", "text", "off"),
        ContactField::RecipientPhone => (texts.phone_hint, "tel", "off"),
        ContactField::IssueDate => (texts.issue_date_hint, "date", "off"),
        ContactField::Comment => (texts.comment_hint, "", "off"),
        ContactField::Consent => ("", "checkbox", "off"),
    }
}

fn input(form: &Rc<Form>, field: ContactField) -> El {
    let (hint, kind, complete) = manner(form, field);
    let id = field.pointer().replace('/', "-");
    let remark_id = [&*id, "-remark"].concat();
    let control = el(if kind.is_empty() {
        "textarea|class=text|part=input|maxlength=500"
    } else {
        "input|class=text|part=input|maxlength=200"
    })
    .attr("id", &id)
    .attr("name", &id)
    .attr("autocomplete", complete)
    .attr("aria-describedby", &remark_id);
    if !kind.is_empty() {
        control.set("type", kind);
    }
    if kind == "date" {
        control.set("min", &form.today);
    }
    if !field.is_optional() {
        control.set("aria-required", "true");
    }
    control.set_value(form.contact.borrow().text(field));
    let control = typed(form, field, control);
    form.inputs.borrow_mut().push((field, control));
    let texts = form.page.locale.cart_texts();
    let label = el("label|class=name|part=label")
        .attr("for", &id)
        .text(field.name(form.page.locale));
    if field.is_optional() {
        let optional = [" ", texts.optional].concat();
        label.add(el("span|class=optional").text(&optional));
    }
    let remark = el("p|class=remark").attr("id", &remark_id);
    let whole = el("div|class=field|part=field").with(&[label, control, remark]);
    show_remark(form, field, [whole, control, remark], hint);
    whole
}

/// Takes what is typed; once the field is left, says what is wrong with it and writes a phone
/// number the way it will be dialled.
fn typed(form: &Rc<Form>, field: ContactField, control: El) -> El {
    let (own, input) = (Rc::clone(form), control);
    let control = control.on("input", move || {
        own.contact.borrow_mut().texts[field as usize] = input.value();
        own.forgive(field);
    });
    let (own, input) = (Rc::clone(form), control);
    control.on("change", move || {
        let is_phone = matches!(field, ContactField::Phone | ContactField::RecipientPhone);
        if let Some(number) = phone(&input.value()).filter(|_| is_phone) {
            let written = phone_for_people(&number);
            input.set_value(&written);
            own.contact.borrow_mut().texts[field as usize] = written;
        }
        let filled = !input.value().is_empty();
        if filled && own.contact.borrow().is_wrong(field, &own.today) {
            let mut mistakes = own.mistakes.with(Clone::clone);
            mistakes.push(field);
            own.mistakes.set(mistakes);
        }
    })
}

fn show_remark(
    form: &Rc<Form>,
    field: ContactField,
    [whole, control, remark]: [El; 3],
    hint: &'static str,
) {
    let form = Rc::clone(form);

    watch(move || {
        form.shape.with(|_| ());
        form.mistakes.with(|all| {
            let wrong = all.contains(&field);
            remark.set_text(if wrong {
                field.mistake(form.page.locale)
            } else {
                hint
            });
            remark.set("data-kind", if wrong { "error" } else { "hint" });
            control.set_invalid(wrong);
        });
        whole.show(form.contact.borrow().is_asked(field));
    });
}

/// What is wrong, and the button: it orders, or accepts new prices and orders.
fn foot(form: &Rc<Form>) -> El {
    let message = el("p|class=message|part=message|role=alert");
    let wrong = el("ul|class=wrong|part=mistakes");
    let button = el("button|type=submit|class=main|part=place-order");
    let (own, list) = (Rc::clone(form), wrong);
    watch(move || own.mistakes.with(|fields| list.fill(&own.summary(fields))));
    let (page, shown, line) = (Rc::clone(&form.page), button, message);
    watch(move || {
        let texts = page.locale.cart_texts();
        line.set_text(&page.message.with(String::clone));
        let sending = page.sending.with(|sending| *sending);
        let accepts = page.changes.with(|changes| {
            page.items.with(|items| {
                let total = total_with(&shelf::cart(), changes).filter(|_| !changes.is_empty());
                total.map(|total| fill(texts.accept, &[("price", &money(&page, items, total))]))
            })
        });
        let stuck = page
            .changes
            .with(|all| all.iter().any(|change| change.total.is_none()));
        shown.set(
            "aria-disabled",
            if sending || stuck { "true" } else { "false" },
        );
        shown.set_text(match (sending, &accepts) {
            (true, _) => texts.placing,
            (false, Some(accept)) => accept,
            (false, None) => texts.place_order,
        });
    });
    el("div|class=foot").with(&[message, wrong, button])
}

impl Form {
    fn reshape(&self, change: Change, on: bool) {
        let mut contact = self.contact.borrow_mut();
        match change {
            Change::Organisation(organisation) => contact.organisation_orders = organisation,
            Change::Method(method) => contact.method = method,
            Change::OtherReceives => contact.other_receives = on,
        }
        let asked = |field: &ContactField| contact.is_asked(*field);
        let mut mistakes = self.mistakes.with(Clone::clone);
        mistakes.retain(asked);
        drop(contact);
        self.mistakes.set(mistakes);
        self.shape
            .set(self.shape.with(|count| count.wrapping_add(1)));
    }

    /// A field is no longer wrong, because it is being mended.
    fn forgive(&self, field: ContactField) {
        let mut mistakes = self.mistakes.with(Clone::clone);
        mistakes.retain(|known| *known != field);
        if mistakes.is_empty() && self.page.message.with(|text| !text.is_empty()) {
            self.page.message.set(String::new());
        }
        self.mistakes.set(mistakes);
    }

    /// Says what is wrong at each field and at the button, and goes to the first.
    pub(super) fn mark(&self, mistakes: Vec<ContactField>) {
        let locale = self.page.locale;
        let count = Decimal::from(mistakes.len());
        let text = locale.plural(locale.cart_texts().wrong_fields, count);
        self.page
            .message
            .set(fill(text, &[("n", &count.to_string())]));
        let first = mistakes.first().copied();
        self.mistakes.set(mistakes);
        if let Some(first) = first {
            self.go_to(first);
        }
    }

    fn go_to(&self, field: ContactField) {
        let inputs = self.inputs.borrow();
        if let Some((_, input)) = inputs.iter().find(|(known, _)| *known == field) {
            input.focus();
        }
    }

    /// Every mistake as a link to its field, once the button was pressed.
    fn summary(self: &Rc<Self>, mistakes: &[ContactField]) -> Vec<El> {
        let mut links = Vec::new();
        if self.page.message.with(String::is_empty) {
            return links;
        }
        for field in mistakes.iter().copied() {
            let own = Rc::clone(self);
            let locale = self.page.locale;
            let text = [field.name(locale), ": ", field.mistake(locale)].concat();
            let link = el("button|type=button|class=quiet")
                .text(&text)
                .on("click", move || own.go_to(field));
            links.push(el("li").with(&[link]));
        }
        links
    }
}

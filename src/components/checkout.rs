//! The contact form and the submit: one order per cart, whatever the network does.

use std::cell::RefCell;
use std::rc::Rc;

use super::cart::{Page, money};
use super::shelf;
use crate::locale::fill;
use crate::state::cart::Attempt;
use crate::state::checkout::{Contact, ContactField, Outcome, body, outcome, total_with};
use crate::ui::{El, Live, el, watch};

/// The form on the screen.
struct Form {
    page: Rc<Page>,
    contact: RefCell<Contact>,
    organisation: Live<bool>,
    /// The fields that cannot be sent as they are.
    mistakes: Live<Vec<ContactField>>,
    inputs: RefCell<Vec<El>>,
}

pub(super) fn show(page: &Rc<Page>) -> El {
    let texts = page.locale.texts;
    let form = Rc::new(Form {
        page: Rc::clone(page),
        contact: RefCell::default(),
        organisation: Live::new(false),
        mistakes: Live::new(Vec::new()),
        inputs: RefCell::default(),
    });
    let fields = el("div", &[("class", "fields")]).with(&[&kinds(&form)]);
    for field in ContactField::ALL {
        fields.add(&input(&form, field));
    }
    let own = Rc::clone(&form);
    el(
        "form",
        &[
            ("class", "checkout"),
            ("part", "checkout"),
            ("novalidate", ""),
            ("aria-label", texts.contact),
        ],
    )
    .with(&[
        &el("h2", &[("class", "heading")]).text(texts.contact),
        &fields,
        &foot(&form),
    ])
    .on("submit", move |event| {
        event.prevent_default();
        own.submit();
    })
}

fn kinds(form: &Rc<Form>) -> El {
    let texts = form.page.locale.texts;
    let options = el("div", &[("class", "options"), ("data-view", "radio")]);
    for (organisation, name) in [(false, texts.person), (true, texts.organisation)] {
        let input = el("input", &[("type", "radio"), ("name", "kind")]);
        input.set_checked(!organisation);
        let own = Rc::clone(form);
        let input = input.on("change", move |_| {
            own.contact.borrow_mut().organisation_orders = organisation;
            own.organisation.set(organisation);
        });
        let words = el("span", &[("class", "words")]).text(name);
        options
            .add(&el("label", &[("class", "option"), ("part", "option")]).with(&[&input, &words]));
    }
    el("fieldset", &[("class", "field")]).with(&[
        &el("legend", &[("class", "said")]).text(texts.contact),
        &options,
    ])
}

fn input(form: &Rc<Form>, field: ContactField) -> El {
    let texts = form.page.locale.texts;
    let (name, hint, kind, complete) = match field {
        ContactField::Organisation => (texts.organisation_name, "", "text", "organization"),
        ContactField::Name => (texts.contact_name, "", "text", "name"),
        ContactField::Phone => (texts.phone, texts.phone_hint, "tel", "tel"),
        ContactField::Email => (texts.email, "", "email", "email"),
        ContactField::Comment => (texts.comment, texts.comment_hint, "", "off"),
    };
    let id = field.as_str();
    let remark_id = [id, "-remark"].concat();
    let tag = if kind.is_empty() { "textarea" } else { "input" };
    let input = el(
        tag,
        &[
            ("id", id),
            ("name", id),
            ("class", "text"),
            ("part", "input"),
            ("autocomplete", complete),
            ("aria-describedby", &remark_id),
            ("maxlength", if kind.is_empty() { "2000" } else { "200" }),
        ],
    );
    if !kind.is_empty() {
        input.set("type", kind);
        input.set("aria-required", "true");
    }
    let (own, control) = (Rc::clone(form), input.clone());
    let input = input.on("input", move |_| {
        own.contact.borrow_mut().texts[field as usize] = control.value();
        let mut mistakes = own.mistakes.with(Vec::clone);
        mistakes.retain(|known| *known != field);
        own.mistakes.set(mistakes);
    });
    form.inputs.borrow_mut().push(input.clone());
    let label = el(
        "label",
        &[("class", "name"), ("part", "label"), ("for", id)],
    )
    .text(name);
    if kind.is_empty() {
        label.add(&el("span", &[("class", "optional")]).text(texts.optional));
    }
    let remark = el("p", &[("class", "remark"), ("id", &remark_id)]);
    let whole =
        el("div", &[("class", "field"), ("part", "field")]).with(&[&label, &input, &remark]);
    let (form, shown) = (Rc::clone(form), whole.clone());
    watch(move || {
        form.mistakes.with(|all| {
            let wrong = all.contains(&field);
            remark.set_text(if wrong {
                field.mistake(form.page.locale)
            } else {
                hint
            });
            remark.set("data-kind", if wrong { "error" } else { "hint" });
            input.set_invalid(wrong);
        });
        let organisation = form.organisation.with(|on| *on);
        shown.show(organisation || field != ContactField::Organisation);
    });
    whole
}

/// What went wrong, and the button: it orders, or accepts new prices and orders.
fn foot(form: &Rc<Form>) -> El {
    let message = el(
        "p",
        &[("class", "message"), ("part", "message"), ("role", "alert")],
    );
    let button = el(
        "button",
        &[
            ("type", "submit"),
            ("class", "main"),
            ("part", "place-order"),
        ],
    );
    let (page, shown, line) = (Rc::clone(&form.page), button.clone(), message.clone());
    watch(move || {
        let texts = page.locale.texts;
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
    el("div", &[("class", "foot")]).with(&[&message, &button])
}

impl Form {
    fn submit(self: &Rc<Self>) {
        let page = &self.page;
        if page.sending.with(|sending| *sending) {
            return;
        }
        let mistakes = self.contact.borrow().mistakes();
        if !mistakes.is_empty() {
            self.mark(mistakes);
            return;
        }
        if !self.agree() {
            return;
        }
        let text = body(&shelf::cart(), &self.contact.borrow(), page.locale);
        let Some(text) = text else {
            page.message
                .set(page.locale.texts.not_computable.to_owned());
            return;
        };
        let mut attempt = None;
        shelf::change(page.mounted.host(), |cart| {
            attempt = Some(cart.begin(text, shelf::random));
        });
        if let Some(attempt) = attempt {
            page.sending.set(true);
            page.message.set(String::new());
            self.send(attempt);
        }
    }

    /// Takes new prices over; only pressing the button that names them leads here.
    fn agree(&self) -> bool {
        let changes = self.page.changes.with(Vec::clone);
        if changes.iter().any(|change| change.total.is_none()) {
            return false;
        }
        if !changes.is_empty() {
            shelf::change(self.page.mounted.host(), |cart| cart.accept(changes));
            self.page.changes.set(Vec::new());
        }
        true
    }

    fn send(self: &Rc<Self>, attempt: Attempt) {
        let form = Rc::clone(self);
        let api = self.page.mounted.api();
        let (key, body) = (attempt.key.clone(), attempt.body.clone());
        api.submit(&key, &body, move |status, text| {
            form.answered(&attempt, status, &text);
        });
    }

    fn answered(self: &Rc<Self>, attempt: &Attempt, status: u16, text: &str) {
        let page = &self.page;
        let texts = page.locale.texts;
        if status == 0 {
            page.message.set(texts.network.to_owned());
            page.sending.set(false);
            return;
        }
        let outcome = outcome(status, text);
        if let (Outcome::AlreadyPlaced, Some(earlier)) = (&outcome, &attempt.earlier) {
            // The first try had arrived after all: its receipt is had by repeating it.
            self.send(Attempt {
                key: attempt.key.clone(),
                body: earlier.clone(),
                earlier: None,
            });
            page.message.set(texts.reused.to_owned());
            return;
        }
        page.sending.set(false);
        if outcome != Outcome::Busy {
            shelf::change(page.mounted.host(), |cart| cart.pending.clear());
        }
        match outcome {
            Outcome::Placed(receipt) => {
                let remark = page.message.with(String::clone);
                page.placed.set(Some((receipt, remark)));
                shelf::change(page.mounted.host(), |cart| *cart = Default::default());
            }
            Outcome::Changed(changes) => {
                page.message.set(texts.changed_title.to_owned());
                page.changes.set(changes);
            }
            Outcome::Invalid(fields) => self.mark(fields),
            Outcome::Busy => page.message.set(texts.service_busy.to_owned()),
            Outcome::AlreadyPlaced => {
                shelf::change(page.mounted.host(), |cart| cart.key.clear());
                page.message.set(texts.service_busy.to_owned());
            }
            Outcome::Refused(detail) => {
                page.message
                    .set(fill(texts.refused, &[("detail", &detail)]));
            }
        }
    }

    /// Says what is wrong at each field and goes to the first.
    fn mark(&self, mistakes: Vec<ContactField>) {
        self.page
            .message
            .set(self.page.locale.texts.check_form.to_owned());
        let first = mistakes.first().map(|field| *field as usize);
        self.mistakes.set(mistakes);
        if let Some(input) = first.and_then(|at| self.inputs.borrow().get(at).cloned()) {
            input.focus();
        }
    }
}

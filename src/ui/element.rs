//! Elements: made once, then changed in place.
//!
//! Every method is plain and every handler boxed, so that a new control costs its own lines and
//! nothing more.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement};

thread_local! {
    static DOCUMENT: Option<Document> = web_sys::window().and_then(|window| window.document());
}

/// An element of the page.
#[derive(Debug, Clone)]
pub(crate) struct El(Element);

/// Makes an element with its fixed attributes.
pub(crate) fn el(tag: &str, attributes: &[(&str, &str)]) -> El {
    let made = DOCUMENT.with(|document| document.as_ref()?.create_element(tag).ok());
    #[expect(
        clippy::expect_used,
        reason = "mounting needs a document, and every tag is a literal"
    )]
    let element = El(made.expect("a document makes elements"));
    for (name, value) in attributes {
        element.set(name, value);
    }
    element
}

impl From<Element> for El {
    fn from(element: Element) -> Self {
        Self(element)
    }
}

impl El {
    /// With this text.
    pub(crate) fn text(self, text: &str) -> Self {
        self.0.set_text_content(Some(text));
        self
    }

    /// With these children after those it has.
    pub(crate) fn with(self, children: &[&El]) -> Self {
        for child in children {
            self.add(child);
        }
        self
    }

    /// With a handler that lives as long as the element.
    pub(crate) fn on(self, event: &str, handler: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(handler));
        self
    }

    fn listen(&self, event: &str, handler: Box<dyn FnMut(Event)>) {
        let handler = Closure::wrap(handler).into_js_value();
        // Only fails for a listener that is no function.
        let _never = self
            .0
            .add_event_listener_with_callback(event, handler.unchecked_ref());
    }

    /// Adds a child.
    pub(crate) fn add(&self, child: &El) {
        // Only fails for a child that contains this element.
        let _never = self.0.append_child(&child.0);
    }

    /// Shows other children.
    pub(crate) fn fill(&self, children: &[El]) {
        self.0.set_text_content(None);
        for child in children {
            self.add(child);
        }
    }

    /// Changes the text, if it is another one.
    pub(crate) fn set_text(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Sets an attribute.
    pub(crate) fn set(&self, name: &str, value: &str) {
        // Only fails for a name that is no name.
        let _never = self.0.set_attribute(name, value);
    }

    /// Sets or takes away an attribute that has no value.
    pub(crate) fn mark(&self, name: &str, on: bool) {
        let _never = self.0.toggle_attribute_with_force(name, on);
    }

    /// Shows or hides the element.
    pub(crate) fn show(&self, on: bool) {
        self.mark("hidden", !on);
    }

    /// Says whether a control's value is wrong.
    pub(crate) fn set_invalid(&self, on: bool) {
        self.set("aria-invalid", if on { "true" } else { "false" });
    }

    /// What a control holds.
    pub(crate) fn value(&self) -> String {
        self.control().value()
    }

    /// Changes what a control holds, if it is something else: the caret stays where it was.
    pub(crate) fn set_value(&self, value: &str) {
        if self.control().value() != value {
            self.control().set_value(value);
        }
    }

    /// Whether a box is ticked.
    pub(crate) fn is_checked(&self) -> bool {
        self.control().checked()
    }

    /// Ticks a box or not.
    pub(crate) fn set_checked(&self, on: bool) {
        self.control().set_checked(on);
    }

    /// Sets a custom property, which a strict policy allows where it forbids style attributes.
    pub(crate) fn set_property(&self, name: &str, value: &str) {
        let element: &HtmlElement = self.0.unchecked_ref();
        let _ignored_by_the_browser = element.style().set_property(name, value);
    }

    /// Moves the focus here.
    pub(crate) fn focus(&self) {
        let element: &HtmlElement = self.0.unchecked_ref();
        let _only_when_detached = element.focus();
    }

    /// Takes the element out of the page.
    pub(crate) fn remove(&self) {
        self.0.remove();
    }

    /// The first descendant that matches.
    pub(crate) fn find(&self, selector: &str) -> Option<El> {
        self.0.query_selector(selector).ok().flatten().map(El)
    }

    /// Whether the element is somewhere in a tree.
    pub(crate) fn is_attached(&self) -> bool {
        self.0.parent_node().is_some()
    }

    /// Keeps every control here from being used, or no longer.
    pub(crate) fn hold(&self, on: bool) {
        self.mark("disabled", on);
        let inside = self.0.query_selector_all("input,select,textarea,button");
        let Ok(inside) = inside else {
            return;
        };
        for at in 0..inside.length() {
            if let Some(node) = inside.get(at) {
                El(node.unchecked_into()).mark("disabled", on);
            }
        }
    }

    /// The node itself.
    pub(crate) fn node(&self) -> &Element {
        &self.0
    }

    /// Inputs, text areas and lists share these properties; bindings go by the name alone.
    fn control(&self) -> &HtmlInputElement {
        self.0.unchecked_ref()
    }
}

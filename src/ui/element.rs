//! Elements: made once, then changed in place.
//!
//! An element is a number that `elements.js` has the node of. It is copied for nothing and never
//! dropped, which halves the code of a control; the node is forgotten when it is taken out of the
//! page, and what is done to it afterwards does nothing.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/ui/elements.js")]
extern "C" {
    fn make(words: &str) -> u32;
    fn text(element: u32, text: &str);
    fn add(element: u32, child: u32, at: i32);
    fn on(element: u32, event: &str, handler: JsValue);
    fn set(element: u32, name: &str, value: &str);
    fn mark(element: u32, name: &str, on: bool);
    fn property(element: u32, name: &str, value: &str);
    fn value(element: u32) -> String;
    #[wasm_bindgen(js_name = setValue)]
    fn set_value(element: u32, value: &str);
    fn checked(element: u32) -> bool;
    fn check(element: u32, on: bool);
    fn focus(element: u32);
    fn clear(element: u32);
    fn remove(element: u32);
    fn find(element: u32, selector: &str) -> u32;
    fn hold(element: u32, on: bool);
    fn enter(element: u32, root: &JsValue);
}

/// An element of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct El(u32);

/// Makes an element of its tag and fixed attributes, such as `button|type=button|disabled`.
pub(crate) fn el(words: &str) -> El {
    El(make(words))
}

impl El {
    /// With this attribute.
    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        set(self.0, name, value);
        self
    }

    /// With this text.
    pub(crate) fn text(self, words: &str) -> Self {
        text(self.0, words);
        self
    }

    /// With these children after those it has.
    pub(crate) fn with(self, children: &[El]) -> Self {
        for child in children {
            self.add(*child);
        }
        self
    }

    /// With a handler that lives as long as the element.
    pub(crate) fn on(self, event: &str, handler: impl FnMut() + 'static) -> Self {
        self.listen(event, Box::new(handler));
        self
    }

    fn listen(self, event: &str, handler: Box<dyn FnMut()>) {
        on(self.0, event, Closure::wrap(handler).into_js_value());
    }

    /// With a handler, told the key if there is one, which says whether it does what the browser
    /// would.
    pub(crate) fn on_own(self, event: &str, handler: impl FnMut(String) -> bool + 'static) -> Self {
        let handler: Box<dyn FnMut(String) -> bool> = Box::new(handler);
        on(self.0, event, Closure::wrap(handler).into_js_value());
        self
    }

    /// Adds a child.
    pub(crate) fn add(self, child: El) {
        add(self.0, child.0, -1);
    }

    /// Brings a child to its place among the children.
    pub(crate) fn place(self, child: El, at: usize) {
        add(self.0, child.0, i32::try_from(at).unwrap_or(-1));
    }

    /// Shows other children; those there are go for good.
    pub(crate) fn fill(self, children: &[El]) {
        clear(self.0);
        self.with(children);
    }

    /// Changes the text, if it is another one.
    pub(crate) fn set_text(self, words: &str) {
        text(self.0, words);
    }

    /// Sets an attribute.
    pub(crate) fn set(self, name: &str, value: &str) {
        set(self.0, name, value);
    }

    /// Sets or takes away an attribute that has no value.
    pub(crate) fn mark(self, name: &str, on: bool) {
        mark(self.0, name, on);
    }

    /// Shows or hides the element.
    pub(crate) fn show(self, on: bool) {
        self.mark("hidden", !on);
    }

    /// Says whether a control's value is wrong.
    pub(crate) fn set_invalid(self, on: bool) {
        self.set("aria-invalid", if on { "true" } else { "false" });
    }

    /// What a control holds.
    pub(crate) fn value(self) -> String {
        value(self.0)
    }

    /// Changes what a control holds, if it is something else: the caret stays where it was.
    pub(crate) fn set_value(self, value: &str) {
        set_value(self.0, value);
    }

    /// Whether a box is ticked.
    pub(crate) fn is_checked(self) -> bool {
        checked(self.0)
    }

    /// Ticks a box or not.
    pub(crate) fn set_checked(self, on: bool) {
        check(self.0, on);
    }

    /// Sets a custom property, which a strict policy allows where it forbids style attributes.
    pub(crate) fn set_property(self, name: &str, value: &str) {
        property(self.0, name, value);
    }

    /// Moves the focus here.
    pub(crate) fn focus(self) {
        focus(self.0);
    }

    /// Takes the element out of the page for good.
    pub(crate) fn remove(self) {
        remove(self.0);
    }

    /// The first descendant that matches.
    pub(crate) fn find(self, selector: &str) -> Option<El> {
        match find(self.0, selector) {
            0 => None,
            found => Some(El(found)),
        }
    }

    /// Keeps every control here from being used, or no longer.
    pub(crate) fn hold(self, on: bool) {
        hold(self.0, on);
    }

    /// Puts the element into a tree that is not ours, if it is not there already.
    pub(crate) fn enter(self, root: &JsValue) {
        enter(self.0, root);
    }
}

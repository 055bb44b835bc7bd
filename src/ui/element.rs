//! Elements: made once, then changed in place.
//!
//! An element is a number that `elements.js` has the node of. It is copied for nothing and never
//! dropped, which halves the code of a control; the node is forgotten when it is taken out of the
//! page, and what is done to it afterwards does nothing.
//!
//! What is done to elements is written down and done at once: when somebody reads an element, when
//! the page is told something, and at the latest after what runs now. A large calculator is thousands
//! of acts, and a call to the browser for each would take longer than the acts.

use std::cell::RefCell;
use std::mem::{ManuallyDrop, replace, take};
use std::rc::Rc;

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/ui/elements.js")]
extern "C" {
    fn connect(memory: JsValue, heard: JsValue);
    fn soon();
    fn run(numbers: &[u32], text: &str);
    fn property(element: u32, name: &str) -> String;
    fn find(element: u32, selector: &str, fresh: u32) -> u32;
    fn enter(element: u32, root: &JsValue);
}

/// What is done to an element, as `elements.js` counts it.
#[derive(Debug, Clone, Copy)]
enum Act {
    Make,
    Text,
    Add,
    ChangeOffer,
    Set,
    Mark,
    Property,
    SetValue,
    Check,
    Hold,
    Judge,
    Focus,
    Clear,
    Remove,
}

/// What hears an event, told a word of it, and says whether it does what the browser would. A trait of
/// our own: for each closure behind `dyn Fn` the compiler keeps ways to call it that nobody takes.
trait Hear {
    fn hear(&self, word: &str) -> bool;
}

impl<F: Fn(&str) -> bool> Hear for F {
    fn hear(&self, word: &str) -> bool {
        self(word)
    }
}

/// A handler that leaves the browser what it does.
struct Beside<F>(F);

impl<F: Fn()> Hear for Beside<F> {
    fn hear(&self, _word: &str) -> bool {
        (self.0)();
        false
    }
}

type Handler = Rc<dyn Hear>;

/// The page's elements as the module knows them.
struct Page {
    /// Acts that wait, as numbers, and their texts one behind the other.
    numbers: Vec<u32>,
    text: String,
    /// The number of what was made last; 0 before the first.
    last: u32,
    /// Which element hears which events, in the order of elements.
    handlers: Vec<(El, &'static str, Handler)>,
    is_flushing: bool,
}

thread_local! {
    /// Never dropped: what has to be would be asked at every access whether it has been.
    static PAGE: RefCell<ManuallyDrop<Page>> = const { RefCell::new(ManuallyDrop::new(Page::NEW)) };
}

impl Page {
    const NEW: Self = Self {
        numbers: Vec::new(),
        text: String::new(),
        last: 0,
        handlers: Vec::new(),
        is_flushing: false,
    };

    /// An element that nothing is known of yet, and those on its lines.
    fn fresh(&mut self) -> El {
        if self.last == 0 {
            start();
        }
        self.last += 1;
        El(self.last * LINES)
    }

    /// Where the handlers of an element begin, or those behind them.
    fn first(&self, of: u32) -> usize {
        self.handlers
            .partition_point(|(element, ..)| element.0 < of)
    }

    /// The handlers that hear an event at an element.
    fn hearing(&self, element: u32, event: &str) -> Vec<Handler> {
        let own = &self.handlers[self.first(element)..self.first(element + 1)];
        let heard = |events: &str| events.split(' ').any(|own| own == event);
        let heard = own.iter().filter(|(_, events, _)| heard(events));
        heard.map(|(.., handler)| Rc::clone(handler)).collect()
    }

    /// Takes the handlers of copies, those made last first: behind them there are fewest.
    fn forget(&mut self, copies: &[u32]) -> Vec<(El, &'static str, Handler)> {
        let mut forgotten = Vec::new();
        for first in copies.iter().rev() {
            let range = self.first(*first)..self.first(*first + LINES);
            forgotten.extend(self.handlers.drain(range));
        }
        forgotten
    }
}

/// Writes down what is done to an element: with a text of the program, which the browser reads once
/// and then knows by its place, any other text, and two numbers. All of an act is always there: that
/// this is done in one place weighs less than what is left out would.
fn write(act: Act, element: El, name: &'static str, word: &str, numbers: [usize; 2]) {
    PAGE.with_borrow_mut(|page| {
        if page.numbers.is_empty() {
            soon();
        }
        // The browser counts in units of UTF-16: one where a character begins, two for a long one.
        let units = |byte| usize::from(byte & 0xC0 != 0x80) + usize::from(byte >= 0xF0);
        let length = word.bytes().map(units).sum();
        let [first, second] = numbers;
        let place = name.as_ptr() as usize;
        // Addresses and counts of this target have 32 bits.
        let numbers = [act as usize, place, name.len(), length, first, second];
        let [act, place, name, length, first, second] = numbers.map(|number| number as u32);
        let whole = [act, place, name, length, first, second, element.0];
        page.numbers.extend_from_slice(&whole);
        page.text.push_str(word);
    });
}

/// Tells the browser whom it tells of events at elements, and of nothing for copies that are gone.
fn start() {
    let heard: Box<dyn Fn(Vec<u32>, Option<String>) -> bool> = Box::new(|elements, event| {
        // Outside of the borrow: a handler acts, and may be the last to know a whole calculator.
        let Some(event) = event else {
            drop(PAGE.with_borrow_mut(|page| page.forget(&elements)));
            return false;
        };
        let (event, word) = event.split_once(' ').unwrap_or_default();
        let mut instead = false;
        for element in elements {
            for handler in PAGE.with_borrow(|page| page.hearing(element, event)) {
                instead |= handler.hear(word);
            }
        }
        flush();
        instead
    });
    connect(wasm_bindgen::memory(), Closure::wrap(heard).into_js_value());
}

/// Does what waits, before somebody looks at the page.
pub(crate) fn flush() {
    // What is done may be heard, and what is done then comes after the rest.
    if PAGE.with_borrow_mut(|page| replace(&mut page.is_flushing, true)) {
        return;
    }
    loop {
        let (numbers, text) =
            PAGE.with_borrow_mut(|page| (take(&mut page.numbers), take(&mut page.text)));
        if numbers.is_empty() {
            break;
        }
        run(&numbers, &text);
    }
    PAGE.with_borrow_mut(|page| page.is_flushing = false);
}

/// An element of the page: which copy of words, and in its lowest bits on which line of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct El(u32);

/// Words have no more lines; see `LINE` in `elements.js`.
pub(crate) const LINES: u32 = 32;

/// Makes an element of its tag and fixed attributes, such as `button|type=button|disabled`, with
/// what is in it on lines of its own, see `elements.js`: a copy of many is made as fast as of one.
pub(crate) fn el(words: &'static str) -> El {
    el_of(words, None, 0, "", &[])
}

/// The same as the last child of an element, where some of the words differ from one to the next: `#`
/// is the number, and each `$` one of the texts. What many have the same is put together by [`alike`]
/// and [`entry`].
pub(crate) fn el_of(
    words: &'static str,
    parent: Option<El>,
    number: usize,
    same: &str,
    texts: &[&str],
) -> El {
    let element = PAGE.with_borrow_mut(|page| page.fresh());
    let mut all = same.to_owned();
    for text in texts {
        all.push(BETWEEN);
        all.push_str(text);
    }
    let parent = parent.map_or(0, |parent| parent.0);
    write(Act::Make, element, words, &all, [number, parent as usize]);
    element
}

/// Signs between texts, made for that and in no text.
const BETWEEN: char = '\u{1f}';
const WITHIN: char = '\u{1e}';

/// Adds a text that many copies have the same, for a `%` of their words.
pub(crate) fn alike(same: &mut String, text: &str) {
    same.push_str(text);
    same.push(WITHIN);
}

/// Adds behind these texts what a list offers: a value, and its words.
pub(crate) fn entry(same: &mut String, value: &str, words: &str) {
    alike(same, value);
    alike(same, words);
}

/// How many elements are made of these words.
pub(crate) const fn lines(words: &str) -> u32 {
    let (mut lines, mut at) = (1, 0);
    while at < words.len() {
        lines += (words.as_bytes()[at] == b'\n') as u32;
        at += 1;
    }
    lines
}

impl El {
    /// What stands on this line of the words it was made of.
    pub(crate) fn line(self, line: u32) -> Self {
        Self(self.0 + line)
    }

    /// With this attribute.
    pub(crate) fn attr(self, name: &'static str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// With this text.
    pub(crate) fn text(self, words: &str) -> Self {
        self.set_text(words);
        self
    }

    /// With these children after those it has.
    pub(crate) fn with(self, children: &[El]) -> Self {
        for child in children {
            self.add(*child);
        }
        self
    }

    /// Changes what a list offers at a place: its words, and whether it is off or hidden.
    pub(crate) fn change_offer(self, at: usize, words: &str, is_off: bool, is_hidden: bool) {
        let flags = usize::from(is_off) + 2 * usize::from(is_hidden);
        write(Act::ChangeOffer, self, "", words, [at, flags]);
    }

    /// With a handler that lives as long as the copy that the element, which is there, is part of.
    pub(crate) fn on(self, event: &'static str, handler: impl Fn() + 'static) -> Self {
        self.listen(event, Rc::new(Beside(handler)));
        self
    }

    /// With a handler of one or several events, told the key, the value of the button, or what event
    /// it was, which says whether it does what the browser would.
    pub(crate) fn on_own(
        self,
        event: &'static str,
        handler: impl Fn(&str) -> bool + 'static,
    ) -> Self {
        self.listen(event, Rc::new(handler));
        self
    }

    fn listen(self, events: &'static str, handler: Handler) {
        PAGE.with_borrow_mut(|page| {
            let place = page.first(self.0 + 1);
            page.handlers.insert(place, (self, events, handler));
        });
    }

    /// Adds a child.
    pub(crate) fn add(self, child: El) {
        write(Act::Add, self, "", "", [child.0 as usize, 0]);
    }

    /// Brings a child to its place among the children.
    pub(crate) fn place(self, child: El, at: usize) {
        write(Act::Add, self, "", "", [child.0 as usize, at + 1]);
    }

    /// Shows other children; those there are go for good.
    pub(crate) fn fill(self, children: &[El]) {
        write(Act::Clear, self, "", "", [0; 2]);
        self.with(children);
    }

    /// Changes the text, if it is another one.
    pub(crate) fn set_text(self, words: &str) {
        write(Act::Text, self, "", words, [0; 2]);
    }

    /// Sets an attribute.
    pub(crate) fn set(self, name: &'static str, value: &str) {
        write(Act::Set, self, name, value, [0; 2]);
    }

    /// Sets or takes away an attribute that has no value.
    pub(crate) fn mark(self, name: &'static str, on: bool) {
        write(Act::Mark, self, name, "", [on.into(), 0]);
    }

    /// Shows or hides the element.
    pub(crate) fn show(self, on: bool) {
        self.mark("hidden", !on);
    }

    /// Says of every control here whether its value is wrong.
    pub(crate) fn judge(self, is_wrong: bool) {
        write(Act::Judge, self, "", "", [is_wrong.into(), 0]);
    }

    /// Says whether a control's value is wrong.
    pub(crate) fn set_invalid(self, on: bool) {
        self.set("aria-invalid", if on { "true" } else { "false" });
    }

    /// What a control holds.
    pub(crate) fn value(self) -> String {
        flush();
        property(self.0, "value")
    }

    /// Changes what a control holds, if it is something else: the caret stays where it was.
    pub(crate) fn set_value(self, value: &str) {
        write(Act::SetValue, self, "", value, [0; 2]);
    }

    /// Whether a box is ticked.
    pub(crate) fn is_checked(self) -> bool {
        flush();
        property(self.0, "checked") == "true"
    }

    /// Ticks a box or not.
    pub(crate) fn set_checked(self, on: bool) {
        write(Act::Check, self, "", "", [on.into(), 0]);
    }

    /// Sets a custom property, which a strict policy allows where it forbids style attributes.
    pub(crate) fn set_property(self, name: &'static str, value: &str) {
        write(Act::Property, self, name, value, [0; 2]);
    }

    /// Moves the focus here.
    pub(crate) fn focus(self) {
        write(Act::Focus, self, "", "", [0; 2]);
    }

    /// Takes the element out of the page for good.
    pub(crate) fn remove(self) {
        write(Act::Remove, self, "", "", [0; 2]);
    }

    /// The first descendant that matches.
    pub(crate) fn find(self, selector: &str) -> Option<El> {
        flush();
        let fresh = PAGE.with_borrow_mut(|page| page.fresh());
        match find(self.0, selector, fresh.0) {
            0 => None,
            found => Some(El(found)),
        }
    }

    /// Keeps every control here from being used, or no longer.
    pub(crate) fn hold(self, on: bool) {
        write(Act::Hold, self, "", "", [on.into(), 0]);
    }

    /// Puts the element into a tree that is not ours, if it is not there already.
    pub(crate) fn enter(self, root: &JsValue) {
        flush();
        enter(self.0, root);
    }
}

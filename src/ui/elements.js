// Elements by number: what `element.rs` makes and changes.
//
// Acts come many at a time, as numbers and one text: a call across the boundary for each would cost
// more than what it does. A node is forgotten with everything in it when it is taken out; what is
// done to a number whose node is forgotten is done nowhere.

const nodes = new Map();
/** Texts of the program, and elements made of them to be cloned, by where the text is. */
const texts = new Map();
const models = new Map();
/** On a node: its number, and its handlers: events and a number each. */
const NUMBER = Symbol();
const HANDLERS = Symbol();
const nowhere = document.createElement("p");
let read, tell;

/** The program's memory; what is told of events, and without a word that a handler is no longer needed. */
export function connect(memory, heard) {
  read = (place, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, place, length));
  tell = heard;
}

/** Has what waits done after what runs now, by telling of an event that nobody hears. */
export function soon() {
  queueMicrotask(() => tell(-1, ""));
}

function know(node, number) {
  node[NUMBER] = number;
  nodes.set(number, node);
}

function forget(node) {
  nodes.delete(node[NUMBER]);
  node[HANDLERS]?.forEach(([, handler]) => tell(handler));
  node[HANDLERS] = undefined;
  for (let child = node.firstElementChild; child; child = child.nextElementSibling) forget(child);
}

function empty(node) {
  for (let child = node.firstElementChild; child; child = child.nextElementSibling) forget(child);
  node.textContent = "";
}

/** Between several texts of one act, and between what lists offer. */
const BETWEEN = "\x1f";
const ENTRY = "\x1e";

/**
 * An element of a tag and its attributes, such as `button|type=button|disabled`; what is in it stands
 * on lines of its own, each a space further in than what it is in. An attribute without a name is a text.
 * What differs from one copy to the next, `#` and `$`, is not in the model but in its gaps: at which
 * line, which attribute, and what. What a list offers is in the model's copies: many offer the same.
 */
function model(words) {
  const path = [];
  const gaps = [];
  words.split("\n").forEach((line, number) => {
    const depth = line.search(/\S/);
    const [tag, ...attributes] = line.slice(depth).split("|");
    const node = document.createElement(tag);
    for (const attribute of attributes) {
      const [name, value = ""] = attribute.split("=");
      const [before, after] = value.split("#");
      if (value === "$" || after !== undefined) gaps.push({ number, name, before, after });
      else describe(node, name, value);
    }
    path[depth] = node;
    path[depth - 1]?.append(node);
  });
  return { node: path[0], gaps, copies: new Map() };
}

function describe(node, name, value) {
  if (name) node.setAttribute(name, value);
  else if (value) node.textContent = value;
}

/** A model whose list offers values, each with its words behind it. */
function offering({ node, copies }, words) {
  let copy = copies.get(words);
  if (!copy) {
    if (copies.size > 99) copies.clear();
    copies.set(words, (copy = node.cloneNode(true)));
    const said = words.split(ENTRY);
    for (let at = 1; at < said.length; at += 2) copy.querySelector("select").append(new Option(said[at], said[at - 1]));
  }
  return copy;
}

/** What was made of a text of the program, or is made now. */
function known(all, make, place, length) {
  const key = place * 4096 + length;
  let own = all.get(key);
  if (own === undefined) all.set(key, (own = make(read(place, length))));
  return own;
}

/** What acts do to a node, in the order of `Act` in `element.rs`. */
const acts = [
  (own, model, name, words, number) => {
    const said = words.split(BETWEEN);
    const whole = (said[0] ? offering(model, said[0]) : model.node).cloneNode(true);
    // Options are never asked for by number.
    const inner = whole.querySelectorAll(":not(option)");
    know(whole, own);
    for (let at = 0; at < inner.length; at++) know(inner[at], own + 1 + at);
    let at = 1;
    for (const gap of model.gaps) {
      const value = gap.after === undefined ? said[at++] : gap.before + number + gap.after;
      describe(gap.number ? inner[gap.number - 1] : whole, gap.name, value);
    }
  },
  (own, node, name, words) => {
    if (node.textContent !== words) node.textContent = words;
  },
  // As the last child or, if it is elsewhere, at its place.
  (own, node, name, words, child, place) => {
    child = nodes.get(child);
    const here = place ? node.children[place - 1] ?? null : null;
    if (child && here !== child) node.insertBefore(child, here);
  },
  // What a list offers at a place: its words, whether it can be chosen, whether it is there.
  (own, node, name, words, at, flags) => {
    const option = node.options?.[at] ?? nowhere;
    if (option.textContent !== words) option.textContent = words;
    option.disabled = flags & 1;
    option.hidden = flags & 2;
  },
  (own, node, name, words, handler) => (node[HANDLERS] ??= []).push([name, handler]),
  (own, node, name, words) => node.setAttribute(name, words),
  (own, node, name, words, on) => node.toggleAttribute(name, on),
  (own, node, name, words) => node.style.setProperty(name, words),
  // Only another value: setting the same one would move the caret.
  (own, node, name, words) => {
    if (node.value !== words) node.value = words;
  },
  (own, node, name, words, on) => (node.checked = on),
  // Every control inside.
  (own, node, name, words, on) => {
    for (const control of [node, ...node.querySelectorAll("input,select,textarea,button")]) {
      control.toggleAttribute("disabled", on);
    }
  },
  (own, node) => node.focus(),
  (own, node) => empty(node),
  (own, node) => {
    forget(node);
    node.remove();
  },
];

/**
 * Does acts one after the other: each is its number, where in the program's memory its text is and how
 * long, how much of the other text, two numbers, and its element.
 */
export function run(shared, text) {
  // What is done may make the program move its memory.
  const numbers = shared.slice();
  let cut = 0;
  // Read one by one: taken apart as a list they would be asked for in a roundabout way.
  for (let at = 0; at < numbers.length; at += 7) {
    const act = numbers[at];
    const place = numbers[at + 1];
    const length = numbers[at + 2];
    const count = numbers[at + 3];
    const own = numbers[at + 6];
    const name = act && length ? known(texts, String, place, length) : "";
    const node = act ? nodes.get(own) ?? nowhere : known(models, model, place, length);
    const words = count ? text.slice(cut, (cut += count)) : "";
    try {
      acts[act](own, node, name, words, numbers[at + 4], numbers[at + 5]);
    } catch (error) {
      // One act less, and not all that come after it.
      console.error(error);
    }
  }
  empty(nowhere);
  forget(nowhere);
}

/** What a control holds, or whether it is ticked. */
export function property(element, name) {
  return String(nodes.get(element)?.[name] ?? "");
}

/** The number of the first descendant that matches: `fresh` if it has none, 0 if there is none. */
export function find(element, selector, fresh) {
  const node = nodes.get(element)?.querySelector(selector);
  if (node && !node[NUMBER]) know(node, fresh);
  return node?.[NUMBER] ?? 0;
}

/**
 * An event somewhere below an element that was put into a tree, which hears for all of them. Handlers
 * are told the key, or the value of the button, or what event it was; one that returns true does it
 * instead of the browser.
 */
function hear(happened) {
  const { type, key, target } = happened;
  const word = key ?? ((target.localName === "button" && target.value) || type);
  for (const { [HANDLERS]: handlers } of happened.composedPath()) {
    for (const [events, handler] of handlers ?? []) {
      if (events.split(" ").includes(type) && tell(handler, word)) happened.preventDefault();
    }
  }
}

/** Puts an element into a tree that is not ours. */
export function enter(element, root) {
  const node = nodes.get(element);
  if (!node || node.parentNode) return;
  for (const event of ["input", "change", "click", "focusin", "keydown", "submit"]) node.addEventListener(event, hear);
  root.append(node);
}

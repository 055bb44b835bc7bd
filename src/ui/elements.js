// Elements by number: what `element.rs` makes and changes.
//
// A node is forgotten with everything in it when it is taken out; a number whose node is forgotten
// does nothing.

const nodes = new Map();
const numbers = new WeakMap();
let last = 0;

function number(node) {
  if (!node) return 0;
  let known = numbers.get(node);
  if (!known) {
    known = ++last;
    numbers.set(node, known);
    nodes.set(known, node);
  }
  return known;
}

function forget(node) {
  nodes.delete(numbers.get(node));
  numbers.delete(node);
  for (const child of node.children) forget(child);
}

/** A tag and its attributes, such as `button|type=button|disabled`. */
export function make(words) {
  const [tag, ...attributes] = words.split("|");
  const node = document.createElement(tag);
  for (const attribute of attributes) {
    const at = attribute.indexOf("=");
    if (at < 0) node.setAttribute(attribute, "");
    else node.setAttribute(attribute.slice(0, at), attribute.slice(at + 1));
  }
  return number(node);
}

export function text(element, words) {
  const node = nodes.get(element);
  if (node && node.textContent !== words) node.textContent = words;
}

/** Adds a child as the last one or, if it is elsewhere, brings it to its place. */
export function add(element, child, at) {
  const node = nodes.get(element);
  const here = at < 0 ? null : node?.children[at] ?? null;
  const own = nodes.get(child);
  if (node && own && here !== own) node.insertBefore(own, here);
}

/** A handler that returns true does it instead of the browser; a form is never sent by it. */
export function on(element, event, handler) {
  nodes.get(element)?.addEventListener(event, (happened) => {
    if (event === "submit") happened.preventDefault();
    if (handler(happened.key ?? "")) happened.preventDefault();
  });
}

export function set(element, name, value) {
  nodes.get(element)?.setAttribute(name, value);
}

export function mark(element, name, on) {
  nodes.get(element)?.toggleAttribute(name, on);
}

export function property(element, name, value) {
  nodes.get(element)?.style.setProperty(name, value);
}

export function value(element) {
  return nodes.get(element)?.value ?? "";
}

/** Only another value: setting the same one would move the caret. */
export function setValue(element, value) {
  const node = nodes.get(element);
  if (node && node.value !== value) node.value = value;
}

export function checked(element) {
  return Boolean(nodes.get(element)?.checked);
}

export function check(element, on) {
  const node = nodes.get(element);
  if (node) node.checked = on;
}

export function focus(element) {
  nodes.get(element)?.focus();
}

export function clear(element) {
  const node = nodes.get(element);
  if (!node) return;
  for (const child of node.children) forget(child);
  node.textContent = "";
}

export function remove(element) {
  const node = nodes.get(element);
  if (!node) return;
  forget(node);
  node.remove();
}

export function find(element, selector) {
  return number(nodes.get(element)?.querySelector(selector));
}

/** Disables every control inside, or no longer. */
export function hold(element, on) {
  const node = nodes.get(element);
  for (const own of node ? [node, ...node.querySelectorAll("input,select,textarea,button")] : []) {
    own.toggleAttribute("disabled", on);
  }
}

export function enter(element, root) {
  const node = nodes.get(element);
  if (node && !node.parentNode) root.append(node);
}

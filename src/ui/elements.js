// Elements by number: what `element.rs` makes and changes.
//
// Acts come many at a time, as numbers and one text: a call across the boundary for each would cost
// more than what it does. A node is forgotten with everything in it when it is taken out; what is
// done to a number whose node is forgotten is done nowhere.

/**
 * Copies of models by their number, and of what cannot be asked for by a line: the outermost element, and
 * in their order those inside. Only the first of them is known by itself: most are never asked for.
 */
const copies = new Map();
/**
 * Elements of the same copy have numbers that differ in these bits: the line of the words they are made of.
 * What has a line is neither moved nor taken out by itself.
 */
const LINE = 31;
/** On the outermost element of a copy: its number. */
const NUMBER = Symbol();
/** Texts of the program, and elements made of them to be cloned, by where the text is. */
const texts = new Map();
const models = new Map();
const nowhere = document.createElement("p");
/** Copies that were forgotten and the program was not told of. */
const gone = [];
let read, tell;

/** The program's memory; what is told of an event at elements, or of nothing for copies that are gone. */
export function connect(memory, heard) {
  read = (place, length) => new TextDecoder().decode(new Uint8Array(memory.buffer, place, length));
  tell = heard;
}

/** Has what waits done after what runs now, by telling of an event that nobody hears. */
export function soon() {
  queueMicrotask(() => tell([], ""));
}

function nodeOf(number) {
  const copy = copies.get((number & ~LINE) >>> 0);
  return number & LINE ? copy?.inner?.[(number & LINE) - 1] : copy?.node;
}

/** The number of a node; 0 for one that has none. */
function numberOf(node) {
  let around = node;
  while (around && !around[NUMBER]) around = around.parentElement;
  const number = around?.[NUMBER];
  if (around === node || !number) return number ?? 0;
  const line = Array.prototype.indexOf.call(copies.get(number)?.inner ?? [], node) + 1;
  return line && number + line;
}

function know(number, node, inner) {
  node[NUMBER] = number;
  copies.set(number, { node, inner });
}

function forget(node) {
  if (copies.delete(node[NUMBER])) gone.push(node[NUMBER]);
  for (let child = node.firstElementChild; child; child = child.nextElementSibling) forget(child);
}

function empty(node) {
  for (let child = node.firstElementChild; child; child = child.nextElementSibling) forget(child);
  node.textContent = "";
}

/** Between several texts of one act, and between what many copies have the same. */
const BETWEEN = "\x1f";
const ENTRY = "\x1e";

/**
 * An element of a tag and its attributes, such as `button|type=button|disabled`; what is in it stands
 * on lines of its own, each a space further in than what it is in. An attribute without a name is a text.
 * What differs from one copy to the next, `#` and `$`, is not in the model but in its gaps: at which
 * line, which attribute, and what. What many copies have the same, `%` and what a list offers, is in
 * copies of the model.
 */
function model(words) {
  const path = [];
  const gaps = [];
  const common = [];
  const lines = words.split("\n");
  lines.forEach((line, number) => {
    const depth = line.search(/\S/);
    const [tag, ...attributes] = line.slice(depth).split("|");
    const node = document.createElement(tag);
    for (const attribute of attributes) {
      const [name, value = ""] = attribute.split("=");
      const [before, after] = value.split("#");
      if (value === "%") common.push({ line: number, name });
      else if (value === "$" || after !== undefined) gaps.push({ line: number, name, before, after });
      else describe(node, name, value);
    }
    path[depth] = node;
    path[depth - 1]?.append(node);
  });
  return { node: path[0], gaps, common, isOne: lines.length < 2, alike: new Map() };
}

function describe(node, name, value) {
  if (name) node.setAttribute(name, value);
  else if (value) node.textContent = value;
}

/** What is in an element, by line. Options are never asked for by number. */
const within = (node) => node.querySelectorAll(":not(option)");

/** A copy with what many have the same: its texts, and of its list a value and its words each. */
function filled({ node, common, alike }, words) {
  const known = alike.get(words);
  if (known) return known.cloneNode(true);
  const copy = node.cloneNode(true);
  const said = words.split(ENTRY);
  const inner = within(copy);
  common.forEach(({ line, name }, at) => describe(line ? inner[line - 1] : copy, name, said[at]));
  for (let at = common.length + 1; at < said.length; at += 2) {
    copy.querySelector("select").append(new Option(said[at], said[at - 1]));
  }
  if (alike.size > 999) alike.clear();
  // What came twice comes more often.
  alike.set(words, alike.has(words) && copy.cloneNode(true));
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
  (own, model, name, words, number, parent) => {
    const said = words.split(BETWEEN);
    const node = said[0] ? filled(model, said[0]) : model.node.cloneNode(true);
    const inner = model.isOne ? [] : within(node);
    know(own, node, inner);
    let at = 1;
    for (const { line, name, before, after } of model.gaps) {
      describe(line ? inner[line - 1] : node, name, after === undefined ? said[at++] : before + number + after);
    }
    if (parent) (nodeOf(parent) ?? nowhere).append(node);
  },
  (own, node, name, words) => {
    if (node.textContent !== words) node.textContent = words;
  },
  // As the last child or, if it is elsewhere, at its place.
  (own, node, name, words, child, place) => {
    child = nodeOf(child);
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
  (own, node, name, words) => node.setAttribute(name, words),
  (own, node, name, words, on) => node.toggleAttribute(name, on),
  (own, node, name, words) => node.style.setProperty(name, words),
  // Only another value: setting the same one would move the caret.
  (own, node, name, words) => {
    if (node.value !== words) node.value = words;
  },
  // Nor the same here: it takes the browser longer than to look.
  (own, node, name, words, on) => {
    if (node.checked !== !!on) node.checked = on;
  },
  // Every control inside.
  (own, node, name, words, on) => {
    for (const control of [node, ...node.querySelectorAll("input,select,textarea,button")]) {
      control.toggleAttribute("disabled", on);
    }
  },
  // Every control inside again.
  (own, node, name, words, on) => {
    for (const control of node.querySelectorAll("[aria-invalid]")) control.setAttribute("aria-invalid", !!on);
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
    const node = act ? nodeOf(own) ?? nowhere : known(models, model, place, length);
    const words = count ? text.slice(cut, (cut += count)) : "";
    try {
      acts[act](own, node, name, words, numbers[at + 4], numbers[at + 5]);
    } catch (error) {
      // One act less, and not all that come after it.
      console.error(error);
    }
  }
  empty(nowhere);
  if (gone.length) tell(gone.splice(0));
}

/** What a control holds, or whether it is ticked. */
export function property(element, name) {
  return String(nodeOf(element)?.[name] ?? "");
}

/** The number of the first descendant that matches: `fresh` if it has none, 0 if there is none. */
export function find(element, selector, fresh) {
  const node = nodeOf(element)?.querySelector(selector);
  if (!node) return 0;
  const known = numberOf(node);
  if (!known) know(fresh, node);
  return known || fresh;
}

/**
 * An event somewhere below an element that was put into a tree, which hears for all of them. The program
 * is told what event it was, and the key, or the value of the button, or once more what event; it says
 * whether it does it instead of the browser.
 */
function hear(happened) {
  const { type, key, target, currentTarget } = happened;
  const event = `${type} ${key ?? ((target.localName === "button" && target.value) || type)}`;
  const path = happened.composedPath();
  const numbers = path.slice(0, path.indexOf(currentTarget) + 1).map(numberOf);
  if (tell(numbers, event)) happened.preventDefault();
}

/** Puts an element into a tree that is not ours. */
export function enter(element, root) {
  const node = nodeOf(element);
  if (!node || node.parentNode) return;
  for (const event of ["input", "change", "click", "focusin", "keydown", "submit"]) node.addEventListener(event, hear);
  root.append(node);
}

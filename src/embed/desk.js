// The page's side of an element: its events, its value in a form, and what a page may write.
//
// Events name who changed what: the buyer, the page, or a rule of the template.

const known = new WeakMap();
/** What happened to an element before its page was told that it is there. */
const early = new WeakMap();

const emit = (host, name, detail, cancelable = false) =>
  host.dispatchEvent(new CustomEvent(`tirage:${name}`, { detail, cancelable, bubbles: true, composed: true }));

/** Tells the page once it knows that the element is there. */
const later = (host, name, detail) => early.get(host)?.push([name, detail]) ?? emit(host, name, detail);

/**
 * Tells the page what became another one since it was told last. `news` are answers that may have:
 * names, with a `!` in front where `source` answered, and answers as JSON, empty for none, each on a
 * line. `line` is how a line of a cart begins.
 */
export function tell(host, { internals }, source, news, line, total, currency, problem, preliminary) {
  const before = known.get(host);
  const answers = before?.answers ?? new Map();
  const changed = changes(answers, news);
  const [own, others] = before ? changed : [[], []];
  const rest = [line, total, currency, problem, preliminary];
  if (before && !own.length && !others.length && rest.every((part, at) => part === before.rest[at])) return;
  const text = `{${[...answers.values()].filter(Boolean)}}`;
  const standing = { answers, text, total, currency, rest };
  known.set(host, standing);
  if (internals) {
    internals.setFormValue(line ? `${line}${text},"total":"${total}"}` : null, text);
    if (problem) {
      const anchor = host.shadowRoot.querySelector("input, select, textarea, button");
      internals.setValidity({ customError: true }, problem, anchor ?? undefined);
    } else internals.setValidity({});
  }
  const tellChange = (source, changed) => {
    // Hundreds of answers are read for those only who want to see them.
    if (changed.length) later(host, "change", { source, changed, get state() { return JSON.parse(text); } });
  };
  tellChange(source, own);
  tellChange("rule", others);
  // A listener may have written: it told the page of everything since.
  if (known.get(host) !== standing) return;
  const detail = { source, changed: [...own, ...others] };
  const [, wasTotal, , wasProblem, wasPreliminary] = before?.rest ?? [];
  if (total && (total !== wasTotal || preliminary !== wasPreliminary)) {
    later(host, "price", { ...detail, total, currency, preliminary });
  }
  // A price that is not confirmed yet is one.
  if (problem && problem !== wasProblem && !(total && preliminary)) later(host, "invalid", { ...detail, message: problem });
}

/** Takes answers over, and returns the names of those that are others: answered, and by rules. */
function changes(answers, news) {
  const changed = [[], []];
  const lines = news.split("\n");
  for (let at = 1; at < lines.length; at += 2) {
    const key = lines[at - 1].replace("!", "");
    const text = lines[at] && `"${key}":${lines[at]}`;
    if ((answers.get(key) ?? "") !== text) changed[lines[at - 1] === key ? 1 : 0].push(key);
    answers.set(key, text);
  }
  return changed;
}

/** Forgets what the page was told, because another product is shown. */
export function forget(host) {
  known.delete(host);
  early.set(host, []);
}

/** The answers that count, as the page was told them last. */
export function state(host) {
  return known.get(host)?.text;
}

/** Whether the page leaves it to the element to go on, by this button. */
export function ask(host, source, button) {
  const standing = known.get(host) ?? { text: "{}" };
  const { text, total, currency } = standing;
  standing.source = source;
  return emit(host, "continue", { source, changed: [], button, state: JSON.parse(text), total, currency }, true);
}

/** An event that no answer changed at. */
export function report(host, name, what, value) {
  const source = name === "cart" ? (known.get(host)?.source ?? "buyer") : "page";
  emit(host, name, { source, changed: [], [what]: what === "count" ? Number(value) : value });
}

/** An attribute as the loader hands it over. */
export function text(options, name) {
  return String(options[name] ?? "");
}

/** Where an element shows its product, as an address says it; no key has a sign that means anything there. */
export function shown({ category, view = "page" }) {
  return category ? `?category=${category}&view=${view}` : "";
}

/** What a page says of options; what is no JSON is told and left out. */
export function own(options = "{}") {
  try {
    return JSON.parse(options);
  } catch (error) {
    console.warn("tirage: options:", error.message);
  }
}

/** Elements that a script of its own has dressed, and undresses. */
const dressed = new WeakSet();

/**
 * Puts the shop's options on an element's body, in this language: what the page says on the element
 * counts, else what the service says. What styles alone cannot do, a script of its own does, and
 * nothing is seen before. Answers with the caption of the button that goes on, or the usual one.
 */
export function look(host, { options, theme, view, chunk }, stored, language, usual) {
  const { dataset, style } = host.shadowRoot.querySelector(".tirage");
  for (const name in dataset) delete dataset[name];
  for (const [name, value] of Object.entries({ ...JSON.parse(stored), ...own(options) })) {
    dataset[name] = Object(value) === value ? value[language] ?? Object.values(value)[0] : value;
  }
  if (/contrast|compact|editor|"(theme|style|order|cart)/.test([theme, view, stored, options])) dressed.add(host);
  if (dressed.has(host)) {
    style.visibility = "hidden";
    // Where it does not come, the browser has said so.
    chunk("look", () => (style.visibility = ""));
  }
  return dataset.continue_label ?? usual;
}

/** Tells page and loader that the calculator is there, and the page what happened since. */
export function begin(host, { ready }, product) {
  report(host, "ready", "product", product);
  for (const [name, detail] of early.get(host) ?? []) emit(host, name, detail);
  early.delete(host);
  ready?.();
}

/**
 * Written answers as a flat list: a name, a kind, how many parts it has, the parts. A kind is
 * `list`, `text`, `yes`, `no`, or `none` for an answer that is taken away. Numbers come as texts,
 * digit by digit; what is no answer at all is a list that no parameter takes.
 */
export function entries(value) {
  const list = [];
  if (typeof value !== "object" || !value || Array.isArray(value)) {
    console.warn("tirage: expected an object of answers, found", value);
    return list;
  }
  const isPlain = (part) => ["number", "bigint", "string"].includes(typeof part);
  for (const [key, answer] of Object.entries(value)) {
    if (answer === undefined || answer === null) list.push(key, "none", "0");
    else if (typeof answer === "boolean") list.push(key, answer ? "yes" : "no", "0");
    else if (isPlain(answer)) list.push(key, "text", "1", String(answer));
    else {
      const parts = Array.isArray(answer) ? answer : [answer];
      list.push(key, "list", String(parts.length), ...parts.map((part) => (isPlain(part) ? String(part) : "?")));
    }
  }
  return list;
}

/** Says which answers were not taken. */
export function warn(host, names) {
  console.warn(`tirage: no such answer, left as it was: ${names}`, host);
}

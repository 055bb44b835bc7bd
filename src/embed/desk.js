// The page's side of an element: its events, its value in a form, and what a page may write.
//
// Events name who changed what: the buyer, the page, or a rule of the template.

const known = new WeakMap();

const emit = (host, name, detail, cancelable = false) =>
  host.dispatchEvent(new CustomEvent(`tirage:${name}`, { detail, cancelable, bubbles: true, composed: true }));

/** Tells the page what became another one since it was told last. */
export function tell(host, internals, source, keys, standing) {
  const [answers, line, total, currency, problem] = standing;
  const before = known.get(host);
  if (before?.every((part, at) => part === standing[at])) return;
  known.set(host, standing);
  if (internals) {
    internals.setFormValue(line ?? null, answers);
    const anchor = host.shadowRoot.querySelector("input, select, textarea, button");
    if (problem) internals.setValidity({ customError: true }, problem, anchor ?? undefined);
    else internals.setValidity({});
  }
  const changed = before ? changes(before[0], answers) : [];
  const own = changed.filter((key) => keys.includes(key));
  const rest = changed.filter((key) => !own.includes(key));
  const state = () => JSON.parse(answers);
  if (own.length) emit(host, "change", { source, changed: own, state: state() });
  if (rest.length) emit(host, "change", { source: "rule", changed: rest, state: state() });
  // A listener may have written: it told the page of everything since.
  if (known.get(host) !== standing) return;
  if (total && total !== before?.[2]) emit(host, "price", { source, changed, total, currency });
  if (problem && problem !== before?.[4]) emit(host, "invalid", { source, changed, message: problem });
}

function changes(before, after) {
  if (before === after) return [];
  const [one, other] = [JSON.parse(before), JSON.parse(after)];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => String(one[key]) !== String(other[key]));
}

/** Forgets what the page was told, because another product is shown. */
export function forget(host) {
  known.delete(host);
}

/** Whether the page leaves it to the element to go on. */
export function ask(host, source) {
  const standing = known.get(host) ?? ["{}"];
  const [answers, , total, currency] = standing;
  standing.source = source;
  return emit(host, "continue", { source, changed: [], state: JSON.parse(answers), total, currency }, true);
}

/** An event that no answer changed at. */
export function report(host, name, what, value) {
  const source = name === "cart" ? (known.get(host)?.source ?? "buyer") : "page";
  emit(host, name, { source, changed: [], [what]: value });
}

/**
 * Written answers as a flat list of names and values: true or false, a text, a list of texts, or
 * nothing. Numbers come as texts, digit by digit.
 */
export function entries(value) {
  const list = [];
  if (typeof value !== "object" || !value || Array.isArray(value)) {
    console.warn("tirage: expected an object of answers, found", value);
    return list;
  }
  for (const key of Object.keys(value)) {
    const answer = value[key];
    const plain = (part) => (typeof part === "number" || typeof part === "bigint" ? String(part) : part);
    list.push(key, Array.isArray(answer) ? Array.from(answer, plain) : plain(answer));
  }
  return list;
}

/** Says which answers were not taken. */
export function warn(host, names) {
  console.warn(`tirage: no such answer, left as it was: ${names.join(", ")}`, host);
}

// What the widget needs of the browser and is shorter to say here than through bindings.
// Bundled into the module's script; nothing here knows about calculators.

/**
 * The life of an element: ended, it ends its requests, timers and listeners; and the life of
 * something in it, which ends with it.
 */
export function life(whole) {
  const own = new AbortController();
  whole?.signal.addEventListener("abort", () => own.abort(), { signal: own.signal });
  return own;
}

export function end(life) {
  life.abort();
}

/**
 * One request: `done(status, bytes)`, with status 0 when no answer came and 1 once aborted: a
 * callback of the module that is never called keeps all it knows for ever.
 */
export function send(url, key, body, { signal }, done) {
  const method = body === undefined ? "GET" : "POST";
  const own = new AbortController();
  const stop = () => own.abort();
  signal.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(stop, 20000);
  const headers = {};
  if (body) headers["content-type"] = "application/json";
  if (key) headers["idempotency-key"] = key;
  const ask = async (cache, signal) => {
    const response = await fetch(url, { method, headers, body, cache, signal });
    return [response.status, new Uint8Array(await response.arrayBuffer())];
  };
  ask("default", own.signal)
    // Without the service its last answer still does: any copy that the browser keeps.
    .catch((error) => (body ? Promise.reject(error) : ask("force-cache", signal)))
    .catch(() => [0, new Uint8Array()])
    .then(([status, bytes]) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      done(signal.aborted ? 1 : status, bytes);
    });
}

/** A formatter of amounts; every digit of an amount is shown, so that lines add up visibly. */
export function money(locale, currency) {
  try {
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      maximumFractionDigits: 8,
      trailingZeroDisplay: "stripIfInteger",
    });
  } catch {
    return number(locale);
  }
}

/** A formatter of plain numbers. */
export function number(locale) {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
}

/** What formatters said: most amounts stand there still after an answer, and saying one is slow. */
const said = new WeakMap();

/** Exact: the text goes in as it is, never as a float. */
export function format(formatter, text) {
  let known = said.get(formatter);
  if (!(known?.size < 999)) said.set(formatter, (known = new Map()));
  if (!known.has(text)) known.set(text, formatter.format(text));
  return known.get(text);
}

export function moment(locale, text) {
  const date = new Date(text);
  return isNaN(date) ? text : date.toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
}

export function random() {
  return crypto.getRandomValues(new Uint8Array(16));
}

/** Storage may be forbidden or full: the widget then works without it. */
export function load(name) {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

export function save(name, text) {
  try {
    if (text === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // The cart lives for this page only.
  }
}

export function here() {
  return location.pathname + location.search;
}

export function fragment() {
  return location.hash;
}

/** The options of the shop that count for an element. */
const shop = (host) => host.shadowRoot.querySelector(".tirage").dataset;

/** Whether the button that goes on puts anything into the cart; of several products their group says. */
export function hasCart(host) {
  return host.hasAttribute("group") || shop(host).cart_button !== "false";
}

/** Goes to the page where orders are placed. */
export function leave(host) {
  location.assign(shop(host).order_page ?? host.getAttribute("cart"));
}

/** Copies this page's address with another fragment; where that is forbidden, goes there. */
export function share(mark, text, told) {
  const url = location.href.split("#")[0] + mark + encodeURIComponent(text);
  const copied = navigator.clipboard?.writeText(url) ?? Promise.reject();
  copied.then(
    () => told(),
    (error) => {
      history.replaceState(history.state, "", url);
      told(String(error));
    },
  );
}

/** The day of the buyer's calendar, such as 2026-12-01. */
export function today() {
  const date = new Date();
  date.setMinutes(date.getMinutes() - date.getTimezoneOffset());
  return date.toISOString().slice(0, 10);
}

/** Calls `done` later, or of an empty text when it is over before: it has to be called to be freed. */
export function after(milliseconds, done, { signal }) {
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    done(signal.aborted ? "" : undefined);
  };
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener("abort", end);
}

/** Calls `done` when the browser has nothing else to do, or soon. */
export function idle(done) {
  (window.requestIdleCallback ?? setTimeout)(() => done(), { timeout: 2000 });
}

/** Listens at the window until aborted. */
export function listen(name, heard, { signal }) {
  addEventListener(name, heard, { signal });
}

/**
 * Loads a part of the module, `told` of nothing or of why it could not; of an empty text when the
 * element is gone, because it has to be called to be freed. A page without the loader has all of the widget in one file.
 */
export function chunk({ chunk }, name, { signal }, told) {
  const done = (failure) => told(signal.aborted ? "" : failure);
  if (chunk) chunk(name, done);
  else done();
}

/** What the page wrote on an element. */
export function attribute(element, name) {
  return element.getAttribute(name) ?? undefined;
}

/** A text as a step of an address. */
export function encode(text) {
  return encodeURIComponent(text);
}

/** Nothing for what is no text of an address. */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Shows what the page put inside the element, or not; never again what stood in for it. */
export function slot(root, on) {
  const slot = root.querySelector("slot");
  slot?.toggleAttribute("hidden", !on);
  slot?.firstElementChild?.toggleAttribute("hidden", true);
}

const sheets = new Map();

/** One stylesheet for every element, constructed: allowed under a strict policy. */
export function dress(root, css) {
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}

// The inside of a frame: one calculator, and the channel to the page around it.
//
// The page around must be an origin that the service lists, and the window that holds the frame.
// Nothing is sent before that is known but the bare word that the frame is ready.

const VERSION = 1;
const EVENTS = ["ready", "change", "price", "invalid", "continue", "cart", "error"];
const WRITES = {
  set: (calculator, { answers }) => calculator.set(answers),
  hold: (calculator, { name, message }) => calculator.hold(name, message),
  release: (calculator, { name }) => calculator.release(name),
  submit: (calculator) => calculator.submit(),
  reset: (calculator) => calculator.reset(),
};
/** By number, files that the page around was offered and has not said yet what it calls. */
const offers = new Map();
const READS = ["state", "schema", "quote"];

const calculator = document.createElement("tirage-calculator");
const asked = new URLSearchParams(location.search);
calculator.setAttribute("product", decodeURIComponent(location.pathname.split("/").at(-1)));
calculator.setAttribute("view", "editor");
for (const name of ["locale", "theme", "category", "view", "options"]) {
  if (asked.has(name)) calculator.setAttribute(name, asked.get(name));
}

const answer = await fetch("/v1/frame-origins");
const { origins } = await answer.json();
let port;

const isEnvelope = (data) =>
  typeof data === "object" && data !== null && data.v === VERSION && typeof data.type === "string";

const load = crypto.randomUUID();
/** No data in it: whoever holds the frame may hear that there is one, and which load of it. */
const announce = () => parent.postMessage({ v: VERSION, type: "ready", id: load }, "*");

/** Opens the channel, once: exact window, exact origin, exact greeting. */
function greeted(event) {
  if (event.source !== parent || parent === window || !isEnvelope(event.data)) return;
  // The page around came later than the frame.
  if (event.data.type === "there") announce();
  if (!origins.includes(event.origin) || event.data.type !== "hello" || event.ports.length !== 1) return;
  removeEventListener("message", greeted);
  [port] = event.ports;
  port.onmessage = ({ data }) => isEnvelope(data) && obey(data);
  if (event.data.upload === true) calculator.addEventListener("tirage:upload", offer);
  for (const name of EVENTS) {
    calculator.addEventListener(`tirage:${name}`, ({ detail }) => send({ type: "event", name, detail }));
  }
  new ResizeObserver(() => send({ type: "resize", height: document.documentElement.offsetHeight })).observe(
    document.documentElement,
  );
  document.body.append(calculator);
}

/** Offers files to the page around, which gets them as they are. */
function offer({ detail: { respondWith, ...detail } }) {
  const id = crypto.randomUUID();
  respondWith(new Promise((resolve, reject) => offers.set(id, { resolve, reject })));
  send({ type: "event", name: "upload", id, detail });
}

/** The page around says what it calls files: nothing if their names stand. */
function called({ id, value, error }) {
  const { resolve, reject } = offers.get(id) ?? {};
  offers.delete(id);
  if (error === undefined) resolve?.(value);
  else reject?.(new Error(String(error)));
}

function obey(data) {
  if (data.type === "files") return called(data);
  let value = null;
  if (READS.includes(data.type)) value = calculator[data.type] ?? null;
  else if (Object.hasOwn(WRITES, data.type)) WRITES[data.type](calculator, data);
  else return;
  send({ type: "answer", id: data.id, value });
}

const send = (fields) => port.postMessage({ v: VERSION, ...fields });

if (parent === window) {
  document.body.append(calculator);
} else {
  addEventListener("message", greeted);
  announce();
}

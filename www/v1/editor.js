// For photo editors: a price for what is being laid out, and a calculator in a frame.
//
// Only what both sides agreed on crosses the frame's edge: an envelope `{v, type, id, …}` over a
// channel of its own, which opens after both have checked each other's window and exact origin.

const VERSION = 1;
const here = new URL(import.meta.url).origin;

/** A sum of decimals written as texts, digit by digit. */
function sum(amounts) {
  const places = Math.max(...amounts.map((amount) => (amount.split(".")[1] ?? "").length));
  const units = amounts.map((amount) => {
    const [whole, part = ""] = amount.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  });
  const total = units.reduce((one, other) => one + other, 0n);
  const digits = String(total < 0n ? -total : total).padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/u, "") : digits;
  return total < 0n ? `-${text}` : text;
}

/** What a design editor's state says, in numbers that parameters may be filled from. */
function facts({ surfaces = [], totalSurfaceCount, quantity = 1 }) {
  const zones = surfaces.flatMap((surface) => surface.zones ?? []);
  return {
    quantity,
    surfaces: totalSurfaceCount ?? surfaces.length,
    filled: surfaces.filter(({ zones }) => zones?.length && zones.every(({ isFilled }) => isFilled)).length,
    photos: zones.filter(({ isFilled }) => isFilled).length,
  };
}

/**
 * A `calculatePrice(state)` as photo editors call it.
 *
 * `parameters` says which parameter takes which fact of a design (`quantity`, `surfaces`, `filled`,
 * `photos`), or `null` where it takes none; `materials` says which answers each material of a photo order stands for, and
 * `parameters.quantity` takes its count. `answers` go with every question.
 */
export function tirageCalculatePrice(options) {
  const { product, api = here, answers = {}, materials = {} } = options;
  const parameters = { quantity: "run", ...options.parameters };
  const asked = new Map();

  async function ask(full) {
    const response = await fetch(`${api}/v1/quote`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ product, answers: full }),
    });
    if (!response.ok) throw new Error(`tirage: no price, the service answered ${response.status}`);
    const { currency, problems, runs: [run] } = await response.json();
    if (run?.total !== undefined) return { total: run.total, currency };
    const [problem] = [...problems, ...(run?.problems ?? [])];
    throw new Error(`tirage: no price: ${problem?.code ?? "unknown"} ${problem?.parameter ?? ""}`.trim());
  }

  /** One question for equal answers, also while it is under way; a failure is asked again. */
  function price(full) {
    const key = JSON.stringify(Object.entries(full).sort(([one], [other]) => (one < other ? -1 : 1)));
    if (!asked.has(key)) {
      asked.set(key, ask(full).catch((error) => {
        asked.delete(key);
        throw error;
      }));
    }
    return asked.get(key);
  }

  function questions(state) {
    const photos = Array.isArray(state) ? state : "materialId" in state ? [state] : undefined;
    if (!photos) {
      const known = facts(state);
      const used = Object.entries(parameters).filter(([, parameter]) => parameter);
      const filled = used.map(([fact, parameter]) => [parameter, known[fact]]);
      return { quantity: known.quantity, list: [{ ...answers, ...Object.fromEntries(filled) }] };
    }
    const list = photos.filter(({ count }) => count > 0).map(({ materialId, count }) => {
      if (!Object.hasOwn(materials, materialId)) throw new Error(`tirage: unknown material ${materialId}`);
      return { ...answers, ...materials[materialId], [parameters.quantity]: count };
    });
    return { quantity: photos.reduce((all, { count }) => all + count, 0), list };
  }

  return async function calculatePrice(state) {
    const { quantity, list } = questions(state);
    const prices = await Promise.all(list.map(price));
    const total = prices.length ? sum(prices.map((each) => each.total)) : "0";
    const money = new Intl.NumberFormat(options.locale ?? (document.documentElement.lang || "ru"), prices.length
      ? { style: "currency", currency: prices[0].currency, currencyDisplay: "narrowSymbol", trailingZeroDisplay: "stripIfInteger" }
      : {});
    // The editors' interface wants a number here; the exact total is in the text.
    return { totalPrice: Number(total), totalPriceString: money.format(total), quantity };
  };
}

/** Whether a message is an envelope that this version understands. */
const isEnvelope = (data) =>
  typeof data === "object" && data !== null && data.v === VERSION && typeof data.type === "string";

/**
 * Talks to a calculator in a frame whose address is `<service>/v1/frame/<product>`.
 *
 * Returns `ask(type, fields)`, which resolves with the answer to `state`, `schema`, `quote`, `set`,
 * `hold`, `release`, `submit` or `reset`, and `close()`. `heard(name, detail)` gets every event of
 * the calculator, and may return what files of `upload` are called; the frame's height follows its
 * content.
 */
export function connectFrame(frame, { heard = () => {}, origin = new URL(frame.src).origin } = {}) {
  const waiting = new Map();
  let port;
  let opened;
  const open = new Promise((resolve) => (opened = resolve));

  function hear({ data }) {
    if (!isEnvelope(data)) return;
    if (data.type === "answer") {
      waiting.get(data.id)?.(data.value);
      waiting.delete(data.id);
    } else if (data.type === "resize" && Number.isFinite(data.height)) {
      frame.style.height = `${Math.min(Math.max(data.height, 0), 20000)}px`;
    } else if (data.type === "event") {
      const answer = heard(data.name, data.detail);
      if (data.name === "upload") call(data.id, answer);
    }
  }

  /** Says what offered files are called, or that they could not be taken. */
  async function call(id, answer) {
    const said = await Promise.resolve(answer).then((value) => ({ value: value ?? null }), (error) => ({ error: String(error) }));
    port?.postMessage({ v: VERSION, type: "files", id, ...said });
  }

  /** Which load of the frame was greeted: it may say twice that it is ready. */
  let greeted;

  function greet(event) {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    if (!isEnvelope(event.data) || event.data.type !== "ready") return;
    if (greeted !== undefined && greeted === event.data.id) return;
    greeted = event.data.id;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    const hello = { v: VERSION, type: "hello", id: crypto.randomUUID(), upload: true };
    frame.contentWindow.postMessage(hello, origin, [channel.port2]);
    opened();
  }

  addEventListener("message", greet);
  // It may have been ready before this page was; whoever is there hears no more than the question.
  frame.contentWindow?.postMessage({ v: VERSION, type: "there" }, "*");
  return {
    async ask(type, fields = {}) {
      await open;
      const id = crypto.randomUUID();
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        port.postMessage({ ...fields, v: VERSION, type, id });
      });
    },
    close() {
      removeEventListener("message", greet);
      port?.close();
    },
  };
}

window.tirageCalculatePrice ??= tirageCalculatePrice;

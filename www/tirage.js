// The loader: defines the elements, and fetches the module when the first one is on a page.
//
// What the page puts inside an element stays visible until the element works, and whenever it
// cannot. Everything is found beside this file, so it works from any folder.

/** Filled in by the build: the version, and the hash of every file that is fetched later but chunks. */
const build = { version: "", integrity: {} };

const own = new URL(".", import.meta.url);
// `/v1/` moves on; what it loads is kept for ever under its version.
const here = own.pathname.endsWith("/v1/") && build.version ? new URL(`../v/${build.version}/`, own) : own;
const { origin } = here;

const begun = {};
let tries = 0;
/** What the module shares with its chunks. */
let shared;

/** The address of a file: it names the content, so that no cache mixes two builds. */
function address(file) {
  const mark = build.integrity[file]?.slice(7, 15) ?? "";
  // A browser remembers that a script failed: another try is another address.
  return new URL(`${file}?${encodeURIComponent(mark)}${tries ? `-${tries}` : ""}`, here).href;
}

/** A module script whose bytes are those of the build, or an error. */
async function script(file) {
  const url = address(file);
  const integrity = build.integrity[file];
  const link = document.createElement("link");
  if (integrity && link.relList.supports("modulepreload")) {
    await new Promise((loaded, failed) => {
      const onerror = () => failed(new Error(`refused or missing: ${url}`));
      Object.assign(link, { rel: "modulepreload", integrity, href: url, onload: loaded, onerror });
      document.head.append(link);
    }).finally(() => link.remove());
  }
  return import(url);
}

async function bytes(file) {
  const response = await fetch(address(file), { integrity: build.integrity[file] ?? "" });
  if (!response.ok) throw new Error(`${response.status}: ${response.url}`);
  return response;
}

/** Does something once for all elements; a failed try is forgotten, so that the next one is real. */
function once(name, begin) {
  begun[name] ??= begin().catch((error) => {
    begun[name] = undefined;
    tries++;
    throw error;
  });
  return begun[name];
}

/** Whether WebAssembly is there and allowed: a plain form stands in for it. */
function isAbleToRun() {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return false;
  }
}

/** The hashes of the chunks: in a script of their own, because a price needs none of them. */
const chunks = () =>
  once("chunks", async () => Object.assign(build.integrity, (await script("tirage_chunks.js")).chunks));

const load = (language) =>
  once("app", async () => {
    if (!isAbleToRun()) return script("tirage_form.js");
    chunks().catch(() => {});
    const files = [script("tirage_app.js"), bytes("tirage_app_bg.wasm")];
    // A page's first format of amounts takes as long as a price: while files come, nobody waits for it.
    try {
      new Intl.NumberFormat(language, { style: "currency", currency: "EUR" });
    } catch {
      // The page's language is no language: the module has its own.
    }
    const [app, wasm] = await Promise.all(files);
    shared = await app.start(wasm);
    return app;
  });

/**
 * Fetches what the module will ask for while it is on its way; it finds both in the browser's cache.
 */
async function warm({ api, product }) {
  const description = await fetch(`${api}/v1/calculators/${encodeURIComponent(product)}`);
  const { template } = await description.json();
  // Only what was read to its end is in the cache.
  await (await fetch(api + template.program)).arrayBuffer();
}

/** A part of the module that not every page needs, with what it has in common with other parts. */
const chunk = async (name) => {
  await chunks();
  const files = Object.keys(build.integrity).filter((file) => file.match(/^tirage_(.*)\.wasm$/)?.[1].split("-").includes(name));
  return Promise.all(files.map((file) => once(file, async () => {
    const [wasm] = await Promise.all([bytes(file).then((response) => response.arrayBuffer()), load()]);
    await WebAssembly.instantiate(wasm, { __wasm_split: shared });
  })));
};

/** Grey shapes about as tall as what will stand there, for elements that came without content. */
const waiting = new CSSStyleSheet();
waiting.replaceSync(
  ":host{display:block}:host([hidden]),[hidden]{display:none!important}" +
    ".skeleton{min-height:var(--tirage-height,34em);border-radius:.5em;background:color-mix(in srgb,currentcolor 6%,transparent)}" +
    "@media(prefers-reduced-motion:no-preference){.skeleton{animation:wait 1.6s infinite alternate}}@keyframes wait{to{opacity:.4}}",
);

/** Elements that could not load: they try again when another one could, or the network is back. */
const failed = new Set();

class TirageElement extends HTMLElement {
  static observedAttributes = ["product", "category", "view", "options", "theme", "locale", "api", "cart", "token"];
  static version = build.version;
  #root;
  #turn = 0;
  #seen;
  _handle;

  connectedCallback() {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: "open" });
      this.#root.adoptedStyleSheets = [waiting];
      const slot = document.createElement("slot");
      const skeleton = document.createElement("div");
      skeleton.className = "skeleton";
      slot.append(skeleton);
      this.#root.append(slot);
    }
    if (this._handle) return;
    const turn = ++this.#turn;
    if (this.getAttribute("loading") !== "lazy" || this.#seen === true) return this.#mount(turn);
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#seen.disconnect();
        this.#seen = true;
        this.#mount(turn);
      },
      { rootMargin: "300px" },
    );
    this.#seen.observe(this);
  }

  disconnectedCallback() {
    this.#turn++;
    this.#seen?.disconnect?.();
    failed.delete(this);
    // An element that is only moved is back before this runs, and keeps its answers.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this._left?.();
      this._handle?.unmount();
      this._handle = undefined;
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this._handle) return;
    if (name === "product" || name === "api") this._left?.(name === "product" ? before : undefined);
    if (!/category|view/.test(name)) return this._handle.update(this._options());
    this._left?.();
    this._handle.unmount();
    this._handle = undefined;
    this._retry();
  }

  _retry() {
    this.#mount(++this.#turn);
  }

  async #mount(turn) {
    failed.delete(this);
    const kind = this.localName.slice(7);
    try {
      // Fetched at the same time; the element asks for it again, and tells if it does not come.
      const { category, product } = this._options();
      if (kind !== "calculator") chunk("cart").catch(() => {});
      else if (!begun.app && !category) warm(this._options()).catch(() => {});
      const app = await (category && !product ? once("category", () => script("tirage_category.js")) : load(this.#language()));
      // The element may have left the page, or come back, while the module was on its way.
      if (turn !== this.#turn) return;
      this._handle = app.mount(kind, this, this.#root, this._options());
      for (const element of failed) element._retry();
    } catch (error) {
      if (turn !== this.#turn) return;
      failed.add(this);
      const skeleton = this.#root.querySelector(".skeleton");
      skeleton.className = "";
      skeleton.textContent = this.#language().startsWith("en")
        ? "This did not load. Please reload the page."
        : "Не загрузилось. Обновите страницу.";
      const detail = { source: "page", changed: [], message: String(error) };
      this.dispatchEvent(new CustomEvent("tirage:error", { detail, bubbles: true, composed: true }));
    }
  }

  _options() {
    return {
      ...Object.fromEntries([...this.attributes].map(({ name, value }) => [name, value])),
      locale: this.#language(),
      api: (this.getAttribute("api") ?? origin).replace(/\/+$/, ""),
      chunk: (name, done) => this.#chunk(name).then(() => done(), (error) => done(String(error))),
    };
  }

  /** Questions for files, and how the shop wants it to look, have scripts of their own. */
  async #chunk(name) {
    const file = `tirage_${name}.js`;
    if (!build.integrity[file]) return chunk(name);
    return (await once(name, () => script(file))).show(this, this._handle);
  }

  /** The element's own language, else the nearest one around it, also outside a shadow root. */
  #language() {
    for (let node = this; node; node = node.parentNode ?? node.host) {
      const language = (node === this && this.getAttribute("locale")) || node.lang;
      if (language) return language;
    }
    return "ru";
  }
}

/** The calculator with its page interface; whatever is called too early is done when it is there. */
class TirageCalculator extends TirageElement {
  static formAssociated = true;
  #internals = this.attachInternals();
  #calls = [];
  #ready = false;
  #kept = new Map();

  connectedCallback() {
    // Set before this script was there: own properties that hide the real ones.
    for (const name of ["state", "name"]) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (early && delete this[name]) this[name] = early.value;
    }
    super.connectedCallback();
  }

  get form() {
    return this.#internals.form;
  }
  get name() {
    return this.getAttribute("name") ?? "";
  }
  set name(name) {
    this.setAttribute("name", name);
  }
  get validity() {
    return this.#internals.validity;
  }
  get validationMessage() {
    return this.#internals.validationMessage;
  }
  checkValidity() {
    return this.#internals.checkValidity();
  }
  reportValidity() {
    return this.#internals.reportValidity();
  }

  get state() {
    return this.#read("state") ?? {};
  }
  set state(answers) {
    this.#do("write", answers, true);
  }
  get schema() {
    return this.#read("schema");
  }
  get quote() {
    return this.#read("quote");
  }
  set(answers) {
    this.#do("write", answers, false);
  }
  hold(name, message) {
    this.#do("hold", String(name), String(message ?? ""));
  }
  release(name) {
    this.#do("hold", String(name));
  }
  submit() {
    this.#do("submit");
  }
  reset() {
    this.#do("write", {}, true);
  }

  formResetCallback() {
    this.reset();
  }
  formStateRestoreCallback(answers) {
    this.#do("write", JSON.parse(answers), true);
  }

  _options() {
    return { ...super._options(), internals: this.#internals, ready: () => this.#begin() };
  }

  /** Called before the calculator of a product goes: its answers come back with it. */
  _left(product = this.getAttribute("product")) {
    const answers = this.#read("state");
    if (answers) this.#kept.set(product, answers);
    this.#ready = false;
  }

  #begin() {
    this.#ready = true;
    const kept = this.#kept.get(this.getAttribute("product"));
    if (kept) this.#do("write", kept, true);
    for (const call of this.#calls.splice(0)) this.#do(...call);
  }

  #read(what) {
    try {
      const text = this.#ready ? this._handle?.read(what) : undefined;
      return text ? JSON.parse(text) : undefined;
    } catch (error) {
      console.warn("tirage:", error);
    }
  }

  #do(name, ...values) {
    try {
      if (this.#ready && this._handle) this._handle[name](...values);
      else this.#calls.push([name, ...values.map((value) => structuredClone(value))]);
    } catch (error) {
      console.warn("tirage:", error);
    }
  }
}

const earlier = customElements.get("tirage-calculator");
if (earlier) {
  if (earlier.version !== build.version) {
    console.warn(`tirage: ${earlier.version} is on this page already, ${build.version} does nothing`);
  }
} else {
  customElements.define("tirage-calculator", TirageCalculator);
  customElements.define("tirage-cart", class extends TirageElement {});
  customElements.define("tirage-order", class extends TirageElement {});
  addEventListener("online", () => failed.forEach((element) => element._retry()));
  // Functions that were queued before this script was there, and those that come later.
  const queue = Array.isArray(window.tirage) ? window.tirage : [];
  const call = (callback) => {
    try {
      callback();
    } catch (error) {
      console.warn("tirage:", error);
    }
  };
  window.tirage = { version: build.version, push: (...callbacks) => callbacks.forEach(call) };
  queue.forEach(call);
}

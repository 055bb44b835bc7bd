// The loader: defines the elements, and fetches the module when the first one is on a page.
//
// What the page puts inside an element stays visible until the element works, and whenever it
// cannot. Everything is found beside this file, so it works from /v1/ and from /v/<version>/.

const here = new URL(".", import.meta.url);
const origin = here.origin;

let loading;

/** The module, once for all elements; a failed try is forgotten, so that the next one is real. */
function load() {
  loading ??= import("./tirage_app.js")
    .then(async (app) => (await app.default({ module_or_path: new URL("tirage_app_bg.wasm", here) }), app))
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Grey shapes about as tall as what will stand there, for elements that came without content. */
const waiting = new CSSStyleSheet();
waiting.replaceSync(
  ":host{display:block}:host([hidden]),[hidden]{display:none!important}" +
    ".skeleton{min-height:var(--tirage-height,34em);border-radius:.5em;background:color-mix(in srgb,currentcolor 6%,transparent)}" +
    "@media(prefers-reduced-motion:no-preference){.skeleton{animation:wait 1.6s ease-in-out infinite alternate}}@keyframes wait{to{opacity:.4}}",
);

class TirageElement extends HTMLElement {
  static observedAttributes = ["product", "locale", "api", "cart", "token", "shop"];
  #root;
  #handle;
  #turn = 0;

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
    if (!this.#handle) this.#mount(++this.#turn);
  }

  disconnectedCallback() {
    this.#turn++;
    // An element that is only moved is back before this runs, and keeps its answers.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#handle?.unmount();
      this.#handle = undefined;
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before !== after) this.#handle?.update(this.#options());
  }

  async #mount(turn) {
    try {
      const app = await load();
      // The element may have left the page, or come back, while the module was on its way.
      if (turn === this.#turn) {
        this.#handle = app.mount(this.localName.slice(7), this, this.#root, this.#options());
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      const skeleton = this.#root.querySelector(".skeleton");
      skeleton.className = "";
      skeleton.textContent = this.#language().startsWith("en")
        ? "This did not load. Please reload the page."
        : "Не загрузилось. Обновите страницу.";
      this.dispatchEvent(
        new CustomEvent("tirage:error", { detail: String(error), bubbles: true, composed: true }),
      );
    }
  }

  #options() {
    const options = { locale: this.#language(), api: this.getAttribute("api") ?? origin };
    for (const name of ["product", "token", "cart", "shop"]) {
      options[name] = this.getAttribute(name) ?? "";
    }
    return options;
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

for (const kind of ["calculator", "cart", "order"]) {
  const name = `tirage-${kind}`;
  if (!customElements.get(name)) customElements.define(name, class extends TirageElement {});
}

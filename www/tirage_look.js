// What a shop wants of an element that styles alone cannot do: the themes besides the neutral one,
// the shop's own file of styles, and further buttons. Fetched where an element has any of that;
// nothing is seen before.

import buttons from "./themes/buttons.css";
import compact from "./themes/compact.css";
import contrast from "./themes/contrast.css";

/** Captions, Russian and English. */
const WORDS = { cart: ["В корзину", "Add to cart"], order: ["Заказать сразу", "Order now"] };
/** What the module calls them. */
const NUMBERS = { cart: 1, order: 2 };
const SHEETS = { buttons, compact, contrast };
/** How long a file of styles is waited for: a calculator without it is better than none. */
const PATIENCE_MS = 3000;

/** By name and by address, sheets that any number of elements share. */
const sheets = new Map();
const files = new Map();
/** What each shadow root has of them. */
const worn = new WeakMap();

function own(name) {
  if (!sheets.has(name)) {
    const sheet = new CSSStyleSheet();
    // The shop's own styles come after every layer.
    sheet.replaceSync(`@layer tirage{${SHEETS[name]}}`);
    sheets.set(name, sheet);
  }
  return sheets.get(name);
}

async function load(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`the answer was ${response.status}`);
  const sheet = new CSSStyleSheet({ baseURL: response.url });
  return sheet.replace(await response.text());
}

/** The shop's own sheet; without it nothing breaks, and the console has the reason. */
async function file(address) {
  if (!address) return undefined;
  if (!files.has(address)) files.set(address, load(address));
  try {
    return await files.get(address);
  } catch (error) {
    files.delete(address);
    console.warn(`tirage: ${address} did not load, shown without these styles:`, error.message);
    return undefined;
  }
}

/** A button beside the one that goes on, held back with it. */
function button(name, label, main, handle) {
  const { lang } = main.closest("[lang]");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "main second", textContent: label || WORDS[name][lang === "en" ? 1 : 0] });
  button.setAttribute("part", name);
  button.addEventListener("click", () => handle.submit(NUMBERS[name]));
  const follow = () => (button.ariaDisabled = main.ariaDisabled);
  new MutationObserver(follow).observe(main, { attributeFilter: ["aria-disabled"] });
  follow();
  return button;
}

/** The buttons that the shop wants besides the usual one. */
function furnish(element, { dataset }, main, handle) {
  const wanted = [];
  if (dataset.cart_button === "true" && dataset.continue_label) wanted.push(button("cart", "", main, handle));
  const leads = dataset.order_page || element.getAttribute("cart");
  if (dataset.order_button === "true" && leads) wanted.push(button("order", dataset.order_label, main, handle));
  main.after(...wanted);
}

/** Dresses an element as the data of its body say. */
export async function show(element, handle) {
  const root = element.shadowRoot;
  const body = root.querySelector(".tirage");
  const { dataset, style } = body;
  const isEditor = element.getAttribute("view") === "editor";
  const words = [element.getAttribute("theme"), dataset.theme, isEditor && "compact"].join(" ");
  const first = (...known) => words.split(" ").find((word) => known.includes(word)) ?? "";
  const scheme = first("light", "dark", "auto");
  style.colorScheme = scheme === "auto" ? "light dark" : scheme;
  dataset.look = first("neutral", "contrast", "compact");
  const main = root.querySelector("[part=add-to-cart]");
  if (main) furnish(element, body, main, handle);
  const { look } = dataset;
  const address = isEditor ? dataset.style_editor : dataset.style_page;
  const wanted = [own("buttons"), SHEETS[look] && own(look), await file(address)];
  const others = root.adoptedStyleSheets.filter((sheet) => !worn.get(root)?.includes(sheet));
  worn.set(root, wanted.filter(Boolean));
  root.adoptedStyleSheets = [...others, ...worn.get(root)];
}

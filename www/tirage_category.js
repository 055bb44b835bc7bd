// A category: its products in one calculator, chosen by what they differ in or from a list. Several
// positions, each a product with answers of its own, are priced together and go into the cart as
// one group. The loader fetches it where an element names a category and no product.
//
// It has the interface of the module, `mount` and the handle that the loader keeps, and is made of
// ordinary calculators, of which it knows what any page knows.

/** Words of ours, Russian and English. */
const WORDS = {
  product: ["Товар", "Product"],
  none: ["Такого сочетания нет: {names}", "There is no such product: {names}"],
  nearest: ["Ближайший товар: {name}. Что изменится: {changes}", "The nearest product: {name}. What changes: {changes}"],
  instead: ["{name} — «{now}» вместо «{before}»", "{name}: {now} instead of {before}"],
  take: ["Выбрать: {name}", "Choose: {name}"],
  open: ["Изменить", "Change"],
  copy: ["Повторить", "Duplicate"],
  remove: ["Убрать", "Remove"],
  add: ["Добавить товар", "Add a product"],
  total: ["Всего", "Total"],
  nothing: ["Цены нет", "No price"],
  wait: ["Не у всех есть цена", "Not all have a price"],
  currencies: ["Валюты разные: {names}", "Several currencies: {names}"],
  cart: ["В корзину", "Add to cart"],
  all: ["Всё в корзину", "Add all to cart"],
  save: ["Сохранить изменения", "Save changes"],
  order: ["Заказать сразу", "Order now"],
  inCart: ["Добавлено в корзину", "Added to the cart"],
  openCart: ["Открыть корзину", "Open the cart"],
  is: ["Цена: {price}", "The price is {price}"],
  added: ["Добавлено: {name}", "Added: {name}"],
  removed: ["Убрано: {name}", "Removed: {name}"],
  failed: ["Не загрузилось", "This did not load"],
  again: ["Попробовать ещё раз", "Try again"],
};

/** Views that every category has. */
const USUAL_VIEWS = [undefined, "page", "editor"];
/** How many values are shown side by side; more of them make a list. */
const FEW = 6;
/** Where the cart is kept, and what an address says to open a group of it. */
const CART = "tirage.cart";
const GROUP = "#tirage-group=";

const CSS = `.group{--text:var(--tirage-text,light-dark(#191a1c,#f1efeb));--muted:var(--tirage-muted,light-dark(#63666d,#a3a6ad));--surface:var(--tirage-surface,light-dark(#fff,#17181b));--line:var(--tirage-line,light-dark(#dcdcd8,#3a3d43));--edge:var(--tirage-edge,light-dark(#86898f,#7f838b));--accent:var(--tirage-accent,light-dark(#2a48d8,#9db0ff));--error:var(--tirage-error,light-dark(#b3261e,#ffb0a6));--radius:var(--tirage-radius,.5em);all:initial;display:grid;gap:1.25em;container-type:inline-size;color-scheme:inherit;color:var(--text);font:var(--tirage-font-size,16px)/1.45 var(--tirage-font,system-ui,sans-serif)}
:host{color-scheme:light dark}:host([theme~=light]){color-scheme:light}:host([theme~=dark]){color-scheme:dark}[hidden]{display:none!important}*{box-sizing:border-box}
ol,h3,p,fieldset{margin:0;padding:0;border:0;min-width:0;list-style:none}button,select{font:inherit;color:inherit;margin:0}button,select,label{cursor:pointer}
:focus-visible,label:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}label :focus-visible{outline:none}
.positions{display:grid;gap:1.25em}.position,.choices{display:grid;gap:1em}.position+.position{padding-top:1.25em;border-top:1px solid var(--line)}
.head,.ways{display:flex;flex-wrap:wrap;gap:.25em 1em;align-items:baseline}h3{font-size:1.0625em;flex:1 1 8em;overflow-wrap:anywhere}.head data{font-weight:600}
.quiet{min-height:1.75em;padding:.25em 0;border:0;background:none;font-size:.875em;color:var(--muted);text-decoration:underline;text-underline-offset:.2em}.quiet:hover{color:var(--accent)}
legend,.name{display:block;padding:0;margin-bottom:.375em;font-weight:600;font-size:.9375em}
.values{display:grid;gap:.5em;grid-template-columns:repeat(auto-fill,minmax(min(100%,10em),1fr))}
.values label{display:flex;gap:.625em;align-items:center;min-height:2.75em;padding:.5em .75em;background:var(--surface);border:1px solid var(--line);border-radius:var(--radius)}
.values input{flex:none;width:1.125em;height:1.125em;margin:0;accent-color:var(--accent)}.values label:hover{border-color:var(--text)}.values :has(:checked){border-color:var(--accent);background:color-mix(in srgb,var(--accent) 9%,var(--surface));box-shadow:inset 0 0 0 1px var(--accent)}.values [data-none]:not(:has(:checked)){border-style:dashed;color:var(--muted)}
select{width:100%;min-height:2.75em;padding:.5em .75em;background:var(--surface);border:1px solid var(--edge);border-radius:var(--radius)}
.wrong,.note{color:var(--error)}.wrong:empty,.note:empty{display:none}.nearest{display:grid;gap:.5em}.nearest:empty{display:none}
.foot{position:sticky;bottom:0;z-index:2;display:grid;gap:.25em 1em;grid-template-columns:1fr auto;align-items:center;padding:.75em 0 max(.75em,env(safe-area-inset-bottom));background:var(--surface);border-top:1px solid var(--edge)}
small{color:var(--muted)}small,.note,.done{font-size:.8125em}.note,.done{grid-column:1/-1}.done a{color:var(--accent);margin-inline-start:.75em}.done{color:var(--tirage-good,light-dark(#176b3a,#7fdca4))}
.sum{display:block;font-size:1.75em;line-height:1.15;font-weight:700}
.main{min-height:3em;padding:.75em 1.5em;border:0;border-radius:var(--radius);background:var(--accent);color:var(--tirage-on-accent,light-dark(#fff,#10131f));font-weight:600}.main[aria-disabled=true]{opacity:.6;cursor:default}
.second{background:none;color:var(--accent);border:1px solid}.go{display:flex;flex-wrap:wrap;gap:.5em;justify-content:end}
.add,.take{justify-self:start;min-height:2.75em;padding:.5em 1em;border:1px dashed var(--edge);border-radius:var(--radius);background:none}.add:hover,.take{color:var(--accent)}.take{border:1px solid;font-weight:600}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.group:not([data-plain]) tirage-calculator::part(add-to-cart),tirage-calculator::part(cart),tirage-calculator::part(order),tirage-calculator::part(added),tirage-calculator::part(share){display:none}
@container(max-width:46em){tirage-calculator::part(bar){position:static;box-shadow:none}}`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer tirage{${CSS}}`);

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Exact: decimals as texts, added digit by digit. */
export function sum(amounts) {
  const places = Math.max(...amounts.map((amount) => amount.split(".")[1]?.length ?? 0));
  let whole = 0n;
  for (const amount of amounts) {
    const [digits, rest = ""] = amount.split(".");
    whole += BigInt(digits + rest.padEnd(places, "0"));
  }
  const digits = String(whole < 0n ? -whole : whole).padStart(places + 1, "0");
  const point = digits.length - places;
  const rest = digits.slice(point).replace(/0+$/u, "");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, point)}${rest && `.${rest}`}`;
}

/** Whether WebAssembly is there and allowed; without it calculators are forms, which have no cart. */
function isAbleToRun() {
  try {
    return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  } catch {
    return false;
  }
}

/** Storage may be forbidden, full, or somebody else's. */
function stored(storage, name) {
  try {
    return JSON.parse(globalThis[storage].getItem(name));
  } catch {
    return undefined;
  }
}

/** Parts of the inner calculators that a page may style through this one. */
const PARTS = "fields,field,label,remark,input,select,option,switch,stepper,price,bar,total,runs,lines";

const listed = (value) => (Array.isArray(value) ? value : []);

function press(name, text, act, label) {
  return el("button", { type: "button", class: name, part: name, "aria-label": label, onclick: act }, text);
}

class Category {
  #host;
  #root;
  #options;
  #life = new AbortController();
  #category;
  /** The options of the category in this view, and with what the page says of them. */
  #stored;
  #shop = {};
  /** Whether the buyer leaves for the order once all is in the cart. */
  #leaves = false;
  #products;
  #positions = [];
  /** The position that is open: of the others only the head is shown. */
  #open;
  #holds = new Map();
  /** The group in the cart, whether it is there, and whether it is there as it is. */
  #group = crypto.getRandomValues(new Uint32Array(4)).join("-");
  #isInCart = false;
  #isKept = false;
  /** Calculators on their way into the cart, one after another. */
  #onTheirWay = [];
  #numbers = 0;
  #isWelcome = false;
  /** What all positions come to, and why there is no price or nobody may go on. */
  #known = {};
  #problem = "";
  #isAble = isAbleToRun();
  #language = "ru";
  #body = el("div", { class: "group tirage", part: "body" });
  #list = el("ol", { class: "positions", part: "positions" });
  #said = el("p", { class: "said", role: "status" });
  #shown = {};

  constructor(host, root, options) {
    this.#host = host;
    this.#root = root;
    this.#options = options;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    root.append(this.#body);
    this.#body.toggleAttribute("data-plain", !this.#isAble);
    for (const name of ["ready", "change", "price", "invalid", "continue", "cart"]) {
      this.#body.addEventListener(`tirage:${name}`, (event) => this.#hear(name, event));
    }
    this.#load();
  }

  // What the loader calls.

  update(options) {
    this.#options = options;
    if (this.#category) this.#draw();
  }

  unmount() {
    this.#life.abort();
    this.#body.remove();
    this.#slot(true);
  }

  read(what) {
    const each = (name) => this.#positions.map(({ inner }) => inner[name] ?? null);
    if (what === "state") return JSON.stringify(this.#state());
    if (what === "quote") return JSON.stringify({ ...this.#known, positions: each("quote") });
    return JSON.stringify({ ...this.#category, products: this.#products, positions: each("schema") });
  }

  /** All positions anew, or more of them; answers alone are those of the open position. */
  write(value, all) {
    const positions = value?.positions ?? (all ? [] : undefined);
    if (!positions) return this.#open.inner.set(value);
    const wrong = Array.isArray(positions) ? positions.filter((one) => !this.#find(one)) : [positions];
    if (wrong.length) return console.warn("tirage: no such positions, left as they were:", wrong, this.#host);
    if (all) this.#positions.splice(0).forEach(({ item }) => item.remove());
    for (const one of positions) this.#add(one);
    if (!this.#positions[0]) this.#add(this.#products[0]);
    this.#open = this.#positions.at(all ? 0 : -1);
    this.#draw();
    this.#changed("page", [], this.#open);
  }

  hold(name, message) {
    this.#holds.delete(name);
    if (message !== undefined) this.#holds.set(name, message);
    this.#follow("page");
  }

  submit() {
    this.#goOn("page");
  }

  // Loading.

  async #load() {
    const { signal } = this.#life;
    const { category: key, view } = this.#own();
    try {
      const answer = await fetch(`${this.#options.api}/v1/categories/${encodeURIComponent(key)}`, { signal });
      if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
      const category = await answer.json();
      const shown = category.views.find((known) => known.key === view) ?? (USUAL_VIEWS.includes(view) && {});
      this.#products = category.products.filter(({ product }) => shown && (shown.products?.includes(product) ?? true));
      if (!this.#products.length) throw new Error(`no product in the view "${view}" of "${key}"`);
      this.#category = category;
      this.#stored = { ...category.options, ...shown.options };
      this.#begin();
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** The positions of the group that the address asks for, those of before a reload, or one. */
  #begin() {
    const lines = listed(stored("localStorage", CART)?.items).filter((item) => GROUP + item?.group?.id === location.hash);
    this.#isInCart = Boolean(lines[0]);
    if (lines[0]) this.#group = lines[0].group.id;
    const before = lines[0] ? lines : listed(stored("sessionStorage", this.#place())?.positions);
    for (const one of before.filter((one) => this.#find(one))) this.#add(one);
    if (!this.#positions[0]) this.#add(this.#products[0]);
    this.#open = this.#positions[0];
    this.#draw();
  }

  #place() {
    return `tirage.category.${this.#category.category}`;
  }

  #fail(error) {
    const again = press("main", this.#word("again"), () => this.#load());
    this.#body.replaceChildren(el("p", { class: "wrong" }, this.#word("failed")), again);
    this.#slot(true);
    this.#emit("error", "page", { message: String(error) });
  }

  /** Shows what the page put inside the element, or not; never again what stood in for it. */
  #slot(on) {
    const slot = this.#root.querySelector("slot");
    slot?.toggleAttribute("hidden", !on);
    slot?.firstElementChild?.toggleAttribute("hidden", true);
  }

  // Positions.

  #find(one) {
    return this.#products.find(({ product }) => product === one?.product);
  }

  #add({ product, answers }, after) {
    const inner = el("tirage-calculator", { product, part: "product", exportparts: PARTS });
    const found = this.#find({ product });
    const position = { number: ++this.#numbers, inner, answers, product: found, wanted: { ...found.attributes } };
    position.head = el("div", { class: "head" });
    position.choices = el("div", { class: "choices" });
    position.item = el("li", { class: "position", part: "position" }, position.head, position.choices, inner);
    this.#dress(inner);
    if (answers) inner.state = answers;
    const at = after ? this.#positions.indexOf(after) + 1 : this.#positions.length;
    this.#list.insertBefore(position.item, this.#list.children[at] ?? null);
    this.#positions.splice(at, 0, position);
    return position;
  }

  /** What the page says of the whole element. */
  #own() {
    const { locale, api } = this.#options;
    const own = ["category", "view", "options", "theme"].map((name) => [name, this.#host.getAttribute(name)]);
    return { locale, api, ...Object.fromEntries(own.filter(([, value]) => value)) };
  }

  #dress(inner) {
    for (const [name, value] of Object.entries(this.#own())) inner.setAttribute(name, value);
  }

  /** Another product in the same position; what both ask stays answered. */
  #change(position, product) {
    const { inner } = position;
    const answers = inner.state;
    position.product = product;
    const carry = () => {
      const fits = ([key, answer]) => {
        const known = inner.schema?.parameters.find((parameter) => parameter.key === key);
        return known && [answer].flat().every((one) => known.values?.some((value) => value.key === one) ?? true);
      };
      inner.set(Object.fromEntries(Object.entries(answers).filter(fits)));
    };
    // The element can be read once the listeners of this event are through.
    inner.addEventListener("tirage:ready", () => queueMicrotask(carry), { once: true });
    inner.setAttribute("product", product.product);
    this.#drawHead(position);
    this.#changed("buyer", [], position);
  }

  #another(one, after) {
    const added = this.#add(one, after);
    this.#show(added);
    this.#tell(this.#word("added", { name: this.#title(added) }));
    this.#changed("buyer", [], added);
  }

  #remove(position) {
    const at = this.#positions.indexOf(position);
    const name = this.#title(position);
    this.#positions.splice(at, 1);
    position.item.remove();
    this.#show(this.#positions[Math.min(at, this.#positions.length - 1)]);
    this.#tell(this.#word("removed", { name }));
    this.#changed("buyer", [], this.#open);
  }

  /** Opens a position, and puts the focus where it begins. */
  #show(position) {
    this.#open = position;
    this.#draw();
    position.head.querySelector("h3").focus();
  }

  #title(position) {
    const n = this.#positions.indexOf(position) + 1;
    return `${n}. ${this.#text(position.product.name)}`;
  }

  #state() {
    const positions = this.#positions.map(({ inner, product, answers }) => ({
      product: product.product,
      answers: inner.schema ? inner.state : (answers ?? {}),
    }));
    return { positions };
  }

  // What is shown.

  #draw() {
    this.#language = this.#options.locale.startsWith("en") ? "en" : "ru";
    this.#body.lang = this.#language;
    this.#look();
    const cart = this.#host.getAttribute("cart");
    const shown = {
      sum: el("data", { class: "sum", part: "sum", "data-testid": "sum" }),
      main: press("main", "", () => this.#goOn("buyer")),
      others: this.#others(),
      note: el("p", { class: "note", part: "hold" }),
      done: el("p", { class: "done", part: "done" }, this.#word("inCart")),
      add: press("add", this.#word("add"), () => this.#another(this.#products[0])),
    };
    if (cart) shown.done.append(el("a", { href: cart }, this.#word("openCart")));
    const sum = el("p", {}, el("small", {}, this.#word("total")), shown.sum);
    const go = el("div", { class: "go" }, shown.main, ...shown.others);
    const foot = el("div", { class: "foot", part: "foot" }, sum, go, shown.note, shown.done);
    this.#shown = shown;
    this.#body.replaceChildren(this.#list, ...(this.#isAble ? [shown.add, foot, this.#said] : []));
    for (const position of this.#positions) {
      this.#dress(position.inner);
      this.#drawHead(position);
      this.#drawChoices(position);
    }
    this.#follow("page");
  }

  #drawHead(position) {
    const way = (word, act) => {
      const text = this.#word(word);
      return press("quiet", text, act, `${text}: ${this.#title(position)}`);
    };
    const ways = [way("copy", () => this.#another(this.#state().positions[this.#positions.indexOf(position)], position))];
    if (this.#open !== position) ways.unshift(way("open", () => this.#show(position)));
    if (this.#positions[1]) ways.push(way("remove", () => this.#remove(position)));
    position.subtotal = el("data", { part: "subtotal" });
    const heading = el("h3", { tabindex: "-1" }, this.#title(position));
    position.head.replaceChildren(heading, position.subtotal, el("div", { class: "ways" }, ...ways));
    position.head.hidden = !this.#isAble;
  }

  #drawChoices(position) {
    const { attributes } = this.#category;
    position.wrong = el("p", { class: "wrong", part: "none" });
    position.nearest = el("div", { class: "nearest", part: "nearest" });
    const product = { key: "", name: WORDS.product, values: this.#products.map(({ product, name }) => ({ key: product, name })) };
    const asked = attributes.length ? attributes : [product];
    const controls = this.#products.length > 1 ? asked.map((attribute) => this.#control(position, attribute)) : [];
    position.choices.replaceChildren(...controls, position.wrong, position.nearest);
    this.#mark(position);
  }

  /** A question for an attribute, or for the product itself where there are none. */
  #control(position, { key, name, values }) {
    const isSold = (value) => !key || this.#products.some((product) => product.attributes[key] === value.key);
    const chosen = key ? position.wanted[key] : position.product.product;
    const title = key ? this.#text(name) : this.#word("product");
    const pick = (value) => (key ? this.#pick(position, key, value) : this.#change(position, this.#find({ product: value })));
    const sold = values.filter(isSold);
    if (sold.length > FEW) {
      const options = sold.map((value) => el("option", { value: value.key, selected: value.key === chosen }, this.#text(value.name)));
      const select = el("select", { part: "attribute", name: `${position.number}-${key}` }, ...options);
      select.addEventListener("change", () => pick(select.value));
      return el("label", {}, el("span", { class: "name" }, title), select);
    }
    const radio = (value) => {
      const input = el("input", { type: "radio", name: `${position.number}-${key}`, value: value.key, checked: value.key === chosen });
      input.addEventListener("change", () => pick(value.key));
      return el("label", { part: "attribute", "data-attribute": key, "data-value": value.key }, input, this.#text(value.name));
    };
    return el("fieldset", {}, el("legend", {}, title), el("div", { class: "values" }, ...sold.map(radio)));
  }

  #pick(position, key, value) {
    position.wanted[key] = value;
    position.picked = key;
    const found = this.#match(position.wanted);
    if (found && found !== position.product) this.#change(position, found);
    this.#mark(position);
    this.#follow("buyer");
  }

  #match(wanted) {
    return this.#products.find(({ attributes }) => this.#category.attributes.every(({ key }) => attributes[key] === wanted[key]));
  }

  /** What of a wanted combination a product has otherwise. */
  #differences({ attributes }, wanted) {
    return this.#category.attributes.filter(({ key }) => attributes[key] !== wanted[key]);
  }

  /** Of the products that have what was chosen last, the first with the fewest differences. */
  #nearest({ wanted, picked }) {
    const fits = this.#products.filter(({ attributes }) => attributes[picked] === wanted[picked]);
    const far = (product) => this.#differences(product, wanted).length;
    return fits.sort((one, other) => far(one) - far(other))[0];
  }

  /** Offers the nearest product, and says what it has otherwise. */
  #offer(position) {
    const { wanted, nearest, choices, number } = position;
    const found = this.#nearest(position);
    const others = this.#differences(found, wanted);
    const named = (values, key) => this.#text(values.find((value) => value.key === key).name);
    const change = ({ key, name, values }) => this.#word("instead", {
      name: this.#text(name),
      now: named(values, found.attributes[key]),
      before: named(values, wanted[key]),
    });
    const name = this.#text(found.name);
    const sentence = this.#word("nearest", { name, changes: others.map(change).join("; ") });
    const take = () => {
      position.wanted = { ...found.attributes };
      this.#change(position, found);
      this.#drawChoices(position);
      this.#follow("buyer");
      // To where it became another one: the button is gone.
      choices.querySelector(`[name="${number}-${others[0].key}"]:is(:checked, select)`).focus();
    };
    const id = `nearest-${number}`;
    const button = press("take", this.#word("take", { name }), take);
    button.setAttribute("aria-describedby", id);
    nearest.replaceChildren(el("p", { id }, sentence), button);
    return sentence;
  }

  /** Says where a combination leads to no product. */
  #mark(position) {
    const { wanted, wrong, choices, inner, nearest } = position;
    for (const label of choices.querySelectorAll("[data-attribute]")) {
      const { attribute, value } = label.dataset;
      label.toggleAttribute("data-none", Boolean(attribute) && !this.#match({ ...wanted, [attribute]: value }));
    }
    position.isSold = Boolean(this.#match(wanted));
    const isOpen = this.#open === position;
    choices.hidden = !isOpen;
    inner.hidden = !isOpen || !position.isSold;
    wrong.textContent = "";
    nearest.replaceChildren();
    if (position.isSold) return;
    const named = this.#category.attributes.map(({ key, values }) => this.#text(values.find((value) => value.key === wanted[key]).name));
    wrong.textContent = this.#word("none", { names: named.join(", ") });
    this.#tell(`${wrong.textContent}. ${this.#offer(position)}`);
  }

  /** Shows, tells and keeps what all positions come to now. */
  #follow(source) {
    if (!this.#category) return;
    const priced = this.#positions.map((position) => {
      const quote = position.isSold ? position.inner.quote : undefined;
      return { position, total: quote?.runs[0]?.total, currency: quote?.currency };
    });
    for (const { position, total, currency } of priced) {
      position.subtotal.value = total ?? "";
      position.subtotal.textContent = total === undefined ? "—" : this.#money(total, currency);
    }
    const currencies = [...new Set(priced.map(({ currency }) => currency))];
    const isWhole = priced.every(({ total }) => total);
    const isMixed = isWhole && currencies.length > 1;
    const known = isWhole && !isMixed ? { currency: currencies[0], total: sum(priced.map(({ total }) => total)) } : {};
    const why = this.#held() ?? (isMixed ? this.#word("currencies", { names: currencies.join(", ") }) : "");
    const wrong = this.#positions.find(({ inner }) => !inner.validity.valid);
    const problem = why || (isWhole ? (wrong?.inner.validationMessage ?? "") : this.#word("wait"));
    this.#showSum(known, why);
    const before = { total: this.#known.total, problem: this.#problem };
    this.#known = known;
    this.#problem = problem;
    this.#fill(priced);
    if (!this.#isWelcome) return;
    if (known.total && known.total !== before.total) {
      this.#tell(this.#word("is", { price: this.#money(known.total, known.currency) }));
      this.#emit("price", source, known);
    }
    if (problem && problem !== before.problem) this.#emit("invalid", source, { message: problem });
  }

  /** The options that count: what the page says, else the view and the category. */
  #look() {
    const written = this.#host.getAttribute("options");
    let own;
    try {
      own = JSON.parse(written);
    } catch (error) {
      console.warn("tirage: options:", error.message);
    }
    this.#shop = { ...this.#stored, ...own };
    const names = ["theme", "style_page", "style_editor"];
    for (const name of names) this.#body.dataset[name] = this.#shop[name] ?? "";
    const { theme, view } = this.#own();
    // The script of themes and of the shop's own styles dresses this element as any other.
    if (theme || view || names.some((name) => this.#shop[name])) this.#options.chunk("look", () => {});
  }

  #label(texts) {
    return texts ? this.#text(texts) : "";
  }

  /** Where orders are placed; nothing where nobody says. */
  #page() {
    return this.#shop.order_page ?? this.#host.getAttribute("cart");
  }

  /** Further buttons that the shop wants. */
  #others() {
    const { continue_label: own, cart_button: cart, order_button: order, order_label: label } = this.#shop;
    const second = (name, text) => press("main second", text, () => this.#goOn("buyer", name));
    return [
      ...(own && cart ? [second("cart", this.#word("cart"))] : []),
      ...(order && this.#page() ? [second("order", this.#label(label) || this.#word("order"))] : []),
    ];
  }

  #showSum({ total, currency }, why) {
    const { sum, main, others, note, done } = this.#shown;
    sum.value = total ?? "";
    sum.textContent = total ? this.#money(total, currency) : this.#word("nothing");
    const several = this.#positions[1] ? "all" : "cart";
    const label = this.#label(this.#shop.continue_label);
    const isChanged = this.#isInCart && !this.#isKept;
    main.textContent = isChanged ? this.#word("save") : label || this.#word(several);
    main.hidden = !label && this.#shop.cart_button === false;
    for (const button of [main, ...others]) button.setAttribute("aria-disabled", String(Boolean(why)));
    note.textContent = why;
    done.hidden = !this.#isKept;
  }

  /** The element's value in a form, and what a reload brings back. */
  #fill(priced) {
    const { internals } = this.#options;
    const state = JSON.stringify(this.#state());
    const group = { id: this.#group, name: this.#category.name };
    const line = ({ position: { inner, product }, total }) => ({
      product: product.product,
      template: inner.schema?.template,
      answers: inner.state,
      total,
      group,
    });
    internals.setFormValue(this.#problem ? null : JSON.stringify(priced.map(line)), state);
    internals.setValidity({ customError: Boolean(this.#problem) }, this.#problem, this.#list);
    try {
      // What is in the cart is changed from there; a reload begins anew.
      if (this.#isWelcome) sessionStorage[this.#isInCart ? "removeItem" : "setItem"](this.#place(), state);
    } catch {
      // It lives for this page only.
    }
  }

  // What happens.

  /** What an inner calculator tells is not the page's: it hears of the whole. */
  #hear(name, event) {
    const position = this.#positions.find(({ inner }) => inner === event.target);
    event.stopPropagation();
    if (!position) return;
    const { source, changed, count } = event.detail;
    if (name === "ready") queueMicrotask(() => this.#welcome());
    else if (name === "change") this.#changed(source, changed, position);
    else if (name === "cart") this.#arrive(source, count);
    else if (name !== "continue") this.#follow(source);
  }

  /** Tells the page that the calculator is there, once all of its products are. */
  #welcome() {
    this.#slot(false);
    this.#follow("page");
    if (this.#isWelcome || !this.#positions.every(({ inner }) => inner.schema)) return;
    this.#isWelcome = true;
    this.#emit("ready", "page", { category: this.#category.category });
    this.#options.ready();
    this.#known = {};
    this.#problem = "";
    this.#follow("page");
  }

  #changed(source, changed, position) {
    this.#isKept = false;
    if (this.#isWelcome) {
      this.#emit("change", source, { changed, position: this.#positions.indexOf(position), state: this.#state() });
    }
    this.#follow(source);
  }

  /** Goes on with all positions, into the cart unless the page takes them. */
  #goOn(source, button = "continue") {
    const held = this.#held();
    if (held !== undefined) return this.#tell(held);
    const wrong = this.#positions.find(({ inner, isSold, subtotal }) => !isSold || !subtotal.value || !inner.validity.valid);
    if (wrong) {
      this.#show(wrong);
      // Marks what is missing, and puts the focus there.
      if (wrong.isSold) wrong.inner.submit();
      return;
    }
    if (!this.#known.total) return this.#tell(this.#problem);
    if (!this.#emit("continue", source, { button, state: this.#state(), ...this.#known }, true)) return;
    if (button === "continue" && this.#shop.cart_button === false) return;
    this.#leaves = button === "order";
    this.#onTheirWay = this.#positions.map(({ inner }) => inner);
    this.#onTheirWay.forEach((inner, at, { length }) => {
      inner.setAttribute("group", this.#group);
      inner.setAttribute("group-name", JSON.stringify(this.#category.name));
      inner.toggleAttribute("group-begins", at === 0);
      // With the last one all of them are put into the cart.
      inner.toggleAttribute("group-ends", at === length - 1);
    });
    this.#onTheirWay[0].submit();
  }

  #arrive(source, count) {
    this.#onTheirWay.shift();
    if (this.#onTheirWay[0]) return this.#onTheirWay[0].submit();
    this.#isInCart = true;
    this.#isKept = true;
    this.#emit("cart", source, { count });
    this.#follow(source);
    this.#tell(this.#word("inCart"));
    if (this.#leaves) location.assign(this.#page());
  }

  #emit(name, source, more, cancelable = false) {
    const detail = { source, changed: [], ...more };
    return this.#host.dispatchEvent(new CustomEvent(`tirage:${name}`, { detail, cancelable, bubbles: true, composed: true }));
  }

  // Words.

  #word(name, values) {
    return WORDS[name][+(this.#language === "en")].replace(/\{(\w+)\}/gu, (_, key) => values[key]);
  }

  #text(texts) {
    return typeof texts === "string" ? texts : (texts[this.#language] ?? Object.values(texts)[0]);
  }

  /** To those who hear. */
  #tell(sentence) {
    this.#said.textContent = sentence;
  }

  /** Why the page keeps the buyer from going on: its latest word. */
  #held() {
    return [...this.#holds.values()].at(-1);
  }

  #money(amount, currency) {
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol", maximumFractionDigits: 8, trailingZeroDisplay: "stripIfInteger" };
    return new Intl.NumberFormat(this.#language, style).format(amount);
  }
}

/** As the module's: mounts the element into its shadow root. */
export function mount(kind, host, root, options) {
  return new Category(host, root, options);
}

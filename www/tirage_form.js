// The calculator without WebAssembly: a plain form of the template's questions, priced by
// `POST /v1/quote`, that can order. The loader fetches it where a browser or a policy has none.
//
// It has the interface of the module it stands for: `mount` and the handle that the loader keeps.

import { ask, forget, own, report, tell, warn } from "../src/embed/desk.js";

/** Words of ours, Russian and English. What is wrong with an answer comes from the service. */
const WORDS = {
  optional: ["необязательно", "optional"],
  choose: ["Выберите…", "Choose…"],
  price: ["Цена", "Price"],
  each: ["за штуку", "each"],
  none: ["Нет цены", "No price"],
  preliminary: ["Предварительная цена", "Preliminary price"],
  silent: ["Типография не отвечает", "The print house does not answer"],
  again: ["Попробовать ещё раз", "Try again"],
  lines: ["Состав цены", "Price in detail"],
  order: ["Оформить заказ", "Place the order"],
  who: ["Контакты и получение", "Contact and delivery"],
  organisation: ["Организация", "Organisation"],
  name: ["Имя и фамилия", "Name"],
  phone: ["Телефон", "Phone"],
  email: ["Электронная почта", "E-mail"],
  method: ["Получение", "Delivery"],
  pickup: ["Самовывоз", "Pick-up"],
  courier: ["Курьер", "Courier"],
  carrier: ["Транспортная компания", "Transport company"],
  post: ["Почта", "Post"],
  address: ["Адрес доставки", "Delivery address"],
  comment: ["Комментарий", "Comment"],
  consent: ["Согласие на обработку персональных данных", "I agree that my personal data are processed"],
  wrong: ["Проверьте: {name}", "Please check: {name}"],
  changed: ["Теперь {price}. Нажмите ещё раз, если согласны", "Now {price}. Press again to agree"],
  network: ["Нет связи, отправим позже", "No connection, sent later"],
  placed: ["Заказ {number} оформлен", "Order {number} is placed"],
};

/** Fields of the order, named as in a cart, with what the browser may fill in. */
const CONTACT = {
  organisation: ["text", "organization"],
  name: ["text", "name"],
  phone: ["tel", "tel"],
  email: ["email", "email"],
  method: ["select", "off"],
  address: ["textarea", "street-address"],
  comment: ["textarea", "off"],
  consent: ["checkbox", "off"],
};
const METHODS = ["pickup", "courier", "carrier", "post"];
const MAY_STAY_EMPTY = ["organisation", "comment"];

const CSS = `:host{color-scheme:light dark}:host([theme~=light]){color-scheme:light}:host([theme~=dark]){color-scheme:dark}
*{box-sizing:border-box;font:inherit;color:inherit;margin:0}
form{--accent:var(--tirage-accent,light-dark(#2a48d8,#9db0ff));--error:var(--tirage-error,light-dark(#b3261e,#ffb0a6));all:initial;display:grid;gap:1em;color-scheme:inherit;color:var(--tirage-text,CanvasText);font:var(--tirage-font-size,16px)/1.45 var(--tirage-font,system-ui)}
fieldset{border:0;padding:0;min-width:0}fieldset,[part=field],[role=group]{display:grid;gap:.5em}
[part=label],legend,output{font-weight:600;padding:0}output{font-size:1.5em}small{font-size:.875em}
input,select,textarea,button{background:var(--tirage-surface,Field);border:1px solid var(--tirage-edge,GrayText);border-radius:var(--tirage-radius,.5em);padding:.5em;min-height:2.75em}
[type=checkbox]{min-height:0;width:1.5em;height:1.5em;accent-color:var(--accent)}
[aria-invalid=true]{border-color:var(--error)}.bad{color:var(--error)}
dl{display:grid;grid-template-columns:1fr auto}
button{background:var(--accent);color:var(--tirage-on-accent,Canvas)}[aria-disabled=true]{opacity:.7}`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

/** How long typing may pause before it is priced. */
const PAUSE_MS = 300;
/** How soon a price of before is asked for again, doubled with every try, and how often. */
const AGAIN_MS = 2000;
const MOST_TRIES = 4;

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Every parameter of a template by its path, with the names of what it stands in. */
function parameters(template) {
  const found = new Map();
  const add = (path, names, parameter) => found.set(path, { ...parameter, names: [...names, parameter.name] });
  const section = (part, before, names) => {
    const path = `${before}${part.key}`;
    const own = [...names, part.name];
    const { repeat } = part;
    if (repeat) add(path, own, { kind: "number", name: repeat.name ?? "", min: repeat.min ?? 1, max: repeat.max });
    else if (part.optional) add(path, names, { kind: "yes-no", name: part.name, hint: part.hint });
    for (const parameter of part.parameters ?? []) add(`${path}.${parameter.key}`, own, parameter);
    for (const operation of part.operations ?? []) section(operation, `${path}.`, own);
  };
  for (const parameter of template.parameters ?? []) add(parameter.key, [], parameter);
  for (const part of [...(template.details ?? []), ...(template.operations ?? [])]) section(part, "", []);
  return found;
}

/** A number as it is sent and read: digit by digit, as a text. */
const exact = (part) => (["number", "bigint"].includes(typeof part) ? String(part) : part);

/** The path of a parameter without the numbers of repeated parts, and those numbers. */
const general = (path) => path.replace(/\.\d+(?=\.)/gu, "");
const number = (path) => path.match(/\.(\d+)\./u)?.[1];

class Form {
  /** What was asked to be shown, and where. */
  #host;
  #root;
  #options;
  #alive = new AbortController();
  /** The product, its questions by path, and the latest price. */
  #product;
  /** How the shop wants it shown; an attribute of the page lies over it. */
  #shop;
  #revision;
  #parameters;
  #quote;
  #lost = "";
  /** What the buyer and the page said. */
  #answers = {};
  #holds = new Map();
  #turn = 0;
  #timer;
  /** An order on its way, or one whose outcome is unknown. */
  #sending = false;
  #waiting;
  /** What is on the screen. */
  #form = el("form", { novalidate: true, part: "body" });
  #controls = new Map();
  #contact = new Map();
  #output;
  #each;
  #note;
  #lines;
  #message;
  #button;
  #order;

  constructor(host, root, options) {
    this.#host = host;
    this.#root = root;
    this.#options = options;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#press("buyer");
    });
    addEventListener("online", () => this.#waiting && this.#send(), { signal: this.#alive.signal });
    this.#load();
  }

  #word(name, values = {}) {
    const text = WORDS[name][this.#options.locale.startsWith("en") ? 1 : 0];
    return text.replace(/\{(\w+)\}/gu, (_, key) => values[key]);
  }
  #words(texts) {
    if (typeof texts !== "object") return texts ?? "";
    const { locale } = this.#options;
    return texts[locale] ?? texts[locale.split("-")[0]] ?? Object.values(texts)[0];
  }
  #money(text) {
    const { currency } = this.#product;
    return new Intl.NumberFormat(this.#options.locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(text);
  }

  async #get(path, body, headers) {
    const { signal } = this.#alive;
    const request = body && { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    const response = await fetch(this.#options.api + path, { ...request, signal });
    return { status: response.status, answer: await response.json() };
  }

  async #load() {
    try {
      const { product, category = "", view = "" } = this.#options;
      const found = await this.#get(`/v1/calculators/${encodeURIComponent(product)}?category=${category}&view=${view}`);
      if (found.status !== 200) throw new Error(`${found.status}: ${product}`);
      this.#product = found.answer;
      this.#shop = { ...found.answer.options, ...own(this.#options.options) };
      this.#revision = this.#product.template.revision;
      const { answer } = await this.#get(this.#product.template.url);
      this.#parameters = parameters(answer);
      await this.#price("page");
      if (!this.#quote) throw new Error(this.#lost);
      this.#show();
      report(this.#host, "ready", "product", product);
      this.#stand("page", []);
      this.#options.ready();
      if (this.#root.querySelector(".files")) this.#options.chunk("files", () => {});
    } catch (error) {
      if (this.#alive.signal.aborted) return;
      report(this.#host, "error", "message", String(error));
      (this.#root.querySelector(".skeleton") ?? {}).textContent = this.#word("none");
    }
  }

  /** Asks for a price; an answer that another one overtook is passed over. */
  async #price(source, keys = [], tries = 0) {
    clearTimeout(this.#timer);
    this.#doubt(source);
    const turn = ++this.#turn;
    const body = JSON.stringify({ template: this.#revision, answers: this.#answers, locale: this.#options.locale });
    let quote;
    let lost = "";
    try {
      const { status, answer } = await this.#get("/v1/quote", body);
      if (status === 200) quote = answer;
      else lost = answer.detail;
    } catch {
      lost = this.#word("none");
    }
    if (turn !== this.#turn || this.#alive.signal.aborted) return;
    const word = this.#take(quote, lost, tries);
    if (word === "preliminary") this.#timer = setTimeout(() => this.#price("rule", [], tries + 1), AGAIN_MS << tries);
    if (this.#output) {
      this.#refresh();
      this.#tell(word);
      this.#stand(source, keys);
    }
  }

  /** Takes an answer over; tells what is to be said of a price that the print house computes. */
  #take(quote, lost, tries) {
    const before = this.#quote?.runs[0];
    const run = quote?.runs[0];
    const isSilent = run ? run.problems.some(({ code }) => code === "source_unavailable") : Boolean(before?.standing);
    // The last price stays when there is no new one.
    const runs = isSilent && before?.standing ? [{ ...before, standing: "preliminary" }] : quote?.runs;
    if (quote || isSilent) this.#quote = { ...(quote ?? this.#quote), runs };
    this.#lost = isSilent ? "" : lost;
    const isOld = run?.standing === "preliminary";
    if (isSilent || (isOld && tries === MOST_TRIES)) return "silent";
    return isOld ? "preliminary" : "";
  }

  /** The print house's price is of other answers from now on. */
  #doubt(source) {
    const run = this.#quote?.runs[0];
    if (!this.#output || !run?.standing) return;
    run.standing = "preliminary";
    this.#tell("preliminary");
    this.#say(this.#message.textContent);
    this.#stand(source, []);
  }

  #tell(word) {
    const [text, retry] = this.#note.children;
    const isPriced = this.#quote.runs[0]?.total !== undefined;
    text.textContent = word && isPriced ? this.#word(word) : "";
    retry.hidden = word !== "silent";
  }

  // ── what is shown ──

  #show() {
    this.#output = el("output", { part: "total" });
    this.#each = el("p", { part: "unit-price" });
    this.#each.hidden = this.#shop.unit_price === false;
    const retry = el("button", { type: "button", part: "retry", hidden: true }, this.#word("again"));
    retry.addEventListener("click", () => this.#price("buyer"));
    this.#note = el("p", { part: "standing", role: "status" }, el("span"), " ", retry);
    this.#lines = el("dl", { part: "lines" });
    this.#message = el("p", { part: "problems", class: "bad", role: "alert" });
    this.#button = el("button", { part: "add-to-cart" });
    const fields = el("fieldset", { part: "fields" });
    const never = ["constant", "pass-through", this.#shop.files === false && "file"];
    for (const { parameter: path } of this.#quote.fields) {
      const parameter = this.#parameters.get(general(path));
      if (!parameter || never.includes(parameter.kind) || parameter.hidden || parameter.today) continue;
      fields.append(this.#field(path, parameter));
    }
    this.#order = el("fieldset", { part: "checkout", hidden: true }, el("legend", {}, this.#word("who")));
    for (const [name, [type, complete]] of Object.entries(CONTACT)) this.#order.append(this.#asked(name, type, complete));
    this.#order.addEventListener("change", () => this.#arrange());
    const made = el("details", {}, el("summary", {}, this.#word("lines")), this.#lines);
    const price = el("div", { part: "price" }, this.#output, this.#each, this.#note, made);
    this.#form.replaceChildren(fields, price, this.#order, this.#message, this.#button);
    this.#form.lang = this.#options.locale;
    // After the loader's own, which says what is hidden.
    this.#root.adoptedStyleSheets[1] = sheet;
    this.#root.querySelector("slot").hidden = true;
    this.#root.append(this.#form);
    this.#arrange();
    this.#refresh();
  }

  /** A labelled control with room for a hint and for what is wrong. */
  #row(id, label, control, hint, optional) {
    const remark = el("span", { class: "bad" });
    const about = el("small", { id: `${id}-about` }, hint, " ", remark);
    control.id = id;
    control.setAttribute("aria-describedby", about.id);
    const name = el("label", { part: "label", for: id }, label);
    if (optional) name.append(" ", el("small", {}, `(${this.#word("optional")})`));
    const parts = control.type === "checkbox" ? [el("div", {}, control, " ", name)] : [name, control];
    return { whole: el("div", { part: "field", "data-key": id }, ...parts, about), control, remark };
  }

  #field(path, parameter) {
    const names = parameter.names.map((name) => this.#words(name)).filter(Boolean);
    if (number(path)) names[names.length - 2] += ` ${number(path)}`;
    const unit = this.#words(parameter.unit);
    const label = [names.join(": "), unit].filter(Boolean).join(", ");
    const { kind, values = [], only, free } = parameter;
    // Of what may be free, the listed values are named beside it.
    const hint = [this.#words(parameter.hint), ...(free ? values.map(({ key }) => key) : [])].filter(Boolean).join(", ");
    const control = this.#control(parameter, label);
    const { type } = control;
    const boxes = parameter.many && [...control.querySelectorAll("input")];
    const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
    const read = () => (boxes ? chosen() : type === "checkbox" ? control.checked : this.#text(kind, control.value));
    const write = (answer) => {
      for (const box of boxes || []) box.checked = [answer].flat().includes(box.value);
      if (type === "checkbox") control.checked = answer === true;
      else control.value = answer ?? "";
    };
    const row = { ...this.#row(path, label, control, hint), parts: boxes || control.options || [control], write };
    this.#controls.set(path, row);
    control.addEventListener("input", () => {
      const answer = read();
      if (answer === "") delete this.#answers[path];
      else this.#answers[path] = answer;
      clearTimeout(this.#timer);
      this.#doubt("buyer");
      this.#timer = setTimeout(() => this.#price("buyer", [path]), PAUSE_MS);
    });
    return row.whole;
  }

  #control({ kind, values = [], only, free, many, multiline, min, max, max_length: maxlength }, label) {
    const offered = values.filter(({ hidden }) => !hidden);
    if (kind === "file") return el("div", { class: "files", role: "group", "aria-label": label });
    if (many) {
      const tick = ({ key, label }) => el("label", {}, el("input", { type: "checkbox", value: key }), " ", this.#words(label));
      return el("div", { role: "group", "aria-label": label }, ...offered.map(tick));
    }
    if (kind === "yes-no") return el("input", { type: "checkbox" });
    if (only || (values.length && !free)) return el("select", {}, ...this.#choices(only, offered));
    if (multiline) return el("textarea", { maxlength });
    return el("input", kind === "date" ? { type: kind, min, max } : { maxlength });
  }

  #choices(only, values) {
    const list = only?.map((value) => ({ key: value, label: value })) ?? values;
    return [el("option", { value: "" }, this.#word("choose")), ...list.map(({ key, label }) => {
      const text = this.#words(label);
      return el("option", { value: key, "data-label": text }, text);
    })];
  }

  /** Digits as a service reads them, whatever language they were typed in. */
  #text(kind, typed) {
    const numeric = ["number", "run", "pages"].includes(kind);
    return numeric ? typed.replace(/\s/gu, "").replace(",", ".") : typed.trim();
  }

  /** Puts the quote on the screen; what is being typed stays as it is. */
  #refresh() {
    const { fields, problems } = this.#quote;
    const [run] = this.#quote.runs;
    const wrong = [...problems, ...(run?.problems ?? [])];
    for (const { parameter: path, available, required, answer, fixed, unavailable_values: gone } of fields) {
      const row = this.#controls.get(path);
      if (!row) continue;
      row.whole.hidden = !available;
      const problem = wrong.find(({ parameter }) => parameter === path);
      row.remark.textContent = problem?.message ?? "";
      row.control.ariaInvalid = Boolean(problem);
      const { control, parts } = row;
      if (!control.role) control.ariaRequired = required;
      const typing = control.select && this.#root.activeElement === control;
      if (!typing && !problem) row.write(answer);
      for (const part of parts) {
        const without = gone.find(({ value }) => value === part.value);
        part.disabled = Boolean(without) || (fixed === true && part === control);
        const { label } = part.dataset;
        if (label) part.textContent = without?.reason ? `${label} (${this.#words(without.reason)})` : label;
      }
    }
    const total = this.#lost ? undefined : run?.total;
    this.#output.textContent = total === undefined ? this.#word("none") : `${this.#word("price")}: ${this.#money(total)}`;
    this.#output.setAttribute("value", total ?? "");
    this.#each.textContent = total === undefined ? "" : `${this.#money(run.unit_price)} ${this.#word("each")}`;
    const lines = total === undefined ? [] : run.lines;
    this.#lines.replaceChildren(...lines.flatMap(({ name, amount }) => [el("dt", {}, this.#words(name)), el("dd", {}, this.#money(amount))]));
    this.#lines.parentNode.hidden = !lines.length;
    this.#say(this.#held() ?? (this.#lost || (total === undefined ? (wrong[0]?.message ?? "") : "")));
  }

  #held() {
    return [...this.#holds.values()].at(-1);
  }

  #say(text) {
    if (this.#message.textContent !== text) this.#message.textContent = text;
    const stuck = this.#sending || this.#holds.size > 0 || this.#line() === undefined;
    this.#button.ariaDisabled = stuck;
    this.#button.textContent = this.#words(this.#shop.continue_label) || this.#word("order");
  }

  // ── what the page reads, hears and does ──

  #effective() {
    return Object.fromEntries(this.#quote.fields.flatMap(({ parameter, answer }) => (answer === undefined ? [] : [[parameter, answer]])));
  }

  #line() {
    const { total, standing } = this.#quote.runs[0] ?? {};
    if (this.#lost || total === undefined || standing === "preliminary" || this.#quote.problems.length) return undefined;
    return { product: this.#product.product, template: this.#revision, answers: this.#effective(), total };
  }

  #stand(source, keys) {
    const line = this.#line();
    const news = this.#quote.fields.map(({ parameter, answer }) => {
      const own = keys.includes(parameter) ? "!" : "";
      return `${own}${parameter}\n${answer === undefined ? "" : JSON.stringify(answer)}\n`;
    });
    const run = this.#quote.runs[0];
    const isPreliminary = run?.standing === "preliminary";
    const note = this.#note.firstChild.textContent;
    const problem = this.#held() ?? (line ? undefined : this.#message.textContent || note || this.#word("none"));
    const total = isPreliminary ? run.total : line?.total;
    const { product, template } = line ?? {};
    const head = line && !problem ? `${JSON.stringify({ product, template }).slice(0, -1)},"answers":` : undefined;
    tell(this.#host, this.#options, source, news.join(""), head, total, this.#product.currency, problem, isPreliminary);
  }

  read(what) {
    if (!this.#output) return undefined;
    if (what === "state") return JSON.stringify(this.#effective());
    if (what === "quote") return JSON.stringify(this.#quote);
    const { product, name, currency } = this.#product;
    const parameters = [...this.#parameters].map(([key, { names, ...rest }]) => ({ required: false, ...rest, key }));
    return JSON.stringify({ product, template: this.#revision, name, currency, parameters }, (_, value) => exact(value));
  }

  write(value, all, source = "page") {
    if (all) this.#answers = {};
    const keys = [];
    for (const [key, answer] of Object.entries(value ?? {})) {
      if (!this.#parameters.has(general(key))) {
        warn(this.#host, key);
        continue;
      }
      keys.push(key);
      if (answer === null || answer === undefined) delete this.#answers[key];
      else this.#answers[key] = Array.isArray(answer) ? answer.map(exact) : exact(answer);
    }
    this.#price(source, keys);
  }

  hold(name, message) {
    if (message === undefined) this.#holds.delete(name);
    else this.#holds.set(name, message);
    this.#refresh();
    this.#stand("page", []);
  }

  submit() {
    this.#press("page");
  }

  // ── ordering ──

  #asked(name, type, complete) {
    const methods = type === "select" ? METHODS : [];
    const tag = type === "select" || type === "textarea" ? type : "input";
    const control = el(tag, { type: tag === "input" && type, autocomplete: complete, maxlength: 200 },
      ...methods.map((value) => el("option", { value }, this.#word(value))));
    const row = this.#row(`order-${name}`, this.#word(name), control, "", MAY_STAY_EMPTY.includes(name));
    if (!MAY_STAY_EMPTY.includes(name)) control.ariaRequired = true;
    control.addEventListener("input", () => this.#mark(name, false));
    this.#contact.set(name, row);
    return row.whole;
  }

  /** What is picked up needs no address. */
  #arrange() {
    this.#contact.get("address").whole.hidden = this.#value("method") === "pickup";
  }

  #value(name) {
    const { control } = this.#contact.get(name);
    return control.type === "checkbox" ? control.checked : control.value.trim();
  }

  #mark(name, wrong) {
    const { control, remark } = this.#contact.get(name);
    control.ariaInvalid = wrong;
    remark.textContent = wrong ? this.#word("wrong", { name: this.#word(name) }) : "";
  }

  /** The first press asks who orders, the next ones order. */
  #press(source) {
    if (this.#button.ariaDisabled === "true") {
      this.#form.querySelector("[aria-invalid=true]")?.focus();
      return;
    }
    if (!ask(this.#host, source, "continue")) return;
    if (this.#order.hidden) {
      this.#order.hidden = false;
      this.#contact.get("organisation").control.focus();
      return;
    }
    const wrong = [...this.#contact.keys()].filter((name) =>
      !MAY_STAY_EMPTY.includes(name) && !this.#contact.get(name).whole.hidden && !this.#value(name));
    if (wrong.length) this.#marked(wrong);
    else this.#send();
  }

  #marked(names) {
    for (const name of names) this.#mark(name, true);
    this.#say(this.#word("wrong", { name: names.map((name) => this.#word(name)).join(", ") }));
    this.#contact.get(names[0]).control.focus();
  }

  #cart() {
    const line = this.#line();
    const value = (name) => this.#value(name) || undefined;
    const organisation = value("organisation");
    const method = this.#value("method");
    return JSON.stringify({
      customer: { kind: organisation ? "organisation" : "person", name: value("name"), organisation, phone: value("phone"), email: value("email") },
      shipping: { method, address: method === "pickup" ? undefined : value("address") },
      comment: value("comment"),
      consent: true,
      locale: this.#options.locale,
      lines: [line],
      total: line.total,
    });
  }

  /** One order, whatever the network does: what may have arrived is sent again byte for byte. */
  async #send() {
    if (this.#sending) return;
    this.#waiting ??= { key: crypto.randomUUID(), body: this.#cart() };
    this.#sending = true;
    this.#say("");
    let outcome;
    try {
      const { key, body } = this.#waiting;
      outcome = await this.#get("/v1/orders", body, { "idempotency-key": key });
    } catch {
      outcome = { status: 0 };
    }
    if (this.#alive.signal.aborted) return;
    this.#sending = false;
    if (outcome.status === 0 || outcome.status >= 500) this.#say(this.#word("network"));
    else {
      this.#waiting = undefined;
      this.#settle(outcome);
    }
  }

  #settle({ status, answer }) {
    if (status < 300) return this.#placed(answer);
    const [line] = answer.lines ?? [];
    if (line?.quote) {
      this.#revision = line.template?.revision ?? this.#revision;
      this.#quote = line.quote;
      this.#tell("");
      this.#refresh();
      this.#stand("rule", []);
      const total = this.#line()?.total;
      if (total !== undefined) this.#say(this.#word("changed", { price: this.#money(total) }));
      return undefined;
    }
    const pointers = (answer.errors ?? []).map(({ pointer }) => pointer);
    const names = Object.keys(CONTACT).filter((name) => pointers.some((pointer) => pointer.endsWith(`/${name}`)));
    if (names.length) return this.#marked(names);
    return this.#say(answer.detail);
  }

  #placed({ number, url }) {
    const link = el("a", { href: url, part: "placed" }, this.#word("placed", { number }));
    this.#form.replaceChildren(el("h2", {}, link));
    link.focus();
  }

  // ── life ──

  update(options) {
    const same = ["product", "api", "locale", "options"].every((name) => options[name] === this.#options[name]);
    this.#options = options;
    if (same) return;
    forget(this.#host);
    this.#output = undefined;
    this.#controls.clear();
    this.#load();
  }

  unmount() {
    clearTimeout(this.#timer);
    this.#alive.abort();
    this.#form.remove();
    this.#root.querySelector("slot").hidden = false;
  }
}

/** Shows a calculator; carts and orders need WebAssembly. */
export function mount(kind, host, root, options) {
  if (kind !== "calculator") throw new Error("this browser runs no WebAssembly here");
  return new Form(host, root, options);
}

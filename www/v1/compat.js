// Today's embeds, unchanged but for their host name: their managers, the program model of their
// calculators, and shortcodes in a page's text, all over <tirage-calculator>.
//
// What of the old model has no counterpart does nothing and says so in the console, by name.

(() => {
  const script = document.currentScript;
  const own = new URL(script.src);
  const told = new Set();
  const tell = (text) => told.has(text) || (told.add(text), console.warn(`tirage: ${text}`));
  const query = own.searchParams;
  /** An address of the web as it stands in a page, or none with a word about it. */
  const web = (address, base) => {
    const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
    if (url && /^https?:$/u.test(url.protocol)) return url;
    tell(`${address} is no address`);
    return undefined;
  };
  const css = query.get("cssLink") && web(query.get("cssLink"), own.origin);
  if (css) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: css }));
  if (query.has("photolabId")) tell("photolabId is passed over: the host name says whose calculator it is");
  if (window.tirageShortcodes) return;

  /** Shortcodes, and the calculator that each asks for. */
  const SHORTCODES = {
    calculator: "calc",
    asystemcalculator: "asystem",
    axiomcalculator: "axiom",
    poly1ccalculator: "poly1c",
    helloprintcalculator: "helloprint",
  };
  /** Constructors of embeds, likewise. */
  const MANAGERS = {
    PxpCalcManager: "calc",
    Poly1CCalcManager: "poly1c",
    AsystemCalcManager: "asystem",
    ASystemCalcManager: "asystem",
    AxiomCalcManager: "axiom",
    HelloprintCalcManager: "helloprint",
    HelloPrintCalcManager: "helloprint",
  };
  const calculators = (window.pxpCalculators ??= []);
  const known = (value) => value !== undefined && value !== null && value !== "";
  const text = (value) => (known(value) ? String(value) : "");
  const id = (value) => (/^\d+$/u.test(value) ? Number(value) : value);

  /** What a service knows of older embeds, asked once; a failure is asked again. */
  const services = {};
  const service = (api) =>
    (services[api] ??= fetch(`${api}/v1/embeds`)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
      .catch((error) => {
        services[api] = undefined;
        throw error;
      }));

  /** How well an entry answers what is asked; undefined where it does not. */
  function fit(entry, asked) {
    if (entry.category !== asked.category) return undefined;
    let score = 0;
    for (const [name, weight] of [["calculator", 16], ["config", 8]]) {
      if (!entry[name]) continue;
      if (entry[name] !== asked[name]) return undefined;
      score += weight;
    }
    if (!entry.material) return score + 2;
    if (!asked.material) return score + 1;
    return entry.material === asked.material ? score + 4 : undefined;
  }

  function best(entries, asked) {
    let [found, most] = [undefined, -1];
    for (const entry of entries) {
      const score = fit(entry, asked);
      if (score > most) [found, most] = [entry, score];
    }
    return found;
  }

  const find = (entries, asked) =>
    best(entries, asked) ?? best(entries, { ...asked, category: asked.material, material: "" });

  /** Something that the old model has and this one has not: callable at any depth, without effect. */
  const absent = (name) =>
    new Proxy(function () {}, {
      get(_, member) {
        if (typeof member === "symbol" || member === "then" || member === "toJSON") return undefined;
        return absent(`${name}.${member}`);
      },
      apply() {
        tell(`${name} is not supported`);
        return name.endsWith(".subscribe") ? { dispose() {} } : null;
      },
    });

  const model = (name, members) =>
    new Proxy(members, {
      get(own, member) {
        if (member in own || typeof member === "symbol" || member === "then" || member === "toJSON") return own[member];
        return absent(`${name}.${member}`);
      },
    });

  /** The old model of one calculator. */
  class Embed {
    observables = [];
    waiting = [];
    embeds = { products: [], languages: [] };
    ready = false;
    going = false;

    constructor(asked, element = document.createElement("tirage-calculator")) {
      this.asked = asked;
      this.element = element;
      this.name = `pxpCalculators[${calculators.length}]`;
      this.calc = this.model();
      calculators.push(this.calc);
      for (const event of ["ready", "change", "price", "invalid"]) {
        // The calculator answers only after it has told the page that it is there.
        element.addEventListener(`tirage:${event}`, () => queueMicrotask(() => this.refresh()));
      }
      element.addEventListener("tirage:cart", () => this.ordered());
    }

    observable(name, read, write) {
      const heard = new Set();
      let before = JSON.stringify(read());
      const value = (...given) => {
        if (!given.length) return read();
        if (write) write(given[0]);
        else tell(`${this.name}.${name} cannot be written`);
      };
      value.peek = read;
      value.subscribe = (call, self) => {
        const bound = (now) => call.call(self, now);
        heard.add(bound);
        return { dispose: () => heard.delete(bound) };
      };
      this.observables.push(() => {
        const now = JSON.stringify(read());
        if (now === before) return;
        before = now;
        for (const call of heard) call(read());
      });
      return value;
    }

    refresh() {
      const first = !this.ready && this.element.schema !== undefined;
      this.ready ||= first;
      if (first) for (const call of this.waiting.splice(0)) call();
      for (const look of this.observables) look();
      if (!first) return;
      for (const call of ["onCompleteLoadPxpCalc", this.asked.afterLoad]) {
        if (call && typeof window[call] === "function") window[call](this.calc);
        else if (call === this.asked.afterLoad && call) tell(`afterLoad: there is no function ${call}`);
      }
    }

    /** At once, or as soon as the calculator is there. */
    later(call) {
      if (this.ready) call();
      else this.waiting.push(call);
    }

    parameters() {
      return this.element.schema?.parameters ?? [];
    }
    run() {
      return this.element.quote?.runs[0];
    }
    runKey() {
      return this.parameters().find(({ kind }) => kind === "run")?.key;
    }
    /** What the shop's settings say for this calculator. */
    entries() {
      const { calculator } = this.asked;
      return this.embeds.products.filter((entry) => !entry.calculator || entry.calculator === calculator);
    }

    model() {
      const { name } = this;
      const total = () => this.run()?.total;
      const no = (member) => this.observable(member, () => false, () => {});
      const priced = (member) => this.observable(member, () => known(total()) && this.element.checkValidity());
      return model(name, {
        element: this.element,
        id: `${name} ${this.asked.category}`,
        materialSelector: this.materialSelector(),
        customWorkSelector: model(`${name}.customWorkSelector`, {
          finalState: this.observable("customWorkSelector.finalState", () => this.finalState()),
          loadState: (states) => this.later(() => this.loadState(states)),
        }),
        circulationSelector: model(`${name}.circulationSelector`, {
          floatQuantity: this.observable("circulationSelector.floatQuantity", () => Number(this.run()?.run ?? 0),
            (quantity) => this.later(() => this.element.set({ [this.runKey() ?? "run"]: quantity }))),
          options: this.observable("circulationSelector.options", () => (this.element.quote?.runs ?? []).map(
            ({ run, total }) => ({ quantity: Number(run), totalPrice: Number(total ?? 0) }))),
        }),
        totalPriceCalculator: model(`${name}.totalPriceCalculator`, {
          totalPrice: this.observable("totalPriceCalculator.totalPrice", () => Number(total() ?? 0)),
          totalPriceFormatted: this.observable("totalPriceCalculator.totalPriceFormatted", () => this.money(total())),
          isTotalPriceLoading: no("totalPriceCalculator.isTotalPriceLoading"),
          continueOrderClickIsEnabled: priced("totalPriceCalculator.continueOrderClickIsEnabled"),
          addToCartEnabled: priced("totalPriceCalculator.addToCartEnabled"),
          refreshPrice: () => this.refresh(),
          continueOrderClick: () => this.submit(true),
          addToCartClick: () => this.submit(false),
        }),
        isMaterialTypeUpdate: no("isMaterialTypeUpdate"),
        isMaterialUpdate: no("isMaterialUpdate"),
        inUpdate: this.observable("inUpdate", () => this.element.schema === undefined),
        info: () => this.info(),
        update: () => this.refresh(),
      });
    }

    materialSelector() {
      const named = (key, entry) => ({
        id: id(entry[key]),
        urlName: entry[key],
        title: this.words(entry.name),
        name: this.words(entry.name),
        isSelected: () => this.asked[key] === entry[key],
        select: () => this.place({ ...this.asked, material: "", [key]: entry[key] }),
      });
      const list = (key, entries) => {
        const seen = new Map();
        for (const entry of entries) if (entry[key] && !seen.has(entry[key])) seen.set(entry[key], named(key, entry));
        return [...seen.values()];
      };
      const types = () => list("category", this.entries());
      const materials = () => list("material", this.entries().filter(({ category }) => category === this.asked.category));
      const chosen = (all) => all.find((one) => one.isSelected()) ?? null;
      const observe = (member, read) => this.observable(`materialSelector.${member}`, read);
      return model(`${this.name}.materialSelector`, {
        materialTypes: observe("materialTypes", types),
        materialType: observe("materialType", () => chosen(types())),
        materialTypeId: observe("materialTypeId", () => id(this.asked.category)),
        materials: observe("materials", materials),
        material: observe("material", () => chosen(materials())),
        materialId: observe("materialId", () => (this.asked.material ? id(this.asked.material) : null)),
        haveAttrs: observe("haveAttrs", () => false),
      });
    }

    words(texts) {
      if (typeof texts === "string") return texts;
      const language = this.element.getAttribute("locale") || document.documentElement.lang || "ru";
      return texts[language.split("-")[0]] ?? Object.values(texts)[0];
    }

    money(total) {
      if (!known(total)) return "";
      const { currency } = this.element.quote;
      const language = this.element.getAttribute("locale") || document.documentElement.lang || "ru";
      return new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(total);
    }

    /** Answers as options with their positions: both are called by our keys. */
    finalState() {
      const answers = this.element.state ?? {};
      const states = [];
      for (const { key, kind } of this.parameters()) {
        const answer = answers[key];
        if (!known(answer) || answer === false || kind === "run") continue;
        const item = (ItemId, rest) => ({ ItemId, Quantity: 1, ...rest });
        let Items = [item(key)];
        if (Array.isArray(answer)) Items = answer.map((value) => item(value));
        else if (kind === "choice") Items = [item(answer)];
        else if (typeof answer === "number" || kind === "number" || kind === "pages") Items = [item(key, { Quantity: Number(answer) })];
        else if (answer !== true) Items = [item(key, { Size: { Text: answer } })];
        states.push({ WorkId: key, Items });
      }
      return states;
    }

    loadState(states) {
      const answers = {};
      const parameters = this.parameters();
      for (const { key, kind } of parameters) if (kind === "yes-no") answers[key] = false;
      for (const { WorkId, Items } of states ?? []) {
        const parameter = parameters.find(({ key }) => key === WorkId);
        const [first] = Items ?? [];
        if (!parameter || !first) {
          tell(`${this.name}.customWorkSelector.loadState: there is no option ${WorkId}`);
        } else if (parameter.kind === "choice") {
          answers[WorkId] = parameter.many ? Items.map(({ ItemId }) => ItemId) : first.ItemId;
        } else if (parameter.kind === "yes-no") {
          answers[WorkId] = true;
        } else {
          answers[WorkId] = first.Size?.Text ?? first.Quantity;
        }
      }
      this.element.set(answers);
    }

    submit(going) {
      this.going = going;
      this.later(() => this.element.submit());
    }

    /** The line is in the cart: on to its page, or the cart stands below the calculator. */
    ordered() {
      const { cart } = this.asked;
      const { going } = this;
      this.going = false;
      if (cart && going) location.assign(cart);
      if (cart || document.querySelector("tirage-cart")) return;
      const shown = document.createElement("tirage-cart");
      for (const name of ["locale", "api"]) {
        if (this.element.hasAttribute(name)) shown.setAttribute(name, this.element.getAttribute(name));
      }
      this.element.after(shown);
      if (going) shown.scrollIntoView({ block: "start" });
    }

    info() {
      const { category, material } = this.asked;
      const product = this.element.getAttribute("product");
      const { run: quantity, total } = this.run() ?? {};
      const all = { category, material, product, quantity, total, options: this.finalState() };
      console.info(`tirage: ${this.calc.id} ${JSON.stringify(all, undefined, 2)}`);
    }

    /** Shows the product that an embed asks for; `container` gets the element. */
    place(asked, container) {
      this.asked = asked;
      const { category, material, config } = asked;
      const entry = find(this.entries(), asked);
      if (!entry) {
        tell(`no product for category ${category}${material && `, material ${material}`}: name it in [[compatibility.products]]`);
        return;
      }
      if (config && config !== "default" && entry.config !== config) tell(`config ${config} has no product of its own`);
      const { languages } = this.embeds;
      const language = asked.language && languages.find(({ id }) => id === asked.language);
      if (language) this.element.setAttribute("locale", language.locale);
      else if (asked.language) tell(`languageId ${asked.language} is unknown: name it in [compatibility.languages]`);
      if (config) this.element.dataset.config = config;
      if (asked.cart) this.element.setAttribute("cart", asked.cart);
      this.element.setAttribute("product", entry.product);
      if (container) {
        // What was in it is shown until the calculator works, and whenever it cannot.
        this.element.append(...container.childNodes);
        container.append(this.element);
      }
      queueMicrotask(() => this.refresh());
    }

    /** Asks the service that the embed names, else the one this script is from. */
    async start(container) {
      const { api } = this.asked;
      import(new URL("/v1/tirage.js", own).href).catch((error) => tell(`the loader did not load: ${error}`));
      try {
        this.embeds = await service(api).catch((error) => {
          if (api === own.origin) throw error;
          tell(`apiUrl or origin ${api} is no service of calculators, ${own.origin} is asked instead`);
          this.asked.api = own.origin;
          return service(own.origin);
        });
      } catch (error) {
        tell(`${own.origin} did not say which products there are: ${error}`);
        return;
      }
      this.element.setAttribute("api", this.asked.api);
      this.place(this.asked, container);
    }
  }

  const origin = (address) => (known(address) ? (web(address, own.origin)?.origin ?? "") : "");

  /** The cart's page with what the embed wants to hand on. */
  function cartPage(address, more) {
    const url = known(address) && web(address, location.href);
    if (!url) return "";
    for (const [name, value] of Object.entries(more ?? {})) url.searchParams.set(name, value);
    return url.href;
  }

  const PARAMETERS = ["materialType", "materialTypeId", "material", "materialId", "config", "origin", "apiUrl",
    "languageId", "isMobile", "additionalQueryParams", "cart", "afterLoad"];

  function start(calculator, container, given = {}) {
    for (const name of Object.keys(given)) {
      if (!PARAMETERS.includes(name)) tell(`the parameter ${name} is not supported`);
    }
    const embed = new Embed({
      calculator,
      category: text(given.materialType ?? given.materialTypeId),
      material: text(given.material ?? given.materialId),
      config: text(given.config),
      language: text(given.languageId),
      api: origin(given.apiUrl) || origin(given.origin) || own.origin,
      cart: cartPage(given.cart ?? script.dataset.cart, given.additionalQueryParams),
      afterLoad: given.afterLoad,
    });
    embed.start(container);
    return embed.calc;
  }

  for (const [name, calculator] of Object.entries(MANAGERS)) {
    window[name] ??= function (place, given) {
      const element = typeof place === "string" ? document.getElementById(place) : (place?.[0] ?? place);
      if (element instanceof Element) return start(calculator, element, given);
      tell(`${name}: there is no element ${place}`);
    };
  }

  const SHORTCODE = /\[\$\s*([a-z0-9]+)\s*\(([^\]]*)\)\s*\$\]/giu;

  /** `category:cards, product:"12"` as an object. */
  function pairs(inside) {
    const found = {};
    for (const [, name, , quoted, bare] of inside.matchAll(/([a-z]+)\s*[:=]\s*(?:(["'])(.*?)\2|([^,]*))/giu)) {
      found[name.toLowerCase()] = (quoted ?? bare).trim();
    }
    return found;
  }

  /** Puts a calculator in the place of every shortcode in the text below `root`. */
  window.tirageShortcodes = (root = document.body) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) {
      if (walker.currentNode.data.includes("[$") && !walker.currentNode.parentNode.closest("script, style, textarea")) {
        nodes.push(walker.currentNode);
      }
    }
    for (const node of nodes) {
      for (const match of [...node.data.matchAll(SHORTCODE)].reverse()) {
        const calculator = SHORTCODES[match[1].toLowerCase()];
        if (!calculator) continue;
        node.splitText(match.index + match[0].length);
        const place = document.createElement("div");
        node.splitText(match.index).replaceWith(place);
        const { category, product, materialid, config, afterload } = pairs(match[2]);
        start(calculator, place, { materialType: category, material: product ?? materialid, config, afterLoad: afterload });
      }
    }
  };

  /** Calculators that the service has put in the place of shortcodes. */
  function adopt() {
    for (const element of document.querySelectorAll("tirage-calculator[data-calculator]")) {
      const { calculator, category = "", material = "", config = "", afterLoad } = element.dataset;
      const api = element.getAttribute("api") ?? own.origin;
      const embed = new Embed({ calculator, category, material, config, afterLoad, api, language: "", cart: element.getAttribute("cart") ?? "" }, element);
      embed.start();
    }
  }

  function begin() {
    adopt();
    if (own.pathname.endsWith("/compat.js")) window.tirageShortcodes();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

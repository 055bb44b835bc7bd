// The demo shop: plain pages around the elements. A real shop writes the elements into its HTML;
// here one page serves every product, so this script reads the address and creates them.

import { texts } from "./texts.js";

const LANGUAGE = "ottisk.language";
const CART = "tirage.cart";

const asked = new URLSearchParams(location.search).get("lang");
let language = remembered();
if (texts[asked]) remember(asked);
const page = document.body.dataset.page;
const step = decodeURIComponent(location.pathname.split("/")[2] ?? "");

function remembered() {
  try {
    const kept = localStorage.getItem(LANGUAGE);
    return texts[kept] ? kept : "ru";
  } catch {
    return "ru";
  }
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function header() {
  const own = texts[language];
  const languages = make("div", { class: "languages", role: "group", "aria-label": own.language });
  for (const [code, name] of [["ru", "Рус"], ["en", "Eng"]]) {
    const button = make("button", { type: "button", lang: code, "aria-pressed": String(code === language) }, name);
    button.addEventListener("click", () => choose(code));
    languages.append(button);
  }
  const count = make("span", { class: "count", "data-testid": "cart-count" });
  document.querySelector(".top").replaceChildren(
    make("div", { class: "inside" },
      make("a", { class: "brand", href: "/" },
        make("img", { src: "/demo/mark.svg", alt: "", width: "28", height: "28" }), own.brand),
      languages,
      make("a", { class: "to-cart", href: "/cart" }, own.cart, " ", count)),
  );
  document.querySelector(".bottom").replaceChildren(make("p", { class: "inside" }, own.footer));
  counted();
}

/** How many lines the cart has, for the header; the elements own its shape. */
function counted() {
  let count = 0;
  try {
    const cart = JSON.parse(localStorage.getItem(CART));
    count = cart?.items?.filter((item) => !item.saved).length ?? 0;
  } catch {
    // Unreadable: the cart will start empty.
  }
  const badge = document.querySelector(".count");
  badge.textContent = count || "";
  badge.hidden = !count;
}

function remember(code) {
  language = code;
  try {
    localStorage.setItem(LANGUAGE, code);
  } catch {
    // It lasts for this page.
  }
}

function choose(code) {
  remember(code);
  speak();
  document.querySelector(`.languages [lang=${code}]`).focus();
}

/** Every word of the page in the language of now; the elements follow the page's `lang`. */
function speak() {
  const own = texts[language];
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = own[element.dataset.t];
  }
  header();
  document.querySelector(".place > *")?.setAttribute("locale", language);
  document.title = { cart: `${own.cart} — ${own.brand}`, offer: `${own.offer} — ${own.brand}`, order: `${own.yourOrder} — ${own.brand}` }[page] ?? own.title;
  if (page === "product") product(own);
  if (page === "category") category(own);
  if (page === "index") catalogue(own);
}

function product(own) {
  const [name, lead] = own.product[step] ?? [step, ""];
  document.title = `${name} — ${own.brand}`;
  document.querySelector(".product-name").textContent = name;
  document.querySelector(".lead").textContent = lead;
  delete document.body.dataset.waiting;
  document.querySelector(".facts").replaceChildren(
    ...own.facts.map(([title, text]) => make("div", {}, make("h2", {}, title), make("p", {}, text))),
  );
}

function category(own) {
  const [name, lead] = own.category[step] ?? [step, ""];
  document.title = `${name} — ${own.brand}`;
  document.querySelector(".product-name").textContent = name;
  document.querySelector(".lead").textContent = lead;
  delete document.body.dataset.waiting;
}

let listed;

async function catalogue(own) {
  const list = document.querySelector(".catalogue");
  try {
    listed ??= await fetch("/v1/calculators").then((answer) => answer.json());
  } catch {
    list.replaceChildren(make("li", {}, own.unavailable));
    return;
  }
  list.replaceChildren(
    ...listed.products.map(({ product: key, name }) => {
      const [title, lead] = own.product[key] ?? [name[language] ?? name, ""];
      return make("li", {},
        make("a", { href: `/products/${encodeURIComponent(key)}` },
          make("img", { src: picture(key), alt: "", width: "480", height: "320" }),
          make("h2", {}, title),
          make("p", {}, lead),
          make("span", { class: "go" }, own.open)));
    }),
  );
  list.removeAttribute("aria-busy");
  together(own);
}

let categories;

/** A way to each category, below the products. */
async function together(own) {
  categories ??= await fetch("/v1/categories").then((answer) => answer.json(), () => ({ categories: [] }));
  const links = categories.categories.map(({ category: key, name }) => {
    const [title, lead] = own.category[key] ?? [name[language] ?? name, ""];
    return make("a", { href: `/categories/${encodeURIComponent(key)}` }, make("strong", {}, title), " ", lead);
  });
  const place = document.querySelector(".together");
  place.replaceChildren(...links);
  place.hidden = !links.length;
}

function picture(key) {
  return texts.ru.product[key] ? `/demo/${key}.svg` : "/demo/mark.svg";
}

const elements = {
  product: () => make("tirage-calculator", { product: step, cart: "/cart" }),
  category: () => make("tirage-calculator", { category: step, cart: "/cart" }),
  cart: () => make("tirage-cart", { offer: "/offer" }),
  offer: () => make("tirage-cart", { view: "offer" }),
  order: () => make("tirage-order", { token: step }),
};

if (page === "product") document.querySelector(".picture").src = picture(step);
const element = elements[page]?.();
if (element) {
  element.setAttribute("locale", language);
  document.querySelector(".place").append(element);
}
speak();
addEventListener("tirage:cart", counted);
addEventListener("storage", counted);

// A small photo editor: choose photos, say how large and how often, put them in order, order.
//
// It asks for its price as photo editors do, by `calculatePrice` with a list of materials and
// counts, and goes on through calculators, one for each size.

import { tirageCalculatePrice } from "/v1/editor.js";

const SIZES = ["9x13", "10x15", "13x18", "15x21", "20x30"];
const PRODUCT = "photo-printing";
const calculatePrice = tirageCalculatePrice({
  product: PRODUCT,
  materials: Object.fromEntries(SIZES.map((size) => [size, { size }])),
});

const find = (id) => document.querySelector(`#${id}`);
const [sheet, price, proceed] = ["sheet", "price", "continue"].map(find);
let photos = [];
let turn = 0;

function make(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/** The order as an editor tells it: how many of each material. */
function state() {
  return SIZES.map((materialId) => {
    const own = photos.filter(({ size }) => size === materialId);
    return { materialId, count: own.reduce((all, { count }) => all + count, 0) };
  }).filter(({ count }) => count > 0);
}

async function showPrice() {
  const own = ++turn;
  proceed.disabled = true;
  if (photos.length === 0) return (price.value = "No photos yet");
  try {
    const { totalPriceString, quantity } = await calculatePrice(state());
    // An answer that came late is not the price of what is there now.
    if (own !== turn) return;
    price.value = `${totalPriceString} for ${quantity} prints`;
    proceed.disabled = false;
  } catch (error) {
    if (own === turn) price.value = error.message;
  }
}

function move(photo, by) {
  const at = photos.indexOf(photo);
  const to = at + by;
  if (to < 0 || to >= photos.length) return;
  photos.splice(at, 1);
  photos.splice(to, 0, photo);
  show();
}

function row(photo) {
  const size = make("select", { ariaLabel: `Size of ${photo.name}` }, ...SIZES.map((key) => new Option(key.replace("x", " × "), key)));
  size.value = photo.size;
  size.addEventListener("change", () => { photo.size = size.value; showPrice(); });
  const count = make("input", { type: "number", min: "1", max: "999", value: photo.count, ariaLabel: `Prints of ${photo.name}` });
  count.addEventListener("input", () => {
    photo.count = Math.min(999, Math.max(1, Math.trunc(Number(count.value)) || 1));
    showPrice();
  });
  const button = (text, label, press) => {
    const made = make("button", { type: "button", textContent: text, ariaLabel: `${label} ${photo.name}` });
    made.addEventListener("click", press);
    return made;
  };
  return make("li", {},
    make("img", { src: photo.picture, alt: photo.name }),
    make("div", {}, size, count),
    make("div", {},
      button("←", "Earlier:", () => move(photo, -1)),
      button("→", "Later:", () => move(photo, 1)),
      button("×", "Remove", () => { photos = photos.filter((other) => other !== photo); show(); })));
}

function show() {
  sheet.replaceChildren(...photos.map(row));
  showPrice();
}

function add(name, picture) {
  photos.push({ name, picture, size: "10x15", count: 1 });
  show();
}

find("files").addEventListener("change", ({ target }) => {
  for (const file of target.files) {
    const reader = new FileReader();
    reader.addEventListener("load", () => add(file.name, reader.result));
    reader.readAsDataURL(file);
  }
  target.value = "";
});
find("sample").addEventListener("click", () => add(`Sample ${photos.length + 1}`, "/demo/photo-printing.svg"));

/** Puts one line into the cart, through a calculator that is answered like a buyer's. */
function order({ materialId, count }) {
  const calculator = document.createElement("tirage-calculator");
  calculator.setAttribute("product", PRODUCT);
  return new Promise((done, failed) => {
    calculator.addEventListener("tirage:cart", done, { once: true });
    calculator.addEventListener("tirage:error", ({ detail }) => failed(new Error(detail.message)), { once: true });
    calculator.set({ size: materialId, run: count });
    calculator.submit();
    find("calculators").append(calculator);
  }).finally(() => calculator.remove());
}

proceed.addEventListener("click", async () => {
  proceed.disabled = true;
  try {
    for (const line of state()) await order(line);
    location.assign("/cart");
  } catch (error) {
    price.value = error.message;
    proceed.disabled = false;
  }
});

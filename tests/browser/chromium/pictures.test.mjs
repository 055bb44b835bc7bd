// The pictures of `docs/screens.md`: each screen as a buyer or an administrator sees it, checked by
// axe, and not wider than what it is shown on.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { enter, order } from "../support/administrator.mjs";
import { darken } from "../support/browser.mjs";
import { follow, press, untilExact, write } from "../support/buyer.mjs";
import { scenario } from "../support/scenario.mjs";
import { byRole, deep, textOf, until, untilReads } from "../support/wait.mjs";

const PICTURES = fileURLToPath(new URL("../../../docs/screenshots", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../../../examples", import.meta.url));
/** More of the demo shop's products. */
const MORE = ["brochures", "banners", "wall-calendars"].map(product).join("");
const STICKERS = product("stickers-and-lettering", 9);
const CATEGORY = await readFile(fileURLToPath(new URL("../../../xtask/src/service/category.toml", import.meta.url)), "utf8");
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };

function product(key, at) {
  return `[[products]]\nkey = "${key}"\ntemplate = "${EXAMPLES}/${key}.json"\nposition = ${at + 9}\n`;
}

async function picture(page, name, { whole = false } = {}) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {})));
  });
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  assert.equal(await page.evaluate(overflow), 0, `${name} is too wide`);
  assert.deepEqual(await violations(page), [], name);
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.webp`), type: "webp", quality: 80, fullPage: whole });
}

/** The calculator of a product, once it shows a price. */
async function calculator(stage, shop, product, options) {
  const page = await stage.page(`${shop.url}/products/${product}?lang=en`, options);
  await byRole(page, "button", "Add to cart");
  // What follows from the answers comes one fetch after the price.
  await until("the rest", () => page.$eval("tirage-calculator", (element) => element.quote !== undefined));
  return page;
}

/** Brings the calculator to the top of the screen. */
function calculate(page) {
  return page.$eval(".calculate", (section) => section.scrollIntoView({ behavior: "instant" }));
}

async function cards(stage, shop, options) {
  const page = await calculator(stage, shop, "business-cards", options);
  await write(page, "Run", "600");
  await press(page, "switch", "Rounded corners");
  await untilExact(page, "total", "2928");
  return page;
}

scenario("pictures of the themes", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await calculate(page);
  const size = () => page.$eval("tirage-calculator", ({ shadowRoot }) => getComputedStyle(shadowRoot.querySelector(".tirage")).fontSize);
  for (const theme of ["contrast", "compact"]) {
    const before = await size();
    await page.$eval("tirage-calculator", (element, theme) => element.setAttribute("theme", theme), theme);
    // Its style comes in a file of its own; the compact one has smaller letters.
    await until(theme, () => page.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.querySelector(".tirage").checkVisibility({ visibilityProperty: true })));
    if (theme === "compact") await until("smaller letters", async () => (await size()) !== before);
    else await until("its style", () => page.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.adoptedStyleSheets.length > 2));
    await picture(page, `theme-${theme}`);
  }
});

scenario("pictures of the shop", async (stage) => {
  const shop = await stage.shop({ more: MORE });
  const page = await stage.page(`${shop.url}/?lang=en`);
  await until("the catalogue", async () => (await page.$$(".catalogue img")).length > 5);
  await picture(page, "catalogue", { whole: true });
});

scenario("pictures of the calculator", async (stage) => {
  const shop = await stage.shop({ more: MORE + STICKERS });
  const desktop = await cards(stage, shop);
  await calculate(desktop);
  await picture(desktop, "product-desktop");
  await darken(desktop);
  await picture(desktop, "product-dark");
  const phone = await cards(stage, shop, { viewport: PHONE });
  await calculate(phone);
  await picture(phone, "product-phone");

  const brochures = await calculator(stage, shop, "brochures");
  await calculate(brochures);
  await picture(brochures, "details", { whole: true });
  await (await deep(brochures, "summary")).click();
  const why = await deep(brochures, "details[open]");
  await untilReads(() => why, /\d/u);
  await why.evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
  await picture(brochures, "explanation");

  const stickers = await calculator(stage, shop, "stickers-and-lettering");
  await calculate(stickers);
  await write(stickers, "Run", "0");
  await untilReads(() => deep(stickers, '[part="problems"]'), /\S/u);
  await picture(stickers, "problems");
});

scenario("pictures of a comparison and of a category", async (stage) => {
  const shop = await stage.shop({ more: MORE + CATEGORY });
  const page = await calculator(stage, shop, "business-cards");
  await press(page, "button", "Keep to compare");
  await byRole(page, "table", "Comparison");
  await write(page, "Run", "600");
  await press(page, "switch", "Rounded corners");
  await untilExact(page, "total", "2928");
  await calculate(page);
  await picture(page, "comparison");

  await page.goto(`${shop.url}/categories/print?lang=en`);
  await until("the category", () => page.$eval("tirage-calculator", (element) => element.quote?.total));
  await page.$eval("tirage-calculator", (element) => element.set({ positions: [{ product: "photo-printing" }] }));
  await until("both prices", () => page.$eval("tirage-calculator", (element) => element.quote?.positions[1] && element.quote.total));
  await calculate(page);
  await picture(page, "category");
  await press(page, "button", "Add all to cart");
  await byRole(page, "link", "Open the cart");
  await page.setViewport(PHONE);
  await calculate(page);
  await picture(page, "category-phone");
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${shop.url}/cart`);
  await deep(page, '[part="group"]');
  await picture(page, "cart-group", { whole: true });
});

scenario("pictures of the cart, the offer and the order", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await cards(stage, shop);
  await press(page, "button", "Add to cart");
  await byRole(page, "link", "Open the cart");
  await page.goto(`${shop.url}/products/photo-printing`);
  await press(page, "button", "Add to cart");
  await byRole(page, "link", "Open the cart");
  await page.goto(`${shop.url}/cart`);
  await byRole(page, "button", "Place the order");
  await picture(page, "cart", { whole: true });
  await press(page, "button", "Place the order");
  await deep(page, '[part="mistakes"] button');
  await picture(page, "mistakes", { whole: true });
  await page.setViewport(PHONE);
  await page.reload();
  await byRole(page, "button", "Place the order");
  await picture(page, "cart-phone");
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${shop.url}/offer`);
  await deep(page, '[part="offer"]');
  await picture(page, "offer", { whole: true });
  await page.goto(`${shop.url}/cart`);
  for (const [label, text] of [["Full name", "Anna Lee"], ["Phone", "+79123456789"], ["E-mail", "anna@example.com"]]) {
    await write(page, label, text);
  }
  await press(page, "checkbox", "I agree that my personal data are processed");
  await press(page, "button", "Place the order");
  await follow(page, "Open the order's page");
  await untilReads(() => deep(page, '[part="forwarding"]'), /print house/u);
  await picture(page, "order", { whole: true });
});

scenario("pictures of the administrator's pages", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await enter(stage, shop);
  await order(shop);
  const { number } = await order(shop);
  await byRole(page, "link", number);
  await until("both at the print house", async () => (await printHouse.orders()).length === 2);
  await page.reload();
  await byRole(page, "link", number);
  await picture(page, "admin-orders");
  await (await byRole(page, "link", number)).click();
  await byRole(page, "heading", `Order ${number}`);
  assert.match(await textOf(await page.$("main")), /2928|317/u);
  await picture(page, "admin-order", { whole: true });
});

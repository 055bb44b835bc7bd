// Products of a category in one calculator: chosen by what they differ in, several at a time, priced
// together and put into the cart as one group.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "./support/accessibility.mjs";
import { contacts, exact, follow, press, receipts, untilExact, write } from "./support/buyer.mjs";
import { scenario } from "./support/scenario.mjs";
import { byRole, deep, textOf, until, untilReads } from "./support/wait.mjs";

const PRINT = await readFile(fileURLToPath(new URL("../../xtask/src/service/category.toml", import.meta.url)), "utf8");
const LIST = `
[[categories]]
key = "list"
name = "List"
products = [{ key = "business-cards" }, { key = "photo-printing" }]
`;

/** Photos come before documents, and have one difference more from cards on glossy paper. */
const NEAR = `
[[products]]
key = "more-photos"
template = ${JSON.stringify(fileURLToPath(new URL("../../examples/photo-printing.json", import.meta.url)))}
[[categories]]
key = "near"
name = { ru = "Рядом", en = "Near" }
products = [
  { key = "business-cards", attributes = { place = "work", paper = "plain", size = "s" } },
  { key = "photo-printing", attributes = { place = "home", paper = "glossy", size = "m" } },
  { key = "document-printing", attributes = { place = "work", paper = "glossy", size = "l" } },
  { key = "more-photos", attributes = { place = "work", paper = "glossy", size = "m" } },
]
[[categories.attributes]]
key = "place"
name = { ru = "Для чего", en = "What for" }
values = [{ key = "work", name = { ru = "Для работы", en = "For work" } }, { key = "home", name = { ru = "Для дома", en = "For home" } }]
[[categories.attributes]]
key = "paper"
name = { ru = "Бумага", en = "Paper" }
values = [{ key = "plain", name = { ru = "Простая", en = "Plain" } }, { key = "glossy", name = { ru = "Глянцевая", en = "Glossy" } }]
[[categories.attributes]]
key = "size"
name = { ru = "Размер", en = "Size" }
values = [{ key = "s", name = "S" }, { key = "m", name = "M" }, { key = "l", name = "L" }]
`;

async function opened(stage, { printHouse, more = PRINT, key = "print", options } = {}) {
  const shop = await stage.shop({ printHouse, more });
  const page = await stage.page(`${shop.url}/categories/${key}`, options);
  await ready(page);
  return { shop, page };
}

function ready(page) {
  return until("the category", () =>
    page.$eval("tirage-calculator", (element) => element.schema?.positions.every(Boolean) && element.quote?.total));
}

function read(page, member) {
  return page.$eval("tirage-calculator", (element, member) => element[member], member);
}

/** The focused element, through every shadow root. */
function focused(page) {
  return page.evaluate(() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node?.textContent.trim() || node?.value;
  });
}

/** Whole and hundredths as one number, so that the test itself does not round. */
function cents(text) {
  const [whole, rest = ""] = text.split(".");
  return BigInt(whole + rest.padEnd(2, "0"));
}

/** Adds a second position with photos, and waits for its price. */
async function addPhotos(page) {
  await press(page, "button", "Добавить товар");
  await until("the second position", async () => (await read(page, "schema")).positions[1]);
  await page.$eval("tirage-calculator", (element) => {
    const { positions } = element.state;
    element.state = { positions: [positions[0], { product: "photo-printing", answers: {} }] };
  });
  await until("both prices", async () => (await read(page, "quote")).positions.every((quote) => quote?.runs[0]?.total) && (await read(page, "quote")).total);
}

scenario("a product is chosen by what it is, and answers that both have stay", async (stage) => {
  const { page } = await opened(stage);
  assert.deepEqual((await read(page, "state")).positions.map(({ product }) => product), ["business-cards"]);
  assert.deepEqual(await violations(page), []);
  await write(page, "Тираж", "300");
  await until("300 pieces", async () => (await read(page, "state")).positions[0].answers.run === 300);

  await press(page, "radio", "Документы");
  await until("the documents", async () => (await read(page, "schema")).positions[0]?.product === "document-printing");
  await untilReads(() => deep(page, "h3"), /Документы|документов/u);
  const other = (await read(page, "schema")).positions[0].parameters;
  const kept = other.some(({ key }) => key === "run");
  if (kept) await until("the run", async () => (await read(page, "state")).positions[0].answers.run === 300);

  await press(page, "radio", "Для дома");
  await untilReads(() => deep(page, '[part="none"]'), /Такого сочетания нет: Для дома, Документы|Такого сочетания нет: Документы, Для дома/u);
  await untilExact(page, "sum", "");
  assert.equal((await read(page, "quote")).total, undefined);
  assert.deepEqual(await violations(page), []);
  await press(page, "radio", "Фотографии");
  await until("the photos", async () => (await read(page, "state")).positions[0].product === "photo-printing");
  await until("a price", async () => (await read(page, "quote")).total);
  assert.equal(await textOf(await deep(page, '[part="none"]')), "");
});

for (const width of [360, 1280]) {
  scenario(`a combination that is not there offers the nearest product, at ${width} px`, async (stage) => {
    const { page } = await opened(stage, { more: NEAR, key: "near", options: { viewport: { width, height: 900 } } });
    const chosen = async () => (await read(page, "state")).positions[0].product;
    await press(page, "radio", "Глянцевая");
    // Of two that are as near the first in the list; never one that undoes what was just chosen.
    const nearest = () => deep(page, '[part="nearest"]');
    await untilReads(nearest, /Ближайший товар: Печать документов\. Что изменится: Размер — «L» вместо «S»/u);
    await untilReads(() => deep(page, '[part="body"] > .said'), /Такого сочетания нет.*Ближайший товар: Печать документов/u);
    assert.deepEqual(await violations(page), []);
    await stage.screenshot(page, `nearest ${width}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);

    await press(page, "radio", "Для дома");
    await untilReads(nearest, /Ближайший товар: Печать фотографий\. Что изменится: Размер — «M» вместо «S»/u);
    await page.$eval("tirage-calculator", (element) => element.setAttribute("locale", "en"));
    await untilReads(nearest, /The nearest product: .*\. What changes: Size: M instead of S/u);
    assert.deepEqual(await violations(page), []);
    assert.equal(await chosen(), "business-cards", "nothing is chosen before the press");
    const take = await deep(page, '[part="nearest"] button');
    const described = await take.evaluate((button) => {
      const [id] = button.getAttribute("aria-describedby").split(" ");
      return button.getRootNode().getElementById(id).textContent;
    });
    assert.match(described, /What changes/u);
    await take.focus();
    await page.keyboard.press("Enter");
    await until("the photos", async () => (await chosen()) === "photo-printing");
    assert.equal(await focused(page), "m", "the focus is where it became another one");
    await until("a price", async () => (await read(page, "quote")).total);
    assert.equal(await textOf(await nearest()), "");
    const checked = await page.$$eval(">>> [part=attribute] :checked", (inputs) => inputs.map(({ value }) => value));
    assert.deepEqual(checked, ["home", "glossy", "m"]);
    assert.deepEqual(await violations(page), []);
  });
}

scenario("without attributes the product is chosen from a list, and going back brings its answers back", async (stage) => {
  const { page } = await opened(stage, { more: LIST, key: "list" });
  await write(page, "Тираж", "300");
  const chosen = (name) => press(page, "radio", name);
  await chosen("Печать фотографий");
  await until("the photos", async () => (await read(page, "state")).positions[0].product === "photo-printing");
  await until("their price", async () => (await read(page, "quote")).total);
  await chosen("Визитки");
  await until("the cards as they were", async () => {
    const [position] = (await read(page, "state")).positions;
    return position.product === "business-cards" && position.answers.run === 300;
  });
  assert.deepEqual(await violations(page), []);
});

scenario("positions are priced together, exactly, and go into the cart and the order as one group", async (stage) => {
  const printHouse = await stage.printHouse();
  const { shop, page } = await opened(stage, { printHouse });
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const name of ["ready", "change", "price", "continue", "cart"]) {
      addEventListener(`tirage:${name}`, ({ target, detail }) => heard.push({ name, on: target.localName, detail }));
    }
  });
  await addPhotos(page);
  const quote = await read(page, "quote");
  const totals = quote.positions.map((one) => one.runs[0].total);
  assert.equal(cents(quote.total), totals.map(cents).reduce((a, b) => a + b));
  assert.equal(await exact(page, "sum"), quote.total);
  assert.deepEqual(await violations(page), []);

  // Another tab sees the whole group or nothing of it.
  const other = await page.browserContext().newPage();
  await other.goto(`${shop.url}/cart`, { waitUntil: "load" });
  await other.evaluate(() => {
    globalThis.seen = [];
    addEventListener("storage", ({ key, newValue }) => {
      if (key === "tirage.cart") seen.push(JSON.parse(newValue).items.length);
    });
  });
  await page.bringToFront();
  await press(page, "button", "Всё в корзину");
  await byRole(page, "link", "Открыть корзину");
  const seenThere = await until("the other tab to see it", async () => {
    const seen = await other.evaluate(() => globalThis.seen);
    return seen.length && seen;
  });
  assert.deepEqual(seenThere, [2]);
  await other.close();
  const heard = await page.evaluate(() => globalThis.heard);
  assert.deepEqual(heard.filter(({ name }) => name === "cart").map(({ detail }) => detail.count), [2]);
  assert.equal(heard.filter(({ name }) => name === "continue").length, 1);
  assert.equal(heard.find(({ name }) => name === "continue").detail.total, quote.total);
  assert.equal(heard.filter(({ name }) => name === "price").at(-1).detail.total, quote.total);
  const { items } = await page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")));
  assert.deepEqual(items.map(({ product }) => product), ["business-cards", "photo-printing"]);
  assert.equal(new Set(items.map(({ group }) => group.id)).size, 1);

  await follow(page, "Открыть корзину");
  await untilExact(page, "cart-total", quote.total);
  const block = await textOf(await deep(page, '[part="group"]'));
  assert.match(block, /Печать.*Визитки/u);
  assert.deepEqual(await violations(page), []);
  await contacts(page);
  const seen = receipts(page);
  await press(page, "button", "Оформить заказ");
  const link = await deep(page, '[part="order-link"]');
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), link.click()]);
  await untilReads(() => deep(page, '[part="group"]'), /Печать.*Визитки/u);
  assert.equal(seen[0].status, 201);
  assert.deepEqual(await violations(page), []);
  const [order] = await until("the print house has it", async () => {
    const orders = await printHouse.orders();
    return orders.length && orders;
  });
  assert.deepEqual(order.order.items.map(({ group }) => group), ["Печать", "Печать"]);
  assert.ok(shop.url);
});

scenario("a group is changed, kept for later and taken out as one block of the cart", async (stage) => {
  const { shop, page } = await opened(stage);
  await addPhotos(page);
  const { total } = await read(page, "quote");
  await press(page, "button", "Всё в корзину");
  await follow(page, "Открыть корзину");
  await untilExact(page, "cart-total", total);

  await press(page, "button", "Отложить: Печать");
  await untilReads(() => deep(page, '[part="saved"]'), /Печать.*Визитки/u);
  await press(page, "button", "Вернуть в заказ: Печать");
  await untilExact(page, "cart-total", total);
  await press(page, "button", "Удалить: Печать");
  await untilReads(() => deep(page, '[part="empty"]'), /Печать: удалено/u);
  await press(page, "button", "Вернуть");
  await untilExact(page, "cart-total", total);
  await press(page, "button", "Удалить: Визитки");
  await until("one line", () => page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")).items.length === 1));
  await press(page, "button", "Вернуть");
  await untilExact(page, "cart-total", total);
  assert.deepEqual(await violations(page), []);

  const edit = await byRole(page, "link", "Изменить: Печать");
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), edit.click()]);
  await ready(page);
  assert.deepEqual((await read(page, "state")).positions.map(({ product }) => product), ["business-cards", "photo-printing"]);
  await press(page, "button", "Убрать: 2. Печать фотографий");
  await press(page, "button", "Сохранить изменения");
  await byRole(page, "link", "Открыть корзину");
  const { items } = await page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")));
  assert.deepEqual(items.map(({ product }) => product), ["business-cards"]);
  await page.goto(`${shop.url}/categories/print`);
  await ready(page);
  await byRole(page, "button", "В корзину");

  // A cart of before there were groups is read as it was.
  await page.evaluate(() => {
    const cart = JSON.parse(localStorage.getItem("tirage.cart"));
    for (const item of cart.items) delete item.group;
    localStorage.setItem("tirage.cart", JSON.stringify(cart));
  });
  await page.goto(`${shop.url}/cart`);
  await byRole(page, "link", "Изменить: Визитки");
  assert.equal(await page.$('>>> [part="group"]'), null);
});

scenario("by keyboard alone a buyer adds, repeats and removes positions, and they survive a reload", async (stage) => {
  const { page } = await opened(stage);
  await (await byRole(page, "button", "Добавить товар")).focus();
  await page.keyboard.press("Enter");
  await until("the new position in focus", async () => (await focused(page)) === "2. Визитки");
  await ready(page);
  await page.keyboard.press("Tab");
  await until("the way to repeat it", async () => (await focused(page)) === "Повторить");
  await page.keyboard.press("Enter");
  await until("its double", async () => (await focused(page)) === "3. Визитки");
  await ready(page);
  await untilReads(() => deep(page, '[part="body"] > .said'), /Добавлено|Цена/u);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Убрать");
  await page.keyboard.press("Enter");
  await until("the one before it", async () => (await focused(page)) === "2. Визитки");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await until("another product", async () => (await read(page, "state")).positions[1].product !== "business-cards" || (await page.$(">>> [part=none]:not(:empty)")));
  assert.deepEqual(await violations(page), []);
  await page.$eval("tirage-calculator", (element) => element.set({ positions: [{ product: "photo-printing", answers: { run: 7 } }] }));
  await until("three positions", async () => (await read(page, "schema")).positions[2]);
  const before = (await read(page, "state")).positions.map(({ product }) => product);
  assert.equal(before.length, 3);
  await page.reload();
  await until("the same positions", async () => {
    const { positions } = await read(page, "state");
    return positions.map(({ product }) => product).join() === before.join();
  });
});

scenario("holds, languages, forms and wrong writes mean the whole", async (stage) => {
  const { page } = await opened(stage);
  await page.evaluate(() => {
    const form = document.createElement("form");
    const element = document.querySelector("tirage-calculator");
    element.name = "print";
    element.replaceWith(form);
    form.append(element);
  });
  await ready(page);
  await page.$eval("tirage-calculator", (element) => element.hold("artwork", "Сначала загрузите макет"));
  await untilReads(() => deep(page, '[part="foot"]'), /Сначала загрузите макет/u);
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), false);
  await press(page, "button", "В корзину");
  assert.equal(await page.evaluate(() => localStorage.getItem("tirage.cart")), null);
  await page.$eval("tirage-calculator", (element) => element.release("artwork"));
  const value = () => page.$eval("form", (form) => JSON.parse(new FormData(form).get("print")));
  const lines = await value();
  assert.deepEqual(Object.keys(lines[0]), ["product", "template", "answers", "total", "group"]);
  assert.equal(lines[0].total, (await read(page, "quote")).total);

  stage.tolerate(/no such positions/u);
  const before = await read(page, "state");
  await page.$eval("tirage-calculator", (element) => (element.state = { positions: [{ product: "stones" }] }));
  assert.deepEqual(await read(page, "state"), before);
  await page.$eval("tirage-calculator", (element) => element.setAttribute("locale", "en"));
  await byRole(page, "button", "Add a product");
  await byRole(page, "radio", "Cards");
  assert.deepEqual(await read(page, "state"), before);
  assert.deepEqual(await violations(page), []);
});

scenario("prices of several currencies are refused in words", async (stage) => {
  const folder = await mkdtemp(join(tmpdir(), "tirage-euro-"));
  const text = await readFile(fileURLToPath(new URL("../../examples/photo-printing.json", import.meta.url)), "utf8");
  const file = join(folder, "photos.json");
  await writeFile(file, text.replace('"RUB"', '"EUR"'));
  const more = `\n[[products]]\nkey = "photos-abroad"\ntemplate = ${JSON.stringify(file)}\nposition = 9\n
[[categories]]\nkey = "abroad"\nname = "Abroad"\nproducts = [{ key = "business-cards" }, { key = "photos-abroad" }]\n`;
  const { page } = await opened(stage, { more, key: "abroad" });
  await page.$eval("tirage-calculator", (element) => element.set({ positions: [{ product: "photos-abroad" }] }));
  await untilReads(() => deep(page, '[part="foot"]'), /Валюты разные: RUB, EUR/u);
  await untilExact(page, "sum", "");
  await press(page, "button", "Всё в корзину");
  assert.equal(await page.evaluate(() => localStorage.getItem("tirage.cart")), null);
  assert.deepEqual(await violations(page), []);
  await rm(folder, { recursive: true });
});

scenario("a product keeps its answers in another category and another view", async (stage) => {
  const shop = await stage.shop({ more: PRINT });
  const page = await stage.page(`${shop.url}/products/business-cards`);
  const run = async (expected) =>
    until(`${expected} pieces`, async () => (await read(page, "state")).run === expected);
  await run(100);
  await page.$eval("tirage-calculator", (element) => element.set({ run: 300 }));
  await run(300);
  for (const [name, value] of [["category", "print"], ["view", "editor"]]) {
    await page.$eval("tirage-calculator", (element, name, value) => element.setAttribute(name, value), name, value);
    await until("the calculator again", () => read(page, "schema"));
    await run(300);
  }
});

scenario("a view shows its own products, and what cannot be shown leaves the page's own content", async (stage) => {
  const { shop, page } = await opened(stage);
  stage.tolerate(/404|Failed to load resource/u);
  await page.$eval("tirage-calculator", (element) => {
    element.append("Позвоните нам");
    element.setAttribute("view", "editor");
  });
  await until("the view", async () => (await read(page, "schema"))?.products.length === 2);
  await page.$eval("tirage-calculator", (element) => {
    element.addEventListener("tirage:error", (event) => (globalThis.failure = event.detail.message));
    element.setAttribute("category", "nothing");
  });
  await until("the failure", () => page.evaluate(() => /404/u.test(globalThis.failure)));
  assert.equal(await page.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.querySelector("slot").hidden), false);
  await byRole(page, "button", "Попробовать ещё раз");
  assert.deepEqual(await violations(page), []);
  await page.$eval("tirage-calculator", (element) => element.setAttribute("category", "print"));
  await ready(page);
  assert.ok(shop.url);
});

scenario("without WebAssembly there is the plain form of the product that was chosen", async (stage) => {
  const shop = await stage.shop({ more: PRINT });
  const page = await stage.page();
  await page.evaluateOnNewDocument(() => delete globalThis.WebAssembly);
  await page.goto(`${shop.url}/categories/print`, { waitUntil: "load" });
  await ready(page);
  assert.equal(await page.$(">>> [part=add]"), null, "there is no cart to put several into");
  await byRole(page, "button", "Оформить заказ");
  await press(page, "radio", "Документы");
  await until("the documents", async () => (await read(page, "state")).positions[0].product === "document-printing");
  await until("their price", async () => (await read(page, "quote")).total);
  await byRole(page, "button", "Оформить заказ");
  assert.deepEqual(await violations(page), []);
});

for (const width of [320, 1280]) {
  scenario(`two positions fit a page of ${width} px in both directions`, async (stage) => {
    const { page } = await opened(stage, { options: { viewport: { width, height: 900 } } });
    await addPhotos(page);
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await page.evaluate(overflow), 0, dir);
      assert.deepEqual(await violations(page), []);
    }
  });
}

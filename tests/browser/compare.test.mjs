// Configurations that a buyer keeps to compare, beside the one of now.

import assert from "node:assert/strict";

import { violations } from "./support/accessibility.mjs";
import { cards, exact, press, untilExact, write } from "./support/buyer.mjs";
import { scenario } from "./support/scenario.mjs";
import { byRole, deep, textOf, until, untilReads } from "./support/wait.mjs";

const KEEP = "Отложить для сравнения";

/** The comparison as it is read: its heads, and its rows by their names. */
function table(page) {
  return page.$eval("tirage-calculator", ({ shadowRoot }) => {
    const panel = shadowRoot.querySelector('[part="compare"]');
    const texts = (nodes) => [...nodes].map((node) => node.textContent.replace(/\s/gu, " "));
    const rows = [...panel.querySelectorAll("tbody tr")];
    return {
      heads: texts(panel.querySelectorAll("thead th")).slice(1),
      rows: Object.fromEntries(rows.map((row) => [texts(row.querySelectorAll("th"))[0], texts(row.querySelectorAll("td"))])),
    };
  });
}

function answers(page) {
  return page.$eval("tirage-calculator", (element) => element.state);
}

function said(page) {
  return deep(page, '.said[role="status"]');
}

async function keepFirst(page) {
  await press(page, "button", KEEP);
  await byRole(page, "table", "Сравнение");
}

scenario("what differs from a kept configuration stands beside it as the buyer goes on", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  const first = await exact(page, "total");
  await keepFirst(page);
  await untilReads(() => said(page), /Отложено/u);
  let shown = await table(page);
  assert.deepEqual(shown.heads, ["Сейчас", "Вариант 1"]);
  assert.deepEqual(shown.rows["Разница с текущей ценой"], ["—", "та же цена"]);

  await write(page, "Тираж", "600");
  await press(page, "switch", "Скруглить углы");
  await untilExact(page, "total", "2928");
  shown = await table(page);
  assert.deepEqual(shown.rows["Тираж"], ["600 шт.", "100 шт."]);
  assert.deepEqual(shown.rows["Скруглить углы"], ["да", "нет"]);
  assert.equal(shown.rows["Бумага"], undefined, "what is alike is not told");
  const digits = (text) => text.replace(/[^\d,-]/gu, "").replace(",", ".");
  assert.equal(digits(shown.rows["Итого"][1]), first);
  // Hundredths, so that the test itself does not round.
  const cents = (text) => BigInt(text.replace(/^(-?\d+)\.?(\d*)$/u, (_, whole, rest) => whole + rest.padEnd(2, "0")));
  assert.equal(cents(digits(shown.rows["Разница с текущей ценой"][1])), cents(first) - cents("2928"));
  assert.deepEqual(await violations(page), []);

  await press(page, "button", KEEP);
  await untilReads(() => deep(page, '[part="compare"]'), /Вариант 2/u);
  assert.deepEqual((await table(page)).rows["Тираж"], ["600 шт.", "100 шт.", "600 шт."]);
  await press(page, "button", KEEP);
  await untilReads(() => said(page), "Эти ответы уже отложены");
  await write(page, "Тираж", "700");
  await press(page, "button", KEEP);
  await untilReads(() => said(page), /уберите один/u);
  assert.deepEqual((await table(page)).heads, ["Сейчас", "Вариант 1", "Вариант 2"]);
  assert.deepEqual(await violations(page), []);
});

scenario("by keyboard alone a buyer comes back to a kept configuration, undoes it, and lets it go", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await (await byRole(page, "button", KEEP)).focus();
  await page.keyboard.press("Enter");
  await byRole(page, "table", "Сравнение");
  const before = await answers(page);
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await untilExact(page, "total", "2928");

  await (await byRole(page, "button", "Вернуться к нему: Вариант 1")).focus();
  await page.keyboard.press("Enter");
  await until("the kept answers", async () => (await answers(page)).run === before.run);
  assert.deepEqual(await answers(page), before);
  await untilReads(() => said(page), /Снова выбрано: Вариант 1\. .*Цена/u);

  await page.keyboard.down("Shift");
  await page.keyboard.press("Tab");
  await page.keyboard.up("Shift");
  await page.keyboard.press("Enter");
  await untilExact(page, "total", "2928");
  assert.equal(await page.$('>>> [part=compare] [part=undo]:not([hidden])'), null, "there is nothing to undo twice");
  const focused = () => page.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.activeElement?.getAttribute("part"));
  assert.equal(await focused(), "back");

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await untilReads(() => said(page), "Убрано из сравнения: Вариант 1");
  assert.equal(await focused(), "keep");
  assert.equal(await page.$('>>> [part=compare]:not([hidden])'), null);
  assert.deepEqual(await violations(page), []);
});

scenario("what is kept outlives another language and ends with the product", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await keepFirst(page);
  await write(page, "Тираж", "600");
  await page.$eval("tirage-calculator", (element) => element.setAttribute("locale", "en"));
  await byRole(page, "table", "Comparison");
  await until("the English rows", async () => (await table(page)).rows["Difference from now"]);
  const shown = await table(page);
  assert.deepEqual(shown.heads, ["Now", "Option 1"]);
  assert.deepEqual(shown.rows["Quantity"] ?? shown.rows["Run"], ["600 pcs", "100 pcs"]);
  assert.deepEqual(await violations(page), []);

  await page.$eval("tirage-calculator", (element) => element.setAttribute("product", "photo-printing"));
  await until("the other product", () =>
    page.$eval("tirage-calculator", (element) => element.schema?.product === "photo-printing"));
  await byRole(page, "button", "Keep to compare");
  assert.equal(await page.$('>>> [part=compare]:not([hidden])'), null);
});

for (const width of [320, 1200]) {
  scenario(`three configurations fit a page of ${width} px in both directions`, async (stage) => {
    const shop = await stage.shop();
    const page = await cards(stage, shop, { viewport: { width, height: 800 } });
    await keepFirst(page);
    await page.$eval("tirage-calculator", (element) => element.set({ run: 5000, method: "offset" }));
    await press(page, "button", KEEP);
    await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true, method: "digital" }));
    await untilReads(() => deep(page, '[part="compare"]'), /Вариант 2/u);
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((dir) => (document.documentElement.dir = dir), dir);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      assert.equal(await page.evaluate(overflow), 0, dir);
      const cut = await page.$eval("tirage-calculator", ({ shadowRoot }) =>
        [...shadowRoot.querySelectorAll('[part="compare"] :is(td, th:not(.said))')]
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
          .map((cell) => cell.textContent));
      assert.deepEqual(cut, [], dir);
      assert.deepEqual(await violations(page), []);
    }
  });
}

scenario("keeping waits for its code, and nothing moves when its button comes", async (stage) => {
  const shop = await stage.shop();
  const page = await stage.page();
  await page.evaluateOnNewDocument(() => {
    globalThis.moved = 0;
    const seen = (list) => list.getEntries().forEach((entry) => (globalThis.moved += entry.value));
    if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
      new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: true });
    }
  });
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname.split("/").at(-1)));
  await page.goto(`${shop.url}/products/business-cards`, { waitUntil: "load" });
  await byRole(page, "button", KEEP);
  assert.equal(await page.evaluate(() => globalThis.moved), 0);
  assert.ok(!fetched.includes("tirage_compare.wasm"), "fetched before it was needed");
  await keepFirst(page);
  assert.ok(fetched.includes("tirage_compare.wasm"));
  assert.match(await textOf(await deep(page, '[part="compare"] .note')), /Отложено/u);
});

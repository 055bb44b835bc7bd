// Every kind of question, used as a buyer uses it: found by its role and label.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { violations } from "./support/accessibility.mjs";
import { exact, press, untilExact, write } from "./support/buyer.mjs";
import { scenario } from "./support/scenario.mjs";
import { byRole, deep, textOf, until, untilReads } from "./support/wait.mjs";

const TEMPLATE = fileURLToPath(new URL("templates/everything.json", import.meta.url));
const PRODUCT = `\n[[products]]\nkey = "everything"\ntemplate = ${JSON.stringify(TEMPLATE)}\nposition = 9\n`;

async function booklet(stage, options) {
  const shop = await stage.shop({ more: PRODUCT });
  const page = await stage.page(`${shop.url}/products/everything`, options);
  await byRole(page, "button", "В корзину");
  return page;
}

async function choose(page, label, value) {
  const select = await byRole(page, "combobox", label);
  const found = await select.evaluate((node, text) => {
    const option = [...node.options].find((own) => own.textContent === text);
    return option?.value;
  }, value);
  assert.notEqual(found, undefined, `${label} offers ${value}`);
  await select.select(found);
}

function answers(page) {
  return page.$eval("tirage-calculator", (element) => element.state);
}

scenario("a size is chosen from the list or typed, and its proportions are shown", async (stage) => {
  const page = await booklet(stage);
  // 1000 of set-up, the width, 8 pages on each of two blocks for 100 pieces.
  await untilExact(page, "total", "1226");
  await choose(page, "Размер", "A5");
  await untilExact(page, "total", "1164");
  await choose(page, "Размер", "Свой размер…");
  await write(page, "Размер: Ширина", "300");
  await write(page, "Размер: Высота", "100");
  await untilExact(page, "total", "1316");
  assert.equal((await answers(page)).size, "300x100");
  const sheet = await (await deep(page, ".sheet")).boundingBox();
  assert.ok(Math.abs(sheet.width / sheet.height - 3) < 0.1, JSON.stringify(sheet));
  await write(page, "Размер: Ширина", "900");
  await untilReads(() => deep(page, '[data-key="size"] .remark'), /\S/u);
  assert.equal(await exact(page, "total"), "");
  assert.deepEqual(await violations(page), []);
});

scenario("inks are chosen from the list or counted on both sides", async (stage) => {
  const page = await booklet(stage);
  await choose(page, "Красочность", "Другие краски…");
  await write(page, "Красочность: Лицо, Pantone", "2");
  await untilExact(page, "total", "1236");
  assert.equal((await answers(page)).inks, "4p2+0");
  assert.deepEqual(await violations(page), []);
});

scenario("a run slides, a fixed number is listed, a day comes from the calendar", async (stage) => {
  const page = await booklet(stage);
  const slider = await byRole(page, "slider", "Тираж");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await untilExact(page, "total", "1234");
  assert.equal(await (await byRole(page, "textbox", "Тираж")).evaluate((input) => input.value), "150");
  await choose(page, "Комплекты", "5");
  await untilExact(page, "total", "5234");
  const day = await deep(page, "[data-key=day] input");
  await day.evaluate((input) => {
    input.value = "2026-12-15";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await until("the day", async () => (await answers(page)).day === "2026-12-15");
});

scenario("a value with a picture is chosen, and groups have headings", async (stage) => {
  const page = await booklet(stage);
  await press(page, "radio", "Пружина");
  await until("the answer", async () => (await answers(page)).cover_picture === "spring");
  await byRole(page, "heading", "Внешний вид");
  const pictures = await page.$$(">>> .option img");
  assert.equal(pictures.length, 2);
  assert.deepEqual(await violations(page), []);
});

scenario("parts are added, moved and removed with their answers", async (stage) => {
  const page = await booklet(stage);
  const pages = async () => {
    const state = await answers(page);
    return [1, 2, 3].map((part) => state[`block.${part}.pages`]).filter((count) => count !== undefined);
  };
  const first = await byRole(page, "textbox", "Страниц");
  await first.click({ count: 3 });
  await first.type("16");
  await until("16 pages", async () => String(await pages()) === "16,8");
  await press(page, "button", "Блок 1: опустить ниже");
  await until("another order", async () => String(await pages()) === "8,16");
  await press(page, "button", "Больше: Сколько блоков");
  await until("a third block", async () => (await pages()).length === 3);
  await press(page, "button", "Блок 1: убрать");
  await until("two blocks", async () => String(await pages()) === "16,8");
  assert.deepEqual(await violations(page), []);
});

scenario("an operation opens its questions when it is taken", async (stage) => {
  const page = await booklet(stage);
  assert.equal(await page.$('>>> [data-key="block.1.lacquer.layers"]:not([hidden])'), null);
  await press(page, "switch", "Лак");
  await untilExact(page, "total", "1236");
  const block = await deep(page, '[data-key="block.1.lacquer.layers"]:not([hidden])');
  assert.match(await textOf(block), /Слоёв/u);
});

for (const [name, options] of [
  ["a phone", { viewport: { width: 320, height: 640, isMobile: true, hasTouch: true } }],
  ["400 % zoom", { viewport: { width: 320, height: 256, deviceScaleFactor: 4 } }],
]) {
  scenario(`every control fits ${name}`, async (stage) => {
    const page = await booklet(stage, options);
    const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    assert.equal(await page.evaluate(overflow), 0);
    assert.deepEqual(await violations(page), []);
  });
}

scenario("the page may be written from right to left", async (stage) => {
  const page = await booklet(stage);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const edges = await page.evaluate(() => {
    const root = document.querySelector("tirage-calculator").shadowRoot;
    const box = (selector) => root.querySelector(selector).getBoundingClientRect();
    return { fields: box(".fields").left, price: box(".price").left };
  });
  assert.ok(edges.price < edges.fields, "the price stands on the other side");
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  assert.equal(await page.evaluate(overflow), 0);
  assert.deepEqual(await violations(page), []);
});

// Every kind of question, used as a buyer uses it: found by its role and label.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** A product of this template, for as long as the test runs. */
async function product(stage, template) {
  const folder = await mkdtemp(join(tmpdir(), "tirage-controls-"));
  const path = join(folder, "made.json");
  await writeFile(path, JSON.stringify(template));
  const shop = await stage.shop({
    more: `\n[[products]]\nkey = "made"\ntemplate = ${JSON.stringify(path)}\nposition = 9\n`,
  });
  await rm(folder, { recursive: true });
  const page = await stage.page(`${shop.url}/products/made`);
  await byRole(page, "button", "В корзину");
  return page;
}

const MADE = { format: 1, key: "made", name: "Made", currency: "RUB" };
const RUN = { key: "run", kind: "run", name: "Тираж", min: 1, max: 1000, default: 100 };

scenario("names are shown as they are, whatever signs are in them", async (stage) => {
  const signs = "a|b=c #1 $2 <i>&amp; \u201cd\u201d";
  const values = [
    { key: "first", label: `${signs} 1`, numbers: { each: 1 } },
    { key: "second", label: `${signs} 2`, numbers: { each: 2 } },
  ];
  const page = await product(stage, {
    ...MADE,
    parameters: [
      { ...RUN, hint: signs },
      { key: "paper", kind: "choice", name: signs, hint: `${signs} 3`, default: "first", values },
      { key: "sides", kind: "number", name: `${signs} 4`, min: 1, max: 9, default: 1 },
    ],
    lines: [{ key: "print", name: "Печать", price: "paper.each", times: "run * sides" }],
  });
  await choose(page, signs, `${signs} 2`);
  await untilExact(page, "total", "200");
  await press(page, "button", `Больше: ${signs} 4`);
  await untilExact(page, "total", "400");
  for (const [key, words] of Object.entries({ run: signs, paper: `${signs} 3` })) {
    await untilReads(() => deep(page, `[data-key="${key}"] .remark`), words);
  }
  assert.deepEqual(await violations(page), []);
});

scenario("hundreds of questions stand in their order, and the last is reached by the keyboard", async (stage) => {
  const numbers = Array.from({ length: 130 }, (_, at) => ({
    key: `n${at}`,
    kind: "number",
    name: `Число ${at}`,
    min: 0,
    max: 9,
    default: 0,
  }));
  const page = await product(stage, {
    ...MADE,
    parameters: [RUN, ...numbers],
    lines: [{ key: "print", name: "Печать", price: numbers.map(({ key }) => key).join(" + "), times: "run" }],
  });
  const keys = await page.$$eval(">>> [data-key]", (fields) => fields.map((field) => field.dataset.key));
  assert.deepEqual(keys, ["run", ...numbers.map(({ key }) => key)]);
  await (await byRole(page, "textbox", "Число 128")).focus();
  // Past the button that adds one, and the one that takes one of the next away.
  for (const _ of [1, 2, 3]) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowUp");
  await untilExact(page, "total", "100");
  const last = await byRole(page, "textbox", "Число 129");
  assert.equal(await last.evaluate((input) => input.value), "1");
  assert.ok(await last.isIntersectingViewport());
  assert.deepEqual(await violations(page), []);
});

scenario("what a rule holds cannot be changed, and the way back can be pressed", async (stage) => {
  const page = await product(stage, {
    ...MADE,
    parameters: [
      RUN,
      { key: "thick", kind: "yes-no", name: "Толстая", default: false },
      {
        key: "binding",
        kind: "choice",
        view: "radio",
        name: "Скрепление",
        default: "spring",
        values: [
          { key: "spring", label: "Пружина" },
          { key: "staple", label: "Скоба" },
          { key: "glue", label: "Клей", required: "thick" },
        ],
      },
    ],
    lines: [{ key: "print", name: "Печать", price: 1, times: "run" }],
  });
  await press(page, "radio", "Скоба");
  await until("the staple", async () => (await answers(page))?.binding === "staple");
  await press(page, "switch", "Толстая");
  await until("the glue", async () => (await answers(page)).binding === "glue");
  assert.ok(await (await byRole(page, "radio", "Скоба")).evaluate((radio) => radio.matches(":disabled")));
  assert.deepEqual(await violations(page), []);
  await (await deep(page, "[data-key=binding] [part=undo]")).click();
  await until("the staple again", async () => (await answers(page)).binding === "staple");
  assert.equal((await answers(page)).thick, false);
  assert.ok(await (await byRole(page, "radio", "Клей")).evaluate((radio) => !radio.matches(":disabled")));
});

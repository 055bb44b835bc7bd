// The day a cart counts from: brought up to date when it is looked at, and checked by the service.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { textOf, until, untilReads } from "../support/wait.mjs";

const template = fileURLToPath(new URL("../templates/urgent.json", import.meta.url));
const PRODUCT = `\n[[products]]\nkey = "urgent"\ntemplate = ${JSON.stringify(template)}\n`;
const DAY_MS = 24 * 3_600_000;

/** Moves the clock of a page's next documents. */
function clock(page, days) {
  return page.evaluateOnNewDocument((ms) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        if (given.length > 0) super(...given);
        else super(Real.now() + ms);
      }
      static now() {
        return Real.now() + ms;
      }
    };
  }, days * DAY_MS);
}

/** The buyer's own day, so many days from now, as an answer and in words. */
const day = (page, ahead) => page.evaluate((ms) => {
  const date = new Date(Date.now() + ms);
  const two = (number) => String(number).padStart(2, "0");
  return {
    answer: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    words: date.toLocaleDateString("en", { dateStyle: "long" }),
  };
}, ahead * DAY_MS);

const inCart = (page, css) => inside(page, css, "tirage-cart");
const lines = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")).items);
const cartTotal = (page, expected) => until(`the cart's total ${expected}`, async () =>
  (await (await inCart(page, '[data-testid="cart-total"]')).evaluate((node) => node.getAttribute("value"))) === expected);

/** A line that was put into the cart three days ago, wanted by a day in five. */
async function cartOfBefore(stage) {
  const shop = await embedded(stage, {
    "/": (url) => `<tirage-calculator product="urgent" api="${url}"></tirage-calculator>`,
    "/cart": (url) => `<tirage-cart api="${url}"></tirage-cart>`,
    "/empty": "",
  }, { settings: PRODUCT });
  const page = await shop.open("/empty");
  const [today, ready] = [await day(page, 0), await day(page, 5)];
  const visitor = await page.browserContext().newPage();
  await clock(visitor, -3);
  await visitor.goto(`${shop.host}/`);
  await untilTotal(visitor, "200");
  await visitor.$eval("tirage-calculator", (calculator, ready) => calculator.set({ ready }), ready.answer);
  await (await inside(visitor, "[part=add-to-cart]")).click();
  await until("the line", () => visitor.evaluate(() => localStorage.getItem("tirage.cart")));
  assert.equal((await lines(visitor))[0].total, "200");
  return { shop, page, visitor, today, ready };
}

async function order(page) {
  const fill = async (name, text) => (await inCart(page, `[autocomplete="${name}"]`)).type(text);
  await fill("name", "Anna Li");
  await fill("tel", "+7 912 345-67-89");
  await fill("email", "anna@example.com");
  await (await inCart(page, "#consent")).click();
  await (await inCart(page, "[part=place-order]")).click();
}

scenario("a line of another day says what the day changes, and is ordered by the day of now", async (stage) => {
  const { shop, page, visitor, today, ready } = await cartOfBefore(stage);
  await visitor.close();
  await page.goto(`${shop.host}/cart`);
  const handover = await day(page, 4);
  await untilReads(() => inCart(page, ".items"), new RegExp(`Handed to the courier: ${handover.words}.*Urgency: ₽100`, "u"));
  const summary = await textOf(await inCart(page, ".summary"));
  assert.ok(summary.includes(ready.words), summary);
  await cartTotal(page, "200");
  assert.deepEqual(await violations(page), []);

  await (await inCart(page, "[part=accept]")).click();
  await cartTotal(page, "300");
  assert.equal((await lines(page))[0].answers.today, today.answer);
  await order(page);
  await untilReads(() => inCart(page, "[part=placed]"), /₽300/u);
  const link = await inCart(page, "[part=order-link]");
  const address = await link.evaluate((node) => node.getAttribute("href"));
  const placed = await (await fetch(`${shop.url}/v1${address}`)).json();
  const days = placed.lines[0].summary.filter((item) => item.day);
  assert.deepEqual(days.map((item) => item.value), [ready.answer]);
});

scenario("a page whose clock stands still is told the service's day, once", async (stage) => {
  stage.tolerate(/status of 409/u);
  const { shop, visitor, today } = await cartOfBefore(stage);
  await visitor.goto(`${shop.host}/cart`);
  await cartTotal(visitor, "200");
  await order(visitor);
  await untilReads(() => inCart(visitor, ".items"), /₽300/u);
  await cartTotal(visitor, "200");
  await (await inCart(visitor, "[part=accept]")).click();
  await cartTotal(visitor, "300");
  const [line] = await lines(visitor);
  assert.ok(Math.abs(new Date(line.answers.today) - new Date(today.answer)) <= DAY_MS, line.answers.today);
  assert.equal(line.summary.length, 1, "what was chosen is still there in words");
  await (await inCart(visitor, "[part=place-order]")).click();
  await untilReads(() => inCart(visitor, "[part=placed]"), /₽300/u);
});

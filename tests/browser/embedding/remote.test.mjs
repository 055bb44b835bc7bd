// Prices that the print house computes: asked of the service, which answers when the test says so.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { textOf, until, untilReads } from "../support/wait.mjs";

const file = (name) => JSON.stringify(fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)));
const PRODUCT = `
[[products]]
key = "pads"
template = ${file("axiom-hardcover-notepad.json")}
prices = { memory = ${file("price-lists/axiom-hardcover-notepad.json")} }
`;
/** A hundred of A5, as the price list's worked example has them. */
const A5 = "27969";
const NOT_ANSWERED = /Failed to load|ERR_|NetworkError|Cross-Origin|CORS/u;

/**
 * A page with the calculator and one with the cart. Questions for prices go through `questions`:
 * `mode` says what becomes of the next ones (`pass`, `hold`, `break`), `held` are those that wait.
 */
async function pads(stage) {
  const shop = await embedded(stage, {}, { settings: PRODUCT });
  const questions = { mode: "pass", held: [], asked: [] };
  const decide = (path, body) => {
    // Browsers ask for permission first, without a body.
    if (path !== "/v1/quote" || !body) return true;
    questions.asked.push(JSON.parse(body));
    if (questions.mode === "pass") return true;
    if (questions.mode === "break") return false;
    return new Promise((resolve) => questions.held.push(resolve));
  };
  questions.release = (how = true) => questions.held.splice(0).forEach((resolve) => resolve(how));
  const proxy = await stage.proxy(shop.url, { decide });
  const page = (element, first = "") => `<!doctype html><html lang="en"><title>Prints</title>
    <script>
      ${first}
      window.heard = [];
      for (const name of ["price", "invalid", "cart"]) {
        document.addEventListener("tirage:" + name, ({ detail }) => heard.push({ name, ...detail }));
      }
    </script>
    <script type="module" src="${shop.url}/v1/tirage.js"></script><main>${element}</main>`;
  shop.pages["/"] = page(`<tirage-calculator product="pads" name="pads" api="${proxy.url}" cart="/cart"></tirage-calculator>`);
  shop.pages["/cart"] = page(`<tirage-cart api="${proxy.url}"></tirage-cart>`);
  const form = `<tirage-calculator product="pads" api="${proxy.url}"></tirage-calculator>`;
  shop.pages["/form"] = page(form, "delete globalThis.WebAssembly;");
  return { ...shop, questions };
}

const SIZES = ["a6", "a5", "a4"];
const choose = async (page, size) =>
  (await inside(page, `[data-key="size"] .option:nth-child(${SIZES.indexOf(size) + 1})`)).click();
const standing = (page) => inside(page, "[part=standing]");
const heard = (page, name) => page.evaluate((name) => window.heard.filter((event) => event.name === name), name);
const total = async (page) => (await inside(page, "[part=total]")).evaluate((node) => node.getAttribute("value"));
const stored = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart"))?.items ?? []);

/** Waits until the note about the price is there, or is not. */
function untilShown(page, shown) {
  return until(`the note ${shown ? "" : "not "}to be shown`, async () =>
    (await standing(page)).evaluate((node, shown) => node.checkVisibility() === shown, shown));
}

/** What the service says of these answers, asked beside the page. */
async function priced(shop, answers) {
  const answer = await fetch(`${shop.url}/v1/quote`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "pads", answers }),
  });
  return (await answer.json()).runs[0].total;
}

scenario("the last price stays as a preliminary one until the print house confirms the new one", async (stage) => {
  const shop = await pads(stage);
  const { questions } = shop;
  const page = await shop.open("/");
  await untilTotal(page, A5);
  await untilShown(page, false);
  assert.deepEqual(questions.asked.map(({ product, runs }) => [product, runs]), [["pads", ["100", "50", "200", "500"]]]);
  const cells = await page.evaluate(() =>
    [...document.querySelector("tirage-calculator").shadowRoot.querySelectorAll(".runs data")].map((node) => node.value));
  assert.equal(cells[1], A5, "the table comes of the same question");
  assert.ok(cells.every(Boolean), "each quantity has its price");
  assert.deepEqual(await violations(page), []);

  questions.mode = "hold";
  await page.evaluate(() => {
    const note = document.querySelector("tirage-calculator").shadowRoot.querySelector("[part=standing]");
    const began = performance.now();
    window.times = {};
    new MutationObserver(() => {
      if (note.checkVisibility()) window.times.shown ??= performance.now() - began;
      if (note.hasAttribute("data-slow")) window.times.slow ??= performance.now() - window.times.shown;
    }).observe(note, { attributes: true });
  });
  await choose(page, "a6");
  await untilReads(() => standing(page), /Preliminary price/u);
  assert.equal(await total(page), A5, "the last price stays");
  const read = await page.evaluate(() => {
    const calculator = document.querySelector("tirage-calculator");
    const [run] = calculator.quote.runs;
    return [run.total, run.standing, calculator.checkValidity(), calculator.validationMessage];
  });
  assert.deepEqual(read.slice(0, 3), [A5, "preliminary", false]);
  assert.match(read[3], /print house/u);
  const slow = await until("the spinner", () => page.evaluate(() => window.times.slow));
  assert.ok(slow >= 295, `a spinner after ${slow} ms`);
  await untilReads(() => inside(page, ".said"), /print house/u);
  assert.deepEqual(await violations(page), []);

  await until("the question", () => questions.held.length === 1);
  questions.release();
  const a6 = await priced(shop, { size: "a6" });
  assert.notEqual(a6, A5);
  await untilTotal(page, a6);
  await untilShown(page, false);
  const prices = (await heard(page, "price")).map(({ total, preliminary }) => [total, preliminary]);
  assert.deepEqual(prices, [[A5, false], [A5, true], [a6, false]]);
  assert.ok(await page.$eval("tirage-calculator", (calculator) => calculator.checkValidity()));

  // A quantity that the same answer told is there at once, and nothing is asked.
  questions.mode = "break";
  const asked = questions.asked.length;
  await (await inside(page, ".runs tbody tr:last-child button")).click();
  await untilTotal(page, await priced(shop, { size: "a6", run: 500 }));
  assert.equal(questions.asked.length, asked);
});

scenario("a price that comes soon shows no spinner", async (stage) => {
  const shop = await pads(stage);
  const page = await shop.open("/");
  await untilTotal(page, A5);
  await page.evaluate(() => {
    const note = document.querySelector("tirage-calculator").shadowRoot.querySelector("[part=standing]");
    window.times = {};
    new MutationObserver(() => {
      const name = note.hasAttribute("data-slow") ? "slow" : note.checkVisibility() ? "shown" : "hidden";
      window.times[name] ??= performance.now();
    }).observe(note, { attributes: true });
  });
  shop.questions.mode = "hold";
  await choose(page, "a4");
  await until("the question", () => shop.questions.held.length === 1);
  shop.questions.release();
  await untilTotal(page, await priced(shop, { size: "a4" }));
  await untilShown(page, false);
  const { shown, hidden, slow } = await page.evaluate(() => window.times);
  assert.ok(shown < hidden, "the price was preliminary for a while");
  // A machine that is slower than that itself has to show it.
  assert.ok(slow === undefined || slow - shown >= 295, `a spinner after ${slow - shown} ms`);
});

scenario("only the latest answers count, whatever is answered when", async (stage) => {
  const shop = await pads(stage);
  const { questions } = shop;
  const page = await shop.open("/");
  await untilTotal(page, A5);
  questions.mode = "hold";
  await choose(page, "a6");
  await until("the first question", () => questions.held.length === 1);
  await choose(page, "a4");
  await until("the second question", () => questions.held.length === 2);
  const [first, second] = questions.held.splice(0);
  second(true);
  const a4 = await priced(shop, { size: "a4" });
  await untilTotal(page, a4);
  first(true);
  // A third one, answered after both, proves that the first had its chance.
  questions.mode = "pass";
  await choose(page, "a5");
  await untilTotal(page, A5);
  const a6 = await priced(shop, { size: "a6" });
  const totals = (await heard(page, "price")).map((event) => event.total);
  assert.ok(totals.includes(a4) && !totals.includes(a6), totals.join());
});

scenario("what does not come is said, and comes by another press", async (stage) => {
  stage.tolerate(NOT_ANSWERED);
  const shop = await pads(stage);
  const { questions } = shop;
  questions.mode = "break";
  const page = await shop.open("/");
  await untilReads(() => standing(page), /does not answer/u);
  assert.equal(await total(page), "");
  const [first] = await heard(page, "invalid");
  assert.match(first.message, /print house/u);
  assert.deepEqual(await violations(page), []);
  questions.mode = "pass";
  await (await inside(page, "[part=retry]")).click();
  await untilTotal(page, A5);

  questions.mode = "break";
  await choose(page, "a4");
  await untilReads(() => standing(page), /does not answer/u);
  assert.equal(await total(page), A5, "the last good price stays");
  assert.deepEqual(await violations(page), []);
  assert.equal((await heard(page, "price")).at(-1).preliminary, true);
  // The button that goes on asks again, and goes on with the confirmed price.
  questions.mode = "pass";
  await (await inside(page, "[part=add-to-cart]")).click();
  await untilTotal(page, await priced(shop, { size: "a4" }));
  await until("the line", async () => (await stored(page)).length === 1);
});

scenario("a press waits for the confirmed price, and the order is at it, with another quantity", async (stage) => {
  const shop = await pads(stage);
  const { questions } = shop;
  const page = await shop.open("/");
  await untilTotal(page, A5);
  questions.mode = "hold";
  await choose(page, "a4");
  await (await inside(page, "[part=add-to-cart]")).click();
  await untilReads(() => standing(page), /once the price is confirmed/u);
  assert.deepEqual(await stored(page), []);
  await until("the question", () => questions.held.length === 1);
  questions.release();
  const a4 = await priced(shop, { size: "a4" });
  const [line] = await until("the line", async () => {
    const items = await stored(page);
    return items.length && items;
  });
  assert.deepEqual([line.total, line.answers.size], [a4, "a4"]);

  questions.mode = "pass";
  await page.goto(`${shop.host}/cart`);
  const cartTotal = (expected) => until(`the cart's total ${expected}`, async () => {
    const found = await inside(page, '[data-testid="cart-total"]', "tirage-cart");
    return (await found.evaluate((node) => node.getAttribute("value"))) === expected;
  });
  await cartTotal(a4);
  const quantity = await until("a quantity that can be changed", async () => {
    const input = await inside(page, "[part=quantity]", "tirage-cart");
    return (await input.evaluate((input) => !input.readOnly)) && input;
  });
  await quantity.click({ count: 3 });
  await quantity.type("210");
  await page.keyboard.press("Tab");
  const of210 = await priced(shop, { size: "a4", run: 210 });
  await cartTotal(of210);
  assert.deepEqual(await violations(page), []);

  const fill = async (name, text) => (await inside(page, `[autocomplete="${name}"]`, "tirage-cart")).type(text);
  await fill("name", "Anna Li");
  await fill("tel", "+7 912 345-67-89");
  await fill("email", "anna@example.com");
  await (await inside(page, "#consent", "tirage-cart")).click();
  await (await inside(page, "[part=place-order]", "tirage-cart")).click();
  const placed = await inside(page, "[data-order]", "tirage-cart");
  assert.match(await textOf(placed), /T-10001/u);
  await untilReads(() => inside(page, "[part=placed]", "tirage-cart"), new RegExp(of210.replace(/\B(?=(\d{3})+$)/u, "."), "u"));
});

scenario("a print house that falls silent at the order loses nothing, and the order goes when it speaks again", async (stage) => {
  stage.tolerate(NOT_ANSWERED);
  stage.tolerate(/503/u);
  const shop = await embedded(stage, {}, { settings: PRODUCT });
  const page = (element) => `<!doctype html><html lang="en"><title>Prints</title>
    <script type="module" src="${shop.url}/v1/tirage.js"></script><main>${element}</main>`;
  shop.pages["/"] = page('<tirage-calculator product="pads" cart="/cart"></tirage-calculator>');
  shop.pages["/cart"] = page("<tirage-cart></tirage-cart>");
  const buyer = await shop.open("/");
  await untilTotal(buyer, A5);
  await (await inside(buyer, "[part=add-to-cart]")).click();
  await until("the line", async () => (await stored(buyer)).length === 1);
  await buyer.goto(`${shop.host}/cart`);
  const cart = (css) => inside(buyer, css, "tirage-cart");
  await until("the cart's total", async () =>
    (await (await cart('[data-testid="cart-total"]')).evaluate((node) => node.getAttribute("value"))) === A5);
  for (const [name, text] of [["name", "Anna Li"], ["tel", "+7 912 345-67-89"], ["email", "anna@example.com"]]) {
    await (await cart(`[autocomplete="${name}"]`)).type(text);
  }
  await (await cart("#consent")).click();

  const slow = (settings) => `${settings.replace(/(memory = "[^"]*")/u, "$1, delay_ms = 60000")}\n[prices]\ntimeout_ms = 300\n`;
  await shop.kill();
  await shop.restart(slow);
  await (await cart("[part=place-order]")).click();
  await untilReads(() => cart("[part=message]"),
    "The print house does not confirm the price right now. Your cart is kept; please try again a little later.");
  assert.deepEqual(await violations(buyer), []);
  await stage.screenshot(buyer, "print house silent at the order");
  const [line] = await stored(buyer);
  assert.deepEqual([line.product, line.total], ["pads", A5]);
  assert.equal(await (await cart('[autocomplete="name"]')).evaluate((input) => input.value), "Anna Li");
  const button = await cart("[part=place-order]");
  assert.notEqual(await button.evaluate((button) => button.ariaDisabled), "true", "it may be tried again");

  await shop.kill();
  await shop.restart((settings) => settings);
  await button.click();
  const placed = await cart("[data-order]");
  assert.match(await textOf(placed), /T-10001/u);
  assert.deepEqual(await stored(buyer), []);
});

scenario("what the print house refuses is told in its words, and has no price", async (stage) => {
  const shop = await pads(stage);
  const page = await shop.open("/");
  await untilTotal(page, A5);
  await page.$eval("tirage-calculator", (calculator) =>
    calculator.set({ run: 5000, size: "a4", "cover.material": "leatherette" }));
  await untilReads(() => inside(page, "[part=problems]"), /no price for these options/u);
  assert.equal(await total(page), "");
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.$eval("tirage-calculator", (calculator) => calculator.checkValidity()), false);
});

scenario("the form without WebAssembly has the print house's price, too", async (stage) => {
  const shop = await pads(stage);
  stage.tolerate(/WebAssembly/u);
  const page = await shop.open("/form");
  await untilTotal(page, A5);
  const { questions } = shop;
  const heardOf = async (name) => (await heard(page, name)).map(({ total, preliminary }) => [total, preliminary]);
  const valid = () => page.$eval("tirage-calculator", (calculator) => calculator.checkValidity());
  const size = async (key) => (await inside(page, "#size")).select(key);
  assert.deepEqual(await violations(page), []);

  questions.mode = "hold";
  await size("a6");
  await untilReads(() => standing(page), /^Preliminary price\s*$/u);
  assert.equal(await total(page), A5, "the last price stays");
  assert.equal(await valid(), false);
  assert.deepEqual((await heardOf("price")).at(-1), [A5, true]);
  assert.equal((await page.$eval("tirage-calculator", ({ quote }) => quote)).runs[0].standing, "preliminary");
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, "form preliminary");
  await until("the question", () => questions.held.length === 1);
  questions.release();
  const a6 = await priced(shop, { size: "a6" });
  await untilTotal(page, a6);
  await untilReads(() => standing(page), /^\s*$/u);
  assert.deepEqual((await heardOf("price")).at(-1), [a6, false]);
  assert.equal(await valid(), true);

  stage.tolerate(NOT_ANSWERED);
  questions.mode = "break";
  await size("a4");
  await untilReads(() => standing(page), /The print house does not answer/u);
  assert.equal(await total(page), a6, "the last good price stays");
  assert.equal(await valid(), false);
  await page.setViewport({ width: 360, height: 740 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, "form silent");
  questions.mode = "pass";
  await (await inside(page, "[part=retry]")).click();
  const a4 = await priced(shop, { size: "a4" });
  await untilTotal(page, a4);
  assert.equal(await valid(), true);
  assert.deepEqual(await heard(page, "invalid"), [], "there was a price all the time");
});

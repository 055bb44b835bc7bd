// The page interface of `<tirage-calculator>` on a shop's own pages, which are on another origin.

import assert from "node:assert/strict";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const CARDS = '<tirage-calculator product="business-cards" locale="en"></tirage-calculator>';

/** Collects the events of the page's elements, from before they are there. */
const LISTEN = `<script>
  window.heard = [];
  for (const name of ["ready", "change", "price", "invalid", "continue", "cart", "error"]) {
    addEventListener("tirage:" + name, (event) => heard.push({ name, ...event.detail }));
  }
</script>`;

const state = (page) => page.$eval("tirage-calculator", (element) => element.state);

const heard = (page, name) =>
  page.evaluate((name) => window.heard.filter((event) => event.name === name), name);

const untilHeard = (page, name) =>
  until(name, async () => {
    const found = await heard(page, name);
    return found.length > 0 && found;
  });

scenario("a page reads and writes answers, and hears who changed what", async (stage) => {
  const shop = await embedded(stage, { "/": LISTEN + CARDS });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  const [ready] = await heard(page, "ready");
  assert.deepEqual([ready.product, ready.source, ready.changed], ["business-cards", "page", []]);
  assert.equal((await heard(page, "price"))[0].total, "317.25");

  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await untilTotal(page, "2928");
  const [change] = await heard(page, "change");
  assert.equal(change.source, "page");
  assert.deepEqual(change.changed.sort(), ["rounded", "run"]);
  assert.equal(change.state.run, 600);
  assert.deepEqual(await state(page), change.state);
  const quote = await page.$eval("tirage-calculator", (element) => element.quote);
  const asked = await fetch(`${shop.url}/v1/quote`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "business-cards", answers: await state(page) }),
  });
  const answer = await asked.json();
  assert.equal(quote.runs[0].total, answer.runs[0].total);
  assert.deepEqual(quote.fields, answer.fields);

  await (await inside(page, "[data-key=rounded] input")).click();
  const byBuyer = (await heard(page, "change")).at(-1);
  assert.deepEqual([byBuyer.source, byBuyer.changed], ["buyer", ["rounded"]]);
  // Offset has papers of its own: rules replace what the buyer had.
  await page.$eval("tirage-calculator", (element) => element.set({ method: "offset", run: 1000 }));
  const byRule = (await heard(page, "change")).at(-1);
  assert.equal(byRule.source, "rule");
  assert.ok(byRule.changed.includes("paper"), JSON.stringify(byRule.changed));
  const keys = await page.$eval("tirage-calculator", (element) => element.schema.parameters.map(({ key }) => key));
  assert.ok(Object.keys(await state(page)).every((key) => keys.includes(key)));
});

scenario("what a page reads is a copy, and a bad write warns and changes nothing", async (stage) => {
  const shop = await embedded(stage, { "/": CARDS });
  const page = await shop.open("/");
  const warnings = [];
  page.on("console", (message) => message.type().startsWith("warn") && warnings.push(message.text()));
  await untilTotal(page, "317.25");
  const before = await state(page);
  const after = await page.$eval("tirage-calculator", (element) => {
    element.state.run = 7;
    const hostile = { get run() { throw new Error("a getter that throws"); } };
    for (const write of [null, 7, "run", [1], { run: -1 }, { run: "many" }, { run: 1.5 }, { run: {} },
      { nobody: 1 }, { method: "stone" }, { run: Symbol("x") }, { run: NaN }, hostile]) {
      element.set(write);
    }
    element.hold(Symbol.iterator.description);
    element.release("iterator");
    return element.state;
  });
  assert.deepEqual(after, before);
  await until("the warnings", () => warnings.length >= 13);
  assert.ok(warnings.some((text) => text.includes("nobody")), warnings.join("\n"));
});

scenario("calls and properties from before the script are done when it is there", async (stage) => {
  const page = `${LISTEN}<script>
    window.tirage = [() => document.querySelector("tirage-calculator").set({ rounded: true })];
  </script>${CARDS}<script>
    document.querySelector("tirage-calculator").state = { run: 600 };
  </script>`;
  const shop = await embedded(stage, { "/": page }, { script: false });
  const opened = await shop.open("/");
  await opened.addScriptTag({ url: `${shop.url}/v1/tirage.js`, type: "module" });
  await untilTotal(opened, "2928");
  assert.equal(await opened.evaluate(() => Array.isArray(window.tirage)), false);
  await opened.evaluate(() => window.tirage.push(() => document.querySelector("tirage-calculator").reset()));
  await untilTotal(opened, "317.25");
});

scenario("a hold keeps the buyer from going on until it is released", async (stage) => {
  const shop = await embedded(stage, { "/": LISTEN + CARDS });
  const page = await shop.open("/");
  const button = await inside(page, "[part=add-to-cart]");
  await page.$eval("tirage-calculator", (element) => {
    element.hold("artwork", "Upload your artwork first");
    element.hold("login", "Log in first");
    element.release("login");
  });
  await untilReads(() => inside(page, "[part=hold]"), "Upload your artwork first");
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), false);
  await button.click();
  assert.deepEqual(await heard(page, "cart"), []);
  await page.$eval("tirage-calculator", (element) => element.release("artwork"));
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), true);
  await button.click();
  const [cart] = await untilHeard(page, "cart");
  assert.deepEqual([cart.source, cart.count], ["buyer", 1]);
});

scenario("a page may take the answers over instead of the cart", async (stage) => {
  const shop = await embedded(stage, { "/": LISTEN + CARDS });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  await page.$eval("tirage-calculator", (element) => {
    element.addEventListener("tirage:continue", (event) => event.preventDefault(), { once: true });
    element.submit();
  });
  const [taken] = await heard(page, "continue");
  assert.deepEqual([taken.source, taken.total, taken.currency, taken.state.run], ["page", "317.25", "RUB", 100]);
  assert.deepEqual(await heard(page, "cart"), []);
  await page.$eval("tirage-calculator", (element) => element.submit());
  assert.equal((await untilHeard(page, "cart"))[0].source, "page");
});

scenario("in a form it has a value and validity, resets, and its answers come back", async (stage) => {
  const form = `<form><input name="who" value="Anna">${CARDS.replace(" product", ' name="line" product')}</form>`;
  const shop = await embedded(stage, { "/": form, "/other": "<p>elsewhere" });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  const value = () => page.$eval("form", (form) => new FormData(form).get("line"));
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  const line = JSON.parse(await value());
  assert.equal(line.product, "business-cards");
  assert.equal(line.total, "2928");
  assert.equal(line.answers.run, 600);
  assert.match(line.template, /^[0-9a-f]{64}$/u);
  assert.equal(await page.$eval("form", (form) => form.checkValidity()), true);

  await page.$eval("tirage-calculator", (element) => element.set({ method: "offset" }));
  assert.equal(await page.$eval("form", (form) => form.checkValidity()), false);
  assert.equal(await value(), null);
  assert.notEqual(await page.$eval("tirage-calculator", (element) => element.validationMessage), "");

  await page.$eval("form", (form) => form.reset());
  assert.equal(JSON.parse(await value()).total, "317.25");
  const restored = JSON.stringify({ run: 600, rounded: true });
  await page.$eval("tirage-calculator", (element, state) => element.formStateRestoreCallback(state, "restore"), restored);
  await untilTotal(page, "2928");
});

scenario("answers are kept when attributes change, and when the element leaves and comes back", async (stage) => {
  const shop = await embedded(stage, { "/": CARDS });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  const change = (name, value) =>
    page.$eval("tirage-calculator", (element, name, value) => element.setAttribute(name, value), name, value);
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await change("locale", "ru");
  await untilReads(() => inside(page, "[part=add-to-cart]"), "В корзину");
  await untilTotal(page, "2928");
  await change("cart", "/basket");
  await untilTotal(page, "2928");
  await change("product", "photo-printing");
  await untilTotal(page, "230");
  await change("product", "business-cards");
  await untilTotal(page, "2928");

  await page.evaluate(async () => {
    window.route = document.querySelector("tirage-calculator");
    window.route.remove();
    await new Promise((done) => setTimeout(done));
    document.body.append(window.route);
  });
  await untilTotal(page, "2928");
});

scenario("going back to a page finds the answers again", async (stage) => {
  const shop = await embedded(stage, { "/": CARDS.replace("product", 'name="line" product'), "/other": "<p>elsewhere" });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await untilTotal(page, "2928");
  await page.goto(`${shop.host}/other`);
  await page.evaluate(() => history.back());
  await untilTotal(page, "2928");
});

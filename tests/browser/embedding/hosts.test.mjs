// The calculator on pages that are not made for it, each a file of www/hosts.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

/** Opens a host page of a running demo shop. */
async function host(stage, name) {
  const shop = await stage.shop();
  const page = await stage.page();
  // Counted from the start: listeners of the window and the document, and timers that are pending.
  await page.evaluateOnNewDocument(watchLeaks);
  await page.goto(`${shop.url}/hosts/${name}`, { waitUntil: "load" });
  return { page, shop };
}

function watchLeaks() {
  window.leaks = { listeners: 0, timers: 0 };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const shared = (target) => !target || target === window || target === document;
  EventTarget.prototype.addEventListener = function (name, listener, options) {
    if (shared(this)) {
      window.leaks.listeners++;
      const gone = () => window.leaks.listeners--;
      if (options?.signal) addEventListener.call(options.signal, "abort", gone, { once: true });
    }
    return addEventListener.call(this, name, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (...values) {
    if (shared(this)) window.leaks.listeners--;
    return removeEventListener.apply(this, values);
  };
  const { setTimeout, clearTimeout } = window;
  const pending = new Set();
  const count = () => (window.leaks.timers = pending.size);
  window.setTimeout = (call, ...rest) => {
    const id = setTimeout(() => { pending.delete(id); count(); call(); }, ...rest);
    pending.add(id);
    count();
    return id;
  };
  window.clearTimeout = (id) => { pending.delete(id); count(); clearTimeout(id); };
}

const set = (page, answers, host = "tirage-calculator") =>
  page.$eval(host, (element, answers) => element.set(answers), answers);

/** A buyer's own click and typing, not the page's interface. */
async function buy600(page, host) {
  const run = await inside(page, "[data-key=run] input", host);
  await run.click({ count: 3 });
  await run.type("600");
  await (await inside(page, "[data-key=rounded] input", host)).click();
  await untilTotal(page, "2928", host);
}

for (const name of ["plain", "csp", "prototype"]) {
  scenario(`${name}.html: a buyer sees a price that follows, and fills the cart`, async (stage) => {
    const { page } = await host(stage, `${name}.html`);
    await untilTotal(page, "317.25");
    await buy600(page);
    await set(page, { rounded: false });
    await set(page, { rounded: true });
    await untilTotal(page, "2928");
    await (await inside(page, "[part=add-to-cart]")).click();
    const cart = await until("the cart", () => page.evaluate(() => localStorage.getItem("tirage.cart")));
    assert.match(cart, /"total":"2928"/u);
    assert.match(cart, /"answers":\{/u);
  });
}

scenario("several.html: calculators of the same product do not share answers", async (stage) => {
  const { page } = await host(stage, "several.html");
  await untilTotal(page, "317.25", "#desk");
  await untilTotal(page, "317.25", "#road");
  await untilTotal(page, "230", "#photos");
  await buy600(page, "#desk");
  await untilTotal(page, "317.25", "#road");
  await untilTotal(page, "230", "#photos");
  const ids = await page.evaluate(() => document.querySelectorAll("[id]").length);
  assert.equal(ids, 3, "ids of controls stay inside their shadow roots");
});

scenario("app.html: routes come and go, and leave no node, listener or timer behind", async (stage) => {
  const { page } = await host(stage, "app.html?cards");
  await untilTotal(page, "317.25");
  const go = (route) => page.$eval(`a[href="?${route}"]`, (link) => link.click());
  const counts = () => page.evaluate(() => ({ ...window.leaks, nodes: document.querySelectorAll("*").length }));
  await go("about");
  await until("nothing pending", async () => (await counts()).timers === 0);
  const before = await counts();
  for (let round = 0; round < 5; round++) {
    await go("cards");
    await untilTotal(page, "317.25");
    await go("photos");
    await untilTotal(page, "230");
    await go("about");
  }
  // A view that is thrown away while it loads, too.
  await go("cards");
  await go("about");
  await until("nothing pending", async () => (await counts()).timers === 0);
  assert.deepEqual(await counts(), before);

  await go("photos");
  await untilTotal(page, "230");
  await go("cards");
  await untilTotal(page, "317.25");
  await page.evaluate(() => history.back());
  await untilTotal(page, "230");
});

scenario("component.html: events leave both shadow roots, and the language comes in", async (stage) => {
  const { page } = await host(stage, "component.html");
  const total = () => page.evaluate(() => {
    const calculator = document.querySelector("shop-card").shadowRoot.querySelector("tirage-calculator");
    return calculator.quote && calculator.shadowRoot.querySelector('[part="total"]').getAttribute("value");
  });
  await until("a price", async () => (await total()) === "317.25");
  const heard = await page.evaluate(() => {
    const totals = [];
    document.addEventListener("tirage:price", (event) => totals.push(event.detail.total, event.target.localName));
    const calculator = document.querySelector("shop-card").shadowRoot.querySelector("tirage-calculator");
    calculator.set({ run: 600, rounded: true });
    return [...totals, calculator.shadowRoot.querySelector("[part=add-to-cart]").textContent];
  });
  assert.deepEqual(heard, ["2928", "shop-card", "В корзину"]);
});

scenario("form.html: the form sends the configured line, and Enter in a field does not send it", async (stage) => {
  const { page } = await host(stage, "form.html");
  await untilTotal(page, "317.25");
  await buy600(page);
  await (await inside(page, "[data-key=run] input")).press("Enter");
  assert.equal(await page.$eval("output", (output) => output.textContent), "");
  await page.click("form button");
  const sent = JSON.parse(await page.$eval("output", (output) => output.textContent));
  assert.equal(sent.who, "Anna");
  assert.equal(JSON.parse(sent.line).total, "2928");
  await page.click("form button[type=reset]");
  await untilTotal(page, "317.25");
});

scenario("frame.html: it works inside a frame that has a title", async (stage) => {
  const { page } = await host(stage, "frame.html");
  const element = await page.$("iframe");
  assert.equal(await element.evaluate((frame) => frame.title), "Price of business cards");
  const frame = await until("the frame", () => element.contentFrame());
  await untilTotal(frame, "317.25");
  await set(frame, { run: 600, rounded: true });
  await untilTotal(frame, "2928");
});

scenario("rtl.html: it is mirrored and nothing sticks out", async (stage) => {
  const { page } = await host(stage, "rtl.html");
  await untilTotal(page, "317.25");
  const seen = await page.evaluate(() => {
    const root = document.querySelector("tirage-calculator").shadowRoot;
    const box = (css) => root.querySelector(css).getBoundingClientRect();
    return {
      direction: getComputedStyle(root.querySelector(".tirage")).direction,
      mirrored: box("[part=fields]").left > box("[part=price]").left,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
  assert.deepEqual(seen, { direction: "rtl", mirrored: true, overflow: 0 });
});

scenario("hostile.html: the page's styles do not reach in, and the focus can be seen", async (stage) => {
  const look = (page) => page.evaluate(() => {
    const root = document.querySelector("tirage-calculator").shadowRoot;
    const field = root.querySelector("[data-key=run]");
    const label = getComputedStyle(field.querySelector("[part=label]"));
    const { height } = field.querySelector("input").getBoundingClientRect();
    const style = Object.fromEntries(["fontSize", "fontStyle", "letterSpacing", "textTransform", "color",
      "textAlign", "whiteSpace", "lineHeight", "float", "cursor"].map((name) => [name, label[name]]));
    return { ...style, height: Math.round(height) };
  });
  const { page, shop } = await host(stage, "hostile.html");
  await untilTotal(page, "317.25");
  const among = await look(page);
  await page.goto(`${shop.url}/hosts/plain.html`);
  await untilTotal(page, "317.25");
  assert.deepEqual(among, await look(page));

  await page.goto(`${shop.url}/hosts/hostile.html`);
  await untilTotal(page, "317.25");
  const focused = () => page.evaluate(() => {
    const control = document.activeElement.shadowRoot?.activeElement;
    return control && getComputedStyle(control).outlineStyle;
  });
  await until("a focused control", async () => {
    await page.keyboard.press("Tab");
    return focused();
  });
  assert.notEqual(await focused(), "none");
});

scenario("form-only.html: where no WebAssembly is allowed, a form prices and asks who orders", async (stage) => {
  stage.tolerate(/Content.Security.Policy|wasm|WebAssembly/iu);
  const { page } = await host(stage, "form-only.html");
  await untilTotal(page, "317.25");
  await set(page, { run: 600, rounded: true });
  await untilTotal(page, "2928");
  await (await inside(page, "[part=add-to-cart]")).click();
  await untilReads(() => inside(page, "[part=checkout] legend"), "Contact and delivery");
  await stage.screenshot(page, `form-only ${process.env.BROWSER}`);
});

scenario("every page of the folder is tried here", async () => {
  const folder = fileURLToPath(new URL("../../../www/hosts/", import.meta.url));
  const suites = fileURLToPath(new URL("./", import.meta.url));
  const pages = (await readdir(folder)).filter((name) => name.endsWith(".html") && name !== "index.html");
  const tests = await Promise.all((await readdir(suites)).map((name) => readFile(suites + name, "utf8")));
  const named = ["plain", "csp", "prototype"].map((name) => `${name}.html`);
  for (const name of pages) assert.ok(named.includes(name) || tests.some((text) => text.includes(name)), name);
  const list = await readFile(`${folder}index.html`, "utf8");
  for (const name of pages) assert.ok(list.includes(`href="${name}"`), `${name} is not in the list`);
});

scenario("earlier.html: an embed of an earlier site tells its page the price, beside a shortcode", async (stage) => {
  const { page } = await host(stage, "earlier.html");
  const embed = "#integratedCalculator tirage-calculator";
  await untilTotal(page, "317.25", embed);
  await untilTotal(page, "230", "h2 + p tirage-calculator");
  await set(page, { run: 600, rounded: true }, embed);
  await untilReads(() => page.$("output"), /2,928/u);
});

scenario("the generator writes a tag that works elsewhere, pinned by its hash", async (stage) => {
  const pages = {};
  const other = await stage.host({ pages });
  const shop = await stage.shop({ more: `[shop]\nallowed_origins = [${JSON.stringify(other.url)}]\n` });
  const page = await stage.page(`${shop.url}/hosts/`);
  await until("the tag", () => page.$eval("#tag", (area) => area.value));
  await untilTotal(page, "317.25");
  await page.select("select[name=product]", "photo-printing");
  await page.select("select[name=version]", "pinned");
  await page.select("select[name=locale]", "en");
  const tag = await page.$eval("#tag", (area) => area.value);
  assert.match(tag, /integrity="sha384-/u);
  await untilTotal(page, "230");

  pages["/"] = `<!doctype html><html lang="ru"><title>Photos</title>${tag}`;
  const elsewhere = await stage.page(`${other.url}/`);
  await untilTotal(elsewhere, "230");
  await untilReads(() => inside(elsewhere, "[part=add-to-cart]"), "Add to cart");
});

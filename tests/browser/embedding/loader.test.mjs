// The loader: what it fetches and when, what it refuses, and what a page shows meanwhile.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { setting } from "../support/process.mjs";
import { scenario } from "../support/scenario.mjs";
import { until } from "../support/wait.mjs";

const OWN = "<p class=own>Call us for a price</p>";

/** The built files on a page's own origin, where a test may damage them, beside the service. */
async function files(stage, body, alter, { product = "business-cards", settings = "" } = {}) {
  const pages = {};
  const host = await stage.host({ pages, folder: setting("TIRAGE_ASSETS"), alter });
  const shop = await stage.shop({ more: `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n${settings}` });
  const element = `<tirage-calculator product="${product}" locale="en" api="${shop.url}">${OWN}</tirage-calculator>`;
  pages["/"] = `<!doctype html><html lang="en"><head><title>Prints</title>
    <script type="module" src="/v1/tirage.js"></script></head><body><main>${body(element)}</main></body></html>`;
  const asked = (end) => host.asked.filter((path) => path.endsWith(end));
  return { ...host, shop: shop.url, asked, modules: () => asked("_bg.wasm") };
}

const shown = (page, at = 0) =>
  page.evaluate((at) => {
    const element = document.querySelectorAll("tirage-calculator")[at];
    const slotted = element.querySelector(".own").checkVisibility();
    const total = element.shadowRoot?.querySelector('[part="total"]')?.getAttribute("value");
    return total ? (slotted ? "both" : total) : slotted ? "own" : "nothing";
  }, at);

const untilShown = (page, expected, at) =>
  until(`${expected} on the page`, async () => {
    const found = await shown(page, at);
    if (found !== expected) throw new Error(found);
    return true;
  });

const untilError = (page) =>
  until("the error", () => page.evaluate(() => window.errors.length > 0));

const COUNT = `<script>
  window.errors = [];
  addEventListener("tirage:error", (event) => errors.push(event.detail.message));
</script>`;

for (const file of ["tirage_app_bg.wasm", "tirage_app.js"]) {
  scenario(`one changed byte in ${file} is refused, and the page's own content stays`, async (stage) => {
    stage.tolerate(/integrity|Failed to load resource|hash/iu);
    let damaged = true;
    const host = await files(stage, (element) => COUNT + element, (path, bytes) => {
      if (damaged && path.endsWith(file)) bytes[bytes.length - 2] ^= 1;
      return bytes;
    });
    const page = await stage.page(`${host.url}/`);
    await untilError(page);
    assert.equal(await shown(page), "own");
    // The other file may still be on its way: the error does not wait for it.
    await until("no link left", () => page.evaluate(() => document.querySelectorAll("link").length === 0));

    damaged = false;
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await untilShown(page, "317.25");
  });
}

scenario("the list of hashes names every file of a version, and every hash is right", async (stage) => {
  const assets = setting("TIRAGE_ASSETS");
  const { version, integrity } = JSON.parse(await readFile(join(assets, "v1/integrity.json"), "utf8"));
  const files = (await readdir(join(assets, "v", version))).filter((name) => /\.(?:js|wasm)$/u.test(name));
  assert.deepEqual(Object.keys(integrity).sort(), files.sort());
  const hash = async (kind, name) => {
    const bytes = await readFile(join(assets, "v", version, name));
    return `${kind}-${createHash(kind).update(bytes).digest("base64")}`;
  };
  for (const name of files) assert.equal(integrity[name], await hash("sha384", name), name);
  // What the loader fetches later is known to it, chunks through a list that it knows.
  const known = await Promise.all(["v1/tirage.js", "v1/tirage_chunks.js"].map((name) => readFile(join(assets, name), "utf8")));
  for (const name of files.filter((name) => /^tirage_/u.test(name))) {
    const isChunk = name.endsWith(".wasm") && !name.endsWith("_bg.wasm");
    assert.ok(known[Number(isChunk)].includes(await hash("sha256", name)), name);
  }
});

scenario("a script that was missing is asked for again by the next element, and by the first", async (stage) => {
  stage.tolerate(/Failed to load resource|404|Loading module|sha256/u);
  let missing = true;
  const host = await files(stage, (element) => COUNT + element, (path, bytes) =>
    missing && path.endsWith("tirage_app.js") ? undefined : bytes);
  const page = await stage.page(`${host.url}/`);
  await untilError(page);
  assert.equal(await shown(page), "own");
  missing = false;
  await page.evaluate(() => {
    const first = document.querySelector("tirage-calculator");
    first.after(first.cloneNode(true));
  });
  await untilShown(page, "317.25", 1);
  await untilShown(page, "317.25", 0);
});

scenario("many elements load one module, and a second script tag does nothing", async (stage) => {
  const host = await files(stage, (element) => element.repeat(3));
  const page = await stage.page(`${host.url}/`);
  for (const at of [0, 1, 2]) await untilShown(page, "317.25", at);
  assert.equal(host.modules().length, 1);
  await page.addScriptTag({ url: "/v1/tirage.js?again", type: "module" });
  await page.evaluate(() => document.querySelector("tirage-calculator").after(
    document.querySelector("tirage-calculator").cloneNode(true)));
  await untilShown(page, "317.25", 3);
  assert.equal(host.modules().length, 1);
});

scenario("a lazy calculator loads nothing before it is nearly in sight", async (stage) => {
  const host = await files(stage, (element) => `<style>#far { height: 4000px }</style><div id="far"></div>${element.replace(" product", ' loading="lazy" product')}`);
  const page = await stage.page();
  await page.goto(`${host.url}/`, { waitUntil: "networkidle0" });
  assert.equal(await shown(page), "own");
  assert.deepEqual(host.modules(), []);
  await page.evaluate(() => document.querySelector("tirage-calculator").scrollIntoView());
  await untilShown(page, "317.25");
});

/** What a buyer reads in an element's shadow root. */
const words = (page, host) =>
  page.evaluate((host) => document.querySelector(host).shadowRoot?.querySelector(".tirage")?.innerText ?? "", host);

const untilWords = (page, host, expected) =>
  until(`${expected} in ${host}`, async () => {
    const found = await words(page, host);
    if (!expected.test(found)) throw new Error(found);
    return true;
  });

const press = (page, host, part) =>
  page.evaluate((host, part) => document.querySelector(host).shadowRoot.querySelector(`[part="${part}"]`).click(), host, part);

scenario("one changed byte in a chunk is refused, said in words, and another try is real", async (stage) => {
  stage.tolerate(/integrity|Failed to load resource|hash/iu);
  let damaged = true;
  const host = await files(stage, () => `${COUNT}<tirage-cart locale="en"></tirage-cart>`, (path, bytes) => {
    if (damaged && path.endsWith("tirage_cart.wasm")) bytes[bytes.length - 2] ^= 1;
    return bytes;
  });
  const page = await stage.page(`${host.url}/`);
  await untilWords(page, "tirage-cart", /did not load/u);
  assert.equal(await page.evaluate(() => window.errors.length), 1);
  await press(page, "tirage-cart", "retry");
  await until("the second error", () => page.evaluate(() => window.errors.length === 2));

  damaged = false;
  await press(page, "tirage-cart", "retry");
  await untilWords(page, "tirage-cart", /Your cart is empty/u);
});

scenario("a script for files that did not come is told at their question, and asked for again", async (stage) => {
  stage.tolerate(/Failed to load resource|404|integrity|sha256|MIME type/u);
  let missing = true;
  const template = fileURLToPath(new URL("../templates/files.json", import.meta.url));
  const settings = `\n[[products]]\nkey = "files"\ntemplate = ${JSON.stringify(template)}\nposition = 9\n`;
  const host = await files(stage, (element) => COUNT + element, (path, bytes) =>
    missing && path.endsWith("tirage_files.js") ? undefined : bytes, { product: "files", settings });
  const page = await stage.page(`${host.url}/`);
  await untilError(page);
  await untilWords(page, "tirage-calculator", /did not load.*Try again/su);
  missing = false;
  await press(page, "tirage-calculator", "retry");
  await until("the control", () => page.evaluate(() =>
    document.querySelector("tirage-calculator").shadowRoot.querySelectorAll("[type=file]").length === 2));
});

scenario("a chunk that failed once is asked for again by the next press", async (stage) => {
  stage.tolerate(/Failed to load resource|404|integrity|sha256/u);
  let missing = true;
  const host = await files(stage, (element) => COUNT + element, (path, bytes) =>
    missing && path.endsWith("tirage_keep.wasm") ? undefined : bytes);
  const page = await stage.page(`${host.url}/`);
  await untilShown(page, "317.25");
  // The browser was idle and asked by itself: nothing else asks beside the presses from here on.
  await until("a try", () => host.asked("tirage_keep.wasm").length > 0);
  await press(page, "tirage-calculator", "add-to-cart");
  await untilError(page);
  await untilWords(page, "tirage-calculator", /did not load/u);
  assert.equal(await shown(page), "317.25", "the price stays");
  assert.equal(await page.evaluate(() => localStorage.length), 0);

  missing = false;
  await press(page, "tirage-calculator", "add-to-cart");
  await untilWords(page, "tirage-calculator", /Added to the cart/u);
  assert.match(await page.evaluate(() => localStorage.getItem("tirage.cart")), /business-cards/u);
});

scenario("what a page may ask is tried again, and what it wanted meanwhile is done then", async (stage) => {
  stage.tolerate(/Failed to load resource|404|integrity|sha256/u);
  let missing = true;
  const host = await files(stage, (element) => `${COUNT}<script>
    addEventListener("tirage:ready", (event) => (window.at = [event.target.quote?.runs[0].total, event.target.state.run]));
    addEventListener("tirage:change", (event) => (window.changed = event.detail));
  </script>${element}`, (path, bytes) => missing && path.endsWith("tirage_more.wasm") ? undefined : bytes);
  const page = await stage.page(`${host.url}/`);
  await untilShown(page, "317.25");
  await untilError(page);
  await untilWords(page, "tirage-calculator", /did not load/u);
  await page.evaluate(() => document.querySelector("tirage-calculator").hold("artwork", "Upload first"));
  await page.evaluate(() => {
    const [...rows] = document.querySelector("tirage-calculator").shadowRoot.querySelectorAll('[part="runs"] button');
    rows.at(-1).click();
  });
  await press(page, "tirage-calculator", "add-to-cart");
  assert.equal(await page.evaluate(() => window.at ?? window.changed), undefined);

  missing = false;
  // A try that was under way fails with the one before it: people press again, too.
  await until("what the page wanted", () =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector("tirage-calculator");
      const retry = shadowRoot.querySelector('[part="retry"]');
      if (retry?.checkVisibility()) retry.click();
      return /Upload first/u.test(shadowRoot.querySelector(".tirage").innerText);
    }));
  await press(page, "tirage-calculator", "add-to-cart");
  assert.equal(await page.evaluate(() => localStorage.length), 0, "held by the page");
  const change = await page.evaluate(() => window.changed);
  assert.deepEqual([change.source, change.changed], ["buyer", ["run"]]);
});

scenario("a calculator alone loads nothing of the cart, and a cart beside it no second module", async (stage) => {
  const host = await files(stage, (element) => element);
  const page = await stage.page(`${host.url}/`);
  await untilShown(page, "317.25");
  assert.deepEqual(host.asked("tirage_cart.wasm"), []);
  await page.evaluate(() => document.querySelector("main").append(document.createElement("tirage-cart")));
  await untilWords(page, "tirage-cart", /cart is empty/u);
  assert.equal(host.asked("tirage_cart.wasm").length, 1);
  assert.equal(host.modules().length, 1);
});

for (const width of [1280, 360]) {
  scenario(`what comes after the first price moves nothing, ${width} wide`, async (stage) => {
    let come;
    const coming = new Promise((resolve) => (come = resolve));
    const host = await files(stage, (element) => `${element}<p id="below">Below</p>`, async (path, bytes) => {
      if (/tirage_(?:more|why)\.wasm$/u.test(path)) await coming;
      return bytes;
    });
    const page = await stage.page();
    await page.setViewport({ width, height: 900 });
    await page.goto(`${host.url}/`);
    await untilShown(page, "317.25");
    await untilWords(page, "tirage-calculator", /Prices for other quantities/u);
    const below = () => page.evaluate(() => {
      const inner = document.querySelector("tirage-calculator").shadowRoot;
      const tops = [...inner.querySelectorAll(".field, .bar, .more, .more > *")].map((node) => node.getBoundingClientRect().top);
      return [document.querySelector("#below").getBoundingClientRect().top, ...tops].map(Math.round);
    });
    const before = await below();
    assert.equal(await page.evaluate(() => document.querySelector("tirage-calculator").quote), undefined);
    // The explanation opens with its lines in it, never empty before.
    await page.evaluate(() => document.querySelector("tirage-calculator").shadowRoot.querySelector("summary").click());
    await until("the explanation to be asked for", () => host.asked("tirage_why.wasm").length > 0);
    assert.deepEqual(await below(), before);
    await page.evaluate(() => {
      const details = document.querySelector("tirage-calculator").shadowRoot.querySelector("details");
      details.addEventListener("toggle", () => (window.lines ??= details.querySelectorAll("li").length));
    });
    come();
    await until("the explanation", () => page.evaluate(() => window.lines > 0));
  });
}

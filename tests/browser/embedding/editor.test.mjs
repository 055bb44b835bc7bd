// Photo editors: the price of what is laid out, a calculator in a frame, and an editor to use.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

/** The price of answers by the service, which the editor's must equal. */
async function quoted(shop, product, answers) {
  const response = await fetch(`${shop.url}/v1/quote`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product, answers }),
  });
  return Number((await response.json()).runs[0].total);
}

/** Calls `calculatePrice` in the page, as an editor would. */
const calculate = (page, url, options, state) =>
  page.evaluate(async (url, options, state) => {
    const { tirageCalculatePrice } = await import(`${url}/v1/editor.js`);
    const calculatePrice = tirageCalculatePrice(options);
    return calculatePrice(state).catch((error) => error.message);
  }, url, options, state);

scenario("a scripted editor gets the price of photos by material, and of a design by its surfaces", async (stage) => {
  stage.tolerate(/status of 404/u);
  const shop = await embedded(stage, { "/": "" });
  const page = await shop.open("/");
  const materials = { small: { size: "9x13" }, large: { size: "20x30" } };
  const photos = { product: "photo-printing", locale: "en", materials };
  const both = await calculate(page, shop.url, photos, [{ materialId: "small", count: 25 }, { materialId: "large", count: 3 }]);
  const small = await quoted(shop, "photo-printing", { size: "9x13", run: 25 });
  const large = await quoted(shop, "photo-printing", { size: "20x30", run: 3 });
  assert.equal(both.totalPrice, small + large);
  assert.equal(both.quantity, 28);
  assert.match(both.totalPriceString, /₽/u);
  assert.equal((await calculate(page, shop.url, photos, { materialId: "small", count: 25 })).totalPrice, small);
  assert.match(await calculate(page, shop.url, photos, [{ materialId: "stone", count: 1 }]), /unknown material stone/u);
  assert.equal((await calculate(page, shop.url, photos, [])).totalPrice, 0);

  const zone = (isFilled) => ({ isFilled });
  const design = { surfaces: [{ zones: [zone(true)] }, { zones: [zone(true), zone(false)] }], totalSurfaceCount: 12, quantity: 1 };
  const pages = { product: "document-printing", parameters: { surfaces: "pages", quantity: null } };
  const right = await calculate(page, shop.url, pages, design);
  assert.equal(right.totalPrice, await quoted(shop, "document-printing", { pages: 12 }));
  assert.match(await calculate(page, shop.url, { product: "nothing" }, design), /404/u);
});

/** A page of the shop with the frame, which keeps its connection as `window.link`. */
async function framed(stage, { product = "business-cards", settings = "", answer = "", late = false } = {}) {
  const pages = {};
  const host = await stage.host({ pages });
  const shop = await stage.shop({ more: `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n${settings}` });
  pages["/"] = `<!doctype html><html lang="en"><title>Editor</title>
    <iframe id="frame" title="Price" src="${shop.url}/v1/frame/${product}?locale=en"></iframe>
    <iframe id="other" title="Somebody else" src="/other"></iframe>
    <script type="module">
      ${late ? 'await new Promise((come) => addEventListener("message", ({ data }) => data?.type === "ready" && come()));' : ""}
      const { connectFrame } = await import("${shop.url}/v1/editor.js");
      window.heard = [];
      window.link = connectFrame(document.querySelector("#frame"), { heard: (name, detail) => {
        heard.push([name, detail]);
        ${answer}
      } });
    </script>`;
  pages["/other"] = "<!doctype html><title>Other</title>";
  const page = await stage.page(`${host.url}/`);
  const frame = await until("the frame", () =>
    page.frames().find((frame) => frame.url().includes("/v1/frame/")));
  return { host, shop, page, frame };
}

scenario("a frame takes answers, tells its events, and grows with its content", async (stage) => {
  const { page, frame } = await framed(stage);
  await untilTotal(frame, "317.25");
  await page.evaluate(() => window.link.ask("set", { answers: { run: 600, rounded: true } }));
  await untilTotal(frame, "2928");
  const state = await page.evaluate(() => window.link.ask("state"));
  assert.equal(state.run, 600);
  assert.equal((await page.evaluate(() => window.link.ask("quote"))).runs[0].total, "2928");
  const totals = await page.evaluate(() => heard.filter(([name]) => name === "price").map(([, { total }]) => total));
  assert.deepEqual([totals[0], totals.at(-1)], ["317.25", "2928"]);
  await until("the frame's height", async () =>
    (await page.$eval("#frame", (frame) => frame.getBoundingClientRect().height)) > 400);
});

scenario("a page whose script comes later than its frame is heard all the same", async (stage) => {
  const { page, frame } = await framed(stage, { late: true });
  await untilTotal(frame, "317.25");
  assert.equal((await page.evaluate(() => window.link.ask("state"))).run, 100);
});

scenario("wrong windows, lookalike origins and 100,000 random messages change nothing", async (stage) => {
  const { host, page, frame } = await framed(stage);
  await untilTotal(frame, "317.25");
  const before = await page.evaluate(() => window.link.ask("state"));
  const hello = { v: 1, type: "hello", id: "1" };

  // From the right window and a neighbour, over the wire.
  await page.evaluate((hello) => {
    const target = document.querySelector("#frame").contentWindow;
    target.postMessage(hello, "*", [new MessageChannel().port2]);
    target.postMessage({ v: 1, type: "set", id: "2", answers: { run: 7 } }, "*");
  }, hello);
  const other = page.frames().find((frame) => frame.url().endsWith("/other"));
  await other.evaluate((hello) => {
    parent.frames[0].postMessage(hello, "*", [new MessageChannel().port2]);
    parent.postMessage({ v: 1, type: "ready" }, "*");
    parent.postMessage({ v: 1, type: "resize", height: 1 }, "*");
  }, hello);

  const reached = await frame.evaluate(async (own, hello) => {
    const lookalikes = ["null", "file://", `${own}.evil.net`, own.replace("http:", "https:"), `${own}/`, `${own}0`, "", own.toUpperCase()];
    // Firefox makes no event in the name of a window of another origin.
    const sources = [parent, window, null].filter((source) => {
      try {
        return new MessageEvent("message", { source });
      } catch {
        return false;
      }
    });
    let seed = 7;
    const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
    const types = ["hello", "set", "hold", "reset", "submit", "release", "ready", "answer", "__proto__", "constructor"];
    let answered = 0;
    for (let at = 0; at < 100_000; at++) {
      const port = new MessageChannel();
      const data = [hello, null, at, "hello", [], { v: random(3), type: types[random(10)], id: at, answers: { run: random(900) } }, { v: "1", type: "hello" }][random(7)];
      const right = random(5) === 0;
      const init = {
        data,
        origin: right ? own : lookalikes[random(lookalikes.length)],
        source: sources[random(sources.length)],
        ports: random(2) ? [port.port2] : [],
      };
      port.port1.onmessage = () => answered++;
      dispatchEvent(new MessageEvent("message", init));
      port.port1.close();
    }
    return answered;
  }, host.url, hello);
  assert.equal(reached, 0);
  assert.deepEqual(await page.evaluate(() => window.link.ask("state")), before);

  // The page that holds the frame is as deaf to everybody else.
  const heard = await page.evaluate((service) => {
    const lookalikes = ["null", "file://", `${service}.evil.net`, service.replace("http:", "https:"), `${service}/`, `${service}0`, "", service.toUpperCase()];
    let seed = 11;
    const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
    const types = ["ready", "event", "answer", "resize", "hello", "__proto__", "constructor"];
    const before = window.heard.length;
    for (let at = 0; at < 100_000; at++) {
      const data = [null, at, "ready", [], { v: random(3), type: types[random(7)], id: at, height: random(90), name: "price", detail: { total: "1" } }][random(5)];
      // Its own window, and none: no page can speak in the name of the frame's.
      const source = [window, null][random(2)];
      dispatchEvent(new MessageEvent("message", { data, origin: random(5) ? lookalikes[random(lookalikes.length)] : service, source }));
    }
    return window.heard.length - before;
  }, new URL(frame.url()).origin);
  assert.equal(heard, 0);
  await page.evaluate(() => window.link.ask("set", { answers: { run: 600, rounded: true } }));
  await untilTotal(frame, "2928");
  const height = await page.$eval("#frame", (frame) => frame.getBoundingClientRect().height);
  assert.ok(height > 100, `the neighbour changed the height: ${height}`);
});

scenario("before the greeting a frame answers no lookalike, and a page that is not listed gets none", async (stage) => {
  stage.tolerate(/frame-ancestors|Refused to|Framing|X-Frame|violat|Failed to load/iu);
  const pages = {};
  const listed = await stage.host({ pages });
  const stranger = await stage.host({ pages });
  const shop = await stage.shop({ more: `[shop]\nallowed_origins = [${JSON.stringify(listed.url)}]\n` });
  pages["/"] = `<!doctype html><title>Editor</title><script>
      window.ready = 0;
      addEventListener("message", ({ data }) => { if (data?.type === "ready") window.ready++; });
    </script><iframe id="frame" title="Price" src="${shop.url}/v1/frame/business-cards"></iframe>`;
  const page = await stage.page(`${listed.url}/`);
  await until("the frame to be ready", () => page.evaluate(() => window.ready > 0));
  const frame = page.frames().find((frame) => frame.url().includes("/v1/frame/"));
  const shown = () => frame.evaluate(() => document.querySelectorAll("tirage-calculator").length);
  await frame.evaluate((own) => {
    const greet = (origin, source) => {
      const ports = [new MessageChannel().port2];
      dispatchEvent(new MessageEvent("message", { data: { v: 1, type: "hello" }, origin, source, ports }));
    };
    // Firefox makes no event in the name of a window of another origin.
    const others = navigator.userAgent.includes("Firefox") ? [null] : [parent];
    for (const origin of ["null", "file://", `${own}.evil.net`, `${own}0`, own.toUpperCase()]) {
      for (const source of others) greet(origin, source);
    }
    for (const source of [null, window]) greet(own, source);
  }, listed.url);
  assert.equal(await shown(), 0);
  await page.evaluate((to) => {
    const target = document.querySelector("#frame").contentWindow;
    target.postMessage({ v: 1, type: "hello", id: "1" }, to, [new MessageChannel().port2]);
  }, shop.url);
  await until("the calculator", async () => (await shown()) === 1);

  const unlisted = await stage.page();
  await unlisted.goto(`${stranger.url}/`, { waitUntil: "domcontentloaded" });
  const before = await page.evaluate(() => window.ready);
  assert.equal(before, 1);
  assert.equal(await unlisted.evaluate(() => window.ready), 0);
});

scenario("in the demo editor sizes change the price, and what is laid out reaches the cart", async (stage) => {
  const shop = await stage.shop();
  const page = await stage.page(`${shop.url}/hosts/editor.html`);
  for (let at = 0; at < 3; at++) await page.click("#sample");
  const sum = (small, large) => new RegExp(`${(small + large).toLocaleString("en")}.* for 3 prints`, "u");
  const three = await quoted(shop, "photo-printing", { size: "10x15", run: 3 });
  await untilReads(() => page.$("#price"), sum(three, 0));
  await page.select("#sheet li:nth-child(2) select", "20x30");
  const two = await quoted(shop, "photo-printing", { size: "10x15", run: 2 });
  const one = await quoted(shop, "photo-printing", { size: "20x30", run: 1 });
  await untilReads(() => page.$("#price"), sum(two, one));
  await page.click('#sheet li:nth-child(2) button[aria-label^="Earlier"]');
  assert.equal(await page.$eval("#sheet li:first-child select", (select) => select.value), "20x30");
  await page.click("#continue");
  await until("the cart", () => page.url().endsWith("/cart"));
  const items = await page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")).items);
  assert.deepEqual(items.map(({ total }) => Number(total)), [two, one]);
});

scenario("the page around a frame gets the files and says what they are called", async (stage) => {
  const template = fileURLToPath(new URL("../templates/files.json", import.meta.url));
  const settings = `\n[[products]]\nkey = "files"\ntemplate = ${JSON.stringify(template)}\nposition = 9\n`;
  const answer = `if (name !== "upload") return;
    const [file] = detail.files;
    if (file.name === "named.pdf") return;
    if (file.name === "lost.pdf") return Promise.reject(new Error("no room"));
    return file.text().then((text) => [text.trim() + "-1"]);`;
  const { page, frame } = await framed(stage, { product: "files", settings, answer });
  const folder = await mkdtemp(join(tmpdir(), "tirage-framed-"));
  const state = () => page.evaluate(() => window.link.ask("state"));
  const input = await inside(frame, "[data-key=layout] [type=file]");
  for (const [name, expected] of [
    ["sent.pdf", ["%PDF-1"]],
    ["named.pdf", ["%PDF-1", "named.pdf"]],
    ["lost.pdf", ["%PDF-1", "named.pdf", "lost.pdf"]],
  ]) {
    await writeFile(join(folder, name), "%PDF\n");
    await input.uploadFile(join(folder, name));
    await until(name, async () => String((await state()).layout) === String(expected));
  }
  await untilReads(() => inside(frame, "[data-standing=failed] small"), "5 bytes, not uploaded");
  const offered = await page.evaluate(() => heard.filter(([name]) => name === "upload").map(([, { parameter, files }]) => [parameter, files[0] instanceof File]));
  assert.deepEqual(offered, [["layout", true], ["layout", true], ["layout", true]]);
  await rm(folder, { recursive: true });
});

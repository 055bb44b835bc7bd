// How a shop wants its calculators: options of products, categories, views and pages, its own styles,
// and the themes.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const path = (name) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
/** The template that asks for files, which may be missing: only then may they be left out. */
async function posters() {
  const folder = await mkdtemp(join(tmpdir(), "tirage-posters-"));
  const text = await readFile(fileURLToPath(new URL("../templates/files.json", import.meta.url)), "utf8");
  await writeFile(join(folder, "posters.json"), text.replace(', "required": true', ""));
  return { file: JSON.stringify(join(folder, "posters.json")), remove: () => rm(folder, { recursive: true }) };
}
const CARDS = path("../../../examples/business-cards.json");
const product = (key, options, template = CARDS) =>
  `\n[[products]]\nkey = "${key}"\ntemplate = ${template}\nposition = 9\noptions = ${options}\n`;

const LISTEN = `<script>
  window.heard = [];
  for (const name of ["continue", "cart"]) {
    addEventListener("tirage:" + name, ({ type, detail }) => heard.push([type, detail.button ?? detail.count]));
  }
</script>`;
const tag = (product, more = "") =>
  `${LISTEN}<tirage-calculator product="${product}" locale="en" ${more}></tirage-calculator>`;

const heard = (page) => page.evaluate(() => window.heard);
const part = (page, name) => inside(page, `[part="${name}"]`);
const press = async (page, name) => (await part(page, name)).evaluate((button) => button.click());
/** Whether a part is there and seen. */
const isSeen = (page, name) => page.$eval("tirage-calculator", ({ shadowRoot }, name) =>
  shadowRoot.querySelector(`[part="${name}"]`)?.checkVisibility({ visibilityProperty: true }) ?? false, name);
const style = (page, css, property) => page.$eval("tirage-calculator", ({ shadowRoot }, css, property) =>
  getComputedStyle(shadowRoot.querySelector(css))[property], css, property);
const isReady = (page) =>
  until("the calculator to be ready", () => page.$eval("tirage-calculator", ({ schema }) => schema !== undefined));
/** What the console was told, from now on. */
function warnings(page) {
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  return told;
}

scenario("a shop names the button that goes on, and adds one for the cart and one for the order", async (stage) => {
  const settings = product("named",
    '{ continue_label = { ru = "Далее", en = "Next step" }, cart_button = true, order_button = true, order_page = "/checkout" }');
  const pages = { "/": tag("named"), "/ru": tag("named", 'lang="ru"').replace('locale="en" ', ""), "/checkout": "<h1>Checkout</h1>" };
  const shop = await embedded(stage, pages, { settings });
  const page = await shop.open("/");
  await untilReads(() => part(page, "add-to-cart"), "Next step");
  await untilReads(() => part(page, "cart"), "Add to cart");
  await untilReads(() => part(page, "order"), "Order now");
  await isReady(page);
  assert.deepEqual(await violations(page), []);

  await press(page, "cart");
  await until("the line in the cart", async () => (await heard(page)).length === 2);
  assert.deepEqual(await heard(page), [["tirage:continue", "cart"], ["tirage:cart", 1]]);
  await page.$eval("tirage-calculator", (element) => element.hold("artwork", "Upload your artwork first"));
  await until("the button to be held", async () =>
    (await part(page, "order")).evaluate((button) => button.ariaDisabled === "true"));
  await press(page, "order");
  assert.equal((await heard(page)).length, 2);
  await page.$eval("tirage-calculator", (element) => element.release("artwork"));
  await until("the button to be free", async () =>
    (await part(page, "order")).evaluate((button) => button.ariaDisabled === "false"));
  await press(page, "order");
  await until("the page of the order", async () => page.url() === `${shop.host}/checkout`);
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")).items);
  assert.equal(kept.length, 1);

  const other = await shop.open("/ru");
  await untilReads(() => part(other, "add-to-cart"), "Далее");
  await untilReads(() => part(other, "order"), "Заказать сразу");
});

scenario("a page that takes an order over is not left, and nothing is in the cart", async (stage) => {
  const settings = product("ordered", '{ order_button = true, order_label = { en = "Buy" } }');
  const shop = await embedded(stage, { "/": tag("ordered", 'cart="/basket"'), "/without": tag("ordered"), "/basket": "<h1>Cart</h1>" }, { settings });
  const page = await shop.open("/");
  await untilReads(() => part(page, "order"), "Buy");
  await isReady(page);
  await page.evaluate(() => addEventListener("tirage:continue", (event) => event.preventDefault(), { once: true }));
  await press(page, "order");
  assert.deepEqual(await heard(page), [["tirage:continue", "order"]]);
  // By its own leave the same press leads to the cart's page.
  await press(page, "order");
  await until("the page of the cart", async () => page.url() === `${shop.host}/basket`);

  const without = await shop.open("/without");
  await isReady(without);
  assert.equal(await isSeen(without, "order"), false);
});

scenario("without a button for the cart nothing gets into it, and the page is told", async (stage) => {
  const settings = product("silent", "{ cart_button = false }")
    + product("handed", '{ cart_button = false, continue_label = "Back to the design" }');
  const shop = await embedded(stage, { "/": tag("silent"), "/handed": tag("handed") }, { settings });
  const silent = await shop.open("/");
  await isReady(silent);
  assert.equal(await isSeen(silent, "add-to-cart"), false);
  await silent.$eval("tirage-calculator", (element) => element.submit());
  const handed = await shop.open("/handed");
  await untilReads(() => part(handed, "add-to-cart"), "Back to the design");
  await isReady(handed);
  await press(handed, "add-to-cart");
  for (const page of [silent, handed]) {
    assert.deepEqual(await heard(page), [["tirage:continue", "continue"]]);
    assert.equal(await page.evaluate(() => localStorage.getItem("tirage.cart")), null);
  }
});

scenario("the price of one piece and questions for files are left out where the shop wants that", async (stage) => {
  const { file, remove } = await posters();
  const settings = product("plain", "{ unit_price = false }") + product("filed", '{ files = false, style_page = "/shop.css" }', file);
  const shop = await embedded(stage, { "/": tag("plain"), "/files": tag("filed") }, { settings });
  const page = await shop.open("/");
  await isReady(page);
  assert.equal(await isSeen(page, "unit-price"), false);
  const columns = await page.$eval("tirage-calculator", ({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll(".runs th[scope=col]")].map((cell) => cell.checkVisibility()));
  assert.deepEqual(columns, [true, true, false]);
  assert.deepEqual(await violations(page), []);
  // Not even styles of the shop's own bring them back by accident.
  shop.pages["/shop.css"] = "[part=field], [data-key] { display: block; } [part=total] { letter-spacing: 3px; }";
  const filed = await shop.open("/files");
  await isReady(filed);
  await until("the styles", async () => (await style(filed, "[part=total]", "letterSpacing")) === "3px");
  assert.equal(await isSeen(filed, "files"), false);
  assert.deepEqual(await violations(filed), []);
  await remove();
});

scenario("a page overrides options by one attribute, whenever it likes; what is no JSON is told and left out", async (stage) => {
  const settings = product("named", '{ continue_label = "Next", unit_price = false }');
  const options = JSON.stringify({ continue_label: { en: "Take it" }, unit_price: true });
  const shop = await embedded(stage, { "/": tag("named", `options='${options}'`) }, { settings });
  const page = await shop.open("/");
  const told = warnings(page);
  await untilReads(() => part(page, "add-to-cart"), "Take it");
  assert.equal(await isSeen(page, "unit-price"), true);
  const set = (text) => page.$eval("tirage-calculator", (element, text) => element.setAttribute("options", text), text);
  await set('{"order_button": true, "order_page": "/now"}');
  await untilReads(() => part(page, "add-to-cart"), "Next");
  await untilReads(() => part(page, "order"), "Order now");
  assert.equal(await isSeen(page, "unit-price"), false);
  await set("{order_button: true}");
  await untilReads(() => part(page, "add-to-cart"), "Next");
  await until("the word in the console", () => told.some((text) => text.startsWith("tirage: options:")));
  await until("the button to be gone", async () => !(await isSeen(page, "order")));
  await untilTotal(page, "317.25");
});

const CATEGORY = `
[[categories]]
key = "paper"
name = "Paper"
products = ["business-cards", "photo-printing"]
options = { continue_label = "From the shop", theme = "contrast" }
[[categories.views]]
key = "editor"
options = { continue_label = "From the editor", cart_button = false, style_editor = "/editor.css" }
products = ["business-cards"]
`;

scenario("a category and its views say how a product is shown in them", async (stage) => {
  stage.tolerate(/status of 404/u);
  const pages = {
    "/": tag("business-cards", 'category="paper"'),
    "/editor": tag("business-cards", 'category="paper" view="editor"'),
    "/nowhere": tag("photo-printing", 'category="paper" view="editor"'),
  };
  const shop = await embedded(stage, pages, { settings: CATEGORY });
  shop.pages["/editor.css"] = "[part=add-to-cart] { letter-spacing: 3px; }";
  const page = await shop.open("/");
  await untilReads(() => part(page, "add-to-cart"), "From the shop");
  const edge = () => style(page, "select", "borderTopWidth");
  await until("the theme", async () => (await edge()) === "2px");
  // The same element in another view of the category.
  await page.$eval("tirage-calculator", (element) => element.setAttribute("view", "editor"));
  await untilReads(() => part(page, "add-to-cart"), "From the editor");

  const editor = await shop.open("/editor");
  await untilReads(() => part(editor, "add-to-cart"), "From the editor");
  await until("the styles", async () => (await style(editor, "[part=add-to-cart]", "letterSpacing")) === "3px");

  const nowhere = await shop.open("/nowhere");
  await untilReads(() => inside(nowhere, ".failure p"), "There is nothing here. Please check the address.");
});

scenario("a shop's own styles come after ours under the strictest policy, and may be missing", async (stage) => {
  stage.tolerate(/status of 404/u);
  const settings = product("styled", '{ style_page = "/shop.css" }') + product("torn", '{ style_page = "/gone.css" }');
  const headers = {};
  const shop = await embedded(stage, { "/": tag("styled").replace(LISTEN, ""), "/torn": tag("torn").replace(LISTEN, "") }, { settings, headers });
  headers["content-security-policy"] = `default-src 'none'; script-src ${shop.url} 'wasm-unsafe-eval'; ` +
    `style-src 'none'; connect-src 'self' ${shop.url}; img-src 'self'; require-trusted-types-for 'script'`;
  shop.pages["/shop.css"] = ".main { background: rgb(1, 2, 3); } .tirage { --accent: rgb(4, 5, 6); }";
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  await until("the styles", async () => (await style(page, ".main", "backgroundColor")) === "rgb(1, 2, 3)");
  assert.equal(await style(page, ".how summary", "color"), "rgb(4, 5, 6)");

  const torn = await stage.page();
  const told = warnings(torn);
  await torn.goto(`${shop.host}/torn`);
  await untilTotal(torn, "317.25");
  await until("the calculator to be seen", () => isSeen(torn, "add-to-cart"));
  assert.ok(told.some((text) => text.includes("/gone.css did not load") && text.includes("404")), told.join("\n"));
});

/** Whether a control stands beside its name, and not below it. */
async function isBesideItsName(page, key, control) {
  const name = await (await inside(page, `[data-key="${key}"] .name`)).boundingBox();
  const own = await (await inside(page, `[data-key="${key}"] ${control}`)).boundingBox();
  return own.x >= name.x + name.width && own.y < name.y + name.height;
}

scenario("each theme passes in each colour scheme, and a change keeps the answers", async (stage) => {
  const shop = await embedded(stage, { "/": tag("business-cards") });
  const page = await shop.open("/");
  await isReady(page);
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600 }));
  const total = await page.$eval("tirage-calculator", async (element) => element.quote.runs[0].total);
  for (const theme of ["neutral", "contrast", "compact"]) {
    for (const scheme of ["light", "dark"]) {
      await page.$eval("tirage-calculator", (element, theme) => element.setAttribute("theme", theme), `${theme} ${scheme}`);
      await page.evaluate((scheme) => {
        document.documentElement.style.background = scheme === "dark" ? "#17181b" : "#fff";
        document.querySelector("tirage-calculator").shadowRoot.querySelector("details").open = false;
      }, scheme);
      await until(`${theme} ${scheme}`, async () =>
        (await style(page, ".tirage", "colorScheme")) === scheme && (await isSeen(page, "add-to-cart")));
      const size = await style(page, ".tirage", "fontSize");
      assert.equal(size, theme === "compact" ? "13px" : "16px");
      assert.equal(await isBesideItsName(page, "paper", "select"), theme === "compact", theme);
      assert.deepEqual(await violations(page), [], `${theme} ${scheme}`);
      await untilTotal(page, total);
      await stage.screenshot(page, `theme ${theme} ${scheme}`);
    }
  }
  await page.$eval("tirage-calculator", (element) => element.setAttribute("theme", "auto"));
  await until("the visitor's own colours", async () => (await style(page, ".tirage", "colorScheme")) === "light dark");
});

scenario("a frame is an editor: its view, its theme and the shop's styles for editors", async (stage) => {
  const pages = { "/editor.css": "[part=total] { letter-spacing: 5px; }" };
  const host = await stage.host({ pages, headers: { "access-control-allow-origin": "*" } });
  const category = CATEGORY.replace("/editor.css", `${host.url}/editor.css`).replace(', theme = "contrast"', "");
  const shop = await stage.shop({ more: `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n${category}` });
  pages["/"] = `<!doctype html><html lang="en"><title>Editor</title>
    <iframe title="Price" src="${shop.url}/v1/frame/business-cards?locale=en&amp;category=paper"></iframe>
    <script type="module">
      import { connectFrame } from "${shop.url}/v1/editor.js";
      connectFrame(document.querySelector("iframe"));
    </script>`;
  const page = await stage.page(`${host.url}/`);
  const frame = await until("the frame", () => page.frames().find((frame) => frame.url().includes("/v1/frame/")));
  await untilReads(() => part(frame, "add-to-cart"), "From the editor");
  await until("the styles", async () => (await style(frame, "[part=total]", "letterSpacing")) === "5px");
  assert.equal(await style(frame, ".tirage", "fontSize"), "13px");
});

scenario("the form without WebAssembly has the caption, and leaves out what the shop leaves out", async (stage) => {
  stage.tolerate(/Content.Security.Policy|wasm|WebAssembly/iu);
  const { file, remove } = await posters();
  const settings = product("plain", '{ continue_label = { ru = "Далее", en = "Next" }, unit_price = false }')
    + product("filed", "{ files = false }", file);
  const headers = {};
  const element = (product) => tag(product).replace(LISTEN, "");
  const shop = await embedded(stage, { "/": element("plain"), "/files": element("filed") }, { settings, headers });
  headers["content-security-policy"] = `script-src ${shop.url}`;
  const page = await shop.open("/");
  await untilReads(() => part(page, "add-to-cart"), "Next");
  assert.equal(await isSeen(page, "unit-price"), false);
  await page.$eval("tirage-calculator", (element) =>
    element.setAttribute("options", '{"continue_label": "Take it", "unit_price": true}'));
  await untilReads(() => part(page, "add-to-cart"), "Take it");
  assert.equal(await isSeen(page, "unit-price"), true);
  const filed = await shop.open("/files");
  await part(filed, "total");
  assert.equal(await filed.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.querySelector(".files")), null);
  await remove();
});

scenario("several products of a category have its options as one", async (stage) => {
  const settings = CATEGORY.replace("/editor.css", "/shop.css").replace("cart_button = false, ",
    'order_button = true, order_page = "/checkout", ') + `
[[categories.views]]
key = "told"
options = { cart_button = false }
`;
  const group = (view) => tag("", `category="paper" view="${view}"`).replace('product="" ', "");
  const pages = { "/": group("editor"), "/told": group("told"), "/usual": group("page"), "/checkout": "<h1>Checkout</h1>" };
  const shop = await embedded(stage, pages, { settings });
  shop.pages["/shop.css"] = "[part=sum] { letter-spacing: 4px; }";
  const page = await shop.open("/");
  await untilReads(() => part(page, "main"), "From the editor");
  await until("the styles", async () => (await style(page, "[part=sum]", "letterSpacing")) === "4px");
  await isReady(page);
  assert.deepEqual(await violations(page), []);
  await (await inside(page, "[part~=second]")).evaluate((button) => button.click());
  await until("the page of the order", async () => page.url() === `${shop.host}/checkout`);

  const usual = await shop.open("/usual");
  await untilReads(() => part(usual, "main"), "From the shop");
  await until("the theme", async () => (await style(usual, ".tirage", "color")) === "rgb(0, 0, 0)");

  const told = await shop.open("/told");
  await untilReads(() => part(told, "main"), "From the shop");
  await isReady(told);
  await press(told, "main");
  await until("the page to be told", async () => (await heard(told)).length > 0);
  assert.deepEqual(await heard(told), [["tirage:continue", "continue"]]);
});

scenario("several products have the buttons and captions of their view, as one product has them", async (stage) => {
  const settings = CATEGORY + `
[[categories.views]]
key = "three"
options = { continue_label = { en = "Next step", ru = "Далее" }, cart_button = true, order_button = true, order_label = { en = "Buy", ru = "Купить" } }
`;
  const group = (view, more = "") => tag("", `category="paper" view="${view}" ${more}`).replace('product="" ', "");
  const pages = { "/": group("three", 'cart="/basket"'), "/without": group("three"), "/basket": "<h1>Cart</h1>" };
  const shop = await embedded(stage, pages, { settings });
  const captions = (page) => page.$eval("tirage-calculator", ({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll("[part=foot] button")].filter((button) => button.checkVisibility()).map(({ textContent }) => textContent));
  const reads = (page, expected) => until(expected.join(), async () => (await captions(page)).join() === expected.join());
  const page = await shop.open("/");
  await isReady(page);
  await reads(page, ["Next step", "Add to cart", "Buy"]);
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, "buttons of a view");
  await page.$eval("tirage-calculator", (element) => element.setAttribute("locale", "ru"));
  await reads(page, ["Далее", "В корзину", "Купить"]);
  await (await inside(page, "[part~=second]")).evaluate((button) => button.click());
  await until("the lines in the cart", async () => (await heard(page)).length === 2);
  assert.deepEqual(await heard(page), [["tirage:continue", "cart"], ["tirage:cart", 1]]);
  assert.equal(page.url(), `${shop.host}/`);
  // What the page says counts before what the view says.
  await page.$eval("tirage-calculator", (element) => element.setAttribute("options", '{"order_button": false, "cart_button": false}'));
  await reads(page, ["Далее"]);

  const without = await shop.open("/without");
  await isReady(without);
  await reads(without, ["Next step", "Add to cart"]);
  await without.$eval("tirage-calculator", (element) => element.setAttribute("options", '{"continue_label": "Go", "cart_button": null}'));
  await reads(without, ["Go"]);
});

/** An order of a hundred cards, by the service: what names its page. */
async function ordered(url) {
  const ask = async (path, body, headers = {}) => {
    const answer = await fetch(url + path, body && {
      method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body),
    });
    return answer.json();
  };
  const { template } = await ask("/v1/calculators/business-cards");
  const answers = { run: "100" };
  const { runs } = await ask("/v1/quote", { template: template.revision, answers });
  const [{ total }] = runs;
  const line = { product: "business-cards", template: template.revision, answers, total };
  const customer = { kind: "person", name: "Anna Li", phone: "+7 912 345-67-89", email: "anna@example.com" };
  const { token } = await ask("/v1/orders", { customer, consent: true, locale: "en", lines: [line], total },
    { "idempotency-key": crypto.randomUUID() });
  return token;
}

scenario("a cart and an order's page have the theme and the styles that the page says, whenever it says them", async (stage) => {
  const shop = await embedded(stage, {});
  const token = await ordered(shop.url);
  const dressed = JSON.stringify({ theme: "contrast", style_page: "/shop.css", continue_label: "Next", cart_button: false });
  shop.pages["/shop.css"] = ".tirage { letter-spacing: 3px; }";
  for (const [name, more] of [["tirage-cart", ""], ["tirage-order", `token="${token}"`]]) {
    const element = (options) => `<!doctype html><html lang="en"><title>Prints</title>
      <script type="module" src="${shop.url}/v1/tirage.js"></script><main><${name} locale="en" ${more} ${options}></${name}></main>`;
    shop.pages["/"] = element(`options='${dressed}'`);
    shop.pages["/plain"] = element("");
    const computed = (page, property) =>
      page.$eval(name, ({ shadowRoot }, property) => getComputedStyle(shadowRoot.querySelector(".tirage"))[property], property);
    const page = await shop.open("/");
    await until(`the theme of ${name}`, async () => (await computed(page, "color")) === "rgb(0, 0, 0)");
    await until(`the styles of ${name}`, async () => (await computed(page, "letterSpacing")) === "3px");
    await until("it to be seen", async () => (await computed(page, "visibility")) === "visible");
    assert.deepEqual(await violations(page), []);
    await stage.screenshot(page, `${name} contrast`);

    const plain = await shop.open("/plain");
    const told = warnings(plain);
    await until(name, async () => (await computed(plain, "letterSpacing")) === "normal");
    assert.notEqual(await computed(plain, "color"), "rgb(0, 0, 0)");
    await plain.$eval(name, (element, options) => element.setAttribute("options", options), dressed);
    await until(`the styles of ${name} later`, async () => (await computed(plain, "letterSpacing")) === "3px");
    await plain.$eval(name, (element) => element.setAttribute("options", "{theme}"));
    await until("the word in the console", () => told.some((text) => text.startsWith("tirage: options:")));
    await until(`${name} as it was`, async () => (await computed(plain, "letterSpacing")) === "normal");
    assert.deepEqual(await violations(plain), []);
  }
});

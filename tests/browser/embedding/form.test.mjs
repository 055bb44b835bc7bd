// Without WebAssembly: a plain form in the calculator's place, with the same price, that can order.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const FORBIDDEN = "script-src 'self' 'unsafe-inline' {service}; style-src 'self'; require-trusted-types-for 'script'";
const DELETED = "<script>delete globalThis.WebAssembly;</script>";

/** Pages of a shop where WebAssembly is forbidden by the policy, or is not there at all. */
async function without(stage, manner, { product = "business-cards", locale = "en", attributes = "", more = "", printHouse } = {}) {
  // The refused order of the test is one, too.
  stage.tolerate(/Content.Security.Policy|wasm|WebAssembly|status of 422/iu);
  const pages = {};
  const headers = {};
  const host = await stage.host({ pages, headers });
  const shop = await stage.shop({ printHouse, more: `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n${more}` });
  if (manner === "forbidden") headers["content-security-policy"] = FORBIDDEN.replace("{service}", shop.url);
  pages["/"] = `<!doctype html><html lang="${locale}"><head><title>Prints</title>
    ${manner === "deleted" ? DELETED : ""}<script>
      window.heard = [];
      for (const name of ["ready", "change", "price", "invalid", "continue", "error"]) {
        addEventListener("tirage:" + name, (event) => heard.push([name, event.detail]));
      }
    </script><script type="module" src="${shop.url}/v1/tirage.js"></script></head>
    <body><main><h1>Prints</h1><tirage-calculator product="${product}" ${attributes}><p class="own">Call us</p></tirage-calculator></main></body></html>`;
  const page = await stage.page();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${host.url}/`, { waitUntil: "load" });
  return { page, shop, host, asked };
}

/** Types into the control of a parameter or of the order. */
async function write(page, id, text) {
  const control = await inside(page, `[id="${id}"]`);
  await control.evaluate((element) => element.select());
  await control.type(text);
}

const press = async (page) => (await inside(page, "[part=add-to-cart]")).click();

async function contacts(page) {
  await write(page, "order-name", "Anna Lee");
  await write(page, "order-phone", "+7 912 345-67-89");
  await write(page, "order-email", "anna@example.com");
  await (await inside(page, "#order-consent")).click();
}

for (const manner of ["forbidden", "deleted"]) {
  scenario(`with WebAssembly ${manner} a buyer answers, sees the price and orders`, async (stage) => {
    const { page, shop, asked } = await without(stage, manner);
    await untilTotal(page, "317.25");
    assert.equal(asked.some((path) => path.endsWith(".wasm")), false, "no module is fetched in vain");
    assert.equal(await page.$eval(".own", (own) => own.checkVisibility()), false);
    await write(page, "run", "600");
    await (await inside(page, "#rounded")).click();
    await untilTotal(page, "2928");
    assert.deepEqual(await violations(page), []);

    await press(page);
    await press(page);
    assert.match(await page.$eval("tirage-calculator", (element) => element.shadowRoot.querySelector("[part=problems]").textContent), /Name, Phone, E-mail, I agree/u);
    assert.equal(await page.$eval("tirage-calculator", (element) => element.shadowRoot.activeElement.id), "order-name");
    await contacts(page);
    await write(page, "order-phone", "12");
    await press(page);
    await untilReads(() => inside(page, "[part=problems]"), "Please check: Phone");
    assert.deepEqual(await violations(page), []);
    await write(page, "order-phone", "+7 912 345-67-89");
    await press(page);
    await untilReads(() => inside(page, "[part=placed]"), /^Order T-\d+ is placed$/u);
    const token = await page.$eval("tirage-calculator", (element) => element.shadowRoot.querySelector("[part=placed]").href.split("/").at(-1));
    const order = await (await fetch(`${shop.url}/v1/orders/${token}`)).json();
    assert.equal(order.total, "2928");
    assert.equal(order.lines[0].run, "600");
    await stage.screenshot(page, `form placed ${manner} ${process.env.BROWSER}`);
  });
}

scenario("what is wrong stands at its field, in the buyer's language, and there is no price", async (stage) => {
  const { page } = await without(stage, "deleted", { locale: "ru" });
  await untilTotal(page, "317.25");
  await untilReads(() => inside(page, "label[for=run]"), /^Тираж/u);
  await write(page, "run", "0");
  const about = () => page.$eval("tirage-calculator", (element) => {
    const input = element.shadowRoot.querySelector("#run");
    const remark = element.shadowRoot.getElementById(input.getAttribute("aria-describedby"));
    return [input.getAttribute("aria-invalid"), remark.textContent.trim()];
  });
  await until("the mistake", async () => (await about())[0] === "true");
  assert.match((await about())[1], /от 1 до 100000/u);
  await untilReads(() => inside(page, "[part=total]"), "Нет цены");
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), false);
  assert.deepEqual(await violations(page), []);
  await write(page, "run", "1 000,0");
  await until("no mistake", async () => (await about())[0] === "false");

  // What cannot be had says why.
  await (await inside(page, "#method")).select("offset");
  await until("no paper", () => page.$eval("tirage-calculator", (element) => element.shadowRoot.querySelector("[data-key=paper]").hidden));
  await stage.screenshot(page, `form ${process.env.BROWSER}`);
});

scenario("a page reads, writes, holds and hears the form as it does the calculator", async (stage) => {
  const { page } = await without(stage, "deleted", { attributes: 'name="line"' });
  await untilTotal(page, "317.25");
  const heard = (name) => page.evaluate((name) => window.heard.filter(([known]) => known === name).map(([, detail]) => detail), name);
  assert.equal((await heard("ready"))[0].product, "business-cards");
  const calculator = (call, ...values) => page.$eval("tirage-calculator", call, ...values);
  await calculator((element) => element.set({ run: 600, rounded: true, nobody: 1 }));
  await untilTotal(page, "2928");
  assert.equal(await calculator((element) => element.state.run), 600);
  assert.equal(await calculator((element) => element.quote.runs[0].total), "2928");
  const run = await calculator((element) => element.schema.parameters.find(({ key }) => key === "run"));
  assert.deepEqual([run.kind, run.min, run.max], ["run", "1", "100000"]);
  const change = (await heard("change")).at(-1);
  assert.deepEqual([change.source, change.changed.sort()], ["page", ["rounded", "run"]]);
  assert.equal((await heard("price")).at(-1).total, "2928");

  await calculator((element) => element.hold("artwork", "Upload your artwork first"));
  await untilReads(() => inside(page, "[part=problems]"), "Upload your artwork first");
  assert.equal(await calculator((element) => element.checkValidity()), false);
  await press(page);
  assert.deepEqual(await heard("continue"), []);
  await calculator((element) => element.release("artwork"));
  await calculator((element) => element.addEventListener("tirage:continue", (event) => event.preventDefault()));
  await press(page);
  assert.equal((await heard("continue"))[0].total, "2928");
  assert.equal(await calculator((element) => element.shadowRoot.querySelector("[part=checkout]").hidden), true);
  await calculator((element) => element.reset());
  await untilTotal(page, "317.25");
  await calculator((element) => element.setAttribute("product", "photo-printing"));
  await untilTotal(page, "230");
  await calculator((element) => element.setAttribute("product", "business-cards"));
  await untilTotal(page, "317.25");
});

scenario("an order whose answer was lost is placed once, when the network is back", async (stage) => {
  stage.tolerate(/Failed to load|ERR_|NetworkError|Cross-Origin/u);
  const { page, shop } = await without(stage, "deleted");
  await untilTotal(page, "317.25");
  await press(page);
  await contacts(page);
  await shop.kill();
  await press(page);
  await untilReads(() => inside(page, "[part=problems]"), /No connection/u);
  await shop.restart();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await untilReads(() => inside(page, "[part=placed]"), "Order T-10001 is placed");
});

scenario("details, operations and choices of several values are asked and priced", async (stage) => {
  const more = `[[products]]\nkey = "brochures"\ntemplate = ${JSON.stringify(new URL("../../../examples/brochures.json", import.meta.url).pathname)}\n`;
  const { page } = await without(stage, "deleted", { product: "brochures", more });
  await untilTotal(page, "4875");
  assert.deepEqual(await violations(page), []);
  const hidden = (key) => page.$eval("tirage-calculator", (element, key) => element.shadowRoot.querySelector(`[data-key="${key}"]`).hidden, key);
  assert.equal(await hidden("block.2.pages"), true);
  await write(page, "block", "2");
  await until("the second block", async () => !(await hidden("block.2.pages")));
  await untilReads(() => inside(page, '[for="block.2.pages"]'), /^Inner block 2: /u);
  await (await inside(page, '[id="cover.lamination"]')).click();
  await until("the film", async () => !(await hidden("cover.lamination.film")));
  const glue = await page.$eval("tirage-calculator", (element) => {
    const option = element.shadowRoot.querySelector('[id="binding.kind"] [value=glue]');
    return [option.disabled, option.textContent];
  });
  assert.deepEqual(glue, [true, "Glued (From a spine of 3 mm)"]);
});

scenario("without WebAssembly files are chosen, listed, priced and ordered", async (stage) => {
  const template = fileURLToPath(new URL("../templates/files.json", import.meta.url));
  const more = `\n[[products]]\nkey = "files"\ntemplate = ${JSON.stringify(template)}\nposition = 9\n`;
  const { page, shop } = await without(stage, "forbidden", { product: "files", more });
  const folder = await mkdtemp(join(tmpdir(), "tirage-files-"));
  const paths = ["front.pdf", "back.pdf", "note.txt"].map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, "%PDF-1.7");
  const input = await inside(page, "[data-key=layout] input[type=file]");
  await input.uploadFile(...paths);
  await untilTotal(page, "500");
  const rows = () => page.$eval("tirage-calculator", ({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll("[part=chosen] li")].map((row) => row.innerText.replace(/\s+/gu, " ").trim()));
  assert.deepEqual(await rows(), ["PDF front.pdf 8 bytes ×", "PDF back.pdf 8 bytes ×"]);
  await untilReads(() => inside(page, "[data-key=layout] .note"), "“note.txt” does not fit, we need PDF, JPG");
  assert.deepEqual(await violations(page), []);
  await (await inside(page, 'button[aria-label="front.pdf: remove"]')).click();
  await untilTotal(page, "350");
  await stage.screenshot(page, `form files ${process.env.BROWSER}`);
  const changes = await page.evaluate(() => heard.filter(([name]) => name === "change").map(([, { source, changed }]) => [source, changed]));
  assert.deepEqual(changes, [["buyer", ["layout"]], ["buyer", ["layout"]]]);
  await (await inside(page, "[part=add-to-cart]")).click();
  await contacts(page);
  await (await inside(page, "[part=add-to-cart]")).click();
  await untilReads(() => inside(page, "[part=placed]"), /^Order T-\d+ is placed$/u);
  const token = await page.$eval("tirage-calculator", ({ shadowRoot }) => shadowRoot.querySelector("[part=placed]").href.split("/").at(-1));
  const order = await (await fetch(`${shop.url}/v1/orders/${token}`)).json();
  assert.deepEqual(order.lines[0].summary.map(({ value }) => value).filter((value) => String(value).includes("pdf")), ["back.pdf"]);
  await rm(folder, { recursive: true });
});

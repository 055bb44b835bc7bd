// The snippets of docs/embedding.md, run as they stand there.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { embedded, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until } from "../support/wait.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The code below a heading of the document. */
async function snippet(heading) {
  const document = await readFile(`${ROOT}docs/embedding.md`, "utf8");
  const section = document.split(`### ${heading}\n`)[1].split(/\n##+ /u)[0];
  const code = section.match(/```\w+\n([^]*?)```/u);
  assert.ok(code, `no code below ${heading}`);
  return code[1];
}

/** A page's script out of a snippet, with what it imports. */
async function bundled(contents) {
  const { outputFiles: [file] } = await build({
    stdin: { contents, resolveDir: ROOT, loader: "jsx" },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "silent",
  });
  return file.text;
}

for (const heading of ["Plain HTML", "WooCommerce", "Tilda", "Bitrix"]) {
  scenario(`the snippet for ${heading} shows a price that follows`, async (stage) => {
    const html = await snippet(heading);
    const shop = await embedded(stage, { "/": (service) => html.replaceAll("https://print.example", service) }, { script: false });
    const page = await shop.open("/");
    await untilTotal(page, "317.25");
    await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
    await untilTotal(page, "2928");
  });
}

/** A page of the framework's, which stands in a file of its own. */
async function framework(stage, script) {
  const shop = await embedded(stage, { "/": '<div id="app"></div><script src="/app.js"></script>' });
  shop.pages["/app.js"] = script;
  return shop.open("/");
}

const read = (page) => page.$eval("output", (output) => output.textContent);

scenario("the snippet for React renders, hears the price, changes the product and leaves nothing", async (stage) => {
  const script = await bundled(`${await snippet("React")}
    import { StrictMode } from "react";
    import { createRoot } from "react-dom/client";
    const root = createRoot(document.querySelector("#app"));
    window.render = (product) => root.render(<StrictMode>{product && <Calculator product={product} />}</StrictMode>);
    window.render("business-cards");`);
  const page = await framework(stage, script);
  await untilTotal(page, "317.25");
  await until("the price in React", async () => (await read(page)) === "317.25");
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await until("the new price in React", async () => (await read(page)) === "2928");
  await page.evaluate(() => window.render("photo-printing"));
  await until("the other product", async () => (await read(page)) === "230");
  await page.evaluate(() => window.render("business-cards"));
  await until("the answers of before", async () => (await read(page)) === "2928");
  await page.evaluate(() => window.render(null));
  await until("nothing", () => page.evaluate(() => document.querySelector("#app").childElementCount === 0));
});

scenario("the snippet for Vue renders, hears the price and changes the product", async (stage) => {
  const script = await bundled(await snippet("Vue"));
  const page = await framework(stage, script);
  await untilTotal(page, "317.25");
  await until("the price in Vue", async () => (await read(page)) === "317.25");
  await page.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await until("the new price in Vue", async () => (await read(page)) === "2928");
  await page.click("button");
  await until("the other product", async () => (await read(page)) === "230");
});

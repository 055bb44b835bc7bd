// The documented table, the types and the real element name the same members and events.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";

const at = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const text = (path) => readFile(at(path), "utf8");

/** The first cells of a section's table. */
function table(document, heading) {
  const section = document.split(`## ${heading}\n`)[1].split("\n## ")[0];
  return [...section.matchAll(/^\| `([^`]+)`/gmu)].map(([, name]) => name);
}

scenario("the compiler accepts every valid sample and refuses every invalid one", async () => {
  const tsc = at("node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", at("tests/types")]).catch(({ stdout }) =>
    assert.fail(stdout));
});

scenario("document, types and element name the same members and events", async (stage) => {
  const document = await text("docs/embedding.md");
  const types = await text("www/tirage.d.ts");
  const documented = table(document, "Properties and methods").map((name) => name.replace("()", "")).sort();

  const own = types.split("export interface TirageCalculator extends HTMLElement {\n")[1].split("\n}\n")[0];
  const members = [...own.matchAll(/^ {2}(?:readonly |get )?(\w+)(?:\(|:)/gmu)].map(([, name]) => name);
  const typed = [...new Set(members)].filter((name) => name !== "addEventListener" && name !== "set");
  assert.deepEqual([...typed, "set"].sort(), documented);

  const events = [...types.matchAll(/^ {2}"(tirage:\w+)"/gmu)].map(([, name]) => name).sort();
  assert.deepEqual(table(document, "Events").sort(), events);

  const shop = await embedded(stage, { "/": '<tirage-calculator product="business-cards"></tirage-calculator>' });
  const page = await shop.open("/");
  const real = await page.evaluate(async () => {
    await customElements.whenDefined("tirage-calculator");
    const names = Object.getOwnPropertyNames(customElements.get("tirage-calculator").prototype);
    return names.filter((name) => !/^_|^constructor$|Callback$/u.test(name)).sort();
  });
  assert.deepEqual(real, documented);

  await untilTotal(page, "317.25");
  const observed = await page.evaluate(() => customElements.get("tirage-calculator").observedAttributes);
  const attributes = table(document, "Attributes");
  const others = ["token"];
  assert.deepEqual(observed.filter((name) => !attributes.includes(name)), others);
  await inside(page, "[part=add-to-cart]");
  const sources = [await text("src/style.css"), await text("www/tirage.js")].join();
  const used = [...new Set(sources.match(/--tirage-[a-z-]+/gu))].sort();
  assert.deepEqual([...new Set(document.match(/--tirage-[a-z-]+/gu))].sort(), used);
  // The lines of a price come when somebody wants to know.
  await (await inside(page, "summary")).click();
  await inside(page, "[part=lines]");
  const there = await page.evaluate(() =>
    [...document.querySelector("tirage-calculator").shadowRoot.querySelectorAll("[part]")].map((node) => node.getAttribute("part")));
  for (const part of document.match(/::part\(name\)`: (.*)\.$/mu)[1].match(/[a-z-]+/gu)) {
    assert.ok(there.includes(part), `no part ${part} in the calculator`);
  }
});

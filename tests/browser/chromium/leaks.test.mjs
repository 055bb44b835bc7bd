// A calculator that goes leaves nothing behind. Only Chromium's protocol can force the collection
// of garbage and count nodes and listeners.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { embedded } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";

const file = (name) => JSON.stringify(fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url)));
const PADS = `\n[[products]]\nkey = "pads"\ntemplate = ${file("axiom-hardcover-notepad.json")}
prices = { memory = ${file("price-lists/axiom-hardcover-notepad.json")} }\n`;
const ROUND = 10;
const ROUNDS = 5;
/**
 * What a cache of the browser's own may hold between two countings, and how far the most that was
 * held at once may vary: one page of the module's memory. A calculator that stayed is many times that.
 */
const SLACK = { nodes: 20, listeners: 5, wasm: 65_536 };

/** In the page: mounts and unmounts, each time up to the price and the welcome. */
async function cycles(product, times) {
  for (let time = 0; time < times; time += 1) {
    const element = document.createElement("tirage-calculator");
    element.setAttribute("product", product);
    const heard = (name) => new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
    const both = Promise.all([heard("tirage:ready"), heard("tirage:price")]);
    document.body.append(element);
    await both;
    // An answer on the way out: what it sets off ends with the element.
    const { parameters } = element.schema;
    element.set({ [parameters[0].key]: parameters[0].default === 100 ? 200 : 100 });
    element.remove();
    await Promise.resolve();
  }
}

/** What is held after everything that can go has gone. */
async function held(page, session) {
  // What is freed when an object is collected is free after the next turn of the page.
  for (let time = 0; time < 3; time += 1) {
    await session.send("HeapProfiler.collectGarbage");
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name) => metrics.find((metric) => metric.name === name).value;
  const wasm = await page.evaluate(() => window.memory.buffer.byteLength);
  return { nodes: metric("Nodes"), listeners: metric("JSEventListeners"), wasm };
}

for (const product of ["business-cards", "pads"]) {
  scenario(`fifty mounts of ${product} leave no more than ten`, async (stage) => {
    const shop = await embedded(stage, {
      "/": `<script>
        for (const name of ["instantiate", "instantiateStreaming"]) {
          const own = WebAssembly[name];
          WebAssembly[name] = async (...given) => {
            const made = await own.call(WebAssembly, ...given);
            window.memory ??= (made.instance ?? made).exports?.memory;
            return made;
          };
        }
      </script>`,
    }, { settings: PADS });
    const page = await shop.open("/");
    const session = await page.createCDPSession();
    await session.send("Performance.enable");
    const rounds = [];
    // Collected after each, so that the module's memory, which never shrinks, tells what stays and
    // not how long the browser puts off collecting.
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.evaluate(cycles, product, ROUND);
      rounds.push(await held(page, session));
    }
    const [before, after] = [rounds[0], rounds.at(-1)];
    const told = JSON.stringify(rounds);
    assert.ok(after.wasm <= before.wasm + SLACK.wasm, told);
    assert.ok(after.nodes <= before.nodes + SLACK.nodes, told);
    assert.ok(after.listeners <= before.listeners + SLACK.listeners, told);
  });
}

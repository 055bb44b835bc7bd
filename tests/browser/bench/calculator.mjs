// A calculator of 400 parameters in a page: how long until it stands there, how long after each
// answer, and what a thousand of them leave behind. `cargo xtask bench --web` starts it.
//
// The page is isolated, so that its clock has 5 µs and not 100, and is served from an origin of its
// own as in real life. All parameters are shown: every operation is switched on.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

import { CHROMIUM_FLAGS } from "../support/flags.mjs";
import { startHost } from "../support/host.mjs";
import { setting } from "../support/process.mjs";
import { startShop } from "../support/shop.mjs";

const QUESTIONS = 400;
const VISITS = 15;
const ANSWERS = 4000;
const CYCLES = 1000;
/** As much as every page of a shop has beside the calculator: text, a search, a menu, a table. */
const PAGE = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Брошюры</title>
<style>body { font-family: system-ui, sans-serif }</style>
<header><a href="/bare">Типография</a> <form><input placeholder="Найти"><button>Найти</button></form>
<select><option>Санкт-Петербург<option>Москва</select></header>
<h1>Брошюры на скобе</h1><p><b>Печать</b> от 100 штук, цена за тираж — от 1 200 ₽.</p>
<table><tr><th>Формат<td>A5, A4</table><details><summary>Как подготовить макет</summary></details>`;
const GOALS = { mount: 60, median: 0.5, most: 4 };

/** In the page, before its scripts: keeps the module's memory, and waits for calculators. */
function prepare() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.call(WebAssembly, ...given);
      const memory = (made.instance ?? made).exports?.memory;
      if (memory) window.memory = memory;
      return made;
    };
  }
  /** When this calculator's price stood in the page, laid out. */
  window.shown = (element) =>
    new Promise((resolve) => {
      const look = () => {
        if (!element.shadowRoot.querySelector("[part=total][value]:not([value=''])")) return false;
        element.getBoundingClientRect();
        resolve(performance.now());
        return true;
      };
      const observer = new MutationObserver(() => look() && observer.disconnect());
      observer.observe(element.shadowRoot, { subtree: true, childList: true, attributes: true });
    });
  /** A calculator, put into the page. */
  window.mount = () => {
    const element = document.createElement("tirage-calculator");
    element.setAttribute("product", "large");
    const ready = new Promise((resolve) => element.addEventListener("tirage:ready", resolve, { once: true }));
    document.body.append(element);
    return { element, shown: window.shown(element), ready };
  };
}

/** In the page: from the last byte of module, script and program until the price stands there. */
async function firstMount() {
  await customElements.whenDefined("tirage-calculator");
  const { element, shown } = window.mount();
  const stood = await shown;
  const needed = /tirage_app\.js|tirage_app_bg\.wasm|\/v1\/programs\//;
  const loaded = performance.getEntriesByType("resource").filter(({ name }) => needed.test(name));
  if (loaded.length < 3) throw new Error(`not all was loaded: ${loaded.map(({ name }) => name)}`);
  const fields = element.shadowRoot.querySelectorAll("[part~=field]").length;
  return { took: stood - Math.max(...loaded.map(({ responseEnd }) => responseEnd)), fields };
}

/** In the page: mounts again where the module is there already. */
async function nextMounts(times) {
  const took = [];
  for (let time = 0; time < times; time += 1) {
    const begun = performance.now();
    const { element, shown } = window.mount();
    took.push((await shown) - begun);
    element.remove();
    await new Promise(requestAnimationFrame);
  }
  return took;
}

/** In the page: answers one control after the other as a buyer does, and times each. */
async function answer(times) {
  const { element, shown, ready } = window.mount();
  await shown;
  await ready;
  const controls = [...element.shadowRoot.querySelectorAll("input, select")].filter((one) => one.closest("[part~=field]"));
  const change = (control, round) => {
    if (control.localName === "select") control.selectedIndex = 1 + (round % (control.options.length - 1));
    else if (control.type === "checkbox") control.checked = !control.checked;
    else if (control.type === "radio") control.checked = true;
    else control.value = String(5 + (round % 90));
    if (control.type !== "checkbox" && control.type !== "radio" && control.localName !== "select") {
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const sorts = {};
  const total = () => element.shadowRoot.querySelector("[part=total]").getAttribute("value");
  let moved = 0;
  for (let round = 0; round < times; round += 1) {
    const control = controls[(round * 7) % controls.length];
    if (control.disabled || control.type === "radio" && control.checked) continue;
    const sort = control.localName === "select" ? "a list" : control.type;
    const before = total();
    const begun = performance.now();
    change(control, round);
    const answered = performance.now();
    element.getBoundingClientRect();
    const laid = performance.now();
    if (total() !== before) moved += 1;
    (sorts[sort] ??= []).push([answered - begun, laid - begun]);
    if (round % 50 === 0) await new Promise(requestAnimationFrame);
  }
  element.remove();
  return { sorts, moved, controls: controls.length };
}

/** In the page: mounts and unmounts, each time up to the price. */
async function cycles(times) {
  for (let time = 0; time < times; time += 1) {
    const { element, shown } = window.mount();
    await shown;
    element.remove();
    await Promise.resolve();
  }
}

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
const ascending = (numbers) => [...numbers].sort((one, other) => one - other);
const ms = (number) => `${number.toFixed(number < 10 ? 2 : 0)} ms`.padStart(9);

function told(name, numbers, goal = "") {
  const sorted = ascending(numbers);
  console.log(`${name.padEnd(30)} ${ms(at(sorted, 0.5))} ${ms(at(sorted, 0.99))} ${ms(sorted.at(-1))}  ${goal}`);
}

/** The largest template of the other benches, without as many parameters that no price asks for as are too many. */
async function large() {
  const whole = JSON.parse(await readFile(join(setting("TIRAGE_QUOTE"), "large-template.json"), "utf8"));
  const { parameters, values, lines } = whole;
  const asked = new Set(JSON.stringify([values, lines]).match(/\w+/g));
  let spare = parameters.length - QUESTIONS;
  whole.parameters = parameters.filter(({ key }) => spare <= 0 || asked.has(key) || (spare -= 1) < 0);
  return whole;
}

const host = await startHost({
  pages: { "/bare": PAGE },
  headers: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
});
const folder = await mkdtemp(join(tmpdir(), "tirage-large-"));
const template = join(folder, "large.json");
await writeFile(template, JSON.stringify(await large()));
const shop = await startShop({
  more: `[[products]]\nkey = "large"\ntemplate = ${JSON.stringify(template)}\nposition = 9\n` +
    `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n`,
});
const browser = await puppeteer.launch({
  executablePath: setting("TIRAGE_CHROMIUM"),
  headless: true,
  pipe: true,
  args: [...CHROMIUM_FLAGS, "--js-flags=--expose-gc"],
});

/** A page with the loader and nothing else on it; what it loads again is in its cache. */
async function open(context) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`page: ${error.message}`));
  await page.evaluateOnNewDocument(prepare);
  await page.goto(`${host.url}/bare`);
  await page.addScriptTag({ url: `${shop.url}/v1/tirage.js`, type: "module" });
  return page;
}

/** What is held after everything that can go has gone. */
async function held(page, session) {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name) => metrics.find((metric) => metric.name === name).value;
  const wasm = await page.evaluate(() => window.memory.buffer.byteLength);
  return { heap: usedSize, nodes: metric("Nodes"), listeners: metric("JSEventListeners"), wasm };
}

try {
  const first = [];
  let fields;
  for (let visit = 0; visit < VISITS; visit += 1) {
    const context = await browser.createBrowserContext();
    const page = await open(context);
    const found = await page.evaluate(firstMount);
    first.push(found.took);
    ({ fields } = found);
    await context.close();
  }
  const context = await browser.createBrowserContext();
  const page = await open(context);
  await page.evaluate(firstMount);
  await page.evaluate(() => document.querySelector("tirage-calculator").remove());
  console.log(`${"".padEnd(30)} ${"median".padStart(9)} ${"99 %".padStart(9)} ${"most".padStart(9)}`);
  console.log(`${fields} fields shown, milliseconds until they are laid out`);
  told("first mount after the bytes", first, `goal ${GOALS.mount} ms`);
  told("mount again", await page.evaluate(nextMounts, VISITS));

  const { sorts, moved, controls } = await page.evaluate(answer, ANSWERS);
  const all = Object.values(sorts).flat();
  if (moved === 0) throw new Error("no answer changed the total");
  console.log(`${all.length} answers at ${controls} controls, ${moved} of them with another total`);
  told("answer to new price in the DOM", all.map(([answered]) => answered), `goal ${GOALS.median} and ${GOALS.most} ms`);
  told("the same, laid out", all.map(([, laid]) => laid));
  for (const [sort, times] of Object.entries(sorts)) told(`  ${sort}`, times.map(([answered]) => answered));

  console.log(`mounted and unmounted${"".padEnd(9)} ${["heap, kB", "nodes", "listeners", "wasm, kB"].map((name) => name.padStart(10)).join(" ")}`);
  const session = await page.createCDPSession();
  await session.send("Performance.enable");
  for (let done = 0; done <= CYCLES; done += CYCLES / 10) {
    if (done > 0) await page.evaluate(cycles, CYCLES / 10);
    const { heap, nodes, listeners, wasm } = await held(page, session);
    const row = [Math.round(heap / 1000), nodes, listeners, Math.round(wasm / 1024)];
    console.log(`${String(done).padStart(30)} ${row.map((number) => String(number).padStart(10)).join(" ")}`);
  }
} finally {
  await browser.close();
  await shop.stop();
  await host.stop();
  await rm(folder, { recursive: true });
}

// Measures the pricing engine in a headless Chromium: `cargo xtask bench --web` starts it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import puppeteer from "puppeteer-core";

import { CHROMIUM_FLAGS } from "../support/flags.mjs";
import { startHost } from "../support/host.mjs";

const PAGE = `<!doctype html><html lang="en"><title>Pricing</title></html>`;

// Beside four thousand quotes the page's clock, telling the answers once for all of them and reading
// the last quote count for a fiftieth of one, and after the first rounds they run as compiled as they
// ever will. The fastest round counts: the others were disturbed.
async function measure(bytes, answers) {
  const QUOTES = 4000;
  const ROUNDS = 30;
  const { default: init, load, quote, repeat } = await import("/tirage_engine.js");
  await init();
  const program = Uint8Array.from(bytes);
  const start = performance.now();
  if (!load(program)) throw new Error("the compiled template was refused");
  const loaded = performance.now() - start;
  const results = [];
  for (const [name, runs] of [
    ["large", []],
    ["large with 8 runs", ["100", "200", "300", "500", "1000", "2000", "3000", "5000"]],
  ]) {
    const { problems } = JSON.parse(quote(answers, runs));
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    let best = Infinity;
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      if (repeat(answers, runs, QUOTES) !== QUOTES * Math.max(1, runs.length)) throw new Error("no price");
      best = Math.min(best, performance.now() - start);
    }
    results.push(`${name}: ${Math.round((best / QUOTES) * 1e6)} ns`);
  }
  return [`a compiled template of ${program.length} bytes taken up in ${loaded.toFixed(1)} ms`, ...results];
}

const host = await startHost({ pages: { "/": PAGE }, folder: process.env.TIRAGE_ENGINE });
const folder = process.env.TIRAGE_QUOTE;
const executablePath = process.env.TIRAGE_CHROMIUM;
const browser = await puppeteer.launch({ executablePath, headless: true, pipe: true, args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(`${host.url}/`);
  const bytes = [...(await readFile(join(folder, "large.tirg")))];
  const answers = JSON.parse(await readFile(join(folder, "large.json"), "utf8"));
  for (const line of await page.evaluate(measure, bytes, answers)) console.log(line);
} finally {
  await browser.close();
  await host.stop();
}

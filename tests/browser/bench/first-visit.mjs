// How long a buyer waits for a priced calculator, from the script tag on, over a slow link.
//
// Chromium's own throttling: 1.6 Mbit/s down, 150 ms for every answer, an empty cache first and the
// same page again after it. What is printed are milliseconds.

import puppeteer from "puppeteer-core";

import { startHost } from "../support/host.mjs";
import { setting } from "../support/process.mjs";
import { startShop } from "../support/shop.mjs";
import { until } from "../support/wait.mjs";

const LINK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const ROUNDS = 5;
const GOALS = { "first visit": 1500, "repeat visit": 300 };

const pages = {};
const host = await startHost({ pages });
const shop = await startShop({ more: `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n` });
pages["/"] = `<!doctype html><html lang="en"><title>Prints</title><script>
    const begun = performance.now();
    addEventListener("tirage:price", () => (window.waited ??= performance.now() - begun));
  </script>
  <script type="module" src="${shop.url}/v1/tirage.js"></script>
  <tirage-calculator product="business-cards"></tirage-calculator>`;

const browser = await puppeteer.launch({
  executablePath: setting("TIRAGE_CHROMIUM"),
  headless: true,
  pipe: true,
  args: ["--no-sandbox", "--disable-gpu"],
});

/** Opens the page and returns how long it waited for its price. */
async function visit(page) {
  await page.goto(`${host.url}/`, { waitUntil: "domcontentloaded" });
  return until("the price", () => page.evaluate(() => window.waited));
}

const waited = { "first visit": [], "repeat visit": [] };
try {
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const session = await page.createCDPSession();
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", LINK);
    waited["first visit"].push(await visit(page));
    waited["repeat visit"].push(await visit(page));
    await context.close();
  }
} finally {
  await browser.close();
  await shop.stop();
  await host.stop();
}

for (const [name, times] of Object.entries(waited)) {
  times.sort((one, other) => one - other);
  const [least, median, most] = [0, ROUNDS >> 1, ROUNDS - 1].map((at) => Math.round(times[at]));
  console.log(`${name.padEnd(14)} ${String(median).padStart(6)} ms (${least} to ${most}, goal ${GOALS[name]})`);
}

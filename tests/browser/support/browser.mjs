// The browser of a suite: launched when first needed, one fresh profile, one context per page.
//
// `BROWSER=firefox` runs the same suites in Firefox, over WebDriver BiDi.

import { after } from "node:test";

import puppeteer from "puppeteer-core";

import { CHROMIUM_FLAGS, FIREFOX } from "./flags.mjs";
import { setting } from "./process.mjs";

let launched;
after(async () => (await launched)?.close());

function launch() {
  if (FIREFOX) {
    const executablePath = setting("TIRAGE_FIREFOX");
    return puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  }
  const executablePath = setting("TIRAGE_CHROMIUM");
  // Over a pipe it ends with this process, even if this process is killed.
  return puppeteer.launch({ executablePath, headless: true, pipe: true, args: CHROMIUM_FLAGS });
}

/**
 * An empty page with cookies and storage of its own.
 * `problems` collects what its scripts threw and what the browser complained about.
 */
export async function openPage({ viewport = { width: 1280, height: 900 } } = {}) {
  launched ??= launch();
  const context = await (await launched).createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  const problems = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error?.message ?? error}`));
  page.on("console", (message) => {
    if (message.type() === "error") {
      problems.push(`console: ${message.text()} ${message.location()?.url ?? ""}`.trim());
    }
  });
  return { page, problems, close: () => context.close() };
}

/**
 * Makes the system dark, without a transition that a picture or axe could come upon half-way.
 * Firefox cannot be told to over WebDriver BiDi, and stays as it is.
 */
export async function darken(page) {
  const features = { "prefers-color-scheme": "dark", "prefers-reduced-motion": "reduce" };
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  if (!FIREFOX) await page.emulateMediaFeatures(list);
}

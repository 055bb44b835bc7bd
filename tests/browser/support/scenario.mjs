// A test with everything it opened closed again, and a picture of the page where it failed.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";

import { openPage } from "./browser.mjs";
import { startHost } from "./host.mjs";
import { setting } from "./process.mjs";
import { startProxy } from "./proxy.mjs";
import { startPrintHouse, startShop } from "./shop.mjs";

const LIMIT_MS = 120_000;

/**
 * Declares a test. Its body gets a stage: `page()`, `shop()`, `printHouse()`, `host()` and
 * `proxy()` open things that the end of the test closes. A page's script errors fail the test unless tolerated.
 */
export function scenario(name, body, { timeout = LIMIT_MS } = {}) {
  test(name, { timeout }, async () => {
    const stage = new Stage(name);
    try {
      await body(stage);
      stage.assertNoProblems();
    } catch (error) {
      await stage.explain();
      throw error;
    } finally {
      await stage.close();
    }
  });
}

class Stage {
  #name;
  #pages = [];
  #servers = [];
  #tolerated = [];

  constructor(name) {
    this.#name = name;
  }

  /** A fresh page, at `url` if given. */
  async page(url, options) {
    const opened = await openPage(options);
    this.#pages.push(opened);
    if (url) await opened.page.goto(url, { waitUntil: "load" });
    return opened.page;
  }

  /** A running service; see `startShop`. */
  shop(options) {
    return this.#keep(startShop(options));
  }

  /** A running emulated ASystem. */
  printHouse() {
    return this.#keep(startPrintHouse());
  }

  /** A web server for host pages; see `startHost`. */
  host(options) {
    return this.#keep(startHost(options));
  }

  /** The service behind a proxy; see `startProxy`. */
  proxy(target, options) {
    return this.#keep(startProxy(target, options));
  }

  /** Errors of pages that match are part of the test. */
  tolerate(pattern) {
    this.#tolerated.push(pattern);
  }

  /** Keeps a picture in `target/screenshots`. */
  async screenshot(page, name) {
    const folder = setting("TIRAGE_SCREENSHOTS");
    await mkdir(folder, { recursive: true });
    const file = `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true });
  }

  async #keep(starting) {
    const started = await starting;
    this.#servers.push(started);
    return started;
  }

  #problems() {
    const expected = (problem) => this.#tolerated.some((pattern) => pattern.test(problem));
    return this.#pages.flatMap(({ problems }) => problems).filter((it) => !expected(it));
  }

  assertNoProblems() {
    const problems = this.#problems();
    if (problems.length > 0) throw new Error(`the page reported:\n${problems.join("\n")}`);
  }

  /** Prints what a failed test leaves behind. */
  async explain() {
    for (const [index, { page }] of this.#pages.entries()) {
      await this.screenshot(page, `failed ${this.#name} ${index + 1}`).catch(() => {});
    }
    for (const problem of this.#problems()) console.error(`page: ${problem}`);
    for (const server of this.#servers) {
      if (server.log?.()) console.error(server.log().split("\n").slice(-40).join("\n"));
    }
  }

  async close() {
    for (const { close } of this.#pages) await close().catch(() => {});
    for (const server of this.#servers.reverse()) await server.stop();
  }
}

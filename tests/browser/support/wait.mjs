// Waiting for what will be so: nothing here sleeps for a fixed time and hopes.

import { setTimeout as pause } from "node:timers/promises";

import { FIREFOX } from "./flags.mjs";

export const LIMIT_MS = 15_000;

/**
 * Asks again and again until `check` returns something truthy, and returns that.
 * What `check` throws counts as "not yet"; the last of it is in the error after the limit.
 */
export async function until(what, check, { limit = LIMIT_MS, every = 25 } = {}) {
  const deadline = performance.now() + limit;
  let last;
  do {
    try {
      last = await check();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await pause(every);
  } while (performance.now() < deadline);
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`waited ${limit} ms for ${what}, last seen: ${seen}`);
}

/**
 * The first element of a selector, asked for again and again: puppeteer's own waiting looks again
 * only when the document changes, and does not see what appears inside a shadow root.
 */
function found(page, selector, options) {
  return until(`\`${selector}\``, () => find(page, selector), options);
}

/** The first element of a selector there is now, in the page or in any open shadow root; or `null`. */
export async function find(page, selector) {
  return (await findAll(page, selector))[0] ?? null;
}

/** The elements of a selector there are now, in the page and in every open shadow root. */
async function findAll(page, selector) {
  const elements = await page.$$(selector);
  // Firefox looks up roles and names in no shadow root, unless that is where it begins.
  if (!FIREFOX || !selector.startsWith("aria/")) return elements;
  for (const root of await shadowRoots(page)) elements.push(...(await root.$$(selector)));
  return elements;
}

async function shadowRoots(page) {
  const roots = await page.evaluateHandle(() => {
    const under = (scope) =>
      [...scope.querySelectorAll("*")].flatMap(({ shadowRoot: root }) => (root ? [root, ...under(root)] : []));
    return under(document);
  });
  return [...(await roots.getProperties()).values()].map((root) => root.asElement()).filter(Boolean);
}

/** The element of this role and accessible name, in the page or in any open shadow root. */
export function byRole(page, role, name, options) {
  return found(page, `aria/${name}[role="${role}"]`, options);
}

/** The control with this label, in the page or in any open shadow root. */
export function byLabel(page, label, options) {
  return until(`the control ${label}`, async () => {
    const named = await findAll(page, `aria/${label}`);
    // Firefox finds the label by its own words, too.
    for (const element of named) {
      if (await element.evaluate((node) => node.matches("input, select, textarea, button"))) return element;
    }
    return named[0];
  }, options);
}

/** The first element that matches, in the page or in any open shadow root. */
export function deep(page, css, options) {
  return found(page, `>>> ${css}`, options);
}

/** What a person reads in an element: spaces of all kinds are one. */
export async function textOf(element) {
  const text = await element.evaluate((node) => node.innerText ?? node.textContent ?? "");
  return text.replace(/\s+/gu, " ").trim();
}

/** Waits until the element found by `find` reads as expected (a text or a pattern). */
export function untilReads(find, expected, options) {
  const fits = (text) => (expected instanceof RegExp ? expected.test(text) : text === expected);
  let text = "nothing";
  return until(`the text ${expected}`, async () => {
    text = await textOf(await find());
    if (!fits(text)) throw new Error(JSON.stringify(text));
    return true;
  }, options).then(() => text);
}

// What an administrator does on his pages, and an order for him to look at.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { byLabel, byRole } from "./wait.mjs";

export const NAME = "anna";
export const PASSWORD = "correct horse battery";

/** The link that the service prints while there is no administrator. */
export function setupLink(shop) {
  const link = shop.log().match(/http\S+\/admin\/setup#token=\w+/u)?.[0];
  assert.ok(link, "the service printed no link");
  return link;
}

/** Makes the first administrator and returns the page, which then shows the orders. */
export async function enter(stage, shop, options) {
  const page = await stage.page(setupLink(shop), options);
  await fill(page, { "Login name": NAME, "New password": PASSWORD, "Password again": PASSWORD });
  await press(page, "Create and log in");
  await byRole(page, "heading", "Orders");
  return page;
}

export async function fill(page, values) {
  for (const [label, value] of Object.entries(values)) {
    const input = await byLabel(page, label);
    await input.click({ count: 3 });
    await input.type(value);
  }
}

export async function press(page, name) {
  await (await byRole(page, "button", name)).click();
}

/** Orders a hundred business cards as the widget does, perhaps in a group, and returns the receipt. */
export async function order(shop, group) {
  const calculator = await json(`${shop.url}/v1/calculators/business-cards`);
  const quote = await json(`${shop.url}/v1/quote`, { product: "business-cards", answers: {} });
  const { total } = quote.runs[0];
  const template = calculator.template.revision;
  const cart = {
    customer: { kind: "person", name: "Анна Ли", phone: "+79000000000", email: "a@example.com" },
    comment: "ring twice",
    locale: "ru",
    lines: [{ product: "business-cards", template, answers: {}, total, group }],
    total,
  };
  return json(`${shop.url}/v1/orders`, cart, { "idempotency-key": randomUUID() });
}

export async function json(url, body, headers = {}) {
  const response = await fetch(url, body && {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

// What a buyer does on the pages of the demo shop, and what a program reads there.

import { byLabel, byRole, deep, until } from "./wait.mjs";

/** The page of the business cards, once it shows a price. */
export async function cards(stage, shop, options) {
  const page = await stage.page(`${shop.url}/products/business-cards`, options);
  await byRole(page, "button", "В корзину");
  return page;
}

/** The exact figure behind a price, as a program reads it. */
export async function exact(page, testId) {
  return (await deep(page, `[data-testid="${testId}"]`)).evaluate((node) => node.getAttribute("value"));
}

export function untilExact(page, testId, expected) {
  return until(`${testId} to be ${expected}`, async () => {
    const found = await exact(page, testId);
    if (found !== expected) throw new Error(found);
    return true;
  });
}

export async function write(page, label, text) {
  const input = await byLabel(page, label);
  await input.click({ count: 3 });
  await input.type(text);
}

export async function press(page, role, name) {
  await (await byRole(page, role, name)).click();
}

/** Follows a link, until the page behind it has loaded. */
export async function follow(page, name) {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), press(page, "link", name)]);
}

/** 600 cards with rounded corners: the published worked example. */
export async function choose600(page) {
  await write(page, "Тираж", "600");
  await press(page, "switch", "Скруглить углы");
  await untilExact(page, "total", "2928");
}

export async function contacts(page) {
  await write(page, "Имя и фамилия", "Анна Ли");
  await write(page, "Телефон", "8 (912) 345-67-89");
  await write(page, "Электронная почта", "anna@example.com");
  await press(page, "checkbox", "Согласие на обработку персональных данных");
}

/** Answers of the service to submitted carts, as they come. */
export function receipts(page) {
  const seen = [];
  page.on("response", async (response) => {
    const request = response.request();
    if (request.method() === "POST" && new URL(response.url()).pathname === "/v1/orders") {
      seen.push({ status: response.status(), key: request.headers()["idempotency-key"], body: await response.json() });
    }
  });
  return seen;
}

/** Puts the calculation into the cart, until the page says so. */
export async function add(page) {
  await press(page, "button", "В корзину");
  await byRole(page, "link", "Открыть корзину");
}

/** A cart with the 600 cards in it, on its page. */
export async function cart(stage, shop, options) {
  const page = await cards(stage, shop, options);
  await choose600(page);
  await add(page);
  await page.goto(`${shop.url}/cart`);
  await untilExact(page, "cart-total", "2928");
  return page;
}

// Without the service: what it said last still prices, and the cart keeps what was put into it.

import assert from "node:assert/strict";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

/** The service behind a proxy that lets nothing be fresh, and breaks off when the service is gone. */
function behindProxy(stage, shop) {
  const alter = (path) => path.startsWith("/v1/programs/") && { "cache-control": "public, max-age=0" };
  return stage.proxy(shop.url, { alter });
}

scenario("after a visit the calculator prices and the cart keeps while the service is gone", async (stage) => {
  stage.tolerate(/Failed to load|ERR_|NetworkError|Cross-Origin|CORS/u);
  const shop = await embedded(stage, {});
  const proxy = await behindProxy(stage, shop);
  const page = (element) => `<!doctype html><html lang="en"><title>Prints</title>
    <script type="module" src="${shop.url}/v1/tirage.js"></script><main>${element}</main>`;
  shop.pages["/"] = page(`<tirage-calculator product="business-cards" api="${proxy.url}" cart="/cart"></tirage-calculator>`);
  shop.pages["/cart"] = page(`<tirage-cart api="${proxy.url}"></tirage-cart>`);
  const visitor = await shop.open("/");
  await untilTotal(visitor, "317.25");
  await (await inside(visitor, "[part=add-to-cart]")).click();
  await until("the line in the cart", () => visitor.evaluate(() => localStorage.getItem("tirage.cart")));
  await visitor.goto(`${shop.host}/cart`);
  const cartTotal = (expected) => until(`the cart's total ${expected}`, async () => {
    const total = await inside(visitor, '[data-testid="cart-total"]', "tirage-cart");
    return (await total.evaluate((node) => node.getAttribute("value"))) === expected;
  });
  await cartTotal("317.25");

  await shop.kill();
  assert.equal(await fetch(`${proxy.url}/v1/calculators/business-cards`).catch(() => "gone"), "gone");
  await visitor.goto(`${shop.host}/`);
  await untilTotal(visitor, "317.25");
  await visitor.$eval("tirage-calculator", (element) => element.set({ run: 600, rounded: true }));
  await untilTotal(visitor, "2928");
  await (await inside(visitor, "[part=add-to-cart]")).click();
  await until("both lines", () => visitor.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")).items.length === 2));
  await visitor.goto(`${shop.host}/cart`);
  await cartTotal("3245.25");

  const stranger = await shop.open("/");
  await until("its own content or a word", () => stranger.$eval("tirage-calculator", (element) => !element.quote));
  await shop.restart();
  await visitor.goto(`${shop.host}/`);
  await untilReads(() => inside(visitor, "[part=total]"), /317/u);
});

/** Waits until every chunk that was begun runs, the way into the cart among them. */
function untilWayIntoCart(page) {
  return until("the way into the cart", () => page.evaluate(() => {
    const files = performance.getEntriesByType("resource").map(({ name }) => name.match(/tirage_(.*)\.wasm/u)?.[1]);
    const chunks = new Set(files.filter((name) => name && name !== "app_bg"));
    return chunks.has("keep") && window.chunks === chunks.size;
  }));
}

scenario("the way into the cart is there once the browser is idle, before anybody presses", async (stage) => {
  stage.tolerate(/Failed to load|ERR_|NetworkError|Cross-Origin|CORS/u);
  const shop = await embedded(stage, {
    "/": (url) => `<script>
      const own = WebAssembly.instantiate;
      window.chunks = 0;
      WebAssembly.instantiate = async (...given) => {
        const made = await own.apply(WebAssembly, given);
        if (given[1]?.__wasm_split) window.chunks += 1;
        return made;
      };
    </script><tirage-calculator product="business-cards" api="${url}" cart="/cart"></tirage-calculator>`,
    "/other": "<p>Another page</p>",
  });
  const page = await shop.open("/");
  await untilTotal(page, "317.25");
  await untilWayIntoCart(page);
  // Whoever leaves in the same breath loses nothing.
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(() => {
      document.querySelector("tirage-calculator").shadowRoot.querySelector("[part=add-to-cart]").click();
      location.href = "/other";
    }),
  ]);
  const count = () => page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart"))?.items.length);
  assert.equal(await count(), 1);

  await page.goto(`${shop.host}/`);
  await untilTotal(page, "317.25");
  await untilWayIntoCart(page);
  await shop.kill();
  await (await inside(page, "[part=add-to-cart]")).click();
  await until("both lines", async () => (await count()) === 2);
});

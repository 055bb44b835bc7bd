// Without the service: what it said last still prices, and the cart keeps what was put into it.

import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

/** The service behind a proxy that lets nothing be fresh, and breaks off when the service is gone. */
async function behindProxy(shop) {
  const target = new URL(shop.url);
  const server = createServer((request, response) => {
    const upstream = ask({ host: target.hostname, port: target.port, method: request.method, path: request.url, headers: request.headers });
    upstream.on("response", (answer) => {
      const stale = request.url.startsWith("/v1/programs/") && { "cache-control": "public, max-age=0" };
      response.writeHead(answer.statusCode, { ...answer.headers, ...stale });
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

scenario("after a visit the calculator prices and the cart keeps while the service is gone", async (stage) => {
  stage.tolerate(/Failed to load|ERR_|NetworkError|Cross-Origin|CORS/u);
  const shop = await embedded(stage, {});
  const proxy = await behindProxy(shop);
  try {
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
  } finally {
    await proxy.stop();
  }
});

// A shop's own pages with the elements on them: another origin than the service, as in real life.
// Found by selector, because Firefox looks up roles and names in no shadow root.

import { until } from "./wait.mjs";

/** The element inside the calculator that matches, once it is there. */
export function inside(page, css, host = "tirage-calculator") {
  return until(`${css} in ${host}`, async () => {
    const found = await page.evaluateHandle(
      (host, css) => document.querySelector(host)?.shadowRoot?.querySelector(css), host, css);
    return found.asElement();
  });
}

/** Waits until the calculator shows this exact total and its page can read it too. */
export function untilTotal(page, total, host = "tirage-calculator") {
  return until(`the total ${total}`, async () => {
    const shown = await inside(page, '[part="total"]', host);
    const found = await shown.evaluate((node) => node.getAttribute("value"));
    const read = await page.evaluate((host) => document.querySelector(host).quote, host);
    if (found !== total || !read) throw new Error(`${found}, ${read ? "" : "not "}to be read`);
    return true;
  });
}

/**
 * Serves `pages` (path → what stands in the body) from an origin of their own, which the service
 * lets in; `script: false` leaves the script tag out, `settings` are appended to the service's. A
 * page may be a function of the service's address. `open(path)` opens one of them; whole pages may
 * be added to what is returned as `pages`.
 */
export async function embedded(stage, pages, { script = true, headers, settings = "", printHouse } = {}) {
  const served = {};
  const host = await stage.host({ pages: served, headers });
  const more = `[shop]\nallowed_origins = [${JSON.stringify(host.url)}]\n${settings}`;
  const shop = await stage.shop({ more, printHouse });
  const tag = script ? `<script type="module" src="${shop.url}/v1/tirage.js"></script>` : "";
  for (const [path, body] of Object.entries(pages)) {
    served[path] = `<!doctype html><html lang="en"><head><title>Prints</title>${tag}</head>
      <body><main>${typeof body === "function" ? body(shop.url) : body}</main></body></html>`;
  }
  return { ...shop, pages: served, host: host.url, open: (path) => stage.page(host.url + path) };
}

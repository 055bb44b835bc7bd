// Files that a buyer drags from his desktop: only Chromium's own protocol can drag any.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { add } from "../support/buyer.mjs";
import { scenario } from "../support/scenario.mjs";
import { byRole, deep, untilReads } from "../support/wait.mjs";

const EXAMPLE = fileURLToPath(new URL("../../../examples/banners.json", import.meta.url));
const BANNERS = `\n[[products]]\nkey = "banners"\ntemplate = ${JSON.stringify(EXAMPLE)}\nposition = 9\n`;

/** The answer to the question for files. */
function layout(page) {
  return page.$eval("tirage-calculator", (element) => element.state.layout);
}

scenario("files are dropped on their question, and reach the cart", async (stage) => {
  const shop = await stage.shop({ more: BANNERS });
  const page = await stage.page(`${shop.url}/products/banners`);
  // Chromium finds no picker by its label, so the label is asked for.
  const picker = await deep(page, "[data-key=layout] [type=file]");
  const browser = await page.createCDPSession();
  const which = { backendNodeId: await picker.backendNodeId(), fetchRelatives: false };
  const { nodes: [{ role, name }] } = await browser.send("Accessibility.getPartialAXTree", which);
  assert.deepEqual([role.value, name.value], ["button", "Макет необязательно"]);
  const folder = await mkdtemp(join(tmpdir(), "tirage-dropped-"));
  const path = join(folder, "banner.tiff");
  await writeFile(path, "II*\0");
  await picker.scrollIntoView();
  const box = await picker.boundingBox();
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  // Missed by a few pixels: the browser must not open the file in the shop's place.
  const beside = { x: at.x, y: box.y - 10 };
  await page.evaluate(() => addEventListener("dragover", (event) => (window.kept = event.defaultPrevented)));
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await browser.send("Input.dispatchDragEvent", { type, ...beside, data });
  }
  assert.equal(await page.evaluate(() => window.kept), true);
  assert.equal(await layout(page), undefined);
  for (const type of ["dragEnter", "dragOver"]) await browser.send("Input.dispatchDragEvent", { type, ...at, data });
  await deep(page, ".drop[data-over]");
  await stage.screenshot(page, "a file over its question");
  await browser.send("Input.dispatchDragEvent", { type: "drop", ...at, data });
  await byRole(page, "button", "banner.tiff: убрать");
  assert.equal(await page.$(">>> .drop[data-over]"), null);
  assert.deepEqual(await layout(page), ["banner.tiff"]);
  assert.deepEqual(await violations(page), []);
  await add(page);
  await page.goto(`${shop.url}/cart`);
  await untilReads(() => deep(page, ".item"), /Макет.*banner\.tiff/u);
  await rm(folder, { recursive: true });
});

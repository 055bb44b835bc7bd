// Embeds and shortcodes of earlier sites, as they stand in pages today: only the host name is ours.

import assert from "node:assert/strict";

import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const SETTINGS = `[compatibility]
languages = { 789456 = "en" }
[[compatibility.products]]
category = "cards"
product = "business-cards"
[[compatibility.products]]
category = "cards"
material = 123456
product = "document-printing"
[[compatibility.products]]
calculator = "poly1c"
category = 982756
product = "photo-printing"
`;

/** A page with an embed as the platform's documents write it. */
const embed = (address, call) => (service) => `<div id="integratedCalculator"><p class="own">Call us</p></div>
  <script src="${service}${address}"></script>
  <script>
    var container = document.getElementById("integratedCalculator");
    function onCompleteLoadPxpCalc(calc) { window.loaded = [...(window.loaded || []), calc]; }
    window.integrated = ${call};
  </script>`;

async function opened(stage, body, options = {}) {
  const shop = await embedded(stage, { "/": body, "/basket": "<p>basket" }, { script: false, settings: SETTINGS, ...options });
  const page = await stage.page();
  const told = [];
  page.on("console", (message) => told.push(message.text()));
  await page.goto(`${shop.host}/`, { waitUntil: "load" });
  return { shop, page, told, untilTold: (pattern) => until(`${pattern} in the console`, () => told.some((text) => pattern.test(text))) };
}

const CARDS = 'new PxpCalcManager(container, { materialType: "cards", languageId: 789456, config: "default", isMobile: false })';

scenario("an embed with another host name shows its product, and tells its page when it is there", async (stage) => {
  const { page, told } = await opened(stage, embed("/api/calc/externalCalc?cssLink=/demo/shop.css&photolabId=3264", CARDS));
  await untilTotal(page, "317.25");
  await until("the page's hook", () => page.evaluate(() => window.loaded?.length === 1));
  const seen = await page.evaluate(() => ({
    same: window.loaded[0] === pxpCalculators[0] && window.integrated === pxpCalculators[0],
    total: window.loaded[0].totalPriceCalculator.totalPrice(),
    formatted: window.loaded[0].totalPriceCalculator.totalPriceFormatted(),
    type: window.loaded[0].materialSelector.materialType().title,
    style: document.querySelector("link[rel=stylesheet]")?.href,
    slotted: document.querySelector(".own").checkVisibility(),
  }));
  assert.equal(seen.same, true);
  assert.equal(seen.total, 317.25);
  assert.match(seen.formatted, /317\.25/u);
  assert.equal(seen.type, "Business cards");
  assert.match(seen.style, /\/demo\/shop\.css$/u);
  assert.equal(seen.slotted, false);
  await untilReads(() => inside(page, "[part=add-to-cart]"), "Add to cart");
  assert.deepEqual(told.filter((text) => text.includes("photolabId")).length, 1);
});

scenario("its program model reads, writes and is subscribed to, as pages do it today", async (stage) => {
  const { page, untilTold } = await opened(stage, embed("/api/calc/externalCalc", CARDS));
  await untilTotal(page, "317.25");
  await until("the model", () => page.evaluate(() => window.loaded?.length));
  await page.evaluate(() => {
    const [calc] = pxpCalculators;
    window.totals = [];
    window.subscription = calc.totalPriceCalculator.totalPrice.subscribe((total) => totals.push(total));
    window.states = [];
    calc.customWorkSelector.finalState.subscribe((state) => states.push(state));
    calc.circulationSelector.floatQuantity(600);
    calc.customWorkSelector.loadState([{ WorkId: "rounded", Items: [{ ItemId: "rounded", Quantity: 1 }] }]);
  });
  await untilTotal(page, "2928");
  await until("the last total", () => page.evaluate(() => totals.at(-1) === 2928));
  const state = await page.evaluate(() => pxpCalculators[0].customWorkSelector.finalState());
  assert.deepEqual(state.find(({ WorkId }) => WorkId === "rounded"), { WorkId: "rounded", Items: [{ ItemId: "rounded", Quantity: 1 }] });
  assert.deepEqual(state.find(({ WorkId }) => WorkId === "paper").Items, [{ ItemId: "matt", Quantity: 1 }]);
  assert.equal(await page.evaluate(() => pxpCalculators[0].circulationSelector.floatQuantity()), 600);
  assert.ok(await page.evaluate(() => pxpCalculators[0].circulationSelector.options().some(({ quantity, totalPrice }) => quantity === 600 && totalPrice === 2928)));
  assert.ok(await page.evaluate(() => states.length > 0));

  // What was read goes back in, whatever happened meanwhile.
  await page.evaluate((state) => {
    subscription.dispose();
    pxpCalculators[0].element.reset();
    pxpCalculators[0].circulationSelector.floatQuantity(600);
    pxpCalculators[0].customWorkSelector.loadState(state);
  }, state);
  await untilTotal(page, "2928");
  assert.equal(await page.evaluate(() => totals.at(-1)), 2928, "a disposed subscription hears nothing");

  await page.evaluate(() => pxpCalculators[0].info());
  await untilTold(/business-cards/u);
  await page.evaluate(() => {
    const [calc] = pxpCalculators;
    calc.update();
    window.absent = [
      calc.editorSettingsController.isAvailable(),
      calc.totalPriceCalculator.stickyBlock.isEnable(false),
      calc.customWorkSelector.worksDictionary()?.[7],
    ];
    calc.totalPriceCalculator.stickyBlock.isEnable.subscribe(() => {}).dispose();
    calc.totalPriceCalculator.totalPrice(1);
    calc.customWorkSelector.loadState([{ WorkId: 729251, Items: [{ ItemId: 2789540, Quantity: 1 }] }]);
  });
  assert.deepEqual(await page.evaluate(() => window.absent.map((value) => value ?? null)), [null, null, null]);
  for (const name of [/pxpCalculators\[0\]\.editorSettingsController\.isAvailable is not supported/u,
    /stickyBlock\.isEnable is not supported/u, /worksDictionary is not supported/u,
    /totalPrice cannot be written/u, /there is no option 729251/u]) {
    await untilTold(name);
  }
});

scenario("a category's products are chosen among, and what is unknown is named", async (stage) => {
  const { page, untilTold } = await opened(stage, embed("/api/calc/externalCalc", CARDS));
  await untilTotal(page, "317.25");
  await page.evaluate(() => pxpCalculators[0].materialSelector.materials().find(({ id }) => id === 123456).select());
  await until("the other product", () => page.$eval("tirage-calculator", (element) => element.schema?.product === "document-printing"));
  assert.equal(await page.evaluate(() => pxpCalculators[0].materialSelector.materialId()), 123456);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<div id="second">Call us</div>');
    new PxpCalcManager(document.getElementById("second"), {
      materialType: "stones", languageId: 1, colour: "red", apiUrl: "http://", cart: "javascript:alert(1)",
    });
    PxpCalcManager("nowhere", { materialType: "cards" });
  });
  await untilTold(/no product for category stones/u);
  await untilTold(/the parameter colour is not supported/u);
  await untilTold(/http:\/\/ is no address/u);
  await untilTold(/javascript:alert\(1\) is no address/u);
  await untilTold(/PxpCalcManager: there is no element nowhere/u);
  assert.equal(await page.$eval("#second", (place) => place.textContent), "Call us");
});

scenario("an order goes on from the embed: the cart stands below, or is the page that is named", async (stage) => {
  const body = embed("/api/calc/externalCalc", CARDS);
  const { page, shop } = await opened(stage, body);
  await untilTotal(page, "317.25");
  assert.equal(await page.evaluate(() => pxpCalculators[0].totalPriceCalculator.continueOrderClickIsEnabled()), true);
  await page.evaluate(() => pxpCalculators[0].totalPriceCalculator.continueOrderClick());
  await until("the cart's total", async () => {
    const total = await inside(page, '[data-testid="cart-total"]', "tirage-cart");
    return (await total.evaluate((node) => node.getAttribute("value"))) === "317.25";
  });
  const named = (service) => embed("/api/calc/externalCalc", `new PxpCalcManager(container, {
    materialType: "cards", cart: "/basket", additionalQueryParams: { id_calc_tmp: "45", isExternal: "true" } })`)(service);
  const other = await opened(stage, named);
  await untilTotal(other.page, "317.25");
  await other.page.evaluate(() => pxpCalculators[0].totalPriceCalculator.continueOrderClick());
  await until("the basket", () => other.page.url() === `${other.shop.host}/basket?id_calc_tmp=45&isExternal=true`);
  assert.notEqual(other.shop.host, shop.host);
});

for (const [address, manager, given, total] of [
  ["/api/poly1c/calculator/external", "Poly1CCalcManager", "{ materialTypeId: 982756 }", "230"],
  ["/api/asystem/calculator/external", "AsystemCalcManager", '{ materialType: "cards" }', "317.25"],
  ["/api/axiom/calculator/external", "AxiomCalcManager", '{ materialType: "cards" }', "317.25"],
  ["/api/helloprint/calculator/external", "HelloprintCalcManager", '{ materialType: "print", material: "photo-printing" }', "230"],
]) {
  scenario(`${manager} takes an element's id and shows its product`, async (stage) => {
    const { page } = await opened(stage, embed(address, `${manager}("integratedCalculator", ${given})`));
    await untilTotal(page, total);
    await until("the page's hook", () => page.evaluate(() => window.loaded?.length === 1));
  });
}

scenario("an embed that names another service is told, and works by the script's own", async (stage) => {
  stage.tolerate(/CORS|404|Failed to load|Cross-Origin/u);
  const { page, untilTold } = await opened(stage, embed("/api/calc/externalCalc",
    'new PxpCalcManager(container, { materialType: "cards", origin: location.origin })'));
  await untilTotal(page, "317.25");
  await untilTold(/is no service of calculators/u);
});

const CODES = `[$calculator(category:cards, config:default, afterLoad:counted)$]
  [$poly1ccalculator(category: 982756)$] [$asystemcalculator(category:"cards")$]
  [$axiomcalculator(category:cards, materialId:123456)$] [$helloprintcalculator(product:'photo-printing')$]
  [$slider(main)$]`;
const EXPECTED = ["business-cards", "photo-printing", "business-cards", "document-printing", "photo-printing"];

const untilProducts = (page) => until("all five calculators", () => page.evaluate((expected) => {
  const shown = [...document.querySelectorAll("tirage-calculator")].map((element) => element.schema?.product);
  return JSON.stringify(shown) === JSON.stringify(expected) && pxpCalculators.length === 5 && window.count === 1;
}, EXPECTED));

const COUNT = "<script>window.count = 0; function counted(calc) { window.count++; window.counted.calc = calc; }</script>";

scenario("shortcodes of all five kinds become calculators by a script in the page", async (stage) => {
  const { page } = await opened(stage, (service) =>
    `${COUNT}<p>Before ${CODES} after</p><textarea>[$calculator(category:cards)$]</textarea><script src="${service}/v1/compat.js"></script>`);
  await untilProducts(page);
  const text = await page.$eval("p", (node) => node.textContent.replace(/\s+/gu, " ").trim());
  assert.equal(text, "Before [$slider(main)$] after");
  assert.equal(await page.evaluate(() => window.counted.calc.totalPriceCalculator.totalPrice()), 317.25);
});

scenario("the service expands the same shortcodes, and names what it left", async (stage) => {
  const { shop } = await opened(stage, "<p>still nothing");
  const expand = async (html) => {
    const answer = await fetch(`${shop.url}/v1/shortcodes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ html }),
    });
    return answer.json();
  };
  const stones = "[$calculator(category:stones)$]";
  const left = await expand(`<p>${stones}</p>`);
  assert.equal(left.html, `<p>${stones}</p>`);
  assert.deepEqual(left.problems.map(({ shortcode }) => shortcode), [stones]);
  const { html } = await expand(`<p>Before ${CODES} after</p>`);
  assert.match(html, /\[\$slider\(main\)\$\]/u);
  shop.pages["/expanded"] = `<!doctype html><html lang="en"><title>Prints</title>${COUNT}${html}`;
  await untilProducts(await shop.open("/expanded"));
});

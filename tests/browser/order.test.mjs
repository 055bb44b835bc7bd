// A buyer's way from the product page to the print house, with the real service and widget.

import assert from "node:assert/strict";

import { violations } from "./support/accessibility.mjs";
import { darken } from "./support/browser.mjs";
import { add, cards, choose600, contacts, exact, follow, press, receipts, untilExact, write } from "./support/buyer.mjs";
import { scenario } from "./support/scenario.mjs";
import { byRole, deep, until, untilReads } from "./support/wait.mjs";

const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };

scenario("a buyer orders 600 cards, and everybody names the same price", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await cards(stage, shop);
  const answers = receipts(page);
  await choose600(page);
  await add(page);
  await page.goto(`${shop.url}/cart`);
  await contacts(page);
  await press(page, "button", "Оформить заказ");
  await follow(page, "Открыть страницу заказа");
  await untilReads(() => deep(page, '[part="forwarding"]'), /Заказ в типографии/u);

  const [{ status, body: receipt }] = answers;
  assert.equal(status, 201);
  assert.equal(await exact(page, "order-total"), "2928");
  const stored = await (await fetch(`${shop.url}/v1/orders/${receipt.token}`)).json();
  const [sent, ...others] = await printHouse.orders();
  assert.deepEqual(others, []);
  assert.deepEqual([receipt.total, stored.total, stored.lines[0].total], ["2928", "2928", "2928"]);
  assert.match(JSON.stringify(sent), /"2928"/u);
  assert.match(JSON.stringify(sent), new RegExp(receipt.number, "u"));
});

scenario("an order that the network swallowed is placed once", async (stage) => {
  stage.tolerate(/Failed to load resource|net::ERR/u);
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await cards(stage, shop);
  await add(page);
  await page.goto(`${shop.url}/cart`);
  await contacts(page);
  const answers = receipts(page);
  const button = await byRole(page, "button", "Оформить заказ");
  await shop.kill();
  await button.click();
  await untilReads(() => deep(page, '[part="checkout"]'), /Заказ сохранён/u);
  await shop.restart();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await byRole(page, "link", "Открыть страницу заказа");
  await until("the order at the print house", async () => (await printHouse.orders()).length === 1);
  assert.equal(answers.at(-1).status, 201);
});

scenario("the product page holds for every eye and size", async (stage) => {
  const shop = await stage.shop();
  const desktop = await cards(stage, shop);
  await choose600(desktop);
  assert.deepEqual(await violations(desktop), []);
  await darken(desktop);
  assert.deepEqual(await violations(desktop), []);

  const phone = await cards(stage, shop, { viewport: PHONE });
  await choose600(phone);
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  assert.equal(await phone.evaluate(overflow), 0);
  await phone.evaluate(() => document.querySelector("tirage-calculator").scrollIntoView());
  assert.deepEqual(await violations(phone), []);
});

scenario("what cannot be printed is said in words, and no price is shown", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await press(page, "radio", "Офсетная От 1000 штук");
  await untilReads(() => deep(page, '[part="problems"]'), /\S/u);
  assert.equal(await exact(page, "total"), "");
  assert.deepEqual(await violations(page), []);
  await write(page, "Тираж", "1500");
  await press(page, "radio", "4+4, две стороны");
  await untilExact(page, "total", "6647");
});

scenario("the keyboard alone is enough to order", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  const reach = async (role, name) => {
    const wanted = await byRole(page, role, name);
    await until(`the focus on ${name}`, async () => {
      await page.keyboard.press("Tab");
      return wanted.evaluate((node) => node.getRootNode().activeElement === node);
    });
  };
  await reach("button", "В корзину");
  await page.keyboard.press("Enter");
  await reach("link", "Открыть корзину");
  await page.keyboard.press("Enter");
  for (const [label, text] of [["Имя и фамилия", "Анна Ли"], ["Телефон", "+79123456789"], ["Электронная почта", "a@example.com"]]) {
    await reach("textbox", label);
    await page.keyboard.type(text);
  }
  await reach("checkbox", "Согласие на обработку персональных данных");
  await page.keyboard.press(" ");
  await reach("button", "Оформить заказ");
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Enter");
  await byRole(page, "link", "Открыть страницу заказа");
  assert.deepEqual(await violations(page), []);
});

scenario("a page may hold several calculators, and a moved one keeps its answers", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await page.evaluate(() => {
    const second = document.createElement("tirage-calculator");
    second.setAttribute("product", "photo-printing");
    second.setAttribute("locale", "en");
    document.querySelector("main").append(second);
  });
  await byRole(page, "button", "Add to cart");
  await choose600(page);
  await page.evaluate(() => {
    const element = document.querySelector("tirage-calculator");
    element.remove();
    document.querySelector("main").append(element);
  });
  const calculator = 'tirage-calculator[product="business-cards"] >>>> [data-testid="total"]';
  const total = () => page.$eval(calculator, (node) => node.getAttribute("value"));
  assert.equal(await total(), "2928");

  await page.$eval('tirage-calculator[product="business-cards"]', (element) => element.remove());
  assert.equal(await exact(page, "total"), "230");
});

scenario("a calculator that left its page leaves nothing behind", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  const left = await page.evaluate(async () => {
    const element = document.querySelector("tirage-calculator");
    element.remove();
    await Promise.resolve();
    return element.shadowRoot.querySelectorAll("input, button, select").length;
  });
  assert.equal(left, 0);
});

for (const width of [1280, 390]) {
  scenario(`nothing on a product's page moves while it loads, ${width} wide`, async (stage) => {
    const shop = await stage.shop();
    const page = await stage.page();
    await page.setViewport({ width, height: 844 });
    await page.evaluateOnNewDocument(() => {
      const places = { h1: new Set(), ".lead": new Set(), "#price-heading": new Set(), "tirage-calculator": new Set(), ".facts": new Set() };
      window.places = () => Object.entries(places).map(([name, tops]) => [name, [...tops]]);
      const look = () => {
        for (const [name, tops] of Object.entries(places)) {
          const { top, width } = document.querySelector(name)?.getBoundingClientRect() ?? {};
          // Beyond the window nobody sees it move.
          if (width && top < innerHeight) tops.add(Math.round(top));
        }
        requestAnimationFrame(look);
      };
      look();
    });
    await page.goto(`${shop.url}/products/business-cards`);
    await untilExact(page, "total", "317.25");
    await untilReads(() => deep(page, "[part=runs]"), /1\s?000/u);
    for (const [name, tops] of await page.evaluate(() => window.places())) {
      assert.ok(tops.length <= 1, `${name} stood at ${tops.join(", ")}`);
      if (name === "tirage-calculator") assert.equal(tops.length, 1);
    }
  });
}

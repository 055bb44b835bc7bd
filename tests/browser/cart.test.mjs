// The cart: changed, kept, shared, printed, and ordered by a form that helps.

import assert from "node:assert/strict";

import { violations } from "./support/accessibility.mjs";
import { cart, cards, choose600, contacts, exact, follow, press, receipts, untilExact, write } from "./support/buyer.mjs";
import { FIREFOX } from "./support/flags.mjs";
import { scenario } from "./support/scenario.mjs";
import { byLabel, byRole, deep, textOf, until, untilReads } from "./support/wait.mjs";

const QUANTITY = "Тираж: Визитки";

/** Types into a field and leaves it. */
async function change(page, label, text) {
  await write(page, label, text);
  await page.keyboard.press("Tab");
}

/** Waits until the quantity of the cart's line can be changed. */
function changeable(page) {
  return until("a quantity that can be changed", async () =>
    (await byLabel(page, QUANTITY)).evaluate((input) => !input.readOnly));
}

function stored(page) {
  return page.evaluate(() => JSON.parse(localStorage.getItem("tirage.cart")));
}

scenario("a quantity changed in the cart is priced by the engine and survives a reload", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await changeable(page);
  await change(page, QUANTITY, "1200");
  const total = await until("another total", async () => {
    const now = await exact(page, "cart-total");
    return now !== "2928" && now;
  });
  const answers = { run: 1200, rounded: true };
  const quote = await fetch(`${shop.url}/v1/quote`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "business-cards", answers }),
  }).then((answer) => answer.json());
  assert.equal(total, quote.runs[0].total);
  await page.reload();
  await untilExact(page, "cart-total", total);

  await changeable(page);
  await change(page, QUANTITY, "0");
  await untilReads(() => deep(page, '.quantity [role="alert"]'), /от 1/u);
  assert.equal(await exact(page, "cart-total"), total);
  assert.deepEqual(await violations(page), []);
});

scenario("a removed line comes back by one press, and a saved one is not ordered", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await press(page, "button", "Удалить: Визитки");
  await untilReads(() => deep(page, '[part="empty"]'), /удалено из корзины/u);
  assert.deepEqual(await violations(page), []);
  await press(page, "button", "Вернуть");
  await untilExact(page, "cart-total", "2928");

  await press(page, "button", "Отложить");
  await untilReads(() => deep(page, '[part="saved"]'), /Визитки/u);
  assert.equal((await stored(page)).items[0].saved, true);
  assert.equal(await page.$(">>> form:not([hidden])"), null, "nothing to order, nothing to fill in");
  await page.reload();
  await press(page, "button", "Вернуть в заказ");
  await untilExact(page, "cart-total", "2928");
});

scenario("two tabs show the same cart", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  const second = await page.browserContext().newPage();
  await second.goto(`${shop.url}/cart`);
  await untilExact(second, "cart-total", "2928");
  await page.bringToFront();
  await changeable(page);
  await change(page, QUANTITY, "100");
  const total = await until("another total", async () => {
    const now = await exact(page, "cart-total");
    return now !== "2928" && now;
  });
  await second.bringToFront();
  await untilExact(second, "cart-total", total);
  await page.bringToFront();
  await press(page, "button", "Удалить: Визитки");
  await second.bringToFront();
  await untilReads(() => deep(second, '[part="empty"]'), /пусто/u);
});

scenario("a line opens with its choices and is changed where it stands", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await follow(page, "Изменить: Визитки");
  await untilExact(page, "total", "2928");
  await press(page, "switch", "Скруглить углы");
  await until("another price", async () => (await exact(page, "total")) !== "2928");
  const total = await exact(page, "total");
  await press(page, "button", "Сохранить изменения");
  const { items } = await stored(page);
  assert.deepEqual(items.map((item) => item.total), [total]);
});

scenario("a link opens the calculator as it was shared", async (stage) => {
  const shop = await stage.shop();
  const page = await cards(stage, shop);
  await choose600(page);
  // Without the right to the clipboard the link is in the address bar.
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await press(page, "button", "Скопировать ссылку на расчёт");
  await byRole(page, "button", "Скопируйте ссылку из адресной строки");
  const link = page.url();
  assert.match(link, /#tirage=business-cards/u);
  const other = await stage.page(link);
  await untilExact(other, "total", "2928");
});

scenario("what a revised calculator changes is asked at its line", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await page.evaluate(() => {
    const cart = JSON.parse(localStorage.getItem("tirage.cart"));
    Object.assign(cart.items[0], { template: "ab".repeat(32), total: "2500" });
    localStorage.setItem("tirage.cart", JSON.stringify(cart));
  });
  await page.reload();
  await untilReads(() => deep(page, '[part="change"]'), /обновился.*Было 2\s?500.*стало 2\s?928/u);
  assert.deepEqual(await violations(page), []);
  await press(page, "button", "Согласиться: Визитки");
  await untilExact(page, "cart-total", "2928");
  await contacts(page);
  await press(page, "button", "Оформить заказ");
  await byRole(page, "link", "Открыть страницу заказа");
});

scenario("a revision that changes nothing for a line asks nothing", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  const { template } = (await stored(page)).items[0];
  await page.evaluate(() => {
    const cart = JSON.parse(localStorage.getItem("tirage.cart"));
    cart.items[0].template = "ab".repeat(32);
    localStorage.setItem("tirage.cart", JSON.stringify(cart));
  });
  await page.reload();
  await until("the new revision", async () => (await stored(page)).items[0].template === template);
  assert.equal(await page.$(">>> [part=change]:not([hidden])"), null);
});

scenario("an offer names its last day, adds up, and prints without buttons", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await follow(page, "Предложение для печати");
  await untilExact(page, "offer-total", "2928");
  const offer = await textOf(await deep(page, '[part="offer"]'));
  assert.match(offer, /Цены действуют до \d+ \p{L}+ \d{4}/u);
  assert.match(offer, /600 шт\..*4,88 ₽.*2 928 ₽/u);
  assert.deepEqual(await violations(page), []);
  await page.evaluate(() => (globalThis.print = () => (globalThis.printed = true)));
  await press(page, "button", "Распечатать или сохранить в файл");
  assert.equal(await page.evaluate(() => globalThis.printed), true);
  // Firefox cannot be told to be paper over WebDriver BiDi.
  if (FIREFOX) return;
  await page.emulateMediaType("print");
  const button = await page.$('>>> [part="print"]');
  assert.equal(await button.evaluate((node) => getComputedStyle(node).display), "none");
});

scenario("every mistake of the form is said at its field and at the button", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await press(page, "radio", "Организация");
  await press(page, "radio", "Курьер");
  await press(page, "checkbox", "Получит другой человек");
  await press(page, "button", "Оформить заказ");
  await untilReads(() => deep(page, '[part="message"]'), /Исправьте 7 полей/u);
  assert.equal((await page.$$('>>> [part="mistakes"] button')).length, 7);
  const focused = await page.$eval("tirage-cart", ({ shadowRoot }) => shadowRoot.activeElement?.id);
  assert.equal(focused, "-customer-organisation");
  assert.deepEqual(await violations(page), []);
  await (await byRole(page, "button", "Адрес доставки: Напишите, куда доставить")).click();
  await page.keyboard.type("Москва, Тверская, 1");
  assert.equal((await page.$$('>>> [part="mistakes"] button')).length, 6);
  await press(page, "radio", "Самовывоз");
  await press(page, "checkbox", "Получит другой человек");
  assert.equal((await page.$$('>>> [part="mistakes"] button')).length, 5);

  await change(page, "Телефон", "8 (912) 345-67");
  await untilReads(() => deep(page, "#-customer-phone-remark"), /Проверьте номер/u);
  await change(page, "Телефон", "8 (912) 345-67-89");
  const phone = await (await byLabel(page, "Телефон")).evaluate((input) => input.value);
  assert.equal(phone, "+7 912 345-67-89");
});

scenario("where, to whom and when reaches the order and the print house", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await cart(stage, shop);
  await contacts(page);
  await press(page, "radio", "Курьер");
  await write(page, "Адрес доставки", "Москва, Тверская, 1");
  await press(page, "checkbox", "Получит другой человек");
  await write(page, "Имя получателя", "Олег Петров");
  await write(page, "Телефон получателя необязательно", "+49 30 1234567");
  const answers = receipts(page);
  await press(page, "button", "Оформить заказ");
  await follow(page, "Открыть страницу заказа");
  await untilReads(() => deep(page, '[part="handover"]'), "Получение: Курьер");
  await until("the order at the print house", async () => (await printHouse.orders()).length === 1);
  const sent = JSON.stringify(await printHouse.orders());
  assert.match(sent, /Олег Петров, \+49301234567/u);
  assert.match(sent, /Москва, Тверская, 1/u);
  assert.equal(answers.length, 1);
});

scenario("two quick presses are one order", async (stage) => {
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await contacts(page);
  const answers = receipts(page);
  const button = await byRole(page, "button", "Оформить заказ");
  await button.evaluate((node) => {
    node.click();
    node.click();
  });
  await byRole(page, "link", "Открыть страницу заказа");
  assert.equal(answers.length, 1);
});

scenario("an order without a connection goes out by itself, even after a reload", async (stage) => {
  stage.tolerate(/Failed to load resource|net::ERR/u);
  const shop = await stage.shop();
  const page = await cart(stage, shop);
  await contacts(page);
  await page.setRequestInterception(true);
  const cut = (request) => (request.method() === "POST" ? request.abort() : request.continue());
  page.on("request", cut);
  await press(page, "button", "Оформить заказ");
  await untilReads(() => deep(page, '[part="message"]'), /отправится сам/u);
  const { key } = await stored(page);
  page.off("request", cut);
  await page.setRequestInterception(false);
  const answers = receipts(page);
  await page.reload();
  await byRole(page, "link", "Открыть страницу заказа");
  assert.deepEqual(answers.map((answer) => [answer.status, answer.key]), [[201, key]]);
});

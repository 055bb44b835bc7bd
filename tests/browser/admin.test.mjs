// The administrator's pages against the real service and the emulated print house.

import assert from "node:assert/strict";

import { violations } from "./support/accessibility.mjs";
import { NAME, PASSWORD, enter, fill, order, press, setupLink } from "./support/administrator.mjs";
import { darken } from "./support/browser.mjs";
import { scenario } from "./support/scenario.mjs";
import { byRole, textOf, until, untilReads } from "./support/wait.mjs";

const PHONE = { width: 375, height: 812, isMobile: true, hasTouch: true };

/** Waits until the order's delivery stands like this. */
function deliveryReads(page, expected) {
  return untilReads(() => page.$(".delivery .badge"), expected);
}

async function openOrder(page, number) {
  await (await byRole(page, "link", number)).click();
  await byRole(page, "heading", `Order ${number}`);
}

async function assertAccessible(page) {
  assert.deepEqual(await violations(page), []);
}

scenario("the printed link makes the first administrator, once", async (stage) => {
  const shop = await stage.shop();
  const page = await stage.page(setupLink(shop));
  await byRole(page, "heading", "First set-up");
  await assertAccessible(page);

  await fill(page, { "Login name": NAME, "New password": "short", "Password again": "short" });
  await press(page, "Create and log in");
  await untilReads(() => page.$("#password-error"), /will not do yet/u);
  const focused = () => page.evaluate(() => document.activeElement.id);
  await until("the focus on what is wrong", async () => (await focused()) === "password");
  await assertAccessible(page);

  await fill(page, { "New password": PASSWORD, "Password again": PASSWORD });
  await untilReads(() => page.$(".rules-hint"), "Strength: strong");
  await press(page, "Create and log in");
  await byRole(page, "heading", "No orders yet");
  assert.equal(page.url(), `${shop.url}/admin`, "the token must leave the address");
  await assertAccessible(page);

  stage.tolerate(/status of 403/u);
  const second = await stage.page(setupLink(shop));
  await fill(second, { "Login name": "eve", "New password": PASSWORD, "Password again": PASSWORD });
  await press(second, "Create and log in");
  await byRole(second, "heading", "The link no longer works");
  await assertAccessible(second);
});

scenario("orders are shown to who is logged in, and to nobody else", async (stage) => {
  stage.tolerate(/status of 401/u);
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await enter(stage, shop);
  const { number, total } = await order(shop);
  await openOrder(page, number);
  await deliveryReads(page, "Accepted");
  const [placed] = await printHouse.orders();
  const main = await textOf(await page.$("main"));
  for (const text of ["Анна Ли", "ring twice", "Business cards", "100 pcs", "Order placed"]) {
    assert.ok(main.includes(text), `expected ${text} in ${main}`);
  }
  assert.ok(main.replace(/\D/gu, "").includes(total.replace(/\D/gu, "")), "the total");
  assert.ok(placed, "the print house has it");
  await assertAccessible(page);

  const address = page.url();
  await press(page, "Log out");
  await byRole(page, "heading", "Log in");
  await page.goto(address);
  await byRole(page, "heading", "Log in");
  await assertAccessible(page);
  await fill(page, { "Login name": NAME, Password: "wrong" });
  await press(page, "Log in");
  await untilReads(() => page.$("form [role=alert]"), /name or the password is wrong/u);
  await fill(page, { Password: PASSWORD });
  await page.keyboard.press("Enter");
  await byRole(page, "heading", `Order ${number}`);
  assert.equal(page.url(), address, "the login must not lose the page asked for");
});

scenario("lines that were ordered together stand under the name of their group", async (stage) => {
  const shop = await stage.shop();
  const page = await enter(stage, shop);
  const { number } = await order(shop, { id: "office", name: { ru: "Для офиса", en: "For the office" } });
  await openOrder(page, number);
  await untilReads(() => page.$(".group"), /^For the office Business cards/u);
  await assertAccessible(page);
});

scenario("a dead delivery is sent again by hand, and arrives once", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  const page = await enter(stage, shop);
  await printHouse.faults({ always: "reject", on: "writes" });
  const { number } = await order(shop);
  // The list finds out by itself.
  await untilReads(() => page.$("tr.needs-operator .badge"), "asystem Not sent");
  await openOrder(page, number);
  await deliveryReads(page, "Not sent");
  await untilReads(() => page.$(".note"), /needs your decision/u);
  await assertAccessible(page);

  await printHouse.faults({});
  await press(page, "Send again");
  await untilReads(() => page.$(".notices"), "Sending to asystem has started.");
  await deliveryReads(page, "Accepted");
  assert.equal((await printHouse.orders()).length, 1);
  await untilReads(() => page.$(".history"), /Sent again by hand/u);
  await (await page.$(".attempts summary")).click();
  assert.equal((await page.$$(".attempts tbody tr")).length, 2);
});

scenario("cancelling asks first and can be called off by the keyboard", async (stage) => {
  const printHouse = await stage.printHouse();
  await printHouse.faults({ always: "reject", on: "writes" });
  const shop = await stage.shop({ printHouse });
  const page = await enter(stage, shop);
  const { number } = await order(shop);
  await openOrder(page, number);
  await deliveryReads(page, "Not sent");

  const isOpen = () => page.$eval("dialog", (dialog) => dialog.open);
  await (await byRole(page, "button", "Cancel sending")).focus();
  await page.keyboard.press("Enter");
  await until("the question", isOpen);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), "Keep it", "the safe answer has the focus");
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await until("the question to go", async () => !(await isOpen()));
  await deliveryReads(page, "Not sent");

  await press(page, "Cancel sending");
  await until("the question", isOpen);
  await (await page.$("dialog [data-kind=danger]")).click();
  await deliveryReads(page, "Cancelled");
  assert.equal(await page.$(".actions button"), null);
});

scenario("a key that is refused is shown as the connection's fault", async (stage) => {
  const printHouse = await stage.printHouse();
  await printHouse.faults({ always: "unauthorized" });
  const shop = await stage.shop({ printHouse });
  const page = await enter(stage, shop);
  const { number } = await order(shop);
  await untilReads(() => page.$("tr.needs-operator .badge"), "asystem Paused");
  await openOrder(page, number);
  await deliveryReads(page, "Paused");
  await untilReads(() => page.$(".delivery .facts"), /the key is refused/u);
  await printHouse.faults({});
  await press(page, "Send again");
  await deliveryReads(page, "Accepted");
});

scenario("on a phone rows are cards, and the language stays as chosen", async (stage) => {
  const shop = await stage.shop();
  const page = await enter(stage, shop, { viewport: PHONE });
  const { number } = await order(shop);
  await byRole(page, "link", number);
  await (await page.$(".switch [lang=ru]")).click();
  await byRole(page, "heading", "Заказы");
  await page.reload();
  await byRole(page, "heading", "Заказы");
  assert.equal(await page.$eval("html", (root) => root.lang), "ru");
  const tooWide = () => document.documentElement.scrollWidth > window.innerWidth;
  assert.equal(await page.evaluate(tooWide), false, "nothing may scroll sideways");
  await assertAccessible(page);

  await darken(page);
  await (await byRole(page, "link", number)).click();
  await byRole(page, "heading", `Заказ ${number}`);
  assert.equal(await page.evaluate(tooWide), false, "nothing may scroll sideways");
  await assertAccessible(page);
  await page.goBack();
  await byRole(page, "heading", "Заказы");
});

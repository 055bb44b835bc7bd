// What stands beside a control: how much of a text is used, the days that can be chosen, and the way
// back from what rules changed.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const template = (key) => JSON.stringify(fileURLToPath(new URL(`../templates/${key}.json`, import.meta.url)));
const product = (key) => `\n[[products]]\nkey = "${key}"\ntemplate = ${template(key)}\nposition = 9\n`;
const settings = product("texts") + product("days");
const LISTEN = `<script>
  window.heard = [];
  addEventListener("tirage:change", (event) => heard.push(event.detail));
</script>`;

async function calculator(stage, product, locale = "en") {
  const body = `${LISTEN}<tirage-calculator product="${product}" locale="${locale}"></tirage-calculator>`;
  const page = await (await embedded(stage, { "/": body }, { settings })).open("/");
  // Counts and ways back come right after the price, as what a page may ask does.
  await until("the calculator to be ready", () => page.$eval("tirage-calculator", ({ schema }) => schema !== undefined));
  return page;
}

const state = (page) => page.$eval("tirage-calculator", (element) => element.state);
const field = (key, css) => `[data-key=${key}] ${css}`;
const shown = (page, key) => () => inside(page, field(key, "[part=count] [aria-hidden]"));
const left = (page, key) => () => inside(page, field(key, "[part=count] [role=status]"));

/** What a control is described by, as a reader of the screen puts it together. */
const description = (page, css) =>
  page.$eval("tirage-calculator", ({ shadowRoot }, css) =>
    shadowRoot.querySelector(css).getAttribute("aria-describedby").split(" ")
      .map((id) => shadowRoot.getElementById(id).textContent).filter(Boolean).join(" "), css);

scenario("a text says how much of it is used while it is typed", async (stage) => {
  const page = await calculator(stage, "texts");
  await untilReads(shown(page, "motto"), "0 / 20");
  assert.equal(await description(page, field("motto", "input")), "0 of 20 used");
  const motto = await inside(page, field("motto", "input"));
  await motto.type("Happy birthday");
  await untilReads(shown(page, "motto"), "14 / 20");
  await untilTotal(page, "270");
  await untilReads(left(page, "motto"), "");
  await motto.type("!");
  await untilReads(left(page, "motto"), "5 characters left");
  await motto.type("!!!!");
  await untilReads(left(page, "motto"), "1 character left");
  await motto.type("?#");
  await untilReads(shown(page, "motto"), "20 / 20");
  await untilReads(left(page, "motto"), "0 characters left");
  assert.equal((await state(page)).motto, "Happy birthday!!!!!?");
  assert.deepEqual(await violations(page), []);

  const message = await inside(page, field("message", "textarea"));
  await message.type("One line\nand another");
  await untilReads(shown(page, "message"), "20 / 1,200");
  await page.$eval("tirage-calculator", (element) => element.set({ message: "🎉" }));
  await untilReads(shown(page, "message"), "1 / 1,200");
  await page.$eval("tirage-calculator", (element) => element.set({ message: "я".repeat(1_150) }));
  await untilReads(shown(page, "message"), "1,150 / 1,200");
  await untilReads(left(page, "message"), "50 characters left");
  await stage.screenshot(page, `texts ${process.env.BROWSER}`);
});

scenario("a count is told in Russian by its plurals, and fits a narrow page", async (stage) => {
  const page = await calculator(stage, "texts", "ru");
  await page.setViewport({ width: 320, height: 640 });
  await (await inside(page, field("motto", "input"))).type("С днём рождения, ма");
  await untilReads(left(page, "motto"), "Остался 1 символ");
  assert.equal(await description(page, field("motto", "input")), "Использовано 19 из 20");
  const edges = await (await inside(page, field("motto", "[part=count]"))).evaluate((count) => {
    const box = (node) => node.getBoundingClientRect();
    const whole = count.closest(".field");
    return [box(whole).right - box(count).right, box(count).left - box(whole.querySelector("label")).right];
  });
  assert.ok(edges.every((edge) => edge >= 0), `beside the name and within the field: ${edges}`);
  assert.deepEqual(await violations(page), []);
});

const offered = (page, key = "ready") =>
  page.$eval("tirage-calculator", ({ shadowRoot }, key) =>
    [...shadowRoot.querySelectorAll(`[data-key=${key}] [part=day]`)].filter((button) => button.checkVisibility()).map((button) => button.innerText), key);
const untilOffered = (page, expected) =>
  until(`the days ${expected}`, async () => {
    assert.deepEqual(await offered(page), expected);
    return true;
  });

/** A day as the browser's own calendar gives it. */
const pick = async (page, day) =>
  (await inside(page, field("ready", "input"))).evaluate((input, day) => {
    input.value = day;
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
  }, day);

scenario("days that rules leave are offered, and the nearest to one that they do not", async (stage) => {
  const page = await calculator(stage, "days");
  assert.deepEqual(await offered(page), [], "nothing before the buyer is there");
  const ready = await inside(page, field("ready", "input"));
  assert.equal(await ready.evaluate(({ type }) => type), "date");
  await ready.focus();
  await untilOffered(page, ["Fri, January 6", "Mon, January 9", "Tue, January 10"]);
  assert.deepEqual(await violations(page), []);
  await (await inside(page, `${field("ready", "[part=day]")}:nth-of-type(2)`)).click();
  await until("the Monday", async () => (await state(page)).ready === "2040-01-09");
  const focused = await page.$eval("tirage-calculator", ({ shadowRoot: { activeElement: own } }) => own.type);
  assert.equal(focused, "date");

  await pick(page, "2040-01-14");
  const remark = () => inside(page, field("ready", "[part=remark]"));
  await untilReads(remark, "We do not work on that day");
  await untilOffered(page, ["Fri, January 13", "Mon, January 16", "Wed, January 18"]);
  assert.equal(await ready.evaluate((input) => input.getAttribute("aria-invalid")), "true");
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, `days ${process.env.BROWSER}`);
  await (await inside(page, field("ready", "[part=day]"))).focus();
  await page.keyboard.press("Enter");
  await until("the Friday", async () => (await state(page)).ready === "2040-01-13");
  await untilReads(remark, "");

  await pick(page, "2041-01-01");
  await untilReads(remark, "Not after December 31, 2040");
  await untilOffered(page, ["Mon, December 31"]);
  await pick(page, "2039-12-31");
  await untilReads(remark, "Not before January 6, 2040");
  await untilOffered(page, ["Fri, January 6", "Mon, January 9", "Tue, January 10"]);
  await (await inside(page, field("event", "input"))).focus();
  assert.deepEqual(await offered(page, "event"), [], "any day will do");
});

const undo = (page) =>
  page.$eval("tirage-calculator", ({ shadowRoot }) => [...shadowRoot.querySelectorAll("[part=undo]")].map((button) =>
    [button.closest("[data-key]").dataset.key, button.innerText]));
const untilUndo = (page, expected) =>
  until(`ways back at ${expected}`, async () => {
    assert.deepEqual(await undo(page), expected);
    return true;
  });

/** Cards on a paper that offset has not got, and then offset. */
async function offset(page) {
  await (await inside(page, field("paper", "select"))).select("2");
  await (await inside(page, field("method", "label:last-of-type input"))).click();
  await untilUndo(page, [["paper", "Undo"]]);
}

scenario("what a rule changed is taken back together with the act that caused it", async (stage) => {
  const page = await calculator(stage, "business-cards");
  await (await inside(page, field("paper", "select"))).select("2");
  await until("the paper", async () => (await state(page)).paper === "linen");
  const before = await state(page);
  const total = await (await inside(page, "[part=total]")).evaluate((node) => node.getAttribute("value"));
  await offset(page);
  assert.equal((await state(page)).paper, undefined);
  const remark = await inside(page, field("paper", "[part=remark]"));
  assert.match(await remark.evaluate((node) => node.innerText), /not available with these options\s*Undo/u);
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, `undo ${process.env.BROWSER}`);

  await (await inside(page, "[part=undo]")).focus();
  await page.keyboard.press("Enter");
  await untilTotal(page, total);
  assert.deepEqual(await state(page), before);
  await untilUndo(page, []);
  const focused = await page.$eval("tirage-calculator", ({ shadowRoot: { activeElement: own } }) => own.closest("[data-key]").dataset.key);
  assert.equal(focused, "paper");
  await untilReads(() => inside(page, "[part=bar] [role=status]"), /^Undone\. Price /u);
  const { source, changed } = await page.evaluate(() => heard.at(-1));
  assert.deepEqual([source, changed.sort()], ["buyer", ["density", "method", "paper"]]);
  assert.deepEqual(await violations(page), []);
});

scenario("a way back goes with the next act, whoever acts", async (stage) => {
  const page = await calculator(stage, "business-cards");
  await offset(page);
  await (await inside(page, field("rounded", "input"))).click();
  await untilUndo(page, []);
  assert.equal((await state(page)).method, "offset");
  await (await inside(page, field("method", "label:first-of-type input"))).click();
  await offset(page);
  await page.$eval("tirage-calculator", (element) => element.set({ rounded: false }));
  await untilUndo(page, []);
  // A press leaves what is typed, which must not take the button away under the pointer.
  await (await inside(page, field("method", "label:first-of-type input"))).click();
  await offset(page);
  await (await inside(page, "[part=undo]")).click();
  await untilUndo(page, []);
  assert.equal((await state(page)).method, "digital");
});

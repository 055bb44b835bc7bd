// Every example, answered as one of its worked examples and ordered: by mouse, by finger and by
// keys alone, in both languages. The price is the one that the example works out.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

import { exact, receipts, untilExact } from "./support/buyer.mjs";
import { HANDS, answer, question } from "./support/hands.mjs";
import { scenario } from "./support/scenario.mjs";
import { SOLD, startShop } from "./support/shop.mjs";
import { byRole, until } from "./support/wait.mjs";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
const FILE = fileURLToPath(new URL("../../www/demo/mark.svg", import.meta.url));
const WORDS = {
  ru: {
    add: "В корзину", cart: "Открыть корзину", name: "Имя и фамилия", phone: "Телефон", mail: "Электронная почта",
    consent: "Согласие на обработку персональных данных", order: "Оформить заказ", ordered: "Открыть страницу заказа",
  },
  en: {
    add: "Add to cart", cart: "Open the cart", name: "Full name", phone: "Phone", mail: "E-mail",
    consent: "I agree that my personal data are processed", order: "Place the order", ordered: "Open the order's page",
  },
};

/** Where the prices of an example are: in itself, or in a list that stays on the server. */
function priced(key) {
  return lists.has(`${key}.json`) ? `${EXAMPLES}price-lists/${key}.json` : `${EXAMPLES}${key}.json`;
}

/** The worked example with the most answers among those that have a price. */
async function worked(key) {
  const { examples } = JSON.parse(await readFile(priced(key), "utf8"));
  const totals = examples.filter(({ expect }) => expect.total !== undefined);
  return totals.sort((one, other) => Object.keys(other.answers).length - Object.keys(one.answers).length)[0];
}

const lists = new Set(await readdir(`${EXAMPLES}price-lists`));
const keys = (await readdir(EXAMPLES)).filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -5));
const products = await Promise.all(keys.map(async (key) => ({ key, example: await worked(key) })));

let shop;
before(async () => {
  const more = keys.map((key, at) => {
    const list = priced(key);
    const prices = list.includes("price-lists") ? `prices = { memory = "${list}" }\n` : "";
    return SOLD.includes(key) ? "" : `[[products]]\nkey = "${key}"\ntemplate = "${EXAMPLES}${key}.json"\nposition = ${at + 10}\n${prices}`;
  });
  shop = await startShop({ more: more.join("") });
});
after(() => shop?.stop());

/** What the page has, read from outside. */
function calculator(page, name) {
  return page.$eval("tirage-calculator", (element, read) => element[read], name);
}

/** Next month: a worked example knows a day of its own, a buyer only those to come. */
function soon() {
  const day = new Date();
  day.setDate(day.getDate() + 30);
  return day.toISOString().slice(0, 10);
}

/** What a buyer answers: each question that the page shows, and nothing a template fills in itself. */
function wishes(example, { parameters }) {
  const asked = parameters.filter(({ key }) => Object.hasOwn(example.answers, key));
  return asked.map((parameter) => {
    const wanted = { date: soon(), file: FILE }[parameter.kind] ?? example.answers[parameter.key];
    return { parameter, wanted };
  });
}

async function configure(page, hand, example) {
  const schema = await until("the schema", () => calculator(page, "schema"));
  const left = wishes(example, schema);
  // An answer may open a question before it, which is then answered the next time round.
  for (let round = 0; round < 3; round++) {
    for (const { parameter, wanted } of left) {
      const is = async () => JSON.stringify((await calculator(page, "state"))[parameter.key]);
      if (!(await question(page, parameter.key)) || (await is()) === JSON.stringify(wanted)) continue;
      await answer(page, hand, parameter, wanted);
    }
  }
}

/** The service's own price for what the page has. */
async function served(product, answers) {
  const body = JSON.stringify({ product, answers });
  const response = await fetch(`${shop.url}/v1/quote`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const quote = await response.json();
  return quote.runs[0].total;
}

async function order(page, hand, words) {
  const through = async (name) => {
    const link = await byRole(page, "link", name);
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), hand.press(link)]);
  };
  await hand.press(await byRole(page, "button", words.add));
  await through(words.cart);
  for (const [label, text] of [[words.name, "Анна Ли"], [words.phone, "+79123456789"], [words.mail, "anna@example.com"]]) {
    await hand.write(await byRole(page, "textbox", label), text);
  }
  await hand.check(await byRole(page, "checkbox", words.consent));
  const answers = receipts(page);
  await hand.press(await byRole(page, "button", words.order));
  await through(words.ordered);
  return answers[0];
}

for (const { key, example } of products) {
  for (const [device, { viewport, of }] of Object.entries(HANDS)) {
    for (const [language, words] of Object.entries(WORDS)) {
      scenario(`${key} is ordered by ${device} in ${language}`, async (stage) => {
        const page = await stage.page(`${shop.url}/products/${key}?lang=${language}`, { viewport });
        const hand = of(page);
        await byRole(page, "button", words.add);
        await configure(page, hand, example);
        const state = await calculator(page, "state");
        const total = await served(key, state);
        const dated = Object.values(example.answers).some((wanted) => /^\d{4}-\d\d-\d\d$/u.test(wanted));
        if (!dated) assert.equal(total, String(example.expect.total), JSON.stringify(state));
        await untilExact(page, "total", total);
        const { status, body } = await order(page, hand, words);
        assert.equal(status, 201, JSON.stringify(body));
        assert.equal(body.total, total);
        assert.equal(await exact(page, "order-total"), total);
      });
    }
  }
}

// Questions for files: chosen in the shadow root, listed, priced, offered to the page.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import { violations } from "../support/accessibility.mjs";
import { embedded, inside, untilTotal } from "../support/embedded.mjs";
import { scenario } from "../support/scenario.mjs";
import { until, untilReads } from "../support/wait.mjs";

const template = (key) => JSON.stringify(fileURLToPath(new URL(`../templates/${key}.json`, import.meta.url)));
const product = (key) => `\n[[products]]\nkey = "${key}"\ntemplate = ${template(key)}\nposition = 9\n`;
const settings = product("files") + product("sheets");

/** Hears every event, and answers offered files as `answer` says. */
const listen = (answer = "") => `<script>
  window.heard = [];
  for (const name of ["change", "upload", "invalid", "continue"]) {
    addEventListener("tirage:" + name, (event) => heard.push({ name, ...event.detail }));
  }
  ${answer && `addEventListener("tirage:upload", ${answer});`}
</script>`;

const folder = await mkdtemp(join(tmpdir(), "tirage-files-"));
after(() => rm(folder, { recursive: true, force: true }));

/** A file of this content on the disk. */
async function made(name, content = "%PDF-1.7\n") {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const picker = (page, key = "layout") => inside(page, `[data-key=${key}] input[type=file]`);
const state = (page) => page.$eval("tirage-calculator", (element) => element.state);
const listed = (page, key = "layout") =>
  page.$eval("tirage-calculator", (element, key) =>
    [...element.shadowRoot.querySelectorAll(`[data-key=${key}] [part=chosen] li`)].map((row) =>
      row.innerText.replace(/\s+/gu, " ").trim()), key);
const untilListed = (page, expected, key) =>
  until(`the files ${expected}`, async () => {
    const found = await listed(page, key);
    assert.deepEqual(found, expected);
    return true;
  });
const heardBy = (page, key = "layout") => () => inside(page, `[data-key=${key}] [role=status]`);
const focused = (page) =>
  page.$eval("tirage-calculator", ({ shadowRoot: { activeElement: own } }) => own?.ariaLabel ?? own?.id);
const button = (page, name) => inside(page, `[part=chosen] button[aria-label="${name}"]`);

async function posters(stage, answer, { product = "files", first = "layout", ...options } = {}) {
  const body = `${listen(answer)}<tirage-calculator product="${product}" locale="en"></tirage-calculator>`;
  const shop = await embedded(stage, { "/": body, "/cart": '<tirage-cart locale="en"></tirage-cart>' }, { settings, ...options });
  const page = await shop.open("/");
  await picker(page, first);
  return { page, shop };
}

scenario("files are chosen in the shadow root, listed, priced, and taken out by the keyboard", async (stage) => {
  const { page } = await posters(stage);
  const input = await picker(page);
  const control = await input.evaluate(({ id, type, multiple, accept, labels }) =>
    ({ type, multiple, accept, label: labels[0].innerText.trim(), id }));
  assert.deepEqual(control, { type: "file", multiple: true, accept: ".pdf,.jpg,.jpeg", label: "Layouts", id: "file-layout" });
  assert.deepEqual(await violations(page), []);
  const [chooser] = await Promise.all([page.waitForFileChooser(), input.click()]);
  await chooser.accept([await made("front.pdf"), await made("back.PDF", `%PDF${"x".repeat(1_246)}`)]);
  await untilListed(page, ["PDF front.pdf 9 bytes ×", "PDF back.PDF 1.3 kB ×"]);
  await untilTotal(page, "500");
  assert.deepEqual((await state(page)).layout, ["front.pdf", "back.PDF"]);
  await untilReads(heardBy(page), "Added: front.pdf, back.PDF");
  assert.equal(await input.evaluate(({ files }) => files.length), 0, "the same file can be chosen again");
  const change = await page.evaluate(() => heard.filter(({ name }) => name === "change").map(({ source, changed }) => [source, changed]));
  assert.deepEqual(change, [["buyer", ["layout"]]]);
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, `files chosen ${process.env.BROWSER}`);

  await (await button(page, "front.pdf: remove")).focus();
  await page.keyboard.press("Enter");
  await untilListed(page, ["PDF back.PDF 1.3 kB ×"]);
  assert.equal(await focused(page), "back.PDF: remove");
  await untilReads(heardBy(page), "front.pdf: removed");
  await untilTotal(page, "350");
  await page.keyboard.press("Enter");
  await untilListed(page, []);
  assert.equal(await focused(page), "file-layout");
  assert.equal((await state(page)).layout, undefined);
});

scenario("what does not fit is told at the field and not taken", async (stage) => {
  const { page } = await posters(stage);
  const input = await picker(page);
  const good = await made("good.jpg", Buffer.from("ffd8ffe0", "hex"));
  await input.uploadFile(await made("virus.exe", "MZ"), await made("empty.pdf", ""), await made("renamed.jpg", "PK"), good);
  await untilListed(page, ["JPG good.jpg 4 bytes ×"]);
  const told = "“virus.exe” does not fit, we need PDF, JPG. “empty.pdf” does not fit: the file is empty. “renamed.jpg” does not fit: it is no JPG";
  await untilReads(() => inside(page, "[data-key=layout] .note"), told);
  await untilReads(heardBy(page), `Added: good.jpg. ${told}`);
  const described = await input.evaluate((own) => own.getAttribute("aria-describedby").split(" ").map((id) => own.getRootNode().getElementById(id).innerText));
  assert.deepEqual(described, ["One for each kind", told]);
  assert.deepEqual(await violations(page), []);
  await input.uploadFile(good);
  await until("the note to go", async () => (await (await inside(page, "[data-key=layout] .note")).evaluate((note) => note.innerText)) === "");
  assert.deepEqual(await listed(page), ["JPG good.jpg 4 bytes ×"], "the very file is there once");
  await input.uploadFile(await made("good.jpg", Buffer.from("ffd8ffe1ff", "hex")));
  await untilListed(page, ["JPG good.jpg 4 bytes ×", "JPG good (2).jpg 5 bytes ×"]);
  assert.deepEqual((await state(page)).layout, ["good.jpg", "good (2).jpg"]);
});

scenario("a file that is needed is asked for, and a rule takes the question away", async (stage) => {
  const { page } = await posters(stage);
  await (await inside(page, "[part=add-to-cart]")).click();
  await untilReads(() => inside(page, "[data-key=layout] [part=remark]"), "This is needed");
  assert.equal(await focused(page), "file-layout");
  await until("the mark", () => page.$eval("tirage-calculator", ({ shadowRoot }) =>
    shadowRoot.querySelector("#file-layout").getAttribute("aria-invalid") === "true"));
  assert.deepEqual(await violations(page), []);
  await (await picker(page)).uploadFile(await made("front.pdf"));
  await untilTotal(page, "350");
  await untilReads(() => inside(page, "[data-key=layout] [part=remark]"), "One for each kind");

  assert.equal(await (await picker(page, "sample")).evaluate((own) => own.checkVisibility()), false);
  await (await inside(page, "[data-key=proof] input")).click();
  const sample = await picker(page, "sample");
  assert.equal(await sample.evaluate(({ multiple, accept }) => multiple || accept), "");
  await sample.uploadFile(await made("sample.txt", "blue"));
  await untilTotal(page, "650");
  await sample.uploadFile(await made("other.txt", "green"));
  await untilListed(page, ["TXT other.txt 5 bytes ×"], "sample");
  await (await inside(page, "[data-key=proof] input")).click();
  await untilTotal(page, "350");
  assert.deepEqual(Object.keys(await state(page)).sort(), ["layout", "proof", "run"]);
});

scenario("the page takes the files and calls them by references", async (stage) => {
  const { page } = await posters(stage, `(event) => {
    const { files, respondWith } = event.detail;
    respondWith(new Promise((resolve, reject) => Object.assign(window, {
      arrive: () => resolve(files.map((file, at) => "https://files.example/7f/" + at + "/" + file.name)),
      fail: () => reject(new Error("no room")),
    })));
  }`);
  await (await picker(page)).uploadFile(await made("front.pdf"), await made("back.pdf"));
  await untilListed(page, ["PDF front.pdf 9 bytes, uploading… ×", "PDF back.pdf 9 bytes, uploading… ×"]);
  await untilTotal(page, "500");
  const [{ parameter, files, source }] = await page.evaluate(() =>
    heard.filter(({ name }) => name === "upload").map(({ parameter, source, files }) =>
      ({ parameter, source, files: files.map((file) => [file instanceof File, file.name, file.size]) })));
  assert.deepEqual([parameter, source, files], ["layout", "buyer", [[true, "front.pdf", 9], [true, "back.pdf", 9]]]);
  await untilReads(() => inside(page, "[part=hold]"), "Wait until the files are uploaded");
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), false);
  assert.deepEqual(await violations(page), []);
  await (await button(page, "back.pdf: remove")).focus();

  await page.evaluate(() => arrive());
  await untilListed(page, ["PDF front.pdf 9 bytes ×", "PDF back.pdf 9 bytes ×"]);
  const references = ["https://files.example/7f/0/front.pdf", "https://files.example/7f/1/back.pdf"];
  assert.deepEqual((await state(page)).layout, references);
  assert.equal(await focused(page), "back.pdf: remove", "the focus stays where it is");
  await untilReads(heardBy(page), "Uploaded: front.pdf, back.pdf");
  const sources = await page.evaluate(() => heard.filter(({ name }) => name === "change").map(({ source }) => source));
  assert.deepEqual(sources, ["buyer", "page"]);
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), true);
  await page.$eval("tirage-calculator", (element) => element.setAttribute("locale", "ru"));
  await untilListed(page, ["PDF front.pdf 9 байт ×", "PDF back.pdf 9 байт ×"]);
  assert.deepEqual((await state(page)).layout, references, "another language changes no answer");
});

scenario("a file that did not arrive keeps the buyer back until it is tried again or taken out", async (stage) => {
  const { page } = await posters(stage, `(event) => {
    window.tries = (window.tries ?? 0) + 1;
    event.detail.respondWith(tries < 3 ? Promise.reject(new Error("no room")) : ["r" + tries]);
  }`);
  const failed = "PDF front.pdf 9 bytes, not uploaded Try again ×";
  await (await picker(page)).uploadFile(await made("front.pdf"));
  await untilListed(page, [failed]);
  const sentence = "A file was not uploaded: try again or remove it";
  await untilReads(() => inside(page, "[part=hold]"), sentence);
  await untilReads(heardBy(page), sentence);
  assert.deepEqual(await violations(page), []);
  await stage.screenshot(page, `files failed ${process.env.BROWSER}`);
  await (await button(page, "Try again: front.pdf")).click();
  await until("another try", () => page.evaluate(() => tries === 2));
  await untilListed(page, [failed]);
  await (await button(page, "Try again: front.pdf")).click();
  await untilListed(page, ["PDF front.pdf 9 bytes ×"]);
  assert.deepEqual((await state(page)).layout, ["r3"]);
  assert.equal(await page.$eval("tirage-calculator", (element) => element.checkValidity()), true);
});

scenario("a page may refuse files, and call them by wrong names in vain", async (stage) => {
  const { page } = await posters(stage, `(event) => {
    if (event.detail.files[0].name === "refused.pdf") event.preventDefault();
    else event.detail.respondWith(["one", "too many"]);
  }`);
  await (await picker(page)).uploadFile(await made("refused.pdf"));
  await until("the offer", () => page.evaluate(() => heard.some(({ name }) => name === "upload")));
  assert.deepEqual(await listed(page), []);
  await (await picker(page)).uploadFile(await made("front.pdf"));
  await untilListed(page, ["PDF front.pdf 9 bytes, not uploaded Try again ×"]);
  await (await button(page, "front.pdf: remove")).click();
  await untilListed(page, []);
  await until("no more hold", async () => (await (await inside(page, "[part=hold]")).evaluate((hold) => hold.innerText)) === "");
});

scenario("a file on its way moves with the part that it was chosen for", async (stage) => {
  const answer = `(event) => event.detail.respondWith(new Promise((resolve) => (window.arrive = () => resolve("r1"))))`;
  const [one, two] = ["sheet.1.motif", "sheet.2.motif"].map((key) => JSON.stringify(key));
  const { page } = await posters(stage, answer, { product: "sheets", first: one });
  await (await picker(page, one)).uploadFile(await made("sun.txt", "sun"));
  await untilListed(page, ["TXT sun.txt 3 bytes, uploading… ×"], one);
  await untilTotal(page, "41");
  await (await inside(page, 'button[aria-label="Sheet 1: move down"]')).click();
  await untilListed(page, ["TXT sun.txt 3 bytes, uploading… ×"], two);
  assert.deepEqual(await listed(page, one), []);
  await page.evaluate(() => arrive());
  await untilListed(page, ["TXT sun.txt 3 bytes ×"], two);
  assert.deepEqual((await state(page))["sheet.2.motif"], ["r1"]);
  assert.equal((await state(page))["sheet.1.motif"], undefined);
  await until("no hold", () => page.$eval("tirage-calculator", (element) => element.checkValidity()));
  assert.deepEqual(await violations(page), []);
});

scenario("what a page writes is listed, and a fresh start forgets it", async (stage) => {
  const { page } = await posters(stage);
  await page.$eval("tirage-calculator", (element) => element.set({ layout: ["https://files.example/7f/cover.pdf?key=1", "12345"] }));
  await untilListed(page, ["PDF cover.pdf ×", "12345 ×"]);
  await page.$eval("tirage-calculator", (element) => element.reset());
  await untilListed(page, []);
});

scenario("a cart calls a file by the end of its address, and holds the longest", async (stage) => {
  const reference = `https://files.example/${"7f3a".repeat(40)}/a.pdf`;
  const { page, shop } = await posters(stage, `(event) => event.detail.respondWith([${JSON.stringify(reference)}])`);
  await (await picker(page)).uploadFile(await made("a.pdf"));
  await until("the reference", async () => (await state(page)).layout[0] === reference);
  await (await inside(page, "[part=add-to-cart]")).click();
  await until("a line", () => page.evaluate(() => localStorage.getItem("tirage.cart")?.includes("a.pdf")));
  await page.setViewport({ width: 320, height: 700 });
  const fits = (selector) => async () => {
    const summary = await inside(page, ".summary", selector);
    const { text, overflow } = await summary.evaluate((own) =>
      ({ text: own.innerText.replace(/\s+/gu, " "), overflow: own.scrollWidth - own.clientWidth }));
    assert.equal(overflow, 0);
    return text;
  };
  await page.goto(`${shop.host}/cart`);
  assert.match(await until("the line", fits("tirage-cart")), /Layouts ?:? ?a\.pdf/u);
  assert.deepEqual(await violations(page), []);
});

scenario("the files' names go with the order, and the print house gets them", async (stage) => {
  const printHouse = await stage.printHouse();
  const { page, shop } = await posters(stage, `(event) => event.detail.respondWith(["https://files.example/a.pdf"])`, { printHouse });
  await (await picker(page)).uploadFile(await made("a.pdf"));
  await until("a line", () => page.$eval("tirage-calculator", (element) => element.checkValidity() && element.state.layout[0].startsWith("https")));
  const answers = await state(page);
  const placed = await fetch(`${shop.url}/v1/orders`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "files-0001" },
    body: JSON.stringify({
      customer: { kind: "person", name: "Anna Lee", phone: "+79123456789", email: "anna@example.com" },
      locale: "en",
      lines: [{ product: "files", template: await page.$eval("tirage-calculator", (element) => element.schema.template), answers, total: "350" }],
      total: "350",
    }),
  });
  const receipt = await placed.json();
  assert.equal(placed.status, 201, JSON.stringify(receipt));
  const order = await (await fetch(`${shop.url}/v1/orders/${receipt.url.split("/").at(-1)}`)).json();
  const [line] = order.lines;
  const item = line.summary.find(({ name }) => name.en === "Layouts");
  assert.deepEqual(item.value, "https://files.example/a.pdf");
  const orders = await until("the print house to have it", async () => {
    const found = await printHouse.orders();
    return found.length === 1 && found;
  });
  assert.match(JSON.stringify(orders[0]), /https:\/\/files\.example\/a\.pdf/u);
});

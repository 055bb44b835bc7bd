// The tools of the other suites: a tool that cannot fail proves nothing.

import assert from "node:assert/strict";

import { violations } from "./support/accessibility.mjs";
import { scenario } from "./support/scenario.mjs";
import { byLabel, byRole, deep, textOf, until, untilReads } from "./support/wait.mjs";

const PAGE = `<!doctype html><html lang="en"><title>A host page</title><main><h1>Prints</h1>
<x-counter></x-counter></main><script>
customElements.define("x-counter", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = '<label>Run <input value="1"></label><button>Add</button><output>0</output>';
    const output = root.querySelector("output");
    root.querySelector("button").onclick = () =>
      setTimeout(() => (output.textContent = root.querySelector("input").value), 50);
  }
});
</script></html>`;

scenario("controls in shadow roots are found by role, label and selector", async (stage) => {
  const host = await stage.host({ pages: { "/": PAGE } });
  const page = await stage.page(`${host.url}/`);
  const run = await byLabel(page, "Run");
  await run.click({ count: 3 });
  await run.type("250");
  await (await byRole(page, "button", "Add")).click();
  await untilReads(() => deep(page, "output"), "250");
  assert.equal(await textOf(await deep(page, "h1")), "Prints");
});

scenario("axe sees a control without a name inside a shadow root", async (stage) => {
  const broken = PAGE.replace("<label>Run ", "<label>").replace('value="1"', 'value="1" id="x"');
  const host = await stage.host({ pages: { "/": PAGE, "/broken": broken } });
  assert.deepEqual(await violations(await stage.page(`${host.url}/`)), []);
  const found = await violations(await stage.page(`${host.url}/broken`));
  assert.match(found.join("\n"), /^label: /u);
});

scenario("an error that nobody tolerates is seen", async (stage) => {
  const page = await stage.page();
  await page.evaluate(() => setTimeout(() => { throw new Error("oh no"); }));
  await until("the error to arrive", () => {
    try {
      stage.assertNoProblems();
    } catch (error) {
      return /oh no/u.test(error.message);
    }
  });
  stage.tolerate(/oh no/u);
});

scenario("waiting in vain says what was seen last", async () => {
  const waiting = until("seven", () => { throw new Error("only six"); }, { limit: 60 });
  await assert.rejects(waiting, /waited 60 ms for seven, last seen: only six/u);
});

scenario("the service and the print house start on ports of their own", async (stage) => {
  const printHouse = await stage.printHouse();
  const shop = await stage.shop({ printHouse });
  assert.deepEqual(await printHouse.orders(), []);
  const calculator = await (await fetch(`${shop.url}/v1/calculators/business-cards`)).json();
  assert.equal(calculator.currency, "RUB");
  await shop.kill();
  await shop.restart();
  assert.ok((await fetch(`${shop.url}/readyz`)).ok);
});

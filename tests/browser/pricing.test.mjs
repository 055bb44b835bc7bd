// The same input gives the same bytes in a browser and natively: every case file and hundreds of
// random templates, every digit, by the template and by what a browser takes up compiled.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";

import { output, program, setting } from "./support/process.mjs";
import { scenario } from "./support/scenario.mjs";

const CASES = new URL("../../crates/pricing/tests/cases/", import.meta.url);
const PAGE = `<!doctype html><html lang="en"><title>Pricing</title><script type="module">
import init, * as pricing from "./tirage_pricing_web.js";
globalThis.pricing = init().then(() => pricing);
</script></html>`;

// One run of the native program answers for all of them: a record to a line.
const records = (...which) =>
  output(program("case_outputs"), which).then((text) => text.trimEnd().split("\n").map((line) => JSON.parse(line)));
let files;

/** A page that has the engine and, at `/records`, what it has to come to. */
async function open(stage, records) {
  const pages = { "/": PAGE, "/records": JSON.stringify(records) };
  const host = await stage.host({ pages, folder: setting("TIRAGE_PRICING_WEB") });
  return stage.page(`${host.url}/`);
}

/** In the page: computes every record again, and names what came out otherwise. */
async function differences() {
  const { compile, load, quote, run_cases, run_compiled } = await globalThis.pricing;
  const bytes = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const found = [];
  for (const { name, template, cases, program, report, quotes = [] } of await (await fetch("/records")).json()) {
    const expect = (what, expected, actual) => {
      if (actual !== expected) found.push({ name, what, expected, actual });
    };
    expect("report", report, run_cases(cases, template));
    expect("program", `${bytes(program)}`, `${compile(template)}`);
    if (program === "") continue;
    expect("report when compiled", report, run_compiled(cases, bytes(program)));
    expect("load", true, load(bytes(program)));
    for (const { answers, runs, quote: expected } of quotes) expect("quote", expected, quote(answers, runs));
  }
  return found;
}

/** What differs, from shortly before the first byte that does. */
function told({ name, what, expected, actual }) {
  let at = 0;
  while (expected[at] === actual[at]) at += 1;
  const around = (text) => JSON.stringify(`${text}`.slice(Math.max(0, at - 60), at + 60));
  return `${name}, ${what}: expected ${around(expected)}, found ${around(actual)}`;
}

for (const name of readdirSync(CASES).sort()) {
  scenario(`${name} gives the same bytes in the browser as natively`, async (stage) => {
    files ??= records();
    const record = (await files).find((record) => record.name === name);
    const { passed, cases, error } = JSON.parse(record.report);
    assert.equal(error, undefined);
    assert.deepEqual(cases.flatMap((result) => result.mismatches), []);
    assert.equal(passed, JSON.parse(record.cases).cases.length);
    const page = await open(stage, [record]);
    assert.deepEqual((await page.evaluate(differences)).map(told), []);
  });
}

scenario("random templates give the same bytes in the browser as natively", async (stage) => {
  const random = await records("random");
  const page = await open(stage, random);
  const found = await page.evaluate(differences);
  const seeds = [...new Set(found.map(({ name }) => name))];
  const again = `cargo run -p tirage-pricing-web --example case_outputs -- ${seeds.slice(0, 3).join(" ")}`;
  assert.equal(found.length, 0, `${found.slice(0, 9).map(told).join("\n")}\n${seeds.length} of ${random.length} templates differ; they are printed by \`${again}\``);
});

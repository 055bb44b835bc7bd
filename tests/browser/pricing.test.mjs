// The same input gives the same bytes in a browser and natively: every case file, every digit.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

import { output, program, setting } from "./support/process.mjs";
import { scenario } from "./support/scenario.mjs";

const ROOT = new URL("../../", import.meta.url);
const CASES = new URL("crates/pricing/tests/cases/", ROOT);
const PAGE = `<!doctype html><html lang="en"><title>Pricing</title><script type="module">
import init, { run_cases, run_compiled } from "./tirage_pricing_web.js";
globalThis.pricing = init().then(() => ({ run_cases, run_compiled }));
</script></html>`;

// One run of the native program answers for all files: a line each, name, program and report.
let native;
function natively(name) {
  native ??= output(program("case_outputs")).then(
    (text) =>
      new Map(
        text.trimEnd().split("\n").map((line) => {
          const [file, program, report] = line.split("\t");
          return [file, { program, report }];
        }),
      ),
  );
  return native.then((reports) => reports.get(name));
}

for (const name of readdirSync(CASES).sort()) {
  scenario(`${name} gives the same bytes in the browser as natively`, async (stage) => {
    const cases = readFileSync(new URL(name, CASES), "utf8");
    const { template } = JSON.parse(cases);
    const text = readFileSync(new URL(`examples/${template}.json`, ROOT), "utf8");

    const host = await stage.host({ pages: { "/": PAGE }, folder: setting("TIRAGE_PRICING_WEB") });
    const page = await stage.page(`${host.url}/`);
    const { program, report: expected } = await natively(name);
    const [report, compiled] = await page.evaluate(
      async (cases, template, program) => {
        const { run_cases, run_compiled } = await globalThis.pricing;
        return [run_cases(cases, template), run_compiled(cases, Uint8Array.from(program))];
      },
      cases,
      text,
      [...Buffer.from(program, "hex")],
    );

    const { passed, cases: results, error } = JSON.parse(report);
    assert.equal(error, undefined);
    assert.deepEqual(results.flatMap((result) => result.mismatches), []);
    assert.equal(passed, JSON.parse(cases).cases.length);
    assert.ok(report === expected, "the reports differ");
    assert.ok(compiled === expected, "the compiled template's report differs");
  });
}

// axe-core over a page, its open shadow roots included.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const SOURCE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What breaks WCAG 2.2 AA as far as a program can tell: one line for each place. */
export async function violations(page, { within } = {}) {
  await page.evaluate(await readFile(SOURCE, "utf8"));
  const found = await page.evaluate(
    async (scope, rules) => {
      const { violations } = await globalThis.axe.run(scope ?? document, {
        runOnly: { type: "tag", values: rules },
        resultTypes: ["violations"],
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id}: ${help}: ${target.flat().join(" ")}`),
      );
    },
    within,
    RULES,
  );
  return found;
}

// The real service with a database of its own, and the emulated print house beside it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort, program, setting, start } from "./process.mjs";
import { until } from "./wait.mjs";

const EXAMPLES = fileURLToPath(new URL("../../../examples", import.meta.url));
/** What it sells without further settings. */
export const SOLD = ["business-cards", "document-printing", "photo-printing"];
const EMULATOR_KEY = "asystem-key";

/**
 * Starts the emulated ASystem. `orders()` are those it took, `received()` how often each external
 * number came, `faults()` sets its switches.
 */
export async function startPrintHouse() {
  const running = start(program("tirage-emulators"), [
    "asystem", "--port", "0", "--key", EMULATOR_KEY,
  ]);
  const url = await until("the emulator's address", () => {
    running.assertRunning();
    return running.log().match(/ASystem emulator: (\S+)/u)?.[1].replace(/\/$/u, "");
  });
  const json = async (path, options) => {
    const response = await fetch(url + path, options);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text === "" ? null : JSON.parse(text);
  };
  return {
    ...running,
    url,
    orders: async () => (await json("/_orders")).orders,
    received: async () => (await json("/_orders")).received,
    faults: (switches) =>
      json("/_faults", {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(switches),
      }),
  };
}

/**
 * Starts the service on a free port with the examples as products.
 * `more` is appended to its settings; `printHouse` is what `startPrintHouse` returned.
 */
export async function startShop({ printHouse, more = "" } = {}) {
  const data = await mkdtemp(join(tmpdir(), "tirage-shop-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(data, "tirage.toml");
  const text = (await settings({ data, port, url, printHouse })) + more;
  await writeFile(config, text);
  let running;
  const launch = async () => {
    running = start(program("tirage"), ["serve", "--config", config]);
    await until("the service to be ready", async () => {
      running.assertRunning();
      return (await fetch(`${url}/readyz`)).ok;
    });
  };
  await launch();
  return {
    url,
    log: () => running.log(),
    kill: () => running.kill(),
    /** Starts again on the same data, after `kill`, with what `change` makes of the settings. */
    async restart(change = (text) => text) {
      await writeFile(config, change(text));
      await launch();
    },
    async stop() {
      await running.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function settings({ data, port, url, printHouse }) {
  const text = (value) => JSON.stringify(value);
  const lines = [
    "[server]",
    `listen = "127.0.0.1:${port}"`,
    `public_url = ${text(url)}`,
    `assets = ${text(setting("TIRAGE_ASSETS"))}`,
    "demo = true",
    "[database]",
    'kind = "sqlite"',
    `path = ${text(join(data, "tirage.db"))}`,
  ];
  for (const [index, key] of SOLD.entries()) {
    lines.push("[[products]]", `key = ${text(key)}`);
    lines.push(`template = ${text(join(EXAMPLES, `${key}.json`))}`, `position = ${index + 1}`);
  }
  if (printHouse) {
    lines.push("[[connections]]", 'id = "asystem"', 'kind = "asystem"');
    lines.push(`api_host = ${text(printHouse.url)}`, `api_key = ${text(EMULATOR_KEY)}`);
    lines.push('network = { allow = ["127.0.0.1"], plain_http = true }');
  }
  return `${lines.join("\n")}\n`;
}

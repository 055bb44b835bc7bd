// Programs that a suite starts: ended with it, whatever way it ends.

import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { promisify } from "node:util";

import { LIMIT_MS } from "./wait.mjs";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** What xtask has to tell; `cargo xtask test` sets all of it. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`\`${name}\` is not set: start the suites by \`cargo xtask test\``);
  return value;
}

/** The path of a binary or example of the workspace, as the tests' build made it. */
export function program(name) {
  const path = JSON.parse(setting("TIRAGE_PROGRAMS"))[name];
  if (!path) throw new Error(`the workspace has no binary or example \`${name}\``);
  return path;
}

/** Starts a program; `log()` is all it printed, `stop()` ends it and waits. */
export function start(path, args, { env = {} } = {}) {
  const child = spawn(path, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (printed += text));
  }
  let failure;
  child.on("error", (error) => (failure = error));
  const closed = new Promise((resolve) => child.on("close", resolve));
  closed.then(() => running.delete(child));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    log: () => printed,
    assertRunning() {
      if (failure) throw failure;
      if (ended()) throw new Error(`\`${path}\` ended by itself:\n${printed}`);
    },
    /** Ends it at once, as a power cut would. */
    kill() {
      child.kill("SIGKILL");
      return closed;
    },
    async stop() {
      if (ended()) return;
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
      await closed;
      clearTimeout(impatience);
    },
  };
}

/** What a program prints on standard output, once it ended well. */
export async function output(path, args = []) {
  const { stdout } = await promisify(execFile)(path, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

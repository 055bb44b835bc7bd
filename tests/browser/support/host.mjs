// Somebody else's web server: host pages on an origin of their own.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves `pages` (path → text of an HTML page) and, below them, the files of `folder`.
 * `headers` go with every answer, such as a content security policy.
 */
export async function startHost({ pages = {}, folder, headers = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    try {
      const page = pages[path];
      const body = page ?? (await readFile(inside(folder, path)));
      const type = page === undefined ? TYPES[extname(path)] : TYPES[".html"];
      response.writeHead(200, { "content-type": type ?? "application/octet-stream", ...headers });
      response.end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function inside(folder, path) {
  if (!folder) throw new Error("no folder is served");
  return join(folder, normalize(decodeURIComponent(path)));
}

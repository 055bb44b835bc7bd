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
 * Serves `pages` (path → text of an HTML page, or of what its ending says) and, below them, the files of `folder`.
 * `headers` go with every answer, such as a content security policy; `alter(path, bytes)` may give
 * other bytes, none for a file that is missing, or a promise of either. `asked` are the paths asked for so far.
 */
export async function startHost({ pages = {}, folder, headers = {}, alter = (_, bytes) => bytes } = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    asked.push(path);
    try {
      const page = pages[path];
      const body = page ?? await alter(path, await readFile(inside(folder, path)));
      if (body === undefined) throw new Error("missing");
      const type = TYPES[extname(path)] ?? (page === undefined ? "application/octet-stream" : TYPES[".html"]);
      response.writeHead(200, { "content-type": type, ...headers });
      response.end(body);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
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

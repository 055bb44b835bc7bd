// The service behind a proxy of the test's own, which decides what becomes of each request.

import { createServer, request as ask } from "node:http";

/**
 * Serves what the service at `target` answers. `decide(path, body)` may return a promise, which is
 * waited for; where it comes to `false`, the connection breaks off. `alter(path, headers)` are more
 * headers of an answer.
 */
export async function startProxy(target, { decide = () => true, alter = () => ({}) } = {}) {
  const { hostname, port } = new URL(target);
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    if ((await decide(request.url, body.toString())) === false) return response.destroy();
    const { method, url: path, headers } = request;
    const upstream = ask({ host: hostname, port, method, path, headers });
    upstream.on("response", (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, ...alter(path) });
      answer.pipe(response);
    });
    upstream.on("error", () => response.destroy());
    upstream.end(body);
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

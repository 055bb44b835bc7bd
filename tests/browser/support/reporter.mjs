// What node's test runner prints: a line per test for people, one line of JSON for xtask.
//
// A parent that failed only because a part of it did is not counted a second time. A file without
// tests is reported by node as a test that passed; here it is one that failed.

const isSuite = (data) => data.details?.type === "suite";
const failedByItsParts = (data) => data.details?.error?.failureType === "subtestsFailed";

export default async function* reporter(source) {
  const result = { passed: 0, skipped: 0, failed: [] };
  for await (const { type, data } of source) {
    if (type === "test:stdout" || type === "test:stderr") {
      yield data.message;
    }
    if ((type !== "test:pass" && type !== "test:fail") || isSuite(data) || failedByItsParts(data)) {
      continue;
    }
    const { name } = data;
    const took = `${Math.round(data.details.duration_ms)} ms`;
    if (data.skip !== undefined || data.todo !== undefined) {
      result.skipped += 1;
      yield `test ${name} ... skipped\n`;
    } else if (name.endsWith(".test.mjs") && type === "test:pass") {
      result.failed.push(`${name} has no test`);
      yield `test ${name} ... FAILED: it has no test\n`;
    } else if (type === "test:pass") {
      result.passed += 1;
      yield `test ${name} ... ok (${took})\n`;
    } else {
      result.failed.push(name);
      yield `test ${name} ... FAILED (${took})\n${reason(data.details.error)}\n`;
    }
  }
  yield `#result ${JSON.stringify(result)}\n`;
}

// Node wraps what a test threw; the cause has the useful stack.
function reason(error) {
  const cause = error?.cause ?? error;
  return cause?.stack ?? String(cause);
}

// How a page asks the engine: what `JSON.parse` made of answers becomes one text, which is a few
// lines here and there, where values of JavaScript would be functions for each sort of them.
// Each piece of it ends with a sign that says what it is, see `src/page.rs`.

const bare = (text) => `${text}`.replace(/[\0-\x07]/g, "\x07$&");
const sign = { boolean: "\x04", string: "\x02" };
const item = (text) => (typeof text === "string" ? `${bare(text)}\x05` : "");
const value = (answer) =>
  Array.isArray(answer) ? `${answer.map(item).join("")}\x06` : bare(answer) + (sign[typeof answer] ?? "\x03");
const told = (answers, runs) => {
  const pairs = Object.entries(answers).map(([path, answer]) => `${bare(path)}\x01${value(answer)}`);
  return [...runs.map((run) => `${bare(run)}\0`), ...pairs].join("");
};

export const { load } = engine;

/** Prices answers for each of the runs, or for the answered one. */
export const quote = (answers, runs) => engine.quote(told(answers, runs));

/** Prices the same so often, and says how many runs had a price. */
export const repeat = (answers, runs, times) => engine.repeat(told(answers, runs), times);

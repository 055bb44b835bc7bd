// How a page asks the engine: what `JSON.parse` made of answers becomes bytes, which is a few lines
// here and there, where values of JavaScript would be functions for each sort of them.
// `Answers::told` in `crates/pricing/src/pack/told.rs` reads them.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encoded = (text) => [...encoder.encode(text)];
const count = (number) => (number > 127 ? [(number & 127) | 128, ...count(number >> 7)] : [number]);
const list = (items, item = (byte) => byte) => [...count(items.length), ...items.flatMap(item)];
const text = (piece) => list(encoded(piece));
const value = (answer) =>
  Array.isArray(answer)
    ? [3, ...list(answer.filter((item) => typeof item === "string"), text)]
    : answer === !!answer
      ? [2, +answer]
      : [+(typeof answer !== "string"), ...text(answer)];
const order = ([one], [other]) => {
  const at = one.findIndex((byte, at) => byte !== other[at]);
  return at < 0 ? at : one[at] - (other[at] ?? -1);
};
const told = (answers, runs) => {
  const pairs = Object.entries(answers).map(([path, answer]) => [encoded(path), value(answer)]);
  return [...list(runs, text), ...pairs.sort(order).flatMap(([path, answer]) => [...list(path), ...answer])];
};
const bytes = () => new Uint8Array(engine.memory.buffer);
const tell = (told) => {
  const at = engine.room(told.length);
  bytes().set(told, at);
};
const priced = (answers, runs, times) => {
  tell(told(answers, runs));
  const at = engine.quote(times);
  const all = bytes();
  return decoder.decode(all.subarray(at, all.indexOf(0, at)));
};

/** Takes up a compiled template, and says whether it is one of this build. */
export const load = (program) => (tell(program), engine.load() > 0);

/** Prices answers for each of the runs, or for the answered one. */
export const quote = (answers, runs) => priced(answers, runs, 1);

/** Prices the same so often, and says how many runs had a price. */
export const repeat = (answers, runs, times) =>
  times * JSON.parse(priced(answers, runs, times)).runs.filter((run) => run.total).length;

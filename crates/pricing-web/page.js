// How a page asks the engine: what `JSON.parse` made of answers becomes one text, which is a few lines
// here and there, where values of JavaScript would be functions for each sort of them.
// `Answers::told` in `crates/pricing/src/pack/told.rs` reads its bytes.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const sign = String.fromCharCode;
/** Six bits a byte, as the packer writes them. */
const count = (number) => (number > 63 ? sign((number & 63) | 64) + count(number >> 6) : sign(number));
const list = (items, item) => count(items.length) + items.map(item).join("");
// Counting the bytes of plain letters takes the encoder as long as pricing ten answers.
const length = (piece) => (/[^\0-\x7f]/.test(piece) ? encoder.encode(piece) : `${piece}`).length;
const text = (piece) => count(length(piece)) + piece;
const value = (answer) =>
  Array.isArray(answer)
    ? count(3) + list(answer.filter((item) => typeof item === "string"), text)
    : answer === !!answer
      ? count(2) + count(+answer)
      : count(+(typeof answer !== "string")) + text(answer);
// Ordered by units of UTF-16, which is the order of bytes for all that keys are made of.
const told = (answers, runs) =>
  list(runs, text) + Object.keys(answers).sort().map((path) => text(path) + value(answers[path])).join("");
const bytes = () => new Uint8Array(engine.memory.buffer);
const tell = (told) => {
  const at = engine.room(told.length);
  bytes().set(told, at);
};
const priced = (answers, runs, times) => {
  tell(encoder.encode(told(answers, runs)));
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

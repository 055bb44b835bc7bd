// What a page may write: all of it is accepted by the compiler.

import type { Answers, Quote, Schema, TirageCalculator, TirageCategory } from "../../www/tirage";

const calculator: TirageCalculator | null = document.querySelector("tirage-calculator");
if (calculator) {
  const state: Answers = calculator.state;
  calculator.state = { run: 600, rounded: true, extras: ["box"], note: null };
  calculator.set({ run: "600" });
  calculator.set(state);
  calculator.hold("artwork", "Upload your artwork first");
  calculator.release("artwork");
  calculator.submit();
  calculator.reset();
  const schema: Schema | undefined = calculator.schema;
  const quote: Quote | undefined = calculator.quote;
  const total: string | undefined = quote?.runs[0]?.total;
  const owner: HTMLFormElement | null = calculator.form;
  console.log(schema?.parameters.map(({ key, kind }) => [key, kind]), total, owner);
  calculator.addEventListener("tirage:change", (event) => {
    if (event.detail.source === "buyer") console.log(event.detail.changed, event.detail.state);
  });
  calculator.addEventListener("tirage:upload", (event) => {
    const { parameter, files, respondWith } = event.detail;
    if (parameter === "sample") respondWith(files.map(({ name, size }) => `${name}-${size}`));
    else respondWith(Promise.resolve("one"));
  });
  calculator.addEventListener("tirage:continue", (event) => event.preventDefault());
  calculator.addEventListener("click", (event) => console.log(event.clientX));
}
addEventListener("tirage:price", (event) => console.log(event.detail.total, event.detail.currency));
(window.tirage ??= []).push(() => document.querySelector("tirage-calculator")?.reset());

const category: TirageCategory | null = document.querySelector<TirageCategory>("tirage-calculator[category]");
if (category) {
  const copy = category.state;
  category.state = copy;
  category.set({ positions: [{ product: "photo-printing" }] });
  category.set({ run: 600 });
  const sum: string | undefined = category.quote?.total;
  console.log(copy.positions[0]?.answers["run"], category.schema?.positions[0]?.parameters.length, sum);
}

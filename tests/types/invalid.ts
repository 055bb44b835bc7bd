// What a page may not write: the compiler has to refuse every marked line.

import type { TirageCalculator } from "../../www/tirage";

declare const calculator: TirageCalculator;

// @ts-expect-error an answer is no object
calculator.set({ run: { pieces: 600 } });
// @ts-expect-error answers are an object
calculator.set(600);
// @ts-expect-error a hold needs its reason
calculator.hold("artwork");
// @ts-expect-error the schema is read only
calculator.schema = undefined;
// @ts-expect-error the quote is read only
calculator.quote = undefined;
// @ts-expect-error there is no such event
calculator.addEventListener("tirage:prise", (event) => event.detail);
// @ts-expect-error a total is a text
calculator.addEventListener("tirage:price", (event) => event.detail.total.toFixed(2));
// @ts-expect-error a robot is no source
calculator.addEventListener("tirage:change", (event) => event.detail.source === "robot");
// @ts-expect-error files are called by texts
calculator.addEventListener("tirage:upload", (event) => event.detail.respondWith([1]));
// @ts-expect-error there is one parameter
calculator.addEventListener("tirage:upload", (event) => event.detail.parameters);
// @ts-expect-error there is no such method
calculator.order();

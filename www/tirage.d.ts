/**
 * The elements of Tirage as a page sees them.
 *
 * Members and events are those of the tables in docs/embedding.md, which a test compares with this
 * file and with the element itself.
 */

/** Money and every other decimal: an exact text such as `"2928.5"`, never a float. */
export type DecimalText = string;

/** Words by language, or one text for all of them. */
export type Texts = string | Readonly<Record<string, string>>;

/** One answer. A text is a text, a decimal, or the key of a choice's value. */
export type Answer = boolean | number | string | readonly string[];

/** Answers by the key of their parameter. */
export type Answers = Record<string, Answer>;

/** Answers to write: `null` takes an answer away, so that the default counts again. */
export type WrittenAnswers = Readonly<Record<string, Answer | null>>;

/** Who changed something: the buyer at a control, the page's own code, a rule of the template. */
export type Source = "buyer" | "page" | "rule";

export type Kind =
  | "choice" | "yes-no" | "number" | "run" | "pages" | "size" | "inks" | "text" | "date" | "file"
  | "constant" | "pass-through";

export interface Parameter {
  readonly key: string;
  readonly name: Texts;
  readonly kind: Kind;
  readonly required: boolean;
  readonly default?: Answer;
  /** Of a choice: whether several values may be chosen; of a file: whether there may be several. */
  readonly many?: boolean;
  /** Of a file: the endings of names that are taken, without a dot; empty for any. */
  readonly accept?: readonly string[];
  readonly values?: readonly { readonly key: string; readonly label: Texts }[];
  readonly min?: DecimalText;
  readonly max?: DecimalText;
  readonly multiple?: DecimalText;
  readonly unit?: Texts;
}

export interface Schema {
  readonly product: string;
  /** Revision of the template. */
  readonly template: string;
  readonly name: Texts;
  /** ISO 4217. */
  readonly currency: string;
  readonly parameters: readonly Parameter[];
}

export interface Field {
  readonly parameter: string;
  readonly available: boolean;
  readonly required: boolean;
  readonly answer?: Answer;
  readonly unavailable_values: readonly { readonly value: string; readonly reason?: Texts }[];
}

export interface Notice {
  readonly parameter: string;
  readonly code: "dropped" | "replaced" | "unknown";
  readonly from: Answer;
  readonly to?: Answer;
}

export interface Problem {
  readonly parameter?: string;
  readonly code: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly message?: Texts;
}

export interface Line {
  readonly key: string;
  readonly name: Texts;
  readonly amount: DecimalText;
}

export interface RunQuote {
  readonly run: DecimalText;
  readonly total?: DecimalText;
  readonly unit_price?: DecimalText;
  /** How far the total can be relied on, where the print house computes it. */
  readonly standing?: "confirmed" | "preliminary";
  readonly lines: readonly Line[];
  readonly problems: readonly Problem[];
}

/** As `POST /v1/quote` answers, without the explanation of each line. */
export interface Quote {
  readonly currency: string;
  readonly fields: readonly Field[];
  readonly notices: readonly Notice[];
  readonly problems: readonly Problem[];
  readonly runs: readonly RunQuote[];
}

/** A text for each file, none of them empty; of one file also the text alone. */
export type References = string | readonly string[];

interface Detail {
  readonly source: Source;
  /** Keys of the parameters whose answers changed. */
  readonly changed: readonly string[];
}

export interface TirageEvents {
  "tirage:ready": CustomEvent<Detail & { readonly product: string }>;
  "tirage:change": CustomEvent<Detail & { readonly state: Answers }>;
  "tirage:price": CustomEvent<
    Detail & {
      readonly total: DecimalText;
      readonly currency: string;
      /** Whether the print house has not confirmed the total yet. */
      readonly preliminary: boolean;
    }
  >;
  "tirage:invalid": CustomEvent<Detail & { readonly message: string }>;
  "tirage:upload": CustomEvent<
    Detail & {
      readonly parameter: string;
      readonly files: readonly File[];
      /** Says what the answer calls the files, in their order; without it their names stand. */
      respondWith(references: References | Promise<References>): void;
    }
  >;
  "tirage:continue": CustomEvent<
    Detail & {
      /** Which button was pressed; `continue` also by `submit()`. */
      readonly button: "continue" | "cart" | "order";
      readonly state: Answers;
      readonly total: DecimalText;
      readonly currency: string;
    }
  >;
  "tirage:cart": CustomEvent<Detail & { readonly count: number }>;
  "tirage:error": CustomEvent<Detail & { readonly message: string }>;
}

/** How a shop wants a calculator: what the attribute `options` takes as JSON, and the settings too. */
export interface Options {
  readonly continue_label?: Texts;
  readonly cart_button?: boolean;
  readonly order_button?: boolean;
  readonly order_label?: Texts;
  readonly order_page?: string;
  readonly files?: boolean;
  readonly unit_price?: boolean;
  readonly style_page?: string;
  readonly style_editor?: string;
  /** Such as `compact dark`. */
  readonly theme?: string;
}

/** `<tirage-calculator>` */
export interface TirageCalculator extends HTMLElement {
  get state(): Answers;
  set state(answers: WrittenAnswers);
  readonly schema: Schema | undefined;
  readonly quote: Quote | undefined;
  readonly form: HTMLFormElement | null;
  name: string;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  set(answers: WrittenAnswers): void;
  hold(name: string, message: string): void;
  release(name: string): void;
  submit(): void;
  reset(): void;
  checkValidity(): boolean;
  reportValidity(): boolean;
  addEventListener<E extends keyof TirageEvents>(
    type: E,
    listener: (this: TirageCalculator, event: TirageEvents[E]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<E extends keyof HTMLElementEventMap>(
    type: E,
    listener: (this: HTMLElement, event: HTMLElementEventMap[E]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** A product of a category, with answers of its own. */
export interface Position {
  readonly product: string;
  readonly answers: Answers;
}

/** What `state` is where the element names a category and no product. */
export interface Positions {
  readonly positions: readonly Position[];
}

/** A category as `GET /v1/categories/{category}` answers, with the schema of each position. */
export interface CategorySchema {
  readonly category: string;
  readonly name: Texts;
  readonly attributes: readonly {
    readonly key: string;
    readonly name: Texts;
    readonly values: readonly { readonly key: string; readonly name: Texts }[];
  }[];
  /** Those that the view shows. */
  readonly products: readonly {
    readonly product: string;
    readonly name: Texts;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  /** `null` while a product is on its way. */
  readonly positions: readonly (Schema | null)[];
}

/** What all positions come to; without a total where one has no price or the currencies differ. */
export interface CategoryQuote {
  readonly total?: DecimalText;
  readonly currency?: string;
  readonly positions: readonly (Quote | null)[];
}

/** Positions to write: what is not answered counts as its default. */
export interface WrittenPositions {
  readonly positions?: readonly { readonly product: string; readonly answers?: WrittenAnswers }[];
}

/** `<tirage-calculator category="…">`: the same element with positions in the place of answers. */
export interface TirageCategory extends Omit<TirageCalculator, "state" | "schema" | "quote" | "set"> {
  get state(): Positions;
  set state(positions: WrittenPositions);
  readonly schema: CategorySchema | undefined;
  readonly quote: CategoryQuote | undefined;
  /** Positions are added; answers alone are those of the open position. */
  set(more: WrittenPositions | WrittenAnswers): void;
}

/** `window.tirage`: an array before the script is there, so that a page may queue its calls. */
export interface Queue {
  readonly version?: string;
  push(...callbacks: (() => void)[]): unknown;
}

declare global {
  interface HTMLElementTagNameMap {
    "tirage-calculator": TirageCalculator;
    "tirage-cart": HTMLElement;
    "tirage-order": HTMLElement;
  }
  interface WindowEventMap extends TirageEvents {}
  interface Window {
    tirage?: Queue;
  }
}

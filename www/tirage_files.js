// Questions for files: chosen or dropped, listed with their sizes, offered to the page. The loader
// fetches it where a template asks for files, for the module and for the form without WebAssembly
// alike; both leave a place in each field, and say on it whether the answer is wrong or held.
//
// What is in a file stays in the browser: the answer has its name, or what the page calls it.

/** Words of ours, Russian and English. */
const WORDS = {
  one: ["Перетащите сюда файл или", "Drop a file here or"],
  many: ["Перетащите сюда файлы или", "Drop files here or"],
  choose: ["выберите на устройстве", "choose on your device"],
  chosen: ["{name}: выбранные файлы", "{name}: chosen files"],
  added: ["Добавлено: {name}", "Added: {name}"],
  remove: ["{name}: убрать", "{name}: remove"],
  removed: ["{name}: убран", "{name}: removed"],
  ending: ["«{name}» не подходит, нужен {kind}", "“{name}” does not fit, we need {kind}"],
  empty: ["«{name}» не подходит: файл пуст", "“{name}” does not fit: the file is empty"],
  broken: ["«{name}» не подходит: это не {kind}", "“{name}” does not fit: it is no {kind}"],
  unreadable: ["«{name}» не читается", "“{name}” cannot be read"],
  waiting: ["загружается…", "uploading…"],
  failed: ["не загрузился", "not uploaded"],
  again: ["Попробовать ещё раз", "Try again"],
  wait: ["Дождитесь, пока файлы загрузятся", "Wait until the files are uploaded"],
  settle: ["Файл не загрузился: попробуйте ещё раз или уберите его", "A file was not uploaded: try again or remove it"],
  arrived: ["Загружено: {name}", "Uploaded: {name}"],
};

/** Endings that mean the same. */
const ALIKE = { jpeg: "jpg", tiff: "tif" };
/** What files of an ending begin with. */
const BEGINNINGS = { pdf: ["%PDF"], png: ["\x89PNG"], jpg: ["\xff\xd8\xff"], tif: ["II*\0", "MM\0*"] };
/** How far into a file a PDF may begin. */
const HEAD = 1024;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

const CSS = `.files[aria-invalid]{box-shadow:none}
.drop{position:relative;display:grid;place-content:center;justify-items:center;gap:.125em;min-height:5.5em;padding:.75em 1em;text-align:center;background:var(--surface,Field);border:1px dashed var(--edge,GrayText);border-radius:var(--radius,.5em);transition:border-color .12s,background .12s}
.drop input{position:absolute;inset:0;width:100%;height:100%;opacity:0;cursor:pointer}
.drop:hover,.drop[data-over]{border-color:var(--accent);background:var(--tint,Field)}.drop[data-over]{border-style:solid}
.drop:has(:focus-visible){outline:2px solid var(--accent);outline-offset:2px}
[aria-invalid=true]>.drop{border-color:var(--error);box-shadow:inset 0 0 0 1px var(--error)}
.drop:has(:disabled){background:var(--panel,Field);color:var(--muted,GrayText);border-color:var(--line,GrayText)}.drop :disabled{cursor:not-allowed}
.drop small{color:var(--muted,inherit);font-size:.8125em}
.choose{display:inline-block;color:var(--accent);text-decoration:underline;text-underline-offset:.2em}.drop:has(:disabled) .choose{color:inherit;text-decoration:none}
.note{margin-top:.375em;color:var(--error);font-size:.8125em;font-weight:500;max-width:60ch;overflow-wrap:anywhere}.note:empty{display:none}
.chosen{display:grid;gap:.375em;margin:.5em 0 0;padding:0;list-style:none}
.chosen li{display:flex;gap:.25em .75em;align-items:center;min-height:3em;padding-inline-start:.625em;background:var(--surface,Field);border:1px solid var(--line,GrayText);border-radius:var(--radius,.5em)}
.chosen div{flex:1;min-width:0;display:grid;padding-block:.375em;line-height:1.3;overflow-wrap:anywhere}
.chosen small{font-size:.8125em;color:var(--muted,inherit)}
.kind{flex:none;min-width:3.5em;padding:.25em .375em;text-align:center;font-size:.6875em;font-weight:700;letter-spacing:.04em;color:var(--accent);background:var(--tint,none);border-radius:.3em}.kind:empty{display:none}
.chosen button{flex:none;min-height:2.75em;border:0;background:none;color:var(--muted,inherit);border-radius:var(--radius,.5em)}
.chosen .again{color:var(--accent);font-size:.875em;text-decoration:underline;text-underline-offset:.2em}
.out{width:2.75em}.out:hover:enabled{color:var(--error)}.chosen :focus-visible{outline-offset:-3px}
[data-standing=failed]{border-color:var(--error)!important}[data-standing=failed] small{color:var(--error);font-weight:500}
[data-standing=waiting]{position:relative;overflow:hidden}[data-standing=waiting]::after{content:"";position:absolute;inset:auto 0 0;height:2px;background:var(--accent)}
@media(prefers-reduced-motion:no-preference){[data-standing=waiting]::after{animation:waiting 1.4s ease-in-out infinite}}@keyframes waiting{from{translate:-100%}to{translate:100%}}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(hover:none){.drag{display:none}.choose::first-letter{text-transform:uppercase}}`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer tirage{${CSS}}`);

/**
 * The controls that an element shows, and the files that were chosen there: by product, each under
 * whatever an answer called it. A part of a product that is moved takes its answers along, so a file
 * is known to every question.
 */
const shown = new WeakMap();
const kept = new WeakMap();

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const ending = (name) => name.match(/.\.([^.]+)$/u)?.[1].toLowerCase() ?? "";
const plain = (kind) => ALIKE[kind] ?? kind;

/** Why a file is not taken, as the name of a word; none if it is. */
async function misfit(file, accept) {
  const kind = plain(ending(file.name));
  if (accept.length && !accept.map(plain).includes(kind)) return "ending";
  if (!file.size) return "empty";
  try {
    const head = String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
    const fits = (mark) => (kind === "pdf" ? head.includes(mark) : head.startsWith(mark));
    return BEGINNINGS[kind]?.some(fits) === false ? "broken" : undefined;
  } catch {
    return "unreadable";
  }
}

/** A name that no other file of the answer has, without marks that change how the rest is read. */
function distinct(name, taken) {
  const clean = name.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "");
  const [, stem, rest] = clean.match(/^(.+?)(\.[^.]*)?$/u) ?? [, "file", ""];
  let own = clean || stem;
  for (let number = 2; taken.includes(own); number++) own = `${stem} (${number})${rest ?? ""}`;
  return own;
}

/** What people call a file that only the answer knows: the end of an address, or its name. */
const label = (name) => name.match(/:\/\/[^?#]*\/([^/?#]+)/u)?.[1] ?? name;

class Picker {
  #element;
  #handle;
  #parameter;
  #place;
  #field;
  #language;
  /** What the answer calls its files, and what is known of each. */
  #names = [];
  #known;
  /** What is on the screen. */
  #rows = new Map();
  #input;
  #area;
  #note = el("p", { class: "note" });
  #list = el("ul", { class: "chosen", part: "chosen" });
  #heard = el("p", { class: "heard", role: "status" });
  #held;
  isGone = false;

  constructor(element, handle, place, parameter, known) {
    this.#element = element;
    this.#handle = handle;
    this.#place = place;
    this.#parameter = parameter;
    this.#known = known;
    this.#field = place.closest("[data-key]");
    this.#language = place.closest("[lang]").lang;
    this.#build();
    this.follow();
  }

  #word(name, values = {}) {
    const text = WORDS[name][this.#language.startsWith("en") ? 1 : 0];
    return text.replace(/\{(\w+)\}/gu, (_, key) => values[key]);
  }

  #join(names) {
    return new Intl.ListFormat(this.#language, { type: "unit" }).format(names);
  }

  #build() {
    const { key, many, accept } = this.#parameter;
    const label = this.#field.querySelector("[part=label]");
    const about = this.#field.querySelector("[part=remark] [id],small").id;
    const id = `file-${key}`;
    this.#note.id = `${id}-note`;
    this.#list.setAttribute("aria-label", this.#word("chosen", { name: label.firstChild.textContent }));
    const endings = accept.flatMap((kind) => [kind, ...Object.keys(ALIKE).filter((other) => ALIKE[other] === kind)]);
    this.#input = el("input", {
      type: "file",
      id,
      multiple: many,
      accept: endings.map((kind) => `.${kind}`).join(),
      "aria-describedby": `${about} ${this.#note.id}`,
    });
    label.htmlFor = id;
    const drag = el("span", { class: "drag" }, this.#word(many ? "many" : "one"), " ");
    const choose = el("span", { class: "choose" }, this.#word("choose"));
    const kinds = el("small", {}, accept.join(", ").toUpperCase());
    this.#area = el("div", { class: "drop", part: "drop" }, el("span", {}, drag, choose), kinds, this.#input);
    // The browser's own control lies over all of the area. In a shadow root Chromium drops nothing
    // on it (as of version 156), so that is done here.
    for (const name of ["dragover", "dragleave", "drop"]) {
      this.#input.addEventListener(name, (event) => {
        event.preventDefault();
        this.#area.toggleAttribute("data-over", name === "dragover");
        if (name === "drop") this.#choose([...event.dataTransfer.files]);
      });
    }
    this.#input.addEventListener("input", (event) => event.stopPropagation());
    this.#input.addEventListener("change", () => {
      const files = [...this.#input.files];
      this.#input.value = "";
      this.#choose(files);
    });
    this.#place.focus = () => this.#input.focus();
    new MutationObserver(() => this.#mark()).observe(this.#place, { attributeFilter: ["aria-invalid", "disabled"] });
    this.#place.replaceChildren(this.#area, this.#note, this.#list, this.#heard);
  }

  /** Shows whether the answer is wrong, and whether a rule holds it. */
  #mark() {
    this.#input.ariaInvalid = this.#place.ariaInvalid;
    const held = this.#place.hasAttribute("disabled");
    for (const control of this.#place.querySelectorAll("input,button")) control.disabled = held;
  }

  /** Takes over what the answer has, whoever changed it. */
  follow() {
    const found = [this.#element.state[this.#parameter.key] ?? []].flat();
    this.#names = found.map((name) => this.#known.get(name)?.answer ?? name);
    this.#draw();
    if (String(found) !== String(this.#names)) this.#write("page");
  }

  #write(source) {
    const names = this.#names.length ? this.#names : null;
    this.#handle.write({ [this.#parameter.key]: names }, false, source);
  }

  // ── taking files ──

  async #choose(files) {
    const { accept, many } = this.#parameter;
    const notes = [];
    const fit = [];
    for (const file of files) {
      const why = await misfit(file, accept);
      const kind = why === "broken" ? ending(file.name) : accept.join(", ");
      if (why) notes.push(this.#word(why, { name: file.name, kind: kind.toUpperCase() }));
      else if (!this.#has(file)) fit.push(file);
    }
    if (this.isGone) return;
    this.#note.textContent = notes.join(". ");
    const names = many ? [...this.#names] : [];
    const entries = fit.slice(0, many ? undefined : 1).map((file) => {
      const answer = distinct(file.name, [...names, ...this.#others()]);
      names.push(answer);
      return { answer, name: answer, file, standing: "there" };
    });
    if (entries.length && this.#offer(entries)) {
      for (const entry of entries) this.#known.set(entry.answer, entry);
      this.#names = names;
      notes.unshift(this.#word("added", { name: this.#join(entries.map(({ name }) => name)) }));
      this.#draw();
      this.#write("buyer");
    }
    this.#say(notes.join(". "));
  }

  /** What the answers to other questions call their files. */
  #others() {
    const others = shown.get(this.#element).pickers.filter((picker) => picker !== this);
    return others.flatMap((picker) => picker.#names);
  }

  /** Whether the very file is there already. */
  #has({ name, size, lastModified }) {
    return this.#names.some((own) => {
      const file = this.#known.get(own)?.file;
      return file?.name === name && file.size === size && file.lastModified === lastModified;
    });
  }

  /** Offers files to the page, which may refuse them, or say now or later what it calls them. */
  #offer(entries) {
    let given;
    const { key } = this.#parameter;
    const files = entries.map(({ file }) => file);
    const respondWith = (answer) => (given = Promise.resolve(answer));
    const detail = { source: "buyer", changed: [], parameter: key, files, respondWith };
    const event = new CustomEvent("tirage:upload", { detail, cancelable: true, bubbles: true, composed: true });
    if (!this.#element.dispatchEvent(event)) return false;
    for (const entry of entries) entry.standing = given ? "waiting" : "there";
    given?.then((answer) => this.#call(entries, answer))
      .catch((error) => {
        console.warn("tirage:", error);
        for (const entry of entries) entry.standing = "failed";
      })
      .then(() => {
        const { known, pickers } = shown.get(this.#element);
        // Another product has answers of its own.
        if (known === this.#known) for (const picker of pickers) picker.settle(entries);
      });
    return true;
  }

  #call(entries, answer) {
    if (answer === undefined || answer === null) return entries.forEach((entry) => (entry.standing = "there"));
    const list = [answer].flat();
    if (list.length !== entries.length || !list.every((one) => one && typeof one === "string")) {
      throw new TypeError(`expected ${entries.length} texts, found ${JSON.stringify(answer)}`);
    }
    entries.forEach((entry, at) => {
      entry.answer = list[at];
      entry.standing = "there";
      this.#known.set(entry.answer, entry);
    });
  }

  /** The page said what it calls some files, or could not take them. */
  settle(offered) {
    const listed = this.#listed();
    const entries = offered.filter((entry) => listed.includes(entry));
    if (!entries.length) return;
    const failed = entries.some(({ standing }) => standing === "failed");
    this.#names = this.#names.map((name) => this.#known.get(name)?.answer ?? name);
    this.#draw();
    if (!failed) this.#write("page");
    const name = this.#join(entries.map((entry) => entry.name));
    this.#say(failed ? this.#word("settle") : this.#word("arrived", { name }));
  }

  #again(entry) {
    if (!this.#offer([entry])) return;
    this.#draw();
    this.#rows.get(entry).out.focus();
    this.#say(this.#word("waiting"));
  }

  #remove(one) {
    const at = this.#listed().indexOf(one);
    this.#names = this.#names.filter((_, place) => place !== at);
    this.#note.textContent = "";
    this.#draw();
    const next = this.#listed();
    (this.#rows.get(next[at] ?? next.at(-1))?.out ?? this.#input).focus();
    this.#write("buyer");
    this.#say(this.#word("removed", { name: one.name ?? label(one) }));
  }

  // ── what is shown ──

  /** What is known of each file of the answer, or what the answer calls it. */
  #listed() {
    return this.#names.map((name) => this.#known.get(name) ?? name);
  }

  #say(text) {
    this.#heard.textContent = text;
  }

  /** Changes the list in place, so that the focus stays where it is. */
  #draw() {
    const listed = this.#listed();
    for (const [one, { whole }] of this.#rows) {
      if (listed.includes(one)) continue;
      whole.remove();
      this.#rows.delete(one);
    }
    listed.forEach((one, at) => {
      if (!this.#rows.has(one)) this.#rows.set(one, this.#row(one));
      const { whole, state, again } = this.#rows.get(one);
      const { standing = "there", file } = one;
      whole.dataset.standing = standing;
      again.hidden = standing !== "failed";
      const words = [file && this.#size(file.size), standing !== "there" && this.#word(standing)];
      state.textContent = words.filter(Boolean).join(", ");
      if (this.#list.children[at] !== whole) this.#list.insertBefore(whole, this.#list.children[at] ?? null);
    });
    this.#list.hidden = !listed.length;
    this.#mark();
    this.#hold(listed);
  }

  #row(one) {
    const name = one.name ?? label(one);
    const kind = ending(name);
    const state = el("small");
    const again = el("button", { type: "button", class: "again", "aria-label": `${this.#word("again")}: ${name}` }, this.#word("again"));
    const out = el("button", { type: "button", class: "out", "aria-label": this.#word("remove", { name }) }, "×");
    again.addEventListener("click", () => this.#again(one));
    out.addEventListener("click", () => this.#remove(one));
    const mark = el("span", { class: "kind", "aria-hidden": "true" }, kind.length < 5 ? kind.toUpperCase() : "");
    return { whole: el("li", { part: "file" }, mark, el("div", {}, el("span", {}, name), state), again, out), state, again, out };
  }

  #size(bytes) {
    const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
    const unitDisplay = step ? "short" : "long";
    const format = { style: "unit", unit: UNITS[step], unitDisplay, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(this.#language, format).format(bytes / 1000 ** step);
  }

  /** Keeps the buyer from going on while a file is not where it should be. */
  #hold(listed) {
    const standings = this.#field.hidden ? [] : listed.map(({ standing }) => standing);
    const why = ["failed", "waiting"].find((standing) => standings.includes(standing));
    if (why === this.#held) return;
    this.#held = why;
    const message = { failed: "settle", waiting: "wait" }[why];
    this.#handle.hold(`files ${this.#parameter.key}`, message && this.#word(message));
  }
}

/** A file dropped beside a question would be opened in the page's place, and the answers lost. */
function miss(event) {
  if (event.defaultPrevented || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}

/** Shows the control of every question for files of an element, through the handle it has now. */
export function show(element, handle) {
  for (const picker of shown.get(element)?.pickers ?? []) picker.isGone = true;
  if (!shown.has(element)) {
    element.addEventListener("tirage:change", () => shown.get(element).pickers.forEach((picker) => picker.follow()));
    for (const name of ["dragover", "drop"]) element.addEventListener(name, miss);
    kept.set(element, new Map());
  }
  const root = element.shadowRoot;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const { product, parameters } = element.schema;
  const files = kept.get(element);
  if (!files.has(product)) files.set(product, new Map());
  const known = files.get(product);
  const pickers = [];
  shown.set(element, { known, pickers });
  for (const place of root.querySelectorAll(".files")) {
    const { key } = place.closest("[data-key]").dataset;
    const parameter = parameters.find((own) => own.key === key);
    pickers.push(new Picker(element, handle, place, { many: false, accept: [], ...parameter }, known));
  }
}

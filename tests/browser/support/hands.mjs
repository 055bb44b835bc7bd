// The three ways in which people use a page. Each does what a person does with it and no more: the
// mouse clicks, the finger taps, and the keys begin where the focus is and go on by Tab.

/** Where an element is from the focus, in whatever shadow roots both are. */
function fromFocus(element) {
  return element.evaluate((node) => {
    let active = document.activeElement;
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (active === node) return "here";
    const around = (own) => own.getRootNode().host;
    for (let own = active; own; own = around(own)) {
      for (let other = node; other; other = around(other)) {
        if (own.getRootNode() !== other.getRootNode()) continue;
        return own.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? "before" : "behind";
      }
    }
    return "behind";
  });
}

/** Brings an element to where nothing that sticks to an edge of the page covers it. */
function bring(element) {
  return element.evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
}

async function overwrite(page, text) {
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
}

/** What a mouse and a finger have in common; `touch` is a click or a tap. */
function pointing(page, touch) {
  const at = async (element) => {
    await bring(element);
    await touch(element);
  };
  return {
    press: at,
    check: at,
    async choose(select, value) {
      await bring(select);
      // The list itself is drawn by the system, out of a page's reach.
      await select.select(value);
    },
    async write(input, text) {
      await at(input);
      await overwrite(page, text);
    },
    /** What the calendar that opens would do: it is the system's, too. */
    async pick(input, day) {
      await bring(input);
      await input.evaluate((node, value) => {
        node.value = value;
        node.dispatchEvent(new Event("input", { bubbles: true }));
        node.dispatchEvent(new Event("change", { bubbles: true }));
      }, day);
    },
  };
}

const PRESSES = 400;

function keys(page) {
  const tab = async (backwards) => {
    if (backwards) await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    if (backwards) await page.keyboard.up("Shift");
  };
  const reach = async (element) => {
    for (let presses = 0; ; presses++) {
      const way = await fromFocus(element);
      if (way === "here") return;
      if (presses === PRESSES) throw new Error(`Tab never comes to ${await element.evaluate((node) => node.outerHTML)}`);
      await tab(way === "before");
    }
  };
  /** Presses an arrow until it is so; every value comes by once. */
  const steer = async (arrow, reached) => {
    for (let presses = 0; !(await reached()); presses++) {
      if (presses === PRESSES) throw new Error("no arrow comes to it");
      await page.keyboard.press(arrow);
    }
  };
  return {
    async press(element) {
      await reach(element);
      await page.keyboard.press("Enter");
    },
    async check(input) {
      if (await input.evaluate((node) => node.type !== "radio")) {
        await reach(input);
        return page.keyboard.press(" ");
      }
      // One radio of a group is a stop; the arrows go round.
      const group = await input.evaluateHandle((node) => {
        const all = [...node.getRootNode().querySelectorAll(`input[name="${node.name}"]:enabled`)];
        return all.find((own) => own.checked) ?? all[0];
      });
      await reach(group);
      if (await input.evaluate((node) => !node.checked && node.getRootNode().activeElement === node)) {
        return page.keyboard.press(" ");
      }
      return steer("ArrowDown", () => input.evaluate((node) => node.checked));
    },
    async choose(select, value) {
      await reach(select);
      const way = await select.evaluate((node, wanted) => {
        const to = [...node.options].findIndex((option) => option.value === wanted);
        return to < node.selectedIndex ? "ArrowUp" : "ArrowDown";
      }, value);
      await steer(way, () => select.evaluate((node, wanted) => node.value === wanted, value));
    },
    async write(input, text) {
      await reach(input);
      await overwrite(page, text);
    },
    async pick(input, day) {
      const [year, month, date] = day.split("-");
      await reach(input);
      await page.keyboard.type(month + date + year);
    },
  };
}

/** By name: how a hand is made for a page, and the screen that goes with it. */
export const HANDS = {
  mouse: {
    viewport: { width: 1280, height: 900 },
    of: (page) => pointing(page, (element) => element.click()),
  },
  touch: {
    viewport: { width: 390, height: 844, isMobile: true, hasTouch: true },
    of: (page) => pointing(page, (element) => element.tap()),
  },
  keyboard: { viewport: { width: 1280, height: 900 }, of: keys },
};

/** Answers a question of the page's calculator, whatever its control is. */
export async function answer(page, hand, { key, kind, values = [] }, wanted) {
  const field = await question(page, key);
  const chosen = [wanted].flat().map((own) => values.findIndex((value) => value.key === String(own)));
  const options = await field.$$(".option input");
  const select = await field.$("select");
  const inputs = await field.$$("input:not([type=range]), textarea");
  if (kind === "file") return inputs[0].uploadFile(...[wanted].flat());
  if (options.length > 0) return check(hand, options, chosen);
  if (select) {
    const value = chosen[0] < 0 ? await offered(select, wanted) : String(chosen[0]);
    await hand.choose(select, value);
    if (value !== "other") return undefined;
  }
  if (kind === "yes-no") return hand.check(inputs[0]);
  if (kind === "date") return hand.pick(inputs[0], wanted);
  // Width and height, or the process inks of both sides, each before its Pantone inks.
  const figures = { size: "x", inks: "+" }[kind];
  const texts = figures ? String(wanted).split(figures) : [String(wanted)];
  for (const [at, text] of texts.entries()) await hand.write(inputs[kind === "inks" ? at * 2 : at], text);
  return undefined;
}

/** The field of a question as far as it is asked now; none where it is not. */
export async function question(page, key) {
  const field = await page.evaluateHandle((key) => {
    const { shadowRoot } = document.querySelector("tirage-calculator");
    const field = shadowRoot.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const open = field?.checkVisibility() && field.querySelector(":is(input, select, textarea):enabled");
    return open ? field : undefined;
  }, key);
  return field.asElement();
}

/** Brings radio buttons or checkboxes to what is wanted. */
async function check(hand, options, chosen) {
  for (const [at, option] of options.entries()) {
    const { checked, several } = await option.evaluate((node) => ({ checked: node.checked, several: node.type === "checkbox" }));
    if (chosen.includes(at) ? !checked : checked && several) await hand.check(option);
  }
}

/** The option of a list of numbers; else the one that lets another be typed. */
function offered(select, wanted) {
  return select.evaluate((node, number) => {
    const plain = (text) => Number(text.replace(/[^\d.,-]/gu, "").replace(",", "."));
    const found = [...node.options].find(({ value }) => value !== "" && value !== "other" && plain(value) === number);
    return found?.value ?? "other";
  }, Number(wanted));
}

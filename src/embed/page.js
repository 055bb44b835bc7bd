// The development page: every element that is there, as the loader would hand it over.

const NAMES = ["product", "token", "api", "cart", "locale"];

/** Kind, element, root and options of each, one behind the other. */
export function found() {
  const all = document.querySelectorAll("tirage-calculator, tirage-cart, tirage-order");
  return [...all].flatMap((host) => [
    host.localName.slice(7),
    host,
    host.attachShadow({ mode: "open" }),
    Object.fromEntries(NAMES.map((name) => [name, host.getAttribute(name) ?? ""])),
  ]);
}

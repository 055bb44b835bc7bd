// Writes the tag that a shop's developer pastes, and shows what it makes.

const form = document.querySelector("form");
const [catalogue, build] = await Promise.all(
  ["/v1/calculators", "/v1/integrity.json"].map((path) => fetch(path).then((answer) => answer.json())),
);
for (const { product, name } of catalogue.products) {
  form.elements.product.add(new Option(name.en ?? name.ru ?? name, product));
}

const quoted = (text) => `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;

function script(pinned) {
  if (!pinned) return `<script type="module" src=${quoted(`${location.origin}/v1/tirage.js`)}></script>`;
  const { version, integrity } = build;
  return `<script type="module" src=${quoted(`${location.origin}/v/${version}/tirage.js`)}
  integrity=${quoted(integrity["tirage.js"])} crossorigin="anonymous"></script>`;
}

function show() {
  const { version, ...chosen } = Object.fromEntries(new FormData(form));
  const attributes = Object.entries(chosen).filter(([, value]) => value);
  const written = attributes.map(([name, value]) => ` ${name}=${quoted(value)}`).join("");
  document.querySelector("#tag").value =
    `${script(version)}\n<tirage-calculator${written}>\n  <p>Call us for a price.</p>\n</tirage-calculator>`;
  const element = document.createElement("tirage-calculator");
  for (const [name, value] of attributes) element.setAttribute(name, value);
  document.querySelector("#preview").replaceChildren(element);
}

form.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();

// Routes by the address's question: a view is thrown away when another one comes.

const products = { cards: "business-cards", photos: "photo-printing" };
const view = document.querySelector("#view");

function show() {
  const product = products[location.search.slice(1)];
  const next = document.createElement(product ? "tirage-calculator" : "p");
  if (product) next.setAttribute("product", product);
  else next.textContent = "We print since 1998.";
  view.replaceChildren(next);
}

document.querySelector("nav").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
addEventListener("popstate", show);
show();

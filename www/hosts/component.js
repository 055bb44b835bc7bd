// A component of the shop that has a calculator inside its own shadow root.

customElements.define("shop-card", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const calculator = document.createElement("tirage-calculator");
    calculator.setAttribute("product", this.getAttribute("product"));
    root.append(calculator);
  }
});

// What such a page has in it today.

window.onCompleteLoadPxpCalc = (calc) => {
  if (calc !== window.pxpCalculators[0]) return;
  const { totalPriceFormatted } = calc.totalPriceCalculator;
  const output = document.querySelector("output");
  const show = () => (output.textContent = totalPriceFormatted());
  totalPriceFormatted.subscribe(show);
  show();
};

const container = document.getElementById("integratedCalculator");
new window.PxpCalcManager(container, { materialType: "business-cards" });
window.tirageShortcodes();

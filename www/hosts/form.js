// Shows what the form would send.

document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const data = Object.fromEntries(new FormData(event.target));
  document.querySelector("output").textContent = JSON.stringify(data);
});

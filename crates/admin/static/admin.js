// Loads and starts the administrator's pages. A file of its own, because the pages' content
// security policy allows no scripts in HTML.

try {
  const { default: start } = await import("./tirage_admin.js");
  await start({ module_or_path: new URL("./tirage_admin_bg.wasm", import.meta.url) });
} catch (error) {
  // `start` replaces these elements; they are still there when it could not.
  document.getElementById("waiting")?.remove();
  document.getElementById("broken")?.removeAttribute("hidden");
  throw error;
}

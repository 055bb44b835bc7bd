// How Chromium is started, wherever it is.

export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Whether the suites run in Firefox. */
export const FIREFOX = process.env.BROWSER === "firefox";

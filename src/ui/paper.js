// Days and paper: what the cart and its offer need of the browser.

/** The day of an instant as the buyer's calendar has it, such as 2026-12-01. */
function iso(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The day so many days from now. */
export function day(ahead) {
  const date = new Date();
  date.setDate(date.getDate() + ahead);
  return iso(date);
}

/** A day in words. At noon, so that no time zone makes it another one. */
export function dayInWords(locale, text) {
  const date = new Date(`${text}T12:00:00`);
  return isNaN(date) ? text : date.toLocaleDateString(locale, { dateStyle: "long" });
}

/** A day in words, with that of the week. */
export function weekday(locale, text) {
  const format = { weekday: "short", day: "numeric", month: "long" };
  return new Date(`${text}T12:00:00`).toLocaleDateString(locale, format);
}

export function printPage() {
  print();
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// What a script does to a page: says what is going on, shows faults where they were typed, offers a way out.

/** A line that says what is being done, read aloud by those who listen; made once, under the form's button. */
export function sayIn(form, words) {
  let line = form.querySelector("[role=status]");
  if (!line) {
    line = made("p", { className: "quiet" });
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.textContent = words;
}

/** Nothing can be pressed twice while something is being done. */
export async function busily(form, work) {
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => (button.disabled = true));
  try {
    return await work();
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

/** Show faults beside their controls and in a summary on top, as the Gate's own pages do. */
export function showFaults(form, faults, words) {
  form.querySelectorAll(".error-summary, .field-error").forEach((shown) => shown.remove());
  form.querySelectorAll(".field-wrong").forEach((field) => field.classList.remove("field-wrong"));
  const names = Object.keys(faults);
  if (names.length === 0) return;
  const list = made("ul");
  for (const name of names) list.append(showFault(form, name, faults[name], words));
  const summary = made("div", { className: "notice error-summary", tabIndex: -1 }, made("h2", {}, words.again), list);
  summary.setAttribute("role", "alert");
  form.prepend(summary);
  // A summary that is taller than the window would be shown from its end.
  summary.focus({ preventScroll: true });
  summary.scrollIntoView();
}

/** A notice above the form, with further nodes under its words. */
export function showNotice(form, words, ...more) {
  form.parentElement.querySelectorAll("[data-notice]").forEach((shown) => shown.remove());
  const notice = made("div", { className: "notice notice-warning" }, made("p", {}, words), ...more);
  notice.dataset.notice = "";
  notice.setAttribute("role", "alert");
  form.before(notice);
}

/** An element with properties and children. Text stays text, whatever it holds. */
export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function showFault(form, name, fault, words) {
  const control = controlOf(form, name);
  const field = control?.closest(".field");
  const told = fault.inWords(words.faults);
  const label = field?.querySelector(".field-label")?.firstChild?.textContent.trim() ?? "";
  if (field) {
    field.classList.add("field-wrong");
    field.querySelector(".field-label").after(made("div", { className: "field-error" }, made("p", {}, told)));
  }
  const link = made("a", { href: `#${control?.id ?? ""}` }, label);
  return made("li", {}, link, ` · ${told}`);
}

/** The control of this name, or the first of those that belong to its question. */
function controlOf(form, name) {
  const controls = [...form.elements];
  return controls.find((one) => one.name === name) ?? controls.find((one) => one.name.startsWith(`${name}.`));
}

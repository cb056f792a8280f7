// SPDX-License-Identifier: AGPL-3.0-or-later
// The same page in another language: only its words are fetched, and what is typed never leaves the browser for it.

import { changeRows } from "./entries.js";

/** Whether this button changes the language of a form. */
export function isOfLanguage(button) {
  return button?.name === "rows" && button.value.startsWith("language ");
}

/** Show the page in the language of `button`, with what is typed in `form`. Throws when the Gate has no such page now. */
export async function speak(form, button, begin) {
  const here = encodeURIComponent(location.pathname + location.search);
  const answer = await fetch(`/language/${button.value.split(" ")[1]}/?next=${here}`);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !other.getElementById(form.id)) throw new Error("no such page");
  const words = other.querySelector("script[data-worker]").dataset;
  document.documentElement.lang = other.documentElement.lang;
  document.title = other.title;
  document.body.replaceWith(document.adoptNode(other.body));
  begin(words);
  moveInto(document.getElementById(form.id), form);
}

/** Write into `form` what is typed in `typed`: the same questions, so control by control, in the order of the page. */
function moveInto(form, typed) {
  for (const list of typed.querySelectorAll("[data-entries]")) growTo(form, list.dataset.entries, list.children.length);
  const controls = controlsIn(form);
  controlsIn(typed).forEach((from, place) => {
    controls[place].value = from.value;
    controls[place].checked = from.checked;
  });
}

function growTo(form, name, size) {
  const list = form.querySelector(`[data-entries="${name}"]`);
  while (list.children.length > size) list.lastElementChild.remove();
  while (list.children.length < size) changeRows(form, { value: `add ${name}` });
}

/** What a person fills in: neither buttons nor tokens. */
function controlsIn(form) {
  return [...form.elements].filter((one) => one.matches("input:not([type=hidden]), select, textarea"));
}

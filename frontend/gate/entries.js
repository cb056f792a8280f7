// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists that grow and shrink in the page: what the buttons of a list do, without sending what is written in it.

// Stands for the number of an entry in the blank one that a page brings.
const COPIED = "0000";

/** Whether this button belongs to a list, and is not the one that sends the form. */
export function isOfList(button) {
  return button?.name === "rows";
}

/** Do what the button says: `add name`, or `remove name.3`. Order is made when the form is sealed. */
export function changeRows(form, button) {
  const [verb, name] = button.value.split(" ");
  if (verb === "remove") button.closest("fieldset.entry").remove();
  else if (verb === "add") addRow(form, name);
}

/** Take away the buttons that need the server: entries are put in order when they are sealed. */
export function tidyLists(form) {
  form.querySelectorAll('button[name="rows"][value^="order "]').forEach((button) => button.remove());
}

function addRow(form, name) {
  const entries = form.querySelector(`[data-entries="${name}"]`);
  const numbers = [...entries.querySelectorAll("[name]")].map((one) => Number(one.name.split(".")[1]));
  const number = Math.max(-1, ...numbers.filter(Number.isInteger)) + 1;
  const copy = form.querySelector(`template[data-entry="${name}"]`).content.cloneNode(true);
  for (const element of copy.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll(`${name}.${COPIED}`, `${name}.${number}`);
    }
  }
  copy.querySelector("legend").append(` ${entries.children.length + 1}`);
  entries.append(copy);
  entries.lastElementChild.querySelector("input, select, textarea").focus();
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// Draws the questions of a section where no server does it: the controls and names that the Gate's own pages have.

import { asked } from "./judging.js";
import { made } from "./pages.js";
import { gather } from "./typed.js";

/** A section with its questions, and who reads those that are sealed apart. A file does not fit into a parcel. */
export function drawn(section, words) {
  const title = made("h2", {}, section.title);
  const questions = section.questions.filter(({ type }) => type !== "file");
  const fields = questions.map((question) => field(question, words, `${section.section}/${question.id}`, question.id));
  const apart = questions.filter(({ compartment }) => compartment && compartment !== section.compartment);
  const intros = [section.intro, ...apart.map((question) => readersOf(question, words))];
  const part = made("section", {}, title, ...intros.map((text) => made("p", { className: "quiet" }, text)), ...fields);
  part.dataset.section = section.section;
  showAsked(part, questions, fields, "");
  return part;
}

/** What stands in the controls of a drawn section: a Map of lists of words, as a form's data would be. */
export function controlsIn(part) {
  const controls = new Map();
  for (const one of part.querySelectorAll("input, textarea, select")) {
    const ticking = one.type === "radio" || one.type === "checkbox";
    if (!ticking || one.checked) controls.set(one.dataset.name, [...(controls.get(one.dataset.name) ?? []), one.value]);
  }
  return controls;
}

function readersOf({ label, readers }, words) {
  return words.apart.replace("%(label)s", () => label).replace("%(readers)s", () => readers.join(", "));
}

/** Hide the questions that are not asked, whenever something in `box` was changed. */
function showAsked(box, questions, fields, prefix) {
  const show = () => {
    const shown = asked(questions, gather(questions, controlsIn(box), prefix));
    questions.forEach((question, at) => (fields[at].hidden = !shown.includes(question)));
  };
  box.addEventListener("input", show);
  show();
}

function field(question, words, id, name) {
  if (question.group) return list(question, words, id, name);
  const optional = question.required ? "" : made("span", { className: "field-optional" }, ` ${words.optional}`);
  const hint = made("div", { className: "field-hint" }, question.hint);
  if (question.choices.length > 0 && question.parts.length === 0) {
    const legend = made("legend", { className: "field-label" }, question.label, optional);
    return made("fieldset", { className: "field" }, legend, choices(question, id, name), hint);
  }
  if (question.parts.length > 0) {
    const legend = made("legend", { className: "field-label" }, question.label, optional);
    const parts = question.parts.map((part) => partOf(part, `${id}.${part.name}`, `${name}.${part.name}`));
    return made("fieldset", { className: "field" }, legend, ...parts, hint);
  }
  const label = made("label", { className: "field-label", htmlFor: id }, question.label, optional);
  const long = question.type === "long_text";
  const control = named(made(long ? "textarea" : "input", { id, className: "control", autocomplete: "off" }), name);
  if (long) control.rows = 8;
  return made("div", { className: "field" }, label, control, hint);
}

/** A list that grows and shrinks: order is made when it is sealed. */
function list({ label, hint, required, group }, words, id, name) {
  const optional = required ? "" : made("span", { className: "field-optional" }, ` ${words.optional}`);
  const entries = made("div");
  const more = made("button", { type: "button", className: "button button-small button-secondary" }, words.more);
  const add = () => {
    const number = Number(entries.lastElementChild?.dataset.entry ?? -1) + 1;
    entries.append(entry(group, words, number, `${id}.${number}`, `${name}.${number}`));
  };
  const limit = () => (more.disabled = entries.children.length >= group.most);
  more.addEventListener("click", () => {
    add();
    entries.lastElementChild.querySelector("input, select, textarea").focus();
  });
  new MutationObserver(limit).observe(entries, { childList: true });
  add();
  const legend = made("legend", { className: "field-label" }, label, optional);
  const told = made("div", { className: "field-hint" }, hint);
  return named(made("fieldset", { className: "field" }, legend, told, entries, made("div", { className: "buttons" }, more)), name);
}

function entry(group, words, number, id, name) {
  const { entry: title, questions } = group;
  const fields = questions.map((question) => field(question, words, `${id}.${question.id}`, `${name}.${question.id}`));
  const gone = made("button", { type: "button", className: "button button-small button-secondary" }, words.remove.replace("%(entry)s", () => title));
  const box = made("fieldset", { className: "entry" }, made("legend", {}, title), ...fields, gone);
  box.dataset.entry = number;
  gone.addEventListener("click", () => box.remove());
  showAsked(box, questions, fields, `${name}.`);
  return box;
}

function choices(question, id, name) {
  const type = question.type === "several" ? "checkbox" : "radio";
  const lines = question.choices.map(({ id: value, title }) => {
    const control = named(made("input", { type, id: `${id}/${value}`, name: id, value }), name);
    const label = made("label", { className: "choice", htmlFor: control.id }, control, " ");
    label.append(made("span", { className: "choice-label" }, title));
    return made("li", {}, label);
  });
  return made("ul", { className: "choices" }, ...lines);
}

function partOf(part, id, name) {
  if (part.kind === "tick") {
    const control = named(made("input", { type: "checkbox", id, value: "on" }), name);
    return made("label", { className: "choice", htmlFor: id }, control, " ", part.label);
  }
  const label = made("label", { htmlFor: id }, part.label);
  const control = part.kind === "choice" ? made("select", { id, className: "control" }, made("option", { value: "" })) : made("input", { id, className: "control" });
  if (part.kind === "choice") control.append(...part.choices.map((one) => made("option", { value: one.id }, one.title)));
  return made("div", {}, label, named(control, name));
}

/** The name by which answers are judged; the element's own must be unique in the whole file. */
function named(control, name) {
  control.dataset.name = name;
  return control;
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The offline kit: asks what the Gate asks, makes the receipt, seals, and shows text to be carried to the Gate.
// It is opened from a disk, speaks with nobody, and its own policy forbids it to try.

import { answersTo } from "../gate/answers.js";
import { controlsIn, drawn } from "../gate/kit_draw.js";
import { made } from "../gate/pages.js";
import { parcelOf } from "../gate/parcel_text.js";
import { newReceipt } from "../gate/receipt.js";
import { digitsIn, groupsOf } from "../gate/typed_receipt.js";

const kit = JSON.parse(document.getElementById("kit").textContent);
const main = document.querySelector("main");

function ask(language) {
  const { sections, words } = kit.languages[language];
  document.documentElement.lang = language;
  const parts = sections.map((section) => drawn(section, words));
  const go = made("button", { type: "button", className: "button" }, words.seal);
  go.addEventListener("click", () => judge(language, sections, parts));
  main.replaceChildren(made("h1", {}, words.title), made("p", { className: "lead" }, words.lead), ...parts, go);
}

/** Show what is wrong, or go on to the receipt. A section of which nothing is needed or written is left out. */
function judge(language, sections, parts) {
  const { words } = kit.languages[language];
  main.querySelectorAll(".field-error").forEach((shown) => shown.remove());
  const filled = sections.map((section, at) => ({ section, controls: controlsIn(parts[at]), part: parts[at] }));
  const wrong = filled.flatMap(({ section, controls, part }) => showFaults(part, answersTo(section, controls).faults, words));
  if (wrong.length > 0) wrong[0].scrollIntoView();
  else receipt(language, filled.filter(isAnswered));
}

function isAnswered({ section, controls }) {
  const needed = section.questions.some((question) => question.required && !question.show_if);
  return needed || [...controls.values()].some((values) => values.some((value) => value.trim()));
}

function showFaults(part, faults, words) {
  return Object.entries(faults).map(([name, fault]) => {
    const controls = [...part.querySelectorAll("[data-name]")];
    const control = controls.find(({ dataset }) => dataset.name === name || dataset.name.startsWith(`${name}.`));
    const told = made("div", { className: "field-error" }, made("p", {}, fault.inWords(words.faults)));
    control.closest(".field").querySelector(".field-label").after(told);
    return control.closest(".field");
  });
}

/** The digits, until all of them were typed from the paper: here nobody could give them a second time. */
function receipt(language, filled) {
  const { words } = kit.languages[language];
  const digits = newReceipt();
  const list = made("ol", { className: "receipt" }, ...groupsOf(digits).map((group) => made("li", {}, group)));
  list.translate = false;
  const typed = made("input", { className: "control", id: "typed", inputMode: "numeric", autocomplete: "off" });
  const label = made("label", { className: "field-label", htmlFor: "typed" }, words.type_receipt);
  const go = made("button", { type: "button", className: "button" }, words.compare);
  go.addEventListener("click", () => {
    if (digitsIn(typed.value) === digits) seal(language, filled, digits);
    else label.replaceChildren(words.type_receipt, made("p", { className: "field-error" }, words.not_the_same));
  });
  main.replaceChildren(made("h1", {}, words.receipt_title), made("p", {}, words.receipt_lead), list, label, typed, go);
}

async function seal(language, filled, digits) {
  const { words } = kit.languages[language];
  const line = made("p", { className: "lead" });
  line.setAttribute("role", "status");
  main.replaceChildren(made("h1", {}, words.sealing), line);
  const progress = (done) => (line.textContent = `${Math.round(done * 100)} %`);
  const text = await parcelOf(kit, language, filled, digits, progress);
  const shown = made("textarea", { className: "control", readOnly: true, rows: 12, id: "parcel" }, text);
  const label = made("label", { className: "field-label", htmlFor: "parcel" }, words.parcel);
  const file = made("a", { className: "button", download: "notes.txt" }, words.save);
  file.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  main.replaceChildren(made("h1", {}, words.done_title), made("p", {}, words.done_lead), label, shown, file);
}

/** One button a language, and what the file says of itself. */
function start() {
  const buttons = Object.keys(kit.languages).map((language) => {
    const button = made("button", { type: "button", className: "button", lang: language }, kit.languages[language].name);
    button.addEventListener("click", () => ask(language));
    return button;
  });
  main.replaceChildren(made("h1", {}, kit.title), made("p", { className: "lead" }, kit.mark), made("div", { className: "buttons" }, ...buttons));
}

start();

// SPDX-License-Identifier: AGPL-3.0-or-later
// What came from a form, before it is judged: core/procedure/typed.py, said once more for the browser.

const MOST_ROWS = 200;
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const UNSEEN = /[\p{Cs}\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/gu;

/** All values of each control of a form, in the order of the page: a Map of lists of words. */
export function controlsOf(form) {
  const controls = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") controls.set(name, [...(controls.get(name) ?? []), value]);
  }
  return controls;
}

/** What `controls` say to each of `questions`; a question of which they say nothing is left out. */
export function gather(questions, controls, prefix = "") {
  const found = {};
  for (const question of questions) {
    const given = givenTo(question, controls, prefix + question.id);
    if (given !== undefined) found[question.id] = given;
  }
  return found;
}

/** Whether nothing at all was written, chosen or ticked. */
export function isBlank(given) {
  if (given === undefined || typeof given === "string") return !oneForm(given ?? "");
  return Object.values(given).every(isBlank);
}

/** Written words in one form: composed characters, plain line ends, no blank edges. */
export function oneForm(words) {
  return words.replace(LINE_END, "\n").replace(UNSEEN, "").normalize("NFC").trim();
}

function givenTo(question, controls, name) {
  if (question.group) {
    return rowsOf(name, controls).map((row) => gather(question.group.questions, controls, `${name}.${row}.`));
  }
  if (question.parts.length > 0) {
    const parts = question.parts.filter((part) => controls.get(`${name}.${part.name}`)?.length);
    return Object.fromEntries(parts.map((part) => [part.name, controls.get(`${name}.${part.name}`).at(-1)]));
  }
  const values = controls.get(name);
  return values === undefined || question.type === "several" || values.length !== 1 ? values : values[0];
}

/** The numbers of the entries that a list has in the form, in order. */
function rowsOf(name, controls) {
  const numbers = new Set();
  for (const control of controls.keys()) {
    const [head, number, ...rest] = control.slice(name.length).split(".");
    const inside = control.startsWith(`${name}.`) && head === "" && rest.length > 0;
    if (inside && /^[0-9]{1,3}$/.test(number) && Number(number) < MOST_ROWS) numbers.add(Number(number));
  }
  return [...numbers].sort((left, right) => left - right);
}

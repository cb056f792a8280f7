// SPDX-License-Identifier: AGPL-3.0-or-later
// Judges a section as it came from a form, as core/procedure/answers.py and judging.py do: docs/spec/questionnaire.md.
// The Desk judges again what it opens; this is so that the one who writes is told at once.

import { dateInOneForm, months, periodFrom } from "./dates.js";
import { Fault } from "./fault.js";
import { isBlank, oneForm } from "./typed.js";

const TICKED = "on";
const NEVER = 10 ** 6;
const CHOSEN = new Set(["choice", "several", "yes_no", "consent"]);
const MISSING = { several: "choose_some", period: "no_year" };
const judges = { text, long_text: text, date, period, place: compound, person: compound, document: compound };

/** The clean answers to `questions`, and a Fault for each bad one, by the control where it was typed. */
export function judgeAll(questions, given) {
  const answers = {};
  const faults = {};
  for (const question of asked(questions, given)) {
    if (question.type === "file") continue;
    const [answer, wrong] = question.group ? entries(question, given[question.id]) : one(question, given[question.id]);
    Object.assign(faults, wrong);
    if (!isEmpty(answer) && Object.keys(wrong).length === 0) answers[question.id] = answer;
  }
  return { answers, faults };
}

/** The questions whose conditions hold; one that hangs on a question which is not asked is not asked either. */
export function asked(questions, given) {
  const ticked = {};
  return questions.filter((question) => {
    if (!holds(question.show_if, ticked)) return false;
    ticked[question.id] = [given[question.id] ?? []].flat();
    return true;
  });
}

function holds(condition, ticked) {
  if (!condition) return true;
  const met = ({ question, answers }) => (ticked[question] ?? []).some((value) => answers.includes(value));
  return condition.all ? condition.all.every(met) : condition.any.some(met);
}

function one(question, given) {
  try {
    const answer = (judges[question.type] ?? choice)(question, given);
    if (question.required && isEmpty(answer)) {
      throw new Fault(MISSING[question.type] ?? (CHOSEN.has(question.type) ? "choose" : "write"));
    }
    return [answer, {}];
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return ["", { [question.id]: fault }];
  }
}

/** Each entry by itself; the blank ones are passed over, and the rest put in order of time. */
function entries(question, rows = []) {
  const clean = [];
  const faults = {};
  rows.forEach((row, number) => {
    if (isBlank(row)) return;
    const judged = judgeAll(question.group.questions, row);
    clean.push(judged.answers);
    for (const [name, fault] of Object.entries(judged.faults)) faults[`${question.id}.${number}.${name}`] = fault;
  });
  if (clean.length > question.group.most) faults[question.id] = new Fault("too_many", { most: question.group.most });
  if (clean.length === 0 && question.required) faults[question.id] = new Fault("no_entry");
  return [inOrder(question.group, clean.filter((entry) => !isEmpty(entry))), faults];
}

function inOrder(group, clean) {
  const keyed = clean.map((entry) => ({ entry, key: timeOf(entry[group.ordered_by]) }));
  return keyed.sort((left, right) => left.key[0] - right.key[0] || left.key[1] - right.key[1]).map(({ entry }) => entry);
}

function timeOf(period) {
  const [begun, ended] = (typeof period === "string" ? period.split("/") : []).map(months);
  return [(begun ?? ended)?.[0] ?? NEVER, (ended ?? begun)?.[1] ?? NEVER];
}

function choice(question, given) {
  const ticked = new Set([given ?? []].flat().filter(Boolean));
  const shown = question.choices.filter((one) => ticked.has(one.id));
  if (shown.length < ticked.size) throw new Fault("choose_shown");
  if (question.type === "several") {
    if (shown.length > 1 && shown.some((one) => one.alone)) throw new Fault("contradiction");
    return shown.map((one) => one.id);
  }
  if (shown.length > 1) throw new Fault("choose_one");
  return shown[0]?.id ?? "";
}

function text(question, given) {
  const words = written(given);
  tooLong(words, question.max_length);
  if (question.type === "text" && words.includes("\n")) throw new Fault("one_line");
  return words;
}

/** A date in its one spelling; with ~ when it is a guess. */
function date(question, given) {
  let words = given;
  if (typeof given === "object" && !Array.isArray(given)) {
    const parts = partsOf(question, given);
    words = (parts.date ?? "") + (parts.about === TICKED && !parts.date?.endsWith("~") ? "~" : "");
  }
  words = written(words);
  const guessed = question.about && words.endsWith("~");
  if (guessed) words = words.replace(/~+$/, "");
  return words ? dateInOneForm(words) + (guessed ? "~" : "") : "";
}

function period(question, given) {
  return periodFrom(partsOf(question, given ?? {}));
}

function compound(question, given) {
  const parts = partsOf(question, given ?? {});
  if (parts.expiry) parts.expiry = dateInOneForm(parts.expiry);
  return parts;
}

function partsOf(question, given) {
  const found = question.parts.map((part) => [part.name, partOf(question, part, given[part.name])]);
  return Object.fromEntries(found.filter(([, words]) => words));
}

function partOf(question, part, given) {
  const words = written(given);
  if (part.kind === "choice" && words && !part.choices.some((one) => one.id === words)) throw new Fault("choose_shown");
  if (part.kind === "tick" && words && words !== TICKED) throw new Fault("choose_shown");
  if (part.kind !== "words") return words;
  if (words.includes("\n")) throw new Fault("one_line");
  // The years of a period have a fault of their own when they are too long.
  if (question.type !== "period") tooLong(words, part.max_length);
  return words;
}

function written(given = "") {
  if (typeof given !== "string") throw new Fault("write_one");
  return oneForm(given);
}

/** Counted in characters, as the reader counts them, and not in the halves that JavaScript counts. */
function tooLong(words, most) {
  const length = [...words].length;
  if (length > most) throw new Fault("too_long", { length, most });
}

function isEmpty(answer) {
  return typeof answer === "string" ? answer === "" : Object.keys(answer).length === 0;
}

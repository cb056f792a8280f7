// SPDX-License-Identifier: AGPL-3.0-or-later
// The mailbox of somebody whose keys are in this tab: letters are opened, judged and shown here.

import { canonical } from "./canonical.js";
import { Fault } from "./fault.js";
import { busily, made, sayIn, showFaults } from "./pages.js";
import { handOver, handOverParts, partsOf } from "./section_page.js";
import { held } from "./tab.js";
import { ask, tell } from "./talk.js";

const STATUS = "status";
const LONGEST_LETTER = 10_000;
// Half a character, which a page can hold and canonical JSON cannot.
const HALF = /\p{Cs}/gu;

/** Fill in the page, or leave the notice which says that this tab has no key. */
export async function showMailbox(box, worker) {
  const post = await openPost(worker);
  if (!post) return;
  box.querySelector("[data-closed]").remove();
  const shown = box.querySelector("[data-shown]");
  const lay = (pattern, fields = {}) => shown.append(filled(box, pattern, fields));
  for (const day of post.forged) lay("forged", { day: dayInWords(day) });
  for (const id of post.asks) layAsked(lay, shown, post, id);
  if (post.standing) layStanding(shown, box, post);
  const letters = post.letters.filter((letter) => letter.kind !== STATUS);
  letters.forEach((letter) => layLetter(lay, shown, letter, post));
  if (letters.length === 0) lay("empty");
  // A frightened person writes to whoever seems to answer; not while somebody else does.
  box.querySelector("[data-answer]").hidden = post.letters.length === 0 || post.forged.length > 0;
  box.querySelector("[data-files]").pathname = `/files/${readersOf(post)}/`;
  const newest = post.letters[0]?.number ?? 0;
  if (newest > post.read) await tell("/browser/read/", { number: newest }, box.querySelector("form"));
}

/** Show a form that a genuine letter asks for, or a correction once one has come; else it does not exist. */
export async function showAsked(place, worker) {
  const post = await openPost(worker);
  const answered = post?.letters.length > 0 && post.forged.length === 0;
  const corrects = answered && "correction" in place.dataset;
  if (corrects || post?.asks.includes(place.dataset.asked)) place.hidden = false;
  else location.replace("/mailbox/");
}

/** Seal the answers to a section that was asked for, and send them. */
export async function sendAsked(form, plan, worker) {
  const parts = partsOf(form, plan);
  if (parts) await send(form, plan, () => handOverParts(form, worker, plan, parts));
}

/** Seal a letter to those who work on the stage that the newest letter tells, and send it. */
export async function sendAnswer(form, plan, worker) {
  const text = form.elements.text.value;
  const fault = answerFault(text);
  showFaults(form, fault ? { text: fault } : {}, plan.words);
  if (fault) return;
  const post = await openPost(worker);
  const compartment = readersOf(post);
  const reply_to = post.letters.find((letter) => letter.needs_answer)?.number ?? 0;
  const language = document.documentElement.lang;
  const payload = new TextEncoder().encode(canonical({ text: text.replace(HALF, ""), language, reply_to }));
  const answers = post.letters[0].number;
  await send(form, plan, () => handOver(form, worker, { kind: "answer", compartment }, payload), { answers });
}

/** The compartment in which the Desk reads a letter now: that of the stage which the newest letter tells. */
function readersOf({ way: { stages, first }, letters }) {
  return (stages[letters[0]?.stage] ?? stages[first]).replies_to;
}

/** Have something handed over, of which any entry names all that belongs to it, and send it with `more` to the Desk. */
async function send(form, plan, handing, more = {}) {
  await busily(form, async () => {
    sayIn(form, plan.words.sealing);
    const { uid } = await handing();
    await tell("/browser/post/", { ...more, uid }, form);
    location.assign("/mailbox/");
  });
}

/** What arrived, opened; nothing when the keys are not in this tab. */
export async function openPost(worker) {
  const told = await ask("/browser/letters/");
  const found = await held(told.lock);
  if (!found?.identity) return undefined;
  const { desk, letters } = told;
  const read = await worker.ask("open", { identity: found.identity, letters, desk });
  const genuine = read.flatMap(({ letter }) => letter ?? []).sort((left, right) => right.number - left.number);
  const forged = read.filter(({ letter }) => !letter).map(({ day }) => day);
  const standing = genuine.find(({ stage }) => stage in told.way.stages)?.stage;
  // Nothing is asked while there is a forgery: then somebody sits between the applicant and the Desk.
  const asks = forged.length > 0 ? [] : (genuine[0]?.asks ?? []).filter((id) => id in told.way.later);
  return { ...told, letters: genuine, forged, standing, asks };
}

/** A link that keeps an enclosed file. As plain bytes: no page of ours shows what is in it. */
function linkTo({ name, content }) {
  const link = made("a", { download: name }, name);
  link.href = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  return link;
}

function layAsked(lay, shown, post, id) {
  const received = post.letters[0].received.includes(id);
  lay(post.waiting.includes(id) ? "waiting" : received ? "here" : "open", { title: post.way.later[id] });
  shown.lastElementChild.querySelector("a").href = `/mailbox/asked/${id}/`;
}

function layLetter(lay, shown, letter, { read, answered }) {
  lay("letter", { subject: letter.subject, text: letter.text, day: dayInWords(letter.day) });
  shown.lastElementChild.lang = letter.language;
  for (const file of letter.files) shown.lastElementChild.append(made("p", {}, linkTo(file)));
  const waits = letter.needs_answer && letter.number > answered;
  if (!waits) shown.lastElementChild.querySelector("[data-needs-answer]").remove();
  if (letter.number <= read) shown.lastElementChild.querySelector("[data-new]").remove();
}

/** The straight way with the present stage on it; a stage beside the way stands alone. */
function layStanding(shown, box, post) {
  const { straight, stages } = post.way;
  const way = straight.includes(post.standing) ? straight : [post.standing];
  const at = way.indexOf(post.standing);
  shown.append(filled(box, "standing"));
  shown.lastElementChild.append(...way.map((id, number) => stageOf(post, stages[id], number - at)));
}

function stageOf(post, stage, distance) {
  if (distance > 0) return made("li", { className: "stage" }, stage.title);
  if (distance < 0) {
    const done = made("span", { className: "unseen" }, ` (${post.words.done})`);
    return made("li", { className: "stage stage-done" }, stage.title, done);
  }
  const note = made("span", { className: "stage-note" }, [dueOf(post, stage), stage.hint].filter(Boolean).join(" · "));
  const here = made("li", { className: "stage stage-here" }, `${post.words.here.replace("%", stage.title)} `, note);
  here.setAttribute("aria-current", "step");
  return here;
}

/** Until when: the days of the stage, from the first of the newest letters that all name it. */
function dueOf(post, stage) {
  if (stage.days === null) return "";
  let since = post.letters[0].day;
  for (const letter of post.letters) {
    if (letter.stage !== post.standing) break;
    since = letter.day;
  }
  const due = new Date(`${since}T12:00Z`);
  due.setUTCDate(due.getUTCDate() + stage.days);
  return post.words.until.replace("%", dayInWords(due.toISOString().slice(0, 10)));
}

function answerFault(text) {
  const length = [...text].length;
  if (!text.trim()) return new Fault("write");
  return length > LONGEST_LETTER ? new Fault("too_long", { length, most: LONGEST_LETTER }) : undefined;
}

/** A copy of a pattern of the page, with words put in as text, whatever they hold. */
function filled(box, pattern, fields = {}) {
  const copy = box.querySelector(`template[data-${pattern}]`).content.cloneNode(true);
  for (const place of copy.querySelectorAll("[data-fill]")) place.textContent = fields[place.dataset.fill];
  return copy;
}

export function dayInWords(day) {
  // As the pages say it: 23 Nov 2026, 23 ноября 2026; not in the order of the United States, nor with "г.".
  const { lang } = document.documentElement;
  const shape = { day: "numeric", month: lang === "en" ? "short" : "long", year: "numeric", timeZone: "UTC" };
  const parts = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, shape).formatToParts(new Date(`${day}T00:00Z`));
  return ["day", "month", "year"].map((name) => parts.find(({ type }) => type === name).value).join(" ");
}

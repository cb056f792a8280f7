// SPDX-License-Identifier: AGPL-3.0-or-later
// The owner's own affairs where the keys are in this tab: who opened the application, and a second receipt.

import { dayInWords, openPost } from "./mailbox_page.js";
import { busily, made } from "./pages.js";
import { progressIn } from "./receipt_pages.js";
import { tell } from "./talk.js";
import { groupsOf } from "./typed_receipt.js";

/** How often the application was opened and what for, as the newest letter tells it. */
export async function showLog(place, worker) {
  const post = await openPost(worker);
  if (!post) return;
  place.querySelector("[data-closed]").remove();
  const lines = (post.letters[0]?.opened ?? []).map((one) => lineOf(one, post.log));
  place.append(patternIn(place, lines.length > 0 ? "log" : "none"));
  place.querySelector("ul")?.append(...lines);
}

function lineOf({ compartment, purpose, times, last }, { compartments, purposes, told }) {
  const title = made("strong", {}, compartments[compartment] ?? compartment);
  const words = made("span", {}, title, `, ${purposes[purpose] ?? purposes["case-work"]}`);
  const often = told.replace("%(times)s", times).replace("%(day)s", dayInWords(last));
  return made("li", { className: "task" }, words, made("p", { className: "task-hint" }, often));
}

/** Make a second receipt here, and show its digits in the place of the form: no server sees them, no page keeps them. */
export async function makeSecond(form, plan, worker) {
  await busily(form, async () => {
    const { organisation } = plan;
    const { digits, ...shown } = await worker.ask("second", { organisation }, progressIn(form, plan.words));
    const ticket = form.elements.ticket.value;
    await tell("/browser/second/", { ...shown, ticket, warn: form.elements.warn.checked }, form);
    const page = patternIn(document, "made");
    page.querySelector(".receipt").append(...groupsOf(digits).map((group) => made("li", {}, group)));
    document.querySelector("main").replaceChildren(page);
    const heading = document.querySelector("main h1");
    heading.tabIndex = -1;
    heading.focus();
  });
}

function patternIn(place, name) {
  return place.querySelector(`template[data-${name}]`).content.cloneNode(true);
}

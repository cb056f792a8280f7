// SPDX-License-Identifier: AGPL-3.0-or-later
// The script of the Gate's pages where something is typed or read. Without it each page works as it stands: what is
// written is then sealed on arrival. A form says with `data-seal` what is to be done with it here.

import { changeRows, isOfList, tidyLists } from "../gate/entries.js";
import { isOfLanguage, speak } from "../gate/languages.js";
import { sendAnswer, sendAsked, showAsked, showMailbox } from "../gate/mailbox_page.js";
import { makeSecond, showLog } from "../gate/own_affairs.js";
import { made, showNotice } from "../gate/pages.js";
import { checkReceipt, forgetWhenLeaving, makeContact, showReceipt, signIn } from "../gate/receipt_pages.js";
import { sealSection } from "../gate/section_page.js";
import { isAble } from "../gate/tab.js";
import { ask, Refusal } from "../gate/talk.js";
import { WorkerClient } from "../gate/worker_client.js";

let words = document.currentScript.dataset;
const worker = new WorkerClient(words.worker);
const acts = {
  contact: makeContact,
  section: sealSection,
  "sign-in": signIn,
  check: checkReceipt,
  answer: sendAnswer,
  asked: sendAsked,
  second: makeSecond,
};

// Who may read these, or whether they are asked for, is told by letters that only this tab can open.
const HERE_ALONE = new Set(["answer", "asked", "check"]);

/** Take the form over. From then on nothing of it is sent as it was typed, unless the writer says so. */
function takeOver(form) {
  const act = acts[form.dataset.seal];
  const onSubmit = async (event) => {
    event.preventDefault();
    if (isOfLanguage(event.submitter)) {
      await speak(form, event.submitter, begin).catch(() => showNotice(form, words.failed));
      return;
    }
    if (isOfList(event.submitter)) {
      changeRows(form, event.submitter);
      return;
    }
    try {
      await act(form, await ask(form.dataset.plan), worker);
    } catch (error) {
      offerArrival(form, error, onSubmit);
    }
  };
  tidyLists(form);
  form.addEventListener("submit", onSubmit);
}

/** What cannot be sealed here may still be sealed on arrival: told plainly, and never done unasked. */
function offerArrival(form, error, onSubmit) {
  const { failed, arrival } = words;
  if (error instanceof Refusal && error.message) {
    showNotice(form, error.message);
    return;
  }
  if (HERE_ALONE.has(form.dataset.seal)) {
    showNotice(form, failed);
    return;
  }
  const button = made("button", { type: "button", className: "button button-secondary" }, arrival);
  button.addEventListener("click", () => {
    form.removeEventListener("submit", onSubmit);
    form.requestSubmit();
  });
  showNotice(form, failed, button);
}

/** Say how what is written here is sealed: in the place of what the page says of it, or before its link. */
function sayLevel(level, words) {
  if (level.firstChild.nodeType === Node.TEXT_NODE) level.firstChild.textContent = words;
  else level.prepend(words);
}

/** Take over the page as it stands, with the words that it brings for the script. */
function begin(itsWords) {
  words = itsWords;
  forgetWhenLeaving();
  const forms = [...document.querySelectorAll("form[data-seal]")];
  forms.forEach(takeOver);
  const digits = document.querySelector("[data-receipt]");
  const level = document.querySelector("[data-level]");
  if (forms.length > 0 || digits) sayLevel(level, `${words.sealedHere} `);
  if (digits) showReceipt(digits);
  const mailbox = document.querySelector("[data-mailbox]");
  if (mailbox) showMailbox(mailbox, worker);
  const asked = document.querySelector("[data-asked]");
  if (asked) showAsked(asked, worker);
  const log = document.querySelector("[data-own-log]");
  if (log) showLog(log, worker);
}

if (isAble()) begin(words);

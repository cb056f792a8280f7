// SPDX-License-Identifier: AGPL-3.0-or-later
// From the first contact to the receipt, and back with it: nothing that the receipt opens leaves this browser.

import { toBase64 } from "./base64.js";
import { Fault } from "./fault.js";
import { busily, made, sayIn, showFaults } from "./pages.js";
import { partsOf } from "./section_page.js";
import { forget, held, keep } from "./tab.js";
import { ask, tell } from "./talk.js";
import { digitsIn, groupsOf, readReceipt } from "./typed_receipt.js";

/** The first contact: makes a receipt, seals the answers, and opens a mailbox for both. */
export async function makeContact(form, plan, worker) {
  const parts = partsOf(form, plan);
  if (!parts) return;
  await busily(form, async () => {
    const { organisation, recipients } = plan;
    // The first contact has one part: see docs/spec/questionnaire.md.
    const told = { organisation, recipients, ...parts[0] };
    const made = await worker.ask("begin", told, progressIn(form, plan.words));
    const { locator, login, recipient, sealed } = made;
    const ticket = form.elements.ticket.value;
    const given = { ticket, locator, login, recipient, sealed: toBase64(sealed) };
    const { lock } = await tell("/browser/begin/", given, form);
    await keep(made.held, lock);
    location.assign(plan.next);
  });
}

/** The receipt that was typed: its keys are derived here, and the Gate is shown the one that proves it. */
export async function signIn(form, plan, worker) {
  const { digits, fault, given } = readReceipt(form.elements.receipt.value);
  showFaults(form, fault ? { receipt: new Fault(`receipt_${fault}`, { wanted: 30, given }) } : {}, plan.words);
  if (!digits) return;
  await busily(form, async () => {
    const keys = await worker.ask("derive", { digits, organisation: plan.organisation }, progressIn(form, plan.words));
    const told = { ticket: form.elements.ticket.value, locator: keys.locator, login: keys.login };
    const { lock } = await tell("/browser/sign-in/", told, form);
    await keep(keys.held, lock);
    const withdrawing = new URLSearchParams(location.search).get("for") === "withdraw";
    location.assign(withdrawing ? "/withdraw/" : "/mailbox/");
  });
}

/** Fill in the digits on the page that shows them. */
export async function showReceipt(list) {
  const { lock } = await ask("/browser/lock/");
  const found = await held(lock);
  if (!found?.digits) return;
  list.replaceChildren(...groupsOf(found.digits).map((group) => made("li", {}, group)));
  document.querySelectorAll("[data-lost]").forEach((notice) => notice.remove());
}

/** Compare two groups from the paper with the receipt; when they are right, the receipt is forgotten here too. */
export async function checkReceipt(form, plan) {
  const { lock } = await ask("/browser/lock/");
  const found = await held(lock);
  const faults = {};
  for (const control of form.querySelectorAll("[name^=group_]")) {
    const group = groupsOf(found?.digits ?? "".padEnd(30))[Number(control.name.at(-1)) - 1];
    if (digitsIn(control.value) !== group) faults[control.name] = new Fault("group");
  }
  showFaults(form, faults, plan.words);
  if (Object.keys(faults).length > 0) return;
  await tell("/browser/written/", {}, form);
  await keep({ identity: found.identity }, lock);
  location.assign(plan.next);
}

/** Whoever leaves, leaves nothing in this tab. */
export function forgetWhenLeaving() {
  for (const form of document.querySelectorAll('form[action="/leave/"]')) form.addEventListener("submit", forget);
}

/** Says in `form` how far the derivation of keys is. */
export function progressIn(form, words) {
  return (done) => sayIn(form, words.deriving.replace("%", `${Math.round(done * 100)} %`));
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// A page of questions: what is written is judged and sealed here, and only then handed over.

import { answersTo } from "./answers.js";
import { busily, sayIn, showFaults } from "./pages.js";
import { put, tell } from "./talk.js";
import { controlsOf } from "./typed.js";

/** The parts to seal of what `form` says to `plan.section`; nothing when it has faults, which are then shown. */
export function partsOf(form, plan) {
  const { faults, parts } = answersTo(plan.section, controlsOf(form));
  showFaults(form, faults, plan.words);
  return parts;
}

/**
 * Seal `payload` and hand it over; `what` is {kind, compartment}, with the revision of what it belongs to, if any.
 * The Gate names the readers, but not of what goes to `ownKey`. Returns the name and the revision that it has there.
 */
export async function handOver(form, worker, what, payload, ownKey) {
  const begun = await tell("/sealed/", what, form);
  const { uid, revision } = begun;
  const frame = { case: begun.case, compartment: begun.compartment, revision };
  const recipients = ownKey ? [ownKey] : begun.recipients;
  const { pieces, size } = await worker.ask("seal", { payload, recipients, frame });
  for (const [seq, piece] of pieces.entries()) await put(`/sealed/${uid}/${seq}/`, piece, form);
  await tell(`/sealed/${uid}/finish/`, { size, pieces: pieces.length }, form);
  return { uid, revision };
}

/** Seal the parts of a section, each to its readers, and hand them over. Returns what `handOver` does for the last. */
export async function handOverParts(form, worker, { section, custody }, parts) {
  const kind = `section:${section.section}`;
  if (custody) return handOverInCustody(form, worker, custody, kind, parts);
  let begun;
  for (const { compartment, payload } of parts) begun = await handOver(form, worker, { kind, compartment }, payload);
  return begun;
}

/** The parts, of which some go to fresh keys, then what each seat is handed of these; all as one revision. */
async function handOverInCustody(form, worker, custody, kind, parts) {
  const { recipients, handed } = await worker.ask("entrust", custody);
  const shares = custody.seats.map((compartment, place) => ({ compartment, payload: handed[place] }));
  let begun = {};
  for (const { compartment, payload } of [...parts, ...shares]) {
    const what = { kind, compartment, ...(begun.revision && { revision: begun.revision }) };
    begun = await handOver(form, worker, what, payload, recipients[compartment]);
  }
  return begun;
}

/** Seal the section that this form asks, and go on. */
export async function sealSection(form, plan, worker) {
  const parts = partsOf(form, plan);
  if (!parts) return;
  await busily(form, async () => {
    sayIn(form, plan.words.sealing);
    await handOverParts(form, worker, plan, parts);
    location.assign(plan.next);
  });
}

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

/** Seal `payload` and hand it over; `what` is {kind, compartment}. Returns the name that it has at the Gate. */
export async function handOver(form, worker, what, payload) {
  const begun = await tell("/sealed/", what, form);
  const frame = { case: begun.case, compartment: begun.compartment, revision: begun.revision };
  const { pieces, size } = await worker.ask("seal", { payload, recipients: begun.recipients, frame });
  for (const [seq, piece] of pieces.entries()) await put(`/sealed/${begun.uid}/${seq}/`, piece, form);
  await tell(`/sealed/${begun.uid}/finish/`, { size, pieces: pieces.length }, form);
  return begun.uid;
}

/** Seal the parts of a section, each to its readers, and hand them over. Returns the name of the last one. */
export async function handOverParts(form, worker, { section }, parts) {
  const kind = `section:${section.section}`;
  let uid;
  for (const { compartment, payload } of parts) uid = await handOver(form, worker, { kind, compartment }, payload);
  return uid;
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

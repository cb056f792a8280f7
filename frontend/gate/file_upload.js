// SPDX-License-Identifier: AGPL-3.0-or-later
// Sends a sealed file in pieces: goes on after a broken line, and after a reload when the same file is chosen again.

import { fromBase64, toBase64 } from "./base64.js";
import { held, keep } from "./tab.js";
import { ask, drop, put, Refusal, tell } from "./talk.js";

const PAUSES = [1, 2, 4, 8, 16];

export class Cancelled extends Error {}

/** The upload that was cut in this tab, if there is one; null when this visit keeps nothing in its tab. */
export async function cutUpload() {
  const tab = await openTab();
  return tab?.upload;
}

/**
 * Seal `file` into the place `what` ({kind, compartment}) and hand it over.
 *
 * `says` is told how far it is: `says("reading" | "sending" | "broken", done)`. `stop` is an AbortSignal.
 */
export async function upload({ file, name, what, form, worker, says, stop }) {
  const work = (await resumed({ file, name, what, worker, says })) ?? (await begun({ file, name, what, form, worker, says }));
  try {
    for (let number = work.from; number < work.pieces; number++) {
      says("sending", number / work.pieces);
      const piece = await worker.ask("piece", { number });
      await patiently(() => put(`/sealed/${work.uid}/${number}/`, piece, form), says, stop);
    }
    await patiently(() => tell(`/sealed/${work.uid}/finish/`, { size: work.size, pieces: work.pieces }, form), says, stop);
  } catch (error) {
    // Forgotten here before it is given up there: a page left in between does not speak of a file that is gone.
    if (error instanceof Cancelled || error instanceof Refusal) await remember(undefined);
    if (error instanceof Cancelled) await giveUp(work.uid, form);
    throw error;
  }
  await remember(undefined);
}

/** The upload that was cut, when this is its file and its place; otherwise it is given up by what begins anew. */
async function resumed({ file, name, what, worker, says }) {
  const cut = await cutUpload();
  if (!cut || cut.kind !== what.kind) return undefined;
  const kept = { fingerprint: cut.fingerprint, key: fromBase64(cut.key), header: fromBase64(cut.header) };
  const ready = await worker.ask("prepare", { file, name, frame: cut.frame, kept }, (done) => says("reading", done));
  const there = ready.same && (await ask(`/sealed/${cut.uid}/`).catch(() => undefined));
  return there ? { ...ready, uid: cut.uid, from: there.pieces } : undefined;
}

async function begun({ file, name, what, form, worker, says }) {
  const { uid, recipients, ...told } = await tell("/sealed/", what, form);
  const frame = { case: told.case, compartment: told.compartment, revision: told.revision };
  const ready = await worker.ask("prepare", { file, name, frame, recipients }, (done) => says("reading", done));
  const { key, header, fingerprint } = ready.made;
  await remember({ uid, kind: what.kind, frame, fingerprint, key: toBase64(key), header: toBase64(header) });
  return { ...ready, uid, from: 0 };
}

/** Try again while the line is broken, longer each time; a refusal is final, and so is the person's own wish. */
async function patiently(act, says, stop) {
  for (const pause of [...PAUSES, Infinity]) {
    if (stop.aborted) throw new Cancelled();
    try {
      return await act();
    } catch (error) {
      if (error instanceof Refusal || pause === Infinity) throw error;
      says("broken");
      await waited(pause, stop);
    }
  }
}

function waited(seconds, stop) {
  return new Promise((go) => {
    const timer = setTimeout(go, seconds * 1000);
    stop.addEventListener("abort", () => (clearTimeout(timer), go()), { once: true });
  });
}

function giveUp(uid, form) {
  return drop(`/sealed/${uid}/`, form).catch(() => undefined);
}

/** What this tab keeps, under the visit's lock; undefined for a visit that keeps nothing here. */
async function openTab() {
  const told = await ask("/browser/lock/").catch(() => undefined);
  const found = told && (await held(told.lock));
  return found && { ...found, lock: told.lock };
}

async function remember(record) {
  const tab = await openTab();
  if (!tab) return;
  const { lock, ...found } = tab;
  await keep({ ...found, upload: record }, lock);
}

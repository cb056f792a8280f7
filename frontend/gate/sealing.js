// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealing in the browser: a framed, padded age file for the recipients of the manifest, in pieces of one size.

import { Decrypter, Encrypter } from "age-encryption";

import { framed, joined } from "./frame.js";

/** What is sent at once: the size that the Gate's upload takes for a piece. */
export const PIECE = 1024 * 1024;
const BEGINNING = "age1pq1";

/**
 * Seal a stream, a piece at a time: an asynchronous generator of byte arrays of `piece` bytes, the last one shorter.
 *
 * `readable` is a ReadableStream of byte arrays (a file's `.stream()`), `recipients` are age1pq1 texts, and `frame`
 * is `{case, compartment, revision}`. Nothing is held but one piece: whoever reads slowly makes the source wait.
 * Each call draws a fresh key, so what was begun cannot be taken up again with other content: an upload that was
 * broken off goes on only within the call that sealed it, or from pieces that were kept.
 */
export async function* sealStream(readable, recipients, frame, { piece = PIECE } = {}) {
  const sealed = await encrypterFor(recipients).encrypt(readable.pipeThrough(framed(frame)));
  let held = new Uint8Array(piece);
  let used = 0;
  for await (const part of readerOf(sealed)) {
    for (let at = 0; at < part.length; ) {
      const taken = Math.min(piece - used, part.length - at);
      held.set(part.subarray(at, at + taken), used);
      used += taken;
      at += taken;
      if (used === piece) {
        yield held;
        held = new Uint8Array(piece);
        used = 0;
      }
    }
  }
  if (used > 0) yield held.subarray(0, used);
}

/** Seal a small payload: the whole age file as one byte array. */
export async function sealBytes(payload, recipients, frame) {
  const parts = [];
  for await (const part of sealStream(new Blob([payload]).stream(), recipients, frame)) parts.push(part);
  return joined(parts);
}

/** The text of an age file that was sealed to `identity` (AGE-SECRET-KEY-PQ-1…); no frame is expected. */
export async function openBytes(sealed, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed);
}

/** One recipient of an older type would make the whole seal worth no more than the older type. */
export function encrypterFor(recipients) {
  if (recipients.length === 0 || !recipients.every((recipient) => recipient.startsWith(BEGINNING))) {
    throw new TypeError("there is nobody to seal to");
  }
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter;
}

/** The parts of a stream. Not by `for await` on the stream itself, which some browsers do not know yet. */
async function* readerOf(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

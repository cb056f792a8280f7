// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters of the Desk, opened and judged where the receipt is: docs/spec/courier.md, the letter; trust/letter.py.

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";

import { canonical } from "./canonical.js";
import { joined, toHex } from "./frame.js";
import { openBytes } from "./sealing.js";
import { fromBase64 } from "./base64.js";

const LABEL = new TextEncoder().encode("watchword/letter/v1\0");

/** Each of `letters` ({day, sealed}) as {day, letter}; without `letter` when the Desk did not write it for this case. */
export async function readLetters(letters, identity, desk, caseUid) {
  return Promise.all(letters.map(async ({ day, sealed }) => ({ day, letter: await readLetter(sealed, identity, desk, caseUid) })));
}

async function readLetter(sealed, identity, desk, caseUid) {
  try {
    const plain = await openBytes(fromBase64(sealed), identity);
    const { letter, files, ed25519: classical, mldsa44: lasting } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
    const signed = joined([LABEL, new TextEncoder().encode(canonical(letter))]);
    // Both must hold: one for today, one for a reader who keeps the letter until quantum computers exist.
    const genuine =
      ed25519.verify(fromBase64(classical), signed, fromBase64(desk.ed25519), { zip215: false }) &&
      ml_dsa44.verify(fromBase64(lasting), signed, fromBase64(desk.mldsa44));
    return genuine && letter.case === caseUid ? { ...letter, files: enclosed(letter.files, files) } : undefined;
  } catch {
    return undefined;
  }
}

/** The files that a letter names, with the bytes that came beside it; an error when they are not just these. */
function enclosed(named, carried) {
  if (named.length !== carried.length) throw new RangeError("not the files that are named");
  return named.map(({ name, size, sha256: digest }, at) => {
    const content = fromBase64(carried[at]);
    if (content.length !== size || toHex(sha256(content)) !== digest) throw new RangeError("not the file that is named");
    return { name, content };
  });
}

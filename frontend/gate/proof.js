// SPDX-License-Identifier: AGPL-3.0-or-later
// Solves the task of the waiting page, an ALTCHA challenge: the first number whose key begins as it should.
// The browser's own PBKDF2 does the work, beside the page and at its full speed even where scripts are slow.

import { toBase64 } from "./base64.js";
import { fromHex, toHex } from "./frame.js";

// So many tries at a time keep the cores of a telephone busy.
const AT_ONCE = 4;

/** The solved `challenge` as the Gate takes it, or nothing once `signal` is aborted. `tried` is told of each try. */
export async function solved(challenge, signal, tried) {
  let next = 0;
  let solution;
  const work = async () => {
    while (!solution && !signal.aborted) {
      const counter = next++;
      const derivedKey = toHex(await keyOf(challenge.parameters, counter));
      if (derivedKey.startsWith(challenge.parameters.keyPrefix)) solution ??= { counter, derivedKey };
      tried(counter + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return solution && !signal.aborted ? toBase64(new TextEncoder().encode(JSON.stringify({ challenge, solution }))) : undefined;
}

/** How many tries it takes on average. */
export function usualTries({ keyPrefix }) {
  return 16 ** keyPrefix.length;
}

async function keyOf({ nonce, salt, cost, keyLength }, counter) {
  const password = new Uint8Array([...fromHex(nonce), 0, 0, 0, 0]);
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt), iterations: cost };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, keyLength * 8));
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// What this tab remembers between two pages: the mailbox's key, and the receipt until it is on paper.
// It lies in sessionStorage under a lock that the Gate holds for the visit: see docs/decisions/0011.

import { fromBase64, toBase64 } from "./base64.js";

const NAME = "held";
const NONCE = 12;

/** Whether this browser can do all that is needed here. */
export function isAble() {
  try {
    return Boolean(window.Worker && window.TransformStream && window.sessionStorage && crypto.subtle);
  } catch {
    // A browser that forbids storage throws when it is only asked for it.
    return false;
  }
}

/** Keep `held`, a plain object, under `lock` (base64). */
export async function keep(held, lock) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const plain = new TextEncoder().encode(JSON.stringify(held));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await keyOf(lock), plain);
  sessionStorage.setItem(NAME, toBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)])));
}

/** What was kept under this lock; nothing when this tab never had it, or had it in another visit. */
export async function held(lock) {
  try {
    const sealed = fromBase64(sessionStorage.getItem(NAME) ?? "");
    const given = { name: "AES-GCM", iv: sealed.subarray(0, NONCE) };
    const plain = await crypto.subtle.decrypt(given, await keyOf(lock), sealed.subarray(NONCE));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

export function forget() {
  sessionStorage.removeItem(NAME);
}

function keyOf(lock) {
  return crypto.subtle.importKey("raw", fromBase64(lock), "AES-GCM", false, ["encrypt", "decrypt"]);
}

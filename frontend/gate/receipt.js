// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt, made and read where the person is: docs/spec/receipt.md, sections 1 to 3.

import { argon2idAsync } from "@noble/hashes/argon2.js";
import { expand } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";

import { checkDigits } from "./check_digits.js";

const LOCATOR = 8;
const SECRET = 20;
const LABEL = "watchword/receipt/v1";
// Argon2id counts memory in KiB. Light on purpose: section 4 says why.
const COST = { t: 2, m: 8 * 1024, p: 1, dkLen: 32 };

/** Thirty fresh digits. */
export function newReceipt() {
  const body = randomDigits(LOCATOR + SECRET);
  return body + checkDigits(body);
}

/** The locator: the digits that find the mailbox and are not secret. */
export function locatorOf(digits) {
  return digits.slice(0, LOCATOR);
}

/** What a receipt stands for. `progress` is told how much of the slow derivation is done, from 0 to 1. */
export async function deriveKeys(digits, organisation, progress = () => {}) {
  const salt = sha256(utf8ToBytes(`${LABEL}\0${organisation}\0${locatorOf(digits)}`)).slice(0, 16);
  const secret = utf8ToBytes(digits.slice(LOCATOR, LOCATOR + SECRET));
  const root = await argon2idAsync(secret, salt, { ...COST, onProgress: progress });
  const login = expand(sha256, root, utf8ToBytes(`${LABEL}/login`), 32);
  const identity = identityOf(expand(sha256, root, utf8ToBytes(`${LABEL}/mailbox`), 32));
  return { login, loginHash: sha256(login), identity, recipient: await identityToRecipient(identity) };
}

/** The case of a mailbox: the beginning of a hash of the key that its letters are sealed to. */
export function caseOf(recipient) {
  return sha256(utf8ToBytes(`watchword/case/v1\0${recipient}`)).slice(0, 16);
}

/** The age identity of 32 uniformly random bytes. */
export function identityOf(seed) {
  return bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", seed).toUpperCase();
}

/** Each digit equally likely: bytes from 250 on are thrown away, or the digits 0 to 5 would come more often. */
function randomDigits(count) {
  let digits = "";
  while (digits.length < count) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < 250 && digits.length < count) digits += byte % 10;
    }
  }
  return digits;
}

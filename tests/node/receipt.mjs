// SPDX-License-Identifier: AGPL-3.0-or-later
// Derives the keys of receipts as docs/spec/receipt.md says, with nothing of ours: [{organisation, digits}] in.
import { argon2id } from "@noble/hashes/argon2.js";
import { expand } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { identityToRecipient } from "age-encryption";
import { bech32 } from "@scure/base";
import { text } from "node:stream/consumers";

const bytes = (string) => new TextEncoder().encode(string);
const toHex = (data) => Buffer.from(data).toString("hex");
const LABEL = "watchword/receipt/v1";

const answers = [];
for (const { organisation, digits } of JSON.parse(await text(process.stdin))) {
  const locator = digits.slice(0, 8);
  const salt = sha256(bytes(`${LABEL}\0${organisation}\0${locator}`)).slice(0, 16);
  const root = argon2id(bytes(digits.slice(8, 28)), salt, { t: 2, m: 8192, p: 1, dkLen: 32 });
  const login = expand(sha256, root, bytes(`${LABEL}/login`), 32);
  const seed = expand(sha256, root, bytes(`${LABEL}/mailbox`), 32);
  const mailbox = await identityToRecipient(bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", seed).toUpperCase());
  answers.push({ login: toHex(login), mailbox_seed: toHex(seed), mailbox, remainder: Number(BigInt(digits) % 97n) });
}
process.stdout.write(JSON.stringify(answers));

// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the modules of the Gate's pages, as they are, outside a browser: a list of requests in, answers out.
import { text } from "node:stream/consumers";

import { answersTo } from "./gate/answers.js";
import { entrust } from "./gate/custody.js";
import { framed, fromHex, paddedLength, toHex } from "./gate/frame.js";
import { readLetters } from "./gate/letters.js";
import { parcelOf } from "./gate/parcel_text.js";
import { caseOf, deriveKeys, newReceipt } from "./gate/receipt.js";
import { sealBytes, sealStream } from "./gate/sealing.js";
import { digitsIn, readReceipt } from "./gate/typed_receipt.js";

const controls = (pairs) => new Map(Object.entries(pairs));
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

async function all(stream) {
  const parts = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const acts = {
  async frame({ frame, payload }) {
    return toHex(await all(new Blob([fromHex(payload)]).stream().pipeThrough(framed(frame))));
  },
  padded: ({ lengths }) => lengths.map(paddedLength),
  read: ({ texts }) => texts.map((one) => readReceipt(one).digits ?? null),
  group: ({ texts }) => texts.map(digitsIn),
  fresh: ({ count }) => Array.from({ length: count }, newReceipt),
  async derive({ organisation, digits }) {
    const seen = [];
    const keys = await deriveKeys(digits, organisation, (done) => seen.push(done));
    const { identity, recipient } = keys;
    return { login: toHex(keys.login), login_hash: toHex(keys.loginHash), identity, recipient, case: toHex(caseOf(recipient)), seen };
  },
  judge({ section, forms }) {
    return forms.map((form) => {
      const { faults, parts } = answersTo(section, controls(form));
      const named = Object.entries(faults).map(([name, { fault, gaps }]) => [name, { fault, gaps }]);
      return { faults: Object.fromEntries(named), parts: parts?.map((part) => [part.compartment, base64(part.payload)]) ?? null };
    });
  },
  seal: async ({ payload, recipients, frame }) => base64(await sealBytes(fromHex(payload), recipients, frame)),
  async pieces({ size, recipients, frame, piece }) {
    const sizes = [];
    const source = new Blob([new Uint8Array(size)]).stream();
    for await (const part of sealStream(source, recipients, frame, { piece })) sizes.push(part.length);
    return sizes;
  },
  parcel({ kit, language, filled, digits }) {
    return parcelOf(kit, language, filled.map((one) => ({ ...one, controls: controls(one.controls) })), digits);
  },
  async entrust({ custody }) {
    const { recipients, handed } = await entrust(custody);
    return { recipients, handed: handed.map(base64) };
  },
  letters: ({ letters, identity, desk, caseUid }) => readLetters(letters, identity, desk, caseUid),
};

const answers = [];
for (const request of JSON.parse(await text(process.stdin))) answers.push((await acts[request.act](request)) ?? null);
process.stdout.write(JSON.stringify(answers));

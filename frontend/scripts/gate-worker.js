// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker of the Gate's pages: receipts, keys and seals are made here, away from what the page shows.

import { identityToRecipient } from "age-encryption";

import { answerWith } from "../gate/acting.js";
import { entrust } from "../gate/custody.js";
import { joined, toHex } from "../gate/frame.js";
import { readLetters } from "../gate/letters.js";
import { caseOf, deriveKeys, locatorOf, newReceipt } from "../gate/receipt.js";
import { sealBytes, sealStream } from "../gate/sealing.js";

const acts = {
  /** A new receipt, what the Gate may know of it, and the first contact sealed for its case. */
  async begin({ organisation, payload, recipients, compartment, progress }) {
    const digits = newReceipt();
    const keys = await deriveKeys(digits, organisation, progress);
    const frame = { case: toHex(caseOf(keys.recipient)), compartment, revision: 1 };
    return {
      held: { digits, identity: keys.identity },
      locator: locatorOf(digits),
      login: toHex(keys.login),
      recipient: keys.recipient,
      sealed: await sealBytes(payload, recipients, frame),
    };
  },

  /** The keys of a receipt that was typed. */
  async derive({ digits, organisation, progress }) {
    const keys = await deriveKeys(digits, organisation, progress);
    return { held: { identity: keys.identity }, locator: locatorOf(digits), login: toHex(keys.login) };
  },

  /** A new receipt by itself, and what the Gate may know of it. */
  async second({ organisation, progress }) {
    const digits = newReceipt();
    const { login, recipient } = await deriveKeys(digits, organisation, progress);
    return { digits, locator: locatorOf(digits), login: toHex(login), recipient };
  },

  /** A small payload, sealed: the pieces of its age file. */
  async seal({ payload, recipients, frame }) {
    const pieces = [];
    for await (const piece of sealStream(new Blob([payload]).stream(), recipients, frame)) pieces.push(piece);
    return { pieces, size: joined(pieces).length };
  },

  /** Keys for what goes into custody: whom to seal it to, and what each seat is handed. The keys stay nowhere. */
  entrust: ({ compartments, needed, seats }) => entrust({ compartments, needed, seats }),

  /** The letters of a mailbox: opened, and each checked for the signatures of the Desk. */
  async open({ identity, letters, desk }) {
    // Not asked of the Gate: its answer must be the same for a receipt that belongs to nothing.
    const caseUid = toHex(caseOf(await identityToRecipient(identity)));
    return readLetters(letters, identity, desk, caseUid);
  },
};

answerWith(acts);

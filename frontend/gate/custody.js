// SPDX-License-Identifier: AGPL-3.0-or-later
// Custody: a key for one compartment of one page, split among seats and forgotten; core/sealing/custody.py reads it.

import { sha256 } from "@noble/hashes/sha2.js";
import { identityToRecipient } from "age-encryption";
import { split } from "shamir-secret-sharing";

import { canonical } from "./canonical.js";
import { toHex } from "./frame.js";
import { identityOf } from "./receipt.js";

const FORMAT = 1;
const SEED = 32;

/**
 * Fresh keys for `compartments`, of which any `needed` of `seats` restore each. Returns `recipients`, the key of each
 * compartment to seal to, and `handed`, for each seat in order the payload that is sealed to its holder.
 */
export async function entrust({ compartments, needed, seats }) {
  const kept = await Promise.all([...compartments].sort().map((name) => entrusted(name, needed, seats.length)));
  return {
    recipients: Object.fromEntries(kept.map(({ compartment, recipient }) => [compartment, recipient])),
    handed: seats.map((_, place) => handedTo(place, kept)),
  };
}

async function entrusted(compartment, needed, seats) {
  const seed = crypto.getRandomValues(new Uint8Array(SEED));
  const shares = await sharesOf(seed, needed, seats);
  const commitments = shares.map((share) => toHex(sha256(share)));
  return { compartment, needed, commitments, shares, recipient: await identityToRecipient(identityOf(seed)) };
}

/** The package splits for two people at least. For one it takes no polynomial: the seed, and whose copy it is. */
async function sharesOf(seed, needed, seats) {
  if (needed > 1) return split(seed, seats, needed);
  return Array.from({ length: seats }, (_, place) => Uint8Array.of(...seed, place + 1));
}

function handedTo(place, kept) {
  const parts = kept.map(({ shares, ...told }) => ({ ...told, number: place + 1, share: toHex(shares[place]) }));
  return new TextEncoder().encode(canonical({ format: FORMAT, parts }));
}

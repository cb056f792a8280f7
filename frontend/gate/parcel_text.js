// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole application as text: docs/spec/parcel.md, and core/sealing/parcel_text.py, which reads it.

import { armor } from "age-encryption";

import { answersTo } from "./answers.js";
import { canonical } from "./canonical.js";
import { toHex } from "./frame.js";
import { caseOf, deriveKeys, locatorOf } from "./receipt.js";
import { sealBytes } from "./sealing.js";

const META = "meta";
const ROUTING = "routing";

/**
 * Seal the sections of an application to the holders named in `kit`, for the mailbox of the receipt `digits`.
 * `filled` is a list of {section, controls}; what has faults is not sealed: see `judge`.
 */
export async function parcelOf(kit, language, filled, digits, progress) {
  const keys = await deriveKeys(digits, kit.organisation, progress);
  const uid = toHex(caseOf(keys.recipient));
  const written = filled.flatMap(({ section, controls }) =>
    answersTo(section, controls).parts.map((part) => ({ kind: `section:${section.section}`, ...part })),
  );
  written.push({ kind: META, compartment: ROUTING, payload: metaOf(kit, language, filled, uid, keys.recipient) });
  const lines = ["watchword parcel 1", `mailbox ${locatorOf(digits)} ${toHex(keys.loginHash)} ${keys.recipient}`];
  for (const [index, { kind, compartment, payload }] of written.entries()) {
    const frame = { case: uid, compartment, revision: index + 1 };
    const sealed = await sealBytes(payload, kit.recipients[compartment], frame);
    lines.push(`entry ${compartment} ${kind} ${index + 1}`, armor.encode(sealed).trim());
  }
  return [...lines, "end of parcel", ""].join("\n");
}

/** What the intake role must know to answer; inside the seal, so that nobody on the way can exchange the mailbox. */
function metaOf(kit, language, filled, uid, recipient) {
  const sections = filled.map(({ section }) => section.section).sort();
  const { profile, version } = kit;
  const told = { case: uid, mailbox: recipient, language, profile, version, sections };
  return new TextEncoder().encode(canonical(told));
}

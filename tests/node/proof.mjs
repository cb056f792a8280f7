// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the solver of the waiting page, as it is, outside a browser: a list of tasks in, proofs out.
import { text } from "node:stream/consumers";

import { solved } from "./gate/proof.js";

const proofs = [];
for (const { challenge, stop } of JSON.parse(await text(process.stdin))) {
  const signal = stop ? AbortSignal.abort() : new AbortController().signal;
  proofs.push((await solved(challenge, signal, () => {})) ?? null);
}
process.stdout.write(JSON.stringify(proofs));

// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker of the page of files: reads and seals one file at a time, a piece whenever it is asked for.

import { answerWith } from "../gate/acting.js";
import { fingerprintOf, lineOf, newKey, SealedFile } from "../gate/file_sealing.js";

let current;

const acts = {
  /** Begin with a file, or go on with the one that `kept` was made for; `same` says whether it is that one. */
  async prepare({ file, name, frame, recipients, kept, progress }) {
    const line = lineOf(name);
    const fingerprint = await fingerprintOf(file, line, frame, progress);
    if (kept && kept.fingerprint !== fingerprint) return { same: false };
    const made = kept ?? { ...(await newKey(recipients)), fingerprint };
    current = new SealedFile({ file, line, frame, ...made });
    return { same: true, made, size: current.size, pieces: current.pieces };
  },

  async piece({ number }) {
    return current.piece(number);
  },
};

answerWith(acts);

// SPDX-License-Identifier: AGPL-3.0-or-later
// From a form to the bytes that are sealed: what core/procedure/sealed_answers.py writes.

import { canonical } from "./canonical.js";
import { judgeAll } from "./judging.js";
import { gather } from "./typed.js";

/** Judge the `controls` of a form by `section`, as the Gate describes it: `{faults}`, or the `payload` to seal. */
export function answersTo(section, controls) {
  const { answers, faults } = judgeAll(section.questions, gather(section.questions, controls));
  if (Object.keys(faults).length > 0) return { faults };
  const { language, profile, version } = section;
  const sealed = { answers, language, profile, section: section.section, version };
  return { faults, payload: new TextEncoder().encode(canonical(sealed)) };
}

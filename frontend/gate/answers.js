// SPDX-License-Identifier: AGPL-3.0-or-later
// From a form to the bytes that are sealed: what core/procedure/apart.py and sealed_answers.py write.

import { canonical } from "./canonical.js";
import { judgeAll } from "./judging.js";
import { gather } from "./typed.js";

/**
 * Judge the `controls` of a form by `section`, as the Gate describes it: `{faults}`, or the `parts` to seal, each
 * `{compartment, payload}`. Those who may read have a part each, also where it holds no answer: that there is one must
 * not tell that somebody had something to say there.
 */
export function answersTo(section, controls) {
  const { answers, faults } = judgeAll(section.questions, gather(section.questions, controls));
  if (Object.keys(faults).length > 0) return { faults };
  const readBy = ({ compartment }) => compartment ?? section.compartment;
  const compartments = new Set([section.compartment, ...section.questions.map(readBy)]);
  const parts = [...compartments].map((compartment) => {
    const mine = section.questions.filter((question) => readBy(question) === compartment && question.id in answers);
    return { compartment, payload: payloadOf(section, Object.fromEntries(mine.map(({ id }) => [id, answers[id]]))) };
  });
  return { faults, parts };
}

function payloadOf({ language, profile, section, version }, answers) {
  return new TextEncoder().encode(canonical({ answers, language, profile, section, version }));
}

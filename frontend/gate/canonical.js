// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON in its one canonical form (RFC 8785), for what our forms hold: words, lists, and objects of them; whole numbers.

/** The text of `value`. Half a character has no canonical form: it must have been taken out before. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

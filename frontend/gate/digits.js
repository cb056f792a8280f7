// SPDX-License-Identifier: AGPL-3.0-or-later
// Decimal digits of every script, which people's keyboards and papers are full of.

const IS_DIGIT = /\p{Nd}/u;

/** `text` with each digit, of whatever script, as one of 0 to 9. */
export function asciiDigits(text) {
  return text.replace(/\p{Nd}/gu, valueOf);
}

/** The ten digits of a script stand in a row, so going down from one to the first that is none gives its value. */
function valueOf(sign) {
  const point = sign.codePointAt(0);
  let zero = point;
  while (point - zero < 9 && IS_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

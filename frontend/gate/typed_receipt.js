// SPDX-License-Identifier: AGPL-3.0-or-later
// A receipt as people type it: docs/spec/receipt.md, section 2. Apart from the keys, which need a heavy library.

import { checkDigits } from "./check_digits.js";
import { asciiDigits } from "./digits.js";

const DIGITS = 30;
const LONGEST = 200;
const BETWEEN = /[\p{Zs}\p{Pd}\p{Cf}\p{Cc}._,]/gu;

/** The thirty digits, or the name of what is wrong with them: "long", "signs", "count" or "check". */
export function readReceipt(text) {
  if (text.length > LONGEST) return { fault: "long" };
  const digits = asciiDigits(text.normalize("NFKC")).replace(BETWEEN, "");
  if (/[^0-9]/.test(digits)) return { fault: "signs" };
  if (digits.length !== DIGITS) return { fault: "count", given: digits.length };
  return digits.slice(-2) === checkDigits(digits.slice(0, -2)) ? { digits } : { fault: "check" };
}

/** The digits of a typed group, whatever stands between them. */
export function digitsIn(text) {
  return asciiDigits(text).replace(/[^0-9]/g, "");
}

/** The groups in which a receipt is shown. */
export function groupsOf(digits) {
  return digits.match(/.{5}/g);
}

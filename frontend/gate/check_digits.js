// SPDX-License-Identifier: AGPL-3.0-or-later
// The two digits that catch typing errors.

/** ISO 7064 MOD 97-10: all thirty digits as one number leave 1 when divided by 97. */
export function checkDigits(body) {
  let rest = 0;
  for (const digit of body + "00") rest = (rest * 10 + Number(digit)) % 97;
  return String(98 - rest).padStart(2, "0");
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// Dates and stretches of time as people type them: core/procedure/dates.py and periods.py for the browser.

import { Fault } from "./fault.js";
import { asciiDigits } from "./digits.js";

const DAY_FIRST = /^(?:(?:(\d{1,2})[ ./-]+)?(\d{1,2})[ ./-]+)?(\d{4})$/;
const YEAR_FIRST = /^(\d{4})[ ./-]+(\d{1,2})(?:[ ./-]+(\d{1,2}))?$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
const ROUGHLY_MONTHS = 3;
const TICKED = "on";
// First and last month, counted from the January of the year; a winter may be that of either side.
const SEASONS = { 21: [2, 4], 22: [5, 7], 23: [8, 10], 24: [0, 13] };

/** A typed date as 1987-05-23, 1987-05 or 1987. Throws a Fault. */
export function dateInOneForm(words) {
  const [day, month, year] = dateParts(asciiDigits(words.trim()).replace(/\.+$/, ""));
  if (day !== null && month === null) throw new Fault("date");
  const last = new Date(0);
  last.setUTCFullYear(year, month ?? 1, 0);
  if (year < 1 || (month ?? 1) > 12 || (day ?? 1) > last.getUTCDate()) throw new Fault("no_such_day");
  const parts = [month, day].filter((part) => part !== null).map((part) => String(part).padStart(2, "0"));
  return [String(year).padStart(4, "0"), ...parts].join("-");
}

/** The period written in controls, as 2019-22/2021-03; "" when nothing is. Throws a Fault. */
export function periodFrom(parts) {
  const mark = parts.about === TICKED ? "~" : "";
  const begun = edge(parts.from_year ?? "", parts.from_part ?? "", mark);
  const ended = edge(parts.to_year ?? "", parts.to_part ?? "", mark);
  const still = parts.still === TICKED;
  if (!begun && !ended) {
    if (still || mark) throw new Fault("no_year");
    return "";
  }
  if (still && ended) throw new Fault("still_and_end");
  if (begun && ended && months(begun)[0] > months(ended)[1]) throw new Fault("end_first");
  return `${begun}/${still ? ".." : ended}`;
}

/** The bounds of one end of a period in months since the year 0; undefined where it is not known. */
export function months(words) {
  if (!words) return undefined;
  if (words === "..") return [LAST_YEAR * 12, LAST_YEAR * 12];
  const [year, part] = words.replace("~", "").split("-");
  const [first, last] = SEASONS[part] ?? (part ? [Number(part) - 1, Number(part) - 1] : [0, 11]);
  const spare = words.endsWith("~") ? ROUGHLY_MONTHS : 0;
  return [Number(year) * 12 + first - spare, Number(year) * 12 + last + spare];
}

function dateParts(words) {
  const number = (part) => (part ? Number(part) || null : null);
  let found = DAY_FIRST.exec(words);
  if (found) return [number(found[1]), number(found[2]), Number(found[3])];
  found = YEAR_FIRST.exec(words);
  if (found) return [number(found[3]), number(found[2]), Number(found[1])];
  throw new Fault("date");
}

function edge(year, part, mark) {
  if (!year) {
    if (part) throw new Fault("year_missing");
    return "";
  }
  if (!/^[0-9]{4}$/.test(year) || year < FIRST_YEAR || year > LAST_YEAR) throw new Fault("year");
  return (part ? `${year}-${part}` : year) + mark;
}

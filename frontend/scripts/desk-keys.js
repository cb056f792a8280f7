// SPDX-License-Identifier: AGPL-3.0-or-later
// Shortcuts for whoever works through cases all day. Each does what a link or a box of the page does, and nothing is
// lost without it: j and k go through the rows of a list, or through what can be done in a case; Enter does it, as
// everywhere. What a single key does on a page stands in the page, as data-key on the link.

const typing = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
const { help } = document.currentScript.dataset;

/** The links that open a row, one a row and in their order; on the page of a case what can be done there. */
function stops() {
  const rows = [...document.querySelectorAll("main tbody th[scope=row] a.code")];
  return rows.length ? rows : [...document.querySelectorAll("main .workbench :is(a, button).button")];
}

const box = (link) => link?.closest("tr")?.querySelector("input[type=checkbox]");

function place(links) {
  const here = document.activeElement;
  return links.findIndex((link) => link === here || box(link) === here);
}

function step(by) {
  const links = stops();
  const from = place(links);
  const next = from < 0 ? (by > 0 ? 0 : links.length - 1) : from + by;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}

function tick() {
  const links = stops();
  box(links[place(links)])?.click();
}

function filter() {
  const details = document.querySelector("main details[data-filter]");
  if (!details) return;
  details.open = true;
  details.querySelector("select, input:not([type=hidden])")?.focus();
}

const doing = {
  j: () => step(1),
  k: () => step(-1),
  x: tick,
  a: () => document.querySelector("main [data-several] button")?.focus(),
  n: () => document.querySelector("main a[rel=next]")?.click(),
  "/": filter,
  "?": () => location.assign(help),
};

/** A link of the page that answers to this key. */
const named = (key) => document.querySelector(`a[data-key="${CSS.escape(key)}"]`);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
  const act = doing[event.key] ?? (named(event.key) && (() => named(event.key).click()));
  if (!act) return;
  event.preventDefault();
  act();
});

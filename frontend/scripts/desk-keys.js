// SPDX-License-Identifier: AGPL-3.0-or-later
// Shortcuts for whoever works through lists all day. Each does what a link of the page does, and nothing is lost
// without it: j and k go through the rows, Enter opens one as on every link, / goes to the filter, n to the next
// page, ? to the page that lists them.

const typing = "input, select, textarea, [contenteditable]";
const { help } = document.currentScript.dataset;

/** The links that open a row: one a row, in their order. */
const rows = () => [...document.querySelectorAll("main tbody th[scope=row] a.code")];

function step(by) {
  const links = rows();
  const place = links.indexOf(document.activeElement);
  const next = place < 0 ? (by > 0 ? 0 : links.length - 1) : place + by;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
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
  n: () => document.querySelector("main a[rel=next]")?.click(),
  "/": filter,
  "?": () => location.assign(help),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
  const act = doing[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

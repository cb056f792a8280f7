// SPDX-License-Identifier: AGPL-3.0-or-later
// Puts one page after another into the window and lists what is wrong with each: what axe finds, and what is cut off.

async ({ pages, rules }) => {
  // A table has two directions; its frame must be reached by the keyboard and have a name.
  const FRAME = '.table-frame[tabindex="0"][role="region"]';
  const SCROLLS_BY_ITSELF = `textarea, select, input, ${FRAME}[aria-label], ${FRAME}[aria-labelledby]`;
  const found = [];
  for (const { state, language, html } of pages) {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    const faults = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
    for (const fault of [...faults, ...cutOff()]) found.push(`${state}, ${language}: ${fault}`);
  }
  return found;

  /** What a reader at 400 % does not see without scrolling sideways, or not at all. */
  function cutOff() {
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : [];
    const hidden = [...document.body.querySelectorAll("*")].filter((one) => {
      // What is for the ear alone is one pixel large on purpose.
      const seen = one.clientWidth > 1 && getComputedStyle(one).overflowX !== "visible";
      return seen && one.scrollWidth > one.clientWidth + 1 && !one.matches(SCROLLS_BY_ITSELF);
    });
    return [...wide, ...hidden.map((one) => `cut off: ${one.outerHTML.slice(0, 120)}`)];
  }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The script of the waiting page. Without it the page loads itself again; with it, the device works and goes in.

import { solved, usualTries } from "../gate/proof.js";

// As often as the page loads itself again where there is no script.
const AGAIN_AFTER = 10_000;

const box = document.querySelector("[data-challenge]");
if (box && window.crypto?.subtle) window.addEventListener("load", begin);

async function begin() {
  const challenge = JSON.parse(box.dataset.challenge);
  const usual = usualTries(challenge.parameters);
  const stop = new AbortController();
  box.querySelector("button").addEventListener("click", () => stop.abort());
  // Else the page would load itself again in the midst of the work.
  window.stop();
  box.hidden = false;
  say(box.dataset.working);
  const tried = (count) => {
    box.querySelector("[data-tries]").textContent = box.dataset.count.replace("%", count);
    if (count === 2 * usual) say(box.dataset.longer);
  };
  const proof = await solved(challenge, stop.signal, tried).catch(() => undefined);
  box.querySelector("button").disabled = true;
  if (proof) {
    say(box.dataset.done);
    goOn(proof);
  } else {
    say(stop.signal.aborted ? box.dataset.stopped : box.dataset.failed);
    setTimeout(goOn, AGAIN_AFTER, "no");
  }
}

function say(words) {
  box.querySelector("[role=status]").textContent = words;
}

/** Ask again, with the proof or without one; the waiting page stays out of the way back. */
function goOn(proof) {
  location.replace(`${box.dataset.again}&proof=${encodeURIComponent(proof)}`);
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The script of the Desk's pages that a passkey can answer. A field says with `data-passkey` what is asked: "get" puts
// a button beside the form's own, "create" goes before the form is sent. Without it each page works by code.

import { isAble, make, use } from "../desk/passkey.js";

const { refused } = document.currentScript.dataset;

/** Put the device's answer into the form and send it; what went wrong is said in the form. */
async function answerAndSend(form, field, ceremony) {
  try {
    form.elements.assertion.value = await ceremony(JSON.parse(field.dataset.options));
  } catch {
    say(form, refused);
    return;
  }
  form.submit();
}

function say(form, words) {
  const notice = form.querySelector("[data-said]") ?? document.createElement("p");
  notice.dataset.said = "";
  notice.className = "field-error";
  notice.setAttribute("role", "alert");
  notice.textContent = words;
  form.querySelector(".buttons").before(notice);
}

function offer(form, field) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button-secondary", textContent: field.dataset.label });
  button.addEventListener("click", () => answerAndSend(form, field, use));
  form.querySelector(".buttons").append(button);
}

function makeFirst(form, field) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answerAndSend(form, field, make);
  });
}

if (isAble()) {
  for (const field of document.querySelectorAll("input[data-passkey]")) {
    (field.dataset.passkey === "create" ? makeFirst : offer)(field.form, field);
  }
}

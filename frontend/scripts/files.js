// SPDX-License-Identifier: AGPL-3.0-or-later
// The script of the page of files. Without it the plain form works, and a file is sealed while it arrives.

import { takeFiles } from "../gate/files_page.js";
import { forget, isAble } from "../gate/tab.js";
import { WorkerClient } from "../gate/worker_client.js";

const { worker, sealedHere } = document.currentScript.dataset;
const form = document.querySelector("form[data-kind]");

if (isAble()) {
  for (const leave of document.querySelectorAll('form[action="/leave/"]')) leave.addEventListener("submit", forget);
  if (form) {
    document.querySelector("[data-level]").firstChild.textContent = `${sealedHere} `;
    takeFiles(form, new WorkerClient(worker));
  }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of files: a chosen or recorded file is judged, cleaned, sealed and sent here, and can be called off.

import { Cancelled, cutUpload, upload } from "./file_upload.js";
import { toHex } from "./frame.js";
import { busily, made, showNotice } from "./pages.js";
import { Refusal } from "./talk.js";
import { cleaned } from "./photograph.js";
import { canRecord, offerRecording } from "./voice.js";

const PHOTOGRAPHS = [/^ffd8ff/, /^89504e470d0a1a0a/, /^52494646.{8}57454250/];
const KINDS = [
  ...PHOTOGRAPHS, /^255044462d/, /^52494646.{8}57415645/, /^4f676753/, /^494433/, /^.{8}66747970/, /^1a45dfa3/,
];

/** Take the form over; from then on nothing of a file leaves this browser unsealed, unless the person says so. */
export async function takeFiles(form, worker) {
  const words = wordsOf(form);
  form.querySelector("[data-here]").hidden = false;
  form.querySelector("[data-on-arrival]").hidden = true;
  const onSubmit = (event) => {
    event.preventDefault();
    const [file] = form.elements.file.files;
    if (file) send(file, form, worker, words, onSubmit);
    else showNotice(form, words.none);
  };
  form.addEventListener("submit", onSubmit);
  if (canRecord()) offerRecording(document.querySelector("[data-voice]"), (file) => send(file, form, worker, words, onSubmit));
  if (await cutUpload()) showNotice(form, words.cut);
}

async function send(file, form, worker, words, onSubmit) {
  const fault = await faultOf(file, form, words);
  if (fault) {
    showNotice(form, fault);
    return;
  }
  const clean = await withoutNotes(file, form);
  if (clean) await sendSealed(clean, file.name, form, worker, words, onSubmit);
  else showNotice(form, words.notes_stay);
}

/** The file as it is to be sent; undefined when it is a photograph whose notes could not be taken out. */
async function withoutNotes(file, form) {
  if (form.elements.original.checked || !PHOTOGRAPHS.some(await beginningOf(file))) return file;
  const clean = await cleaned(file);
  return clean && new Blob([clean]);
}

async function sendSealed(file, name, form, worker, words, onSubmit) {
  const stop = new AbortController();
  const { line, bar, cancel } = meter(form, words);
  cancel.addEventListener("click", () => stop.abort());
  const says = (state, done) => {
    line.textContent = words[state].replace("%", `${Math.round((done ?? 0) * 100)} %`);
    if (done !== undefined) bar.value = done;
  };
  const what = { kind: form.dataset.kind, compartment: form.dataset.compartment };
  try {
    await busily(form, () => upload({ file, name, what, form, worker, says, stop: stop.signal }));
    location.assign(location.pathname);
  } catch (error) {
    if (error instanceof Cancelled) showNotice(form, words.cancelled);
    else if (error instanceof Refusal && error.message) showNotice(form, error.message);
    else offerArrival(form, words, onSubmit);
  } finally {
    bar.parentElement.remove();
  }
}

/** What cannot be sealed here may still be sealed on arrival: told plainly, and never done unasked. */
function offerArrival(form, words, onSubmit) {
  const button = made("button", { type: "button", className: "button button-secondary" }, words.arrival);
  button.addEventListener("click", () => {
    form.removeEventListener("submit", onSubmit);
    form.requestSubmit();
  });
  showNotice(form, words.failed, button);
}

async function faultOf(file, form, words) {
  if (file.size > Number(form.dataset.limit)) return words.large;
  return KINDS.some(await beginningOf(file)) ? "" : words.kind;
}

/** A test of the first bytes of a file, in hexadecimal digits. */
async function beginningOf(file) {
  const digits = toHex(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  return (kind) => kind.test(digits);
}

/** A line that is read aloud, a bar, and the way to call it off. */
function meter(form, words) {
  const line = made("p", {});
  line.setAttribute("role", "status");
  const bar = made("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", words.bar);
  const cancel = made("button", { type: "button", className: "button button-secondary" }, words.cancel);
  form.after(made("div", { className: "notice" }, line, bar, made("div", { className: "buttons" }, cancel)));
  return { line, bar, cancel };
}

/** The sentences that the page brought along for this script. */
function wordsOf(form) {
  const found = form.querySelector("template[data-words]").content.querySelectorAll("[data-word]");
  return Object.fromEntries([...found].map((one) => [one.dataset.word, one.textContent]));
}

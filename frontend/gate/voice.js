// SPDX-License-Identifier: AGPL-3.0-or-later
// Records a voice message where the browser can, and plays it back before anything is sent.

const LONGEST_MINUTES = 20;

/** Whether this browser can record. */
export function canRecord() {
  return Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);
}

/** The buttons of `box` record; `take` is given the finished recording as a File, to be sent or not. */
export function offerRecording(box, take) {
  const { record, stop, play, use } = Object.fromEntries([...box.querySelectorAll("[data-do]")].map((one) => [one.dataset.do, one]));
  let recorder;
  let recording;
  box.hidden = false;
  record.addEventListener("click", async () => {
    try {
      recorder = await started();
    } catch {
      // Not allowed, or no microphone: the sentence says so, and a file can be chosen as before.
      box.querySelector("[data-denied]").hidden = false;
      return;
    }
    show(box, "recording");
    recorder.finished.then((file) => {
      recording = file;
      URL.revokeObjectURL(play.src);
      play.src = URL.createObjectURL(file);
      show(box, "recorded");
    });
  });
  stop.addEventListener("click", () => recorder.stop());
  use.addEventListener("click", () => take(recording));
}

/** Show what belongs to this state of the box. */
function show(box, state) {
  for (const part of box.querySelectorAll("[data-while]")) part.hidden = !part.dataset.while.split(" ").includes(state);
}

async function started() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const finished = new Promise((done) => {
    recorder.onstop = () => {
      // The microphone's light goes out as soon as nothing is recorded.
      for (const track of stream.getTracks()) track.stop();
      done(new File(parts, "voice", { type: recorder.mimeType }));
    };
  });
  recorder.start(1000);
  setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST_MINUTES * 60_000);
  return { finished, stop: () => recorder.state === "recording" && recorder.stop() };
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's side of the worker, which does what is slow or needs the heavy library; loaded when first asked.

/** Asks of one worker, one after the other; `address` is that of its script. */
export class WorkerClient {
  #address;
  #worker;

  constructor(address) {
    this.#address = address;
  }

  /** The worker's answer to `act`. `progress` is told how much is done, from 0 to 1. */
  ask(act, fields, progress = () => {}) {
    this.#worker ??= new Worker(this.#address);
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if ("done" in data) progress(data.done);
        else if ("failed" in data) reject(new Error(data.failed));
        else resolve(data.answer);
      };
      worker.onerror = () => reject(new Error("the worker could not be started"));
      worker.postMessage({ act, ...fields });
    });
  }
}

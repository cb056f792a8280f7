// SPDX-License-Identifier: AGPL-3.0-or-later
// How a worker answers its page: it is asked for one of its acts, tells how far it is, and what came of it.

/** Answer what the page asks with these acts, from now on. */
export function answerWith(acts) {
  self.onmessage = async ({ data }) => {
    const progress = (done) => self.postMessage({ done });
    try {
      self.postMessage({ answer: await acts[data.act]({ ...data, progress }) });
    } catch (error) {
      // Only the kind of what went wrong: a message could repeat what was being worked on.
      self.postMessage({ failed: error.name });
    }
  };
}

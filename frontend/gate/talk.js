// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page says to the Gate, and what it hears: JSON both ways, and a refusal as a sentence.

export class Refusal extends Error {}

/** Ask, and return the answer; a Refusal carries the Gate's own sentence. */
export async function ask(path) {
  return answerOf(await fetch(path, { credentials: "same-origin", cache: "no-store" }));
}

/** Tell `fields`, with the token that `form` was given. */
export async function tell(path, fields, form) {
  return answerOf(await send("POST", path, JSON.stringify(fields), form));
}

/** Hand over bytes. */
export async function put(path, bytes, form) {
  return answerOf(await send("PUT", path, bytes, form));
}

/** Have something deleted. */
export async function drop(path, form) {
  return answerOf(await send("DELETE", path, undefined, form));
}

function send(method, path, body, form) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const headers = { "X-CSRFToken": token, "Content-Type": typeof body === "string" ? "application/json" : "application/octet-stream" };
  return fetch(path, { method, body, headers, credentials: "same-origin" });
}

async function answerOf(response) {
  if (response.status === 204) return {};
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.reason ?? "");
  return answer;
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks the browser for a passkey. Options come from the page, and the answer goes back in a field of its form:
// nothing is sent from here, nothing is kept.

import { base64urlnopad } from "@scure/base";

const bytes = (text) => base64urlnopad.decode(text);
const text = (buffer) => base64urlnopad.encode(new Uint8Array(buffer));
const named = (id) => ({ type: "public-key", id: bytes(id) });

/** Whether this browser can be asked at all; Tor Browser and plain HTTP cannot. */
export const isAble = () => window.isSecureContext && "PublicKeyCredential" in window;

/** An existing passkey answers the challenge: with the device's secret, where it gives one. */
export async function use(options) {
  const credential = await navigator.credentials.get({ publicKey: request(options, options.allow.map(named)) });
  const { authenticatorData, clientDataJSON, signature } = credential.response;
  return answer(credential, { authenticatorData, clientDataJSON, signature }, secretOf(credential));
}

/** A new passkey. Many devices give their secret only to a second question, about the passkey just made. */
export async function make(options) {
  const { challenge, rpId, person, known, prf } = options;
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: rpId, name: rpId },
      user: { ...person, id: bytes(person.id) },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      excludeCredentials: known.map(named),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
      extensions: { prf: { eval: { first: bytes(prf) } } },
    },
  });
  const { clientDataJSON, attestationObject } = credential.response;
  const secret = secretOf(credential) ?? (await secondSecret(credential, options));
  return answer(credential, { clientDataJSON, attestationObject }, secret);
}

function request({ challenge, rpId, prf }, allowCredentials) {
  return {
    challenge: bytes(challenge),
    rpId,
    allowCredentials,
    userVerification: "required",
    extensions: { prf: { eval: { first: bytes(prf) } } },
  };
}

async function secondSecret(credential, options) {
  if (!credential.getClientExtensionResults().prf?.enabled) return undefined;
  const id = { type: "public-key", id: credential.rawId };
  return secretOf(await navigator.credentials.get({ publicKey: request(options, [id]) }));
}

const secretOf = (credential) => credential.getClientExtensionResults().prf?.results?.first;

function answer({ id, type }, response, secret) {
  const written = Object.entries(response).map(([name, value]) => [name, text(value)]);
  const said = { id, rawId: id, type, response: Object.fromEntries(written) };
  return JSON.stringify(secret ? { ...said, prf: text(secret) } : said);
}

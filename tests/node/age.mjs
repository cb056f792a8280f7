// SPDX-License-Identifier: AGPL-3.0-or-later
// Seals and opens with the package that the browser uses: a list of requests in, a list of answers out.
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import { text } from "node:stream/consumers";

const acts = {
  async recipient({ identity }) {
    return identityToRecipient(identity);
  },
  async seal({ plaintext, recipients }) {
    const encrypter = new Encrypter();
    recipients.forEach((recipient) => encrypter.addRecipient(recipient));
    return Buffer.from(await encrypter.encrypt(Buffer.from(plaintext, "base64"))).toString("base64");
  },
  async open({ sealed, identity }) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return Buffer.from(await decrypter.decrypt(Buffer.from(sealed, "base64"))).toString("base64");
  },
};

const answers = [];
for (const request of JSON.parse(await text(process.stdin))) answers.push(await acts[request.act](request));
process.stdout.write(JSON.stringify(answers));

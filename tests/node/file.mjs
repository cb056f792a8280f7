// SPDX-License-Identifier: AGPL-3.0-or-later
// Seals files as the page of files does: [{name, content, frame, recipients, kept?}] in, pieces and what is kept out.
import { text } from "node:stream/consumers";
const { fingerprintOf, lineOf, newKey, SealedFile } = await import(`${process.cwd()}/gate/file_sealing.js`);

const toText = (data) => Buffer.from(data).toString("base64");
const toBytes = (data) => new Uint8Array(Buffer.from(data, "base64"));

const answers = [];
for (const { name, content, frame, recipients, kept } of JSON.parse(await text(process.stdin))) {
  const file = new Blob([toBytes(content)]);
  const line = lineOf(name);
  const fingerprint = await fingerprintOf(file, line, frame);
  const { key, header } = kept ? { key: toBytes(kept.key), header: toBytes(kept.header) } : await newKey(recipients);
  const sealed = new SealedFile({ file, line, frame, key, header, fingerprint });
  const pieces = [];
  // Last first: each piece stands for itself.
  for (let number = sealed.pieces - 1; number >= 0; number--) pieces.unshift(toText(await sealed.piece(number)));
  answers.push({ pieces, size: sealed.size, kept: { fingerprint, key: toText(key), header: toText(header) } });
}
process.stdout.write(JSON.stringify(answers));

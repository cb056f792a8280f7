// SPDX-License-Identifier: AGPL-3.0-or-later
// Cleans photographs as the page of files does: [base64] in, [base64 or null] out.
import { text } from "node:stream/consumers";
const { cleaned } = await import(`${process.cwd()}/gate/photograph.js`);

const answers = [];
for (const photograph of JSON.parse(await text(process.stdin))) {
  const clean = await cleaned(new Blob([Buffer.from(photograph, "base64")]));
  answers.push(clean ? Buffer.from(clean).toString("base64") : null);
}
process.stdout.write(JSON.stringify(answers));

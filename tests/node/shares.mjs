// SPDX-License-Identifier: AGPL-3.0-or-later
// Splits and combines with the package that the browser uses: {split: [...], combine: [...]} in, the same out.
import { combine, split } from "shamir-secret-sharing";
import { text } from "node:stream/consumers";

const toBytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const toHex = (bytes) => Buffer.from(bytes).toString("hex");

const request = JSON.parse(await text(process.stdin));
const answer = { split: [], combine: [] };
for (const { secret, k, n } of request.split) answer.split.push((await split(toBytes(secret), n, k)).map(toHex));
for (const shares of request.combine) answer.combine.push(toHex(await combine(shares.map(toBytes))));
process.stdout.write(JSON.stringify(answer));

// SPDX-License-Identifier: AGPL-3.0-or-later
// Prints the test vectors of the age format, name by name, in base64.
import * as vectors from "cctv-age";

const all = Object.entries(vectors).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
process.stdout.write(JSON.stringify(Object.fromEntries(all)));

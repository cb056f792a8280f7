// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds what the two programs serve: styles/<program>.scss, and scripts/<program>.js where there is one.

import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import path from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.join(here, "..", "watchword", "web", "static", "built");

/** The files of a folder that are entries (partials begin with an underscore), or none if there is no folder. */
async function entries(folder, extension) {
  const names = await readdir(path.join(here, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(extension) && !name.startsWith("_"));
}

// No source maps: the hashing of static files would follow their comments, and pages should not name our sources.
async function buildStyles() {
  for (const name of await entries("styles", ".scss")) {
    const { css } = sass.compile(path.join(here, "styles", name), { style: "compressed", sourceMap: false });
    await writeFile(path.join(built, name.replace(/\.scss$/, ".css")), css + "\n");
  }
}

async function buildScripts() {
  const names = await entries("scripts", ".js");
  if (names.length === 0) return;
  await esbuild.build({
    entryPoints: names.map((name) => path.join(here, "scripts", name)),
    outdir: built,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
  });
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await buildStyles();
await buildScripts();

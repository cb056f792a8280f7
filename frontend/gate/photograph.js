// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes out of a photograph what the camera wrote beside the picture: place, time, device, small previews.
// The picture itself is not touched, so it loses nothing; only which way up it is held is kept.

import { joined } from "./frame.js";

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_KEPT = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "acTL", "fcTL", "fdAT", "IDAT", "IEND"]);
const WEBP_KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH"]);
const LARGEST = 64 * 1024 * 1024;

/** The photograph without what was beside it; undefined when this is no photograph, or not one that can be read. */
export async function cleaned(file) {
  if (file.size > LARGEST) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    if (starts(bytes, JPEG)) return jpeg(bytes);
    if (starts(bytes, PNG)) return png(bytes);
    if (text(bytes, 0) === "RIFF" && text(bytes, 8) === "WEBP") return webp(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function jpeg(bytes) {
  const kept = [bytes.subarray(0, 2)];
  const view = viewOf(bytes);
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xd9) return joined([...kept, bytes.subarray(at, at + 2)]);
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) throw new RangeError("cut short");
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && text(segment, 4) === "Exif") kept.push(...turned(segment));
    else if (isPicture(marker)) kept.push(segment);
    at = end;
    if (marker === 0xda) {
      const next = afterScan(bytes, at);
      kept.push(bytes.subarray(at, next));
      at = next;
    }
  }
  throw new RangeError("no marker where one must be");
}

/** JFIF and Adobe's note on colours belong to the picture; other notes of programs and comments do not. */
function isPicture(marker) {
  const isNote = marker >= 0xe0 && marker <= 0xef;
  return marker === 0xe0 || marker === 0xee || !(isNote || marker === 0xfe);
}

/** Where the next marker stands; within the picture's own data 0xff is followed by 0 or by a restart mark. */
function afterScan(bytes, from) {
  for (let at = from; at < bytes.length - 1; at++) {
    const next = bytes[at + 1];
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
  }
  throw new RangeError("cut short");
}

/** A note that says which way up the picture is, and nothing else; none when it is upright. */
function turned(segment) {
  const tiff = segment.subarray(10);
  const view = viewOf(tiff);
  const little = tiff[0] === 0x49;
  const table = view.getUint32(4, little);
  for (let entry = 0; entry < view.getUint16(table, little); entry++) {
    const at = table + 2 + 12 * entry;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const way = view.getUint16(at + 8, little);
    return way > 1 && way <= 8 ? [orientation(way)] : [];
  }
  return [];
}

function orientation(way) {
  const head = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  return Uint8Array.from([...head, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0]);
}

function png(bytes) {
  const kept = [bytes.subarray(0, PNG.length)];
  for (let at = PNG.length; ; ) {
    const kind = text(bytes, at + 4);
    const end = at + 12 + viewOf(bytes).getUint32(at);
    if (end > bytes.length) throw new RangeError("cut short");
    if (PNG_KEPT.has(kind)) kept.push(bytes.subarray(at, end));
    if (kind === "IEND") return joined(kept);
    at = end;
  }
}

function webp(bytes) {
  const kept = [bytes.slice(0, 12)];
  const end = Math.min(bytes.length, 8 + viewOf(bytes).getUint32(4, true));
  for (let at = 12; at + 8 <= end; ) {
    const size = viewOf(bytes).getUint32(at + 4, true);
    const next = at + 8 + size + (size % 2);
    if (next > end) throw new RangeError("cut short");
    if (WEBP_KEPT.has(text(bytes, at))) kept.push(bytes.slice(at, next));
    at = next;
  }
  // The list of what is there must not name what is gone: colours, place and time, XMP.
  const extended = kept.find((part) => text(part, 0) === "VP8X");
  if (extended) extended[8] &= ~0x2c;
  const whole = joined(kept);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return whole;
}

function starts(bytes, mark) {
  return mark.every((byte, at) => bytes[at] === byte);
}

function text(bytes, at) {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// The inner frame and its padding: what docs/spec/envelope.md, sections 4 and 5, says of the text inside a seal.

const MAGIC = new TextEncoder().encode("WW1");
const CASE_SIZE = 16;
const LENGTH_SIZE = 8;
const STEP = 64 * 1024;
const NAME = /^[a-z](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

/** A byte array of hexadecimal digits. */
export function fromHex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The hexadecimal digits of a byte array. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Byte arrays, one after the other, as one. */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The smallest Padmé size that holds `length` bytes. Not with `<<`, which would cut it to 32 bits. */
export function paddedLength(length) {
  if (length < 2) return length;
  const exponent = bitLength(length) - 1;
  const step = 2 ** Math.max(exponent - bitLength(exponent), 0);
  return Math.ceil(length / step) * step;
}

/** Everything before the payload: which case (32 hex digits), compartment and revision this is. */
export function headOf({ case: uid, compartment, revision }) {
  const known = /^[0-9a-f]{32}$/.test(uid) && NAME.test(compartment);
  if (!known || !Number.isInteger(revision) || revision < 0 || revision >= 2 ** 32) {
    throw new RangeError("this is no frame");
  }
  const head = new Uint8Array(MAGIC.length + CASE_SIZE + 1 + compartment.length + 4);
  head.set(MAGIC);
  head.set(fromHex(uid), MAGIC.length);
  head[MAGIC.length + CASE_SIZE] = compartment.length;
  head.set(new TextEncoder().encode(compartment), MAGIC.length + CASE_SIZE + 1);
  new DataView(head.buffer).setUint32(head.length - 4, revision);
  return head;
}

/** A stream of byte arrays put into its frame; the length stands last, so it need not be known before. */
export function framed(frame) {
  const head = headOf(frame);
  let length = 0;
  return new TransformStream({
    start(out) {
      out.enqueue(head);
    },
    transform(piece, out) {
      length += piece.length;
      out.enqueue(piece);
    },
    flush(out) {
      const written = head.length + length + LENGTH_SIZE;
      let left = paddedLength(written) - written;
      for (; left > 0; left -= Math.min(left, STEP)) out.enqueue(new Uint8Array(Math.min(left, STEP)));
      const last = new Uint8Array(LENGTH_SIZE);
      new DataView(last.buffer).setBigUint64(0, BigInt(length));
      out.enqueue(last);
    },
  });
}

function bitLength(number) {
  return number.toString(2).length;
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// A file sealed piece by piece, each piece by itself: so an upload goes on where it was cut, after a reload too.
// Nothing is held but one piece. The same file gives the same bytes again; another file gives none.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

import { headOf, joined, paddedLength, toHex } from "./frame.js";
import { encrypterFor, PIECE } from "./sealing.js";

const CHUNK = 64 * 1024;
const TAG = 16;
const SALT = 16;
const LENGTH = 8;

/** A fresh key for one file and the header that gives it to `recipients`: the library makes both. */
export async function newKey(recipients) {
  let key;
  const encrypter = encrypterFor(recipients);
  // A recipient that is told the key and adds nothing to the header.
  encrypter.addRecipient({ wrapFileKey: (given) => ((key = given.slice()), []) });
  const empty = await encrypter.encrypt(new Uint8Array());
  return { key, header: empty.slice(0, empty.length - SALT - TAG) };
}

/** What the content, its name and its place are known by. Reads the file once; `progress` goes from 0 to 1. */
export async function fingerprintOf(file, line, frame, progress = () => {}) {
  const digests = [headOf(frame), line];
  for (let at = 0; at < file.size; at += PIECE) {
    digests.push(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.slice(at, at + PIECE).arrayBuffer())));
    progress(at / file.size);
  }
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", joined(digests))));
}

/** The line that names a file inside its seal: what core/procedure/sealed_files.py reads. */
export function lineOf(name) {
  return utf8ToBytes(JSON.stringify({ name: [...name.replace(/\p{C}/gu, "")].slice(0, 200).join("") || "file" }) + "\n");
}

/** One sealed file, of which any piece can be asked for. `file` is a Blob. */
export class SealedFile {
  #parts;
  #total;
  #key;
  #start;

  constructor({ file, line, frame, key, header, fingerprint }) {
    const head = joined([headOf(frame), line]);
    const length = line.length + file.size;
    const written = head.length + file.size + LENGTH;
    this.#total = paddedLength(written);
    const last = new Uint8Array(LENGTH);
    new DataView(last.buffer).setBigUint64(0, BigInt(length));
    this.#parts = [new Blob([head]), file, this.#total - written, new Blob([last])];
    // The salt follows from the content, under the key: other content is never encrypted under the same stream.
    const salt = hmac(sha256, key, utf8ToBytes(`watchword/file/v1\0${fingerprint}`)).slice(0, SALT);
    this.#key = hkdf(sha256, key, salt, utf8ToBytes("payload"), 32);
    this.#start = joined([header, salt]);
  }

  /** Bytes of the whole sealed file. */
  get size() {
    return this.#start.length + this.#total + TAG * this.#chunks;
  }

  get pieces() {
    return Math.ceil(this.size / PIECE);
  }

  get #chunks() {
    return Math.max(1, Math.ceil(this.#total / CHUNK));
  }

  /** The bytes of the piece of this number. */
  async piece(number) {
    const from = number * PIECE;
    const to = Math.min(from + PIECE, this.size);
    const found = from < this.#start.length ? [this.#start.subarray(from, to)] : [];
    const first = Math.max(0, Math.floor((from - this.#start.length) / (CHUNK + TAG)));
    for (let chunk = first; chunk < this.#chunks; chunk++) {
      const at = this.#start.length + chunk * (CHUNK + TAG);
      if (at >= to) break;
      const sealed = await this.#sealed(chunk);
      found.push(sealed.subarray(Math.max(0, from - at), to - at));
    }
    return joined(found);
  }

  async #sealed(chunk) {
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setUint32(7, chunk);
    nonce[11] = chunk === this.#chunks - 1 ? 1 : 0;
    return chacha20poly1305(this.#key, nonce).encrypt(await this.#plain(chunk * CHUNK, (chunk + 1) * CHUNK));
  }

  /** The framed text from `from` to `to`: the frame's head and the name, the file, zeros, and the length. */
  async #plain(from, to) {
    const found = [];
    let at = 0;
    for (const part of this.#parts) {
      const size = typeof part === "number" ? part : part.size;
      const start = Math.max(0, from - at);
      const end = Math.min(size, to - at);
      if (start < end) found.push(await bytesOf(part, start, end));
      at += size;
    }
    return joined(found);
  }
}

async function bytesOf(part, start, end) {
  return typeof part === "number" ? new Uint8Array(end - start) : new Uint8Array(await part.slice(start, end).arrayBuffer());
}

// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with one answer, under the name that every program which judges forms shares.

export class Fault extends Error {
  constructor(name, gaps = {}) {
    super(name);
    this.fault = name;
    this.gaps = gaps;
  }

  /** The fault in the reader's words, which have gaps like %(most)s. */
  inWords(words) {
    return (words[this.fault] ?? this.fault).replace(/%\((\w+)\)s/g, (gap, name) => this.gaps[name] ?? gap);
  }
}

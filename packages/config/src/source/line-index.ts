interface LinePlace {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** Every so many signs the line is noted: a file of nothing but line ends costs little memory. */
const BLOCK = 1024;
const LINE_END = 10;

/** Finds the line and column of an offset without a table of all lines. */
export class LineIndex {
  readonly #text: string;
  /** How many lines start at or before the block's first sign. */
  readonly #lines: Uint32Array;
  /** Where the last of them starts. */
  readonly #starts: Uint32Array;

  constructor(text: string) {
    this.#text = text;
    const blocks = Math.floor(text.length / BLOCK) + 1;
    this.#lines = new Uint32Array(blocks);
    this.#starts = new Uint32Array(blocks);
    let line = 1;
    let start = 0;
    for (let block = 0; block < blocks; block++) {
      this.#lines[block] = line;
      this.#starts[block] = start;
      const end = Math.min(text.length, (block + 1) * BLOCK);
      for (let at = block * BLOCK; at < end; at++) {
        if (text.charCodeAt(at) !== LINE_END) continue;
        line += 1;
        start = at + 1;
      }
    }
  }

  locate(offset: number): LinePlace {
    const block = Math.min(Math.floor(offset / BLOCK), this.#lines.length - 1);
    let line = this.#lines[block] ?? 1;
    let start = this.#starts[block] ?? 0;
    for (let at = block * BLOCK; at < offset; at++) {
      if (this.#text.charCodeAt(at) !== LINE_END) continue;
      line += 1;
      start = at + 1;
    }
    return { line, column: offset - start + 1 };
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Knows which bytes of each ArrayBuffer were already taken by a view of the same value. */
export class OverlapTracker {
  readonly #taken = new Map<ArrayBufferLike, Range[]>();

  /** Takes the bytes that `view` shows; false when another view has taken one of them. */
  take(view: ArrayBufferView | ArrayBuffer): boolean {
    const buffer = ArrayBuffer.isView(view) ? view.buffer : view;
    const start = ArrayBuffer.isView(view) ? view.byteOffset : 0;
    const end = start + view.byteLength;
    if (start === end) return true;
    const ranges = this.#taken.get(buffer);
    if (ranges === undefined) {
      this.#taken.set(buffer, [{ start, end }]);
      return true;
    }
    const place = firstEndingAfter(ranges, start);
    const next = ranges[place];
    if (next !== undefined && next.start < end) return false;
    ranges.splice(place, 0, { start, end });
    return true;
  }
}

/** Ranges lie apart and ascend, so their ends ascend as well. */
function firstEndingAfter(ranges: readonly Range[], start: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  return low;
}

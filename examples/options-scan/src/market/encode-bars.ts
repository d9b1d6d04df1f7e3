import { createHash } from 'node:crypto';
import { type Bars, PRICE_COLUMNS } from './bars.ts';

const BYTES_PER_DAY = 4;
const BYTES_PER_ROW = BYTES_PER_DAY + 8 * PRICE_COLUMNS.length;

/** The columns one after the other, the days last so that the numbers stay aligned. In the byte order of the machine. */
export function encodeBars(bars: Bars): Buffer {
  const parts = [...PRICE_COLUMNS.map((column) => bars[column]), bars.days];
  return Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** Undefined for bytes of another length than whole rows have. */
export function decodeBars(bytes: Uint8Array): Bars | undefined {
  const rows = bytes.byteLength / BYTES_PER_ROW;
  if (!Number.isInteger(rows)) return undefined;
  // A copy, since a buffer of the pool need not begin at a multiple of eight.
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const column = (place: number): Float64Array => new Float64Array(buffer, place * rows * 8, rows);
  return {
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: column(4),
    days: new Int32Array(buffer, PRICE_COLUMNS.length * rows * 8, rows),
  };
}

/** Names bars by their content. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

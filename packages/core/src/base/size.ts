import { problem, type Result, success } from './result.ts';

/** Bytes of each unit: powers of a thousand, and with an `i` powers of 1,024. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['kB', 1000],
  ['MB', 1000 ** 2],
  ['GB', 1000 ** 3],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
]);

/** `512B`, `10kB`, `1.5GiB`: a number and a unit. Half a byte is nothing, so bytes have no fraction. */
export const SIZE_PATTERN = /^(?:\d+B|\d+(?:\.\d+)?(?:[kMG]B|[KMG]iB))$/;

export const SIZE_EXAMPLES = '"512B", "64kB", "10MB" or "1.5GiB"';

/** What a text must be to be a size, for messages: `expected ...`. */
export const SIZE_EXPECTED = `expected a size with a unit (${[...UNITS.keys()].join(', ')}), such as ${SIZE_EXAMPLES}`;

/**
 * Reads a size with a unit as whole bytes, a fraction of one rounded. A bare number is refused because
 * its unit would be a guess, and so are `K` and `KB`, which some read as 1,000 and some as 1,024.
 */
export function parseSizeBytes(text: string): Result<number, string> {
  if (!SIZE_PATTERN.test(text)) return problem(SIZE_EXPECTED);
  const amount = Number.parseFloat(text);
  const sizeBytes = Math.round(amount * (UNITS.get(text.replace(/^[\d.]+/, '')) ?? 1));
  return Number.isSafeInteger(sizeBytes)
    ? success(sizeBytes)
    : problem('expected a size of at most 8,000,000 GiB');
}

import { MillraceError } from '@millrace/core';

/**
 * A whole number of at least `least`.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function requireWhole(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw argumentError(name, value, `a whole number of at least ${least}`);
}

/**
 * A finite number from `least` to `most`, both included.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function requireWithin(
  name: string,
  value: number,
  [least, most]: readonly [least: number, most: number],
): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  const range = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  throw argumentError(name, value, `a finite number, ${range}`);
}

/**
 * A finite number above 0.
 * @throws MillraceError QUANT_ARGUMENT
 */
export function requirePositive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw argumentError(name, value, 'a finite number above 0');
}

/**
 * Columns of the same rows.
 * @throws MillraceError COLUMNS_UNEQUAL
 */
export function requireSameLength(columns: Readonly<Record<string, ArrayLike<unknown>>>): number {
  const [first, ...others] = Object.entries(columns);
  if (first === undefined) return 0;
  const [firstName, { length }] = first;
  for (const [name, column] of others) {
    if (column.length === length) continue;
    throw new MillraceError(
      'COLUMNS_UNEQUAL',
      `column "${name}" has ${column.length} values, but "${firstName}" has ${length}; both describe the same rows`,
      { details: { column: name, got: column.length, expected: length } },
    );
  }
  return length;
}

export function argumentError(name: string, got: unknown, expected: string): MillraceError {
  return new MillraceError('QUANT_ARGUMENT', `"${name}" is ${String(got)}; expected ${expected}`, {
    details: { argument: name, got, expected },
  });
}

/**
 * Enough values for a calculation.
 * @throws MillraceError SERIES_TOO_SHORT
 */
export function requireCount(what: string, got: number, least: number): void {
  if (got >= least) return;
  throw new MillraceError('SERIES_TOO_SHORT', `${what}: got ${got}, needed at least ${least}`, {
    details: { what, got, least },
    help: 'Give more history, or ask for less.',
  });
}

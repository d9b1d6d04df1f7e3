const OFFSET = 2_166_136_261;
const PRIME = 16_777_619;

/**
 * The value of a stage: its place and the values before it, so that a wrong order or a lost input
 * shows. 32-bit FNV steps.
 */
export function combine(place: number, before: readonly number[]): number {
  let value = (OFFSET ^ place) >>> 0;
  for (const one of before) value = Math.imul(value ^ one, PRIME) >>> 0;
  return value;
}

/** One number over all stages in the order of declaration, equal for all that computed them right. */
export function digestOf(values: readonly number[]): number {
  return combine(values.length, values);
}

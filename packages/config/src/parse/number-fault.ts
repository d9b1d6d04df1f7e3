/** Why a number in a config would not mean what was written, or undefined when it does. */
export function numberFault(written: string, value: number): string | undefined {
  if (Number.isNaN(value) || /inf/i.test(written)) return undefined;
  if (!Number.isFinite(value)) return `the number ${cut(written)} is too large to be held`;
  if (value === 0 && /^[^e]*[1-9]/i.test(written.replace(/^[-+]?0[xo]/i, ''))) {
    return `the number ${cut(written)} is too small to be held`;
  }
  const isWhole = !/[.e]/i.test(written) || /^[-+]?0[xo]/i.test(written);
  if (isWhole && !Number.isSafeInteger(value)) {
    return `the whole number ${cut(written)} cannot be held exactly`;
  }
  return undefined;
}

export const NUMBER_HELP = 'put it in quotes to keep it as text';

function cut(written: string): string {
  return written.length <= 40 ? written : `${written.slice(0, 40)}...`;
}

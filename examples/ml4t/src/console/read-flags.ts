import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ml4tError } from '../base/ml4t-error.ts';

type Flags = NonNullable<ParseArgsConfig['options']>;

/**
 * The options of a command line.
 * @throws MillraceError USAGE
 */
export function readFlags<const T extends Flags>(argv: readonly string[], options: T) {
  try {
    const read = parseArgs({ args: [...argv], options, allowPositionals: true });
    // An unset variable of the shell, `--home "$PLACE"`: the folder of the person is not meant.
    const empty = Object.entries(read.values).find(([, value]) => value === '');
    if (empty === undefined) return read;
    throw new Error(`--${empty[0]} wants a value`);
  } catch (cause) {
    const [sentence = ''] = cause instanceof Error ? cause.message.split('. ') : [String(cause)];
    throw misuse(sentence, cause);
  }
}

/** One of a few words. @throws MillraceError USAGE */
export function oneOf<const T extends string>(flag: string, words: readonly T[], got: string): T {
  const found = words.find((word) => word === got);
  if (found !== undefined) return found;
  throw misuse(`--${flag} is "${got}"; expected one of ${words.join(', ')}`);
}

/** A whole number. @throws MillraceError USAGE */
export function wholeNumber(flag: string, got: string, least: number): number {
  const value = Number(got);
  if (/^\d+$/.test(got) && Number.isSafeInteger(value) && value >= least) return value;
  throw misuse(`--${flag} is "${got}"; expected a whole number of at least ${least}`);
}

export function misuse(message: string, cause?: unknown) {
  return ml4tError('USAGE', message, cause === undefined ? {} : { cause });
}

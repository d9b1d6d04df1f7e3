import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { TrainingError } from '../base/training-error.ts';

/** @throws TrainingError USAGE */
export function parseFlags<const Options extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (cause) {
    const [sentence = ''] = cause instanceof Error ? cause.message.split('. ') : [String(cause)];
    throw misuse(sentence, cause);
  }
}

export function misuse(message: string, cause?: unknown): TrainingError {
  return new TrainingError('USAGE', message, cause);
}

/** @throws TrainingError USAGE for an option that is there and empty */
export function requireFilled(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === '') throw misuse(`--${name} wants a value`);
  }
}

/** A whole number of at least 1. @throws TrainingError USAGE */
export function wholeFlag(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw misuse(`${name} is ${JSON.stringify(text)}, expected a whole number of at least 1`);
}

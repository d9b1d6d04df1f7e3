import { createTextRedactor, type SecretSource, type TextRedactor } from '@millrace/core';
import { PlainCopy } from './plain-copy.ts';
import { DEFAULT_LIMITS, type PlainLimits } from './plain-limits.ts';

/**
 * Takes secrets out of what is printed or stored: those that a {@link TextRedactor} finds and, in data,
 * whatever stands under a name such as `password`, `apiKey` or `authorization`. Secrets of fewer than four
 * characters are found by their field's name only.
 */
export interface Redactor extends Omit<TextRedactor, 'cutText'> {
  /** Cut at `textLength` of the limits, never inside a secret. */
  cutText(text: string): string;
  /** A plain copy of any value within the limits: {@link PlainCopy}. Never throws. */
  data(value: unknown): unknown;
  /** The same for a record. */
  record(value: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

/** @param source an array, or anything with `values()`; it is read again for every text */
export function createRedactor(
  source: SecretSource = [],
  limits: Partial<PlainLimits> = {},
): Redactor {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const { cutText, ...texts } = createTextRedactor(source);
  const data = (value: unknown): unknown => new PlainCopy(cutText, bounds).of(value);
  return {
    ...texts,
    cutText: (text) => cutText(text, bounds.textLength),
    data,
    record: (value) => asRecord(data(value)),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : { value };
}

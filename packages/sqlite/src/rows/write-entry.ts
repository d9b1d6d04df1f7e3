import { fromShortForm, type WriteRecord } from '@millrace/core';
import { z } from '../zod.ts';

/** A form is the sum of what holds. */
const IS_PATCH = 1;
const IS_SHORT = 2;

/** One write within the body of a checkpoint. The text is a hash, or the value itself where that is short. */
export type WriteEntry = readonly [form: number, key: string, text: string];

/** A short value stands without its hash, which is computed when it is read: it would be most of the row. */
export function writeEntry({ key, kind, hash, short }: WriteRecord): WriteEntry {
  const form = kind === 'patch' ? IS_PATCH : 0;
  return short === undefined ? [form, key, hash] : [form + IS_SHORT, key, short];
}

/** Undefined for what damage has made of a short value. */
export function hashOfShort(short: string): string | undefined {
  return fromShortForm(short)?.hash;
}

/** Undefined for a short value that is none. */
export function writeOf([form, key, text]: WriteEntry): WriteRecord | undefined {
  const kind = (form & IS_PATCH) === 0 ? 'value' : 'patch';
  if ((form & IS_SHORT) === 0) return { key, kind, hash: text };
  const hash = hashOfShort(text);
  return hash === undefined ? undefined : { key, kind, hash, short: text };
}

export function isWriteEntry(value: unknown): value is WriteEntry {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [form, key, text]: unknown[] = value;
  return isForm(form) && typeof key === 'string' && typeof text === 'string';
}

function isForm(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= IS_PATCH + IS_SHORT;
}

const anyWrite = z
  .tuple([z.custom<number>(isForm, 'is no form of a write'), z.string(), z.string()])
  .transform((entry, context): WriteRecord => {
    const write = writeOf(entry);
    if (write !== undefined) return write;
    context.addIssue({ code: 'custom', message: 'is no short value' });
    return z.NEVER;
  });

export const writeEntries = z.array(anyWrite);

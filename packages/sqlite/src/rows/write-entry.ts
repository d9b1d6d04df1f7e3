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

const anyWrite = z
  .tuple([
    z
      .int()
      .min(0)
      .max(IS_PATCH + IS_SHORT),
    z.string(),
    z.string(),
  ])
  .transform(([form, key, text], context): WriteRecord => {
    const kind = (form & IS_PATCH) === 0 ? 'value' : 'patch';
    if ((form & IS_SHORT) === 0) return { key, kind, hash: text };
    const hash = hashOfShort(text);
    if (hash !== undefined) return { key, kind, hash, short: text };
    context.addIssue({ code: 'custom', message: 'is no short value' });
    return z.NEVER;
  });

export const writeEntries = z.array(anyWrite);

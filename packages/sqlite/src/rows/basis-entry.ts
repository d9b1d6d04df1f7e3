import { BASIS_KINDS, type StageBasis } from '@millrace/core';
import { z } from '../zod.ts';
import { hashOfShort } from './write-entry.ts';

/** A basis within the body of a checkpoint. `isShort`: the params stand there themselves, and not their hash. */
export type BasisEntry = readonly [
  code: string,
  isShort: 0 | 1,
  params: string,
  inputs: StageBasis['inputs'],
  read?: StageBasis['read'] | null,
  files?: StageBasis['files'],
];

export function basisEntry({
  code,
  params,
  shortParams,
  inputs,
  read,
  files,
}: StageBasis): BasisEntry {
  const isShort = shortParams === undefined ? 0 : 1;
  const text = shortParams ?? params;
  if (files !== undefined) return [code, isShort, text, inputs, read ?? null, files];
  return read === undefined ? [code, isShort, text, inputs] : [code, isShort, text, inputs, read];
}

export const anyBasis = z
  .tuple([
    z.string(),
    z.literal([0, 1]),
    z.string(),
    z.array(z.tuple([z.enum(BASIS_KINDS), z.string(), z.string()])),
    z.array(z.string()).nullable().optional(),
    z.array(z.tuple([z.string(), z.string()])).optional(),
  ])
  .transform(([code, isShort, text, inputs, read, files], context): StageBasis => {
    const params = isShort === 0 ? text : hashOfShort(text);
    if (params === undefined) {
      context.addIssue({ code: 'custom', message: 'has params that are no short value' });
      return z.NEVER;
    }
    return {
      code,
      params,
      ...(isShort === 0 ? {} : { shortParams: text }),
      ...(read === undefined || read === null ? {} : { read }),
      inputs,
      ...(files === undefined ? {} : { files }),
    };
  });

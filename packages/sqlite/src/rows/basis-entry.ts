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

/** Undefined for short params that are none. */
export function basisOf([code, isShort, text, inputs, read, files]: BasisEntry):
  | StageBasis
  | undefined {
  const params = isShort === 0 ? text : hashOfShort(text);
  if (params === undefined) return undefined;
  return {
    code,
    params,
    ...(isShort === 0 ? {} : { shortParams: text }),
    ...(read === undefined || read === null ? {} : { read }),
    inputs,
    ...(files === undefined ? {} : { files }),
  };
}

/** Whether it is a basis as nearly all are: of a stage without files. */
export function isCommonBasis(value: unknown): value is BasisEntry {
  if (!Array.isArray(value) || value.length < 4 || value.length > 5) return false;
  const [code, isShort, text, inputs, read]: unknown[] = value;
  return (
    typeof code === 'string' &&
    (isShort === 0 || isShort === 1) &&
    typeof text === 'string' &&
    Array.isArray(inputs) &&
    inputs.every(isInput) &&
    (read === undefined || read === null || isTexts(read))
  );
}

function isInput(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  return KINDS.has(value[0]) && isTexts(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

const KINDS: ReadonlySet<unknown> = new Set(BASIS_KINDS);

export const anyBasis = z
  .tuple([
    z.string(),
    z.literal([0, 1]),
    z.string(),
    z.array(z.tuple([z.enum(BASIS_KINDS), z.string(), z.string()])),
    z.array(z.string()).nullable().optional(),
    z.array(z.tuple([z.string(), z.string()])).optional(),
  ])
  .transform((entry, context): StageBasis => {
    const basis = basisOf(entry);
    if (basis !== undefined) return basis;
    context.addIssue({ code: 'custom', message: 'has params that are no short value' });
    return z.NEVER;
  });

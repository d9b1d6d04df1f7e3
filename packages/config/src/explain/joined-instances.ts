import { isDeepStrictEqual } from 'node:util';
import { formatPath, type PathSegment, problem, type Result, success } from '@millrace/core';
import type { Explained, UnknownPath } from './explained-value.ts';

/**
 * What several instances have in common, told as of one value where it is the same for all of them.
 * Undefined when none of them has it.
 */
export function joinedInstances(
  all: readonly Result<Explained, UnknownPath>[],
  path: readonly PathSegment[],
): Result<Explained, UnknownPath> | undefined {
  const found = all.flatMap((one) => (one.ok ? [one.value] : []));
  const [first, ...others] = found.map((one) => ({ ...one, path: formatPath(path) }));
  if (first === undefined) return undefined;
  const isOne = first.kind === 'value' && others.every((other) => isDeepStrictEqual(other, first));
  if (isOne) return success(first);
  const values = found.flatMap((one) => (one.kind === 'value' ? [one] : one.values));
  return success({ kind: 'map', path: formatPath(path), values });
}

/** That an instance has no such value, told of the id that was asked for. */
export function asOfInstance(
  id: PathSegment,
  instance: string,
  explained: Result<Explained, UnknownPath>,
): Result<Explained, UnknownPath> {
  if (explained.ok) return explained;
  const { owner, ...rest } = explained.problem;
  const [above, asked] = [instance, id].map((stage) => formatPath(['stages', stage]));
  return problem({ ...rest, owner: owner.replace(above ?? '', () => asked ?? '') });
}

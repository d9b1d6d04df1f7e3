import type { StageRecord } from '../checkpoint/index.ts';
import { type BoundStage, declaredWrites } from '../pipeline/index.ts';
import { changedEntries } from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';

/**
 * Whether what a record wrote has no place in the context as it is now: under a key that the stage no longer
 * writes, or as patches that were made upon another value.
 */
export function isOutOfPlace(
  stage: BoundStage,
  { writes, basis }: StageRecord,
  reader: BasisReader,
): boolean {
  const { outputs, updates } = stage.blueprint;
  const declared = declaredWrites(stage);
  if (outputs !== undefined && writes.some(({ key }) => !declared.includes(key))) return true;
  if (writes.every(({ kind }) => kind === 'value')) return false;
  const bases = (basis?.inputs ?? []).filter(
    ([kind, name]) => kind === 'input' && updates.includes(name),
  );
  return changedEntries(bases, reader.entries(stage.index, bases)).length > 0;
}

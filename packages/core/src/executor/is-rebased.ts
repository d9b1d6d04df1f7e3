import type { StageRecord } from '../checkpoint/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { changedEntries } from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';

/** Whether what a record keeps as patches was made upon other values than those that are there now. */
export function isRebased(
  { index, blueprint }: BoundStage,
  { writes, basis }: StageRecord,
  reader: BasisReader,
): boolean {
  if (writes.every(({ kind }) => kind === 'value')) return false;
  const bases = (basis?.inputs ?? []).filter(
    ([kind, name]) => kind === 'input' && blueprint.updates.includes(name),
  );
  return changedEntries(bases, reader.entries(index, bases)).length > 0;
}

import type { CheckpointStore, StageRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import type { StageViews } from './stage-views.ts';
import { StoredCell } from './stored-cell.ts';

/** What a recorded outcome wrote, as cells that are read from the store when they are needed. */
export function keptCells(
  store: CheckpointStore,
  views: StageViews,
  index: number,
  { stage, writes }: StageRecord,
): readonly Cell[] {
  return writes.map((write) => {
    const before = write.kind === 'patch' ? views.find(index, write.key) : undefined;
    return new StoredCell(store, write, stage, before);
  });
}

/** The stored values alone, to be checked: what patches build upon may not be there yet. */
export function detachedCells(
  store: CheckpointStore,
  { stage, writes }: StageRecord,
): readonly Cell[] {
  return writes.map(
    (write) => new StoredCell(store, { ...write, kind: 'value' }, stage, undefined),
  );
}

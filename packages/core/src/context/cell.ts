import { type SealedValue, viewValue } from '../base/codec/index.ts';

/** One key as one writer left it. Never changed after it was made. */
export interface Cell {
  readonly key: string;
  readonly sealed: SealedValue;
  /** Identity of the value: equal hashes mean equal values. */
  readonly hash: string;
}

/** What a reader may hold: frozen and shared, or a copy of its own where the value cannot be frozen. */
export function readCell(cell: Cell): unknown {
  return viewValue(cell.sealed);
}

import { type EncodedValue, fromShortForm } from '../base/codec/index.ts';
import type { CommitBatch, StageRecord, WriteRecord } from '../checkpoint/index.ts';
import type { StageBasis } from '../plan/index.ts';

/** The batch with every value apart from its record, for a store that keeps no short values within them. */
export function valuesApart(batch: CommitBatch): CommitBatch {
  const values: EncodedValue[] = [...batch.values];
  const keep = (short: string | undefined): void => {
    const value = short === undefined ? undefined : fromShortForm(short);
    if (value !== undefined) values.push(value);
  };
  const writeApart = ({ short, ...write }: WriteRecord): WriteRecord => {
    keep(short);
    return write;
  };
  const basisApart = ({ shortParams, ...basis }: StageBasis): StageBasis => {
    keep(shortParams);
    return basis;
  };
  const stages = batch.stages.map(({ writes, basis, ...record }): StageRecord => {
    const apart = { ...record, writes: writes.map(writeApart) };
    return basis === undefined ? apart : { ...apart, basis: basisApart(basis) };
  });
  return { ...batch, stages, values };
}

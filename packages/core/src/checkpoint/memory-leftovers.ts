import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId } from '../base/ids.ts';
import type { Leftovers, SweepRequest, SweepStep } from './clean-up.ts';
import { namedHashes } from './named-hashes.ts';
import type { ItemRecord, RunRecord, SignalRecord, StageRecord, ValueHash } from './records.ts';

interface DeletedRun {
  readonly hashes: ReadonlySet<ValueHash>;
  readonly at: number;
}

interface RunProgress {
  readonly stages: readonly StageRecord[];
  readonly items: readonly ItemRecord[];
  readonly signals: readonly SignalRecord[];
}

/** What a run refers to by itself, from its records alone. */
export function* referredHashes(
  { context }: RunRecord,
  { stages, items, signals }: RunProgress,
): Generator<ValueHash> {
  for (const { hash } of context) yield hash;
  for (const { writes, basis } of stages) {
    for (const { hash } of writes) yield hash;
    if (basis !== undefined) yield* [basis.code, basis.params];
  }
  for (const { basis, result } of items) {
    yield basis;
    if (result !== undefined) yield result;
  }
  for (const { payload } of signals) yield* namedHashes(textOf(payload));
}

/** Runs that are gone, while a process may still want what they referred to. */
export class DeletedRuns {
  readonly #runs = new Map<RunId, DeletedRun>();

  add(id: RunId, hashes: Iterable<ValueHash>, at: number): void {
    this.#runs.set(id, { hashes: new Set(hashes), at });
  }

  /** Forgets those of which nobody can know any more. */
  expire({ now, graceMs }: SweepRequest, live: readonly RunRecord[]): void {
    const nobodyBefore = Math.min(now, ...live.map(({ createdAt }) => createdAt));
    for (const [id, { at }] of this.#runs) {
      if (at + graceMs <= nobodyBefore) this.#runs.delete(id);
    }
  }

  *hashes(): Generator<ValueHash> {
    for (const { hashes } of this.#runs.values()) yield* hashes;
  }
}

/** All values but those that are referred to by these hashes, and artifacts named inside of one that is kept. */
export function unreferredValues(
  values: ReadonlyMap<ValueHash, EncodedValue>,
  referred: Iterable<ValueHash>,
): Map<ValueHash, EncodedValue> {
  const left = new Map(values);
  const open: EncodedValue[] = [];
  const keep = (hash: ValueHash, isArtifact: boolean): void => {
    const value = left.get(hash);
    if (value === undefined || (isArtifact && value.codec !== 'bytes')) return;
    left.delete(hash);
    open.push(value);
  };
  for (const hash of referred) keep(hash, false);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const hash of namedHashes(textOf(value))) keep(hash, true);
  }
  return left;
}

export function countLeftovers(values: Iterable<EncodedValue>): Leftovers {
  let count = 0;
  let bytes = 0;
  for (const { byteLength } of values) {
    count += 1;
    bytes += byteLength;
  }
  return { values: count, bytes };
}

interface SweepScope {
  readonly referred: readonly ValueHash[];
  readonly deleted: DeletedRuns;
  /** False while a run is live, which may have stored an artifact that it has not told of yet. */
  readonly isQuiet: boolean;
}

/** Removes from `values` what nobody refers to or may still need. */
export function sweepValues(
  values: Map<ValueHash, EncodedValue>,
  { referred, deleted, isQuiet }: SweepScope,
): SweepStep {
  const left = unreferredValues(values, [...referred, ...deleted.hashes()]);
  for (const [hash, { codec }] of left) if (codec === 'bytes' && !isQuiet) left.delete(hash);
  for (const hash of left.keys()) values.delete(hash);
  return {
    done: true,
    removed: countLeftovers(left.values()),
    waiting: countLeftovers(unreferredValues(values, referred).values()),
  };
}

/** Bytes that are no text become signs that no hash has. */
function textOf({ body }: EncodedValue): string {
  if (typeof body === 'string') return body;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}

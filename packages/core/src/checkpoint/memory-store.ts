import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { Mutable } from '../base/mutable.ts';
import type { RunEvent } from '../events/run-event.ts';
import type {
  AcquireResult,
  CheckpointStore,
  CommitBatch,
  Lease,
  RunFilter,
  SeenLease,
  SendResult,
} from './checkpoint-store.ts';
import type { DeleteResult, StoreMeasure, SweepRequest, SweepStep } from './clean-up.ts';
import { leaseLost } from './lease-lost.ts';
import {
  countLeftovers,
  DeletedRuns,
  referredHashes,
  sweepValues,
  unreferredValues,
} from './memory-leftovers.ts';
import { MemorySignals } from './memory-signals.ts';
import { MemoryStoreIndex } from './memory-store-index.ts';
import type {
  AttemptRecord,
  FoundStage,
  ItemRecord,
  NewRun,
  NewSignal,
  Owner,
  RunRecord,
  SignalRecord,
  StageRecord,
  ValueHash,
  WaitRecord,
} from './records.ts';

interface KeptRun {
  /** Changed in place by every commit, so that nobody gets but a copy of it. */
  record: Mutable<RunRecord>;
  readonly stages: Map<string, FoundStage>;
  readonly attempts: Map<string, AttemptRecord>;
  /** By stage, then by the item's key. */
  readonly items: Map<string, Map<string, ItemRecord>>;
  readonly events: RunEvent[];
  /** As they were committed, not sorted yet. */
  newAttempts: AttemptRecord[];
  newStages: StageRecord[];
  readonly signals: MemorySignals;
}

const DEFAULT_LIMIT = 50;

/**
 * Keeps runs in this process: for tests, and for runs that need no resume after the process ends. Commits are kept as
 * they come, and sorted by stage and value when somebody reads: most runs end before anybody does.
 */
export class MemoryStore implements CheckpointStore {
  readonly name = 'memory';
  readonly groupsCommits = false;
  readonly keepsShortValues = true;
  readonly #runs = new Map<RunId, KeptRun>();
  readonly #values = new Map<ValueHash, EncodedValue>();
  readonly #index = new MemoryStoreIndex();
  readonly #deleted = new DeletedRuns();
  #unsortedValues: EncodedValue[] = [];
  /** Runs with records that are not sorted yet. */
  readonly #unsorted = new Set<KeptRun>();

  createRun(run: NewRun, values: readonly EncodedValue[], owner: Owner): Lease {
    if (this.#runs.has(run.id)) {
      throw new MillraceError('RUN_EXISTS', `the store already has a run ${run.id}`, {
        details: { runId: run.id },
      });
    }
    for (const value of values) this.saveValue(value);
    const begun = { beat: 0, lastSeq: 0, sessionStartSeq: 0 };
    const record: RunRecord = { ...run, status: 'running', fence: 1, owner, ...begun };
    this.#runs.set(run.id, {
      record,
      stages: new Map(),
      attempts: new Map(),
      items: new Map(),
      events: [],
      newAttempts: [],
      newStages: [],
      signals: new MemorySignals(),
    });
    return { runId: run.id, fence: 1 };
  }

  acquireRun(id: RunId, owner: Owner, seen?: SeenLease): AcquireResult {
    const kept = this.#runs.get(id);
    if (kept === undefined) return { kind: 'missing' };
    const { owner: held, beat } = kept.record;
    const isAsSeen = seen?.fence === kept.record.fence && (seen.beat ?? beat) === beat;
    if (held !== undefined && !isAsSeen) {
      return { kind: 'held', owner: held, fence: kept.record.fence };
    }
    if (seen !== undefined && !isAsSeen) return { kind: 'moved' };
    const fence = kept.record.fence + 1;
    const { finishedAt: _ended, ...open } = kept.record;
    kept.record = { ...open, status: 'running', owner, fence, sessionStartSeq: open.lastSeq };
    return { kind: 'acquired', lease: { runId: id, fence } };
  }

  renewLease(lease: Lease): void {
    const kept = this.#owned(lease);
    kept.record = { ...kept.record, beat: kept.record.beat + 1 };
  }

  releaseRun(lease: Lease): void {
    const kept = this.#runs.get(lease.runId);
    if (kept?.record.fence !== lease.fence) return;
    const { owner: _gone, ...free } = kept.record;
    kept.record = free;
  }

  commit(lease: Lease, batch: CommitBatch): void {
    const kept = this.#owned(lease);
    this.#note(kept, batch);
    const { record } = kept;
    record.beat++;
    record.lastSeq = batch.events.at(-1)?.seq ?? record.lastSeq;
    if (batch.context !== undefined) record.context = batch.context;
    if (batch.finish === undefined) return;
    const { owner: _gone, ...free } = record;
    kept.record = { ...free, ...batch.finish };
  }

  findRun(id: RunId): RunRecord | undefined {
    const kept = this.#runs.get(id);
    return kept && { ...kept.record };
  }

  listRuns(filter: RunFilter): readonly RunRecord[] {
    return [...this.#runs.values()]
      .map(({ record }) => ({ ...record }))
      .filter((run) => filter.pipeline === undefined || run.pipeline === filter.pipeline)
      .filter((run) => filter.statuses === undefined || filter.statuses.includes(run.status))
      .reverse()
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, filter.limit ?? DEFAULT_LIMIT);
  }

  loadStages(id: RunId): readonly StageRecord[] {
    return [...(this.#sorted(id)?.stages.values() ?? [])].map(({ record }) => record);
  }

  loadAttempts(id: RunId): readonly AttemptRecord[] {
    return [...(this.#sorted(id)?.attempts.values() ?? [])];
  }

  loadItems(id: RunId, stage: StageId): readonly ItemRecord[] {
    return [...(this.#runs.get(id)?.items.get(stage)?.values() ?? [])];
  }

  findStages(cacheKey: string, limit: number): readonly FoundStage[] {
    this.#sort();
    return this.#index.find(cacheKey, limit);
  }

  loadValue(hash: ValueHash): EncodedValue | undefined {
    this.#sort();
    return this.#values.get(hash);
  }

  saveValue(value: EncodedValue): void {
    if (!this.#values.has(value.hash)) this.#values.set(value.hash, value);
  }

  loadEvents(id: RunId, after: number, limit: number): readonly RunEvent[] {
    const events = this.#runs.get(id)?.events ?? [];
    const from = events.findIndex((event) => event.seq > after);
    return from === -1 ? [] : events.slice(from, from + limit);
  }

  sendSignal(signal: NewSignal): SendResult {
    const kept = this.#runs.get(signal.runId);
    if (kept === undefined) return { kind: 'missing' };
    if (kept.record.status === 'succeeded') return { kind: 'succeeded' };
    return { kind: 'sent', number: kept.signals.add(signal) };
  }

  loadSignals(id: RunId, after: number): readonly SignalRecord[] {
    return this.#runs.get(id)?.signals.after(after) ?? [];
  }

  loadWaits(id: RunId): readonly WaitRecord[] {
    return this.#runs.get(id)?.signals.waits ?? [];
  }

  deleteRun(id: RunId, seen: SeenLease, at: number): DeleteResult {
    const kept = this.#sorted(id);
    if (kept === undefined) return { kind: 'missing' };
    const { owner, beat, fence } = kept.record;
    if (seen.fence !== fence || (seen.beat ?? beat) !== beat) {
      return owner === undefined ? { kind: 'moved' } : { kind: 'held', owner, fence };
    }
    for (const found of kept.stages.values()) this.#index.remove(found);
    this.#deleted.add(id, this.#referredBy(kept), at);
    this.#runs.delete(id);
    return { kind: 'deleted' };
  }

  measure(without: readonly RunId[]): StoreMeasure {
    this.#sort();
    const gone = new Set(without);
    const kept = [...this.#runs.values()].filter(({ record }) => !gone.has(record.id));
    const referred = kept.flatMap((run) => [...this.#referredBy(run)]);
    const leftovers = countLeftovers(unreferredValues(this.#values, referred).values());
    return { bytes: countLeftovers(this.#values.values()).bytes, freeBytes: 0, leftovers };
  }

  /** All in one step: nobody else can be at work in between. */
  sweep(request: SweepRequest): SweepStep {
    this.#sort();
    const runs = [...this.#runs.values()];
    const referred = runs.flatMap((run) => [...this.#referredBy(run)]);
    const live = runs.flatMap(({ record }) =>
      record.owner !== undefined && request.mayLive(record.owner) ? [record] : [],
    );
    this.#deleted.expire(request, live);
    return sweepValues(this.#values, {
      referred,
      deleted: this.#deleted,
      isQuiet: live.length === 0,
    });
  }

  close(): void {}

  #referredBy({ record, stages, items, signals }: KeptRun): Iterable<ValueHash> {
    return referredHashes(record, {
      stages: Array.from(stages.values(), (found) => found.record),
      items: [...items.values()].flatMap((ofStage) => [...ofStage.values()]),
      signals: signals.after(0),
    });
  }

  #sorted(id: RunId): KeptRun | undefined {
    this.#sort();
    return this.#runs.get(id);
  }

  /** The arrays of a batch are not kept: each has room for more than it holds. */
  #note(kept: KeptRun, { values, attempts, stages, items, waits, events }: CommitBatch): void {
    for (const value of values) this.#unsortedValues.push(value);
    for (const attempt of attempts) kept.newAttempts.push(attempt);
    for (const stage of stages) kept.newStages.push(stage);
    for (const event of events) kept.events.push(event);
    if (items !== undefined) for (const item of items) replaceItem(kept, item);
    if (waits !== undefined) for (const wait of waits) kept.signals.replace(wait);
    this.#unsorted.add(kept);
  }

  #sort(): void {
    const values = this.#unsortedValues;
    this.#unsortedValues = [];
    for (const value of values) this.saveValue(value);
    for (const kept of this.#unsorted) {
      const { newAttempts, newStages, attempts } = kept;
      kept.newAttempts = [];
      kept.newStages = [];
      for (const attempt of newAttempts) {
        attempts.set(`${attempt.attempt} ${attempt.stage}`, attempt);
      }
      for (const stage of newStages) this.#replaceStage(kept, stage);
    }
    this.#unsorted.clear();
  }

  /** Deleted first, so that it moves to the end. */
  #replaceStage({ record: { id: runId }, stages }: KeptRun, record: StageRecord): void {
    const replaced = stages.get(record.stage);
    if (replaced !== undefined) this.#index.remove(replaced);
    const found: FoundStage = { runId, record };
    stages.delete(record.stage);
    stages.set(record.stage, found);
    this.#index.add(found);
  }

  #owned(lease: Lease): KeptRun {
    const kept = this.#runs.get(lease.runId);
    if (kept?.record.fence === lease.fence && kept.record.owner !== undefined) return kept;
    throw leaseLost(lease, kept?.record.fence);
  }
}

function replaceItem({ items }: KeptRun, item: ItemRecord): void {
  const ofStage = items.get(item.stage) ?? new Map<string, ItemRecord>();
  items.set(item.stage, ofStage.set(item.key, item));
}

import type { EncodedValue } from '../base/codec/index.ts';
import type { RunId } from '../base/ids.ts';
import type {
  AttemptRecord,
  CheckpointStore,
  CommitBatch,
  ItemRecord,
  Lease,
  RunFinish,
  StageRecord,
  WaitRecord,
  WriteRecord,
} from '../checkpoint/index.ts';
import type { Durability } from '../definition/pipeline-definition.ts';
import type { RunEvent } from '../events/index.ts';
import type { EventDraft } from './event-draft.ts';
import { numberedEvent } from './numbered-event.ts';
import { valuesApart } from './values-apart.ts';

/** What becomes durable together, and what follows from it. */
export interface CommitEntry {
  readonly values?: readonly EncodedValue[];
  readonly attempt?: AttemptRecord;
  readonly stage?: StageRecord;
  readonly items?: readonly ItemRecord[];
  readonly waits?: readonly WaitRecord[];
  readonly event?: EventDraft;
  /** The initial context as it is from now on. */
  readonly context?: readonly WriteRecord[];
  readonly finish?: RunFinish;
  /** Frees dependants: once it is durable (`strict`) or at once. */
  readonly apply?: () => void;
  /** Called once it is durable and its events were announced. */
  readonly written?: () => void;
}

/** An entry that may still be shortened before it is written. */
export interface Note {
  /** A later record of the same attempt makes this one's needless; its event stays. */
  supersedeAttempt(): void;
}

class QueuedEntry implements Note {
  readonly entry: CommitEntry;
  attempt: AttemptRecord | undefined;

  constructor(entry: CommitEntry) {
    this.entry = entry;
    this.attempt = entry.attempt;
  }

  supersedeAttempt(): void {
    this.attempt = undefined;
  }
}

interface CommitQueueParts {
  readonly store: CheckpointStore;
  readonly lease: Lease;
  readonly durability: Durability;
  readonly lastSeq: number;
  readonly announce: (event: RunEvent) => void;
  /** Called after each commit, when what was waiting for it may go on. */
  readonly committed: () => void;
  readonly failed: (error: unknown) => void;
}

/** Past so many outcomes or items a group is written without waiting for more. */
const LARGEST_GROUP = 1000;
/** Past so many encoded bytes likewise. */
const LARGEST_GROUP_BYTES = 8 * 1024 * 1024;

/**
 * The only module that writes a run. Entries are written in the order they came; those that come
 * close together share a transaction; events are announced after they are written.
 */
export class CommitQueue {
  readonly #parts: CommitQueueParts;
  readonly #runId: RunId;
  #entries: QueuedEntry[] = [];
  #outcomes = 0;
  #items = 0;
  #bytes = 0;
  #emptied: PromiseWithResolvers<void> | undefined;
  #seq: number;
  #writing = false;
  #applying = false;
  #scheduled: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(parts: CommitQueueParts) {
    this.#parts = parts;
    this.#runId = parts.lease.runId;
    this.#seq = parts.lastSeq;
  }

  /** True when nothing waits to be written. */
  get idle(): boolean {
    return this.#entries.length === 0 && !this.#writing;
  }

  /** True while outcomes wait to be written. */
  get hasOutcomes(): boolean {
    return this.#outcomes > 0;
  }

  /** Resolves once there is room for more; undefined while there is. */
  room(): Promise<void> | undefined {
    return this.#writing && this.#isFull ? this.emptied() : undefined;
  }

  /** Resolves once all that was added so far is written; undefined when it is. */
  emptied(): Promise<void> | undefined {
    this.flush();
    if (this.idle || this.#closed) return undefined;
    this.#emptied ??= Promise.withResolvers<void>();
    return this.#emptied.promise;
  }

  /** Adds a fact that nobody waits for: a start, a progress, an item. */
  note(entry: CommitEntry): Note {
    const queued = new QueuedEntry(entry);
    if (this.#closed) return queued;
    this.#entries.push(queued);
    if (entry.items !== undefined) this.#count(entry);
    if (this.#isFull) this.flush();
    else this.#schedule();
    return queued;
  }

  /**
   * Adds an outcome.
   * @param mayWait more outcomes are likely soon, so that the group may grow
   */
  add(entry: CommitEntry, mayWait: boolean): void {
    if (this.#closed) return;
    const { durability, store } = this.#parts;
    const { apply, ...rest } = entry;
    const isEarly = durability !== 'strict' && apply !== undefined;
    this.#entries.push(new QueuedEntry(isEarly ? rest : entry));
    this.#outcomes++;
    this.#count(entry);
    if (isEarly) this.#applyEarly(apply);
    const full = this.#isFull;
    const waits = store.groupsCommits && (mayWait || durability !== 'strict');
    if (full || !waits) this.flush();
    else this.#schedule();
  }

  /** Writes what is there now; a no-op while a write or an outcome is under way, which then goes on by itself. */
  flush(): void {
    if (this.#writing || this.#applying || this.#closed || this.#entries.length === 0) return;
    this.#unschedule();
    const entries = this.#entries;
    const whole = this.#toBatch(entries);
    const batch = this.#parts.store.keepsShortValues === true ? whole : valuesApart(whole);
    this.#entries = [];
    this.#outcomes = 0;
    this.#items = 0;
    this.#bytes = 0;
    this.#writing = true;
    try {
      const written = this.#parts.store.commit(this.#parts.lease, batch);
      if (written === undefined) this.#done(entries, batch.events);
      else
        written
          .then(() => this.#done(entries, batch.events))
          .catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What follows from an outcome is queued behind it, and written when all of it is there. */
  #applyEarly(apply: () => void): void {
    this.#applying = true;
    try {
      apply();
    } finally {
      this.#applying = false;
    }
  }

  /** Drops what was not written; later entries are ignored. */
  close(): void {
    this.#closed = true;
    this.#entries = [];
    this.#unschedule();
    this.#tellEmptied();
  }

  get #isFull(): boolean {
    return (
      this.#outcomes >= LARGEST_GROUP ||
      this.#items >= LARGEST_GROUP ||
      this.#bytes >= LARGEST_GROUP_BYTES
    );
  }

  #count({ values = [], items = [] }: CommitEntry): void {
    this.#items += items.length;
    for (const value of values) this.#bytes += value.byteLength;
  }

  #tellEmptied(): void {
    this.#emptied?.resolve();
    this.#emptied = undefined;
  }

  #done(entries: readonly QueuedEntry[], events: readonly RunEvent[]): void {
    for (const { entry } of entries) entry.apply?.();
    for (const event of events) this.#parts.announce(event);
    for (const { entry } of entries) entry.written?.();
    this.#writing = false;
    // What came in meanwhile is the next group.
    if (this.#entries.length > 0) this.#schedule();
    else this.#tellEmptied();
    this.#parts.committed();
  }

  #fail(error: unknown): void {
    this.#writing = false;
    this.close();
    this.#parts.failed(error);
  }

  #toBatch(entries: readonly QueuedEntry[]): CommitBatch {
    const values: EncodedValue[] = [];
    const attempts: AttemptRecord[] = [];
    const stages: StageRecord[] = [];
    const items: ItemRecord[] = [];
    const waits: WaitRecord[] = [];
    const events: RunEvent[] = [];
    let context: readonly WriteRecord[] | undefined;
    let finish: RunFinish | undefined;
    for (const { entry, attempt } of entries) {
      if (entry.values !== undefined) for (const value of entry.values) values.push(value);
      if (attempt !== undefined) attempts.push(attempt);
      if (entry.stage !== undefined) stages.push(entry.stage);
      if (entry.items !== undefined) for (const item of entry.items) items.push(item);
      if (entry.waits !== undefined) waits.push(...entry.waits);
      if (entry.event !== undefined) {
        events.push(numberedEvent(entry.event, ++this.#seq, this.#runId));
      }
      context = entry.context ?? context;
      finish = entry.finish ?? finish;
    }
    const sync = this.#parts.durability !== 'none' && (stages.length > 0 || finish !== undefined);
    return {
      values,
      attempts,
      stages,
      events,
      sync,
      ...(items.length === 0 ? {} : { items }),
      ...(waits.length === 0 ? {} : { waits }),
      ...(context === undefined ? {} : { context }),
      ...(finish === undefined ? {} : { finish }),
    };
  }

  #schedule(): void {
    this.#scheduled ??= setImmediate(() => {
      this.#scheduled = undefined;
      this.flush();
    });
  }

  #unschedule(): void {
    if (this.#scheduled !== undefined) clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
  }
}

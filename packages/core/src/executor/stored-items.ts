import {
  type AttemptReads,
  type BegunItem,
  type ItemLedger,
  type KnownItem,
  secretItemFailure,
  unstorableItemFailure,
} from '../attempt/index.ts';
import { type EncodedValue, type SealedValue, soundValue, tryEncode } from '../base/codec/index.ts';
import type { RunId, StageId } from '../base/ids.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { CheckpointStore, ItemRecord, ValueHash } from '../checkpoint/index.ts';
import type { FailureRecord } from '../events/index.ts';
import { isForced } from '../plan/index.ts';
import type { BasisReader } from './basis-reader.ts';
import type { CommitQueue } from './commit-queue.ts';
import { concealReads } from './conceal-reads.ts';
import { encodedSecret } from './holds-secret.ts';
import { ItemBases } from './item-basis.ts';
import { itemSources } from './item-sources.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { redactFailure } from './redact-outcome.ts';
import type { SessionParts } from './session-parts.ts';
import { undoneAttempts } from './undone-attempts.ts';

interface StoredItemsParts {
  readonly session: SessionParts;
  readonly commits: CommitQueue;
  readonly reader: BasisReader;
  readonly launched: LaunchedAttempt;
}

const NONE: ReadonlyMap<string, KnownItem> = new Map();
/** Of one attempt so many failed items have an event each; all have a record. */
const MOST_EVENTS = 100;

/** The items of one attempt of a mapped stage, in the store of its run. */
export class StoredItems implements ItemLedger {
  readonly #parts: StoredItemsParts;
  readonly #bases: ItemBases;
  /** Reads as the attempt told them, and without names that hold a secret. */
  #seen: { readonly told: AttemptReads; readonly concealed: AttemptReads } | undefined;
  readonly #written = new Set<ValueHash>();
  #events = 0;

  constructor(parts: StoredItemsParts) {
    const { session, reader, launched } = parts;
    const { stage, basis: start } = launched;
    this.#parts = parts;
    this.#bases = new ItemBases({ pipeline: session.pipeline, stage, start, reader });
  }

  known(): ReadonlyMap<string, KnownItem> | Promise<ReadonlyMap<string, KnownItem>> {
    const { session, launched } = this.#parts;
    const isNew = session.earlier === undefined && session.forkedFrom === undefined;
    return isNew && launched.attempt === 1 ? NONE : this.#find();
  }

  succeeded(
    item: BegunItem,
    result: SealedValue,
    reads: AttemptReads,
  ): Result<undefined, FailureRecord> {
    const { session, launched } = this.#parts;
    const named = { stage: launched.stage.id, key: item.key };
    const encoded = tryEncode(result, 'result');
    if (!encoded.ok) return problem(unstorableItemFailure(named, encoded.problem));
    if (encodedSecret(encoded.value, session.holdsSecret)) return problem(secretItemFailure(named));
    const values = this.#newValues(reads, encoded.value);
    this.#parts.commits.note({
      values,
      items: [{ ...this.#record(item, reads), status: 'succeeded', result: encoded.value.hash }],
    });
    return success(undefined);
  }

  failed(item: BegunItem, given: FailureRecord, reads: AttemptReads): FailureRecord {
    const { session, commits, launched } = this.#parts;
    const failure = redactFailure(given, session.redact);
    const isTold = this.#events++ < MOST_EVENTS;
    const { stage, attempt } = launched;
    const at = session.clock.now();
    const told = {
      at,
      stage: stage.id,
      attempt,
      item: session.redact(item.key),
      tries: item.tries,
    };
    commits.note({
      values: this.#newValues(reads),
      items: [{ ...this.#record(item, reads), status: 'failed', failure }],
      ...(isTold ? { event: { type: 'stage.item-failed', ...told, failure } } : {}),
    });
    return failure;
  }

  room(): Promise<void> | undefined {
    return this.#parts.commits.room();
  }

  /** What this attempt's predecessors did, and what the runs did that this one took over from. */
  async #find(): Promise<ReadonlyMap<string, KnownItem>> {
    const { session, commits, launched } = this.#parts;
    await commits.emptied();
    const { store, runId } = session;
    const records = await itemsOf(store, runId, launched.stage.id);
    if (this.#isForced) return this.#known(await this.#standing(this.#ofSession(records)));
    const others = new Map<string, ItemRecord>();
    for (const source of await this.#sources()) {
      const found = await this.#standing(await itemsOf(store, source, launched.stage.id));
      for (const record of found) if (!others.has(record.key)) others.set(record.key, record);
    }
    const standing = await this.#standing(records);
    for (const { key } of standing) others.delete(key);
    const adopted = [...others.values()];
    // Of its own from now on: the other run may be deleted.
    const { attempt } = launched;
    if (adopted.length > 0) commits.note({ items: adopted.map((item) => ({ ...item, attempt })) });
    return this.#known([...adopted, ...standing]);
  }

  #known(records: readonly ItemRecord[]): ReadonlyMap<string, KnownItem> {
    return new Map(records.map((record) => [record.key, this.#toKnown(record)]));
  }

  /** The stage was asked for by name, and its items with it. */
  get #isForced(): boolean {
    const { session, launched } = this.#parts;
    return isForced(session.plan.reasons[launched.index]);
  }

  /** Those of the attempts of this session. */
  #ofSession(records: readonly ItemRecord[]): readonly ItemRecord[] {
    const { session, launched } = this.#parts;
    const before = session.earlier?.attempts.get(launched.index) ?? 0;
    return records.filter(({ attempt }) => attempt > before);
  }

  /** What was taken over was taken back with the stage, where that was undone. */
  async #sources(): Promise<readonly RunId[]> {
    const { session, launched } = this.#parts;
    const { id } = launched.stage;
    return session.undone.has(id) ? [] : await itemSources(session, id);
  }

  async #standing(records: readonly ItemRecord[]): Promise<readonly ItemRecord[]> {
    const { store } = this.#parts.session;
    const verdicts = new Map<ValueHash, boolean>();
    for (const { basis } of records) {
      if (verdicts.has(basis)) continue;
      const stored = soundValue(await store.loadValue(basis), basis);
      verdicts.set(basis, stored !== undefined && this.#bases.stands(stored));
    }
    return records.filter(
      ({ status, basis, result }) =>
        status === 'succeeded' && result !== undefined && verdicts.get(basis) === true,
    );
  }

  #toKnown({ itemHash, result = '' }: ItemRecord): KnownItem {
    const { store } = this.#parts.session;
    return {
      itemHash,
      load: () => {
        const stored = store.loadValue(result);
        return stored instanceof Promise
          ? stored.then((value) => soundValue(value, result))
          : soundValue(stored, result);
      },
    };
  }

  #record(item: BegunItem, reads: AttemptReads): Omit<ItemRecord, 'status'> {
    const { stage, attempt } = this.#parts.launched;
    const key = this.#cleanKey(item.key);
    return { stage: stage.id, attempt, ...item, key, basis: this.#basisOf(reads).hash };
  }

  /** An item that is named by a secret is found by no later attempt, which then does it again. */
  #cleanKey(key: string): string {
    const { holdsSecret, redact } = this.#parts.session;
    return holdsSecret?.(key) === true ? redact(key) : key;
  }

  #newValues(reads: AttemptReads, result?: EncodedValue): readonly EncodedValue[] {
    const basis = this.#basisOf(reads);
    const values = result === undefined ? [] : [result];
    if (!this.#written.has(basis.hash)) values.push(basis);
    this.#written.add(basis.hash);
    return values;
  }

  #basisOf(told: AttemptReads): EncodedValue {
    if (this.#seen?.told !== told) {
      const concealed = concealReads(told, this.#parts.session.holdsSecret);
      this.#seen = { told, concealed };
    }
    return this.#bases.valueOf(this.#seen.concealed);
  }
}

/** Without those that an undo of their stage took back: they are to be done again. */
async function itemsOf(
  store: CheckpointStore,
  runId: RunId,
  stage: StageId,
): Promise<readonly ItemRecord[]> {
  const items = await store.loadItems(runId, stage);
  if (items.length === 0) return items;
  const undone = undoneAttempts(await store.loadAttempts(runId)).get(stage) ?? 0;
  return items.filter(({ attempt }) => attempt > undone);
}

import type {
  AcquireResult,
  AttemptRecord,
  CheckpointStore,
  CommitBatch,
  DeleteResult,
  EncodedValue,
  FoundStage,
  ItemRecord,
  Lease,
  NewRun,
  NewSignal,
  Owner,
  RunEvent,
  RunFilter,
  RunId,
  RunRecord,
  SeenLease,
  SendResult,
  SignalRecord,
  StageId,
  StageRecord,
  StoreMeasure,
  SweepRequest,
  SweepStep,
  ValueHash,
  WaitRecord,
} from '@millrace/core';
import type { ArtifactFiles } from './artifact-files.ts';
import { usageOf } from './clean-up/file-room.ts';
import { measureLeftovers } from './clean-up/measure-leftovers.ts';
import { RunDeletion } from './clean-up/run-deletion.ts';
import { StoreSweep } from './clean-up/store-sweep.ts';
import type { OnDamage } from './damage.ts';
import type { Database } from './database.ts';
import type { OpenFile } from './open-file.ts';
import { type StoreAccess, toStoreError } from './store-failure.ts';
import { StoredProgress } from './stored-progress.ts';
import { StoredRuns } from './stored-runs.ts';
import { StoredSignals } from './stored-signals.ts';
import { StoredValues } from './stored-values.ts';

/** When a commit counts as durable: `full` syncs each one, `normal` leaves that to the checkpoints of the log. */
export type Synchronous = 'full' | 'normal' | 'off';

export interface SqliteStoreParts {
  /** Open, with all migrations. */
  readonly database: Database;
  /** For messages. */
  readonly path: string;
  readonly synchronous: Synchronous;
  /** Undefined for a database in memory. */
  readonly files: ArtifactFiles | undefined;
  /** Undefined for a database in memory, and where nothing is written. */
  readonly openFile?: OpenFile | undefined;
  readonly inlineLimitBytes: number;
  readonly onDamage: OnDamage;
}

/** Runs in one SQLite file. Made by `openSqliteStore`. All its calls are synchronous. */
export class SqliteStore implements CheckpointStore {
  readonly name: string;
  readonly groupsCommits: boolean;
  readonly keepsShortValues = true;
  readonly #path: string;
  readonly #database: Database;
  readonly #openFile: OpenFile | undefined;
  readonly #durable: Synchronous;
  #synchronous: Synchronous;
  readonly #runs: StoredRuns;
  readonly #progress: StoredProgress;
  readonly #values: StoredValues;
  readonly #signals: StoredSignals;
  readonly #deletion: RunDeletion;
  readonly #files: ArtifactFiles | undefined;
  #sweep: StoreSweep | undefined;

  constructor(parts: SqliteStoreParts) {
    const { database, path, synchronous, onDamage } = parts;
    this.name = `sqlite:${path}`;
    this.groupsCommits = parts.files !== undefined;
    this.#path = path;
    this.#database = database;
    this.#openFile = parts.openFile;
    this.#durable = synchronous;
    this.#synchronous = synchronous;
    this.#runs = new StoredRuns(database, path, onDamage);
    this.#progress = new StoredProgress(database, onDamage);
    this.#values = new StoredValues(database, parts);
    this.#signals = new StoredSignals(database, onDamage);
    this.#deletion = new RunDeletion(database);
    this.#files = parts.files;
  }

  createRun(run: NewRun, values: readonly EncodedValue[], owner: Owner): Lease {
    return this.#write(values, () => this.#runs.create(run, owner));
  }

  acquireRun(id: RunId, owner: Owner, seen?: SeenLease): AcquireResult {
    return this.#write([], () => this.#runs.acquire(id, owner, seen));
  }

  /** Not synced: after a crash of the machine there is no owner whose beat would matter. */
  renewLease(lease: Lease): void {
    this.#write([], () => this.#runs.renew(lease), false);
  }

  releaseRun(lease: Lease): void {
    this.#write([], () => this.#runs.release(lease));
  }

  commit(lease: Lease, batch: CommitBatch): void {
    const { values, context, finish, sync } = batch;
    this.#write(
      values,
      () => {
        this.#progress.write(lease, batch, this.#runs.advance(lease, batch));
        this.#signals.write(lease.runId, batch.waits ?? []);
        if (context !== undefined) this.#runs.replaceContext(lease.runId, context);
        if (finish !== undefined) this.#runs.finish(lease.runId, finish);
      },
      sync,
    );
  }

  findRun(id: RunId): RunRecord | undefined {
    return this.#guarded('read', () => this.#runs.find(id));
  }

  listRuns(filter: RunFilter): readonly RunRecord[] {
    return this.#guarded('read', () => this.#runs.list(filter));
  }

  loadStages(id: RunId): readonly StageRecord[] {
    return this.#guarded('read', () => this.#progress.stages(id));
  }

  loadAttempts(id: RunId): readonly AttemptRecord[] {
    return this.#guarded('read', () => this.#progress.attempts(id));
  }

  loadItems(id: RunId, stage: StageId): readonly ItemRecord[] {
    return this.#guarded('read', () => this.#progress.items(id, stage));
  }

  findStages(cacheKey: string, limit: number): readonly FoundStage[] {
    return this.#guarded('read', () => this.#progress.find(cacheKey, limit));
  }

  loadValue(hash: ValueHash): EncodedValue | undefined {
    return this.#guarded('read', () => this.#values.find(hash));
  }

  saveValue(value: EncodedValue): void {
    this.#write([value], () => {});
  }

  loadEvents(id: RunId, after: number, limit: number): readonly RunEvent[] {
    return this.#guarded('read', () => this.#progress.events(id, after, limit));
  }

  sendSignal(signal: NewSignal): SendResult {
    return this.#write([], () => this.#signals.send(signal));
  }

  loadSignals(id: RunId, after: number): readonly SignalRecord[] {
    return this.#guarded('read', () => this.#signals.after(id, after));
  }

  loadWaits(id: RunId): readonly WaitRecord[] {
    return this.#guarded('read', () => this.#signals.waits(id));
  }

  /** Not synced: were it lost with the machine, the run would be back whole, and its values still there. */
  deleteRun(id: RunId, seen: SeenLease, at: number): DeleteResult {
    const remove = (): boolean => this.#deletion.removeRecords(id);
    const { result, isWhole } = this.#write(
      [],
      () => {
        const result = this.#deletion.delete(id, seen, at);
        return { result, isWhole: result.kind !== 'deleted' || remove() };
      },
      false,
    );
    if (!isWhole) while (!this.#write([], remove, false));
    return result;
  }

  measure(without: readonly RunId[]): StoreMeasure {
    return this.#guarded('read', () => {
      const [database, files] = [this.#database, this.#files];
      const leftovers = measureLeftovers({ database, files, deletion: this.#deletion }, without);
      return { ...usageOf(database, files), leftovers };
    });
  }

  sweep(request: SweepRequest): SweepStep {
    return this.#guarded('write', () => {
      this.#sweep ??= this.#newSweep(request);
      const step = this.#sweep.step();
      if (step.done) this.#sweep = undefined;
      return step;
    });
  }

  /** The last connection to the file folds the log into it, so that one file is left. */
  close(): void {
    if (this.#database.isOpen) this.#guarded('write', () => this.#database.close());
  }

  #newSweep(request: SweepRequest): StoreSweep {
    return new StoreSweep(
      {
        database: this.#database,
        files: this.#files,
        deletion: this.#deletion,
        write: (body, sync) => this.#write([], body, sync),
      },
      request,
    );
  }

  #write<Value>(values: readonly EncodedValue[], body: () => Value, sync = true): Value {
    return this.#guarded('write', () => {
      this.#values.writeFiles(values);
      this.#setSynchronous(sync);
      const answer = this.#database.inTransaction(() => {
        // First, so that a lost lease is found before the values are written.
        const result = body();
        this.#values.writeRows(values);
        return result;
      });
      this.#openFile?.check();
      return answer;
    });
  }

  /** Within a transaction the setting would not take effect. */
  #setSynchronous(sync: boolean): void {
    const wanted = sync || this.#durable === 'off' ? this.#durable : 'normal';
    if (wanted === this.#synchronous) return;
    this.#database.exec(`PRAGMA synchronous = ${wanted}`);
    this.#synchronous = wanted;
  }

  #guarded<Value>(access: StoreAccess, body: () => Value): Value {
    try {
      return body();
    } catch (thrown) {
      throw toStoreError(thrown, this.#path, access);
    }
  }
}

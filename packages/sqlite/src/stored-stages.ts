import { type FoundStage, fromShortForm, type RunId, type StageRecord } from '@millrace/core';
import type { OnDamage } from './damage.ts';
import type { Database, Row, Statement } from './database.ts';
import type { PlacedAttempt } from './rows/attempt-row.ts';
import {
  type CheckpointPlace,
  checkpointColumns,
  DELETE_CHECKPOINT,
  FIND_CHECKPOINTS,
  INSERT_CHECKPOINT,
  readCheckpointRow,
  readFoundCheckpoint,
  readToldAttempt,
  SELECT_CHECKPOINT,
  SELECT_CHECKPOINTS,
} from './rows/checkpoint-row.ts';
import { INSERT_PATCH, patchColumns } from './rows/patch-row.ts';
import { type ReadRow, readRows } from './rows/read-row.ts';
import type { NumberedRun } from './rows/run-place.ts';
import {
  DELETE_STAGE,
  FIND_STAGES,
  readFoundRow,
  readStageRow,
  SELECT_STAGES,
} from './rows/stage-row.ts';
import { UPSERT_VALUE, valueColumns } from './rows/value-row.ts';

/**
 * How stages ended: the table `checkpoints`, and `stage_rows`, whose rows stand in the place of a checkpoint. The
 * caller holds the transaction.
 */
export class StoredStages {
  readonly #onDamage: OnDamage;
  readonly #insert: Statement;
  readonly #select: Statement;
  readonly #delete: Statement;
  readonly #insertPatch: Statement;
  readonly #upsertValue: Statement;
  readonly #deleteOld: Statement;
  readonly #selectAll: Statement;
  readonly #selectOld: Statement;
  readonly #find: Statement;
  readonly #findOld: Statement;

  constructor(database: Database, onDamage: OnDamage) {
    this.#onDamage = onDamage;
    this.#insert = database.prepare(INSERT_CHECKPOINT);
    this.#select = database.prepare(SELECT_CHECKPOINT);
    this.#delete = database.prepare(DELETE_CHECKPOINT);
    this.#insertPatch = database.prepare(INSERT_PATCH);
    this.#upsertValue = database.prepare(UPSERT_VALUE);
    this.#deleteOld = database.prepare(DELETE_STAGE);
    this.#selectAll = database.prepare(SELECT_CHECKPOINTS);
    this.#selectOld = database.prepare(SELECT_STAGES);
    this.#find = database.prepare(FIND_CHECKPOINTS);
    this.#findOld = database.prepare(FIND_STAGES);
  }

  /** Call it for a stage that has no checkpoint, or none any more. */
  add(run: NumberedRun, stage: StageRecord, place: CheckpointPlace): void {
    this.#insert.run(...checkpointColumns(run, stage, place));
  }

  /** The attempt of which a checkpoint tells. */
  toldBy({ number }: NumberedRun, commitOrder: number): PlacedAttempt | undefined {
    const row = this.#select.get(number, commitOrder);
    return row === undefined ? undefined : toldIn(row);
  }

  /**
   * Removes a checkpoint. What its stage wrote stays as patches: they are its history.
   * @returns the attempt of which it told
   */
  take({ id, number }: NumberedRun, commitOrder: number): PlacedAttempt | undefined {
    const row = this.#select.get(number, commitOrder);
    if (row === undefined) return undefined;
    this.#delete.run(number, commitOrder);
    const record = readCheckpointRow(row);
    if (!record.ok) return undefined;
    this.#keepWrites(id, commitOrder, record.value);
    return toldIn(row);
  }

  /** Removes what an older Millrace wrote of the stage. */
  removeOld(id: RunId, stage: StageRecord['stage']): void {
    this.#deleteOld.run(id, stage);
  }

  list(id: RunId): readonly StageRecord[] {
    const old = this.#selectOld.all(id);
    if (old.length === 0) return this.#read(this.#selectAll.iterate(id), readCheckpointRow);
    const replaced = new Set(old.map(({ stage }) => stage));
    const rows = this.#selectAll.all(id).filter(({ stage }) => !replaced.has(stage));
    const isOld = new Set<Row>(old);
    const inOrder = [...rows, ...old].sort(
      (a, b) => Number(a.commit_order) - Number(b.commit_order),
    );
    return this.#read(inOrder, (row) =>
      isOld.has(row) ? readStageRow(row) : readCheckpointRow(row),
    );
  }

  find(cacheKey: string, limit: number): readonly FoundStage[] {
    const old = this.#read(this.#findOld.iterate(cacheKey, limit), readFoundRow);
    const found = this.#read(this.#find.iterate(cacheKey, limit), readFoundCheckpoint);
    if (old.length === 0) return found;
    return [...found, ...old].sort(lastToFinishFirst).slice(0, limit);
  }

  #read<Value>(rows: Iterable<Row>, read: (row: Row) => ReadRow<Value>): readonly Value[] {
    return readRows(rows, read, ({ run, stage }, reason) => {
      this.#onDamage({ table: 'stages', runId: String(run), record: String(stage), reason });
    });
  }

  /** A patch names its value by the hash, so that a short one becomes a value of its own. */
  #keepWrites(id: RunId, order: number, record: StageRecord): void {
    for (const [place, write] of record.writes.entries()) {
      const short = write.short === undefined ? undefined : fromShortForm(write.short);
      if (short !== undefined) this.#upsertValue.run(...valueColumns(short, short.body));
      this.#insertPatch.run(...patchColumns(id, { order, place }, write, record));
    }
  }
}

function toldIn(row: Row): PlacedAttempt | undefined {
  if (row.start_order === null) return undefined;
  const told = readToldAttempt(row);
  return told.ok ? told.value : undefined;
}

function lastToFinishFirst(a: FoundStage, b: FoundStage): number {
  const order = b.record.finishedAt - a.record.finishedAt;
  if (order !== 0) return order;
  if (a.runId !== b.runId) return a.runId > b.runId ? -1 : 1;
  return a.record.stage > b.record.stage ? -1 : 1;
}
